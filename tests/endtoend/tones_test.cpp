// SPDX-License-Identifier: Apache-2.0
// Tones and media through tapi.h, and what the switch says it cannot do.
#include "program.hpp"

#include <cstring>

namespace tl::test {
namespace {

constexpr const char* site = R"({
  "sim": {"answer_after_ms": 100},
  "station": [{"number": "1001", "driver": "sim"}, {"number": "1002", "driver": "sim"}, {"number": "1003", "driver": "sim"}]})";

class TonesEndToEnd : public Site {
protected:
  TonesEndToEnd() : Site(site) {
    desk.open("1001");
    desk.open("1002");
    call = desk.talk("1001", u"1002");
  }
  ~TonesEndToEnd() override {
    if (desk.state(call) != LINECALLSTATE_IDLE) desk.done(lineDrop(call, nullptr, 0));
  }

  Program desk{loop, u"desk"};
  HCALL call = 0;
};

TEST_F(TonesEndToEnd, AToneIsMadeForItsTimeUntilReplacedOrCancelled) {
  EXPECT_NE(desk.features(call) & LINECALLFEATURE_GENERATETONE, 0U);
  EXPECT_EQ(lineGenerateTone(call, LINETONEMODE_BEEP, 300, 0, nullptr), 0);
  loop.run_for(299ms);
  EXPECT_EQ(desk.take(), "");
  loop.run_for(1ms);
  EXPECT_EQ(desk.take(), "1001.1 generated 1\n");                         // LINEGENERATETERM_DONE
  EXPECT_EQ(lineGenerateTone(call, LINETONEMODE_BUSY, 0, 0, nullptr), 0); // without end
  loop.run_for(100s);
  EXPECT_EQ(desk.take(), "");
  LINEGENERATETONE custom[5]{{440, 100, 100, 0x8000}, {880, 100, 0, 0xFFFF}};
  EXPECT_EQ(lineGenerateTone(call, LINETONEMODE_CUSTOM, 500, 2, custom), 0);
  EXPECT_EQ(desk.take(), "1001.1 generated 2\n"); // LINEGENERATETERM_CANCEL
  EXPECT_EQ(lineGenerateTone(call, 0, 0, 0, nullptr), 0);
  EXPECT_EQ(desk.take(), "1001.1 generated 2\n");
  EXPECT_EQ(lineGenerateTone(call, LINETONEMODE_CUSTOM, 500, 5, custom), LINEERR_INVALTONE);
  custom[1].dwFrequency = 9000;
  EXPECT_EQ(lineGenerateTone(call, LINETONEMODE_CUSTOM, 500, 2, custom), LINEERR_INVALTONE);
  EXPECT_EQ(lineGenerateTone(call, LINETONEMODE_BILLING, 0, 0, nullptr), 0);
  EXPECT_EQ(lineGenerateDigits(call, LINEDIGITMODE_DTMF, "1", 100), 0); // one generation of a call at a time
  loop.run_for(1s);
  EXPECT_EQ(desk.take(), "1001.1 generated 2\n1001.1 generated 1\n");
}

TEST_F(TonesEndToEnd, EachProgramHearsOfItsOwnList) {
  Program watcher(loop, u"watcher");
  watcher.open("1002", LINECALLPRIVILEGE_MONITOR);
  alignas(8) char buffer[256]{};
  auto& list = *reinterpret_cast<LINECALLLIST*>(buffer);
  list.dwTotalSize = sizeof buffer;
  ASSERT_EQ(lineGetNewCalls(watcher.line("1002"), 0, LINECALLSELECT_LINE, &list), 0);
  HCALL watched = 0;
  std::memcpy(&watched, buffer + list.dwCallsOffset, sizeof watched);

  LINEMONITORTONE mine[]{{7, 300, 1100, 0, 0}, {8, 300, 480, 620, 0}};
  LINEMONITORTONE theirs[]{{99, 100, 1100, 0, 0}};
  EXPECT_EQ(lineMonitorTones(call, mine, 2), 0);
  EXPECT_EQ(lineMonitorTones(watched, theirs, 1), 0);
  desk.command("1002", R"({"tone": {"hz": [1100], "ms": 200}})");
  loop.run_for(1s);
  EXPECT_EQ(desk.take(), ""); // not long enough for this list
  EXPECT_NE(watcher.take().find("tone 99"), std::string::npos);
  desk.command("1001", R"({"tone": {"hz": [480, 620], "ms": 500}})");
  loop.run_for(1s);
  EXPECT_EQ(desk.take(), "1001.1 tone 8\n"); // either party
  EXPECT_EQ(watcher.take(), "");
  EXPECT_EQ(lineMonitorTones(call, nullptr, 0), 0);
  desk.command("1002", R"({"tone": {"hz": [1100], "ms": 500}})");
  loop.run_for(1s);
  EXPECT_EQ(desk.take(), "");
  EXPECT_NE(watcher.take().find("tone 99"), std::string::npos);
  LINEMONITORTONE many[9]{};
  EXPECT_EQ(lineMonitorTones(call, many, 9), LINEERR_RESOURCEUNAVAIL);
  LINEMONITORTONE high[]{{1, 100, 5000, 0, 0}};
  EXPECT_EQ(lineMonitorTones(call, high, 1), LINEERR_INVALTONE);
}

