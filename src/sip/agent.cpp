// SPDX-License-Identifier: Apache-2.0
#include "sip/agent.hpp"

#include "base/check.hpp"
#include "sip/chars.hpp"

namespace tl::sip {

Agent::Agent(Loop& loop, Log& log, const AgentConfig& config, AgentEvents& events)
    : loop_(loop), log_(log), config_(config), events_(events), ids_(config.seed),
      transactions_(loop, *this, config.timing, config.seed) {}

Agent::~Agent() {
  *alive_ = false;
  for (const auto& transport : transports_) transport->set_sink(nullptr);
}

void Agent::add(std::unique_ptr<Transport> transport) {
  transport->set_sink(this);
  transports_.push_back(std::move(transport));
}

Transport* Agent::transport_for(const Peer& peer) const {
  Transport* same_protocol = nullptr;
  for (const auto& transport : transports_) {
    if (transport->protocol() != peer.protocol) continue;
    if (transport->local().v6 == peer.address.v6) return transport.get();
    if (same_protocol == nullptr) same_protocol = transport.get();
  }
  return same_protocol;
}

bool Agent::transmit(Peer& to, std::string_view bytes) {
  Transport* transport = transport_for(to);
  return transport != nullptr && to.address.port != 0 && transport->send(to, bytes);
}

bool Agent::alive(const Peer& peer) const {
  if (!reliable(peer.protocol)) return true;
  const Transport* transport = transport_for(peer);
  return transport != nullptr && transport->alive(peer.connection);
}

Peer Agent::locate(std::string_view text, const Peer& fallback) const {
  const auto uri = Uri::parse(text);
  if (!uri || !uri->is_sip()) return fallback;
  const auto named = uri->param("transport");
  Peer peer;
  peer.protocol = named ? to_protocol(*named).value_or(fallback.protocol) : Protocol::udp;
  if (iequals(uri->scheme, "sips")) peer.protocol = Protocol::tls;
  const std::uint16_t port = uri->port != 0 ? uri->port : peer.protocol == Protocol::tls ? 5061 : 5060;
  const auto address = Address::parse_host(uri->param("maddr").value_or(uri->host), port);
  // Names are for a resolver to come (RFC 3263); until then the way the messages came is the way back.
  if (!address) return fallback;
  peer.address = *address;
  if (!named && fallback.address.same_host(peer.address)) peer.protocol = fallback.protocol;
  if (peer.protocol == fallback.protocol && peer.address == fallback.address)
    peer.connection = fallback.connection;
  return peer;
}

std::string Agent::contact(const Peer& peer) {
  std::string out = "<sip:";
  if (!config_.contact_user.empty()) put(out, config_.contact_user, '@');
  Transport* transport = transport_for(peer);
  const Address local = transport != nullptr ? transport->local_for(peer.address) : Address{};
  put_host(out, local);
  put(out, ':', local.port);
  if (reliable(peer.protocol)) {
    out.append(";transport=");
    for (const char c : to_string(peer.protocol)) out.push_back(lower(c));
  }
  out.push_back('>');
  return out;
}

std::uint64_t Agent::new_tag() {
  std::uint64_t tag = ids_.next();
  while (calls_.count(tag) != 0) tag = ids_.next();
  return tag;
}

Call* Agent::call(Outgoing outgoing, CallEvents& events) {
  if (calls_.size() >= config_.calls_max || transactions_.size() >= config_.transactions_max) return nullptr;
  const std::uint64_t tag = new_tag();
  auto owned = std::make_unique<Call>(*this, tag, std::move(outgoing));
  Call* call = owned.get();
  calls_.emplace(tag, std::move(owned));
  call->set_events(&events);
  call->start();
  return call;
}

ClientTx& Agent::request(RequestLine line, const Content& content, const Peer& peer, ClientUser* user) {
  Transport* transport = transport_for(peer);
  line.branch = ids_.next();
  line.protocol = peer.protocol;
  if (transport != nullptr) line.via = transport->local_for(peer.address);
  return transactions_.send(line.method, line.branch, compose_request(line, content), peer, user);
}

void Agent::send_ack(RequestLine line, Peer peer) {
  Transport* transport = transport_for(peer);
  if (transport == nullptr) return;
  line.branch = ids_.next();
  line.protocol = peer.protocol;
  line.via = transport->local_for(peer.address);
  transmit(peer, compose_request(line, {}));
}

void Agent::respond(const Message& request, const Peer& from, int status, const Content& content,
                    std::string_view reason) {
  if (request.method() == Method::ack) return;
  ResponseHead head = ResponseHead::of(request, from);
  std::string tag, key;
  put(key, request.branch(), request.call_id());
  put_hex(tag, siphash(config_.seed, key));
  transmit(head.reply_to, compose_response(head, status, reason, tag, content));
}

void Agent::respond_once(const Message& request, const Peer& from, int status, const Content& content) {
  std::string tag, key;
  put(key, request.branch(), request.call_id());
  put_hex(tag, siphash(config_.seed, key));
  transactions_.create(request, from).respond(status, tag, content);
}

Call* Agent::find(std::string_view call_id, std::string_view local_tag, std::string_view remote_tag) {
  const auto tag = from_hex(local_tag);
  if (!tag) return nullptr;
  const auto found = calls_.find(*tag);
  if (found == calls_.end() || found->second->call_id() != call_id || !found->second->has_remote(remote_tag))
    return nullptr;
  return found->second.get();
}

Call* Agent::find_replaced(std::string_view replaces) {
  std::string_view params = replaces;
  const std::string_view call_id = trim(take_until(params, ';'));
  const auto to_tag = find_param(params, "to-tag"), from_tag = find_param(params, "from-tag");
  if (!to_tag || !from_tag) return nullptr;
  // to-tag is the tag of whoever receives the header; who wrote it may have seen the dialog from either end.
  if (Call* call = find(call_id, *to_tag, *from_tag)) return call;
  return find(call_id, *from_tag, *to_tag);
}

Call* Agent::find_call(const Message& request) {
  const auto tag = from_hex(request.to_tag());
  if (!tag) return nullptr;
  const auto found = calls_.find(*tag);
  return found == calls_.end() || found->second->call_id() != request.call_id() ? nullptr
                                                                                : found->second.get();
}

void Agent::forget(Call& call) {
  const auto found = calls_.find(call.tag_);
  if (found == calls_.end() || found->second.get() != &call) return;
  // It may be on the stack: it dies on the next turn.
  if (dead_.empty()) {
    loop_.post([this, alive = alive_] {
      if (*alive) dead_.clear();
    });
  }
  dead_.push_back(std::move(found->second));
  calls_.erase(found);
}

} // namespace tl::sip
