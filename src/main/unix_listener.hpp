// SPDX-License-Identifier: Apache-2.0
// Programs reach the server through a Unix socket, each with two connections (wire/frame.hpp): one for
// requests and replies, one for events. The listener carries frames and decides nothing about their content.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "base/log.hpp"
#include "base/loop.hpp"
#include "base/result.hpp"
#include "wire/channel.hpp"

namespace tl::program {

struct ListenerLimits {
  std::size_t connections_max = 2'000;              // a further one gets goodbye
  std::size_t events_waiting_bytes_max = 16u << 20; // a client that does not read them is disconnected
  std::size_t replies_waiting_bytes_max = 4u << 20; // the same for replies
  std::size_t requests_per_turn_max = 64;           // then other clients' turn comes
  std::uint32_t handshake_ms_max = 10'000;          // from the connection to hello or attach
  std::uint32_t accept_pause_ms = 200;              // when the process is out of descriptors
};

class UnixListener {
public:
  // Creates the socket, for its user alone. An error names the path and what is in the way; a socket left by
  // a server that died is replaced.
  static Result<std::unique_ptr<UnixListener>> open(Loop& loop, Log& log, wire::SessionHost& host,
                                                    const std::string& path, ListenerLimits limits = {});
  // Says goodbye to every client, ends their sessions and removes the socket.
  virtual ~UnixListener() = default;

  virtual std::size_t connections() const = 0;
};

} // namespace tl::program
