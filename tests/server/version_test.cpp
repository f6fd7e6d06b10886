// SPDX-License-Identifier: Apache-2.0
// Applications of TAPI 1.3 to 2.2 side by side on one provider: each gets the structures and the words of its
// own version.
#include "fixture.hpp"

namespace tl::server::test {
namespace {

constexpr DWORD v1_3 = 0x00010003, v1_4 = 0x00010004, v2_0 = 0x00020000, v2_1 = 0x00020001, v2_2 = 0x00020002;
constexpr DWORD versions[] = {v1_3, v1_4, v2_0, v2_1, v2_2};
constexpr DWORD owner = LINECALLPRIVILEGE_OWNER, monitor = LINECALLPRIVILEGE_MONITOR;

// Appends a text to a structure of a provider at 2.2.
template <class T> void put_text(T& to, DWORD& size, DWORD& offset, std::u16string_view text) {
  const auto bytes = static_cast<DWORD>((text.size() + 1) * sizeof(char16_t));
  const DWORD at = (to.dwUsedSize + 3) / 4 * 4;
  to.dwNeededSize += (bytes + 3) / 4 * 4;
  if (at + bytes > to.dwTotalSize) return;
  std::memcpy(reinterpret_cast<char*>(&to) + at, text.data(), bytes - sizeof(char16_t));
  size = bytes;
  offset = at;
  to.dwUsedSize = at + bytes;
}

class VersionTest : public ServerTest {
protected:
  void SetUp() override { start(); }

  // A whole structure, whatever of it there is.
  template <class T> T whole(wire::Bytes bytes) {
    T made{};
    std::memcpy(&made, bytes.data(), std::min(bytes.size(), sizeof made));
    return made;
  }
  std::u16string text(wire::Bytes bytes, DWORD size, DWORD offset) {
    std::u16string made(size / sizeof(char16_t), u'?');
    if (std::size_t{offset} + size > bytes.size()) return u"outside";
    std::memcpy(made.data(), bytes.data() + offset, made.size() * sizeof(char16_t));
    return made.substr(0, made.find(u'\0'));
  }

