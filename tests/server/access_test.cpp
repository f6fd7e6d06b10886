// SPDX-License-Identifier: Apache-2.0
// What users see and control: own ids without gaps, nothing of what they do not see, no control where they
// may only watch, and nothing of the server itself.
#include <cstring>

#include "fake_phones.hpp"
#include "fixture.hpp"

namespace tl::server::test {
namespace {

constexpr DWORD owner = LINECALLPRIVILEGE_OWNER, monitor = LINECALLPRIVILEGE_MONITOR,
                none = LINECALLPRIVILEGE_NONE;
constexpr DWORD voice = LINEMEDIAMODE_INTERACTIVEVOICE, newest = 0x00020002;

class AccessTest : public ServerTest {
protected:
  AccessTest() {
    provider.line_count = 5;
    provider.phone_count = 3;
    provider.line_names = {u"Reception", u"Anna", u"Bert", u"Chef", u"Sales"};
    provider.addresses = {u"1000", u"2001", u"2002", u"3000", u"4000", u"2003"};
    phones.names = {{0, u"Anna"}, {1, u"Chef"}, {2, u"Door"}};
    options.access["anna"] = {.control = {"200*"}, .monitor = {"Reception", "2002"}};
    options.access["boss"] = {.administrator = true};
  }
  ~AccessTest() override { server.reset(); }

  void load() {
    server = std::make_unique<Server>(loop, log, options);
    ProviderTable table = provider.table();
    phones.add_to(table);
    const auto loaded = server->load_provider("fake", table);
    ASSERT_TRUE(loaded) << loaded.error().text;
  }
  static DWORD count(TestClient& of) {
    EXPECT_EQ(of.call<Fn::lineInitializeEx>(wire::Text{u"a"}, wire::Text{u"a"}, newest), 0);
    return std::get<1>(of.answers<Fn::lineInitializeEx>());
  }
  // Of the line that is open: what lineGetID says its own id is.
  static DWORD id_of(TestClient& of, DWORD line) {
    EXPECT_EQ(of.call<Fn::lineGetID>(line, 0u, 0u, DWORD{LINECALLSELECT_LINE}, wire::Capacity{64},
                                     wire::Text{u"tapi/line"}),
              0);
    return varstring_id(std::get<0>(of.answers<Fn::lineGetID>()));
  }
  static DWORD varstring_id(wire::Bytes filled) {
    VARSTRING text{};
    DWORD id = 0;
    std::memcpy(&text, filled.data(), std::min(filled.size(), sizeof text));
    if (text.dwStringSize == sizeof id && text.dwStringOffset + sizeof id <= filled.size())
      std::memcpy(&id, filled.data() + text.dwStringOffset, sizeof id);
    return id;
  }
  static DWORD phone_app(TestClient& of, DWORD& count) {
    EXPECT_EQ(of.call<Fn::phoneInitializeEx>(wire::Text{u"a"}, wire::Text{u"a"}, newest), 0);
    count = std::get<1>(of.answers<Fn::phoneInitializeEx>());
    return std::get<0>(of.answers<Fn::phoneInitializeEx>());
  }
  static LONG make_call(TestClient& by, DWORD line) {
    return by.call<Fn::lineMakeCall>(line, wire::Text{u"1"}, 0u, wire::Data{});
  }

