// SPDX-License-Identifier: Apache-2.0
// The phone functions.
#include "tapi32/call.hpp"

using namespace tl::tapi32;
using tl::wire::Fn;

extern "C" {

LONG WINAPI phoneGetButtonInfoA(HPHONE hPhone, DWORD dwButtonLampID, LPPHONEBUTTONINFO lpButtonInfo) {
  return call<Fn::phoneGetButtonInfo, Form::narrow>(hPhone, dwButtonLampID, lpButtonInfo);
}
LONG WINAPI phoneGetButtonInfoW(HPHONE hPhone, DWORD dwButtonLampID, LPPHONEBUTTONINFO lpButtonInfo) {
  return call<Fn::phoneGetButtonInfo>(hPhone, dwButtonLampID, lpButtonInfo);
}
LONG WINAPI phoneGetButtonInfo(HPHONE hPhone, DWORD dwButtonLampID, LPPHONEBUTTONINFO lpButtonInfo) {
  return phoneGetButtonInfoA(hPhone, dwButtonLampID, lpButtonInfo);
}

LONG WINAPI phoneGetData(HPHONE hPhone, DWORD dwDataID, LPVOID lpData, DWORD dwSize) {
  return call<Fn::phoneGetData>(hPhone, dwDataID, bytes_out(lpData, dwSize));
}

LONG WINAPI phoneGetDevCapsA(HPHONEAPP hPhoneApp, DWORD dwDeviceID, DWORD dwAPIVersion, DWORD dwExtVersion,
                             LPPHONECAPS lpPhoneCaps) {
  return call<Fn::phoneGetDevCaps, Form::narrow>(hPhoneApp, dwDeviceID, dwAPIVersion, dwExtVersion,
                                                 lpPhoneCaps);
}
LONG WINAPI phoneGetDevCapsW(HPHONEAPP hPhoneApp, DWORD dwDeviceID, DWORD dwAPIVersion, DWORD dwExtVersion,
                             LPPHONECAPS lpPhoneCaps) {
  return call<Fn::phoneGetDevCaps>(hPhoneApp, dwDeviceID, dwAPIVersion, dwExtVersion, lpPhoneCaps);
}
LONG WINAPI phoneGetDevCaps(HPHONEAPP hPhoneApp, DWORD dwDeviceID, DWORD dwAPIVersion, DWORD dwExtVersion,
                            LPPHONECAPS lpPhoneCaps) {
  return phoneGetDevCapsA(hPhoneApp, dwDeviceID, dwAPIVersion, dwExtVersion, lpPhoneCaps);
}

LONG WINAPI phoneGetDisplay(HPHONE hPhone, LPVARSTRING lpDisplay) {
  return call<Fn::phoneGetDisplay>(hPhone, lpDisplay);
}

LONG WINAPI phoneGetGain(HPHONE hPhone, DWORD dwHookSwitchDev, LPDWORD lpdwGain) {
  return call<Fn::phoneGetGain>(hPhone, dwHookSwitchDev, lpdwGain);
}

LONG WINAPI phoneGetHookSwitch(HPHONE hPhone, LPDWORD lpdwHookSwitchDevs) {
  return call<Fn::phoneGetHookSwitch>(hPhone, lpdwHookSwitchDevs);
}

LONG WINAPI phoneGetIDA(HPHONE hPhone, LPVARSTRING lpDeviceID, LPCSTR lpszDeviceClass) {
  return call<Fn::phoneGetID, Form::narrow>(hPhone, lpDeviceID, lpszDeviceClass);
}
LONG WINAPI phoneGetIDW(HPHONE hPhone, LPVARSTRING lpDeviceID, LPCWSTR lpszDeviceClass) {
  return call<Fn::phoneGetID>(hPhone, lpDeviceID, lpszDeviceClass);
}
LONG WINAPI phoneGetID(HPHONE hPhone, LPVARSTRING lpDeviceID, LPCSTR lpszDeviceClass) {
  return phoneGetIDA(hPhone, lpDeviceID, lpszDeviceClass);
}

LONG WINAPI phoneGetLamp(HPHONE hPhone, DWORD dwButtonLampID, LPDWORD lpdwLampMode) {
  return call<Fn::phoneGetLamp>(hPhone, dwButtonLampID, lpdwLampMode);
}

LONG WINAPI phoneGetRing(HPHONE hPhone, LPDWORD lpdwRingMode, LPDWORD lpdwVolume) {
  return call<Fn::phoneGetRing>(hPhone, lpdwRingMode, lpdwVolume);
}

LONG WINAPI phoneGetStatusA(HPHONE hPhone, LPPHONESTATUS lpPhoneStatus) {
  return call<Fn::phoneGetStatus, Form::narrow>(hPhone, lpPhoneStatus);
}
LONG WINAPI phoneGetStatusW(HPHONE hPhone, LPPHONESTATUS lpPhoneStatus) {
  return call<Fn::phoneGetStatus>(hPhone, lpPhoneStatus);
}
LONG WINAPI phoneGetStatus(HPHONE hPhone, LPPHONESTATUS lpPhoneStatus) {
  return phoneGetStatusA(hPhone, lpPhoneStatus);
}

LONG WINAPI phoneGetStatusMessages(HPHONE hPhone, LPDWORD lpdwPhoneStates, LPDWORD lpdwButtonModes,
                                   LPDWORD lpdwButtonStates) {
  return call<Fn::phoneGetStatusMessages>(hPhone, lpdwPhoneStates, lpdwButtonModes, lpdwButtonStates);
}

LONG WINAPI phoneGetVolume(HPHONE hPhone, DWORD dwHookSwitchDev, LPDWORD lpdwVolume) {
  return call<Fn::phoneGetVolume>(hPhone, dwHookSwitchDev, lpdwVolume);
}

LONG WINAPI phoneNegotiateAPIVersion(HPHONEAPP hPhoneApp, DWORD dwDeviceID, DWORD dwAPILowVersion,
                                     DWORD dwAPIHighVersion, LPDWORD lpdwAPIVersion,
                                     LPPHONEEXTENSIONID lpExtensionID) {
  return call<Fn::phoneNegotiateAPIVersion>(hPhoneApp, dwDeviceID, dwAPILowVersion, dwAPIHighVersion,
                                            lpdwAPIVersion, bytes_out(lpExtensionID, sizeof *lpExtensionID));
}

LONG WINAPI phoneOpen(HPHONEAPP hPhoneApp, DWORD dwDeviceID, LPHPHONE lphPhone, DWORD dwAPIVersion,
                      DWORD dwExtVersion, DWORD_PTR dwCallbackInstance, DWORD dwPrivilege) {
  return call<Fn::phoneOpen>(hPhoneApp, dwDeviceID, lphPhone, dwAPIVersion, dwExtVersion, dwCallbackInstance,
                             dwPrivilege);
}

LONG WINAPI phoneSetButtonInfoA(HPHONE hPhone, DWORD dwButtonLampID, LPPHONEBUTTONINFO const lpButtonInfo) {
  return call<Fn::phoneSetButtonInfo, Form::narrow>(hPhone, dwButtonLampID, lpButtonInfo);
}
LONG WINAPI phoneSetButtonInfoW(HPHONE hPhone, DWORD dwButtonLampID, LPPHONEBUTTONINFO const lpButtonInfo) {
  return call<Fn::phoneSetButtonInfo>(hPhone, dwButtonLampID, lpButtonInfo);
}
LONG WINAPI phoneSetButtonInfo(HPHONE hPhone, DWORD dwButtonLampID, LPPHONEBUTTONINFO const lpButtonInfo) {
  return phoneSetButtonInfoA(hPhone, dwButtonLampID, lpButtonInfo);
}

LONG WINAPI phoneSetData(HPHONE hPhone, DWORD dwDataID, LPVOID const lpData, DWORD dwSize) {
  return call<Fn::phoneSetData>(hPhone, dwDataID, bytes_in(lpData, dwSize));
}

LONG WINAPI phoneSetDisplay(HPHONE hPhone, DWORD dwRow, DWORD dwColumn, LPCSTR lpsDisplay, DWORD dwSize) {
  return call<Fn::phoneSetDisplay>(hPhone, dwRow, dwColumn, bytes_in(lpsDisplay, dwSize));
}

LONG WINAPI phoneSetGain(HPHONE hPhone, DWORD dwHookSwitchDev, DWORD dwGain) {
  return call<Fn::phoneSetGain>(hPhone, dwHookSwitchDev, dwGain);
}

LONG WINAPI phoneSetHookSwitch(HPHONE hPhone, DWORD dwHookSwitchDevs, DWORD dwHookSwitchMode) {
  return call<Fn::phoneSetHookSwitch>(hPhone, dwHookSwitchDevs, dwHookSwitchMode);
}

LONG WINAPI phoneSetLamp(HPHONE hPhone, DWORD dwButtonLampID, DWORD dwLampMode) {
  return call<Fn::phoneSetLamp>(hPhone, dwButtonLampID, dwLampMode);
}

LONG WINAPI phoneSetRing(HPHONE hPhone, DWORD dwRingMode, DWORD dwVolume) {
  return call<Fn::phoneSetRing>(hPhone, dwRingMode, dwVolume);
}

LONG WINAPI phoneSetStatusMessages(HPHONE hPhone, DWORD dwPhoneStates, DWORD dwButtonModes,
                                   DWORD dwButtonStates) {
  return call<Fn::phoneSetStatusMessages>(hPhone, dwPhoneStates, dwButtonModes, dwButtonStates);
}

LONG WINAPI phoneSetVolume(HPHONE hPhone, DWORD dwHookSwitchDev, DWORD dwVolume) {
  return call<Fn::phoneSetVolume>(hPhone, dwHookSwitchDev, dwVolume);
}

LONG WINAPI phoneDevSpecific(HPHONE hPhone, LPVOID lpParams, DWORD dwSize) {
  return call<Fn::phoneDevSpecific>(hPhone, bytes_inout(lpParams, dwSize));
}

LONG WINAPI phoneNegotiateExtVersion(HPHONEAPP hPhoneApp, DWORD dwDeviceID, DWORD dwAPIVersion,
                                     DWORD dwExtLowVersion, DWORD dwExtHighVersion, LPDWORD lpdwExtVersion) {
  return call<Fn::phoneNegotiateExtVersion>(hPhoneApp, dwDeviceID, dwAPIVersion, dwExtLowVersion,
                                            dwExtHighVersion, lpdwExtVersion);
}

} // extern "C"
