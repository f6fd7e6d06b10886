// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <vector>

#include "base/random.hpp"
#include "base/virtual_loop.hpp"

namespace tl {

TEST(Timer, FiresInOrderOfTimeThenOfStart) {
  VirtualLoop loop;
  std::vector<int> fired;
  Timer late(loop, [&] { fired.push_back(3); }), a(loop, [&] { fired.push_back(1); }), b(loop, [&] { fired.push_back(2); });
  late.start(2ms);
  a.start(1ms);
  b.start(1ms);
  loop.run_for(10ms);
  EXPECT_EQ(fired, (std::vector{1, 2, 3}));
}

TEST(Timer, HandlerMayDestroyOrRestartItself) {
  VirtualLoop loop;
  int count = 0;
  auto own = std::make_unique<Timer>(loop, [] {});
  own = std::make_unique<Timer>(loop, [&] { own.reset(); });
  Timer again(loop, [] {});
  Timer repeat(loop, [&] { if (++count < 5) again.start(1ms); });
  own->start(1ms);
  repeat.start(1ms);
  loop.run_for(2ms);
  EXPECT_EQ(own, nullptr);
  EXPECT_EQ(count, 1);
}

// Against a sorted list as the oracle: starts, restarts and stops in random order.
TEST(Timer, HeapAgreesWithASortedList) {
  const std::uint64_t seed = 20261121;
  Random random(seed);
  VirtualLoop loop;
  std::vector<std::pair<Time, int>> fired;
  std::vector<std::unique_ptr<Timer>> timers;
  for (int i = 0; i < 500; ++i) timers.push_back(std::make_unique<Timer>(loop, [&, i] { fired.emplace_back(loop.now(), i); }));
  for (int round = 0; round < 5000; ++round) {
    Timer& timer = *timers[random.below(timers.size())];
    if (random.chance(0.3)) timer.stop();
    else timer.start(Duration{random.below(1'000'000)});
  }
  std::vector<std::pair<Time, int>> expected;
  for (int i = 0; i < 500; ++i)
    if (timers[i]->running()) expected.emplace_back(timers[i]->due(), i);
  loop.run_for(2s);
  ASSERT_EQ(fired.size(), expected.size()) << "seed " << seed;
  EXPECT_TRUE(std::is_sorted(fired.begin(), fired.end(), [](auto& x, auto& y) { return x.first < y.first; }));
  std::sort(fired.begin(), fired.end());
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(fired, expected) << "seed " << seed;
}

TEST(VirtualLoop, PostedTasksRunBeforeTimeMoves) {
  VirtualLoop loop;
  const Time start = loop.now();
  Time ran{};
  Timer timer(loop, [&] { loop.post([&] { ran = loop.now(); }); });
  timer.start(5ms);
  loop.run_for(20ms);
  EXPECT_EQ(ran, start + 5ms);
  EXPECT_EQ(loop.now(), start + 20ms);
}

} // namespace tl
