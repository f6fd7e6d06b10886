// SPDX-License-Identifier: Apache-2.0
//
// One call as one program sees it on one line (ITCallInfo, ITBasicCallControl and ITLegacyCallMediaControl in
// one). Part of trunkline/telephony.hpp: include that one.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "trunkline/operation.hpp"
#include "trunkline/telephony_types.hpp"

namespace tl::telephony {

class Address;
class Call;
class CallHub;
class Telephony;

// A Call that stays: while one of these points to it, the object lives, its handle too (after IDLE its
// information can still be read), and after the end of the line or of the server every operation answers
// LINEERR_INVALCALLHANDLE. It says nothing about the call itself: letting go of it drops nothing.
class CallPtr {
public:
  CallPtr() = default;
  explicit CallPtr(Call& call);
  CallPtr(const CallPtr& other);
  CallPtr(CallPtr&& other) noexcept : call_(std::exchange(other.call_, nullptr)) {}
  CallPtr& operator=(CallPtr other) noexcept {
    std::swap(call_, other.call_);
    return *this;
  }
  ~CallPtr();

  Call* get() const { return call_; }
  Call& operator*() const { return *call_; }
  Call* operator->() const { return call_; }
  explicit operator bool() const { return call_ != nullptr; }
  bool operator==(const CallPtr&) const = default;

private:
  Call* call_ = nullptr;
};
// A call that was made for a coroutine that is gone: it is dropped.
void discard(CallPtr& call);

using Completion = std::function<void(LONG result)>;
// The new call, or nullptr with a LINEERR_.
using CallMade = std::function<void(LONG result, Call* call)>;
// The conference and the call to its next member.
using ConferenceMade = std::function<void(LONG result, Call* conference, Call* consultation)>;

struct Conference {
  CallPtr conference;
  CallPtr consultation;
};
void discard(Conference& made);

struct Party {
  std::string number;
  std::string name;
  DWORD flags = 0; // LINECALLPARTYID_
};

// LINECALLINFO as values.
struct CallInfo {
  DWORD call_id = 0; // dwCallID: the same at every line that takes part in the call
  DWORD related_call_id = 0;
  CallOrigin origin = CallOrigin::none;
  CallReason reason = CallReason::none;
  DWORD trunk = 0;
  DWORD bearer_mode = 0;
  DWORD rate = 0; // bit/s
  DWORD media_modes = 0;
  DWORD treatment = 0; // LINECALLTREATMENT_ or the provider's own
  DWORD app_specific = 0;
  DWORD owners = 0;
  DWORD monitors = 0;
  DWORD params_flags = 0; // LINECALLPARAMFLAGS_
  DWORD states = 0;       // LINECALLSTATE_ that may be reported
  DWORD digit_modes = 0;  // monitored, LINEDIGITMODE_
  DWORD monitored_media = 0;
  DWORD completion_id = 0; // of complete_call()
  DWORD country_code = 0;  // of the destination
  Party caller, called, connected;
  Party redirection;       // where the call was sent on to
  Party redirecting;       // who sent it on
  std::string application; // who made, accepted or answered it
  std::string displayable_address, called_party, comment, display;
  std::string user_info; // bytes: user-user information
  std::string high_level_compatibility, low_level_compatibility, charging_info; // bytes
  std::string device_specific;                                                  // bytes
  std::string data;                                                             // lineSetCallData: bytes
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

// LINECALLPARAMS; empty and 0 mean the switch's default.
struct CallParams {
  std::string caller_number;     // caller identity to present
  std::string data;              // initial call data
  DWORD no_answer_timeout_s = 0; // give up ringing after; 0: never
  DWORD flags = 0;               // LINECALLPARAMFLAGS_
  std::string target;            // one-step transfer, predictive calls
  DWORD predictive_transfer_states = 0;
  DWORD bearer_mode = 0;
  DWORD rate_min = 0, rate_max = 0; // bit/s
  DWORD media_modes = 0;
  std::string origin; // dialable address the call is made from
  std::string displayable_address, called_party, comment;
  std::string user_info; // bytes
  bool operator==(const CallParams&) const = default;
};

struct GatherOptions {
  DWORD count = 1;
  std::string termination;                    // digits that end it: "#"
  std::chrono::milliseconds first_timeout{0}; // until the first digit; 0: no limit
  std::chrono::milliseconds inter_timeout{0}; // between two
};
struct Digits {
  std::string digits; // the terminating one included
  GatherEnd end{};
};

// One tone to send (LINEGENERATETONE, ITCustomTone).
struct CustomTone {
  DWORD frequency_hz = 0;
  std::chrono::milliseconds cadence_on{0}, cadence_off{0};
  DWORD volume = 0xFFFF; // 0 to 0xFFFF
};
// One tone to watch for (LINEMONITORTONE, ITDetectTone); frequency 0: none, all 0: silence.
struct DetectTone {
  DWORD app_specific = 0; // comes back with the event
  std::chrono::milliseconds duration{0};
  DWORD frequency1_hz = 0, frequency2_hz = 0, frequency3_hz = 0;
};

class Call {
public:
  Call(Address& address, HCALL handle, DWORD privilege)
      : address_(address), handle_(handle), privilege_(privilege) {}
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  HCALL handle() const { return handle_; }
  Address& address() const { return address_; } // until shutdown()
  CallState state() const { return state_; }    // none until the first call_state()
  DWORD mode() const { return mode_; }          // its LINEDISCONNECTMODE_, LINEBUSYMODE_ ...
  DWORD privilege() const { return privilege_; }
  bool owned() const { return (privilege_ & LINECALLPRIVILEGE_OWNER) != 0; }
  // Its handle is void: released, or its line closed. Seen only through a CallPtr.
  bool gone() const { return gone_; }

