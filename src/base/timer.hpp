// SPDX-License-Identifier: Apache-2.0
// Timers of one loop: a 4-ary heap of intrusive nodes. Starting and stopping allocate nothing and cost
// O(log n); timers of equal time fire in the order they were started, so a run is repeatable.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "base/time.hpp"

namespace tl {

class Loop;
class Timer;

class TimerQueue {
public:
  bool empty() const { return heap_.empty(); }
  std::size_t size() const { return heap_.size(); }
  // When the earliest timer is due; nothing if none runs.
  std::optional<Time> next() const;
  // Fires every timer due at or before `now`, one after the other; returns how many fired. Timers started
  // by the handlers fire in the same call only if already due at `now`, up to `fire_max`.
  std::size_t fire(Time now, std::size_t fire_max = 100'000);

private:
  friend class Timer;
  void insert(Timer& timer);
  void remove(Timer& timer);
  void sift_up(std::size_t at);
  void sift_down(std::size_t at);
  void place(std::size_t at, Timer* timer);

  std::vector<Timer*> heap_;
  std::uint64_t sequence_ = 0;
};

// One timer, owned by whoever waits; destroying it stops it. The handler may restart, stop or destroy it.
class Timer {
public:
  using Handler = std::function<void()>;

  Timer(Loop& loop, Handler handler);
  ~Timer() { stop(); }
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;

  // (Re)starts: the handler runs once, `after` from the loop's now().
  void start(Duration after);
  void start_at(Time when);
  void stop();
  bool running() const { return index_ != none; }
  Time due() const { return when_; }

private:
  friend class TimerQueue;
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  Loop& loop_;
  Handler handler_;
  Time when_{};
  std::uint64_t sequence_ = 0;
  std::size_t index_ = none;
};

} // namespace tl
