// SPDX-License-Identifier: Apache-2.0
// Queues, the groups that serve them, and the calls that wait.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "acd/agent.hpp"
#include "acd/config.hpp"
#include "acd/event.hpp"
#include "acd/list.hpp"
#include "base/timer.hpp"

namespace tl::acd {

struct QueuedCall {
  // `timeout` gets this call.
  template <class F>
  QueuedCall(Loop& loop, std::uint32_t id, F timeout)
      : call_id(id), event_id(id), timer(loop, [this, timeout] { timeout(*this); }) {}

  enum class State : std::uint8_t {
    waiting,     // in the group's list
    resting,     // the switch would not move it: waits for the timer, then in the list again
    offered,     // an agent has it: Agent::offer tells how far
    overflowing, // the switch is asked to send it on
  };

  std::uint32_t call_id;  // dwCallID, as the switch calls it now
  std::uint32_t event_id; // as it was when it came: what events call it to the end
  QueueIndex queue = 0;
  GroupIndex group = nobody; // that serves the queue
  State state = State::waiting;
  bool at_queue = true;       // the queue device shows it; the adapter's fact
  bool full = false;          // overflowing because the queue was full
  std::uint16_t failures = 0; // offers that failed by the switch's fault, in a row
  AgentIndex agent = nobody;  // offered to or talking with
  std::uint32_t request = 0;  // number of the last request to the switch: late answers do not match it
  EventCause offer_cause = EventCause::none; // why the offer fails, once it does
  Time joined{};                             // came into the queue: its place
  std::uint64_t order = 0;                   // among those of the same moment
  Time answered{};
  Timer timer; // waiting: overflow; resting: end of the rest; overflowing: lease
  Hook<QueuedCall> place;
  std::string caller;
};

struct Queue {
  QueueConfig config;
  QueueIndex index = 0;
  GroupIndex group = nobody;
  std::multiset<Time> waits; // since when each call waits, in offer or not, before it is answered
  std::size_t waiting() const { return waits.size(); }
};

struct Group {
  std::string name;
  GroupIndex index = 0;
  std::vector<QueueIndex> queues;
  List<Member, &Member::ready> ready;         // longest idle first
  List<QueuedCall, &QueuedCall::place> calls; // of all its queues, longest waiting first
  Hook<Group> dirty;                          // something may be matched
};

} // namespace tl::acd
