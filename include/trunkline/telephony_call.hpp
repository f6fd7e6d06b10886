// SPDX-License-Identifier: Apache-2.0
//
// One call as one program sees it on one line (ITCallInfo and ITBasicCallControl in one). Part of
// trunkline/telephony.hpp: include that one.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <tapi.h>

namespace tl::telephony {

class Address;
class Call;
class Telephony;

using Completion = std::function<void(LONG result)>;
// The new call, or nullptr with a LINEERR_.
using CallMade = std::function<void(LONG result, Call* call)>;

struct Party {
  std::string number;
  std::string name;
};

// LINECALLINFO as values.
struct CallInfo {
  DWORD call_id = 0; // dwCallID: the same at every line that takes part in the call
  DWORD related_call_id = 0;
  DWORD origin = 0; // LINECALLORIGIN_
  DWORD reason = 0; // LINECALLREASON_
  DWORD trunk = 0;
  DWORD media_modes = 0;
  DWORD treatment = 0; // LINECALLTREATMENT_ or the provider's own
  DWORD app_specific = 0;
  DWORD owners = 0;
  DWORD monitors = 0;
  Party caller, called, connected;
  Party redirection; // where the call was sent on to
  Party redirecting; // who sent it on
  std::string data;  // lineSetCallData: bytes
};

// LINECALLSTATUS as values.
struct CallStatus {
  DWORD state = 0;
  DWORD mode = 0;
  DWORD privilege = 0;
  DWORD features = 0;          // LINECALLFEATURE_ possible now
  DWORD features2 = 0;         // LINECALLFEATURE2_
  std::int64_t entered_ms = 0; // when the state began: milliseconds since 1970 UTC
};

// The parts of LINECALLPARAMS in use; empty means the switch's default.
struct CallParams {
  std::string caller_number;     // caller identity to present
  std::string data;              // initial call data
  DWORD no_answer_timeout_s = 0; // give up ringing after; 0: never
  DWORD flags = 0;               // LINECALLPARAMFLAGS_
  std::string target;            // one-step transfer, predictive calls
  DWORD predictive_transfer_states = 0;
};

class Call {
public:
  Call(Address& address, HCALL handle, DWORD privilege)
      : address_(address), handle_(handle), privilege_(privilege) {}
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  HCALL handle() const { return handle_; }
  Address& address() const { return address_; }
  DWORD state() const { return state_; } // LINECALLSTATE_; 0 until the first call_state()
  DWORD mode() const { return mode_; }   // its LINEDISCONNECTMODE_, LINEBUSYMODE_ ...
  DWORD privilege() const { return privilege_; }
  bool owned() const { return (privilege_ & LINECALLPRIVILEGE_OWNER) != 0; }

  LONG info(CallInfo& out) const;
  LONG status(CallStatus& out) const;
  // dwCallID alone, without copying the rest; 0 when it cannot be read.
  DWORD call_id() const;
  LONG set_privilege(DWORD privilege); // LINECALLPRIVILEGE_

  LONG accept(Completion done);
  LONG answer(Completion done);
  LONG drop(Completion done);
  LONG hold(Completion done);
  LONG unhold(Completion done);
  LONG swap_hold(Call& held, Completion done); // *this is the active one
  LONG redirect(std::string_view number, Completion done);
  LONG blind_transfer(std::string_view number, Completion done);
  LONG setup_transfer(CallMade done); // the consultation call, at dial tone
  LONG dial(std::string_view number, Completion done);
  LONG complete_transfer(Call& consultation, Completion done);
  // The call becomes a conference of three; `done` gets the conference call.
  LONG complete_as_conference(Call& consultation, CallMade done);
  LONG park(std::string_view number, Completion done); // directed
  LONG set_treatment(DWORD treatment, Completion done);
  LONG set_data(std::string_view data, Completion done);
  LONG set_app_specific(DWORD value);
  LONG generate_digits(std::string_view digits, DWORD each_ms); // RFC 4733 or in band, as the leg can
  LONG monitor_digits(bool on);
  // Up to `count` digits, or until one of `termination`; ends with call_digits_gathered(). 0 cancels.
  LONG gather_digits(DWORD count, std::string_view termination, DWORD first_ms, DWORD between_ms);
  LONG hand_off(std::string_view application);

  // Frees the handle (lineDeallocateCall) and ends this object. The call itself goes on.
  void release();
  // The handle stays after IDLE, until release(); its information can still be read.
  void keep() { kept_ = true; }

  void* context = nullptr; // the application's own

private:
  friend class Telephony;
  friend class Address;

  LONG fetch_info() const;

  Address& address_;
  HCALL handle_;
  DWORD state_ = 0;
  DWORD mode_ = 0;
  DWORD privilege_;
  bool kept_ = false;
  mutable DWORD call_id_ = 0;
  mutable std::unique_ptr<CallInfo> info_; // as read last, until LINE_CALLINFO
  Call* previous_ = nullptr;               // on its line
  Call* next_ = nullptr;
};

} // namespace tl::telephony
