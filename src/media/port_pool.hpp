// SPDX-License-Identifier: Apache-2.0
// Bound sockets for streams. A socket is opened once, watched by the media thread until it is closed, and
// passes from stream to stream over a rest (Options::quarantine), so that a call costs no bind, close or
// epoll_ctl.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "media/exchange.hpp"

namespace tl::media {

// Control thread; destroyed after the media thread has ended.
class PortPool {
public:
  static constexpr int bind_attempts_max = 64; // ports other programs hold, skipped in one acquire()

  // Even ports of first ... last. `epoll_fd` is the media thread's.
  PortPool(Exchange& exchange, const Address& local, std::uint16_t first, std::uint16_t last, int epoll_fd);
  ~PortPool();
  PortPool(const PortPool&) = delete;
  PortPool& operator=(const PortPool&) = delete;

  // LINEERR_RESOURCEUNAVAIL, with the reason.
  Result<Slot*> acquire();
  std::size_t ports() const { return ports_; }

private:
  Slot* next_closed();
  Result<void> open(Slot& slot);

  Exchange& exchange_;
  Address local_;
  std::uint32_t first_;
  std::size_t ports_;
  int epoll_fd_;
  std::vector<std::unique_ptr<Slot>> slots_; // every port tried so far, in order
};

// The address can be bound here, as the engine's socket options are.
Result<void> check_local_address(const Address& local, const std::string& text);

} // namespace tl::media
