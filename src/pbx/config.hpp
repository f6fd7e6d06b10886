// SPDX-License-Identifier: Apache-2.0
// The provider's part of the site file, as far as the switching model needs it; drivers read the rest
// themselves.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace tl::pbx {

struct StationConfig {
  std::string number;
  std::string name;
  std::string driver = "sip";
  std::string pickup_group; // linePickup by group; empty: none
};

struct TrunkConfig {
  std::string name;
  std::string prefix; // numbers that begin with it and belong to no device go out here; empty: none
  std::string driver = "sip";
  std::uint32_t calls_max = 1000;
};

struct QueueConfig {
  std::string name;
  std::string number;
  std::string treatment = "music"; // music, ringback, silence, announcement
  std::string music;               // WAV; empty: the site's
  std::string announcement;        // WAV
  std::uint32_t length_max = 1000;
};

struct RoutePointConfig {
  std::string number;
  std::string name;
  std::string queue; // name of the default queue; empty: none
  std::uint32_t default_routing_timeout_ms = 4000;
};

// The numbers of "700-719" (as many digits on both sides), nothing when it is no such range. At most
// park_orbits_max.
constexpr std::uint32_t park_orbits_max = 1000;
std::vector<std::string> number_range(std::string_view text);

struct Config {
  std::vector<StationConfig> stations;
  std::vector<TrunkConfig> trunks;
  std::vector<QueueConfig> queues;
  std::vector<RoutePointConfig> route_points;
  std::uint32_t calls_max = 10'000;    // "pbx.calls_max", else "sip.calls_max"
  std::uint32_t station_calls_max = 4; // call appearances of one station
  std::uint32_t ring_max_ms = 180'000; // no destination rings longer
  // Where calls are parked, except for numbers that are devices'; "pbx.park_orbits", a range.
  std::vector<std::string> park_orbits = number_range("700-719");
  std::uint32_t park_reminder_ms = 60'000; // a parked call rings at who parked it after this time
};

// The error names key, value and what was expected.
Result<Config> read_config(std::string_view json);

} // namespace tl::pbx
