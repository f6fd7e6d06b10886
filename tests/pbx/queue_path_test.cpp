// SPDX-License-Identifier: Apache-2.0
// The model of a queued call (docs/architecture.md), step by step and at every step abandoned.
#include <gtest/gtest.h>

#include "tapi_double.hpp"

namespace tl::pbx::test {
namespace {

constexpr const char* site = R"({
  "station": [{"number": "1001", "name": "Anna"}, {"number": "1002", "name": "Ben"}, {"number": "1003"}],
  "trunk": [{"name": "carrier", "prefix": "0", "calls_max": 3}],
  "route_point": [{"number": "2000", "name": "Support", "queue": "support", "default_routing_timeout_ms": 4000}],
  "queue": [{"name": "support", "number": "2900", "music": "wait.wav", "announcement": "hello.wav"},
            {"name": "night", "number": "2901", "treatment": "ringback"}]})";

class QueuePath : public ::testing::Test {
protected:
  QueuePath() : tapi(site) {
    for (const char* number : {"1001", "1002", "1003"}) tapi.network().events.station_reachable(number, true);
    tapi.take();
  }
  ~QueuePath() override { tapi.model().check(); }

  FakeLeg& arrive() { return tapi.network().call(Destination::Kind::trunk, "carrier", "555123", "2000"); }
  FakeLeg& queued() {
    FakeLeg& caller = arrive();
    EXPECT_EQ(tapi.redirect("2000", "2900"), 0);
    tapi.take();
    return caller;
  }
  FakeLeg& offered(const std::string& station = "1001") {
    FakeLeg& caller = queued();
    EXPECT_EQ(tapi.blind_transfer("2900", station), 0);
    tapi.take();
    return caller;
  }
  FakeLeg& talking() {
    FakeLeg& caller = offered();
    tapi.network().leg("1001").alert();
    tapi.network().leg("1001").pick_up();
    tapi.take();
    return caller;
  }
  // After the call everything is gone once its handles are.
  void expect_nothing_left() {
    tapi.run(3s);
    tapi.close_finished();
    tapi.settle();
    tapi.model().check();
    EXPECT_EQ(tapi.model().live_calls(), 0U);
    EXPECT_EQ(tapi.model().kept_calls(), 0U);
    EXPECT_EQ(tapi.model().kept_attachments(), 0U);
    EXPECT_TRUE(tapi.network().legs.empty());
  }

  TapiDouble tapi;
};

TEST_F(QueuePath, ACallerAtARoutePointWaitsForARoutingDecision) {
  FakeLeg& caller = arrive();
  EXPECT_EQ(tapi.take(), "carrier new\ncarrier OFFERING\n2000 new\n2000 OFFERING\n");
  EXPECT_FALSE(caller.rung || caller.answered);
  const TapiDouble::Info info = tapi.info("2000");
  EXPECT_EQ(info.reason, static_cast<DWORD>(LINECALLREASON_ROUTEREQUEST));
  EXPECT_EQ(info.origin, static_cast<DWORD>(LINECALLORIGIN_EXTERNAL));
  EXPECT_EQ(info.caller, "555123");
  EXPECT_EQ(info.caller_name, "Name of 555123");
  EXPECT_EQ(info.called, "2000");
  EXPECT_EQ(info.id, tapi.info("carrier").id);
}

TEST_F(QueuePath, RedirectedToTheQueueTheSwitchAnswersAndPlaysItsTreatment) {
  FakeLeg& caller = arrive();
  tapi.take();
  const DWORD id = tapi.info("2000").id;
  EXPECT_EQ(tapi.redirect("2000", "2900"), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n2000 info REDIRECTIONID\n2000 IDLE\n2900 new\n2900 OFFERING\ncarrier "
                         "CONNECTED\n2900 CONNECTED\n");
  EXPECT_EQ(tapi.info("2000").redirection, "2900");
  EXPECT_EQ(tapi.info("2900").redirecting, "2000");
  EXPECT_EQ(tapi.info("2900").reason, static_cast<DWORD>(LINECALLREASON_REDIRECT));
  EXPECT_EQ(tapi.info("2900").id, id);
  EXPECT_EQ(tapi.info("2900").treatment, static_cast<DWORD>(LINECALLTREATMENT_MUSIC));
  EXPECT_TRUE(caller.answered);
  EXPECT_EQ(caller.heard, "music:wait.wav");
}

