// SPDX-License-Identifier: Apache-2.0
// Warns of a provider that does not come back from a call: the server's loop waits for it, and with it every
// client. A thread looks from time to time and writes provider and function to the log.
#pragma once

#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

#include "base/log.hpp"
#include "server/guard.hpp"

namespace tl::server {

class Watchdog {
public:
  // A call that lasts through one whole interval is warned of, and again each time so many more have passed.
  static constexpr unsigned intervals_between_warnings = 30;

  Watchdog(Log& log, std::chrono::milliseconds interval);
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

private:
  struct Seen {
    std::uint64_t calls = 0;
    unsigned intervals = 0; // that the same call has lasted
  };
  void run();
  void look(std::size_t index);

  Log& log_;
  const std::chrono::milliseconds interval_;
  std::array<Seen, providers_of_process_max> seen_{};
  std::mutex mutex_;
  std::condition_variable end_;
  bool ending_ = false;
  std::thread thread_;
};

} // namespace tl::server
