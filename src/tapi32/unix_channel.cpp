// SPDX-License-Identifier: Apache-2.0
#include "tapi32/unix_channel.hpp"

#include <atomic>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <sys/socket.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>

#include "tapi32/session.hpp"
#include "wire/frame.hpp"

namespace tl::tapi32 {
namespace {

class Socket {
public:
  Socket() = default;
  ~Socket() {
    if (fd_ >= 0) ::close(fd_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  Result<void> connect(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
      return Error{ENAMETOOLONG, "the socket's path is too long: " + path};
    std::memcpy(address.sun_path, path.data(), path.size());
    fd_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd_ < 0 || ::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
      return Error{errno, "no telephony server at " + path + ": " + std::strerror(errno)};
    return {};
  }

  // A peer that is silent for longer makes receive() fail; 0 means for ever.
  void limit_silence(std::chrono::seconds limit) const {
    const timeval time{limit.count(), 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
    ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time);
  }

  bool send(wire::Bytes bytes) const {
    while (!bytes.empty()) {
      const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent < 0 && errno == EINTR) continue;
      if (sent <= 0) return false;
      bytes = bytes.subspan(static_cast<std::size_t>(sent));
    }
    return true;
  }

  // The next whole frame; nothing when the connection failed. Valid until the next receive().
  std::optional<wire::Bytes> receive() {
    for (;;) {
      if (const auto frame = splitter_.next()) return frame;
      if (splitter_.broken()) return std::nullopt;
      const auto space = splitter_.space();
      const auto got = ::recv(fd_, space.data(), space.size(), 0);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return std::nullopt;
      splitter_.commit(static_cast<std::size_t>(got));
    }
  }

  void shut_down() const {
    if (fd_ >= 0) ::shutdown(fd_, SHUT_RDWR);
  }

private:
  int fd_ = -1;
  wire::Splitter splitter_;
};

// Shared with the event thread, which may outlive the channel for the moment it takes to notice.
struct Connections {
  Socket requests;
  Socket events;
  std::atomic<bool> closed = false;
};

Error refused(const std::string& path, const std::optional<wire::Bytes>& frame) {
  if (!frame) return {ECONNRESET, "the telephony server at " + path + " does not answer"};
  if (const auto why = wire::read_goodbye(*frame)) return {EPROTO, "the telephony server refuses: " + *why};
  return {EPROTO, "the server at " + path + " does not speak this protocol"};
}

Result<void> shake_hands(Connections& connections, const std::string& path) {
  wire::Buffer frame;
  wire::write_hello(frame, {wire::protocol_version, static_cast<std::uint32_t>(::getpid())});
  if (!connections.requests.send(frame)) return refused(path, {});
  auto answer = connections.requests.receive();
  auto ticket = answer ? wire::read_welcome(*answer) : std::nullopt;
  if (!ticket) return refused(path, answer);
  wire::write_attach(frame, *ticket);
  if (!connections.events.send(frame)) return refused(path, {});
  answer = connections.events.receive();
  if (!answer || !wire::read_welcome(*answer)) return refused(path, answer);
  return {};
}

void read_events(const std::shared_ptr<Connections>& connections, wire::EventSink& sink) {
  while (const auto frame = connections->events.receive()) {
    if (const auto why = wire::read_goodbye(*frame)) {
      sink.lost(*why);
      return;
    }
    sink.event(*frame);
    if (connections->closed) return; // the sink may be gone
  }
  if (!connections->closed) sink.lost("the telephony server closed the connection");
}

class UnixChannel final : public wire::Channel {
public:
  UnixChannel(std::shared_ptr<Connections> connections, wire::EventSink& sink)
      : connections_(std::move(connections)),
        reader_([shared = connections_, &sink] { read_events(shared, sink); }) {}

  ~UnixChannel() override {
    close();
    if (reader_.get_id() == std::this_thread::get_id())
      reader_.detach();
    else
      reader_.join();
  }

  bool call(wire::Bytes request, wire::Buffer& reply) override {
    const std::lock_guard lock{calling_};
    if (connections_->closed) return false;
    if (connections_->requests.send(request)) {
      if (const auto frame = connections_->requests.receive(); frame && !wire::read_goodbye(*frame)) {
        reply.assign(frame->begin(), frame->end());
        return true;
      }
    }
    close(); // a late reply would be taken for the next one's
    return false;
  }

  void close() override {
    connections_->closed = true;
    connections_->requests.shut_down();
    connections_->events.shut_down();
  }

private:
  std::shared_ptr<Connections> connections_;
  std::mutex calling_;
  std::thread reader_;
};

} // namespace

Result<std::unique_ptr<wire::Channel>> connect_unix(const std::string& path, wire::EventSink& sink) {
  auto connections = std::make_shared<Connections>();
  for (Socket* const socket : {&connections->requests, &connections->events}) {
    if (auto connected = socket->connect(path); !connected) return connected.error();
    socket->limit_silence(reply_timeout);
  }
  if (auto shaken = shake_hands(*connections, path); !shaken) return shaken.error();
  connections->events.limit_silence({});
  return std::unique_ptr<wire::Channel>{std::make_unique<UnixChannel>(std::move(connections), sink)};
}

} // namespace tl::tapi32
