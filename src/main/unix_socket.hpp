// SPDX-License-Identifier: Apache-2.0
// The system calls of the Unix listener.
#pragma once

#include <string>

#include "base/result.hpp"
#include "wire/channel.hpp"

namespace tl::program {

class Descriptor {
public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept : fd_(other.release()) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  int get() const { return fd_; }
  int release() {
    int fd = fd_;
    fd_ = -1;
    return fd;
  }

private:
  int fd_;
};

// A listening non-blocking socket at `path`, mode 0600. Replaces a socket nobody listens at.
Result<Descriptor> listen_at(const std::string& path);

// Who is at the other end (SO_PEERCRED).
wire::Identity peer_of(int fd);

} // namespace tl::program
