// SPDX-License-Identifier: Apache-2.0
// A Unix socket's bytes.
#include <cerrno>
#include <cstring>
#include <sys/un.h>

#include "tapi32/socket.hpp"
#include "tapi32/stream.hpp"

namespace tl::tapi32 {
namespace {

class UnixStream final : public Stream {
public:
  explicit UnixStream(int fd) : socket_(fd) {}
  int fd() const override { return socket_.fd(); }
  void limit_silence(std::chrono::seconds limit) override { socket_.limit_silence(limit); }
  void shut_down() override { socket_.shut_down(); }

  bool send(wire::Bytes bytes) override {
    while (!bytes.empty()) {
      const auto sent = ::send(fd(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent < 0 && errno == EINTR) continue;
      if (sent <= 0) return false;
      bytes = bytes.subspan(static_cast<std::size_t>(sent));
    }
    return true;
  }

  std::size_t receive(std::span<std::byte> space) override {
    for (;;) {
      const auto got = ::recv(fd(), space.data(), space.size(), 0);
      if (got < 0 && errno == EINTR) continue;
      return got > 0 ? static_cast<std::size_t>(got) : 0;
    }
  }

private:
  Socket socket_;
};

} // namespace

Result<std::unique_ptr<Stream>> open_unix(const Server& server) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (server.path.size() >= sizeof address.sun_path)
    return Error{ENAMETOOLONG, "the socket's path is too long: " + server.path};
  std::memcpy(address.sun_path, server.path.data(), server.path.size());
  auto stream = std::make_unique<UnixStream>(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (stream->fd() < 0 ||
      ::connect(stream->fd(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return Error{errno, "no telephony server at " + server.path + ": " + std::strerror(errno)};
  return std::unique_ptr<Stream>{std::move(stream)};
}

} // namespace tl::tapi32
