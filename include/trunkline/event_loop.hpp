// SPDX-License-Identifier: Apache-2.0
//
// A loop for programs that have none: Telephony's events, timers and coroutines run on it. A program with a
// loop of its own uses Telephony::initialize() and descriptor() instead.
#pragma once

#include <functional>
#include <memory>

#include "trunkline/task.hpp"

namespace tl {
class Loop;
}

namespace tl::telephony {

class EventLoop {
public:
  EventLoop();
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  // Runs on the calling thread until stop().
  void run();
  // Runs the task to its end, unless stop() comes first: then it is not done(), and may be run again.
  template <class T> void run(Task<T>& task) { run_task(watch(task)); }
  // Any thread.
  void stop();
  // Runs the function on the loop, in order. Any thread.
  void post(std::function<void()> function);
  // Interrupts (SIGINT, SIGTERM) stop the loop instead of ending the process.
  void stop_on_interrupt();

  operator Loop&(); // for Telephony::initialize()

private:
  // Ends when the task does.
  template <class T> Task<> watch(Task<T>& task) {
    co_await task.ended();
    stop();
  }
  void run_task(Task<> task);

  struct State;
  std::unique_ptr<State> state_;
};

} // namespace tl::telephony
