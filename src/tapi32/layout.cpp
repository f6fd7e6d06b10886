// SPDX-License-Identifier: Apache-2.0
#include "tapi32/layout.hpp"

namespace tl::tapi32 {
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
constexpr Entry forward_entry{sizeof(LINEFORWARD), forward_entry_fields};

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

} // namespace

const Layout line_address_caps{176, sizeof(LINEADDRESSCAPS), true, 0, line_address_caps_fields};
const Layout line_address_status{sizeof(LINEADDRESSSTATUS), sizeof(LINEADDRESSSTATUS), true, 0,
                                 line_address_status_fields};
const Layout line_agent_activity_list{sizeof(LINEAGENTACTIVITYLIST), sizeof(LINEAGENTACTIVITYLIST), true, 0,
                                      line_agent_activity_list_fields};
const Layout line_agent_caps{56, sizeof(LINEAGENTCAPS), true, 0, line_agent_caps_fields};
const Layout line_agent_group_list{sizeof(LINEAGENTGROUPLIST), sizeof(LINEAGENTGROUPLIST), true, 0,
                                   line_agent_group_list_fields};
const Layout line_agent_status{sizeof(LINEAGENTSTATUS), sizeof(LINEAGENTSTATUS), true, 0,
                               line_agent_status_fields};
const Layout line_call_info{296, sizeof(LINECALLINFO), true, 0, line_call_info_fields};
const Layout line_call_params{112, sizeof(LINECALLPARAMS), false, 0, line_call_params_fields};
const Layout line_country_list{sizeof(LINECOUNTRYLIST), sizeof(LINECOUNTRYLIST), true, 0,
                               line_country_list_fields};
const Layout line_dev_caps{236, sizeof(LINEDEVCAPS), true, offsetof(LINEDEVCAPS, dwStringFormat),
                           line_dev_caps_fields};
const Layout line_dev_status{76, sizeof(LINEDEVSTATUS), true, 0, line_dev_status_fields};
const Layout line_forward_list{offsetof(LINEFORWARDLIST, ForwardList), offsetof(LINEFORWARDLIST, ForwardList),
                               false, 0, line_forward_list_fields};
const Layout line_provider_list{sizeof(LINEPROVIDERLIST), sizeof(LINEPROVIDERLIST), true, 0,
                                line_provider_list_fields};
const Layout line_queue_list{sizeof(LINEQUEUELIST), sizeof(LINEQUEUELIST), true, 0, line_queue_list_fields};
const Layout line_translate_caps{sizeof(LINETRANSLATECAPS), sizeof(LINETRANSLATECAPS), true, 0,
                                 line_translate_caps_fields};
const Layout line_translate_output{sizeof(LINETRANSLATEOUTPUT), sizeof(LINETRANSLATEOUTPUT), true, 0,
                                   line_translate_output_fields};
const Layout phone_button_info{36, sizeof(PHONEBUTTONINFO), true, 0, phone_button_info_fields};
// PHONECAPS.dwStringFormat is the format of phoneSetDisplay's bytes, which have no narrow form: it stays.
const Layout phone_caps{144, sizeof(PHONECAPS), true, 0, phone_caps_fields};
const Layout phone_status{100, sizeof(PHONESTATUS), true, 0, phone_status_fields};
const Layout var_string{sizeof(VARSTRING), sizeof(VARSTRING), true, offsetof(VARSTRING, dwStringFormat),
                        var_string_fields};

} // namespace tl::tapi32
