// SPDX-License-Identifier: Apache-2.0
// What can be done with a call: each operation is one function of tapi.h.
#include "telephony/call_params.hpp"
#include "telephony/state.hpp"

namespace tl::telephony {

LONG Call::set_privilege(DWORD privilege) {
  const LONG result = lineSetCallPrivilege(handle_, privilege);
  if (result != 0) return result;
  privilege_ = privilege;
  info_.reset(); // the counts of owners and monitors: who changes them gets no LINE_CALLINFO
  return 0;
}

LONG Call::accept(Completion done) {
  return address_.telephony_.state_->start(address_, std::move(done),
                                           [&] { return lineAccept(handle_, nullptr, 0); });
}

LONG Call::answer(Completion done) {
  return address_.telephony_.state_->start(address_, std::move(done),
                                           [&] { return lineAnswer(handle_, nullptr, 0); });
}

LONG Call::drop(Completion done) {
  return address_.telephony_.state_->start(address_, std::move(done),
                                           [&] { return lineDrop(handle_, nullptr, 0); });
}

LONG Call::hold(Completion done) {
  return address_.telephony_.state_->start(address_, std::move(done), [&] { return lineHold(handle_); });
}

LONG Call::unhold(Completion done) {
  return address_.telephony_.state_->start(address_, std::move(done), [&] { return lineUnhold(handle_); });
}

LONG Call::swap_hold(Call& held, Completion done) {
  return address_.telephony_.state_->start(address_, std::move(done),
                                           [&] { return lineSwapHold(handle_, held.handle_); });
}

LONG Call::redirect(std::string_view number, Completion done) {
  const std::u16string wide = to_utf16(number);
  return address_.telephony_.state_->start(address_, std::move(done),
                                           [&] { return lineRedirectW(handle_, wide.c_str(), 0); });
}

LONG Call::blind_transfer(std::string_view number, Completion done) {
  const std::u16string wide = to_utf16(number);
  return address_.telephony_.state_->start(address_, std::move(done),
                                           [&] { return lineBlindTransferW(handle_, wide.c_str(), 0); });
}

LONG Call::setup_transfer(CallMade done) {
  return address_.telephony_.state_->start_call(
      address_, std::move(done), [&](LPHCALL made) { return lineSetupTransferW(handle_, made, nullptr); });
}

LONG Call::dial(std::string_view number, Completion done) {
  const std::u16string wide = to_utf16(number);
  return address_.telephony_.state_->start(address_, std::move(done),
                                           [&] { return lineDialW(handle_, wide.c_str(), 0); });
}

LONG Call::complete_transfer(Call& consultation, Completion done) {
  return address_.telephony_.state_->start(address_, std::move(done), [&] {
    return lineCompleteTransfer(handle_, consultation.handle_, nullptr, LINETRANSFERMODE_TRANSFER);
  });
}

LONG Call::complete_as_conference(Call& consultation, CallMade done) {
  return address_.telephony_.state_->start_call(address_, std::move(done), [&](LPHCALL made) {
    return lineCompleteTransfer(handle_, consultation.handle_, made, LINETRANSFERMODE_CONFERENCE);
  });
}

LONG Call::park(std::string_view number, Completion done) {
  const std::u16string wide = to_utf16(number);
  return address_.telephony_.state_->start(address_, std::move(done), [&] {
    return lineParkW(handle_, LINEPARKMODE_DIRECTED, wide.c_str(), nullptr);
  });
}

LONG Call::set_treatment(DWORD treatment, Completion done) {
  return address_.telephony_.state_->start(address_, std::move(done),
                                           [&] { return lineSetCallTreatment(handle_, treatment); });
}

LONG Call::set_data(std::string_view data, Completion done) {
  // The function's parameter is not const, but it only reads [nf-tapi-linesetcalldata].
  void* const bytes = data.empty() ? nullptr : const_cast<char*>(data.data());
  return address_.telephony_.state_->start(address_, std::move(done), [&] {
    return lineSetCallData(handle_, bytes, static_cast<DWORD>(data.size()));
  });
}

LONG Call::set_app_specific(DWORD value) {
  return lineSetAppSpecific(handle_, value);
}

LONG Call::generate_digits(std::string_view digits, DWORD each_ms) {
  const std::u16string wide = to_utf16(digits);
  return lineGenerateDigitsW(handle_, LINEDIGITMODE_DTMF, wide.c_str(), each_ms);
}

LONG Call::monitor_digits(bool on) {
  return lineMonitorDigits(handle_, on ? LINEDIGITMODE_DTMF : 0);
}

LONG Call::gather_digits(DWORD count, std::string_view termination, DWORD first_ms, DWORD between_ms) {
  Telephony::State& state = *address_.telephony_.state_;
  // A NULL buffer cancels; LINE_GATHERDIGITS follows with LINEGATHERTERM_CANCEL.
  if (count == 0) return lineGatherDigitsW(handle_, LINEDIGITMODE_DTMF, nullptr, 0, nullptr, 0, 0);
  if (count > gather_digits_max) return LINEERR_INVALPARAM;
  if (state.gathering >= gathers_max) return LINEERR_REQUESTOVERRUN;
  const std::u16string ends = to_utf16(termination);
  std::vector<char16_t> buffer(count + 1, u'\0');
  const LONG result = lineGatherDigitsW(handle_, LINEDIGITMODE_DTMF, buffer.data(), count,
                                        ends.empty() ? nullptr : ends.c_str(), first_ms, between_ms);
  if (result != 0) return result < 0 ? result : LINEERR_OPERATIONFAILED;
  // Moving a vector leaves its characters where the library knows them.
  state.gathers[handle_].buffers.push_back(std::move(buffer));
  ++state.gathering;
  return 0;
}

LONG Call::hand_off(std::string_view application) {
  const std::u16string wide = to_utf16(application);
  // Without a name: to the application with the highest priority for the medium.
  return lineHandoffW(handle_, wide.empty() ? nullptr : wide.c_str(),
                      wide.empty() ? LINEMEDIAMODE_INTERACTIVEVOICE : 0);
}

void Call::release() {
  Telephony::State& state = *address_.telephony_.state_;
  if (lineDeallocateCall(handle_) == 0) state.forget_gathers(handle_);
  state.end_call(*this);
}

} // namespace tl::telephony
