// SPDX-License-Identifier: Apache-2.0
// Every order of {the agent answers, the caller hangs up, the ring times out, the agent goes not ready, logs
// out, begins another call, the phone refuses, somebody steals the call} during an offer, on the whole core,
// at several speeds of the switch: afterwards nobody is stuck, and the caller's fate is counted once.
#include "core_fixture.hpp"

namespace tl::acd {
namespace {

enum class Act { answer, hang_up, timeout, not_ready, log_out, own_call, refuse, steal, later };
constexpr Act all_acts[] = {Act::answer,   Act::hang_up, Act::timeout, Act::not_ready, Act::log_out,
                            Act::own_call, Act::refuse,  Act::steal,   Act::later};

void act(Centre& centre, std::uint32_t call, Act what, std::vector<std::uint32_t>& own) {
  switch (what) {
  case Act::answer: return centre.fake.answer(call);
  case Act::hang_up: return centre.fake.hang_up(call);
  case Act::timeout: return centre.settle(10s);
  case Act::not_ready: centre.core.set_state(0, AgentState::not_ready); return;
  case Act::log_out: centre.core.log_out(0); return;
  case Act::own_call: own.push_back(centre.fake.personal(0, CallKind::outgoing, CallPhase::active)); return;
  case Act::refuse: return centre.fake.agent_ends(call);
  case Act::steal: return centre.fake.steal(call);
  case Act::later: return centre.settle(60ms); // half of what the switch takes for a step
  }
}

void run(const std::vector<Act>& acts, Duration first, std::uint64_t seed) {
  std::string trace;
  for (Act a : acts) trace += std::to_string(static_cast<int>(a)) + ' ';
  SCOPED_TRACE("acts " + trace + "first after us " + std::to_string(first.count()) + " seed " +
               std::to_string(seed));
  Centre centre(small_centre(1), seed);
  centre.fake.delay = 100ms;
  centre.fake.shuffle = seed > 0;
  centre.ready(0);
  const auto call = centre.fake.arrive(0);
  centre.settle(first);
  std::vector<std::uint32_t> own;
  for (Act a : acts) {
    act(centre, call, a, own);
    centre.core.check();
  }
  centre.settle(60s); // longer than every lease together
  for (auto handle : own) centre.fake.personal_over(0, handle);
  centre.fake.hang_up(call);
  centre.settle(30s);
  // No call, no agent in any busy state, nothing waiting, the sum right (the ledger checked each event).
  EXPECT_EQ(centre.core.calls(), 0U);
  const AgentState state = centre.state(0);
  EXPECT_TRUE(state == AgentState::ready || state == AgentState::not_ready || state == AgentState::logged_off)
      << to_string(state);
  const QueueTotals& totals = centre.statistics.queue(0);
  EXPECT_EQ(totals.offered, totals.answered + totals.abandoned + totals.overflowed);
  // And the agent can work again.
  if (state != AgentState::logged_off) {
    centre.core.log_out(0);
    centre.settle();
  }
  centre.ready(0);
  const auto next = centre.fake.arrive(0);
  centre.settle(1s);
  centre.fake.answer(next);
  centre.settle();
  EXPECT_EQ(centre.state(0), AgentState::busy_acd);
}

} // namespace

TEST(Orders, EveryThreeActsAtEveryMomentOfAnOffer) {
  // 0: before the match; 50 ms: the switch has been asked; 150 ms: the phone rings.
  for (Duration first : {Duration{0}, Duration{50'000}, Duration{150'000}})
    for (Act a : all_acts)
      for (Act b : all_acts)
        for (Act c : all_acts) run({a, b, c}, first, 0);
}

TEST(Orders, WithTheSwitchReportingInAnyOrder) {
  Random random(77);
  for (std::uint64_t seed = 1; seed <= 600; ++seed) {
    std::vector<Act> acts;
    for (int i = 0; i < 6; ++i) acts.push_back(all_acts[random.below(std::size(all_acts))]);
    run(acts, Duration{random.below(250'000)}, seed);
  }
}

} // namespace tl::acd
