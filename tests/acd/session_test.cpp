// SPDX-License-Identifier: Apache-2.0
// Agent objects and sessions in the core: one fact seen by both generations of the agent functions.
#include "core_fixture.hpp"

namespace tl::acd {
namespace {

// Queue "support" of "desk", queue "sales" of "front"; 1001 and 1002 belong to both, 1002 has a PIN.
Config two_groups() {
  Config config = small_centre(2);
  config.queues[0].wrapup_s = 5;
  config.queues.push_back(config.queues[0]);
  config.queues[1].name = "sales";
  config.queues[1].group = "front";
  config.groups.push_back({"front", "", {}, {}});
  for (AgentConfig& agent : config.agents) agent.groups = {"desk", "front"};
  config.agents[1].pin = "4711";
  return config;
}

class Sessions : public testing::Test {
protected:
  static constexpr GroupIndex desk = 0, front = 1;

  std::uint32_t agent(const char* id = "1001", const char* pin = "") {
    std::uint32_t handle = 0;
    EXPECT_EQ(centre.core.create_agent(0, id, pin, false, handle), Wish::granted);
    return handle;
  }
  std::uint32_t session(GroupIndex group, AgentIndex index = 0, StationIndex station = 0) {
    std::uint32_t handle = 0;
    EXPECT_EQ(centre.core.create_session(index, group, station, std::nullopt, handle), Wish::granted);
    return handle;
  }
  SessionState state(std::uint32_t handle) {
    const Member* member = centre.core.session(handle);
    return member ? centre.core.state_of(*member) : SessionState::ended;
  }
  SessionState next(std::uint32_t handle) { return centre.core.next_state_of(*centre.core.session(handle)); }
  void set(std::uint32_t handle, SessionState wanted) {
    EXPECT_EQ(centre.core.set_session_state(handle, wanted), Wish::granted);
    centre.core.check();
  }
  // A call of the queue that the agent has answered.
  std::uint32_t talk(QueueIndex queue) {
    const auto call = centre.fake.arrive(queue);
    centre.settle();
    centre.fake.answer(call);
    centre.settle();
    return call;
  }

