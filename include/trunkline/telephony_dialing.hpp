// SPDX-License-Identifier: Apache-2.0
//
// Dialling rules and assisted telephony (ITAddressTranslation, ITRequest). Part of trunkline/telephony.hpp:
// include that one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "trunkline/telephony_types.hpp"

namespace tl::telephony {

// LINETRANSLATEOUTPUT (ITAddressTranslationInfo).
struct TranslatedAddress {
  std::string dialable, displayable;
  DWORD current_country = 0, destination_country = 0; // country codes
  DWORD results = 0;                                  // LINETRANSLATERESULT_
};

// LINELOCATIONENTRY (ITLocationInfo).
struct Location {
  DWORD id = 0;
  std::string name;
  DWORD country_code = 0, country_id = 0;
  std::string area_code, local_access, long_distance_access, toll_prefixes, cancel_call_waiting;
  DWORD card_id = 0;
  DWORD options = 0; // LINELOCATIONOPTION_
};

// LINECARDENTRY (ITCallingCard).
struct CallingCard {
  DWORD id = 0;
  std::string name;
  DWORD digits = 0; // of the number; the number itself is kept secret
  std::string same_area_rule, long_distance_rule, international_rule;
  DWORD options = 0; // LINECARDOPTION_
};

// LINETRANSLATECAPS.
struct DialingRules {
  DWORD current_location = 0, preferred_card = 0;
  std::vector<Location> locations;
  std::vector<CallingCard> cards;
};

// LINECOUNTRYENTRY.
struct Country {
  DWORD id = 0, code = 0;
  std::string name;
  std::string same_area_rule, long_distance_rule, international_rule;
};

// What another program asked for (LINEREQMAKECALL, ITRequestEvent).
struct MakeCallRequest {
  std::string destination;
  std::string application; // who asks
  std::string called_party, comment;
};

// Asks the program that handles such requests to make a call (tapiRequestMakeCall, ITRequest::MakeCall).
// Needs no Telephony. 0 or a TAPIERR_.
LONG request_make_call(std::string_view destination, std::string_view application = {},
                       std::string_view called_party = {}, std::string_view comment = {});

} // namespace tl::telephony
