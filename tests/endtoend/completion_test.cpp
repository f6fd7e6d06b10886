// SPDX-License-Identifier: Apache-2.0
// Call completion through tapi.h: BUSY and RINGBACK, call back when both are free, intrusion, cancelling,
// limits.
#include "program.hpp"

namespace tl::test {
namespace {

constexpr const char* site = R"({
  "sim": {"answer_after_ms": 100},
  "pbx": {"station_calls_max": 2},
  "station": [{"number": "1001", "driver": "sim"}, {"number": "1002", "driver": "sim"}, {"number": "1003", "driver": "sim"},
              {"number": "1004", "driver": "sim"}]})";

class CompletionEndToEnd : public Site {
protected:
  CompletionEndToEnd() : Site(site) {
    for (const char* number : {"1001", "1002", "1003"}) desk.open(number);
  }
  // 1002 talks to 1003 and takes no other call; 1001 calls it in vain.
  HCALL busy() {
    talk = desk.talk("1002", u"1003");
    desk.command("1002", R"({"reject": "busy"})");
    HCALL call = 0;
    EXPECT_EQ(desk.done(lineMakeCallW(desk.line("1001"), &call, u"1002", 0, nullptr)), 0);
    loop.run_for(1s);
    EXPECT_EQ(desk.state(call), DWORD{LINECALLSTATE_BUSY});
    desk.take();
    return call;
  }
  LONG complete(HCALL call, DWORD mode) { return desk.done(lineCompleteCall(call, &id, mode, 0)); }
  void end_talk() {
    desk.command("1002", R"({"reject": false, "hangup": true})");
    loop.run_for(10ms);
  }

  Program desk{loop, u"desk"};
  HCALL talk = 0;
  DWORD id = 0;
};

TEST_F(CompletionEndToEnd, WhoFindsAStationBusyHearsItAndMayGiveUp) {
  const HCALL call = busy();
  LINECALLSTATUS status{};
  status.dwTotalSize = sizeof status;
  EXPECT_EQ(lineGetCallStatus(call, &status), 0);
  EXPECT_EQ(status.dwCallStateMode, DWORD{LINEBUSYMODE_STATION});
  EXPECT_NE(status.dwCallFeatures & LINECALLFEATURE_COMPLETECALL, 0U);
  EXPECT_EQ(status.dwCallFeatures2 & (LINECALLFEATURE2_COMPLCALLBACK | LINECALLFEATURE2_COMPLINTRUDE),
            DWORD{LINECALLFEATURE2_COMPLCALLBACK | LINECALLFEATURE2_COMPLINTRUDE});
  const LINEADDRESSCAPS& caps = desk.address_caps("1001");
  EXPECT_EQ(caps.dwCallCompletionModes, DWORD{LINECALLCOMPLMODE_CALLBACK | LINECALLCOMPLMODE_INTRUDE});
  EXPECT_NE(caps.dwAddrCapFlags & LINEADDRCAPFLAGS_COMPLETIONID, 0U);
  EXPECT_EQ(lineCompleteCall(call, &id, LINECALLCOMPLMODE_CAMPON, 0), LINEERR_INVALCALLCOMPLMODE);
  EXPECT_EQ(lineCompleteCall(call, &id, LINECALLCOMPLMODE_MESSAGE, 0), LINEERR_INVALCALLCOMPLMODE);
  EXPECT_EQ(lineCompleteCall(talk, &id, LINECALLCOMPLMODE_CALLBACK, 0), LINEERR_INVALCALLSTATE);
  loop.run_for(33s);
  EXPECT_EQ(desk.state(call), DWORD{LINECALLSTATE_IDLE}); // the tone has an end
}

TEST_F(CompletionEndToEnd, CalledBackWhenTheStationIsFree) {
  ASSERT_EQ(complete(busy(), LINECALLCOMPLMODE_CALLBACK), 0);
  EXPECT_NE(id, 0U);
  EXPECT_EQ(desk.take(), "1001.1 IDLE\n");
  EXPECT_NE(desk.address_status("1001").dwAddressFeatures & LINEADDRFEATURE_UNCOMPLETECALL, 0U);
  loop.run_for(60s);
  EXPECT_EQ(desk.take(), ""); // it still talks
  end_talk();
  EXPECT_NE(desk.take().find("1001.2 OFFERING"), std::string::npos);
  const HCALL back = desk.call("1001.2");
  EXPECT_EQ(desk.info(back).dwReason, DWORD{LINECALLREASON_CALLCOMPLETION});
  EXPECT_EQ(desk.info(back).dwCompletionID, id);
  loop.run_for(1s);
  EXPECT_EQ(desk.take(), "1001.2 CONNECTED\n1002.3 OFFERING\n1002.3 CONNECTED\n");
  EXPECT_EQ(desk.info(desk.call("1002.3")).dwReason, DWORD{LINECALLREASON_CALLCOMPLETION});
  EXPECT_EQ(lineUncompleteCall(desk.line("1001"), id), LINEERR_INVALCOMPLETIONID); // it is done
  EXPECT_EQ(desk.done(lineDrop(back, nullptr, 0)), 0);
}

