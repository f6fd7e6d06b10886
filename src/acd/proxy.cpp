// SPDX-License-Identifier: Apache-2.0
// The agent handler: LINE_PROXYREQUESTs answered from the core [acd-proxy, acd-agent-monitoring-and-control].
// Here the agent on an address, as TAPI 2.0 sees it; proxy_agents.cpp has agent objects and sessions,
// proxy_queues.cpp groups and queues.
//
// lineAgentSpecific, extension 0: a UTF-8 text, ended by a zero byte: "login <agent id> [<PIN>]" takes the
// station for that agent, "logout" leaves it; "who" comes back as "<agent id> <HAGENT>". lineSetAgentGroup
// alone logs in the station's default agent.
#include "acd/proxy.hpp"

#include <algorithm>
#include <cstring>
#include <sstream>

#include <fmt/format.h>

#include "acd/adapter.hpp"

namespace tl::acd {
namespace {

using telephony::Address;

constexpr DWORD settable = LINEAGENTSTATE_LOGGEDOFF | LINEAGENTSTATE_NOTREADY | LINEAGENTSTATE_READY |
                           LINEAGENTSTATE_WORKINGAFTERCALL;
constexpr DWORD status_messages = LINEAGENTSTATUS_GROUP | LINEAGENTSTATUS_STATE | LINEAGENTSTATUS_NEXTSTATE |
                                  LINEAGENTSTATUS_ACTIVITY | LINEAGENTSTATUS_VALIDSTATES |
                                  LINEAGENTSTATUS_VALIDNEXTSTATES;
constexpr DWORD features_always =
    LINEAGENTFEATURE_AGENTSPECIFIC | LINEAGENTFEATURE_GETAGENTACTIVITYLIST | LINEAGENTFEATURE_GETAGENTGROUP;
constexpr DWORD features_ever = features_always | LINEAGENTFEATURE_SETAGENTGROUP |
                                LINEAGENTFEATURE_SETAGENTSTATE | LINEAGENTFEATURE_SETAGENTACTIVITY;
// What an agent may say about being away. Their meaning is the site's.
const std::vector<telephony::AgentActivity> activities = {
    {0, "None"}, {1, "Break"}, {2, "Meeting"}, {3, "Training"}};

LONG error_of(Wish wish) {
  switch (wish) {
  case Wish::granted: return 0;
  case Wish::no_station: return LINEERR_INVALADDRESSID;
  case Wish::no_agent: return LINEERR_INVALAGENTID;
  case Wish::bad_group: return LINEERR_INVALAGENTGROUP;
  case Wish::bad_state: return LINEERR_INVALAGENTSTATE;
  case Wish::bad_pin: return LINEERR_INVALPASSWORD;
  case Wish::in_use: return LINEERR_INUSE;
  }
  return LINEERR_OPERATIONFAILED;
}

} // namespace

DWORD wished_state(DWORD state, DWORD next, DWORD allowed, bool busy) {
  const auto valid = [allowed](DWORD value) { return (value & (value - 1)) == 0 && (value & ~allowed) == 0; };
  if (!valid(state) || !valid(next)) return 0;
  if (busy) return next ? next : state;
  return next && next != state ? 0 : state;
}

DWORD whole_seconds(Duration span) {
  constexpr std::int64_t most = 0xFFFF'FFFF;
  return static_cast<DWORD>(
      std::min<std::int64_t>(most, std::chrono::duration_cast<std::chrono::seconds>(span).count()));
}

void Adapter::proxy_request(Address& address, LINEPROXYREQUEST& request) {
  const auto* line = static_cast<const Line*>(address.context);
  address.respond(request, line ? serve(*line, request) : LINEERR_OPERATIONFAILED);
}

// Each request type has one function that answers it; what belongs to a station is asked on its line.
LONG Adapter::serve(const Line& line, LINEPROXYREQUEST& request) {
  switch (request.dwRequestType) {
  case LINEPROXYREQUEST_GETGROUPLIST:
  case LINEPROXYREQUEST_GETQUEUELIST:
  case LINEPROXYREQUEST_GETQUEUEINFO:
  case LINEPROXYREQUEST_SETQUEUEMEASUREMENTPERIOD: return serve_queues(request);
  case LINEPROXYREQUEST_SETAGENTMEASUREMENTPERIOD:
  case LINEPROXYREQUEST_GETAGENTINFO:
  case LINEPROXYREQUEST_GETAGENTSESSIONLIST:
  case LINEPROXYREQUEST_SETAGENTSTATEEX: return serve_object(request);
  case LINEPROXYREQUEST_SETAGENTSESSIONSTATE:
  case LINEPROXYREQUEST_GETAGENTSESSIONINFO: return serve_session(request);
  case LINEPROXYREQUEST_GETAGENTCAPS: return agent_caps(line, request);
  default: break;
  }
  if (line.role != Line::Role::station) return LINEERR_OPERATIONUNAVAIL;
  switch (request.dwRequestType) {
  case LINEPROXYREQUEST_CREATEAGENT: return create_agent(line.index, request);
  case LINEPROXYREQUEST_CREATEAGENTSESSION: return create_session(line.index, request);
  default: break;
  }
  if (request.SetAgentState.dwAddressID != 0) return LINEERR_INVALADDRESSID; // first member of each request
  return serve_agent(line.index, request);
}

LONG Adapter::agent_caps(const Line& line, LINEPROXYREQUEST& request) {
  if (request.GetAgentCaps.dwAddressID != 0) return LINEERR_INVALADDRESSID;
  const bool station = line.role == Line::Role::station;
  const telephony::AgentCaps caps{.handler = handler_name_,
                                  .features = station ? features_ever : 0,
                                  .states = station ? settable : 0,
                                  .next_states = station ? settable : 0,
                                  .groups_max = static_cast<DWORD>(core_->groups().size()),
                                  .status_messages = station ? status_messages : 0,
                                  .extensions = station ? 1U : 0U,
                                  .proxy_id = handler_id_};
  return telephony::fill(request.GetAgentCaps.AgentCaps, caps, request.dwClientAppAPIVersion);
}

LONG Adapter::serve_agent(StationIndex station, LINEPROXYREQUEST& request) {
  switch (request.dwRequestType) {
  case LINEPROXYREQUEST_SETAGENTGROUP: return set_agent_group(station, request);
  case LINEPROXYREQUEST_SETAGENTSTATE:
    return set_agent_state(station, request.SetAgentState.dwAgentState,
                           request.SetAgentState.dwNextAgentState);
  case LINEPROXYREQUEST_SETAGENTACTIVITY: {
    if (request.SetAgentActivity.dwActivityID >= activities.size()) return LINEERR_INVALAGENTACTIVITY;
    return error_of(core_->set_activity(station, request.SetAgentActivity.dwActivityID));
  }
  case LINEPROXYREQUEST_GETAGENTSTATUS:
    return telephony::fill(request.GetAgentStatus.AgentStatus, status_of(station));
  case LINEPROXYREQUEST_AGENTSPECIFIC: return agent_specific(station, request);
  case LINEPROXYREQUEST_GETAGENTACTIVITYLIST:
    return telephony::fill(request.GetAgentActivityList.ActivityList, activities);
  case LINEPROXYREQUEST_GETAGENTGROUPLIST:
    return telephony::fill(request.GetAgentGroupList.GroupList, groups_for(station));
  default: return LINEERR_OPERATIONUNAVAIL;
  }
}

LONG Adapter::set_agent_group(StationIndex station, LINEPROXYREQUEST& request) {
  const auto& list = request.SetAgentGroup.GroupList;
  const auto before = static_cast<std::size_t>(reinterpret_cast<const std::byte*>(&list) -
                                               reinterpret_cast<const std::byte*>(&request));
  std::vector<telephony::AgentGroup> wanted;
  if (!telephony::read(list, request.dwSize - before, wanted)) return LINEERR_INVALPARAM;
  std::vector<GroupIndex> groups;
  for (const telephony::AgentGroup& group : wanted) {
    const GroupIndex known = group_of(group.id);
    if (known == nobody) return LINEERR_INVALAGENTGROUP;
    groups.push_back(known);
  }
  return error_of(core_->set_groups(station, groups));
}

// What is wanted during a call is taken when it is over, whether it comes as the state or as the next one.
// Without a call there is no next state to choose (dwValidNextStates is 0).
LONG Adapter::set_agent_state(StationIndex station, DWORD state, DWORD next) {
  const AgentIndex agent = core_->stations()[station].agent;
  if (agent == nobody) return state == LINEAGENTSTATE_LOGGEDOFF && !next ? 0 : LINEERR_INVALAGENTSTATE;
  const DWORD wished = wished_state(state, next, settable, is_busy(core_->state_of(agent)));
  if (wished == 0) return LINEERR_INVALAGENTSTATE;
  return error_of(core_->set_state(station, static_cast<AgentState>(wished)));
}

LONG Adapter::agent_specific(StationIndex station, LINEPROXYREQUEST& request) {
  const auto& block = request.AgentSpecific;
  if (block.dwAgentExtensionIDIndex != 0) return LINEERR_INVALPARAM;
  const auto before = static_cast<std::size_t>(block.Params - reinterpret_cast<const BYTE*>(&request));
  if (before > request.dwSize || block.dwSize > request.dwSize - before) return LINEERR_INVALPARAM;
  const std::string text(reinterpret_cast<const char*>(block.Params), block.dwSize);
  std::istringstream words(text.substr(0, text.find('\0')));
  std::string verb, id, pin, more;
  words >> verb >> id >> pin >> more;
  if (verb == "login" && !id.empty() && more.empty()) return error_of(core_->log_in(station, id, pin));
  if (verb == "logout" && id.empty()) return error_of(core_->log_out(station));
  if (verb == "who" && id.empty()) return say_who(station, request);
  return LINEERR_INVALPARAM;
}

LONG Adapter::say_who(StationIndex station, LINEPROXYREQUEST& request) const {
  const AgentIndex index = core_->stations()[station].agent;
  if (index == nobody) return LINEERR_INVALAGENTID;
  const Agent& agent = core_->agents()[index];
  const std::string text = fmt::format("{} {}", agent.config.id, agent.handle);
  auto& block = request.AgentSpecific;
  if (text.size() + 1 > block.dwSize) return LINEERR_STRUCTURETOOSMALL;
  std::memcpy(block.Params, text.c_str(), text.size() + 1);
  return 0;
}

telephony::AgentStatus Adapter::status_of(StationIndex index) const {
  const Station& station = core_->stations()[index];
  telephony::AgentStatus status;
  status.features = features_always;
  status.state = LINEAGENTSTATE_LOGGEDOFF;
  status.next_state = LINEAGENTSTATE_LOGGEDOFF;
  status.activity = activities[0];
  if (station.default_agent != nobody) status.features |= LINEAGENTFEATURE_SETAGENTGROUP;
  if (station.agent == nobody) return status;
  const Agent& agent = core_->agents()[station.agent];
  for (const Member& member : agent.members)
    if (member.joined() && !member.ending)
      status.groups.push_back({group_ids_[member.group], core_->groups()[member.group].name});
  const AgentState state = core_->state_of(station.agent);
  status.features = features_ever;
  status.state = static_cast<DWORD>(state);
  status.next_state = static_cast<DWORD>(core_->next_state_of(station.agent));
  status.valid_states = settable;
  if (is_busy(state)) status.valid_next_states = settable;
  status.activity = activities[agent.activity < activities.size() ? agent.activity : 0];
  return status;
}

// The groups of whoever is logged in here, or else of whose place this is.
std::vector<telephony::AgentGroup> Adapter::groups_for(StationIndex index) const {
  const Station& station = core_->stations()[index];
  const AgentIndex agent = station.agent != nobody ? station.agent : station.default_agent;
  std::vector<telephony::AgentGroup> groups;
  if (agent == nobody) return groups;
  for (const Member& member : core_->agents()[agent].members)
    groups.push_back({group_ids_[member.group], core_->groups()[member.group].name});
  return groups;
}

} // namespace tl::acd
