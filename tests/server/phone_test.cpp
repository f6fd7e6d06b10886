// SPDX-License-Identifier: Apache-2.0
// Phones: owner and monitors, the filter of messages, exactly one reply, and phones that come and go.
#include <cstring>

#include "fake_phones.hpp"
#include "fixture.hpp"

namespace tl::server::test {
namespace {

constexpr DWORD owner = PHONEPRIVILEGE_OWNER;
constexpr DWORD monitor = PHONEPRIVILEGE_MONITOR;
constexpr DWORD newest = 0x00020002;

class PhoneTest : public ServerTest {
protected:
  PhoneTest() { provider.phone_count = 2; }
  ~PhoneTest() override { server.reset(); } // it closes phones that are still open

  void load() {
    server = std::make_unique<Server>(loop, log, Options{});
    ProviderTable table = provider.table();
    phones.add_to(table);
    const auto loaded = server->load_provider("fake", table);
    ASSERT_TRUE(loaded) << loaded.error().text;
  }
  // A client's HPHONEAPP.
  DWORD app(TestClient& of, DWORD version = newest, std::u16string name = u"Friendly") {
    EXPECT_EQ(of.call<Fn::phoneInitializeEx>(wire::Text{name}, wire::Text{u"/bin/app"}, version), 0);
    return std::get<0>(of.answers<Fn::phoneInitializeEx>());
  }
  LONG try_open(TestClient& by, DWORD app, DWORD id, DWORD privilege, DWORD version = newest) {
    return by.call<Fn::phoneOpen>(app, id, version, 0u, std::uint64_t{0x77}, privilege);
  }
  DWORD open(TestClient& by, DWORD app, DWORD id, DWORD privilege, DWORD version = newest) {
    const LONG result = try_open(by, app, id, privilege, version);
    EXPECT_EQ(result, 0) << std::hex << result;
    return result == 0 ? std::get<0>(by.answers<Fn::phoneOpen>()) : 0;
  }
  template <class T, Fn F> T structure(TestClient& of, std::size_t answer = 0) {
    (void)answer;
    T copy{};
    const auto bytes = std::get<0>(of.answers<F>());
    std::memcpy(static_cast<void*>(&copy), bytes.data(), std::min(bytes.size(), sizeof copy));
    return copy;
  }

