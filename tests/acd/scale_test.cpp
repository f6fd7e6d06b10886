// SPDX-License-Identifier: Apache-2.0
// 40,000 queues and 75,000 memberships, where scans of queues times members melt: what one fact costs must
// not depend on how many others there are.
#include <ctime>

#include "core_fixture.hpp"

namespace tl::acd {
namespace {

Config huge(std::uint32_t queues, std::uint32_t agents) {
  Config config = small_centre(0);
  const QueueConfig model = config.queues[0];
  config.queues.clear();
  config.groups.clear();
  const std::uint32_t groups = queues / 4;
  for (std::uint32_t i = 0; i < groups; ++i) config.groups.push_back({"g" + std::to_string(i), "", {}, {}});
  for (std::uint32_t i = 0; i < queues; ++i) {
    QueueConfig queue = model;
    queue.name = "q" + std::to_string(i);
    queue.group = "g" + std::to_string(i % groups);
    config.queues.push_back(queue);
  }
  for (std::uint32_t i = 0; i < agents; ++i) {
    AgentConfig agent;
    agent.id = agent.station = std::to_string(100'000 + i);
    for (std::uint32_t k = 0; k < 3; ++k) agent.groups.push_back("g" + std::to_string((i * 3 + k) % groups));
    config.agents.push_back(agent);
  }
  return config;
}

// CPU microseconds per round of: a caller comes, is offered, answered, gone; and an agent pauses and is back.
double cost_us(std::uint32_t queues, std::uint32_t agents, int rounds) {
  Centre centre(huge(queues, agents));
  centre.fake.delay = 1ms;
  for (StationIndex i = 0; i < agents; ++i) {
    centre.core.log_in(i, centre.core.agents()[i].config.id, "");
    centre.core.set_state(i, AgentState::ready);
  }
  Random random(9);
  const std::clock_t start = std::clock();
  for (int i = 0; i < rounds; ++i) {
    const auto call = centre.fake.arrive(static_cast<QueueIndex>(random.below(queues)));
    const auto other = static_cast<StationIndex>(random.below(agents));
    centre.core.set_state(other, AgentState::not_ready);
    centre.core.set_state(other, AgentState::ready);
    centre.loop.run_for(5ms);
    centre.fake.answer(call);
    centre.fake.hang_up(call);
  }
  const double us = 1e6 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC / rounds;
  EXPECT_EQ(centre.statistics.queue(0).waiting(), 0U);
  EXPECT_GE(centre.fake.offers.size(), static_cast<std::size_t>(rounds) * 9 / 10);
  centre.core.check();
  return us;
}

} // namespace

TEST(Scale, FortyThousandQueuesCostNoMorePerFactThanForty) {
  const double small = cost_us(40, 75, 3'000);
  const double large = cost_us(40'000, 25'000, 3'000);
  std::printf("per call: %.1f us with 40 queues, %.1f us with 40,000 queues and 75,000 memberships\n", small,
              large);
  // Caches are colder, nothing else grows; a scan would make it a hundred times more.
  EXPECT_LT(large, 20 * small + 50);
}

} // namespace tl::acd
