// SPDX-License-Identifier: Apache-2.0
#include "pbx/sip/driver_impl.hpp"

#include <cerrno>
#include <sys/random.h>

#include "base/check.hpp"
#include "sip/chars.hpp"

namespace tl::pbx::sip_driver {
namespace {

// Identifiers that strangers cannot guess need a seed from the system.
sip::Seed entropy() {
  sip::Seed seed{};
  TL_CHECK(::getrandom(seed.data(), sizeof seed, 0) == static_cast<ssize_t>(sizeof seed),
           "the system gives no randomness");
  return seed;
}

sip::AgentConfig seeded(sip::AgentConfig config) {
  config.seed = entropy();
  return config;
}

} // namespace

SipDriver::SipDriver(const DriverStart& start, Settings settings)
    : loop_(start.loop), log_(start.log), events_(start.events), settings_(std::move(settings)),
      agent_(loop_, log_, seeded(settings_.agent), *this),
      authenticator_(loop_, settings_.realm, agent_.config().seed),
      registrar_(agent_, authenticator_, *this) {
  authenticator_.set_algorithms(settings_.algorithms);
}

SipDriver::~SipDriver() {
  *alive_ = false;
}

Result<void> SipDriver::open() {
  for (const sip::Address& address : settings_.udp) {
    auto udp = sip::Udp::open(loop_, address);
    if (!udp) return udp.error();
    agent_.add(std::move(*udp));
  }
  for (const sip::Address& address : settings_.tcp) {
    auto tcp = sip::Tcp::open(loop_, log_, address);
    if (!tcp) return tcp.error();
    agent_.add(std::move(*tcp));
  }
  if (settings_.anchor) {
    auto engine = media::Engine::start(loop_, log_, settings_.media);
    if (!engine) return engine.error();
    engine_ = std::move(*engine);
    for (const std::string& file : settings_.sounds) {
      if (const auto loaded = engine_->load(file); !loaded) return loaded.error();
    }
  }
  // Phones with a fixed place are there from the start; said on a later turn, as the model is not ready
  // before.
  loop_.post([this, alive = alive_] {
    if (!*alive) return;
    for (const auto& [number, station] : settings_.stations) {
      if (!station.contact.empty()) events_.station_reachable(number, true);
    }
  });
  return {};
}

sip::Address SipDriver::media_address(const sip::Address& peer, const media::Stream* stream) const {
  auto address = sip::Address::parse_host(settings_.media.address, 0).value_or(sip::Address{});
  if (address.any() && peer.port != 0) address = sip::route_source(peer, 0);
  address.port =
      stream != nullptr ? stream->local_port() : 9; // 9: the discard port, for a stream that is inactive
  return address;
}

std::uint64_t SipDriver::session_id(const SipLeg* leg) const {
  // Any number will do that stays the same for the leg; its address is nobody's business.
  const std::string_view bytes(reinterpret_cast<const char*>(&leg), sizeof leg);
  return sip::siphash(const_cast<sip::Agent&>(agent_).ids().seed(), bytes) >> 16;
}

Trunk* SipDriver::find_trunk(const std::string& name) {
  for (Trunk& trunk : settings_.trunks) {
    if (trunk.name == name) return &trunk;
  }
  return nullptr;
}

std::string SipDriver::party(const Party& party, const sip::Peer& towards) {
  std::string out;
  if (!party.name.empty()) sip::put(out, sip::quote(party.name), ' ');
  const std::string own = agent_.contact(towards); // <sip:host:port...>
  const auto uri = sip::NameAddr::parse(own);
  const auto parsed = uri ? sip::Uri::parse(uri->uri) : std::nullopt;
  sip::put(out, "<sip:", party.number.empty() ? "anonymous" : sip::escape(party.number), '@',
           parsed ? parsed->host : "anonymous.invalid", '>');
  return out;
}

// Everywhere the station is registered, or its fixed place; empty: unreachable.
std::vector<sip::Outgoing> SipDriver::to_station(const Destination& to) {
  std::vector<sip::Outgoing> places;
  const auto station = settings_.stations.find(to.device);
  if (station == settings_.stations.end()) return places;
  if (!station->second.contact.empty()) {
    sip::Outgoing& out = places.emplace_back();
    out.uri = station->second.contact;
    out.peer = agent_.locate(out.uri, {});
    return places;
  }
  const auto* bindings = registrar_.find(to.device);
  if (bindings == nullptr) return places;
  for (const sip::Binding& binding : *bindings) {
    // A connection that is gone leaves the Contact, where a phone without a NAT listens.
    const bool bound = binding.bound && agent_.alive(binding.source);
    sip::Outgoing& out = places.emplace_back();
    out.uri = binding.contact;
    out.bound = bound;
    out.peer = bound ? binding.source : agent_.locate(binding.contact, binding.source);
  }
  return places;
}

std::vector<sip::Outgoing> SipDriver::to_trunk(const Destination& to, const Trunk& trunk) {
  const auto proxy = sip::Uri::parse(trunk.proxy);
  if (!proxy) return {};
  sip::Outgoing out;
  sip::put(out.uri, "sip:", sip::escape(to.number), '@', proxy->host);
  if (proxy->port != 0) sip::put(out.uri, ':', proxy->port);
  if (!proxy->params.empty()) sip::put(out.uri, ';', proxy->params);
  out.peer = agent_.locate(trunk.proxy, {});
  out.credentials = trunk.credentials;
  return {out};
}

std::unique_ptr<Leg> SipDriver::place(const Destination& to, LegOwner& owner) {
  const bool station = to.kind == Destination::Kind::station;
  Trunk* trunk = station ? nullptr : find_trunk(to.device);
  const bool full = trunk != nullptr && trunk->calls >= trunk->calls_max;
  std::vector<sip::Outgoing> places;
  if (station)
    places = to_station(to);
  else if (trunk != nullptr && !full)
    places = to_trunk(to, *trunk);
  auto leg = std::make_unique<SipLeg>(*this, places.empty() ? nullptr : trunk);
  if (places.empty()) {
    leg->set_owner(&owner);
    leg->fail_later(full ? Cause::congestion : Cause::unreachable);
    return leg;
  }
  for (sip::Outgoing& out : places) out.from = party(to.from, *out.peer);
  leg->call(std::move(places), owner);
  return leg;
}

} // namespace tl::pbx::sip_driver

namespace tl::pbx {

Result<std::unique_ptr<Driver>> make_sip_driver(const DriverStart& start) {
  auto settings = sip_driver::read_settings(start.config_json);
  if (!settings) return settings.error();
  auto driver = std::make_unique<sip_driver::SipDriver>(start, std::move(*settings));
  if (const auto opened = driver->open(); !opened) return opened.error();
  return std::unique_ptr<Driver>(std::move(driver));
}

} // namespace tl::pbx
