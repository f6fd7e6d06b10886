// SPDX-License-Identifier: Apache-2.0
// Conferences by TAPI: states, messages, sound and features of every step, and how they end.
#include <gtest/gtest.h>

#include <cstring>

#include "tapi_double.hpp"

namespace tl::pbx::test {
namespace {

constexpr const char* site = R"({
  "station": [{"number": "1001", "name": "Anna"}, {"number": "1002", "name": "Ben"}, {"number": "1003", "name": "Carla"},
              {"number": "1004", "name": "Dora"}, {"number": "1005"}],
  "trunk": [{"name": "carrier", "prefix": "0"}],
  "queue": [{"name": "support", "number": "2900"}],
  "pbx": {"station_calls_max": 3, "ring_max_ms": 20000}})";

// LINECALLPARAMS with a target and the flag of a conference without hold.
struct NoHold {
  explicit NoHold(const std::string& target) {
    const std::u16string text = wide(target);
    auto* const raw = reinterpret_cast<LINECALLPARAMS*>(bytes);
    raw->dwTotalSize = sizeof bytes;
    raw->dwCallParamFlags = LINECALLPARAMFLAGS_NOHOLDCONFERENCE;
    raw->dwTargetAddressOffset = sizeof(LINECALLPARAMS);
    raw->dwTargetAddressSize = static_cast<DWORD>((text.size() + 1) * sizeof(char16_t));
    std::memcpy(bytes + sizeof(LINECALLPARAMS), text.c_str(), raw->dwTargetAddressSize);
  }
  operator LINECALLPARAMS*() { return reinterpret_cast<LINECALLPARAMS*>(bytes); }
  alignas(8) char bytes[512] = {};
};

class Conferences : public ::testing::Test {
protected:
  Conferences() : tapi(site) {
    for (const char* number : {"1001", "1002", "1003", "1004", "1005"})
      tapi.network().events.station_reachable(number, true);
    tapi.take();
  }
  ~Conferences() override { tapi.model().check(); }

  FakeLeg& leg(const std::string& device) { return tapi.network().leg(device); }
  LONG dial(CallRecord& call, const std::string& number) {
    return tapi.reply(TSPI_lineDial(tapi.request(), call.driver, wide(number).c_str(), 0));
  }
  LONG drop(CallRecord& call) { return tapi.reply(TSPI_lineDrop(tapi.request(), call.driver, nullptr, 0)); }
  LONG unhold(CallRecord& call) { return tapi.reply(TSPI_lineUnhold(tapi.request(), call.driver)); }
  LONG hold(CallRecord& call) { return tapi.reply(TSPI_lineHold(tapi.request(), call.driver)); }
  LONG swap(CallRecord& active, CallRecord& held) {
    return tapi.reply(TSPI_lineSwapHold(tapi.request(), active.driver, held.driver));
  }
  DWORD features(const CallRecord& call) { return tapi.status(call.driver).dwCallFeatures; }

  // 1001 calls 1002, who answers.
  CallRecord& talk(const std::string& from = "1001", const std::string& to = "1002") {
    tapi.network().call(Destination::Kind::station, from, "", to);
    leg(to).alert();
    leg(to).pick_up();
    tapi.take();
    return tapi.call(from);
  }
  void answer(const std::string& station) {
    leg(station).alert();
    leg(station).pick_up();
  }
  // 1001 in conference with 1002 and 1003.
  void three() {
    first = &talk();
    EXPECT_EQ(tapi.setup_conference(first->driver, "1001", parent, second), 0);
    EXPECT_EQ(dial(*second, "1003"), 0);
    answer("1003");
    EXPECT_EQ(tapi.add_to_conference(*parent, *second), 0);
    tapi.model().check();
    tapi.take();
  }
  void expect_room(std::initializer_list<const char*> members) {
    std::uint32_t room = 0;
    for (const char* one : members) {
      if (room == 0) room = leg(one).room;
      EXPECT_NE(leg(one).room, 0U) << one;
      EXPECT_EQ(leg(one).room, room) << one;
    }
  }
  void expect_nothing_left() {
    tapi.run(3s);
    tapi.close_finished();
    tapi.settle();
    tapi.model().check();
    EXPECT_EQ(tapi.model().live_calls(), 0U);
    EXPECT_EQ(tapi.model().kept_calls(), 0U);
    EXPECT_EQ(tapi.model().kept_attachments(), 0U);
    EXPECT_EQ(tapi.model().kept_conferences(), 0U);
    EXPECT_TRUE(tapi.network().legs.empty());
  }

