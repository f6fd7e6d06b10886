// SPDX-License-Identifier: Apache-2.0
#include "wire/layout.hpp"

namespace tl::wire {
namespace {

constexpr Field pair(std::size_t size_at, std::size_t offset_at, Part part) {
  if (offset_at != size_at + sizeof(DWORD)) throw "a field's offset does not follow its size";
  return {static_cast<std::uint16_t>(size_at), part};
}
constexpr Field array(std::size_t size_at, std::size_t offset_at, Part part, std::size_t count_at,
                      const Entry* entry) {
  Field field = pair(size_at, offset_at, part);
  field.count_at = static_cast<std::uint16_t>(count_at);
  field.entry = entry;
  return field;
}

#define TL_AT(type, name) offsetof(type, name##Size), offsetof(type, name##Offset)
#define TL_RAW(type, name) pair(TL_AT(type, name), Part::raw)
#define TL_TEXT(type, name) pair(TL_AT(type, name), Part::text)
#define TL_SLOTS(type, name, slot_size)                                                                      \
  array(TL_AT(type, name), Part::slots, offsetof(type, slot_size), nullptr)
#define TL_ENTRIES(type, name, count, entry)                                                                 \
  array(TL_AT(type, name), Part::entries, offsetof(type, count), &entry)

constexpr Field activity_entry_fields[] = {
    TL_TEXT(LINEAGENTACTIVITYENTRY, dwName),
};
constexpr Entry activity_entry{sizeof(LINEAGENTACTIVITYENTRY), activity_entry_fields};

constexpr Field group_entry_fields[] = {
    TL_TEXT(LINEAGENTGROUPENTRY, dwName),
};
constexpr Entry group_entry{sizeof(LINEAGENTGROUPENTRY), group_entry_fields};

constexpr Field app_info_fields[] = {
    TL_TEXT(LINEAPPINFO, dwMachineName),
    TL_TEXT(LINEAPPINFO, dwUserName),
    TL_TEXT(LINEAPPINFO, dwModuleFilename),
    TL_TEXT(LINEAPPINFO, dwFriendlyName),
};
constexpr Entry app_info{sizeof(LINEAPPINFO), app_info_fields};

constexpr Field treatment_entry_fields[] = {
    TL_TEXT(LINECALLTREATMENTENTRY, dwCallTreatmentName),
};
constexpr Entry treatment_entry{sizeof(LINECALLTREATMENTENTRY), treatment_entry_fields};

constexpr Field card_entry_fields[] = {
    TL_TEXT(LINECARDENTRY, dwCardName),
    TL_TEXT(LINECARDENTRY, dwSameAreaRule),
    TL_TEXT(LINECARDENTRY, dwLongDistanceRule),
    TL_TEXT(LINECARDENTRY, dwInternationalRule),
};
constexpr Entry card_entry{sizeof(LINECARDENTRY), card_entry_fields};

constexpr Field country_entry_fields[] = {
    TL_TEXT(LINECOUNTRYENTRY, dwCountryName),
    TL_TEXT(LINECOUNTRYENTRY, dwSameAreaRule),
    TL_TEXT(LINECOUNTRYENTRY, dwLongDistanceRule),
    TL_TEXT(LINECOUNTRYENTRY, dwInternationalRule),
};
constexpr Entry country_entry{sizeof(LINECOUNTRYENTRY), country_entry_fields};

constexpr Field forward_entry_fields[] = {
    TL_TEXT(LINEFORWARD, dwCallerAddress),
    TL_TEXT(LINEFORWARD, dwDestAddress),
};
constexpr std::uint32_t forward_size_2_x = 24; // the address types came with 3.1
constexpr Entry forward_entry{sizeof(LINEFORWARD), forward_entry_fields, forward_size_2_x};

constexpr Field location_entry_fields[] = {
    TL_TEXT(LINELOCATIONENTRY, dwLocationName),    TL_TEXT(LINELOCATIONENTRY, dwCityCode),
    TL_TEXT(LINELOCATIONENTRY, dwLocalAccessCode), TL_TEXT(LINELOCATIONENTRY, dwLongDistanceAccessCode),
    TL_TEXT(LINELOCATIONENTRY, dwTollPrefixList),  TL_TEXT(LINELOCATIONENTRY, dwCancelCallWaiting),
};
constexpr Entry location_entry{sizeof(LINELOCATIONENTRY), location_entry_fields};

constexpr Field provider_entry_fields[] = {
    TL_TEXT(LINEPROVIDERENTRY, dwProviderFilename),
};
constexpr Entry provider_entry{sizeof(LINEPROVIDERENTRY), provider_entry_fields};

constexpr Field queue_entry_fields[] = {
    TL_TEXT(LINEQUEUEENTRY, dwName),
};
constexpr Entry queue_entry{sizeof(LINEQUEUEENTRY), queue_entry_fields};

constexpr Field line_address_caps_fields[] = {
    TL_TEXT(LINEADDRESSCAPS, dwAddress),
    TL_RAW(LINEADDRESSCAPS, dwDevSpecific),
    TL_SLOTS(LINEADDRESSCAPS, dwCompletionMsgText, dwCompletionMsgTextEntrySize),
    TL_ENTRIES(LINEADDRESSCAPS, dwCallTreatmentList, dwNumCallTreatments, treatment_entry),
    TL_TEXT(LINEADDRESSCAPS, dwDeviceClasses),
};

constexpr Field line_address_status_fields[] = {
    TL_ENTRIES(LINEADDRESSSTATUS, dwForward, dwForwardNumEntries, forward_entry),
    TL_RAW(LINEADDRESSSTATUS, dwTerminalModes),
    TL_RAW(LINEADDRESSSTATUS, dwDevSpecific),
};

constexpr Field line_agent_activity_list_fields[] = {
    TL_ENTRIES(LINEAGENTACTIVITYLIST, dwList, dwNumEntries, activity_entry),
};

constexpr Field line_agent_caps_fields[] = {
    TL_TEXT(LINEAGENTCAPS, dwAgentHandlerInfo),
    TL_RAW(LINEAGENTCAPS, dwAgentExtensionIDList),
};

constexpr Field line_agent_group_list_fields[] = {
    TL_ENTRIES(LINEAGENTGROUPLIST, dwList, dwNumEntries, group_entry),
};

constexpr Field line_agent_status_fields[] = {
    TL_ENTRIES(LINEAGENTSTATUS, dwGroupList, dwNumEntries, group_entry),
    TL_TEXT(LINEAGENTSTATUS, dwActivity),
};

constexpr Field line_call_info_fields[] = {
    TL_TEXT(LINECALLINFO, dwCallerID),       TL_TEXT(LINECALLINFO, dwCallerIDName),
    TL_TEXT(LINECALLINFO, dwCalledID),       TL_TEXT(LINECALLINFO, dwCalledIDName),
    TL_TEXT(LINECALLINFO, dwConnectedID),    TL_TEXT(LINECALLINFO, dwConnectedIDName),
    TL_TEXT(LINECALLINFO, dwRedirectionID),  TL_TEXT(LINECALLINFO, dwRedirectionIDName),
    TL_TEXT(LINECALLINFO, dwRedirectingID),  TL_TEXT(LINECALLINFO, dwRedirectingIDName),
    TL_TEXT(LINECALLINFO, dwAppName),        TL_TEXT(LINECALLINFO, dwDisplayableAddress),
    TL_TEXT(LINECALLINFO, dwCalledParty),    TL_TEXT(LINECALLINFO, dwComment),
    TL_TEXT(LINECALLINFO, dwDisplay),        TL_RAW(LINECALLINFO, dwUserUserInfo),
    TL_RAW(LINECALLINFO, dwHighLevelComp),   TL_RAW(LINECALLINFO, dwLowLevelComp),
    TL_RAW(LINECALLINFO, dwChargingInfo),    TL_RAW(LINECALLINFO, dwTerminalModes),
    TL_RAW(LINECALLINFO, dwDevSpecific),     TL_RAW(LINECALLINFO, dwCallData),
    TL_RAW(LINECALLINFO, dwSendingFlowspec), TL_RAW(LINECALLINFO, dwReceivingFlowspec),
};

constexpr Field line_call_list_fields[] = {
    TL_RAW(LINECALLLIST, dwCalls),
};

constexpr Field line_call_params_fields[] = {
    TL_TEXT(LINECALLPARAMS, dwOrigAddress),      TL_TEXT(LINECALLPARAMS, dwDisplayableAddress),
    TL_TEXT(LINECALLPARAMS, dwCalledParty),      TL_TEXT(LINECALLPARAMS, dwComment),
    TL_RAW(LINECALLPARAMS, dwUserUserInfo),      TL_RAW(LINECALLPARAMS, dwHighLevelComp),
    TL_RAW(LINECALLPARAMS, dwLowLevelComp),      TL_RAW(LINECALLPARAMS, dwDevSpecific),
    TL_TEXT(LINECALLPARAMS, dwTargetAddress),    TL_RAW(LINECALLPARAMS, dwSendingFlowspec),
    TL_RAW(LINECALLPARAMS, dwReceivingFlowspec), TL_TEXT(LINECALLPARAMS, dwDeviceClass),
    TL_RAW(LINECALLPARAMS, dwDeviceConfig),      TL_RAW(LINECALLPARAMS, dwCallData),
    TL_TEXT(LINECALLPARAMS, dwCallingPartyID),
};

constexpr Field line_call_status_fields[] = {
    TL_RAW(LINECALLSTATUS, dwDevSpecific),
};

constexpr Field line_country_list_fields[] = {
    TL_ENTRIES(LINECOUNTRYLIST, dwCountryList, dwNumCountries, country_entry),
};

constexpr Field line_dev_caps_fields[] = {
    TL_TEXT(LINEDEVCAPS, dwProviderInfo),
    TL_TEXT(LINEDEVCAPS, dwSwitchInfo),
    TL_TEXT(LINEDEVCAPS, dwLineName),
    TL_RAW(LINEDEVCAPS, dwTerminalCaps),
    TL_SLOTS(LINEDEVCAPS, dwTerminalText, dwTerminalTextEntrySize),
    TL_RAW(LINEDEVCAPS, dwDevSpecific),
    TL_TEXT(LINEDEVCAPS, dwDeviceClasses),
};

constexpr Field line_dev_status_fields[] = {
    TL_RAW(LINEDEVSTATUS, dwTerminalModes),
    TL_RAW(LINEDEVSTATUS, dwDevSpecific),
    TL_ENTRIES(LINEDEVSTATUS, dwAppInfo, dwNumOpens, app_info),
};

constexpr Field line_forward_list_fields[] = {
    {offsetof(LINEFORWARDLIST, ForwardList), Part::inline_entries, offsetof(LINEFORWARDLIST, dwNumEntries),
     &forward_entry},
};

constexpr Field line_provider_list_fields[] = {
    TL_ENTRIES(LINEPROVIDERLIST, dwProviderList, dwNumProviders, provider_entry),
};

constexpr Field line_proxy_request_list_fields[] = {
    TL_RAW(LINEPROXYREQUESTLIST, dwList),
};

constexpr Field line_queue_list_fields[] = {
    TL_ENTRIES(LINEQUEUELIST, dwList, dwNumEntries, queue_entry),
};

constexpr Field line_translate_caps_fields[] = {
    TL_ENTRIES(LINETRANSLATECAPS, dwLocationList, dwNumLocations, location_entry),
    TL_ENTRIES(LINETRANSLATECAPS, dwCardList, dwNumCards, card_entry),
};

constexpr Field line_translate_output_fields[] = {
    TL_TEXT(LINETRANSLATEOUTPUT, dwDialableString),
    TL_TEXT(LINETRANSLATEOUTPUT, dwDisplayableString),
};

constexpr Field phone_button_info_fields[] = {
    TL_TEXT(PHONEBUTTONINFO, dwButtonText),
    TL_RAW(PHONEBUTTONINFO, dwDevSpecific),
};

constexpr Field phone_caps_fields[] = {
    TL_TEXT(PHONECAPS, dwProviderInfo),   TL_TEXT(PHONECAPS, dwPhoneInfo),
    TL_TEXT(PHONECAPS, dwPhoneName),      TL_RAW(PHONECAPS, dwButtonModes),
    TL_RAW(PHONECAPS, dwButtonFunctions), TL_RAW(PHONECAPS, dwLampModes),
    TL_RAW(PHONECAPS, dwSetData),         TL_RAW(PHONECAPS, dwGetData),
    TL_RAW(PHONECAPS, dwDevSpecific),     TL_TEXT(PHONECAPS, dwDeviceClasses),
};

constexpr Field phone_status_fields[] = {
    TL_TEXT(PHONESTATUS, dwDisplay),
    TL_RAW(PHONESTATUS, dwLampModes),
    TL_TEXT(PHONESTATUS, dwOwnerName),
    TL_RAW(PHONESTATUS, dwDevSpecific),
};

constexpr Field var_string_fields[] = {
    TL_TEXT(VARSTRING, dwString),
};

template <class T> constexpr Layout one_size(std::span<const Field> fields, std::uint16_t format_at = 0) {
  return {sizeof(T), sizeof(T), sizeof(T), sizeof(T), sizeof(T), true, format_at, fields};
}

constexpr std::uint32_t forward_list_head = offsetof(LINEFORWARDLIST, ForwardList);

} // namespace

const Layout line_address_caps{
    176, 180, 228, 228, sizeof(LINEADDRESSCAPS), true, 0, line_address_caps_fields};
const Layout line_address_status = one_size<LINEADDRESSSTATUS>(line_address_status_fields);
const Layout line_agent_activity_list = one_size<LINEAGENTACTIVITYLIST>(line_agent_activity_list_fields);
const Layout line_agent_caps{56, 56, 56, 72, sizeof(LINEAGENTCAPS), true, 0, line_agent_caps_fields};
const Layout line_agent_group_list = one_size<LINEAGENTGROUPLIST>(line_agent_group_list_fields);
const Layout line_agent_status = one_size<LINEAGENTSTATUS>(line_agent_status_fields);
const Layout line_call_info{296, 296, 324, 324, sizeof(LINECALLINFO), true, 0, line_call_info_fields};
const Layout line_call_list = one_size<LINECALLLIST>(line_call_list_fields);
const Layout line_call_params{112, 112, 176, 176, sizeof(LINECALLPARAMS), false, 0, line_call_params_fields};
const Layout line_call_status{36, 36, 56, 56, sizeof(LINECALLSTATUS), true, 0, line_call_status_fields};
const Layout line_country_list = one_size<LINECOUNTRYLIST>(line_country_list_fields);
const Layout line_dev_caps{236,
                           240,
                           252,
                           268,
                           sizeof(LINEDEVCAPS),
                           true,
                           offsetof(LINEDEVCAPS, dwStringFormat),
                           line_dev_caps_fields};
const Layout line_dev_status{76, 76, 88, 88, sizeof(LINEDEVSTATUS), true, 0, line_dev_status_fields};
const Layout line_forward_list{forward_list_head,
                               forward_list_head,
                               forward_list_head,
                               forward_list_head,
                               forward_list_head,
                               false,
                               0,
                               line_forward_list_fields};
const Layout line_provider_list = one_size<LINEPROVIDERLIST>(line_provider_list_fields);
const Layout line_proxy_request_list = one_size<LINEPROXYREQUESTLIST>(line_proxy_request_list_fields);
const Layout line_queue_list = one_size<LINEQUEUELIST>(line_queue_list_fields);
const Layout line_translate_caps = one_size<LINETRANSLATECAPS>(line_translate_caps_fields);
const Layout line_translate_output = one_size<LINETRANSLATEOUTPUT>(line_translate_output_fields);
const Layout phone_button_info{36, 40, 40, 40, sizeof(PHONEBUTTONINFO), true, 0, phone_button_info_fields};
// PHONECAPS.dwStringFormat is the format of phoneSetDisplay's bytes, which have no narrow form: it stays.
const Layout phone_caps{144, 144, 180, 196, sizeof(PHONECAPS), true, 0, phone_caps_fields};
const Layout phone_status{100, 100, 104, 104, sizeof(PHONESTATUS), true, 0, phone_status_fields};
const Layout var_string =
    one_size<VARSTRING>(var_string_fields, static_cast<std::uint16_t>(offsetof(VARSTRING, dwStringFormat)));

std::span<const Layout* const> all_layouts() {
  static const Layout* const all[] = {&line_address_caps,
                                      &line_address_status,
                                      &line_agent_activity_list,
                                      &line_agent_caps,
                                      &line_agent_group_list,
                                      &line_agent_status,
                                      &line_call_info,
                                      &line_call_list,
                                      &line_call_params,
                                      &line_call_status,
                                      &line_country_list,
                                      &line_dev_caps,
                                      &line_dev_status,
                                      &line_forward_list,
                                      &line_provider_list,
                                      &line_proxy_request_list,
                                      &line_queue_list,
                                      &line_translate_caps,
                                      &line_translate_output,
                                      &phone_button_info,
                                      &phone_caps,
                                      &phone_status,
                                      &var_string};
  return all;
}

} // namespace tl::wire