TEST_F(CompletionEndToEnd, AfterNoAnswerItWaitsUntilThePhoneWasUsed) {
  desk.command("1002", R"({"no_answer": true})");
  HCALL call = 0;
  ASSERT_EQ(desk.done(lineMakeCallW(desk.line("1001"), &call, u"1002", 0, nullptr)), 0);
  loop.run_for(1s);
  EXPECT_EQ(desk.state(call), DWORD{LINECALLSTATE_RINGBACK});
  ASSERT_EQ(complete(call, LINECALLCOMPLMODE_CALLBACK), 0);
  loop.run_for(60s);
  EXPECT_EQ(desk.take().find("1001.2"), std::string::npos); // free, but nobody is there
  desk.command("1002", R"({"answer_after_ms": 100, "dial": "1003"})");
  loop.run_for(2s);
  desk.take();
  desk.command("1002", R"({"hangup": true})");
  loop.run_for(1s);
  EXPECT_NE(desk.take().find("1001.2 OFFERING"), std::string::npos);
  EXPECT_EQ(desk.done(lineDrop(desk.call("1001.2"), nullptr, 0)), 0);
}

TEST_F(CompletionEndToEnd, CancelledByWhoAsked) {
  ASSERT_EQ(complete(busy(), LINECALLCOMPLMODE_CALLBACK), 0);
  EXPECT_EQ(lineUncompleteCall(desk.line("1003"), id), LINEERR_INVALCOMPLETIONID); // another line's
  ASSERT_EQ(desk.done(lineUncompleteCall(desk.line("1001"), id)), 0);
  EXPECT_EQ(lineUncompleteCall(desk.line("1001"), id), LINEERR_INVALCOMPLETIONID);
  end_talk();
  loop.run_for(5s);
  EXPECT_EQ(desk.take().find("1001.2"), std::string::npos);
}

TEST_F(CompletionEndToEnd, CancelledWhileItRings) {
  desk.command("1001", R"({"answer_after_ms": 5000})");
  const HCALL call = desk.talk("1002", u"1003");
  desk.command("1002", R"({"reject": "busy"})");
  HCALL mine = 0;
  ASSERT_EQ(desk.done(lineMakeCallW(desk.line("1001"), &mine, u"1002", 0, nullptr)), 0);
  loop.run_for(6s);
  ASSERT_EQ(complete(mine, LINECALLCOMPLMODE_CALLBACK), 0);
  (void)call;
  end_talk();
  desk.take();
  EXPECT_EQ(desk.state(desk.call("1001.2")), DWORD{LINECALLSTATE_OFFERING});
  ASSERT_EQ(desk.done(lineUncompleteCall(desk.line("1001"), id)), 0);
  EXPECT_EQ(desk.state(desk.call("1001.2")), DWORD{LINECALLSTATE_IDLE});
}

TEST_F(CompletionEndToEnd, CancelledByTheSwitchIsReported) {
  ASSERT_EQ(complete(busy(), LINECALLCOMPLMODE_CALLBACK), 0);
  desk.take();
  loop.run_for(3601s);
  EXPECT_EQ(desk.take(), "1001 line 0x800000 " + std::to_string(id) + "\n"); // nobody was free in time
  EXPECT_EQ(lineUncompleteCall(desk.line("1001"), id), LINEERR_INVALCOMPLETIONID);
  // And when the phone that should ring does not answer.
  HCALL call = 0;
  ASSERT_EQ(desk.done(lineMakeCallW(desk.line("1001"), &call, u"1002", 0, nullptr)), 0);
  loop.run_for(1s);
  ASSERT_EQ(complete(call, LINECALLCOMPLMODE_CALLBACK), 0);
  desk.command("1001", R"({"no_answer": true})");
  end_talk();
  loop.run_for(31s);
  EXPECT_NE(desk.take().find("1001 line 0x800000 " + std::to_string(id)), std::string::npos);
}

TEST_F(CompletionEndToEnd, SoManyAndNoMore) {
  talk = desk.talk("1002", u"1003");
  desk.command("1002", R"({"reject": "busy"})");
  const DWORD most = desk.address_caps("1001").dwMaxCallCompletions;
  for (DWORD i = 0; i <= most; ++i) {
    HCALL call = 0;
    ASSERT_EQ(desk.done(lineMakeCallW(desk.line("1001"), &call, u"1002", 0, nullptr)), 0);
    loop.run_for(1s);
    if (i == most) {
      EXPECT_EQ(lineCompleteCall(call, &id, LINECALLCOMPLMODE_CALLBACK, 0), LINEERR_COMPLETIONOVERRUN);
      EXPECT_EQ(desk.done(lineDrop(call, nullptr, 0)), 0);
    } else {
      EXPECT_EQ(complete(call, LINECALLCOMPLMODE_CALLBACK), 0);
    }
  }
}

TEST_F(CompletionEndToEnd, IntrudingMakesAConferenceAtTheOtherStation) {
  const HCALL call = busy();
  ASSERT_EQ(complete(call, LINECALLCOMPLMODE_INTRUDE), 0);
  EXPECT_EQ(desk.state(call), DWORD{LINECALLSTATE_CONNECTED});
  EXPECT_EQ(desk.take(),
            "1002.3 CONNECTED\n1002.1 CONFERENCED 1002.3\n1002.4 CONFERENCED 1002.3\n1001.1 CONNECTED\n");
  EXPECT_EQ(desk.info(desk.call("1002.4")).dwReason, DWORD{LINECALLREASON_INTRUDE});
  EXPECT_EQ(desk.related(talk).size(), 3U);
  ASSERT_EQ(desk.done(lineDrop(call, nullptr, 0)), 0);
  EXPECT_EQ(desk.take(), "1001.1 IDLE\n1002.4 DISCONNECTED\n1002.3 IDLE\n1002.1 CONNECTED\n");
}

} // namespace
} // namespace tl::test
