// SPDX-License-Identifier: Apache-2.0
// The production loop, on Boost.Asio (kept out of this header: Asio is slow to compile).
#pragma once

#include "base/loop.hpp"

namespace tl {

class RealLoop final : public Loop {
public:
  RealLoop();
  ~RealLoop() override;

  Time now() const override;
  void post(Task task) override;
  std::unique_ptr<Watch> watch(int fd, Task readable, Task writable = {}) override;

  // Runs on the calling thread until stop(). Descriptors, timers and posted tasks share it.
  void run();
  // Thread-safe; run() returns after the current handler.
  void stop();
  // Calls `handler` on the loop for each of the signals (SIGINT, SIGTERM, SIGHUP ...) from now on.
  void on_signals(std::initializer_list<int> signals, std::function<void(int)> handler);

private:
  void timer_started(Time when) override;

  struct State;
  std::unique_ptr<State> state_;
};

} // namespace tl
