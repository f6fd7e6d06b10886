// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <csignal>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include "base/real_loop.hpp"

namespace tl {

TEST(RealLoop, PostFromAnotherThreadAndTimersRunOnTheLoop) {
  RealLoop loop;
  const auto loop_thread = std::this_thread::get_id();
  std::thread::id posted_on;
  Timer end(loop, [&] { loop.stop(); });
  std::thread other([&] { loop.post([&] { posted_on = std::this_thread::get_id(); end.start(5ms); }); });
  loop.run();
  other.join();
  EXPECT_EQ(posted_on, loop_thread);
}

TEST(RealLoop, AnEarlierTimerReplacesTheAlarm) {
  RealLoop loop;
  int order = 0, early_at = 0, late_at = 0;
  Timer late(loop, [&] { late_at = ++order; loop.stop(); }), early(loop, [&] { early_at = ++order; });
  late.start(20ms);
  early.start(2ms);
  loop.run();
  EXPECT_EQ(early_at, 1);
  EXPECT_EQ(late_at, 2);
}

TEST(RealLoop, WatchesReadAndWriteUntilDestroyed) {
  RealLoop loop;
  int pair[2];
  ASSERT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair), 0);
  std::string got;
  std::unique_ptr<Watch> reader, writer;
  reader = loop.watch(pair[0], [&] {
    char buffer[64];
    const ssize_t n = read(pair[0], buffer, sizeof buffer);
    got.append(buffer, static_cast<std::size_t>(n));
    if (got == "ping") {
      reader.reset();
      loop.stop();
    }
  });
  writer = loop.watch(pair[1], [] {}, [&] {
    ASSERT_EQ(write(pair[1], "ping", 4), 4);
    writer->want_write(false);
  });
  writer->want_write(true);
  loop.run();
  EXPECT_EQ(got, "ping");
  writer.reset();
  close(pair[0]);
  close(pair[1]);
}

TEST(RealLoop, SignalsArriveEveryTime) {
  RealLoop loop;
  int seen = 0;
  loop.on_signals({SIGUSR1}, [&](int) {
    if (++seen == 2) loop.stop();
    else raise(SIGUSR1);
  });
  loop.post([] { raise(SIGUSR1); });
  loop.run();
  EXPECT_EQ(seen, 2);
}

} // namespace tl
