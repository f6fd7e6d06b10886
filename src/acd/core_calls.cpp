// SPDX-License-Identifier: Apache-2.0
// Calls in queues: how they come, wait, overflow, give up.
#include "acd/core.hpp"

namespace tl::acd {
namespace {

constexpr auto overflow_lease = std::chrono::seconds{5}; // the switch must have answered by then
constexpr auto overflow_retry = std::chrono::seconds{5}; // after a failed overflow the caller waits on
constexpr std::uint16_t failures_max = 10;               // failed offers in a row, then overflow is tried
constexpr std::size_t flows_max = 4'096; // callers between two queues; more: the oldest counts as a newcomer

bool earlier(const QueuedCall& a, const QueuedCall& b) {
  return a.joined != b.joined ? a.joined < b.joined : a.order < b.order;
}

} // namespace

void Core::emit(Event event, const QueuedCall* call, const Agent* agent) {
  event.sequence = next_event_++;
  event.time = loop_.now();
  event.tenant = config_.tenant;
  if (call) {
    const Queue& queue = queues_[call->queue];
    event.call_id = call->event_id;
    event.queue_id = queue.index + 1;
    event.queue = queue.config.name;
    event.caller = call->caller;
  }
  if (agent) {
    event.agent_index = agent->index + 1;
    event.agent = agent->config.id;
    if (const Station* station = station_of(*agent)) event.station = station->number;
  }
  if (call && agent) event.session = member_of(*agent, call->group)->session;
  for (EventSink* sink : sinks_) sink->event(event);
}

void Core::call_arrived(std::uint32_t call_id, QueueIndex queue, std::string_view caller, Time since,
                        EventCause why) {
  TL_CHECK(queue < queues_.size());
  EventCause entered = why == EventCause::entered ? why : EventCause::none;
  if (auto found = calls_.find(call_id); found != calls_.end()) {
    QueuedCall& call = found->second;
    const bool was_there = call.at_queue && call.queue == queue;
    if (call.queue == queue) call.at_queue = true;
    if (call.state == QueuedCall::State::offered) {
      offer_event(agents_[call.agent], OfferEvent::back, why); // waits again, or ended when they had talked
      found = calls_.find(call_id);
    } else if (call.state == QueuedCall::State::overflowing && !was_there && call.queue == queue) {
      wait(call, true); // the other number gave it back
    }
    if (found != calls_.end()) {
      if (found->second.queue == queue) return;
      leave_queue(found->second, EventType::call_overflowed, EventCause::elsewhere);
      erase(found->second);
      entered = EventCause::entered;
    }
  }
  if (flows_in(call_id, queue)) entered = EventCause::entered;
  auto [entry, fresh] =
      calls_.try_emplace(call_id, loop_, call_id, [this](QueuedCall& call) { call_timer(call); });
  TL_CHECK(fresh);
  entry->second.caller = caller;
  enter(entry->second, queue, entered, since);
}

void Core::enter(QueuedCall& call, QueueIndex index, EventCause cause, Time since) {
  const bool no_room =
      queues_[index].waiting() >= queues_[index].config.length_max || calls_.size() > config_.calls_max;
  call.queue = index;
  call.group = queues_[index].group;
  call.joined = since;
  call.order = ++order_;
  queues_[index].waits.insert(since);
  emit({.type = EventType::call_queued, .cause = cause}, &call, nullptr);
  if (no_room) return overflow(call, true);
  wait(call, false);
}

// Into the list: a newcomer at the end, somebody who was there before at the old place.
void Core::wait(QueuedCall& call, bool again) {
  call.state = QueuedCall::State::waiting;
  call.full = false;
  ++request_;
  call.request = request_; // late answers to earlier requests no longer match
  Group& group = groups_[queues_[call.queue].group];
  if (again)
    group.calls.insert_early(call, earlier);
  else
    group.calls.insert_late(call, earlier);
  start_overflow_timer(call);
  dirty(group);
}

void Core::start_overflow_timer(QueuedCall& call) {
  const QueueConfig& config = queues_[call.queue].config;
  if (!config.overflow_after_s) return call.timer.stop();
  call.timer.start_at(std::max(loop_.now(), call.joined + std::chrono::seconds{config.overflow_after_s}));
}

void Core::unlist(QueuedCall& call) {
  if (call.place.linked) groups_[queues_[call.queue].group].calls.remove(call);
}

void Core::overflow(QueuedCall& call, bool full) {
  unlist(call);
  call.state = QueuedCall::State::overflowing;
  call.full = full;
  call.request = ++request_;
  call.timer.start(overflow_lease);
  commands_.overflow(call.call_id, call.queue, queues_[call.queue].config.overflow_to, call.request);
}

void Core::overflow_answer(std::uint32_t call_id, std::uint32_t request, Answer answer) {
  auto found = calls_.find(call_id);
  if (found == calls_.end() || found->second.request != request) return;
  QueuedCall& call = found->second;
  if (call.state != QueuedCall::State::overflowing) return;
  if (answer == Answer::done || !call.at_queue) {
    leave_queue(call, EventType::call_overflowed, call.full ? EventCause::full : EventCause::timeout);
    return erase(call);
  }
  wait(call, true);
  call.timer.start(overflow_retry);
}

void Core::call_timer(QueuedCall& call) {
  switch (call.state) {
  case QueuedCall::State::waiting: return overflow(call, false);
  case QueuedCall::State::resting:
    if (call.failures >= failures_max && !queues_[call.queue].config.overflow_to.empty()) {
      call.failures = 0;
      return overflow(call, false);
    }
    return wait(call, true);
  case QueuedCall::State::overflowing: return overflow_answer(call.call_id, call.request, Answer::failed);
  case QueuedCall::State::offered: TL_CHECK(false, "a call in offer has no timer of its own");
  }
}

void Core::call_left_queue(std::uint32_t call_id, QueueIndex queue) {
  auto found = calls_.find(call_id);
  if (found == calls_.end() || found->second.queue != queue || !found->second.at_queue) return;
  QueuedCall& call = found->second;
  call.at_queue = false;
  switch (call.state) {
  case QueuedCall::State::offered: return; // as it should: on its way to the agent
  case QueuedCall::State::overflowing:
    leave_queue(call, EventType::call_overflowed, call.full ? EventCause::full : EventCause::timeout);
    return erase(call);
  case QueuedCall::State::waiting:
  case QueuedCall::State::resting:
    leave_queue(call, EventType::call_overflowed, EventCause::elsewhere);
    return erase(call);
  }
}

void Core::caller_gone(std::uint32_t call_id, QueueIndex queue) {
  auto found = calls_.find(call_id);
  if (found == calls_.end() || found->second.queue != queue || !found->second.at_queue) return;
  QueuedCall& call = found->second;
  call.at_queue = false;
  if (call.state == QueuedCall::State::offered) {
    Agent& agent = agents_[call.agent];
    if (agent.offer != OfferState::talking) offer_event(agent, OfferEvent::caller_gone);
    return;
  }
  leave_queue(call, EventType::call_abandoned, EventCause::none);
  erase(call);
}

void Core::caller_refused(std::uint32_t call_id, QueueIndex queue, std::string_view caller) {
  if (calls_.contains(call_id)) return;
  auto [entry, fresh] = calls_.try_emplace(call_id, loop_, call_id, [](QueuedCall&) {});
  QueuedCall& call = entry->second;
  call.caller = caller;
  call.queue = queue;
  call.group = queues_[queue].group;
  call.joined = loop_.now();
  queues_[queue].waits.insert(call.joined);
  emit({.type = EventType::call_queued}, &call, nullptr);
  leave_queue(call, EventType::call_overflowed, EventCause::full);
  erase(call);
}

// A consulted transfer joined this call with another, whose number it has now. Its history goes on under the
// old one.
void Core::call_renamed(std::uint32_t call_id, std::uint32_t now, std::string_view caller) {
  auto found = calls_.find(call_id);
  if (found == calls_.end() || call_id == now) return;
  if (auto other = calls_.find(now); other != calls_.end()) {
    if (other->second.state == QueuedCall::State::offered)
      offer_event(agents_[other->second.agent], OfferEvent::back);
    if (other = calls_.find(now); other != calls_.end()) {
      leave_queue(other->second, EventType::call_overflowed, EventCause::elsewhere);
      erase(other->second);
    }
    found = calls_.find(call_id);
  }
  auto node = calls_.extract(found); // the record stays where it is in memory
  node.key() = now;
  node.mapped().call_id = now;
  if (!caller.empty()) node.mapped().caller = caller;
  calls_.insert(std::move(node));
}

// Ends the waiting: exactly one of answered, abandoned, overflowed for each queued.
void Core::leave_queue(QueuedCall& call, EventType type, EventCause cause) {
  Queue& queue = queues_[call.queue];
  const auto wait = queue.waits.find(call.joined);
  TL_CHECK(wait != queue.waits.end());
  queue.waits.erase(wait);
  if (type == EventType::call_overflowed) remember_flow(call);
  const Agent* agent = call.agent == nobody ? nullptr : &agents_[call.agent];
  emit({.type = type, .cause = cause, .waited = loop_.now() - call.joined}, &call, agent);
}

void Core::remember_flow(const QueuedCall& call) {
  flowing_[call.call_id] = call.queue;
  flowing_order_.push_back(call.call_id);
  if (flowing_order_.size() <= flows_max) return;
  flowing_.erase(flowing_order_.front());
  flowing_order_.pop_front();
}

bool Core::flows_in(std::uint32_t call_id, QueueIndex queue) {
  const auto from = flowing_.find(call_id);
  if (from == flowing_.end()) return false;
  const bool other = from->second != queue;
  flowing_.erase(from);
  return other;
}

void Core::erase(QueuedCall& call) {
  TL_CHECK(call.agent == nobody || agents_[call.agent].call != &call);
  unlist(call);
  calls_.erase(call.call_id);
}

bool Core::full(QueueIndex queue) const {
  return queues_[queue].waiting() >= queues_[queue].config.length_max || calls_.size() >= config_.calls_max;
}

const QueuedCall* Core::call(std::uint32_t call_id) const {
  auto found = calls_.find(call_id);
  return found == calls_.end() ? nullptr : &found->second;
}

Time Core::oldest_wait(QueueIndex queue) const {
  const auto& waits = queues_[queue].waits;
  return waits.empty() ? Time::max() : *waits.begin();
}

} // namespace tl::acd
