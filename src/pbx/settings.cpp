// SPDX-License-Identifier: Apache-2.0
// What can be set while the switch runs: the form of a line (lineConfigDialog), of its phone, of the switch
// as a whole (lineConfigProvider). The site file says what it starts with.
#include <algorithm>
#include <type_traits>

#include "pbx/provider.hpp"

namespace tl::pbx {
namespace {

using form::Setting;
using form::Type;
using form::Values;

constexpr std::int64_t name_bytes_max = 64;
constexpr std::int64_t time_max_s = 3600, time_max_ms = 3'600'000, calls_limit = 1'000'000;
const char* const until_restart =
    "Changes last until the server restarts; the site file has what it starts with.";

// The modes that hold for any caller.
constexpr DWORD any_caller =
    LINEFORWARDMODE_UNCOND | LINEFORWARDMODE_BUSY | LINEFORWARDMODE_NOANSW | LINEFORWARDMODE_BUSYNA;

// What the form shows of lineForward's instructions; the others, for particular callers, are kept as they
// are.
struct Forwarding {
  bool do_not_disturb = false;
  std::string always, busy, no_answer;
};

bool is_shown(const Forward& one) {
  return (one.mode & any_caller) != 0 && (one.mode == LINEFORWARDMODE_UNCOND || !one.destination.empty());
}

Forwarding forwarding_of(const Device& station) {
  Forwarding now;
  for (const Forward& each : station.forwards) {
    if (!is_shown(each)) continue;
    if (each.destination.empty()) now.do_not_disturb = true;
    if (each.mode == LINEFORWARDMODE_UNCOND) now.always = each.destination;
    if (each.mode == LINEFORWARDMODE_BUSY || each.mode == LINEFORWARDMODE_BUSYNA) now.busy = each.destination;
    if (each.mode == LINEFORWARDMODE_NOANSW || each.mode == LINEFORWARDMODE_BUSYNA)
      now.no_answer = each.destination;
  }
  return now;
}

std::vector<Forward> instructions(const Device& station, const Forwarding& wanted) {
  std::vector<Forward> all;
  for (const Forward& each : station.forwards)
    if (!is_shown(each)) all.push_back(each);
  const auto add = [&](DWORD mode, const std::string& destination) {
    if (!destination.empty()) all.push_back({mode, "", destination});
  };
  if (wanted.do_not_disturb)
    all.push_back({LINEFORWARDMODE_UNCOND, "", ""});
  else
    add(LINEFORWARDMODE_UNCOND, wanted.always);
  add(LINEFORWARDMODE_BUSY, wanted.busy);
  add(LINEFORWARDMODE_NOANSW, wanted.no_answer);
  return all;
}

template <class T> void take(const Values& values, const char* name, T& to) {
  const auto at = values.find(name);
  if (at == values.end()) return;
  if constexpr (std::is_same_v<T, std::string> || std::is_same_v<T, bool>)
    to = std::get<T>(at->second);
  else
    to = static_cast<T>(std::get<std::int64_t>(at->second));
}

// A number to forward to, or nothing.
bool take_number(const Values& values, const char* name, std::string& to) {
  std::string text = to;
  take(values, name, text);
  if (text.empty() || text == to) {
    to = text;
    return true;
  }
  return dialable(text, to) == 0;
}

std::int64_t seconds(Duration time) {
  return std::chrono::duration_cast<std::chrono::seconds>(time).count();
}

void rename(Device& device, const Values& values) {
  std::string name = device.name;
  take(values, "name", name);
  if (name.empty()) name = device.number;
  if (name == device.name) return;
  device.name = name;
  if (device.line != nullptr && (device.line_states & LINEDEVSTATE_CAPSCHANGE) != 0)
    device.line->event(LINE_LINEDEVSTATE, LINEDEVSTATE_CAPSCHANGE);
}

std::string apply_station(Switch& model, Device& station, const Values& values) {
  Forwarding wanted = forwarding_of(station);
  take(values, "do_not_disturb", wanted.do_not_disturb);
  const bool numbers = take_number(values, "forward_always", wanted.always) &&
                       take_number(values, "forward_busy", wanted.busy) &&
                       take_number(values, "forward_no_answer", wanted.no_answer);
  if (!numbers) return "This is no number to forward to.";
  if (wanted.do_not_disturb && !wanted.always.empty() && values.contains("forward_always"))
    return "Nothing is forwarded while do-not-disturb is on.";
  DWORD rings = station.forward_rings;
  take(values, "no_answer_rings", rings);
  const bool forwards =
      std::any_of(values.begin(), values.end(), [](const auto& each) { return each.first != "name"; });
  tsp::Request nobody; // lineForward without an application
  const LONG error = forwards ? model.forward(nobody, station, instructions(station, wanted), rings) : 0;
  if (error == LINEERR_INVALADDRESS) return "Calls cannot be forwarded to this number.";
  if (error != 0) return "There are too many forwarding instructions.";
  rename(station, values);
  return {};
}

tsp::Settings station_settings(Switch& model, Device& station) {
  const Forwarding now = forwarding_of(station);
  const auto number = [](const char* name, const char* label, const std::string& value) {
    return Setting{.name = name,
                   .label = label,
                   .type = Type::text,
                   .value = value,
                   .max = static_cast<std::int64_t>(number_bytes_max),
                   .help = "A number of this switch or one that a trunk can reach."};
  };
  const std::int64_t rings = station.forward_rings == 0 ? forward_rings_default : station.forward_rings;
  return {
      .title = "Station " + station.number,
      .notes = {until_restart},
      .settings = {{.name = "name",
                    .label = "Name shown to others",
                    .type = Type::text,
                    .value = station.name,
                    .max = name_bytes_max,
                    .help = "On the phones of those it calls and those who call it."},
                   {.name = "do_not_disturb",
                    .label = "Do not disturb",
                    .type = Type::on_off,
                    .value = now.do_not_disturb,
                    .help = "Callers hear that the station is busy, queues too. It takes the place of "
                            "forwarding every call."},
                   number("forward_always", "Forward every call to", now.always),
                   number("forward_busy", "Forward when busy to", now.busy),
                   number("forward_no_answer", "Forward when not answered to", now.no_answer),
                   {.name = "no_answer_rings",
                    .label = "Not answered after",
                    .type = Type::number,
                    .value = rings,
                    .min = forward_rings_min,
                    .max = forward_rings_max,
                    .unit = "rings",
                    .help = "A ring and its pause are 5 seconds.",
                    .initial = std::int64_t{forward_rings_default}}},
      .apply = [&model, &station](const Values& values) { return apply_station(model, station, values); }};
}

tsp::Settings waiting_place_settings(Device& device) {
  const bool queue = device.kind == DeviceKind::queue;
  tsp::Settings settings{.title = (queue ? "Queue " : "Route point ") + device.number,
                         .notes = {until_restart}};
  if (queue)
    settings.settings.push_back({.name = "length_max",
                                 .label = "Callers that may wait",
                                 .type = Type::number,
                                 .value = std::int64_t{device.calls_max},
                                 .min = 1,
                                 .max = calls_limit,
                                 .help = "Further ones are told that the queue is full."});
  else
    settings.settings.push_back(
        {.name = "default_routing_timeout_ms",
         .label = "Routed by default after",
         .type = Type::number,
         .value = std::chrono::duration_cast<std::chrono::milliseconds>(device.default_routing).count(),
         .min = 0,
         .max = time_max_ms,
         .unit = "milliseconds",
         .help = "When no application has routed the call by then."});
  settings.apply = [&device](const Values& values) -> std::string {
    take(values, "length_max", device.calls_max);
    std::int64_t routing =
        std::chrono::duration_cast<std::chrono::milliseconds>(device.default_routing).count();
    take(values, "default_routing_timeout_ms", routing);
    device.default_routing = std::chrono::milliseconds{routing};
    return {};
  };
  return settings;
}

} // namespace

std::optional<tsp::Settings> PbxProvider::line_settings(DWORD index) {
  Device& device = switch_->device(index);
  switch (device.kind) {
  case DeviceKind::station: return station_settings(*switch_, device);
  case DeviceKind::queue:
  case DeviceKind::route_point: return waiting_place_settings(device);
  case DeviceKind::trunk: return std::nullopt;
  }
  return std::nullopt;
}

// A station's phone has no settings of its own.
std::optional<tsp::Settings> PbxProvider::phone_settings(DWORD phone) {
  const auto line = phones_ ? phones_->line_of_phone(phone) : std::nullopt;
  return line ? line_settings(*line) : std::nullopt;
}

std::optional<tsp::Settings> PbxProvider::provider_settings() {
  const Tuning now = switch_->tuning();
  return tsp::Settings{.title = "PBX",
                       .notes = {until_restart},
                       .settings = {{.name = "calls_max",
                                     .label = "Calls at the same time",
                                     .type = Type::number,
                                     .value = std::int64_t{now.calls_max},
                                     .min = 1,
                                     .max = calls_limit},
                                    {.name = "ring_max_s",
                                     .label = "No phone rings longer than",
                                     .type = Type::number,
                                     .value = seconds(now.ring_max),
                                     .min = 1,
                                     .max = time_max_s,
                                     .unit = "seconds"},
                                    {.name = "park_reminder_s",
                                     .label = "A parked call rings back after",
                                     .type = Type::number,
                                     .value = seconds(now.park_reminder),
                                     .min = 1,
                                     .max = time_max_s,
                                     .unit = "seconds"}},
                       .apply = [this](const Values& values) -> std::string {
                         Tuning wanted = switch_->tuning();
                         std::int64_t ring = seconds(wanted.ring_max),
                                      reminder = seconds(wanted.park_reminder);
                         take(values, "calls_max", wanted.calls_max);
                         take(values, "ring_max_s", ring);
                         take(values, "park_reminder_s", reminder);
                         if (values.contains("ring_max_s")) wanted.ring_max = std::chrono::seconds{ring};
                         if (values.contains("park_reminder_s"))
                           wanted.park_reminder = std::chrono::seconds{reminder};
                         switch_->tune(wanted);
                         return {};
                       }};
}

} // namespace tl::pbx
