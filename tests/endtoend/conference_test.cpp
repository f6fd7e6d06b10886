// SPDX-License-Identifier: Apache-2.0
// Conferences through tapi.h: every message a program gets, with the parent's handle in CONFERENCED.
#include "program.hpp"

namespace tl::test {
namespace {

constexpr const char* site = R"({
  "sim": {"answer_after_ms": 100},
  "station": [{"number": "1001", "driver": "sim"}, {"number": "1002", "driver": "sim"}, {"number": "1003", "driver": "sim"},
              {"number": "1004", "driver": "sim"}]})";

class ConferenceEndToEnd : public Site {
protected:
  ConferenceEndToEnd() : Site(site) { desk.open("1001"); }

  LONG dial(HCALL call, const char16_t* number) {
    const LONG result = desk.done(lineDialW(call, number, 0));
    loop.run_for(1s);
    return result;
  }
  // 1001.1 to 1002, conference 1001.2, consultation 1001.3 with 1003.
  void set_up() {
    first = desk.talk("1001", u"1002");
    ASSERT_EQ(desk.done(lineSetupConferenceW(first, 0, &conference, &consult, 3, nullptr)), 0);
    EXPECT_EQ(desk.take(), "1001.2 ONHOLDPENDCONF\n1001.1 CONFERENCED 1001.2\n1001.3 DIALTONE\n");
    EXPECT_EQ(desk.call("1001.2"), conference);
    EXPECT_EQ(desk.call("1001.3"), consult);
    EXPECT_EQ(dial(consult, u"1003"), 0);
    EXPECT_EQ(desk.take(), "1001.3 PROCEEDING\n1001.3 RINGBACK\n1001.3 CONNECTED\n");
  }
  void add() {
    set_up();
    ASSERT_EQ(desk.done(lineAddToConference(conference, consult)), 0);
    EXPECT_EQ(desk.take(), "1001.3 CONFERENCED 1001.2\n1001.2 CONNECTED\n");
  }

  Program desk{loop, u"desk"};
  HCALL first = 0, conference = 0, consult = 0;
};

TEST_F(ConferenceEndToEnd, CapabilitiesSayWhatIsPossible) {
  const LINEADDRESSCAPS& caps = desk.address_caps("1001");
  EXPECT_GE(caps.dwMaxNumConference, 3U);
  EXPECT_GE(caps.dwMaxNumTransConf, 3U);
  EXPECT_EQ(caps.dwRemoveFromConfCaps, DWORD{LINEREMOVEFROMCONF_ANY});
  EXPECT_EQ(caps.dwRemoveFromConfState, DWORD{LINECALLSTATE_IDLE});
  EXPECT_NE(caps.dwTransferModes & LINETRANSFERMODE_CONFERENCE, 0U);
  EXPECT_NE(caps.dwAddrCapFlags & LINEADDRCAPFLAGS_SETUPCONFNULL, 0U);
  EXPECT_NE(caps.dwAddrCapFlags & LINEADDRCAPFLAGS_CONFDROP, 0U);
  EXPECT_NE(caps.dwCallStates & LINECALLSTATE_CONFERENCED, 0U);
}

TEST_F(ConferenceEndToEnd, SetUpAddPrepareAddRemove) {
  add();
  EXPECT_EQ(desk.related(consult), (std::vector<HCALL>{conference, first, consult}));
  EXPECT_EQ(desk.related(conference), (std::vector<HCALL>{conference, first, consult}));
  HCALL third = 0;
  ASSERT_EQ(desk.done(linePrepareAddToConferenceW(conference, &third, nullptr)), 0);
  EXPECT_EQ(desk.take(), "1001.2 ONHOLDPENDCONF\n1001.4 DIALTONE\n");
  EXPECT_EQ(dial(third, u"1004"), 0);
  ASSERT_EQ(desk.done(lineSwapHold(third, conference)), 0);
  ASSERT_EQ(desk.done(lineSwapHold(conference, third)), 0);
  ASSERT_EQ(desk.done(lineAddToConference(conference, third)), 0);
  EXPECT_EQ(desk.related(third).size(), 4U);
  desk.take();
  ASSERT_EQ(desk.done(lineRemoveFromConference(first)), 0);
  EXPECT_EQ(desk.take(), "1001.1 IDLE\n");
  EXPECT_EQ(desk.related(conference).size(), 3U);
  ASSERT_EQ(desk.done(lineDrop(third, nullptr, 0)), 0);
  EXPECT_EQ(desk.take(), "1001.4 IDLE\n1001.2 IDLE\n1001.3 CONNECTED\n"); // two are no conference
  desk.related(consult, LINEERR_NOCONFERENCE);
  EXPECT_EQ(desk.done(lineDrop(consult, nullptr, 0)), 0);
}

