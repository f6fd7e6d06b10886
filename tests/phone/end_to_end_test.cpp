// SPDX-License-Identifier: Apache-2.0
// Phone devices end to end: the C functions of tapi.h, the server, TSPI, pbx.tsp with simulated phones.
#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

#include "base/virtual_loop.hpp"
#include "server/server.hpp"
#include "tapi.h"
#include "tapi32/library.hpp"

namespace tl::test {
namespace {

constexpr const char* site = R"({
  "station": [{"number": "1001", "name": "Ada", "driver": "sim", "sim": {"no_answer": true}},
              {"number": "1002", "name": "Bob", "driver": "sim", "sim": {"no_answer": true}}],
  "queue": [{"name": "support", "number": "2900"}]})";
constexpr DWORD all_states = 0x00FFFFFF;

std::vector<std::string> told;              // every message to phone applications
std::vector<std::pair<LONG, LONG>> replies; // request id, result

void CALLBACK on_phone(DWORD device, DWORD message, DWORD_PTR instance, DWORD_PTR p1, DWORD_PTR p2,
                       DWORD_PTR p3) {
  if (message == PHONE_REPLY) {
    EXPECT_EQ(device, 0u);
    replies.emplace_back(static_cast<LONG>(p1), static_cast<LONG>(p2));
    return;
  }
  const char* const name = message == PHONE_STATE    ? "state"
                           : message == PHONE_BUTTON ? "button"
                           : message == PHONE_CLOSE  ? "close"
                           : message == PHONE_REMOVE ? "remove"
                                                     : "message";
  told.push_back(std::string(name) + " " + std::to_string(p1) + " " + std::to_string(p2) + " " +
                 std::to_string(p3));
  (void)instance;
}
void CALLBACK on_line(DWORD, DWORD, DWORD_PTR, DWORD_PTR, DWORD_PTR, DWORD_PTR) {}

class QuietLog final : public Log {
public:
  QuietLog() { set_threshold(Level::error); }
  void write(Level, std::string_view, std::string_view) override {}
};

class PhoneEndToEnd : public ::testing::Test {
protected:
  PhoneEndToEnd() : server(loop, log) {
    told.clear();
    replies.clear();
    tapi32::Library::instance().use_in_process(&server);
    const auto loaded = server.load_provider(TRUNKLINE_PBX_TSP, site);
    EXPECT_TRUE(loaded) << loaded.error().text;
    loop.settle(); // the phones register
    DWORD version = 0x00020002;
    EXPECT_EQ(phoneInitializeExW(&app, nullptr, &on_phone, u"Desk", &phones, &version, nullptr), 0);
  }
  ~PhoneEndToEnd() override {
    if (app != 0) {
      EXPECT_EQ(phoneShutdown(app), 0);
    }
    if (line_app != 0) {
      EXPECT_EQ(lineShutdown(line_app), 0);
    }
    server.shutdown();
    tapi32::Library::instance().use_in_process(nullptr);
  }
  HPHONE open(DWORD id, DWORD privilege = PHONEPRIVILEGE_OWNER) {
    HPHONE phone = 0;
    EXPECT_EQ(phoneOpen(app, id, &phone, 0x00020002, 0, 0x55, privilege), 0);
    return phone;
  }
  // Bob's and Ada's lines; a call is made by the station itself or by its line.
  HLINE open_line(DWORD id) {
    DWORD lines = 0, version = 0x00020002;
    if (line_app == 0) {
      EXPECT_EQ(lineInitializeExW(&line_app, nullptr, &on_line, u"Desk", &lines, &version, nullptr), 0);
    }
    HLINE line = 0;
    EXPECT_EQ(lineOpenW(line_app, id, &line, 0x00020002, 0, 0, LINECALLPRIVILEGE_OWNER,
                        LINEMEDIAMODE_INTERACTIVEVOICE, nullptr),
              0);
    return line;
  }
  void command(HLINE line, std::string json) {
    EXPECT_GT(lineDevSpecific(line, 0, 0, json.data(), static_cast<DWORD>(json.size())), 0);
    loop.settle();
  }
  LONG done(LONG id) {
    EXPECT_GT(id, 0);
    EXPECT_TRUE(replies.empty()) << "never before the function has returned";
    loop.settle();
    EXPECT_EQ(replies.size(), 1u) << "exactly once";
    const LONG result = replies.empty() ? 1 : replies[0].second;
    if (!replies.empty()) {
      EXPECT_EQ(replies[0].first, id);
    }
    replies.clear();
    return result;
  }
  std::string take() {
    loop.settle();
    std::string all;
    for (const std::string& one : std::exchange(told, {})) all += (all.empty() ? "" : ", ") + one;
    return all;
  }
  std::string display(HPHONE phone) {
    alignas(8) char buffer[500]{};
    auto& text = *reinterpret_cast<VARSTRING*>(buffer);
    text.dwTotalSize = sizeof buffer;
    EXPECT_EQ(phoneGetDisplay(phone, &text), 0);
    EXPECT_EQ(text.dwStringFormat, DWORD{STRINGFORMAT_ASCII});
    return {buffer + text.dwStringOffset, text.dwStringSize};
  }
  DWORD hook(HPHONE phone) {
    DWORD devices = 99;
    EXPECT_EQ(phoneGetHookSwitch(phone, &devices), 0);
    return devices;
  }

