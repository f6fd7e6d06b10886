// SPDX-License-Identifier: Apache-2.0
// lineGatherDigits [nf-tapi-linegatherdigits]: the buffer is filled when LINE_GATHERDIGITS is delivered.
#include "tapi32/call.hpp"

namespace {

using namespace tl::tapi32;
using tl::wire::Fn;

template <class Char>
LONG gather(HCALL call, DWORD modes, Char* digits, DWORD count, const Char* termination,
            DWORD first_timeout_ms, DWORD inter_digit_timeout_ms) {
  const auto all = items<Fn::lineGatherDigits>(call, modes, DWORD{digits != nullptr}, count, termination,
                                               first_timeout_ms, inter_digit_timeout_ms);
  if (!digits) return perform(Fn::lineGatherDigits, all);
  if (count == 0) return LINEERR_INVALPARAM;
  constexpr Form form = sizeof(Char) == 1 ? Form::narrow : Form::wide;
  const Target target{.kind = tl::wire::Kind::text, .form = form, .to = digits, .size = count};
  return perform(Fn::lineGatherDigits, all, &target);
}

} // namespace

extern "C" {

LONG WINAPI lineGatherDigitsA(HCALL hCall, DWORD dwDigitModes, LPSTR lpsDigits, DWORD dwNumDigits,
                              LPCSTR lpszTerminationDigits, DWORD dwFirstDigitTimeout,
                              DWORD dwInterDigitTimeout) {
  return gather<char>(hCall, dwDigitModes, lpsDigits, dwNumDigits, lpszTerminationDigits, dwFirstDigitTimeout,
                      dwInterDigitTimeout);
}
LONG WINAPI lineGatherDigitsW(HCALL hCall, DWORD dwDigitModes, LPWSTR lpsDigits, DWORD dwNumDigits,
                              LPCWSTR lpszTerminationDigits, DWORD dwFirstDigitTimeout,
                              DWORD dwInterDigitTimeout) {
  return gather<WCHAR>(hCall, dwDigitModes, lpsDigits, dwNumDigits, lpszTerminationDigits,
                       dwFirstDigitTimeout, dwInterDigitTimeout);
}
LONG WINAPI lineGatherDigits(HCALL hCall, DWORD dwDigitModes, LPSTR lpsDigits, DWORD dwNumDigits,
                             LPCSTR lpszTerminationDigits, DWORD dwFirstDigitTimeout,
                             DWORD dwInterDigitTimeout) {
  return lineGatherDigitsA(hCall, dwDigitModes, lpsDigits, dwNumDigits, lpszTerminationDigits,
                           dwFirstDigitTimeout, dwInterDigitTimeout);
}

} // extern "C"