  // The conversation it belongs to; nullptr unless Telephony::track_call_hubs().
  CallHub* hub() const { return hub_; }
  LONG info(CallInfo& out) const;
  LONG status(CallStatus& out) const;
  // dwCallID alone, without copying the rest; 0 when it cannot be read.
  DWORD call_id() const;
  LONG set_privilege(DWORD privilege); // LINECALLPRIVILEGE_

  // --- Basic call control. The second form of each is for co_await. ---
  LONG accept(Completion done, std::string_view user_info = {});
  Operation<> accept();
  LONG answer(Completion done, std::string_view user_info = {});
  Operation<> answer();
  LONG drop(Completion done, std::string_view user_info = {});
  Operation<> drop();
  LONG hold(Completion done);
  Operation<> hold();
  LONG unhold(Completion done);
  Operation<> unhold();
  LONG swap_hold(Call& held, Completion done); // *this is the active one
  Operation<> swap_hold(Call& held);
  LONG redirect(std::string_view number, Completion done);
  Operation<> redirect(std::string number);
  LONG secure(Completion done);
  Operation<> secure();
  LONG dial(std::string_view number, Completion done);
  Operation<> dial(std::string number);
  LONG hand_off(std::string_view application); // to a program by its name
  LONG hand_off_by_media(DWORD media_modes);   // to the program with the highest priority for them
  LONG set_terminal(DWORD terminal_modes, DWORD terminal, bool enable, Completion done);

  // --- Transfer, park. ---
  LONG blind_transfer(std::string_view number, Completion done);
  Operation<> blind_transfer(std::string number);
  LONG setup_transfer(CallMade done, const CallParams& params = {}); // the consultation call, at dial tone
  Operation<CallPtr> setup_transfer();
  LONG complete_transfer(Call& consultation, Completion done);
  Operation<> complete_transfer(Call& consultation);
  // The call becomes a conference of three; `done` gets the conference call.
  LONG complete_as_conference(Call& consultation, CallMade done);
  Operation<CallPtr> complete_as_conference(Call& consultation);
  LONG park(std::string_view number, Completion done); // directed
  Operation<> park(std::string number);
  LONG park(std::function<void(LONG, const std::string& number)> done); // the switch chooses where
  Operation<std::string> park();
  // The called party is busy or does not answer: LINECALLCOMPLMODE_; `message` is one of the address's
  // completion messages. `done` gets the id for Address::uncomplete_call().
  LONG complete_call(DWORD mode, DWORD message, std::function<void(LONG, DWORD completion_id)> done);
  Operation<DWORD> complete_call(DWORD mode, DWORD message = 0);

  // --- Conference. ---
  // *this becomes its first member, on hold pending conference.
  LONG setup_conference(ConferenceMade done, DWORD parties = 3);
  Operation<Conference> setup_conference(DWORD parties = 3);
  // *this is the conference: a consultation call to one more.
  LONG prepare_add_to_conference(CallMade done, const CallParams& params = {});
  Operation<CallPtr> prepare_add_to_conference();
  LONG add_to_conference(Call& member, Completion done);
  Operation<> add_to_conference(Call& member);
  LONG remove_from_conference(Completion done); // *this is a member
  Operation<> remove_from_conference();
  // The conference and its members (lineGetConfRelatedCalls), as far as this program has them.
  LONG conference_calls(std::vector<CallPtr>& out) const;