  Centre centre{two_groups()};
};

} // namespace

TEST_F(Sessions, ASessionMakesTheAgentTakeCallsOfThatGroupOnly) {
  const auto handle = agent();
  EXPECT_EQ(centre.core.agent_of(handle), 0U);
  EXPECT_EQ(centre.state(0), AgentState::logged_off);
  const auto support = session(desk);
  EXPECT_EQ(state(support), SessionState::not_ready);
  EXPECT_EQ(centre.state(0), AgentState::not_ready);
  centre.fake.arrive(1);
  set(support, SessionState::ready);
  EXPECT_EQ(centre.state(0), AgentState::ready);
  centre.settle();
  EXPECT_TRUE(centre.fake.offers.empty()) << "the call is of the other group";
  const auto call = talk(0);
  EXPECT_EQ(state(support), SessionState::on_call);
  EXPECT_EQ(next(support), SessionState::wrapup);
  EXPECT_EQ(centre.state(0), AgentState::busy_acd);
  centre.fake.agent_ends(call);
  centre.settle();
  EXPECT_EQ(state(support), SessionState::wrapup);
  EXPECT_EQ(next(support), SessionState::ready);
  EXPECT_EQ(centre.state(0), AgentState::after_call);
  centre.settle(5s);
  EXPECT_EQ(state(support), SessionState::ready);
}

TEST_F(Sessions, EachHasAReadinessOfItsOwnAndTheAgentsFollows) {
  agent();
  const auto support = session(desk), sales = session(front);
  set(sales, SessionState::ready);
  EXPECT_EQ(state(support), SessionState::not_ready);
  EXPECT_EQ(centre.state(0), AgentState::ready);
  centre.fake.arrive(0);
  centre.settle();
  EXPECT_TRUE(centre.fake.offers.empty());
  const auto call = talk(1);
  EXPECT_EQ(state(sales), SessionState::on_call);
  EXPECT_EQ(state(support), SessionState::not_ready);
  centre.fake.agent_ends(call);
  centre.settle();
  EXPECT_EQ(centre.core.set_state(0, AgentState::ready), Wish::granted); // 2.0: all of them
  EXPECT_EQ(state(sales), SessionState::ready);
  EXPECT_EQ(state(support), SessionState::ready);
  centre.settle();
  EXPECT_EQ(centre.fake.offers.size(), 2U) << "the waiting call of the other group";
  EXPECT_EQ(centre.core.set_agent_state(0, AgentState::not_ready), Wish::granted);
  EXPECT_EQ(state(sales), SessionState::not_ready);
  centre.settle();
  EXPECT_EQ(centre.state(0), AgentState::not_ready);
}

TEST_F(Sessions, WhoBecomesReadyInASecondSessionKeepsThePlace) {
  agent();
  const auto support = session(desk), sales = session(front);
  set(support, SessionState::ready);
  centre.settle(1s);
  agent("1002", "4711");
  const auto other = session(desk, 1, 1);
  set(other, SessionState::ready);
  centre.settle(1s);
  set(sales, SessionState::ready);
  centre.fake.arrive(0);
  centre.settle();
  ASSERT_EQ(centre.fake.offers.size(), 1U);
  EXPECT_EQ(centre.fake.offers[0].second, 0U) << "idle longest all the same";
}

TEST_F(Sessions, TheLoginOfBothGenerationsIsOneFact) {
  centre.log_in(0); // 2.0: all groups
  const Agent& who = centre.core.agents()[0];
  ASSERT_NE(who.handle, 0U);
  EXPECT_EQ(agent(), who.handle) << "an agent has one object";
  EXPECT_EQ(session(desk), who.members[0].session) << "and one session for a group at a station";
  set(who.members[0].session, SessionState::ended);
  EXPECT_FALSE(who.members[0].joined());
  EXPECT_EQ(centre.state(0), AgentState::not_ready);
  set(who.members[1].session, SessionState::ended);
  EXPECT_EQ(centre.state(0), AgentState::logged_off) << "the last session";
  EXPECT_NE(who.handle, 0U) << "the object stays";
  const auto again = session(front);
  EXPECT_EQ(centre.core.log_out(0), Wish::granted);
  EXPECT_EQ(state(again), SessionState::ended);
  EXPECT_EQ(who.handle, 0U) << "a log-off releases it";
  centre.core.check();
}

TEST_F(Sessions, EndedDuringACallItEndsWithTheCall) {
  agent();
  const auto support = session(desk), sales = session(front);
  set(support, SessionState::ready);
  const auto call = talk(0);
  set(support, SessionState::ended);
  EXPECT_EQ(state(support), SessionState::on_call);
  EXPECT_EQ(next(support), SessionState::ended);
  centre.fake.agent_ends(call);
  centre.settle();
  EXPECT_EQ(centre.core.session(support), nullptr);
  EXPECT_EQ(centre.state(0), AgentState::not_ready) << "no wrap-up for work that is over";
  EXPECT_EQ(state(sales), SessionState::not_ready);
  const SessionTotals totals = centre.statistics.session(support, centre.loop.now());
  EXPECT_EQ(totals.calls, 1U);
  EXPECT_GT(totals.talked, Duration::zero());
  EXPECT_FALSE(totals.live());
}

TEST_F(Sessions, EndedWhileThePhoneRingsTheCallGoesBack) {
  agent();
  const auto support = session(desk);
  set(support, SessionState::ready);
  const auto call = centre.fake.arrive(0);
  centre.settle();
  set(support, SessionState::ended);
  centre.settle();
  EXPECT_EQ(centre.fake.recalls, 1);
  EXPECT_EQ(centre.fake.calls.at(call).place, FakeSwitch::Place::queue);
  EXPECT_EQ(centre.state(0), AgentState::logged_off);
}

TEST_F(Sessions, GroupsTakenAwayDuringACallOfTheirsEndWithIt) {
  centre.ready(0);
  const auto support = centre.core.agents()[0].members[0].session;
  const auto call = talk(0);
  EXPECT_EQ(centre.core.set_groups(0, {front}), Wish::granted);
  EXPECT_EQ(state(support), SessionState::on_call);
  centre.fake.agent_ends(call);
  centre.settle();
  EXPECT_EQ(state(support), SessionState::ended);
  EXPECT_EQ(centre.state(0), AgentState::ready) << "in the other group";
}

TEST_F(Sessions, WrapUpIsAskedForDuringACallAndEndedBySayingReady) {
  agent();
  const auto support = session(desk), sales = session(front);
  EXPECT_EQ(centre.core.set_session_state(support, SessionState::wrapup), Wish::bad_state) << "of what?";
  set(support, SessionState::ready);
  const auto call = talk(0);
  set(support, SessionState::wrapup);
  centre.fake.agent_ends(call);
  centre.settle(1h);
  EXPECT_EQ(state(support), SessionState::wrapup) << "until the agent ends it";
  set(sales, SessionState::ready);
  EXPECT_EQ(state(sales), SessionState::not_ready) << "the wrap-up goes on";
  EXPECT_EQ(next(sales), SessionState::ready);
  set(support, SessionState::not_ready);
  EXPECT_EQ(state(support), SessionState::not_ready);
  EXPECT_EQ(state(sales), SessionState::ready);
}

TEST_F(Sessions, WhatIsNotAllowed) {
  std::uint32_t handle = 0;
  Core& core = centre.core;
  EXPECT_EQ(core.create_agent(0, "9999", "", false, handle), Wish::no_agent);
  EXPECT_EQ(core.create_agent(0, "1002", "0000", false, handle), Wish::bad_pin);
  EXPECT_EQ(core.create_agent(0, "1002", "", false, handle), Wish::bad_pin);
  EXPECT_EQ(core.create_agent(0, "1002", "", true, handle), Wish::granted) << "the system's login is trusted";
  const auto support = session(desk);
  EXPECT_EQ(core.create_session(1, desk, 0, std::nullopt, handle), Wish::in_use) << "somebody is there";
  EXPECT_EQ(core.create_session(0, front, 1, std::nullopt, handle), Wish::in_use) << "one agent, one place";
  EXPECT_EQ(core.create_session(0, 7, 0, std::nullopt, handle), Wish::bad_group);
  EXPECT_EQ(core.create_session(1, desk, 1, "0000", handle), Wish::bad_pin);
  EXPECT_EQ(core.set_session_state(support, SessionState::on_call), Wish::bad_state);
  EXPECT_EQ(core.set_session_state(support + 1000, SessionState::ready), Wish::bad_state);
  EXPECT_EQ(core.set_agent_state(1, AgentState::ready), Wish::bad_state) << "no session, no calls";
  EXPECT_EQ(core.set_agent_state(1, AgentState::not_ready), Wish::granted);
  EXPECT_EQ(core.set_agent_state(1, AgentState::logged_off), Wish::granted);
  EXPECT_EQ(core.agents()[1].handle, 0U);
}

// The default agent of a station logs in there without a PIN; elsewhere it takes one.
TEST_F(Sessions, APinIsAskedAwayFromHome) {
  std::uint32_t handle = 0;
  EXPECT_EQ(centre.core.set_groups(1, {desk}), Wish::granted);
  set(centre.core.agents()[1].members[0].session, SessionState::ended);
  ASSERT_NE(centre.core.agents()[1].handle, 0U);
  EXPECT_EQ(centre.core.create_session(1, desk, 0, std::nullopt, handle), Wish::bad_pin);
  EXPECT_EQ(centre.core.create_session(1, desk, 0, "4711", handle), Wish::granted);
}

TEST_F(Sessions, TheAgentsOwnCallsAreCountedOnceEach) {
  agent();
  set(session(desk), SessionState::ready);
  const auto in = centre.fake.personal(0, CallKind::incoming, CallPhase::active);
  centre.core.station_call(0,
                           {in, 1'000'000 + in, CallKind::incoming, CallPhase::active}); // held, taken back
  const auto out = centre.fake.personal(0, CallKind::outgoing, CallPhase::ringing);
  centre.core.station_call(0, {out, 1'000'000 + out, CallKind::outgoing, CallPhase::active});
  const auto missed = centre.fake.personal(0, CallKind::incoming, CallPhase::ringing);
  for (const auto handle : {in, out, missed}) centre.fake.personal_over(0, handle);
  talk(0);
  const AgentWindow window = centre.statistics.agent_window(0, centre.loop.now());
  EXPECT_EQ(window.incoming, 1U);
  EXPECT_EQ(window.outgoing, 1U);
  EXPECT_EQ(window.acd_calls, 1U);
}

TEST_F(Sessions, OldEndedSessionsAreForgotten) {
  agent();
  std::vector<std::uint32_t> ended;
  for (std::size_t i = 0; i < Statistics::ended_sessions_max + 2; ++i) {
    ended.push_back(session(desk));
    set(ended.back(), SessionState::ended);
  }
  EXPECT_FALSE(centre.statistics.has_session(ended[1]));
  EXPECT_TRUE(centre.statistics.has_session(ended[2]));
}

} // namespace tl::acd
