// SPDX-License-Identifier: Apache-2.0
// Assisted telephony, the order of applications, providers added by applications, reinitialisation.
#include "fixture.hpp"

#include <cstring>

namespace tl::server::test {
namespace {

constexpr DWORD make_call = LINEREQUESTMODE_MAKECALL, voice = LINEMEDIAMODE_INTERACTIVEVOICE;
constexpr DWORD owner = LINECALLPRIVILEGE_OWNER;
constexpr const char* request_told = "message 13 1 0 0";

class AssistedTest : public ServerTest {
protected:
  static LONG ask(TestClient& from, std::u16string_view address) {
    return from.call<Fn::tapiRequestMakeCall>(wire::Text{address}, wire::Text{u"Notes"}, wire::Text{u"Bob"},
                                              wire::Text{});
  }
  static LONG take_part(TestClient& app, DWORD enable = 1, DWORD instance = 7) {
    return app.call<Fn::lineRegisterRequestRecipient>(app.app, instance, make_call, enable);
  }
  // The destination fetched, or the error.
  static std::string fetch(TestClient& app) {
    const LONG result =
        app.call<Fn::lineGetRequest>(app.app, make_call, wire::Capacity{sizeof(LINEREQMAKECALLW)});
    if (result != 0) return result == LINEERR_NOREQUEST ? "none" : "error";
    const auto& made = app.structure<LINEREQMAKECALLW>(std::get<0>(app.answers<Fn::lineGetRequest>()));
    std::string address;
    for (const WCHAR unit : made.szDestAddress) {
      if (unit == 0) break;
      address += static_cast<char>(unit);
    }
    return address;
  }
  static LONG put_first(TestClient& app, std::u16string_view name, DWORD media, DWORD priority = 1) {
    return app.call<Fn::lineSetAppPriority>(wire::Text{name}, media, wire::Data{},
                                            media == 0 ? make_call : 0u, wire::Text{}, priority);
  }
  static DWORD place(TestClient& app, std::u16string_view name, DWORD media) {
    EXPECT_EQ(app.call<Fn::lineGetAppPriority>(wire::Text{name}, media, wire::Data{},
                                               media == 0 ? make_call : 0u, wire::Capacity{0}),
              0);
    return std::get<1>(app.answers<Fn::lineGetAppPriority>());
  }
};

TEST_F(AssistedTest, RequestIsToldAndFetched) {
  start();
  TestClient& dialer = client("dialer");
  TestClient& notes = client("notes");
  EXPECT_EQ(ask(notes, u"+1 (425) 555-0100"), TAPIERR_NOREQUESTRECIPIENT);
  EXPECT_EQ(fetch(dialer), "error") << "not registered";
  EXPECT_EQ(dialer.call<Fn::lineRegisterRequestRecipient>(dialer.app, 7u, 8u, 1u), LINEERR_INVALREQUESTMODE);
  EXPECT_EQ(take_part(dialer), 0);
  EXPECT_EQ(ask(notes, u"1001"), 0);
  EXPECT_EQ(ask(notes, u"1002"), 0);
  const auto told = dialer.take_all();
  ASSERT_EQ(told.size(), 2u);
  EXPECT_EQ(word(told[0]), request_told);
  EXPECT_EQ(told[0].instance, 7u);
  EXPECT_EQ(told[0].device, 0u);
  EXPECT_EQ(fetch(dialer), "1001");
  EXPECT_EQ(fetch(dialer), "1002");
  EXPECT_EQ(fetch(dialer), "none");
  EXPECT_EQ(ask(notes, u""), TAPIERR_INVALDESTADDRESS);
  EXPECT_EQ(ask(notes, std::u16string(80, u'1')), TAPIERR_INVALDESTADDRESS);
  EXPECT_EQ(ask(notes, std::u16string(79, u'1')), 0);
  EXPECT_EQ(fetch(dialer), std::string(79, '1'));
  EXPECT_EQ(dialer.call<Fn::lineGetRequest>(dialer.app, 9u, wire::Capacity{480}), LINEERR_INVALREQUESTMODE);
}

TEST_F(AssistedTest, QueueIsBoundedAndEndsWithItsRecipient) {
  Options options;
  options.limits.assisted_requests_max = 2;
  start(std::move(options));
  TestClient& dialer = client("dialer");
  TestClient& notes = client("notes");
  ASSERT_EQ(take_part(dialer), 0);
  EXPECT_EQ(ask(notes, u"1"), 0);
  EXPECT_EQ(ask(notes, u"2"), 0);
  EXPECT_EQ(ask(notes, u"3"), TAPIERR_REQUESTQUEUEFULL);
  TestClient& spare = client("spare");
  ASSERT_EQ(take_part(spare), 0);
  EXPECT_EQ(spare.take(), "");
  EXPECT_EQ(dialer.call<Fn::lineShutdown>(dialer.app), 0);
  EXPECT_EQ(spare.take(), request_told) << "what was not fetched is the next one's";
  EXPECT_EQ(fetch(spare), "1");
  EXPECT_EQ(take_part(spare, 0), 0);
  EXPECT_EQ(ask(notes, u"4"), TAPIERR_NOREQUESTRECIPIENT);
  ASSERT_EQ(take_part(spare), 0);
  EXPECT_EQ(fetch(spare), "none") << "nobody makes a call that was asked for long ago";
}

TEST_F(AssistedTest, PriorityChoosesTheRecipient) {
  start();
  TestClient& first = client("first");
  TestClient& second = client("second");
  ASSERT_EQ(take_part(first), 0);
  ASSERT_EQ(take_part(second), 0);
  EXPECT_EQ(ask(first, u"1"), 0);
  EXPECT_EQ(first.take(), request_told);
  EXPECT_EQ(put_first(first, u"second", 0), 0);
  EXPECT_EQ(ask(first, u"2"), 0);
  EXPECT_EQ(first.take(), "");
  EXPECT_EQ(second.take(), request_told);
}

TEST_F(AssistedTest, PriorityList) {
  start();
  TestClient& app = client();
  EXPECT_EQ(place(app, u"one", voice), 0u);
  EXPECT_EQ(put_first(app, u"one", voice), 0);
  EXPECT_EQ(put_first(app, u"two", voice | LINEMEDIAMODE_UNKNOWN), 0);
  EXPECT_EQ(place(app, u"one", voice), 2u);
  EXPECT_EQ(place(app, u"two", voice), 1u);
  EXPECT_EQ(place(app, u"two", LINEMEDIAMODE_UNKNOWN), 1u);
  EXPECT_EQ(put_first(app, u"one", voice), 0);
  EXPECT_EQ(place(app, u"two", voice), 2u);
  EXPECT_EQ(put_first(app, u"one", voice, 0), 0);
  EXPECT_EQ(put_first(app, u"one", voice, 0), 0) << "not in it: no error";
  EXPECT_EQ(place(app, u"two", voice), 1u);
  EXPECT_EQ(put_first(app, u"one", voice, 2), LINEERR_INVALPARAM);
  EXPECT_EQ(put_first(app, u"", voice), LINEERR_INVALAPPNAME);
  EXPECT_EQ(put_first(app, u"/bin/one", voice), LINEERR_INVALAPPNAME);
  EXPECT_EQ(put_first(app, u"one", 1), LINEERR_INVALMEDIAMODE);
  EXPECT_EQ(app.call<Fn::lineSetAppPriority>(wire::Text{u"one"}, 0u, wire::Data{}, 2u, wire::Text{}, 1u),
            LINEERR_INVALREQUESTMODE);
  for (int i = 0; i < 63; ++i)
    EXPECT_EQ(put_first(app, u"app" + std::u16string(1, char16_t(0x100 + i)), voice), 0);
  EXPECT_EQ(put_first(app, u"last", voice), LINEERR_RESOURCEUNAVAIL);
  EXPECT_EQ(place(app, u"last", voice), 0u);
}

TEST_F(AssistedTest, PriorityChoosesTheFirstOwnerAndTheHandoff) {
  start();
  TestClient& first = client("first");
  TestClient& second = client("second");
  first.open(0, owner);
  second.open(0, owner);
  provider.offer(0);
  EXPECT_EQ(second.take(), "");
  EXPECT_EQ(first.take(), "new 0 4, state 2 1 4") << "who opened first";
  EXPECT_EQ(first.call<Fn::lineHandoff>(first.last_call, wire::Text{}, voice), LINEERR_TARGETSELF);
  EXPECT_EQ(put_first(first, u"second", voice), 0);
  EXPECT_EQ(first.call<Fn::lineHandoff>(first.last_call, wire::Text{}, voice), 0);
  EXPECT_NE(second.take(), "");
  first.take();
  provider.offer(0);
  EXPECT_EQ(second.take(), "new 0 4, state 2 1 4");
  EXPECT_EQ(first.take(), "");
}

TEST_F(AssistedTest, ProvidersOnlyWhereTheSitePermits) {
  start();
  TestClient& app = client();
  EXPECT_EQ(app.call<Fn::lineAddProvider>(wire::Text{u"/nowhere/x.tsp"}, wire::Capacity{}),
            LINEERR_OPERATIONFAILED);
  EXPECT_EQ(app.call<Fn::lineRemoveProvider>(1u), LINEERR_OPERATIONFAILED);
  EXPECT_EQ(server->counts().providers, 1u);
}

TEST_F(AssistedTest, ProviderRemovedAndRefused) {
  Options options;
  options.provider_folder = "/nowhere";
  start(std::move(options));
  TestClient& app = client();
  EXPECT_EQ(app.call<Fn::lineAddProvider>(wire::Text{u"x.tsp"}, wire::Capacity{}), LINEERR_INVALPARAM);
  EXPECT_TRUE(log.says("/nowhere/x.tsp"));
  EXPECT_EQ(app.call<Fn::lineAddProvider>(wire::Text{u""}, wire::Capacity{}), LINEERR_INVALPARAM);
  EXPECT_EQ(app.call<Fn::lineAddProvider>(wire::Text{}, wire::Capacity{}), LINEERR_INVALPOINTER);
  EXPECT_EQ(app.call<Fn::lineRemoveProvider>(99u), LINEERR_INVALPARAM);
  app.open(0, owner);
  EXPECT_EQ(app.call<Fn::lineRemoveProvider>(1u), 0);
  EXPECT_EQ(app.take(), "close, remove 0, remove 1");
  EXPECT_EQ(server->counts().providers, 0u);
  EXPECT_EQ(app.try_open(0, owner), LINEERR_NODEVICE);
}

TEST_F(AssistedTest, NothingBeginsBetweenReinitAndTheLastShutdown) {
  start();
  TestClient& app = client();
  TestClient& other = client("other");
  app.open(0, owner);
  provider.line_event(0, LINE_LINEDEVSTATE, LINEDEVSTATE_REINIT, 0, 0);
  EXPECT_EQ(app.take(), "line 40000 0 0");
  EXPECT_EQ(other.take(), "line 40000 0 0");
  EXPECT_EQ(app.try_open(0, owner), LINEERR_REINIT);
  const auto initialize = [&] {
    return app.call<Fn::lineInitializeEx>(wire::Text{u"x"}, wire::Text{u"x"}, 0x00020002u);
  };
  EXPECT_EQ(initialize(), LINEERR_REINIT);
  EXPECT_EQ(app.call<Fn::lineShutdown>(app.app), 0);
  EXPECT_EQ(initialize(), LINEERR_REINIT);
  EXPECT_EQ(other.call<Fn::lineShutdown>(other.app), 0);
  EXPECT_EQ(initialize(), 0);
}

} // namespace
} // namespace tl::server::test
