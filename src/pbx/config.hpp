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

struct Config {
  std::vector<StationConfig> stations;
  std::vector<TrunkConfig> trunks;
  std::vector<QueueConfig> queues;
  std::vector<RoutePointConfig> route_points;
  std::uint32_t calls_max = 10'000;    // "pbx.calls_max", else "sip.calls_max"
  std::uint32_t station_calls_max = 4; // call appearances of one station
  std::uint32_t ring_max_ms = 180'000; // no destination rings longer
};

// The error names key, value and what was expected.
Result<Config> read_config(std::string_view json);

} // namespace tl::pbx
