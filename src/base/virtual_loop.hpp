// SPDX-License-Identifier: Apache-2.0
// The loop of simulations and tests: no threads, no descriptors, time moves only when everything due is done.
#pragma once

#include <deque>

#include "base/loop.hpp"

namespace tl {

class VirtualLoop final : public Loop {
public:
  explicit VirtualLoop(Time start = Time{std::chrono::hours{24 * 365 * 50}}) : now_(start) {}

  Time now() const override { return now_; }
  void post(Task task) override { tasks_.push_back(std::move(task)); }
  std::unique_ptr<Watch> watch(int fd, Task readable, Task writable) override;

  // Runs what is posted and due now; returns when the present moment is exhausted. `turns_max` bounds a
  // handler that posts itself for ever: crossing it aborts, naming the count.
  void settle(std::size_t turns_max = 50'000'000);
  // Advances through every timer up to `end` and leaves the clock there.
  void run_until(Time end);
  void run_for(Duration span) { run_until(now_ + span); }
  // Advances to the next timer and runs it; false when nothing is left to happen.
  bool step();
  bool idle() const { return tasks_.empty(); }

private:
  void timer_started(Time) override {}

  Time now_;
  std::deque<Task> tasks_;
};

} // namespace tl
