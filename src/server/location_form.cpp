// SPDX-License-Identifier: Apache-2.0
#include "server/location_form.hpp"

#include <algorithm>
#include <charconv>

#include "server/countries.hpp"
#include "server/translate.hpp"

namespace tl::server {
namespace {

using form::Setting;
using form::Type;
using form::Values;

constexpr std::int64_t name_bytes_max = 64, digits_bytes_max = 32;
constexpr std::string_view location_prefix = "location/", card_prefix = "card/", fresh = "new";

// "location/7" names location 7, "location/new" one that is not there yet (0).
std::optional<std::uint32_t> id_of(std::string_view object, std::string_view prefix) {
  if (!object.starts_with(prefix)) return std::nullopt;
  object.remove_prefix(prefix.size());
  if (object == fresh) return 0;
  std::uint32_t id = 0;
  const auto [end, error] = std::from_chars(object.data(), object.data() + object.size(), id);
  if (error != std::errc{} || end != object.data() + object.size() || id == 0) return std::nullopt;
  return id;
}

std::string object_name(std::string_view prefix, std::uint32_t id) {
  return std::string{prefix} + std::to_string(id);
}

Setting text(const char* name, const char* label, const std::string& value, const char* help,
             std::int64_t most = digits_bytes_max) {
  return {.name = name, .label = label, .type = Type::text, .value = value, .max = most, .help = help};
}

template <class T> void take(const Values& values, const char* name, T& to) {
  if (const auto at = values.find(name); at != values.end()) to = std::get<T>(at->second);
}

Setting card_choice(const Settings& settings, std::uint32_t chosen) {
  Setting card{.name = "card",
               .label = "Calling card",
               .type = Type::choice,
               .value = std::to_string(chosen),
               .help = "Long-distance and international calls are charged to it."};
  card.choices.push_back({"0", "none"});
  for (const Card& each : settings.cards)
    if (!each.hidden) card.choices.push_back({std::to_string(each.id), each.name});
  return card;
}

form::Description location_form(const Settings& settings, const Location& location) {
  form::Description form{.title = location.id == 0 ? "New location" : "Location " + location.name};
  auto& all = form.settings;
  if (!location.from_site) {
    all.push_back(text("name", "Name", location.name, "What people call it.", name_bytes_max));
    all.push_back(
        {.name = "country",
         .label = "Country",
         .type = Type::number,
         .value = std::int64_t{location.country_id},
         .min = 0,
         .max = 0xFFFF,
         .help = "Its id, mostly its dialling code (49: Germany); 0: numbers are dialled in full."});
    all.push_back(
        text("area_code", "Area code", location.area_code, "Without the digit that is dialled before it."));
    all.push_back(text("local_access", "For an outside line", location.local_access, "Dialled first."));
    all.push_back(text("long_distance_access", "The same for long distance", location.long_distance_access,
                       "Dialled first for other areas and countries."));
    all.push_back(text("cancel_call_waiting", "To disable call waiting", location.cancel_call_waiting,
                       "Dialled first where a program asks for it, such as *70#."));
    all.push_back(
        {.name = "pulse", .label = "Pulse dialling", .type = Type::on_off, .value = location.pulse});
  } else {
    form.notes.emplace_back("The site file describes it ([location]); its calling card can be set here.");
  }
  all.push_back(card_choice(settings, location.card_id));
  return form;
}

form::Description card_form(const Card& card) {
  form::Description form{.title = card.id == 0 ? "New calling card" : "Calling card " + card.name};
  const char* const rule = "Digits, and E country, F area, G number, H card number, K PIN, J access number.";
  form.settings = {
      text("name", "Name", card.name, "What people call it.", name_bytes_max),
      text("number", "Card number", card.number, "H of the rules."),
      {.name = "pin",
       .label = "PIN",
       .type = Type::text,
       .max = digits_bytes_max,
       .help = "K of the rules.",
       .secret = true},
      text("access", "Access number", card.access, "J of the rules."),
      text("same_area_rule", "Rule for the same area", card.same_area_rule, rule, name_bytes_max),
      text("long_distance_rule", "Rule for other areas", card.long_distance_rule, rule, name_bytes_max),
      text("international_rule", "Rule for other countries", card.international_rule, rule, name_bytes_max)};
  return form;
}

// What may be in a dialled prefix.
bool dialable(const std::string& text) {
  return text.find_first_not_of("0123456789*#ABCD,W@$!TP") == std::string::npos;
}

template <class List> std::uint32_t next_id(const List& list) {
  std::uint32_t last = 0;
  for (const auto& each : list) last = std::max(last, each.id);
  return last + 1;
}

// In place of the one with its id, or as a new one.
template <class List, class Item> void put(List& list, Item item) {
  const auto at =
      std::find_if(list.begin(), list.end(), [&](const Item& each) { return each.id == item.id; });
  if (at != list.end()) {
    *at = std::move(item);
    return;
  }
  item.id = next_id(list);
  list.push_back(std::move(item));
}

template <class List, class Item> bool name_taken(const List& list, const Item& item) {
  return std::any_of(list.begin(), list.end(),
                     [&](const Item& each) { return each.id != item.id && each.name == item.name; });
}

} // namespace

form::Description LocationForm::overview(const std::string& address) const {
  form::Description form{.title = "Dialling locations and calling cards"};
  const Location* const current = settings_.location();
  Translation made;
  if (!address.empty() && translate_address(settings_, address, 0, 0, made) == 0 &&
      (made.results & LINETRANSLATERESULT_CANONICAL))
    form.notes.push_back(address + " is dialled " + made.displayable);
  form::List locations{.name = "location", .label = "Locations", .remove = true, .choose = true};
  if (settings_.locations.size() < locations_max) locations.add = "location/new";
  for (const Location& each : settings_.locations)
    locations.entries.push_back({object_name(location_prefix, each.id), each.name, &each == current});
  form::List cards{.name = "card", .label = "Calling cards", .remove = true};
  if (settings_.cards.size() < cards_max) cards.add = "card/new";
  for (const Card& each : settings_.cards)
    if (!each.hidden)
      cards.entries.push_back(
          {object_name(card_prefix, each.id), each.name, current && current->card_id == each.id});
  form.lists = {std::move(locations), std::move(cards)};
  return form;
}

std::optional<form::Description> LocationForm::describe(const std::string& object,
                                                        const std::string& address) {
  if (object.empty()) return overview(address);
  if (const auto id = id_of(object, location_prefix)) {
    if (*id == 0) return location_form(settings_, {});
    if (const Location* const found = settings_.find_location(*id)) return location_form(settings_, *found);
  }
  if (const auto id = id_of(object, card_prefix)) {
    if (*id == 0) return card_form({});
    if (const Card* const found = settings_.find_card(*id); found && !found->hidden) return card_form(*found);
  }
  return std::nullopt;
}

std::string LocationForm::apply(const std::string& object, const form::Values& values) {
  if (const auto id = id_of(object, location_prefix)) {
    const Location* const found = settings_.find_location(*id);
    if (!found && settings_.locations.size() >= locations_max) return "There are too many locations.";
    return apply_location(found ? *found : Location{}, values);
  }
  if (const auto id = id_of(object, card_prefix)) {
    const Card* const found = settings_.find_card(*id);
    if (!found && settings_.cards.size() >= cards_max) return "There are too many calling cards.";
    return apply_card(found ? *found : Card{}, values);
  }
  return "There is nothing to set.";
}

std::string LocationForm::apply_location(Location location, const Values& values) {
  std::int64_t country = location.country_id;
  std::string card = std::to_string(location.card_id);
  take(values, "name", location.name);
  take(values, "country", country);
  take(values, "area_code", location.area_code);
  take(values, "local_access", location.local_access);
  take(values, "long_distance_access", location.long_distance_access);
  take(values, "cancel_call_waiting", location.cancel_call_waiting);
  take(values, "pulse", location.pulse);
  take(values, "card", card);
  location.country_id = static_cast<std::uint32_t>(country);
  location.card_id = 0;
  std::from_chars(card.data(), card.data() + card.size(), location.card_id);
  if (location.name.empty()) return "A location needs a name.";
  if (name_taken(settings_.locations, location)) return "Another location has this name.";
  if (country != 0 && !find_country(location.country_id)) return "No country has this id.";
  for (const std::string* each : {&location.area_code, &location.local_access, &location.long_distance_access,
                                  &location.cancel_call_waiting})
    if (!dialable(*each)) return *each + " cannot be dialled.";
  put(settings_.locations, std::move(location));
  changed_ = true;
  return {};
}

std::string LocationForm::apply_card(Card card, const Values& values) {
  take(values, "name", card.name);
  take(values, "number", card.number);
  take(values, "pin", card.pin);
  take(values, "access", card.access);
  take(values, "same_area_rule", card.same_area_rule);
  take(values, "long_distance_rule", card.long_distance_rule);
  take(values, "international_rule", card.international_rule);
  if (card.name.empty()) return "A calling card needs a name.";
  if (name_taken(settings_.cards, card)) return "Another calling card has this name.";
  for (const std::string* each : {&card.number, &card.pin, &card.access})
    if (!dialable(*each)) return "Digits were expected.";
  put(settings_.cards, std::move(card));
  changed_ = true;
  return {};
}

std::string LocationForm::choose(const std::string& object) {
  const auto id = id_of(object, location_prefix);
  if (!id || *id == 0) return "Only a location can be chosen.";
  changed_ = settings_.current_location != *id;
  settings_.current_location = *id;
  return {};
}

std::string LocationForm::remove(const std::string& object) {
  if (const auto id = id_of(object, location_prefix); id && *id != 0) {
    if (settings_.find_location(*id)->from_site) return "The site file describes this location.";
    if (settings_.locations.size() == 1) return "The last location stays.";
    std::erase_if(settings_.locations, [&](const Location& each) { return each.id == *id; });
    changed_ = true;
    return {};
  }
  const auto id = id_of(object, card_prefix);
  if (!id || *id == 0) return "It cannot be removed.";
  std::erase_if(settings_.cards, [&](const Card& each) { return each.id == *id; });
  for (Location& each : settings_.locations)
    if (each.card_id == *id) each.card_id = 0;
  changed_ = true;
  return {};
}

} // namespace tl::server
