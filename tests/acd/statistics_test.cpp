// SPDX-License-Identifier: Apache-2.0
#include "acd/statistics.hpp"

#include <gtest/gtest.h>

#include "acd/ledger.hpp"

namespace tl::acd {
namespace {

Config one_queue() {
  Config config;
  config.queues.resize(1);
  config.queues[0].service_level_s = 20;
  config.agents.resize(1);
  return config;
}

Event at(Time time, EventType type, Duration waited = {}) {
  Event event;
  event.time = time;
  event.type = type;
  event.queue_id = 1;
  event.waited = waited;
  return event;
}

constexpr Time start{std::chrono::hours{24 * 365 * 50}};

} // namespace

TEST(Statistics, ServiceLevelIncludesItsLastSecond) {
  Statistics statistics(one_queue());
  for (Duration waited : {Duration{20s}, Duration{20s + 1us}}) {
    statistics.event(at(start, EventType::call_queued));
    statistics.event(at(start, EventType::call_answered, waited));
  }
  EXPECT_EQ(statistics.queue(0).answered, 2U);
  EXPECT_EQ(statistics.queue(0).answered_in_time, 1U);
  EXPECT_EQ(statistics.queue(0).longest, 20s + 1us);
}

TEST(Statistics, TheWindowForgetsAfterThePeriod) {
  Statistics statistics(one_queue());
  statistics.set_period_s(0, 120);
  statistics.event(at(start, EventType::call_queued));
  statistics.event(at(start + 5s, EventType::call_abandoned, 5s));
  statistics.event(at(start + 60s, EventType::call_queued));
  EXPECT_EQ(statistics.window(0, start + 60s).queued, 2U);
  EXPECT_EQ(statistics.window(0, start + 60s).abandoned, 1U);
  EXPECT_EQ(statistics.window(0, start + 130s).queued, 1U);
  EXPECT_EQ(statistics.window(0, start + 1h).queued, 0U);
  EXPECT_EQ(statistics.queue(0).offered, 2U) << "totals stay";
  EXPECT_EQ(statistics.queue(0).waiting(), 1U);
}

TEST(Statistics, TimeInStatesIsCounted) {
  Statistics statistics(one_queue());
  auto agent = [&](Time time, EventType type, std::uint32_t state) {
    Event event;
    event.time = time;
    event.type = type;
    event.agent_index = 1;
    event.agent_state = state;
    statistics.event(event);
  };
  agent(start, EventType::agent_login, 0);
  agent(start, EventType::agent_state, 2);
  agent(start + 10s, EventType::agent_state, 4);
  agent(start + 25s, EventType::agent_logout, 0);
  EXPECT_EQ(statistics.agent(0).spent[1], 10s);
  EXPECT_EQ(statistics.agent(0).spent[2], 15s);
  EXPECT_EQ(statistics.agent(0).state, 1U);
}

TEST(LedgerDeathTest, RefusesWhatDoesNotFit) {
  Ledger ledger;
  Event event = at(start, EventType::call_queued);
  event.sequence = 1;
  event.call_id = 5;
  ledger.event(event);
  EXPECT_EQ(ledger.waiting(1), 1U);
  Event twice = event;
  twice.sequence = 2;
  EXPECT_DEATH(ledger.event(twice), "call_queued");
  Event gap = at(start, EventType::call_abandoned);
  gap.sequence = 3;
  gap.call_id = 5;
  EXPECT_DEATH(ledger.event(gap), "last_");
  Event unoffered = at(start, EventType::call_answered);
  unoffered.sequence = 2;
  unoffered.call_id = 5;
  EXPECT_DEATH(ledger.event(unoffered), "call_answered");
}

} // namespace tl::acd
