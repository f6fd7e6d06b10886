// SPDX-License-Identifier: Apache-2.0
// Basic control of a call: each operation is one function of tapi.h.
#include "telephony/call_params.hpp"
#include "telephony/call_start.hpp"

namespace tl::telephony {

LONG Call::set_privilege(DWORD privilege) {
  if (gone_) return LINEERR_INVALCALLHANDLE;
  const LONG result = lineSetCallPrivilege(handle_, privilege);
  if (result != 0) return result;
  privilege_ = privilege;
  info_.reset(); // the counts of owners and monitors: who changes them gets no LINE_CALLINFO
  return 0;
}

LONG Call::accept(Completion done, std::string_view user_info) {
  return start(std::move(done),
               [&] { return lineAccept(handle_, user_info.data(), static_cast<DWORD>(user_info.size())); });
}

LONG Call::answer(Completion done, std::string_view user_info) {
  return start(std::move(done),
               [&] { return lineAnswer(handle_, user_info.data(), static_cast<DWORD>(user_info.size())); });
}

LONG Call::drop(Completion done, std::string_view user_info) {
  return start(std::move(done),
               [&] { return lineDrop(handle_, user_info.data(), static_cast<DWORD>(user_info.size())); });
}

LONG Call::hold(Completion done) {
  return start(std::move(done), [&] { return lineHold(handle_); });
}

LONG Call::unhold(Completion done) {
  return start(std::move(done), [&] { return lineUnhold(handle_); });
}

LONG Call::swap_hold(Call& held, Completion done) {
  if (held.gone_) return LINEERR_INVALCALLHANDLE;
  return start(std::move(done), [&] { return lineSwapHold(handle_, held.handle_); });
}

LONG Call::redirect(std::string_view number, Completion done) {
  const std::u16string wide = to_utf16(number);
  return start(std::move(done), [&] { return lineRedirectW(handle_, wide.c_str(), 0); });
}

LONG Call::secure(Completion done) {
  return start(std::move(done), [&] { return lineSecureCall(handle_); });
}

LONG Call::dial(std::string_view number, Completion done) {
  const std::u16string wide = to_utf16(number);
  return start(std::move(done), [&] { return lineDialW(handle_, wide.c_str(), 0); });
}

LONG Call::hand_off(std::string_view application) {
  if (application.empty()) return hand_off_by_media(LINEMEDIAMODE_INTERACTIVEVOICE);
  if (gone_) return LINEERR_INVALCALLHANDLE;
  return lineHandoffW(handle_, to_utf16(application).c_str(), 0);
}

LONG Call::hand_off_by_media(DWORD media_modes) {
  return gone_ ? LINEERR_INVALCALLHANDLE : lineHandoffW(handle_, nullptr, media_modes);
}

LONG Call::set_terminal(DWORD terminal_modes, DWORD terminal, bool enable, Completion done) {
  return start(std::move(done), [&] {
    return lineSetTerminal(0, 0, handle_, LINECALLSELECT_CALL, terminal_modes, terminal, enable ? 1 : 0);
  });
}

void Call::release() {
  if (gone_) return;
  Telephony::State& state = *address_.telephony_.state_;
  if (lineDeallocateCall(handle_) == 0) state.forget_gathers(handle_);
  state.end_call(*this);
}

} // namespace tl::telephony
