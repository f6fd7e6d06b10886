// SPDX-License-Identifier: Apache-2.0
// What the server keeps over restarts for its applications: dialling locations, calling cards, the order of
// applications. The program gives the values and keeps the changes (it has the file; the server has none).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace tl::server {

// How numbers of another area of one's own country are dialled where the country's rule does not fit.
struct AreaRule {
  std::string area;                  // area code called
  std::vector<std::string> prefixes; // beginnings of the numbers it holds for; none: all of the area
  std::string dial;                  // dialled first
  bool dial_area = true;             // then the area code, or the number alone
};

struct Location {
  std::uint32_t id = 0; // dwPermanentLocationID, never 0
  std::string name;
  // dwCountryID. 0: not set; numbers are then dialled in full, with "+", which every VoIP trunk understands.
  std::uint32_t country_id = 0;
  std::string area_code;
  std::string local_access;         // for an outside line
  std::string long_distance_access; // the same for calls to other areas and countries
  std::string cancel_call_waiting;
  std::vector<std::string> toll_prefixes;
  std::vector<AreaRule> area_rules;
  bool pulse = false;
  std::uint32_t card_id = 0; // dwPreferredCardID; 0: direct dialling
  bool from_site = false;    // the site file describes it at each start: what it says is not edited here
};

// Rules: 0-9 A-D * # and the modifiers of dialable strings stand for themselves, E is the country code, F the
// area code, G the number, H the card's number, K its PIN, J its access number.
struct Card {
  std::uint32_t id = 0; // dwPermanentCardID; 0 is direct dialling and not kept
  std::string name;
  std::string number, pin, access;
  std::string same_area_rule, long_distance_rule, international_rule; // empty: as without a card
  bool predefined = false, hidden = false;
};

// Which application comes first, by its module's file name. Key of `media`: one LINEMEDIAMODE_ bit; of
// `requests`: one LINEREQUESTMODE_ bit.
struct Priorities {
  std::map<std::uint32_t, std::vector<std::u16string>> media, requests;
};

struct Settings {
  std::vector<Location> locations;
  std::vector<Card> cards;
  std::uint32_t current_location = 0; // 0 or unknown: the first
  Priorities priorities;

  const Location* location() const;
  Location* location() { return const_cast<Location*>(static_cast<const Settings*>(this)->location()); }
  const Location* find_location(std::uint32_t id) const;
  const Card* find_card(std::uint32_t id) const;
};

class SettingsStore {
public:
  virtual ~SettingsStore() = default;
  // False: they could not be kept, and the server goes on with what it had.
  virtual bool save(const Settings& settings) = 0;
};

} // namespace tl::server
