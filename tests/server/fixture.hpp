// SPDX-License-Identifier: Apache-2.0
// A server with a scripted provider under the virtual clock, and clients that speak the wire's frames.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/virtual_loop.hpp"
#include "fake_provider.hpp"
#include "server/server.hpp"
#include "wire/frame.hpp"

namespace tl::server::test {

using wire::Fn;

// One message as the application would see it (the device is its handle).
struct Seen {
  DWORD message = 0, device = 0;
  DWORD_PTR p1 = 0, p2 = 0, p3 = 0;
  std::uint32_t app = 0, sequence = 0;
  std::uint64_t instance = 0;
  wire::Buffer extra;
};

// A client and its application, opened at API 2.2 unless told otherwise.
class TestClient final : public wire::EventSink {
public:
  TestClient(Server& server, VirtualLoop& loop, std::string module = "app", DWORD version = 0x00020002,
             wire::Identity identity = {.user = "tester", .in_process = true});
  ~TestClient() override = default;

  // Sends one request and decodes its reply; views in the answers live until the next request.
  template <Fn F, class... A> LONG call(const A&... arguments) {
    wire::Buffer frame;
    wire::FrameWriter writer{frame, wire::FrameKind::request, static_cast<std::uint16_t>(F), ++sequence};
    wire::encode_arguments<F>(writer, arguments...);
    EXPECT_TRUE(writer.finish());
    return raw(frame);
  }
  template <Fn F> wire::Answers<F> answers() const {
    auto decoded = wire::decode_answers<F>(wire::Bytes{reply}.subspan(wire::header_size_bytes + 4));
    EXPECT_TRUE(decoded.has_value());
    return decoded.value_or(wire::Answers<F>{});
  }
  LONG raw(const wire::Buffer& frame);

  // Answers as a structure; what the client has room for is the size of T plus `more`.
  template <class T> const T& structure(wire::Bytes bytes) {
    held.assign(bytes.begin(), bytes.end());
    held.resize(std::max(held.size(), sizeof(T) + 512));
    return *reinterpret_cast<const T*>(held.data());
  }

  DWORD open(DWORD line, DWORD privileges, DWORD media = LINEMEDIAMODE_INTERACTIVEVOICE,
             wire::Data params = std::nullopt, DWORD version = 0x00020002);
  // lineOpen's result alone, for failures.
  LONG try_open(DWORD line, DWORD privileges, DWORD media = LINEMEDIAMODE_INTERACTIVEVOICE,
                wire::Data params = std::nullopt, DWORD version = 0x00020002);

  // What arrived since the last take(), as "CALLSTATE 2 1 4" words; the virtual loop is settled first.
  std::string take();
  std::vector<Seen> take_all();
  void settle() { loop_.settle(); }

  void event(wire::Bytes frame) override;
  void lost(const std::string& why) override { lost_why = why; }

  DWORD app = 0;
  DWORD last_call = 0; // of the newest LINE_APPNEWCALL, or of a LINE_REPLY that made a call
  std::uint32_t sequence = 0;
  std::vector<Seen> seen;
  std::string lost_why;
  std::function<void(const Seen&)> on_event;
  std::unique_ptr<wire::Session> session;
  wire::Buffer reply;
  std::vector<std::byte> held;

private:
  VirtualLoop& loop_;
};

class CountingLog final : public Log {
public:
  CountingLog() { set_threshold(Level::warn); }
  void write(Level, std::string_view, std::string_view text) override { lines.emplace_back(text); }
  bool says(std::string_view part) const {
    for (const auto& line : lines)
      if (line.find(part) != std::string::npos) return true;
    return false;
  }
  std::vector<std::string> lines;
};

class ServerTest : public ::testing::Test {
protected:
  void start(Options options = {});
  TestClient& client(std::string module = "app", DWORD version = 0x00020002);
  // A program of a user who reached the server from elsewhere.
  TestClient& remote(std::string user, DWORD version = 0x00020002);

  VirtualLoop loop;
  CountingLog log;
  FakeProvider provider;
  std::unique_ptr<Server> server;
  std::vector<std::unique_ptr<TestClient>> clients;
};

std::string word(const Seen& seen);

} // namespace tl::server::test
