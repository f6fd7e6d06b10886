// SPDX-License-Identifier: Apache-2.0
// trunkline/msp.h over a socket and in process: blocks in order, bounded, and no callback after the end.
#include <atomic>
#include <condition_variable>
#include <string>

#include "in_process.hpp"
#include "socket_server.hpp"
#include "trunkline/msp.h"
#include "tspi.h"

namespace tl::test {
namespace {

// What callbacks said: "handle call text", "handle end".
struct Heard {
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::string> all;
  HMSPLINE close_in_callback = 0;
  bool slow = false;

  static void CALLBACK callback(HMSPLINE msp, HCALL call, const void* data, DWORD size, void* context) {
    Heard& self = *static_cast<Heard*>(context);
    if (self.slow) std::this_thread::sleep_for(std::chrono::milliseconds{100});
    if (msp == self.close_in_callback) trunkline_lineCloseMSPInstance(msp);
    const std::lock_guard lock{self.mutex};
    self.all.push_back(std::to_string(msp) + (data ? " " + std::to_string(call) + " " +
                                                         std::string(static_cast<const char*>(data), size)
                                                   : " end"));
    self.changed.notify_all();
  }
  std::vector<std::string> wait_for(std::size_t count) {
    std::unique_lock lock{mutex};
    changed.wait_for(lock, std::chrono::seconds{10}, [&] { return all.size() >= count; });
    return all;
  }
};

using Words = std::vector<std::string>;

Bytes bytes(std::string_view text) {
  return std::as_bytes(std::span{text.data(), text.size()});
}

void serve_msps(FakeServer& server) {
  server.on(Fn::mspCreate, [](const FakeServer::Request&, wire::ReplyWriter& reply) { reply.dword(41); });
  server.on(Fn::mspClose, [](const FakeServer::Request&, wire::ReplyWriter&) {});
  server.on(Fn::mspSend, [](const FakeServer::Request&, wire::ReplyWriter&) {});
}

void send(FakeServer& server, HMSPLINE msp, HCALL call, std::string_view data) {
  server.emit(
      {.message = LINE_SENDMSPDATA, .app = server.app, .device = msp, .param1 = call, .extra = bytes(data)});
}

class MspInProcess : public InProcess {
protected:
  MspInProcess() { serve_msps(server_); }
  HMSPLINE create() {
    HMSPLINE msp = 0;
    EXPECT_EQ(trunkline_lineCreateMSPInstance(5, 0, &Heard::callback, &heard_, &msp), 0);
    return msp;
  }
  Heard heard_;
};

TEST_F(MspInProcess, CallsAndAnswers) {
  HMSPLINE msp = 0;
  EXPECT_EQ(trunkline_lineCreateMSPInstance(5, 0, &Heard::callback, &heard_, &msp), LINEERR_UNINITIALIZED);
  begin();
  EXPECT_EQ(trunkline_lineCreateMSPInstance(5, 0, nullptr, nullptr, &msp), LINEERR_INVALPOINTER);
  EXPECT_EQ(trunkline_lineCreateMSPInstance(5, 0, &Heard::callback, nullptr, nullptr), LINEERR_INVALPOINTER);
  EXPECT_EQ(trunkline_lineMSPIdentify(0, nullptr), LINEERR_INVALPOINTER);
  const GUID id{0x11, 0x22, 0x33, {1, 2, 3, 4, 5, 6, 7, 8}};
  server_.answer<Fn::mspIdentify>(Bytes{std::as_bytes(std::span{&id, 1})});
  GUID got{};
  EXPECT_EQ(trunkline_lineMSPIdentify(0, &got), 0);
  EXPECT_EQ(std::memcmp(&got, &id, sizeof id), 0);
  msp = create();
  EXPECT_EQ(msp, 41u);
  EXPECT_EQ(trunkline_lineSendMSPData(msp, 9, "abc", 3), 0);
  const auto [handle, call, data] = server_.arguments<Fn::mspSend>(server_.last());
  EXPECT_EQ(handle, 41u);
  EXPECT_EQ(call, 9u);
  EXPECT_EQ(data->size(), 3u);
  EXPECT_EQ(trunkline_lineSendMSPData(msp, 0, nullptr, 3), LINEERR_INVALPOINTER);
  const std::string large(TRUNKLINE_MSP_BYTES_MAX + 1, 'x');
  EXPECT_EQ(trunkline_lineSendMSPData(msp, 0, large.data(), TRUNKLINE_MSP_BYTES_MAX + 1), LINEERR_INVALPARAM);
  send(server_, msp, 9, "one");
  send(server_, 42, 0, "for nobody");
  send(server_, msp, 0, "");
  EXPECT_EQ(heard_.all, (Words{"41 9 one", "41 0 "}));
  EXPECT_EQ(trunkline_lineCloseMSPInstance(msp), 0);
  EXPECT_EQ(trunkline_lineCloseMSPInstance(msp), LINEERR_INVALPARAM);
  send(server_, msp, 0, "late");
  EXPECT_EQ(heard_.all.size(), 2u);
}

TEST_F(MspInProcess, EndsWithItsLineAndWithTheServer) {
  begin();
  const HMSPLINE msp = create();
  server_.emit({.message = LINE_SENDMSPDATA, .app = server_.app, .device = msp, .param2 = 1});
  EXPECT_EQ(heard_.all, Words{"41 end"});
  EXPECT_EQ(trunkline_lineCloseMSPInstance(msp), LINEERR_INVALPARAM);
  create();
  server_.lose("test");
  EXPECT_EQ(heard_.all, (Words{"41 end", "41 end"}));
}

class MspOverSocket : public ::testing::Test {
protected:
  MspOverSocket() {
    serve_msps(host_);
    server_.start();
    trunkline_setServer(server_.path().c_str());
    DWORD devices = 0, version = 0x00020002;
    LINEINITIALIZEEXPARAMS params{};
    params.dwTotalSize = sizeof params;
    params.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT;
    EXPECT_EQ(lineInitializeExW(&app_, nullptr, nullptr, u"test", &devices, &version, &params), 0);
  }
  ~MspOverSocket() override {
    lineShutdown(app_);
    server_.stop();
    trunkline_setServer(nullptr);
  }
  HMSPLINE create() {
    HMSPLINE msp = 0;
    EXPECT_EQ(trunkline_lineCreateMSPInstance(5, 0, &Heard::callback, &heard_, &msp), 0);
    return msp;
  }

