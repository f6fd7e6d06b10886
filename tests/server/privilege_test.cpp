// SPDX-License-Identifier: Apache-2.0
// Owners, monitors, hand-off, leaving (handles and privileges of TAPI 2.x).
#include "fixture.hpp"

namespace tl::server::test {
namespace {

constexpr DWORD owner = LINECALLPRIVILEGE_OWNER, monitor = LINECALLPRIVILEGE_MONITOR,
                none = LINECALLPRIVILEGE_NONE;
constexpr DWORD voice = LINEMEDIAMODE_INTERACTIVEVOICE, fax = LINEMEDIAMODE_G3FAX,
                unknown = LINEMEDIAMODE_UNKNOWN;

class PrivilegeTest : public ServerTest {
protected:
  void SetUp() override { start(); }
};

TEST_F(PrivilegeTest, FirstOpenerForTheMediumOwns) {
  TestClient& faxes = client("fax");
  TestClient& first = client("first");
  TestClient& second = client("second");
  faxes.open(0, owner, fax);
  first.open(0, owner, voice);
  second.open(0, owner | monitor, voice | fax);
  provider.offer(0, LINECALLSTATE_OFFERING, voice);
  EXPECT_EQ(first.take(), "new 0 4, state 2 1 4");
  EXPECT_EQ(second.take(), "new 0 2, state 2 1 2");
  EXPECT_EQ(faxes.take(), "");
  provider.offer(0, LINECALLSTATE_OFFERING, unknown | fax);
  EXPECT_EQ(faxes.take(), "new 0 4, state 2 1 4") << "nobody takes UNKNOWN: the others are tried";
  EXPECT_EQ(first.take(), "");
}

TEST_F(PrivilegeTest, SingleAddressLimitsInitialOwnershipAlone) {
  TestClient& one = client("one");
  TestClient& any = client("any");
  LINECALLPARAMS params{};
  params.dwTotalSize = sizeof params;
  params.dwAddressMode = LINEADDRESSMODE_ADDRESSID;
  params.dwAddressID = 1;
  const auto bytes = std::as_bytes(std::span{&params, 1});
  const DWORD privileges = owner | monitor | LINEOPENOPTION_SINGLEADDRESS;
  one.open(0, privileges, voice, bytes);
  any.open(0, owner, voice);
  provider.offer(0, LINECALLSTATE_OFFERING, voice, 0);
  EXPECT_EQ(one.take(), "new 0 2, state 2 1 2");
  EXPECT_EQ(any.take(), "new 0 4, state 2 1 4");
  provider.offer(0, LINECALLSTATE_OFFERING, voice, 1);
  EXPECT_EQ(one.take(), "new 1 4, state 2 1 4");
  params.dwAddressID = 2;
  EXPECT_EQ(one.try_open(0, privileges, voice, bytes), LINEERR_INVALADDRESSID);
  EXPECT_EQ(one.try_open(0, privileges, voice), LINEERR_INVALADDRESSID);
}

TEST_F(PrivilegeTest, OpenChecksItsParameters) {
  TestClient& app = client();
  EXPECT_EQ(app.try_open(0, 0), LINEERR_INVALPRIVSELECT);
  EXPECT_EQ(app.try_open(0, none | monitor), LINEERR_INVALPRIVSELECT);
  EXPECT_EQ(app.try_open(0, 0x40), LINEERR_INVALPRIVSELECT);
  EXPECT_EQ(app.try_open(0, owner | LINEOPENOPTION_PROXY, voice, {}, 0x00010004), LINEERR_INVALPRIVSELECT);
  EXPECT_EQ(app.try_open(0, owner, 1), LINEERR_INVALMEDIAMODE);
  EXPECT_EQ(app.try_open(2, owner), LINEERR_BADDEVICEID);
  EXPECT_EQ(app.try_open(0, owner, voice, {}, 0x00030001), LINEERR_INCOMPATIBLEAPIVERSION);
  EXPECT_EQ(server->counts().open_lines, 0u);
  EXPECT_TRUE(provider.lines.empty());
  provider.results["lineOpen"] = LINEERR_ALLOCATED;
  EXPECT_EQ(app.try_open(0, owner), LINEERR_ALLOCATED);
  provider.results.clear();
  provider.results["lineSetDefaultMediaDetection"] = LINEERR_INVALMEDIAMODE;
  EXPECT_EQ(app.try_open(0, owner), LINEERR_INVALMEDIAMODE);
  EXPECT_TRUE(provider.lines.empty()) << "opened and closed again";
  provider.results.clear();
  const DWORD mapped = app.open(LINEMAPPER, owner);
  EXPECT_NE(mapped, 0u);
  EXPECT_EQ(app.try_open(LINEMAPPER, owner, fax), LINEERR_LINEMAPPERFAILED);
}

TEST_F(PrivilegeTest, ProviderHearsTheUnionOfOpeners) {
  TestClient& a = client();
  TestClient& b = client();
  const DWORD first = a.open(0, owner, voice);
  const DWORD second = b.open(0, owner, fax);
  EXPECT_EQ(provider.count("lineOpen 0"), 1u);
  EXPECT_EQ(provider.lines[0].media, voice | fax);
  a.call<Fn::lineSetStatusMessages>(first, DWORD{LINEDEVSTATE_RINGING}, DWORD{LINEADDRESSSTATE_FORWARD});
  b.call<Fn::lineSetStatusMessages>(second, DWORD{LINEDEVSTATE_NUMCALLS}, 0u);
  EXPECT_EQ(provider.lines[0].line_states,
            DWORD{LINEDEVSTATE_RINGING | LINEDEVSTATE_NUMCALLS | LINEDEVSTATE_REINIT});
  EXPECT_EQ(a.call<Fn::lineClose>(first), 0);
  EXPECT_EQ(provider.lines[0].media, fax);
  EXPECT_EQ(provider.lines[0].line_states, DWORD{LINEDEVSTATE_NUMCALLS | LINEDEVSTATE_REINIT});
  EXPECT_EQ(a.call<Fn::lineClose>(first), LINEERR_INVALLINEHANDLE);
  EXPECT_EQ(b.call<Fn::lineClose>(second), 0);
  EXPECT_TRUE(provider.did("lineClose 0"));
}

TEST_F(PrivilegeTest, UnownedCallIsKeptAndFoundLater) {
  TestClient& watcher = client("watcher");
  const DWORD watched = watcher.open(0, monitor);
  provider.offer(0);
  EXPECT_EQ(watcher.take(), "new 0 2, state 2 1 2");
  EXPECT_FALSE(provider.did("lineDrop c1"));
  TestClient& boss = client("boss");
  const DWORD line = boss.open(0, owner);
  EXPECT_EQ(boss.take(), "") << "existing calls are not announced";
  EXPECT_EQ(watcher.call<Fn::lineClose>(watched), 0);
  EXPECT_FALSE(provider.did("lineCloseCall c1")) << "a watcher's leaving does not end what it watched";
  ASSERT_EQ(boss.call<Fn::lineGetNewCalls>(line, 0u, DWORD{LINECALLSELECT_LINE}, wire::Capacity{100}), 0);
  const auto bytes = std::get<0>(boss.answers<Fn::lineGetNewCalls>());
  const auto& list = boss.structure<LINECALLLIST>(bytes);
  ASSERT_EQ(list.dwCallsNumEntries, 1u);
  DWORD handle;
  std::memcpy(&handle, bytes.data() + list.dwCallsOffset, sizeof handle);
  EXPECT_EQ(boss.call<Fn::lineAnswer>(handle, wire::Data{}), LINEERR_NOTOWNER);
  EXPECT_EQ(boss.call<Fn::lineSetCallPrivilege>(handle, owner), 0);
  EXPECT_GT(boss.call<Fn::lineAnswer>(handle, wire::Data{}), 0);
  EXPECT_EQ(boss.call<Fn::lineGetNewCalls>(line, 0u, DWORD{LINECALLSELECT_LINE}, wire::Capacity{100}), 0);
  EXPECT_EQ(boss.structure<LINECALLLIST>(std::get<0>(boss.answers<Fn::lineGetNewCalls>())).dwCallsNumEntries,
            0u);
  EXPECT_EQ(boss.call<Fn::lineGetNewCalls>(line, 9u, DWORD{LINECALLSELECT_ADDRESS}, wire::Capacity{100}),
            LINEERR_INVALADDRESSID);
  EXPECT_EQ(boss.call<Fn::lineGetNewCalls>(line, 0u, DWORD{LINECALLSELECT_CALL}, wire::Capacity{100}),
            LINEERR_INVALCALLSELECT);
}

TEST_F(PrivilegeTest, NewCallsThatDoNotFitStayNew) {
  TestClient& app = client();
  const DWORD line = app.open(0, none);
  for (int i = 0; i < 3; ++i) provider.offer(0);
  app.settle();
  const auto list = [&](std::uint32_t room) {
    EXPECT_EQ(app.call<Fn::lineGetNewCalls>(line, 0u, DWORD{LINECALLSELECT_LINE}, wire::Capacity{room}), 0);
    return app.structure<LINECALLLIST>(std::get<0>(app.answers<Fn::lineGetNewCalls>()));
  };
  LINECALLLIST found = list(sizeof(LINECALLLIST) + 4);
  EXPECT_EQ(found.dwCallsNumEntries, 1u);
  EXPECT_EQ(found.dwNeededSize, sizeof(LINECALLLIST) + 12);
  EXPECT_EQ(list(100).dwCallsNumEntries, 2u);
  EXPECT_EQ(app.call<Fn::lineGetNewCalls>(line, 0u, DWORD{LINECALLSELECT_LINE}, wire::Capacity{8}),
            LINEERR_STRUCTURETOOSMALL);
}

TEST_F(PrivilegeTest, SoleOwnerOfALiveCallCannotStepDown) {
  TestClient& app = client();
  app.open(0, owner);
  provider.offer(0);
  app.take();
  const DWORD call = app.last_call;
  EXPECT_EQ(app.call<Fn::lineSetCallPrivilege>(call, monitor), LINEERR_INVALCALLSTATE);
  EXPECT_EQ(app.call<Fn::lineSetCallPrivilege>(call, none), LINEERR_INVALCALLPRIVILEGE);
  provider.state(1, LINECALLSTATE_IDLE);
  EXPECT_EQ(app.call<Fn::lineSetCallPrivilege>(call, monitor), 0);
}

TEST_F(PrivilegeTest, OthersHearOfCountsTheCauserDoesNot) {
  TestClient& a = client("a");
  TestClient& b = client("b");
  TestClient& c = client("c");
  a.open(0, owner);
  b.open(0, monitor);
  c.open(0, monitor);
  provider.offer(0);
  for (TestClient* each : {&a, &b, &c}) each->take();
  b.call<Fn::lineSetCallPrivilege>(b.last_call, owner);
  EXPECT_EQ(b.take(), "");
  EXPECT_EQ(a.take(), "info 2800") << "one owner more, one monitor less";
  EXPECT_EQ(c.take(), "info 2800");
  b.call<Fn::lineSetCallPrivilege>(b.last_call, monitor);
  EXPECT_EQ(a.take(), "info 3000");
  c.call<Fn::lineDeallocateCall>(c.last_call);
  EXPECT_EQ(a.take(), "info 2000");
  provider.state(1, LINECALLSTATE_IDLE);
  a.take();
  b.call<Fn::lineDeallocateCall>(b.last_call);
  EXPECT_EQ(a.take(), "") << "never after idle";
}

TEST_F(PrivilegeTest, HandOffByNameAndByMedium) {
  TestClient& a = client("alpha");
  TestClient& b = client("beta");
  TestClient& c = client("gamma");
  a.open(0, owner, voice);
  b.open(0, owner, fax);
  c.open(0, monitor);
  provider.offer(0, LINECALLSTATE_CONNECTED, voice);
  for (TestClient* each : {&a, &b, &c}) each->take();
  const DWORD call = a.last_call;
  const auto hand_off = [&](const wire::Text& name, DWORD medium) {
    return a.call<Fn::lineHandoff>(call, name, medium);
  };
  EXPECT_EQ(hand_off(u"gamma", 0), LINEERR_TARGETNOTFOUND) << "not open as owner";
  EXPECT_EQ(hand_off({}, voice | fax), LINEERR_INVALMEDIAMODE);
  EXPECT_EQ(hand_off({}, voice), LINEERR_TARGETSELF);
  EXPECT_EQ(hand_off({}, LINEMEDIAMODE_TDD), LINEERR_TARGETNOTFOUND);
  EXPECT_EQ(hand_off(u"beta", 0), 0) << "media modes of its open are ignored";
  EXPECT_EQ(b.take(), "new 0 4, state 100 0 4");
  EXPECT_EQ(a.take(), "") << "the giver keeps its privilege and is not told";
  EXPECT_EQ(c.take(), "info 800");
  EXPECT_EQ(hand_off({}, fax), 0) << "again: it owns the call already";
  EXPECT_EQ(b.take(), "state 100 0 4");
  EXPECT_EQ(c.take(), "");
  EXPECT_EQ(c.call<Fn::lineHandoff>(c.last_call, wire::Text{u"beta"}, 0u), LINEERR_NOTOWNER);
  EXPECT_EQ(a.call<Fn::lineSetCallPrivilege>(call, monitor), 0);
  EXPECT_EQ(b.take(), "info 3000");
}

TEST_F(PrivilegeTest, DeallocatingKeepsTheCallForOthersAndClosesItWithTheLast) {
  TestClient& a = client();
  TestClient& b = client();
  a.open(0, owner);
  b.open(0, monitor);
  provider.offer(0, LINECALLSTATE_CONNECTED);
  a.take(), b.take();
  EXPECT_EQ(a.call<Fn::lineDeallocateCall>(a.last_call), 0) << "allowed since 2.0";
  EXPECT_EQ(b.take(), "info 1000");
  EXPECT_FALSE(provider.did("lineDrop c1"));
  EXPECT_FALSE(provider.did("lineCloseCall c1"));
  EXPECT_EQ(b.call<Fn::lineDeallocateCall>(b.last_call), 0);
  EXPECT_TRUE(provider.did("lineCloseCall c1"));
  TestClient& old = client("old", 0x00010004);
  old.open(1, owner, voice, {}, 0x00010004);
  provider.offer(1);
  const auto messages = old.take_all();
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(old.call<Fn::lineDeallocateCall>(messages[0].device), LINEERR_INVALCALLSTATE);
}

TEST_F(PrivilegeTest, ClosingTheLineDropsSolelyOwnedCallsAlone) {
  TestClient& a = client("a");
  TestClient& b = client("b");
  const DWORD line = a.open(0, owner);
  const DWORD other = b.open(0, owner | monitor);
  provider.offer(0, LINECALLSTATE_CONNECTED);
  provider.offer(0, LINECALLSTATE_CONNECTED);
  const auto calls = b.take_all();
  b.call<Fn::lineSetCallPrivilege>(b.last_call, owner); // of the second
  a.take();
  provider.complete_at_once = false;
  EXPECT_EQ(a.call<Fn::lineClose>(line), 0);
  EXPECT_TRUE(provider.did("lineDrop c1"));
  EXPECT_FALSE(provider.did("lineDrop c2")) << "it has another owner";
  EXPECT_FALSE(provider.did("lineCloseCall c1")) << "a monitor keeps it";
  EXPECT_EQ(b.take(), "info 1000, info 1000");
  provider.complete();
  provider.state(1, LINECALLSTATE_IDLE);
  EXPECT_EQ(b.take(), "state 1 0 0");
  EXPECT_EQ(b.call<Fn::lineClose>(other), 0);
  EXPECT_TRUE(provider.did("lineDrop c2"));
  EXPECT_TRUE(provider.did("lineCloseCall c2"));
  EXPECT_TRUE(provider.did("lineClose 0"));
  EXPECT_EQ(server->counts().calls, 0u);
  EXPECT_EQ(server->counts().call_handles, 0u);
}

TEST_F(PrivilegeTest, ClosingSuppressesRepliesAndSaysSo) {
  TestClient& app = client();
  const DWORD line = app.open(0, owner);
  client().open(0, monitor);
  provider.complete_at_once = false;
  app.call<Fn::lineMakeCall>(line, wire::Text{u"1"}, 0u, wire::Data{});
  const std::uint32_t sequence = app.sequence;
  EXPECT_EQ(app.call<Fn::lineClose>(line), 0);
  EXPECT_TRUE(provider.did("lineCloseCall c1"));
  const auto messages = app.take_all();
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(word(messages[0]), "dropped");
  EXPECT_EQ(messages[0].sequence, sequence);
  while (!provider.waiting.empty()) provider.complete(LINEERR_OPERATIONFAILED);
  EXPECT_EQ(app.take(), "");
  EXPECT_EQ(server->counts().requests, 0u);
  EXPECT_EQ(server->counts().calls, 0u);
}

TEST_F(PrivilegeTest, ClientKilledMidCallReleasesItsOwn) {
  TestClient& victim = client("victim");
  TestClient& other = client("other");
  victim.open(0, owner);
  victim.open(1, owner);
  other.open(0, monitor);
  provider.offer(0, LINECALLSTATE_CONNECTED);
  other.take();
  provider.complete_at_once = false;
  victim.call<Fn::lineSetupTransfer>(victim.last_call, wire::Data{}); // in progress when it dies
  victim.session.reset();
  EXPECT_TRUE(provider.did("lineDrop c1"));
  EXPECT_TRUE(provider.did("lineClose 1"));
  EXPECT_FALSE(provider.did("lineClose 0"));
  EXPECT_EQ(other.take(), "info 1000");
  while (!provider.waiting.empty()) provider.complete();
  loop.settle();
  EXPECT_EQ(server->counts().clients, 1u);
  EXPECT_EQ(server->counts().requests, 0u);
  provider.state(1, LINECALLSTATE_IDLE);
  EXPECT_EQ(other.take(), "state 1 0 0") << "others go on";
}

TEST_F(PrivilegeTest, ShutdownClosesTheApplicationAlone) {
  TestClient& app = client();
  app.open(0, owner);
  EXPECT_EQ(app.call<Fn::lineShutdown>(app.app), 0);
  EXPECT_EQ(app.call<Fn::lineShutdown>(app.app), LINEERR_INVALAPPHANDLE);
  EXPECT_TRUE(provider.did("lineClose 0"));
  EXPECT_EQ(server->counts().apps, 0u);
  EXPECT_EQ(server->counts().clients, 1u);
}

TEST_F(PrivilegeTest, HandlesOfOtherClientsAndKindsAreWrong) {
  TestClient& a = client();
  TestClient& b = client();
  const DWORD line = a.open(0, owner);
  EXPECT_EQ(b.call<Fn::lineClose>(line), LINEERR_INVALLINEHANDLE);
  EXPECT_EQ(b.call<Fn::lineShutdown>(a.app), LINEERR_INVALAPPHANDLE);
  EXPECT_EQ(a.call<Fn::lineClose>(a.app), LINEERR_INVALLINEHANDLE) << "an application's handle is no line's";
  EXPECT_EQ(a.call<Fn::lineDrop>(line, wire::Data{}), LINEERR_INVALCALLHANDLE);
}

} // namespace
} // namespace tl::server::test
