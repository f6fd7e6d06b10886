// SPDX-License-Identifier: Apache-2.0
#include "sip/stream.hpp"

#include <cerrno>
#include <cstring>
#include <fmt/core.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "sip/framer.hpp"
#include "sip/udp.hpp"

namespace tl::sip {

struct StreamTransport::Connection {
  std::uint32_t id;
  int fd;
  Address peer;
  bool connecting;
  Framer framer;
  std::string output;
  std::unique_ptr<ByteStream> stream;
  std::unique_ptr<Watch> watch;
  Timer timer; // connecting, then idle

  Connection(StreamTransport& owner, std::uint32_t id_, int fd_, const Address& peer_, bool connecting_)
      : id(id_), fd(fd_), peer(peer_), connecting(connecting_), framer(owner.limits_.message_size_max_bytes),
        timer(owner.loop_, [&owner, id_] { owner.close(id_, true); }) {}
  ~Connection() {
    watch.reset();
    stream.reset();
    ::close(fd);
  }
};

std::size_t StreamTransport::AddressHash::operator()(const Address& address) const {
  std::uint64_t hash = address.port * 0x9E3779B97F4A7C15ULL;
  for (const std::uint8_t byte : address.bytes) hash = (hash ^ byte) * 0x100000001B3ULL;
  return hash;
}

StreamTransport::StreamTransport(Loop& loop, Log& log, const StreamLimits& limits)
    : loop_(loop), log_(log), limits_(limits) {}

StreamTransport::~StreamTransport() {
  watch_.reset();
  if (listener_ >= 0) ::close(listener_);
}

Result<void> StreamTransport::listen(const Address& local) {
  const auto failure = [&](const char* what) {
    const int code = errno;
    return Error{code, fmt::format("SIP {} {}: {}: {}", to_string(protocol()), to_string(local), what,
                                   std::strerror(code))};
  };
  listener_ = ::socket(local.v6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (listener_ < 0) return failure("socket");
  const int on = 1;
  ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_storage raw;
  socklen_t length = local.fill(raw);
  if (::bind(listener_, reinterpret_cast<const sockaddr*>(&raw), length) != 0) return failure("cannot bind");
  if (::listen(listener_, 256) != 0) return failure("cannot listen");
  length = sizeof raw;
  ::getsockname(listener_, reinterpret_cast<sockaddr*>(&raw), &length);
  local_ = Address::from(raw);
  watch_ = loop_.watch(listener_, [this] { acceptable(); });
  return {};
}

void StreamTransport::acceptable() {
  for (int i = 0; i < 64; ++i) {
    sockaddr_storage raw;
    socklen_t length = sizeof raw;
    const int fd =
        ::accept4(listener_, reinterpret_cast<sockaddr*>(&raw), &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) return;
    if (connections_.size() >= limits_.connections_max) {
      log_.warn("sip", "{} connection from {} refused: connections_max {} reached", to_string(protocol()),
                to_string(Address::from(raw)), limits_.connections_max);
      ::close(fd);
      continue;
    }
    add(fd, Address::from(raw), false);
  }
}

StreamTransport::Connection& StreamTransport::add(int fd, const Address& peer, bool connecting) {
  const int on = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  do ++last_id_;
  while (last_id_ == 0 || connections_.count(last_id_) != 0);
  auto owned = std::make_unique<Connection>(*this, last_id_, fd, peer, connecting);
  Connection& connection = *owned;
  connections_.emplace(connection.id, std::move(owned));
  by_peer_[peer] = connection.id;
  connection.stream = wrap(fd, connecting);
  connection.watch = loop_.watch(
      fd, [this, &connection] { readable(connection); }, [this, &connection] { writable(connection); });
  if (connecting) connection.watch->want_write(true);
  connection.timer.start(connecting ? limits_.connect_max : limits_.idle_max);
  return connection;
}

StreamTransport::Connection* StreamTransport::connect(const Address& to) {
  if (connections_.size() >= limits_.connections_max) return nullptr;
  const int fd = ::socket(to.v6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return nullptr;
  sockaddr_storage raw;
  const socklen_t length = to.fill(raw);
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&raw), length) != 0 && errno != EINPROGRESS) {
    ::close(fd);
    return nullptr;
  }
  return &add(fd, to, true);
}

