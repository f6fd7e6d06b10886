// SPDX-License-Identifier: Apache-2.0
// 100,000 events of a small, badly behaved centre in an order drawn from a seed: after each, everything that
// must hold holds, the books balance, and in the end nobody is stuck. The same seed gives the same history,
// bit for bit.
#include "core_fixture.hpp"

namespace tl::acd {
namespace {

Config busy_centre() {
  Config config = small_centre(0);
  config.queues[0].wrapup_s = 3;
  config.queues[0].ring_timeout_s = 5;
  config.queues[0].length_max = 12;
  config.queues[0].overflow_to = "3999";
  config.queues[0].overflow_after_s = 40;
  config.queues.push_back(config.queues[0]);
  config.queues[1].name = "sales";
  config.queues[1].rna = NoAnswerPolicy::ready;
  config.queues[1].overflow_after_s = 0;
  config.queues.push_back(config.queues[0]);
  config.queues[2].name = "repairs";
  config.queues[2].group = "workshop";
  config.queues[2].overflow_to = "";
  config.queues[2].overflow_after_s = 0;
  config.groups.push_back({"workshop", "", {}, {}});
  for (int i = 0; i < 10; ++i) {
    AgentConfig agent;
    agent.id = std::to_string(1001 + i);
    agent.station = agent.id;
    if (i % 3 != 1) agent.groups.push_back("desk");
    if (i % 3 != 0) agent.groups.push_back("workshop");
    config.agents.push_back(agent);
  }
  return config;
}

class Life {
public:
  explicit Life(std::uint64_t seed) : centre(busy_centre(), seed), random(seed * 31 + 7) {
    centre.fake.shuffle = true;
    centre.fake.delay = 300ms;
    centre.fake.faults = {0.01, 0.05, 0.03, 0.05, 0.02};
    for (std::size_t i = 0; i < 10; ++i) centre.statistics.set_agent_period_s(i, 10'000'000);
  }