  Heard heard_;
  FakeServer host_;
  SocketServer server_{host_};
  HLINEAPP app_ = 0;
};

TEST_F(MspOverSocket, BlockFasterThanTheReplyIsNotLost) {
  host_.on(Fn::mspCreate, [this](const FakeServer::Request&, wire::ReplyWriter& reply) {
    send(host_, 41, 0, "early");
    reply.dword(41);
  });
  const HMSPLINE msp = create();
  for (int i = 0; i < 100; ++i) send(host_, msp, 0, std::to_string(i));
  const Words all = heard_.wait_for(101);
  ASSERT_EQ(all.size(), 101u);
  EXPECT_EQ(all.front(), "41 0 early");
  for (int i = 0; i < 100; ++i) EXPECT_EQ(all[static_cast<std::size_t>(i) + 1], "41 0 " + std::to_string(i));
}

TEST_F(MspOverSocket, NoCallbackAfterTheClose) {
  heard_.slow = true;
  const HMSPLINE msp = create();
  for (int i = 0; i < 5; ++i) send(host_, msp, 0, "x");
  heard_.wait_for(1);
  EXPECT_EQ(trunkline_lineCloseMSPInstance(msp), 0);
  const std::size_t so_far = heard_.all.size(); // nobody writes any more
  std::this_thread::sleep_for(std::chrono::milliseconds{250});
  EXPECT_EQ(heard_.wait_for(0).size(), so_far);
}

TEST_F(MspOverSocket, MayBeClosedInItsCallback) {
  heard_.close_in_callback = create();
  send(host_, 41, 0, "x");
  send(host_, 41, 0, "y");
  EXPECT_EQ(heard_.wait_for(1), Words{"41 0 x"});
  EXPECT_EQ(trunkline_lineCloseMSPInstance(41), LINEERR_INVALPARAM);
}

TEST_F(MspOverSocket, LostServerEndsIt) {
  create();
  server_.stop();
  EXPECT_EQ(heard_.wait_for(1), Words{"41 end"});
}

} // namespace
} // namespace tl::test
