// SPDX-License-Identifier: Apache-2.0
// A C program's view of the real server over its Unix socket: the library, the listener, the server and the
// example provider.
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <functional>
#include <future>
#include <gtest/gtest.h>
#include <string>
#include <thread>
#include <vector>

#include "base/real_loop.hpp"
#include "main/unix_door.hpp"
#include "server/server.hpp"
#include "trunkline/tapi_ext.h"

namespace tl::test {
namespace {

constexpr DWORD wait_ms = 10'000;
constexpr DWORD version_2_2 = 0x00020002;

// The server on a loop and a thread of its own, as in the program.
class RunningServer {
public:
  RunningServer() {
    char folder[] = "/tmp/trunkline_test_XXXXXX";
    folder_ = ::mkdtemp(folder);
    thread_ = std::thread([this] { loop_.run(); });
    on_loop([this] {
      server_ = std::make_unique<server::Server>(loop_, log_);
      const auto loaded = server_->load_provider(ECHO_TSP);
      EXPECT_TRUE(loaded) << loaded.error().text;
      auto listener = program::listen_unix(loop_, log_, *server_, path());
      ASSERT_TRUE(listener) << listener.error().text;
      listener_ = std::move(*listener);
    });
  }
  ~RunningServer() {
    stop();
    loop_.stop();
    thread_.join();
    std::filesystem::remove_all(folder_);
  }

  void stop() {
    on_loop([this] {
      listener_.reset();
      server_.reset();
    });
  }
  server::Counts counts() {
    server::Counts counts;
    on_loop([&] { counts = server_->counts(); });
    return counts;
  }
  std::string path() const { return folder_ + "/tapi.sock"; }

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

class EndToEnd : public ::testing::Test {
protected:
  EndToEnd() {
    trunkline_setServer(server_.path().c_str());
    LINEINITIALIZEEXPARAMS params{};
    params.dwTotalSize = sizeof params;
    params.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT;
    DWORD version = version_2_2;
    EXPECT_EQ(lineInitializeExA(&app_, nullptr, nullptr, "end to end", &lines_, &version, &params), 0);
    EXPECT_EQ(version, version_2_2);
  }
  ~EndToEnd() override {
    EXPECT_EQ(lineShutdown(app_), 0);
    trunkline_setServer(nullptr);
  }

  HLINE open(DWORD device, DWORD privileges) {
    DWORD version = 0;
    LINEEXTENSIONID extension;
    HLINE line = 0;
    EXPECT_EQ(lineNegotiateAPIVersion(app_, device, 0x00020000, version_2_2, &version, &extension), 0);
    EXPECT_EQ(lineOpen(app_, device, &line, version, 0, 100 + device, privileges,
                       LINEMEDIAMODE_INTERACTIVEVOICE, nullptr),
              0);
    return line;
  }

  // The first message that fits, of those passed over so far (in `seen_`) and those to come.
  LINEMESSAGE until(const std::function<bool(const LINEMESSAGE&)>& fits) {
    LINEMESSAGE message{};
    for (auto at = seen_.begin(); at != seen_.end(); ++at)
      if (fits(*at)) {
        message = *at;
        seen_.erase(at);
        return message;
      }
    while (lineGetMessage(app_, &message, wait_ms) == 0) {
      if (fits(message)) return message;
      seen_.push_back(message);
    }
    ADD_FAILURE() << "the message did not come";
    return {};
  }
  LINEMESSAGE until_state(HCALL call, DWORD state) {
    return until([=](const LINEMESSAGE& m) {
      return m.dwMessageID == LINE_CALLSTATE && m.hDevice == call && m.dwParam1 == state;
    });
  }
  void until_reply(LONG id) {
    ASSERT_GT(id, 0);
    const auto reply = until([=](const LINEMESSAGE& m) {
      return m.dwMessageID == LINE_REPLY && m.dwParam1 == static_cast<DWORD_PTR>(id);
    });
    EXPECT_EQ(static_cast<LONG>(reply.dwParam2), 0);
    EXPECT_EQ(reply.hDevice, 0u);
  }

