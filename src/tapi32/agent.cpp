// SPDX-License-Identifier: Apache-2.0
// The functions of a call centre: agents, their sessions, groups and queues, answered by a proxy [acd-proxy].
#include "tapi32/call.hpp"

using namespace tl::tapi32;
using tl::wire::Fn;

extern "C" {

LONG WINAPI lineAgentSpecific(HLINE hLine, DWORD dwAddressID, DWORD dwAgentExtensionIDIndex, LPVOID lpParams,
                              DWORD dwSize) {
  return call<Fn::lineAgentSpecific>(hLine, dwAddressID, dwAgentExtensionIDIndex,
                                     bytes_inout(lpParams, dwSize));
}

LONG WINAPI lineCreateAgentA(HLINE hLine, LPSTR lpszAgentID, LPSTR lpszAgentPIN, LPHAGENT lphAgent) {
  return call<Fn::lineCreateAgent, Form::narrow>(hLine, lpszAgentID, lpszAgentPIN, lphAgent);
}
LONG WINAPI lineCreateAgentW(HLINE hLine, LPWSTR lpszAgentID, LPWSTR lpszAgentPIN, LPHAGENT lphAgent) {
  return call<Fn::lineCreateAgent>(hLine, lpszAgentID, lpszAgentPIN, lphAgent);
}

LONG WINAPI lineCreateAgentSessionA(HLINE hLine, HAGENT hAgent, LPSTR lpszAgentPIN, DWORD dwWorkingAddressID,
                                    LPGUID lpGroupID, LPHAGENTSESSION lphAgentSession) {
  return call<Fn::lineCreateAgentSession, Form::narrow>(hLine, hAgent, lpszAgentPIN, dwWorkingAddressID,
                                                        structure_in(lpGroupID), lphAgentSession);
}
LONG WINAPI lineCreateAgentSessionW(HLINE hLine, HAGENT hAgent, LPWSTR lpszAgentPIN, DWORD dwWorkingAddressID,
                                    LPGUID lpGroupID, LPHAGENTSESSION lphAgentSession) {
  return call<Fn::lineCreateAgentSession>(hLine, hAgent, lpszAgentPIN, dwWorkingAddressID,
                                          structure_in(lpGroupID), lphAgentSession);
}

LONG WINAPI lineGetAgentActivityListA(HLINE hLine, DWORD dwAddressID,
                                      LPLINEAGENTACTIVITYLIST lpAgentActivityList) {
  return call<Fn::lineGetAgentActivityList, Form::narrow>(hLine, dwAddressID, lpAgentActivityList);
}
LONG WINAPI lineGetAgentActivityListW(HLINE hLine, DWORD dwAddressID,
                                      LPLINEAGENTACTIVITYLIST lpAgentActivityList) {
  return call<Fn::lineGetAgentActivityList>(hLine, dwAddressID, lpAgentActivityList);
}

LONG WINAPI lineGetAgentCapsA(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAddressID, DWORD dwAppAPIVersion,
                              LPLINEAGENTCAPS lpAgentCaps) {
  return call<Fn::lineGetAgentCaps, Form::narrow>(hLineApp, dwDeviceID, dwAddressID, dwAppAPIVersion,
                                                  lpAgentCaps);
}
LONG WINAPI lineGetAgentCapsW(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAddressID, DWORD dwAppAPIVersion,
                              LPLINEAGENTCAPS lpAgentCaps) {
  return call<Fn::lineGetAgentCaps>(hLineApp, dwDeviceID, dwAddressID, dwAppAPIVersion, lpAgentCaps);
}

LONG WINAPI lineGetAgentGroupListA(HLINE hLine, DWORD dwAddressID, LPLINEAGENTGROUPLIST lpAgentGroupList) {
  return call<Fn::lineGetAgentGroupList, Form::narrow>(hLine, dwAddressID, lpAgentGroupList);
}
LONG WINAPI lineGetAgentGroupListW(HLINE hLine, DWORD dwAddressID, LPLINEAGENTGROUPLIST lpAgentGroupList) {
  return call<Fn::lineGetAgentGroupList>(hLine, dwAddressID, lpAgentGroupList);
}

LONG WINAPI lineGetAgentInfo(HLINE hLine, HAGENT hAgent, LPLINEAGENTINFO lpAgentInfo) {
  return call<Fn::lineGetAgentInfo>(hLine, hAgent, lpAgentInfo);
}

LONG WINAPI lineGetAgentSessionInfo(HLINE hLine, HAGENTSESSION hAgentSession,
                                    LPLINEAGENTSESSIONINFO lpAgentSessionInfo) {
  return call<Fn::lineGetAgentSessionInfo>(hLine, hAgentSession, lpAgentSessionInfo);
}

LONG WINAPI lineGetAgentSessionList(HLINE hLine, HAGENT hAgent, LPLINEAGENTSESSIONLIST lpAgentSessionList) {
  return call<Fn::lineGetAgentSessionList>(hLine, hAgent, lpAgentSessionList);
}

LONG WINAPI lineGetAgentStatusA(HLINE hLine, DWORD dwAddressID, LPLINEAGENTSTATUS lpAgentStatus) {
  return call<Fn::lineGetAgentStatus, Form::narrow>(hLine, dwAddressID, lpAgentStatus);
}
LONG WINAPI lineGetAgentStatusW(HLINE hLine, DWORD dwAddressID, LPLINEAGENTSTATUS lpAgentStatus) {
  return call<Fn::lineGetAgentStatus>(hLine, dwAddressID, lpAgentStatus);
}

LONG WINAPI lineGetGroupListA(HLINE hLine, LPLINEAGENTGROUPLIST lpGroupList) {
  return call<Fn::lineGetGroupList, Form::narrow>(hLine, lpGroupList);
}
LONG WINAPI lineGetGroupListW(HLINE hLine, LPLINEAGENTGROUPLIST lpGroupList) {
  return call<Fn::lineGetGroupList>(hLine, lpGroupList);
}

LONG WINAPI lineGetProxyStatus(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAppAPIVersion,
                               LPLINEPROXYREQUESTLIST lpLineProxyReqestList) {
  return call<Fn::lineGetProxyStatus>(hLineApp, dwDeviceID, dwAppAPIVersion, lpLineProxyReqestList);
}

LONG WINAPI lineGetQueueInfo(HLINE hLine, DWORD dwQueueID, LPLINEQUEUEINFO lpLineQueueInfo) {
  return call<Fn::lineGetQueueInfo>(hLine, dwQueueID, lpLineQueueInfo);
}

LONG WINAPI lineGetQueueListA(HLINE hLine, LPGUID lpGroupID, LPLINEQUEUELIST lpQueueList) {
  return call<Fn::lineGetQueueList, Form::narrow>(hLine, structure_in(lpGroupID), lpQueueList);
}
LONG WINAPI lineGetQueueListW(HLINE hLine, LPGUID lpGroupID, LPLINEQUEUELIST lpQueueList) {
  return call<Fn::lineGetQueueList>(hLine, structure_in(lpGroupID), lpQueueList);
}

LONG WINAPI lineProxyMessage(HLINE hLine, HCALL hCall, DWORD dwMsg, DWORD dwParam1, DWORD dwParam2,
                             DWORD dwParam3) {
  return call<Fn::lineProxyMessage>(hLine, hCall, dwMsg, dwParam1, dwParam2, dwParam3);
}

LONG WINAPI lineSetAgentActivity(HLINE hLine, DWORD dwAddressID, DWORD dwActivityID) {
  return call<Fn::lineSetAgentActivity>(hLine, dwAddressID, dwActivityID);
}

LONG WINAPI lineSetAgentGroup(HLINE hLine, DWORD dwAddressID, LPLINEAGENTGROUPLIST lpAgentGroupList) {
  return call<Fn::lineSetAgentGroup>(hLine, dwAddressID, lpAgentGroupList);
}

LONG WINAPI lineSetAgentMeasurementPeriod(HLINE hLine, HAGENT hAgent, DWORD dwMeasurementPeriod) {
  return call<Fn::lineSetAgentMeasurementPeriod>(hLine, hAgent, dwMeasurementPeriod);
}

LONG WINAPI lineSetAgentSessionState(HLINE hLine, HAGENTSESSION hAgentSession, DWORD dwAgentSessionState,
                                     DWORD dwNextAgentSessionState) {
  return call<Fn::lineSetAgentSessionState>(hLine, hAgentSession, dwAgentSessionState,
                                            dwNextAgentSessionState);
}

LONG WINAPI lineSetAgentState(HLINE hLine, DWORD dwAddressID, DWORD dwAgentState, DWORD dwNextAgentState) {
  return call<Fn::lineSetAgentState>(hLine, dwAddressID, dwAgentState, dwNextAgentState);
}

LONG WINAPI lineSetAgentStateEx(HLINE hLine, HAGENT hAgent, DWORD dwAgentState, DWORD dwNextAgentState) {
  return call<Fn::lineSetAgentStateEx>(hLine, hAgent, dwAgentState, dwNextAgentState);
}

LONG WINAPI lineSetQueueMeasurementPeriod(HLINE hLine, DWORD dwQueueID, DWORD dwMeasurementPeriod) {
  return call<Fn::lineSetQueueMeasurementPeriod>(hLine, dwQueueID, dwMeasurementPeriod);
}

} // extern "C"
