// SPDX-License-Identifier: Apache-2.0
#include "acd/offer.hpp"

#include "base/check.hpp"

namespace tl::acd {
namespace {

using enum OfferState;
using E = OfferEvent;

OfferStep stay(OfferState state) {
  return {state, OfferTimer::keep, false, Outcome::none};
}
OfferStep end(Outcome outcome) {
  return {ended, OfferTimer::stop, false, outcome};
}
OfferStep ring() {
  return {alerting, OfferTimer::ring, false, Outcome::none};
}
OfferStep talk() {
  return {talking, OfferTimer::stop, false, Outcome::none};
}
OfferStep recall() {
  return {recalling, OfferTimer::lease, true, Outcome::none};
}
OfferStep expect_back() {
  return {returning, OfferTimer::lease, false, Outcome::none};
}

// The call is no longer with the agent, or never came there: where is it?
OfferStep look_for(OfferFacts facts, Outcome at_queue) {
  return facts.at_queue ? end(at_queue) : expect_back();
}

OfferStep in_reserved(E event, OfferFacts facts) {
  switch (event) {
  case E::moved: return ring();
  case E::not_moved: return look_for(facts, Outcome::refused);
  case E::ringing: return ring();
  case E::answered: return talk();
  case E::left_agent: return look_for(facts, Outcome::refused);
  case E::back: return end(Outcome::refused); // there and back before the switch's answer
  case E::caller_gone: return end(Outcome::abandoned);
  case E::withdrawn: return {withdrawing, OfferTimer::keep, false, Outcome::none};
  case E::recalled:
  case E::not_recalled: return stay(reserved); // of an earlier offer: nothing was recalled in this one
  case E::timeout: return facts.at_station ? ring() : look_for(facts, Outcome::refused);
  }
  TL_CHECK(false);
}

OfferStep in_withdrawing(E event, OfferFacts facts) {
  switch (event) {
  case E::moved: return facts.at_station ? recall() : stay(withdrawing); // it will ring: then
  case E::not_moved: return look_for(facts, Outcome::wait);
  case E::ringing: return recall();
  case E::answered: return talk(); // the agent's hand was faster than the agent's mind
  case E::left_agent: return look_for(facts, Outcome::wait);
  case E::back: return end(Outcome::wait);
  case E::caller_gone: return end(Outcome::abandoned);
  case E::withdrawn:
  case E::recalled:
  case E::not_recalled: return stay(withdrawing);
  case E::timeout: return facts.at_station ? recall() : look_for(facts, Outcome::wait);
  }
  TL_CHECK(false);
}

OfferStep in_alerting(E event, OfferFacts facts) {
  switch (event) {
  case E::moved:
  case E::ringing: return stay(alerting); // the answer and the ringing come in either order
  case E::not_moved: return facts.at_station ? stay(alerting) : look_for(facts, Outcome::refused);
  case E::answered: return talk();
  case E::left_agent: return look_for(facts, Outcome::refused);
  case E::back: return end(Outcome::refused);
  case E::caller_gone: return end(Outcome::abandoned);
  case E::withdrawn:
    if (facts.at_station) return recall();
    return {withdrawing, OfferTimer::lease, false, Outcome::none};
  case E::recalled:
  case E::not_recalled: return stay(alerting); // a recall given up before: the next timeout asks again
  case E::timeout: return facts.at_station ? recall() : look_for(facts, Outcome::refused);
  }
  TL_CHECK(false);
}

OfferStep in_recalling(E event, OfferFacts facts) {
  switch (event) {
  case E::moved:
  case E::not_moved:
  case E::ringing:
  case E::withdrawn: return stay(recalling);
  case E::answered: return talk(); // the answer won; the recall fails, or brings the caller back as a new one
  case E::left_agent: return look_for(facts, Outcome::refused);
  case E::back: return end(Outcome::refused);
  case E::caller_gone: return end(Outcome::abandoned);
  case E::recalled: return look_for(facts, Outcome::refused);
  case E::not_recalled:
    if (facts.at_station) return {alerting, OfferTimer::retry, false, Outcome::none};
    return look_for(facts, Outcome::refused);
  case E::timeout: return facts.at_station ? recall() : look_for(facts, Outcome::refused);
  }
  TL_CHECK(false);
}

OfferStep in_returning(E event, OfferFacts facts) {
  switch (event) {
  case E::moved:
  case E::not_moved:
  case E::recalled:
  case E::withdrawn:
  case E::left_agent: return stay(returning);
  case E::not_recalled:
    if (facts.at_station) return {alerting, OfferTimer::retry, false, Outcome::none};
    return stay(returning);
  case E::ringing: return ring(); // the switch sent it to the same station again
  case E::answered: return talk();
  case E::back: return end(Outcome::refused);
  case E::caller_gone: return end(Outcome::abandoned);
  case E::timeout:
    if (facts.at_station) return ring();
    return end(facts.at_queue ? Outcome::refused : Outcome::elsewhere);
  }
  TL_CHECK(false);
}

OfferStep in_talking(E event) {
  switch (event) {
  case E::left_agent:
  case E::caller_gone:
  case E::back: return end(Outcome::finished); // back: the agent sent the caller to the queue again
  case E::moved:
  case E::not_moved:
  case E::ringing:
  case E::answered:
  case E::withdrawn: // takes effect after the call
  case E::recalled:
  case E::not_recalled:
  case E::timeout: return stay(talking);
  }
  TL_CHECK(false);
}

} // namespace

OfferStep step(OfferState state, OfferEvent event, OfferFacts facts) {
  switch (state) {
  case reserved: return in_reserved(event, facts);
  case withdrawing: return in_withdrawing(event, facts);
  case alerting: return in_alerting(event, facts);
  case recalling: return in_recalling(event, facts);
  case returning: return in_returning(event, facts);
  case talking: return in_talking(event);
  case ended: return stay(ended); // whatever comes late
  }
  TL_CHECK(false);
}

const char* to_string(OfferState state) {
  switch (state) {
  case reserved: return "reserved";
  case withdrawing: return "withdrawing";
  case alerting: return "alerting";
  case recalling: return "recalling";
  case returning: return "returning";
  case talking: return "talking";
  case ended: return "ended";
  }
  return "?";
}

const char* to_string(OfferEvent event) {
  switch (event) {
  case E::moved: return "moved";
  case E::not_moved: return "not moved";
  case E::ringing: return "ringing";
  case E::answered: return "answered";
  case E::left_agent: return "left agent";
  case E::back: return "back";
  case E::caller_gone: return "caller gone";
  case E::withdrawn: return "withdrawn";
  case E::recalled: return "recalled";
  case E::not_recalled: return "not recalled";
  case E::timeout: return "timeout";
  }
  return "?";
}

const char* to_string(Outcome outcome) {
  switch (outcome) {
  case Outcome::none: return "none";
  case Outcome::wait: return "wait";
  case Outcome::refused: return "refused";
  case Outcome::abandoned: return "abandoned";
  case Outcome::elsewhere: return "elsewhere";
  case Outcome::finished: return "finished";
  }
  return "?";
}

} // namespace tl::acd
