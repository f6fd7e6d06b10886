// SPDX-License-Identifier: Apache-2.0
// The supplementary line functions [supplementary-line-service-functions].
#include "tapi32/call.hpp"

using namespace tl::tapi32;
using tl::wire::Fn;

// The switch chooses the address of a non-directed park and tells it there; a directed one needs no memory.
static bool nowhere_to_tell(DWORD park_mode, LPVARSTRING address) {
  return park_mode == LINEPARKMODE_NONDIRECTED && !address;
}

extern "C" {

LONG WINAPI lineAccept(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize) {
  return call<Fn::lineAccept>(hCall, bytes_in(lpsUserUserInfo, dwSize));
}

LONG WINAPI lineAddToConference(HCALL hConfCall, HCALL hConsultCall) {
  return call<Fn::lineAddToConference>(hConfCall, hConsultCall);
}

LONG WINAPI lineBlindTransferA(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode) {
  return call<Fn::lineBlindTransfer, Form::narrow>(hCall, lpszDestAddress, dwCountryCode);
}
LONG WINAPI lineBlindTransferW(HCALL hCall, LPCWSTR lpszDestAddress, DWORD dwCountryCode) {
  return call<Fn::lineBlindTransfer>(hCall, lpszDestAddress, dwCountryCode);
}
LONG WINAPI lineBlindTransfer(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode) {
  return lineBlindTransferA(hCall, lpszDestAddress, dwCountryCode);
}

LONG WINAPI lineCompleteCall(HCALL hCall, LPDWORD lpdwCompletionID, DWORD dwCompletionMode,
                             DWORD dwMessageID) {
  return call<Fn::lineCompleteCall>(hCall, lpdwCompletionID, dwCompletionMode, dwMessageID);
}

LONG WINAPI lineCompleteTransfer(HCALL hCall, HCALL hConsultCall, LPHCALL lphConfCall, DWORD dwTransferMode) {
  return call<Fn::lineCompleteTransfer>(hCall, hConsultCall, Optional{lphConfCall}, dwTransferMode);
}

LONG WINAPI lineForwardA(HLINE hLine, DWORD bAllAddresses, DWORD dwAddressID,
                         LPLINEFORWARDLIST const lpForwardList, DWORD dwNumRingsNoAnswer,
                         LPHCALL lphConsultCall, LPLINECALLPARAMS const lpCallParams) {
  return call<Fn::lineForward, Form::narrow>(hLine, bAllAddresses, dwAddressID, lpForwardList,
                                             dwNumRingsNoAnswer, Optional{lphConsultCall}, lpCallParams);
}
LONG WINAPI lineForwardW(HLINE hLine, DWORD bAllAddresses, DWORD dwAddressID,
                         LPLINEFORWARDLIST const lpForwardList, DWORD dwNumRingsNoAnswer,
                         LPHCALL lphConsultCall, LPLINECALLPARAMS const lpCallParams) {
  return call<Fn::lineForward>(hLine, bAllAddresses, dwAddressID, lpForwardList, dwNumRingsNoAnswer,
                               Optional{lphConsultCall}, lpCallParams);
}
LONG WINAPI lineForward(HLINE hLine, DWORD bAllAddresses, DWORD dwAddressID,
                        LPLINEFORWARDLIST const lpForwardList, DWORD dwNumRingsNoAnswer,
                        LPHCALL lphConsultCall, LPLINECALLPARAMS const lpCallParams) {
  return lineForwardA(hLine, bAllAddresses, dwAddressID, lpForwardList, dwNumRingsNoAnswer, lphConsultCall,
                      lpCallParams);
}

LONG WINAPI lineGenerateDigitsA(HCALL hCall, DWORD dwDigitMode, LPCSTR lpszDigits, DWORD dwDuration) {
  return call<Fn::lineGenerateDigits, Form::narrow>(hCall, dwDigitMode, lpszDigits, dwDuration);
}
LONG WINAPI lineGenerateDigitsW(HCALL hCall, DWORD dwDigitMode, LPCWSTR lpszDigits, DWORD dwDuration) {
  return call<Fn::lineGenerateDigits>(hCall, dwDigitMode, lpszDigits, dwDuration);
}
LONG WINAPI lineGenerateDigits(HCALL hCall, DWORD dwDigitMode, LPCSTR lpszDigits, DWORD dwDuration) {
  return lineGenerateDigitsA(hCall, dwDigitMode, lpszDigits, dwDuration);
}

LONG WINAPI lineGenerateTone(HCALL hCall, DWORD dwToneMode, DWORD dwDuration, DWORD dwNumTones,
                             LPLINEGENERATETONE const lpTones) {
  return call<Fn::lineGenerateTone>(hCall, dwToneMode, dwDuration,
                                    bytes_in(lpTones, lpTones ? dwNumTones * sizeof *lpTones : 0));
}

LONG WINAPI lineGetAppPriorityA(LPCSTR lpszAppFilename, DWORD dwMediaMode, LPLINEEXTENSIONID lpExtensionID,
                                DWORD dwRequestMode, LPVARSTRING lpExtensionName, LPDWORD lpdwPriority) {
  return call_standalone<Fn::lineGetAppPriority, Form::narrow>(lpszAppFilename, dwMediaMode,
                                                               structure_in(lpExtensionID), dwRequestMode,
                                                               Optional{lpExtensionName}, lpdwPriority);
}
LONG WINAPI lineGetAppPriorityW(LPCWSTR lpszAppFilename, DWORD dwMediaMode, LPLINEEXTENSIONID lpExtensionID,
                                DWORD dwRequestMode, LPVARSTRING lpExtensionName, LPDWORD lpdwPriority) {
  return call_standalone<Fn::lineGetAppPriority>(lpszAppFilename, dwMediaMode, structure_in(lpExtensionID),
                                                 dwRequestMode, Optional{lpExtensionName}, lpdwPriority);
}
LONG WINAPI lineGetAppPriority(LPCSTR lpszAppFilename, DWORD dwMediaMode, LPLINEEXTENSIONID lpExtensionID,
                               DWORD dwRequestMode, LPVARSTRING lpExtensionName, LPDWORD lpdwPriority) {
  return lineGetAppPriorityA(lpszAppFilename, dwMediaMode, lpExtensionID, dwRequestMode, lpExtensionName,
                             lpdwPriority);
}

LONG WINAPI lineHold(HCALL hCall) {
  return call<Fn::lineHold>(hCall);
}

LONG WINAPI lineMonitorDigits(HCALL hCall, DWORD dwDigitModes) {
  return call<Fn::lineMonitorDigits>(hCall, dwDigitModes);
}

LONG WINAPI lineMonitorMedia(HCALL hCall, DWORD dwMediaModes) {
  return call<Fn::lineMonitorMedia>(hCall, dwMediaModes);
}

LONG WINAPI lineMonitorTones(HCALL hCall, LPLINEMONITORTONE const lpToneList, DWORD dwNumEntries) {
  return call<Fn::lineMonitorTones>(hCall,
                                    bytes_in(lpToneList, lpToneList ? dwNumEntries * sizeof *lpToneList : 0));
}

LONG WINAPI lineParkA(HCALL hCall, DWORD dwParkMode, LPCSTR lpszDirAddress, LPVARSTRING lpNonDirAddress) {
  if (nowhere_to_tell(dwParkMode, lpNonDirAddress)) return LINEERR_INVALPOINTER;
  return call<Fn::linePark, Form::narrow>(hCall, dwParkMode, lpszDirAddress, Optional{lpNonDirAddress});
}
LONG WINAPI lineParkW(HCALL hCall, DWORD dwParkMode, LPCWSTR lpszDirAddress, LPVARSTRING lpNonDirAddress) {
  if (nowhere_to_tell(dwParkMode, lpNonDirAddress)) return LINEERR_INVALPOINTER;
  return call<Fn::linePark>(hCall, dwParkMode, lpszDirAddress, Optional{lpNonDirAddress});
}
LONG WINAPI linePark(HCALL hCall, DWORD dwParkMode, LPCSTR lpszDirAddress, LPVARSTRING lpNonDirAddress) {
  return lineParkA(hCall, dwParkMode, lpszDirAddress, lpNonDirAddress);
}

LONG WINAPI linePickupA(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCSTR lpszDestAddress,
                        LPCSTR lpszGroupID) {
  return call<Fn::linePickup, Form::narrow>(hLine, dwAddressID, lphCall, lpszDestAddress, lpszGroupID);
}
LONG WINAPI linePickupW(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCWSTR lpszDestAddress,
                        LPCWSTR lpszGroupID) {
  return call<Fn::linePickup>(hLine, dwAddressID, lphCall, lpszDestAddress, lpszGroupID);
}
LONG WINAPI linePickup(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCSTR lpszDestAddress,
                       LPCSTR lpszGroupID) {
  return linePickupA(hLine, dwAddressID, lphCall, lpszDestAddress, lpszGroupID);
}

LONG WINAPI linePrepareAddToConferenceA(HCALL hConfCall, LPHCALL lphConsultCall,
                                        LPLINECALLPARAMS const lpCallParams) {
  return call<Fn::linePrepareAddToConference, Form::narrow>(hConfCall, lphConsultCall, lpCallParams);
}
LONG WINAPI linePrepareAddToConferenceW(HCALL hConfCall, LPHCALL lphConsultCall,
                                        LPLINECALLPARAMS const lpCallParams) {
  return call<Fn::linePrepareAddToConference>(hConfCall, lphConsultCall, lpCallParams);
}
LONG WINAPI linePrepareAddToConference(HCALL hConfCall, LPHCALL lphConsultCall,
                                       LPLINECALLPARAMS const lpCallParams) {
  return linePrepareAddToConferenceA(hConfCall, lphConsultCall, lpCallParams);
}

LONG WINAPI lineRedirectA(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode) {
  return call<Fn::lineRedirect, Form::narrow>(hCall, lpszDestAddress, dwCountryCode);
}
LONG WINAPI lineRedirectW(HCALL hCall, LPCWSTR lpszDestAddress, DWORD dwCountryCode) {
  return call<Fn::lineRedirect>(hCall, lpszDestAddress, dwCountryCode);
}
LONG WINAPI lineRedirect(HCALL hCall, LPCSTR lpszDestAddress, DWORD dwCountryCode) {
  return lineRedirectA(hCall, lpszDestAddress, dwCountryCode);
}

LONG WINAPI lineReleaseUserUserInfo(HCALL hCall) {
  return call<Fn::lineReleaseUserUserInfo>(hCall);
}

LONG WINAPI lineRemoveFromConference(HCALL hCall) {
  return call<Fn::lineRemoveFromConference>(hCall);
}

LONG WINAPI lineSecureCall(HCALL hCall) {
  return call<Fn::lineSecureCall>(hCall);
}

LONG WINAPI lineSendUserUserInfo(HCALL hCall, LPCSTR lpsUserUserInfo, DWORD dwSize) {
  return call<Fn::lineSendUserUserInfo>(hCall, bytes_in(lpsUserUserInfo, dwSize));
}

LONG WINAPI lineSetAppPriorityA(LPCSTR lpszAppFilename, DWORD dwMediaMode, LPLINEEXTENSIONID lpExtensionID,
                                DWORD dwRequestMode, LPCSTR lpszExtensionName, DWORD dwPriority) {
  return call_standalone<Fn::lineSetAppPriority, Form::narrow>(lpszAppFilename, dwMediaMode,
                                                               structure_in(lpExtensionID), dwRequestMode,
                                                               lpszExtensionName, dwPriority);
}
LONG WINAPI lineSetAppPriorityW(LPCWSTR lpszAppFilename, DWORD dwMediaMode, LPLINEEXTENSIONID lpExtensionID,
                                DWORD dwRequestMode, LPCWSTR lpszExtensionName, DWORD dwPriority) {
  return call_standalone<Fn::lineSetAppPriority>(lpszAppFilename, dwMediaMode, structure_in(lpExtensionID),
                                                 dwRequestMode, lpszExtensionName, dwPriority);
}
LONG WINAPI lineSetAppPriority(LPCSTR lpszAppFilename, DWORD dwMediaMode, LPLINEEXTENSIONID lpExtensionID,
                               DWORD dwRequestMode, LPCSTR lpszExtensionName, DWORD dwPriority) {
  return lineSetAppPriorityA(lpszAppFilename, dwMediaMode, lpExtensionID, dwRequestMode, lpszExtensionName,
                             dwPriority);
}

LONG WINAPI lineSetCallData(HCALL hCall, LPVOID lpCallData, DWORD dwSize) {
  return call<Fn::lineSetCallData>(hCall, bytes_in(lpCallData, dwSize));
}

LONG WINAPI lineSetCallParams(HCALL hCall, DWORD dwBearerMode, DWORD dwMinRate, DWORD dwMaxRate,
                              LPLINEDIALPARAMS const lpDialParams) {
  return call<Fn::lineSetCallParams>(hCall, dwBearerMode, dwMinRate, dwMaxRate, structure_in(lpDialParams));
}

LONG WINAPI lineSetCallQualityOfService(HCALL hCall, LPVOID lpSendingFlowspec, DWORD dwSendingFlowspecSize,
                                        LPVOID lpReceivingFlowspec, DWORD dwReceivingFlowspecSize) {
  return call<Fn::lineSetCallQualityOfService>(hCall, bytes_in(lpSendingFlowspec, dwSendingFlowspecSize),
                                               bytes_in(lpReceivingFlowspec, dwReceivingFlowspecSize));
}

LONG WINAPI lineSetCallTreatment(HCALL hCall, DWORD dwTreatment) {
  return call<Fn::lineSetCallTreatment>(hCall, dwTreatment);
}

LONG WINAPI lineSetLineDevStatus(HLINE hLine, DWORD dwStatusToChange, DWORD fStatus) {
  return call<Fn::lineSetLineDevStatus>(hLine, dwStatusToChange, fStatus);
}

LONG WINAPI lineSetMediaControl(HLINE hLine, DWORD dwAddressID, HCALL hCall, DWORD dwSelect,
                                LPLINEMEDIACONTROLDIGIT const lpDigitList, DWORD dwDigitNumEntries,
                                LPLINEMEDIACONTROLMEDIA const lpMediaList, DWORD dwMediaNumEntries,
                                LPLINEMEDIACONTROLTONE const lpToneList, DWORD dwToneNumEntries,
                                LPLINEMEDIACONTROLCALLSTATE const lpCallStateList,
                                DWORD dwCallStateNumEntries) {
  return call<Fn::lineSetMediaControl>(
      hLine, dwAddressID, hCall, dwSelect, bytes_in(lpDigitList, dwDigitNumEntries * sizeof *lpDigitList),
      bytes_in(lpMediaList, dwMediaNumEntries * sizeof *lpMediaList),
      bytes_in(lpToneList, dwToneNumEntries * sizeof *lpToneList),
      bytes_in(lpCallStateList, dwCallStateNumEntries * sizeof *lpCallStateList));
}

LONG WINAPI lineSetMediaMode(HCALL hCall, DWORD dwMediaModes) {
  return call<Fn::lineSetMediaMode>(hCall, dwMediaModes);
}

LONG WINAPI lineSetTerminal(HLINE hLine, DWORD dwAddressID, HCALL hCall, DWORD dwSelect,
                            DWORD dwTerminalModes, DWORD dwTerminalID, DWORD bEnable) {
  return call<Fn::lineSetTerminal>(hLine, dwAddressID, hCall, dwSelect, dwTerminalModes, dwTerminalID,
                                   bEnable);
}

LONG WINAPI lineSetupConferenceA(HCALL hCall, HLINE hLine, LPHCALL lphConfCall, LPHCALL lphConsultCall,
                                 DWORD dwNumParties, LPLINECALLPARAMS const lpCallParams) {
  return call<Fn::lineSetupConference, Form::narrow>(hCall, hLine, lphConfCall, lphConsultCall, dwNumParties,
                                                     lpCallParams);
}
LONG WINAPI lineSetupConferenceW(HCALL hCall, HLINE hLine, LPHCALL lphConfCall, LPHCALL lphConsultCall,
                                 DWORD dwNumParties, LPLINECALLPARAMS const lpCallParams) {
  return call<Fn::lineSetupConference>(hCall, hLine, lphConfCall, lphConsultCall, dwNumParties, lpCallParams);
}
LONG WINAPI lineSetupConference(HCALL hCall, HLINE hLine, LPHCALL lphConfCall, LPHCALL lphConsultCall,
                                DWORD dwNumParties, LPLINECALLPARAMS const lpCallParams) {
  return lineSetupConferenceA(hCall, hLine, lphConfCall, lphConsultCall, dwNumParties, lpCallParams);
}

LONG WINAPI lineSetupTransferA(HCALL hCall, LPHCALL lphConsultCall, LPLINECALLPARAMS const lpCallParams) {
  return call<Fn::lineSetupTransfer, Form::narrow>(hCall, lphConsultCall, lpCallParams);
}
LONG WINAPI lineSetupTransferW(HCALL hCall, LPHCALL lphConsultCall, LPLINECALLPARAMS const lpCallParams) {
  return call<Fn::lineSetupTransfer>(hCall, lphConsultCall, lpCallParams);
}
LONG WINAPI lineSetupTransfer(HCALL hCall, LPHCALL lphConsultCall, LPLINECALLPARAMS const lpCallParams) {
  return lineSetupTransferA(hCall, lphConsultCall, lpCallParams);
}

LONG WINAPI lineSwapHold(HCALL hActiveCall, HCALL hHeldCall) {
  return call<Fn::lineSwapHold>(hActiveCall, hHeldCall);
}

LONG WINAPI lineUncompleteCall(HLINE hLine, DWORD dwCompletionID) {
  return call<Fn::lineUncompleteCall>(hLine, dwCompletionID);
}

LONG WINAPI lineUnhold(HCALL hCall) {
  return call<Fn::lineUnhold>(hCall);
}

LONG WINAPI lineUnparkA(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCSTR lpszDestAddress) {
  return call<Fn::lineUnpark, Form::narrow>(hLine, dwAddressID, lphCall, lpszDestAddress);
}
LONG WINAPI lineUnparkW(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCWSTR lpszDestAddress) {
  return call<Fn::lineUnpark>(hLine, dwAddressID, lphCall, lpszDestAddress);
}
LONG WINAPI lineUnpark(HLINE hLine, DWORD dwAddressID, LPHCALL lphCall, LPCSTR lpszDestAddress) {
  return lineUnparkA(hLine, dwAddressID, lphCall, lpszDestAddress);
}

} // extern "C"