  VirtualLoop loop;
  QuietLog log;
  server::Server server;
  HPHONEAPP app = 0;
  HLINEAPP line_app = 0;
  DWORD phones = 0;
};

TEST_F(PhoneEndToEnd, EveryStationIsAPhoneWithAllItsParts) {
  EXPECT_EQ(phones, 2u) << "a queue has none";
  alignas(8) char buffer[2000]{};
  auto& caps = *reinterpret_cast<PHONECAPS*>(buffer);
  caps.dwTotalSize = sizeof buffer;
  ASSERT_EQ(phoneGetDevCapsA(app, 0, 0x00020002, 0, &caps), 0);
  EXPECT_STREQ(buffer + caps.dwPhoneNameOffset, "Ada");
  EXPECT_EQ(caps.dwHookSwitchDevs, 7u);
  EXPECT_EQ(caps.dwNumButtonLamps, 20u);
  EXPECT_EQ(caps.dwButtonModesSize, 80u);
  EXPECT_EQ(caps.dwNumRingModes, 3u);
  EXPECT_EQ(caps.dwStringFormat, DWORD{STRINGFORMAT_ASCII});
  EXPECT_TRUE(caps.dwPhoneStates & PHONESTATE_OWNER);
  EXPECT_NE(caps.dwPhoneFeatures & PHONEFEATURE_SETDISPLAY, 0u);
  caps = {};
  caps.dwTotalSize = 144;
  ASSERT_EQ(phoneGetDevCapsW(app, 0, 0x00010003, 0, &caps), 0);
  EXPECT_EQ(caps.dwUsedSize, 144u);
  EXPECT_GT(caps.dwNeededSize, 144u);
}

TEST_F(PhoneEndToEnd, PartsAreSetAndReadBackAndReported) {
  const HPHONE phone = open(0);
  ASSERT_EQ(phoneSetStatusMessages(phone, all_states, 0, 0), 0);
  EXPECT_EQ(done(phoneSetVolume(phone, PHONEHOOKSWITCHDEV_SPEAKER, 0x20000)), 0);
  DWORD value = 0, second = 0;
  ASSERT_EQ(phoneGetVolume(phone, PHONEHOOKSWITCHDEV_SPEAKER, &value), 0);
  EXPECT_EQ(value, 0xFFFFu);
  EXPECT_EQ(take(), "state 8192 0 0");
  EXPECT_EQ(done(phoneSetGain(phone, PHONEHOOKSWITCHDEV_HEADSET, 5)), 0);
  ASSERT_EQ(phoneGetGain(phone, PHONEHOOKSWITCHDEV_HEADSET, &value), 0);
  EXPECT_EQ(value, 5u);
  EXPECT_EQ(take(), "state 131072 0 0");
  EXPECT_EQ(done(phoneSetRing(phone, 2, 77)), 0);
  ASSERT_EQ(phoneGetRing(phone, &value, &second), 0);
  EXPECT_EQ(value, 2u);
  EXPECT_EQ(second, 77u);
  EXPECT_EQ(take(), "state 128 2 0, state 256 0 0");
  EXPECT_EQ(phoneSetRing(phone, 4, 1), PHONEERR_INVALRINGMODE);
  EXPECT_EQ(done(phoneSetLamp(phone, 15, PHONELAMPMODE_WINK)), 0);
  ASSERT_EQ(phoneGetLamp(phone, 15, &value), 0);
  EXPECT_EQ(value, DWORD{PHONELAMPMODE_WINK});
  EXPECT_EQ(take(), "state 64 15 0");
  EXPECT_EQ(phoneSetLamp(phone, 20, PHONELAMPMODE_WINK), PHONEERR_INVALBUTTONLAMPID);
  EXPECT_EQ(done(phoneSetDisplay(phone, 1, 2, "Lunch", 5)), 0);
  EXPECT_EQ(display(phone).substr(24, 8), "  Lunch ");
  EXPECT_EQ(take(), "state 32 0 0");
  EXPECT_EQ(phoneSetDisplay(phone, 1, 22, "Lunch", 5), PHONEERR_INVALPARAM);
  EXPECT_EQ(phoneSetDisplay(phone, 2, 0, "x", 1), PHONEERR_INVALPARAM);
  char data[3] = {1, 2, 3}, read[3] = {};
  EXPECT_EQ(done(phoneSetData(phone, 0, data, sizeof data)), 0);
  ASSERT_EQ(phoneGetData(phone, 0, read, sizeof read), 0);
  EXPECT_EQ(std::memcmp(data, read, sizeof data), 0);
  EXPECT_EQ(phoneGetData(phone, 1, read, sizeof read), PHONEERR_INVALDATAID);
  EXPECT_EQ(phoneDevSpecific(phone, data, sizeof data), PHONEERR_OPERATIONUNAVAIL);
  const HPHONE watching = open(0, PHONEPRIVILEGE_MONITOR);
  EXPECT_EQ(phoneSetRing(watching, 1, 1), PHONEERR_NOTOWNER);
  HPHONE third = 0;
  EXPECT_EQ(phoneOpen(app, 0, &third, 0x00020002, 0, 0, PHONEPRIVILEGE_OWNER), PHONEERR_INUSE);
}

