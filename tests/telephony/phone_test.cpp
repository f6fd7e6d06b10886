// SPDX-License-Identifier: Apache-2.0
// Phones as objects: a simulated station's set.
#include "live_site.hpp"

namespace tl::test {
namespace {

using telephony::ButtonMode;
using telephony::ButtonState;
using telephony::HookMode;
using telephony::HookSwitch;
using telephony::LampMode;
using telephony::PhonePrivilege;

class Phones : public LiveSite {
protected:
  Phones() {
    EXPECT_TRUE(desk.phones().empty());
    EXPECT_EQ(desk.start_phones(), 0);
  }
  Phone& own(std::size_t which = 0) {
    Phone& phone = *desk.phones().at(which);
    EXPECT_EQ(phone.open(PhonePrivilege::owner), 0);
    return phone;
  }
  LONG settle(telephony::Operation<> operation) {
    LONG code = telephony::error_timeout;
    auto run = [&]() -> Task<> {
      auto outcome = co_await std::move(operation);
      code = outcome.code();
    };
    Task<> task = run();
    task.start();
    loop.settle();
    return code;
  }
};

TEST_F(Phones, EachStationHasOneAndEachKnowsTheOther) {
  EXPECT_EQ(desk.phones().size(), 3u);
  Phone& phone = own(1);
  Address& bob = open("1002");
  EXPECT_EQ(bob.phones(), std::vector<Phone*>{&phone});
  EXPECT_EQ(phone.addresses(), std::vector<Address*>{&bob});
  EXPECT_FALSE(phone.name().empty());
  telephony::PhoneCapabilities caps;
  ASSERT_EQ(phone.capabilities(caps), 0);
  EXPECT_EQ(caps.name, phone.name());
  EXPECT_GE(caps.button_modes.size(), 12u);
  EXPECT_EQ(caps.button_modes[5], DWORD{PHONEBUTTONMODE_KEYPAD});
  EXPECT_NE(caps.hook_switches & PHONEHOOKSWITCHDEV_HANDSET, 0u);
  EXPECT_GT(caps.display_rows, 0u);
  EXPECT_EQ(caps.device_classes, (std::vector<std::string>{"tapi/line", "tapi/phone"}));
}

TEST_F(Phones, PartsAreSetAndRead) {
  Phone& phone = own();
  EXPECT_EQ(settle(phone.set_volume(HookSwitch::handset, 0x4000)), 0);
  DWORD value = 0;
  EXPECT_EQ(phone.volume(HookSwitch::handset, value), 0);
  EXPECT_EQ(value, 0x4000u);
  EXPECT_EQ(settle(phone.set_gain(HookSwitch::speaker, 0x2000)), 0);
  EXPECT_EQ(phone.gain(HookSwitch::speaker, value), 0);
  EXPECT_EQ(value, 0x2000u);
  EXPECT_EQ(settle(phone.set_ring({1, 0x8000})), 0);
  telephony::Ring ring;
  EXPECT_EQ(phone.ring(ring), 0);
  EXPECT_EQ(ring.mode, 1u);
  EXPECT_EQ(ring.volume, 0x8000u);
  EXPECT_EQ(settle(phone.set_ring({})), 0);
  EXPECT_EQ(settle(phone.set_display(1, 2, "hello")), 0);
  std::string display;
  EXPECT_EQ(phone.display(display), 0);
  EXPECT_NE(display.find("hello"), std::string::npos);
  EXPECT_EQ(settle(phone.set_hook_switch(HookSwitch::speaker, HookMode::mic_speaker)), 0);
  EXPECT_EQ(phone.hook_switches(value), 0);
  EXPECT_EQ(value, DWORD{PHONEHOOKSWITCHDEV_SPEAKER});
  telephony::PhoneStatus status;
  ASSERT_EQ(phone.status(status), 0);
  EXPECT_EQ(status.speaker.mode, HookMode::mic_speaker);
  EXPECT_EQ(status.handset.volume, 0x4000u);
  EXPECT_EQ(status.owners, 1u);
  EXPECT_EQ(settle(phone.set_hook_switch(HookSwitch::speaker, HookMode::on_hook)), 0);
}

TEST_F(Phones, LampsAndButtons) {
  Phone& phone = own();
  constexpr DWORD feature = 13; // 12 is the call appearance
  EXPECT_EQ(settle(phone.set_lamp(feature, LampMode::wink)), 0);
  LampMode lamp{};
  EXPECT_EQ(phone.lamp(feature, lamp), 0);
  EXPECT_EQ(lamp, LampMode::wink);
  telephony::ButtonInfo info;
  ASSERT_EQ(phone.button(5, info), 0);
  EXPECT_EQ(info.mode, ButtonMode::keypad);
  EXPECT_EQ(info.text, "5");
  ASSERT_EQ(phone.button(feature, info), 0);
  info.text = "Größe";
  info.function = PHONEBUTTONFUNCTION_PARK;
  EXPECT_EQ(settle(phone.set_button(feature, info)), 0);
  telephony::ButtonInfo now;
  ASSERT_EQ(phone.button(feature, now), 0);
  EXPECT_EQ(now.text, "Größe");
  EXPECT_EQ(now.function, DWORD{PHONEBUTTONFUNCTION_PARK});
  EXPECT_EQ(settle(phone.set_lamp(9999, LampMode::off)), PHONEERR_INVALBUTTONLAMPID);
}

TEST_F(Phones, ButtonsAndChangesAreAwaited) {
  Phone& phone = own(1);
  open("1002");
  std::string dialled;
  auto collect = [&]() -> Task<> {
    while (dialled.size() < 3) {
      auto press = co_await phone.next_button(5s);
      if (!press) co_return;
      if (press->state == ButtonState::down) dialled += static_cast<char>('0' + press->button);
    }
  };
  std::vector<DWORD> rings;
  auto ring = [&]() -> Task<> {
    auto change = co_await phone.next_change(PHONESTATE_RINGMODE, 5s);
    if (change) rings.push_back(change->value);
    auto none = co_await phone.next_change(PHONESTATE_RINGMODE, 1s);
    EXPECT_EQ(none.code(), telephony::error_timeout);
  };
  Task<> collector = collect(), ringer = ring();
  collector.start();
  ringer.start();
  for (const char* key : {"1", "2", "3"}) does("1002", std::string(R"({"push": )") + key + "}");
  EXPECT_EQ(dialled, "123");
  EXPECT_EQ(events.buttons, (std::vector<DWORD>{1, 1, 2, 2, 3, 3}));
  open("1001").make_call("1002", {});
  loop.run_for(3s);
  EXPECT_EQ(rings, std::vector<DWORD>{1});
  EXPECT_FALSE(events.changes.empty());
  EXPECT_TRUE(collector.done() && ringer.done());
  does("1002", R"({"hangup": true})");
  loop.run_for(1s);
}

TEST_F(Phones, OneOwnerAndWhatAClosedPhoneSays) {
  Phone& phone = own();
  EXPECT_EQ(phone.open(PhonePrivilege::owner), PHONEERR_INUSE);
  Listener heard;
  Telephony other{"other", heard};
  ASSERT_EQ(other.initialize(loop), 0);
  ASSERT_EQ(other.start_phones(), 0);
  Phone& theirs = *other.phones().front();
  EXPECT_EQ(theirs.open(PhonePrivilege::owner), PHONEERR_INUSE);
  ASSERT_EQ(theirs.open(PhonePrivilege::monitor), 0);
  EXPECT_EQ(settle(theirs.set_lamp(13, LampMode::off)), PHONEERR_NOTOWNER);
  std::vector<LONG> codes;
  auto wait = [&]() -> Task<> {
    auto press = co_await phone.next_button();
    codes.push_back(press.code());
    auto again = co_await phone.next_button();
    codes.push_back(again.code());
  };
  Task<> task = wait();
  task.start();
  EXPECT_GT(phone.set_lamp(13, LampMode::off, [&](LONG result) { codes.push_back(result); }), 0);
  phone.close();
  EXPECT_TRUE(task.done());
  EXPECT_EQ(codes, (std::vector<LONG>{PHONEERR_OPERATIONFAILED, PHONEERR_INVALPHONEHANDLE,
                                      PHONEERR_OPERATIONFAILED}));
  DWORD value = 0;
  EXPECT_EQ(phone.hook_switches(value), PHONEERR_INVALPHONEHANDLE);
  EXPECT_EQ(telephony::error_name(PHONEERR_NOTOWNER), "PHONEERR_NOTOWNER");
}

} // namespace
} // namespace tl::test
