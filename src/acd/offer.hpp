// SPDX-License-Identifier: Apache-2.0
// One offer of a waiting call to an agent, as a state machine: two phases (reserve the agent and ask the
// switch; the phone rings), a lease in every state that waits for somebody, and every event in every state
// decided here, in one pure function. What "at the station" and "at the queue" mean is not remembered but
// asked: OfferFacts.
#pragma once

#include <cstdint>

namespace tl::acd {

enum class OfferState : std::uint8_t {
  reserved,    // the switch is asked to move the call; nobody rings yet
  withdrawing, // the same, but the agent is no longer to have it: it is recalled as soon as it rings
  alerting,    // the phone rings
  recalling,   // the switch is asked to take the ringing call back to the queue
  returning,   // the call left the agent and is expected at the queue
  talking,     // answered: the agent's part of the call goes on
  ended,
};
inline constexpr int offer_states = 7;

enum class OfferEvent : std::uint8_t {
  moved,        // the switch's answer to the offer: done
  not_moved,    // the switch's answer to the offer: an error
  ringing,      // the call is at the agent's station, unanswered
  answered,     // the call is at the agent's station, connected
  left_agent,   // the agent's station has no part in the call any more; the caller may be elsewhere
  back,         // the call came (back) into the queue
  caller_gone,  // the caller hung up
  withdrawn,    // the agent went not ready, logged out or is busy with something else
  recalled,     // the switch's answer to the recall: done
  not_recalled, // the switch's answer to the recall: an error
  timeout,      // the timer of this state
};
inline constexpr int offer_events = 11;

struct OfferFacts {
  bool at_station = false; // the agent's station shows the call, not yet over
  bool at_queue = false;   // the queue device shows the call
};

// What becomes of the call when the offer (or the conversation) ends.
enum class Outcome : std::uint8_t {
  none,      // not ended
  wait,      // it waits on at its old place; the agent did nothing wrong
  refused,   // it waits on at its old place; the agent's phone refused, failed or did not answer
  abandoned, // the caller is gone
  elsewhere, // it left us: somebody else moved it
  finished,  // the conversation is over
};

enum class OfferTimer : std::uint8_t { keep, stop, ring, lease, retry };

struct OfferStep {
  OfferState next = OfferState::ended;
  OfferTimer timer = OfferTimer::keep;
  bool recall = false; // ask the switch now
  Outcome outcome = Outcome::none;
};

OfferStep step(OfferState state, OfferEvent event, OfferFacts facts);

const char* to_string(OfferState state);
const char* to_string(OfferEvent event);
const char* to_string(Outcome outcome);

} // namespace tl::acd
