// SPDX-License-Identifier: Apache-2.0
// Agent functions of an address: the client's side, and the answers of a handler.
#include "telephony/agent_structures.hpp"
#include "telephony/state.hpp"

namespace tl::telephony {

LONG Address::get_agent_status(std::function<void(LONG, const AgentStatus&)> done) {
  if (line_ == 0) return LINEERR_INVALLINEHANDLE;
  return telephony_.state_->start_structure<LINEAGENTSTATUS>(
      *this, [line = line_](LINEAGENTSTATUS* into) { return lineGetAgentStatusW(line, 0, into); },
      [done = std::move(done)](LONG result, const LINEAGENTSTATUS& from, const StructureView& parts) {
        if (done) done(result, to_value(from, parts));
      });
}

LONG Address::get_agent_caps(std::function<void(LONG, const AgentCaps&)> done) {
  if (!telephony_.running()) return LINEERR_UNINITIALIZED;
  return telephony_.state_->start_structure<LINEAGENTCAPS>(
      *this,
      [app = telephony_.app_, device = device_id_, version = api_version_](LINEAGENTCAPS* into) {
        return lineGetAgentCapsW(app, device, 0, version, into);
      },
      [done = std::move(done)](LONG result, const LINEAGENTCAPS& from, const StructureView& parts) {
        if (done) done(result, to_value(from, parts));
      },
      false);
}

LONG Address::get_agent_groups(std::function<void(LONG, const std::vector<AgentGroup>&)> done) {
  if (line_ == 0) return LINEERR_INVALLINEHANDLE;
  return telephony_.state_->start_structure<LINEAGENTGROUPLIST>(
      *this, [line = line_](LINEAGENTGROUPLIST* into) { return lineGetAgentGroupListW(line, 0, into); },
      [done = std::move(done)](LONG result, const LINEAGENTGROUPLIST& from, const StructureView& parts) {
        if (done) done(result, to_value(from, parts));
      });
}

LONG Address::get_agent_activities(std::function<void(LONG, const std::vector<AgentActivity>&)> done) {
  if (line_ == 0) return LINEERR_INVALLINEHANDLE;
  return telephony_.state_->start_structure<LINEAGENTACTIVITYLIST>(
      *this, [line = line_](LINEAGENTACTIVITYLIST* into) { return lineGetAgentActivityListW(line, 0, into); },
      [done = std::move(done)](LONG result, const LINEAGENTACTIVITYLIST& from, const StructureView& parts) {
        if (done) done(result, to_value(from, parts));
      });
}

LONG Address::set_agent_groups(std::span<const GroupId> groups, Completion done) {
  if (line_ == 0) return LINEERR_INVALLINEHANDLE;
  std::vector<AgentGroup> named;
  for (const GroupId& id : groups) named.push_back({id, {}});
  StructureBuffer& buffer = telephony_.state_->buffer;
  const std::size_t room = sizeof(LINEAGENTGROUPLIST) + named.size() * sizeof(LINEAGENTGROUPENTRY);
  if (room > structure_size_max_bytes) return LINEERR_INVALAGENTGROUP;
  if (buffer.size() < room) buffer.resize(room);
  auto* const list = reinterpret_cast<LINEAGENTGROUPLIST*>(buffer.data());
  list->dwTotalSize = static_cast<DWORD>(room);
  fill(*list, named);
  return telephony_.state_->start(*this, std::move(done), [&] { return lineSetAgentGroup(line_, 0, list); });
}

LONG Address::set_agent_state(DWORD state, DWORD next_state, Completion done) {
  if (line_ == 0) return LINEERR_INVALLINEHANDLE;
  return telephony_.state_->start(*this, std::move(done),
                                  [&] { return lineSetAgentState(line_, 0, state, next_state); });
}

LONG Address::set_agent_activity(DWORD activity, Completion done) {
  if (line_ == 0) return LINEERR_INVALLINEHANDLE;
  return telephony_.state_->start(*this, std::move(done),
                                  [&] { return lineSetAgentActivity(line_, 0, activity); });
}

LONG Address::agent_specific(DWORD extension_index, std::string block,
                             std::function<void(LONG, std::string_view)> done) {
  if (line_ == 0) return LINEERR_INVALLINEHANDLE;
  if (block.size() > structure_size_max_bytes) return LINEERR_INVALPARAM;
  Requests& requests = telephony_.state_->requests;
  if (requests.full(true)) return LINEERR_REQUESTOVERRUN;
  auto request = std::make_shared<BlockRequest>(*this, std::move(block), std::move(done));
  std::string& bytes = request->block();
  const LONG id =
      lineAgentSpecific(line_, 0, extension_index, bytes.data(), static_cast<DWORD>(bytes.size()));
  return requests.add(id, std::move(request));
}

LONG Address::get_groups(std::function<void(LONG, const std::vector<AgentGroup>&)> done) {
  if (line_ == 0) return LINEERR_INVALLINEHANDLE;
  return telephony_.state_->start_structure<LINEAGENTGROUPLIST>(
      *this, [line = line_](LINEAGENTGROUPLIST* into) { return lineGetGroupListW(line, into); },
      [done = std::move(done)](LONG result, const LINEAGENTGROUPLIST& from, const StructureView& parts) {
        if (done) done(result, to_value(from, parts));
      });
}

LONG Address::get_queues(const GroupId& group,
                         std::function<void(LONG, const std::vector<QueueEntry>&)> done) {
  if (line_ == 0) return LINEERR_INVALLINEHANDLE;
  return telephony_.state_->start_structure<LINEQUEUELIST>(
      *this,
      [line = line_, guid = to_guid(group)](LINEQUEUELIST* into) mutable {
        return lineGetQueueListW(line, &guid, into);
      },
      [done = std::move(done)](LONG result, const LINEQUEUELIST& from, const StructureView& parts) {
        if (done) done(result, to_value(from, parts));
      });
}

LONG Address::get_queue_info(DWORD queue_id, std::function<void(LONG, const QueueInfo&)> done) {
  if (line_ == 0) return LINEERR_INVALLINEHANDLE;
  return telephony_.state_->start_structure<LINEQUEUEINFO>(
      *this, [line = line_, queue_id](LINEQUEUEINFO* into) { return lineGetQueueInfo(line, queue_id, into); },
      [done = std::move(done)](LONG result, const LINEQUEUEINFO& from, const StructureView&) {
        if (done) done(result, to_value(from));
      });
}

LONG Address::set_queue_measurement_period(DWORD queue_id, DWORD seconds, Completion done) {
  if (line_ == 0) return LINEERR_INVALLINEHANDLE;
  return telephony_.state_->start(*this, std::move(done),
                                  [&] { return lineSetQueueMeasurementPeriod(line_, queue_id, seconds); });
}

LONG Address::respond(LINEPROXYREQUEST& request, LONG result) {
  return lineProxyResponse(line_ != 0 ? line_ : last_line_, &request, static_cast<DWORD>(result));
}

LONG Address::proxy_message(DWORD message, DWORD param1, DWORD param2, DWORD param3) {
  if (line_ == 0) return LINEERR_INVALLINEHANDLE;
  return lineProxyMessage(line_, 0, message, param1, param2, param3);
}

} // namespace tl::telephony