  void one_event() {
    const auto station = static_cast<StationIndex>(random.below(centre.core.stations().size()));
    const std::uint32_t call = some_call();
    switch (random.below(20)) {
    case 0:
    case 1:
    case 2:
    case 3:
      if (centre.fake.calls.size() < 40) centre.fake.arrive(static_cast<QueueIndex>(random.below(3)));
      break;
    case 4:
    case 5:
    case 6:
    case 7:
    case 8: centre.fake.answer(call); break;
    case 9:
    case 10: centre.fake.agent_ends(call); break;
    case 11:
      if (random.chance(0.5)) centre.fake.hang_up(call);
      break;
    case 12:
      if (random.chance(0.1)) centre.fake.steal(call);
      break;
    case 13:
      if (random.chance(0.2)) centre.fake.send_to(call, static_cast<QueueIndex>(random.below(3)));
      break;
    case 14: wish(station); break;
    case 15:
    case 16: centre.core.set_state(station, AgentState::ready); break;
    case 17: own_call(station); break;
    default: centre.loop.run_for(Duration{random.below(800'000)}); break;
    }
    centre.core.check();
    for (const Queue& queue : centre.core.queues())
      ASSERT_EQ(centre.ledger.waiting(queue.index + 1), queue.waiting());
    remember_sessions();
  }

  // Everybody goes home: whatever was half done ends by its lease.
  void end() {
    for (auto& [station, handle] : own) centre.fake.personal_over(station, handle);
    while (!centre.fake.calls.empty()) centre.fake.hang_up(centre.fake.calls.begin()->first);
    for (int i = 0; i < 100; ++i) centre.settle(1s);
    EXPECT_EQ(centre.core.calls(), 0U);
    for (const Agent& agent : centre.core.agents()) {
      const AgentState state = centre.state(agent.index);
      EXPECT_TRUE(state == AgentState::ready || state == AgentState::not_ready ||
                  state == AgentState::logged_off || state == AgentState::after_call)
          << agent.config.id << ": " << to_string(state);
    }
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_EQ(centre.statistics.queue(i).waiting(), 0U);
      EXPECT_EQ(centre.statistics.queue(i).offered, centre.ledger.offered(static_cast<std::uint32_t>(i) + 1));
    }
    expect_sums();
  }

  // An agent's figures are the sum of the sessions'; all agents' calls are all queues'.
  void expect_sums() {
    remember_sessions();
    std::uint64_t handled = 0, answered = 0;
    for (std::size_t i = 0; i < 3; ++i) answered += centre.statistics.queue(i).answered;
    for (std::size_t i = 0; i < 10; ++i) {
      SessionTotals sum;
      for (const auto& [handle, session] : sessions) {
        if (session.agent_index != i + 1) continue;
        sum.calls += session.calls;
        sum.talked += session.talked;
        sum.wrapped_up += session.wrapped_up;
      }
      const AgentWindow window = centre.statistics.agent_window(i, centre.loop.now());
      EXPECT_EQ(window.acd_calls, sum.calls);
      EXPECT_EQ(window.talked, sum.talked);
      EXPECT_EQ(window.wrapped_up, sum.wrapped_up);
      EXPECT_GE(window.worked, window.talked + window.wrapped_up);
      EXPECT_EQ(centre.statistics.agent(i).talked, window.talked);
      handled += window.acd_calls;
    }
    EXPECT_EQ(handled, answered);
    EXPECT_GT(sessions.size(), 10U);
  }

  Centre centre;

private:
  std::uint32_t some_call() {
    if (centre.fake.calls.empty()) return 0;
    auto at = centre.fake.calls.begin();
    std::advance(at, static_cast<std::ptrdiff_t>(random.below(centre.fake.calls.size())));
    return at->first;
  }
  // As they are now; one that is forgotten stays as it was last.
  void remember_sessions() {
    for (const Agent& agent : centre.core.agents())
      for (const Member& member : agent.members)
        if (member.joined()) going_on.insert(member.session);
    for (auto at = going_on.begin(); at != going_on.end();) {
      const bool known = centre.statistics.has_session(*at);
      if (known) sessions[*at] = centre.statistics.session(*at, centre.loop.now());
      at = known && sessions[*at].live() ? std::next(at) : going_on.erase(at);
    }
  }
  // With agent objects and sessions.
  void wish_by_handle(StationIndex station) {
    Core& core = centre.core;
    const auto index = static_cast<AgentIndex>(random.below(10));
    const Agent& agent = core.agents()[index];
    std::uint32_t handle = 0;
    const auto& members = agent.members;
    const std::uint32_t session = members[random.below(members.size())].session;
    constexpr SessionState states[] = {SessionState::ready, SessionState::not_ready, SessionState::wrapup,
                                       SessionState::ended};
    switch (random.below(6)) {
    case 0: core.create_agent(station, agent.config.id, "", false, handle); break;
    case 1:
      if (agent.handle)
        core.create_session(index, static_cast<GroupIndex>(random.below(2)), station, {}, handle);
      break;
    case 2:
      core.set_agent_state(index, random.chance(0.8) ? AgentState::ready : AgentState::logged_off);
      break;
    default:
      if (session) core.set_session_state(session, states[random.below(4)]);
      break;
    }
  }
  void wish(StationIndex station) {
    if (random.chance(0.5)) return wish_by_handle(station);
    switch (random.below(6)) {
    case 0: centre.core.log_out(station); break;
    case 1: centre.core.set_state(station, AgentState::not_ready); break;
    case 2: centre.core.set_state(station, AgentState::after_call); break;
    case 3: centre.core.set_groups(station, {static_cast<GroupIndex>(random.below(2))}); break;
    default: centre.core.log_in(station, centre.core.agents()[random.below(10)].config.id, ""); break;
    }
  }
  void own_call(StationIndex station) {
    if (auto found = own.find(station); found != own.end()) {
      centre.fake.personal_over(station, found->second);
      own.erase(found);
    } else if (random.chance(0.3)) {
      own[station] =
          centre.fake.personal(station, random.chance(0.5) ? CallKind::incoming : CallKind::outgoing,
                               random.chance(0.5) ? CallPhase::ringing : CallPhase::active);
    }
  }

  Random random;
  std::map<StationIndex, std::uint32_t> own;
  std::set<std::uint32_t> going_on;
  std::map<std::uint32_t, SessionTotals> sessions;
};

std::uint64_t run(std::uint64_t seed, int steps) {
  Life life(seed);
  for (int i = 0; i < steps && !testing::Test::HasFatalFailure(); ++i) life.one_event();
  life.end();
  // The run has really been through everything.
  const QueueTotals& totals = life.centre.statistics.queue(0);
  EXPECT_GT(totals.answered, 0U);
  EXPECT_GT(totals.abandoned, 0U);
  EXPECT_GT(totals.overflowed, 0U);
  EXPECT_GT(totals.returned, 0U);
  EXPECT_GT(life.centre.fake.recalls, 0);
  EXPECT_GT(life.centre.ledger.events(), static_cast<std::uint64_t>(steps) * 10 / 26);
  return life.centre.ledger.hash();
}

} // namespace

TEST(Schedule, HundredThousandEventsKeepEveryRule) {
  const std::uint64_t seed = 20261121;
  SCOPED_TRACE("seed " + std::to_string(seed));
  run(seed, 260'000);
}

TEST(Schedule, TheSameSeedGivesTheSameHistory) {
  for (std::uint64_t seed : {1U, 2U, 3U}) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    EXPECT_EQ(run(seed, 4'000), run(seed, 4'000));
  }
  EXPECT_NE(run(1, 4'000), run(2, 4'000));
}

} // namespace tl::acd
