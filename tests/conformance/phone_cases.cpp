// SPDX-License-Identifier: Apache-2.0
// Phone functions whose success needs more than good arguments, and that what was set can be read again.
#include "world.hpp"

namespace conformance {
namespace {

std::string name(World& world, LONG result) {
  return world.tables.result_name("phone", result);
}
void expect_result(World& world, const char* what, LONG expected, LONG got) {
  if (got == PHONEERR_OPERATIONUNAVAIL) throw NotApplicable{"not offered: OPERATIONUNAVAIL"};
  expect(got == expected, std::string{what} + ": " + name(world, expected), name(world, got));
}

void close(World& world) {
  const HPHONE phone = world.phones().open(world.phone_device(), PHONEPRIVILEGE_MONITOR);
  expect_result(world, "phoneClose", 0, phoneClose(phone));
  expect_result(world, "phoneClose again", PHONEERR_INVALPHONEHANDLE, phoneClose(phone));
}

void one_owner(World& world) {
  world.phone();
  const HPHONE second = world.phones().open(world.phone_device(), PHONEPRIVILEGE_OWNER);
  expect(second == 0 && world.phones().error == PHONEERR_INUSE, "phoneOpen by a second owner: PHONEERR_INUSE",
         name(world, world.phones().error));
}

void get_message_times_out(World& world) {
  world.phones().inbox.clear();
  PHONEMESSAGE message;
  expect_result(world, "phoneGetMessage", PHONEERR_OPERATIONFAILED,
                phoneGetMessage(world.phones().handle, &message, 0));
}

void initialize_ex(World& world) {
  PhoneApp app{"conformance second"};
  expect_result(world, "phoneInitializeEx", 0, app.error);
  expect(app.phones == world.phones().phones, "as many phones as before", std::to_string(app.phones));
}

void CALLBACK nothing(DWORD, DWORD, DWORD_PTR, DWORD_PTR, DWORD_PTR, DWORD_PTR) {}

void initialize(World& world) {
  HPHONEAPP app = 0;
  DWORD phones = 0;
  expect_result(world, "phoneInitialize", 0, phoneInitialize(&app, nullptr, nothing, "old", &phones));
  phoneShutdown(app);
  expect(phones == world.phones().phones, std::to_string(world.phones().phones) + " phones",
         std::to_string(phones));
}

void shutdown(World& world) {
  HPHONEAPP app = 0;
  DWORD phones = 0, version = version_2_2;
  PHONEINITIALIZEEXPARAMS params{};
  params.dwTotalSize = sizeof params;
  params.dwOptions = PHONEINITIALIZEEXOPTION_USEEVENT;
  world.phones();
  expect_result(world, "phoneInitializeEx", 0,
                phoneInitializeExA(&app, nullptr, nullptr, "second", &phones, &version, &params));
  HPHONE phone = 0;
  expect_result(world, "phoneOpen", 0,
                phoneOpen(app, world.phone_device(), &phone, version_2_2, 0, 0, PHONEPRIVILEGE_MONITOR));
  expect_result(world, "phoneShutdown", 0, phoneShutdown(app));
  expect_result(world, "phoneClose of its phone", PHONEERR_INVALPHONEHANDLE, phoneClose(phone));
  expect_result(world, "phoneShutdown again", PHONEERR_INVALAPPHANDLE, phoneShutdown(app));
}

void negotiate_extension(World& world) {
  DWORD version = 0;
  const LONG got =
      phoneNegotiateExtVersion(world.phones().handle, world.phone_device(), version_2_2, 1, 1, &version);
  expect_result(world, "phoneNegotiateExtVersion", PHONEERR_INCOMPATIBLEEXTVERSION, got);
}

void volume(World& world) {
  expect_result(world, "phoneSetVolume", 0,
                world.phone_result(phoneSetVolume(world.phone(), PHONEHOOKSWITCHDEV_HANDSET, 0x4321)));
  DWORD now = 0;
  expect_result(world, "phoneGetVolume", 0,
                phoneGetVolume(world.phone_monitor(), PHONEHOOKSWITCHDEV_HANDSET, &now));
  expect(now == 0x4321, "volume 0x4321", std::to_string(now));
}

// Volume and gain end at 0xFFFF.
void gain(World& world) {
  expect_result(world, "phoneSetGain", 0,
                world.phone_result(phoneSetGain(world.phone(), PHONEHOOKSWITCHDEV_HANDSET, 0x00123456)));
  DWORD now = 0;
  expect_result(world, "phoneGetGain", 0,
                phoneGetGain(world.phone_monitor(), PHONEHOOKSWITCHDEV_HANDSET, &now));
  expect(now == 0xFFFF, "gain 0xFFFF", std::to_string(now));
}

void lamp(World& world) {
  constexpr DWORD id = 13;
  expect_result(world, "phoneSetLamp", 0,
                world.phone_result(phoneSetLamp(world.phone(), id, PHONELAMPMODE_FLASH)));
  DWORD now = 0;
  expect_result(world, "phoneGetLamp", 0, phoneGetLamp(world.phone_monitor(), id, &now));
  expect(now == PHONELAMPMODE_FLASH, "PHONELAMPMODE_FLASH", std::to_string(now));
}

void hook_switch(World& world) {
  expect_result(world, "phoneSetHookSwitch", 0,
                world.phone_result(phoneSetHookSwitch(world.phone(), PHONEHOOKSWITCHDEV_SPEAKER,
                                                      PHONEHOOKSWITCHMODE_SPEAKER)));
  DWORD off = 0;
  expect_result(world, "phoneGetHookSwitch", 0, phoneGetHookSwitch(world.phone_monitor(), &off));
  world.phone_result(
      phoneSetHookSwitch(world.phone(), PHONEHOOKSWITCHDEV_SPEAKER, PHONEHOOKSWITCHMODE_ONHOOK));
  expect((off & PHONEHOOKSWITCHDEV_SPEAKER) != 0, "the speaker off hook", std::to_string(off));
}

void display(World& world) {
  expect_result(world, "phoneSetDisplay", 0,
                world.phone_result(phoneSetDisplay(world.phone(), 0, 0, "Hello", 5)));
  Block& text = world.block(1024);
  text.set_dword(0, 1024);
  auto& shown = *reinterpret_cast<VARSTRING*>(text.data());
  expect_result(world, "phoneGetDisplay", 0, phoneGetDisplay(world.phone_monitor(), &shown));
  const std::string now{reinterpret_cast<const char*>(text.data()) + shown.dwStringOffset,
                        shown.dwStringSize};
  expect(now.starts_with("Hello"), "a display that begins with Hello", now.substr(0, 5));
}

void ring(World& world) {
  expect_result(world, "phoneSetRing", 0, world.phone_result(phoneSetRing(world.phone(), 1, 0x1234)));
  DWORD mode = 0, loud = 0;
  expect_result(world, "phoneGetRing", 0, phoneGetRing(world.phone_monitor(), &mode, &loud));
  world.phone_result(phoneSetRing(world.phone(), 0, 0x1234));
  expect(mode == 1 && loud == 0x1234, "ring mode 1 at 0x1234",
         std::to_string(mode) + " at " + std::to_string(loud));
}

void status_messages(World& world) {
  expect_result(world, "phoneSetStatusMessages", 0,
                phoneSetStatusMessages(world.phone_monitor(), PHONESTATE_LAMP, PHONEBUTTONMODE_CALL,
                                       PHONEBUTTONSTATE_DOWN));
  DWORD states = 0, modes = 0, buttons = 0;
  expect_result(world, "phoneGetStatusMessages", 0,
                phoneGetStatusMessages(world.phone_monitor(), &states, &modes, &buttons));
  expect((states & PHONESTATE_LAMP) && modes == PHONEBUTTONMODE_CALL && buttons == PHONEBUTTONSTATE_DOWN,
         "what was set", "something else");
}

struct Row {
  const char* function;
  const char* name;
  void (*run)(World&);
};
constexpr Row rows[] = {
    {"phoneClose", "succeeds, once", close},
    {"phoneOpen", "has one owner", one_owner},
    {"phoneGetMessage", "times out", get_message_times_out},
    {"phoneInitializeEx", "succeeds", initialize_ex},
    {"phoneInitialize", "succeeds", initialize},
    {"phoneShutdown", "closes the phones", shutdown},
    {"phoneNegotiateExtVersion", "of no extension", negotiate_extension},
    {"phoneSetVolume", "is what phoneGetVolume reads", volume},
    {"phoneSetGain", "is clamped to 0xFFFF", gain},
    {"phoneSetLamp", "is what phoneGetLamp reads", lamp},
    {"phoneSetHookSwitch", "is what phoneGetHookSwitch reads", hook_switch},
    {"phoneSetDisplay", "is what phoneGetDisplay reads", display},
    {"phoneSetRing", "is what phoneGetRing reads", ring},
    {"phoneSetStatusMessages", "is what phoneGetStatusMessages reads", status_messages},
};

} // namespace

std::vector<Case> phone_cases() {
  std::vector<Case> out;
  for (const Row& each : rows) out.push_back({"functions", each.function, each.name, each.run});
  return out;
}

} // namespace conformance
