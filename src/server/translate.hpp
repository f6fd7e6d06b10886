// SPDX-License-Identifier: Apache-2.0
// From an address to what is dialled at a location [nf-tapi-linetranslateaddress,
// ns-tapi-linetranslateoutput].
#pragma once

#include "tapi.h"

#include <optional>
#include <string>
#include <string_view>

#include "server/settings.hpp"

namespace tl::server {

struct Address;

struct Translation {
  std::string dialable;    // with the card's secrets
  std::string displayable; // for people
  DWORD current_country = 0, dest_country = 0;
  DWORD results = 0; // LINETRANSLATERESULT_
};

inline constexpr DWORD translate_options_known = LINETRANSLATEOPTION_CARDOVERRIDE |
                                                 LINETRANSLATEOPTION_CANCELCALLWAITING |
                                                 LINETRANSLATEOPTION_FORCELOCAL | LINETRANSLATEOPTION_FORCELD;

// 0, or INVALADDRESS, INVALCARD, INVALPARAM, INIFILECORRUPT (there is no location).
LONG translate_address(const Settings& settings, std::string_view text, DWORD card, DWORD options,
                       Translation& out);

// The beginning of a number that toll lists have: three digits. Nothing when the address is not a canonical
// one of this location's own area, or its country has no toll lists.
std::optional<std::string> toll_prefix(const Location& location, std::string_view text);

} // namespace tl::server
