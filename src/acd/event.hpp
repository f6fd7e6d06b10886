// SPDX-License-Identifier: Apache-2.0
// The ACD's history: numbered, append-only events. Statistics, the store and `trunkline watch` are computed
// from them and from nothing else.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/time.hpp"

namespace tl::acd {

enum class EventType : std::uint8_t {
  call_queued,     // a caller came into a queue: counted as offered
  call_offered,    // an agent is reserved for the call
  call_alerting,   // the agent's phone rings
  call_returned,   // the offer failed; the call waits on, at its old place (cause)
  call_answered,   // caller and agent talk; ends the waiting
  call_abandoned,  // the caller gave up while waiting or ringing; ends the waiting
  call_overflowed, // sent on to another number, refused or taken away (cause); ends the waiting
  call_ended,      // the agent's part in an answered call is over
  agent_login,
  agent_logout,
  agent_state,   // agent_state holds the new LINEAGENTSTATE_
  session_begun, // the agent works for the group at the station
  session_ended,
  agent_incoming, // the agent talks in an incoming call that came from no queue
  agent_outgoing, // the same, outgoing
};

enum class EventCause : std::uint8_t {
  none,
  timeout,     // overflow_after_s passed, or an agent let it ring (RNA)
  full,        // length_max or calls_max reached
  busy,        // the agent's phone refused
  unreachable, // the agent's phone could not be reached
  failed,      // the switch would not do it
  withdrawn,   // the agent went not ready, logged out or began another call
  lease,       // no answer from the switch within the lease
  elsewhere,   // another application, or a pick-up, moved the call
  entered,     // from another queue of this ACD
  request,     // somebody asked for it
  call,        // a call began or ended
  wrapup,      // after-call work began or ended
};

const char* to_string(EventType type);
const char* to_string(EventCause cause);

// The texts are valid during EventSink::event(); what is not about a call, a queue or an agent leaves it 0 or
// empty.
struct Event {
  std::uint64_t sequence = 0; // from Config::first_event on, without a gap
  Time time{};
  std::uint32_t tenant = 0;
  EventType type = EventType::call_queued;
  EventCause cause = EventCause::none;
  std::uint32_t call_id = 0;     // dwCallID
  std::uint32_t agent_state = 0; // LINEAGENTSTATE_
  std::uint32_t queue_id = 0;    // 1 ..: the queue's id in lineGetQueueList
  std::uint32_t agent_index = 0; // 1 ..: position in the configuration
  std::uint32_t session = 0;     // the agent session concerned: of the call, of the wrap-up, begun or ended
  Duration waited{};             // in the queue so far, for events that end the waiting
  Duration talked{};             // call_ended
  std::string_view queue;        // name
  std::string_view agent;        // id
  std::string_view group;        // name: session_begun, session_ended
  std::string_view station;      // number
  std::string_view caller;       // number
};

class EventSink {
public:
  virtual ~EventSink() = default;
  // On the ACD's loop, in order; must not call back into the ACD and must not block.
  virtual void event(const Event& event) = 0;
};

} // namespace tl::acd
