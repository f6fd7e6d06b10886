// SPDX-License-Identifier: Apache-2.0
// What recvmmsg fills: one set for the whole media thread, no buffers in streams.
#pragma once

#include <array>
#include <sys/socket.h>

#include "media/worker.hpp"

namespace tl::media {

struct Worker::ReceiveBuffers {
  // A byte more than a packet may have shows that a datagram was longer.
  std::array<std::array<std::uint8_t, packet_bytes_max + 1>, receive_batch> bytes;
  std::array<Address, receive_batch> from;
  std::array<iovec, receive_batch> vectors;
  std::array<mmsghdr, receive_batch> messages;

  ReceiveBuffers() {
    for (std::size_t i = 0; i < receive_batch; ++i) {
      vectors[i] = {bytes[i].data(), bytes[i].size()};
      messages[i] = {};
      messages[i].msg_hdr.msg_name = &from[i];
      messages[i].msg_hdr.msg_iov = &vectors[i];
      messages[i].msg_hdr.msg_iovlen = 1;
    }
  }
};

} // namespace tl::media
