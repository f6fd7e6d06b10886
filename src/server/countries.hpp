// SPDX-License-Identifier: Apache-2.0
// The countries of the telephone network: what lineGetCountry lists and addresses are translated by
// [nf-tapi-linegetcountryw, ns-tapi-linecountryentry].
//
// Codes are those of ITU-T E.164. Prefixes are the usual ones of a plain fixed line; where a country lets the
// caller choose a carrier, has several prefixes, or is changing its plan, the row is an approximation and a
// location's own access codes and area rules are the remedy.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace tl::server {

struct Country {
  std::uint32_t id;   // dwCountryID: ours, stable; the code itself where a country has one of its own
  std::uint32_t code; // E.164
  const char* name;
  const char* trunk;         // dialled before the area code; empty: nothing
  const char* international; // dialled before the country code
  // How numbers of one's own area are dialled: the bare number, or as from everywhere in the country.
  enum class Plan : std::uint8_t { open, closed } plan;
  // Numbers of one's own area may be toll calls, dialled with the trunk prefix
  // [LINETRANSLATERESULT_INTOLLLIST].
  bool toll;

  std::string same_area_rule() const;
  std::string long_distance_rule() const;
  std::string international_rule() const;
};

// In the order of the list that dwNextCountryID links: by id, so that the first one is 1.
std::span<const Country> countries();
const Country* find_country(std::uint32_t id);
// The first one with this code; null if it is nobody's.
const Country* country_of_code(std::uint32_t code);
// How many leading digits of `digits` are a country code, 0 if none (no code begins another one).
std::size_t country_code_length(std::string_view digits);

} // namespace tl::server
