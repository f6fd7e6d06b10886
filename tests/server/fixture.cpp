// SPDX-License-Identifier: Apache-2.0
#include "fixture.hpp"

#include <fmt/core.h>

namespace tl::server::test {

TestClient::TestClient(Server& server, VirtualLoop& loop, std::string module, DWORD version,
                       wire::Identity identity)
    : loop_(loop) {
  session = server.open_session(identity, *this);
  const std::u16string wide{module.begin(), module.end()};
  if (call<Fn::lineInitializeEx>(wire::Text{u"Friendly"}, wire::Text{wide}, std::uint32_t{version}) == 0)
    app = std::get<0>(answers<Fn::lineInitializeEx>());
}

LONG TestClient::raw(const wire::Buffer& frame) {
  session->request(frame, reply);
  const auto header = wire::read_header(reply);
  EXPECT_TRUE(header && header->kind == wire::FrameKind::reply);
  wire::Reader reader{wire::payload(reply)};
  return static_cast<LONG>(reader.dword());
}

LONG TestClient::try_open(DWORD line, DWORD privileges, DWORD media, wire::Data params, DWORD version) {
  return call<Fn::lineOpen>(app, line, version, 0u, std::uint64_t{0xABC}, privileges, media, params);
}

DWORD TestClient::open(DWORD line, DWORD privileges, DWORD media, wire::Data params, DWORD version) {
  const LONG result = try_open(line, privileges, media, params, version);
  EXPECT_EQ(result, 0) << std::hex << result;
  return result == 0 ? std::get<0>(answers<Fn::lineOpen>()) : 0;
}

void TestClient::event(wire::Bytes frame) {
  const auto event = wire::read_event(frame);
  ASSERT_TRUE(event.has_value());
  Seen each{event->message,
            event->device,
            static_cast<DWORD_PTR>(event->param1),
            static_cast<DWORD_PTR>(event->param2),
            static_cast<DWORD_PTR>(event->param3),
            event->app,
            event->sequence,
            event->instance,
            {event->extra.begin(), event->extra.end()}};
  if (each.message == LINE_APPNEWCALL) last_call = static_cast<DWORD>(each.p2);
  if (each.message == LINE_REPLY && each.extra.size() >= 4) std::memcpy(&last_call, each.extra.data(), 4);
  seen.push_back(each);
  if (on_event) on_event(each);
}

std::vector<Seen> TestClient::take_all() {
  loop_.settle();
  return std::exchange(seen, {});
}

std::string TestClient::take() {
  std::string words;
  for (const Seen& each : take_all()) words += (words.empty() ? "" : ", ") + word(each);
  return words;
}

TestClient& ServerTest::remote(std::string user, DWORD version) {
  clients.push_back(std::make_unique<TestClient>(*server, loop, "remote", version,
                                                 wire::Identity{.machine = "desk", .user = std::move(user)}));
  EXPECT_NE(clients.back()->app, 0u);
  return *clients.back();
}

std::string word(const Seen& seen) {
  const auto p = [&](const char* name) {
    return fmt::format("{} {:x} {:x} {:x}", name, seen.p1, seen.p2, seen.p3);
  };
  switch (seen.message) {
  case LINE_CALLSTATE: return p("state");
  case LINE_APPNEWCALL: return fmt::format("new {:x} {:x}", seen.p1, seen.p3);
  case LINE_CALLINFO: return fmt::format("info {:x}", seen.p1);
  case LINE_REPLY: return fmt::format("reply {:x}", seen.p2);
  case LINE_CLOSE: return "close";
  case LINE_LINEDEVSTATE: return p("line");
  case LINE_ADDRESSSTATE: return p("address");
  case LINE_GATHERDIGITS: return fmt::format("gather {:x}", seen.p1);
  case LINE_GENERATE: return fmt::format("generate {:x}", seen.p1);
  case LINE_MONITORDIGITS: return fmt::format("digit {}", static_cast<char>(seen.p1));
  case LINE_MONITORTONE: return fmt::format("tone {:x}", seen.p1);
  case LINE_PROXYREQUEST: return "proxyrequest";
  case LINE_PROXYSTATUS: return fmt::format("proxy {:x} {:x}", seen.p1, seen.p2);
  case LINE_CREATE: return fmt::format("create {}", seen.p1);
  case LINE_REMOVE: return fmt::format("remove {}", seen.p1);
  case wire::message_reply_dropped: return "dropped";
  default: return p(fmt::format("message {}", seen.message).c_str());
  }
}

void ServerTest::start(Options options) {
  server = std::make_unique<Server>(loop, log, std::move(options));
  const auto loaded = server->load_provider("fake", provider.table());
  ASSERT_TRUE(loaded) << loaded.error().text;
}

TestClient& ServerTest::client(std::string module, DWORD version) {
  clients.push_back(std::make_unique<TestClient>(*server, loop, std::move(module), version));
  EXPECT_NE(clients.back()->app, 0u);
  return *clients.back();
}

} // namespace tl::server::test
