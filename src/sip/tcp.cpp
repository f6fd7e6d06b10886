// SPDX-License-Identifier: Apache-2.0
#include "sip/tcp.hpp"

#include <cerrno>
#include <sys/socket.h>

namespace tl::sip {
namespace {

class PlainStream final : public ByteStream {
public:
  explicit PlainStream(int fd) : fd_(fd) {}
  long read(char* data, std::size_t size) override { return outcome(::recv(fd_, data, size, 0)); }
  long write(const char* data, std::size_t size) override {
    return outcome(::send(fd_, data, size, MSG_NOSIGNAL));
  }

private:
  static long outcome(long count) {
    if (count >= 0) return count;
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? would_block : failed;
  }
  int fd_;
};

} // namespace

Result<std::unique_ptr<Tcp>> Tcp::open(Loop& loop, Log& log, const Address& local,
                                       const StreamLimits& limits) {
  std::unique_ptr<Tcp> tcp(new Tcp(loop, log, limits));
  if (const auto listening = tcp->listen(local); !listening) return listening.error();
  return tcp;
}

std::unique_ptr<ByteStream> Tcp::wrap(int fd, bool) {
  return std::make_unique<PlainStream>(fd);
}

} // namespace tl::sip
