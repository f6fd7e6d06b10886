// SPDX-License-Identifier: Apache-2.0
// Agent sessions in scenarios, by the call-centre objects of TAPI 3: what a supervisor's program would do.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "world.hpp"

namespace tl::scenario {

class Sessions : public telephony::CallCentreEvents {
public:
  explicit Sessions(World& world) : world_(world), centre_(*world.desk, *this) {}

  // begin, ready, notready, wrapup, end; the session is made when there is none. What went wrong is in
  // world.errors.
  void act(const std::string& station, const std::string& group, const std::string& verb);
  // LINEAGENTSESSIONSTATE_, asked by lineGetAgentSessionInfo: "READY"; "NONE" when there never was one.
  std::string state(const std::string& station, const std::string& group);

private:
  using Session = std::shared_ptr<telephony::AgentSession>;
  // Waits for what `start` starts.
  template <class T, class Start> T get(const std::string& what, Start start) {
    T kept{};
    LONG reply = 1;
    const LONG begun = start([&](LONG result, const T& value) {
      reply = result;
      kept = value;
    });
    world_.loop.settle();
    const LONG result = begun < 0 ? begun : reply;
    if (result != 0) world_.errors.push_back(what + ": " + telephony::error_name(result));
    return kept;
  }
  std::shared_ptr<telephony::AcdGroup> group(const std::string& name);
  Session begin(const std::string& station, const std::string& group);

  World& world_;
  telephony::CallCentre centre_;
  std::map<std::pair<std::string, std::string>, Session> sessions_; // by station and group
};

} // namespace tl::scenario