  // --- What the call carries. ---
  LONG set_treatment(DWORD treatment, Completion done);
  Operation<> set_treatment(DWORD treatment);
  LONG set_data(std::string_view data, Completion done);
  Operation<> set_data(std::string data);
  LONG set_app_specific(DWORD value);
  LONG set_media_modes(DWORD media_modes);
  LONG set_bearer(DWORD bearer_mode, DWORD rate_min, DWORD rate_max, Completion done);
  Operation<> set_bearer(DWORD bearer_mode, DWORD rate_min, DWORD rate_max);
  // FLOWSPEC structures as bytes.
  LONG set_quality_of_service(std::string_view sending, std::string_view receiving, Completion done);
  Operation<> set_quality_of_service(std::string sending, std::string receiving);
  LONG send_user_info(std::string_view bytes, Completion done);
  Operation<> send_user_info(std::string bytes);
  LONG release_user_info(Completion done); // makes room for the next
  Operation<> release_user_info();

  // --- Digits, tones, media. ---
  LONG generate_digits(std::string_view digits, DWORD each_ms); // RFC 4733 or in band, as the leg can
  LONG generate_digits(std::string_view digits, std::chrono::milliseconds each,
                       std::function<void(LONG, GenerateEnd)> done);
  Operation<GenerateEnd> generate_digits(std::string digits, std::chrono::milliseconds each);
  LONG monitor_digits(bool on);
  // The next digit heard; after monitor_digits(true).
  LONG next_digit(std::chrono::milliseconds timeout, std::function<void(LONG, char)> done);
  Operation<char> next_digit(std::chrono::milliseconds timeout = no_timeout);
  // Up to `count` digits, or until one of `termination`; ends with call_digits_gathered(). 0 cancels.
  LONG gather_digits(DWORD count, std::string_view termination, DWORD first_ms, DWORD between_ms);
  LONG gather_digits(const GatherOptions& options, std::function<void(LONG, const Digits&)> done);
  Operation<Digits> gather_digits(GatherOptions options);
  // `tones` with ToneMode::custom only, else empty.
  LONG generate_tone(ToneMode mode, std::chrono::milliseconds duration, std::span<const CustomTone> tones,
                     std::function<void(LONG, GenerateEnd)> done);
  Operation<GenerateEnd> generate_tone(ToneMode mode, std::chrono::milliseconds duration,
                                       std::vector<CustomTone> tones = {});
  LONG monitor_tones(std::span<const DetectTone> tones); // call_tone(); empty: no more
  LONG monitor_media(DWORD media_modes);                 // call_media(); 0: no more
  // lineGetID: the device of a class ("wave/in", "tapi/phone") that belongs to the call, as its class defines
  // it.
  LONG device_id(std::string_view device_class, std::string& out) const;

  // --- Waiting. ---
  // Until the call is in this state; when it is already, `done` is called before when() returns 0.
  // error_timeout when the time is over; LINEERR_DISCONNECTED when the call has ended and will not come
  // there; LINEERR_INVALCALLHANDLE when the handle is void; LINEERR_OPERATIONFAILED with the line or the
  // server. Returns an id for Telephony::cancel_wait(). A time limit needs a Telephony with a loop
  // (LINEERR_OPERATIONUNAVAIL).
  LONG when(CallState state, std::chrono::milliseconds timeout, Completion done);
  Operation<> when(CallState state, std::chrono::milliseconds timeout = no_timeout);

  // Frees the handle (lineDeallocateCall) and ends this object, but for a CallPtr. The call itself goes on.
  void release();
  // The handle stays after IDLE, until release(); its information can still be read.
  void keep() { kept_ = true; }

  void* context = nullptr; // the application's own

private:
  friend class Telephony;
  friend class Address;
  friend class CallPtr;

  template <class Start> LONG start(Completion done, Start function);
  template <class Start> LONG start_call(CallMade done, Start function);
  LONG verdict(CallState wanted) const;
  LONG fetch_info() const;
  LONG wait_generated(std::function<void(LONG, GenerateEnd)> done);

  Address& address_;
  HCALL handle_;
  CallState state_ = CallState::none;
  DWORD mode_ = 0;
  DWORD privilege_;
  DWORD pins_ = 0;
  bool kept_ = false;
  bool gone_ = false;
  bool incoming_ = false; // was OFFERING
  bool taken_ = false;    // given to a next_call()
  mutable DWORD call_id_ = 0;
  mutable std::unique_ptr<CallInfo> info_; // as read last, until LINE_CALLINFO
  CallHub* hub_ = nullptr;
  Call* previous_ = nullptr; // on its line
  Call* next_ = nullptr;
};

} // namespace tl::telephony
