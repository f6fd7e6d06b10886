// SPDX-License-Identifier: Apache-2.0
// A user agent of the tests: one Agent on the simulated network, every event written down, reactions set by
// flags.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sim_network.hpp"
#include "sip/sip.hpp"

namespace tl::sip {

class User final : public AgentEvents, public CallEvents {
public:
  User(VirtualLoop& loop, SimNetwork& network, const std::string& address, std::uint64_t seed,
       AgentConfig config = {})
      : loop_(loop), address_(address), agent(loop, log_, with_seed(config, seed), *this) {
    agent.add(network.attach(address));
  }

  Call* call(const std::string& to, Outgoing outgoing = {}) {
    outgoing.uri = to;
    outgoing.from = "<sip:caller@" + address_ + ">";
    outgoing.sdp = sdp();
    Call* made = agent.call(std::move(outgoing), *this);
    if (made != nullptr) live.push_back(made);
    return made;
  }

  std::string sdp() const {
    LocalAudio local;
    local.rtp = *Address::parse(address_);
    local.version = 1 + static_cast<std::uint32_t>(modified);
    return make_offer(local);
  }

  // AgentEvents
  Admission admit(const Message&, const Peer&) override { return admission; }
  CallEvents* incoming_call(Call& one, const Message&, const Peer&) override {
    ++incoming;
    live.push_back(&one);
    if (reject_with != 0) {
      one.reject(reject_with);
      drop(one);
      return nullptr;
    }
    if (ring) one.provisional(180);
    if (answer) one.accept(sdp());
    return this;
  }
  bool incoming_request(const Message& request, const Peer& from) override {
    if (registrar == nullptr || request.method() != Method::register_) return false;
    registrar->handle(request, from);
    return true;
  }

  // CallEvents
  void call_progress(Call&, const Message& response) override {
    events.push_back("progress " + std::to_string(response.status()));
  }
  void call_answered(Call& one, const Message&) override {
    events.push_back("answered");
    ++answered;
    if (hangup_when_answered) hangup(one);
  }
  void call_acknowledged(Call&, const Message&) override {
    events.push_back("acknowledged");
    ++acknowledged;
  }
  void call_ended(Call& one, const Ending& ending) override {
    events.push_back("ended " + std::to_string(ending.status));
    ++ended;
    ++statuses[ending.status];
    drop(one);
  }
  void call_offer(Call& one, std::string_view) override {
    events.push_back("offer");
    if (refuse_offer != 0)
      one.refuse_offer(refuse_offer);
    else if (answer_offers)
      one.answer_offer(sdp());
  }
  void call_modified(Call&, int status, std::string_view) override {
    events.push_back("modified " + std::to_string(status));
    ++modified;
  }
  std::string call_session(Call&) override { return sdp(); }
  void call_refer(Call& one, const ReferRequest& request) override {
    events.push_back("refer " + std::string(request.target) +
                     (request.replaces.empty() ? "" : " replaces " + std::string(request.replaces)));
    one.accept_refer();
    one.notify_refer(200);
  }
  void call_referred(Call&, int status) override { events.push_back("referred " + std::to_string(status)); }
  void call_info(Call&, const Message& request) override {
    events.push_back("info " + std::string(request.body()));
  }
  bool call_event(Call& one, std::string_view event) override {
    events.push_back("event " + std::string(event));
    if (event == "talk") one.accept(sdp());
    return event == "talk";
  }
  void call_notified(Call&, int status) override { events.push_back("notified " + std::to_string(status)); }

  void hangup(Call& one) {
    drop(one);
    one.hangup();
  }
  void drop(Call& one) { std::erase(live, &one); }
  bool saw(const std::string& event) const {
    for (const std::string& one : events) {
      if (one == event) return true;
    }
    return false;
  }

private:
  static AgentConfig with_seed(AgentConfig config, std::uint64_t seed) {
    config.seed = {seed, seed ^ 0x9E3779B97F4A7C15ULL};
    return config;
  }

  VirtualLoop& loop_;
  NullLog log_;
  std::string address_;

public:
  Agent agent;
  Registrar* registrar = nullptr;
  Admission admission;
  bool ring = true, answer = true, answer_offers = true, hangup_when_answered = false;
  int reject_with = 0, refuse_offer = 0;
  int incoming = 0, answered = 0, acknowledged = 0, ended = 0, modified = 0;
  std::map<int, int> statuses;
  std::vector<std::string> events;
  std::vector<Call*> live;
};

} // namespace tl::sip
