// SPDX-License-Identifier: Apache-2.0
// The library over a Unix socket: two connections, an event thread, callback threads, and servers that
// misbehave.
#include <chrono>
#include <future>
#include <gtest/gtest.h>
#include <poll.h>

#include "socket_server.hpp"
#include "trunkline/tapi_ext.h"

namespace tl::test {
namespace {

using namespace std::chrono_literals;

class Socket : public ::testing::Test {
protected:
  Socket() { trunkline_setServer(socket_.path().c_str()); }
  ~Socket() override {
    EXPECT_TRUE(app_ == 0 || lineShutdown(app_) == 0);
    trunkline_setServer(nullptr);
  }

  LONG begin(DWORD options = LINEINITIALIZEEXOPTION_USEEVENT, LINECALLBACK callback = nullptr) {
    DWORD devices = 0, version = 0x00020002;
    params_.dwTotalSize = sizeof params_;
    params_.dwOptions = options;
    return lineInitializeExW(&app_, nullptr, callback, u"test", &devices, &version, &params_);
  }
  LONG take(LINEMESSAGE& message, DWORD timeout_ms = 5000) {
    return lineGetMessage(app_, &message, timeout_ms);
  }

  FakeServer server_;
  SocketServer socket_{server_};
  HLINEAPP app_ = 0;
  LINEINITIALIZEEXPARAMS params_{};
};

TEST_F(Socket, CallsAndEventsTravel) {
  socket_.start();
  ASSERT_EQ(begin(), 0);
  server_.answer<Fn::lineGetNumRings>(3u);
  DWORD rings = 0;
  EXPECT_EQ(lineGetNumRings(1, 0, &rings), 0);
  EXPECT_EQ(rings, 3u);
  server_.emit({.message = LINE_CREATE, .app = app_, .param1 = 8});
  LINEMESSAGE message{};
  ASSERT_EQ(take(message), 0);
  EXPECT_EQ(message.dwParam1, 8u);
  pollfd event{static_cast<int>(reinterpret_cast<INT_PTR>(params_.Handles.hEvent)), POLLIN, 0};
  EXPECT_EQ(::poll(&event, 1, 0), 0);
  server_.emit({.message = LINE_CREATE, .app = app_, .param1 = 9});
  EXPECT_EQ(::poll(&event, 1, 5000), 1);
  EXPECT_EQ(lineGetMessage(app_, &message, 0), 0);
}

TEST_F(Socket, TimeoutOfLineGetMessage) {
  socket_.start();
  ASSERT_EQ(begin(), 0);
  LINEMESSAGE message{};
  EXPECT_EQ(take(message, 20), LINEERR_OPERATIONFAILED);
  auto waiting = std::async(std::launch::async, [&] { return lineGetMessage(app_, &message, INFINITE); });
  EXPECT_EQ(waiting.wait_for(50ms), std::future_status::timeout);
  EXPECT_EQ(lineShutdown(app_), 0);
  EXPECT_EQ(waiting.get(), LINEERR_INVALAPPHANDLE) << "as documented when another thread shuts down";
  app_ = 0;
}

// The event overtakes the reply on purpose: the program must still see its function return first.
TEST_F(Socket, ReplyEventBeforeTheReturnWaitsForIt) {
  socket_.start();
  ASSERT_EQ(begin(), 0);
  server_.accept(Fn::lineMakeCall);
  std::atomic<bool> replied = false;
  socket_.before_reply = [&] {
    server_.reply_event(0, [](wire::Writer& to) { to.dword(55); });
    std::this_thread::sleep_for(100ms);
    replied = true;
    return true;
  };
  HCALL call = 0;
  auto receiver = std::async(std::launch::async, [&] {
    LINEMESSAGE message{};
    EXPECT_EQ(take(message), 0);
    EXPECT_TRUE(replied) << "delivered before the function could return";
    return message.dwParam1;
  });
  const LONG id = lineMakeCallW(1, &call, u"1", 0, nullptr);
  EXPECT_GT(id, 0);
  EXPECT_EQ(receiver.get(), static_cast<DWORD_PTR>(id));
  EXPECT_EQ(call, 55u);
  socket_.before_reply = nullptr;
}

std::promise<DWORD_PTR> called_back;
HLINEAPP callback_app = 0;

TEST_F(Socket, CallbackRunsOnAThreadAndMayCallAndShutDown) {
  socket_.start();
  called_back = {};
  server_.answer<Fn::lineGetNumRings>(6u);
  const auto callback = [](DWORD, DWORD, DWORD_PTR, DWORD_PTR, DWORD_PTR, DWORD_PTR) {
    DWORD rings = 0;
    EXPECT_EQ(lineGetNumRings(1, 0, &rings), 0);
    EXPECT_EQ(lineShutdown(callback_app), 0);
    called_back.set_value(rings);
  };
  ASSERT_EQ(begin(LINEINITIALIZEEXOPTION_USEHIDDENWINDOW, callback), 0);
  callback_app = app_;
  LINEMESSAGE message;
  EXPECT_EQ(lineGetMessage(app_, &message, 0), LINEERR_OPERATIONFAILED) << "not an app of the event form";
  server_.emit({.message = LINE_CREATE, .app = app_});
  auto future = called_back.get_future();
  ASSERT_EQ(future.wait_for(5s), std::future_status::ready);
  EXPECT_EQ(future.get(), 6u);
  app_ = 0;
}

TEST_F(Socket, ManyThreadsShareTheConnection) {
  socket_.start();
  ASSERT_EQ(begin(), 0);
  server_.on(Fn::lineGetNumRings, [this](const FakeServer::Request& request, wire::ReplyWriter& reply) {
    wire::encode_answers<Fn::lineGetNumRings>(reply,
                                              std::get<1>(server_.arguments<Fn::lineGetNumRings>(request)));
  });
  std::vector<std::future<int>> threads;
  for (DWORD t = 0; t < 4; ++t)
    threads.push_back(std::async(std::launch::async, [t] {
      int wrong = 0;
      for (DWORD i = 0; i < 200; ++i) {
        DWORD rings = 0;
        if (lineGetNumRings(1, t * 1000 + i, &rings) != 0 || rings != t * 1000 + i) ++wrong;
      }
      return wrong;
    }));
  for (auto& thread : threads) EXPECT_EQ(thread.get(), 0);
}

TEST_F(Socket, DeadServerIsNoticedAndNothingHangs) {
  socket_.start();
  ASSERT_EQ(begin(), 0);
  socket_.stop();
  LINEMESSAGE message{};
  ASSERT_EQ(take(message), 0);
  EXPECT_EQ(message.dwMessageID, LINE_LINEDEVSTATE);
  EXPECT_EQ(message.dwParam1, LINEDEVSTATE_REINIT);
  EXPECT_EQ(lineHold(1), LINEERR_OPERATIONFAILED);
}

TEST_F(Socket, ServerThatDiesInACallFailsIt) {
  socket_.start();
  ASSERT_EQ(begin(), 0);
  socket_.before_reply = [] { return false; };
  DWORD rings;
  EXPECT_EQ(lineGetNumRings(1, 0, &rings), LINEERR_OPERATIONFAILED);
  LINEMESSAGE message{};
  ASSERT_EQ(take(message), 0);
  EXPECT_EQ(message.dwParam1, LINEDEVSTATE_REINIT);
}

TEST_F(Socket, RefusalAndAbsenceAreFailures) {
  EXPECT_EQ(lineShutdown(1), LINEERR_UNINITIALIZED);
  socket_.goodbye = "protocol version 1 is not spoken here";
  socket_.start();
  EXPECT_EQ(begin(), LINEERR_OPERATIONFAILED);
  trunkline_setServer("/nonexistent/socket");
  EXPECT_EQ(begin(), LINEERR_OPERATIONFAILED);
  trunkline_setServer(std::string(200, 'x').c_str());
  EXPECT_EQ(begin(), LINEERR_OPERATIONFAILED);
}

TEST_F(Socket, ReconnectsAfterTheLastShutdown) {
  socket_.start();
  for (int i = 0; i < 3; ++i) {
    ASSERT_EQ(begin(), 0);
    EXPECT_EQ(lineShutdown(app_), 0);
    app_ = 0;
  }
}

// Takes tapi32::reply_timeout.
TEST_F(Socket, SilentServerIsGivenUp) {
  socket_.start();
  ASSERT_EQ(begin(), 0);
  std::promise<void> released;
  socket_.before_reply = [&] {
    released.get_future().wait();
    return false;
  };
  DWORD rings;
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(lineGetNumRings(1, 0, &rings), LINEERR_OPERATIONFAILED);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 20s);
  released.set_value();
}

} // namespace
} // namespace tl::test
