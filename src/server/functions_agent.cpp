// SPDX-License-Identifier: Apache-2.0
// The agent functions of TAPI 2.0 (an agent per address) and 2.2 (agents, sessions, groups, queues): each
// checks its parameters and asks the line's proxy.
#include <bit>
#include <cstring>

#include "server/proxy.hpp"

namespace tl::server {
namespace {

// Who asks, about which line.
struct Asker {
  LONG error = 0;
  App* app = nullptr;
  OpenLine* open = nullptr; // null: by application handle and device id
  LineDevice* line = nullptr;
  DWORD version = 0; // the highest the application knows
};

Asker by_line(Request& r, DWORD handle) {
  OpenLine* const open = r.core.line(r.client, handle);
  if (!open) return {.error = LINEERR_INVALLINEHANDLE};
  return {0, &open->app, open, &open->line, std::max(open->app.version, open->version)};
}

Asker by_address(Request& r, DWORD handle, DWORD address) {
  Asker asker = by_line(r, handle);
  if (asker.error) return asker;
  DWORD addresses = 0;
  asker.error = asker.line->provider.tspi.lineGetNumAddressIDs(asker.line->driver, &addresses);
  if (asker.error == 0 && address >= addresses) asker.error = LINEERR_INVALADDRESSID;
  return asker;
}

void add_client(Core& core, const Asker& asker, ProxyBlock& block) {
  const wire::Identity& who = asker.app->client.identity;
  const auto machine = to_utf16(who.machine.empty() ? core.options.machine : who.machine);
  const auto user = to_utf16(who.user);
  DWORD machine_size, machine_offset, user_size, user_offset;
  block.add_text(machine, machine_size, machine_offset);
  block.add_text(user, user_size, user_offset);
  LINEPROXYREQUEST& head = block.head();
  head.dwClientMachineNameSize = machine_size, head.dwClientMachineNameOffset = machine_offset;
  head.dwClientUserNameSize = user_size, head.dwClientUserNameOffset = user_offset;
  head.dwClientAppAPIVersion = asker.version;
}

// Sends the block to the handler; `capacity` is what the client has room for.
LONG ask(Request& r, const Asker& asker, ProxyBlock& block, DWORD capacity = 0) {
  const DWORD type = block.head().dwRequestType;
  OpenLine* const proxy = asker.line->proxies[type];
  if (!proxy) return LINEERR_OPERATIONUNAVAIL;
  if (asker.open && !asker.open->control && !only_reads(r.function)) return LINEERR_OPERATIONUNAVAIL;
  add_client(r.core, asker, block);
  Pending* const request = r.core.add_request(nullptr, &r.client, r.function, r.sequence);
  if (!request) return LINEERR_RESOURCEUNAVAIL;
  request->app = asker.app->handle;
  if (asker.open) {
    request->open = asker.open;
    request->device = asker.open->handle;
    request->instance = asker.open->instance;
    asker.open->requests.push_back(*request);
  }
  request->capacity = capacity;
  request->proxy = proxy;
  request->proxy_type = type;
  proxy->asked.push_back(*request);
  r.core.send(proxy->app.client, {.message = LINE_PROXYREQUEST,
                                  .app = proxy->app.handle,
                                  .device = proxy->handle,
                                  .instance = proxy->instance,
                                  .extra = block.finish(request->id)});
  return static_cast<LONG>(request->id);
}

DWORD clamp(Request& r, Capacity capacity) {
  return static_cast<DWORD>(std::min<std::size_t>(capacity.bytes, r.core.options.limits.structure_bytes_max));
}

// A request whose answer is a structure at `Offset` of the block; `fill` sets the rest of its member.
template <class Structure, class Fill>
LONG ask_structure(Request& r, const Asker& asker, DWORD type, std::size_t offset, Capacity capacity,
                   Fill fill, std::size_t fixed = sizeof(Structure)) {
  if (asker.error) return asker.error;
  if (capacity.bytes < fixed) return LINEERR_STRUCTURETOOSMALL;
  const DWORD room = clamp(r, capacity);
  ProxyBlock block{type, offset, room, true};
  fill(block.head());
  return ask(r, asker, block, room);
}

template <class Fill> LONG ask_plain(Request& r, const Asker& asker, DWORD type, Fill fill) {
  if (asker.error) return asker.error;
  ProxyBlock block{type, 0, 0, false};
  fill(block.head());
  return ask(r, asker, block);
}

bool one_or_none(DWORD bits) {
  return (bits & (bits - 1)) == 0;
}

// ---- TAPI 2.0
// ----------------------------------------------------------------------------------------------

LONG get_agent_caps(Request& r, DWORD app_handle, DWORD id, DWORD address, DWORD version, Capacity capacity) {
  constexpr std::size_t fixed_2_0 = offsetof(LINEAGENTCAPS, ProxyGUID);
  Asker asker;
  asker.app = r.core.app(r.client, app_handle);
  if (!asker.app) return LINEERR_INVALAPPHANDLE;
  asker.line = r.core.device(r.client, id, asker.error);
  if (!asker.line) return asker.error;
  if (version < version_2_0) return LINEERR_INCOMPATIBLEAPIVERSION;
  asker.version = version;
  if (asker.line->is_open()) // without a handler nobody may have it open
    if (const LONG result = address_exists(*asker.line, address); result != 0) return result;
  return ask_structure<LINEAGENTCAPS>(
      r, asker, LINEPROXYREQUEST_GETAGENTCAPS, offsetof(LINEPROXYREQUEST, GetAgentCaps.AgentCaps), capacity,
      [&](LINEPROXYREQUEST& to) { to.GetAgentCaps.dwAddressID = address; },
      version < version_2_2 ? fixed_2_0 : sizeof(LINEAGENTCAPS));
}

LONG get_agent_status(Request& r, DWORD handle, DWORD address, Capacity capacity) {
  return ask_structure<LINEAGENTSTATUS>(
      r, by_address(r, handle, address), LINEPROXYREQUEST_GETAGENTSTATUS,
      offsetof(LINEPROXYREQUEST, GetAgentStatus.AgentStatus), capacity,
      [&](LINEPROXYREQUEST& to) { to.GetAgentStatus.dwAddressID = address; });
}

LONG get_activity_list(Request& r, DWORD handle, DWORD address, Capacity capacity) {
  return ask_structure<LINEAGENTACTIVITYLIST>(
      r, by_address(r, handle, address), LINEPROXYREQUEST_GETAGENTACTIVITYLIST,
      offsetof(LINEPROXYREQUEST, GetAgentActivityList.ActivityList), capacity,
      [&](LINEPROXYREQUEST& to) { to.GetAgentActivityList.dwAddressID = address; });
}

LONG get_agent_group_list(Request& r, DWORD handle, DWORD address, Capacity capacity) {
  return ask_structure<LINEAGENTGROUPLIST>(
      r, by_address(r, handle, address), LINEPROXYREQUEST_GETAGENTGROUPLIST,
      offsetof(LINEPROXYREQUEST, GetAgentGroupList.GroupList), capacity,
      [&](LINEPROXYREQUEST& to) { to.GetAgentGroupList.dwAddressID = address; });
}

// The list goes in as it is, if every size in it is true; NULL = log out.
LONG set_agent_group(Request& r, DWORD handle, DWORD address, Data list) {
  const Asker asker = by_address(r, handle, address);
  if (asker.error) return asker.error;
  constexpr std::size_t at = offsetof(LINEPROXYREQUEST, SetAgentGroup.GroupList);
  LINEAGENTGROUPLIST head{};
  if (list) {
    if (list->size() < sizeof head) return LINEERR_INVALPARAM;
    std::memcpy(&head, list->data(), sizeof head);
    if (head.dwTotalSize < sizeof head || head.dwTotalSize > list->size()) return LINEERR_INVALPARAM;
    const wire::Bytes whole = list->first(head.dwTotalSize);
    if (head.dwNumEntries > head.dwListSize / sizeof(LINEAGENTGROUPENTRY)) return LINEERR_INVALPARAM;
    if (!part(whole, head.dwListSize, head.dwListOffset)) return LINEERR_INVALPARAM;
  }
  const std::size_t bytes = list ? head.dwTotalSize : sizeof head;
  ProxyBlock block{LINEPROXYREQUEST_SETAGENTGROUP, at, bytes, true};
  block.head().SetAgentGroup.dwAddressID = address;
  if (list) std::memcpy(block.at(at), list->data(), bytes);
  return ask(r, asker, block);
}

LONG set_agent_state(Request& r, DWORD handle, DWORD address, DWORD state, DWORD next) {
  const Asker asker = by_address(r, handle, address);
  if (asker.error) return asker.error;
  if (!one_or_none(state) || !one_or_none(next)) return LINEERR_INVALAGENTSTATE;
  if (state == 0 && next == 0) return LINEERR_INVALPARAM;
  return ask_plain(r, asker, LINEPROXYREQUEST_SETAGENTSTATE, [&](LINEPROXYREQUEST& to) {
    to.SetAgentState.dwAddressID = address;
    to.SetAgentState.dwAgentState = state;
    to.SetAgentState.dwNextAgentState = next;
  });
}

LONG set_agent_activity(Request& r, DWORD handle, DWORD address, DWORD activity) {
  return ask_plain(r, by_address(r, handle, address), LINEPROXYREQUEST_SETAGENTACTIVITY,
                   [&](LINEPROXYREQUEST& to) {
                     to.SetAgentActivity.dwAddressID = address;
                     to.SetAgentActivity.dwActivityID = activity;
                   });
}

LONG agent_specific(Request& r, DWORD handle, DWORD address, DWORD extension, Data params) {
  const Asker asker = by_address(r, handle, address);
  if (asker.error) return asker.error;
  if (!params) return LINEERR_INVALPOINTER;
  if (params->size() > r.core.options.limits.structure_bytes_max) return LINEERR_RESOURCEUNAVAIL;
  constexpr std::size_t at = offsetof(LINEPROXYREQUEST, AgentSpecific.Params);
  ProxyBlock block{LINEPROXYREQUEST_AGENTSPECIFIC, at, params->size(), false};
  block.head().AgentSpecific.dwAddressID = address;
  block.head().AgentSpecific.dwAgentExtensionIDIndex = extension;
  block.head().AgentSpecific.dwSize = size_of(params);
  if (!params->empty()) std::memcpy(block.at(at), params->data(), params->size());
  return ask(r, asker, block, size_of(params));
}

// ---- TAPI 2.2
// ----------------------------------------------------------------------------------------------

LONG create_agent(Request& r, DWORD handle, Text id, Text pin) {
  const Asker asker = by_line(r, handle);
  if (asker.error) return asker.error;
  ProxyBlock block{LINEPROXYREQUEST_CREATEAGENT, 0, 0, false};
  DWORD id_size, id_offset, pin_size, pin_offset;
  block.add_text(id, id_size, id_offset);
  block.add_text(pin, pin_size, pin_offset);
  auto& to = block.head().CreateAgent;
  to.dwAgentIDSize = id_size, to.dwAgentIDOffset = id_offset;
  to.dwAgentPINSize = pin_size, to.dwAgentPINOffset = pin_offset;
  return ask(r, asker, block);
}

bool read_guid(const Data& data, GUID& guid) {
  if (!data || data->size() < sizeof guid) return false;
  std::memcpy(&guid, data->data(), sizeof guid);
  return true;
}

LONG create_session(Request& r, DWORD handle, DWORD agent, Text pin, DWORD address, Data group) {
  const Asker asker = by_line(r, handle);
  if (asker.error) return asker.error;
  GUID group_id;
  if (!read_guid(group, group_id)) return LINEERR_INVALPARAM;
  ProxyBlock block{LINEPROXYREQUEST_CREATEAGENTSESSION, 0, 0, false};
  DWORD pin_size, pin_offset;
  block.add_text(pin, pin_size, pin_offset);
  auto& to = block.head().CreateAgentSession;
  to.dwAgentPINSize = pin_size, to.dwAgentPINOffset = pin_offset;
  to.hAgent = agent;
  to.GroupID = group_id;
  to.dwWorkingAddressID = address;
  return ask(r, asker, block);
}

LONG get_agent_info(Request& r, DWORD handle, DWORD agent, Capacity capacity) {
  return ask_structure<LINEAGENTINFO>(r, by_line(r, handle), LINEPROXYREQUEST_GETAGENTINFO,
                                      offsetof(LINEPROXYREQUEST, GetAgentInfo.AgentInfo), capacity,
                                      [&](LINEPROXYREQUEST& to) { to.GetAgentInfo.hAgent = agent; });
}

LONG get_session_list(Request& r, DWORD handle, DWORD agent, Capacity capacity) {
  return ask_structure<LINEAGENTSESSIONLIST>(
      r, by_line(r, handle), LINEPROXYREQUEST_GETAGENTSESSIONLIST,
      offsetof(LINEPROXYREQUEST, GetAgentSessionList.SessionList), capacity,
      [&](LINEPROXYREQUEST& to) { to.GetAgentSessionList.hAgent = agent; });
}

LONG get_session_info(Request& r, DWORD handle, DWORD session, Capacity capacity) {
  return ask_structure<LINEAGENTSESSIONINFO>(
      r, by_line(r, handle), LINEPROXYREQUEST_GETAGENTSESSIONINFO,
      offsetof(LINEPROXYREQUEST, GetAgentSessionInfo.SessionInfo), capacity,
      [&](LINEPROXYREQUEST& to) { to.GetAgentSessionInfo.hAgentSession = session; });
}

LONG get_group_list(Request& r, DWORD handle, Capacity capacity) {
  return ask_structure<LINEAGENTGROUPLIST>(r, by_line(r, handle), LINEPROXYREQUEST_GETGROUPLIST,
                                           offsetof(LINEPROXYREQUEST, GetGroupList.GroupList), capacity,
                                           [](LINEPROXYREQUEST&) {});
}

LONG get_queue_list(Request& r, DWORD handle, Data group, Capacity capacity) {
  GUID group_id;
  const Asker asker = by_line(r, handle);
  if (asker.error) return asker.error;
  if (!read_guid(group, group_id)) return LINEERR_INVALPARAM;
  return ask_structure<LINEQUEUELIST>(r, asker, LINEPROXYREQUEST_GETQUEUELIST,
                                      offsetof(LINEPROXYREQUEST, GetQueueList.QueueList), capacity,
                                      [&](LINEPROXYREQUEST& to) { to.GetQueueList.GroupID = group_id; });
}

LONG get_queue_info(Request& r, DWORD handle, DWORD queue, Capacity capacity) {
  return ask_structure<LINEQUEUEINFO>(r, by_line(r, handle), LINEPROXYREQUEST_GETQUEUEINFO,
                                      offsetof(LINEPROXYREQUEST, GetQueueInfo.QueueInfo), capacity,
                                      [&](LINEPROXYREQUEST& to) { to.GetQueueInfo.dwQueueID = queue; });
}

LONG set_agent_period(Request& r, DWORD handle, DWORD agent, DWORD seconds) {
  const Asker asker = by_line(r, handle);
  if (asker.error) return asker.error;
  if (seconds == 0) return LINEERR_INVALPARAM;
  return ask_plain(r, asker, LINEPROXYREQUEST_SETAGENTMEASUREMENTPERIOD, [&](LINEPROXYREQUEST& to) {
    to.SetAgentMeasurementPeriod.hAgent = agent;
    to.SetAgentMeasurementPeriod.dwMeasurementPeriod = seconds;
  });
}

LONG set_queue_period(Request& r, DWORD handle, DWORD queue, DWORD seconds) {
  const Asker asker = by_line(r, handle);
  if (asker.error) return asker.error;
  if (seconds == 0) return LINEERR_INVALPARAM;
  return ask_plain(r, asker, LINEPROXYREQUEST_SETQUEUEMEASUREMENTPERIOD, [&](LINEPROXYREQUEST& to) {
    to.SetQueueMeasurementPeriod.dwQueueID = queue;
    to.SetQueueMeasurementPeriod.dwMeasurementPeriod = seconds;
  });
}

LONG set_agent_state_ex(Request& r, DWORD handle, DWORD agent, DWORD state, DWORD next) {
  const Asker asker = by_line(r, handle);
  if (asker.error) return asker.error;
  if (!one_or_none(state) || !one_or_none(next)) return LINEERR_INVALAGENTSTATE;
  if (state == 0 && next == 0) return LINEERR_INVALPARAM;
  return ask_plain(r, asker, LINEPROXYREQUEST_SETAGENTSTATEEX, [&](LINEPROXYREQUEST& to) {
    to.SetAgentStateEx.hAgent = agent;
    to.SetAgentStateEx.dwAgentState = state;
    to.SetAgentStateEx.dwNextAgentState = next;
  });
}

LONG set_session_state(Request& r, DWORD handle, DWORD session, DWORD state, DWORD next) {
  const Asker asker = by_line(r, handle);
  if (asker.error) return asker.error;
  if (!one_or_none(state) || !one_or_none(next)) return LINEERR_INVALAGENTSTATE;
  if (state == 0 && next == 0) return LINEERR_INVALPARAM;
  return ask_plain(r, asker, LINEPROXYREQUEST_SETAGENTSESSIONSTATE, [&](LINEPROXYREQUEST& to) {
    to.SetAgentSessionState.hAgentSession = session;
    to.SetAgentSessionState.dwAgentSessionState = state;
    to.SetAgentSessionState.dwNextAgentSessionState = next;
  });
}

} // namespace

void bind_agent_functions(Bindings& b) {
  b.bind<Fn::lineGetAgentCaps, &get_agent_caps>();
  b.bind<Fn::lineGetAgentStatus, &get_agent_status>();
  b.bind<Fn::lineGetAgentActivityList, &get_activity_list>();
  b.bind<Fn::lineGetAgentGroupList, &get_agent_group_list>();
  b.bind<Fn::lineSetAgentGroup, &set_agent_group>();
  b.bind<Fn::lineSetAgentState, &set_agent_state>();
  b.bind<Fn::lineSetAgentActivity, &set_agent_activity>();
  b.bind<Fn::lineAgentSpecific, &agent_specific>();
  b.bind<Fn::lineCreateAgent, &create_agent>();
  b.bind<Fn::lineCreateAgentSession, &create_session>();
  b.bind<Fn::lineGetAgentInfo, &get_agent_info>();
  b.bind<Fn::lineGetAgentSessionList, &get_session_list>();
  b.bind<Fn::lineGetAgentSessionInfo, &get_session_info>();
  b.bind<Fn::lineGetGroupList, &get_group_list>();
  b.bind<Fn::lineGetQueueList, &get_queue_list>();
  b.bind<Fn::lineGetQueueInfo, &get_queue_info>();
  b.bind<Fn::lineSetAgentMeasurementPeriod, &set_agent_period>();
  b.bind<Fn::lineSetQueueMeasurementPeriod, &set_queue_period>();
  b.bind<Fn::lineSetAgentStateEx, &set_agent_state_ex>();
  b.bind<Fn::lineSetAgentSessionState, &set_session_state>();
}

} // namespace tl::server
