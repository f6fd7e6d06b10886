// SPDX-License-Identifier: Apache-2.0
#include "main/plain_transport.hpp"

#include <cerrno>
#include <sys/socket.h>

namespace tl::program {
namespace {

Transport::Moved outcome(ssize_t count) {
  if (count > 0) return {Transport::Outcome::moved, static_cast<std::size_t>(count)};
  const bool later = count < 0 && (errno == EAGAIN || errno == EINTR);
  return {later ? Transport::Outcome::later : Transport::Outcome::ended};
}

} // namespace

Transport::Moved PlainTransport::receive(std::span<std::byte> space) {
  return outcome(recv(fd_.get(), space.data(), space.size(), 0));
}

Transport::Moved PlainTransport::send(wire::Bytes bytes) {
  return outcome(::send(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL));
}

} // namespace tl::program
