// SPDX-License-Identifier: Apache-2.0
// LINEINITIALIZEEXOPTION_USECOMPLETIONPORT: messages are packets of a port that several threads may take
// from.
#include <poll.h>

#include <atomic>
#include <thread>

#include "in_process.hpp"
#include "trunkline/compat/windows.h"

namespace tl::test {
namespace {

class PortTest : public InProcess {
protected:
  PortTest() : port_(CreateIoCompletionPort(INVALID_HANDLE_VALUE, nullptr, 0, 0)) {}
  ~PortTest() override { CloseHandle(port_); }

  LONG initialize(HANDLE port, HLINEAPP& app, DWORD key) {
    DWORD devices = 0, version = 0x00020002;
    LINEINITIALIZEEXPARAMS params{};
    params.dwTotalSize = sizeof params;
    params.dwOptions = LINEINITIALIZEEXOPTION_USECOMPLETIONPORT;
    params.Handles.hCompletionPort = port;
    params.dwCompletionKey = key;
    const LONG result = lineInitializeExW(&app, nullptr, nullptr, u"t", &devices, &version, &params);
    if (result == 0) apps_.push_back(app);
    return result;
  }
  void emit(std::uint32_t app, std::uint64_t state) {
    server_.emit({.message = LINE_LINEDEVSTATE, .app = app, .device = 5, .instance = 77, .param1 = state});
  }
  // The next packet as "key:dwParam1"; "none" when there is none.
  std::string take(DWORD timeout_ms = 0) {
    DWORD bytes = 0;
    ULONG_PTR key = 0;
    LPOVERLAPPED packet = nullptr;
    if (!GetQueuedCompletionStatus(port_, &bytes, &key, &packet, timeout_ms)) return "none";
    if (!packet) return std::to_string(key) + ":own";
    const auto* const message = reinterpret_cast<const LINEMESSAGE*>(packet);
    EXPECT_EQ(bytes, sizeof *message);
    std::string word = std::to_string(key) + ":" + std::to_string(message->dwParam1);
    LocalFree(packet);
    return word;
  }
  bool readable() {
    pollfd entry{trunkline_portDescriptor(port_), POLLIN, 0};
    return ::poll(&entry, 1, 0) == 1;
  }

  HANDLE port_;
};

TEST_F(PortTest, MessagesOfSeveralApplicationsComeInOrderWithTheirKeys) {
  HLINEAPP first = 0, second = 0;
  ASSERT_EQ(initialize(port_, first, 11), 0);
  ASSERT_EQ(initialize(port_, second, 22), 0);
  EXPECT_FALSE(readable());
  EXPECT_EQ(take(), "none");
  emit(first, 1);
  emit(second, 2);
  emit(first, 3);
  ASSERT_TRUE(PostQueuedCompletionStatus(port_, 0, 33, nullptr));
  EXPECT_TRUE(readable());
  EXPECT_EQ(take(), "11:1");
  EXPECT_EQ(take(), "22:2");
  EXPECT_EQ(take(), "11:3");
  EXPECT_EQ(take(), "33:own");
  EXPECT_FALSE(readable());
  EXPECT_EQ(take(10), "none");
  LINEMESSAGE message;
  emit(first, 4);
  EXPECT_EQ(lineGetMessage(first, &message, 0), LINEERR_OPERATIONFAILED) << "it is not in event mode";
  EXPECT_EQ(take(), "11:4");
}

TEST_F(PortTest, WhatIsNoPortIsRefused) {
  HLINEAPP app = 0;
  EXPECT_EQ(initialize(nullptr, app, 1), LINEERR_INVALPARAM);
  EXPECT_EQ(initialize(&app, app, 1), LINEERR_INVALPARAM);
  EXPECT_EQ(server_.requests(), 0u);
  EXPECT_FALSE(CloseHandle(&app));
  EXPECT_EQ(trunkline_portDescriptor(nullptr), -1);
  EXPECT_EQ(CreateIoCompletionPort(port_, nullptr, 0, 0), nullptr) << "a file";
}

TEST_F(PortTest, ApplicationThatShutsDownLeavesNoMessage) {
  HLINEAPP app = 0;
  ASSERT_EQ(initialize(port_, app, 1), 0);
  emit(app, 1);
  ASSERT_EQ(lineShutdown(app), 0);
  apps_.clear();
  EXPECT_EQ(take(), "none");
}

TEST_F(PortTest, LostConnectionIsTold) {
  HLINEAPP app = 0;
  ASSERT_EQ(initialize(port_, app, 1), 0);
  emit(app, 1);
  emit(app, 2);
  server_.lose("test");
  EXPECT_EQ(take(), "1:" + std::to_string(LINEDEVSTATE_REINIT)) << "in place of what waited";
  EXPECT_EQ(take(), "none");
}

TEST_F(PortTest, EachMessageGoesToOneOfManyThreads) {
  HLINEAPP app = 0;
  ASSERT_EQ(initialize(port_, app, 1), 0);
  constexpr int messages = 2'000, takers = 4;
  std::atomic<int> taken = 0;
  std::atomic<std::uint64_t> sum = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < takers; ++i)
    threads.emplace_back([&] {
      for (;;) {
        DWORD bytes = 0;
        ULONG_PTR key = 0;
        LPOVERLAPPED packet = nullptr;
        if (!GetQueuedCompletionStatus(port_, &bytes, &key, &packet, INFINITE) || !packet) return;
        sum += reinterpret_cast<const LINEMESSAGE*>(packet)->dwParam1;
        LocalFree(packet);
        ++taken;
      }
    });
  for (int i = 1; i <= messages; ++i) emit(app, static_cast<std::uint64_t>(i));
  for (int i = 0; i < takers; ++i) PostQueuedCompletionStatus(port_, 0, 0, nullptr);
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(taken, messages);
  EXPECT_EQ(sum, std::uint64_t{messages} * (messages + 1) / 2);
}

TEST_F(PortTest, ClosingEndsItsWaitingThreads) {
  std::thread waiting([this] { EXPECT_EQ(take(INFINITE), "none"); });
  EXPECT_TRUE(CloseHandle(port_)); // whether it waits already or not
  waiting.join();
}

} // namespace
} // namespace tl::test
