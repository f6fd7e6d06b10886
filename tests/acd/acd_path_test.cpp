// SPDX-License-Identifier: Apache-2.0
// The ACD on the real server, the real switch with simulated phones, and the real TAPI library: the path of a
// queued call as docs/architecture.md tells it.
#include <gtest/gtest.h>

#include "../scenario/world.hpp"

namespace tl::acd {

using scenario::Plan;
using scenario::small_site;
using scenario::World;

TEST(AcdPath, ACallerWaitsIsOfferedAnsweredTalksAndTheAgentWrapsUp) {
  Plan plan = small_site(1);
  plan.acd.queues[0].wrapup_s = 15;
  World world(plan);
  world.command("1001", R"({"answer_after_ms": 3000})");
  world.caller("555001", "2000", 60s, 30s);
  world.run_for(5s);
  EXPECT_EQ(world.queue("support").waiting, 1U);
  EXPECT_EQ(world.queue("support").longest_wait, 5U);
  world.log_in("1001");
  world.run_for(1s);
  EXPECT_EQ(world.agent("1001").state, static_cast<DWORD>(LINEAGENTSTATE_NOTREADY));
  ASSERT_EQ(world.agent("1001").groups.size(), 1U);
  EXPECT_EQ(world.agent("1001").groups[0].name, "desk");
  world.set_state("1001", LINEAGENTSTATE_READY);
  world.run_for(1s);
  ASSERT_EQ(world.count(EventType::call_alerting), 1);
  world.run_for(3s);
  ASSERT_EQ(world.count(EventType::call_answered), 1);
  EXPECT_EQ(world.agent("1001").state, static_cast<DWORD>(LINEAGENTSTATE_BUSYACD));
  EXPECT_EQ(world.agent("1001").next_state, static_cast<DWORD>(LINEAGENTSTATE_WORKINGAFTERCALL));
  EXPECT_EQ(world.queue("support").waiting, 0U);
  world.run_for(30s);
  ASSERT_EQ(world.count(EventType::call_ended), 1);
  EXPECT_EQ(world.agent("1001").state, static_cast<DWORD>(LINEAGENTSTATE_WORKINGAFTERCALL));
  world.run_for(15s);
  EXPECT_EQ(world.agent("1001").state, static_cast<DWORD>(LINEAGENTSTATE_READY));
  EXPECT_EQ(world.states_told["1001"],
            (std::vector<DWORD>{LINEAGENTSTATE_NOTREADY, LINEAGENTSTATE_READY, LINEAGENTSTATE_BUSYACD,
                                LINEAGENTSTATE_WORKINGAFTERCALL, LINEAGENTSTATE_READY}));
  const auto& seen = world.recorder.seen;
  for (const auto& one : seen) {
    if (one.call_id) {
      EXPECT_EQ(one.caller, "555001");
    }
  }
  world.expect_quiet();
}

TEST(AcdPath, RingNoAnswerReturnsTheCallerToTheQueueAtTheOldPlace) {
  World world(small_site(2));
  world.command("1001", R"({"no_answer": true})");
  world.log_in("1001");
  world.set_state("1001", LINEAGENTSTATE_READY);
  world.run_for(1s);
  world.caller("555001", "2000", 300s, 10s);
  world.run_for(2s);
  world.caller("555002", "2000", 300s, 10s);
  world.run_for(9s);
  EXPECT_EQ(world.count(EventType::call_returned), 1);
  EXPECT_EQ(world.agent("1001").state, static_cast<DWORD>(LINEAGENTSTATE_NOTREADY));
  EXPECT_EQ(world.queue("support").waiting, 2U);
  world.log_in("1002");
  world.set_state("1002", LINEAGENTSTATE_READY);
  world.run_for(5s);
  const auto answered = std::find_if(world.recorder.seen.begin(), world.recorder.seen.end(),
                                     [](const auto& one) { return one.type == EventType::call_answered; });
  ASSERT_NE(answered, world.recorder.seen.end());
  EXPECT_EQ(answered->caller, "555001");
  EXPECT_EQ(answered->agent, "1002");
  world.run_for(60s);
  EXPECT_EQ(world.count(EventType::call_answered), 2);
  world.expect_quiet();
}

TEST(AcdPath, TheCallerGivesUpInTheQueueAndWhileRinging) {
  World world(small_site(1));
  world.command("1001", R"({"no_answer": true})");
  world.caller("555001", "2000", 20s, 0s);
  world.run_for(21s);
  EXPECT_EQ(world.count(EventType::call_abandoned), 1);
  world.log_in("1001");
  world.set_state("1001", LINEAGENTSTATE_READY);
  world.caller("555002", "2000", 5s, 0s);
  world.run_for(4s);
  EXPECT_EQ(world.count(EventType::call_alerting), 1);
  world.run_for(2s);
  EXPECT_EQ(world.count(EventType::call_abandoned), 2);
  EXPECT_EQ(world.agent("1001").state, static_cast<DWORD>(LINEAGENTSTATE_READY)) << "no blame";
  world.run_for(60s);
  world.expect_quiet();
}

TEST(AcdPath, APhoneThatRefusesOrIsUnreachableHandsTheCallToTheNext) {
  for (const char* fault :
       {R"({"reject": "busy"})", R"({"reject": "rejected"})", R"({"unreachable": true})"}) {
    SCOPED_TRACE(fault);
    World world(small_site(2));
    for (const char* station : {"1001", "1002"}) {
      world.log_in(station);
      world.set_state(station, LINEAGENTSTATE_READY);
      world.run_for(1s);
    }
    world.command("1001", fault);
    world.run_for(1s);
    world.caller("555001", "2000", 60s, 5s);
    world.run_for(4s);
    ASSERT_EQ(world.count(EventType::call_answered), 1);
    EXPECT_EQ(world.agent("1002").state, static_cast<DWORD>(LINEAGENTSTATE_BUSYACD));
    world.run_for(60s);
    world.expect_quiet();
  }
}

TEST(AcdPath, OverflowAfterATime) {
  Plan plan = small_site(1);
  plan.extras = {"1900"};
  plan.acd.queues[0].overflow_after_s = 20;
  plan.acd.queues[0].overflow_to = "1900";
  World world(plan);
  world.caller("555001", "2000", 60s, 10s);
  world.run_for(19s);
  EXPECT_EQ(world.count(EventType::call_overflowed), 0);
  world.run_for(2s);
  EXPECT_EQ(world.count(EventType::call_overflowed), 1);
  world.run_for(60s);
  EXPECT_EQ(world.count(EventType::call_abandoned), 0);
  world.expect_quiet();
}

TEST(AcdPath, OverflowIntoAnotherQueueIsCountedAsFlowedIn) {
  Plan plan = small_site(1);
  plan.acd.queues.push_back(plan.acd.queues[0]);
  plan.acd.queues[1].name = "sales";
  plan.acd.queues[1].number = "2901";
  plan.acd.queues[1].route_points = {"2001"};
  plan.acd.queues[0].overflow_after_s = 20;
  plan.acd.queues[0].overflow_to = "2901";
  World world(plan);
  world.caller("555001", "2000", 60s, 10s);
  world.run_for(30s);
  EXPECT_EQ(world.queue("support").flowed_out, 1U);
  EXPECT_EQ(world.queue("sales").flowed_in, 1U);
  EXPECT_EQ(world.queue("sales").waiting, 1U);
  world.run_for(60s);
  EXPECT_EQ(world.queue("sales").abandoned, 1U);
  world.expect_quiet();
}

TEST(AcdPath, NotReadyWhileRingingTakesTheCallBack) {
  World world(small_site(1));
  world.command("1001", R"({"no_answer": true})");
  world.log_in("1001");
  world.set_state("1001", LINEAGENTSTATE_READY);
  world.caller("555001", "2000", 60s, 0s);
  world.run_for(3s);
  world.set_state("1001", LINEAGENTSTATE_NOTREADY);
  world.run_for(1s);
  EXPECT_EQ(world.count(EventType::call_returned), 1);
  EXPECT_EQ(world.queue("support").waiting, 1U);
  world.run_for(60s);
  EXPECT_EQ(world.count(EventType::call_abandoned), 1);
  world.expect_quiet();
}

TEST(AcdPath, AnAgentOnAnOwnCallIsBusyAndNotOffered) {
  World world(small_site(2));
  for (const char* station : {"1001", "1002"}) world.log_in(station);
  world.set_state("1001", LINEAGENTSTATE_READY);
  world.run_for(1s);
  world.command("1002", R"({"answer_after_ms": 1000})");
  world.command("1001", R"({"dial": "1002"})");
  world.run_for(5s);
  EXPECT_EQ(world.agent("1001").state, static_cast<DWORD>(LINEAGENTSTATE_BUSYOUTBOUND));
  EXPECT_EQ(world.agent("1002").state, static_cast<DWORD>(LINEAGENTSTATE_BUSYINCOMING));
  world.caller("555001", "2000", 60s, 5s);
  world.run_for(5s);
  EXPECT_EQ(world.count(EventType::call_offered), 0);
  world.command("1001", R"({"hangup": true})");
  world.run_for(4s);
  EXPECT_EQ(world.count(EventType::call_answered), 1);
  world.run_for(60s);
  world.expect_quiet();
}

TEST(AcdPath, LogoutDuringACallTakesEffectAfterIt) {
  World world(small_site(1));
  world.log_in("1001");
  world.set_state("1001", LINEAGENTSTATE_READY);
  world.caller("555001", "2000", 60s, 10s);
  world.run_for(5s);
  world.log_out("1001");
  world.run_for(1s);
  EXPECT_EQ(world.agent("1001").state, static_cast<DWORD>(LINEAGENTSTATE_BUSYACD));
  world.run_for(10s);
  EXPECT_EQ(world.agent("1001").state, static_cast<DWORD>(LINEAGENTSTATE_LOGGEDOFF));
  EXPECT_TRUE(world.agent("1001").groups.empty());
  world.expect_quiet();
}

TEST(AcdPath, AnAgentTransfersTheCallerBackToTheQueueAndBlindToAColleague) {
  World world(small_site(2));
  world.log_in("1001");
  world.set_state("1001", LINEAGENTSTATE_READY);
  world.caller("555001", "2000", 60s, 60s);
  world.run_for(5s);
  ASSERT_EQ(world.count(EventType::call_answered), 1);
  world.set_state("1001", LINEAGENTSTATE_NOTREADY);
  world.command("1001", R"({"transfer": "2000"})");
  world.run_for(2s);
  EXPECT_EQ(world.count(EventType::call_ended), 1);
  EXPECT_EQ(world.queue("support").waiting, 1U);
  world.log_in("1002");
  world.set_state("1002", LINEAGENTSTATE_READY);
  world.run_for(5s);
  EXPECT_EQ(world.count(EventType::call_answered), 2);
  world.command("1002", R"({"transfer": "1001"})");
  world.run_for(5s);
  EXPECT_EQ(world.count(EventType::call_ended), 2);
  EXPECT_EQ(world.agent("1001").state, static_cast<DWORD>(LINEAGENTSTATE_BUSYINCOMING));
  world.run_for(90s);
  world.expect_quiet();
}

// An agent asks the queue with a second call and joins the caller with it: the waiting call changes its
// dwCallID.
TEST(AcdPath, AConsultedTransferToTheQueueKeepsThePlaceOfTheConsultation) {
  World world(small_site(2));
  world.log_in("1001");
  world.set_state("1001", LINEAGENTSTATE_READY);
  world.caller("555001", "2000", 60s, 60s);
  world.run_for(5s);
  ASSERT_EQ(world.count(EventType::call_answered), 1);
  world.command("1001", R"({"hold": true})");
  world.run_for(1s);
  world.command("1001", R"({"dial": "2000"})");
  world.run_for(2s);
  EXPECT_EQ(world.queue("support").waiting, 1U);
  world.set_state("1001", LINEAGENTSTATE_NOTREADY);
  world.command("1001", R"({"transfer_to": true})");
  world.run_for(2s);
  EXPECT_EQ(world.queue("support").waiting, 1U);
  EXPECT_EQ(world.count(EventType::call_ended), 1);
  world.log_in("1002");
  world.set_state("1002", LINEAGENTSTATE_READY);
  world.run_for(4s);
  EXPECT_EQ(world.count(EventType::call_answered), 2);
  EXPECT_EQ(world.agent("1002").state, static_cast<DWORD>(LINEAGENTSTATE_BUSYACD));
  world.run_for(120s);
  world.expect_quiet();
}

TEST(AcdPath, AFullQueueHasADefinedAnswer) {
  Plan plan = small_site(1);
  plan.acd.queues[0].length_max = 2;
  World world(plan);
  for (int i = 1; i <= 3; ++i) world.caller("55500" + std::to_string(i), "2000", 30s, 0s);
  world.run_for(2s);
  EXPECT_EQ(world.queue("support").waiting, 2U);
  EXPECT_EQ(world.count(EventType::call_overflowed), 1);
  world.run_for(60s);
  EXPECT_EQ(world.count(EventType::call_abandoned), 2);
  world.expect_quiet();
}

// The ACD goes and comes back: waiting callers stay on the switch, and as long as some application watches
// the queue, the next ACD finds them there in their order. (A call whose last handle is gone is unknown to
// TAPI [TSPI_lineCloseCall].)
TEST(AcdPath, CallersSurviveARestartOfTheAcd) {
  Plan plan = small_site(1);
  World world(plan);
  telephony::Address& watched = *world.desk->address_by_number("2900");
  watched.close();
  ASSERT_GE(watched.open({.monitor = true}), 0);
  world.caller("555001", "2000", 300s, 5s);
  world.run_for(10s);
  world.caller("555002", "2000", 300s, 5s);
  world.run_for(10s);
  world.acd->stop();
  world.run_for(5s);
  world.acd = nullptr;
  Ledger ledger;
  plan.acd.first_event = 1000;
  Acd next(world.loop, world.log, plan.acd, {&ledger, &world.recorder});
  ASSERT_TRUE(next.start());
  world.run_for(1s);
  EXPECT_EQ(world.queue("support").waiting, 2U);
  EXPECT_EQ(world.queue("support").longest_wait, 26U) << "the time of joining is the switch's";
  world.log_in("1001");
  world.set_state("1001", LINEAGENTSTATE_READY);
  world.run_for(5s);
  const auto answered = std::find_if(world.recorder.seen.begin(), world.recorder.seen.end(),
                                     [](const auto& one) { return one.type == EventType::call_answered; });
  ASSERT_NE(answered, world.recorder.seen.end());
  EXPECT_EQ(answered->caller, "555001");
  world.run_for(60s);
  EXPECT_EQ(ledger.waiting(1), 0U);
}

// The provider goes and comes back (a new module, a new configuration): the ACD opens the lines again, agents
// who were logged in are still there, and the next caller is served.
TEST(AcdPath, TheSwitchMayGoAndComeBack) {
  Plan plan = small_site(1);
  World world(plan);
  world.log_in("1001");
  world.set_state("1001", LINEAGENTSTATE_READY);
  world.command("1001", R"({"no_answer": true})");
  world.caller("555001", "2000", 300s, 0s);
  world.caller("555002", "2000", 300s, 0s);
  world.run_for(3s);
  world.reload_switch();
  world.run_for(30s);
  EXPECT_EQ(world.ledger.waiting(1), 0U) << "nobody waits on a switch that is gone";
  EXPECT_EQ(world.count(EventType::call_overflowed), 2);
  world.caller("555003", "2000", 60s, 5s);
  world.run_for(5s);
  EXPECT_EQ(world.count(EventType::call_answered), 1);
  world.run_for(30s);
  world.expect_quiet();
}

} // namespace tl::acd
