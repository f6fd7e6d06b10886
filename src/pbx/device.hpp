// SPDX-License-Identifier: Apache-2.0
// A device of the switch: a line with one address. Created at start, never removed.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "base/timer.hpp"
#include "pbx/driver.hpp"
#include "tsp/handles.hpp"

namespace tl::pbx {

struct Connection;

enum class DeviceKind : unsigned char { station, trunk, route_point, queue };

// The class as applications see it in LINEDEVCAPS (dev-specific part).
const char* to_string(DeviceKind kind);

// One instruction of lineForward; without a destination it is do-not-disturb.
struct Forward {
  DWORD mode = 0;     // LINEFORWARDMODE_, one bit
  std::string caller; // for the ...SPECIFIC modes
  std::string destination;
};

struct Device {
  DWORD index = 0; // line device, counted from 0
  DeviceKind kind = DeviceKind::station;
  std::string number; // the address; a trunk's name
  std::string name;
  std::string prefix; // trunk
  Driver* driver = nullptr;
  DWORD calls_max = 0;
  bool reachable = true;
  std::string pickup_group; // station
  std::vector<Forward> forwards;
  DWORD forward_rings = 0;
  bool message_waiting = false;
  std::unique_ptr<Timer> ringer; // while somebody wants LINEDEVSTATE_RINGING
  DWORD rings = 0;               // cycles so far

  Device* default_queue = nullptr; // route point
  Duration default_routing{};
  DWORD default_treatment = 0; // queue
  std::string music;
  std::string announcement;

  // What TAPI has open here.
  tsp::Line* line = nullptr;
  DWORD openings = 0;
  DWORD line_states = 0;    // wanted LINE_LINEDEVSTATE
  DWORD address_states = 0; // wanted LINE_ADDRESSSTATE

  bool watched = false; // its phone device is open
  DWORD awaited = 0;    // call completions that wait for it or for which it asked

  // Its connections: live ones and those whose handle TAPI still holds.
  Connection* first = nullptr;
  enum Count : unsigned char { active, on_hold, on_hold_pending, conferenced, none };
  std::array<DWORD, 4> counts{}; // live connections by Count

  // Call appearances in use: a conference is one, however many members it has.
  DWORD live() const { return counts[active] + counts[on_hold] + counts[on_hold_pending]; }
  // As LINEDEVSTATUS and LINEADDRESSSTATUS count: neither idle nor held.
  DWORD active_calls() const { return counts[active] + counts[conferenced]; }
  bool has_legs() const { return kind == DeviceKind::station || kind == DeviceKind::trunk; }
};

} // namespace tl::pbx
