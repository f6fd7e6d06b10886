// SPDX-License-Identifier: Apache-2.0
// How a simulated phone or far end behaves, and the commands that applications send it (README.md).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "pbx/driver.hpp"

namespace tl::pbx::sim {

struct Behaviour {
  Duration answer_after = 2s;
  bool no_answer = false; // rings for ever
  bool unreachable = false;
  bool answer_refused = false; // cannot go off hook by itself
  std::optional<Cause> reject;
  Duration hold_after{};   // 0: never; then the phone's own hold key
  Duration unhold_after{}; // 0: never; after it was held
  Duration talk{};         // 0: never hangs up; after it was joined to a person
};

// What a party sends besides words.
struct Tone {
  std::array<double, 3> frequencies_hz{};
  Duration length{};
};

struct IncomingCall {
  std::string called;
  Party from;
  Duration patience{}; // 0: waits for ever
  Duration talk{};     // 0: never hangs up
  std::string digits;  // dialled once the call is answered
};

// One lineDevSpecific: behaviour to change, and what to do at once.
struct Command {
  Behaviour behaviour; // the device's own, as changed
  std::optional<IncomingCall> call;
  std::string dial;
  std::string transfer;
  std::string digits;
  std::optional<Tone> tone;
  std::optional<unsigned> press, release; // buttons of the phone
  bool transfer_to = false;
  bool hangup = false;
  bool answer = false;
  std::optional<bool> hold;
};

// `present` is the device's behaviour before. The error names key, value and what was expected.
Result<Command> read_command(std::string_view json, const Behaviour& present);
// "sim" in the configuration, and in a station's or trunk's own table.
Result<Behaviour> read_behaviour(std::string_view json, const Behaviour& defaults);

} // namespace tl::pbx::sim
