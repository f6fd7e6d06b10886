// SPDX-License-Identifier: Apache-2.0
// What the parts of the agent handler share. Private to src/acd.
#pragma once

#include <tapi.h>

#include "acd/agent.hpp"
#include "base/time.hpp"

namespace tl::acd {

// The one state that a pair (state, next state) asks for, of those `allowed`; 0 when it is not valid. What is
// wanted during a call is taken when it is over, whether it comes as the state or as the next one; without a
// call there is no next state to choose.
DWORD wished_state(DWORD state, DWORD next, DWORD allowed, bool busy);
// TAPI's statistics count whole seconds.
DWORD whole_seconds(Duration span);

constexpr bool is_busy(AgentState state) {
  return state == AgentState::busy_acd || state == AgentState::busy_incoming ||
         state == AgentState::busy_outbound || state == AgentState::busy_other;
}

} // namespace tl::acd
