// SPDX-License-Identifier: Apache-2.0
#include "acd/statistics.hpp"

#include <gtest/gtest.h>

#include <tapi.h>

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

namespace {

Event of_agent(Time time, EventType type, std::uint32_t session, std::uint32_t state = 0) {
  Event event;
  event.time = time;
  event.type = type;
  event.agent_index = 1;
  event.session = session;
  event.agent_state = state;
  return event;
}

} // namespace

TEST(Statistics, AnAgentsTimeIsCountedWhereItWasSpent) {
  constexpr std::uint32_t session = 9;
  Statistics statistics(one_queue());
  statistics.set_agent_period_s(0, 120); // slices of 10 s
  statistics.event(of_agent(start, EventType::agent_login, 0));
  statistics.event(of_agent(start, EventType::session_begun, session));
  statistics.event(of_agent(start, EventType::agent_state, 0, LINEAGENTSTATE_READY));
  Event answered = of_agent(start + 20s, EventType::call_answered, session);
  answered.queue_id = 1;
  answered.waited = 7s;
  statistics.event(answered);
  statistics.event(of_agent(start + 20s, EventType::agent_state, session, LINEAGENTSTATE_BUSYACD));
  EXPECT_EQ(statistics.agent_window(0, start + 50s).talked, 30s) << "it goes on";
  EXPECT_EQ(statistics.session(session, start + 50s).talked, 30s);
  statistics.event(of_agent(start + 80s, EventType::agent_state, session, LINEAGENTSTATE_WORKINGAFTERCALL));
  statistics.event(of_agent(start + 95s, EventType::agent_state, 0, LINEAGENTSTATE_READY));
  const AgentWindow now = statistics.agent_window(0, start + 100s);
  EXPECT_EQ(now.acd_calls, 1U);
  EXPECT_EQ(now.talked, 60s);
  EXPECT_EQ(now.wrapped_up, 15s);
  EXPECT_EQ(now.worked, 100s);
  // Half an hour's talk is not a thing of its last second: the window forgets slice by slice.
  EXPECT_EQ(statistics.agent_window(0, start + 160s).talked, 30s);
  EXPECT_EQ(statistics.agent_window(0, start + 160s).acd_calls, 0U);
  EXPECT_EQ(statistics.agent_window(0, start + 1h).talked, 0s);
  EXPECT_EQ(statistics.agent_window(0, start + 1h).worked, 110s);
  const SessionTotals whole = statistics.session(session, start + 1h);
  EXPECT_EQ(whole.calls, 1U);
  EXPECT_EQ(whole.talked, 60s);
  EXPECT_EQ(whole.wrapped_up, 15s);
  EXPECT_EQ(whole.longest_wait, 7s);
  statistics.forget_session(session);
  EXPECT_TRUE(statistics.has_session(session)) << "it has not ended";
}

TEST(Statistics, WhatAQueueCannotKeepFlowsOnOrIsAtItsEnd) {
  Config config = one_queue();
  config.queues[0].number = "2900";
  config.queues[0].overflow_to = "2901";
  config.queues.push_back(config.queues[0]);
  config.queues[1].number = "2901";
  config.queues[1].overflow_to = "1900";
  Statistics statistics(config);
  for (std::uint32_t queue : {1U, 2U})
    for (EventCause cause : {EventCause::timeout, EventCause::full, EventCause::elsewhere}) {
      Event event = at(start, EventType::call_overflowed);
      event.queue_id = queue;
      event.cause = cause;
      statistics.event(event);
    }
  EXPECT_EQ(statistics.window(0, start).flowed_out, 3U) << "to the other queue";
  EXPECT_EQ(statistics.window(0, start).at_end, 0U);
  EXPECT_EQ(statistics.window(1, start).flowed_out, 1U) << "somebody took it";
  EXPECT_EQ(statistics.window(1, start).at_end, 2U);
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
