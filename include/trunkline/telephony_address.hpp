// SPDX-License-Identifier: Apache-2.0
//
// What an address can do and how it is set: capabilities, status, forwarding (ITAddressCapabilities,
// ITForwardInformation). Part of trunkline/telephony.hpp: include that one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "trunkline/telephony_types.hpp"

namespace tl::telephony {

// What a line is, by LINEADDRESSCAPS: LINEADDRCAPFLAGS_QUEUE, LINEADDRCAPFLAGS_ROUTEPOINT. Of the others a
// device that takes several calls is a trunk if it has no dialable address, or if programs cannot make calls
// from it (LINEADDRFEATURE_MAKECALL).
enum class AddressKind { station, trunk, route_point, queue };
const char* to_string(AddressKind kind);

struct OpenOptions {
  bool owner = false;   // candidate for ownership of new calls (LINECALLPRIVILEGE_OWNER)
  bool monitor = false; // sees every call (LINECALLPRIVILEGE_MONITOR); neither: may only make calls
  DWORD media_modes = LINEMEDIAMODE_INTERACTIVEVOICE;
  std::vector<DWORD> proxy_requests; // LINEPROXYREQUEST_ types to serve (LINEOPENOPTION_PROXY)
};

// LINEADDRESSSTATUS, the counts.
struct AddressStatus {
  DWORD in_use = 0; // stations that use the address now
  DWORD active_calls = 0;
  DWORD held_calls = 0;
  DWORD hold_pending_calls = 0;
  DWORD features = 0; // LINEADDRFEATURE_ possible now
};

struct CallTreatment {
  DWORD id = 0; // for Call::set_treatment()
  std::string name;
};

// LINEADDRESSCAPS and LINEDEVCAPS as values. DWORDs are sets of the bits that the comment names.
struct AddressCapabilities {
  // The address.
  DWORD sharing = 0;          // LINEADDRESSSHARING_
  DWORD address_states = 0;   // LINEADDRESSSTATE_ that are reported
  DWORD call_info_states = 0; // LINECALLINFOSTATE_
  DWORD caller_id = 0, called_id = 0, connected_id = 0, redirection_id = 0,
        redirecting_id = 0; // LINECALLPARTYID_
  DWORD call_states = 0;    // LINECALLSTATE_
  DWORD dialtone_modes = 0, busy_modes = 0, special_info = 0, disconnect_modes = 0;
  DWORD connected_modes = 0, offering_modes = 0;
  DWORD active_calls_max = 0, held_calls_max = 0, hold_pending_calls_max = 0;
  DWORD conference_max = 0, transfer_conference_max = 0; // parties
  DWORD flags = 0;                                       // LINEADDRCAPFLAGS_
  DWORD call_features = 0, call_features2 = 0;           // LINECALLFEATURE_, LINECALLFEATURE2_
  DWORD features = 0;                                    // LINEADDRFEATURE_
  DWORD remove_from_conference = 0;                      // LINEREMOVEFROMCONF_
  DWORD removed_state = 0;                               // LINECALLSTATE_ of a removed member
  DWORD transfer_modes = 0, park_modes = 0;              // LINETRANSFERMODE_, LINEPARKMODE_
  DWORD forward_modes = 0;                               // LINEFORWARDMODE_
  DWORD forward_entries_max = 0, specific_entries_max = 0;
  DWORD forward_rings_min = 0, forward_rings_max = 0;
  DWORD completions_max = 0;
  DWORD completion_conditions = 0, completion_modes = 0; // LINECALLCOMPLCOND_, LINECALLCOMPLMODE_
  DWORD predictive_transfer_states = 0;                  // LINECALLSTATE_
  DWORD call_data_bytes_max = 0;
  DWORD no_answer_timeout_s_max = 0;
  DWORD available_media_modes = 0; // for new calls now
  std::string device_specific;     // bytes, the provider's
  std::vector<CallTreatment> treatments;
  std::vector<std::string> completion_messages; // by their number

  // The line device it is on.
  std::string provider, switch_info;
  DWORD permanent_id = 0;
  DWORD addresses = 0;
  DWORD bearer_modes = 0, rate_max = 0, media_modes = 0;
  DWORD generate_tone_modes = 0, generate_tone_frequencies_max = 0, generate_digit_modes = 0;
  DWORD monitor_tone_frequencies_max = 0, monitor_tone_entries_max = 0, monitor_digit_modes = 0;
  DWORD gather_timeout_ms_min = 0, gather_timeout_ms_max = 0;
  DWORD device_flags = 0; // LINEDEVCAPFLAGS_
  DWORD line_active_calls_max = 0;
  DWORD answer_mode = 0; // LINEANSWERMODE_
  DWORD ring_modes = 0;
  DWORD line_states = 0;     // LINEDEVSTATE_
  DWORD line_features = 0;   // LINEFEATURE_
  DWORD settable_status = 0; // LINEDEVSTATUSFLAGS_
  DWORD accept_user_info_max = 0, answer_user_info_max = 0, make_call_user_info_max = 0; // bytes
  DWORD drop_user_info_max = 0, send_user_info_max = 0, call_user_info_max = 0;
  DWORD terminals = 0;
  std::vector<std::string> device_classes; // for device_id()

  // Whether all of these LINEMEDIAMODE_ are possible (ITMediaSupport).
  bool supports_media(DWORD modes) const { return (media_modes & modes) == modes; }
};

// One instruction: calls of this kind go there.
struct ForwardEntry {
  ForwardMode mode = ForwardMode::all;
  std::string destination; // empty: refused (do not disturb)
  std::string caller;      // of the _specific modes
  DWORD country_code = 0;  // of the destination; 0: the own
  bool operator==(const ForwardEntry&) const = default;
};

// All instructions of an address; without entries nothing is forwarded.
struct ForwardInformation {
  DWORD rings_no_answer = 0; // that count as no answer; 0: the switch's default
  std::vector<ForwardEntry> entries;

  // One entry per mode and caller: replaces an earlier one.
  void set(ForwardMode mode, std::string destination, std::string caller = {});
  const ForwardEntry* find(ForwardMode mode) const;
  void clear() { *this = {}; }
};

} // namespace tl::telephony
