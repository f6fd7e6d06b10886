// SPDX-License-Identifier: Apache-2.0
// Agent objects and agent sessions (TAPI 2.2). Their functions' documented errors are few: whatever a handle,
// an id, a PIN or a group is wrong about is INVALPARAM, and an agent or a station that is taken is
// RESOURCEUNAVAIL.
#include <cmath>

#include "acd/adapter.hpp"
#include "acd/proxy.hpp"

namespace tl::acd {
namespace {

LONG error_of(Wish wish) {
  switch (wish) {
  case Wish::granted: return 0;
  case Wish::bad_state: return LINEERR_INVALAGENTSTATE;
  case Wish::in_use: return LINEERR_RESOURCEUNAVAIL;
  case Wish::no_station:
  case Wish::no_agent:
  case Wish::bad_group:
  case Wish::bad_pin: return LINEERR_INVALPARAM;
  }
  return LINEERR_OPERATIONFAILED;
}

constexpr DWORD settable = LINEAGENTSTATEEX_NOTREADY | LINEAGENTSTATEEX_READY | LINEAGENTSTATEEX_RELEASED;
constexpr DWORD session_settable = LINEAGENTSESSIONSTATE_NOTREADY | LINEAGENTSESSIONSTATE_READY |
                                   LINEAGENTSESSIONSTATE_BUSYWRAPUP | LINEAGENTSESSIONSTATE_ENDED;

AgentState from_ex(DWORD state) {
  switch (state) {
  case LINEAGENTSTATEEX_READY: return AgentState::ready;
  case LINEAGENTSTATEEX_RELEASED: return AgentState::logged_off;
  default: return AgentState::not_ready;
  }
}

// LINEAGENTINFO counts wrap-up to the handling of an ACD call. There is no word for a call that is neither
// incoming nor outgoing, nor for after-call work that follows no call: the agent takes no calls.
DWORD to_ex(const Agent& agent, AgentState state) {
  switch (state) {
  case AgentState::ready: return LINEAGENTSTATEEX_READY;
  case AgentState::busy_acd: return LINEAGENTSTATEEX_BUSYACD;
  case AgentState::busy_incoming: return LINEAGENTSTATEEX_BUSYINCOMING;
  case AgentState::busy_outbound: return LINEAGENTSTATEEX_BUSYOUTGOING;
  case AgentState::after_call:
    return agent.wrapup_group == nobody && agent.offer != OfferState::talking ? LINEAGENTSTATEEX_NOTREADY
                                                                              : LINEAGENTSTATEEX_BUSYACD;
  case AgentState::logged_off:
  case AgentState::not_ready:
  case AgentState::busy_other: return LINEAGENTSTATEEX_NOTREADY;
  }
  return LINEAGENTSTATEEX_NOTREADY;
}

// CURRENCY: calls per hour, times 10,000.
std::int64_t call_rate(std::uint64_t calls, Duration worked) {
  if (worked <= Duration::zero()) return 0;
  const double hours = std::chrono::duration<double, std::ratio<3600>>(worked).count();
  return std::llround(static_cast<double>(calls) / hours * 10'000);
}

// DATE: days since 30 December 1899, which is 25,569 days before 1970; UTC.
double date_of(Time time) {
  return 25'569 + std::chrono::duration<double, std::ratio<86'400>>(time.time_since_epoch()).count();
}

DWORD mean(DWORD total, std::uint64_t calls) {
  return calls ? static_cast<DWORD>(total / calls) : 0;
}

} // namespace

// --- Objects ---

// Without an id the ACD trusts the system's login: an agent of that name.
LONG Adapter::create_agent(StationIndex station, LINEPROXYREQUEST& request) {
  auto& wanted = request.CreateAgent;
  const auto id = telephony::text_of(request, wanted.dwAgentIDSize, wanted.dwAgentIDOffset);
  const auto pin = telephony::text_of(request, wanted.dwAgentPINSize, wanted.dwAgentPINOffset);
  const auto user =
      telephony::text_of(request, request.dwClientUserNameSize, request.dwClientUserNameOffset).value_or("");
  const std::string& name = id ? *id : user;
  const bool trusted = !pin && !user.empty() && name == user;
  std::uint32_t handle = 0;
  const Wish wish = core_->create_agent(station, name, pin.value_or(""), trusted, handle);
  wanted.hAgent = handle;
  return error_of(wish);
}

LONG Adapter::serve_object(LINEPROXYREQUEST& request) {
  const AgentIndex agent = core_->agent_of(request.GetAgentInfo.hAgent); // first member of each request
  if (agent == nobody) return LINEERR_INVALPARAM;
  switch (request.dwRequestType) {
  case LINEPROXYREQUEST_GETAGENTINFO:
    return telephony::fill(request.GetAgentInfo.AgentInfo, agent_info(agent));
  case LINEPROXYREQUEST_SETAGENTMEASUREMENTPERIOD: {
    const DWORD seconds = request.SetAgentMeasurementPeriod.dwMeasurementPeriod;
    if (seconds == 0) return LINEERR_INVALPARAM;
    statistics_.set_agent_period_s(agent, seconds);
    return 0;
  }
  case LINEPROXYREQUEST_SETAGENTSTATEEX: {
    const auto& wanted = request.SetAgentStateEx;
    const DWORD state =
        wished_state(wanted.dwAgentState, wanted.dwNextAgentState, settable, is_busy(core_->state_of(agent)));
    return state ? error_of(core_->set_agent_state(agent, from_ex(state))) : LINEERR_INVALAGENTSTATE;
  }
  case LINEPROXYREQUEST_GETAGENTSESSIONLIST: {
    std::vector<telephony::AgentSessionEntry> sessions;
    for (const Member& member : core_->agents()[agent].members)
      if (member.joined())
        sessions.push_back({member.session, core_->agents()[agent].handle, group_ids_[member.group], 0});
    return telephony::fill(request.GetAgentSessionList.SessionList, sessions);
  }
  default: return LINEERR_OPERATIONUNAVAIL;
  }
}

DWORD Adapter::state_ex(AgentIndex agent) const {
  return to_ex(core_->agents()[agent], core_->state_of(agent));
}

telephony::AgentInfo Adapter::agent_info(AgentIndex agent) const {
  const AgentWindow window = statistics_.agent_window(agent, loop_.now());
  telephony::AgentInfo info;
  info.state = state_ex(agent);
  info.next_state = to_ex(core_->agents()[agent], core_->next_state_of(agent));
  info.measurement_period = statistics_.agent_period_s(agent);
  info.call_rate = call_rate(window.acd_calls, window.worked);
  info.acd_calls = static_cast<DWORD>(window.acd_calls);
  info.incoming_calls = static_cast<DWORD>(window.incoming);
  info.outgoing_calls = static_cast<DWORD>(window.outgoing);
  info.talk_time = whole_seconds(window.talked);
  info.wrapup_time = whole_seconds(window.wrapped_up);
  info.call_time = info.talk_time + info.wrapup_time;
  return info;
}

// --- Sessions ---

// The working address is an address of the line that the request came on.
LONG Adapter::create_session(StationIndex station, LINEPROXYREQUEST& request) {
  auto& wanted = request.CreateAgentSession;
  const AgentIndex agent = core_->agent_of(wanted.hAgent);
  const GroupIndex group = group_of(telephony::from_guid(wanted.GroupID));
  if (agent == nobody || group == nobody || wanted.dwWorkingAddressID != 0) return LINEERR_INVALPARAM;
  const auto pin = telephony::text_of(request, wanted.dwAgentPINSize, wanted.dwAgentPINOffset);
  std::uint32_t handle = 0;
  const Wish wish = core_->create_session(agent, group, station, pin, handle);
  wanted.hAgentSession = handle;
  return error_of(wish);
}

// One that has ended can still be asked about until it is released.
LONG Adapter::serve_session(LINEPROXYREQUEST& request) {
  const std::uint32_t session = request.GetAgentSessionInfo.hAgentSession; // first member of each request
  if (!statistics_.has_session(session)) return LINEERR_INVALPARAM;
  if (request.dwRequestType == LINEPROXYREQUEST_GETAGENTSESSIONINFO)
    return telephony::fill(request.GetAgentSessionInfo.SessionInfo, session_info(session));
  const auto& wanted = request.SetAgentSessionState;
  const Member* member = core_->session(session);
  if (!member) return release_session(session, wanted.dwAgentSessionState);
  const DWORD state = wished_state(wanted.dwAgentSessionState, wanted.dwNextAgentSessionState,
                                   session_settable, core_->state_of(*member) == SessionState::on_call);
  if (state == 0) return LINEERR_INVALAGENTSTATE;
  return error_of(core_->set_session_state(session, static_cast<SessionState>(state)));
}

LONG Adapter::release_session(std::uint32_t session, DWORD state) {
  if (state != LINEAGENTSESSIONSTATE_RELEASED) return LINEERR_INVALAGENTSTATE;
  const AgentIndex agent = statistics_.session(session, loop_.now()).agent_index - 1;
  statistics_.forget_session(session);
  tell_agent(agent);
  return 0;
}

telephony::AgentSessionInfo Adapter::session_info(std::uint32_t handle) const {
  const SessionTotals totals = statistics_.session(handle, loop_.now());
  const Member* member = core_->session(handle);
  telephony::AgentSessionInfo info;
  info.state = static_cast<DWORD>(member ? core_->state_of(*member) : SessionState::ended);
  info.next_state = static_cast<DWORD>(member ? core_->next_state_of(*member) : SessionState::ended);
  const Duration lasted = (totals.live() ? loop_.now() : totals.ended) - totals.begun;
  info.start = date_of(totals.begun);
  info.duration = whole_seconds(lasted);
  info.calls = static_cast<DWORD>(totals.calls);
  info.talk_time = whole_seconds(totals.talked);
  info.wrapup_time = whole_seconds(totals.wrapped_up);
  info.call_time = info.talk_time + info.wrapup_time;
  info.average_talk_time = mean(info.talk_time, totals.calls);
  info.average_wrapup_time = mean(info.wrapup_time, totals.calls);
  info.average_call_time = mean(info.call_time, totals.calls);
  info.call_rate = call_rate(totals.calls, lasted);
  info.longest_time_to_answer = whole_seconds(totals.longest_wait);
  info.average_time_to_answer = mean(whole_seconds(totals.waited), totals.calls);
  return info;
}

} // namespace tl::acd
