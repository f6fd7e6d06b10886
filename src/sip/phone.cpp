// SPDX-License-Identifier: Apache-2.0
#include "sip/phone.hpp"

#include <algorithm>

#include "sip/chars.hpp"

namespace tl::sip {
namespace {

AgentConfig agent_config(const PhoneConfig& phone) {
  AgentConfig config;
  config.seed = phone.seed;
  config.user_agent = "Trunkline Phone";
  config.contact_user = phone.number;
  config.calls_max = 16;
  return config;
}

std::string server_uri(const PhoneConfig& phone, std::string_view user) {
  std::string uri = "sip:";
  if (!user.empty()) put(uri, escape(user), '@');
  put(uri, phone.server, phone.protocol == Protocol::tcp ? ";transport=tcp" : "");
  return uri;
}

} // namespace

Result<std::unique_ptr<Phone>> Phone::open(Loop& loop, Log& log, PhoneConfig config, PhoneEvents& events) {
  std::unique_ptr<Phone> phone(new Phone(loop, log, std::move(config), events));
  std::unique_ptr<Transport> transport;
  if (phone->config_.protocol == Protocol::tcp) {
    auto tcp = Tcp::open(loop, log, phone->config_.local);
    if (!tcp) return tcp.error();
    transport = std::move(*tcp);
  } else {
    auto udp = Udp::open(loop, phone->config_.local);
    if (!udp) return udp.error();
    transport = std::move(*udp);
  }
  phone->local_ = transport->local();
  phone->agent_.add(std::move(transport));
  return phone;
}

Phone::Phone(Loop& loop, Log& log, PhoneConfig config, PhoneEvents& events)
    : loop_(loop), config_(std::move(config)), events_(events),
      agent_(loop, log, agent_config(config_), *this),
      credentials_(std::make_shared<Credentials>(Credentials{config_.number, config_.password})) {}

Phone::~Phone() {
  *alive_ = false;
}

void Phone::enroll() {
  RegistrationConfig registration;
  registration.registrar = server_uri(config_, {});
  registration.address = server_uri(config_, config_.number);
  registration.credentials = *credentials_;
  registration.expires_s = config_.expires_s;
  RegistrationEvents& events = *this;
  registration_.emplace(agent_, std::move(registration), events);
  registration_->start();
}

void Phone::withdraw() {
  if (registration_) registration_->stop();
}

void Phone::registration_changed(int status) {
  events_.phone_registered(*this, status);
}

PhoneCall* Phone::call(const std::string& number) {
  auto call = std::make_unique<PhoneCall>(*this);
  if (!call->dial(number)) return nullptr;
  calls_.push_back(std::move(call));
  return calls_.back().get();
}

void Phone::forget(PhoneCall& call) {
  const auto found =
      std::find_if(calls_.begin(), calls_.end(), [&](const auto& one) { return one.get() == &call; });
  if (found == calls_.end()) return;
  if (dead_.empty()) {
    loop_.post([this, alive = alive_] {
      if (*alive) dead_.clear();
    });
  }
  dead_.push_back(std::move(*found));
  calls_.erase(found);
}

Admission Phone::admit(const Message&, const Peer&) {
  if (config_.refuse_with) return {*config_.refuse_with, {}};
  return {};
}

CallEvents* Phone::incoming_call(Call& call, const Message& invite, const Peer&) {
  auto made = std::make_unique<PhoneCall>(*this);
  PhoneCall& one = *made;
  calls_.push_back(std::move(made));
  if (!one.take(call, invite)) {
    forget(one);
    return nullptr;
  }
  events_.phone_ringing(*this, one);
  return call.events();
}

bool Phone::incoming_request(const Message&, const Peer&) {
  return false;
}

} // namespace tl::sip
