// SPDX-License-Identifier: Apache-2.0
// The table of calls: handle -> Call, and each line's list of its own.
#include "telephony/state.hpp"

namespace tl::telephony {

namespace {

// The upper bits are a device-specific substate [linecallstate--constants].
constexpr DWORD call_state_bits = 0x00FFFFFF;

} // namespace

Call* Telephony::State::find_call(HCALL handle) {
  const auto at = calls.find(handle);
  return at == calls.end() ? nullptr : &at->second;
}

Call* Telephony::State::add_call(Address& address, HCALL handle, DWORD privilege) {
  if (handle == 0) return nullptr;
  if (calls.size() >= calls_max) {
    lineDeallocateCall(handle);
    return nullptr;
  }
  const auto [at, added] = calls.try_emplace(handle, address, handle, privilege);
  if (!added) return nullptr;
  Call& call = at->second;
  call.previous_ = address.last_call_;
  (call.previous_ ? call.previous_->next_ : address.first_call_) = &call;
  address.last_call_ = &call;
  return &call;
}

void Telephony::State::end_call(Call& call) {
  Address& address = call.address_;
  (call.previous_ ? call.previous_->next_ : address.first_call_) = call.next_;
  (call.next_ ? call.next_->previous_ : address.last_call_) = call.previous_;
  calls.erase(call.handle_);
}

void Telephony::State::end_calls(Address& address) {
  while (address.first_call_) end_call(*address.first_call_);
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
  if (call.state_ == LINECALLSTATE_IDLE) return; // final: nothing follows it
  const HCALL handle = call.handle_;
  call.state_ = call_state & call_state_bits;
  call.mode_ = mode;
  if (privilege != 0) call.privilege_ = privilege;
  const bool ended = call.state_ == LINECALLSTATE_IDLE;
  telephony.events_.call_state(call);
  // The handler may have released it, or closed its line.
  Call* const left = ended ? find_call(handle) : nullptr;
  if (left && !left->kept_) left->release();
}

void Telephony::State::CallRequest::complete(LONG result) {
  const auto done = std::exchange(done_, nullptr);
  Call* const call = result == 0 ? state_.made_call(address(), handle_) : nullptr;
  if (result == 0 && !call) result = LINEERR_OPERATIONFAILED;
  if (done) done(result, call);
}

} // namespace tl::telephony