TEST_F(TonesEndToEnd, TonesAreFoundAfterTheOtherPartyChanged) {
  LINEMONITORTONE list[]{{7, 100, 1100, 0, 0}};
  EXPECT_EQ(lineMonitorTones(desk.call("1002.1"), list, 1), 0);
  ASSERT_EQ(desk.done(lineBlindTransferW(call, u"1003", 0)), 0);
  loop.run_for(1s);
  desk.take();
  Program other(loop, u"other");
  other.open("1003");
  other.command("1003", R"({"tone": {"hz": [1100], "ms": 200}})");
  loop.run_for(1s);
  EXPECT_EQ(desk.take(), "1002.1 tone 7\n");
  EXPECT_EQ(desk.done(lineDrop(desk.call("1002.1"), nullptr, 0)), 0);
}

TEST_F(TonesEndToEnd, AFaxMachineIsNoticed) {
  EXPECT_EQ(lineMonitorMedia(call, LINEMEDIAMODE_G3FAX | LINEMEDIAMODE_DATAMODEM), 0);
  desk.command("1002", R"({"tone": {"hz": [1100], "ms": 500}})"); // CNG
  loop.run_for(1s);
  EXPECT_EQ(desk.take(), "1001.1 media 0x20\n"); // LINEMEDIAMODE_G3FAX
  EXPECT_EQ(lineMonitorMedia(call, LINEMEDIAMODE_TDD), LINEERR_INVALMEDIAMODE);
  EXPECT_EQ(lineMonitorMedia(call, 0), 0);
  desk.command("1002", R"({"tone": {"hz": [1100], "ms": 500}})");
  loop.run_for(1s);
  EXPECT_EQ(desk.take(), "");
}

// Not a word of it in the capabilities, and the documented answer.
TEST_F(TonesEndToEnd, WhatTheSwitchCannotMeanAnythingBy) {
  const HLINE line = desk.line("1001");
  const DWORD features = desk.features(call);
  EXPECT_EQ(features & (LINECALLFEATURE_SECURECALL | LINECALLFEATURE_SETQOS | LINECALLFEATURE_SETTERMINAL |
                        LINECALLFEATURE_SETMEDIACONTROL),
            0U);
  EXPECT_EQ(lineSecureCall(call), LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(lineSetTerminal(line, 0, call, LINECALLSELECT_CALL, LINETERMMODE_MEDIATOLINE, 0, 1),
            LINEERR_OPERATIONUNAVAIL);
  char flow[32]{};
  EXPECT_EQ(lineSetCallQualityOfService(call, flow, sizeof flow, flow, sizeof flow),
            LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(lineDevSpecificFeature(line, 1, flow, sizeof flow), LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(
      lineSetMediaControl(line, 0, call, LINECALLSELECT_CALL, nullptr, 0, nullptr, 0, nullptr, 0, nullptr, 0),
      LINEERR_OPERATIONUNAVAIL);
  VARSTRING config{};
  config.dwTotalSize = sizeof config;
  EXPECT_EQ(lineGetDevConfigW(desk.device("1001"), &config, u"comm"), LINEERR_INVALDEVICECLASS);
  EXPECT_EQ(lineSetDevConfigW(desk.device("1001"), flow, sizeof flow, u"comm"), LINEERR_INVALDEVICECLASS);
  EXPECT_EQ(desk.done(lineSetCallParams(call, LINEBEARERMODE_VOICE, 0, 64'000, nullptr)), 0);
  EXPECT_EQ(lineSetCallParams(call, LINEBEARERMODE_DATA, 0, 64'000, nullptr), LINEERR_BEARERMODEUNAVAIL);
}

} // namespace
} // namespace tl::test
