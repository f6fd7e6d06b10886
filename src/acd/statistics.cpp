// SPDX-License-Identifier: Apache-2.0
#include "acd/statistics.hpp"

#include <algorithm>
#include <bit>

namespace tl::acd {
namespace {

std::int64_t slice_number(Time now, std::uint32_t period_s) {
  const Duration length = std::chrono::seconds{period_s} / static_cast<int>(Statistics::slices);
  return now.time_since_epoch() / length;
}

} // namespace

Statistics::Statistics(const Config& config) : queues_(config.queues.size()), agents_(config.agents.size()) {
  for (std::size_t i = 0; i < queues_.size(); ++i)
    queues_[i].service_level = std::chrono::seconds{config.queues[i].service_level_s};
}

void Statistics::event(const Event& event) {
  if (event.queue_id) of_queue(queues_.at(event.queue_id - 1), event);
  if (event.agent_index) of_agent(agents_.at(event.agent_index - 1), event);
}

QueueWindow& Statistics::slice(PerQueue& queue, Time now) {
  const std::int64_t number = slice_number(now, queue.period_s);
  Slice& slice = queue.ring[static_cast<std::size_t>(number) % slices];
  if (slice.number != number) slice = {number, {}};
  return slice.counts;
}

void Statistics::of_queue(PerQueue& queue, const Event& event) {
  QueueTotals& totals = queue.totals;
  QueueWindow& window = slice(queue, event.time);
  switch (event.type) {
  case EventType::call_queued:
    ++totals.offered;
    ++window.queued;
    if (event.cause == EventCause::entered) ++window.flowed_in;
    return;
  case EventType::call_returned: ++totals.returned; return;
  case EventType::call_answered:
    ++totals.answered;
    if (event.waited <= queue.service_level) ++totals.answered_in_time;
    totals.waited += event.waited;
    break;
  case EventType::call_abandoned:
    ++totals.abandoned;
    ++window.abandoned;
    break;
  case EventType::call_overflowed:
    ++totals.overflowed;
    ++window.flowed_out;
    break;
  default: return;
  }
  totals.longest = std::max(totals.longest, event.waited);
  ++window.ended;
  window.waited += event.waited;
  window.longest = std::max(window.longest, event.waited);
}

void Statistics::of_agent(AgentTotals& agent, const Event& event) {
  switch (event.type) {
  case EventType::call_offered: ++agent.offers; return;
  case EventType::call_returned: ++agent.not_answered; return;
  case EventType::call_answered: ++agent.answered; return;
  case EventType::call_ended: agent.talked += event.talked; return;
  case EventType::agent_login:
  case EventType::agent_logout:
  case EventType::agent_state: break;
  default: return;
  }
  const auto bit = static_cast<std::size_t>(std::countr_zero(agent.state));
  if (agent.since != Time{} && bit < agent.spent.size()) agent.spent[bit] += event.time - agent.since;
  agent.since = event.time;
  if (event.type == EventType::agent_state) agent.state = event.agent_state;
  if (event.type == EventType::agent_logout) agent.state = 1;
}

QueueWindow Statistics::window(std::size_t index, Time now) const {
  const PerQueue& queue = queues_.at(index);
  const std::int64_t number = slice_number(now, queue.period_s);
  QueueWindow sum;
  for (const Slice& slice : queue.ring) {
    if (slice.number < 0 || slice.number <= number - static_cast<std::int64_t>(slices)) continue;
    const QueueWindow& part = slice.counts;
    sum.queued += part.queued;
    sum.abandoned += part.abandoned;
    sum.flowed_in += part.flowed_in;
    sum.flowed_out += part.flowed_out;
    sum.ended += part.ended;
    sum.waited += part.waited;
    sum.longest = std::max(sum.longest, part.longest);
  }
  return sum;
}

void Statistics::set_period_s(std::size_t index, std::uint32_t seconds) {
  PerQueue& queue = queues_.at(index);
  queue.period_s = seconds;
  queue.ring = {};
}

} // namespace tl::acd
