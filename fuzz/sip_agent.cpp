// SPDX-License-Identifier: Apache-2.0
// A whole agent under hostile datagrams: it answers every call it is sent and makes one itself. Input:
// datagrams, each after two bytes of length; "\x01" and "\x02" in them stand for the tags of the agent's
// latest call.
#include <cstdint>
#include <vector>

#include "base/check.hpp"
#include "base/virtual_loop.hpp"
#include "sip/sip.hpp"

using namespace tl;
using namespace tl::sip;

namespace {

class Wire final : public Transport {
public:
  Protocol protocol() const override { return Protocol::udp; }
  const Address& local() const override { return local_; }
  Address local_for(const Address&) override { return local_; }
  bool send(Peer&, std::string_view) override { return true; }
  bool alive(std::uint32_t) const override { return true; }
  void set_sink(TransportSink* sink) override { sink_ = sink; }
  void deliver(std::string bytes) {
    if (sink_ != nullptr)
      sink_->received(*this, {local_, 0, Protocol::udp}, {bytes.data(), bytes.size()}, Duration::zero());
  }

private:
  Address local_ = *Address::parse("192.0.2.1:5060");
  TransportSink* sink_ = nullptr;
};

class Target final : public AgentEvents, public CallEvents {
public:
  Call* latest = nullptr;

  Admission admit(const Message&, const Peer&) override { return {}; }
  CallEvents* incoming_call(Call& call, const Message&, const Peer&) override {
    latest = &call;
    call.provisional(180);
    call.accept("v=0\r\n");
    return this;
  }
  bool incoming_request(const Message&, const Peer&) override { return false; }
  void call_progress(Call&, const Message&) override {}
  void call_answered(Call&, const Message&) override {}
  void call_acknowledged(Call&, const Message&) override {}
  void call_ended(Call& call, const Ending&) override {
    if (latest == &call) latest = nullptr;
  }
  void call_offer(Call& call, std::string_view) override { call.answer_offer("v=0\r\n"); }
  void call_modified(Call&, int, std::string_view) override {}
  std::string call_session(Call&) override { return "v=0\r\n"; }
  void call_refer(Call& call, const ReferRequest&) override {
    call.accept_refer();
    call.notify_refer(200);
  }
  void call_referred(Call&, int) override {}
  void call_info(Call&, const Message&) override {}
  bool call_event(Call&, std::string_view) override { return true; }
  void call_notified(Call&, int) override {}
};

std::string filled(std::string_view datagram, const Target& target) {
  std::string out;
  for (const char c : datagram) {
    if (c == 1 && target.latest != nullptr)
      out += target.latest->local_tag();
    else if (c == 2 && target.latest != nullptr)
      out += target.latest->call_id();
    else
      out.push_back(c);
  }
  return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  VirtualLoop loop;
  NullLog log;
  Target target;
  AgentConfig config;
  config.seed = {1, 2};
  Agent agent(loop, log, config, target);
  auto wire = std::make_unique<Wire>();
  Wire& network = *wire;
  agent.add(std::move(wire));
  Outgoing outgoing;
  outgoing.uri = "sip:192.0.2.1:5060";
  outgoing.from = "<sip:a@b>";
  target.latest = agent.call(std::move(outgoing), target);
  while (size > 2) {
    const std::size_t length = std::min<std::size_t>(data[0] * 256u + data[1], size - 2);
    network.deliver(filled({reinterpret_cast<const char*>(data) + 2, length}, target));
    data += 2 + length;
    size -= 2 + length;
    loop.run_for(std::chrono::milliseconds(300));
  }
  loop.run_for(std::chrono::hours(3));
  TL_CHECK(agent.transactions() == 0);
  return 0;
}
