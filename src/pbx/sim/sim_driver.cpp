// SPDX-License-Identifier: Apache-2.0
#include "pbx/sim/sim_driver.hpp"

#include <nlohmann/json.hpp>

#include "base/check.hpp"
#include "pbx/sim/sim_leg.hpp"
#include "tspi.h"

namespace tl::pbx {

Result<std::unique_ptr<Driver>> make_sim_driver(const DriverStart& start) {
  auto driver = std::make_unique<sim::SimDriver>(start);
  if (const Result<void> done = driver->configure(start.config_json); !done) return done.error();
  return std::unique_ptr<Driver>(std::move(driver));
}

} // namespace tl::pbx

namespace tl::pbx::sim {

using nlohmann::json;

SimDriver::SimDriver(const DriverStart& start)
    : loop_(start.loop), events_(start.events), report_(start.loop, [this] { report_reachable(); }) {}

Result<void> SimDriver::configure(std::string_view config_json) {
  const json config = json::parse(config_json, nullptr, false);
  if (!config.is_object()) return Error{LINEERR_INIFILECORRUPT, "configuration: a JSON object was expected"};
  const auto behaviour = [](const json& table, const Behaviour& defaults) {
    const auto own = table.find("sim");
    return own == table.end() ? Result<Behaviour>(defaults) : read_behaviour(own->dump(), defaults);
  };
  Result<Behaviour> defaults = behaviour(config, Behaviour{});
  if (!defaults) return defaults.error();
  for (const char* list : {"station", "trunk"}) {
    const bool station = list == std::string_view("station");
    for (const json& one : config.value(list, json::array())) {
      if (one.value("driver", "sip") != "sim") continue;
      Result<Behaviour> own = behaviour(one, *defaults);
      if (!own) return Error{own.error().code, std::string(list) + "." + own.error().text};
      const std::string name = one.value(station ? "number" : "name", "");
      const auto kind = station ? Destination::Kind::station : Destination::Kind::trunk;
      (station ? stations_ : trunks_)[name] = SimDevice{kind, name, *own, {}};
      if (station && !own->unreachable) reachable_.push_back(name);
    }
  }
  report_.start(0us);
  return {};
}

void SimDriver::report_reachable() {
  for (const std::string& number : reachable_) events_.station_reachable(number, true);
  reachable_.clear();
}

SimDevice* SimDriver::find(Destination::Kind kind, const std::string& name) {
  auto& devices = kind == Destination::Kind::station ? stations_ : trunks_;
  const auto found = devices.find(name);
  return found == devices.end() ? nullptr : &found->second;
}

std::unique_ptr<Leg> SimDriver::place(const Destination& to, LegOwner& owner) {
  SimDevice* const device = find(to.kind, to.device);
  TL_CHECK(device != nullptr, "a call is placed to a device of another driver");
  return std::make_unique<SimLeg>(*this, *device, owner);
}

Result<void> SimDriver::command(Destination::Kind kind, const std::string& name, std::string_view text) {
  SimDevice* const device = find(kind, name);
  TL_CHECK(device != nullptr, "a command for a device of another driver");
  Result<Command> command = read_command(text, device->behaviour);
  if (!command) return command.error();
  if (command->call) {
    if (kind != Destination::Kind::trunk)
      return Error{LINEERR_INVALPARAM, "call: a trunk was expected; a station dials"};
    call(*device, *command->call);
    return {};
  }
  const bool was_unreachable = device->behaviour.unreachable;
  device->behaviour = command->behaviour;
  if (kind == Destination::Kind::station && was_unreachable != device->behaviour.unreachable)
    events_.station_reachable(device->name, !device->behaviour.unreachable);
  act(*device, *command);
  return {};
}

void SimDriver::call(SimDevice& device, const IncomingCall& how) {
  auto leg = std::make_unique<SimLeg>(*this, device, how);
  SimLeg& placed = *leg;
  const Party from = device.kind == Destination::Kind::station ? Party{device.name, ""} : how.from;
  placed.set_owner(events_.incoming(std::move(leg), device.kind, device.name, from, how.called));
}

// The user's actions, on the call he would mean: the newest for answering and hanging up, else the newest
// that is up.
void SimDriver::act(SimDevice& device, const Command& command) {
  if (device.kind == Destination::Kind::station) {
    if (command.press) events_.phone_key(device.name, *command.press, true);
    if (command.release) events_.phone_key(device.name, *command.release, false);
  }
  if (!command.dial.empty()) {
    IncomingCall how;
    how.called = command.dial;
    how.talk = device.behaviour.talk;
    call(device, how);
  }
  SimLeg* up = nullptr;
  SimLeg* before = nullptr;
  for (SimLeg* const leg : device.legs) {
    if (!leg->up()) continue;
    before = up;
    up = leg;
  }
  if (command.answer && !device.legs.empty()) device.legs.back()->pick_up();
  if (up != nullptr && !command.digits.empty()) up->dial(command.digits);
  if (up != nullptr && command.tone) up->sound(*command.tone);
  if (up != nullptr && command.hold) up->press_hold(*command.hold);
  if (up != nullptr && !command.transfer.empty()) up->transfer(command.transfer);
  if (up != nullptr && before != nullptr && command.transfer_to) before->transfer_to(*up);
  if (command.hangup && !device.legs.empty()) device.legs.back()->put_down();
}

} // namespace tl::pbx::sim
