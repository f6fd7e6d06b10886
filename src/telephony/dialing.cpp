// SPDX-License-Identifier: Apache-2.0
// Dialling rules: locations, cards, countries, translation.
#include "telephony/state.hpp"

namespace tl::telephony {

namespace {

Location read(const LINELOCATIONENTRY& from, const StructureView& parts) {
  Location out;
  out.id = from.dwPermanentLocationID;
  out.name = parts.text(from.dwLocationNameSize, from.dwLocationNameOffset);
  out.country_code = from.dwCountryCode;
  out.country_id = from.dwCountryID;
  out.area_code = parts.text(from.dwCityCodeSize, from.dwCityCodeOffset);
  out.local_access = parts.text(from.dwLocalAccessCodeSize, from.dwLocalAccessCodeOffset);
  out.long_distance_access =
      parts.text(from.dwLongDistanceAccessCodeSize, from.dwLongDistanceAccessCodeOffset);
  out.toll_prefixes = parts.text(from.dwTollPrefixListSize, from.dwTollPrefixListOffset);
  out.cancel_call_waiting = parts.text(from.dwCancelCallWaitingSize, from.dwCancelCallWaitingOffset);
  out.card_id = from.dwPreferredCardID;
  out.options = from.dwOptions;
  return out;
}

CallingCard read(const LINECARDENTRY& from, const StructureView& parts) {
  CallingCard out;
  out.id = from.dwPermanentCardID;
  out.name = parts.text(from.dwCardNameSize, from.dwCardNameOffset);
  out.digits = from.dwCardNumberDigits;
  out.same_area_rule = parts.text(from.dwSameAreaRuleSize, from.dwSameAreaRuleOffset);
  out.long_distance_rule = parts.text(from.dwLongDistanceRuleSize, from.dwLongDistanceRuleOffset);
  out.international_rule = parts.text(from.dwInternationalRuleSize, from.dwInternationalRuleOffset);
  out.options = from.dwOptions;
  return out;
}

Country read(const LINECOUNTRYENTRY& from, const StructureView& parts) {
  Country out;
  out.id = from.dwCountryID;
  out.code = from.dwCountryCode;
  out.name = parts.text(from.dwCountryNameSize, from.dwCountryNameOffset);
  out.same_area_rule = parts.text(from.dwSameAreaRuleSize, from.dwSameAreaRuleOffset);
  out.long_distance_rule = parts.text(from.dwLongDistanceRuleSize, from.dwLongDistanceRuleOffset);
  out.international_rule = parts.text(from.dwInternationalRuleSize, from.dwInternationalRuleOffset);
  return out;
}

} // namespace

LONG Telephony::dialing_rules(DialingRules& out) {
  if (!running()) return LINEERR_UNINITIALIZED;
  StructureBuffer& buffer = state_->buffer;
  const LONG result = fetch<LINETRANSLATECAPS>(
      buffer, [&](LINETRANSLATECAPS* into) { return lineGetTranslateCapsW(app_, api_version_high, into); });
  if (result != 0) return result;
  const auto& from = *reinterpret_cast<const LINETRANSLATECAPS*>(buffer.data());
  const StructureView parts = view<LINETRANSLATECAPS>(buffer);
  out = {from.dwCurrentLocationID, from.dwCurrentPreferredCardID, {}, {}};
  for (const auto& entry :
       parts.entries<LINELOCATIONENTRY>(from.dwLocationListSize, from.dwLocationListOffset))
    out.locations.push_back(read(entry, parts));
  for (const auto& entry : parts.entries<LINECARDENTRY>(from.dwCardListSize, from.dwCardListOffset))
    out.cards.push_back(read(entry, parts));
  return 0;
}

LONG Telephony::set_current_location(DWORD location_id) {
  return lineSetCurrentLocation(app_, location_id);
}

LONG Telephony::countries(std::vector<Country>& out, DWORD country_id) {
  if (!running()) return LINEERR_UNINITIALIZED;
  StructureBuffer& buffer = state_->buffer;
  const LONG result = fetch<LINECOUNTRYLIST>(
      buffer, [&](LINECOUNTRYLIST* into) { return lineGetCountryW(country_id, api_version_high, into); });
  if (result != 0) return result;
  const auto& from = *reinterpret_cast<const LINECOUNTRYLIST*>(buffer.data());
  const StructureView parts = view<LINECOUNTRYLIST>(buffer);
  out.clear();
  for (const auto& entry : parts.entries<LINECOUNTRYENTRY>(from.dwCountryListSize, from.dwCountryListOffset))
    out.push_back(read(entry, parts));
  return 0;
}

LONG Address::translate(std::string_view number, TranslatedAddress& out, DWORD card, DWORD options) {
  if (!telephony_.running()) return LINEERR_UNINITIALIZED;
  StructureBuffer& buffer = telephony_.state_->buffer;
  const std::u16string wide = to_utf16(number);
  if (card != 0) options |= LINETRANSLATEOPTION_CARDOVERRIDE;
  const LONG result = fetch<LINETRANSLATEOUTPUT>(buffer, [&](LINETRANSLATEOUTPUT* into) {
    return lineTranslateAddressW(telephony_.app_, device_id_, api_version_, wide.c_str(), card, options,
                                 into);
  });
  if (result != 0) return result;
  const auto& from = *reinterpret_cast<const LINETRANSLATEOUTPUT*>(buffer.data());
  const StructureView parts = view<LINETRANSLATEOUTPUT>(buffer);
  out.dialable = parts.text(from.dwDialableStringSize, from.dwDialableStringOffset);
  out.displayable = parts.text(from.dwDisplayableStringSize, from.dwDisplayableStringOffset);
  out.current_country = from.dwCurrentCountry;
  out.destination_country = from.dwDestCountry;
  out.results = from.dwTranslateResults;
  return 0;
}

LONG Address::set_toll_list(std::string_view number, DWORD option) {
  return lineSetTollListW(telephony_.app_, device_id_, to_utf16(number).c_str(), option);
}

LONG Address::translate_dialog(std::string_view number) {
  return lineTranslateDialogW(telephony_.app_, device_id_, api_version_, nullptr, to_utf16(number).c_str());
}

} // namespace tl::telephony
