// SPDX-License-Identifier: Apache-2.0
// A small centre for tests of the core: queues, agents at stations of the same number, a fake switch, a
// ledger.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "acd/core.hpp"
#include "acd/ledger.hpp"
#include "acd/statistics.hpp"
#include "fake_switch.hpp"

namespace tl::acd {

// One queue "support" of one group "desk" with `agents` agents 1001, 1002 ...
inline Config small_centre(int agents) {
  Config config;
  QueueConfig queue;
  queue.name = "support";
  queue.number = "3000";
  queue.group = "desk";
  queue.ring_timeout_s = 10;
  config.queues.push_back(queue);
  config.groups.push_back({"desk", "", {}, {}});
  for (int i = 0; i < agents; ++i) {
    AgentConfig agent;
    agent.id = std::to_string(1001 + i);
    agent.name = "Agent " + agent.id;
    agent.station = agent.id;
    agent.groups = {"desk"};
    config.agents.push_back(agent);
  }
  return config;
}

class Centre {
public:
  explicit Centre(Config config, std::uint64_t seed = 1)
      : fake(loop, seed), statistics(config), core(loop, std::move(config), fake, {&ledger, &statistics}) {
    fake.core = &core;
    auto loaded = core.load();
    TL_CHECK(loaded, loaded ? std::string{} : loaded.error().text);
  }

  // Logged in to every group, and ready.
  void ready(StationIndex station) {
    log_in(station);
    EXPECT_EQ(core.set_state(station, AgentState::ready), Wish::granted);
  }
  void log_in(StationIndex station) {
    EXPECT_EQ(core.log_in(station, core.agents().at(core.stations().at(station).default_agent).config.id, ""),
              Wish::granted);
  }
  // Lets the present moment and a little more pass.
  void settle(Duration span = 100ms) {
    loop.run_for(span);
    core.check();
    for (const Queue& queue : core.queues()) EXPECT_EQ(ledger.waiting(queue.index + 1), queue.waiting());
  }
  AgentState state(AgentIndex agent) const { return core.state_of(agent); }

  VirtualLoop loop;
  Ledger ledger;
  FakeSwitch fake;
  Statistics statistics;
  Core core;
};

} // namespace tl::acd
