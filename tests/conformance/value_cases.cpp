// SPDX-License-Identifier: Apache-2.0
// Numbers and texts that are not among those a function's page allows, by the parameter's name.
#include <set>

#include "function_cases.hpp"

namespace conformance {
namespace {

struct Wrong {
  std::string_view parameter;
  std::uint32_t value;
  const char* error;          // without prefix
  std::string_view only = {}; // this function alone
};

// All values are beyond what TAPI 2.2 defines, or out of the range that the page gives.
constexpr Wrong wrong_numbers[] = {
    {"dwDeviceID", 0x00FFFFFF, "BADDEVICEID"},
    {"dwAddressID", 0x7777, "INVALADDRESSID"},
    {"dwAPIVersion", 0x00000001, "INCOMPATIBLEAPIVERSION"},
    {"dwAPIVersion", 0x00090000, "INCOMPATIBLEAPIVERSION"},
    {"dwAppAPIVersion", 0x00000001, "INCOMPATIBLEAPIVERSION"},
    {"dwExtVersion", 0x00012345, "INCOMPATIBLEEXTVERSION"},
    {"dwAPILowVersion", 0x00070000, "INCOMPATIBLEAPIVERSION"},
    {"dwSelect", 0x80, "INVALCALLSELECT"},
    {"dwSelect", 0, "INVALCALLSELECT"},
    {"dwMediaModes", 0, "INVALMEDIAMODE", "lineSetMediaMode"},
    {"dwMediaModes", LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_G3FAX, "INVALMEDIAMODE",
     "lineSetMediaMode"},
    {"dwMediaModes", 1, "INVALMEDIAMODE", "lineMonitorMedia"},
    {"dwMediaMode", LINEMEDIAMODE_INTERACTIVEVOICE | LINEMEDIAMODE_G3FAX, "INVALMEDIAMODE", "lineHandoff"},
    {"dwDigitModes", 0x100, "INVALDIGITMODE"},
    {"dwDigitMode", 0x100, "INVALDIGITMODE"},
    {"dwDigitMode", LINEDIGITMODE_PULSE | LINEDIGITMODE_DTMF, "INVALDIGITMODE"},
    {"dwNumDigits", 0, "INVALPARAM", "lineGatherDigits"},
    {"dwToneMode", 0x100, "INVALTONEMODE"},
    {"dwToneMode", LINETONEMODE_BEEP | LINETONEMODE_BUSY, "INVALTONEMODE"},
    {"dwParkMode", 0x10, "INVALPARKMODE"},
    {"dwTransferMode", 0x10, "INVALTRANSFERMODE"},
    {"dwCompletionMode", 0x100, "INVALCALLCOMPLMODE"},
    {"dwMessageID", 0x7777, "INVALMESSAGEID"},
    {"dwAddressMode", 0x10, "INVALADDRESSMODE"},
    {"dwCallPrivilege", 0x10, "INVALCALLPRIVILEGE"},
    {"dwCallPrivilege", 0, "INVALCALLPRIVILEGE"},
    {"dwPrivileges", 0x40, "INVALPRIVSELECT"},
    {"dwPrivileges", 0, "INVALPRIVSELECT"},
    {"dwPrivileges", LINECALLPRIVILEGE_NONE | LINECALLPRIVILEGE_OWNER, "INVALPRIVSELECT"},
    {"dwPrivilege", 0x10, "INVALPRIVILEGE"},
    {"dwRequestMode", 0x100, "INVALREQUESTMODE"},
    {"dwBearerMode", 0x40000000, "INVALBEARERMODE"},
    {"dwMinRate", 0x7FFFFFFF, "INVALRATE"},
    {"dwLocation", 0x7777, "INVALLOCATION"},
    {"dwCard", 0x7777, "INVALCARD"},
    {"dwPriority", 7, "INVALPARAM"},
    {"dwTollListOption", 0x100, "INVALPARAM"},
    {"dwLineStates", 0x80000000, "INVALLINESTATE"},
    {"dwAddressStates", 0x80000000, "INVALADDRESSSTATE"},
    {"dwStatusToChange", 0x100, "INVALPARAM"},
    {"dwTerminalID", 0x7777, "INVALTERMINALID"},
    {"dwTerminalModes", 0x80000000, "INVALTERMINALMODE"},
    {"dwCompletionID", 0x7777, "INVALCOMPLETIONID"},
    {"dwHookSwitchDev", 0x10, "INVALHOOKSWITCHDEV"},
    {"dwHookSwitchDev", 0, "INVALHOOKSWITCHDEV"},
    {"dwHookSwitchDev", PHONEHOOKSWITCHDEV_HANDSET | PHONEHOOKSWITCHDEV_SPEAKER, "INVALHOOKSWITCHDEV"},
    {"dwHookSwitchDevs", 0x10, "INVALHOOKSWITCHDEV"},
    {"dwHookSwitchMode", 0x10, "INVALHOOKSWITCHMODE"},
    {"dwLampMode", 0x80000000, "INVALLAMPMODE"},
    {"dwRingMode", 0x7777, "INVALRINGMODE"},
    {"dwButtonLampID", 0x7777, "INVALBUTTONLAMPID"},
    {"dwDataID", 0x7777, "INVALDATAID"},
    {"dwButtonModes", 0x80000000, "INVALBUTTONMODE"},
    {"dwButtonStates", 0x80000000, "INVALBUTTONSTATE"},
    {"dwRow", 0x7777, "INVALPARAM"},
    {"dwMeasurementPeriod", 0, "INVALPARAM"},
    {"dwAgentState", 0x3, "INVALAGENTSTATE"},
    {"dwAgentSessionState", 0x3, "INVALAGENTSTATE"},
    {"dwTreatment", 0x4444, "INVALPARAM"},
    {"dwMsg", LINE_REPLY, "INVALPARAM", "lineProxyMessage"},
    {"dwTranslateOptions", 0x80000000, "INVALPARAM"},
    {"dwCountryID", 0x7777, "INVALPARAM"},
    {"dwPermanentProviderID", 0x7777, "INVALPARAM"},
    {"bEnable", 1, "INVALREQUESTMODE", "-"},
};

struct WrongText {
  std::string_view parameter;
  const char* text;
  std::vector<std::string> errors;
  std::string_view only = {};
};

const std::vector<WrongText>& wrong_texts() {
  static const std::vector<WrongText> all = {
      {"lpszDeviceClass", "no/such/class", {"INVALDEVICECLASS"}},
      {"lpszTerminationDigits", "xyz", {"INVALDIGITS"}},
      {"lpszGroupID", "no such group", {"INVALGROUPID"}},
      {"lpszFileName", "no-such-program.exe", {"TARGETNOTFOUND"}},
  };
  return all;
}

void number_case(std::vector<Case>& out, const Function& function, const Wrong& wrong) {
  // These take the highest version that the program knows, which may be any.
  static const std::set<std::string_view> any_higher = {"lineGetCountry", "lineGetProviderList",
                                                        "lineGetTranslateCaps", "lineTranslateAddress",
                                                        "lineTranslateDialog"};
  if (wrong.parameter == "dwAPIVersion" && wrong.value > version_2_2 && any_higher.contains(function.name))
    return;
  const bool bearer = wrong.parameter == "dwBearerMode";
  const auto errors =
      bearer ? documented(function, {wrong.error, "BEARERMODEUNAVAIL"}) : documented(function, {wrong.error});
  if (errors.empty()) return;
  char value[16];
  std::snprintf(value, sizeof value, "0x%X", wrong.value);
  out.push_back(function_case(
      function, std::string{wrong.parameter} + " " + value,
      [&function, wrong, errors](World& world) {
        Invocation call{world, function, forms_of(function).front()};
        call.make_count(wrong.parameter);
        call.set(wrong.parameter, wrong.value);
        expect_error(world, function, call.result(), errors);
      },
      function.name));
}

} // namespace

void value_cases(std::vector<Case>& out, const Function& function) {
  for (const Parameter& parameter : function.parameters) {
    for (const Wrong& wrong : wrong_numbers)
      if (wrong.parameter == parameter.name && parameter.type == "DWORD" &&
          (wrong.only.empty() || wrong.only == function.name))
        number_case(out, function, wrong);
    for (const WrongText& wrong : wrong_texts()) {
      if (wrong.parameter != parameter.name) continue;
      const auto errors = documented(function, wrong.errors);
      if (errors.empty()) continue;
      for (const Form form : forms_of(function))
        out.push_back(function_case(
            function, symbol_name(function, form) + " with " + parameter.name + " \"" + wrong.text + "\"",
            [&function, &parameter, &wrong, errors, form](World& world) {
              Invocation call{world, function, form};
              call.set_text(parameter.name, wrong.text);
              expect_error(world, function, call.result(), errors);
            },
            function.name));
    }
  }
}

} // namespace conformance
