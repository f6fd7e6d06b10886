// SPDX-License-Identifier: Apache-2.0
#include "main/settings_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fmt/core.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "base/text.hpp"
#include "server/countries.hpp"

namespace tl::program {
namespace {

using nlohmann::json;
using namespace server;

constexpr std::uint32_t site_location_id = 1; // the one that the site file describes

json to_json(const Location& from) {
  json rules = json::array();
  for (const AreaRule& rule : from.area_rules)
    rules.push_back({{"area", rule.area},
                     {"prefixes", rule.prefixes},
                     {"dial", rule.dial},
                     {"dial_area", rule.dial_area}});
  return {{"id", from.id},
          {"name", from.name},
          {"country_id", from.country_id},
          {"area_code", from.area_code},
          {"local_access", from.local_access},
          {"long_distance_access", from.long_distance_access},
          {"cancel_call_waiting", from.cancel_call_waiting},
          {"toll_prefixes", from.toll_prefixes},
          {"area_rules", std::move(rules)},
          {"pulse", from.pulse},
          {"card_id", from.card_id}};
}

Location location_from(const json& from) {
  Location to;
  to.id = from.at("id");
  to.name = from.at("name");
  to.country_id = from.at("country_id");
  to.area_code = from.at("area_code");
  to.local_access = from.value("local_access", "");
  to.long_distance_access = from.value("long_distance_access", "");
  to.cancel_call_waiting = from.value("cancel_call_waiting", "");
  to.toll_prefixes = from.value("toll_prefixes", std::vector<std::string>{});
  for (const json& rule : from.value("area_rules", json::array()))
    to.area_rules.push_back({rule.at("area"), rule.at("prefixes"), rule.at("dial"), rule.at("dial_area")});
  to.pulse = from.value("pulse", false);
  to.card_id = from.value("card_id", 0U);
  return to;
}

json to_json(const Card& from) {
  return {{"id", from.id},
          {"name", from.name},
          {"number", from.number},
          {"pin", from.pin},
          {"access", from.access},
          {"same_area_rule", from.same_area_rule},
          {"long_distance_rule", from.long_distance_rule},
          {"international_rule", from.international_rule},
          {"hidden", from.hidden}};
}

Card card_from(const json& from) {
  Card to;
  to.id = from.at("id");
  to.name = from.at("name");
  to.number = from.value("number", "");
  to.pin = from.value("pin", "");
  to.access = from.value("access", "");
  to.same_area_rule = from.value("same_area_rule", "");
  to.long_distance_rule = from.value("long_distance_rule", "");
  to.international_rule = from.value("international_rule", "");
  to.hidden = from.value("hidden", false);
  return to;
}

using Lists = std::map<std::uint32_t, std::vector<std::u16string>>;

json to_json(const Lists& lists) {
  json out = json::object();
  for (const auto& [mode, names] : lists)
    for (const std::u16string& name : names) out[std::to_string(mode)].push_back(to_utf8(name));
  return out;
}

Lists lists_from(const json& from) {
  Lists lists;
  for (const auto& [mode, names] : from.items())
    for (const json& name : names)
      lists[static_cast<std::uint32_t>(std::stoul(mode))].push_back(to_utf16(name.get<std::string>()));
  return lists;
}

Settings settings_from(const json& from) {
  Settings to;
  to.current_location = from.value("current_location", 0U);
  for (const json& each : from.value("locations", json::array())) to.locations.push_back(location_from(each));
  for (const json& each : from.value("cards", json::array())) to.cards.push_back(card_from(each));
  const json priorities = from.value("priorities", json::object());
  to.priorities.media = lists_from(priorities.value("media", json::object()));
  to.priorities.requests = lists_from(priorities.value("requests", json::object()));
  return to;
}

// What the site says of its location, it says each time anew; toll list, area rules and card are kept.
void take_from_site(Settings& settings, const Site& site) {
  auto at = std::find_if(settings.locations.begin(), settings.locations.end(),
                         [](const Location& each) { return each.id == site_location_id; });
  if (at == settings.locations.end()) {
    at = settings.locations.insert(settings.locations.begin(), Location{});
    at->id = site_location_id;
  }
  at->from_site = true;
  const Site::Location& from = site.location;
  at->name = from.name.empty() ? site.name : from.name;
  const Country* const country = country_of_code(static_cast<std::uint32_t>(from.country));
  at->country_id = country ? country->id : 0;
  at->area_code = from.area_code;
  at->local_access = from.local_access;
  at->long_distance_access = from.long_distance_access;
  at->cancel_call_waiting = from.cancel_call_waiting;
  at->pulse = from.pulse;
}

bool write_all(const std::string& file, const std::string& text) {
  const int out = open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (out < 0) return false;
  const bool good =
      write(out, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && fsync(out) == 0;
  const int error = errno;
  close(out);
  errno = error;
  return good;
}

} // namespace

Result<Settings> SettingsFile::load(const Site& site) const {
  Settings settings;
  std::error_code ignored;
  if (std::filesystem::exists(path_, ignored)) {
    std::ifstream in(path_, std::ios::binary);
    try {
      settings = settings_from(json::parse(in));
    } catch (const std::exception& error) {
      return Error{EINVAL,
                   fmt::format("{}: not what was kept there: {}; mend or remove it", path_, error.what())};
    }
  }
  const auto code = static_cast<std::uint32_t>(site.location.country);
  if (code != 0 && !country_of_code(code))
    return Error{EINVAL, fmt::format("{}: location.country: {}: no country has this code", site.file, code)};
  take_from_site(settings, site);
  return settings;
}

bool SettingsFile::save(const Settings& settings) {
  json locations = json::array(), cards = json::array();
  for (const Location& each : settings.locations) locations.push_back(to_json(each));
  for (const Card& each : settings.cards) cards.push_back(to_json(each));
  const json all = {
      {"current_location", settings.current_location},
      {"locations", std::move(locations)},
      {"cards", std::move(cards)},
      {"priorities",
       {{"media", to_json(settings.priorities.media)}, {"requests", to_json(settings.priorities.requests)}}}};
  const std::string fresh = path_ + ".new";
  if (write_all(fresh, all.dump(2) + "\n") && rename(fresh.c_str(), path_.c_str()) == 0) return true;
  log_.error("main", "{}: settings cannot be kept: {}", path_, std::strerror(errno));
  unlink(fresh.c_str());
  return false;
}

} // namespace tl::program
