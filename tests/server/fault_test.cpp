// SPDX-License-Identifier: Apache-2.0
// Providers whose code fails: exceptions and faults cost the call or the provider, never the server.
#include <stdexcept>

#include "fixture.hpp"
#include "server/guard.hpp"

namespace tl::server::test {
namespace {

constexpr DWORD owner = LINECALLPRIVILEGE_OWNER;

// An instruction that is none: the sanitizers leave it to the processor.
[[gnu::noinline, gnu::aligned(64)]] void fault() {
  __builtin_trap();
}

class FaultTest : public ServerTest {
protected:
  void SetUp() override {
    static const bool once = (contain_faults(), true);
    ASSERT_TRUE(once);
    start();
    for (std::size_t i = 0; i < providers_of_process_max; ++i) {
      GuardedPlace& place = guarded_place(i);
      if (!place.guard.load() || std::string_view{place.name} != "fake") continue;
      const auto at = reinterpret_cast<std::uintptr_t>(&fault);
      place.texts[0] = {at, at + 64}; // as if the function lay in the provider's file
    }
  }
};

TEST_F(FaultTest, ExceptionFailsTheCallAlone) {
  TestClient& app = client();
  const DWORD line = app.open(0, owner);
  provider.during["lineMakeCall"] = [] { throw std::runtime_error{"wrong number"}; };
  EXPECT_EQ(app.call<Fn::lineMakeCall>(line, wire::Text{u"1"}, 0u, wire::Data{}), LINEERR_OPERATIONFAILED);
  EXPECT_TRUE(log.says("provider fake: TSPI_lineMakeCall let an exception out (wrong number)"));
  EXPECT_EQ(server->counts().calls, 0u);
  EXPECT_EQ(server->counts().requests, 0u);
  provider.during["lineMakeCall"] = [] { throw 5; };
  EXPECT_EQ(app.call<Fn::lineMakeCall>(line, wire::Text{u"1"}, 0u, wire::Data{}), LINEERR_OPERATIONFAILED);
  provider.during.clear();
  EXPECT_GT(app.call<Fn::lineMakeCall>(line, wire::Text{u"1"}, 0u, wire::Data{}), 0) << "it goes on";
}

TEST_F(FaultTest, FaultEndsTheProviderAlone) {
  TestClient& app = client();
  const DWORD line = app.open(0, owner);
  app.call<Fn::lineSetStatusMessages>(line, DWORD{LINEDEVSTATE_OUTOFSERVICE}, 0u);
  provider.offer(0);
  app.take();
  provider.complete_at_once = false;
  ASSERT_GT(app.call<Fn::lineMakeCall>(line, wire::Text{u"1"}, 0u, wire::Data{}), 0);
  provider.during["lineMakeCall"] = &fault;
  EXPECT_EQ(app.call<Fn::lineMakeCall>(line, wire::Text{u"2"}, 0u, wire::Data{}), LINEERR_OPERATIONFAILED);
  provider.log.clear();
  EXPECT_EQ(app.take(),
            fmt::format("reply {:x}, line 80 0 0, close", static_cast<DWORD>(LINEERR_OPERATIONFAILED)));
  EXPECT_TRUE(log.says("provider fake: SIGILL in TSPI_lineMakeCall: it is not used any more"));
  EXPECT_EQ(app.call<Fn::lineClose>(line), LINEERR_INVALLINEHANDLE);
  EXPECT_EQ(app.try_open(0, owner), LINEERR_NODRIVER);
  EXPECT_EQ(app.try_open(1, owner), LINEERR_NODRIVER);
  EXPECT_EQ(server->counts().calls, 0u);
  EXPECT_EQ(server->counts().requests, 0u);
  EXPECT_EQ(server->counts().open_lines, 0u);
  // What it still says is not heard.
  provider.state(1, LINECALLSTATE_CONNECTED);
  provider.create_line();
  EXPECT_EQ(app.take(), "");
  EXPECT_TRUE(server->unload_provider("fake"));
  EXPECT_TRUE(provider.log.empty()) << "it was called again: " << provider.log.front();
}

TEST_F(FaultTest, FaultInItsTimerEndsTheProvider) {
  TestClient& app = client();
  app.open(0, owner);
  void* const timer = provider.host->timer_create(
      provider.host->host, [](void*) { fault(); }, nullptr);
  provider.host->timer_start_at(provider.host->host, timer,
                                provider.host->now_us(provider.host->host) + 1000);
  app.take();
  loop.run_for(std::chrono::milliseconds{2});
  EXPECT_EQ(app.take(), "close");
  EXPECT_TRUE(log.says("SIGILL in a callback on the server's loop"));
}

TEST_F(FaultTest, FaultWhileItStartsIsOneClearError) {
  FakeProvider* const first = fake;
  ASSERT_TRUE(server->unload_provider("fake"));
  provider.during["providerInit"] = [] {
    for (std::size_t i = 0; i < providers_of_process_max; ++i) {
      GuardedPlace& place = guarded_place(i);
      if (!place.guard.load() || std::string_view{place.name} != "again") continue;
      const auto at = reinterpret_cast<std::uintptr_t>(&fault);
      place.texts[0] = {at, at + 64};
    }
    fault();
  };
  ASSERT_EQ(first, &provider);
  const auto loaded = server->load_provider("again", provider.table());
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().text, "provider again: SIGILL in TSPI_providerInit");
  EXPECT_EQ(server->counts().providers, 0u);
  EXPECT_EQ(server->counts().devices, 2u) << "those of the first one, removed";
}

} // namespace
} // namespace tl::server::test
