// SPDX-License-Identifier: Apache-2.0
// One loop, one clock, one owner (docs/architecture.md, "One loop"). All state of a part lives on one loop and is touched by
// no other thread; parts on different loops exchange messages with post().
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "base/time.hpp"
#include "base/timer.hpp"

namespace tl {

using Task = std::function<void()>;

// A file descriptor under watch; destroying it ends the watch (the descriptor stays open: its owner closes it
// afterwards). The handlers run on the loop, level-triggered, and may destroy the watch.
class Watch {
public:
  virtual ~Watch() = default;
  // Also wake for writability (off at first). Turn it off when nothing waits to be written.
  virtual void want_write(bool on) = 0;
};

class Loop {
public:
  virtual ~Loop() = default;

  // Constant during one turn of the loop.
  virtual Time now() const = 0;
  // Runs the task on the loop, after the current handler has returned, in order of posting. Thread-safe on
  // loops that have threads around them (real, host); a virtual loop is single-threaded.
  virtual void post(Task task) = 0;
  // Watches a non-blocking descriptor. Loop thread only. A virtual loop has no descriptors: it aborts.
  virtual std::unique_ptr<Watch> watch(int fd, Task readable, Task writable = {}) = 0;

  TimerQueue& timers() { return timers_; }

protected:
  friend class Timer;
  // A timer due at `when` was started; loops that sleep make sure to wake by then.
  virtual void timer_started(Time when) = 0;

private:
  TimerQueue timers_;
};

} // namespace tl
