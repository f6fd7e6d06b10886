// SPDX-License-Identifier: Apache-2.0
// The agent handler's structures as values. (The way back, fill() and read(), is public.)
#pragma once

#include <vector>

#include "telephony/structure.hpp"
#include "trunkline/telephony_agent.hpp"

namespace tl::telephony {

AgentStatus to_value(const LINEAGENTSTATUS& from, const StructureView& parts);
AgentCaps to_value(const LINEAGENTCAPS& from, const StructureView& parts);
std::vector<AgentGroup> to_value(const LINEAGENTGROUPLIST& from, const StructureView& parts);
std::vector<AgentActivity> to_value(const LINEAGENTACTIVITYLIST& from, const StructureView& parts);
std::vector<QueueEntry> to_value(const LINEQUEUELIST& from, const StructureView& parts);
QueueInfo to_value(const LINEQUEUEINFO& from);
AgentInfo to_value(const LINEAGENTINFO& from);
AgentSessionInfo to_value(const LINEAGENTSESSIONINFO& from);
std::vector<AgentSessionEntry> to_value(const LINEAGENTSESSIONLIST& from, const StructureView& parts);

} // namespace tl::telephony
