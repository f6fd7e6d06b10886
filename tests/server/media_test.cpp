// SPDX-License-Identifier: Apache-2.0
// Digits, tones and media: one end per request, to the one that asked.
#include "fixture.hpp"

namespace tl::server::test {
namespace {

constexpr DWORD owner = LINECALLPRIVILEGE_OWNER, monitor = LINECALLPRIVILEGE_MONITOR;

class MediaTest : public ServerTest {
protected:
  void SetUp() override {
    start();
    boss = &client("boss");
    watcher = &client("watcher");
    boss->open(0, owner);
    watched = watcher->open(0, monitor);
    provider.offer(0, LINECALLSTATE_CONNECTED);
    boss->take(), watcher->take();
    call = boss->last_call;
  }
  LONG gather(TestClient& by, DWORD handle, DWORD begin, DWORD count) {
    return by.call<Fn::lineGatherDigits>(handle, DWORD{LINEDIGITMODE_DTMF}, begin, count, wire::Text{u"#"},
                                         5000u, 2000u);
  }
  TestClient *boss = nullptr, *watcher = nullptr;
  DWORD call = 0, watched = 0;
};

TEST_F(MediaTest, MonitoredDigitsGoToThoseWhoAsked) {
  provider.event(1, LINE_MONITORDIGITS, '1', LINEDIGITMODE_DTMF, 1);
  EXPECT_EQ(boss->take(), "");
  EXPECT_EQ(watcher->call<Fn::lineMonitorDigits>(watcher->last_call, DWORD{LINEDIGITMODE_DTMF}), 0);
  EXPECT_EQ(boss->call<Fn::lineMonitorDigits>(call, DWORD{LINEDIGITMODE_PULSE}), 0);
  EXPECT_TRUE(provider.did("lineMonitorDigits c1 3")) << "the union";
  provider.event(1, LINE_MONITORDIGITS, '5', LINEDIGITMODE_DTMF);
  const auto seen = watcher->take_all();
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(word(seen[0]), "digit 5");
  EXPECT_NE(seen[0].p3, 0u) << "the server's own tick when the provider gives none";
  EXPECT_EQ(boss->take(), "");
  EXPECT_EQ(boss->call<Fn::lineMonitorDigits>(call, 0x80u), LINEERR_INVALDIGITMODE);
  EXPECT_EQ(watcher->call<Fn::lineDeallocateCall>(watcher->last_call), 0);
  EXPECT_TRUE(provider.did("lineMonitorDigits c1 1")) << "ends with the handle";
}

TEST_F(MediaTest, GatheredDigitsComeWithTheirMessage) {
  ASSERT_EQ(gather(*boss, call, 1, 4), 0);
  const std::uint32_t sequence = boss->sequence;
  provider.digits[0] = u'4', provider.digits[1] = u'2';
  provider.event(1, LINE_GATHERDIGITS, LINEGATHERTERM_INTERTIMEOUT, provider.digits_id);
  const auto seen = boss->take_all();
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(word(seen[0]), "gather 8");
  EXPECT_EQ(seen[0].sequence, sequence);
  ASSERT_EQ(seen[0].extra.size(), 4u);
  EXPECT_EQ(std::memcmp(seen[0].extra.data(), u"42", 4), 0);
  EXPECT_EQ(watcher->take(), "");
  provider.event(1, LINE_GATHERDIGITS, LINEGATHERTERM_INTERTIMEOUT, provider.digits_id);
  EXPECT_EQ(boss->take(), "") << "one message a request";
}

TEST_F(MediaTest, CancellationIsReportedByTheServer) {
  ASSERT_EQ(gather(*boss, call, 1, 4), 0);
  const std::uint32_t first = boss->sequence;
  ASSERT_EQ(gather(*boss, call, 1, 4), 0);
  auto seen = boss->take_all();
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(word(seen[0]), "gather 10");
  EXPECT_EQ(seen[0].sequence, first);
  ASSERT_EQ(gather(*boss, call, 0, 0), 0);
  EXPECT_EQ(boss->take(), "gather 10");
  ASSERT_EQ(gather(*boss, call, 1, 4), 0);
  provider.state(1, LINECALLSTATE_IDLE);
  EXPECT_EQ(boss->take(), "state 1 0 0, gather 10") << "the call ended";
}

TEST_F(MediaTest, GatheringWhoseHandleGoesIsForgotten) {
  ASSERT_EQ(gather(*boss, call, 1, 4), 0);
  const std::uint32_t sequence = boss->sequence;
  EXPECT_EQ(boss->call<Fn::lineDeallocateCall>(call), 0);
  const auto seen = boss->take_all();
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(word(seen[0]), "dropped");
  EXPECT_EQ(seen[0].sequence, sequence);
  EXPECT_EQ(provider.digits, nullptr) << "the provider was told to stop writing";
  provider.event(1, LINE_GATHERDIGITS, LINEGATHERTERM_BUFFERFULL, provider.digits_id);
  EXPECT_EQ(watcher->take(), "info 1000");
}

TEST_F(MediaTest, GatheringChecksItsParameters) {
  EXPECT_EQ(gather(*boss, call, 1, 0), LINEERR_INVALPARAM);
  EXPECT_EQ(gather(*boss, call, 1, 1'000'000), LINEERR_INVALPARAM);
  EXPECT_EQ(gather(*watcher, watcher->last_call, 1, 4), LINEERR_NOTOWNER);
  EXPECT_EQ(boss->call<Fn::lineGatherDigits>(call, 0u, 1u, 4u, wire::Text{}, 0u, 0u), LINEERR_INVALDIGITMODE);
  EXPECT_EQ(boss->call<Fn::lineGatherDigits>(call, 2u, 1u, 4u, wire::Text{u"x"}, 0u, 0u),
            LINEERR_INVALDIGITS);
  provider.results["lineGatherDigits"] = LINEERR_INVALTIMEOUT;
  EXPECT_EQ(gather(*boss, call, 1, 4), LINEERR_INVALTIMEOUT);
  EXPECT_EQ(boss->take(), "");
}

TEST_F(MediaTest, GenerationEndsOnceAndIsReplacedByTheNext) {
  const auto generate = [&](const wire::Text& digits) {
    return boss->call<Fn::lineGenerateDigits>(call, DWORD{LINEDIGITMODE_DTMF}, digits, 100u);
  };
  ASSERT_EQ(generate(u"123"), 0);
  ASSERT_EQ(generate(u"456"), 0);
  EXPECT_EQ(boss->take(), "generate 2") << "the first one was cancelled";
  provider.event(1, LINE_GENERATE, LINEGENERATETERM_DONE, provider.generate_id);
  EXPECT_EQ(boss->take(), "generate 1");
  provider.event(1, LINE_GENERATE, LINEGENERATETERM_DONE, provider.generate_id);
  EXPECT_EQ(boss->take(), "");
  EXPECT_EQ(watcher->take(), "");
  EXPECT_EQ(boss->call<Fn::lineGenerateDigits>(call, 7u, wire::Text{u"1"}, 0u), LINEERR_INVALDIGITMODE);
}

TEST_F(MediaTest, IdleEndsGenerationGatheringAndMonitoring) {
  ASSERT_EQ(boss->call<Fn::lineGenerateDigits>(call, DWORD{LINEDIGITMODE_DTMF}, wire::Text{u"123"}, 100u), 0);
  ASSERT_EQ(gather(*boss, call, 1, 4), 0);
  ASSERT_EQ(watcher->call<Fn::lineMonitorDigits>(watcher->last_call, DWORD{LINEDIGITMODE_DTMF}), 0);
  provider.state(1, LINECALLSTATE_IDLE);
  EXPECT_EQ(boss->take(), "state 1 0 0, gather 10, generate 2") << "both cancelled";
  EXPECT_EQ(watcher->take(), "state 1 0 0");
  provider.event(1, LINE_GENERATE, LINEGENERATETERM_DONE, provider.generate_id);
  provider.event(1, LINE_MONITORDIGITS, '1', LINEDIGITMODE_DTMF, 1);
  EXPECT_EQ(boss->take(), "");
  EXPECT_EQ(watcher->take(), "");
}

TEST_F(MediaTest, TonesGoToTheOneWhoseListMatched) {
  const LINEMONITORTONE tone{1, 0, 440, 0, 0};
  const auto list = std::as_bytes(std::span{&tone, 1});
  ASSERT_EQ(watcher->call<Fn::lineMonitorTones>(watcher->last_call, wire::Data{list}), 0);
  provider.event(1, LINE_MONITORTONE, 1, watcher->last_call, 0);
  EXPECT_EQ(watcher->take(), "tone 1");
  EXPECT_EQ(boss->take(), "");
  ASSERT_EQ(watcher->call<Fn::lineMonitorTones>(watcher->last_call, wire::Data{}), 0);
  provider.event(1, LINE_MONITORTONE, 1, watcher->last_call, 0);
  EXPECT_EQ(watcher->take(), "");
}

TEST_F(MediaTest, MediaModeNeedsUnknownBesideSeveral) {
  const auto set = [&](DWORD modes) { return boss->call<Fn::lineSetMediaMode>(call, modes); };
  EXPECT_EQ(set(0), LINEERR_INVALMEDIAMODE);
  EXPECT_EQ(set(LINEMEDIAMODE_G3FAX | LINEMEDIAMODE_TDD), LINEERR_INVALMEDIAMODE);
  EXPECT_EQ(set(LINEMEDIAMODE_UNKNOWN | LINEMEDIAMODE_TDD), 0);
  EXPECT_EQ(set(LINEMEDIAMODE_G3FAX), 0);
  EXPECT_TRUE(provider.did("lineSetMediaMode c1 32"));
}

} // namespace
} // namespace tl::server::test
