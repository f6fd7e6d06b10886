// SPDX-License-Identifier: Apache-2.0
//
// Agents, groups and queues as an agent handler (ACD) shows them, and as a handler fills its answers. Part of
// trunkline/telephony.hpp: include that one.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <tapi.h>

namespace tl::telephony {

// A group's id: four DWORDs, the same 16 bytes as its GUID (LINEAGENTGROUPENTRY, lineGetQueueList).
using GroupId = std::array<DWORD, 4>;
// "{00112233-4455-6677-8899-AABBCCDDEEFF}", braces optional; false when it is not one.
bool parse_group_id(const std::string& text, GroupId& out);
std::string to_string(const GroupId& id);
GUID to_guid(const GroupId& id);
GroupId from_guid(const GUID& guid);

struct AgentGroup {
  GroupId id{};
  std::string name;
};

struct AgentActivity {
  DWORD id = 0;
  std::string name;
};

// LINEAGENTSTATUS as values.
struct AgentStatus {
  std::vector<AgentGroup> groups; // logged in to; empty: nobody logged in
  DWORD state = 0;                // LINEAGENTSTATE_
  DWORD next_state = 0;           // taken when the current call ends
  AgentActivity activity;
  DWORD features = 0; // LINEAGENTFEATURE_
  DWORD valid_states = 0;
  DWORD valid_next_states = 0;
};

// LINEAGENTCAPS as values.
struct AgentCaps {
  std::string handler; // name of the agent handler
  DWORD features = 0;
  DWORD states = 0;
  DWORD next_states = 0;
  DWORD groups_max = 0;
  DWORD status_messages = 0;
  DWORD extensions = 0;
  GroupId proxy_id{}; // ProxyGUID: the same on every line of one handler (2.2)
};

// LINEAGENTINFO as values: over the measurement period, times in seconds.
struct AgentInfo {
  DWORD state = 0; // LINEAGENTSTATEEX_
  DWORD next_state = 0;
  DWORD measurement_period = 0;
  std::int64_t call_rate = 0; // calls per hour of work, times 10,000
  DWORD acd_calls = 0;        // of all sessions
  DWORD incoming_calls = 0;   // that came from no queue
  DWORD outgoing_calls = 0;
  DWORD talk_time = 0; // in ACD calls
  DWORD call_time = 0; // talk and wrap-up
  DWORD wrapup_time = 0;
};

struct AgentSessionEntry {
  DWORD session = 0; // HAGENTSESSION
  DWORD agent = 0;   // HAGENT
  GroupId group{};
  DWORD address = 0; // the working address, of the line that was asked
};

// LINEAGENTSESSIONINFO as values: since the session began, times in seconds.
struct AgentSessionInfo {
  DWORD state = 0; // LINEAGENTSESSIONSTATE_
  DWORD next_state = 0;
  double start = 0; // days since 30 December 1899, UTC (DATE)
  DWORD duration = 0;
  DWORD calls = 0;
  DWORD talk_time = 0;
  DWORD average_talk_time = 0;
  DWORD call_time = 0; // talk and wrap-up
  DWORD average_call_time = 0;
  DWORD wrapup_time = 0;
  DWORD average_wrapup_time = 0;
  std::int64_t call_rate = 0; // calls per hour, times 10,000
  DWORD longest_time_to_answer = 0;
  DWORD average_time_to_answer = 0;
};

struct QueueEntry {
  DWORD id = 0;
  std::string name;
};

// LINEQUEUEINFO as values; times in seconds.
struct QueueInfo {
  DWORD measurement_period = 0;
  DWORD queued = 0;  // came in
  DWORD waiting = 0; // now
  DWORD abandoned = 0;
  DWORD flowed_in = 0;
  DWORD flowed_out = 0;
  DWORD longest_ever_wait = 0;
  DWORD longest_wait = 0; // of those waiting now
  DWORD average_wait = 0;
  DWORD final_disposition = 0;
};

// --- For agent handlers: filling the answer structures of LINEPROXYREQUEST. Each sets dwNeededSize and
// dwUsedSize and fills what fits into dwTotalSize: LINEERR_STRUCTURETOOSMALL only when the fixed part does
// not fit. ---
LONG fill(LINEAGENTGROUPLIST& out, const std::vector<AgentGroup>& groups);
LONG fill(LINEAGENTACTIVITYLIST& out, const std::vector<AgentActivity>& activities);
LONG fill(LINEAGENTSTATUS& out, const AgentStatus& status);
LONG fill(LINEAGENTCAPS& out, const AgentCaps& caps, DWORD client_version);
LONG fill(LINEQUEUELIST& out, const std::vector<QueueEntry>& queues);
LONG fill(LINEQUEUEINFO& out, const QueueInfo& info);
LONG fill(LINEAGENTINFO& out, const AgentInfo& info);
LONG fill(LINEAGENTSESSIONINFO& out, const AgentSessionInfo& info);
LONG fill(LINEAGENTSESSIONLIST& out, const std::vector<AgentSessionEntry>& sessions);
// The groups in a client's list (lineSetAgentGroup); false when its sizes or offsets lie. `size_max` bounds
// the list.
bool read(const LINEAGENTGROUPLIST& list, std::size_t size_max, std::vector<AgentGroup>& out);
// A text of the request whose offset counts from the request (client's names, agent's id and PIN); nothing
// when the client gave none.
std::optional<std::string> text_of(const LINEPROXYREQUEST& request, DWORD size, DWORD offset);

} // namespace tl::telephony
