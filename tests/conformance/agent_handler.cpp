// SPDX-License-Identifier: Apache-2.0
#include "agent_handler.hpp"

#include <cstring>

namespace conformance {
namespace {

// An answer of the fixed part alone.
template <class T> void empty(T& structure) {
  structure.dwNeededSize = structure.dwUsedSize = sizeof structure;
}

LONG usual_answer(LINEPROXYREQUEST& request) {
  switch (request.dwRequestType) {
  case LINEPROXYREQUEST_GETAGENTCAPS: empty(request.GetAgentCaps.AgentCaps); break;
  case LINEPROXYREQUEST_GETAGENTSTATUS:
    empty(request.GetAgentStatus.AgentStatus);
    request.GetAgentStatus.AgentStatus.dwState = LINEAGENTSTATE_READY;
    break;
  case LINEPROXYREQUEST_AGENTSPECIFIC: request.AgentSpecific.Params[0] = 0x77; break;
  case LINEPROXYREQUEST_GETAGENTACTIVITYLIST: empty(request.GetAgentActivityList.ActivityList); break;
  case LINEPROXYREQUEST_GETAGENTGROUPLIST: empty(request.GetAgentGroupList.GroupList); break;
  case LINEPROXYREQUEST_CREATEAGENT: request.CreateAgent.hAgent = agent_given; break;
  case LINEPROXYREQUEST_GETAGENTINFO: empty(request.GetAgentInfo.AgentInfo); break;
  case LINEPROXYREQUEST_CREATEAGENTSESSION: request.CreateAgentSession.hAgentSession = session_given; break;
  case LINEPROXYREQUEST_GETAGENTSESSIONLIST: empty(request.GetAgentSessionList.SessionList); break;
  case LINEPROXYREQUEST_GETAGENTSESSIONINFO: empty(request.GetAgentSessionInfo.SessionInfo); break;
  case LINEPROXYREQUEST_GETQUEUELIST: empty(request.GetQueueList.QueueList); break;
  case LINEPROXYREQUEST_GETQUEUEINFO: empty(request.GetQueueInfo.QueueInfo); break;
  case LINEPROXYREQUEST_GETGROUPLIST: empty(request.GetGroupList.GroupList); break;
  default: break;
  }
  return 0;
}

} // namespace

LONG open_proxy(HLINEAPP app, DWORD device, const std::vector<DWORD>& types, HLINE& line) {
  const auto bytes = static_cast<DWORD>(types.size() * sizeof(DWORD));
  std::vector<unsigned char> memory(sizeof(LINECALLPARAMS) + bytes);
  auto& params = *reinterpret_cast<LINECALLPARAMS*>(memory.data());
  params.dwTotalSize = static_cast<DWORD>(memory.size());
  params.dwDevSpecificSize = bytes;
  params.dwDevSpecificOffset = sizeof(LINECALLPARAMS);
  if (bytes != 0) std::memcpy(memory.data() + sizeof(LINECALLPARAMS), types.data(), bytes);
  return lineOpenA(app, device, &line, version_2_2, 0, instance_base + device,
                   LINECALLPRIVILEGE_NONE | LINEOPENOPTION_PROXY, 0, &params);
}

AgentHandler::AgentHandler(DWORD device) {
  std::vector<DWORD> types;
  for (DWORD type = LINEPROXYREQUEST_SETAGENTGROUP; type <= LINEPROXYREQUEST_SETAGENTSTATEEX; ++type)
    types.push_back(type);
  error = open_proxy(app_.handle, device, types, line);
}

void AgentHandler::serve() {
  Message message;
  while (app_.inbox.take(message, 0)) {
    if (message.id != LINE_PROXYREQUEST) continue;
    auto& request = *reinterpret_cast<LINEPROXYREQUEST*>(message.p1);
    asked.push_back(request.dwRequestType);
    const LONG result = answer ? answer(request) : usual_answer(request);
    lineProxyResponse(line, &request, static_cast<DWORD>(result));
  }
}

} // namespace conformance
