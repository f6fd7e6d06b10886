// SPDX-License-Identifier: Apache-2.0
#include "sip/udp.hpp"

#include <cerrno>
#include <cstring>
#include <ctime>
#include <fmt/core.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace tl::sip {

// Buffers of one recvmmsg, made once.
struct Udp::Batch {
  static constexpr std::size_t control_size_bytes = CMSG_SPACE(sizeof(timespec));
  std::vector<char> bytes;
  std::vector<mmsghdr> messages;
  std::vector<iovec> parts;
  std::vector<sockaddr_storage> peers;
  std::vector<std::array<char, control_size_bytes>> controls;

  explicit Batch(const UdpLimits& limits)
      : bytes(limits.batch_max_messages * limits.message_size_max_bytes), messages(limits.batch_max_messages),
        parts(limits.batch_max_messages), peers(limits.batch_max_messages),
        controls(limits.batch_max_messages) {
    for (std::size_t i = 0; i < messages.size(); ++i)
      parts[i] = {bytes.data() + i * limits.message_size_max_bytes, limits.message_size_max_bytes};
  }

  void reset() {
    for (std::size_t i = 0; i < messages.size(); ++i) {
      msghdr& header = messages[i].msg_hdr;
      header = {};
      header.msg_name = &peers[i];
      header.msg_namelen = sizeof peers[i];
      header.msg_iov = &parts[i];
      header.msg_iovlen = 1;
      header.msg_control = controls[i].data();
      header.msg_controllen = control_size_bytes;
    }
  }
};

namespace {

Error bind_error(const Address& local, const char* what) {
  const int code = errno;
  return {code, fmt::format("SIP UDP {}: {}: {}", to_string(local), what, std::strerror(code))};
}

// How long the message waited. The kernel's stamp is compared with the kernel's own clock, not with the
// loop's, from which it may drift.
Duration age_of(msghdr& header, const timespec& clock) {
  for (cmsghdr* c = CMSG_FIRSTHDR(&header); c != nullptr; c = CMSG_NXTHDR(&header, c)) {
    if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_TIMESTAMPNS) continue;
    timespec stamp;
    std::memcpy(&stamp, CMSG_DATA(c), sizeof stamp);
    const Duration age{(clock.tv_sec - stamp.tv_sec) * 1'000'000 + (clock.tv_nsec - stamp.tv_nsec) / 1000};
    return std::max(age, Duration::zero());
  }
  return Duration::zero();
}

} // namespace

Result<std::unique_ptr<Udp>> Udp::open(Loop& loop, const Address& local, const UdpLimits& limits) {
  const int fd = ::socket(local.v6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return bind_error(local, "socket");
  const int on = 1;
  ::setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
  ::setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &limits.receive_buffer_bytes, sizeof limits.receive_buffer_bytes);
  sockaddr_storage raw;
  socklen_t length = local.fill(raw);
  if (::bind(fd, reinterpret_cast<const sockaddr*>(&raw), length) != 0) {
    const Error error = bind_error(local, "cannot bind");
    ::close(fd);
    return error;
  }
  length = sizeof raw;
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&raw), &length);
  return std::unique_ptr<Udp>(new Udp(loop, fd, Address::from(raw), limits));
}

Udp::Udp(Loop& loop, int fd, const Address& local, const UdpLimits& limits)
    : fd_(fd), local_(local), limits_(limits), batch_(std::make_unique<Batch>(limits)),
      watch_(loop.watch(fd, [this] { readable(); })) {}

Udp::~Udp() {
  watch_.reset();
  ::close(fd_);
}

void Udp::readable() {
  for (std::size_t i = 0; i < limits_.batches_per_turn_max; ++i) {
    if (read_batch() < limits_.batch_max_messages) return;
  }
}

std::size_t Udp::read_batch() {
  batch_->reset();
  const int count =
      ::recvmmsg(fd_, batch_->messages.data(), static_cast<unsigned>(batch_->messages.size()), 0, nullptr);
  if (count <= 0) return 0;
  timespec clock;
  ::clock_gettime(CLOCK_REALTIME, &clock);
  for (int i = 0; i < count; ++i) {
    mmsghdr& message = batch_->messages[static_cast<std::size_t>(i)];
    if ((message.msg_hdr.msg_flags & MSG_TRUNC) != 0 || message.msg_len == 0) continue;
    const Peer peer{Address::from(batch_->peers[static_cast<std::size_t>(i)]), 0, Protocol::udp};
    char* bytes = static_cast<char*>(batch_->parts[static_cast<std::size_t>(i)].iov_base);
    if (sink_ != nullptr)
      sink_->received(*this, peer, {bytes, message.msg_len}, age_of(message.msg_hdr, clock));
  }
  return static_cast<std::size_t>(count);
}

bool Udp::send(Peer& to, std::string_view bytes) {
  sockaddr_storage raw;
  const socklen_t length = to.address.fill(raw);
  // A full socket buffer loses the datagram, as the network may: the transaction's timers send it again.
  return ::sendto(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&raw),
                  length) >= 0 ||
         errno == EAGAIN || errno == ENOBUFS || errno == ECONNREFUSED;
}

Address Udp::local_for(const Address& peer) {
  return local_.any() ? route_source(peer, local_.port) : local_;
}

Address route_source(const Address& peer, std::uint16_t port) {
  Address result;
  result.port = port;
  result.v6 = peer.v6;
  const int fd = ::socket(peer.v6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return result;
  sockaddr_storage raw;
  socklen_t length = peer.fill(raw);
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&raw), length) == 0) {
    length = sizeof raw;
    if (::getsockname(fd, reinterpret_cast<sockaddr*>(&raw), &length) == 0) result = Address::from(raw);
    result.port = port;
  }
  ::close(fd);
  return result;
}

} // namespace tl::sip
