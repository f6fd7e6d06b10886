// SPDX-License-Identifier: Apache-2.0
#include "server/translate.hpp"

#include <algorithm>

#include "server/address.hpp"
#include "server/countries.hpp"

namespace tl::server {
namespace {

constexpr std::size_t toll_prefix_digits = 3; // the exchange of the North American plan

// Both strings grow together; what people read has a space between its parts.
class Output {
public:
  explicit Output(Translation& to) : to_(to) {}

  void part(std::string_view dialled, std::string_view shown) {
    to_.dialable += dialled;
    if (shown.empty()) return;
    if (!to_.displayable.empty()) to_.displayable += ' ';
    to_.displayable += shown;
  }
  void part(std::string_view both) { part(both, both); }

private:
  Translation& to_;
};

struct Call {
  std::string country;
  std::string_view area, number;
  const Card* card = nullptr;
};

void secret(Output& out, const Card& card, std::string_view digits) {
  out.part(digits, "[" + card.name + "]");
}

void expand(std::string_view rule, const Call& call, Output& out) {
  while (!rule.empty()) {
    const std::size_t literal = std::min(rule.find_first_of("EFGHJK"), rule.size());
    if (literal > 0) out.part(dialable_digits(rule.substr(0, literal)));
    rule.remove_prefix(literal);
    if (rule.empty()) return;
    switch (rule.front()) {
    case 'E': out.part(call.country); break;
    case 'F': out.part(call.area); break;
    case 'G': out.part(dialable_digits(call.number), call.number); break;
    case 'J':
      if (call.card) out.part(call.card->access);
      break;
    case 'H':
      if (call.card) secret(out, *call.card, call.card->number);
      break;
    case 'K':
      if (call.card) secret(out, *call.card, call.card->pin);
      break;
    default: break;
    }
    rule.remove_prefix(1);
  }
}

bool begins_with_any(std::string_view digits, const std::vector<std::string>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](const std::string& each) { return digits.starts_with(each); });
}

const AreaRule* area_rule(const Location& location, std::string_view area, std::string_view digits) {
  for (const AreaRule& rule : location.area_rules)
    if (rule.area == area && (rule.prefixes.empty() || begins_with_any(digits, rule.prefixes))) return &rule;
  return nullptr;
}

// What a number without its area code apart reveals about it.
void split_full(Address& address, const Location& location) {
  const std::string_view area = location.area_code;
  if (area.empty() || address.number.size() <= area.size() || !address.number.starts_with(area)) return;
  address.area = address.number.substr(0, area.size());
  address.number.remove_prefix(area.size());
}

// Which of LOCAL, LONGDISTANCE, INTERNATIONAL, and the toll list's verdict.
DWORD classify(const Location& location, const Country& country, const Address& address, DWORD options) {
  if (address.country != country.code) return LINETRANSLATERESULT_INTERNATIONAL;
  DWORD results =
      address.area == location.area_code ? LINETRANSLATERESULT_LOCAL : LINETRANSLATERESULT_LONGDISTANCE;
  if (results == LINETRANSLATERESULT_LOCAL && country.toll) {
    const bool toll = begins_with_any(dialable_digits(address.number), location.toll_prefixes);
    results |= toll ? LINETRANSLATERESULT_INTOLLLIST : LINETRANSLATERESULT_NOTINTOLLLIST;
  }
  constexpr DWORD reach = LINETRANSLATERESULT_LOCAL | LINETRANSLATERESULT_LONGDISTANCE;
  if (options & LINETRANSLATEOPTION_FORCELOCAL) return (results & ~reach) | LINETRANSLATERESULT_LOCAL;
  // A toll call is local by its area and dialled as long distance.
  if ((options & LINETRANSLATEOPTION_FORCELD) || (results & LINETRANSLATERESULT_INTOLLLIST))
    return (results & ~reach) | LINETRANSLATERESULT_LONGDISTANCE;
  return results;
}

