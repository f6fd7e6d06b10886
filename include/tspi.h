// SPDX-License-Identifier: Apache-2.0
#ifndef TSPI_H
#define TSPI_H

/* clang-format off */

/*
 * The Telephony Service Provider Interface: what a service provider (a shared object with the suffix .tsp)
 * offers to the telephony server, and what the server offers to it. Constants and structures are shared with
 * tapi.h; its introduction explains the notation. A function's documentation page is nf-tspi- and its name in
 * lower case.
 *
 * A provider defines the functions it supports and leaves out the others; the server resolves them by name.
 * "Mandatory" marks the basic level of service that every provider of lines is documented to offer. Define
 * them in C, or in C++ after including this header, which gives them C linkage and default visibility.
 *
 * Handles go in pairs. The server's name for an object (HTAPILINE, HTAPICALL, ...) is what the provider puts
 * into events; the provider's own name for it (HDRVLINE, HDRVCALL, ...) is what the server hands to
 * functions. Both are opaque to the other side. Handles, structures and device ids reach the provider
 * checked.
 *
 * Results. A synchronous function returns 0 or a negative error. An asynchronous one takes a request id first
 * and returns either a negative error, after which nothing follows, or that request id; then the provider
 * calls its ASYNC_COMPLETION exactly once with the id and the result, during the function or after it.
 * Handles that the function returns (lphdCall and their like) must be set before it returns.
 *
 * Threads. The server may call from several threads at once unless the provider returned
 * LINETSPIOPTION_NONREENTRANT. The provider may call LINEEVENT, PHONEEVENT and ASYNC_COMPLETION from any
 * thread; they take note and return without calling back into the provider. It must hold none of its locks
 * meanwhile.
 */

#include "tapi.h"

