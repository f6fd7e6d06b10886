// SPDX-License-Identifier: Apache-2.0
// Connection-oriented transports. Everything but the byte stream itself is here: listening, connecting,
// framing, reuse of connections, limits. TCP adds nothing; TLS wraps the descriptor in another ByteStream.
#pragma once

#include <memory>
#include <unordered_map>

#include "base/log.hpp"
#include "base/loop.hpp"
#include "base/result.hpp"
#include "sip/transport.hpp"

namespace tl::sip {

struct StreamLimits {
  std::size_t message_size_max_bytes = 16 * 1024;
  std::size_t connections_max = 4096;
  std::size_t output_max_bytes = 256 * 1024; // waiting for a slow reader; beyond it the connection is closed
  Duration connect_max = std::chrono::seconds(8);
  Duration idle_max = std::chrono::minutes(30);
  std::size_t reads_per_turn_max = 8;
};

// Bytes to and from one peer, non-blocking.
class ByteStream {
public:
  enum : long { would_block = -1, failed = -2 };
  virtual ~ByteStream() = default;
  virtual long read(char* data, std::size_t size) = 0; // 0: closed by the peer
  virtual long write(const char* data, std::size_t size) = 0;
};

class StreamTransport : public Transport {
public:
  ~StreamTransport() override;

  const Address& local() const override { return local_; }
  Address local_for(const Address& peer) override;
  bool send(Peer& to, std::string_view bytes) override;
  bool alive(std::uint32_t connection) const override { return connections_.count(connection) != 0; }
  void set_sink(TransportSink* sink) override { sink_ = sink; }
  std::size_t connections() const { return connections_.size(); }

protected:
  StreamTransport(Loop& loop, Log& log, const StreamLimits& limits);
  Result<void> listen(const Address& local);
  virtual std::unique_ptr<ByteStream> wrap(int fd, bool client) = 0;

private:
  struct Connection;
  struct AddressHash {
    std::size_t operator()(const Address& address) const;
  };

  void acceptable();
  Connection* connect(const Address& to);
  Connection& add(int fd, const Address& peer, bool connecting);
  void readable(Connection& connection);
  void writable(Connection& connection);
  bool flush(Connection& connection); // false: the connection is gone
  void close(std::uint32_t id, bool tell);
  Connection* find(const Peer& to);

  Loop& loop_;
  Log& log_;
  StreamLimits limits_;
  TransportSink* sink_ = nullptr;
  Address local_;
  int listener_ = -1;
  std::unique_ptr<Watch> watch_;
  std::unordered_map<std::uint32_t, std::unique_ptr<Connection>> connections_;
  std::unordered_map<Address, std::uint32_t, AddressHash> by_peer_;
  std::uint32_t last_id_ = 0;
};

} // namespace tl::sip
