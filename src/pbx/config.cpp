// SPDX-License-Identifier: Apache-2.0
#include "pbx/config.hpp"

#include <fmt/core.h>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <set>

#include "tspi.h"

namespace tl::pbx {
namespace {

using nlohmann::json;

constexpr std::uint32_t calls_limit = 1'000'000;
constexpr std::uint32_t time_limit_ms = 3'600'000;

// Thrown and caught in this file: reading is a straight line, its failures are one sentence each.
struct Wrong {
  std::string text;
};

[[noreturn]] void wrong(const std::string& key, const std::string& value, std::string_view expected) {
  throw Wrong{fmt::format("{}: {}: {} was expected", key, value, expected)};
}

// One table, by its path in the file ("queue[1]").
class Table {
public:
  Table(const json& object, std::string path) : object_(object), path_(std::move(path)) {
    if (!object_.is_object()) wrong(path_, object_.dump(), "a table");
  }
  std::string key(const char* name) const { return path_.empty() ? name : path_ + "." + name; }

  void text(const char* name, std::string& out, bool required = false) const {
    const auto it = object_.find(name);
    if (it == object_.end()) {
      if (required) throw Wrong{fmt::format("{}: is missing; a text was expected", key(name))};
      return;
    }
    if (!it->is_string()) wrong(key(name), it->dump(), "a text in quotes");
    out = it->get<std::string>();
    if (required && out.empty()) wrong(key(name), "\"\"", "a text that is not empty");
  }
  void choice(const char* name, std::string& out, std::initializer_list<const char*> choices) const {
    text(name, out);
    std::string list;
    for (const char* one : choices) {
      if (out == one) return;
      list += (list.empty() ? "" : ", ") + std::string(one);
    }
    wrong(key(name), json(out).dump(), "one of " + list);
  }
  void number(const char* name, std::uint32_t& out, std::uint32_t low, std::uint32_t high) const {
    const auto it = object_.find(name);
    if (it == object_.end()) return;
    if (!it->is_number_integer() || *it < low || *it > high)
      wrong(key(name), it->dump(), fmt::format("a whole number from {} to {}", low, high));
    out = it->get<std::uint32_t>();
  }
  Table table(const char* name) const {
    static const json none = json::object();
    const auto it = object_.find(name);
    return {it == object_.end() ? none : *it, key(name)};
  }
  template <class Body> void each(const char* name, Body&& body) const {
    const auto it = object_.find(name);
    if (it == object_.end()) return;
    if (!it->is_array()) wrong(key(name), it->dump(), "a list of tables ([[" + std::string(name) + "]])");
    std::size_t index = 0;
    for (const json& one : *it) body(Table(one, fmt::format("{}[{}]", key(name), index++)));
  }

private:
  const json& object_;
  std::string path_;
};

void read_devices(const Table& root, Config& config) {
  root.each("station", [&](const Table& in) {
    StationConfig& one = config.stations.emplace_back();
    in.text("number", one.number, true);
    in.text("name", one.name);
    in.choice("driver", one.driver, {"sip", "sim"});
    in.text("pickup_group", one.pickup_group);
  });
  root.each("trunk", [&](const Table& in) {
    TrunkConfig& one = config.trunks.emplace_back();
    in.text("name", one.name, true);
    in.text("prefix", one.prefix);
    in.choice("driver", one.driver, {"sip", "sim"});
    in.number("calls_max", one.calls_max, 1, calls_limit);
  });
  root.each("queue", [&](const Table& in) {
    QueueConfig& one = config.queues.emplace_back();
    in.text("name", one.name, true);
    in.text("number", one.number, true);
    in.choice("treatment", one.treatment, {"music", "ringback", "silence", "announcement"});
    in.text("music", one.music);
    in.text("announcement", one.announcement);
    in.number("length_max", one.length_max, 1, calls_limit);
    if (one.treatment == "announcement" && one.announcement.empty())
      throw Wrong{in.key("announcement") +
                  ": is missing; the WAV file that treatment = \"announcement\" plays was expected"};
  });
  root.each("route_point", [&](const Table& in) {
    RoutePointConfig& one = config.route_points.emplace_back();
    in.text("number", one.number, true);
    in.text("name", one.name);
    in.text("queue", one.queue);
    in.number("default_routing_timeout_ms", one.default_routing_timeout_ms, 0, time_limit_ms);
  });
}

void read_limits(const Table& root, Config& config) {
  root.table("sip").number("calls_max", config.calls_max, 1, calls_limit);
  const Table pbx = root.table("pbx");
  pbx.number("calls_max", config.calls_max, 1, calls_limit);
  pbx.number("station_calls_max", config.station_calls_max, 1, 100);
  pbx.number("ring_max_ms", config.ring_max_ms, 1, time_limit_ms);
  pbx.number("park_reminder_ms", config.park_reminder_ms, 1, time_limit_ms);
  std::string orbits = "700-719";
  pbx.text("park_orbits", orbits);
  config.park_orbits = number_range(orbits);
  if (!orbits.empty() && config.park_orbits.empty())
    wrong(pbx.key("park_orbits"), orbits,
          fmt::format("a range like \"700-719\" of at most {} numbers", park_orbits_max));
}

// Numbers and names that must mean one thing.
void check_references(const Config& config) {
  std::set<std::string> numbers;
  const auto take = [&](const char* list, std::size_t index, const std::string& number) {
    if (!numbers.insert(number).second)
      wrong(fmt::format("{}[{}].number", list, index), number, "a number no other device has");
  };
  for (std::size_t i = 0; i < config.stations.size(); ++i) take("station", i, config.stations[i].number);
  for (std::size_t i = 0; i < config.route_points.size(); ++i)
    take("route_point", i, config.route_points[i].number);
  for (std::size_t i = 0; i < config.queues.size(); ++i) take("queue", i, config.queues[i].number);

  std::set<std::string> trunks;
  for (std::size_t i = 0; i < config.trunks.size(); ++i)
    if (!trunks.insert(config.trunks[i].name).second)
      wrong(fmt::format("trunk[{}].name", i), config.trunks[i].name, "a name no other trunk has");
  std::set<std::string> queues;
  for (std::size_t i = 0; i < config.queues.size(); ++i)
    if (!queues.insert(config.queues[i].name).second)
      wrong(fmt::format("queue[{}].name", i), config.queues[i].name, "a name no other queue has");
  for (std::size_t i = 0; i < config.route_points.size(); ++i) {
    const std::string& queue = config.route_points[i].queue;
    if (!queue.empty() && !queues.contains(queue))
      wrong(fmt::format("route_point[{}].queue", i), queue, "the name of a [[queue]]");
  }
}

} // namespace

std::vector<std::string> number_range(std::string_view text) {
  constexpr std::size_t digits_max = 9;
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos || dash == 0 || dash > digits_max || text.size() != 2 * dash + 1)
    return {};
  std::uint32_t ends[2] = {};
  for (int i = 0; i < 2; ++i)
    for (const char c : text.substr(i == 0 ? 0 : dash + 1, dash)) {
      if (c < '0' || c > '9') return {};
      ends[i] = ends[i] * 10 + static_cast<std::uint32_t>(c - '0');
    }
  if (ends[0] > ends[1] || ends[1] - ends[0] >= park_orbits_max) return {};
  std::vector<std::string> numbers;
  for (std::uint32_t one = ends[0]; one <= ends[1]; ++one)
    numbers.push_back(fmt::format("{:0{}}", one, dash));
  return numbers;
}

Result<Config> read_config(std::string_view text) {
  const json document = json::parse(text, nullptr, false);
  if (document.is_discarded())
    return Error{LINEERR_INIFILECORRUPT, "configuration: not JSON; an object was expected"};
  try {
    Config config;
    const Table root(document, "");
    read_devices(root, config);
    read_limits(root, config);
    check_references(config);
    return config;
  } catch (const Wrong& failure) {
    return Error{LINEERR_INIFILECORRUPT, failure.text};
  }
}

} // namespace tl::pbx
