// SPDX-License-Identifier: Apache-2.0
// What the suite is told about the telephones it works with, and the little it needs done that no program can
// do through TAPI. A site of another TAPI gives the numbers in a file and answers false to what nobody can do
// there: the cases that need it are then not applicable.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace conformance {

class Site {
public:
  virtual ~Site() = default;

  // Numbers, as they are dialled; empty: there is none. The first four are needed, and are line devices here.
  std::string desk;        // calls are made from it; a program's call needs no hand at the phone
  std::string called;      // rings until a program answers; also a phone device
  std::string other;       // as `called`
  std::string answers;     // is answered by itself at once
  std::string silent;      // rings for ever
  std::string busy;        // is always busy
  std::string queue;       // a queue's number
  std::string route_point; // a route point's
  std::string agents;      // a line whose agent functions nobody handles: the suite does; any device
  std::string nobody;      // cannot be dialled: belongs to nobody
  // A block that lineDevSpecific takes without effect, and one that it refuses.
  std::string dev_specific;
  // The handles of a second program that runs beside this one, by type: "HLINE".
  std::map<std::string, std::uint32_t> foreign;

  // Somebody at the telephone of that number...
  virtual bool dials_digits(const std::string& /*number*/, const std::string& /*digits*/) { return false; }
  virtual bool pushes_button(const std::string& /*number*/, unsigned /*button*/) { return false; }
  virtual bool calls(const std::string& /*number*/, const std::string& /*destination*/) { return false; }
  virtual bool hangs_up(const std::string& /*number*/) { return false; }
};

// "name = value" lines; `drive = sim` chooses Trunkline's simulated phones, which take commands by
// lineDevSpecific. Ends the program with a sentence when something needed is missing.
std::unique_ptr<Site> read_site(const std::string& path);
// The simulated phones of Trunkline (src/pbx/sim/README.md).
std::unique_ptr<Site> make_sim_site();

} // namespace conformance