DWORD modifiers_in(std::string_view dialable) {
  dialable = dialable.substr(0, dialable.find_first_of("|^"));
  DWORD results = 0;
  for (const char each : dialable) {
    switch (each) {
    case '$': results |= LINETRANSLATERESULT_DIALBILLING; break;
    case '@': results |= LINETRANSLATERESULT_DIALQUIET; break;
    case 'W':
    case 'w': results |= LINETRANSLATERESULT_DIALDIALTONE; break;
    case '?': results |= LINETRANSLATERESULT_DIALPROMPT; break;
    case ':': results |= LINETRANSLATERESULT_VOICEDETECT; break;
    default: break;
    }
  }
  return results;
}

std::string rule_of(const Country& country, const Card* card, DWORD results) {
  if (results & LINETRANSLATERESULT_INTERNATIONAL)
    return card && !card->international_rule.empty() ? card->international_rule
                                                     : country.international_rule();
  if (results & LINETRANSLATERESULT_LONGDISTANCE)
    return card && !card->long_distance_rule.empty() ? card->long_distance_rule
                                                     : country.long_distance_rule();
  return card && !card->same_area_rule.empty() ? card->same_area_rule : country.same_area_rule();
}

void dial(const Location& location, const Country& country, const Address& address, const Card* card,
          Output& out, DWORD results) {
  const Call call{std::to_string(address.country), address.area, address.number, card};
  const bool local = results & LINETRANSLATERESULT_LOCAL;
  out.part(local ? location.local_access : location.long_distance_access);
  const bool other_area = (results & LINETRANSLATERESULT_LONGDISTANCE) && address.area != location.area_code;
  const AreaRule* const special =
      other_area && !card ? area_rule(location, address.area, dialable_digits(address.number)) : nullptr;
  if (special) return expand(special->dial + (special->dial_area ? "FG" : "G"), call, out);
  expand(rule_of(country, card, results), call, out);
}

} // namespace

LONG translate_address(const Settings& settings, std::string_view text, DWORD card_id, DWORD options,
                       Translation& out) {
  constexpr DWORD both = LINETRANSLATEOPTION_FORCELOCAL | LINETRANSLATEOPTION_FORCELD;
  if ((options & ~translate_options_known) || (options & both) == both) return LINEERR_INVALPARAM;
  const Location* const location = settings.location();
  if (!location) return LINEERR_INIFILECORRUPT;
  const DWORD wanted_card = options & LINETRANSLATEOPTION_CARDOVERRIDE ? card_id : location->card_id;
  const Card* const card = settings.find_card(wanted_card);
  if (wanted_card != 0 && !card) return LINEERR_INVALCARD;
  auto address = parse_address(text);
  if (!address) return LINEERR_INVALADDRESS;

  const Country* const country = find_country(location->country_id);
  out = {};
  out.current_country = country ? country->code : 0;
  const bool waiting = options & LINETRANSLATEOPTION_CANCELCALLWAITING;
  Output parts{out};
  if (address->form == Address::Form::dialable) {
    if (waiting) parts.part(location->cancel_call_waiting);
    parts.part(address->number); // returned as it is [address-ovr]
  } else if (!country) {
    out.results = LINETRANSLATERESULT_INTERNATIONAL;
    const Call call{"+" + std::to_string(address->country), address->area, address->number, nullptr};
    expand("EFG", call, parts);
  } else {
    if (address->form == Address::Form::full && address->country == country->code)
      split_full(*address, *location);
    out.results = classify(*location, *country, *address, options);
    out.dialable = location->pulse ? "P" : "T"; // [LINELOCATIONOPTION_PULSEDIAL]
    if (waiting) parts.part(location->cancel_call_waiting);
    dial(*location, *country, *address, card, parts, out.results);
  }
  if (address->form == Address::Form::canonical) {
    out.results |= LINETRANSLATERESULT_CANONICAL;
    out.dest_country = address->country;
  }
  out.dialable += address->rest;
  out.results |= modifiers_in(out.dialable);
  return 0;
}

std::optional<std::string> toll_prefix(const Location& location, std::string_view text) {
  const auto address = parse_address(text);
  const Country* const country = find_country(location.country_id);
  if (!address || address->form != Address::Form::canonical || !country || !country->toll)
    return std::nullopt;
  if (address->country != country->code || address->area != location.area_code) return std::nullopt;
  const std::string digits = dialable_digits(address->number);
  if (digits.size() < toll_prefix_digits) return std::nullopt;
  return digits.substr(0, toll_prefix_digits);
}

} // namespace tl::server
