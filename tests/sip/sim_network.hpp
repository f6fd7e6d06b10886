// SPDX-License-Identifier: Apache-2.0
// A network inside a VirtualLoop that loses, delays, doubles and reorders datagrams, from a seed.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/random.hpp"
#include "base/virtual_loop.hpp"
#include "sip/transport.hpp"

namespace tl::sip {

struct SimFaults {
  double lose = 0, duplicate = 0;
  Duration delay_min = std::chrono::milliseconds(1), delay_max = std::chrono::milliseconds(1);
};

class SimNetwork;

class SimTransport final : public Transport {
public:
  SimTransport(SimNetwork& network, const Address& local) : network_(network), local_(local) {}
  ~SimTransport() override;
  Protocol protocol() const override { return Protocol::udp; }
  const Address& local() const override { return local_; }
  Address local_for(const Address&) override { return local_; }
  bool send(Peer& to, std::string_view bytes) override;
  bool alive(std::uint32_t) const override { return true; }
  void set_sink(TransportSink* sink) override { sink_ = sink; }
  void deliver(const Peer& from, std::string bytes) {
    if (sink_ != nullptr) sink_->received(*this, from, {bytes.data(), bytes.size()}, Duration::zero());
  }

private:
  SimNetwork& network_;
  Address local_;
  TransportSink* sink_ = nullptr;
};

class SimNetwork {
public:
  // Sees (and may drop, by returning false) every packet as it is sent.
  using Tap = std::function<bool(const Address& from, const Address& to, const std::string& bytes)>;

  SimNetwork(VirtualLoop& loop, std::uint64_t seed, SimFaults faults = {})
      : loop_(loop), random_(seed), faults_(faults) {}

  std::unique_ptr<SimTransport> attach(const std::string& address) {
    const Address local = *Address::parse(address);
    auto transport = std::make_unique<SimTransport>(*this, local);
    nodes_[to_string(local)] = transport.get();
    return transport;
  }
  void detach(const Address& local) { nodes_.erase(to_string(local)); }
  void set_faults(const SimFaults& faults) { faults_ = faults; }
  void set_tap(Tap tap) { tap_ = std::move(tap); }
  std::size_t sent() const { return sent_; }

  void send(const Address& from, const Address& to, std::string_view bytes) {
    ++sent_;
    if (tap_ && !tap_(from, to, std::string(bytes))) return;
    if (random_.chance(faults_.lose)) return;
    const int copies = random_.chance(faults_.duplicate) ? 2 : 1;
    for (int i = 0; i < copies; ++i) later(from, to, std::string(bytes));
  }

private:
  struct Packet {
    Packet(Loop& loop, Timer::Handler handler) : timer(loop, std::move(handler)) {}
    Timer timer;
  };

  void later(const Address& from, const Address& to, std::string bytes) {
    const auto span = static_cast<std::uint64_t>((faults_.delay_max - faults_.delay_min).count()) + 1;
    const Duration delay = faults_.delay_min + Duration(static_cast<std::int64_t>(random_.below(span)));
    const std::uint64_t id = ++last_;
    auto packet = std::make_unique<Packet>(loop_, [this, id, from, to, bytes = std::move(bytes)] {
      const auto node = nodes_.find(to_string(to));
      if (node != nodes_.end()) node->second->deliver({from, 0, Protocol::udp}, bytes);
      packets_.erase(id);
    });
    packet->timer.start(delay);
    packets_.emplace(id, std::move(packet));
  }

  VirtualLoop& loop_;
  Random random_;
  SimFaults faults_;
  Tap tap_;
  std::map<std::string, SimTransport*> nodes_;
  std::map<std::uint64_t, std::unique_ptr<Packet>> packets_;
  std::uint64_t last_ = 0;
  std::size_t sent_ = 0;
};

inline SimTransport::~SimTransport() {
  network_.detach(local_);
}
inline bool SimTransport::send(Peer& to, std::string_view bytes) {
  network_.send(local_, to.address, bytes);
  return true;
}

} // namespace tl::sip
