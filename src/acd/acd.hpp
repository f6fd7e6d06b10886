// SPDX-License-Identifier: Apache-2.0
// The ACD: an application on the object model. It owns route points and queues, watches the agents' stations,
// serves their agent functions as the proxy, and moves calls with the API that any application has.
#pragma once

#include <memory>
#include <vector>

#include "acd/config.hpp"
#include "acd/event.hpp"
#include "base/result.hpp"

namespace tl {
class Loop;
class Log;
} // namespace tl

namespace tl::acd {

class Statistics;

class Acd {
public:
  // `sinks` outlive the Acd.
  Acd(Loop& loop, Log& log, Config config, std::vector<EventSink*> sinks = {});
  ~Acd(); // as stop()
  Acd(const Acd&) = delete;
  Acd& operator=(const Acd&) = delete;

  // Initializes telephony (in process when the library was given the server), opens the lines and takes over
  // calls that already wait. An error names what in the configuration or on the switch is wrong; nothing
  // stays open then.
  Result<void> start();
  // Leaves calls where they are: the switch keeps them.
  void stop();

  const Statistics& statistics() const;

private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace tl::acd
