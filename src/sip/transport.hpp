// SPDX-License-Identifier: Apache-2.0
// What carries messages: UDP, TCP and, by more files of the same shape, TLS, WS and WSS; in tests a simulated
// network.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/time.hpp"
#include "sip/address.hpp"

namespace tl::sip {

class Transport;

// Receives whole messages. `message` may be written to and is valid during the call only.
class TransportSink {
public:
  virtual ~TransportSink() = default;
  // `age`: how long the message waited in the kernel before it was read; zero where that is unknown.
  virtual void received(Transport& transport, const Peer& from, std::span<char> message, Duration age) = 0;
  // The connection could not be made or broke; messages handed to it may be lost.
  virtual void connection_lost(Transport& transport, std::uint32_t connection) = 0;
};

class Transport {
public:
  virtual ~Transport() = default;
  virtual Protocol protocol() const = 0;
  // What is bound, as configured; port filled in when 0 was asked for.
  virtual const Address& local() const = 0;
  // The address a peer can answer to: local(), with the host of the route to `peer` where local() is a
  // wildcard.
  virtual Address local_for(const Address& peer) = 0;
  // Queues or sends; false if that failed at once. Fills to.connection on a reliable transport.
  virtual bool send(Peer& to, std::string_view bytes) = 0;
  // Is this connection open (and so the way back to whoever made it)?
  virtual bool alive(std::uint32_t connection) const = 0;
  virtual void set_sink(TransportSink* sink) = 0;
};

} // namespace tl::sip
