// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <vector>

#include "tsp/host_loop.hpp"
#include "virtual_host.hpp"

namespace tl::tsp {
namespace {

TEST(HostLoop, TimersFireInOrderOnTheHostsClock) {
  test::VirtualHost host("{}");
  HostLoop loop(host.host);
  const Time start = loop.now();
  std::vector<std::pair<int, Duration>> fired;
  const auto note = [&](int which) { fired.emplace_back(which, loop.now() - start); };
  Timer late(loop, [&] { note(3); });
  Timer early(loop, [&] { note(1); });
  Timer again(loop, [&] {
    note(2);
    if (fired.size() < 4) again.start(10ms);
  });
  late.start(50ms);
  again.start(20ms);
  early.start(10ms);
  Timer stopped(loop, [&] { note(9); });
  stopped.start(5ms);
  stopped.stop();
  host.loop.run_for(45ms);
  const std::vector<std::pair<int, Duration>> expected = {{1, 10ms}, {2, 20ms}, {2, 30ms}, {2, 40ms}};
  EXPECT_EQ(fired, expected);
  host.loop.run_for(10ms);
  EXPECT_EQ(fired.back(), std::make_pair(3, Duration{50ms}));
}

TEST(HostLoop, AnEarlierTimerIsNotMissedBehindALaterOne) {
  test::VirtualHost host("{}");
  HostLoop loop(host.host);
  int fired = 0;
  Timer far(loop, [&] { ++fired; });
  Timer near(loop, [&] { ++fired; });
  far.start(10s);
  near.start(1s);
  host.loop.run_for(1s);
  EXPECT_EQ(fired, 1);
  near.start(1s);
  far.stop();
  host.loop.run_for(1s);
  EXPECT_EQ(fired, 2);
}

TEST(HostLoop, PostedTasksRunInOrderAfterThePresentHandler) {
  test::VirtualHost host("{}");
  HostLoop loop(host.host);
  std::string order;
  loop.post([&] {
    order += 'a';
    loop.post([&] { order += 'c'; });
    order += 'b';
  });
  loop.post([&] { order += 'x'; });
  EXPECT_EQ(order, "");
  host.loop.settle();
  EXPECT_EQ(order, "abxc");
}

TEST(HostLoop, WhatIsPostedAndNotRunDiesWithTheLoop) {
  test::VirtualHost host("{}");
  bool ran = false;
  auto owned = std::make_shared<int>(1);
  {
    HostLoop loop(host.host);
    loop.post([&ran, owned] { ran = true; });
  }
  EXPECT_EQ(owned.use_count(), 1);
  host.loop.settle(); // the host's wake-up arrives all the same
  EXPECT_FALSE(ran);
  EXPECT_EQ(host.timers, 0);
}

TEST(HostLoop, ATaskMayEndTheLoop) {
  test::VirtualHost host("{}");
  auto loop = std::make_unique<HostLoop>(host.host);
  bool ran = false;
  loop->post([&] { loop.reset(); });
  loop->post([&] { ran = true; });
  host.loop.settle();
  EXPECT_FALSE(ran);
}

TEST(HostLog, AsksTheHostOnceAndSaysNoMore) {
  test::VirtualHost host("{}");
  host.log_level = 3;
  HostLog log(host.host);
  log.info("x", "too quiet {}", 1);
  log.warn("x", "heard {}", 2);
  EXPECT_EQ(host.log, "x: heard 2\n");
}

} // namespace
} // namespace tl::tsp
