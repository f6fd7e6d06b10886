// SPDX-License-Identifier: Apache-2.0
// The table of calls: handle -> Call, and each line's list of its own. A Call lives while the table or a
// CallPtr has it.
#include "telephony/state.hpp"

namespace tl::telephony {

CallPtr::CallPtr(Call& call) : call_(&call) {
  ++call.pins_;
}

CallPtr::CallPtr(const CallPtr& other) : call_(other.call_) {
  if (call_) ++call_->pins_;
}

CallPtr::~CallPtr() {
  if (!call_) return;
  if (--call_->pins_ == 0) {
    delete call_;
  } else if (call_->pins_ == 1 && !call_->gone_ && !call_->kept_ && call_->state_ == CallState::idle) {
    call_->release(); // over, and only the table is left
  }
}

void discard(CallPtr& call) {
  if (call) call->drop({});
}

void discard(Conference& made) {
  discard(made.consultation);
  discard(made.conference);
}

Call* Telephony::State::find_call(HCALL handle) {
  const auto at = calls.find(handle);
  return at == calls.end() ? nullptr : at->second.get();
}

Call* Telephony::State::add_call(Address& address, HCALL handle, DWORD privilege) {
  if (handle == 0) return nullptr;
  if (calls.size() >= calls_max) {
    lineDeallocateCall(handle);
    return nullptr;
  }
  const auto [at, added] = calls.try_emplace(handle);
  if (!added) return nullptr;
  at->second = CallPtr(*new Call(address, handle, privilege));
  Call& call = *at->second;
  call.previous_ = address.last_call_;
  (call.previous_ ? call.previous_->next_ : address.first_call_) = &call;
  address.last_call_ = &call;
  return &call;
}

void Telephony::State::end_call(Call& call, LONG result) {
  const CallPtr pin(call); // what is told below may let go of it
  Address& address = call.address_;
  (call.previous_ ? call.previous_->next_ : address.first_call_) = call.next_;
  (call.next_ ? call.next_->previous_ : address.last_call_) = call.previous_;
  call.previous_ = call.next_ = nullptr;
  call.gone_ = true;
  calls.erase(call.handle_);
  leave_hub(call);
  waits.end(&call, result);
}

void Telephony::State::end_calls(Address& address) {
  while (address.first_call_) end_call(*address.first_call_, LINEERR_OPERATIONFAILED);
}

void Telephony::State::forget_gathers(HCALL handle) {
  const auto at = gathers.find(handle);
  if (at == gathers.end()) return;
  gathering -= at->second.buffers.size();
  gathers.erase(at);
}

Call* Telephony::State::made_call(Address& address, HCALL handle) {
  if (Call* const known = find_call(handle)) return &known->address_ == &address ? known : nullptr;
  return add_call(address, handle, LINECALLPRIVILEGE_OWNER);
}

void Telephony::State::report_state(Call& call, DWORD call_state, DWORD mode, DWORD privilege) {
  if (call.state_ == CallState::idle) return; // final: nothing follows it
  const CallPtr pin(call);                    // when it is idle, releases it at the end unless others have it
  call.state_ = CallState{call_state & call_state_bits};
  call.mode_ = mode;
  if (privilege != 0) call.privilege_ = privilege;
  if (call.state_ == CallState::offering) call.incoming_ = true;
  if (tracking_hubs && !call.hub_) join_hub(call);
  telephony.events_.call_state(call);
  // The handler may have released it, or closed its line.
  if (call.gone_) return;
  waits.signal(&call, {Signal::Kind::state, call_state & call_state_bits});
  if (call.gone_ || !call.incoming_ || call.taken_) return;
  call.taken_ = waits.signal(&call.address_, {.kind = Signal::Kind::new_call, .call = &call}, true);
}

void Telephony::State::CallRequest::complete(LONG result) {
  const auto done = std::exchange(done_, nullptr);
  Call* const call = result == 0 ? state_.made_call(address_, handle_) : nullptr;
  if (result == 0 && !call) result = LINEERR_OPERATIONFAILED;
  if (done) done(result, call);
}

} // namespace tl::telephony
