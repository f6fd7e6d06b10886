// SPDX-License-Identifier: Apache-2.0
#include "acd/statistics.hpp"

#include <algorithm>
#include <unordered_set>

namespace tl::acd {

QueueWindow& QueueWindow::operator+=(const QueueWindow& part) {
  queued += part.queued;
  abandoned += part.abandoned;
  flowed_in += part.flowed_in;
  flowed_out += part.flowed_out;
  at_end += part.at_end;
  ended += part.ended;
  waited += part.waited;
  longest = std::max(longest, part.longest);
  return *this;
}

Statistics::Statistics(const Config& config) : queues_(config.queues.size()), agents_(config.agents.size()) {
  std::unordered_set<std::string> numbers; // that lead into a queue
  for (const QueueConfig& queue : config.queues) {
    numbers.insert(queue.number);
    numbers.insert(queue.route_points.begin(), queue.route_points.end());
  }
  for (std::size_t i = 0; i < queues_.size(); ++i) {
    queues_[i].service_level = std::chrono::seconds{config.queues[i].service_level_s};
    queues_[i].overflows_to_queue = numbers.contains(config.queues[i].overflow_to);
  }
}

void Statistics::event(const Event& event) {
  if (event.queue_id) of_queue(queues_.at(event.queue_id - 1), event);
  if (event.session) of_session(event);
  if (event.agent_index) of_agent(agents_.at(event.agent_index - 1), event);
}

void Statistics::of_queue(PerQueue& queue, const Event& event) {
  QueueTotals& totals = queue.totals;
  QueueWindow& window = queue.window.at(event.time);
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
  case EventType::call_overflowed: {
    ++totals.overflowed;
    const bool own_rule = event.cause == EventCause::timeout || event.cause == EventCause::full;
    ++(own_rule && !queue.overflows_to_queue ? window.at_end : window.flowed_out);
    break;
  }
  default: return;
  }
  totals.longest = std::max(totals.longest, event.waited);
  ++window.ended;
  window.waited += event.waited;
  window.longest = std::max(window.longest, event.waited);
}

void Statistics::set_period_s(std::size_t index, std::uint32_t seconds) {
  queues_.at(index).window.set_period_s(seconds);
}

} // namespace tl::acd
