// SPDX-License-Identifier: Apache-2.0
#include "acd/agent.hpp"

namespace tl::acd {

const char* to_string(AgentState state) {
  switch (state) {
  case AgentState::logged_off: return "logged off";
  case AgentState::not_ready: return "not ready";
  case AgentState::ready: return "ready";
  case AgentState::busy_acd: return "busy (queue call)";
  case AgentState::busy_incoming: return "busy (incoming)";
  case AgentState::busy_outbound: return "busy (outgoing)";
  case AgentState::busy_other: return "busy";
  case AgentState::after_call: return "after-call work";
  }
  return "?";
}

AgentState agent_state(const Agent& agent, const Station* station) {
  if (!station) return AgentState::logged_off;
  if (agent.offer == OfferState::talking) return AgentState::busy_acd;
  for (const StationCall& call : station->calls) {
    if (call.phase != CallPhase::active) continue;
    switch (call.kind) {
    case CallKind::incoming: return AgentState::busy_incoming;
    case CallKind::outgoing: return AgentState::busy_outbound;
    case CallKind::other: return AgentState::busy_other;
    }
  }
  if (agent.pause == Agent::Pause::wrapup) return AgentState::after_call;
  return agent.wants_ready ? AgentState::ready : AgentState::not_ready;
}

bool is_free(const Station& station) {
  for (const StationCall& call : station.calls)
    if (call.phase == CallPhase::ringing || call.phase == CallPhase::active) return false;
  return true;
}

bool can_take_call(const Agent& agent, const Station* station) {
  return station && station->in_service && is_free(*station) && agent.wants_ready && !agent.leaving &&
         !agent.call && agent.pause == Agent::Pause::none;
}

} // namespace tl::acd
