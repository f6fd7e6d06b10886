// SPDX-License-Identifier: Apache-2.0
// The core's behaviour, one rule per test.
#include "core_fixture.hpp"

namespace tl::acd {

TEST(Core, AWaitingCallerIsOfferedToTheAgentWhoBecomesReady) {
  Centre centre(small_centre(1));
  const auto call = centre.fake.arrive(0);
  centre.settle();
  EXPECT_TRUE(centre.fake.offers.empty());
  centre.ready(0);
  centre.settle();
  ASSERT_EQ(centre.fake.offers.size(), 1U);
  EXPECT_EQ(centre.state(0), AgentState::ready);
  centre.fake.answer(call);
  centre.settle();
  EXPECT_EQ(centre.state(0), AgentState::busy_acd);
  EXPECT_EQ(centre.statistics.queue(0).answered, 1U);
  centre.fake.agent_ends(call);
  centre.settle();
  EXPECT_EQ(centre.state(0), AgentState::ready);
  EXPECT_EQ(centre.core.calls(), 0U);
}

TEST(Core, TheLongestIdleAgentGetsTheCall) {
  Centre centre(small_centre(3));
  for (StationIndex station : {1U, 2U, 0U}) {
    centre.ready(station);
    centre.settle(1s);
  }
  std::vector<std::uint32_t> calls;
  for (int i = 0; i < 3; ++i) {
    calls.push_back(centre.fake.arrive(0));
    centre.settle();
  }
  ASSERT_EQ(centre.fake.offers.size(), 3U);
  EXPECT_EQ(centre.fake.offers[0].second, 1U);
  EXPECT_EQ(centre.fake.offers[1].second, 2U);
  EXPECT_EQ(centre.fake.offers[2].second, 0U);
  // Whoever finishes first has then been idle longest.
  for (auto call : calls) centre.fake.answer(call);
  centre.settle(5s);
  for (int i : {2, 0, 1}) {
    centre.fake.agent_ends(calls[static_cast<std::size_t>(i)]);
    centre.settle(1s);
  }
  centre.fake.arrive(0);
  centre.settle();
  EXPECT_EQ(centre.fake.offers.back().second, 0U);
}

TEST(Core, CallersAreServedInOrderOfArrivalAcrossTheGroupsQueues) {
  Config config = small_centre(1);
  config.queues.push_back(config.queues[0]);
  config.queues[1].name = "sales";
  Centre centre(config);
  const auto first = centre.fake.arrive(1);
  centre.settle(1s);
  centre.fake.arrive(0);
  centre.settle(1s);
  centre.ready(0);
  centre.settle();
  EXPECT_EQ(centre.fake.offers.at(0).first, first);
}

// However it gets there: by a route point, or from somebody's phone.
TEST(Core, ACallerWhoLeftOneQueueFlowsIntoAnother) {
  Config config = small_centre(1);
  config.queues[0].overflow_after_s = 5;
  config.queues[0].overflow_to = "1900";
  config.queues.push_back(config.queues[0]);
  config.queues[1].name = "sales";
  Centre centre(config);
  const auto call = centre.fake.arrive(0);
  centre.settle(6s);
  EXPECT_EQ(centre.core.calls(), 0U);
  centre.core.call_arrived(call, 1, "caller", centre.loop.now());
  EXPECT_EQ(centre.statistics.window(1, centre.loop.now()).flowed_in, 1U);
  centre.core.caller_gone(call, 1);
  const auto again = centre.fake.arrive(0);
  centre.settle(6s);
  centre.core.call_arrived(again, 0, "caller", centre.loop.now());
  EXPECT_EQ(centre.statistics.window(0, centre.loop.now()).flowed_in, 0U) << "from no other queue";
  centre.core.caller_gone(again, 0);
  // Of too many between two queues the oldest is a newcomer again.
  std::vector<std::uint32_t> many;
  for (int i = 0; i < 4'097; ++i) {
    many.push_back(centre.fake.arrive(0));
    centre.fake.steal(many.back());
  }
  for (const std::uint32_t id : {many.front(), many.back()}) {
    centre.core.call_arrived(id, 1, "caller", centre.loop.now());
    centre.core.caller_gone(id, 1);
  }
  EXPECT_EQ(centre.statistics.window(1, centre.loop.now()).flowed_in, 2U);
}

TEST(Core, AnAgentOfTwoGroupsTakesTheOlderCall) {
  Config config = small_centre(1);
  config.queues.push_back(config.queues[0]);
  config.queues[1].name = "sales";
  config.queues[1].group = "front";
  config.groups.push_back({"front", "", {}, {}});
  config.agents[0].groups = {"desk", "front"};
  Centre centre(config);
  const auto older = centre.fake.arrive(1);
  centre.settle(1s);
  centre.fake.arrive(0);
  centre.settle(1s);
  centre.ready(0);
  centre.settle();
  ASSERT_EQ(centre.fake.offers.size(), 1U);
  EXPECT_EQ(centre.fake.offers[0].first, older);
}

TEST(Core, RingNoAnswerTakesTheAgentOutAndTheCallerKeepsThePlace) {
  Centre centre(small_centre(2));
  centre.ready(0);
  centre.settle();
  const auto first = centre.fake.arrive(0);
  centre.settle(1s);
  const auto second = centre.fake.arrive(0);
  centre.settle(10s); // ring_timeout_s is 10
  EXPECT_EQ(centre.fake.recalls, 1);
  EXPECT_EQ(centre.state(0), AgentState::not_ready);
  EXPECT_EQ(centre.fake.calls.at(first).place, FakeSwitch::Place::queue);
  centre.ready(1);
  centre.settle();
  EXPECT_EQ(centre.fake.offers.back().first, first) << "the caller who rang before " << second;
  EXPECT_EQ(centre.statistics.agent(0).not_answered, 1U);
}

TEST(Core, WithTheReadyPolicyTheAgentGoesBehindTheOthers) {
  Config config = small_centre(2);
  config.queues[0].rna = NoAnswerPolicy::ready;
  Centre centre(config);
  centre.ready(0);
  centre.settle(1s);
  centre.ready(1);
  centre.settle(1s);
  centre.fake.arrive(0);
  centre.settle(11s);
  ASSERT_EQ(centre.fake.offers.size(), 2U);
  EXPECT_EQ(centre.fake.offers[1].second, 1U);
  EXPECT_EQ(centre.state(0), AgentState::ready);
  centre.settle(11s);
  ASSERT_EQ(centre.fake.offers.size(), 3U); // the other one did not answer either
  EXPECT_EQ(centre.fake.offers[2].second, 0U);
}

TEST(Core, ABusyPhoneGivesTheCallToTheNext) {
  Centre centre(small_centre(2));
  centre.ready(0);
  centre.settle(1s);
  centre.ready(1);
  centre.settle(1s);
  const auto call = centre.fake.arrive(0);
  centre.settle();
  centre.fake.agent_ends(call); // refuses: the switch hands the call back
  centre.settle();
  ASSERT_EQ(centre.fake.offers.size(), 2U);
  EXPECT_EQ(centre.fake.offers[1].second, 1U);
  EXPECT_EQ(centre.state(0), AgentState::not_ready);
}

TEST(Core, TheCallerWhoGivesUpWhileRingingFreesTheAgentInPlace) {
  Centre centre(small_centre(2));
  centre.ready(0);
  centre.settle(1s);
  centre.ready(1);
  centre.settle(1s);
  const auto call = centre.fake.arrive(0);
  centre.settle(2s);
  centre.fake.hang_up(call);
  centre.settle();
  EXPECT_EQ(centre.statistics.queue(0).abandoned, 1U);
  centre.fake.arrive(0);
  centre.settle();
  EXPECT_EQ(centre.fake.offers.back().second, 0U) << "still the longest idle";
}

TEST(Core, WrapupEndsByItselfOrWhenTheAgentSaysSo) {
  Config config = small_centre(1);
  config.queues[0].wrapup_s = 15;
  Centre centre(config);
  centre.ready(0);
  for (bool by_hand : {false, true}) {
    const auto call = centre.fake.arrive(0);
    centre.settle();
    centre.fake.answer(call);
    centre.settle(3s);
    EXPECT_EQ(centre.core.next_state_of(0), AgentState::after_call);
    centre.fake.hang_up(call);
    centre.settle();
    EXPECT_EQ(centre.state(0), AgentState::after_call);
    const auto next = centre.fake.arrive(0);
    centre.settle(5s);
    EXPECT_EQ(centre.state(0), AgentState::after_call) << "nothing is offered during wrap-up";
    centre.fake.hang_up(next);
    if (by_hand)
      EXPECT_EQ(centre.core.set_state(0, AgentState::ready), Wish::granted);
    else
      centre.settle(10s);
    centre.settle();
    EXPECT_EQ(centre.state(0), AgentState::ready);
  }
}

TEST(Core, NotReadyDuringACallTakesEffectAfterIt) {
  Config config = small_centre(1);
  config.queues[0].wrapup_s = 5;
  Centre centre(config);
  centre.ready(0);
  const auto call = centre.fake.arrive(0);
  centre.settle();
  centre.fake.answer(call);
  centre.settle();
  EXPECT_EQ(centre.core.set_state(0, AgentState::not_ready), Wish::granted);
  EXPECT_EQ(centre.state(0), AgentState::busy_acd);
  centre.fake.hang_up(call);
  centre.settle(1s);
  EXPECT_EQ(centre.state(0), AgentState::after_call);
  centre.settle(5s);
  EXPECT_EQ(centre.state(0), AgentState::not_ready);
}

TEST(Core, LogoutDuringACallTakesEffectAfterIt) {
  Centre centre(small_centre(1));
  centre.ready(0);
  const auto call = centre.fake.arrive(0);
  centre.settle();
  centre.fake.answer(call);
  centre.settle();
  EXPECT_EQ(centre.core.log_out(0), Wish::granted);
  EXPECT_EQ(centre.state(0), AgentState::busy_acd);
  centre.fake.hang_up(call);
  centre.settle();
  EXPECT_EQ(centre.state(0), AgentState::logged_off);
  EXPECT_EQ(centre.core.stations()[0].agent, nobody);
}

TEST(Core, NotReadyWhileRingingRecallsTheCallWithoutAnyBlame) {
  Centre centre(small_centre(2));
  centre.ready(0);
  const auto call = centre.fake.arrive(0);
  centre.settle(1s);
  EXPECT_EQ(centre.core.set_state(0, AgentState::not_ready), Wish::granted);
  centre.settle();
  EXPECT_EQ(centre.fake.calls.at(call).place, FakeSwitch::Place::queue);
  EXPECT_EQ(centre.core.set_state(0, AgentState::ready), Wish::granted);
  centre.settle();
  EXPECT_EQ(centre.fake.offers.size(), 2U) << "offered again at once";
}

TEST(Core, AnAgentOnACallOfTheirOwnIsNotOffered) {
  Centre centre(small_centre(1));
  centre.ready(0);
  const auto own = centre.fake.personal(0, CallKind::outgoing, CallPhase::ringing);
  centre.fake.arrive(0);
  centre.settle();
  EXPECT_TRUE(centre.fake.offers.empty());
  EXPECT_EQ(centre.state(0), AgentState::ready) << "dialling is not yet busy";
  centre.core.station_call(0, {own, 1'000'000 + own, CallKind::outgoing, CallPhase::active});
  EXPECT_EQ(centre.state(0), AgentState::busy_outbound);
  centre.fake.personal_over(0, own);
  centre.settle();
  EXPECT_EQ(centre.fake.offers.size(), 1U);
}

TEST(Core, AnOwnCallDuringTheOfferTakesTheOfferBack) {
  Centre centre(small_centre(1));
  centre.ready(0);
  const auto call = centre.fake.arrive(0);
  centre.settle(1s);
  const auto own = centre.fake.personal(0, CallKind::incoming, CallPhase::active);
  centre.settle();
  EXPECT_EQ(centre.fake.calls.at(call).place, FakeSwitch::Place::queue);
  EXPECT_EQ(centre.state(0), AgentState::busy_incoming);
  centre.fake.personal_over(0, own);
  centre.settle();
  EXPECT_EQ(centre.state(0), AgentState::ready) << "no blame";
}

TEST(Core, OverflowAfterATime) {
  Config config = small_centre(1);
  config.queues[0].overflow_after_s = 30;
  config.queues[0].overflow_to = "3999";
  Centre centre(config);
  const auto call = centre.fake.arrive(0);
  centre.settle(29s);
  EXPECT_TRUE(centre.fake.overflowed.empty());
  centre.settle(2s);
  ASSERT_EQ(centre.fake.overflowed.size(), 1U);
  EXPECT_EQ(centre.fake.overflowed[0], std::make_pair(call, std::string("3999")));
  EXPECT_EQ(centre.statistics.queue(0).overflowed, 1U);
  EXPECT_EQ(centre.core.calls(), 0U);
}

TEST(Core, AFailedOverflowLeavesTheCallerInTheQueue) {
  Config config = small_centre(1);
  config.queues[0].overflow_after_s = 30;
  config.queues[0].overflow_to = "3999";
  Centre centre(config);
  centre.fake.faults.fail = 1;
  centre.fake.arrive(0);
  centre.settle(31s);
  EXPECT_EQ(centre.core.queues()[0].waiting(), 1U);
  centre.fake.faults = {};
  centre.ready(0);
  centre.settle();
  EXPECT_EQ(centre.fake.offers.size(), 1U);
}

TEST(Core, ASilentSwitchLosesNobody) {
  Config config = small_centre(1);
  config.queues[0].overflow_after_s = 300;
  config.queues[0].overflow_to = "3999";
  Centre centre(config);
  centre.fake.faults.silent = 1;
  centre.ready(0);
  const auto call = centre.fake.arrive(0);
  for (int i = 0; i < 60; ++i) centre.settle(1s);
  EXPECT_EQ(centre.core.queues()[0].waiting(), 1U);
  EXPECT_GE(centre.fake.offers.size(), 5U);
  EXPECT_LE(centre.fake.offers.size(), 30U) << "tries are spaced out";
  centre.fake.faults = {};
  centre.settle(10s);
  centre.fake.answer(call);
  centre.settle();
  EXPECT_EQ(centre.state(0), AgentState::busy_acd);
}

TEST(Core, ALateAnswerDoesNotTouchTheNextOffer) {
  Centre centre(small_centre(1));
  centre.fake.faults.silent = 1;
  centre.ready(0);
  const auto call = centre.fake.arrive(0);
  centre.settle(8s); // the first lease (5 s) and the rests are over: offered again
  ASSERT_EQ(centre.fake.requests.size(), 2U);
  ASSERT_EQ(centre.core.agents()[0].offer, OfferState::reserved);
  centre.core.offer_answer(call, centre.fake.requests[0], Answer::busy);
  centre.core.recall_answer(call, centre.fake.requests[0], Answer::failed);
  centre.core.overflow_answer(call, centre.fake.requests[0], Answer::done);
  EXPECT_EQ(centre.core.agents()[0].offer, OfferState::reserved);
  EXPECT_EQ(centre.state(0), AgentState::ready);
  centre.core.offer_answer(call, centre.fake.requests[1], Answer::busy);
  EXPECT_EQ(centre.state(0), AgentState::not_ready);
  centre.settle();
}

TEST(Core, AFullQueueOverflowsAtOnce) {
  Config config = small_centre(1);
  config.queues[0].length_max = 2;
  config.queues[0].overflow_to = "3999";
  Centre centre(config);
  centre.fake.arrive(0);
  centre.fake.arrive(0);
  EXPECT_TRUE(centre.core.full(0));
  const auto third = centre.fake.arrive(0);
  centre.settle();
  ASSERT_EQ(centre.fake.overflowed.size(), 1U);
  EXPECT_EQ(centre.fake.overflowed[0].first, third);
  EXPECT_EQ(centre.core.queues()[0].waiting(), 2U);
}

TEST(Core, AFullQueueWithoutAnywhereToGoEndsTheCall) {
  Config config = small_centre(1);
  config.queues[0].length_max = 1;
  Centre centre(config);
  centre.fake.arrive(0);
  const auto second = centre.fake.arrive(0);
  centre.settle();
  ASSERT_EQ(centre.fake.overflowed.size(), 1U);
  EXPECT_EQ(centre.fake.overflowed[0], std::make_pair(second, std::string{}));
}

TEST(Core, ACallTakenElsewhereIsAccountedFor) {
  Centre centre(small_centre(1));
  const auto waiting = centre.fake.arrive(0);
  centre.fake.steal(waiting);
  centre.settle();
  EXPECT_EQ(centre.statistics.queue(0).overflowed, 1U);
  centre.ready(0);
  const auto ringing = centre.fake.arrive(0);
  centre.settle(1s);
  centre.fake.steal(ringing); // picked up by a colleague
  centre.settle(1s);
  EXPECT_EQ(centre.statistics.queue(0).overflowed, 1U) << "it may come back within the lease";
  centre.settle(5s);
  EXPECT_EQ(centre.statistics.queue(0).overflowed, 2U);
  EXPECT_EQ(centre.core.calls(), 0U);
}

TEST(Core, AnAgentSendsTheCallerToAnotherQueue) {
  Config config = small_centre(2);
  config.queues.push_back(config.queues[0]);
  config.queues[1].name = "sales";
  Centre centre(config);
  centre.ready(0);
  const auto call = centre.fake.arrive(0);
  centre.settle();
  centre.fake.answer(call);
  centre.settle(10s);
  centre.fake.send_to(call, 1);
  centre.settle();
  EXPECT_EQ(centre.statistics.queue(0).answered, 1U);
  EXPECT_EQ(centre.statistics.queue(1).offered, 1U);
  EXPECT_EQ(centre.fake.offers.size(), 2U)
      << "the agent is free again and gets it back: nobody else is there";
}

TEST(Core, GroupsDecideWhatIsOffered) {
  Config config = small_centre(1);
  config.queues.push_back(config.queues[0]);
  config.queues[1].name = "sales";
  config.queues[1].group = "front";
  config.groups.push_back({"front", "", {}, {}});
  config.agents[0].groups = {"desk", "front"};
  Centre centre(config);
  EXPECT_EQ(centre.core.set_groups(0, {1}), Wish::granted);
  EXPECT_EQ(centre.core.set_state(0, AgentState::ready), Wish::granted);
  centre.fake.arrive(0);
  centre.settle();
  EXPECT_TRUE(centre.fake.offers.empty());
  EXPECT_EQ(centre.core.set_groups(0, {0, 1}), Wish::granted);
  centre.settle();
  EXPECT_EQ(centre.fake.offers.size(), 1U);
  EXPECT_EQ(centre.core.set_groups(0, {7}), Wish::bad_group);
}

TEST(Core, LoginsAreChecked) {
  Config config = small_centre(2);
  config.agents[0].pin = "4711";
  Centre centre(config);
  EXPECT_EQ(centre.core.log_in(0, "1001", "1234"), Wish::bad_pin);
  EXPECT_EQ(centre.core.log_in(0, "9999", ""), Wish::no_agent);
  EXPECT_EQ(centre.core.log_in(77, "1001", "4711"), Wish::no_station);
  EXPECT_EQ(centre.core.log_in(1, "1001", "4711"), Wish::granted) << "at a colleague's desk";
  EXPECT_EQ(centre.core.log_in(1, "1002", ""), Wish::in_use);
  EXPECT_EQ(centre.core.log_in(0, "1001", "4711"), Wish::in_use);
  EXPECT_EQ(centre.core.set_state(0, AgentState::ready), Wish::bad_state);
  EXPECT_EQ(centre.core.set_state(1, AgentState::busy_acd), Wish::bad_state);
  EXPECT_EQ(centre.core.log_out(1), Wish::granted);
  EXPECT_EQ(centre.core.log_in(0, "1001", "4711"), Wish::granted);
  centre.settle();
}

TEST(Core, AnUnreachableStationIsNotOffered) {
  Centre centre(small_centre(1));
  centre.ready(0);
  centre.core.station_service(0, false);
  centre.fake.arrive(0);
  centre.settle();
  EXPECT_TRUE(centre.fake.offers.empty());
  centre.core.station_service(0, true);
  centre.settle();
  EXPECT_EQ(centre.fake.offers.size(), 1U);
}

// A queue with ten thousand callers and a thousand free agents shares the loop with its neighbour.
TEST(Core, AHugeQueueDoesNotStallTheOthers) {
  Config config = small_centre(0);
  config.groups.push_back({"front", "", {}, {}});
  config.queues.push_back(config.queues[0]);
  config.queues[1].name = "sales";
  config.queues[1].group = "front";
  for (int i = 0; i < 1001; ++i) {
    AgentConfig agent;
    agent.id = std::to_string(5000 + i);
    agent.station = agent.id;
    agent.groups = {i == 1000 ? "front" : "desk"};
    config.agents.push_back(agent);
  }
  Centre centre(config);
  for (int i = 0; i < 2000; ++i) centre.fake.arrive(0);
  const auto other = centre.fake.arrive(1);
  for (StationIndex i = 0; i < 1001; ++i) {
    centre.core.log_in(i, config.agents[i].id, "");
    centre.core.set_state(i, AgentState::ready);
  }
  centre.loop.settle();
  ASSERT_GE(centre.fake.offers.size(), 9U);
  EXPECT_LE(centre.fake.offers.size(), config.offers_per_turn_max);
  EXPECT_EQ(centre.fake.offers[config.offers_per_group_max].first, other) << "second in turn";
  centre.settle(1s);
  EXPECT_EQ(centre.fake.offers.size(), 1001U);
}

} // namespace tl::acd
