// SPDX-License-Identifier: Apache-2.0
// What every call needs: its parties, sending in the dialog, hanging up, ending.
#include "sip/call.hpp"

#include <utility>

#include "base/check.hpp"
#include "sip/agent.hpp"
#include "sip/call_state.hpp"
#include "sip/chars.hpp"

namespace tl::sip {
namespace {

// A From or To value without its parameters.
std::string bare_party(const NameAddr& party) {
  std::string out;
  if (!party.display.empty()) put(out, '"', party.display, "\" ");
  put(out, '<', party.uri, '>');
  return out;
}

} // namespace

Call::Call(Agent& agent, std::uint64_t tag, Outgoing outgoing)
    : agent_(agent), tag_(tag), local_(std::move(outgoing.from)),
      remote_(outgoing.to.empty() ? '<' + outgoing.uri + '>' : std::move(outgoing.to)),
      credentials_(std::move(outgoing.credentials)), timer_(agent.loop(), [this] { timer(); }),
      state_(State::calling), caller_(true), bound_(outgoing.bound) {
  put_hex(call_id_, agent.ids().next());
  put_hex(call_id_, agent.ids().next());
  peer_ = outgoing.peer.value_or(Peer{});
  if (!outgoing.peer) peer_ = target_of(outgoing.route.empty() ? outgoing.uri : outgoing.route);
  session_expires_s_ = agent.config().session_expires_s;
  attempt_ = std::make_unique<Attempt>(agent.loop(), [this] { send_modify(); });
  attempt_->uri = std::move(outgoing.uri);
  attempt_->route = std::move(outgoing.route);
  attempt_->headers = std::move(outgoing.headers);
  attempt_->sdp = std::move(outgoing.sdp);
}

Call::Call(Agent& agent, std::uint64_t tag, const Message& invite, const Peer& from, ServerTx& tx)
    : agent_(agent), tag_(tag), call_id_(invite.call_id()), local_(bare_party(invite.to())),
      remote_(bare_party(invite.from())), dialog_(Dialog::of_request(invite)), server_tx_(&tx),
      timer_(agent.loop(), [this] { timer(); }), state_(State::incoming), caller_(false) {
  set_peer(dialog_, from);
  const auto sent_by = Address::parse_host(invite.via().host, 0);
  // A private address in Via and another one on the packet: a NAT is between us. So is it for a name we do
  // not resolve.
  if (dialog_.routes.empty() && sent_by && !sent_by->same_host(from.address)) bound_ = true;
  peer_update_ = invite.lists(HeaderId::allow, "UPDATE");
  peer_replaces_ = invite.lists(HeaderId::supported, "replaces");
  peer_timer_ = invite.lists(HeaderId::supported, "timer");
  tx.attach(this);
  timer_.start(agent.config().ring_max);
}

Call::~Call() {
  if (invite_tx_ != nullptr) invite_tx_->detach();
  if (other_tx_ != nullptr) other_tx_->detach();
  if (server_tx_ != nullptr) server_tx_->attach(nullptr);
  if (transfer_ && transfer_->tx != nullptr) transfer_->tx->attach(nullptr);
}

std::string Call::local_tag() const {
  std::string tag;
  put_hex(tag, tag_);
  return tag;
}

std::string Call::local_party() const {
  std::string out = local_;
  out.append(";tag=");
  put_hex(out, tag_);
  return out;
}

std::string Call::remote_party(const Dialog& dialog) const {
  std::string out = remote_;
  if (!dialog.remote_tag.empty()) put(out, ";tag=", dialog.remote_tag);
  return out;
}

bool Call::has_remote(std::string_view tag) const {
  if (dialog_.remote_tag == tag) return true;
  for (const Dialog& early : early_) {
    if (early.remote_tag == tag) return true;
  }
  return false;
}

void Call::set_peer(const Dialog& dialog, const Peer& from) {
  peer_ = from;
  // A connection that led here leads back, even where a Contact would not (RFC 5923 in spirit).
  if (reliable(from.protocol) && dialog.routes.empty()) bound_ = true;
}

Peer Call::target_of(std::string_view uri) const {
  if (bound_ && agent_.alive(peer_)) return peer_;
  // A route is a list of name-addrs, a target a bare URI, whose parameters are its own.
  if (uri.find('<') == std::string_view::npos) return agent_.locate(uri, peer_);
  const auto first = NameAddr::parse(take_list_item(uri));
  return agent_.locate(first ? first->uri : uri, peer_);
}

ClientTx& Call::send(Method method, const Dialog& dialog, const Content& content, ClientUser* user) {
  const Routing routing = route(dialog);
  const Peer peer = target_of(routing.next_hop);
  const std::string from = local_party(), to = remote_party(dialog);
  const bool refresh = method == Method::invite || method == Method::update || method == Method::refer ||
                       method == Method::notify;
  const std::string contact = refresh ? agent_.contact(peer) : std::string{};
  RequestLine line;
  line.method = method;
  line.uri = routing.uri;
  line.routes = routing.routes;
  line.from = from;
  line.to = to;
  line.call_id = call_id_;
  line.cseq = ++cseq_;
  line.contact = contact;
  return agent_.request(line, content, peer, user);
}

void Call::send_ack(const Dialog& dialog, std::uint32_t cseq) {
  const Routing routing = route(dialog);
  Peer peer = target_of(routing.next_hop);
  const std::string from = local_party(), to = remote_party(dialog);
  RequestLine line;
  line.method = Method::ack;
  line.uri = routing.uri;
  line.routes = routing.routes;
  line.from = from;
  line.to = to;
  line.call_id = call_id_;
  line.cseq = cseq;
  agent_.send_ack(line, peer);
}

void Call::bye(std::string_view headers) {
  state_ = State::ending;
  timer_.stop();
  attempt_.reset();
  if (other_tx_ != nullptr) other_tx_->detach();
  other_purpose_ = Purpose::bye;
  Content content;
  content.headers = headers;
  other_tx_ = &send(Method::bye, dialog_, content, this);
}

void Call::hangup(std::string_view headers) {
  events_ = nullptr;
  switch (state_) {
  case State::calling:
    state_ = State::cancelling;
    timer_.stop();
    // Before a provisional response CANCEL must wait for one (RFC 3261 section 9.1).
    if (invite_tx_ != nullptr && invite_tx_->state() == TxState::proceeding)
      agent_.transactions_.cancel(*invite_tx_);
    else
      cancel_wanted_ = true;
    if (invite_tx_ == nullptr) close();
    return;
  case State::incoming: return reject(603, headers);
  case State::answered:
    state_ = State::ending; // BYE has to wait for the ACK (section 15)
    timer_.stop();
    return;
  case State::established: return bye(headers);
  case State::cancelling:
  case State::ending:
  case State::ended: return;
  }
}

void Call::end(const Ending& ending) {
  if (state_ == State::ended) return;
  CallEvents* events = std::exchange(events_, nullptr);
  state_ = State::ended;
  if (events != nullptr) events->call_ended(*this, ending);
  close();
}

void Call::close() {
  state_ = State::ended;
  events_ = nullptr;
  timer_.stop();
  attempt_.reset();
  if (invite_tx_ != nullptr) std::exchange(invite_tx_, nullptr)->detach();
  if (other_tx_ != nullptr) std::exchange(other_tx_, nullptr)->detach();
  if (server_tx_ != nullptr) {
    server_tx_->attach(nullptr);
    // A change of theirs that we never answered ends with the call.
    if (server_tx_->state() == TxState::proceeding || server_tx_->state() == TxState::trying)
      server_tx_->respond(487, local_tag());
    server_tx_ = nullptr;
  }
  if (transfer_ && transfer_->tx != nullptr) {
    transfer_->tx->attach(nullptr);
    transfer_->tx->respond(603, {});
  }
  transfer_.reset();
  agent_.forget(*this);
}

void Call::timer() {
  switch (state_) {
  case State::calling: {
    // Nobody decided for ring_max: it is over for our user now and for the network when CANCEL is through.
    CallEvents* events = std::exchange(events_, nullptr);
    hangup();
    if (events != nullptr) events->call_ended(*this, {408, reason_phrase(408), true});
    return;
  }
  case State::incoming: {
    CallEvents* events = std::exchange(events_, nullptr);
    reject(480);
    if (events != nullptr) events->call_ended(*this, {480, reason_phrase(480), true});
    return;
  }
  case State::established: {
    if (refresher_) return refresh();
    CallEvents* events = std::exchange(events_, nullptr);
    bye("Reason: SIP;cause=408;text=\"Session timer expired\"\r\n");
    if (events != nullptr) events->call_ended(*this, {408, "Session Timer Expired", false});
    return;
  }
  case State::answered:
  case State::cancelling:
  case State::ending:
  case State::ended: return;
  }
}

void Call::tx_response(ClientTx& tx, const Message& response) {
  if (&tx == invite_tx_) return invite_response(tx, response);
  if (&tx != other_tx_ || response.status() < 200) return;
  std::exchange(other_tx_, nullptr)->detach();
  const int status = response.status();
  switch (std::exchange(other_purpose_, Purpose::none)) {
  case Purpose::bye: return close(); // whatever the answer, the dialog is over
  case Purpose::update: return refresh_response(response);
  case Purpose::refer: return refer_done(status);
  case Purpose::notify:
    if (events_ != nullptr) events_->call_notified(*this, status);
    return;
  case Purpose::info:
  case Purpose::none: return;
  }
}

void Call::tx_failed(ClientTx& tx, int status) {
  if (&tx == invite_tx_) {
    std::exchange(invite_tx_, nullptr)->detach();
    if (state_ == State::cancelling) return close();
    if (attempt_ && attempt_->again) return modify_done(status, {});
    return end({status, reason_phrase(status), true, true});
  }
  if (&tx != other_tx_) return;
  std::exchange(other_tx_, nullptr)->detach();
  switch (std::exchange(other_purpose_, Purpose::none)) {
  case Purpose::bye: return close();
  case Purpose::update: return update_done(status);
  case Purpose::refer: return refer_done(status);
  case Purpose::notify:
    if (events_ != nullptr) events_->call_notified(*this, status);
    return;
  case Purpose::info:
  case Purpose::none: return;
  }
}

void Call::tx_gone(ClientTx& tx) {
  if (&tx == invite_tx_) invite_tx_ = nullptr;
  if (&tx == other_tx_) other_tx_ = nullptr;
}

void Call::tx_gone(ServerTx& tx) {
  if (&tx == server_tx_) server_tx_ = nullptr;
  if (transfer_ && transfer_->tx == &tx) transfer_->tx = nullptr;
}

} // namespace tl::sip
