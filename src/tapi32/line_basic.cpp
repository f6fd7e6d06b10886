// SPDX-License-Identifier: Apache-2.0
// The basic line functions [basic-telephony-services-reference].
#include "tapi32/call.hpp"

using namespace tl::tapi32;
using tl::wire::Fn;

extern "C" {

LONG WINAPI lineAnswer(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize) {
  return call<Fn::lineAnswer>(hCall, bytes_in(lpsUserUserInfo, dwSize));
}

LONG WINAPI lineDialA(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode) {
  return call<Fn::lineDial, Form::narrow>(hCall, lpszDestAddress, dwCountryCode);
}
LONG WINAPI lineDialW(HCALL hCall, LPCWSTR lpszDestAddress, DWORD dwCountryCode) {
  return call<Fn::lineDial>(hCall, lpszDestAddress, dwCountryCode);
}
LONG WINAPI lineDial(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode) {
  return lineDialA(hCall, lpszDestAddress, dwCountryCode);
}

LONG WINAPI lineDrop(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize) {
  return call<Fn::lineDrop>(hCall, bytes_in(lpsUserUserInfo, dwSize));
}

LONG WINAPI lineGetAddressCapsA(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAddressID, DWORD dwAPIVersion,
                                DWORD dwExtVersion, LPLINEADDRESSCAPS lpAddressCaps) {
  return call<Fn::lineGetAddressCaps, Form::narrow>(hLineApp, dwDeviceID, dwAddressID, dwAPIVersion,
                                                    dwExtVersion, lpAddressCaps);
}
LONG WINAPI lineGetAddressCapsW(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAddressID, DWORD dwAPIVersion,
                                DWORD dwExtVersion, LPLINEADDRESSCAPS lpAddressCaps) {
  return call<Fn::lineGetAddressCaps>(hLineApp, dwDeviceID, dwAddressID, dwAPIVersion, dwExtVersion,
                                      lpAddressCaps);
}
LONG WINAPI lineGetAddressCaps(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAddressID, DWORD dwAPIVersion,
                               DWORD dwExtVersion, LPLINEADDRESSCAPS lpAddressCaps) {
  return lineGetAddressCapsA(hLineApp, dwDeviceID, dwAddressID, dwAPIVersion, dwExtVersion, lpAddressCaps);
}

LONG WINAPI lineGetAddressIDA(HLINE hLine, LPDWORD lpdwAddressID, DWORD dwAddressMode, LPCSTR lpsAddress,
                              DWORD) {
  return call<Fn::lineGetAddressID, Form::narrow>(hLine, lpdwAddressID, dwAddressMode, lpsAddress);
}
LONG WINAPI lineGetAddressIDW(HLINE hLine, LPDWORD lpdwAddressID, DWORD dwAddressMode, LPCWSTR lpsAddress,
                              DWORD) {
  return call<Fn::lineGetAddressID>(hLine, lpdwAddressID, dwAddressMode, lpsAddress);
}
LONG WINAPI lineGetAddressID(HLINE hLine, LPDWORD lpdwAddressID, DWORD dwAddressMode, LPCSTR lpsAddress,
                             DWORD dwSize) {
  return lineGetAddressIDA(hLine, lpdwAddressID, dwAddressMode, lpsAddress, dwSize);
}

LONG WINAPI lineGetAddressStatusA(HLINE hLine, DWORD dwAddressID, LPLINEADDRESSSTATUS lpAddressStatus) {
  return call<Fn::lineGetAddressStatus, Form::narrow>(hLine, dwAddressID, lpAddressStatus);
}
LONG WINAPI lineGetAddressStatusW(HLINE hLine, DWORD dwAddressID, LPLINEADDRESSSTATUS lpAddressStatus) {
  return call<Fn::lineGetAddressStatus>(hLine, dwAddressID, lpAddressStatus);
}
LONG WINAPI lineGetAddressStatus(HLINE hLine, DWORD dwAddressID, LPLINEADDRESSSTATUS lpAddressStatus) {
  return lineGetAddressStatusA(hLine, dwAddressID, lpAddressStatus);
}

LONG WINAPI lineGetCallInfoA(HCALL hCall, LPLINECALLINFO lpCallInfo) {
  return call<Fn::lineGetCallInfo, Form::narrow>(hCall, lpCallInfo);
}
LONG WINAPI lineGetCallInfoW(HCALL hCall, LPLINECALLINFO lpCallInfo) {
  return call<Fn::lineGetCallInfo>(hCall, lpCallInfo);
}
LONG WINAPI lineGetCallInfo(HCALL hCall, LPLINECALLINFO lpCallInfo) {
  return lineGetCallInfoA(hCall, lpCallInfo);
}

LONG WINAPI lineGetCallStatus(HCALL hCall, LPLINECALLSTATUS lpCallStatus) {
  return call<Fn::lineGetCallStatus>(hCall, lpCallStatus);
}

LONG WINAPI lineGetConfRelatedCalls(HCALL hCall, LPLINECALLLIST lpCallList) {
  return call<Fn::lineGetConfRelatedCalls>(hCall, lpCallList);
}

LONG WINAPI lineGetDevCapsA(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion, DWORD dwExtVersion,
                            LPLINEDEVCAPS lpLineDevCaps) {
  return call<Fn::lineGetDevCaps, Form::narrow>(hLineApp, dwDeviceID, dwAPIVersion, dwExtVersion,
                                                lpLineDevCaps);
}
LONG WINAPI lineGetDevCapsW(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion, DWORD dwExtVersion,
                            LPLINEDEVCAPS lpLineDevCaps) {
  return call<Fn::lineGetDevCaps>(hLineApp, dwDeviceID, dwAPIVersion, dwExtVersion, lpLineDevCaps);
}
LONG WINAPI lineGetDevCaps(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion, DWORD dwExtVersion,
                           LPLINEDEVCAPS lpLineDevCaps) {
  return lineGetDevCapsA(hLineApp, dwDeviceID, dwAPIVersion, dwExtVersion, lpLineDevCaps);
}

LONG WINAPI lineGetDevConfigA(DWORD dwDeviceID, LPVARSTRING lpDeviceConfig, LPCSTR lpszDeviceClass) {
  return call<Fn::lineGetDevConfig, Form::narrow>(dwDeviceID, lpDeviceConfig, lpszDeviceClass);
}
LONG WINAPI lineGetDevConfigW(DWORD dwDeviceID, LPVARSTRING lpDeviceConfig, LPCWSTR lpszDeviceClass) {
  return call<Fn::lineGetDevConfig>(dwDeviceID, lpDeviceConfig, lpszDeviceClass);
}
LONG WINAPI lineGetDevConfig(DWORD dwDeviceID, LPVARSTRING lpDeviceConfig, LPCSTR lpszDeviceClass) {
  return lineGetDevConfigA(dwDeviceID, lpDeviceConfig, lpszDeviceClass);
}

LONG WINAPI lineGetIDA(HLINE hLine, DWORD dwAddressID, HCALL hCall, DWORD dwSelect, LPVARSTRING lpDeviceID,
                       LPCSTR lpszDeviceClass) {
  return call<Fn::lineGetID, Form::narrow>(hLine, dwAddressID, hCall, dwSelect, lpDeviceID, lpszDeviceClass);
}
LONG WINAPI lineGetIDW(HLINE hLine, DWORD dwAddressID, HCALL hCall, DWORD dwSelect, LPVARSTRING lpDeviceID,
                       LPCWSTR lpszDeviceClass) {
  return call<Fn::lineGetID>(hLine, dwAddressID, hCall, dwSelect, lpDeviceID, lpszDeviceClass);
}
LONG WINAPI lineGetID(HLINE hLine, DWORD dwAddressID, HCALL hCall, DWORD dwSelect, LPVARSTRING lpDeviceID,
                      LPCSTR lpszDeviceClass) {
  return lineGetIDA(hLine, dwAddressID, hCall, dwSelect, lpDeviceID, lpszDeviceClass);
}

LONG WINAPI lineGetLineDevStatusA(HLINE hLine, LPLINEDEVSTATUS lpLineDevStatus) {
  return call<Fn::lineGetLineDevStatus, Form::narrow>(hLine, lpLineDevStatus);
}
LONG WINAPI lineGetLineDevStatusW(HLINE hLine, LPLINEDEVSTATUS lpLineDevStatus) {
  return call<Fn::lineGetLineDevStatus>(hLine, lpLineDevStatus);
}
LONG WINAPI lineGetLineDevStatus(HLINE hLine, LPLINEDEVSTATUS lpLineDevStatus) {
  return lineGetLineDevStatusA(hLine, lpLineDevStatus);
}

LONG WINAPI lineGetNewCalls(HLINE hLine, DWORD dwAddressID, DWORD dwSelect, LPLINECALLLIST lpCallList) {
  return call<Fn::lineGetNewCalls>(hLine, dwAddressID, dwSelect, lpCallList);
}

LONG WINAPI lineGetNumRings(HLINE hLine, DWORD dwAddressID, LPDWORD lpdwNumRings) {
  return call<Fn::lineGetNumRings>(hLine, dwAddressID, lpdwNumRings);
}

LONG WINAPI lineGetStatusMessages(HLINE hLine, LPDWORD lpdwLineStates, LPDWORD lpdwAddressStates) {
  return call<Fn::lineGetStatusMessages>(hLine, lpdwLineStates, lpdwAddressStates);
}

LONG WINAPI lineGetTranslateCapsA(HLINEAPP hLineApp, DWORD dwAPIVersion,
                                  LPLINETRANSLATECAPS lpTranslateCaps) {
  return call_standalone<Fn::lineGetTranslateCaps, Form::narrow>(hLineApp, dwAPIVersion, lpTranslateCaps);
}
LONG WINAPI lineGetTranslateCapsW(HLINEAPP hLineApp, DWORD dwAPIVersion,
                                  LPLINETRANSLATECAPS lpTranslateCaps) {
  return call_standalone<Fn::lineGetTranslateCaps>(hLineApp, dwAPIVersion, lpTranslateCaps);
}
LONG WINAPI lineGetTranslateCaps(HLINEAPP hLineApp, DWORD dwAPIVersion, LPLINETRANSLATECAPS lpTranslateCaps) {
  return lineGetTranslateCapsA(hLineApp, dwAPIVersion, lpTranslateCaps);
}

LONG WINAPI lineHandoffA(HCALL hCall, LPCSTR lpszFileName, DWORD dwMediaMode) {
  return call<Fn::lineHandoff, Form::narrow>(hCall, lpszFileName, dwMediaMode);
}
LONG WINAPI lineHandoffW(HCALL hCall, LPCWSTR lpszFileName, DWORD dwMediaMode) {
  return call<Fn::lineHandoff>(hCall, lpszFileName, dwMediaMode);
}
LONG WINAPI lineHandoff(HCALL hCall, LPCSTR lpszFileName, DWORD dwMediaMode) {
  return lineHandoffA(hCall, lpszFileName, dwMediaMode);
}

LONG WINAPI lineMakeCallA(HLINE hLine, LPHCALL lphCall, LPCSTR lpszDestAddress, DWORD dwCountryCode,
                          LPLINECALLPARAMS const lpCallParams) {
  return call<Fn::lineMakeCall, Form::narrow>(hLine, lphCall, lpszDestAddress, dwCountryCode, lpCallParams);
}
LONG WINAPI lineMakeCallW(HLINE hLine, LPHCALL lphCall, LPCWSTR lpszDestAddress, DWORD dwCountryCode,
                          LPLINECALLPARAMS const lpCallParams) {
  return call<Fn::lineMakeCall>(hLine, lphCall, lpszDestAddress, dwCountryCode, lpCallParams);
}
LONG WINAPI lineMakeCall(HLINE hLine, LPHCALL lphCall, LPCSTR lpszDestAddress, DWORD dwCountryCode,
                         LPLINECALLPARAMS const lpCallParams) {
  return lineMakeCallA(hLine, lphCall, lpszDestAddress, dwCountryCode, lpCallParams);
}

LONG WINAPI lineNegotiateAPIVersion(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPILowVersion,
                                    DWORD dwAPIHighVersion, LPDWORD lpdwAPIVersion,
                                    LPLINEEXTENSIONID lpExtensionID) {
  return call<Fn::lineNegotiateAPIVersion>(hLineApp, dwDeviceID, dwAPILowVersion, dwAPIHighVersion,
                                           lpdwAPIVersion, bytes_out(lpExtensionID, sizeof *lpExtensionID));
}

LONG WINAPI lineOpenA(HLINEAPP hLineApp, DWORD dwDeviceID, LPHLINE lphLine, DWORD dwAPIVersion,
                      DWORD dwExtVersion, DWORD_PTR dwCallbackInstance, DWORD dwPrivileges,
                      DWORD dwMediaModes, LPLINECALLPARAMS const lpCallParams) {
  return call<Fn::lineOpen, Form::narrow>(hLineApp, dwDeviceID, lphLine, dwAPIVersion, dwExtVersion,
                                          dwCallbackInstance, dwPrivileges, dwMediaModes, lpCallParams);
}
LONG WINAPI lineOpenW(HLINEAPP hLineApp, DWORD dwDeviceID, LPHLINE lphLine, DWORD dwAPIVersion,
                      DWORD dwExtVersion, DWORD_PTR dwCallbackInstance, DWORD dwPrivileges,
                      DWORD dwMediaModes, LPLINECALLPARAMS const lpCallParams) {
  return call<Fn::lineOpen>(hLineApp, dwDeviceID, lphLine, dwAPIVersion, dwExtVersion, dwCallbackInstance,
                            dwPrivileges, dwMediaModes, lpCallParams);
}
LONG WINAPI lineOpen(HLINEAPP hLineApp, DWORD dwDeviceID, LPHLINE lphLine, DWORD dwAPIVersion,
                     DWORD dwExtVersion, DWORD_PTR dwCallbackInstance, DWORD dwPrivileges, DWORD dwMediaModes,
                     LPLINECALLPARAMS const lpCallParams) {
  return lineOpenA(hLineApp, dwDeviceID, lphLine, dwAPIVersion, dwExtVersion, dwCallbackInstance,
                   dwPrivileges, dwMediaModes, lpCallParams);
}

LONG WINAPI lineSetAppSpecific(HCALL hCall, DWORD dwAppSpecific) {
  return call<Fn::lineSetAppSpecific>(hCall, dwAppSpecific);
}

LONG WINAPI lineSetCallPrivilege(HCALL hCall, DWORD dwCallPrivilege) {
  return call<Fn::lineSetCallPrivilege>(hCall, dwCallPrivilege);
}

LONG WINAPI lineSetCurrentLocation(HLINEAPP hLineApp, DWORD dwLocation) {
  return call_standalone<Fn::lineSetCurrentLocation>(hLineApp, dwLocation);
}

LONG WINAPI lineSetDevConfigA(DWORD dwDeviceID, LPVOID const lpDeviceConfig, DWORD dwSize,
                              LPCSTR lpszDeviceClass) {
  return call<Fn::lineSetDevConfig, Form::narrow>(dwDeviceID, bytes_in(lpDeviceConfig, dwSize),
                                                  lpszDeviceClass);
}
LONG WINAPI lineSetDevConfigW(DWORD dwDeviceID, LPVOID const lpDeviceConfig, DWORD dwSize,
                              LPCWSTR lpszDeviceClass) {
  return call<Fn::lineSetDevConfig>(dwDeviceID, bytes_in(lpDeviceConfig, dwSize), lpszDeviceClass);
}
LONG WINAPI lineSetDevConfig(DWORD dwDeviceID, LPVOID const lpDeviceConfig, DWORD dwSize,
                             LPCSTR lpszDeviceClass) {
  return lineSetDevConfigA(dwDeviceID, lpDeviceConfig, dwSize, lpszDeviceClass);
}

LONG WINAPI lineSetNumRings(HLINE hLine, DWORD dwAddressID, DWORD dwNumRings) {
  return call<Fn::lineSetNumRings>(hLine, dwAddressID, dwNumRings);
}

LONG WINAPI lineSetStatusMessages(HLINE hLine, DWORD dwLineStates, DWORD dwAddressStates) {
  return call<Fn::lineSetStatusMessages>(hLine, dwLineStates, dwAddressStates);
}

LONG WINAPI lineSetTollListA(HLINEAPP hLineApp, DWORD dwDeviceID, LPCSTR lpszAddressIn,
                             DWORD dwTollListOption) {
  return call_standalone<Fn::lineSetTollList, Form::narrow>(hLineApp, dwDeviceID, lpszAddressIn, dwTollListOption);
}
LONG WINAPI lineSetTollListW(HLINEAPP hLineApp, DWORD dwDeviceID, LPCWSTR lpszAddressIn,
                             DWORD dwTollListOption) {
  return call_standalone<Fn::lineSetTollList>(hLineApp, dwDeviceID, lpszAddressIn, dwTollListOption);
}
LONG WINAPI lineSetTollList(HLINEAPP hLineApp, DWORD dwDeviceID, LPCSTR lpszAddressIn,
                            DWORD dwTollListOption) {
  return lineSetTollListA(hLineApp, dwDeviceID, lpszAddressIn, dwTollListOption);
}

LONG WINAPI lineTranslateAddressA(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
                                  LPCSTR lpszAddressIn, DWORD dwCard, DWORD dwTranslateOptions,
                                  LPLINETRANSLATEOUTPUT lpTranslateOutput) {
  return call_standalone<Fn::lineTranslateAddress, Form::narrow>(
      hLineApp, dwDeviceID, dwAPIVersion, lpszAddressIn, dwCard, dwTranslateOptions, lpTranslateOutput);
}
LONG WINAPI lineTranslateAddressW(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
                                  LPCWSTR lpszAddressIn, DWORD dwCard, DWORD dwTranslateOptions,
                                  LPLINETRANSLATEOUTPUT lpTranslateOutput) {
  return call_standalone<Fn::lineTranslateAddress>(hLineApp, dwDeviceID, dwAPIVersion, lpszAddressIn, dwCard,
                                                   dwTranslateOptions, lpTranslateOutput);
}
LONG WINAPI lineTranslateAddress(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
                                 LPCSTR lpszAddressIn, DWORD dwCard, DWORD dwTranslateOptions,
                                 LPLINETRANSLATEOUTPUT lpTranslateOutput) {
  return lineTranslateAddressA(hLineApp, dwDeviceID, dwAPIVersion, lpszAddressIn, dwCard, dwTranslateOptions,
                               lpTranslateOutput);
}

} // extern "C"
