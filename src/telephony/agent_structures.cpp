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
