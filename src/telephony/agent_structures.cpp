// SPDX-License-Identifier: Apache-2.0
#include "telephony/agent_structures.hpp"

namespace tl::telephony {

namespace {

GroupId to_id(const LINEAGENTGROUPENTRY& entry) {
  return {entry.GroupID.dwGroupID1, entry.GroupID.dwGroupID2, entry.GroupID.dwGroupID3,
          entry.GroupID.dwGroupID4};
}

std::vector<AgentGroup> read_groups(DWORD size, DWORD offset, DWORD count, const StructureView& parts) {
  std::vector<AgentGroup> groups;
  LINEAGENTGROUPENTRY entry;
  for (DWORD i = 0; parts.entry(size, offset, count, i, entry); ++i)
    groups.push_back({to_id(entry), parts.text(entry.dwNameSize, entry.dwNameOffset)});
  return groups;
}

} // namespace

AgentStatus to_value(const LINEAGENTSTATUS& from, const StructureView& parts) {
  AgentStatus status;
  status.groups = read_groups(from.dwGroupListSize, from.dwGroupListOffset, from.dwNumEntries, parts);
  status.state = from.dwState;
  status.next_state = from.dwNextState;
  status.activity = {from.dwActivityID, parts.text(from.dwActivitySize, from.dwActivityOffset)};
  status.features = from.dwAgentFeatures;
  status.valid_states = from.dwValidStates;
  status.valid_next_states = from.dwValidNextStates;
  return status;
}

AgentCaps to_value(const LINEAGENTCAPS& from, const StructureView& parts) {
  AgentCaps caps;
  caps.handler = parts.text(from.dwAgentHandlerInfoSize, from.dwAgentHandlerInfoOffset);
  caps.features = from.dwFeatures;
  caps.states = from.dwStates;
  caps.next_states = from.dwNextStates;
  caps.groups_max = from.dwMaxNumGroupEntries;
  caps.status_messages = from.dwAgentStatusMessages;
  caps.extensions = from.dwNumAgentExtensionIDs;
  if (parts.holds(sizeof(GUID), offsetof(LINEAGENTCAPS, ProxyGUID)))
    caps.proxy_id = from_guid(from.ProxyGUID);
  return caps;
}

std::vector<AgentGroup> to_value(const LINEAGENTGROUPLIST& from, const StructureView& parts) {
  return read_groups(from.dwListSize, from.dwListOffset, from.dwNumEntries, parts);
}

std::vector<AgentActivity> to_value(const LINEAGENTACTIVITYLIST& from, const StructureView& parts) {
  std::vector<AgentActivity> activities;
  LINEAGENTACTIVITYENTRY entry;
  for (DWORD i = 0; parts.entry(from.dwListSize, from.dwListOffset, from.dwNumEntries, i, entry); ++i)
    activities.push_back({entry.dwID, parts.text(entry.dwNameSize, entry.dwNameOffset)});
  return activities;
}

std::vector<QueueEntry> to_value(const LINEQUEUELIST& from, const StructureView& parts) {
  std::vector<QueueEntry> queues;
  LINEQUEUEENTRY entry;
  for (DWORD i = 0; parts.entry(from.dwListSize, from.dwListOffset, from.dwNumEntries, i, entry); ++i)
    queues.push_back({entry.dwQueueID, parts.text(entry.dwNameSize, entry.dwNameOffset)});
  return queues;
}

QueueInfo to_value(const LINEQUEUEINFO& from) {
  QueueInfo info;
  info.measurement_period = from.dwMeasurementPeriod;
  info.queued = from.dwTotalCallsQueued;
  info.waiting = from.dwCurrentCallsQueued;
  info.abandoned = from.dwTotalCallsAbandoned;
  info.flowed_in = from.dwTotalCallsFlowedIn;
  info.flowed_out = from.dwTotalCallsFlowedOut;
  info.longest_ever_wait = from.dwLongestEverWaitTime;
  info.longest_wait = from.dwCurrentLongestWaitTime;
  info.average_wait = from.dwAverageWaitTime;
  info.final_disposition = from.dwFinalDisposition;
  return info;
}

AgentInfo to_value(const LINEAGENTINFO& from) {
  AgentInfo info;
  info.state = from.dwAgentState;
  info.next_state = from.dwNextAgentState;
  info.measurement_period = from.dwMeasurementPeriod;
  info.call_rate = from.cyOverallCallRate.int64;
  info.acd_calls = from.dwNumberOfACDCalls;
  info.incoming_calls = from.dwNumberOfIncomingCalls;
  info.outgoing_calls = from.dwNumberOfOutgoingCalls;
  info.talk_time = from.dwTotalACDTalkTime;
  info.call_time = from.dwTotalACDCallTime;
  info.wrapup_time = from.dwTotalACDWrapUpTime;
  return info;
}

AgentSessionInfo to_value(const LINEAGENTSESSIONINFO& from) {
  AgentSessionInfo info;
  info.state = from.dwAgentSessionState;
  info.next_state = from.dwNextAgentSessionState;
  info.start = from.dateSessionStartTime;
  info.duration = from.dwSessionDuration;
  info.calls = from.dwNumberOfCalls;
  info.talk_time = from.dwTotalTalkTime;
  info.average_talk_time = from.dwAverageTalkTime;
  info.call_time = from.dwTotalCallTime;
  info.average_call_time = from.dwAverageCallTime;
  info.wrapup_time = from.dwTotalWrapUpTime;
  info.average_wrapup_time = from.dwAverageWrapUpTime;
  info.call_rate = from.cyACDCallRate.int64;
  info.longest_time_to_answer = from.dwLongestTimeToAnswer;
  info.average_time_to_answer = from.dwAverageTimeToAnswer;
  return info;
}

std::vector<AgentSessionEntry> to_value(const LINEAGENTSESSIONLIST& from, const StructureView& parts) {
  std::vector<AgentSessionEntry> sessions;
  LINEAGENTSESSIONENTRY entry;
  for (DWORD i = 0; parts.entry(from.dwListSize, from.dwListOffset, from.dwNumEntries, i, entry); ++i)
    sessions.push_back(
        {entry.hAgentSession, entry.hAgent, from_guid(entry.GroupID), entry.dwWorkingAddressID});
  return sessions;
}

std::optional<std::string> text_of(const LINEPROXYREQUEST& request, DWORD size, DWORD offset) {
  if (size == 0) return std::nullopt;
  return StructureView(&request, request.dwSize).text(size, offset);
}

bool read(const LINEAGENTGROUPLIST& list, std::size_t size_max, std::vector<AgentGroup>& out) {
  out.clear();
  if (size_max < sizeof list || list.dwTotalSize < sizeof list || list.dwTotalSize > size_max) return false;
  const StructureView parts(&list, list.dwTotalSize);
  if (list.dwNumEntries > list.dwListSize / sizeof(LINEAGENTGROUPENTRY)) return false;
  if (!parts.holds(list.dwListSize, list.dwListOffset)) return false;
  LINEAGENTGROUPENTRY entry;
  for (DWORD i = 0; parts.entry(list.dwListSize, list.dwListOffset, list.dwNumEntries, i, entry); ++i) {
    if (!parts.holds(entry.dwNameSize, entry.dwNameOffset)) {
      out.clear();
      return false;
    }
    out.push_back({to_id(entry), parts.text(entry.dwNameSize, entry.dwNameOffset)});
  }
  return true;
}

} // namespace tl::telephony
