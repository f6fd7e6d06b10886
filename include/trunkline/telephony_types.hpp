// SPDX-License-Identifier: Apache-2.0
//
// The words of the object model: enumerations with the values of tapi.h, and the names of codes and states.
// Sets of bits (features, media modes, privileges ...) stay DWORDs with tapi.h's constants. Part of
// trunkline/telephony.hpp.
#pragma once

#include <chrono>
#include <string>

#include <tapi.h>

namespace tl::telephony {

// Waits without a limit.
inline constexpr std::chrono::milliseconds no_timeout = std::chrono::milliseconds::max();
// The code of a wait whose time is over (TAPI 3's TAPI_E_TIMEOUT: TAPI 2 has no waits).
inline constexpr LONG error_timeout = static_cast<LONG>(0x80040044);

// "LINEERR_INVALCALLHANDLE" for its value, "PHONEERR_..." too; "0" for success, the number in hexadecimal for
// an unknown code.
std::string error_name(LONG result);

// LINECALLSTATE_ [linecallstate--constants].
enum class CallState : DWORD {
  none = 0, // not known yet
  idle = LINECALLSTATE_IDLE,
  offering = LINECALLSTATE_OFFERING,
  accepted = LINECALLSTATE_ACCEPTED,
  dialtone = LINECALLSTATE_DIALTONE,
  dialing = LINECALLSTATE_DIALING,
  ringback = LINECALLSTATE_RINGBACK,
  busy = LINECALLSTATE_BUSY,
  special_info = LINECALLSTATE_SPECIALINFO,
  connected = LINECALLSTATE_CONNECTED,
  proceeding = LINECALLSTATE_PROCEEDING,
  on_hold = LINECALLSTATE_ONHOLD,
  conferenced = LINECALLSTATE_CONFERENCED,
  on_hold_pending_conference = LINECALLSTATE_ONHOLDPENDCONF,
  on_hold_pending_transfer = LINECALLSTATE_ONHOLDPENDTRANSFER,
  disconnected = LINECALLSTATE_DISCONNECTED,
  unknown = LINECALLSTATE_UNKNOWN,
};

// LINECALLORIGIN_.
enum class CallOrigin : DWORD {
  none = 0,
  outbound = LINECALLORIGIN_OUTBOUND,
  internal = LINECALLORIGIN_INTERNAL,
  external = LINECALLORIGIN_EXTERNAL,
  unknown = LINECALLORIGIN_UNKNOWN,
  unavailable = LINECALLORIGIN_UNAVAIL,
  conference = LINECALLORIGIN_CONFERENCE,
  inbound = LINECALLORIGIN_INBOUND,
};

// LINECALLREASON_: why a call is where it is.
enum class CallReason : DWORD {
  none = 0,
  direct = LINECALLREASON_DIRECT,
  forwarded_busy = LINECALLREASON_FWDBUSY,
  forwarded_no_answer = LINECALLREASON_FWDNOANSWER,
  forwarded = LINECALLREASON_FWDUNCOND,
  pickup = LINECALLREASON_PICKUP,
  unpark = LINECALLREASON_UNPARK,
  redirect = LINECALLREASON_REDIRECT,
  call_completion = LINECALLREASON_CALLCOMPLETION,
  transfer = LINECALLREASON_TRANSFER,
  reminder = LINECALLREASON_REMINDER,
  unknown = LINECALLREASON_UNKNOWN,
  unavailable = LINECALLREASON_UNAVAIL,
  intrude = LINECALLREASON_INTRUDE,
  parked = LINECALLREASON_PARKED,
  camped_on = LINECALLREASON_CAMPEDON,
  route_request = LINECALLREASON_ROUTEREQUEST,
};

// LINEFORWARDMODE_: which calls an entry of forwarding is about.
enum class ForwardMode : DWORD {
  all = LINEFORWARDMODE_UNCOND,
  all_internal = LINEFORWARDMODE_UNCONDINTERNAL,
  all_external = LINEFORWARDMODE_UNCONDEXTERNAL,
  all_specific = LINEFORWARDMODE_UNCONDSPECIFIC,
  busy = LINEFORWARDMODE_BUSY,
  busy_internal = LINEFORWARDMODE_BUSYINTERNAL,
  busy_external = LINEFORWARDMODE_BUSYEXTERNAL,
  busy_specific = LINEFORWARDMODE_BUSYSPECIFIC,
  no_answer = LINEFORWARDMODE_NOANSW,
  no_answer_internal = LINEFORWARDMODE_NOANSWINTERNAL,
  no_answer_external = LINEFORWARDMODE_NOANSWEXTERNAL,
  no_answer_specific = LINEFORWARDMODE_NOANSWSPECIFIC,
  busy_or_no_answer = LINEFORWARDMODE_BUSYNA,
  busy_or_no_answer_internal = LINEFORWARDMODE_BUSYNAINTERNAL,
  busy_or_no_answer_external = LINEFORWARDMODE_BUSYNAEXTERNAL,
  busy_or_no_answer_specific = LINEFORWARDMODE_BUSYNASPECIFIC,
};

// LINEGATHERTERM_: why a gathering of digits ended.
enum class GatherEnd : DWORD {
  buffer_full = LINEGATHERTERM_BUFFERFULL,
  term_digit = LINEGATHERTERM_TERMDIGIT,
  first_timeout = LINEGATHERTERM_FIRSTTIMEOUT,
  inter_timeout = LINEGATHERTERM_INTERTIMEOUT,
  cancel = LINEGATHERTERM_CANCEL,
};

// LINEGENERATETERM_: why digits or a tone ended.
enum class GenerateEnd : DWORD { done = LINEGENERATETERM_DONE, cancel = LINEGENERATETERM_CANCEL };

// LINETONEMODE_.
enum class ToneMode : DWORD {
  custom = LINETONEMODE_CUSTOM,
  ringback = LINETONEMODE_RINGBACK,
  busy = LINETONEMODE_BUSY,
  beep = LINETONEMODE_BEEP,
  billing = LINETONEMODE_BILLING,
};

// The value of tapi.h, and comparison with it.
template <class E>
concept TapiEnum = std::is_enum_v<E> && std::is_same_v<std::underlying_type_t<E>, DWORD>;
template <TapiEnum E> constexpr DWORD code(E value) {
  return static_cast<DWORD>(value);
}
template <TapiEnum E> constexpr bool operator==(E left, DWORD right) {
  return code(left) == right;
}

// "CONNECTED" for LINECALLSTATE_CONNECTED.
const char* call_state_name(DWORD state);
inline const char* call_state_name(CallState state) {
  return call_state_name(code(state));
}
// "READY" for LINEAGENTSTATE_READY.
const char* agent_state_name(DWORD state);

} // namespace tl::telephony
