// SPDX-License-Identifier: Apache-2.0
#include "arguments.hpp"

#include "tapi.h"

namespace conformance {
namespace {

struct Number {
  std::string_view function; // empty: every one
  std::string_view name;
  std::uint32_t value;
};

constexpr std::uint32_t voice = LINEMEDIAMODE_INTERACTIVEVOICE;
constexpr std::uint32_t timeout_ms = 5'000;

// The first that fits counts.
constexpr Number numbers[] = {
    {"", "dwAPIVersion", 0x00020002},
    {"", "dwAppAPIVersion", 0x00020002},
    {"lineNegotiateAPIVersion", "dwAPILowVersion", 0x00010003},
    {"phoneNegotiateAPIVersion", "dwAPILowVersion", 0x00010003},
    {"", "dwAPIHighVersion", 0x00020002},
    {"lineSetAgentMeasurementPeriod", "dwMeasurementPeriod", 3600},
    {"lineSetQueueMeasurementPeriod", "dwMeasurementPeriod", 3600},
    {"lineSetAgentState", "dwAgentState", LINEAGENTSTATE_READY},
    {"lineSetAgentStateEx", "dwAgentState", LINEAGENTSTATEEX_READY},
    {"lineSetAgentSessionState", "dwAgentSessionState", LINEAGENTSESSIONSTATE_READY},
    {"lineCompleteCall", "dwCompletionMode", LINECALLCOMPLMODE_CALLBACK},
    {"lineCompleteTransfer", "dwTransferMode", LINETRANSFERMODE_TRANSFER},
    {"lineForward", "bAllAddresses", 1},
    {"", "dwDigitModes", LINEDIGITMODE_DTMF},
    {"", "dwDigitMode", LINEDIGITMODE_DTMF},
    {"lineGatherDigits", "dwNumDigits", 3},
    {"lineGatherDigits", "dwFirstDigitTimeout", timeout_ms},
    {"lineGatherDigits", "dwInterDigitTimeout", timeout_ms},
    {"lineGenerateTone", "dwToneMode", LINETONEMODE_BEEP},
    {"lineGenerateTone", "dwDuration", 50},
    {"lineGetAddressID", "dwAddressMode", LINEADDRESSMODE_DIALABLEADDR},
    {"", "dwMediaMode", voice},
    {"", "dwMediaModes", voice},
    {"lineSetMediaControl", "dwSelect", LINECALLSELECT_LINE},
    {"", "dwSelect", LINECALLSELECT_LINE},
    {"lineGetRequest", "dwRequestMode", LINEREQUESTMODE_MAKECALL},
    {"lineRegisterRequestRecipient", "dwRequestMode", LINEREQUESTMODE_MAKECALL},
    {"lineRegisterRequestRecipient", "bEnable", 1},
    {"lineOpen", "dwPrivileges", LINECALLPRIVILEGE_MONITOR},
    {"phoneOpen", "dwPrivilege", PHONEPRIVILEGE_MONITOR},
    {"linePark", "dwParkMode", LINEPARKMODE_NONDIRECTED},
    {"lineProxyMessage", "dwMsg", LINE_AGENTSTATUS},
    {"lineProxyMessage", "dwParam2", LINEAGENTSTATUS_STATE},
    {"lineProxyMessage", "dwParam3", LINEAGENTSTATE_READY},
    {"lineSetCallParams", "dwBearerMode", LINEBEARERMODE_VOICE},
    {"lineSetCallParams", "dwMaxRate", 64'000},
    {"lineSetCallPrivilege", "dwCallPrivilege", LINECALLPRIVILEGE_OWNER},
    {"lineSetCallTreatment", "dwTreatment", LINECALLTREATMENT_SILENCE},
    {"lineSetLineDevStatus", "dwStatusToChange", LINEDEVSTATUSFLAGS_MSGWAIT},
    {"lineSetLineDevStatus", "fStatus", 1},
    {"lineSetStatusMessages", "dwLineStates", LINEDEVSTATE_RINGING},
    {"lineSetStatusMessages", "dwAddressStates", LINEADDRESSSTATE_NUMCALLS},
    {"lineSetTerminal", "dwTerminalModes", LINETERMMODE_BUTTONS},
    {"lineSetTollList", "dwTollListOption", LINETOLLLISTOPTION_ADD},
    {"lineSetupConference", "dwNumParties", 3},
    {"lineSetNumRings", "dwNumRings", 4},
    {"lineSetAppPriority", "dwPriority", 1},
    {"lineUncompleteCall", "dwCompletionID", 1},
    {"", "dwHookSwitchDev", PHONEHOOKSWITCHDEV_HANDSET},
    {"", "dwHookSwitchDevs", PHONEHOOKSWITCHDEV_HANDSET},
    {"", "dwHookSwitchMode", PHONEHOOKSWITCHMODE_MICSPEAKER},
    {"", "dwLampMode", PHONELAMPMODE_STEADY},
    {"phoneSetRing", "dwRingMode", 1},
    {"", "dwVolume", 0x8000},
    {"", "dwGain", 0x8000},
    {"", "dwButtonLampID", 13},
    {"phoneSetStatusMessages", "dwPhoneStates", PHONESTATE_LAMP},
    {"phoneSetStatusMessages", "dwButtonModes", PHONEBUTTONMODE_CALL},
    {"phoneSetStatusMessages", "dwButtonStates", PHONEBUTTONSTATE_DOWN | PHONEBUTTONSTATE_UP},
};

} // namespace

std::uint32_t good_number(std::string_view function, std::string_view name) {
  for (const Number& each : numbers)
    if (each.name == name && (each.function.empty() || each.function == function)) return each.value;
  return 0;
}

std::optional<std::string> good_text(const Site& site, std::string_view function, std::string_view name) {
  if (name == "lpszDeviceClass") return function.front() == 'p' ? "tapi/phone" : "tapi/line";
  if (name.starts_with("lpszDestAddress")) {
    if (function == "linePickup") return std::nullopt;
    if (function == "lineBlindTransfer") return site.called;
    return site.answers;
  }
  if (name == "lpsAddress") return site.desk;
  if (name.starts_with("lpszAddressIn")) return "+1 (425) 5550100";
  if (name == "lpszAppFilename") return "conformance.exe";
  if (name == "lpszFriendlyAppName" || name == "lpszAppName") return "conformance";
  if (name == "lpszProviderFilename") return "no-such-provider.tsp";
  if (name == "lpszAgentID") return "conformance";
  if (name == "lpszDigits") return "1";
  if (name == "lpszCalledParty" || name == "lpszComment") return "text";
  return std::nullopt; // optional by its page
}

std::optional<std::string> good_bytes(const Site& site, std::string_view function, std::string_view name) {
  if (function == "lineDevSpecific" || function == "phoneDevSpecific") return site.dev_specific;
  if (name == "lpParams") return std::string(16, '\0');
  if (name == "lpCallData" || name == "lpData" || name.starts_with("lpDeviceConfig")) return "data";
  if (name == "lpsDisplay") return "Hello";
  if (function == "lineSendUserUserInfo") return "hello";
  return std::nullopt;
}

} // namespace conformance
