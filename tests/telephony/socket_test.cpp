// SPDX-License-Identifier: Apache-2.0
// The object model over the server's Unix socket: the server on a thread and loop of its own, the program on
// a real loop or on none.
#include <cstdlib>
#include <filesystem>
#include <future>
#include <gtest/gtest.h>
#include <poll.h>
#include <thread>

#include "base/real_loop.hpp"
#include "main/unix_door.hpp"
#include "server/server.hpp"
#include "trunkline/tapi_ext.h"
#include "trunkline/telephony.hpp"

namespace tl::test {
namespace {

using telephony::Address;
using telephony::Call;

constexpr const char* site = R"({
  "station": [{"number": "1001", "driver": "sim", "sim": {"answer_after_ms": 20}},
              {"number": "1002", "driver": "sim", "sim": {"answer_after_ms": 20}}]})";

class RunningServer {
public:
  RunningServer() {
    char folder[] = "/tmp/trunkline_test_XXXXXX";
    folder_ = ::mkdtemp(folder);
    thread_ = std::thread([this] { loop_.run(); });
    on_loop([this] {
      server_ = std::make_unique<server::Server>(loop_, log_);
      const auto loaded = server_->load_provider(TRUNKLINE_PBX_TSP, site);
      EXPECT_TRUE(loaded) << loaded.error().text;
      auto listener = program::listen_unix(loop_, log_, *server_, folder_ + "/tapi.sock");
      ASSERT_TRUE(listener) << listener.error().text;
      listener_ = std::move(*listener);
    });
    trunkline_setServer((folder_ + "/tapi.sock").c_str());
  }
  ~RunningServer() {
    stop();
    loop_.stop();
    thread_.join();
    trunkline_setServer(nullptr);
    std::filesystem::remove_all(folder_);
  }
  void stop() {
    on_loop([this] {
      listener_.reset();
      server_.reset();
    });
  }

private:
  void on_loop(const std::function<void()>& work) {
    std::promise<void> done;
    loop_.post([&] {
      work();
      done.set_value();
    });
    done.get_future().wait();
  }

  RealLoop loop_;
  NullLog log_;
  std::string folder_;
  std::unique_ptr<server::Server> server_;
  std::unique_ptr<program::Listener> listener_;
  std::thread thread_;
};

struct Events : telephony::Events {
  std::function<void()> heard;
  DWORD state = 0;
  int states = 0;
  bool is_lost = false;

  void call_state(Call& call) override {
    state = code(call.state());
    ++states;
    heard();
  }
  void lost() override {
    is_lost = true;
    heard();
  }
};

TEST(Socket, ACallAndALostServer) {
  RunningServer server;
  RealLoop loop;
  Events events;
  events.heard = [&] { loop.stop(); };
  telephony::Telephony telephony{"socket test", events};
  bool late = false;
  Timer limit(loop, [&] {
    late = true;
    loop.stop();
  });
  limit.start(20s);
  const auto until = [&](auto done) {
    while (!done() && !late) loop.run();
    return done();
  };
  ASSERT_EQ(telephony.initialize(loop), 0);
  Address& address = *telephony.address_by_number("1001");
  ASSERT_EQ(address.open({.owner = true}), 0);
  HCALL handle = 0;
  ASSERT_GT(address.make_call("1002",
                              [&](LONG result, Call* call) {
                                EXPECT_EQ(result, 0);
                                if (call) handle = call->handle();
                              }),
            0);
  ASSERT_TRUE(until([&] { return events.state == LINECALLSTATE_CONNECTED; }));
  EXPECT_NE(telephony.call(handle)->call_id(), 0u);
  int replies = 0;
  for (int i = 0; i < 500; ++i)
    ASSERT_GT(telephony.call(handle)->set_data("x",
                                               [&](LONG result) {
                                                 EXPECT_EQ(result, 0);
                                                 ++replies;
                                                 loop.stop();
                                               }),
              0);
  ASSERT_TRUE(until([&] { return replies == 500; }));
  std::vector<LONG> last;
  server.stop();
  ASSERT_TRUE(until([&] { return events.is_lost; }));
  EXPECT_LT(telephony.call(handle)->drop([&](LONG result) { last.push_back(result); }), 0);
  telephony.shutdown();
  EXPECT_TRUE(last.empty());
}

TEST(Socket, AProgramWithoutOurLoop) {
  RunningServer server;
  Events events;
  events.heard = [] {};
  telephony::Telephony telephony{"poll test", events};
  ASSERT_EQ(telephony.initialize(), 0);
  Address& address = *telephony.address_by_number("1001");
  ASSERT_EQ(address.open({.owner = true}), 0);
  ASSERT_GT(address.make_call("1002", {}), 0);
  for (int turn = 0; turn < 1000 && events.state != LINECALLSTATE_CONNECTED; ++turn) {
    pollfd ready{telephony.descriptor(), POLLIN, 0};
    ASSERT_EQ(poll(&ready, 1, 10'000), 1);
    telephony.dispatch();
  }
  EXPECT_EQ(events.state, DWORD{LINECALLSTATE_CONNECTED});
}

TEST(Socket, WhatWaitsHearsThatTheServerIsGone) {
  RunningServer server;
  RealLoop loop;
  Events events;
  events.heard = [] {};
  telephony::Telephony telephony{"waiting test", events};
  ASSERT_EQ(telephony.initialize(loop), 0);
  ASSERT_EQ(telephony.start_phones(), 0);
  Address& address = *telephony.address_by_number("1001");
  telephony::Phone& phone = *telephony.phones().front();
  ASSERT_EQ(address.open({.owner = true}), 0);
  ASSERT_EQ(phone.open(telephony::PhonePrivilege::owner), 0);
  std::vector<LONG> codes;
  const auto waits = [&]() -> telephony::Task<> {
    auto call = co_await address.next_call(1min);
    codes.push_back(call.code());
    auto again = co_await address.next_call(); // nothing begins any more
    codes.push_back(again.code());
    loop.stop();
  };
  const auto presses = [&]() -> telephony::Task<> {
    auto press = co_await phone.next_button();
    codes.push_back(press.code());
  };
  telephony.spawn(presses());
  telephony.spawn(waits());
  server.stop();
  Timer limit(loop, [&] { loop.stop(); });
  limit.start(20s);
  loop.run();
  EXPECT_TRUE(events.is_lost || codes.size() == 3u);
  EXPECT_EQ(codes, std::vector<LONG>(3, LINEERR_OPERATIONFAILED));
  telephony.shutdown();
}

// Comes and goes while the server talks: the drain that is under way finds nobody.
TEST(Socket, ComesAndGoes) {
  RunningServer server;
  RealLoop loop;
  for (int round = 0; round < 20; ++round) {
    Events events;
    events.heard = [] {};
    telephony::Telephony first{"first", events}, second{"second", events};
    ASSERT_EQ(first.initialize(loop), 0);
    ASSERT_EQ(second.initialize(loop), 0);
    ASSERT_EQ(first.address_by_number("1002")->open({.monitor = true}), 0);
    ASSERT_EQ(second.address_by_number("1001")->open({.owner = true}), 0);
    LONG made = 1;
    ASSERT_GT(second.address_by_number("1001")->make_call("1002", [&](LONG result, Call*) { made = result; }),
              0);
    if (round % 2) {
      Timer limit(loop, [&] { loop.stop(); });
      limit.start(std::chrono::milliseconds(round * 5));
      loop.run();
    }
    second.shutdown();
    EXPECT_LE(made, 0);
  }
}

} // namespace
} // namespace tl::test
