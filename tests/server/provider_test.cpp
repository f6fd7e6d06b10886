// SPDX-License-Identifier: Apache-2.0
// Loading, running and losing providers; status messages; devices that come and go.
#include "fixture.hpp"

#include <thread>

#include "base/real_loop.hpp"

namespace tl::server::test {
namespace {

constexpr DWORD owner = LINECALLPRIVILEGE_OWNER, monitor = LINECALLPRIVILEGE_MONITOR;

class ProviderTest : public ServerTest {
protected:
  void SetUp() override { server = std::make_unique<Server>(loop, log); }
  Result<void> load(const ProviderTable& table) { return server->load_provider("fake", table, R"({"a":1})"); }
};

TEST_F(ProviderTest, LifeCycleAsDocumented) {
  ASSERT_TRUE(load(provider.table()));
  const std::deque<std::string> begin{"attach {\"a\":1}",           "lineNegotiateTSPIVersion init",
                                      "providerEnumDevices",        "providerInit",
                                      "lineNegotiateTSPIVersion 0", "lineNegotiateTSPIVersion 1"};
  EXPECT_EQ(provider.log, begin);
  EXPECT_EQ(server->counts().devices, 2u);
  TestClient& app = client();
  app.open(0, owner);
  provider.offer(0);
  app.take();
  provider.log.clear();
  ASSERT_TRUE(server->unload_provider("fake"));
  const std::deque<std::string> end{"lineCloseCall c1", "lineClose 0", "providerShutdown"};
  EXPECT_EQ(provider.log, end);
  EXPECT_EQ(app.take(), "close, remove 0, remove 1");
  EXPECT_EQ(app.try_open(0, owner), LINEERR_NODEVICE);
  EXPECT_EQ(server->counts().calls, 0u);
  EXPECT_FALSE(server->unload_provider("fake"));
}

TEST_F(ProviderTest, FailureIsOneClearErrorAndTheServerGoesOn) {
  provider.results["providerInit"] = LINEERR_RESOURCEUNAVAIL;
  auto failed = load(provider.table());
  ASSERT_FALSE(failed);
  EXPECT_NE(failed.error().text.find("provider fake: TSPI_providerInit failed with 0x8000004b"),
            std::string::npos)
      << failed.error().text;
  EXPECT_EQ(failed.error().code, LINEERR_OPERATIONFAILED);
  EXPECT_FALSE(provider.did("providerShutdown")) << "it never ran";
  provider.completion(1, 0); // a thread of it that lives on reaches nobody

  provider.results.clear();
  provider.attach_result = -1;
  failed = load(provider.table());
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().text, "provider fake: key 'x': a number was expected");
  EXPECT_NE(failed.error().code, LINEERR_OPERATIONFAILED);

  provider.attach_result = 0;
  provider.version = 0x00040000;
  EXPECT_FALSE(load(provider.table()));
  provider.version = 0x00020002;

  ProviderTable lacking = provider.table();
  lacking.lineDrop = nullptr;
  lacking.lineOpen = nullptr;
  failed = load(lacking);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().text, "provider fake: it does not export TSPI_lineOpen, TSPI_lineDrop");

  failed = server->load_provider("/nowhere/x.tsp");
  ASSERT_FALSE(failed);
  EXPECT_NE(failed.error().text.find("/nowhere/x.tsp"), std::string::npos);

  EXPECT_EQ(server->counts().providers, 0u);
  EXPECT_TRUE(load(provider.table()));
  EXPECT_FALSE(load(provider.table())) << "twice";
}

TEST_F(ProviderTest, LineThatAgreesOnNoVersionCannotBeUsed) {
  provider.during["providerInit"] = [&] {
    provider.results["lineNegotiateTSPIVersion"] = LINEERR_INCOMPATIBLEAPIVERSION;
  };
  ASSERT_TRUE(load(provider.table()));
  TestClient& app = client();
  EXPECT_EQ(app.try_open(0, owner), LINEERR_NODRIVER);
}