  Options options;
  FakePhones phones;
};

TEST_F(AccessTest, UsersHaveOwnIdsWithoutGaps) {
  load();
  EXPECT_EQ(count(client()), 5u);
  EXPECT_EQ(count(remote("boss")), 5u);
  TestClient& anna = remote("anna");
  ASSERT_EQ(count(anna), 3u) << "Reception, Anna, Bert";
  const DWORD second = anna.open(1, owner);
  EXPECT_TRUE(provider.lines.contains(1)) << "her id 1 is the line of that address";
  EXPECT_EQ(id_of(anna, second), 1u);
  anna.open(2, owner);
  EXPECT_TRUE(provider.lines.contains(2));
  EXPECT_EQ(anna.try_open(3, owner), LINEERR_BADDEVICEID);
  EXPECT_EQ(anna.try_open(4, monitor), LINEERR_BADDEVICEID);
}

TEST_F(AccessTest, ControlCountsMoreThanMonitorAndNobodyKnownSeesNothing) {
  load();
  TestClient& stranger = remote("eve");
  EXPECT_EQ(count(stranger), 0u);
  EXPECT_EQ(stranger.try_open(0, monitor), LINEERR_BADDEVICEID);
  EXPECT_EQ(stranger.try_open(LINEMAPPER, none, voice), LINEERR_LINEMAPPERFAILED);
  EXPECT_NE(remote("anna").open(2, owner), 0u) << "2002 is in both lists";
}

TEST_F(AccessTest, IdsInStructuresAreTheClientsOwn) {
  options.access["bert"] = {.control = {"2002"}};
  load();
  TestClient& bert = remote("bert");
  const DWORD line = bert.open(0, owner);
  ASSERT_TRUE(provider.lines.contains(2));
  EXPECT_EQ(id_of(bert, line), 0u);
  ASSERT_EQ(bert.call<Fn::lineGetAddressCaps>(bert.app, 0u, 0u, newest, 0u, wire::Capacity{2000}), 0);
  EXPECT_EQ(
      bert.structure<LINEADDRESSCAPS>(std::get<0>(bert.answers<Fn::lineGetAddressCaps>())).dwLineDeviceID,
      0u);
  provider.offer(2);
  bert.settle();
  ASSERT_EQ(bert.call<Fn::lineGetCallInfo>(bert.last_call, wire::Capacity{2000}), 0);
  EXPECT_EQ(bert.structure<LINECALLINFO>(std::get<0>(bert.answers<Fn::lineGetCallInfo>())).dwLineDeviceID,
            0u);
}

TEST_F(AccessTest, LinesThatComeAndGoAreToldToThoseWhoSeeThem) {
  load();
  TestClient& admin = client();
  TestClient& anna = remote("anna");
  TestClient& stranger = remote("eve");
  provider.create_line(); // 2003
  EXPECT_EQ(admin.take(), "create 5");
  EXPECT_EQ(anna.take(), "create 3");
  EXPECT_EQ(stranger.take(), "");
  EXPECT_NE(anna.open(3, owner), 0u);
  provider.create(nullptr, nullptr, LINE_REMOVE, provider.base + 1, 0, 0);
  EXPECT_EQ(admin.take(), "remove 1");
  EXPECT_EQ(anna.take(), "remove 1");
  provider.create(nullptr, nullptr, LINE_REMOVE, provider.base + 4, 0, 0);
  EXPECT_EQ(anna.take(), "") << "of a line she does not see";
  EXPECT_EQ(anna.try_open(1, owner), LINEERR_NODEVICE);
  EXPECT_EQ(count(remote("anna")), 3u) << "who comes later has no gap";
}

TEST_F(AccessTest, WhoMayOnlyWatchDoesNotOpenForMore) {
  load();
  TestClient& anna = remote("anna");
  for (const DWORD privileges : {owner, none, monitor | owner, monitor | LINEOPENOPTION_PROXY})
    EXPECT_EQ(anna.try_open(0, privileges), LINEERR_OPERATIONUNAVAIL) << privileges;
  EXPECT_FALSE(provider.lines.contains(0)) << "nothing was opened at the provider";
  EXPECT_NE(anna.open(0, monitor), 0u);
}

TEST_F(AccessTest, WhoMayOnlyWatchAsksNothingOfTheLine) {
  load();
  TestClient& anna = remote("anna");
  const DWORD line = anna.open(0, monitor);
  const std::size_t before = provider.log.size();
  EXPECT_EQ(make_call(anna, line), LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(anna.call<Fn::lineForward>(line, 1u, 0u, wire::Data{}, 0u, wire::Data{}),
            LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(anna.call<Fn::linePickup>(line, 0u, wire::Text{}, wire::Text{}), LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(anna.call<Fn::lineUnpark>(line, 0u, wire::Text{u"700"}), LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(anna.call<Fn::lineSetupConference>(0u, line, 3u, wire::Data{}), LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(anna.call<Fn::lineSetLineDevStatus>(line, DWORD{LINEDEVSTATUSFLAGS_MSGWAIT}, 1u),
            LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(anna.call<Fn::lineDevSpecific>(line, 0u, 0u, wire::Data{}), LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(anna.call<Fn::lineSetMediaControl>(line, 0u, 0u, DWORD{LINECALLSELECT_LINE}, wire::Data{},
                                               wire::Data{}, wire::Data{}, wire::Data{}),
            LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(anna.call<Fn::lineSetNumRings>(line, 0u, 1u), LINEERR_OPERATIONFAILED);
  EXPECT_EQ(anna.call<Fn::lineSetDevConfig>(0u, wire::Data{wire::Bytes{}}, wire::Text{u"x"}),
            LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(provider.log.size(), before) << "the provider was not asked";
  EXPECT_EQ(anna.call<Fn::lineGetLineDevStatus>(line, wire::Capacity{2000}), 0);
}

TEST_F(AccessTest, WhoMayOnlyWatchDoesNotTakeACall) {
  load();
  TestClient& desk = client("desk");
  desk.open(0, owner);
  TestClient& anna = remote("anna");
  anna.open(0, monitor);
  provider.offer(0);
  anna.settle();
  const DWORD watched = anna.last_call;
  ASSERT_NE(watched, 0u);
  EXPECT_EQ(anna.call<Fn::lineSetCallPrivilege>(watched, owner), LINEERR_OPERATIONFAILED);
  EXPECT_EQ(anna.call<Fn::lineDrop>(watched, wire::Data{}), LINEERR_NOTOWNER);
  EXPECT_EQ(desk.call<Fn::lineHandoff>(desk.last_call, wire::Text{u"remote"}, 0u), LINEERR_TARGETNOTFOUND);
}

TEST_F(AccessTest, TheServerItselfIsForAdministrators) {
  load();
  TestClient& anna = remote("anna");
  TestClient& boss = remote("boss");
  EXPECT_EQ(anna.call<Fn::lineGetProviderList>(newest, wire::Capacity{2000}), LINEERR_OPERATIONFAILED);
  EXPECT_EQ(boss.call<Fn::lineGetProviderList>(newest, wire::Capacity{2000}), 0);
  EXPECT_EQ(anna.call<Fn::lineAddProvider>(wire::Text{u"x.tsp"}, wire::Capacity{0}), LINEERR_OPERATIONFAILED);
  EXPECT_EQ(anna.call<Fn::lineRemoveProvider>(1u), LINEERR_OPERATIONFAILED);
  EXPECT_EQ(server->counts().providers, 1u);
  const auto put_first = [&](TestClient& by) {
    return by.call<Fn::lineSetAppPriority>(wire::Text{u"a"}, voice, wire::Data{}, 0u, wire::Text{}, 1u);
  };
  EXPECT_EQ(put_first(anna), LINEERR_OPERATIONFAILED);
  EXPECT_EQ(put_first(boss), 0);
  EXPECT_EQ(anna.call<Fn::lineSetTollList>(anna.app, 0u, wire::Text{u"1"}, 1u), LINEERR_OPERATIONFAILED);
  EXPECT_EQ(anna.call<Fn::lineSetCurrentLocation>(anna.app, 1u), LINEERR_OPERATIONFAILED);
}

TEST_F(AccessTest, TheMapperChoosesAmongWhatMayBeControlled) {
  load();
  TestClient& anna = remote("anna");
  EXPECT_EQ(id_of(anna, anna.open(LINEMAPPER, owner)), 1u) << "the first line she may only watch";
  EXPECT_EQ(id_of(anna, anna.open(LINEMAPPER, monitor)), 0u);
}

TEST_F(AccessTest, PhonesGoByTheirNameAndTheirLinesNumber) {
  options.access["anna"].monitor.emplace_back("Door");
  load();
  TestClient& anna = remote("anna");
  DWORD seen = 0;
  const DWORD app = phone_app(anna, seen);
  ASSERT_EQ(seen, 2u) << "Anna by the line 2001 of that name, Door by its own";
  const auto open = [&](DWORD id, DWORD privilege) {
    return anna.call<Fn::phoneOpen>(app, id, newest, 0u, std::uint64_t{0}, privilege);
  };
  EXPECT_EQ(open(0, PHONEPRIVILEGE_OWNER), 0);
  EXPECT_EQ(open(1, PHONEPRIVILEGE_OWNER), PHONEERR_OPERATIONUNAVAIL);
  ASSERT_EQ(open(1, PHONEPRIVILEGE_MONITOR), 0);
  EXPECT_TRUE(phones.phones.contains(2));
  const DWORD door = std::get<0>(anna.answers<Fn::phoneOpen>());
  EXPECT_EQ(anna.call<Fn::phoneDevSpecific>(door, wire::Data{wire::Bytes{}}), PHONEERR_OPERATIONUNAVAIL);
  ASSERT_EQ(anna.call<Fn::phoneGetID>(door, wire::Capacity{64}, wire::Text{u"tapi/phone"}), 0);
  EXPECT_EQ(varstring_id(std::get<0>(anna.answers<Fn::phoneGetID>())), 1u);
  EXPECT_EQ(open(2, PHONEPRIVILEGE_MONITOR), PHONEERR_BADDEVICEID);
  EXPECT_EQ(anna.call<Fn::phoneGetIcon>(2u, wire::Text{}), PHONEERR_BADDEVICEID);
}

TEST_F(AccessTest, APhoneWhoseNameTwoLinesHaveGoesByNoNumber) {
  provider.line_names[2] = u"Anna"; // as 2001
  load();
  DWORD seen = 0;
  phone_app(remote("anna"), seen);
  EXPECT_EQ(seen, 0u);
}

TEST_F(AccessTest, AssistedTelephonyIsAmongOneUsersPrograms) {
  load();
  TestClient& anna = remote("anna");
  EXPECT_EQ(anna.call<Fn::lineRegisterRequestRecipient>(anna.app, 1u, DWORD{LINEREQUESTMODE_MAKECALL}, 1u),
            0);
  const auto ask = [&](TestClient& from) {
    return from.call<Fn::tapiRequestMakeCall>(wire::Text{u"1"}, wire::Text{}, wire::Text{}, wire::Text{});
  };
  EXPECT_EQ(ask(remote("eve")), TAPIERR_NOREQUESTRECIPIENT);
  EXPECT_EQ(ask(remote("anna")), 0);
}

// The remote sole owner dies: as lineClose on each of its lines [call_states: sole owner's calls are
// dropped].
TEST_F(AccessTest, AUserWhoIsGoneLeavesNothing) {
  load();
  TestClient& watcher = client("watcher");
  watcher.open(1, monitor);
  TestClient& anna = remote("anna");
  anna.open(1, owner);
  const DWORD call = provider.offer(1, LINECALLSTATE_CONNECTED);
  watcher.take();
  anna.session.reset();
  EXPECT_TRUE(provider.did("lineDrop c" + std::to_string(call)));
  provider.state(call, LINECALLSTATE_IDLE);
  EXPECT_NE(watcher.take().find("state 1 0 0"), std::string::npos) << "the monitor goes on watching";
}

} // namespace
} // namespace tl::server::test
