// SPDX-License-Identifier: Apache-2.0
#include "acd/ledger.hpp"

#include <fmt/format.h>

#include "base/check.hpp"

namespace tl::acd {
namespace {

std::string describe(const Event& event) {
  return fmt::format("event {} {} {}: call {} queue {} agent {}", event.sequence, to_string(event.type),
                     to_string(event.cause), event.call_id, event.queue, event.agent);
}

} // namespace

#define FITS(condition) TL_CHECK(condition, describe(event))

void Ledger::mix(const void* data, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i)
    hash_ = (hash_ ^ static_cast<const unsigned char*>(data)[i]) * 0x100000001B3ULL;
}

void Ledger::event(const Event& event) {
  FITS(last_ == 0 || event.sequence == last_ + 1);
  FITS(event.time >= time_);
  last_ = event.sequence;
  time_ = event.time;
  ++count_;
  const std::int64_t numbers[] = {static_cast<std::int64_t>(event.sequence),
                                  event.time.time_since_epoch().count(),
                                  event.tenant,
                                  static_cast<std::int64_t>(event.type),
                                  static_cast<std::int64_t>(event.cause),
                                  event.call_id,
                                  event.agent_state,
                                  event.queue_id,
                                  event.agent_index,
                                  event.session,
                                  event.waited.count(),
                                  event.talked.count()};
  mix(numbers, sizeof numbers);
  for (std::string_view text : {event.queue, event.agent, event.group, event.station, event.caller})
    mix(text.data(), text.size());
  if (event.call_id) of_call(event);
}

void Ledger::end_wait(const Event& event, std::uint64_t Sums::*kind) {
  auto caller = callers_.find(event.call_id);
  FITS(caller != callers_.end() && caller->second.stage != Stage::talking);
  FITS(caller->second.queue_id == event.queue_id);
  FITS(event.waited >= Duration::zero());
  Sums& sums = queues_[event.queue_id];
  FITS(sums.waiting > 0);
  --sums.waiting;
  ++(sums.*kind);
  if (kind == &Sums::answered) {
    FITS(caller->second.stage == Stage::offered && caller->second.agent_index == event.agent_index);
    caller->second.stage = Stage::talking;
    return;
  }
  if (caller->second.stage == Stage::offered) agents_.erase(caller->second.agent_index);
  callers_.erase(caller);
}

void Ledger::of_call(const Event& event) {
  if (queues_.size() <= event.queue_id) queues_.resize(event.queue_id + 1);
  auto caller = callers_.find(event.call_id);
  switch (event.type) {
  case EventType::call_queued:
    FITS(caller == callers_.end());
    callers_.emplace(event.call_id, Caller{Stage::waiting, event.queue_id, 0});
    ++queues_[event.queue_id].offered;
    ++queues_[event.queue_id].waiting;
    break;
  case EventType::call_offered:
    FITS(caller != callers_.end() && caller->second.stage == Stage::waiting);
    FITS(agents_.emplace(event.agent_index, event.call_id).second); // one call per agent
    caller->second.stage = Stage::offered;
    caller->second.agent_index = event.agent_index;
    break;
  case EventType::call_alerting:
    FITS(caller != callers_.end() && caller->second.stage == Stage::offered);
    FITS(caller->second.agent_index == event.agent_index);
    break;
  case EventType::call_returned:
    FITS(caller != callers_.end() && caller->second.stage == Stage::offered);
    FITS(agents_.erase(event.agent_index) == 1);
    caller->second.stage = Stage::waiting;
    break;
  case EventType::call_answered: end_wait(event, &Sums::answered); break;
  case EventType::call_abandoned: end_wait(event, &Sums::abandoned); break;
  case EventType::call_overflowed: end_wait(event, &Sums::overflowed); break;
  case EventType::call_ended:
    FITS(caller != callers_.end() && caller->second.stage == Stage::talking);
    FITS(agents_.erase(event.agent_index) == 1);
    callers_.erase(caller);
    break;
  default: FITS(false);
  }
  const Sums& sums = queues_[event.queue_id];
  FITS(sums.offered == sums.answered + sums.abandoned + sums.overflowed + sums.waiting);
}

std::uint64_t Ledger::waiting(std::uint32_t queue_id) const {
  return queue_id < queues_.size() ? queues_[queue_id].waiting : 0;
}

std::uint64_t Ledger::offered(std::uint32_t queue_id) const {
  return queue_id < queues_.size() ? queues_[queue_id].offered : 0;
}

} // namespace tl::acd
