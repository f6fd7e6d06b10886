// SPDX-License-Identifier: Apache-2.0
#include "tapi32/signal.hpp"

#include <cstdint>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace tl::tapi32 {

Signal::~Signal() {
  if (fd_ >= 0) ::close(fd_);
}

bool Signal::open() {
  fd_ = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  return fd_ >= 0;
}

// Neither can fail in a way that matters: a full counter is readable, an empty one is not.
void Signal::set() const {
  const std::uint64_t one = 1;
  if (fd_ >= 0 && ::write(fd_, &one, sizeof one) < 0) return;
}

void Signal::reset() const {
  std::uint64_t count;
  if (fd_ >= 0 && ::read(fd_, &count, sizeof count) < 0) return;
}

bool Signal::wait(std::chrono::milliseconds limit) const {
  pollfd one{fd_, POLLIN, 0};
  return ::poll(&one, 1, static_cast<int>(limit.count())) > 0;
}

} // namespace tl::tapi32
