// SPDX-License-Identifier: Apache-2.0
// Simulated phones and callers for stations and trunks with driver = "sim".
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "base/loop.hpp"
#include "pbx/sim/behaviour.hpp"

namespace tl::pbx::sim {

class SimLeg;

struct SimDevice {
  Destination::Kind kind = Destination::Kind::station;
  std::string name;
  Behaviour behaviour;
  std::vector<SimLeg*> legs; // oldest first; few for a station
};

class SimDriver final : public Driver {
public:
  explicit SimDriver(const DriverStart& start);

  // Reads the devices from the configuration.
  Result<void> configure(std::string_view config_json);
  std::unique_ptr<Leg> place(const Destination& to, LegOwner& owner) override;
  Result<void> command(Destination::Kind kind, const std::string& device, std::string_view text) override;

  bool whole_phones() const override { return true; }

  Loop& loop() { return loop_; }

private:
  void report_reachable();
  void call(SimDevice& device, const IncomingCall& call);
  void act(SimDevice& device, const Command& command);
  SimDevice* find(Destination::Kind kind, const std::string& name);

  Loop& loop_;
  DriverEvents& events_;
  std::unordered_map<std::string, SimDevice> stations_;
  std::unordered_map<std::string, SimDevice> trunks_;
  std::vector<std::string> reachable_; // stations to report, in the configuration's order
  Timer report_;
};

} // namespace tl::pbx::sim
