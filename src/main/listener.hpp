// SPDX-License-Identifier: Apache-2.0
// Programs reach the server through a door (a Unix socket, TLS), each with two connections (wire/frame.hpp):
// one for requests and replies, one for events. The listener carries frames and decides nothing about their
// content.
#pragma once

#include <cstddef>
#include <memory>

#include "base/log.hpp"
#include "base/loop.hpp"
#include "main/door.hpp"
#include "wire/channel.hpp"

namespace tl::program {

struct ListenerLimits {
  std::size_t connections_max = 10'000;     // a further one gets goodbye
  std::size_t newcomers_max = 1'000;        // connections that have not said what they are for: the same
  std::size_t newcomers_per_peer_max = 250; // the same, from one address
  std::size_t events_waiting_bytes_max = 16u << 20; // a client that does not read them is disconnected
  std::size_t replies_waiting_bytes_max = 4u << 20; // the same for replies
  std::size_t requests_per_turn_max = 64;           // then other clients' turn comes
  std::uint32_t handshake_ms_max = 10'000;          // from the connection to hello or attach
  std::uint32_t identify_ms_max = 60'000;           // from hello to the answer who it is
  std::uint32_t accept_pause_ms = 200;              // when the process is out of descriptors
};

class Listener {
public:
  static std::unique_ptr<Listener> make(Loop& loop, Log& log, wire::SessionHost& host,
                                        std::unique_ptr<Door> door, ListenerLimits limits = {});
  // Says goodbye to every client, ends their sessions and closes the door.
  virtual ~Listener() = default;

  virtual std::size_t connections() const = 0;
};

} // namespace tl::program
