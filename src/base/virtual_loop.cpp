// SPDX-License-Identifier: Apache-2.0
#include "base/virtual_loop.hpp"

#include <fmt/core.h>

#include "base/check.hpp"

namespace tl {

std::unique_ptr<Watch> VirtualLoop::watch(int fd, Task, Task) {
  TL_CHECK(false, fmt::format("a virtual loop has no descriptors (fd {})", fd));
}

void VirtualLoop::settle(std::size_t turns_max) {
  for (std::size_t turn = 0;; ++turn) {
    TL_CHECK(turn < turns_max, fmt::format("{} turns without time moving", turn));
    if (!tasks_.empty()) {
      const Task task = std::move(tasks_.front());
      tasks_.pop_front();
      task();
    } else if (timers().fire(now_, 1) == 0) {
      return;
    }
  }
}

bool VirtualLoop::step() {
  settle();
  const auto next = timers().next();
  if (!next) return false;
  now_ = *next;
  settle();
  return true;
}

void VirtualLoop::run_until(Time end) {
  settle();
  while (timers().next() && *timers().next() <= end) step();
  if (now_ < end) now_ = end;
}

} // namespace tl
