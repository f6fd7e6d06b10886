// SPDX-License-Identifier: Apache-2.0
// Two stations and their features: calls, hold, consultation, transfers, by TAPI and by the phones' own keys;
// digits.
#include <gtest/gtest.h>

#include "tapi_double.hpp"

namespace tl::pbx::test {
namespace {

constexpr const char* site = R"({
  "station": [{"number": "1001", "name": "Anna"}, {"number": "1002", "name": "Ben"}, {"number": "1003", "name": "Carla"}],
  "trunk": [{"name": "carrier", "prefix": "0"}],
  "route_point": [{"number": "2000", "queue": "support"}],
  "queue": [{"name": "support", "number": "2900"}],
  "pbx": {"station_calls_max": 3, "ring_max_ms": 60000}})";

class Features : public ::testing::Test {
protected:
  Features() : tapi(site) {
    for (const char* number : {"1001", "1002", "1003"}) tapi.network().events.station_reachable(number, true);
    tapi.take();
  }
  ~Features() override { tapi.model().check(); }

  // 1001 dials `to`, which answers.
  void talk(const std::string& from, const std::string& to) {
    tapi.network().call(Destination::Kind::station, from, "", to);
    leg(to).alert();
    leg(to).pick_up();
    tapi.take();
  }
  // An outside caller talks to 1001.
  FakeLeg& customer() {
    FakeLeg& caller = tapi.network().call(Destination::Kind::trunk, "carrier", "555", "1001");
    leg("1001").alert();
    leg("1001").pick_up();
    tapi.take();
    return caller;
  }
  LONG hold(const std::string& line) { return tapi.reply(TSPI_lineHold(tapi.request(), tapi.hd(line))); }
  LONG unhold(HDRVCALL call) { return tapi.reply(TSPI_lineUnhold(tapi.request(), call)); }
  LONG dial(HDRVCALL call, const std::string& number) {
    return tapi.reply(TSPI_lineDial(tapi.request(), call, wide(number).c_str(), 0));
  }
  FakeLeg& leg(const std::string& device) { return tapi.network().leg(device); }
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
  // The consultation of 1001's call: set up, dialled to 1003.
  CallRecord& consult(CallRecord*& held) {
    held = &tapi.call("1001");
    CallRecord* consultation = nullptr;
    EXPECT_EQ(tapi.setup_transfer("1001", consultation), 0);
    EXPECT_EQ(dial(consultation->driver, "1003"), 0);
    leg("1003").alert();
    return *consultation;
  }

  TapiDouble tapi;
};

TEST_F(Features, AStationCallsAStationTwoHandlesOneCallId) {
  FakeLeg& anna = tapi.network().call(Destination::Kind::station, "1001", "", "1002");
  EXPECT_EQ(tapi.take(), "1001 new\n1001 PROCEEDING\n1002 new\n1002 OFFERING\n");
  leg("1002").alert();
  EXPECT_TRUE(anna.rung);
  leg("1002").pick_up();
  EXPECT_EQ(tapi.take(),
            "1001 RINGBACK\n1002 CONNECTED\n1001 CONNECTED\n1001 info CONNECTEDID\n1002 info CONNECTEDID\n");
  EXPECT_TRUE(anna.answered);
  EXPECT_EQ(anna.joined, &leg("1002"));
  EXPECT_NE(tapi.hd("1001"), tapi.hd("1002"));
  const auto one = tapi.info("1001");
  const auto two = tapi.info("1002");
  EXPECT_EQ(one.id, two.id);
  EXPECT_EQ(one.origin, static_cast<DWORD>(LINECALLORIGIN_OUTBOUND));
  EXPECT_EQ(two.origin, static_cast<DWORD>(LINECALLORIGIN_INTERNAL));
  EXPECT_EQ(two.reason, static_cast<DWORD>(LINECALLREASON_DIRECT));
  EXPECT_EQ(two.caller, "1001");
  EXPECT_EQ(two.caller_name, "Anna");
  EXPECT_EQ(one.connected, "1002");
  anna.end();
  EXPECT_EQ(tapi.take(), "1001 IDLE\n1002 DISCONNECTED NORMAL\n");
  expect_nothing_left();
}

