// SPDX-License-Identifier: Apache-2.0
// The provider kit: derive from Provider, override what the device can do, define make_provider()
// (exports.hpp), and link trunkline_tsp_exports: the result is a service provider in the sense of tspi.h.
// What is not overridden answers LINEERR_OPERATIONUNAVAIL. Everything runs on the host's loop; the server
// never calls from two threads (LINETSPIOPTION_NONREENTRANT) and events may be sent at any time, also inside
// these functions.
//
// Handles from the server are checked before they reach a provider; texts arrive as UTF-8.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "form/form.hpp"
#include "tsp/handle_table.hpp"
#include "tsp/handles.hpp"
#include "tsp/phone.hpp"
#include "tsp/request.hpp"
#include "tsp/struct_writer.hpp"

namespace tl {
class Log;
class Loop;
} // namespace tl

namespace tl::tsp {

// What of LINECALLPARAMS matters to most providers; the spans point into the request.
struct CallOptions {
  DWORD flags = 0; // LINECALLPARAMFLAGS_
  DWORD media_mode = LINEMEDIAMODE_INTERACTIVEVOICE;
  DWORD no_answer_timeout_s = 0; // 0: none
  std::string target_address;    // one-step transfer
  std::string calling_party;     // caller identity to present
  std::span<const std::byte> call_data;
};

struct LineOpening {
  DWORD device = 0;
  DWORD version = 0;
  HTAPILINE server = nullptr;
  LINEEVENT procedure = nullptr;
};

struct Gather {
  DWORD end_to_end_id = 0;
  DWORD modes = 0;         // LINEDIGITMODE_
  LPWSTR buffer = nullptr; // valid until LINE_GATHERDIGITS or the end of the call
  DWORD digits_max = 0;
  std::string terminators;
  DWORD first_digit_ms = 0; // 0: no timeout
  DWORD inter_digit_ms = 0;
};

// One entry of lineForward. Without a destination it is do-not-disturb [lineforward].
struct ForwardEntry {
  DWORD mode = 0;          // LINEFORWARDMODE_
  std::string caller;      // for the ...SPECIFIC modes
  std::string destination;
};

// What can be set while the provider runs, as one table; whoever has a screen shows it (docs/providers.md).
struct Settings {
  std::string title;
  std::vector<std::string> notes{};
  std::vector<form::Setting> settings{}; // with their present values
  // Takes what was edited, each value of its setting's type and in its range. Empty, or why not, as a sentence;
  // then nothing was taken.
  std::function<std::string(const form::Values&)> apply{};
};

class Provider {
public:
  // The newest and oldest version the kit speaks; a provider may narrow it.
  static constexpr DWORD version_low = 0x00020000;
  static constexpr DWORD version_high = 0x00020002;

  virtual ~Provider() = default;

  // ---- Life. attach() comes first; its error text goes to the administrator.
  virtual Result<void> attach(Loop& loop, Log& log, std::string_view config_json) = 0;
  virtual DWORD num_lines() const = 0; // constant after attach()
  virtual PhoneProvider* phones() { return nullptr; } // phone.hpp; of a provider that has some
  virtual LONG init() { return 0; }
  virtual void shutdown() {}

  // ---- Devices. `device` is below num_lines().
  virtual void get_dev_caps(DWORD device, StructWriter<LINEDEVCAPS>& out) = 0;
  virtual LONG get_address_caps(DWORD device, DWORD address, StructWriter<LINEADDRESSCAPS>& out) = 0;
  // Creates the provider's line object, which lives until close(). Calls that exist are announced afterwards.
  virtual LONG open(const LineOpening& opening, Line*& line) = 0;
  // Complete or drop every request of the line and of its calls first; its object and handles end here.
  virtual void close(Line& line) = 0;
  virtual LONG set_status_messages(Line&, DWORD /*line_states*/, DWORD /*address_states*/) { return 0; }
  virtual LONG set_default_media_detection(Line&, DWORD /*media_modes*/) { return 0; }
  virtual void get_line_status(Line& line, StructWriter<LINEDEVSTATUS>& out) = 0;
  virtual LONG get_address_status(Line& line, DWORD address, StructWriter<LINEADDRESSSTATUS>& out) = 0;
  virtual LONG get_address_id(Line& line, const std::string& address, DWORD& id) = 0;
  virtual DWORD num_addresses(Line&) const { return 1; }
  virtual void dev_specific(Request request, Line& line, Call* call, std::span<const std::byte> parameters);

  // ---- Settings. Nothing: there are none. Devices are counted within the provider. Those of lines are also what
  // lineGetDevConfig and lineSetDevConfig carry, for the class tapi/line.
  virtual std::optional<Settings> line_settings(DWORD /*device*/) { return std::nullopt; }
  virtual std::optional<Settings> phone_settings(DWORD /*device*/) { return std::nullopt; }
  virtual std::optional<Settings> provider_settings() { return std::nullopt; }
  // The file name of the module that shows them; empty: none.
  virtual std::string ui_module() const { return "terminal.tui.so"; }

  // ---- Calls.
  virtual void get_call_info(Call& call, StructWriter<LINECALLINFO>& out) = 0;
  virtual void get_call_status(Call& call, StructWriter<LINECALLSTATUS>& out) = 0;
  virtual DWORD call_id(Call& call) const = 0;
  virtual DWORD related_call_id(Call&) const { return 0; }
  virtual DWORD address_of(Call&) const { return 0; }
  // The server has no handle any more: adopt() and announce() are undone. The call itself goes on or not.
  virtual void close_call(Call& call) = 0;