#ifdef __cplusplus
extern "C" {
#endif

#ifndef TSPIAPI
#define TSPIAPI WINAPI
#endif

/* ---- Handles and callbacks ----------------------------------------------------------------------------- */

#ifndef DECLARE_OPAQUE
#define DECLARE_OPAQUE(name) typedef const struct name##__ *name
#endif

/* The provider's names for things. */
DECLARE_OPAQUE(HDRVLINE);
DECLARE_OPAQUE(HDRVCALL);
DECLARE_OPAQUE(HDRVPHONE);
DECLARE_OPAQUE(HDRVMSPLINE);
DECLARE_OPAQUE(HDRVDIALOGINSTANCE);

typedef HDRVLINE *LPHDRVLINE;
typedef HDRVCALL *LPHDRVCALL;
typedef HDRVPHONE *LPHDRVPHONE;
typedef HDRVMSPLINE *LPHDRVMSPLINE;
typedef HDRVDIALOGINSTANCE *LPHDRVDIALOGINSTANCE;

/* The server's names for things. */
DECLARE_OPAQUE(HTAPILINE);
DECLARE_OPAQUE(HTAPICALL);
DECLARE_OPAQUE(HTAPIPHONE);
DECLARE_OPAQUE32(HTAPIMSPLINE);
DECLARE_OPAQUE32(HTAPIDIALOGINSTANCE);
DECLARE_OPAQUE(HPROVIDER);

typedef HTAPILINE *LPHTAPILINE;
typedef HTAPICALL *LPHTAPICALL;
typedef HTAPIPHONE *LPHTAPIPHONE;
typedef HTAPIMSPLINE *LPHTAPIMSPLINE;
typedef HTAPIDIALOGINSTANCE *LPHTAPIDIALOGINSTANCE;
typedef HPROVIDER *LPHPROVIDER;

/* Names one asynchronous request; always positive. */
typedef DWORD DRV_REQUESTID;

/* Reports the result of an asynchronous request: 0 or a negative error. Given to TSPI_providerInit. */
typedef void(CALLBACK *ASYNC_COMPLETION)(DRV_REQUESTID dwRequestID, LONG lResult);

/* Reports an event on a line or a call (htCall 0 when it is about the line). Given to TSPI_lineOpen. */
typedef void(CALLBACK *LINEEVENT)(
    HTAPILINE htLine, HTAPICALL htCall, DWORD dwMsg, DWORD_PTR dwParam1, DWORD_PTR dwParam2,
    DWORD_PTR dwParam3);

/* Reports an event on a phone. Given to TSPI_phoneOpen. */
typedef void(CALLBACK *PHONEEVENT)(
    HTAPIPHONE htPhone, DWORD dwMsg, DWORD_PTR dwParam1, DWORD_PTR dwParam2, DWORD_PTR dwParam3);

/* Carries a request from the user interface library to the provider (TSPI_providerGenericDialogData). */
typedef LONG(CALLBACK *TUISPIDLLCALLBACK)(
    DWORD_PTR dwObjectID, DWORD dwObjectType, LPVOID lpParams, DWORD dwSize);

/* ---- Messages from the provider that applications do not see ------------------------------------------- */

#define TSPI_MESSAGE_BASE 500

#define LINE_NEWCALL                (TSPI_MESSAGE_BASE + 0) /* provider reports a call TAPI did not
                                                             * originate */
#define LINE_CALLDEVSPECIFIC        (TSPI_MESSAGE_BASE + 1) /* device-specific event on a call */
#define LINE_CALLDEVSPECIFICFEATURE (TSPI_MESSAGE_BASE + 2) /* device-specific feature event on a call */
#define LINE_CREATEDIALOGINSTANCE   (TSPI_MESSAGE_BASE + 3) /* provider wants a dialog in the application
                                                             * process */
#define LINE_SENDDIALOGINSTANCEDATA (TSPI_MESSAGE_BASE + 4) /* provider sends data to its dialog */
#define LINE_SENDMSPDATA            (TSPI_MESSAGE_BASE + 5) /* provider passes data to the MSP (3.0) */
#define LINE_QOSINFO                (TSPI_MESSAGE_BASE + 6) /* provider reports a QOS event (3.0) */

/* ---- Constants ----------------------------------------------------------------------------------------- */

/* LINECALLQOSINFO.dwKey: the characters LQSK, first one highest. */
#define LINEQOSSTRUCT_KEY ((DWORD)0x4C51534B)

/* Options that TSPI_providerInit returns [linetspioption--constants] (2.0) */
#define LINETSPIOPTION_NONREENTRANT 0x00000001 /* TAPI must serialise all calls into this provider */

/* What dwObjectID names in the calls between user interface library and provider [tuispidll-object-] (2.0) */
#define TUISPIDLL_OBJECT_LINEID         0x00000001 /* dwObjectID is a line device id */
#define TUISPIDLL_OBJECT_PHONEID        0x00000002 /* dwObjectID is a phone device id */
#define TUISPIDLL_OBJECT_PROVIDERID     0x00000003 /* dwObjectID is a permanent provider id */
#define TUISPIDLL_OBJECT_DIALOGINSTANCE 0x00000004 /* dwObjectID is an HDRVDIALOGINSTANCE */

/* What a provider-specific message or interface belongs to (3.0) */
#define PRIVATEOBJECT_NONE    0x00000001 /* no private object */
#define PRIVATEOBJECT_CALLID  0x00000002 /* object belongs to a call id */
#define PRIVATEOBJECT_LINE    0x00000003 /* object belongs to a line */
#define PRIVATEOBJECT_CALL    0x00000004 /* object belongs to a call */
#define PRIVATEOBJECT_PHONE   0x00000005 /* object belongs to a phone */
#define PRIVATEOBJECT_ADDRESS 0x00000006 /* object belongs to an address */

/* LINECALLQOSINFO.dwQOSRequestType [lineqosrequesttype--constants] (3.0) */
#define LINEQOSREQUESTTYPE_SERVICELEVEL 0x00000001 /* request is for a service level */

/* LINEQOSSERVICELEVEL.dwQOSServiceLevel [lineqosservicelevel--constants] (3.0) */
#define LINEQOSSERVICELEVEL_NEEDED      0x00000001 /* level is required */
#define LINEQOSSERVICELEVEL_IFAVAILABLE 0x00000002 /* level wanted if available */
#define LINEQOSSERVICELEVEL_BESTEFFORT  0x00000003 /* best effort is enough */

/* Detail of LINE_QOSINFO [lineeqosinfo--constants] (3.0) */
#define LINEEQOSINFO_NOQOS            0x00000001 /* QoS not available */
#define LINEEQOSINFO_ADMISSIONFAILURE 0x00000002 /* request could not be admitted */
#define LINEEQOSINFO_POLICYFAILURE    0x00000003 /* kind of QoS not allowed */
#define LINEEQOSINFO_GENERICERROR     0x00000004 /* unspecified QoS error */

/* ---- Structures ---------------------------------------------------------------------------------------- */

/* Parameters of LINE_CREATEDIALOGINSTANCE [since 2.0; filled by: TSP / TAPI] */
typedef struct tuispicreatedialoginstanceparams_tag {
  DRV_REQUESTID dwRequestID;     /* asynchronous request on whose behalf the dialog runs */
  HDRVDIALOGINSTANCE hdDlgInst;  /* provider handle of the dialog */
  HTAPIDIALOGINSTANCE htDlgInst; /* answer: TAPI handle of the dialog */
  LPCWSTR lpszUIDLLName;         /* UI DLL file name (UTF-16) */
  LPVOID lpParams;               /* parameter block for TUISPI_providerGenericDialog */
  DWORD dwSize;                  /* bytes of lpParams */
} TUISPICREATEDIALOGINSTANCEPARAMS, *LPTUISPICREATEDIALOGINSTANCEPARAMS;

/* QoS wish for a media mode [since 3.0; filled by: TAPI / TSP] */
typedef struct LINEQOSSERVICELEVEL_tag {
  DWORD dwMediaMode;       /* LINEMEDIAMODE_ / media type */
  DWORD dwQOSServiceLevel; /* LINEQOSSERVICELEVEL_ */
} LINEQOSSERVICELEVEL, *LPLINEQOSSERVICELEVEL;

/* QoS request block [since 3.0; filled by: TAPI / TSP] */
typedef struct LINECALLQOSINFO_tag {
  DWORD dwKey;            /* LINEQOSSTRUCT_KEY ('LQSK') */
  DWORD dwTotalSize;      /* bytes allocated, set by the caller */
  DWORD dwQOSRequestType; /* LINEQOSREQUESTTYPE_ */
  __extension__ union {
    struct {
      DWORD dwNumServiceLevelEntries;           /* entries */
      LINEQOSSERVICELEVEL LineQOSServiceLevel[1]; /* array of LINEQOSSERVICELEVEL */
    } SetQOSServiceLevel;
  };
} LINECALLQOSINFO, *LPLINECALLQOSINFO;

/* Protocols of a line: LINEDEVCAPS.ProtocolGuid (3.0). On Windows they are in the library uuid. */
#ifdef _WIN32
EXTERN_C const CLSID TAPIPROTOCOL_PSTN;
EXTERN_C const CLSID TAPIPROTOCOL_H323;
EXTERN_C const CLSID TAPIPROTOCOL_Multicast;
#else
__attribute__((unused)) static const CLSID TAPIPROTOCOL_PSTN = {
    0x831CE2D6, 0x83B5, 0x11D1, {0xBB, 0x5C, 0x00, 0xC0, 0x4F, 0xB6, 0x80, 0x9F}};
__attribute__((unused)) static const CLSID TAPIPROTOCOL_H323 = {
    0x831CE2D7, 0x83B5, 0x11D1, {0xBB, 0x5C, 0x00, 0xC0, 0x4F, 0xB6, 0x80, 0x9F}};
__attribute__((unused)) static const CLSID TAPIPROTOCOL_Multicast = {
    0x831CE2D8, 0x83B5, 0x11D1, {0xBB, 0x5C, 0x00, 0xC0, 0x4F, 0xB6, 0x80, 0x9F}};
#endif

TRUNKLINE_EXPORTS_BEGIN

/* ---- Lines and calls ----------------------------------------------------------------------------------- */

/* Accept an offered call; alerting starts; asynchronous */
LONG TSPIAPI TSPI_lineAccept(
    DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR lpsUserUserInfo, DWORD dwSize);

/* Join a consultation (or other) call to a conference; asynchronous */
LONG TSPIAPI TSPI_lineAddToConference(DRV_REQUESTID dwRequestID, HDRVCALL hdConfCall, HDRVCALL hdConsultCall);

/* Answer an offering call; asynchronous; mandatory */
LONG TSPIAPI TSPI_lineAnswer(
    DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR lpsUserUserInfo, DWORD dwSize);

/* One-step transfer; asynchronous */
LONG TSPIAPI TSPI_lineBlindTransfer(
    DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCWSTR lpszDestAddress, DWORD dwCountryCode);

/* Close the line device; mandatory */
LONG TSPIAPI TSPI_lineClose(HDRVLINE hdLine);

/* Forget a call handle; mandatory */
LONG TSPIAPI TSPI_lineCloseCall(HDRVCALL hdCall);

/* Request camp-on / call-back / intrude / message; asynchronous */
LONG TSPIAPI TSPI_lineCompleteCall(
    DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPDWORD lpdwCompletionID, DWORD dwCompletionMode,
    DWORD dwMessageID);

/* Finish a transfer as transfer or conference; asynchronous */
LONG TSPIAPI TSPI_lineCompleteTransfer(
    DRV_REQUESTID dwRequestID, HDRVCALL hdCall, HDRVCALL hdConsultCall, HTAPICALL htConfCall,
    LPHDRVCALL lphdConfCall, DWORD dwTransferMode);

/* Say whether the line would accept these media modes and call parameters */
LONG TSPIAPI TSPI_lineConditionalMediaDetection(
    HDRVLINE hdLine, DWORD dwMediaModes, LPLINECALLPARAMS const lpCallParams);

/* Carry out a provider-defined request; asynchronous */
LONG TSPIAPI TSPI_lineDevSpecific(
    DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD dwAddressID, HDRVCALL hdCall, LPVOID lpParams,
    DWORD dwSize);

/* Carry out a provider-defined feature; asynchronous */
LONG TSPIAPI TSPI_lineDevSpecificFeature(
    DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD dwFeature, LPVOID lpParams, DWORD dwSize);

/* Dial on an existing call; asynchronous; mandatory */
LONG TSPIAPI TSPI_lineDial(
    DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCWSTR lpszDestAddress, DWORD dwCountryCode);

/* Release a call; asynchronous; mandatory */
LONG TSPIAPI TSPI_lineDrop(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR lpsUserUserInfo, DWORD dwSize);

/* Formerly: drop a call because its sole owner closed the line; obsolete */
LONG TSPIAPI TSPI_lineDropOnClose(HDRVCALL hdCall);

/* Formerly: drop a call nobody owns; obsolete */
LONG TSPIAPI TSPI_lineDropNoOwner(HDRVCALL hdCall);

/* Replace forwarding settings; asynchronous */
LONG TSPIAPI TSPI_lineForward(
    DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD bAllAddresses, DWORD dwAddressID,
    LPLINEFORWARDLIST const lpForwardList, DWORD dwNumRingsNoAnswer, HTAPICALL htConsultCall,
    LPHDRVCALL lphdConsultCall, LPLINECALLPARAMS const lpCallParams);

/* Collect digits; ends with LINE_GATHERDIGITS */
LONG TSPIAPI TSPI_lineGatherDigits(
    HDRVCALL hdCall, DWORD dwEndToEndID, DWORD dwDigitModes, LPWSTR lpsDigits, DWORD dwNumDigits,
    LPCWSTR lpszTerminationDigits, DWORD dwFirstDigitTimeout, DWORD dwInterDigitTimeout);

/* Send in-band digits; ends with LINE_GENERATE */
LONG TSPIAPI TSPI_lineGenerateDigits(
    HDRVCALL hdCall, DWORD dwEndToEndID, DWORD dwDigitMode, LPCWSTR lpszDigits, DWORD dwDuration);

/* Send an in-band tone; ends with LINE_GENERATE */
LONG TSPIAPI TSPI_lineGenerateTone(
    HDRVCALL hdCall, DWORD dwEndToEndID, DWORD dwToneMode, DWORD dwDuration, DWORD dwNumTones,
    LPLINEGENERATETONE const lpTones);

/* Fill LINEADDRESSCAPS; mandatory */
LONG TSPIAPI TSPI_lineGetAddressCaps(
    DWORD dwDeviceID, DWORD dwAddressID, DWORD dwTSPIVersion, DWORD dwExtVersion,
    LPLINEADDRESSCAPS lpAddressCaps);

/* Find the address id of an address text; mandatory */
LONG TSPIAPI TSPI_lineGetAddressID(
    HDRVLINE hdLine, LPDWORD lpdwAddressID, DWORD dwAddressMode, LPCWSTR lpsAddress, DWORD dwSize);

/* Fill LINEADDRESSSTATUS; mandatory */
LONG TSPIAPI TSPI_lineGetAddressStatus(
    HDRVLINE hdLine, DWORD dwAddressID, LPLINEADDRESSSTATUS lpAddressStatus);

/* Report the address id of a call; mandatory */
LONG TSPIAPI TSPI_lineGetCallAddressID(HDRVCALL hdCall, LPDWORD lpdwAddressID);

/* Read the call hub tracking capability / setting (3.0) */
LONG TSPIAPI TSPI_lineGetCallHubTracking(HDRVLINE hdLine, LPLINECALLHUBTRACKINGINFO lpTrackingInfo);

/* Report address id, call id and related call id of a call (3.0) */
LONG TSPIAPI TSPI_lineGetCallIDs(
    HDRVCALL hdCall, LPDWORD lpdwAddressID, LPDWORD lpdwCallID, LPDWORD lpdwRelatedCallID);

/* Fill LINECALLINFO; mandatory */
LONG TSPIAPI TSPI_lineGetCallInfo(HDRVCALL hdCall, LPLINECALLINFO lpCallInfo);

/* Fill LINECALLSTATUS; mandatory */
LONG TSPIAPI TSPI_lineGetCallStatus(HDRVCALL hdCall, LPLINECALLSTATUS lpCallStatus);

/* Fill LINEDEVCAPS; mandatory */
LONG TSPIAPI TSPI_lineGetDevCaps(
    DWORD dwDeviceID, DWORD dwTSPIVersion, DWORD dwExtVersion, LPLINEDEVCAPS lpLineDevCaps);

/* Fetch a configuration blob; mandatory */
LONG TSPIAPI TSPI_lineGetDevConfig(DWORD dwDeviceID, LPVARSTRING lpDeviceConfig, LPCWSTR lpszDeviceClass);

/* Report the extension id */
LONG TSPIAPI TSPI_lineGetExtensionID(DWORD dwDeviceID, DWORD dwTSPIVersion, LPLINEEXTENSIONID lpExtensionID);

/* Report the provider's icon for a line; mandatory */
LONG TSPIAPI TSPI_lineGetIcon(DWORD dwDeviceID, LPCWSTR lpszDeviceClass, LPHICON lphIcon);

/* Report the id of an associated media device; mandatory */
LONG TSPIAPI TSPI_lineGetID(
    HDRVLINE hdLine, DWORD dwAddressID, HDRVCALL hdCall, DWORD dwSelect, LPVARSTRING lpDeviceID,
    LPCWSTR lpszDeviceClass, HANDLE hTargetProcess);

/* Fill LINEDEVSTATUS; mandatory */
LONG TSPIAPI TSPI_lineGetLineDevStatus(HDRVLINE hdLine, LPLINEDEVSTATUS lpLineDevStatus);

/* Report the number of addresses of an open line; mandatory */
LONG TSPIAPI TSPI_lineGetNumAddressIDs(HDRVLINE hdLine, LPDWORD lpdwNumAddressIDs);

/* Put a call on hard hold; asynchronous */
LONG TSPIAPI TSPI_lineHold(DRV_REQUESTID dwRequestID, HDRVCALL hdCall);

/* Place a call; asynchronous; mandatory */
LONG TSPIAPI TSPI_lineMakeCall(
    DRV_REQUESTID dwRequestID, HDRVLINE hdLine, HTAPICALL htCall, LPHDRVCALL lphdCall,
    LPCWSTR lpszDestAddress, DWORD dwCountryCode, LPLINECALLPARAMS const lpCallParams);

/* Switch digit detection on or off; events follow */
LONG TSPIAPI TSPI_lineMonitorDigits(HDRVCALL hdCall, DWORD dwDigitModes);

/* Switch media detection on or off; events follow */
LONG TSPIAPI TSPI_lineMonitorMedia(HDRVCALL hdCall, DWORD dwMediaModes);

/* Switch tone detection on or off; events follow */
LONG TSPIAPI TSPI_lineMonitorTones(
    HDRVCALL hdCall, DWORD dwToneListID, LPLINEMONITORTONE const lpToneList, DWORD dwNumEntries);

/* Choose an extension version */
LONG TSPIAPI TSPI_lineNegotiateExtVersion(
    DWORD dwDeviceID, DWORD dwTSPIVersion, DWORD dwLowVersion, DWORD dwHighVersion, LPDWORD lpdwExtVersion);

/* Choose the TSPI version for a line, or for the provider with INITIALIZE_NEGOTIATION; mandatory */
LONG TSPIAPI TSPI_lineNegotiateTSPIVersion(
    DWORD dwDeviceID, DWORD dwLowVersion, DWORD dwHighVersion, LPDWORD lpdwTSPIVersion);

/* Open the device; exchange handles; take the event procedure; mandatory */
LONG TSPIAPI TSPI_lineOpen(
    DWORD dwDeviceID, HTAPILINE htLine, LPHDRVLINE lphdLine, DWORD dwTSPIVersion, LINEEVENT lpfnEventProc);

/* Park a call; asynchronous */
LONG TSPIAPI TSPI_linePark(
    DRV_REQUESTID dwRequestID, HDRVCALL hdCall, DWORD dwParkMode, LPCWSTR lpszDirAddress,
    LPVARSTRING lpNonDirAddress);

/* Pick up a call; asynchronous */
LONG TSPIAPI TSPI_linePickup(
    DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD dwAddressID, HTAPICALL htCall, LPHDRVCALL lphdCall,
    LPCWSTR lpszDestAddress, LPCWSTR lpszGroupID);

/* Hold the conference and create a consultation call; asynchronous */
LONG TSPIAPI TSPI_linePrepareAddToConference(
    DRV_REQUESTID dwRequestID, HDRVCALL hdConfCall, HTAPICALL htConsultCall, LPHDRVCALL lphdConsultCall,
    LPLINECALLPARAMS const lpCallParams);

/* Deflect an offering call; asynchronous */
LONG TSPIAPI TSPI_lineRedirect(
    DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCWSTR lpszDestAddress, DWORD dwCountryCode);

/* Allow the user-user info of a call to be overwritten; asynchronous */
LONG TSPIAPI TSPI_lineReleaseUserUserInfo(DRV_REQUESTID dwRequestID, HDRVCALL hdCall);

/* Remove a member from its conference; asynchronous */
LONG TSPIAPI TSPI_lineRemoveFromConference(DRV_REQUESTID dwRequestID, HDRVCALL hdCall);

/* Protect a call from interruption; asynchronous */
LONG TSPIAPI TSPI_lineSecureCall(DRV_REQUESTID dwRequestID, HDRVCALL hdCall);

/* Fix the extension version on an open line */
LONG TSPIAPI TSPI_lineSelectExtVersion(HDRVLINE hdLine, DWORD dwExtVersion);

/* Send user-user info; asynchronous */
LONG TSPIAPI TSPI_lineSendUserUserInfo(
    DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPCSTR lpsUserUserInfo, DWORD dwSize);

/* Store dwAppSpecific; mandatory */
LONG TSPIAPI TSPI_lineSetAppSpecific(HDRVCALL hdCall, DWORD dwAppSpecific);

/* Store call data; asynchronous */
LONG TSPIAPI TSPI_lineSetCallData(
    DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPVOID lpCallData, DWORD dwSize);

/* Set call hub tracking (3.0) */
LONG TSPIAPI TSPI_lineSetCallHubTracking(HDRVLINE hdLine, LPLINECALLHUBTRACKINGINFO lpTrackingInfo);

/* Change bearer mode, rate, dial parameters; asynchronous */
LONG TSPIAPI TSPI_lineSetCallParams(
    DRV_REQUESTID dwRequestID, HDRVCALL hdCall, DWORD dwBearerMode, DWORD dwMinRate, DWORD dwMaxRate,
    LPLINEDIALPARAMS const lpDialParams);

/* Ask for a quality of service; asynchronous */
LONG TSPIAPI TSPI_lineSetCallQualityOfService(
    DRV_REQUESTID dwRequestID, HDRVCALL hdCall, LPVOID lpSendingFlowspec, DWORD dwSendingFlowspecSize,
    LPVOID lpReceivingFlowspec, DWORD dwReceivingFlowspecSize);

/* Choose the treatment a caller hears; asynchronous */
LONG TSPIAPI TSPI_lineSetCallTreatment(DRV_REQUESTID dwRequestID, HDRVCALL hdCall, DWORD dwTreatment);

/* Formerly: dialling location changed; obsolete */
LONG TSPIAPI TSPI_lineSetCurrentLocation(DWORD dwLocation);

/* Say which media modes new inbound calls are examined for; mandatory */
LONG TSPIAPI TSPI_lineSetDefaultMediaDetection(HDRVLINE hdLine, DWORD dwMediaModes);

/* Apply a configuration blob; mandatory */
LONG TSPIAPI TSPI_lineSetDevConfig(
    DWORD dwDeviceID, LPVOID const lpDeviceConfig, DWORD dwSize, LPCWSTR lpszDeviceClass);

/* Set device status bits; asynchronous */
LONG TSPIAPI TSPI_lineSetLineDevStatus(
    DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD dwStatusToChange, DWORD fStatus);

/* Install media control rules; events follow */
LONG TSPIAPI TSPI_lineSetMediaControl(
    HDRVLINE hdLine, DWORD dwAddressID, HDRVCALL hdCall, DWORD dwSelect,
    LPLINEMEDIACONTROLDIGIT const lpDigitList, DWORD dwDigitNumEntries,
    LPLINEMEDIACONTROLMEDIA const lpMediaList, DWORD dwMediaNumEntries,
    LPLINEMEDIACONTROLTONE const lpToneList, DWORD dwToneNumEntries,
    LPLINEMEDIACONTROLCALLSTATE const lpCallStateList, DWORD dwCallStateNumEntries);

/* Change the media mode of a call */
LONG TSPIAPI TSPI_lineSetMediaMode(HDRVCALL hdCall, DWORD dwMediaMode);

/* Say which status messages are wanted; mandatory */
LONG TSPIAPI TSPI_lineSetStatusMessages(HDRVLINE hdLine, DWORD dwLineStates, DWORD dwAddressStates);

/* Route low-level events and media to terminals; asynchronous */
LONG TSPIAPI TSPI_lineSetTerminal(
    DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD dwAddressID, HDRVCALL hdCall, DWORD dwSelect,
    DWORD dwTerminalModes, DWORD dwTerminalID, DWORD bEnable);

/* Create conference and consultation call; asynchronous */
LONG TSPIAPI TSPI_lineSetupConference(
    DRV_REQUESTID dwRequestID, HDRVCALL hdCall, HDRVLINE hdLine, HTAPICALL htConfCall,
    LPHDRVCALL lphdConfCall, HTAPICALL htConsultCall, LPHDRVCALL lphdConsultCall, DWORD dwNumParties,
    LPLINECALLPARAMS const lpCallParams);

/* Hold and create consultation call; asynchronous */
LONG TSPIAPI TSPI_lineSetupTransfer(
    DRV_REQUESTID dwRequestID, HDRVCALL hdCall, HTAPICALL htConsultCall, LPHDRVCALL lphdConsultCall,
    LPLINECALLPARAMS const lpCallParams);

/* Swap the active and the held call; asynchronous */
LONG TSPIAPI TSPI_lineSwapHold(DRV_REQUESTID dwRequestID, HDRVCALL hdActiveCall, HDRVCALL hdHeldCall);

/* Cancel a completion request; asynchronous */
LONG TSPIAPI TSPI_lineUncompleteCall(DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD dwCompletionID);

/* Bring a held call back; asynchronous */
LONG TSPIAPI TSPI_lineUnhold(DRV_REQUESTID dwRequestID, HDRVCALL hdCall);

/* Retrieve a parked call; asynchronous */
LONG TSPIAPI TSPI_lineUnpark(
    DRV_REQUESTID dwRequestID, HDRVLINE hdLine, DWORD dwAddressID, HTAPICALL htCall, LPHDRVCALL lphdCall,
    LPCWSTR lpszDestAddress);

/* Formerly: show the settings dialog for a line; obsolete */
LONG TSPIAPI TSPI_lineConfigDialog(DWORD dwDeviceID, HWND hwndOwner, LPCWSTR lpszDeviceClass);

/* Formerly: edit a configuration blob inside the provider; obsolete */
LONG TSPIAPI TSPI_lineConfigDialogEdit(
    DWORD dwDeviceID, HWND hwndOwner, LPCWSTR lpszDeviceClass, LPVOID const lpDeviceConfigIn, DWORD dwSize,
    LPVARSTRING lpDeviceConfigOut);

/* ---- Phones -------------------------------------------------------------------------------------------- */

/* Close the phone */
LONG TSPIAPI TSPI_phoneClose(HDRVPHONE hdPhone);

/* Carry out a provider-defined request; asynchronous */
LONG TSPIAPI TSPI_phoneDevSpecific(
    DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, LPVOID lpParams, DWORD dwSize);

/* Read a button */
LONG TSPIAPI TSPI_phoneGetButtonInfo(HDRVPHONE hdPhone, DWORD dwButtonLampID, LPPHONEBUTTONINFO lpButtonInfo);

/* Upload data */
LONG TSPIAPI TSPI_phoneGetData(HDRVPHONE hdPhone, DWORD dwDataID, LPVOID lpData, DWORD dwSize);

/* Fill PHONECAPS */
LONG TSPIAPI TSPI_phoneGetDevCaps(
    DWORD dwDeviceID, DWORD dwTSPIVersion, DWORD dwExtVersion, LPPHONECAPS lpPhoneCaps);

/* Read the display */
LONG TSPIAPI TSPI_phoneGetDisplay(HDRVPHONE hdPhone, LPVARSTRING lpDisplay);

/* Report the extension id */
LONG TSPIAPI TSPI_phoneGetExtensionID(
    DWORD dwDeviceID, DWORD dwTSPIVersion, LPPHONEEXTENSIONID lpExtensionID);

/* Read gain */
LONG TSPIAPI TSPI_phoneGetGain(HDRVPHONE hdPhone, DWORD dwHookSwitchDev, LPDWORD lpdwGain);

/* Read hookswitches */
LONG TSPIAPI TSPI_phoneGetHookSwitch(HDRVPHONE hdPhone, LPDWORD lpdwHookSwitchDevs);

/* Report the provider's icon for a phone */
LONG TSPIAPI TSPI_phoneGetIcon(DWORD dwDeviceID, LPCWSTR lpszDeviceClass, LPHICON lphIcon);

/* Report the id of an associated media device */
LONG TSPIAPI TSPI_phoneGetID(
    HDRVPHONE hdPhone, LPVARSTRING lpDeviceID, LPCWSTR lpszDeviceClass, HANDLE hTargetProcess);

/* Read a lamp */
LONG TSPIAPI TSPI_phoneGetLamp(HDRVPHONE hdPhone, DWORD dwButtonLampID, LPDWORD lpdwLampMode);

/* Read ring mode and volume */
LONG TSPIAPI TSPI_phoneGetRing(HDRVPHONE hdPhone, LPDWORD lpdwRingMode, LPDWORD lpdwVolume);

/* Fill PHONESTATUS */
LONG TSPIAPI TSPI_phoneGetStatus(HDRVPHONE hdPhone, LPPHONESTATUS lpPhoneStatus);

/* Read volume */
LONG TSPIAPI TSPI_phoneGetVolume(HDRVPHONE hdPhone, DWORD dwHookSwitchDev, LPDWORD lpdwVolume);

/* Choose an extension version */
LONG TSPIAPI TSPI_phoneNegotiateExtVersion(
    DWORD dwDeviceID, DWORD dwTSPIVersion, DWORD dwLowVersion, DWORD dwHighVersion, LPDWORD lpdwExtVersion);

/* Choose the TSPI version for a phone; mandatory with phones */
LONG TSPIAPI TSPI_phoneNegotiateTSPIVersion(
    DWORD dwDeviceID, DWORD dwLowVersion, DWORD dwHighVersion, LPDWORD lpdwTSPIVersion);

/* Open the phone */
LONG TSPIAPI TSPI_phoneOpen(
    DWORD dwDeviceID, HTAPIPHONE htPhone, LPHDRVPHONE lphdPhone, DWORD dwTSPIVersion,
    PHONEEVENT lpfnEventProc);

/* Fix the extension version */
LONG TSPIAPI TSPI_phoneSelectExtVersion(HDRVPHONE hdPhone, DWORD dwExtVersion);

/* Write a button; asynchronous */
LONG TSPIAPI TSPI_phoneSetButtonInfo(
    DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwButtonLampID, LPPHONEBUTTONINFO const lpButtonInfo);

/* Download data; asynchronous */
LONG TSPIAPI TSPI_phoneSetData(
    DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwDataID, LPVOID const lpData, DWORD dwSize);

/* Write the display; asynchronous */
LONG TSPIAPI TSPI_phoneSetDisplay(
    DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwRow, DWORD dwColumn, LPCWSTR lpsDisplay,
    DWORD dwSize);

/* Set gain; asynchronous */
LONG TSPIAPI TSPI_phoneSetGain(
    DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwHookSwitchDev, DWORD dwGain);

/* Set hookswitches; asynchronous */
LONG TSPIAPI TSPI_phoneSetHookSwitch(
    DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwHookSwitchDevs, DWORD dwHookSwitchMode);

/* Set a lamp; asynchronous */
LONG TSPIAPI TSPI_phoneSetLamp(
    DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwButtonLampID, DWORD dwLampMode);

/* Set ringing; asynchronous */
LONG TSPIAPI TSPI_phoneSetRing(
    DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwRingMode, DWORD dwVolume);

/* Say which phone messages are wanted */
LONG TSPIAPI TSPI_phoneSetStatusMessages(
    HDRVPHONE hdPhone, DWORD dwPhoneStates, DWORD dwButtonModes, DWORD dwButtonStates);

/* Set volume; asynchronous */
LONG TSPIAPI TSPI_phoneSetVolume(
    DRV_REQUESTID dwRequestID, HDRVPHONE hdPhone, DWORD dwHookSwitchDev, DWORD dwVolume);

/* Formerly: show the settings dialog for a phone; obsolete */
LONG TSPIAPI TSPI_phoneConfigDialog(DWORD dwDeviceID, HWND hwndOwner, LPCWSTR lpszDeviceClass);

/* ---- Life of a provider -------------------------------------------------------------------------------- */

/* Formerly: configuration dialog; obsolete */
LONG TSPIAPI TSPI_providerConfig(HWND hwndOwner, DWORD dwPermanentProviderID);

/* Take the device id of a line that the provider created at run time */
LONG TSPIAPI TSPI_providerCreateLineDevice(DWORD_PTR dwTempID, DWORD dwDeviceID);

/* Take the device id of a phone that the provider created at run time */
LONG TSPIAPI TSPI_providerCreatePhoneDevice(DWORD_PTR dwTempID, DWORD dwDeviceID);

/* Report the number of lines and phones; learn the procedures that create more; mandatory */
LONG TSPIAPI TSPI_providerEnumDevices(
    DWORD dwPermanentProviderID, LPDWORD lpdwNumLines, LPDWORD lpdwNumPhones, HPROVIDER hProvider,
    LINEEVENT lpfnLineCreateProc, PHONEEVENT lpfnPhoneCreateProc);

/* Start: ids, device counts, completion procedure, options; mandatory */
LONG TSPIAPI TSPI_providerInit(
    DWORD dwTSPIVersion, DWORD dwPermanentProviderID, DWORD dwLineDeviceIDBase, DWORD dwPhoneDeviceIDBase,
    DWORD_PTR dwNumLines, DWORD_PTR dwNumPhones, ASYNC_COMPLETION lpfnCompletionProc,
    LPDWORD lpdwTSPIOptions);

/* Formerly: install dialog; obsolete */
LONG TSPIAPI TSPI_providerInstall(HWND hwndOwner, DWORD dwPermanentProviderID);

/* Formerly: remove dialog; obsolete */
LONG TSPIAPI TSPI_providerRemove(HWND hwndOwner, DWORD dwPermanentProviderID);

/* Stop: after the return no code of the provider may run; mandatory */
LONG TSPIAPI TSPI_providerShutdown(DWORD dwTSPIVersion, DWORD dwPermanentProviderID);

/* ---- User interface: the provider's side --------------------------------------------------------------- */

/* Learn that a dialog is gone */
LONG TSPIAPI TSPI_providerFreeDialogInstance(HDRVDIALOGINSTANCE hdDlgInst);

/* Take data from the user interface library */
LONG TSPIAPI TSPI_providerGenericDialogData(
    DWORD_PTR dwObjectID, DWORD dwObjectType, LPVOID lpParams, DWORD dwSize);

/* Report the file name of the user interface library */
LONG TSPIAPI TSPI_providerUIIdentify(LPWSTR lpszUIDLLName);

/* ---- Media service provider: the provider's half of the virtual connection ----------------------------- */

/* Report the class id of the media service provider of a line (3.0) */
LONG TSPIAPI TSPI_lineMSPIdentify(DWORD dwDeviceID, GUID *pCLSID);

/* Create the MSP peer of an address (3.0) */
LONG TSPIAPI TSPI_lineCreateMSPInstance(
    HDRVLINE hdLine, DWORD dwAddressID, HTAPIMSPLINE htMSPLine, LPHDRVMSPLINE lphdMSPLine);

/* Close an MSP peer (3.0) */
LONG TSPIAPI TSPI_lineCloseMSPInstance(HDRVMSPLINE hdMSPLine);

/* Take data from the media service provider (3.0) */
LONG TSPIAPI TSPI_lineReceiveMSPData(
    HDRVLINE hdLine, HDRVCALL hdCall, HDRVMSPLINE hdMSPLine, LPVOID pBuffer, DWORD dwSize);

/* ---- User interface library, in the application's process ---------------------------------------------- */

/* Show the settings dialog for a line */
LONG TSPIAPI TUISPI_lineConfigDialog(
    TUISPIDLLCALLBACK lpfnUIDLLCallback, DWORD dwDeviceID, HWND hwndOwner, LPCWSTR lpszDeviceClass);

/* Edit a configuration blob */
LONG TSPIAPI TUISPI_lineConfigDialogEdit(
    TUISPIDLLCALLBACK lpfnUIDLLCallback, DWORD dwDeviceID, HWND hwndOwner, LPCWSTR lpszDeviceClass,
    LPVOID const lpDeviceConfigIn, DWORD dwSize, LPVARSTRING lpDeviceConfigOut);

/* Show the settings dialog for a phone */
LONG TSPIAPI TUISPI_phoneConfigDialog(
    TUISPIDLLCALLBACK lpfnUIDLLCallback, DWORD dwDeviceID, HWND hwndOwner, LPCWSTR lpszDeviceClass);

/* Configure the provider */
LONG TSPIAPI TUISPI_providerConfig(
    TUISPIDLLCALLBACK lpfnUIDLLCallback, HWND hwndOwner, DWORD dwPermanentProviderID);

/* Run a dialog that the provider started */
LONG TSPIAPI TUISPI_providerGenericDialog(
    TUISPIDLLCALLBACK lpfnUIDLLCallback, HTAPIDIALOGINSTANCE htDlgInst, LPVOID lpParams, DWORD dwSize,
    HANDLE hEvent);

/* Take data from the provider */
LONG TSPIAPI TUISPI_providerGenericDialogData(HTAPIDIALOGINSTANCE htDlgInst, LPVOID lpParams, DWORD dwSize);

/* Install the provider */
LONG TSPIAPI TUISPI_providerInstall(
    TUISPIDLLCALLBACK lpfnUIDLLCallback, HWND hwndOwner, DWORD dwPermanentProviderID);

/* Remove the provider */
LONG TSPIAPI TUISPI_providerRemove(
    TUISPIDLLCALLBACK lpfnUIDLLCallback, HWND hwndOwner, DWORD dwPermanentProviderID);

TRUNKLINE_EXPORTS_END

#ifdef __cplusplus
}
#endif

#endif
