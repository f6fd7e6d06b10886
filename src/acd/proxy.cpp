// SPDX-License-Identifier: Apache-2.0
// The agent handler: LINE_PROXYREQUESTs answered from the core [acd-proxy, acd-agent-monitoring-and-control].
//
// lineAgentSpecific, extension 0: a UTF-8 text, ended by a zero byte: "login <agent id> [<PIN>]" takes the
// station for that agent, "logout" leaves it. lineSetAgentGroup alone logs in the station's default agent.
#include <algorithm>
#include <sstream>

#include "acd/adapter.hpp"

namespace tl::acd {
namespace {

using telephony::Address;

constexpr DWORD settable = LINEAGENTSTATE_LOGGEDOFF | LINEAGENTSTATE_NOTREADY | LINEAGENTSTATE_READY |
                           LINEAGENTSTATE_WORKINGAFTERCALL;
constexpr DWORD busy_states = LINEAGENTSTATE_BUSYACD | LINEAGENTSTATE_BUSYINCOMING |
                              LINEAGENTSTATE_BUSYOUTBOUND | LINEAGENTSTATE_BUSYOTHER;
constexpr DWORD status_messages =
    LINEAGENTSTATUS_GROUP | LINEAGENTSTATUS_STATE | LINEAGENTSTATUS_NEXTSTATE | LINEAGENTSTATUS_ACTIVITY;
constexpr DWORD features = LINEAGENTFEATURE_SETAGENTGROUP | LINEAGENTFEATURE_SETAGENTSTATE |
                           LINEAGENTFEATURE_SETAGENTACTIVITY | LINEAGENTFEATURE_AGENTSPECIFIC |
                           LINEAGENTFEATURE_GETAGENTACTIVITYLIST | LINEAGENTFEATURE_GETAGENTGROUP;
constexpr auto queue_status_interval = std::chrono::seconds{1};
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

DWORD seconds(Duration span) {
  return static_cast<DWORD>(std::chrono::duration_cast<std::chrono::seconds>(span).count());
}

} // namespace

void Adapter::proxy_request(Address& address, LINEPROXYREQUEST& request) {
  const auto* line = static_cast<const Line*>(address.context);
  address.respond(request, line ? serve(*line, request) : LINEERR_OPERATIONFAILED);
}

LONG Adapter::serve(const Line& line, LINEPROXYREQUEST& request) {
  switch (request.dwRequestType) {
  case LINEPROXYREQUEST_GETGROUPLIST:
  case LINEPROXYREQUEST_GETQUEUELIST:
  case LINEPROXYREQUEST_GETQUEUEINFO:
  case LINEPROXYREQUEST_SETQUEUEMEASUREMENTPERIOD: return serve_queues(request);
  default: break;
  }
  if (line.role != Line::Role::station) return LINEERR_OPERATIONUNAVAIL;
  if (request.SetAgentState.dwAddressID != 0) return LINEERR_INVALADDRESSID; // first member of each request
  return serve_agent(line.index, request);
}

LONG Adapter::serve_queues(LINEPROXYREQUEST& request) {
  switch (request.dwRequestType) {
  case LINEPROXYREQUEST_GETGROUPLIST: {
    std::vector<telephony::AgentGroup> all;
    for (const Group& group : core_->groups()) all.push_back({group_ids_[group.index], group.name});
    return telephony::fill(request.GetGroupList.GroupList, all);
  }
  case LINEPROXYREQUEST_GETQUEUELIST: {
    std::vector<telephony::QueueEntry> found;
    for (const Group& group : core_->groups())
      if (group_ids_[group.index] == telephony::from_guid(request.GetQueueList.GroupID))
        for (QueueIndex queue : group.queues)
          found.push_back({queue + 1, core_->queues()[queue].config.name});
    return telephony::fill(request.GetQueueList.QueueList, found);
  }
  case LINEPROXYREQUEST_GETQUEUEINFO: {
    const DWORD id = request.GetQueueInfo.dwQueueID;
    if (id == 0 || id > core_->queues().size()) return LINEERR_INVALPARAM;
    return telephony::fill(request.GetQueueInfo.QueueInfo, queue_info(id - 1));
  }
  case LINEPROXYREQUEST_SETQUEUEMEASUREMENTPERIOD: {
    const auto& wanted = request.SetQueueMeasurementPeriod;
    if (wanted.dwQueueID == 0 || wanted.dwQueueID > core_->queues().size() || wanted.dwMeasurementPeriod == 0)
      return LINEERR_INVALPARAM;
    statistics_.set_period_s(wanted.dwQueueID - 1, wanted.dwMeasurementPeriod);
    return 0;
  }
  default: return LINEERR_OPERATIONUNAVAIL;
  }
}

LONG Adapter::serve_agent(StationIndex station, LINEPROXYREQUEST& request) {
  switch (request.dwRequestType) {
  case LINEPROXYREQUEST_SETAGENTGROUP: return set_agent_group(station, request);
  case LINEPROXYREQUEST_SETAGENTSTATE:
    return set_agent_state(station, request.SetAgentState.dwAgentState,
                           request.SetAgentState.dwNextAgentState);
  case LINEPROXYREQUEST_SETAGENTACTIVITY: {
    if (request.SetAgentActivity.dwActivityID >= activities.size()) return LINEERR_INVALAGENTACTIVITY;
    const Wish wish = core_->set_activity(station, request.SetAgentActivity.dwActivityID);
    if (wish == Wish::granted) tell(station, LINEAGENTSTATUS_ACTIVITY);
    return error_of(wish);
  }
  case LINEPROXYREQUEST_GETAGENTCAPS: {
    const telephony::AgentCaps caps{.handler = handler_name_,
                                    .features = features,
                                    .states = settable,
                                    .next_states = settable,
                                    .groups_max = static_cast<DWORD>(core_->groups().size()),
                                    .status_messages = status_messages,
                                    .extensions = 1};
    return telephony::fill(request.GetAgentCaps.AgentCaps, caps, request.dwClientAppAPIVersion);
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
    auto known = std::find(group_ids_.begin(), group_ids_.end(), group.id);
    if (known == group_ids_.end()) return LINEERR_INVALAGENTGROUP;
    groups.push_back(static_cast<GroupIndex>(known - group_ids_.begin()));
  }
  const Wish wish = core_->set_groups(station, groups);
  if (wish == Wish::granted) tell(station, LINEAGENTSTATUS_GROUP);
  return error_of(wish);
}

// What is wanted during a call is taken when it is over, whether it comes as the state or as the next one.
// Without a call there is no next state to choose (dwValidNextStates is 0).
LONG Adapter::set_agent_state(StationIndex station, DWORD state, DWORD next) {
  const auto valid = [](DWORD value) { return (value & (value - 1)) == 0 && (value & ~settable) == 0; };
  if (!valid(state) || !valid(next)) return LINEERR_INVALAGENTSTATE;
  if (state == 0 && next == 0) return 0;
  const AgentIndex agent = core_->stations()[station].agent;
  if (agent == nobody) return state == LINEAGENTSTATE_LOGGEDOFF ? 0 : LINEERR_INVALAGENTSTATE;
  const bool busy = (static_cast<DWORD>(core_->state_of(agent)) & busy_states) != 0;
  if (!busy && next && next != state) return LINEERR_INVALAGENTSTATE;
  const Wish wish = core_->set_state(station, static_cast<AgentState>(busy && next ? next : state));
  if (wish == Wish::granted && busy) tell(station, LINEAGENTSTATUS_NEXTSTATE);
  return error_of(wish);
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
  Wish wish;
  if (verb == "login" && !id.empty() && more.empty())
    wish = core_->log_in(station, id, pin);
  else if (verb == "logout" && id.empty())
    wish = core_->log_out(station);
  else
    return LINEERR_INVALPARAM;
  if (wish == Wish::granted) tell(station, LINEAGENTSTATUS_GROUP);
  return error_of(wish);
}

telephony::AgentStatus Adapter::status_of(StationIndex index) const {
  telephony::AgentStatus status;
  const Station& station = core_->stations()[index];
  status.features = features;
  status.valid_states = station.agent == nobody ? 0 : settable;
  status.state = LINEAGENTSTATE_LOGGEDOFF;
  status.next_state = LINEAGENTSTATE_LOGGEDOFF;
  if (station.agent == nobody) return status;
  const Agent& agent = core_->agents()[station.agent];
  for (const Member& member : agent.members)
    if (member.joined)
      status.groups.push_back({group_ids_[member.group], core_->groups()[member.group].name});
  status.state = static_cast<DWORD>(core_->state_of(station.agent));
  status.next_state = static_cast<DWORD>(core_->next_state_of(station.agent));
  if (status.state & busy_states) status.valid_next_states = settable;
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

telephony::QueueInfo Adapter::queue_info(QueueIndex queue) const {
  const QueueWindow window = statistics_.window(queue, loop_.now());
  telephony::QueueInfo info;
  info.measurement_period = statistics_.period_s(queue);
  info.queued = static_cast<DWORD>(window.queued);
  info.waiting = core_->queues()[queue].waiting;
  info.abandoned = static_cast<DWORD>(window.abandoned);
  info.flowed_in = static_cast<DWORD>(window.flowed_in);
  info.flowed_out = static_cast<DWORD>(window.flowed_out);
  info.longest_ever_wait = seconds(statistics_.queue(queue).longest);
  const Time oldest = core_->oldest_wait(queue);
  info.longest_wait = oldest == Time::max() ? 0 : seconds(loop_.now() - oldest);
  info.average_wait = window.ended ? seconds(window.waited / static_cast<std::int64_t>(window.ended)) : 0;
  return info;
}

void Adapter::tell(StationIndex station, DWORD items) {
  Address* address = station < stations_.size() ? stations_[station] : nullptr;
  if (!address || !address->is_open()) return;
  const AgentIndex agent = core_->stations()[station].agent;
  const AgentState state = agent == nobody ? AgentState::logged_off : core_->state_of(agent);
  address->proxy_message(LINE_AGENTSTATUS, 0, items,
                         items & LINEAGENTSTATUS_STATE ? static_cast<DWORD>(state) : 0);
}

// Whoever watches a queue hears at most once a second that its figures changed [line-queuestatus].
void Adapter::event(const Event& event) {
  if (event.queue_id == 0 || changed_set_[event.queue_id - 1]) return;
  changed_set_[event.queue_id - 1] = true;
  changed_.push_back(event.queue_id - 1);
  if (!tell_timer_.running()) tell_timer_.start(queue_status_interval);
}

void Adapter::tell_queues() {
  for (QueueIndex queue : changed_) {
    changed_set_[queue] = false;
    if (Address* address = queues_[queue]; address && address->is_open())
      address->proxy_message(LINE_QUEUESTATUS, queue + 1, LINEQUEUESTATUS_UPDATEINFO, 0);
  }
  changed_.clear();
}

} // namespace tl::acd