  RunningServer server_;
  HLINEAPP app_ = 0;
  DWORD lines_ = 0;
  std::vector<LINEMESSAGE> seen_;
};

template <class T> struct Roomy {
  T head{};
  char tail[4000] = {};
  Roomy() { head.dwTotalSize = sizeof(*this); }
  std::string text(DWORD T::*size, DWORD T::*offset) const {
    if (head.*size == 0) return {};
    return std::string{reinterpret_cast<const char*>(this) + head.*offset};
  }
};

TEST_F(EndToEnd, CapsAreNarrowAndWide) {
  ASSERT_EQ(lines_, 2u);
  DWORD version = 0;
  LINEEXTENSIONID extension;
  ASSERT_EQ(lineNegotiateAPIVersion(app_, 1, 0x00010003, version_2_2, &version, &extension), 0);
  Roomy<LINEDEVCAPS> caps;
  ASSERT_EQ(lineGetDevCaps(app_, 1, version, 0, &caps.head), 0);
  EXPECT_EQ(caps.text(&LINEDEVCAPS::dwLineNameSize, &LINEDEVCAPS::dwLineNameOffset), "echo-2");
  EXPECT_EQ(caps.head.dwStringFormat, static_cast<DWORD>(STRINGFORMAT_ASCII));
  Roomy<LINEDEVCAPS> wide;
  ASSERT_EQ(lineGetDevCapsW(app_, 1, version, 0, &wide.head), 0);
  EXPECT_EQ(wide.head.dwLineNameSize, 14u);
  EXPECT_EQ(lineGetDevCapsW(app_, 7, version, 0, &wide.head), LINEERR_BADDEVICEID);
  EXPECT_EQ(lineGetDevCapsW(app_ + 99, 1, version, 0, &wide.head), LINEERR_INVALAPPHANDLE);
}

TEST_F(EndToEnd, ACallIsMadeAnsweredHeldAndDropped) {
  const HLINE from = open(0, LINECALLPRIVILEGE_OWNER);
  open(1, LINECALLPRIVILEGE_OWNER);
  HCALL call = 0;
  Roomy<LINECALLPARAMS> params;
  params.head.dwTotalSize = sizeof(LINECALLPARAMS);
  params.head.dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE;
  params.head.dwBearerMode = LINEBEARERMODE_VOICE;
  const LONG id = lineMakeCall(from, &call, "echo-2", 0, &params.head);
  until_reply(id);
  ASSERT_NE(call, 0u);
  const auto offering = until([](const LINEMESSAGE& m) {
    return m.dwMessageID == LINE_CALLSTATE && m.dwParam1 == LINECALLSTATE_OFFERING;
  });
  EXPECT_EQ(offering.dwCallbackInstance, 101u);
  EXPECT_EQ(offering.dwParam3, static_cast<DWORD_PTR>(LINECALLPRIVILEGE_OWNER));
  const HCALL other = offering.hDevice;
  ASSERT_NE(other, call);
  Roomy<LINECALLINFO> info;
  ASSERT_EQ(lineGetCallInfo(other, &info.head), 0);
  EXPECT_EQ(info.text(&LINECALLINFO::dwCallerIDSize, &LINECALLINFO::dwCallerIDOffset), "echo-1");

  until_reply(lineAnswer(other, nullptr, 0));
  until_state(call, LINECALLSTATE_CONNECTED);
  LINECALLSTATUS status{};
  status.dwTotalSize = sizeof status;
  ASSERT_EQ(lineGetCallStatus(call, &status), 0);
  EXPECT_EQ(status.dwCallState, static_cast<DWORD>(LINECALLSTATE_CONNECTED));
  EXPECT_EQ(status.dwCallPrivilege, static_cast<DWORD>(LINECALLPRIVILEGE_OWNER));
  until_reply(lineHold(call));
  until_state(call, LINECALLSTATE_ONHOLD);
  until_reply(lineUnhold(call));
  until_state(call, LINECALLSTATE_CONNECTED);
  until_reply(lineDrop(call, nullptr, 0));
  until_state(call, LINECALLSTATE_IDLE);
  until_state(other, LINECALLSTATE_DISCONNECTED);
  EXPECT_EQ(lineDeallocateCall(call), 0);
  EXPECT_EQ(lineDeallocateCall(call), LINEERR_INVALCALLHANDLE);
  EXPECT_EQ(lineGetCallStatus(call, &status), LINEERR_INVALCALLHANDLE);
}

// Whatever waits when a line closes must not stay behind in the library or write to the program's memory.
TEST_F(EndToEnd, ClosingALineEndsItsRequests) {
  for (int round = 0; round < 20; ++round) {
    const HLINE line = open(0, LINECALLPRIVILEGE_OWNER);
    {
      auto call = std::make_unique<HCALL>(0); // freed at once: the sanitizer sees a late write
      EXPECT_GT(lineMakeCall(line, call.get(), "echo-2", 0, nullptr), 0);
      EXPECT_EQ(lineClose(line), 0);
    }
    LINEMESSAGE message;
    while (lineGetMessage(app_, &message, 0) == 0)
      EXPECT_NE(message.dwMessageID, static_cast<DWORD>(LINE_REPLY));
  }
  EXPECT_EQ(server_.counts().open_lines, 0u);
}

TEST_F(EndToEnd, WhatIsNotThereSaysSo) {
  EXPECT_EQ(tapiRequestMakeCall("1", "a", "b", "c"), TAPIERR_NOREQUESTRECIPIENT);
  HPHONEAPP phones = 0;
  DWORD count = 0, version = version_2_2;
  PHONEINITIALIZEEXPARAMS params{};
  params.dwTotalSize = sizeof params;
  params.dwOptions = PHONEINITIALIZEEXOPTION_USEEVENT;
  const LONG result = phoneInitializeExW(&phones, nullptr, nullptr, u"p", &count, &version, &params);
  EXPECT_TRUE(result == 0 || result == PHONEERR_OPERATIONUNAVAIL) << result;
  if (result == 0) phoneShutdown(phones);
}

TEST_F(EndToEnd, ServerThatStopsTellsItsPrograms) {
  open(0, LINECALLPRIVILEGE_OWNER);
  server_.stop();
  until([](const LINEMESSAGE& m) {
    return m.dwMessageID == LINE_LINEDEVSTATE && m.dwParam1 == LINEDEVSTATE_REINIT;
  });
  EXPECT_EQ(lineHold(1), LINEERR_OPERATIONFAILED);
}

TEST_F(EndToEnd, ShutdownLeavesNothingBehind) {
  open(0, LINECALLPRIVILEGE_OWNER);
  EXPECT_EQ(server_.counts().clients, 1u);
  EXPECT_EQ(lineShutdown(app_), 0);
  for (int i = 0; i < 200 && server_.counts().clients != 0; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  EXPECT_EQ(server_.counts().clients, 0u);
  EXPECT_EQ(server_.counts().apps, 0u);
  EXPECT_EQ(server_.counts().open_lines, 0u);
  LINEINITIALIZEEXPARAMS params{};
  params.dwTotalSize = sizeof params;
  params.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT;
  DWORD version = version_2_2;
  EXPECT_EQ(lineInitializeExA(&app_, nullptr, nullptr, "again", &lines_, &version, &params), 0);
}

} // namespace
} // namespace tl::test
