// SPDX-License-Identifier: Apache-2.0
// Offers: what the state machine in offer.cpp decides is done here.
#include "acd/core.hpp"

namespace tl::acd {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

EventCause cause_of(Answer answer) {
  switch (answer) {
  case Answer::busy: return EventCause::busy;
  case Answer::unreachable: return EventCause::unreachable;
  case Answer::done:
  case Answer::failed: return EventCause::failed;
  }
  return EventCause::failed;
}

} // namespace

void Core::offer(QueuedCall& call, Agent& agent) {
  TL_CHECK(agent.listed && !agent.call && call.state == QueuedCall::State::waiting && call.at_queue);
  unlist(call);
  unlist_agent(agent);
  call.timer.stop();
  call.state = QueuedCall::State::offered;
  call.agent = agent.index;
  call.offer_cause = EventCause::none;
  call.request = ++request_;
  agent.call = &call;
  agent.offer = OfferState::reserved;
  agent.offer_timer.start(milliseconds{config_.reserve_lease_ms});
  emit({.type = EventType::call_offered}, &call, &agent);
  commands_.offer(call.call_id, agent.station, call.request);
}

OfferFacts Core::facts(const Agent& agent) const {
  OfferFacts facts;
  facts.at_queue = agent.call->at_queue;
  if (const Station* station = station_of(agent))
    for (const StationCall& call : station->calls)
      if (call.call_id == agent.call->call_id &&
          (call.phase == CallPhase::ringing || call.phase == CallPhase::active))
        facts.at_station = true;
  return facts;
}

void Core::offer_event(Agent& agent, OfferEvent event, EventCause cause) {
  if (agent.offer == OfferState::ended) return;
  const OfferState before = agent.offer;
  QueuedCall& call = *agent.call;
  if (event == OfferEvent::timeout && call.offer_cause == EventCause::none)
    cause = before == OfferState::alerting ? EventCause::timeout : EventCause::lease;
  if (cause != EventCause::none && call.offer_cause == EventCause::none) call.offer_cause = cause;
  settle(agent, before, step(before, event, facts(agent)));
}

void Core::settle(Agent& agent, OfferState before, const OfferStep& step) {
  agent.offer = step.next;
  start_offer_timer(agent, step.timer);
  if (step.next == OfferState::ended) return end_offer(agent, before, step.outcome);
  QueuedCall& call = *agent.call;
  if (step.next == OfferState::alerting &&
      (before == OfferState::reserved || before == OfferState::returning))
    emit({.type = EventType::call_alerting}, &call, &agent);
  if (step.next == OfferState::talking && before != OfferState::talking) {
    call.answered = loop_.now();
    call.failures = 0;
    leave_queue(call, EventType::call_answered, EventCause::none);
    refresh(agent, EventCause::call);
  }
  if (step.recall) {
    call.request = ++request_;
    commands_.recall(call.call_id, agent.station, call.queue, call.request);
  }
}

void Core::start_offer_timer(Agent& agent, OfferTimer timer) {
  switch (timer) {
  case OfferTimer::keep: return;
  case OfferTimer::stop: return agent.offer_timer.stop();
  case OfferTimer::ring:
    return agent.offer_timer.start(seconds{queues_[agent.call->queue].config.ring_timeout_s});
  case OfferTimer::lease: return agent.offer_timer.start(milliseconds{config_.return_lease_ms});
  case OfferTimer::retry: return agent.offer_timer.start(milliseconds{config_.recall_retry_ms});
  }
}

void Core::end_offer(Agent& agent, OfferState before, Outcome outcome) {
  QueuedCall& call = *agent.call;
  if (before == OfferState::talking) return end_talk(agent, call);
  const EventCause cause = call.offer_cause;
  const Queue& queue = queues_[call.queue];
  agent.call = nullptr;
  const bool agents_fault = cause == EventCause::timeout || outcome == Outcome::refused;
  switch (outcome) {
  case Outcome::none:
  case Outcome::finished: TL_CHECK(false, "an offer that was not answered cannot end so");
  case Outcome::wait:
  case Outcome::refused:
    emit({.type = EventType::call_returned, .cause = cause}, &call, &agent);
    call.agent = nobody;
    if (cause == EventCause::failed || cause == EventCause::lease) {
      ++call.failures;
      call.state = QueuedCall::State::resting;
      call.timer.start(milliseconds{config_.call_rest_ms});
    } else {
      wait(call, true);
    }
    break;
  case Outcome::abandoned:
    leave_queue(call, EventType::call_abandoned, EventCause::none);
    erase(call);
    break;
  case Outcome::elsewhere:
    leave_queue(call, EventType::call_overflowed, EventCause::elsewhere);
    erase(call);
    break;
  }
  if (agents_fault) penalize(agent, queue, cause);
  refresh(agent, cause, true);
}

// An agent whose phone did not answer is taken out or goes behind the others, so that the caller is not
// offered to the same silent phone for ever.
void Core::penalize(Agent& agent, const Queue& queue, EventCause cause) {
  switch (cause) {
  case EventCause::withdrawn: return; // the agent's own doing
  case EventCause::none:              // the phone sent it back without a word
  case EventCause::timeout:
  case EventCause::busy:
  case EventCause::unreachable:
    if (queue.config.rna == NoAnswerPolicy::not_ready) {
      set_ready(agent, false);
      return;
    }
    break;
  default: break; // the switch's fault: a rest is enough
  }
  pause(agent, Agent::Pause::rest, milliseconds{config_.agent_rest_ms});
}

void Core::end_talk(Agent& agent, QueuedCall& call) {
  const bool ending = member_of(agent, call.group)->ending; // who ended the session wants no more work of it
  agent.wrapup_owed_s = ending ? 0 : std::max(agent.wrapup_owed_s, queues_[call.queue].config.wrapup_s);
  agent.wrapup_group = call.group;
  emit({.type = EventType::call_ended, .talked = loop_.now() - call.answered}, &call, &agent);
  agent.call = nullptr;
  erase(call);
  refresh(agent, EventCause::call);
}

void Core::offer_answer(std::uint32_t call_id, std::uint32_t request, Answer answer) {
  auto found = calls_.find(call_id);
  if (found == calls_.end() || found->second.request != request) return;
  if (found->second.state != QueuedCall::State::offered) return;
  Agent& agent = agents_[found->second.agent];
  if (answer == Answer::done) return offer_event(agent, OfferEvent::moved);
  offer_event(agent, OfferEvent::not_moved, cause_of(answer));
}

void Core::recall_answer(std::uint32_t call_id, std::uint32_t request, Answer answer) {
  auto found = calls_.find(call_id);
  if (found == calls_.end() || found->second.request != request) return;
  if (found->second.state != QueuedCall::State::offered) return;
  Agent& agent = agents_[found->second.agent];
  offer_event(agent, answer == Answer::done ? OfferEvent::recalled : OfferEvent::not_recalled);
}

} // namespace tl::acd
