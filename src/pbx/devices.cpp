// SPDX-License-Identifier: Apache-2.0
// The switch's devices: built from the configuration, found by number, opened and closed as lines.
#include <algorithm>

#include "pbx/switch.hpp"

namespace tl::pbx {

const char* to_string(DeviceKind kind) {
  switch (kind) {
  case DeviceKind::station: return "station";
  case DeviceKind::trunk: return "trunk";
  case DeviceKind::route_point: return "route_point";
  case DeviceKind::queue: return "queue";
  }
  return "";
}

namespace {
DWORD treatment_id(const std::string& name) {
  if (name == "ringback") return LINECALLTREATMENT_RINGBACK;
  if (name == "silence") return LINECALLTREATMENT_SILENCE;
  if (name == "announcement") return treatment_announcement;
  return LINECALLTREATMENT_MUSIC;
}
} // namespace

Switch::Switch(Loop& loop, Log& log, CallHandles& handles)
    : loop_(loop), log_(log), handles_(handles), linger_timer_(loop, [this] { end_lingering(); }) {}

Switch::~Switch() {
  for (Attachment& attachment : attachments_) attachment.leg.reset();
  for (Attachment& attachment : dead_attachments_) attachment.leg.reset();
}

Device& Switch::add_device(DeviceKind kind, const std::string& number, const std::string& name) {
  Device& device = *devices_.emplace_back(std::make_unique<Device>());
  device.index = static_cast<DWORD>(devices_.size() - 1);
  device.kind = kind;
  device.number = number;
  device.name = name.empty() ? number : name;
  (kind == DeviceKind::trunk ? trunks_ : numbers_).emplace(number, &device);
  return device;
}

void Switch::add_endpoints(const Config& config) {
  for (const StationConfig& one : config.stations) {
    Device& device = add_device(DeviceKind::station, one.number, one.name);
    device.calls_max = config.station_calls_max;
    device.reachable = false; // until its driver says so
    device.pickup_group = one.pickup_group;
    if (!one.pickup_group.empty()) pickup_groups_[one.pickup_group].push_back(&device);
  }
  for (const TrunkConfig& one : config.trunks) {
    Device& device = add_device(DeviceKind::trunk, one.name, one.name);
    device.calls_max = one.calls_max;
    device.prefix = one.prefix;
    if (!one.prefix.empty()) prefixes_.push_back(&device);
  }
  std::stable_sort(prefixes_.begin(), prefixes_.end(),
                   [](const Device* a, const Device* b) { return a->prefix.size() > b->prefix.size(); });
}

void Switch::add_waiting_places(const Config& config) {
  std::map<std::string, Device*> queues;
  for (const QueueConfig& one : config.queues) {
    Device& device = add_device(DeviceKind::queue, one.number, one.name);
    device.calls_max = one.length_max;
    device.default_treatment = treatment_id(one.treatment);
    device.music = one.music;
    device.announcement = one.announcement;
    queues[one.name] = &device;
  }
  for (const RoutePointConfig& one : config.route_points) {
    Device& device = add_device(DeviceKind::route_point, one.number, one.name);
    device.calls_max = config.calls_max;
    device.default_routing = std::chrono::milliseconds(one.default_routing_timeout_ms);
    if (!one.queue.empty()) device.default_queue = queues.at(one.queue);
  }
}

Result<void> Switch::start(const Config& config, const std::map<std::string, DriverFactory>& factories,
                           std::string_view config_json) {
  calls_max_ = config.calls_max;
  ring_max_ = std::chrono::milliseconds(config.ring_max_ms);
  add_endpoints(config);
  add_waiting_places(config);
  add_orbits(config);
  std::map<std::string, std::vector<Device*>> driven;
  for (const StationConfig& one : config.stations) driven[one.driver].push_back(numbers_.at(one.number));
  for (const TrunkConfig& one : config.trunks) driven[one.driver].push_back(trunks_.at(one.name));
  for (const auto& [name, devices] : driven) {
    const auto factory = factories.find(name);
    if (factory == factories.end()) {
      const Device& first = *devices.front();
      return Error{LINEERR_NODRIVER, std::string(to_string(first.kind)) + " " + first.number +
                                         ": driver: " + name + ": a driver that is built in was expected"};
    }
    auto made = factory->second(DriverStart{loop_, log_, *this, config_json});
    if (!made) return made.error();
    for (Device* device : devices) device->driver = made->get();
    drivers_.emplace(name, std::move(*made));
  }
  return {};
}

Switch::Target Switch::resolve(const std::string& number) const {
  if (const auto found = numbers_.find(number); found != numbers_.end()) return {found->second, number};
  for (Device* trunk : prefixes_)
    if (number.starts_with(trunk->prefix)) return {trunk, number};
  return {};
}

void Switch::station_reachable(const std::string& number, bool reachable) {
  const auto found = numbers_.find(number);
  if (found == numbers_.end() || found->second->kind != DeviceKind::station) return;
  Device& device = *found->second;
  if (device.reachable == reachable) return;
  device.reachable = reachable;
  touch(device);
  log_.info("pbx", "station {} is {}", number, reachable ? "reachable" : "unreachable");
  notify_line_state(device, reachable ? LINEDEVSTATE_INSERVICE : LINEDEVSTATE_OUTOFSERVICE);
}

void Switch::phone_key(const std::string& station, unsigned id, bool down) {
  const auto found = numbers_.find(station);
  if (found != numbers_.end() && phones_ != nullptr) phones_->key(*found->second, id, down);
}

void Switch::notify_line_state(Device& device, DWORD states) {
  if (device.line != nullptr && (device.line_states & states) != 0)
    device.line->event(LINE_LINEDEVSTATE, states & device.line_states);
}

void Switch::line_opened(Device& device, tsp::Line& line) {
  device.line = &line;
  ++device.openings;
  device.line_states = 0;
  device.address_states = 0;
  if (device.first == nullptr) return;
  // What exists is reported once TSPI_lineOpen has returned and the server knows the line.
  loop_.post([this, &device, opening = device.openings] {
    if (device.line == nullptr || device.openings != opening) return;
    // A conference before its members, which name it.
    for (const bool members : {false, true})
      for (Connection* one = device.first; one != nullptr; one = one->next)
        if (one->live() && !one->known() && (one->state == LINECALLSTATE_CONFERENCED) == members) show(*one);
  });
}

void Switch::line_closed(Device& device) {
  // From the start after each: closing one may end others.
  for (Connection* one = device.first; one != nullptr;) {
    const bool known = one->known();
    if (known) closed(*one);
    one = known ? device.first : one->next;
  }
  device.line = nullptr;
}

LONG Switch::command(Device& device, std::string_view text) {
  if (device.driver == nullptr) return LINEERR_OPERATIONUNAVAIL;
  const auto kind = device.kind == DeviceKind::trunk ? Destination::Kind::trunk : Destination::Kind::station;
  const Result<void> done = device.driver->command(kind, device.number, text);
  if (done) return 0;
  log_.warn("pbx", "{}: {}", device.number, done.error().text);
  return done.error().code < 0 ? done.error().code : LINEERR_OPERATIONFAILED;
}

} // namespace tl::pbx
