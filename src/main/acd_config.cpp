// SPDX-License-Identifier: Apache-2.0
#include "main/acd_config.hpp"

namespace tl::program {
namespace {

std::uint32_t number(std::int64_t value) {
  return static_cast<std::uint32_t>(value);
} // the site's checks bound it

acd::QueueConfig queue_config(const Site& site, const QueueEntry& entry) {
  acd::QueueConfig out{.name = entry.name,
                       .number = entry.number,
                       .route_points = {},
                       .group = entry.group,
                       .strategy = acd::Strategy::longest_idle,
                       .ring_timeout_s = number(entry.ring_timeout_s),
                       .wrapup_s = number(entry.wrapup_s),
                       .overflow_after_s = number(entry.overflow_after_s),
                       .overflow_to = entry.overflow_to,
                       .treatment = 0, // the queue device's own: the provider read it from the same entry
                       .service_level_s = number(entry.service_level_s),
                       .length_max = number(entry.length_max),
                       .rna = entry.no_answer == "ready" ? acd::NoAnswerPolicy::ready
                                                         : acd::NoAnswerPolicy::not_ready};
  for (const RoutePointEntry& point : site.route_points)
    if (point.queue == entry.name) out.route_points.push_back(point.number);
  return out;
}

} // namespace

acd::Config acd_config(const Site& site, std::uint32_t tenant, std::uint64_t first_event) {
  acd::Config out;
  out.tenant = tenant;
  out.first_event = first_event;
  for (const QueueEntry& entry : site.queues) out.queues.push_back(queue_config(site, entry));
  for (const GroupEntry& entry : site.groups)
    out.groups.push_back({.name = entry.name, .id = entry.id, .queues = {}, .agents = entry.agents});
  for (const AgentEntry& entry : site.agents)
    out.agents.push_back(
        {.id = entry.id, .name = entry.name, .pin = entry.pin, .groups = {}, .station = entry.station});
  return out;
}

} // namespace tl::program
