// SPDX-License-Identifier: Apache-2.0
// The real server and its client in one thread under the virtual clock, without threads of the library.
#include <gtest/gtest.h>

#include "base/virtual_loop.hpp"
#include "server/server.hpp"
#include "tapi32/library.hpp"
#include "trunkline/tapi_ext.h"

namespace tl::test {
namespace {

class OnTheLoop : public ::testing::Test {
protected:
  OnTheLoop() { tapi32::Library::instance().use_in_process(&server_); }
  ~OnTheLoop() override { tapi32::Library::instance().use_in_process(nullptr); }

  HLINEAPP begin(DWORD options, LINECALLBACK callback) {
    HLINEAPP app = 0;
    DWORD lines = 0, version = 0x00020002;
    LINEINITIALIZEEXPARAMS params{};
    params.dwTotalSize = sizeof params;
    params.dwOptions = options;
    EXPECT_EQ(lineInitializeExW(&app, nullptr, callback, u"loop", &lines, &version, &params), 0);
    return app;
  }
  // Two lines appear while programs run.
  void add_lines() {
    const auto loaded = server_.load_provider(ECHO_TSP);
    ASSERT_TRUE(loaded) << loaded.error().text;
  }

  VirtualLoop loop_;
  NullLog log_;
  server::Server server_{loop_, log_};
};

HLINEAPP app_of_callback = 0;
int created = 0;

void shut_down_at_first(DWORD, DWORD message, DWORD_PTR, DWORD_PTR, DWORD_PTR, DWORD_PTR) {
  if (message != LINE_CREATE) return;
  ++created;
  EXPECT_EQ(lineShutdown(app_of_callback), 0);
}

// The session ends while the server is handing out its events.
TEST_F(OnTheLoop, CallbackMayShutDown) {
  created = 0;
  app_of_callback = begin(LINEINITIALIZEEXOPTION_USEHIDDENWINDOW, shut_down_at_first);
  const HLINEAPP other = begin(LINEINITIALIZEEXOPTION_USEEVENT, nullptr);
  add_lines();
  loop_.settle();
  EXPECT_EQ(created, 1);
  LINEMESSAGE message{};
  EXPECT_EQ(lineGetMessage(other, &message, INFINITE), 0);
  EXPECT_EQ(message.dwMessageID, static_cast<DWORD>(LINE_CREATE));
  EXPECT_EQ(lineShutdown(other), 0);
  loop_.settle();
  EXPECT_EQ(server_.counts().clients, 0u);
}

TEST_F(OnTheLoop, LastAppMayShutDownInItsCallback) {
  created = 0;
  app_of_callback = begin(LINEINITIALIZEEXOPTION_USEHIDDENWINDOW, shut_down_at_first);
  add_lines();
  loop_.settle();
  EXPECT_EQ(created, 1);
  EXPECT_EQ(server_.counts().clients, 0u);
}

TEST_F(OnTheLoop, NotifyHookWakesOnce) {
  const HLINEAPP app = begin(LINEINITIALIZEEXOPTION_USEEVENT, nullptr);
  int wakes = 0;
  EXPECT_EQ(trunkline_lineSetNotify(
                app, [](void* context) { ++*static_cast<int*>(context); }, &wakes),
            0);
  add_lines();
  loop_.settle();
  EXPECT_EQ(wakes, 1);
  LINEMESSAGE message{};
  int messages = 0;
  while (lineGetMessage(app, &message, INFINITE) == 0) ++messages;
  EXPECT_EQ(messages, 2);
  EXPECT_EQ(lineShutdown(app), 0);
}

TEST_F(OnTheLoop, ServerThatGoesFirstIsALostConnection) {
  const HLINEAPP app = begin(LINEINITIALIZEEXOPTION_USEEVENT, nullptr);
  server_.shutdown();
  loop_.settle();
  LINEMESSAGE message{};
  EXPECT_EQ(lineGetMessage(app, &message, 0), 0);
  EXPECT_EQ(message.dwParam1, static_cast<DWORD_PTR>(LINEDEVSTATE_REINIT));
  EXPECT_EQ(lineShutdown(app), 0);
}

} // namespace
} // namespace tl::test
