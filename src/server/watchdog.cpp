// SPDX-License-Identifier: Apache-2.0
#include "server/watchdog.hpp"

namespace tl::server {

Watchdog::Watchdog(Log& log, std::chrono::milliseconds interval)
    : log_(log), interval_(interval), thread_([this] { run(); }) {}

Watchdog::~Watchdog() {
  {
    const std::lock_guard lock{mutex_};
    ending_ = true;
  }
  end_.notify_all();
  thread_.join();
}

void Watchdog::run() {
  std::unique_lock lock{mutex_};
  while (!end_.wait_for(lock, interval_, [this] { return ending_; }))
    for (std::size_t i = 0; i < seen_.size(); ++i) look(i);
}

void Watchdog::look(std::size_t index) {
  const GuardedPlace& place = guarded_place(index);
  Seen& seen = seen_[index];
  const char* const function = place.function.load(std::memory_order_acquire);
  const std::uint64_t calls = place.calls.load(std::memory_order_relaxed);
  if (!function || !place.guard.load() || calls != seen.calls) {
    if (seen.intervals > 1)
      log_.warn("server", "provider {}: it has come back, after about {} ms", place.name,
                seen.intervals * interval_.count());
    seen = {calls, function ? 1U : 0U};
    return;
  }
  if (++seen.intervals % intervals_between_warnings != 2) return;
  log_.warn("server", "provider {}: {} has not returned for more than {} ms: every client waits", place.name,
            function, (seen.intervals - 1) * interval_.count());
}

} // namespace tl::server