TEST_F(ProviderTest, NegotiationGivesTheHighestCommonVersion) {
  ASSERT_TRUE(load(provider.table()));
  TestClient& app = client();
  const auto negotiate = [&](DWORD low, DWORD high) {
    const LONG result = app.call<Fn::lineNegotiateAPIVersion>(app.app, 0u, low, high,
                                                              wire::Capacity{sizeof(LINEEXTENSIONID)});
    return result != 0 ? static_cast<DWORD>(result) : std::get<0>(app.answers<Fn::lineNegotiateAPIVersion>());
  };
  EXPECT_EQ(negotiate(0x00010003, 0x00030001), 0x00020002u);
  EXPECT_EQ(negotiate(0x00010003, 0x00010004), 0x00010004u);
  EXPECT_EQ(negotiate(0x00020000, 0x00020001), 0x00020001u);
  EXPECT_EQ(negotiate(0x00030000, 0x00030001), static_cast<DWORD>(LINEERR_INCOMPATIBLEAPIVERSION));
  EXPECT_EQ(app.call<Fn::lineNegotiateExtVersion>(app.app, 0u, 0x20002u, 1u, 1u), LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(app.call<Fn::lineGetDevCaps>(app.app, 0u, 0x20002u, 0u, wire::Capacity{100}),
            LINEERR_STRUCTURETOOSMALL);
  ASSERT_EQ(app.call<Fn::lineGetDevCaps>(app.app, 0u, 0x20002u, 0u, wire::Capacity{2000}), 0);
  const auto& caps = app.structure<LINEDEVCAPS>(std::get<0>(app.answers<Fn::lineGetDevCaps>()));
  EXPECT_TRUE(caps.dwLineStates & LINEDEVSTATE_REINIT);
  EXPECT_EQ(caps.dwTotalSize, 2000u);
}

TEST_F(ProviderTest, LyingStructuresOfAProviderDoNotPass) {
  ASSERT_TRUE(load(provider.table()));
  TestClient& app = client();
  provider.fill_dev_caps = [](LINEDEVCAPS& caps) {
    caps.dwLineNameSize = 0x7FFFFFFF;
    caps.dwLineNameOffset = 0x7FFFFFFF;
  };
  ASSERT_EQ(app.call<Fn::lineGetDevCaps>(app.app, 0u, 0x20002u, 0u, wire::Capacity{2000}), 0);
  EXPECT_EQ(app.structure<LINEDEVCAPS>(std::get<0>(app.answers<Fn::lineGetDevCaps>())).dwLineNameSize, 0u);
  provider.fill_dev_caps = [](LINEDEVCAPS& caps) { caps.dwUsedSize = 5000; };
  EXPECT_EQ(app.call<Fn::lineGetDevCaps>(app.app, 0u, 0x20002u, 0u, wire::Capacity{2000}),
            LINEERR_OPERATIONFAILED);
  // An old application with room for its version alone gets that much.
  provider.fill_dev_caps = nullptr;
  ASSERT_EQ(app.call<Fn::lineGetDevCaps>(app.app, 0u, 0x10003u, 0u, wire::Capacity{236}), 0);
  EXPECT_EQ(std::get<0>(app.answers<Fn::lineGetDevCaps>()).size(), 236u);
}

TEST_F(ProviderTest, StatusMessagesAreOffUntilWanted) {
  ASSERT_TRUE(load(provider.table()));
  TestClient& a = client("a");
  TestClient& b = client("b");
  const DWORD line = a.open(0, LINECALLPRIVILEGE_NONE);
  b.open(0, monitor);
  a.take();
  provider.line_event(0, LINE_LINEDEVSTATE, LINEDEVSTATE_RINGING, 1, 0);
  provider.line_event(0, LINE_ADDRESSSTATE, 0, LINEADDRESSSTATE_FORWARD);
  EXPECT_EQ(a.take(), "");
  EXPECT_EQ(a.call<Fn::lineSetStatusMessages>(
                line, DWORD{LINEDEVSTATE_RINGING | LINEDEVSTATE_OPEN | LINEDEVSTATE_CLOSE},
                DWORD{LINEADDRESSSTATE_FORWARD}),
            0);
  EXPECT_EQ(a.call<Fn::lineSetStatusMessages>(line, 0x80000000u, 0u), LINEERR_INVALLINESTATE);
  EXPECT_EQ(a.call<Fn::lineSetStatusMessages>(line, 0u, 0x80000000u), LINEERR_INVALADDRESSSTATE);
  provider.line_event(0, LINE_LINEDEVSTATE, LINEDEVSTATE_RINGING | LINEDEVSTATE_SIGNAL, 1, 2);
  provider.line_event(0, LINE_ADDRESSSTATE, 1, LINEADDRESSSTATE_FORWARD | LINEADDRESSSTATE_OTHER);
  EXPECT_EQ(a.take(), "line 2 1 2, address 1 40 0");
  EXPECT_EQ(b.take(), "");
  const DWORD second = b.open(0, monitor);
  EXPECT_EQ(a.take(), "line 200 0 0");
  b.call<Fn::lineClose>(second);
  EXPECT_EQ(a.take(), "line 400 0 0");
  ASSERT_EQ(a.call<Fn::lineGetStatusMessages>(line), 0);
  EXPECT_EQ(std::get<0>(a.answers<Fn::lineGetStatusMessages>()),
            DWORD{LINEDEVSTATE_RINGING | LINEDEVSTATE_OPEN | LINEDEVSTATE_CLOSE | LINEDEVSTATE_REINIT});
  provider.line_event(0, LINE_LINEDEVSTATE, LINEDEVSTATE_REINIT);
  EXPECT_EQ(b.take(), "line 40000 0 0") << "cannot be disabled";
}

TEST_F(ProviderTest, LineStatusNamesTheApplicationsThatHaveItOpen) {
  ASSERT_TRUE(load(provider.table()));
  TestClient& a = client("module");
  const DWORD line = a.open(0, owner);
  client("other").open(0, monitor);
  ASSERT_EQ(a.call<Fn::lineGetLineDevStatus>(line, wire::Capacity{2000}), 0);
  const auto bytes = std::get<0>(a.answers<Fn::lineGetLineDevStatus>());
  const auto& status = a.structure<LINEDEVSTATUS>(bytes);
  EXPECT_EQ(status.dwNumOpens, 2u);
  EXPECT_EQ(status.dwOpenMediaModes, DWORD{LINEMEDIAMODE_INTERACTIVEVOICE});
  ASSERT_EQ(status.dwAppInfoSize, 2 * sizeof(LINEAPPINFO));
  LINEAPPINFO info;
  std::memcpy(&info, bytes.data() + status.dwAppInfoOffset, sizeof info);
  ASSERT_EQ(info.dwModuleFilenameSize, sizeof u"module");
  EXPECT_EQ(std::memcmp(bytes.data() + info.dwModuleFilenameOffset, u"module", sizeof u"module"), 0);
  const DWORD needed = status.dwUsedSize;
  ASSERT_EQ(a.call<Fn::lineGetLineDevStatus>(line, wire::Capacity{sizeof(LINEDEVSTATUS)}), 0);
  const auto& small = a.structure<LINEDEVSTATUS>(std::get<0>(a.answers<Fn::lineGetLineDevStatus>()));
  EXPECT_EQ(small.dwAppInfoSize, 0u);
  EXPECT_GE(small.dwNeededSize, needed);
  const DWORD said = small.dwNeededSize;
  ASSERT_EQ(a.call<Fn::lineGetLineDevStatus>(line, wire::Capacity{said}), 0);
  EXPECT_EQ(a.structure<LINEDEVSTATUS>(std::get<0>(a.answers<Fn::lineGetLineDevStatus>())).dwAppInfoSize,
            2 * sizeof(LINEAPPINFO))
      << "a second attempt with what is said to be needed succeeds";
}

TEST_F(ProviderTest, LinesComeAndGoWhileApplicationsRun) {
  ASSERT_TRUE(load(provider.table()));
  TestClient& now = client("now");
  TestClient& old = client("old", 0x00010003);
  provider.create_line();
  EXPECT_EQ(now.take(), "create 2");
  EXPECT_EQ(old.take(), "line 40000 13 2") << "reinitialise, in the words of 1.3";
  EXPECT_TRUE(provider.did("providerCreateLineDevice 555 as 2"));
  now.open(2, owner);
  provider.offer(2);
  now.take();
  provider.create(nullptr, nullptr, LINE_REMOVE, 2, 0, 0);
  EXPECT_EQ(now.take(), "close, remove 2");
  EXPECT_TRUE(provider.did("lineClose 2"));
  EXPECT_EQ(now.try_open(2, owner), LINEERR_NODEVICE);
  provider.create(nullptr, nullptr, LINE_REMOVE, 99, 0, 0);
  loop.settle();
  EXPECT_TRUE(log.says("LINE_REMOVE of line 99"));
}

TEST_F(ProviderTest, LineCloseFromTheProviderVoidsEverythingOnIt) {
  ASSERT_TRUE(load(provider.table()));
  TestClient& app = client();
  const DWORD line = app.open(0, owner);
  provider.offer(0);
  app.take();
  provider.complete_at_once = false;
  app.call<Fn::lineAnswer>(app.last_call, wire::Data{});
  provider.line_event(0, LINE_CLOSE);
  const auto messages = app.take_all();
  ASSERT_EQ(messages.size(), 2u);
  EXPECT_EQ(word(messages[0]), "dropped");
  EXPECT_EQ(messages[1].message, DWORD{LINE_CLOSE});
  EXPECT_EQ(messages[1].device, line);
  EXPECT_EQ(app.call<Fn::lineClose>(line), LINEERR_INVALLINEHANDLE);
  EXPECT_EQ(app.call<Fn::lineDrop>(app.last_call, wire::Data{}), LINEERR_INVALCALLHANDLE);
  EXPECT_FALSE(provider.did("lineDrop c1"));
  EXPECT_TRUE(provider.did("lineClose 0"));
  EXPECT_NE(app.open(0, owner), 0u) << "it can be opened again";
}

TEST_F(ProviderTest, EventsForWhatIsGoneOrNeverWasAreIgnored) {
  ASSERT_TRUE(load(provider.table()));
  TestClient& app = client();
  const DWORD line = app.open(0, owner);
  const auto kept = provider.lines[0];
  kept.procedure(kept.server, reinterpret_cast<HTAPICALL>(DWORD_PTR{0xDEADBEEF12345678}), LINE_CALLSTATE, 2,
                 0, 0);
  kept.procedure(reinterpret_cast<HTAPILINE>(DWORD_PTR{0xDEADBEEF}), nullptr, LINE_LINEDEVSTATE, 2, 0, 0);
  kept.procedure(kept.server,
                 kept.server ? reinterpret_cast<HTAPICALL>(const_cast<HTAPILINE__*>(kept.server)) : nullptr,
                 LINE_CALLSTATE, 2, 0, 0);
  kept.procedure(kept.server, nullptr, 4444, 2, 0, 0);
  app.call<Fn::lineClose>(line);
  kept.procedure(kept.server, nullptr, LINE_LINEDEVSTATE, LINEDEVSTATE_REINIT, 0, 0);
  HTAPICALL name = nullptr;
  kept.procedure(kept.server, nullptr, LINE_NEWCALL, 77, reinterpret_cast<DWORD_PTR>(&name), 0);
  EXPECT_EQ(app.take(), "");
  EXPECT_EQ(server->counts().calls, 0u);
}

TEST_F(ProviderTest, HostTimersAndPostsRunOnTheLoop) {
  ASSERT_TRUE(load(provider.table()));
  TestClient& app = client();
  app.open(0, owner);
  static FakeProvider* reporter;
  reporter = &provider;
  const trunkline_host* host = provider.host;
  ASSERT_EQ(host->has_descriptors(host->host), 0);
  void* timer = host->timer_create(
      host->host, [](void*) { reporter->offer(0); }, nullptr);
  host->timer_start_at(host->host, timer, host->now_us(host->host) + 5'000'000);
  loop.run_for(std::chrono::seconds{4});
  EXPECT_EQ(app.take(), "");
  loop.run_for(std::chrono::seconds{2});
  EXPECT_EQ(app.take(), "new 0 4, state 2 1 4");
  host->post(
      host->host, [](void*) { reporter->state(1, LINECALLSTATE_CONNECTED); }, nullptr);
  EXPECT_EQ(app.take(), "state 100 0 0");
  // What is still posted or due when it is shut down does not run.
  host->timer_start_at(host->host, timer, host->now_us(host->host) + 1);
  host->post(
      host->host, [](void*) { std::abort(); }, nullptr);
  ASSERT_TRUE(server->unload_provider("fake"));
  loop.run_for(std::chrono::seconds{1});
}

// Events and completions from a thread of the provider arrive on the loop, in order.
TEST(ProviderThreadTest, ReportsFromAnotherThread) {
  RealLoop loop;
  CountingLog log;
  FakeProvider provider;
  Server server{loop, log};
  ASSERT_TRUE(server.load_provider("fake", provider.table()));
  VirtualLoop unused;
  TestClient app{server, unused};
  app.open(0, owner);
  provider.complete_at_once = false;
  constexpr std::size_t calls = 200;
  std::size_t idle = 0;
  const auto loop_thread = std::this_thread::get_id();
  app.on_event = [&](const Seen& seen) {
    EXPECT_EQ(std::this_thread::get_id(), loop_thread);
    if (seen.message == LINE_CALLSTATE && seen.p1 == LINECALLSTATE_IDLE) {
      app.call<Fn::lineDeallocateCall>(seen.device);
      if (++idle == calls) loop.stop();
    }
  };
  provider.calls.reserve(calls + 2);
  std::thread reporter{[&] {
    for (std::size_t i = 0; i < calls; ++i) {
      const DWORD call = provider.offer(0);
      provider.state(call, LINECALLSTATE_CONNECTED);
      provider.state(call, LINECALLSTATE_IDLE);
    }
  }};
  loop.run();
  reporter.join();
  EXPECT_EQ(server.counts().calls, 0u);
  std::vector<DWORD_PTR> states;
  for (const Seen& seen : app.seen)
    if (seen.message == LINE_CALLSTATE) states.push_back(seen.p1);
  ASSERT_EQ(states.size(), 3 * calls);
  for (std::size_t i = 0; i < states.size(); i += 3) {
    EXPECT_EQ(states[i], DWORD_PTR{LINECALLSTATE_OFFERING});
    EXPECT_EQ(states[i + 1], DWORD_PTR{LINECALLSTATE_CONNECTED});
  }
}

} // namespace
} // namespace tl::server::test