  TapiDouble tapi;
  CallRecord *parent = nullptr, *first = nullptr, *second = nullptr;
};

TEST_F(Conferences, SetUpAddAndTheSoundOfEachStep) {
  first = &talk();
  FakeLeg& anna = leg("1001");
  FakeLeg& ben = leg("1002");
  EXPECT_NE(features(*first) & LINECALLFEATURE_SETUPCONF, 0U);
  EXPECT_EQ(tapi.setup_conference(first->driver, "1001", parent, second), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n1001 ONHOLDPENDCONF\n1001 CONFERENCED\n1001 DIALTONE\n");
  EXPECT_EQ(first->conference, parent);
  EXPECT_EQ(parent->state, DWORD{LINECALLSTATE_ONHOLDPENDCONF});
  EXPECT_EQ(ben.heard, "music");
  EXPECT_EQ(anna.heard, "silence");
  EXPECT_EQ(tapi.info(parent->driver).origin, DWORD{LINECALLORIGIN_CONFERENCE});
  EXPECT_EQ(tapi.info(second->driver).related, tapi.info(parent->driver).id);
  EXPECT_EQ(features(*parent) & LINECALLFEATURE_PREPAREADDCONF, 0U);
  EXPECT_NE(features(*parent) & LINECALLFEATURE_UNHOLD, 0U);
  EXPECT_EQ(tapi.add_to_conference(*parent, *second), LINEERR_INVALCALLSTATE); // a dial tone is nobody

  EXPECT_EQ(dial(*second, "1003"), 0);
  leg("1003").alert();
  EXPECT_NE(features(*second) & LINECALLFEATURE_ADDTOCONF, 0U);
  leg("1003").pick_up();
  EXPECT_EQ(anna.joined, &leg("1003"));
  EXPECT_EQ(ben.heard, "music");
  tapi.take();
  EXPECT_EQ(tapi.add_to_conference(*parent, *second), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n1001 CONFERENCED\n1001 CONNECTED\n");
  EXPECT_EQ(second->conference, parent);
  EXPECT_EQ(parent->state, DWORD{LINECALLSTATE_CONNECTED});
  expect_room({"1001", "1002", "1003"});
  EXPECT_NE(features(*parent) & LINECALLFEATURE_PREPAREADDCONF, 0U);
  EXPECT_NE(features(*second) & LINECALLFEATURE_REMOVEFROMCONF, 0U);
  EXPECT_EQ(features(*second) & (LINECALLFEATURE_HOLD | LINECALLFEATURE_SETUPTRANSFER), 0U);
  EXPECT_EQ(tapi.info(second->driver).connected, "1003");
  EXPECT_EQ(tapi.state("1003"), DWORD{LINECALLSTATE_CONNECTED});
  EXPECT_EQ(hold(*first), LINEERR_INVALCALLSTATE);
  EXPECT_EQ(unhold(*first), LINEERR_INVALCALLSTATE);
}

TEST_F(Conferences, AFourthPartyWhileTheOthersGoOnTalking) {
  three();
  CallRecord* third = nullptr;
  EXPECT_EQ(tapi.prepare_add(*parent, third), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n1001 ONHOLDPENDCONF\n1001 DIALTONE\n");
  EXPECT_EQ(leg("1002").joined, &leg("1003")); // two are no mix
  CallRecord* another = nullptr;
  EXPECT_EQ(tapi.prepare_add(*parent, another), LINEERR_INVALCALLSTATE);
  EXPECT_EQ(dial(*third, "0301"), 0);
  leg("carrier").pick_up();
  EXPECT_EQ(leg("carrier").joined, &leg("1001"));
  EXPECT_EQ(tapi.add_to_conference(*parent, *third), 0);
  expect_room({"1001", "1002", "1003", "carrier"});
  leg("carrier").end();
  EXPECT_EQ(third->state, DWORD{LINECALLSTATE_DISCONNECTED});
  expect_room({"1001", "1002", "1003"});
}

TEST_F(Conferences, TheLastButOneMemberLeavesAndTwoPartiesAreAnOrdinaryCall) {
  three();
  leg("1003").end();
  EXPECT_EQ(tapi.take(), "1003 IDLE\n1001 DISCONNECTED NORMAL\n1001 IDLE\n1001 CONNECTED\n");
  EXPECT_EQ(second->state, DWORD{LINECALLSTATE_DISCONNECTED});
  EXPECT_EQ(parent->state, DWORD{LINECALLSTATE_IDLE});
  EXPECT_EQ(first->state, DWORD{LINECALLSTATE_CONNECTED});
  EXPECT_EQ(leg("1001").joined, &leg("1002"));
  EXPECT_EQ(hold(*first), 0);
  EXPECT_EQ(drop(*first), 0);
  expect_nothing_left();
}

TEST_F(Conferences, AMemberIsRemovedAnotherDropped) {
  three();
  CallRecord* third = nullptr;
  EXPECT_EQ(tapi.prepare_add(*parent, third), 0);
  EXPECT_EQ(dial(*third, "1004"), 0);
  answer("1004");
  EXPECT_EQ(tapi.add_to_conference(*parent, *third), 0);
  tapi.take();
  EXPECT_EQ(tapi.reply(TSPI_lineRemoveFromConference(tapi.request(), first->driver)), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n1001 IDLE\n1002 DISCONNECTED NORMAL\n"); // dwRemoveFromConfState
  expect_room({"1001", "1003", "1004"});
  EXPECT_EQ(tapi.reply(TSPI_lineRemoveFromConference(tapi.request(), parent->driver)),
            LINEERR_INVALCALLSTATE);
  EXPECT_EQ(drop(*second), 0);
  EXPECT_EQ(third->state, DWORD{LINECALLSTATE_CONNECTED});
  EXPECT_EQ(parent->state, DWORD{LINECALLSTATE_IDLE});
  EXPECT_EQ(leg("1001").joined, &leg("1004"));
}

TEST_F(Conferences, DroppingTheParentEndsItForAll) {
  three();
  EXPECT_EQ(drop(*parent), 0);
  EXPECT_EQ(parent->state, DWORD{LINECALLSTATE_IDLE});
  EXPECT_EQ(first->state, DWORD{LINECALLSTATE_IDLE});
  EXPECT_EQ(second->state, DWORD{LINECALLSTATE_IDLE});
  EXPECT_EQ(tapi.state("1002"), DWORD{LINECALLSTATE_DISCONNECTED});
  EXPECT_EQ(tapi.state("1003"), DWORD{LINECALLSTATE_DISCONNECTED});
  expect_nothing_left();
}

TEST_F(Conferences, ThePhoneThatConfersHangsUp) {
  three();
  leg("1001").end();
  EXPECT_EQ(parent->state, DWORD{LINECALLSTATE_IDLE});
  EXPECT_EQ(first->state, DWORD{LINECALLSTATE_IDLE});
  EXPECT_EQ(tapi.state("1003"), DWORD{LINECALLSTATE_DISCONNECTED});
  expect_nothing_left();
}

TEST_F(Conferences, DroppingTheConsultationOfASetUpGivesTheFirstCallBack) {
  first = &talk();
  EXPECT_EQ(tapi.setup_conference(first->driver, "1001", parent, second), 0);
  EXPECT_EQ(dial(*second, "1003"), 0);
  answer("1003");
  tapi.take();
  EXPECT_EQ(drop(*second), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n1001 IDLE\n1001 IDLE\n1001 CONNECTED\n1003 DISCONNECTED NORMAL\n");
  EXPECT_EQ(parent->state, DWORD{LINECALLSTATE_IDLE});
  EXPECT_EQ(leg("1001").joined, &leg("1002"));
}

TEST_F(Conferences, DroppingTheConsultationOfAGrownConferenceGivesTheConferenceBack) {
  three();
  CallRecord* third = nullptr;
  EXPECT_EQ(tapi.prepare_add(*parent, third), 0);
  EXPECT_EQ(dial(*third, "1004"), 0);
  leg("1004").end(Cause::busy);
  EXPECT_EQ(third->state, DWORD{LINECALLSTATE_DISCONNECTED});
  EXPECT_EQ(parent->state, DWORD{LINECALLSTATE_ONHOLDPENDCONF});
  EXPECT_EQ(leg("1001").heard, "busy");
  tapi.take();
  EXPECT_EQ(drop(*third), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n1001 IDLE\n1001 CONNECTED\n");
  expect_room({"1001", "1002", "1003"});
}

TEST_F(Conferences, UnholdCancelsTheConsultation) {
  first = &talk();
  EXPECT_EQ(tapi.setup_conference(first->driver, "1001", parent, second), 0);
  EXPECT_EQ(unhold(*first), 0); // by the first party
  EXPECT_EQ(parent->state, DWORD{LINECALLSTATE_IDLE});
  EXPECT_EQ(second->state, DWORD{LINECALLSTATE_IDLE});
  EXPECT_EQ(first->state, DWORD{LINECALLSTATE_CONNECTED});
  EXPECT_EQ(tapi.setup_conference(first->driver, "1001", parent, second), 0);
  EXPECT_EQ(unhold(*parent), 0); // by the conference, which is none yet
  EXPECT_EQ(parent->state, DWORD{LINECALLSTATE_IDLE});
  EXPECT_EQ(first->state, DWORD{LINECALLSTATE_CONNECTED});
  EXPECT_EQ(leg("1001").joined, &leg("1002"));
  tapi.close_finished();
}

TEST_F(Conferences, UnholdOfAGrownConferenceEndsTheConsultation) {
  three();
  CallRecord* third = nullptr;
  EXPECT_EQ(tapi.prepare_add(*parent, third), 0);
  EXPECT_EQ(unhold(*parent), 0);
  EXPECT_EQ(third->state, DWORD{LINECALLSTATE_IDLE});
  EXPECT_EQ(parent->state, DWORD{LINECALLSTATE_CONNECTED});
  expect_room({"1001", "1002", "1003"});
}

TEST_F(Conferences, SwappingBetweenConferenceAndConsultation) {
  three();
  CallRecord* third = nullptr;
  EXPECT_EQ(tapi.prepare_add(*parent, third), 0);
  EXPECT_EQ(dial(*third, "1004"), 0);
  answer("1004");
  tapi.take();
  EXPECT_EQ(swap(*third, *parent), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n1001 ONHOLD\n1001 CONNECTED\n");
  expect_room({"1001", "1002", "1003"});
  EXPECT_EQ(leg("1004").heard, "music");
  EXPECT_EQ(swap(*parent, *third), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n1001 ONHOLDPENDCONF\n1001 CONNECTED\n");
  EXPECT_EQ(leg("1001").joined, &leg("1004"));
  EXPECT_EQ(swap(*third, *parent), 0);
  EXPECT_EQ(unhold(*third), 0); // the consultation, not the end of the conference
  EXPECT_EQ(parent->state, DWORD{LINECALLSTATE_ONHOLDPENDCONF});
  EXPECT_EQ(tapi.add_to_conference(*parent, *third), 0);
  expect_room({"1001", "1002", "1003", "1004"});
}

TEST_F(Conferences, HoldingAConferenceAndComingBack) {
  three();
  EXPECT_EQ(hold(*parent), 0);
  EXPECT_EQ(leg("1001").heard, "silence");
  EXPECT_EQ(leg("1002").joined, &leg("1003"));
  EXPECT_EQ(unhold(*parent), 0);
  expect_room({"1001", "1002", "1003"});
  leg("1002").owner->leg_held(leg("1002"), true); // a member's phone holds: nobody hears music for it
  EXPECT_EQ(leg("1001").joined, &leg("1003"));
  EXPECT_EQ(leg("1002").heard, "silence");
  leg("1002").owner->leg_held(leg("1002"), false);
  expect_room({"1001", "1002", "1003"});
}

TEST_F(Conferences, HeldConferenceDissolvesIntoAHeldCall) {
  three();
  EXPECT_EQ(hold(*parent), 0);
  leg("1002").end();
  EXPECT_EQ(second->state, DWORD{LINECALLSTATE_ONHOLD});
  EXPECT_EQ(leg("1003").heard, "music");
  EXPECT_EQ(unhold(*second), 0);
  EXPECT_EQ(leg("1001").joined, &leg("1003"));
}

TEST_F(Conferences, BegunWithoutACall) {
  EXPECT_EQ(tapi.setup_conference(nullptr, "1001", parent, first), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n1001 ONHOLDPENDCONF\n1001 DIALTONE\n");
  EXPECT_EQ(dial(*first, "1002"), 0);
  leg("1001").pick_up(); // its own phone rang
  answer("1002");
  EXPECT_EQ(tapi.add_to_conference(*parent, *first), 0);
  EXPECT_EQ(leg("1001").joined, &leg("1002"));
  EXPECT_EQ(tapi.prepare_add(*parent, second), 0);
  EXPECT_EQ(leg("1002").heard, "music");
  EXPECT_EQ(dial(*second, "1003"), 0);
  answer("1003");
  EXPECT_EQ(tapi.add_to_conference(*parent, *second), 0);
  expect_room({"1001", "1002", "1003"});
}

TEST_F(Conferences, BegunWithoutACallAndNobodyPicksUp) {
  EXPECT_EQ(tapi.setup_conference(nullptr, "1001", parent, first), 0);
  tapi.run(21s);
  EXPECT_EQ(parent->state, DWORD{LINECALLSTATE_IDLE});
  EXPECT_EQ(first->state & (LINECALLSTATE_DISCONNECTED | LINECALLSTATE_IDLE), first->state);
  tapi.close_finished();
  EXPECT_EQ(tapi.setup_conference(nullptr, "1001", parent, first), 0);
  leg("1001").end(Cause::busy);
  expect_nothing_left();
}

TEST_F(Conferences, WithoutHoldTheOriginalCallNeverNotices) {
  first = &talk();
  NoHold to("1003");
  EXPECT_NE(tapi.status(first->driver).dwCallFeatures2 & LINECALLFEATURE2_NOHOLDCONFERENCE, 0U);
  EXPECT_EQ(tapi.setup_conference(first->driver, "1001", parent, second, 3, to), 0);
  EXPECT_EQ(tapi.take(),
            "reply 0\n1001 ONHOLDPENDCONF\n1001 DIALING\n1001 PROCEEDING\n1003 new\n1003 OFFERING\n");
  leg("1003").alert();
  EXPECT_EQ(leg("1001").joined, &leg("1002"));
  EXPECT_EQ(first->state, DWORD{LINECALLSTATE_CONNECTED});
  EXPECT_EQ(unhold(*parent), LINEERR_INVALCALLSTATE);
  CallRecord* none = nullptr;
  EXPECT_EQ(tapi.setup_transfer("1001", none) == 0, false);
  tapi.take();
  leg("1003").pick_up();
  EXPECT_EQ(tapi.take(), "1003 CONNECTED\n1001 CONNECTED\n1001 info CONNECTEDID\n1003 info CONNECTEDID\n"
                         "1001 CONFERENCED\n1001 CONFERENCED\n1001 CONNECTED\n");
  EXPECT_EQ(first->conference, parent);
  EXPECT_EQ(second->conference, parent);
  expect_room({"1001", "1002", "1003"});

  CallRecord* third = nullptr;
  NoHold next("1004");
  EXPECT_EQ(tapi.prepare_add(*parent, third, next), 0);
  expect_room({"1001", "1002", "1003"});
  EXPECT_EQ(parent->state, DWORD{LINECALLSTATE_CONNECTED});
  answer("1004");
  expect_room({"1001", "1002", "1003", "1004"});
}

TEST_F(Conferences, WithoutHoldAndNobodyComes) {
  first = &talk();
  NoHold to("1003");
  EXPECT_EQ(tapi.setup_conference(first->driver, "1001", parent, second, 3, to), 0);
  leg("1003").end(Cause::busy);
  EXPECT_EQ(second->state, DWORD{LINECALLSTATE_DISCONNECTED});
  EXPECT_EQ(parent->state, DWORD{LINECALLSTATE_IDLE});
  EXPECT_EQ(first->state, DWORD{LINECALLSTATE_CONNECTED});
  EXPECT_EQ(leg("1001").joined, &leg("1002"));
  tapi.run(3s);
  EXPECT_EQ(second->state, DWORD{LINECALLSTATE_IDLE});
  // The original call ends first: what it was for is over too.
  EXPECT_EQ(tapi.setup_conference(first->driver, "1001", parent, second, 3, to), 0);
  EXPECT_EQ(drop(*first), 0);
  EXPECT_EQ(parent->state, DWORD{LINECALLSTATE_IDLE});
  EXPECT_EQ(second->state, DWORD{LINECALLSTATE_IDLE});
  EXPECT_FALSE(tapi.network().has_leg("1003"));
  expect_nothing_left();
}

TEST_F(Conferences, ATransferEndsAsAConference) {
  CallRecord* consult = nullptr;
  first = &talk();
  EXPECT_EQ(tapi.setup_transfer("1001", consult), 0);
  EXPECT_EQ(dial(*consult, "1003"), 0);
  leg("1003").alert();
  EXPECT_NE(tapi.status(consult->driver).dwCallFeatures2 & LINECALLFEATURE2_TRANSFERCONF, 0U);
  leg("1003").pick_up();
  tapi.take();
  EXPECT_EQ(tapi.transfer_into_conference(*first, *consult, parent), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n1001 CONNECTED\n1001 CONFERENCED\n1001 CONFERENCED\n");
  EXPECT_EQ(first->conference, parent);
  EXPECT_EQ(consult->conference, parent);
  expect_room({"1001", "1002", "1003"});
  CallRecord* another = nullptr;
  EXPECT_EQ(tapi.prepare_add(*parent, another), 0); // an ordinary conference from now on
}

TEST_F(Conferences, ACallHeldOnAnotherLegOfThePhoneJoins) {
  first = &talk();
  EXPECT_EQ(hold(*first), 0);
  CallRecord& other = talk("1001", "1003"); // the phone's second call
  FakeLeg& old = *tapi.network().legs[0];
  ASSERT_FALSE(old.over);
  EXPECT_EQ(tapi.transfer_into_conference(*first, other, parent), 0);
  EXPECT_EQ(parent->state, DWORD{LINECALLSTATE_CONNECTED});
  expect_room({"1001", "1002", "1003"});
  leg("1001").end();
  expect_nothing_left();
}

TEST_F(Conferences, AMembersFarPartyTransfersItsOwnCall) {
  three();
  leg("1003").owner->leg_transfer(leg("1003"), "1004"); // its user hands over
  EXPECT_EQ(second->state, DWORD{LINECALLSTATE_CONFERENCED});
  EXPECT_EQ(leg("1001").joined, &leg("1002"));
  answer("1004");
  expect_room({"1001", "1002", "1004"});
  EXPECT_EQ(tapi.info(second->driver).connected, "1004");
}

TEST_F(Conferences, AMemberWhosePhoneStillRings) {
  first = &talk();
  EXPECT_EQ(tapi.setup_conference(first->driver, "1001", parent, second), 0);
  EXPECT_EQ(dial(*second, "1003"), 0);
  leg("1003").alert();
  EXPECT_EQ(tapi.add_to_conference(*parent, *second), 0);
  EXPECT_EQ(second->state, DWORD{LINECALLSTATE_CONFERENCED});
  EXPECT_EQ(leg("1001").joined, &leg("1002"));
  leg("1002").end(); // alone with a phone that rings
  EXPECT_EQ(second->state, DWORD{LINECALLSTATE_RINGBACK});
  EXPECT_EQ(leg("1001").heard, "ringback");
  leg("1003").pick_up();
  EXPECT_EQ(second->state, DWORD{LINECALLSTATE_CONNECTED});
}

TEST_F(Conferences, TwoConferencesAreOneRoom) {
  three(); // 1001 with 1002 and 1003
  CallRecord& carla = tapi.call("1003");
  CallRecord *own = nullptr, *dora = nullptr;
  EXPECT_EQ(tapi.setup_conference(carla.driver, "1003", own, dora), 0);
  EXPECT_EQ(leg("1001").joined, &leg("1002"));
  EXPECT_EQ(dial(*dora, "1004"), 0);
  answer("1004");
  EXPECT_EQ(tapi.add_to_conference(*own, *dora), 0);
  expect_room({"1001", "1002", "1003", "1004"});
  EXPECT_EQ(drop(*second), 0); // the first conference leaves
  EXPECT_EQ(leg("1001").joined, &leg("1002"));
  EXPECT_EQ(leg("1003").joined, &leg("1004"));
  EXPECT_EQ(dora->state, DWORD{LINECALLSTATE_CONNECTED});
}

TEST_F(Conferences, ThereIsALimit) {
  first = &talk();
  EXPECT_EQ(tapi.setup_conference(first->driver, "1001", parent, second, conference_parties_max + 1),
            LINEERR_CONFERENCEFULL);
  EXPECT_EQ(tapi.setup_conference(first->driver, "1001", parent, second), 0);
  for (DWORD parties = 3;; ++parties) {
    EXPECT_EQ(dial(*second, "0301"), 0);
    leg("carrier").pick_up();
    EXPECT_EQ(tapi.add_to_conference(*parent, *second), 0);
    const LONG result = tapi.prepare_add(*parent, second);
    if (parties < conference_parties_max) {
      ASSERT_EQ(result, 0);
    } else {
      EXPECT_EQ(result, LINEERR_CONFERENCEFULL);
      break;
    }
  }
}

TEST_F(Conferences, ErrorsInOrder) {
  first = &talk();
  CallRecord* none = nullptr;
  EXPECT_EQ(tapi.prepare_add(*first, none), LINEERR_INVALCONFCALLHANDLE);
  EXPECT_EQ(tapi.add_to_conference(*first, *first), LINEERR_INVALCONFCALLHANDLE);
  EXPECT_EQ(tapi.setup_conference(tapi.hd("1002"), "1002", parent, none), 0);
  EXPECT_EQ(tapi.setup_conference(nullptr, "2900", parent, none), LINEERR_OPERATIONUNAVAIL);
  NoHold nowhere("4711");
  EXPECT_EQ(tapi.setup_conference(first->driver, "1001", parent, none, 3, nowhere), LINEERR_INVALCALLPARAMS);
  EXPECT_EQ(tapi.setup_conference(nullptr, "1001", parent, none, 3, nowhere), LINEERR_INVALCALLPARAMS);
  EXPECT_EQ(hold(*first), 0);
  EXPECT_EQ(tapi.setup_conference(first->driver, "1001", parent, none), LINEERR_INVALCALLSTATE);
}

TEST_F(Conferences, DigitsReachTheParentNotTheMembers) {
  three();
  EXPECT_EQ(TSPI_lineMonitorDigits(first->driver, LINEDIGITMODE_DTMF), LINEERR_INVALCALLSTATE);
  EXPECT_EQ(TSPI_lineMonitorDigits(parent->driver, LINEDIGITMODE_DTMF), 0);
  tapi.take();
  leg("1003").owner->leg_digit(leg("1003"), '7', tapi.loop().now());
  EXPECT_EQ(tapi.take(), "1001 digit 7\n");
}

TEST_F(Conferences, ToneOfAnyPartyReachesTheParentAlone) {
  three();
  LINEMONITORTONE wanted{42, 200, 1100, 0, 0};
  EXPECT_EQ(TSPI_lineMonitorTones(first->driver, 7, &wanted, 1), LINEERR_INVALCALLSTATE);
  EXPECT_EQ(TSPI_lineMonitorTones(parent->driver, 7, &wanted, 1), 0);
  tapi.take();
  for (const char* party : {"1001", "1002", "1003"}) {
    ASSERT_EQ(leg(party).watches.size(), 1U) << party;
    leg(party).owner->leg_tone(leg(party), 0, tapi.loop().now());
    EXPECT_EQ(tapi.take(), "1001 tone 42 list 7\n");
  }
  leg("1003").end(); // nobody listens for the parent's list when it is gone
  EXPECT_TRUE(leg("1001").watches.empty());
  EXPECT_TRUE(leg("1002").watches.empty());
}

TEST_F(Conferences, ALineOpenedLaterSeesTheConferenceFirst) {
  three();
  tapi.close("1001");
  expect_room({"1001", "1002", "1003"});
  tapi.open("1001");
  tapi.settle();
  EXPECT_EQ(tapi.take(),
            "1001 new\n1001 CONNECTED\n1001 new\n1001 CONFERENCED\n1001 new\n1001 CONFERENCED\n");
}

TEST_F(Conferences, OneAppearanceHoweverManyMembers) {
  three();
  LINEADDRESSSTATUS status{};
  status.dwTotalSize = sizeof status;
  EXPECT_EQ(TSPI_lineGetAddressStatus(tapi.line("1001"), 0, &status), 0);
  EXPECT_EQ(status.dwNumActiveCalls, 3U);
  EXPECT_NE(status.dwAddressFeatures & LINEADDRFEATURE_MAKECALL, 0U);
}

} // namespace
} // namespace tl::pbx::test
