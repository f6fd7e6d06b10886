// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <unordered_map>
#include <vector>

#include "base/loop.hpp"
#include "base/result.hpp"
#include "sip/transport.hpp"

namespace tl::sip {

struct UdpLimits {
  std::size_t message_size_max_bytes = 16 * 1024;
  std::size_t batch_max_messages = 32;  // read by one system call
  std::size_t batches_per_turn_max = 4; // then others get their turn on the loop
  int receive_buffer_bytes = 1 << 20;   // asked of the kernel, which may give less
};

class Udp final : public Transport {
public:
  // Binds at once; the error names address and port.
  static Result<std::unique_ptr<Udp>> open(Loop& loop, const Address& local, const UdpLimits& limits = {});
  ~Udp() override;

  Protocol protocol() const override { return Protocol::udp; }
  const Address& local() const override { return local_; }
  Address local_for(const Address& peer) override;
  bool send(Peer& to, std::string_view bytes) override;
  bool alive(std::uint32_t) const override { return true; }
  void set_sink(TransportSink* sink) override { sink_ = sink; }

private:
  struct Batch;
  Udp(Loop& loop, int fd, const Address& local, const UdpLimits& limits);
  void readable();
  std::size_t read_batch();

  int fd_;
  Address local_;
  UdpLimits limits_;
  TransportSink* sink_ = nullptr;
  std::unique_ptr<Batch> batch_;
  std::unique_ptr<Watch> watch_;
};

// The host of this machine from which packets to `peer` leave. Asks the kernel's routing table.
Address route_source(const Address& peer, std::uint16_t port);

} // namespace tl::sip