  FakePhones phones;
};

std::string words(TestClient& client) {
  std::string all;
  for (const Seen& seen : client.take_all()) {
    std::string one;
    switch (seen.message) {
    case PHONE_REPLY: one = "reply"; break;
    case PHONE_STATE: one = "state"; break;
    case PHONE_BUTTON: one = "button"; break;
    case PHONE_CLOSE: one = "close"; break;
    case PHONE_CREATE: one = "create"; break;
    case PHONE_REMOVE: one = "remove"; break;
    case PHONE_DEVSPECIFIC: one = "special"; break;
    case wire::message_reply_dropped: one = "dropped"; break;
    default: one = "message " + std::to_string(seen.message);
    }
    if (seen.message == PHONE_REPLY)
      one += seen.p2 == 0 ? " ok" : " failed";
    else if (seen.message != wire::message_reply_dropped)
      one += " " + std::to_string(seen.p1) + " " + std::to_string(seen.p2) + " " + std::to_string(seen.p3);
    all += (all.empty() ? "" : ", ") + one;
  }
  return all;
}

TEST_F(PhoneTest, AnApplicationIsToldOfPhonesAndNegotiatesTheirVersion) {
  load();
  TestClient& a = client();
  ASSERT_EQ(a.call<Fn::phoneInitializeEx>(wire::Text{}, wire::Text{u"/bin/app"}, 0x00030001u), 0);
  const auto [handle, count, version] = a.answers<Fn::phoneInitializeEx>();
  EXPECT_EQ(count, 2u);
  EXPECT_EQ(version, newest);
  const auto negotiate = [&, of = handle](DWORD id, DWORD low, DWORD high) {
    const LONG result = a.call<Fn::phoneNegotiateAPIVersion>(of, id, low, high, wire::Capacity{16});
    return result != 0 ? static_cast<DWORD>(result) : std::get<0>(a.answers<Fn::phoneNegotiateAPIVersion>());
  };
  EXPECT_EQ(negotiate(0, 0x00010003, 0x00030001), newest);
  EXPECT_EQ(negotiate(1, 0x00010003, 0x00010004), 0x00010004u);
  EXPECT_EQ(negotiate(0, 0x00030000, 0x00030001), static_cast<DWORD>(PHONEERR_INCOMPATIBLEAPIVERSION));
  EXPECT_EQ(negotiate(2, 0x00010003, newest), static_cast<DWORD>(PHONEERR_BADDEVICEID));
  EXPECT_EQ(a.call<Fn::phoneNegotiateExtVersion>(handle, 0u, newest, 1u, 1u), PHONEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(a.call<Fn::phoneInitializeEx>(wire::Text{}, wire::Text{}, 0x00010000u), PHONEERR_INVALPARAM);
  EXPECT_EQ(a.call<Fn::phoneShutdown>(a.app), PHONEERR_INVALAPPHANDLE) << "an HLINEAPP is none";
  EXPECT_EQ(a.call<Fn::lineShutdown>(handle), LINEERR_INVALAPPHANDLE);
  EXPECT_EQ(a.call<Fn::phoneShutdown>(handle), 0);
  EXPECT_EQ(a.call<Fn::phoneShutdown>(handle), PHONEERR_INVALAPPHANDLE);
}

TEST_F(PhoneTest, OneOwnerManyMonitors) {
  load();
  TestClient& a = client("a");
  TestClient& b = client("b");
  const DWORD of_a = app(a), of_b = app(b);
  EXPECT_EQ(try_open(a, of_a, 0, 0), PHONEERR_INVALPRIVILEGE);
  EXPECT_EQ(try_open(a, of_a, 0, owner | monitor), PHONEERR_INVALPRIVILEGE);
  EXPECT_EQ(try_open(a, of_a, 9, owner), PHONEERR_BADDEVICEID);
  EXPECT_EQ(try_open(a, of_b, 0, owner), PHONEERR_INVALAPPHANDLE) << "another client's";
  EXPECT_EQ(try_open(a, of_a, 0, owner, 0x00030000), PHONEERR_INCOMPATIBLEAPIVERSION);
  const DWORD watching = open(a, of_a, 0, monitor);
  EXPECT_EQ(
      a.call<Fn::phoneSetStatusMessages>(watching, DWORD{PHONESTATE_OWNER | PHONESTATE_MONITORS}, 0u, 0u), 0);
  const DWORD owned = open(b, of_b, 0, owner);
  EXPECT_EQ(words(a), "state 8 1 0");
  EXPECT_EQ(try_open(a, of_a, 0, owner), PHONEERR_INUSE);
  open(b, of_b, 0, monitor);
  EXPECT_EQ(words(a), "state 16 2 0");
  EXPECT_EQ(provider.count("phoneOpen p0"), 1u) << "the device is open once";
  EXPECT_EQ(b.call<Fn::phoneClose>(owned), 0);
  EXPECT_EQ(words(a), "state 8 0 0");
  EXPECT_EQ(try_open(a, of_a, 0, owner), 0);
  EXPECT_EQ(b.call<Fn::phoneClose>(owned), PHONEERR_INVALPHONEHANDLE);
  EXPECT_EQ(b.call<Fn::phoneClose>(watching), PHONEERR_INVALPHONEHANDLE) << "another client's";
}

TEST_F(PhoneTest, StatusCountsOwnersAndMonitorsAndNamesTheOwner) {
  load();
  TestClient& a = client();
  const DWORD of_a = app(a, newest, u"Softphone");
  const DWORD phone = open(a, of_a, 0, owner);
  open(a, of_a, 0, monitor);
  ASSERT_EQ(a.call<Fn::phoneGetStatus>(phone, wire::Capacity{500}), 0);
  const auto bytes = std::get<0>(a.answers<Fn::phoneGetStatus>());
  const auto status = structure<PHONESTATUS, Fn::phoneGetStatus>(a);
  EXPECT_EQ(status.dwNumOwners, 1u);
  EXPECT_EQ(status.dwNumMonitors, 1u);
  EXPECT_EQ(status.dwPhoneFeatures, DWORD{PHONEFEATURE_GETLAMP});
  ASSERT_EQ(status.dwOwnerNameSize, sizeof u"Softphone");
  EXPECT_EQ(std::memcmp(bytes.data() + status.dwOwnerNameOffset, u"Softphone", sizeof u"Softphone"), 0);
  EXPECT_EQ(std::memcmp(bytes.data() + status.dwDisplayOffset, u"12:00", sizeof u"12:00"), 0);
  EXPECT_EQ(a.call<Fn::phoneGetStatus>(phone, wire::Capacity{103}), PHONEERR_STRUCTURETOOSMALL);
}

TEST_F(PhoneTest, StructuresOfOldVersionsHaveTheOldFixedPart) {
  load();
  TestClient& a = client();
  const DWORD of_a = app(a, 0x00010003);
  struct Row {
    DWORD version, fixed;
  };
  for (const Row row : {Row{0x00010003, 144}, Row{0x00010004, 144}, Row{0x00020000, 180}, Row{newest, 196}}) {
    EXPECT_EQ(a.call<Fn::phoneGetDevCaps>(of_a, 0u, row.version, 0u, wire::Capacity{row.fixed - 1}),
              PHONEERR_STRUCTURETOOSMALL);
    ASSERT_EQ(a.call<Fn::phoneGetDevCaps>(of_a, 0u, row.version, 0u, wire::Capacity{row.fixed}), 0);
    EXPECT_EQ(std::get<0>(a.answers<Fn::phoneGetDevCaps>()).size(), row.fixed);
    ASSERT_EQ(a.call<Fn::phoneGetDevCaps>(of_a, 0u, row.version, 0u, wire::Capacity{row.fixed + 10}), 0);
    const auto bytes = std::get<0>(a.answers<Fn::phoneGetDevCaps>());
    const auto caps = structure<PHONECAPS, Fn::phoneGetDevCaps>(a);
    EXPECT_EQ(caps.dwPhoneNameOffset, row.fixed);
    EXPECT_EQ(caps.dwUsedSize, row.fixed + 10);
    EXPECT_EQ(caps.dwNeededSize, row.fixed + 10);
    ASSERT_EQ(bytes.size(), row.fixed + 10);
    EXPECT_EQ(std::memcmp(bytes.data() + row.fixed, u"Desk", 10), 0);
    EXPECT_EQ(caps.dwPhoneStates, DWORD{PHONESTATE_OWNER | PHONESTATE_MONITORS | PHONESTATE_REINIT});
  }
  const DWORD phone = open(a, of_a, 0, monitor, 0x00010003);
  ASSERT_EQ(a.call<Fn::phoneGetStatus>(phone, wire::Capacity{500}), 0);
  EXPECT_EQ((structure<PHONESTATUS, Fn::phoneGetStatus>(a).dwDisplayOffset), 100u);
  ASSERT_EQ(a.call<Fn::phoneGetButtonInfo>(phone, 1u, wire::Capacity{500}), 0);
  EXPECT_EQ((structure<PHONEBUTTONINFO, Fn::phoneGetButtonInfo>(a).dwButtonTextOffset), 36u);
}

TEST_F(PhoneTest, AnOldProviderLeavesNewMembersZero) {
  phones.version = 0x00020000;
  load();
  TestClient& a = client();
  ASSERT_EQ(a.call<Fn::phoneGetDevCaps>(app(a), 0u, newest, 0u, wire::Capacity{196 + 10}), 0);
  const auto bytes = std::get<0>(a.answers<Fn::phoneGetDevCaps>());
  const auto caps = structure<PHONECAPS, Fn::phoneGetDevCaps>(a);
  EXPECT_EQ(caps.PermanentPhoneGuid.Data1, 0u);
  EXPECT_EQ(caps.dwPhoneFeatures, DWORD{PHONEFEATURE_GETLAMP});
  ASSERT_EQ(caps.dwPhoneNameOffset, 196u);
  EXPECT_EQ(std::memcmp(bytes.data() + 196, u"Desk", 10), 0);
}

TEST_F(PhoneTest, AfterReinitNothingBeginsBeforeTheLastShutdown) {
  load();
  TestClient& a = client("a");
  const DWORD of_a = app(a);
  open(a, of_a, 0, owner);
  phones.event(0, PHONE_STATE, PHONESTATE_REINIT);
  EXPECT_EQ(words(a), "state 2097152 0 0");
  EXPECT_EQ(a.call<Fn::phoneInitializeEx>(wire::Text{u"b"}, wire::Text{u"b"}, newest), PHONEERR_REINIT);
  EXPECT_EQ(try_open(a, of_a, 1, owner), PHONEERR_REINIT);
  EXPECT_EQ(a.try_open(0, LINECALLPRIVILEGE_MONITOR), LINEERR_REINIT);
  a.call<Fn::lineShutdown>(a.app);
  a.call<Fn::phoneShutdown>(of_a);
  open(a, app(a), 1, owner);
}

TEST_F(PhoneTest, OnlySomeStatesHaveADetail) {
  load();
  TestClient& a = client("a");
  const DWORD phone = open(a, app(a), 0, owner);
  a.call<Fn::phoneSetStatusMessages>(phone, DWORD{0x00FFFFFF}, 0u, 0u);
  for (const DWORD state : {PHONESTATE_LAMP, PHONESTATE_RINGMODE, PHONESTATE_HEADSETHOOKSWITCH})
    phones.event(0, PHONE_STATE, state, 7);
  EXPECT_EQ(words(a), "state 64 7 0, state 128 7 0, state 32768 7 0");
  for (const DWORD state : {PHONESTATE_DISPLAY, PHONESTATE_CAPSCHANGE, PHONESTATE_HANDSETVOLUME})
    phones.event(0, PHONE_STATE, state, 7);
  EXPECT_EQ(words(a), "state 32 0 0, state 4194304 0 0, state 1024 0 0");
}

TEST_F(PhoneTest, MessagesAreOffUntilWanted) {
  load();
  TestClient& a = client("a");
  TestClient& b = client("b");
  const DWORD phone = open(a, app(a), 0, owner);
  open(b, app(b), 0, monitor);
  phones.event(0, PHONE_STATE, PHONESTATE_LAMP, 3);
  phones.event(0, PHONE_BUTTON, 5, PHONEBUTTONMODE_KEYPAD, PHONEBUTTONSTATE_DOWN);
  EXPECT_EQ(words(a), "");
  EXPECT_EQ(a.call<Fn::phoneSetStatusMessages>(phone, 0x01000000u, 0u, 0u), PHONEERR_INVALPHONESTATE);
  EXPECT_EQ(a.call<Fn::phoneSetStatusMessages>(phone, 0u, 0x40u, 1u), PHONEERR_INVALBUTTONMODE);
  EXPECT_EQ(a.call<Fn::phoneSetStatusMessages>(phone, 0u, 1u, 0x10u), PHONEERR_INVALBUTTONSTATE);
  EXPECT_EQ(a.call<Fn::phoneSetStatusMessages>(phone, 0u, 1u, 0u), PHONEERR_INVALBUTTONSTATE);
  EXPECT_EQ(a.call<Fn::phoneSetStatusMessages>(phone, DWORD{PHONESTATE_LAMP}, DWORD{PHONEBUTTONMODE_KEYPAD},
                                               DWORD{PHONEBUTTONSTATE_DOWN}),
            0);
  EXPECT_EQ(phones.phones[0].states, DWORD{PHONESTATE_LAMP | PHONESTATE_REINIT});
  ASSERT_EQ(a.call<Fn::phoneGetStatusMessages>(phone), 0);
  EXPECT_EQ((a.answers<Fn::phoneGetStatusMessages>()),
            (std::tuple{DWORD{PHONESTATE_LAMP | PHONESTATE_REINIT}, DWORD{PHONEBUTTONMODE_KEYPAD},
                        DWORD{PHONEBUTTONSTATE_DOWN}}));
  phones.event(0, PHONE_STATE, PHONESTATE_LAMP, 3);
  phones.event(0, PHONE_STATE, PHONESTATE_LAMP | PHONESTATE_DISPLAY, 3);
  phones.event(0, PHONE_STATE, PHONESTATE_OWNER, 9); // not the provider's to say
  phones.event(0, PHONE_BUTTON, 5, PHONEBUTTONMODE_KEYPAD, PHONEBUTTONSTATE_DOWN);
  phones.event(0, PHONE_BUTTON, 5, PHONEBUTTONMODE_KEYPAD, PHONEBUTTONSTATE_UP);
  phones.event(0, PHONE_BUTTON, 20, PHONEBUTTONMODE_FEATURE, PHONEBUTTONSTATE_DOWN);
  phones.event(0, PHONE_DEVSPECIFIC, 1, 2, 3);
  EXPECT_EQ(words(a), "state 64 3 0, state 64 0 0, button 5 8 2, special 1 2 3");
  EXPECT_EQ(words(b), "special 1 2 3");
  phones.event(0, PHONE_STATE, PHONESTATE_REINIT);
  EXPECT_EQ(words(b), "state 2097152 0 0") << "cannot be disabled";
  words(a);
  provider.results["phoneSetStatusMessages"] = PHONEERR_RESOURCEUNAVAIL;
  EXPECT_EQ(a.call<Fn::phoneSetStatusMessages>(phone, 0u, 0u, 0u), PHONEERR_RESOURCEUNAVAIL);
  phones.event(0, PHONE_STATE, PHONESTATE_LAMP, 4);
  EXPECT_EQ(words(a), "state 64 4 0") << "a refused change changes nothing";
}

TEST_F(PhoneTest, OnlyTheOwnerChangesThePhone) {
  load();
  TestClient& a = client("a");
  const DWORD of_a = app(a);
  const DWORD watching = open(a, of_a, 0, monitor);
  PHONEBUTTONINFO info{};
  info.dwTotalSize = sizeof info;
  const auto block = std::as_bytes(std::span{&info, 1});
  EXPECT_EQ(a.call<Fn::phoneSetHookSwitch>(watching, 1u, 1u), PHONEERR_NOTOWNER);
  EXPECT_EQ(a.call<Fn::phoneSetVolume>(watching, 1u, 1u), PHONEERR_NOTOWNER);
  EXPECT_EQ(a.call<Fn::phoneSetGain>(watching, 1u, 1u), PHONEERR_NOTOWNER);
  EXPECT_EQ(a.call<Fn::phoneSetRing>(watching, 1u, 1u), PHONEERR_NOTOWNER);
  EXPECT_EQ(a.call<Fn::phoneSetLamp>(watching, 1u, 2u), PHONEERR_NOTOWNER);
  EXPECT_EQ(a.call<Fn::phoneSetDisplay>(watching, 0u, 0u, wire::Data{block}), PHONEERR_NOTOWNER);
  EXPECT_EQ(a.call<Fn::phoneSetData>(watching, 0u, wire::Data{block}), PHONEERR_NOTOWNER);
  EXPECT_EQ(a.call<Fn::phoneSetButtonInfo>(watching, 0u, wire::Data{block}), PHONEERR_NOTOWNER);
  EXPECT_EQ(a.call<Fn::phoneGetHookSwitch>(watching), 0);
  EXPECT_EQ(a.call<Fn::phoneGetVolume>(watching, 1u), 0);
  EXPECT_EQ(a.call<Fn::phoneGetRing>(watching), 0);
  EXPECT_EQ(a.call<Fn::phoneSetRing>(0x12345u, 1u, 1u), PHONEERR_INVALPHONEHANDLE);
}

TEST_F(PhoneTest, EveryPartIsSetAndReadBack) {
  load();
  TestClient& a = client("a");
  const DWORD phone = open(a, app(a), 1, owner);
  const auto ok = [&](LONG id) {
    EXPECT_GT(id, 0);
    EXPECT_EQ(words(a), "reply ok");
  };
  EXPECT_EQ(a.call<Fn::phoneSetHookSwitch>(phone, 8u, 1u), PHONEERR_INVALHOOKSWITCHDEV);
  EXPECT_EQ(a.call<Fn::phoneSetHookSwitch>(phone, 0u, 1u), PHONEERR_INVALHOOKSWITCHDEV);
  EXPECT_EQ(a.call<Fn::phoneSetHookSwitch>(phone, 1u, 3u), PHONEERR_INVALHOOKSWITCHMODE);
  EXPECT_EQ(a.call<Fn::phoneSetHookSwitch>(phone, 1u, DWORD{PHONEHOOKSWITCHMODE_UNKNOWN}),
            PHONEERR_INVALHOOKSWITCHMODE);
  ok(a.call<Fn::phoneSetHookSwitch>(phone, 3u, DWORD{PHONEHOOKSWITCHMODE_MICSPEAKER}));
  ASSERT_EQ(a.call<Fn::phoneGetHookSwitch>(phone), 0);
  EXPECT_EQ(std::get<0>(a.answers<Fn::phoneGetHookSwitch>()), 3u);
  EXPECT_EQ(a.call<Fn::phoneSetVolume>(phone, 3u, 1u), PHONEERR_INVALHOOKSWITCHDEV);
  EXPECT_EQ(a.call<Fn::phoneGetGain>(phone, 0u), PHONEERR_INVALHOOKSWITCHDEV);
  ok(a.call<Fn::phoneSetVolume>(phone, 1u, 0x12345u));
  ASSERT_EQ(a.call<Fn::phoneGetVolume>(phone, 1u), 0);
  EXPECT_EQ(std::get<0>(a.answers<Fn::phoneGetVolume>()), 0xFFFFu) << "cut off";
  ok(a.call<Fn::phoneSetGain>(phone, 4u, 77u));
  ASSERT_EQ(a.call<Fn::phoneGetGain>(phone, 4u), 0);
  EXPECT_EQ(std::get<0>(a.answers<Fn::phoneGetGain>()), 77u);
  ok(a.call<Fn::phoneSetRing>(phone, 2u, 0x20000u));
  ASSERT_EQ(a.call<Fn::phoneGetRing>(phone), 0);
  EXPECT_EQ((a.answers<Fn::phoneGetRing>()), (std::tuple{2u, 0xFFFFu}));
  EXPECT_EQ(a.call<Fn::phoneSetLamp>(phone, 3u, DWORD{PHONELAMPMODE_DUMMY}), PHONEERR_INVALLAMPMODE);
  EXPECT_EQ(a.call<Fn::phoneSetLamp>(phone, 3u, 0u), PHONEERR_INVALLAMPMODE);
  ok(a.call<Fn::phoneSetLamp>(phone, 3u, DWORD{PHONELAMPMODE_WINK}));
  ASSERT_EQ(a.call<Fn::phoneGetLamp>(phone, 3u), 0);
  EXPECT_EQ(std::get<0>(a.answers<Fn::phoneGetLamp>()), DWORD{PHONELAMPMODE_WINK});
  const auto hello = std::as_bytes(std::span{"Hello", 5});
  EXPECT_EQ(a.call<Fn::phoneSetDisplay>(phone, 0u, 2u, wire::Data{}), PHONEERR_INVALPOINTER);
  ok(a.call<Fn::phoneSetDisplay>(phone, 0u, 2u, wire::Data{hello}));
  ASSERT_EQ(a.call<Fn::phoneGetDisplay>(phone, wire::Capacity{100}), 0);
  EXPECT_EQ((structure<VARSTRING, Fn::phoneGetDisplay>(a).dwStringSize), 5u);
  ok(a.call<Fn::phoneSetData>(phone, 6u, wire::Data{hello}));
  EXPECT_TRUE(provider.did("phoneSetData p1 6 5"));
  ASSERT_EQ(a.call<Fn::phoneGetData>(phone, 6u, wire::Capacity{3}), 0);
  EXPECT_EQ(std::get<0>(a.answers<Fn::phoneGetData>()).size(), 3u);
  EXPECT_EQ(std::get<0>(a.answers<Fn::phoneGetData>())[2], std::byte{6});
  EXPECT_EQ(a.call<Fn::phoneGetID>(phone, wire::Capacity{100}, wire::Text{u"Tapi/Phone"}), 0);
  EXPECT_EQ(a.call<Fn::phoneGetID>(phone, wire::Capacity{100}, wire::Text{u"wave/in"}),
            PHONEERR_INVALDEVICECLASS);
  ok(a.call<Fn::phoneDevSpecific>(phone, wire::Data{hello}));
}

TEST_F(PhoneTest, ButtonsOfAnOldApplicationReachANewProvider) {
  load();
  TestClient& a = client("a");
  const DWORD phone = open(a, app(a, 0x00010003), 0, owner, 0x00010003);
  std::vector<std::byte> block(36 + sizeof u"Mute");
  PHONEBUTTONINFO info{};
  info.dwTotalSize = static_cast<DWORD>(block.size());
  info.dwButtonTextSize = sizeof u"Mute";
  info.dwButtonTextOffset = 36;
  std::memcpy(block.data(), &info, 36);
  std::memcpy(block.data() + 36, u"Mute", sizeof u"Mute");
  EXPECT_GT(a.call<Fn::phoneSetButtonInfo>(phone, 12u, wire::Data{block}), 0);
  EXPECT_EQ(words(a), "reply ok");
  EXPECT_EQ(phones.phones[0].button_text, u"Mute");
  EXPECT_EQ(a.call<Fn::phoneSetButtonInfo>(phone, 12u, wire::Data{wire::Bytes{block}.first(35)}),
            PHONEERR_STRUCTURETOOSMALL);
  info.dwButtonTextOffset = 0x7FFFFFFF;
  std::memcpy(block.data(), &info, 36);
  EXPECT_EQ(a.call<Fn::phoneSetButtonInfo>(phone, 12u, wire::Data{block}), PHONEERR_OPERATIONFAILED);
}

TEST_F(PhoneTest, ExactlyOneReplyAndNoneAfterClose) {
  load();
  TestClient& a = client("a");
  const DWORD of_a = app(a);
  const DWORD phone = open(a, of_a, 0, owner);
  const LONG id = a.call<Fn::phoneSetRing>(phone, 1u, 1u);
  EXPECT_TRUE(a.seen.empty()) << "never before the function has returned";
  const auto seen = a.take_all();
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].message, DWORD{PHONE_REPLY});
  EXPECT_EQ(seen[0].p1, static_cast<DWORD_PTR>(id));
  EXPECT_EQ(seen[0].app, of_a);
  EXPECT_EQ(seen[0].instance, 0x77u);
  provider.results["phoneSetRing"] = PHONEERR_INVALRINGMODE;
  EXPECT_EQ(a.call<Fn::phoneSetRing>(phone, 1u, 1u), PHONEERR_INVALRINGMODE);
  EXPECT_EQ(words(a), "");
  provider.results["phoneSetRing"] = 1'000'000;
  EXPECT_EQ(a.call<Fn::phoneSetRing>(phone, 1u, 1u), PHONEERR_OPERATIONFAILED)
      << "neither its id nor an error";
  provider.results.clear();
  provider.complete_at_once = false;
  a.call<Fn::phoneSetRing>(phone, 1u, 1u);
  a.call<Fn::phoneSetRing>(phone, 2u, 1u);
  provider.complete(PHONEERR_RESOURCEUNAVAIL);
  EXPECT_EQ(words(a), "reply failed");
  EXPECT_EQ(a.call<Fn::phoneClose>(phone), 0);
  provider.complete();
  EXPECT_EQ(words(a), "dropped");
  EXPECT_TRUE(provider.did("phoneClose p0"));
  EXPECT_EQ(server->counts().requests, 0u);
}

TEST_F(PhoneTest, ShutdownAndADeadClientCloseWhatWasOpen) {
  load();
  TestClient& a = client("a");
  TestClient& b = client("b");
  const DWORD of_a = app(a), of_b = app(b);
  open(a, of_a, 0, owner);
  EXPECT_EQ(a.call<Fn::phoneShutdown>(of_a), 0);
  EXPECT_TRUE(provider.did("phoneClose p0"));
  open(b, of_b, 1, owner);
  provider.complete_at_once = false;
  b.session.reset();
  EXPECT_TRUE(provider.did("phoneClose p1"));
  EXPECT_EQ(server->counts().apps, 1u) << "a's HLINEAPP";
}

TEST_F(PhoneTest, PhonesComeAndGoWhileApplicationsRun) {
  load();
  TestClient& now = client("now");
  TestClient& middle = client("middle");
  TestClient& old = client("old");
  const DWORD of_now = app(now), of_middle = app(middle, 0x00010004), of_old = app(old, 0x00010003);
  provider.create_phone(nullptr, PHONE_CREATE, reinterpret_cast<DWORD_PTR>(provider.server_name), 555, 0);
  EXPECT_EQ(words(now), "create 2 0 0");
  EXPECT_EQ(words(middle), "create 2 0 0");
  EXPECT_EQ(words(old), "state 2097152 20 2") << "reinitialise, in the words of 1.3";
  EXPECT_TRUE(provider.did("providerCreatePhoneDevice 555 as 2"));
  open(now, of_now, 2, owner);
  const DWORD watching = open(middle, of_middle, 2, monitor, 0x00010004);
  provider.create_phone(nullptr, PHONE_REMOVE, 2, 0, 0);
  EXPECT_EQ(words(now), "close 0 0 0, remove 2 0 0");
  EXPECT_EQ(words(middle), "state 8388608 0 0, close 0 0 0");
  EXPECT_EQ(words(old), "");
  EXPECT_EQ(middle.call<Fn::phoneClose>(watching), PHONEERR_INVALPHONEHANDLE);
  EXPECT_TRUE(provider.did("phoneClose p2"));
  EXPECT_EQ(try_open(now, of_now, 2, owner), PHONEERR_NODEVICE);
  provider.create_phone(nullptr, PHONE_REMOVE, 99, 0, 0);
  loop.settle();
  EXPECT_TRUE(log.says("PHONE_REMOVE of phone 99"));
  const DWORD first = open(old, of_old, 0, monitor, 0x00010003);
  EXPECT_EQ(old.call<Fn::phoneSetStatusMessages>(first, DWORD{PHONESTATE_CAPSCHANGE}, 0u, 0u), PHONEERR_INVALPHONESTATE)
      << "came with 1.4";
  phones.event(0, PHONE_STATE, PHONESTATE_CAPSCHANGE);
  EXPECT_EQ(words(old), "state 2097152 18 4194304");
  phones.event(0, PHONE_CLOSE);
  EXPECT_EQ(words(old), "close 0 0 0");
}

TEST_F(PhoneTest, UnloadingTheProviderRemovesItsPhones) {
  load();
  TestClient& a = client("a");
  const DWORD phone = open(a, app(a), 0, owner);
  provider.complete_at_once = false;
  a.call<Fn::phoneSetRing>(phone, 1u, 1u);
  ASSERT_TRUE(server->unload_provider("fake"));
  const std::string told = words(a);
  EXPECT_NE(told.find("close 0 0 0"), std::string::npos) << told;
  EXPECT_NE(told.find("remove 0 0 0"), std::string::npos) << told;
  EXPECT_EQ(server->counts().requests, 0u);
}

TEST_F(PhoneTest, AProviderWithoutPhoneFunctionsIsAnsweredFor) {
  server = std::make_unique<Server>(loop, log, Options{});
  ASSERT_TRUE(server->load_provider("fake", provider.table()));
  TestClient& a = client("a");
  EXPECT_EQ(try_open(a, app(a), 0, owner), PHONEERR_NODRIVER);
  EXPECT_TRUE(log.says("phone 0 agrees on no TSPI version"));
}

} // namespace
} // namespace tl::server::test
