// SPDX-License-Identifier: Apache-2.0
// A connected, blocking socket and what both transports do with it.
#pragma once

#include <chrono>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace tl::tapi32 {

class Socket {
public:
  explicit Socket(int fd) : fd_(fd) {}
  ~Socket() {
    if (fd_ >= 0) ::close(fd_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  int fd() const { return fd_; }
  void limit_silence(std::chrono::seconds limit) const {
    const timeval time{limit.count(), 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
    ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
  }
  void shut_down() const { ::shutdown(fd_, SHUT_RDWR); }

private:
  int fd_;
};

} // namespace tl::tapi32