  // The fixed part alone fits, one byte less does not, and that much is written and no more.
  template <Fn F, class... A>
  void expect_fixed(TestClient& app, std::string_view what, DWORD version, DWORD fixed, A... arguments) {
    SCOPED_TRACE(fmt::format("{} at {:x}", what, version));
    EXPECT_EQ(app.call<F>(arguments..., wire::Capacity{fixed - 1}), LINEERR_STRUCTURETOOSMALL);
    ASSERT_EQ(app.call<F>(arguments..., wire::Capacity{fixed}), 0);
    const auto bytes = std::get<0>(app.answers<F>());
    ASSERT_EQ(bytes.size(), fixed);
    const auto head = whole<VARSTRING>(bytes);
    EXPECT_EQ(head.dwTotalSize, fixed);
    EXPECT_EQ(head.dwUsedSize, fixed);
    EXPECT_GE(head.dwNeededSize, fixed);
    ASSERT_EQ(app.call<F>(arguments..., wire::Capacity{3000}), 0);
    const auto more = std::get<0>(app.answers<F>());
    const auto grown = whole<VARSTRING>(more);
    EXPECT_EQ(grown.dwUsedSize, more.size());
    EXPECT_LE(grown.dwUsedSize, grown.dwNeededSize);
  }
};

TEST_F(VersionTest, FixedPartsAreThoseOfTheVersion) {
  struct Row {
    DWORD version, dev_caps, address_caps, dev_status, call_info, call_status;
  };
  for (const Row row :
       {Row{v1_3, 236, 176, 76, 296, 36}, Row{v1_4, 240, 180, 76, 296, 36}, Row{v2_0, 252, 228, 88, 324, 56},
        Row{v2_1, 252, 228, 88, 324, 56}, Row{v2_2, 268, 228, 88, 324, 56}}) {
    TestClient& app = client("app", row.version);
    const DWORD line = app.open(0, owner, LINEMEDIAMODE_INTERACTIVEVOICE, {}, row.version);
    ASSERT_GT(app.call<Fn::lineMakeCall>(line, wire::Text{u"1"}, 0u, wire::Data{}), 0);
    app.take();
    const DWORD call = app.last_call;
    expect_fixed<Fn::lineGetDevCaps>(app, "LINEDEVCAPS", row.version, row.dev_caps, app.app, 0u, row.version,
                                     0u);
    expect_fixed<Fn::lineGetAddressCaps>(app, "LINEADDRESSCAPS", row.version, row.address_caps, app.app, 0u,
                                         0u, row.version, 0u);
    expect_fixed<Fn::lineGetLineDevStatus>(app, "LINEDEVSTATUS", row.version, row.dev_status, line);
    expect_fixed<Fn::lineGetCallInfo>(app, "LINECALLINFO", row.version, row.call_info, call);
    expect_fixed<Fn::lineGetCallStatus>(app, "LINECALLSTATUS", row.version, row.call_status, call);
    expect_fixed<Fn::lineGetAddressStatus>(app, "LINEADDRESSSTATUS", row.version, sizeof(LINEADDRESSSTATUS),
                                           line, 0u);
    app.call<Fn::lineShutdown>(app.app);
  }
}

// The provider puts a text first that only 2.x knows: an old application neither sees nor pays for it.
TEST_F(VersionTest, TextsOfLaterVersionsAreLeftOut) {
  provider.fill_dev_caps = [](LINEDEVCAPS& caps) {
    caps.dwUsedSize = caps.dwNeededSize = 268;
    put_text(caps, caps.dwDeviceClassesSize, caps.dwDeviceClassesOffset, u"tapi/line");
    put_text(caps, caps.dwLineNameSize, caps.dwLineNameOffset, u"Line 1");
  };
  for (const DWORD version : versions) {
    TestClient& app = client("app", version);
    ASSERT_EQ(app.call<Fn::lineGetDevCaps>(app.app, 0u, version, 0u, wire::Capacity{2000}), 0);
    const auto bytes = std::get<0>(app.answers<Fn::lineGetDevCaps>());
    const auto caps = whole<LINEDEVCAPS>(bytes);
    EXPECT_EQ(text(bytes, caps.dwLineNameSize, caps.dwLineNameOffset), u"Line 1") << std::hex << version;
    EXPECT_EQ(caps.dwUsedSize, bytes.size());
    EXPECT_GE(caps.dwNeededSize, bytes.size());
    EXPECT_LE(caps.dwNeededSize, bytes.size() + 3) << "the provider rounds up";
    if (version >= v2_0) {
      EXPECT_EQ(text(bytes, caps.dwDeviceClassesSize, caps.dwDeviceClassesOffset), u"tapi/line");
      continue;
    }
    EXPECT_EQ(caps.dwLineNameOffset, version == v1_3 ? 236u : 240u) << "nothing before it";
    EXPECT_EQ(bytes.size(), caps.dwLineNameOffset + 14);
  }
}

TEST_F(VersionTest, WhatDoesNotFitIsLeftOutAndCounted) {
  provider.fill_dev_caps = [](LINEDEVCAPS& caps) {
    caps.dwUsedSize = caps.dwNeededSize = 268;
    put_text(caps, caps.dwProviderInfoSize, caps.dwProviderInfoOffset, u"Provider");
    put_text(caps, caps.dwLineNameSize, caps.dwLineNameOffset, u"Line 1");
  };
  TestClient& app = client("app", v1_4);
  ASSERT_EQ(app.call<Fn::lineGetDevCaps>(app.app, 0u, v1_4, 0u, wire::Capacity{240 + 20}), 0);
  const auto bytes = std::get<0>(app.answers<Fn::lineGetDevCaps>());
  const auto caps = whole<LINEDEVCAPS>(bytes);
  EXPECT_EQ(text(bytes, caps.dwProviderInfoSize, caps.dwProviderInfoOffset), u"Provider");
  EXPECT_EQ(caps.dwLineNameSize, 0u);
  EXPECT_EQ(caps.dwLineNameOffset, 0u);
  EXPECT_GE(caps.dwNeededSize, 240u + 20 + 14);
  ASSERT_EQ(app.call<Fn::lineGetDevCaps>(app.app, 0u, v1_4, 0u, wire::Capacity{caps.dwNeededSize}), 0);
  EXPECT_EQ(whole<LINEDEVCAPS>(std::get<0>(app.answers<Fn::lineGetDevCaps>())).dwLineNameSize, 14u)
      << "dwNeededSize is enough";
}

TEST_F(VersionTest, CallStatesAreToldInTheWordsOfTheVersion) {
  std::vector<TestClient*> apps;
  for (const DWORD version : versions) {
    apps.push_back(&client("app", version));
    apps.back()->open(0, monitor, 0, {}, version);
  }
  const auto all = [&] {
    std::string said;
    for (TestClient* app : apps) said += (app == apps.front() ? "" : "; ") + app->take();
    return said;
  };
  provider.offer(0, LINECALLSTATE_OFFERING);
  EXPECT_EQ(all(),
            "state 2 0 2; state 2 1 2; new 0 2, state 2 1 2; new 0 2, state 2 1 2; new 0 2, state 2 1 2");
  provider.state(1, LINECALLSTATE_CONNECTED, LINECONNECTEDMODE_INACTIVEHELD);
  EXPECT_EQ(all(), "state 100 0 0; state 100 2 0; state 100 8 0; state 100 8 0; state 100 8 0");
  provider.state(1, LINECALLSTATE_CONNECTED, LINECONNECTEDMODE_CONFIRMED);
  EXPECT_EQ(all(), "state 100 0 0; state 100 1 0; state 100 10 0; state 100 10 0; state 100 10 0");
  provider.event(1, LINE_CALLINFO, LINECALLINFOSTATE_TREATMENT);
  EXPECT_EQ(all(), "; ; info 10000000; info 10000000; info 10000000");
  provider.event(1, LINE_CALLINFO, LINECALLINFOSTATE_TREATMENT | LINECALLINFOSTATE_CALLERID);
  EXPECT_EQ(all(), "info 8000; info 8000; info 10008000; info 10008000; info 10008000");
  provider.event(1, LINE_DEVSPECIFICEX, 1, 2, 3);
  EXPECT_EQ(all(), "; ; ; ; message 34 1 2 3");
  provider.state(1, LINECALLSTATE_DISCONNECTED, LINEDISCONNECTMODE_NODIALTONE);
  EXPECT_EQ(all(),
            "state 4000 2 0; state 4000 1000 0; state 4000 1000 0; state 4000 1000 0; state 4000 1000 0");
  provider.state(1, LINECALLSTATE_DISCONNECTED, LINEDISCONNECTMODE_DONOTDISTURB);
  EXPECT_EQ(all(),
            "state 4000 2 0; state 4000 2 0; state 4000 40000 0; state 4000 40000 0; state 4000 40000 0");
}

TEST_F(VersionTest, CallInfoIsInTheWordsOfTheVersion) {
  provider.fill_call_info = [](LINECALLINFO& info) {
    info.dwReason = LINECALLREASON_ROUTEREQUEST;
    info.dwOrigin = LINECALLORIGIN_INBOUND;
    info.dwMediaMode = LINEMEDIAMODE_VIDEO;
    info.dwBearerMode = LINEBEARERMODE_RESTRICTEDDATA;
  };
  for (const DWORD version : versions) {
    TestClient& app = client("app", version);
    const DWORD line = app.open(0, owner, LINEMEDIAMODE_INTERACTIVEVOICE, {}, version);
    ASSERT_GT(app.call<Fn::lineMakeCall>(line, wire::Text{u"1"}, 0u, wire::Data{}), 0);
    app.take();
    ASSERT_EQ(app.call<Fn::lineGetCallInfo>(app.last_call, wire::Capacity{2000}), 0);
    const auto info = whole<LINECALLINFO>(std::get<0>(app.answers<Fn::lineGetCallInfo>()));
    EXPECT_EQ(info.dwReason, version < v2_0 ? DWORD{LINECALLREASON_UNAVAIL} : LINECALLREASON_ROUTEREQUEST);
    EXPECT_EQ(info.dwOrigin, version < v1_4 ? DWORD{LINECALLORIGIN_UNAVAIL} : LINECALLORIGIN_INBOUND);
    EXPECT_EQ(info.dwMediaMode, version < v2_1 ? DWORD{LINEMEDIAMODE_UNKNOWN} : LINEMEDIAMODE_VIDEO);
    EXPECT_EQ(info.dwBearerMode,
              version < v2_0 ? DWORD{LINEBEARERMODE_VOICE} : LINEBEARERMODE_RESTRICTEDDATA);
  }
}

TEST_F(VersionTest, ChangedCapabilitiesMakeA13ApplicationBeginAnew) {
  TestClient& old = client("old", v1_3);
  TestClient& newer = client("newer", v1_4);
  const DWORD old_line = old.open(0, monitor, 0, {}, v1_3);
  const DWORD line = newer.open(0, monitor, 0, {}, v1_4);
  EXPECT_TRUE(provider.lines[0].line_states & LINEDEVSTATE_CAPSCHANGE);
  EXPECT_TRUE(provider.lines[0].address_states & LINEADDRESSSTATE_CAPSCHANGE);
  EXPECT_EQ(old.call<Fn::lineSetStatusMessages>(old_line, DWORD{LINEDEVSTATE_CAPSCHANGE}, 0u),
            LINEERR_INVALLINESTATE);
  EXPECT_EQ(old.call<Fn::lineSetStatusMessages>(old_line, 0u, DWORD{LINEADDRESSSTATE_CAPSCHANGE}),
            LINEERR_INVALADDRESSSTATE);
  EXPECT_EQ(newer.call<Fn::lineSetStatusMessages>(line,
                                                  DWORD{LINEDEVSTATE_CAPSCHANGE | LINEDEVSTATE_COMPLCANCEL},
                                                  DWORD{LINEADDRESSSTATE_CAPSCHANGE}),
            0);
  old.take();
  newer.take();
  provider.line_event(0, LINE_LINEDEVSTATE, LINEDEVSTATE_CAPSCHANGE, 7, 7);
  EXPECT_EQ(old.take(), "line 40000 8 100000");
  EXPECT_EQ(newer.take(), "line 100000 0 0") << "without details";
  provider.line_event(0, LINE_ADDRESSSTATE, 1, LINEADDRESSSTATE_CAPSCHANGE);
  EXPECT_EQ(old.take(), "line 40000 0 1");
  EXPECT_EQ(newer.take(), "address 1 100 0");
  provider.line_event(0, LINE_LINEDEVSTATE, LINEDEVSTATE_COMPLCANCEL, 5);
  EXPECT_EQ(old.take(), "");
  EXPECT_EQ(newer.take(), "line 800000 5 0");
}

TEST_F(VersionTest, MediaEventsHaveTheirTimeFrom20On) {
  for (const DWORD version : {v1_4, v2_0}) {
    TestClient& app = client("app", version);
    const DWORD line = app.open(0, owner, LINEMEDIAMODE_INTERACTIVEVOICE, {}, version);
    ASSERT_GT(app.call<Fn::lineMakeCall>(line, wire::Text{u"1"}, 0u, wire::Data{}), 0);
    app.take();
    ASSERT_EQ(app.call<Fn::lineMonitorDigits>(app.last_call, DWORD{LINEDIGITMODE_DTMF}), 0);
    const auto digit = [&](DWORD time) {
      provider.event(static_cast<DWORD>(provider.calls.size()) - 1, LINE_MONITORDIGITS, '5',
                     LINEDIGITMODE_DTMF, time);
      const auto seen = app.take_all();
      return seen.size() == 1 ? seen[0].p3 : 999;
    };
    EXPECT_EQ(digit(1234), version < v2_0 ? 0u : 1234u);
    loop.run_for(std::chrono::milliseconds{50});
    EXPECT_EQ(digit(0), version < v2_0
                            ? 0u
                            : static_cast<DWORD>(std::chrono::duration_cast<std::chrono::milliseconds>(
                                                     loop.now().time_since_epoch())
                                                     .count()))
        << "the server's time when the provider has none";
    app.call<Fn::lineShutdown>(app.app);
  }
}

// lineInitialize does not say what its application knows: what it negotiates does.
TEST_F(VersionTest, NegotiationTellsTheVersionOfAnOldApplication) {
  TestClient& old = client("old", v1_3);
  TestClient& negotiated = client("negotiated", v1_3);
  const auto negotiate = [](TestClient& app, DWORD high) {
    return app.call<Fn::lineNegotiateAPIVersion>(app.app, 0u, v1_3, high,
                                                 wire::Capacity{sizeof(LINEEXTENSIONID)});
  };
  EXPECT_EQ(negotiate(old, v1_3), 0);
  EXPECT_EQ(negotiate(negotiated, v2_2), 0);
  provider.create_line();
  EXPECT_EQ(old.take(), "line 40000 13 2") << "LINE_CREATE in the words of 1.3";
  EXPECT_EQ(negotiated.take(), "create 2");
}

TEST_F(VersionTest, OnlyTrueVersionsAreVersions) {
  TestClient& app = client();
  for (const DWORD wrong : {0x00010002u, 0x00010005u, 0x00018000u, 0x00020003u, 0x00030000u, 0u}) {
    EXPECT_EQ(app.try_open(0, owner, LINEMEDIAMODE_INTERACTIVEVOICE, {}, wrong),
              LINEERR_INCOMPATIBLEAPIVERSION);
    EXPECT_EQ(app.call<Fn::lineGetDevCaps>(app.app, 0u, wrong, 0u, wire::Capacity{2000}),
              LINEERR_INCOMPATIBLEAPIVERSION);
  }
  EXPECT_EQ(app.try_open(0, owner, LINEMEDIAMODE_VIDEO, {}, v2_0), LINEERR_INVALMEDIAMODE) << "came with 2.1";
  EXPECT_EQ(app.try_open(0, owner, LINEMEDIAMODE_VIDEO, {}, v2_1), 0);
}

// LINEFORWARD has 24 bytes before 3.1 and 32 as tapi.h declares it.
TEST_F(VersionTest, ForwardListsWithShortAndLongEntries) {
  TestClient& app = client();
  const DWORD line = app.open(0, owner);
  const auto forward = [&](std::size_t stride) {
    constexpr std::size_t head = offsetof(LINEFORWARDLIST, ForwardList), count = 2;
    std::vector<std::byte> bytes(head + count * stride + 20);
    auto* const list = reinterpret_cast<LINEFORWARDLIST*>(bytes.data());
    list->dwTotalSize = static_cast<DWORD>(bytes.size());
    list->dwNumEntries = count;
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t at = head + count * stride + i * 10;
      const LINEFORWARD entry{.dwForwardMode = LINEFORWARDMODE_UNCOND,
                              .dwDestAddressSize = 10,
                              .dwDestAddressOffset = static_cast<DWORD>(at)};
      std::memcpy(bytes.data() + head + i * stride, &entry, stride);
      std::memcpy(bytes.data() + at, i == 0 ? u"2001" : u"2002", 10);
    }
    EXPECT_GT(app.call<Fn::lineForward>(line, 1u, 0u, wire::Data{bytes}, 0u, wire::Data{}), 0);
    return provider.forwarded;
  };
  EXPECT_EQ(forward(24), (std::vector<std::string>{"2001", "2002"}));
  EXPECT_EQ(forward(32), (std::vector<std::string>{"2001", "2002"}));
}

} // namespace
} // namespace tl::server::test