  // Sets `call` (by adopt()) before it completes or keeps the request; events of the call only after success.
  virtual void make_call(Request request, Line& line, HTAPICALL server, const std::string& destination,
                         const CallOptions& options, HDRVCALL& call);
  virtual void accept(Request request, Call& call);
  virtual void answer(Request request, Call& call);
  virtual void dial(Request request, Call& call, const std::string& destination);
  virtual void drop(Request request, Call& call);
  virtual void hold(Request request, Call& call);
  virtual void unhold(Request request, Call& call);
  virtual void swap_hold(Request request, Call& active, Call& held);
  virtual void redirect(Request request, Call& call, const std::string& destination);
  virtual void blind_transfer(Request request, Call& call, const std::string& destination);
  virtual void setup_transfer(Request request, Call& call, HTAPICALL server, const CallOptions& options,
                              HDRVCALL& consult);
  // mode: LINETRANSFERMODE_; `conference` only for CONFERENCE.
  virtual void complete_transfer(Request request, Call& call, Call& consult, DWORD mode, HTAPICALL server,
                                 HDRVCALL& conference);
  // Both handles as make_call() does; `first` is nullptr when the conference begins without a call.
  virtual void setup_conference(Request request, Line& line, Call* first, DWORD parties,
                                const CallOptions& options, HTAPICALL conference_server, HDRVCALL& conference,
                                HTAPICALL consult_server, HDRVCALL& consult);
  virtual void prepare_add_to_conference(Request request, Call& conference, HTAPICALL server,
                                         const CallOptions& options, HDRVCALL& consult);
  // LINE_CALLSTATE(CONFERENCED) carries the parent's `server` handle.
  virtual void add_to_conference(Request request, Call& conference, Call& added);
  virtual void remove_from_conference(Request request, Call& member);
  virtual void set_call_treatment(Request request, Call& call, DWORD treatment);
  virtual void set_call_data(Request request, Call& call, std::span<const std::byte> data);

  // `mode` is not checked. `chosen`, or nullptr, is where the address goes of a call parked non-directed
  // (write_string() of struct_writer.hpp).
  virtual void park(Request request, Call& call, DWORD mode, const std::string& address, LPVARSTRING chosen);
  virtual void unpark(Request request, Line& line, HTAPICALL server, const std::string& address,
                      HDRVCALL& call);
  // nullptr: not given.
  virtual void pickup(Request request, Line& line, HTAPICALL server, const std::string* address,
                      const std::string* group, HDRVCALL& call);
  virtual void complete_call(Request request, Call& call, DWORD& completion_id, DWORD mode, DWORD message);
  virtual void secure(Request request, Call& call);
  virtual void send_user_info(Request request, Call& call, std::span<const std::byte> info);
  virtual void release_user_info(Request request, Call& call);
  virtual void set_call_params(Request request, Call& call, DWORD bearer_mode, DWORD rate_min,
                               DWORD rate_max);

  // ---- Lines as a whole. An empty list cancels all forwarding; no consultation call is made for it.
  virtual void forward(Request request, Line& line, std::vector<ForwardEntry> entries, DWORD rings);
  virtual void set_line_status(Request request, Line& line, DWORD flags, bool on); // LINEDEVSTATUSFLAGS_
  virtual void uncomplete_call(Request request, Line& line, DWORD completion_id);

  virtual LONG set_app_specific(Call&, DWORD) { return LINEERR_OPERATIONUNAVAIL; }
  virtual LONG set_media_mode(Call&, DWORD) { return LINEERR_OPERATIONUNAVAIL; }
  virtual LONG monitor_digits(Call&, DWORD /*modes, 0 ends*/) { return LINEERR_OPERATIONUNAVAIL; }
  // A null buffer cancels, silently: TAPI reports that itself.
  virtual LONG gather_digits(Call&, const Gather&) { return LINEERR_OPERATIONUNAVAIL; }
  // Empty digits cancel; every generation ends with LINE_GENERATE.
  virtual LONG generate_digits(Call&, DWORD /*end_to_end_id*/, DWORD /*mode*/, const std::string& /*digits*/,
                               DWORD /*duration_ms*/) {
    return LINEERR_OPERATIONUNAVAIL;
  }
  // LINETONEMODE_, 0 cancels; duration 0: the mode's own. Every generation ends with LINE_GENERATE.
  virtual LONG generate_tone(Call&, DWORD /*end_to_end_id*/, DWORD /*mode*/, DWORD /*duration_ms*/,
                             std::span<const LINEGENERATETONE> /*custom*/) {
    return LINEERR_OPERATIONUNAVAIL;
  }
  // Replaces the list of that id; no tones end it.
  virtual LONG monitor_tones(Call&, DWORD /*list*/, std::span<const LINEMONITORTONE>) {
    return LINEERR_OPERATIONUNAVAIL;
  }
  virtual LONG monitor_media(Call&, DWORD /*modes, 0 ends*/) { return LINEERR_OPERATIONUNAVAIL; }

protected:
  // Gives a call that the server asked for its handle.
  HDRVCALL adopt(Call& call, Line& line, HTAPICALL server);
  // Reports a call the server does not know (LINE_NEWCALL); its LINE_CALLSTATE must follow. False when the
  // server could not take it: the call stays unknown.
  bool announce(Call& call, Line& line);
  // Takes the handle away, silently.
  void forget(Call& call);
  // By HDRVCALL; nullptr when it is none any more.
  Call* find_call(std::uint64_t handle) const { return calls_.find(handle); }

private:
  friend class Exports;
  HandleTable<Line> lines_;
  HandleTable<Call> calls_;
};

} // namespace tl::tsp
