// SPDX-License-Identifier: Apache-2.0
// The parts of a Call that exist only while something is under way. Private to the call*.cpp files.
#pragma once

#include "sip/call.hpp"

namespace tl::sip {

enum class Call::Purpose : std::uint8_t { none, bye, update, refer, notify, info };

// An INVITE of ours that has no final response: kept to send it again with credentials, a longer session or
// after glare.
struct Call::Attempt {
  Attempt(Loop& loop, Timer::Handler retry) : glare(loop, std::move(retry)) {}

  std::string uri, route, headers, sdp;
  Timer glare;
  unsigned challenges = 0;
  unsigned intervals = 0; // 422 seen
  unsigned glares = 0;
  bool again = false;   // in a dialog
  bool refresh = false; // of the session timer: nobody waits for the outcome
};

struct Call::Transfer {
  ServerTx* tx = nullptr; // their REFER, until it is answered
  bool ours = false;
  bool silent = false; // Refer-Sub: false (RFC 4488)
};

inline constexpr unsigned challenges_max = 2; // a second one may be for a stale nonce or a second proxy
inline constexpr unsigned intervals_max = 2;
inline constexpr unsigned glares_max = 4;
inline constexpr std::size_t early_dialogs_max =
    16; // of one INVITE; forks beyond are answered but not told apart

} // namespace tl::sip
