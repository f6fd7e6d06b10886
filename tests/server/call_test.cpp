// SPDX-License-Identifier: Apache-2.0
// Asynchronous requests, new calls and their order (call states and asynchronous rules of TAPI 2.x).
#include "fixture.hpp"

namespace tl::server::test {
namespace {

constexpr DWORD owner = LINECALLPRIVILEGE_OWNER, monitor = LINECALLPRIVILEGE_MONITOR,
                none = LINECALLPRIVILEGE_NONE;

class CallTest : public ServerTest {
protected:
  void SetUp() override { start(); }
  LONG make_call(TestClient& by, DWORD line, const wire::Text& number = u"1001", wire::Data params = {}) {
    return by.call<Fn::lineMakeCall>(line, number, 0u, params);
  }
};

TEST_F(CallTest, ReplyComesAfterTheFunctionReturnedEvenIfTheProviderCompletesInside) {
  TestClient& app = client();
  const DWORD line = app.open(0, owner);
  const LONG id = make_call(app, line);
  ASSERT_GT(id, 0);
  EXPECT_TRUE(app.seen.empty()) << "a message before the function returned";
  const auto messages = app.take_all();
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(messages[0].message, DWORD{LINE_REPLY});
  EXPECT_EQ(messages[0].p1, static_cast<DWORD_PTR>(id));
  EXPECT_EQ(messages[0].p2, 0u);
  EXPECT_EQ(messages[0].device, line);
  EXPECT_EQ(messages[0].sequence, app.sequence);
  EXPECT_EQ(messages[0].instance, 0xABCu);
  EXPECT_NE(app.last_call, 0u);
  EXPECT_TRUE(provider.did("lineMakeCall 1001"));
}

TEST_F(CallTest, NewCallIsUnknownToEverybodyUntilItsReply) {
  TestClient& app = client("app");
  TestClient& watcher = client("watcher");
  const DWORD line = app.open(0, owner);
  const DWORD watched = watcher.open(0, monitor);
  provider.complete_at_once = false;
  make_call(app, line);
  provider.state(1, LINECALLSTATE_DIALING); // too early: the provider is at fault
  provider.event(1, LINE_CALLINFO, LINECALLINFOSTATE_CALLEDID);
  EXPECT_EQ(app.take(), "");
  EXPECT_EQ(watcher.take(), "");
  EXPECT_EQ(watcher.call<Fn::lineGetNewCalls>(watched, 0u, DWORD{LINECALLSELECT_LINE}, wire::Capacity{100}),
            0);
  EXPECT_EQ(reinterpret_cast<const DWORD*>(std::get<0>(watcher.answers<Fn::lineGetNewCalls>()).data())[3],
            0u);
  provider.complete();
  EXPECT_EQ(app.take(), "reply 0, info 10000, state 10 0 0");
  EXPECT_EQ(watcher.take(), "new 0 2, state 8000 0 2, info 10000, state 10 0 0");
  provider.state(1, LINECALLSTATE_CONNECTED, LINECONNECTEDMODE_ACTIVE);
  EXPECT_EQ(app.take(), "state 100 1 0");
}

TEST_F(CallTest, FailureOfANewCallLeavesNothing) {
  TestClient& app = client();
  const DWORD line = app.open(0, owner);
  provider.complete_at_once = false;
  make_call(app, line);
  EXPECT_EQ(server->counts().calls, 1u);
  provider.complete(LINEERR_CALLUNAVAIL);
  EXPECT_EQ(app.take(), fmt::format("reply {:x}", static_cast<DWORD>(LINEERR_CALLUNAVAIL)));
  EXPECT_EQ(server->counts().calls, 0u);
  EXPECT_FALSE(provider.did("lineCloseCall c1"));

  provider.results["lineMakeCall"] = LINEERR_INVALADDRESS;
  EXPECT_EQ(make_call(app, line), LINEERR_INVALADDRESS);
  EXPECT_EQ(app.take(), "");
  EXPECT_EQ(server->counts().calls, 0u);
  EXPECT_EQ(server->counts().requests, 0u);
}

TEST_F(CallTest, ProviderThatAnswersNeitherIdNorErrorIsAnError) {
  TestClient& app = client();
  const DWORD line = app.open(0, owner);
  for (const LONG wrong : {0, 12345}) {
    provider.results["lineMakeCall"] = wrong;
    EXPECT_EQ(make_call(app, line), LINEERR_OPERATIONFAILED);
  }
  EXPECT_EQ(server->counts().requests, 0u);
  EXPECT_TRUE(log.says("neither the id nor an error"));
}

TEST_F(CallTest, WrongAndRepeatedCompletionsAreLoggedAndIgnored) {
  TestClient& app = client();
  const DWORD line = app.open(0, owner);
  provider.complete_at_once = false;
  const LONG id = make_call(app, line);
  provider.complete_id(id + 1, 0);
  provider.complete_id(0, 0);
  provider.complete_id(0xFFFFFFFF, 0);
  EXPECT_EQ(app.take(), "");
  provider.complete_id(id, 0);
  provider.complete_id(id, LINEERR_OPERATIONFAILED);
  EXPECT_EQ(app.take(), "reply 0");
  EXPECT_EQ(log.lines.size(), 4u);
}

TEST_F(CallTest, CompletionThatIsNeitherSuccessNorErrorFails) {
  TestClient& app = client();
  const DWORD line = app.open(0, owner);
  provider.complete_at_once = false;
  make_call(app, line);
  provider.complete(7);
  EXPECT_EQ(app.take(), fmt::format("reply {:x}", static_cast<DWORD>(LINEERR_OPERATIONFAILED)));
  EXPECT_TRUE(log.says("neither success nor an error"));
  provider.results["lineMonitorDigits"] = 7;
  provider.offer(0, LINECALLSTATE_CONNECTED);
  app.take();
  EXPECT_EQ(app.call<Fn::lineMonitorDigits>(app.last_call, DWORD{LINEDIGITMODE_DTMF}),
            LINEERR_OPERATIONFAILED);
}

TEST_F(CallTest, ProvidersDoNotCountOwners) {
  TestClient& app = client();
  app.open(0, owner);
  provider.offer(0, LINECALLSTATE_CONNECTED);
  app.take();
  provider.event(1, LINE_CALLINFO, LINECALLINFOSTATE_NUMOWNERINCR);
  EXPECT_EQ(app.take(), "");
  provider.event(1, LINE_CALLINFO, LINECALLINFOSTATE_NUMMONITORS | LINECALLINFOSTATE_CALLERID);
  EXPECT_EQ(app.take(), "info 8000");
}

TEST_F(CallTest, RequestIdsArePositiveAndNotReusedWhileInProgress) {
  TestClient& app = client();
  const DWORD line = app.open(0, owner);
  provider.complete_at_once = false;
  std::vector<LONG> ids;
  for (int i = 0; i < 100; ++i) ids.push_back(make_call(app, line));
  std::sort(ids.begin(), ids.end());
  EXPECT_GT(ids.front(), 0);
  EXPECT_EQ(std::unique(ids.begin(), ids.end()), ids.end());
}

TEST_F(CallTest, InboundCallIsAnnouncedWithPrivilegesAndStateTogether) {
  TestClient& boss = client("boss");
  TestClient& watcher = client("watcher");
  TestClient& old = client("old", 0x00010004);
  TestClient& caller_only = client("none");
  const DWORD line = boss.open(0, owner | monitor);
  watcher.open(0, monitor);
  old.open(0, monitor, 0, {}, 0x00010004);
  caller_only.open(0, none);
  provider.offer(0, LINECALLSTATE_OFFERING, LINEMEDIAMODE_INTERACTIVEVOICE, 1);
  const auto messages = boss.take_all();
  ASSERT_EQ(messages.size(), 2u);
  EXPECT_EQ(word(messages[0]), "new 1 4");
  EXPECT_EQ(messages[0].device, line);
  EXPECT_EQ(word(messages[1]), "state 2 1 4");
  EXPECT_EQ(messages[1].device, boss.last_call);
  EXPECT_EQ(watcher.take(), "new 1 2, state 2 1 2");
  EXPECT_EQ(old.take(), "state 2 1 2") << "LINE_APPNEWCALL came with 2.0";
  EXPECT_EQ(caller_only.take(), "");
  provider.state(1, LINECALLSTATE_ACCEPTED);
  EXPECT_EQ(boss.take(), "state 4 0 0");
  EXPECT_EQ(old.take(), "state 4 0 0");
}

TEST_F(CallTest, EventsReportedInsideAFunctionComeAfterItsEnd) {
  TestClient& app = client();
  app.open(0, owner);
  provider.offer(0);
  app.take();
  provider.during["lineAnswer"] = [&] { provider.state(1, LINECALLSTATE_CONNECTED); };
  EXPECT_GT(app.call<Fn::lineAnswer>(app.last_call, wire::Data{}), 0);
  EXPECT_TRUE(app.seen.empty());
  EXPECT_EQ(app.take(), "state 100 0 0, reply 0") << "in the provider's order";
}

TEST_F(CallTest, NothingFollowsIdle) {
  TestClient& app = client();
  app.open(0, owner);
  provider.offer(0);
  app.take();
  provider.state(1, LINECALLSTATE_IDLE);
  provider.state(1, LINECALLSTATE_CONNECTED);
  provider.event(1, LINE_CALLINFO, LINECALLINFOSTATE_CALLERID);
  EXPECT_EQ(app.take(), "state 1 0 0");
  EXPECT_EQ(app.call<Fn::lineGetCallStatus>(app.last_call, wire::Capacity{200}), 0) << "still readable";
  EXPECT_FALSE(provider.did("lineCloseCall c1"));
  EXPECT_EQ(app.call<Fn::lineDrop>(app.last_call, wire::Data{}), LINEERR_INVALCALLSTATE);
  EXPECT_EQ(app.call<Fn::lineDeallocateCall>(app.last_call), 0);
  EXPECT_TRUE(provider.did("lineCloseCall c1"));
  EXPECT_EQ(app.call<Fn::lineDeallocateCall>(app.last_call), LINEERR_INVALCALLHANDLE);
  EXPECT_EQ(server->counts().calls, 0u);
}

TEST_F(CallTest, FunctionsCheckHandlePrivilegeAndState) {
  TestClient& boss = client("boss");
  TestClient& watcher = client("watcher");
  boss.open(0, owner);
  watcher.open(0, monitor);
  provider.offer(0);
  boss.settle();
  EXPECT_EQ(watcher.call<Fn::lineAnswer>(watcher.last_call, wire::Data{}), LINEERR_NOTOWNER);
  EXPECT_EQ(watcher.call<Fn::lineAnswer>(boss.last_call, wire::Data{}), LINEERR_INVALCALLHANDLE)
      << "another client's handle";
  EXPECT_EQ(boss.call<Fn::lineAnswer>(0x12345678u, wire::Data{}), LINEERR_INVALCALLHANDLE);
  EXPECT_EQ(boss.call<Fn::lineHold>(boss.last_call), LINEERR_INVALCALLSTATE);
  EXPECT_EQ(boss.call<Fn::lineBlindTransfer>(boss.last_call, wire::Text{u"1"}, 0u), LINEERR_INVALCALLSTATE);
  EXPECT_EQ(boss.call<Fn::lineRedirect>(boss.last_call, wire::Text{}, 0u), LINEERR_INVALPOINTER);
  EXPECT_GT(boss.call<Fn::lineRedirect>(boss.last_call, wire::Text{u"2002"}, 0u), 0);
  EXPECT_TRUE(provider.did("lineRedirect c1 2002"));
  EXPECT_EQ(boss.call<Fn::linePark>(boss.last_call, 1u, wire::Text{u"5"}, wire::Capacity{}),
            LINEERR_INVALCALLSTATE);
  EXPECT_EQ(boss.call<Fn::lineSecureCall>(boss.last_call), LINEERR_OPERATIONUNAVAIL) << "not exported";
  provider.state(1, LINECALLSTATE_UNKNOWN);
  EXPECT_GT(boss.call<Fn::lineHold>(boss.last_call), 0) << "an unknown state permits everything";
}

TEST_F(CallTest, BridgedCallIsJoinedByAnswering) {
  TestClient& app = client();
  app.open(0, owner);
  provider.offer(0, LINECALLSTATE_CONNECTED);
  app.settle();
  EXPECT_EQ(app.call<Fn::lineAnswer>(app.last_call, wire::Data{}), LINEERR_INVALCALLSTATE);
  provider.state(1, LINECALLSTATE_CONNECTED, LINECONNECTEDMODE_INACTIVE);
  EXPECT_GT(app.call<Fn::lineAnswer>(app.last_call, wire::Data{}), 0);
}

TEST_F(CallTest, SetUpAndCompleteATransfer) {
  TestClient& app = client();
  app.open(0, owner);
  provider.offer(0, LINECALLSTATE_CONNECTED);
  app.take();
  const DWORD first = app.last_call;
  ASSERT_GT(app.call<Fn::lineSetupTransfer>(first, wire::Data{}), 0);
  EXPECT_EQ(app.take(), "reply 0");
  const DWORD consult = app.last_call;
  ASSERT_NE(consult, first);
  provider.state(1, LINECALLSTATE_ONHOLDPENDTRANSFER);
  provider.state(2, LINECALLSTATE_DIALTONE);
  EXPECT_EQ(app.take(), "state 2000 0 0, state 8 0 0");
  EXPECT_GT(app.call<Fn::lineDial>(consult, wire::Text{u"1002"}, 0u), 0);
  provider.state(2, LINECALLSTATE_CONNECTED);
  app.take();
  const auto complete = [&](DWORD call, DWORD other, DWORD mode) {
    return app.call<Fn::lineCompleteTransfer>(call, other, mode);
  };
  EXPECT_EQ(complete(first, consult, 77), LINEERR_INVALTRANSFERMODE);
  EXPECT_EQ(complete(first, 99, LINETRANSFERMODE_TRANSFER), LINEERR_INVALCONSULTCALLHANDLE);
  EXPECT_EQ(complete(consult, first, LINETRANSFERMODE_TRANSFER), LINEERR_INVALCALLSTATE);
  EXPECT_GT(complete(first, consult, LINETRANSFERMODE_CONFERENCE), 0);
  EXPECT_EQ(app.take(), "reply 0");
  const DWORD conference = app.last_call;
  EXPECT_EQ(server->counts().call_handles, 3u);
  // Members name the parent by the receiver's own handle.
  provider.state(3, LINECALLSTATE_CONNECTED);
  provider.state(1, LINECALLSTATE_CONFERENCED, reinterpret_cast<DWORD_PTR>(provider.calls[3].server));
  EXPECT_EQ(app.take(), fmt::format("state 100 0 0, state 800 {:x} 0", conference));
  ASSERT_EQ(app.call<Fn::lineGetConfRelatedCalls>(first, wire::Capacity{200}), 0);
  const auto list = std::get<0>(app.answers<Fn::lineGetConfRelatedCalls>());
  const auto& head = app.structure<LINECALLLIST>(list);
  ASSERT_EQ(head.dwCallsNumEntries, 2u);
  DWORD handles[2];
  std::memcpy(handles, list.data() + head.dwCallsOffset, sizeof handles);
  EXPECT_EQ(handles[0], conference) << "the parent comes first";
  EXPECT_EQ(handles[1], first);
  EXPECT_EQ(app.call<Fn::lineGetConfRelatedCalls>(consult, wire::Capacity{200}), LINEERR_NOCONFERENCE);
}

TEST_F(CallTest, ConferenceSetupMakesTwoCalls) {
  TestClient& app = client();
  const DWORD line = app.open(0, owner);
  ASSERT_GT(app.call<Fn::lineSetupConference>(0u, line, 3u, wire::Data{}), 0);
  const auto messages = app.take_all();
  ASSERT_EQ(messages.size(), 1u);
  const auto answers = wire::decode_answers<Fn::lineSetupConference>(messages[0].extra);
  ASSERT_TRUE(answers);
  EXPECT_NE(std::get<0>(*answers), std::get<1>(*answers));
  EXPECT_EQ(server->counts().call_handles, 2u);
}

TEST_F(CallTest, AnswersOfOtherRequestsTravelWithTheReply) {
  TestClient& app = client();
  const DWORD line = app.open(0, owner);
  provider.offer(0, LINECALLSTATE_BUSY);
  app.take();
  ASSERT_GT(app.call<Fn::lineCompleteCall>(app.last_call, 1u, 0u), 0);
  auto messages = app.take_all();
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(std::get<0>(*wire::decode_answers<Fn::lineCompleteCall>(messages[0].extra)), 99u);

  provider.written = {std::byte{1}, std::byte{2}};
  const std::byte block[4]{};
  ASSERT_GT(app.call<Fn::lineDevSpecific>(line, 0u, 0u, wire::Data{block}), 0);
  messages = app.take_all();
  ASSERT_EQ(messages.size(), 1u);
  const auto answer = std::get<0>(*wire::decode_answers<Fn::lineDevSpecific>(messages[0].extra));
  ASSERT_EQ(answer.size(), 4u);
  EXPECT_EQ(answer[1], std::byte{2});

  ASSERT_GT(app.call<Fn::lineForward>(line, 1u, 0u, wire::Data{}, 0u, wire::Data{}), 0);
  messages = app.take_all();
  ASSERT_EQ(messages.size(), 1u);
  EXPECT_EQ(messages[0].p2, 0u) << "no consultation call is no failure";
  EXPECT_EQ(std::get<0>(*wire::decode_answers<Fn::lineForward>(messages[0].extra)), 0u);
}

TEST_F(CallTest, StatusComesFromTheServerAndTheProvider) {
  TestClient& app = client();
  app.open(0, owner);
  provider.offer(0);
  app.settle();
  loop.run_for(std::chrono::seconds{90});
  provider.state(1, LINECALLSTATE_CONNECTED, LINECONNECTEDMODE_ACTIVE);
  app.settle();
  const Time entered = loop.now();
  loop.run_for(std::chrono::seconds{45});
  ASSERT_EQ(app.call<Fn::lineGetCallStatus>(app.last_call, wire::Capacity{sizeof(LINECALLSTATUS)}), 0);
  const auto& status = app.structure<LINECALLSTATUS>(std::get<0>(app.answers<Fn::lineGetCallStatus>()));
  EXPECT_EQ(status.dwCallState, DWORD{LINECALLSTATE_CONNECTED});
  EXPECT_EQ(status.dwCallStateMode, DWORD{LINECONNECTEDMODE_ACTIVE});
  EXPECT_EQ(status.dwCallPrivilege, owner);
  EXPECT_EQ(status.dwCallFeatures, DWORD{LINECALLFEATURE_DROP});
  EXPECT_EQ(status.dwTotalSize, sizeof(LINECALLSTATUS));
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(entered.time_since_epoch()).count() % 60;
  EXPECT_EQ(status.tStateEntryTime.wSecond, seconds);
  EXPECT_EQ(status.tStateEntryTime.wYear, 2019) << "the virtual loop starts 50 x 8760 h after 1970";
}

TEST_F(CallTest, CallInfoHasTheServersOwnFields) {
  TestClient& app = client();
  const DWORD line = app.open(0, owner);
  client("watcher").open(0, monitor);
  struct {
    LINECALLPARAMS params{};
    char16_t party[6] = u"Alice";
  } __attribute__((packed)) with;
  with.params.dwTotalSize = sizeof with;
  with.params.dwCalledPartySize = sizeof with.party;
  with.params.dwCalledPartyOffset = sizeof(LINECALLPARAMS);
  make_call(app, line, u"1001", std::as_bytes(std::span{&with, 1}));
  app.settle();
  ASSERT_EQ(app.call<Fn::lineGetCallInfo>(app.last_call, wire::Capacity{1000}), 0);
  const auto bytes = std::get<0>(app.answers<Fn::lineGetCallInfo>());
  const auto& info = app.structure<LINECALLINFO>(bytes);
  EXPECT_EQ(info.hLine, line);
  EXPECT_EQ(info.dwCallID, 4711u);
  EXPECT_EQ(info.dwNumOwners, 1u);
  EXPECT_EQ(info.dwNumMonitors, 1u);
  EXPECT_EQ(info.dwTotalSize, 1000u);
  EXPECT_EQ(info.dwUsedSize, bytes.size());
  ASSERT_EQ(info.dwCalledPartySize, sizeof with.party);
  EXPECT_EQ(std::memcmp(bytes.data() + info.dwCalledPartyOffset, with.party, sizeof with.party), 0);
  EXPECT_EQ(info.dwAppNameSize, sizeof u"Friendly");
  // Without room for the texts, what is needed is said.
  ASSERT_EQ(app.call<Fn::lineGetCallInfo>(app.last_call, wire::Capacity{sizeof(LINECALLINFO)}), 0);
  const auto& small = app.structure<LINECALLINFO>(std::get<0>(app.answers<Fn::lineGetCallInfo>()));
  EXPECT_EQ(small.dwCalledPartySize, 0u);
  EXPECT_GE(small.dwNeededSize, sizeof(LINECALLINFO) + sizeof with.party + sizeof u"Friendly");
  EXPECT_EQ(app.call<Fn::lineGetCallInfo>(app.last_call, wire::Capacity{100}), LINEERR_STRUCTURETOOSMALL);
}

// What the server passes on as it came.
TEST_F(CallTest, OtherFunctionsReachTheProviderWithTheirArguments) {
  TestClient& app = client();
  const DWORD line = app.open(0, owner);
  provider.offer(0, LINECALLSTATE_CONNECTED);
  app.take();
  const DWORD call = app.last_call;
  const auto text = [](std::string_view said) { return wire::Data{std::as_bytes(std::span{said})}; };
  const LINEDIALPARAMS dialling{};
  const auto dialling_bytes = wire::Data{std::as_bytes(std::span{&dialling, 1})};
  EXPECT_GT(app.call<Fn::lineSetCallData>(call, text("order 66")), 0);
  EXPECT_GT(app.call<Fn::lineSetCallParams>(call, 1u, 0u, 0u, dialling_bytes), 0);
  EXPECT_GT(app.call<Fn::lineSendUserUserInfo>(call, text("hi")), 0);
  EXPECT_GT(app.call<Fn::lineSetCallTreatment>(call, 4u), 0);
  EXPECT_GT(app.call<Fn::lineSetTerminal>(line, 0u, 0u, DWORD{LINECALLSELECT_LINE}, 1u, 9u, 1u), 0);
  EXPECT_GT(app.call<Fn::lineSetLineDevStatus>(line, DWORD{LINEDEVSTATUSFLAGS_MSGWAIT}, 1u), 0);
  EXPECT_GT(app.call<Fn::lineDevSpecificFeature>(line, 5u, text("abc")), 0);
  EXPECT_GT(app.call<Fn::lineUncompleteCall>(line, 99u), 0);
  EXPECT_GT(app.call<Fn::lineUnpark>(line, 0u, wire::Text{u"701"}), 0);
  EXPECT_GT(app.call<Fn::linePickup>(line, 0u, wire::Text{}, wire::Text{u"sales"}), 0);
  EXPECT_GT(app.call<Fn::linePrepareAddToConference>(call, wire::Data{}), 0);
  EXPECT_EQ(app.call<Fn::lineSetAppSpecific>(call, 77u), 0);
  EXPECT_EQ(app.call<Fn::lineSetDevConfig>(0u, text("cfg"), wire::Text{u"wave"}), 0);
  for (const char* each :
       {"lineSetCallData c1 order 66", "lineSetCallParams c1 1 with", "lineSendUserUserInfo c1 hi",
        "lineSetCallTreatment c1 4", "lineSetTerminal 0 1 9", "lineSetLineDevStatus 0 2 1",
        "lineDevSpecificFeature 0 5 3", "lineUncompleteCall 0 99", "lineUnpark 701",
        "linePickup (null) sales", "linePrepareAddToConference c1", "lineSetAppSpecific c1",
        "lineSetDevConfig wave 3"})
    EXPECT_TRUE(provider.did(each)) << each;
  EXPECT_EQ(app.take(),
            "reply 0, reply 0, reply 0, reply 0, reply 0, reply 0, reply 0, reply 0, reply 0, reply 0, "
            "reply 0");
  EXPECT_EQ(app.call<Fn::lineSetTerminal>(line, 0u, 0u, 99u, 1u, 9u, 1u), LINEERR_INVALCALLSELECT);
  EXPECT_EQ(app.call<Fn::lineSetLineDevStatus>(line, 0u, 1u), LINEERR_INVALPARAM);
  ASSERT_EQ(app.call<Fn::lineGetID>(line, 0u, 0u, DWORD{LINECALLSELECT_LINE}, wire::Capacity{100},
                                    wire::Text{u"TAPI/line"}),
            0);
  const auto id = std::get<0>(app.answers<Fn::lineGetID>());
  const auto& where = app.structure<VARSTRING>(id);
  EXPECT_EQ(where.dwStringSize, 4u);
  EXPECT_FALSE(provider.did("lineGetID TAPI/line")) << "the server's own class";
  ASSERT_EQ(app.call<Fn::lineGetAddressID>(line, DWORD{LINEADDRESSMODE_DIALABLEADDR}, wire::Text{u"1001"}),
            0);
  EXPECT_EQ(std::get<0>(app.answers<Fn::lineGetAddressID>()), 1u);
  EXPECT_EQ(app.call<Fn::lineGetAddressID>(line, DWORD{LINEADDRESSMODE_ADDRESSID}, wire::Text{u"1"}),
            LINEERR_INVALADDRESSMODE);
  EXPECT_EQ(app.call<Fn::lineSetNumRings>(line, 1u, 4u), 0);
  ASSERT_EQ(app.call<Fn::lineGetNumRings>(line, 1u), 0);
  EXPECT_EQ(std::get<0>(app.answers<Fn::lineGetNumRings>()), 4u);
}

} // namespace
} // namespace tl::server::test
