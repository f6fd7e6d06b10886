// SPDX-License-Identifier: Apache-2.0
// The state machine of a connection: the TAPI call state its line shows (linecallstate--constants).
#pragma once

#include <optional>

#include "pbx/driver.hpp"
#include "tspi.h"

namespace tl::pbx {

// What happens to a connection. How it came about (a TAPI request, a phone's key, the network) does not
// matter.
enum class Event : unsigned char {
  collect,    // the number is known, the own phone is still being rung
  proceed,    // the call is on its way to its destination
  find_busy,  // its destination is taken; its own user hears that
  far_alerts, // the destination rings
  accept,     // somebody claims an offered call; or a trunk's caller is told that it rings
  connect,    // both parties can talk, or the party hears the switch itself
  hold,
  hold_for_transfer,
  hold_for_conference,
  confer, // becomes a member
  retrieve,
  far_leaves, // the rest of the call is gone
  leave,      // this party is gone: hung up, moved elsewhere, released
};

// The state after `event` in `state`; nothing when the event is not possible there (LINEERR_INVALCALLSTATE if
// somebody asked for it). Equal to `state` when the event changes nothing there.
std::optional<DWORD> next_state(DWORD state, Event event);

DWORD disconnect_mode(Cause cause);
// The reason a call has that comes back to its queue because a phone refused it.
DWORD forward_reason(Cause cause);

} // namespace tl::pbx