TEST_F(PhoneEndToEnd, ButtonsHaveTextsAndArePressedByTheUser) {
  const HPHONE phone = open(0);
  const HLINE line = open_line(0);
  alignas(8) char buffer[200]{};
  auto& info = *reinterpret_cast<PHONEBUTTONINFO*>(buffer);
  info.dwTotalSize = sizeof buffer;
  info.dwButtonMode = PHONEBUTTONMODE_FEATURE;
  info.dwButtonFunction = PHONEBUTTONFUNCTION_PARK;
  info.dwButtonTextSize = 5;
  info.dwButtonTextOffset = sizeof info;
  std::memcpy(buffer + sizeof info, "Park", 5);
  EXPECT_EQ(done(phoneSetButtonInfoA(phone, 17, &info)), 0);
  EXPECT_EQ(phoneSetButtonInfoA(phone, 3, &info), PHONEERR_OPERATIONUNAVAIL);
  std::memset(buffer, 0, sizeof buffer);
  info.dwTotalSize = sizeof buffer;
  ASSERT_EQ(phoneGetButtonInfoW(phone, 17, &info), 0);
  EXPECT_EQ(info.dwButtonFunction, DWORD{PHONEBUTTONFUNCTION_PARK});
  EXPECT_EQ(info.dwButtonState, DWORD{PHONEBUTTONSTATE_UP});
  EXPECT_EQ(std::memcmp(buffer + info.dwButtonTextOffset, u"Park", sizeof u"Park"), 0);
  command(line, R"({"push": 17})");
  EXPECT_EQ(take(), "") << "off until wanted";
  ASSERT_EQ(phoneSetStatusMessages(phone, 0, PHONEBUTTONMODE_FEATURE | PHONEBUTTONMODE_KEYPAD,
                                   PHONEBUTTONSTATE_DOWN | PHONEBUTTONSTATE_UP),
            0);
  command(line, R"({"press": 17})");
  EXPECT_EQ(take(), "button 17 4 2");
  ASSERT_EQ(phoneGetButtonInfoW(phone, 17, &info), 0);
  EXPECT_EQ(info.dwButtonState, DWORD{PHONEBUTTONSTATE_DOWN});
  command(line, R"({"press": 17, "release": 17})");
  command(line, R"({"push": 11})");
  command(line, R"({"push": 12})");
  EXPECT_EQ(take(), "button 17 4 1, button 11 8 2, button 11 8 1");
}