StreamTransport::Connection* StreamTransport::find(const Peer& to) {
  if (to.connection != 0) {
    const auto found = connections_.find(to.connection);
    if (found != connections_.end()) return found->second.get();
  }
  const auto known = by_peer_.find(to.address);
  if (known == by_peer_.end()) return nullptr;
  const auto found = connections_.find(known->second);
  return found == connections_.end() ? nullptr : found->second.get();
}

bool StreamTransport::send(Peer& to, std::string_view bytes) {
  Connection* connection = find(to);
  if (connection == nullptr) connection = connect(to.address);
  if (connection == nullptr) return false;
  to.connection = connection->id;
  if (connection->output.size() + bytes.size() > limits_.output_max_bytes) {
    log_.warn("sip", "{} connection to {} closed: it reads too slowly", to_string(protocol()),
              to_string(connection->peer));
    // Closed on a later turn: the caller is in the middle of its own work.
    connection->timer.start(Duration::zero());
    return false;
  }
  const bool idle = connection->output.empty();
  connection->output.append(bytes);
  if (connection->connecting || !idle) return true;
  // A failure is reported on a later turn, for the same reason.
  const long written = connection->stream->write(connection->output.data(), connection->output.size());
  if (written == ByteStream::failed) {
    connection->timer.start(Duration::zero());
    return false;
  }
  if (written > 0) connection->output.erase(0, static_cast<std::size_t>(written));
  if (!connection->output.empty())
    connection->watch->want_write(true);
  else
    connection->timer.start(limits_.idle_max);
  return true;
}

void StreamTransport::readable(Connection& connection) {
  if (connection.connecting) return; // the error, if any, comes with writability
  const std::uint32_t id = connection.id;
  char bytes[16 * 1024];
  for (std::size_t i = 0; i < limits_.reads_per_turn_max; ++i) {
    const long count = connection.stream->read(bytes, sizeof bytes);
    if (count == ByteStream::would_block) return;
    if (count <= 0) return close(id, true);
    connection.timer.start(limits_.idle_max);
    connection.framer.append({bytes, static_cast<std::size_t>(count)});
    const Peer from{connection.peer, id, protocol()};
    while (const auto message = connection.framer.next()) {
      if (sink_ != nullptr) sink_->received(*this, from, *message, Duration::zero());
      if (!alive(id)) return;
    }
    if (connection.framer.broken()) return close(id, true);
    if (const std::size_t pings = connection.framer.take_pings(); pings > 0 && connection.output.empty()) {
      connection.output.append("\r\n");
      if (!flush(connection)) return;
    }
    if (static_cast<std::size_t>(count) < sizeof bytes) return;
  }
}

void StreamTransport::writable(Connection& connection) {
  if (connection.connecting) {
    int error = 0;
    socklen_t length = sizeof error;
    ::getsockopt(connection.fd, SOL_SOCKET, SO_ERROR, &error, &length);
    if (error != 0) {
      log_.debug("sip", "{} connection to {} failed: {}", to_string(protocol()), to_string(connection.peer),
                 std::strerror(error));
      return close(connection.id, true);
    }
    connection.connecting = false;
    connection.timer.start(limits_.idle_max);
  }
  flush(connection);
}

bool StreamTransport::flush(Connection& connection) {
  while (!connection.output.empty()) {
    const long written = connection.stream->write(connection.output.data(), connection.output.size());
    if (written == ByteStream::failed) {
      close(connection.id, true);
      return false;
    }
    if (written == ByteStream::would_block) {
      connection.watch->want_write(true);
      return true;
    }
    connection.output.erase(0, static_cast<std::size_t>(written));
  }
  connection.watch->want_write(false);
  return true;
}

void StreamTransport::close(std::uint32_t id, bool tell) {
  const auto found = connections_.find(id);
  if (found == connections_.end()) return;
  const std::unique_ptr<Connection> gone = std::move(found->second);
  connections_.erase(found);
  const auto known = by_peer_.find(gone->peer);
  if (known != by_peer_.end() && known->second == id) by_peer_.erase(known);
  if (tell && sink_ != nullptr) sink_->connection_lost(*this, id);
}

Address StreamTransport::local_for(const Address& peer) {
  return local_.any() ? route_source(peer, local_.port) : local_;
}

} // namespace tl::sip
