// SPDX-License-Identifier: Apache-2.0
// Assisted telephony: what other programs ask for, and the order of the programs that handle it.
#include "telephony/operations.hpp"

namespace tl::telephony {

namespace {

template <std::size_t N> std::string text(const WCHAR (&units)[N]) {
  char16_t copied[N];
  std::memcpy(copied, units, sizeof copied);
  const std::u16string_view wide(copied, N);
  return to_utf8(wide.substr(0, wide.find(u'\0')));
}

} // namespace

LONG request_make_call(std::string_view destination, std::string_view application,
                       std::string_view called_party, std::string_view comment) {
  return tapiRequestMakeCallW(to_utf16(destination).c_str(), to_utf16(application).c_str(),
                              to_utf16(called_party).c_str(), to_utf16(comment).c_str());
}

LONG Telephony::register_requests(bool on, DWORD instance, DWORD modes) {
  return lineRegisterRequestRecipient(app_, instance, modes, on ? 1 : 0);
}

LONG Telephony::get_request(MakeCallRequest& out) {
  LINEREQMAKECALLW request{};
  const LONG result = lineGetRequestW(app_, LINEREQUESTMODE_MAKECALL, &request);
  if (result != 0) return result;
  out = {text(request.szDestAddress), text(request.szAppName), text(request.szCalledParty),
         text(request.szComment)};
  return 0;
}

LONG Telephony::next_request(std::chrono::milliseconds timeout,
                             std::function<void(LONG, const MakeCallRequest&)> done) {
  if (!running()) return LINEERR_UNINITIALIZED;
  MakeCallRequest waiting;
  const LONG result = get_request(waiting);
  if (result == 0 && done) done(0, waiting);
  if (result != LINEERR_NOREQUEST) return result;
  const auto request = std::make_shared<MakeCallRequest>();
  return state_->waits.add(
      this, timeout,
      // Another program may have been quicker.
      [this, request](const Signal& signal) {
        return signal.kind == Signal::Kind::request && get_request(*request) == 0;
      },
      [request, done = std::move(done)](LONG ended) {
        if (done) done(ended, *request);
      });
}

Operation<MakeCallRequest> Telephony::next_request(std::chrono::milliseconds timeout) {
  return wait_of<MakeCallRequest>(*this,
                                  [this, timeout](std::function<void(LONG, const MakeCallRequest&)> done) {
                                    return next_request(timeout, std::move(done));
                                  });
}

// By the name that lineInitializeEx was given.
LONG Telephony::set_priority(DWORD media_mode, DWORD priority) {
  return lineSetAppPriorityW(to_utf16(application_).c_str(), media_mode, nullptr,
                             media_mode == 0 ? LINEREQUESTMODE_MAKECALL : 0, nullptr, priority);
}

LONG Telephony::priority(DWORD media_mode, DWORD& out) {
  return lineGetAppPriorityW(to_utf16(application_).c_str(), media_mode, nullptr,
                             media_mode == 0 ? LINEREQUESTMODE_MAKECALL : 0, nullptr, &out);
}

} // namespace tl::telephony
