// SPDX-License-Identifier: Apache-2.0
#include "acd/agent.hpp"

#include <algorithm>

#include "acd/queue.hpp"

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
  return wants_ready(agent) ? AgentState::ready : AgentState::not_ready;
}

bool wants_ready(const Agent& agent) {
  return std::any_of(agent.members.begin(), agent.members.end(),
                     [](const Member& member) { return member.takes_calls(); });
}

// Busy with anything but this session's calls is "takes no calls" for the session.
SessionState session_state(const Member& member, const Station* station) {
  const Agent& agent = *member.agent;
  if (!member.joined()) return SessionState::ended;
  switch (agent_state(agent, station)) {
  case AgentState::busy_acd:
    return agent.call->group == member.group ? SessionState::on_call : SessionState::not_ready;
  case AgentState::after_call:
    return agent.wrapup_group == member.group ? SessionState::wrapup : SessionState::not_ready;
  case AgentState::ready: return member.takes_calls() ? SessionState::ready : SessionState::not_ready;
  default: return SessionState::not_ready;
  }
}

bool pin_fits(const Agent& agent, std::string_view pin) {
  return agent.config.pin.empty() || agent.config.pin == pin;
}

const Member* member_of(const Agent& agent, GroupIndex group) {
  for (const Member& member : agent.members)
    if (member.group == group) return &member;
  return nullptr;
}

Member* member_of(Agent& agent, GroupIndex group) {
  return const_cast<Member*>(member_of(std::as_const(agent), group));
}

bool is_free(const Station& station) {
  for (const StationCall& call : station.calls)
    if (call.phase == CallPhase::ringing || call.phase == CallPhase::active) return false;
  return true;
}

bool can_take_call(const Agent& agent, const Station* station) {
  return station && station->in_service && is_free(*station) && wants_ready(agent) && !agent.leaving &&
         !agent.call && agent.pause == Agent::Pause::none;
}

} // namespace tl::acd
