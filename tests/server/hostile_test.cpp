// SPDX-License-Identifier: Apache-2.0
// Bad input from clients, and limits: a clear answer, a server that goes on, other clients untouched.
#include "fixture.hpp"

#include <algorithm>
#include <array>
#include <sstream>

#include "base/random.hpp"

namespace tl::server::test {
namespace {

constexpr DWORD owner = LINECALLPRIVILEGE_OWNER, monitor = LINECALLPRIVILEGE_MONITOR;

class HostileTest : public ServerTest {
protected:
  void SetUp() override { start(); }
};

TEST_F(HostileTest, LyingCallParameters) {
  TestClient& app = client();
  const DWORD line = app.open(0, owner);
  const auto make = [&](const LINECALLPARAMS& params, std::size_t bytes = sizeof(LINECALLPARAMS)) {
    return app.call<Fn::lineMakeCall>(line, wire::Text{u"1"}, 0u,
                                      wire::Data{std::as_bytes(std::span{&params, 1}).first(bytes)});
  };
  LINECALLPARAMS params{};
  EXPECT_EQ(make(params), LINEERR_STRUCTURETOOSMALL) << "dwTotalSize 0";
  EXPECT_EQ(make(params, 3), LINEERR_STRUCTURETOOSMALL);
  params.dwTotalSize = sizeof params + 1;
  EXPECT_EQ(make(params), LINEERR_INVALCALLPARAMS) << "longer than what came";
  params.dwTotalSize = sizeof params;
  params.dwCallDataSize = 1;
  params.dwCallDataOffset = sizeof params;
  EXPECT_EQ(make(params), LINEERR_INVALCALLPARAMS);
  params.dwCallDataSize = 0xFFFFFFFF;
  params.dwCallDataOffset = 0xFFFFFFFF;
  EXPECT_EQ(make(params), LINEERR_INVALCALLPARAMS);
  params.dwCallDataOffset = 0;
  params.dwCallDataSize = 8;
  EXPECT_EQ(make(params), LINEERR_INVALCALLPARAMS) << "inside the fixed part";
  EXPECT_EQ(provider.calls.size(), 1u) << "the provider was not asked";
  params.dwCallDataSize = 0;
  EXPECT_GT(make(params), 0);
}

TEST_F(HostileTest, ParametersOfAnOldApplicationAreWidenedForTheProvider) {
  TestClient& old = client("old", 0x00010004);
  const DWORD line = old.open(0, owner, LINEMEDIAMODE_INTERACTIVEVOICE, {}, 0x00010004);
  constexpr std::size_t fixed = 112; // of LINECALLPARAMS before 2.0
  std::vector<std::byte> bytes(fixed + 8);
  auto& params = *reinterpret_cast<LINECALLPARAMS*>(bytes.data());
  params.dwTotalSize = static_cast<DWORD>(bytes.size());
  params.dwCommentSize = 8;
  params.dwCommentOffset = fixed;
  std::memset(bytes.data() + fixed, 0x41, 8);
  EXPECT_GT(old.call<Fn::lineMakeCall>(line, wire::Text{u"1"}, 0u, wire::Data{bytes}), 0);
  EXPECT_TRUE(provider.did("lineMakeCall 1")) << "the variable part is not taken for dwCallData";
}

TEST_F(HostileTest, ForwardListsAreChecked) {
  TestClient& app = client();
  const DWORD line = app.open(0, owner);
  const auto forward = [&](const LINEFORWARDLIST& list, std::size_t bytes = sizeof(LINEFORWARDLIST)) {
    return app.call<Fn::lineForward>(
        line, 1u, 0u, wire::Data{std::as_bytes(std::span{&list, 1}).first(bytes)}, 0u, wire::Data{});
  };
  LINEFORWARDLIST list{};
  EXPECT_EQ(forward(list), LINEERR_STRUCTURETOOSMALL);
  EXPECT_EQ(forward(list, 4), LINEERR_STRUCTURETOOSMALL);
  list.dwTotalSize = sizeof list;
  list.dwNumEntries = 2;
  EXPECT_EQ(forward(list), LINEERR_STRUCTURETOOSMALL);
  list.dwNumEntries = 0x80000000;
  EXPECT_EQ(forward(list), LINEERR_STRUCTURETOOSMALL);
  list.dwNumEntries = 1;
  list.ForwardList[0].dwDestAddressSize = 10;
  list.ForwardList[0].dwDestAddressOffset = 0xFFFFFFF8;
  EXPECT_EQ(forward(list), LINEERR_INVALPARAM);
  list.ForwardList[0].dwDestAddressSize = 0;
  list.ForwardList[0].dwDestAddressOffset = 0;
  EXPECT_GT(forward(list), 0);
  EXPECT_TRUE(provider.did("lineForward 0 entries 1"));
}

TEST_F(HostileTest, FramesThatAreNone) {
  TestClient& app = client();
  wire::Buffer nothing;
  EXPECT_LT(app.raw(nothing), 0);
  wire::Buffer wrong_kind;
  wire::write_hello(wrong_kind, {});
  EXPECT_LT(app.raw(wrong_kind), 0);
  wire::Buffer unknown;
  wire::FrameWriter writer{unknown, wire::FrameKind::request, 9999, 5};
  ASSERT_TRUE(writer.finish());
  EXPECT_EQ(app.raw(unknown), LINEERR_OPERATIONUNAVAIL);
  wire::Buffer short_frame;
  wire::FrameWriter short_writer{short_frame, wire::FrameKind::request,
                                 static_cast<std::uint16_t>(Fn::lineMakeCall), 6};
  ASSERT_TRUE(short_writer.finish());
  EXPECT_EQ(app.raw(short_frame), LINEERR_OPERATIONFAILED);
  EXPECT_FALSE(is_bound(Fn::lineGetMessage)) << "the library's own";
  EXPECT_TRUE(is_bound(Fn::lineMakeCall));
}

TEST_F(HostileTest, SlowClientIsDisconnectedAndItsCallsReleased) {
  server.reset();
  Options options;
  options.limits.client_messages_max = 100;
  start(options);
  TestClient& slow = client("slow");
  TestClient& other = client("other");
  slow.open(0, owner);
  provider.offer(0);
  slow.take();
  other.open(1, owner);
  for (int i = 0; i < 200; ++i) provider.event(1, LINE_CALLINFO, LINECALLINFOSTATE_OTHER);
  provider.offer(1);
  EXPECT_EQ(other.take(), "new 0 4, state 2 1 4");
  EXPECT_NE(slow.lost_why.find("too slow"), std::string::npos) << slow.lost_why;
  EXPECT_EQ(slow.seen.size(), 100u) << "what was in time is delivered";
  EXPECT_TRUE(provider.did("lineDrop c1"));
  EXPECT_EQ(server->counts().clients, 1u);
  EXPECT_EQ(slow.call<Fn::lineGetNewCalls>(1u, 0u, 1u, wire::Capacity{100}), LINEERR_RESOURCEUNAVAIL);
}

TEST_F(HostileTest, LimitsAnswerClearly) {
  server.reset();
  Options options;
  options.limits.clients_max = 2;
  options.limits.calls_max = 3;
  options.limits.requests_max = 2;
  options.limits.apps_per_client_max = 2;
  start(options);
  TestClient& app = client();
  TestClient& second = client();
  TestClient third{*server, loop};
  EXPECT_EQ(third.app, 0u) << "clients_max";
  const auto initialize = [&] {
    return second.call<Fn::lineInitializeEx>(wire::Text{}, wire::Text{u"x"}, 0x20002u);
  };
  EXPECT_EQ(initialize(), 0);
  EXPECT_EQ(initialize(), LINEERR_RESOURCEUNAVAIL);
  const DWORD line = app.open(0, owner);
  provider.complete_at_once = false;
  const auto make = [&] { return app.call<Fn::lineMakeCall>(line, wire::Text{u"1"}, 0u, wire::Data{}); };
  EXPECT_GT(make(), 0);
  EXPECT_GT(make(), 0);
  EXPECT_EQ(make(), LINEERR_RESOURCEUNAVAIL) << "requests_max";
  EXPECT_EQ(server->counts().calls, 2u);
  EXPECT_EQ(provider.new_call(0), 0u) << "calls_max counts the line's name too: the provider gets NULL";
  loop.settle();
  provider.complete(), provider.complete();
  EXPECT_EQ(app.take(), "reply 0, reply 0");
}

TEST_F(HostileTest, ProviderEventsAreBounded) {
  server.reset();
  Options options;
  options.limits.provider_events_max = 10;
  start(options);
  TestClient& app = client();
  app.open(0, owner);
  provider.offer(0);
  app.take();
  for (int i = 0; i < 50; ++i) provider.event(1, LINE_CALLINFO, LINECALLINFOSTATE_OTHER);
  EXPECT_EQ(app.take_all().size(), 10u);
  EXPECT_TRUE(log.says("more than 10 events wait"));
  provider.event(1, LINE_CALLINFO, LINECALLINFOSTATE_OTHER);
  EXPECT_EQ(app.take(), "info 1") << "it recovers";
}

TEST_F(HostileTest, SinkMayCallAndEndFromInsideAMessage) {
  TestClient& app = client();
  TestClient& other = client();
  app.open(0, owner);
  other.open(0, monitor);
  app.on_event = [&](const Seen& seen) {
    if (seen.message != LINE_CALLSTATE) return;
    EXPECT_GT(app.call<Fn::lineAnswer>(seen.device, wire::Data{}), 0);
    other.session.reset();
    app.session.reset();
  };
  provider.offer(0);
  loop.settle();
  EXPECT_TRUE(provider.did("lineAnswer c1"));
  EXPECT_TRUE(provider.did("lineClose 0"));
  EXPECT_EQ(server->counts().clients, 0u);
}

TEST_F(HostileTest, ShutdownEndsEverythingOnce) {
  TestClient& app = client();
  app.open(0, owner);
  provider.offer(0);
  app.take();
  server->shutdown();
  server->shutdown();
  EXPECT_EQ(app.lost_why, "the server is shutting down");
  EXPECT_TRUE(provider.did("providerShutdown"));
  EXPECT_EQ(app.call<Fn::lineShutdown>(app.app), LINEERR_UNINITIALIZED);
  server.reset();
  EXPECT_EQ(app.call<Fn::lineShutdown>(app.app), LINEERR_UNINITIALIZED);
}

// Frames of every function, well formed and with random values, then with random bytes changed: no crash,
// every reply well formed, and a bystander's call is as it was.
TEST_F(HostileTest, MutatedRequestsDoNoHarm) {
  constexpr std::uint64_t seed = 20'240'607;
  constexpr int rounds = 60'000;
  SCOPED_TRACE(seed);
  Random random{seed};
  TestClient& bystander = client("bystander");
  bystander.open(1, owner);
  provider.offer(1, LINECALLSTATE_CONNECTED);
  bystander.take();
  auto attacker = std::make_unique<TestClient>(*server, loop, "attacker");
  std::vector<DWORD> handles{attacker->app, attacker->open(0, owner | monitor)};
  const auto value = [&]() -> DWORD {
    switch (random.below(5)) {
    case 0: return handles[random.below(handles.size())];
    case 1: return bystander.last_call;
    case 2: return static_cast<DWORD>(random.below(8));
    case 3: return 1U << random.below(32);
    default: return 0x00020002;
    }
  };
  // What belongs there.
  const auto fitting = [&](const std::string& name) -> DWORD {
    if (name == "hLineApp") return handles[0];
    if (name == "hLine") return handles[1];
    if (name.find("Call") != std::string::npos && name[0] == 'h') return attacker->last_call;
    return name.find("Version") != std::string::npos ? 0x00020002 : static_cast<DWORD>(random.below(5));
  };
  std::array<int, wire::functions.size()> accepted{};
  for (int round = 0; round < rounds; ++round) {
    if (provider.lines.contains(0) && random.chance(0.05)) {
      const DWORD call = provider.offer(0, 1U << random.below(16));
      if (random.chance(0.5)) provider.state(call, 1U << random.below(16));
    }
    if (random.chance(0.05)) loop.settle();
    if (attacker->last_call && random.chance(0.1)) handles.push_back(attacker->last_call);
    if (handles.size() > 30) handles.erase(handles.begin() + 2, handles.end() - 5);
    const auto number = static_cast<std::uint16_t>(random.below(wire::functions.size()));
    const wire::Function& row = wire::functions[number];
    if (row.name == "lineShutdown" && !random.chance(0.02)) continue;
    wire::Buffer frame;
    wire::FrameWriter writer{frame, wire::FrameKind::request, number, static_cast<std::uint32_t>(round)};
    std::istringstream names{std::string{row.parameters}};
    for (std::size_t i = 0; i < row.count; ++i) {
      std::string name;
      names >> name;
      switch (row.kinds[i]) {
      case wire::Kind::dword: writer.dword(random.chance(0.8) ? fitting(name) : value()); break;
      case wire::Kind::qword: writer.qword(value()); break;
      case wire::Kind::text: writer.text(random.chance(0.2) ? wire::Text{} : wire::Text{u"1001"}); break;
      case wire::Kind::data_out: writer.dword(static_cast<DWORD>(random.below(2000))); break;
      case wire::Kind::dword_out: break;
      case wire::Kind::data:
      case wire::Kind::data_inout: {
        std::vector<std::byte> bytes(random.below(300));
        for (auto& byte : bytes) byte = static_cast<std::byte>(random.below(4) == 0 ? random.next() : 0);
        const auto size = static_cast<DWORD>(bytes.size());
        if (size >= 4 && random.chance(0.8)) std::memcpy(bytes.data(), &size, 4);
        writer.data(random.chance(0.1) ? wire::Data{} : wire::Data{bytes});
        break;
      }
      }
    }
    ASSERT_TRUE(writer.finish());
    if (random.chance(0.3)) frame[random.below(frame.size())] = static_cast<std::byte>(random.next());
    attacker->session->request(frame, attacker->reply);
    const auto header = wire::read_header(attacker->reply);
    ASSERT_TRUE(header && header->kind == wire::FrameKind::reply) << row.name;
    wire::Reader result{wire::payload(attacker->reply)};
    if (static_cast<LONG>(result.dword()) >= 0) ++accepted[number];
    if (server->counts().open_lines == 1 || random.chance(0.001)) { // it closed all its lines
      attacker = std::make_unique<TestClient>(*server, loop, "attacker");
      handles = {attacker->app, attacker->open(0, owner | monitor)};
    }
  }
  attacker.reset();
  loop.settle();
  const auto reached = std::count_if(accepted.begin(), accepted.end(), [](int times) { return times > 0; });
  EXPECT_GT(reached, 50) << "too few functions got past their first check for this to test much";
  EXPECT_EQ(server->counts().clients, 1u);
  EXPECT_EQ(server->counts().open_lines, 1u);
  EXPECT_EQ(server->counts().requests, 0u);
  EXPECT_EQ(bystander.call<Fn::lineGetCallStatus>(bystander.last_call, wire::Capacity{100}), 0);
  EXPECT_EQ(bystander.structure<LINECALLSTATUS>(std::get<0>(bystander.answers<Fn::lineGetCallStatus>()))
                .dwCallState,
            DWORD{LINECALLSTATE_CONNECTED});
}

} // namespace
} // namespace tl::server::test
