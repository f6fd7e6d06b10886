// SPDX-License-Identifier: Apache-2.0
// Calls at route points, queues and stations: what TAPI shows becomes what the core knows.
#include <chrono>

#include "acd/adapter.hpp"

namespace tl::acd {
namespace {

using telephony::Call;

constexpr int route_tries_max = 3;
constexpr auto route_retry = std::chrono::milliseconds{500};

CallKind kind_of(DWORD origin) {
  switch (origin) {
  case LINECALLORIGIN_OUTBOUND: return CallKind::outgoing;
  case LINECALLORIGIN_INTERNAL:
  case LINECALLORIGIN_EXTERNAL:
  case LINECALLORIGIN_INBOUND: return CallKind::incoming;
  default: return CallKind::other;
  }
}

// A phone that refuses ends its own part only: the caller is elsewhere. Anything else that disconnects is the
// caller.
bool refused_by_phone(DWORD mode) {
  return mode == LINEDISCONNECTMODE_BUSY || mode == LINEDISCONNECTMODE_REJECT ||
         mode == LINEDISCONNECTMODE_NOANSWER || mode == LINEDISCONNECTMODE_UNREACHABLE;
}

CallPhase phase_of(const Call& call, bool unanswered) {
  switch (code(call.state())) {
  case LINECALLSTATE_IDLE: return CallPhase::over;
  case LINECALLSTATE_DISCONNECTED:
    return unanswered && refused_by_phone(call.mode()) ? CallPhase::over : CallPhase::cleared;
  case LINECALLSTATE_CONNECTED:
  case LINECALLSTATE_CONFERENCED:
  case LINECALLSTATE_ONHOLD:
  case LINECALLSTATE_ONHOLDPENDCONF:
  case LINECALLSTATE_ONHOLDPENDTRANSFER: return CallPhase::active;
  default: return CallPhase::ringing;
  }
}

// Why the switch gave a call back to the queue.
EventCause return_cause(DWORD reason) {
  switch (reason) {
  case LINECALLREASON_FWDBUSY: return EventCause::busy;
  case LINECALLREASON_FWDNOANSWER: return EventCause::timeout;
  case LINECALLREASON_FWDUNCOND: return EventCause::unreachable;
  default: return EventCause::none;
  }
}

// A handle's call id and kind are kept in Call::context, so that only the first event of a handle asks the
// server.
struct Known {
  std::uint32_t call_id;
  CallKind kind;
};
void remember(Call& call, std::uint32_t call_id, CallKind kind) {
  call.context = reinterpret_cast<void*>(std::uintptr_t{call_id} |
                                         (std::uintptr_t{static_cast<std::uint8_t>(kind)} << 32) |
                                         (std::uintptr_t{1} << 40));
}
bool recall_known(const Call& call, Known& known) {
  const auto bits = reinterpret_cast<std::uintptr_t>(call.context);
  known = {static_cast<std::uint32_t>(bits), static_cast<CallKind>((bits >> 32) & 0xFF)};
  return bits != 0;
}

} // namespace

void Adapter::call_state(Call& call) {
  const auto* line = static_cast<const Line*>(call.address().context);
  if (!line) return;
  switch (line->role) {
  case Line::Role::route_point: return route_point_call(*line, call);
  case Line::Role::queue: return queue_call(*line, call);
  case Line::Role::station: return station_call(*line, call);
  }
}

// --- Route points ---

void Adapter::route_point_call(const Line& line, Call& call) {
  if (call.state() == LINECALLSTATE_DISCONNECTED && call.owned()) {
    call.drop({});
    return;
  }
  if (call.state() != LINECALLSTATE_OFFERING) return;
  if (!call.owned() && call.set_privilege(LINECALLPRIVILEGE_OWNER) < 0)
    return; // another application routes it
  route(call, line.index, 1);
}

// To the queue; or, when that is full, where its configuration says, or away.
void Adapter::route(Call& call, QueueIndex queue, int tries) {
  const QueueConfig& config = core_->queues()[queue].config;
  const HCALL handle = call.handle();
  if (core_->full(queue)) {
    telephony::CallInfo info;
    if (call.info(info) >= 0) core_->caller_refused(info.call_id, queue, info.caller.number);
    if (config.overflow_to.empty())
      call.drop({});
    else
      call.redirect(config.overflow_to, [](LONG) {});
    return;
  }
  const auto again = [this, handle, tries] {
    if (!alive_) return;
    retries_.push_back({loop_.now() + route_retry, handle, tries + 1});
    if (!retry_timer_.running()) retry_timer_.start(route_retry);
  };
  const LONG result = call.redirect(config.number, [again](LONG reply) {
    if (reply != 0) again();
  });
  if (result < 0) again();
}

void Adapter::route_again() {
  while (!retries_.empty() && retries_.front().when <= loop_.now()) {
    const Retry retry = retries_.front();
    retries_.pop_front();
    Call* call = telephony_->call(retry.call);
    if (!call || call->state() != LINECALLSTATE_OFFERING) continue;
    const auto* line = static_cast<const Line*>(call->address().context);
    if (!line) continue;
    if (retry.tries <= route_tries_max) {
      route(*call, line->index, retry.tries);
    } else {
      log_.warn("acd", "route point {}: the switch will not redirect; left to its default",
                call->address().number());
      call->release(); // without an owner the switch routes it by default
    }
  }
  if (!retries_.empty()) retry_timer_.start_at(retries_.front().when);
}

// --- Queues ---

bool Adapter::is_other_queue(const std::string& number, QueueIndex queue) const {
  if (number.empty()) return false;
  const telephony::Address* address = telephony_->address_by_number(number);
  const auto* line = address ? static_cast<const Line*>(address->context) : nullptr;
  return line && line->role == Line::Role::queue && line->index != queue;
}

void Adapter::queue_call(const Line& line, Call& call) {
  switch (code(call.state())) {
  case LINECALLSTATE_CONNECTED: {
    Known known{};
    if (recall_known(call, known)) return; // seen before: a change within CONNECTED
    telephony::CallInfo info;
    if (const LONG result = call.info(info); result < 0) {
      log_.warn("acd", "queue {}: a call without information: {}", line.address->number(),
                telephony::error_name(result));
      return;
    }
    if (!call.owned()) call.set_privilege(LINECALLPRIVILEGE_OWNER);
    remember(call, info.call_id, CallKind::incoming);
    at_queue_[info.call_id] = call.handle();
    Time since = loop_.now();
    telephony::CallStatus status;
    if (adopting_ && call.status(status) >= 0 && status.entered_ms > 0)
      since = std::min(since, Time{std::chrono::milliseconds{status.entered_ms}});
    const DWORD treatment = core_->queues()[line.index].config.treatment;
    if (treatment && treatment != info.treatment) call.set_treatment(treatment, {});
    EventCause why = return_cause(code(info.reason));
    if (why == EventCause::none && is_other_queue(info.redirecting.number, line.index))
      why = EventCause::entered;
    return core_->call_arrived(info.call_id, line.index, info.caller.number, since, why);
  }
  case LINECALLSTATE_DISCONNECTED:
  case LINECALLSTATE_IDLE: {
    Known known{};
    const bool gone = call.state() == LINECALLSTATE_DISCONNECTED;
    if (recall_known(call, known)) {
      auto at = at_queue_.find(known.call_id);
      if (at != at_queue_.end() && at->second == call.handle()) {
        at_queue_.erase(at);
        if (gone)
          core_->caller_gone(known.call_id, line.index);
        else
          core_->call_left_queue(known.call_id, line.index);
      }
    }
    if (gone && call.owned()) call.drop({});
    return;
  }
  default: return; // OFFERING: the switch answers by itself
  }
}

// --- Stations ---

void Adapter::station_call(const Line& line, Call& call) {
  Known known{};
  if (!recall_known(call, known)) {
    telephony::CallInfo info;
    if (call.info(info) < 0) return;
    known = {info.call_id, kind_of(code(info.origin))};
    remember(call, known.call_id, known.kind);
  }
  const QueuedCall* queued = core_->call(known.call_id);
  const bool unanswered =
      queued && queued->agent != nobody && core_->agents()[queued->agent].offer != OfferState::talking;
  core_->station_call(line.index, {call.handle(), known.call_id, known.kind, phase_of(call, unanswered)});
}

// A consulted transfer joins two calls: one goes on under the other's id.
void Adapter::call_info(Call& call, DWORD items) {
  Known known{};
  if (!(items & LINECALLINFOSTATE_CALLID) || !recall_known(call, known)) return;
  const auto* line = static_cast<const Line*>(call.address().context);
  telephony::CallInfo info;
  if (!line || call.info(info) < 0 || info.call_id == known.call_id) return;
  remember(call, info.call_id, known.kind);
  if (line->role == Line::Role::queue) {
    auto at = at_queue_.find(known.call_id);
    if (at != at_queue_.end() && at->second == call.handle()) {
      at_queue_.erase(at);
      at_queue_[info.call_id] = call.handle();
      core_->call_renamed(known.call_id, info.call_id, info.caller.number);
    }
  } else if (line->role == Line::Role::station) {
    const QueuedCall* queued = core_->call(known.call_id);
    const AgentIndex agent = core_->stations()[line->index].agent;
    if (queued && agent != nobody && queued->agent == agent)
      core_->call_renamed(known.call_id, info.call_id, info.caller.number);
    station_call(*line, call);
  }
}

} // namespace tl::acd
