// SPDX-License-Identifier: Apache-2.0
#include "media/port_pool.hpp"

#include <cerrno>
#include <cstring>
#include <fmt/core.h>
#include <netinet/ip.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "tapi.h"

namespace tl::media {
namespace {

int open_socket(const Address& local) {
  const int fd = ::socket(local.family(), SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  const int expedited = IPTOS_DSCP_EF; // RFC 4594: telephony. Where it is refused, packets go without
  if (local.family() == AF_INET)
    ::setsockopt(fd, IPPROTO_IP, IP_TOS, &expedited, sizeof expedited);
  else
    ::setsockopt(fd, IPPROTO_IPV6, IPV6_TCLASS, &expedited, sizeof expedited);
  if (::bind(fd, &local.plain, local.size()) == 0) return fd;
  const int code = errno;
  ::close(fd);
  errno = code;
  return -1;
}

Error unavailable(const std::string& why) {
  return Error{LINEERR_RESOURCEUNAVAIL, "media: " + why};
}

} // namespace

Result<void> check_local_address(const Address& local, const std::string& text) {
  const int fd = open_socket(local);
  if (fd < 0) {
    const int code = errno;
    return Error{code, fmt::format("media address '{}': {}; expected an address of this machine", text,
                                   std::strerror(code))};
  }
  ::close(fd);
  return {};
}

PortPool::PortPool(Exchange& exchange, const Address& local, std::uint16_t first, std::uint16_t last,
                   int epoll_fd)
    : exchange_(exchange), local_(local), first_((first + 1U) & ~1U), ports_((last - first_) / 2 + 1),
      epoll_fd_(epoll_fd) {}

PortPool::~PortPool() {
  for (const auto& slot : slots_)
    if (slot->fd >= 0) ::close(slot->fd);
}

Result<Slot*> PortPool::acquire() {
  if (Slot* slot = exchange_.take_idle()) return slot;
  for (int attempt = 0; attempt < bind_attempts_max; ++attempt) {
    Slot* slot = next_closed();
    if (!slot) return unavailable(fmt::format("all {} ports are in use or at rest", ports_));
    if (auto opened = open(*slot)) return slot;
    const int code = errno;
    exchange_.give_closed(*slot); // tried again after all others
    if (code != EADDRINUSE && code != EACCES)
      return unavailable(fmt::format("no socket: {}", std::strerror(code)));
  }
  return unavailable(fmt::format("{} ports in a row are in use by other programs", bind_attempts_max));
}

// Never used ports first: the others have rested for a shorter time.
Slot* PortPool::next_closed() {
  if (slots_.size() == ports_) return exchange_.take_closed();
  auto slot = std::make_unique<Slot>();
  slot->port = static_cast<std::uint16_t>(first_ + 2 * slots_.size());
  slots_.push_back(std::move(slot));
  return slots_.back().get();
}

Result<void> PortPool::open(Slot& slot) {
  Address address = local_;
  address.set_port(slot.port);
  slot.fd = open_socket(address);
  if (slot.fd < 0) return Error{errno, "bind"};
  epoll_event watch{};
  watch.events = EPOLLIN;
  watch.data.ptr = &slot;
  if (::epoll_ctl(epoll_fd_, EPOLL_CTL_ADD, slot.fd, &watch) != 0) {
    const int code = errno;
    ::close(slot.fd);
    slot.fd = -1;
    return Error{errno = code, "epoll_ctl"};
  }
  exchange_.tally.sockets.fetch_add(1, std::memory_order_relaxed);
  return {};
}

} // namespace tl::media
