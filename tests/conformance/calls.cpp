// SPDX-License-Identifier: Apache-2.0
// Every symbol of tapi.h. Its unsuffixed names are macros for one of the forms: here they mean themselves.
#define TAPI_NO_UNSUFFIXED_NAMES
#include "calls.hpp"

#include <string>
#include <type_traits>
#include <unordered_map>
#include <utility>

namespace conformance {
namespace {

template <class T> T argument(Value value) {
  if constexpr (std::is_pointer_v<T>)
    return reinterpret_cast<T>(static_cast<std::uintptr_t>(value));
  else
    return static_cast<T>(value);
}

template <auto function, class... A, std::size_t... I>
LONG call_with(LONG(WINAPI*)(A...), const Value* arguments, std::index_sequence<I...>) {
  return function(argument<A>(arguments[I])...);
}
template <class... A> constexpr int count(LONG(WINAPI*)(A...)) {
  return sizeof...(A);
}
template <class... A> constexpr auto indices(LONG(WINAPI*)(A...)) {
  return std::index_sequence_for<A...>{};
}

template <auto function> Symbol symbol(std::string_view name) {
  return {name,
          [](const Value* arguments) { return call_with<function>(function, arguments, indices(function)); },
          count(function)};
}

#define SYMBOL(name) symbol<&name>(#name)
#define AW(name) SYMBOL(name##A), SYMBOL(name##W)
#define AWP(name) AW(name), SYMBOL(name)

const Symbol symbols[] = {
    SYMBOL(lineAccept),
    AWP(lineAddProvider),
    SYMBOL(lineAddToConference),
    SYMBOL(lineAgentSpecific),
    SYMBOL(lineAnswer),
    AWP(lineBlindTransfer),
    SYMBOL(lineClose),
    SYMBOL(lineCompleteCall),
    SYMBOL(lineCompleteTransfer),
    AWP(lineConfigDialog),
    AWP(lineConfigDialogEdit),
    SYMBOL(lineConfigProvider),
    AW(lineCreateAgent),
    AW(lineCreateAgentSession),
    SYMBOL(lineDeallocateCall),
    SYMBOL(lineDevSpecific),
    SYMBOL(lineDevSpecificFeature),
    AWP(lineDial),
    SYMBOL(lineDrop),
    AWP(lineForward),
    AWP(lineGatherDigits),
    AWP(lineGenerateDigits),
    SYMBOL(lineGenerateTone),
    AWP(lineGetAddressCaps),
    AWP(lineGetAddressID),
    AWP(lineGetAddressStatus),
    AW(lineGetAgentActivityList),
    AW(lineGetAgentCaps),
    AW(lineGetAgentGroupList),
    SYMBOL(lineGetAgentInfo),
    SYMBOL(lineGetAgentSessionInfo),
    SYMBOL(lineGetAgentSessionList),
    AW(lineGetAgentStatus),
    AWP(lineGetAppPriority),
    AWP(lineGetCallInfo),
    SYMBOL(lineGetCallStatus),
    SYMBOL(lineGetConfRelatedCalls),
    AWP(lineGetCountry),
    AWP(lineGetDevCaps),
    AWP(lineGetDevConfig),
    AW(lineGetGroupList),
    AWP(lineGetID),
    AWP(lineGetIcon),
    AWP(lineGetLineDevStatus),
    SYMBOL(lineGetMessage),
    SYMBOL(lineGetNewCalls),
    SYMBOL(lineGetNumRings),
    AWP(lineGetProviderList),
    SYMBOL(lineGetProxyStatus),
    SYMBOL(lineGetQueueInfo),
    AW(lineGetQueueList),
    AWP(lineGetRequest),
    SYMBOL(lineGetStatusMessages),
    AWP(lineGetTranslateCaps),
    AWP(lineHandoff),
    SYMBOL(lineHold),
    SYMBOL(lineInitialize),
    AW(lineInitializeEx),
    AWP(lineMakeCall),
    SYMBOL(lineMonitorDigits),
    SYMBOL(lineMonitorMedia),
    SYMBOL(lineMonitorTones),
    SYMBOL(lineNegotiateAPIVersion),
    SYMBOL(lineNegotiateExtVersion),
    AWP(lineOpen),
    AWP(linePark),
    AWP(linePickup),
    AWP(linePrepareAddToConference),
    SYMBOL(lineProxyMessage),
    SYMBOL(lineProxyResponse),
    AWP(lineRedirect),
    SYMBOL(lineRegisterRequestRecipient),
    SYMBOL(lineReleaseUserUserInfo),
    SYMBOL(lineRemoveFromConference),
    SYMBOL(lineRemoveProvider),
    SYMBOL(lineSecureCall),
    SYMBOL(lineSendUserUserInfo),
    SYMBOL(lineSetAgentActivity),
    SYMBOL(lineSetAgentGroup),
    SYMBOL(lineSetAgentMeasurementPeriod),
    SYMBOL(lineSetAgentSessionState),
    SYMBOL(lineSetAgentState),
    SYMBOL(lineSetAgentStateEx),
    AWP(lineSetAppPriority),
    SYMBOL(lineSetAppSpecific),
    SYMBOL(lineSetCallData),
    SYMBOL(lineSetCallParams),
    SYMBOL(lineSetCallPrivilege),
    SYMBOL(lineSetCallQualityOfService),
    SYMBOL(lineSetCallTreatment),
    SYMBOL(lineSetCurrentLocation),
    AWP(lineSetDevConfig),
    SYMBOL(lineSetLineDevStatus),
    SYMBOL(lineSetMediaControl),
    SYMBOL(lineSetMediaMode),
    SYMBOL(lineSetNumRings),
    SYMBOL(lineSetQueueMeasurementPeriod),
    SYMBOL(lineSetStatusMessages),
    SYMBOL(lineSetTerminal),
    AWP(lineSetTollList),
    AWP(lineSetupConference),
    AWP(lineSetupTransfer),
    SYMBOL(lineShutdown),
    SYMBOL(lineSwapHold),
    AWP(lineTranslateAddress),
    AWP(lineTranslateDialog),
    SYMBOL(lineUncompleteCall),
    SYMBOL(lineUnhold),
    AWP(lineUnpark),
    SYMBOL(phoneClose),
    AWP(phoneConfigDialog),
    SYMBOL(phoneDevSpecific),
    AWP(phoneGetButtonInfo),
    SYMBOL(phoneGetData),
    AWP(phoneGetDevCaps),
    SYMBOL(phoneGetDisplay),
    SYMBOL(phoneGetGain),
    SYMBOL(phoneGetHookSwitch),
    AWP(phoneGetID),
    AWP(phoneGetIcon),
    SYMBOL(phoneGetLamp),
    SYMBOL(phoneGetMessage),
    SYMBOL(phoneGetRing),
    AWP(phoneGetStatus),
    SYMBOL(phoneGetStatusMessages),
    SYMBOL(phoneGetVolume),
    SYMBOL(phoneInitialize),
    AW(phoneInitializeEx),
    SYMBOL(phoneNegotiateAPIVersion),
    SYMBOL(phoneNegotiateExtVersion),
    SYMBOL(phoneOpen),
    AWP(phoneSetButtonInfo),
    SYMBOL(phoneSetData),
    SYMBOL(phoneSetDisplay),
    SYMBOL(phoneSetGain),
    SYMBOL(phoneSetHookSwitch),
    SYMBOL(phoneSetLamp),
    SYMBOL(phoneSetRing),
    SYMBOL(phoneSetStatusMessages),
    SYMBOL(phoneSetVolume),
    SYMBOL(phoneShutdown),
    AWP(tapiGetLocationInfo),
    SYMBOL(tapiRequestDrop),
    AWP(tapiRequestMakeCall),
    AWP(tapiRequestMediaCall),
};

} // namespace

const Symbol* find_symbol(std::string_view name, Form form) {
  static const auto by_name = [] {
    std::unordered_map<std::string_view, const Symbol*> made;
    for (const Symbol& each : symbols) made[each.name] = &each;
    return made;
  }();
  std::string wanted{name};
  if (form == Form::narrow) wanted += 'A';
  if (form == Form::wide) wanted += 'W';
  const auto found = by_name.find(wanted);
  return found == by_name.end() ? nullptr : found->second;
}

} // namespace conformance