TEST_F(QueuePath, WithoutADecisionTheDefaultQueueTakesTheCall) {
  arrive();
  tapi.take();
  tapi.run(3999ms);
  EXPECT_EQ(tapi.take(), "");
  tapi.run(2ms);
  EXPECT_EQ(
      tapi.take(),
      "2000 info REDIRECTIONID\n2000 IDLE\n2900 new\n2900 OFFERING\ncarrier CONNECTED\n2900 CONNECTED\n");
}

TEST_F(QueuePath, TheCallerKeepsHearingTheQueueWhileAnAgentIsAlerted) {
  FakeLeg& caller = queued();
  const DWORD id = tapi.info("2900").id;
  EXPECT_EQ(tapi.blind_transfer("2900", "1001"), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n2900 info REDIRECTIONID\n2900 IDLE\n1001 new\n1001 OFFERING\n");
  EXPECT_EQ(tapi.info("2900").redirection, "1001");
  EXPECT_EQ(tapi.info("1001").id, id);
  EXPECT_EQ(tapi.info("1001").caller, "555123");
  EXPECT_EQ(tapi.info("1001").redirecting, "2900");
  EXPECT_EQ(tapi.info("1001").reason, static_cast<DWORD>(LINECALLREASON_TRANSFER));
  FakeLeg& phone = tapi.network().leg("1001");
  EXPECT_EQ(phone.to.from.number, "555123");
  phone.alert();
  EXPECT_EQ(caller.heard, "music:wait.wav");
  EXPECT_EQ(tapi.take(), "");
}

TEST_F(QueuePath, TheAgentAnswersAndBothTalk) {
  FakeLeg& caller = offered();
  FakeLeg& phone = tapi.network().leg("1001");
  phone.alert();
  phone.pick_up();
  EXPECT_EQ(tapi.take(), "1001 CONNECTED\ncarrier info CONNECTEDID\n1001 info CONNECTEDID\n");
  EXPECT_EQ(caller.joined, &phone);
  EXPECT_EQ(tapi.info("1001").connected, "555123");
  EXPECT_EQ(tapi.info("carrier").connected, "1001");
  caller.end();
  EXPECT_EQ(tapi.take(), "carrier DISCONNECTED NORMAL\n1001 DISCONNECTED NORMAL\n");
  EXPECT_TRUE(phone.over);
  tapi.run(3s);
  EXPECT_EQ(tapi.take(), "carrier IDLE\n1001 IDLE\n");
  expect_nothing_left();
}

TEST_F(QueuePath, LineAnswerTakesThePhoneOffHookAndRepliesWhenItIs) {
  offered();
  FakeLeg& phone = tapi.network().leg("1001");
  phone.alert();
  EXPECT_EQ(tapi.answer("1001"), 1); // no reply yet
  EXPECT_TRUE(phone.asked_to_answer);
  EXPECT_EQ(tapi.answer("1001"), LINEERR_INVALCALLSTATE); // one at a time
  phone.pick_up();
  EXPECT_EQ(tapi.take(), "reply 0\n1001 CONNECTED\ncarrier info CONNECTEDID\n1001 info CONNECTEDID\n");
}

TEST_F(QueuePath, APhoneThatCannotAnswerByItselfFailsTheRequestAndRingsOn) {
  offered();
  FakeLeg& phone = tapi.network().leg("1001");
  EXPECT_EQ(tapi.answer("1001"), 1);
  phone.owner->leg_answer_refused(phone);
  EXPECT_EQ(tapi.take(), "reply 0x80000049\n");
  EXPECT_EQ(tapi.state("1001"), static_cast<DWORD>(LINECALLSTATE_OFFERING));
}

TEST_F(QueuePath, NotAnsweredTheCallGoesBackToTheQueueByRedirect) {
  FakeLeg& caller = offered();
  const DWORD id = tapi.info("1001").id;
  FakeLeg& phone = tapi.network().leg("1001");
  phone.alert();
  EXPECT_EQ(tapi.redirect("1001", "2900"), 0);
  EXPECT_EQ(tapi.take(),
            "reply 0\n1001 info REDIRECTIONID\n1001 IDLE\n2900 new\n2900 OFFERING\n2900 CONNECTED\n");
  EXPECT_TRUE(phone.over);
  EXPECT_EQ(phone.cause, Cause::cancelled);
  EXPECT_EQ(tapi.info("2900").id, id);
  EXPECT_EQ(tapi.info("2900").redirecting, "1001");
  EXPECT_EQ(caller.heard, "music:wait.wav");
}

TEST_F(QueuePath, APhoneThatRefusesGivesTheCallBackToItsQueue) {
  const std::pair<Cause, DWORD> cases[] = {{Cause::busy, LINECALLREASON_FWDBUSY},
                                           {Cause::rejected, LINECALLREASON_FWDBUSY},
                                           {Cause::no_answer, LINECALLREASON_FWDNOANSWER},
                                           {Cause::unreachable, LINECALLREASON_FWDUNCOND},
                                           {Cause::failed, LINECALLREASON_FWDUNCOND}};
  FakeLeg& caller = queued();
  const DWORD id = tapi.info("2900").id;
  for (const auto& [cause, reason] : cases) {
    EXPECT_EQ(tapi.blind_transfer("2900", "1001"), 0);
    tapi.take();
    tapi.network().leg("1001").end(cause);
    EXPECT_EQ(tapi.take(), "1001 info REDIRECTIONID\n1001 IDLE\n2900 new\n2900 OFFERING\n2900 CONNECTED\n");
    EXPECT_EQ(tapi.info("2900").reason, reason);
    EXPECT_EQ(tapi.info("2900").redirecting, "1001");
    EXPECT_EQ(tapi.info("2900").id, id);
    EXPECT_EQ(tapi.info("1001").redirection, "2900");
    EXPECT_EQ(caller.heard, "music:wait.wav");
  }
}

TEST_F(QueuePath, APhoneThatRingsTooLongGivesTheCallBack) {
  offered();
  FakeLeg& phone = tapi.network().leg("1001");
  phone.alert();
  tapi.run(179s);
  EXPECT_EQ(tapi.take(), "");
  tapi.run(2s);
  EXPECT_EQ(tapi.info("2900").reason, static_cast<DWORD>(LINECALLREASON_FWDNOANSWER));
}

TEST_F(QueuePath, TurningTheCallDownByLineDropGivesItBack) {
  offered();
  EXPECT_EQ(tapi.drop("1001"), 0);
  EXPECT_EQ(tapi.take(),
            "reply 0\n1001 info REDIRECTIONID\n1001 IDLE\n2900 new\n2900 OFFERING\n2900 CONNECTED\n");
  EXPECT_EQ(tapi.info("2900").reason, static_cast<DWORD>(LINECALLREASON_FWDBUSY));
}

TEST_F(QueuePath, AStationThatIsKnownToBeOutOfServiceLeavesTheCallWhereItIs) {
  queued();
  tapi.network().events.station_reachable("1001", false);
  EXPECT_EQ(tapi.blind_transfer("2900", "1001"), LINEERR_OPERATIONFAILED);
  EXPECT_EQ(tapi.blind_transfer("2900", "4711"), LINEERR_INVALADDRESS);
  EXPECT_EQ(tapi.blind_transfer("2900", "2900"), LINEERR_INVALADDRESS);
  EXPECT_EQ(tapi.take(), "");
  EXPECT_EQ(tapi.state("2900"), static_cast<DWORD>(LINECALLSTATE_CONNECTED));
}

TEST_F(QueuePath, TheCallerGivesUpAtTheRoutePoint) {
  arrive().end();
  EXPECT_EQ(tapi.take(), "carrier new\ncarrier OFFERING\n2000 new\n2000 OFFERING\n"
                         "carrier DISCONNECTED NORMAL\n2000 DISCONNECTED NORMAL\n");
  tapi.run(10s); // no default routing afterwards
  EXPECT_EQ(tapi.take(), "carrier IDLE\n2000 IDLE\n");
  expect_nothing_left();
}

TEST_F(QueuePath, TheCallerGivesUpInTheQueue) {
  queued().end();
  EXPECT_EQ(tapi.take(), "carrier DISCONNECTED NORMAL\n2900 DISCONNECTED NORMAL\n");
  EXPECT_EQ(tapi.drop("2900"), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n2900 IDLE\n");
  expect_nothing_left();
}

TEST_F(QueuePath, TheCallerGivesUpWhileTheAgentsPhoneRings) {
  FakeLeg& caller = offered();
  FakeLeg& phone = tapi.network().leg("1001");
  phone.alert();
  EXPECT_EQ(tapi.answer("1001"), 1);
  caller.end();
  EXPECT_EQ(tapi.take(), "carrier DISCONNECTED NORMAL\nreply 0x80000048\n1001 DISCONNECTED NORMAL\n");
  EXPECT_TRUE(phone.over);
  expect_nothing_left();
}

TEST_F(QueuePath, TheAgentHangsUp) {
  FakeLeg& caller = talking();
  tapi.network().leg("1001").end();
  EXPECT_EQ(tapi.take(), "1001 IDLE\ncarrier DISCONNECTED NORMAL\n");
  EXPECT_TRUE(caller.over);
  expect_nothing_left();
}

TEST_F(QueuePath, LineDropOfTheAgentsCallEndsIt) {
  FakeLeg& caller = talking();
  EXPECT_EQ(tapi.drop("1001"), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n1001 IDLE\ncarrier DISCONNECTED NORMAL\n");
  EXPECT_TRUE(caller.over);
  EXPECT_EQ(tapi.drop("1001"), LINEERR_INVALCALLSTATE);
}

TEST_F(QueuePath, TheQueueCanTurnACallerAway) {
  FakeLeg& caller = queued();
  EXPECT_EQ(tapi.drop("2900"), 0);
  EXPECT_TRUE(caller.over);
  expect_nothing_left();
}

TEST_F(QueuePath, TheRoutePointCanTurnACallerAway) {
  FakeLeg& caller = arrive();
  EXPECT_EQ(tapi.drop("2000"), 0);
  EXPECT_TRUE(caller.over);
  EXPECT_EQ(caller.cause, Cause::rejected);
  expect_nothing_left();
}

TEST_F(QueuePath, OverflowToAnotherQueueAndOutOnATrunk) {
  FakeLeg& caller = queued();
  EXPECT_EQ(tapi.redirect("2900", "2901"), 0);
  EXPECT_EQ(tapi.take(),
            "reply 0\n2900 info REDIRECTIONID\n2900 IDLE\n2901 new\n2901 OFFERING\n2901 CONNECTED\n");
  EXPECT_EQ(caller.heard, "ringback");
  EXPECT_EQ(tapi.blind_transfer("2901", "0301234"), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n2901 info REDIRECTIONID\n2901 IDLE\ncarrier new\ncarrier PROCEEDING\n");
  FakeLeg& outside = tapi.network().leg("carrier");
  EXPECT_EQ(outside.to.number, "0301234");
  outside.alert();
  outside.pick_up();
  EXPECT_EQ(caller.joined, &outside);
  EXPECT_EQ(tapi.take(),
            "carrier RINGBACK\ncarrier CONNECTED\ncarrier info CONNECTEDID\ncarrier info CONNECTEDID\n");
}

TEST_F(QueuePath, TreatmentsChangeWhatTheCallerHears) {
  FakeLeg& caller = queued();
  const auto set = [&](DWORD treatment) {
    return tapi.reply(TSPI_lineSetCallTreatment(tapi.request(), tapi.hd("2900"), treatment));
  };
  EXPECT_EQ(set(LINECALLTREATMENT_RINGBACK), 0);
  EXPECT_EQ(caller.heard, "ringback");
  EXPECT_EQ(tapi.take(), "reply 0\n2900 info TREATMENT\n");
  EXPECT_EQ(set(treatment_announcement), 0);
  EXPECT_EQ(caller.heard, "announcement:hello.wav");
  EXPECT_EQ(tapi.info("2900").treatment, treatment_announcement);
  EXPECT_EQ(set(77), LINEERR_INVALPARAM);
  // It lasts while an agent is alerted and when the call comes back.
  EXPECT_EQ(tapi.blind_transfer("2900", "1001"), 0);
  EXPECT_EQ(caller.heard, "announcement:hello.wav");
  tapi.network().leg("1001").end(Cause::busy);
  EXPECT_EQ(caller.heard, "announcement:hello.wav");
  EXPECT_EQ(tapi.info("2900").treatment, treatment_announcement);
}

TEST_F(QueuePath, CallDataFollowsTheCall) {
  queued();
  std::string data = "customer=42";
  EXPECT_EQ(tapi.reply(TSPI_lineSetCallData(tapi.request(), tapi.hd("2900"), data.data(), 11)), 0);
  EXPECT_EQ(tapi.take(), "reply 0\ncarrier info CALLDATA\n2900 info CALLDATA\n");
  EXPECT_EQ(tapi.blind_transfer("2900", "1001"), 0);
  EXPECT_EQ(tapi.info("1001").data, data);
  EXPECT_EQ(tapi.info("carrier").data, data);
  std::string much(call_data_bytes_max + 1, 'x');
  EXPECT_EQ(tapi.reply(TSPI_lineSetCallData(tapi.request(), tapi.hd("1001"), much.data(),
                                            static_cast<DWORD>(much.size()))),
            LINEERR_INVALPARAM);
}

TEST_F(QueuePath, AStationMayCallTheQueueToo) {
  FakeLeg& phone = tapi.network().call(Destination::Kind::station, "1003", "", "2000");
  EXPECT_EQ(tapi.take(), "1003 new\n1003 PROCEEDING\n2000 new\n2000 OFFERING\n");
  EXPECT_EQ(tapi.info("2000").origin, static_cast<DWORD>(LINECALLORIGIN_INTERNAL));
  EXPECT_EQ(tapi.redirect("2000", "2900"), 0);
  EXPECT_EQ(tapi.blind_transfer("2900", "1001"), 0);
  tapi.network().leg("1001").pick_up();
  EXPECT_EQ(tapi.network().leg("1001").joined, &phone);
}

TEST_F(QueuePath, ATrunkThatIsFullRefusesInboundAndOutbound) {
  for (int i = 0; i < 3; ++i) arrive();
  FakeLeg& fourth = arrive();
  EXPECT_TRUE(fourth.over);
  EXPECT_EQ(fourth.cause, Cause::congestion);
  EXPECT_EQ(tapi.redirect("2000", "0301"), LINEERR_RESOURCEUNAVAIL);
}

TEST_F(QueuePath, LinesThatAreNotOpenCostNothingAndAreAnnouncedOnOpen) {
  tapi.close("2900");
  tapi.close("1001");
  FakeLeg& caller = arrive();
  EXPECT_EQ(tapi.redirect("2000", "2900"), 0);
  tapi.take();
  tapi.open("2900");
  EXPECT_EQ(tapi.take(), ""); // not before TSPI_lineOpen has returned
  tapi.settle();
  EXPECT_EQ(tapi.take(), "2900 new\n2900 CONNECTED\n");
  EXPECT_EQ(tapi.blind_transfer("2900", "1001"), 0);
  tapi.network().leg("1001").alert();
  tapi.open("1001");
  tapi.settle();
  EXPECT_EQ(tapi.answer("1001"), 1);
  tapi.network().leg("1001").pick_up();
  EXPECT_EQ(caller.joined, &tapi.network().leg("1001"));
  caller.end();
  expect_nothing_left();
}

TEST_F(QueuePath, ClosingALineEndsItsRequestsAndLeavesTheCallAlone) {
  FakeLeg& caller = offered();
  EXPECT_EQ(tapi.answer("1001"), 1);
  tapi.close("1001");
  EXPECT_EQ(tapi.take(), "reply 0x80000048\n");
  tapi.network().leg("1001").pick_up();
  EXPECT_EQ(caller.joined, &tapi.network().leg("1001"));
  caller.end();
  expect_nothing_left();
}

TEST_F(QueuePath, AServerThatCannotTakeTheCallLosesNothing) {
  tapi.refuse_new_calls = true;
  FakeLeg& caller = arrive();
  tapi.run(5s); // default routing
  EXPECT_EQ(tapi.take(), "");
  EXPECT_EQ(caller.heard, "music:wait.wav");
  caller.end();
  expect_nothing_left();
}

} // namespace
} // namespace tl::pbx::test
