// SPDX-License-Identifier: Apache-2.0
// Who may call and register. Stations prove who they are by password (or are where the site file says they
// are); trunks are known by their address. Everybody else is refused before anything is allocated.
#include "pbx/sip/driver_impl.hpp"
#include "sip/chars.hpp"

namespace tl::pbx::sip_driver {
namespace {

// Text of a stranger that goes on to programs, logs and other phones: without control characters.
std::string clean(std::string text) {
  std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  return text;
}

Party to_party(const sip::NameAddr& from) {
  Party party;
  const auto uri = sip::Uri::parse(from.uri);
  if (uri) party.number = clean(sip::unescape(uri->user));
  party.name = clean(sip::unquote(from.display));
  return party;
}

std::string called_number(const sip::Message& invite) {
  const auto uri = sip::Uri::parse(invite.uri());
  return uri ? clean(sip::unescape(uri->user)) : std::string{};
}

} // namespace

sip::Admission SipDriver::admit(const sip::Message& invite, const sip::Peer& from) {
  admitted_ = {};
  // A caller with a station's number is that station, or nobody: numbers cannot be borrowed through a trunk.
  const auto uri = sip::Uri::parse(invite.from().uri);
  const auto station = settings_.stations.find(uri ? sip::unescape(uri->user) : std::string{});
  if (station != settings_.stations.end()) return admit_station(invite, from, station->second);
  return admit_trunk(from);
}

bool SipDriver::trusted_contact(const Station& station, const sip::Peer& from) const {
  if (station.contact.empty()) return false;
  return agent_.locate(station.contact, {}).address == from.address;
}

sip::Admission SipDriver::admit_station(const sip::Message& invite, const sip::Peer& from, Station& station) {
  admitted_ = {Destination::Kind::station, &station, nullptr};
  if (trusted_contact(station, from)) return {};
  if (station.password.empty()) return {403, {}};
  std::string user;
  switch (authenticator_.check(invite, from, *this, user)) {
  case sip::Authenticator::Verdict::good:
    return user == station.number ? sip::Admission{} : sip::Admission{403, {}};
  case sip::Authenticator::Verdict::absent:
  case sip::Authenticator::Verdict::wrong: return {401, authenticator_.challenge(false)};
  case sip::Authenticator::Verdict::stale: return {401, authenticator_.challenge(true)};
  case sip::Authenticator::Verdict::blocked: return {403, {}};
  }
  return {403, {}};
}

sip::Admission SipDriver::admit_trunk(const sip::Peer& from) {
  for (Trunk& trunk : settings_.trunks) {
    for (const sip::Network& peer : trunk.peers) {
      if (!peer.holds(from.address)) continue;
      if (trunk.calls >= trunk.calls_max) return {503, "Retry-After: 2\r\n"};
      admitted_ = {Destination::Kind::trunk, nullptr, &trunk};
      return {};
    }
  }
  return {403, {}};
}

sip::CallEvents* SipDriver::incoming_call(sip::Call& call, const sip::Message& invite, const sip::Peer&) {
  const Source source = std::exchange(admitted_, {});
  auto leg = std::make_unique<SipLeg>(*this, source.trunk);
  if (!leg->take(call, invite)) return nullptr;
  Party caller = to_party(invite.from());
  if (source.station != nullptr) {
    caller = {source.station->number, source.station->name.empty() ? caller.name : source.station->name};
  } else if (const auto asserted = sip::NameAddr::parse(invite.value(sip::HeaderId::p_asserted_identity))) {
    caller = to_party(*asserted); // a trunk's word for who calls (RFC 3325)
  }
  const std::string& device = source.station != nullptr ? source.station->number : source.trunk->name;
  LegOwner* owner = events_.incoming(std::move(leg), source.kind, device, caller, called_number(invite));
  // The model may have hung up, and even destroyed the leg, meanwhile: then the call knows it no more.
  if (SipLeg* alive = SipLeg::of(call)) alive->set_owner(owner);
  return call.events();
}

bool SipDriver::incoming_request(const sip::Message& request, const sip::Peer& from) {
  if (request.method() != sip::Method::register_) return false;
  registrar_.handle(request, from);
  return true;
}

const std::string* SipDriver::registrar_password(std::string_view user) {
  const auto station = settings_.stations.find(std::string(user));
  if (station == settings_.stations.end() || station->second.password.empty()) return nullptr;
  return &station->second.password;
}

void SipDriver::registrar_reachable(const std::string& user, bool reachable) {
  log_.info("sip", "station {} {}", user, reachable ? "registered" : "is not registered any more");
  const auto station = settings_.stations.find(user);
  if (station != settings_.stations.end() && station->second.contact.empty())
    events_.station_reachable(user, reachable);
}

} // namespace tl::pbx::sip_driver