TEST_F(PhoneEndToEnd, TheHandAnswersAndEndsCallsByTheHookSwitch) {
  const HPHONE phone = open(1);
  const HLINE caller = open_line(0);
  ASSERT_EQ(phoneSetStatusMessages(phone,
                                   PHONESTATE_HANDSETHOOKSWITCH | PHONESTATE_SPEAKERHOOKSWITCH |
                                       PHONESTATE_RINGMODE | PHONESTATE_DISPLAY | PHONESTATE_LAMP,
                                   0, 0),
            0);
  EXPECT_EQ(hook(phone), 0u);
  command(caller, R"({"dial": "1002"})");
  EXPECT_EQ(take(), "state 32 0 0, state 64 12 0, state 128 1 0") << "shows Ada, lamp, rings";
  EXPECT_EQ(display(phone).substr(0, 4), "Ada ");
  DWORD lamp = 0;
  ASSERT_EQ(phoneGetLamp(phone, 12, &lamp), 0);
  EXPECT_EQ(lamp, DWORD{PHONELAMPMODE_FLASH});
  EXPECT_EQ(done(phoneSetHookSwitch(phone, PHONEHOOKSWITCHDEV_SPEAKER, PHONEHOOKSWITCHMODE_MICSPEAKER)), 0);
  EXPECT_EQ(hook(phone), DWORD{PHONEHOOKSWITCHDEV_SPEAKER});
  EXPECT_EQ(take(), "state 4096 8 0, state 128 0 0, state 64 12 0") << "answered on the speaker";
  PHONESTATUS status{};
  status.dwTotalSize = sizeof status;
  ASSERT_EQ(phoneGetStatusW(phone, &status), 0);
  EXPECT_EQ(status.dwSpeakerHookSwitchMode, DWORD{PHONEHOOKSWITCHMODE_MICSPEAKER});
  EXPECT_EQ(status.dwHandsetHookSwitchMode, DWORD{PHONEHOOKSWITCHMODE_ONHOOK});
  EXPECT_EQ(status.dwNumOwners, 1u);
  EXPECT_EQ(status.dwStatusFlags, DWORD{PHONESTATUSFLAGS_CONNECTED});
  EXPECT_EQ(done(phoneSetHookSwitch(phone, PHONEHOOKSWITCHDEV_SPEAKER, PHONEHOOKSWITCHMODE_ONHOOK)), 0);
  loop.run_for(5s);
  EXPECT_EQ(hook(phone), 0u);
  EXPECT_EQ(take(), "state 4096 1 0, state 32 0 0, state 64 12 0");
  ASSERT_EQ(phoneGetLamp(phone, 12, &lamp), 0);
  EXPECT_EQ(lamp, DWORD{PHONELAMPMODE_OFF}) << "the call is over";
}

TEST_F(PhoneEndToEnd, ACallThatIsAnsweredByTheUserLiftsTheHandset) {
  const HPHONE phone = open(1);
  const HLINE caller = open_line(0), called = open_line(1);
  ASSERT_EQ(phoneSetStatusMessages(phone, PHONESTATE_HANDSETHOOKSWITCH, 0, 0), 0);
  command(caller, R"({"dial": "1002"})");
  command(called, R"({"answer": true})");
  EXPECT_EQ(take(), "state 512 8 0");
  EXPECT_EQ(hook(phone), DWORD{PHONEHOOKSWITCHDEV_HANDSET});
  command(caller, R"({"hangup": true})");
  EXPECT_EQ(take(), "state 512 1 0");
  ASSERT_EQ(phoneSetStatusMessages(phone, PHONESTATE_CONNECTED | PHONESTATE_DISCONNECTED, 0, 0), 0);
  command(called, R"({"unreachable": true})");
  EXPECT_EQ(take(), "state 4 0 0");
}

TEST_F(PhoneEndToEnd, LinesAndPhonesFindEachOther) {
  const HPHONE phone = open(1);
  const HLINE line = open_line(1);
  alignas(8) char buffer[100]{};
  auto& id = *reinterpret_cast<VARSTRING*>(buffer);
  const auto value = [&] {
    DWORD device = 99;
    if (id.dwStringSize == sizeof device) std::memcpy(&device, buffer + id.dwStringOffset, sizeof device);
    id = {};
    id.dwTotalSize = sizeof buffer;
    return device;
  };
  value();
  ASSERT_EQ(phoneGetIDW(phone, &id, u"tapi/line"), 0);
  EXPECT_EQ(value(), 1u);
  ASSERT_EQ(phoneGetIDA(phone, &id, "TAPI/phone"), 0);
  EXPECT_EQ(value(), 1u);
  EXPECT_EQ(phoneGetIDW(phone, &id, u"wave/in"), PHONEERR_INVALDEVICECLASS);
  ASSERT_EQ(lineGetIDW(line, 0, 0, LINECALLSELECT_LINE, &id, u"tapi/phone"), 0);
  EXPECT_EQ(value(), 1u);
  const HLINE queue = open_line(2);
  EXPECT_EQ(lineGetIDW(queue, 0, 0, LINECALLSELECT_LINE, &id, u"tapi/phone"), LINEERR_NODEVICE);
}

TEST_F(PhoneEndToEnd, ClosingEndsRepliesAndTheProviderMayGo) {
  const HPHONE phone = open(0);
  EXPECT_GT(phoneSetRing(phone, 1, 1), 0);
  EXPECT_EQ(phoneClose(phone), 0);
  loop.settle();
  EXPECT_TRUE(replies.empty()) << "pending replies are suppressed";
  EXPECT_EQ(phoneClose(phone), PHONEERR_INVALPHONEHANDLE);
  const HPHONE again = open(0);
  ASSERT_TRUE(server.unload_provider(TRUNKLINE_PBX_TSP));
  EXPECT_EQ(take(), "close 0 0 0, remove 0 0 0, remove 1 0 0");
  DWORD devices = 0;
  EXPECT_EQ(phoneGetHookSwitch(again, &devices), PHONEERR_INVALPHONEHANDLE);
}

} // namespace
} // namespace tl::test