TEST_F(ConferenceEndToEnd, ATransferEndsAsAConference) {
  first = desk.talk("1001", u"1002");
  ASSERT_EQ(desk.done(lineSetupTransferW(first, &consult, nullptr)), 0);
  EXPECT_EQ(dial(consult, u"1003"), 0);
  desk.take();
  ASSERT_EQ(desk.done(lineCompleteTransfer(first, consult, &conference, LINETRANSFERMODE_CONFERENCE)), 0);
  EXPECT_EQ(desk.take(), "1001.3 CONNECTED\n1001.1 CONFERENCED 1001.3\n1001.2 CONFERENCED 1001.3\n");
  EXPECT_EQ(desk.call("1001.3"), conference);
  ASSERT_EQ(desk.done(lineDrop(conference, nullptr, 0)), 0);
  EXPECT_EQ(desk.take(), "1001.3 IDLE\n1001.1 IDLE\n1001.2 IDLE\n");
}

TEST_F(ConferenceEndToEnd, UnholdOfTheFirstPartyCancels) {
  set_up();
  ASSERT_EQ(desk.done(lineUnhold(first)), 0);
  EXPECT_EQ(desk.take(), "1001.3 IDLE\n1001.2 IDLE\n1001.1 CONNECTED\n");
}

TEST_F(ConferenceEndToEnd, AMonitorSeesItsOwnHandleOfTheParent) {
  Program watcher(loop, u"watcher");
  watcher.open("1001", LINECALLPRIVILEGE_MONITOR);
  add();
  const std::string seen = watcher.take();
  EXPECT_NE(seen.find("1001.2 UNKNOWN"), std::string::npos) << seen; // somebody's new calls
  EXPECT_NE(seen.find("1001.1 CONFERENCED 1001.2"), std::string::npos) << seen;
  EXPECT_NE(seen.find("1001.3 CONFERENCED 1001.2"), std::string::npos) << seen;
  EXPECT_EQ(desk.done(lineDrop(conference, nullptr, 0)), 0);
}

TEST_F(ConferenceEndToEnd, BegunOnTheLineAndItsErrors) {
  ASSERT_EQ(desk.done(lineSetupConferenceW(0, desk.line("1001"), &conference, &consult, 3, nullptr)), 0);
  EXPECT_EQ(desk.take(), "1001.1 ONHOLDPENDCONF\n1001.2 DIALTONE\n");
  EXPECT_EQ(lineAddToConference(consult, conference), LINEERR_INVALCALLSTATE);
  EXPECT_EQ(lineRemoveFromConference(consult), LINEERR_INVALCALLSTATE);
  HCALL none = 0;
  EXPECT_EQ(linePrepareAddToConferenceW(consult, &none, nullptr), LINEERR_INVALCALLSTATE);
  EXPECT_EQ(lineSetupConferenceW(0, 0x7777, &none, &none, 3, nullptr), LINEERR_INVALLINEHANDLE);
  EXPECT_EQ(lineSetupConferenceW(consult, 0, &none, &none, 3, nullptr), LINEERR_INVALCALLSTATE);
  EXPECT_EQ(desk.done(lineDrop(conference, nullptr, 0)), 0);
  EXPECT_EQ(desk.done(lineDrop(consult, nullptr, 0)), 0);
}

} // namespace
} // namespace tl::test
