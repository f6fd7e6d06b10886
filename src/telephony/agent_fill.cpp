// SPDX-License-Identifier: Apache-2.0
// An agent handler's answers: values laid out in the structure that the asking program gave.
#include <array>
#include <span>

#include "telephony/structure.hpp"
#include "trunkline/telephony_agent.hpp"

namespace tl::telephony {

namespace {

// LINEAGENTCAPS without ProxyGUID, which came with version 2.2.
constexpr std::size_t agent_caps_size_2_0 = sizeof(LINEAGENTCAPS) - sizeof(GUID);
constexpr DWORD version_2_2 = 0x00020002;

LINEAGENTGROUPENTRY to_entry(const AgentGroup& group) {
  LINEAGENTGROUPENTRY entry{};
  entry.GroupID.dwGroupID1 = group.id[0];
  entry.GroupID.dwGroupID2 = group.id[1];
  entry.GroupID.dwGroupID3 = group.id[2];
  entry.GroupID.dwGroupID4 = group.id[3];
  return entry;
}

LINEAGENTACTIVITYENTRY to_entry(const AgentActivity& activity) {
  return {activity.id, 0, 0};
}

LINEQUEUEENTRY to_entry(const QueueEntry& queue) {
  return {queue.id, 0, 0};
}

struct List {
  DWORD count = 0, size = 0, offset = 0;
};

// A list and its names are one part: there whole, or not at all.
template <class V> List put_list(std::byte* base, StructureFiller& filler, const std::vector<V>& values) {
  using Entry = decltype(to_entry(values.front()));
  std::vector<std::u16string> names;
  std::size_t bytes = values.size() * sizeof(Entry);
  for (const V& value : values) {
    names.push_back(to_utf16(value.name));
    if (!names.back().empty()) bytes += (names.back().size() + 1) * sizeof(char16_t);
  }
  List list;
  if ((list.offset = filler.reserve(bytes)) == 0) return {};
  list.count = static_cast<DWORD>(values.size());
  list.size = static_cast<DWORD>(values.size() * sizeof(Entry));
  DWORD at = list.offset + list.size;
  for (std::size_t i = 0; i < values.size(); ++i) {
    Entry entry = to_entry(values[i]);
    if (!names[i].empty()) {
      entry.dwNameSize = static_cast<DWORD>((names[i].size() + 1) * sizeof(char16_t));
      entry.dwNameOffset = at;
      std::memcpy(base + at, names[i].c_str(), entry.dwNameSize);
      at += entry.dwNameSize;
    }
    std::memcpy(base + list.offset + i * sizeof entry, &entry, sizeof entry);
  }
  return list;
}

template <class T> StructureFiller begin(T& out, std::size_t fixed = sizeof(T)) {
  const DWORD total = out.dwTotalSize;
  std::memset(static_cast<void*>(&out), 0, fixed);
  out.dwTotalSize = total;
  return {&out, total, fixed};
}

template <class T> LONG finish(T& out, const StructureFiller& filler) {
  out.dwNeededSize = filler.needed();
  out.dwUsedSize = filler.used();
  return 0;
}

template <class T, class V> LONG fill_list(T& out, const std::vector<V>& values) {
  if (out.dwTotalSize < sizeof out) return LINEERR_STRUCTURETOOSMALL;
  StructureFiller filler = begin(out);
  const List list = put_list(reinterpret_cast<std::byte*>(&out), filler, values);
  out.dwNumEntries = list.count;
  out.dwListSize = list.size;
  out.dwListOffset = list.offset;
  return finish(out, filler);
}

} // namespace

LONG fill(LINEAGENTGROUPLIST& out, const std::vector<AgentGroup>& groups) {
  return fill_list(out, groups);
}

LONG fill(LINEAGENTACTIVITYLIST& out, const std::vector<AgentActivity>& activities) {
  return fill_list(out, activities);
}

LONG fill(LINEQUEUELIST& out, const std::vector<QueueEntry>& queues) {
  return fill_list(out, queues);
}

LONG fill(LINEAGENTSTATUS& out, const AgentStatus& status) {
  if (out.dwTotalSize < sizeof out) return LINEERR_STRUCTURETOOSMALL;
  StructureFiller filler = begin(out);
  const List groups = put_list(reinterpret_cast<std::byte*>(&out), filler, status.groups);
  out.dwNumEntries = groups.count;
  out.dwGroupListSize = groups.size;
  out.dwGroupListOffset = groups.offset;
  out.dwState = status.state;
  out.dwNextState = status.next_state;
  out.dwActivityID = status.activity.id;
  DWORD size = 0, offset = 0;
  filler.put_text(status.activity.name, size, offset);
  out.dwActivitySize = size;
  out.dwActivityOffset = offset;
  out.dwAgentFeatures = status.features;
  out.dwValidStates = status.valid_states;
  out.dwValidNextStates = status.valid_next_states;
  return finish(out, filler);
}

LONG fill(LINEAGENTCAPS& out, const AgentCaps& caps, DWORD client_version) {
  const std::size_t fixed = client_version < version_2_2 ? agent_caps_size_2_0 : sizeof out;
  if (out.dwTotalSize < fixed) return LINEERR_STRUCTURETOOSMALL;
  StructureFiller filler = begin(out, fixed);
  out.dwCapsVersion = std::min(client_version, version_2_2);
  out.dwFeatures = caps.features;
  out.dwStates = caps.states;
  out.dwNextStates = caps.next_states;
  out.dwMaxNumGroupEntries = caps.groups_max;
  out.dwAgentStatusMessages = caps.status_messages;
  // Extensions are known by their index here: their ids are all zero, "none".
  out.dwNumAgentExtensionIDs = caps.extensions;
  const std::vector<LINEEXTENSIONID> ids(caps.extensions);
  DWORD size = 0, offset = 0;
  filler.put(ids.data(), ids.size() * sizeof(LINEEXTENSIONID), size, offset);
  out.dwAgentExtensionIDListSize = size;
  out.dwAgentExtensionIDListOffset = offset;
  filler.put_text(caps.handler, size, offset);
  out.dwAgentHandlerInfoSize = size;
  out.dwAgentHandlerInfoOffset = offset;
  if (fixed == sizeof out) out.ProxyGUID = to_guid(caps.proxy_id);
  return finish(out, filler);
}

LONG fill(LINEQUEUEINFO& out, const QueueInfo& info) {
  if (out.dwTotalSize < sizeof out) return LINEERR_STRUCTURETOOSMALL;
  const StructureFiller filler = begin(out);
  out.dwMeasurementPeriod = info.measurement_period;
  out.dwTotalCallsQueued = info.queued;
  out.dwCurrentCallsQueued = info.waiting;
  out.dwTotalCallsAbandoned = info.abandoned;
  out.dwTotalCallsFlowedIn = info.flowed_in;
  out.dwTotalCallsFlowedOut = info.flowed_out;
  out.dwLongestEverWaitTime = info.longest_ever_wait;
  out.dwCurrentLongestWaitTime = info.longest_wait;
  out.dwAverageWaitTime = info.average_wait;
  out.dwFinalDisposition = info.final_disposition;
  return finish(out, filler);
}

LONG fill(LINEAGENTINFO& out, const AgentInfo& info) {
  if (out.dwTotalSize < sizeof out) return LINEERR_STRUCTURETOOSMALL;
  const StructureFiller filler = begin(out);
  out.dwAgentState = info.state;
  out.dwNextAgentState = info.next_state;
  out.dwMeasurementPeriod = info.measurement_period;
  out.cyOverallCallRate.int64 = info.call_rate;
  out.dwNumberOfACDCalls = info.acd_calls;
  out.dwNumberOfIncomingCalls = info.incoming_calls;
  out.dwNumberOfOutgoingCalls = info.outgoing_calls;
  out.dwTotalACDTalkTime = info.talk_time;
  out.dwTotalACDCallTime = info.call_time;
  out.dwTotalACDWrapUpTime = info.wrapup_time;
  return finish(out, filler);
}

LONG fill(LINEAGENTSESSIONINFO& out, const AgentSessionInfo& info) {
  if (out.dwTotalSize < sizeof out) return LINEERR_STRUCTURETOOSMALL;
  const StructureFiller filler = begin(out);
  out.dwAgentSessionState = info.state;
  out.dwNextAgentSessionState = info.next_state;
  out.dateSessionStartTime = info.start;
  out.dwSessionDuration = info.duration;
  out.dwNumberOfCalls = info.calls;
  out.dwTotalTalkTime = info.talk_time;
  out.dwAverageTalkTime = info.average_talk_time;
  out.dwTotalCallTime = info.call_time;
  out.dwAverageCallTime = info.average_call_time;
  out.dwTotalWrapUpTime = info.wrapup_time;
  out.dwAverageWrapUpTime = info.average_wrapup_time;
  out.cyACDCallRate.int64 = info.call_rate;
  out.dwLongestTimeToAnswer = info.longest_time_to_answer;
  out.dwAverageTimeToAnswer = info.average_time_to_answer;
  return finish(out, filler);
}

LONG fill(LINEAGENTSESSIONLIST& out, const std::vector<AgentSessionEntry>& sessions) {
  if (out.dwTotalSize < sizeof out) return LINEERR_STRUCTURETOOSMALL;
  StructureFiller filler = begin(out);
  std::vector<LINEAGENTSESSIONENTRY> entries;
  for (const AgentSessionEntry& session : sessions)
    entries.push_back({session.session, session.agent, to_guid(session.group), session.address});
  DWORD size = 0, offset = 0;
  filler.put(entries.data(), entries.size() * sizeof(LINEAGENTSESSIONENTRY), size, offset);
  out.dwNumEntries = static_cast<DWORD>(size / sizeof(LINEAGENTSESSIONENTRY));
  out.dwListSize = size;
  out.dwListOffset = offset;
  return finish(out, filler);
}

} // namespace tl::telephony