TEST_F(Features, ClickToDialRingsTheOwnPhoneFirst) {
  EXPECT_EQ(tapi.make_call("1001", "1002"), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n1001 DIALING\n");
  EXPECT_FALSE(tapi.network().has_leg("1002"));
  leg("1001").alert();
  EXPECT_EQ(tapi.take(), "");
  leg("1001").pick_up();
  EXPECT_EQ(tapi.take(), "1001 PROCEEDING\n1002 new\n1002 OFFERING\n");
  leg("1002").alert();
  EXPECT_EQ(tapi.take(), "1001 RINGBACK\n");
  EXPECT_EQ(leg("1001").heard, "ringback");
  leg("1002").pick_up();
  EXPECT_EQ(tapi.take(), "1002 CONNECTED\n1001 CONNECTED\n1001 info CONNECTEDID\n1002 info CONNECTEDID\n");
  EXPECT_EQ(tapi.drop("1001"), 0);
  expect_nothing_left();
}

TEST_F(Features, ClickToDialGoesOutOnATrunk) {
  EXPECT_EQ(tapi.make_call("1001", "T(030) 1234"), 0);
  leg("1001").pick_up();
  EXPECT_EQ(leg("carrier").to.number, "0301234");
  EXPECT_EQ(leg("carrier").to.from.number, "1001");
  leg("carrier").alert();
  leg("carrier").pick_up();
  EXPECT_EQ(leg("carrier").joined, &leg("1001"));
  EXPECT_EQ(tapi.info("1001").connected, "0301234");
}

TEST_F(Features, MakeCallRefusesAtOnceWhatCannotBe) {
  EXPECT_EQ(tapi.make_call("1001", "4711"), LINEERR_INVALADDRESS);
  EXPECT_EQ(tapi.make_call("1001", "10W02"), LINEERR_DIALDIALTONE);
  EXPECT_EQ(tapi.make_call("2900", "1001"), LINEERR_OPERATIONUNAVAIL);
  tapi.network().events.station_reachable("1001", false);
  EXPECT_EQ(tapi.make_call("1001", "1002"), LINEERR_RESOURCEUNAVAIL);
  tapi.network().events.station_reachable("1001", true);
  EXPECT_EQ(tapi.take(), "");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(tapi.make_call("1001", "1002"), 0);
  EXPECT_EQ(tapi.make_call("1001", "1002"), LINEERR_CALLUNAVAIL);
}

TEST_F(Features, TheOwnPhoneIsNotAnsweredOrRefuses) {
  EXPECT_EQ(tapi.make_call("1001", "1002"), 0);
  tapi.run(61s);
  EXPECT_EQ(tapi.take(), "reply 0\n1001 DIALING\n1001 DISCONNECTED NOANSWER\n");
  EXPECT_EQ(tapi.make_call("1001", "1002"), 0);
  leg("1001").end(Cause::busy);
  EXPECT_EQ(tapi.state("1001"), static_cast<DWORD>(LINECALLSTATE_DISCONNECTED));
  expect_nothing_left();
}

TEST_F(Features, ADestinationThatIsBusyEndsTheCall) {
  FakeLeg& anna = tapi.network().call(Destination::Kind::station, "1001", "", "1002");
  leg("1002").end(Cause::busy);
  EXPECT_EQ(tapi.take(),
            "1001 new\n1001 PROCEEDING\n1002 new\n1002 OFFERING\n1002 IDLE\n1001 DISCONNECTED BUSY\n");
  EXPECT_TRUE(anna.over);
  EXPECT_EQ(anna.cause, Cause::busy);
  expect_nothing_left();
}

TEST_F(Features, PhonesAreRefusedWhatTheyCannotHave) {
  EXPECT_EQ(tapi.network().call(Destination::Kind::station, "1001", "", "4711").cause, Cause::bad_address);
  EXPECT_EQ(tapi.network().call(Destination::Kind::station, "1001", "", "1001").cause, Cause::busy);
  tapi.network().events.station_reachable("1002", false);
  EXPECT_EQ(tapi.network().call(Destination::Kind::station, "1001", "", "1002").cause, Cause::unreachable);
  EXPECT_EQ(tapi.take(), "");
  expect_nothing_left();
}

TEST_F(Features, HoldAndUnholdByTapi) {
  talk("1001", "1002");
  EXPECT_EQ(hold("1001"), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n1001 ONHOLD\n");
  EXPECT_EQ(leg("1002").heard, "music");
  EXPECT_EQ(leg("1001").heard, "silence");
  EXPECT_EQ(hold("1001"), LINEERR_INVALCALLSTATE);
  EXPECT_EQ(hold("1002"), 0); // both at once
  EXPECT_EQ(unhold(tapi.hd("1001")), 0);
  EXPECT_EQ(leg("1001").heard, "music");
  EXPECT_EQ(unhold(tapi.hd("1002")), 0);
  EXPECT_EQ(leg("1001").joined, &leg("1002"));
}

TEST_F(Features, ThePhonesHoldKeyIsTheSameHold) {
  talk("1001", "1002");
  leg("1002").owner->leg_held(leg("1002"), true);
  EXPECT_EQ(tapi.take(), "1002 ONHOLD\n");
  EXPECT_EQ(leg("1001").heard, "music");
  leg("1002").owner->leg_held(leg("1002"), false);
  EXPECT_EQ(tapi.take(), "1002 CONNECTED\n");
  EXPECT_EQ(leg("1001").joined, &leg("1002"));
}

TEST_F(Features, BlindTransferByTapi) {
  FakeLeg& caller = customer();
  FakeLeg& anna = leg("1001");
  const DWORD id = tapi.info("1001").id;
  EXPECT_EQ(tapi.blind_transfer("1001", "1002"), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n1001 info REDIRECTIONID\n1001 IDLE\n1002 new\n1002 OFFERING\n");
  EXPECT_TRUE(anna.over);
  EXPECT_EQ(caller.heard, "ringback");
  EXPECT_EQ(tapi.info("1002").id, id);
  EXPECT_EQ(tapi.info("1002").caller, "555");
  EXPECT_EQ(tapi.info("1002").redirecting, "1001");
  leg("1002").pick_up();
  EXPECT_EQ(caller.joined, &leg("1002"));
}

TEST_F(Features, BlindTransferByThePhonesKeyAlsoFromHold) {
  FakeLeg& caller = customer();
  FakeLeg& anna = leg("1001");
  anna.owner->leg_held(anna, true);
  anna.owner->leg_transfer(anna, "4711"); // no such number: nothing happens
  EXPECT_EQ(tapi.take(), "1001 ONHOLD\n");
  anna.owner->leg_transfer(anna, "1002");
  EXPECT_EQ(tapi.take(), "1001 info REDIRECTIONID\n1001 IDLE\n1002 new\n1002 OFFERING\n");
  leg("1002").pick_up();
  EXPECT_EQ(caller.joined, &leg("1002"));
}

TEST_F(Features, ATransferOfTheOnesOwnCallMakesTheOtherTheCaller) {
  talk("1001", "1002"); // Anna called Ben and sends him on to Carla
  EXPECT_EQ(tapi.blind_transfer("1001", "1003"), 0);
  EXPECT_EQ(tapi.info("1003").caller, "1002");
  leg("1003").pick_up();
  EXPECT_EQ(leg("1002").joined, &leg("1003"));
  EXPECT_EQ(tapi.info("1002").connected, "1003");
}

TEST_F(Features, ConsultedTransferByTapi) {
  FakeLeg& caller = customer();
  const DWORD id = tapi.info("1001").id;
  CallRecord* held = &tapi.call("1001");
  CallRecord* consultation = nullptr;
  EXPECT_EQ(tapi.setup_transfer("1001", consultation), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n1001 ONHOLDPENDTRANSFER\n1001 DIALTONE\n");
  EXPECT_EQ(caller.heard, "music");
  EXPECT_EQ(tapi.info(consultation->driver).related, id);
  EXPECT_NE(tapi.info(consultation->driver).id, id);
  EXPECT_EQ(tapi.complete_transfer(*held, *consultation), LINEERR_INVALCALLSTATE);
  EXPECT_EQ(dial(consultation->driver, "1003"), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n1001 info CALLEDID\n1001 PROCEEDING\n1003 new\n1003 OFFERING\n");
  leg("1003").alert();
  EXPECT_EQ(leg("1001").heard, "ringback");
  leg("1003").pick_up();
  EXPECT_EQ(leg("1001").joined, &leg("1003"));
  tapi.take();
  FakeLeg& anna = leg("1001");
  EXPECT_EQ(tapi.complete_transfer(*held, *consultation), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n1001 info REDIRECTIONID\n1001 IDLE\n1001 IDLE\ncarrier info CONNECTEDID\n"
                         "1003 info CALLID|REASON|CALLERID|CONNECTEDID|REDIRECTINGID\n");
  EXPECT_TRUE(anna.over);
  EXPECT_EQ(caller.joined, &leg("1003"));
  const auto info = tapi.info("1003");
  EXPECT_EQ(info.id, id);
  EXPECT_EQ(info.caller, "555");
  EXPECT_EQ(info.redirecting, "1001");
  EXPECT_EQ(info.connected, "555");
  caller.end();
  expect_nothing_left();
}

TEST_F(Features, TransferWhileTheOtherPhoneStillRings) {
  FakeLeg& caller = customer();
  CallRecord* held = nullptr;
  CallRecord& consultation = consult(held);
  EXPECT_EQ(tapi.complete_transfer(*held, consultation), 0);
  EXPECT_EQ(caller.heard, "ringback");
  tapi.take();
  leg("1003").pick_up();
  EXPECT_EQ(tapi.take(), "1003 CONNECTED\ncarrier info CONNECTEDID\n1003 info CONNECTEDID\n");
  EXPECT_EQ(caller.joined, &leg("1003"));
}

TEST_F(Features, ATransferredCallThatIsNeverAnsweredEnds) {
  customer();
  CallRecord* held = nullptr;
  CallRecord& consultation = consult(held);
  tapi.run(50s);
  EXPECT_EQ(tapi.complete_transfer(*held, consultation), 0);
  tapi.take();
  tapi.run(11s); // the ringing began with the consultation
  EXPECT_EQ(tapi.take(), "1003 IDLE\ncarrier DISCONNECTED NOANSWER\n");
  EXPECT_FALSE(tapi.network().has_leg("carrier"));
}

// Found by the random test: the held party had sent the call on to a phone that still rang.
TEST_F(Features, TransferOfACallWhoseOtherPartyIsReplacedByARingingPhone) {
  talk("1001", "1002");
  CallRecord* held = &tapi.call("1001");
  CallRecord* consultation = nullptr;
  EXPECT_EQ(tapi.setup_transfer("1001", consultation), 0);
  EXPECT_EQ(tapi.blind_transfer("1002", "1003"), 0); // Ben sends Anna's held call to Carla
  leg("1003").alert();
  EXPECT_EQ(tapi.blind_transfer("1003", "2900"), LINEERR_INVALCALLSTATE); // who rings cannot transfer
  EXPECT_EQ(dial(consultation->driver, "0301"), 0);
  leg("carrier").alert();
  EXPECT_EQ(tapi.complete_transfer(*held, *consultation), LINEERR_INVALCALLSTATE); // two that ring
  leg("carrier").pick_up();
  EXPECT_EQ(tapi.complete_transfer(*held, *consultation), 0);
  EXPECT_EQ(leg("carrier").heard, "ringback");
  tapi.model().check();
  tapi.take();
  leg("1003").end(Cause::busy);
  EXPECT_EQ(tapi.take(), "1003 IDLE\ncarrier DISCONNECTED BUSY\n");
  expect_nothing_left();
}

// Found by the random test: digits on their way to a party that is transferred meanwhile.
TEST_F(Features, DigitsBeingSentSurviveATransferOfTheirReceiver) {
  customer();
  EXPECT_EQ(TSPI_lineGenerateDigits(tapi.hd("carrier"), 3, LINEDIGITMODE_DTMF, u"12", 0), 0);
  EXPECT_EQ(TSPI_lineGenerateDigits(tapi.hd("1001"), 4, LINEDIGITMODE_DTMF, u"12", 0), 0);
  EXPECT_EQ(tapi.take(), "carrier generated reason 2 id 3\n"); // both go out on the trunk's leg
  EXPECT_EQ(tapi.blind_transfer("1001", "1002"), 0);
  EXPECT_EQ(
      tapi.take(),
      "reply 0\n1001 info REDIRECTIONID\n1001 generated reason 2 id 4\n1001 IDLE\n1002 new\n1002 OFFERING\n");
  leg("1002").pick_up();
  EXPECT_EQ(TSPI_lineGenerateDigits(tapi.hd("1002"), 5, LINEDIGITMODE_DTMF, u"12", 0), 0);
  tapi.take();
  leg("carrier").end();
  EXPECT_EQ(tapi.take(),
            "carrier DISCONNECTED NORMAL\n1002 generated reason 2 id 5\n1002 DISCONNECTED NORMAL\n");
  expect_nothing_left();
}

TEST_F(Features, DroppingTheConsultationBringsTheCallBack) {
  FakeLeg& caller = customer();
  CallRecord* held = nullptr;
  CallRecord& consultation = consult(held);
  leg("1003").pick_up();
  tapi.take();
  EXPECT_EQ(tapi.reply(TSPI_lineDrop(tapi.request(), consultation.driver, nullptr, 0)), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n1001 IDLE\n1001 CONNECTED\n1003 DISCONNECTED NORMAL\n");
  EXPECT_EQ(caller.joined, &leg("1001"));
}

TEST_F(Features, UnholdingTheCallEndsTheConsultation) {
  FakeLeg& caller = customer();
  CallRecord* held = nullptr;
  consult(held);
  tapi.take();
  EXPECT_EQ(unhold(held->driver), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n1001 IDLE\n1001 CONNECTED\n1003 DISCONNECTED NORMAL\n");
  EXPECT_EQ(caller.joined, &leg("1001"));
}

TEST_F(Features, TheConsultedPartyHangsUpTheCallComesBackWhenTheConsultationIsDropped) {
  FakeLeg& caller = customer();
  CallRecord* held = nullptr;
  CallRecord& consultation = consult(held);
  leg("1003").pick_up();
  leg("1003").end();
  EXPECT_EQ(consultation.state, static_cast<DWORD>(LINECALLSTATE_DISCONNECTED));
  EXPECT_EQ(held->state, static_cast<DWORD>(LINECALLSTATE_ONHOLDPENDTRANSFER));
  EXPECT_EQ(tapi.reply(TSPI_lineDrop(tapi.request(), consultation.driver, nullptr, 0)), 0);
  EXPECT_EQ(held->state, static_cast<DWORD>(LINECALLSTATE_CONNECTED));
  EXPECT_EQ(caller.joined, &leg("1001"));
}

TEST_F(Features, TheConsultedPartyHangsUpAndNobodyDropsTheConsultation) {
  FakeLeg& caller = customer();
  CallRecord* held = nullptr;
  CallRecord& consultation = consult(held);
  leg("1003").end(Cause::busy);
  tapi.run(3s);
  EXPECT_EQ(consultation.state, static_cast<DWORD>(LINECALLSTATE_IDLE));
  EXPECT_EQ(held->state, static_cast<DWORD>(LINECALLSTATE_CONNECTED));
  EXPECT_EQ(caller.joined, &leg("1001"));
}

TEST_F(Features, TheHeldCustomerHangsUpTheConsultationGoesOn) {
  FakeLeg& caller = customer();
  CallRecord* held = nullptr;
  CallRecord& consultation = consult(held);
  leg("1003").pick_up();
  caller.end();
  EXPECT_EQ(held->state, static_cast<DWORD>(LINECALLSTATE_DISCONNECTED));
  EXPECT_EQ(consultation.state, static_cast<DWORD>(LINECALLSTATE_CONNECTED));
  EXPECT_EQ(leg("1001").joined, &leg("1003"));
  leg("1001").end();
  expect_nothing_left();
}

TEST_F(Features, HangingUpDuringAConsultationTransfers) {
  FakeLeg& caller = customer();
  CallRecord* held = nullptr;
  consult(held);
  leg("1003").pick_up();
  leg("1001").end();
  EXPECT_EQ(held->state, static_cast<DWORD>(LINECALLSTATE_IDLE));
  EXPECT_EQ(caller.joined, &leg("1003"));
  caller.end();
  expect_nothing_left();
}

TEST_F(Features, HangingUpAtConsultationDialToneEndsBoth) {
  FakeLeg& caller = customer();
  CallRecord* consultation = nullptr;
  EXPECT_EQ(tapi.setup_transfer("1001", consultation), 0);
  leg("1001").end();
  EXPECT_TRUE(caller.over);
  expect_nothing_left();
}

TEST_F(Features, SwapHoldExchangesTheRoles) {
  FakeLeg& caller = customer();
  CallRecord* held = nullptr;
  CallRecord& consultation = consult(held);
  leg("1003").pick_up();
  tapi.take();
  EXPECT_EQ(tapi.reply(TSPI_lineSwapHold(tapi.request(), consultation.driver, held->driver)), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n1001 ONHOLDPENDTRANSFER\n1001 CONNECTED\n");
  EXPECT_EQ(caller.joined, &leg("1001"));
  EXPECT_EQ(leg("1003").heard, "music");
  EXPECT_EQ(tapi.complete_transfer(consultation, *held), 0); // the roles are exchanged here too
  EXPECT_EQ(caller.joined, &leg("1003"));
}

TEST_F(Features, AnUnknownTransferModeIsRefused) {
  customer();
  CallRecord* held = nullptr;
  CallRecord& consultation = consult(held);
  EXPECT_EQ(TSPI_lineCompleteTransfer(tapi.request(), held->driver, consultation.driver, nullptr, nullptr,
                                      LINETRANSFERMODE_CONFERENCE << 1),
            LINEERR_INVALTRANSFERMODE);
}

TEST_F(Features, ThePhonesOwnConsultedTransferOfTwoLegs) {
  FakeLeg& caller = customer();
  FakeLeg& first = leg("1001");
  first.owner->leg_held(first, true);
  FakeLeg& second = tapi.network().call(Destination::Kind::station, "1001", "", "1003");
  leg("1003").alert();
  leg("1003").pick_up();
  first.owner->leg_transfer_to(first, second);
  EXPECT_TRUE(first.over && second.over);
  EXPECT_EQ(caller.joined, &leg("1003"));
  caller.end();
  expect_nothing_left();
}

TEST_F(Features, TransferOfAHeldCallToAFreshOne) {
  FakeLeg& caller = customer();
  CallRecord& held = tapi.call("1001");
  EXPECT_EQ(hold("1001"), 0);
  EXPECT_EQ(tapi.make_call("1001", "1003"), 0);
  leg("1001").pick_up();
  leg("1003").pick_up();
  EXPECT_EQ(tapi.complete_transfer(held, tapi.call_in("1001", LINECALLSTATE_CONNECTED)), 0);
  EXPECT_EQ(caller.joined, &leg("1003"));
}

TEST_F(Features, ConsultationOfAQueueHandsTheCallerIn) {
  FakeLeg& caller = customer();
  CallRecord* held = &tapi.call("1001");
  CallRecord* consultation = nullptr;
  EXPECT_EQ(tapi.setup_transfer("1001", consultation), 0);
  EXPECT_EQ(dial(consultation->driver, "2900"), 0);
  EXPECT_EQ(consultation->state, static_cast<DWORD>(LINECALLSTATE_CONNECTED));
  EXPECT_EQ(leg("1001").heard, "music");
  EXPECT_EQ(tapi.complete_transfer(*held, *consultation), 0);
  EXPECT_EQ(caller.heard, "music");
  EXPECT_EQ(tapi.info("2900").caller, "555");
  EXPECT_EQ(tapi.blind_transfer("2900", "1002"), 0);
  leg("1002").end(Cause::busy);
  EXPECT_EQ(tapi.state("2900"), static_cast<DWORD>(LINECALLSTATE_CONNECTED)); // back in the queue
}

TEST_F(Features, DigitsAreMonitoredGatheredAndGenerated) {
  FakeLeg& caller = customer();
  const HDRVCALL call = tapi.hd("1001");
  EXPECT_EQ(TSPI_lineMonitorDigits(call, LINEDIGITMODE_PULSE), LINEERR_INVALDIGITMODE);
  EXPECT_EQ(TSPI_lineMonitorDigits(call, LINEDIGITMODE_DTMF), 0);
  caller.owner->leg_digit(caller, '7', tapi.loop().now());
  EXPECT_EQ(tapi.take(), "1001 digit 7\n");
  EXPECT_EQ(TSPI_lineMonitorDigits(call, 0), 0);

  WCHAR digits[8] = {};
  const auto gather = [&](DWORD count, const char16_t* ends) {
    return TSPI_lineGatherDigits(call, 5, LINEDIGITMODE_DTMF, digits, count, ends, 1000, 500);
  };
  const auto dial_digits = [&](const char* text) {
    for (; *text != 0; ++text) caller.owner->leg_digit(caller, *text, tapi.loop().now());
  };
  EXPECT_EQ(gather(0, nullptr), LINEERR_INVALPARAM);
  EXPECT_EQ(gather(3, nullptr), 0);
  dial_digits("1234");
  EXPECT_EQ(tapi.take(), "1001 gathered reason 1 id 5\n"); // full
  EXPECT_EQ(std::u16string(digits, 3), u"123");
  EXPECT_EQ(gather(8, u"#"), 0);
  dial_digits("42#");
  EXPECT_EQ(tapi.take(), "1001 gathered reason 2 id 5\n"); // termination digit, in the buffer
  EXPECT_EQ(std::u16string(digits), u"42#");
  EXPECT_EQ(gather(8, nullptr), 0);
  tapi.run(1001ms);
  EXPECT_EQ(tapi.take(), "1001 gathered reason 4 id 5\n"); // no first digit
  EXPECT_EQ(gather(8, nullptr), 0);
  dial_digits("9");
  tapi.run(501ms);
  EXPECT_EQ(tapi.take(), "1001 gathered reason 8 id 5\n"); // no next digit
  EXPECT_EQ(gather(8, nullptr), 0);
  EXPECT_EQ(TSPI_lineGatherDigits(call, 6, 0, nullptr, 0, nullptr, 0, 0),
            0); // cancelled: TAPI says so itself
  tapi.run(2s);
  EXPECT_EQ(tapi.take(), "");

  EXPECT_EQ(TSPI_lineGenerateDigits(call, 9, LINEDIGITMODE_DTMF, u"55", 0), 0);
  EXPECT_EQ(caller.sent, "55");
  EXPECT_EQ(TSPI_lineGenerateDigits(call, 10, LINEDIGITMODE_DTMF, u"66", 0), 0);
  EXPECT_EQ(tapi.take(), "1001 generated reason 2 id 9\n"); // the earlier one is cancelled
  caller.owner->leg_digits_sent(caller, true);
  EXPECT_EQ(tapi.take(), "1001 generated reason 1 id 10\n");
  EXPECT_EQ(TSPI_lineGenerateDigits(call, 11, LINEDIGITMODE_DTMF, u"77", 0), 0);
  EXPECT_EQ(tapi.drop("1001"), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n1001 generated reason 2 id 11\n1001 IDLE\ncarrier DISCONNECTED NORMAL\n");
}

TEST_F(Features, StatusTellsStateEntryTimeAndFeatures) {
  customer();
  const Time entered = tapi.loop().now();
  tapi.run(5s);
  const LINECALLSTATUS status = tapi.status(tapi.hd("1001"));
  EXPECT_EQ(status.dwCallState, static_cast<DWORD>(LINECALLSTATE_CONNECTED));
  EXPECT_TRUE((status.dwCallFeatures & LINECALLFEATURE_HOLD) != 0);
  EXPECT_TRUE((status.dwCallFeatures & LINECALLFEATURE_ANSWER) == 0);
  const auto since = std::chrono::floor<std::chrono::seconds>(entered.time_since_epoch()).count() % 60;
  EXPECT_EQ(status.tStateEntryTime.wSecond, since);
  EXPECT_EQ(hold("1001"), 0);
  LINEADDRESSSTATUS address{};
  address.dwTotalSize = sizeof(address);
  EXPECT_EQ(TSPI_lineGetAddressStatus(tapi.line("1001"), 0, &address), 0);
  EXPECT_EQ(address.dwNumActiveCalls, 0U);
  EXPECT_EQ(address.dwNumOnHoldCalls, 1U);
  EXPECT_EQ(TSPI_lineGetAddressStatus(tapi.line("1001"), 1, &address), LINEERR_INVALADDRESSID);
}

TEST_F(Features, StatusMessagesComeWhenTheyAreWanted) {
  EXPECT_EQ(
      TSPI_lineSetStatusMessages(tapi.line("1002"), LINEDEVSTATE_OUTOFSERVICE, LINEADDRESSSTATE_NUMCALLS), 0);
  tapi.network().events.station_reachable("1002", false);
  tapi.network().events.station_reachable("1002", false); // no change, no message
  tapi.network().events.station_reachable("1002", true);  // not asked for
  EXPECT_EQ(tapi.take(), "1002 line 0x80\n");
  tapi.network().call(Destination::Kind::station, "1001", "", "1002");
  EXPECT_EQ(tapi.take(), "1001 new\n1001 PROCEEDING\n1002 address 0x20\n1002 new\n1002 OFFERING\n");
  LINEDEVSTATUS status{};
  status.dwTotalSize = sizeof(status);
  EXPECT_EQ(TSPI_lineGetLineDevStatus(tapi.line("1002"), &status), 0);
  EXPECT_EQ(status.dwDevStatusFlags,
            static_cast<DWORD>(LINEDEVSTATUSFLAGS_CONNECTED | LINEDEVSTATUSFLAGS_INSERVICE));
}

TEST_F(Features, CapabilitiesNameTheClassOfEachDevice) {
  const std::map<std::string, std::pair<const char*, DWORD>> expected = {
      {"1001", {"station", 0}},
      {"carrier", {"trunk", 0}},
      {"2000", {"route_point", LINEADDRCAPFLAGS_ROUTEPOINT}},
      {"2900", {"queue", LINEADDRCAPFLAGS_QUEUE}}};
  std::set<DWORD> ids;
  for (const auto& [number, wanted] : expected) {
    alignas(8) char buffer[2048] = {};
    auto* const caps = reinterpret_cast<LINEDEVCAPS*>(buffer);
    caps->dwTotalSize = sizeof(buffer);
    ASSERT_EQ(TSPI_lineGetDevCaps(tapi.devices.at(number), 0x00020002, 0, caps), 0);
    EXPECT_STREQ(buffer + caps->dwDevSpecificOffset, wanted.first);
    ids.insert(caps->dwPermanentLineID);
    std::memset(buffer, 0, sizeof(buffer));
    auto* const address = reinterpret_cast<LINEADDRESSCAPS*>(buffer);
    address->dwTotalSize = sizeof(buffer);
    ASSERT_EQ(TSPI_lineGetAddressCaps(tapi.devices.at(number), 0, 0x00020002, 0, address), 0);
    EXPECT_EQ(address->dwAddrCapFlags & (LINEADDRCAPFLAGS_ROUTEPOINT | LINEADDRCAPFLAGS_QUEUE),
              wanted.second);
    EXPECT_EQ(address->dwNumCallTreatments, number == "2900" ? 4U : 0U);
  }
  EXPECT_EQ(ids.size(), expected.size());
  LINEADDRESSCAPS caps{};
  caps.dwTotalSize = sizeof(caps);
  EXPECT_EQ(TSPI_lineGetAddressCaps(99, 0, 0x00020002, 0, &caps), LINEERR_BADDEVICEID);
}

TEST_F(Features, WrongHandlesAreRefused) {
  customer();
  const HDRVCALL call = tapi.hd("1001");
  EXPECT_EQ(tapi.drop("1001"), 0);
  tapi.close_call(tapi.call("1001"));
  EXPECT_EQ(TSPI_lineDrop(tapi.request(), call, nullptr, 0), LINEERR_INVALCALLHANDLE);
  EXPECT_EQ(TSPI_lineDrop(tapi.request(), nullptr, nullptr, 0), LINEERR_INVALCALLHANDLE);
  EXPECT_EQ(TSPI_lineHold(tapi.request(), reinterpret_cast<HDRVCALL>(&tapi)), LINEERR_INVALCALLHANDLE);
  EXPECT_EQ(TSPI_lineClose(reinterpret_cast<HDRVLINE>(7)), LINEERR_INVALLINEHANDLE);
  LINECALLINFO info{};
  info.dwTotalSize = sizeof(info);
  EXPECT_EQ(TSPI_lineGetCallInfo(call, &info), LINEERR_INVALCALLHANDLE);
}

TEST_F(Features, PartialDialling) {
  EXPECT_EQ(tapi.make_call("1001", "10;"), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n1001 DIALING\n");
  leg("1001").pick_up();
  EXPECT_EQ(tapi.take(), ""); // the number is not whole
  const HDRVCALL call = tapi.hd("1001");
  EXPECT_NE(tapi.status(call).dwCallFeatures & LINECALLFEATURE_DIAL, 0U);
  EXPECT_EQ(dial(call, "0;"), 0);
  EXPECT_EQ(dial(call, "9"), LINEERR_INVALADDRESS); // 1009 is nobody; what was dialled stays
  EXPECT_EQ(tapi.take(), "reply 0\n1001 info CALLEDID\n");
  EXPECT_EQ(dial(call, "2"), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n1001 info CALLEDID\n1001 PROCEEDING\n1002 new\n1002 OFFERING\n");
  EXPECT_EQ(tapi.info("1002").called, "1002");
  EXPECT_EQ(dial(call, "3"), LINEERR_INVALCALLSTATE);
}

TEST_F(Features, PartialDiallingBeforeTheOwnPhoneIsUp) {
  EXPECT_EQ(tapi.make_call("1001", ";"), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n1001 DIALTONE\n");
  EXPECT_EQ(dial(tapi.hd("1001"), "1002;"), 0);
  EXPECT_EQ(dial(tapi.hd("1001"), ""), 0); // that was all
  EXPECT_FALSE(tapi.network().has_leg("1002"));
  leg("1001").pick_up();
  EXPECT_TRUE(tapi.network().has_leg("1002"));
}

TEST_F(Features, UserUserInfoWaitsUntilItIsReleased) {
  talk("1001", "1002");
  const auto send = [&](const std::string& info) {
    return tapi.reply(TSPI_lineSendUserUserInfo(tapi.request(), tapi.hd("1001"), info.data(),
                                                static_cast<DWORD>(info.size())));
  };
  const auto received = [&] {
    alignas(8) char buffer[2048] = {};
    auto* const raw = reinterpret_cast<LINECALLINFO*>(buffer);
    raw->dwTotalSize = sizeof(buffer);
    EXPECT_EQ(TSPI_lineGetCallInfo(tapi.hd("1002"), raw), 0);
    return std::string(buffer + raw->dwUserUserInfoOffset, raw->dwUserUserInfoSize);
  };
  EXPECT_EQ(send("one"), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n1002 info USERUSERINFO\n");
  EXPECT_EQ(send("two"), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n");
  EXPECT_EQ(received(), "one");
  EXPECT_EQ(tapi.reply(TSPI_lineReleaseUserUserInfo(tapi.request(), tapi.hd("1002"))), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n1002 info USERUSERINFO\n");
  EXPECT_EQ(received(), "two");
  EXPECT_EQ(send(std::string(129, 'x')), LINEERR_USERUSERINFOTOOBIG);
  for (std::size_t i = 1; i < user_infos_max; ++i) EXPECT_EQ(send(std::string(128, 'x')), 0);
  EXPECT_EQ(send("x"), LINEERR_RESOURCEUNAVAIL);
  customer(); // no trunk carries it
  EXPECT_EQ(send("x"), LINEERR_OPERATIONUNAVAIL);
}

TEST_F(Features, CallParametersStayVoice) {
  talk("1001", "1002");
  const auto set = [&](DWORD bearer, DWORD least, DWORD most) {
    return tapi.reply(TSPI_lineSetCallParams(tapi.request(), tapi.hd("1001"), bearer, least, most, nullptr));
  };
  EXPECT_EQ(set(LINEBEARERMODE_VOICE, 0, 64000), 0);
  EXPECT_EQ(set(LINEBEARERMODE_DATA, 0, 64000), LINEERR_BEARERMODEUNAVAIL);
  EXPECT_EQ(set(0, 0, 64000), LINEERR_INVALBEARERMODE);
  EXPECT_EQ(set(LINEBEARERMODE_VOICE, 64000, 9600), LINEERR_INVALRATE);
  EXPECT_EQ(set(LINEBEARERMODE_VOICE, 128000, 128000), LINEERR_RATEUNAVAIL);
}

} // namespace
} // namespace tl::pbx::test
