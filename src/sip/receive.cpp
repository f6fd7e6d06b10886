// SPDX-License-Identifier: Apache-2.0
// What arrives: parsing, matching, admission (RFC 3261 sections 8.2, 9.2, 12.2.2, 16.3 in the parts that
// concern an end).
#include "sip/agent.hpp"
#include "sip/chars.hpp"

namespace tl::sip {

void Agent::received(Transport&, const Peer& from, std::span<char> bytes, Duration age) {
  // Keep-alives: CRLF, blanks, or the four zero bytes some phones send.
  if (bytes.size() < 16) return;
  ++counters_.received;
  const ParseOutcome outcome = incoming_.parse(bytes, config_.message);
  if (outcome == ParseOutcome::not_sip) {
    ++counters_.malformed;
    return;
  }
  if (!incoming_.is_request()) {
    if (outcome != ParseOutcome::ok || !transactions_.received(incoming_)) ++counters_.stray;
    return;
  }
  if (outcome == ParseOutcome::bad) {
    ++counters_.malformed;
    return respond(incoming_, from, incoming_.bad_status(), {}, incoming_.bad_reason());
  }
  on_request(incoming_, from, age);
}

void Agent::connection_lost(Transport&, std::uint32_t connection) {
  transactions_.connection_lost(connection);
}

void Agent::on_request(const Message& request, const Peer& from, Duration age) {
  if (request.method() == Method::ack) return on_ack(request);
  if (ServerTx* tx = transactions_.find(request)) return transactions_.retransmitted(*tx);
  if (request.method() == Method::cancel) return on_cancel(request, from);
  if (overloaded(request, from, age)) return;
  if (!request.to_tag().empty()) return on_in_dialog(request, from);
  on_new_request(request, from, age);
}

void Agent::on_ack(const Message& ack) {
  // The ACK of a refusal has the branch of its INVITE; that of a 2xx has one of its own and belongs to the
  // call.
  ServerTx* tx = transactions_.find(ack);
  if (tx != nullptr && tx->state() != TxState::accepted) return transactions_.acknowledged(*tx);
  if (Call* call = find_call(ack); call != nullptr && call->has_remote(ack.from_tag()))
    call->acknowledged(ack);
}

void Agent::on_cancel(const Message& cancel, const Peer& from) {
  ServerTx* invite = transactions_.find_cancelled(cancel);
  if (invite == nullptr) return respond(cancel, from, 481);
  respond(cancel, from, 200);
  if (invite->state() == TxState::proceeding && invite->user() != nullptr)
    invite->user()->tx_cancelled(*invite);
}

// Overload is answered early, before anything is allocated. Requests of calls that exist are let through:
// they end work.
bool Agent::overloaded(const Message& request, const Peer& from, Duration age) {
  const bool fresh = request.to_tag().empty();
  const bool full = transactions_.size() >= config_.transactions_max;
  const bool invite = request.method() == Method::invite && fresh;
  const bool late = invite && (age > config_.invite_age_max || calls_.size() >= config_.calls_max);
  if (!late && !full) return false;
  ++counters_.refused_overload;
  std::string headers;
  put(headers, "Retry-After: ", config_.retry_after_s, "\r\n");
  respond(request, from, 503, {headers, {}, {}});
  return true;
}

void Agent::on_in_dialog(const Message& request, const Peer& from) {
  Call* call = find_call(request);
  if (call == nullptr || !call->has_remote(request.from_tag())) return respond(request, from, 481);
  if (refuse_extensions(request, from)) return;
  call->request(request, from);
}

// Require names options the server must know (section 8.2.2.3).
bool Agent::refuse_extensions(const Message& request, const Peer& from) {
  if (!request.has(HeaderId::require)) return false;
  std::string unknown;
  for (const HeaderField& field : request.headers()) {
    if (field.id != HeaderId::require) continue;
    for (std::string_view rest = field.value; !rest.empty();) {
      const std::string_view option = take_list_item(rest);
      if (option.empty() || iequals(option, "timer") || iequals(option, "replaces")) continue;
      put(unknown, unknown.empty() ? "" : ", ", option);
    }
  }
  if (unknown.empty()) return false;
  const std::string headers = "Unsupported: " + unknown + "\r\n";
  respond(request, from, 420, {headers, {}, {}});
  return true;
}

void Agent::on_new_request(const Message& request, const Peer& from, Duration age) {
  const auto uri = Uri::parse(request.uri());
  if (!uri) return respond(request, from, 400, {}, "Bad Request-URI");
  if (!uri->is_sip() && !uri->is_tel()) return respond(request, from, 416);
  std::string allow;
  switch (request.method()) {
  case Method::invite: return on_invite(request, from, age);
  case Method::options:
    put(allow, "Allow: ", allowed_methods, "\r\nAccept: application/sdp\r\nSupported: timer, replaces\r\n");
    return respond(request, from, 200, {allow, {}, {}});
  case Method::bye:
  case Method::update:
  case Method::info:
  case Method::prack: return respond(request, from, 481);
  default:
    if (request.method() == Method::register_ && refuse_extensions(request, from)) return;
    if (events_.incoming_request(request, from)) return;
    put(allow, "Allow: ", allowed_methods, "\r\n");
    return respond(request, from, 405, {allow, {}, {}});
  }
}

void Agent::on_invite(const Message& invite, const Peer& from, Duration) {
  if (transactions_.merged(invite)) return respond(invite, from, 482);
  if (refuse_extensions(invite, from)) return;
  if (!invite.body().empty()) {
    std::string_view type = invite.value(HeaderId::content_type);
    if (!iequals(trim(take_until(type, ';')), "application/sdp"))
      return respond(invite, from, 415, {"Accept: application/sdp\r\n", {}, {}});
  }
  std::string_view session = invite.value(HeaderId::session_expires);
  const auto seconds = to_number(trim(take_until(session, ';')));
  if (seconds && *seconds < config_.session_min_s) {
    std::string headers;
    put(headers, "Min-SE: ", config_.session_min_s, "\r\n");
    return respond(invite, from, 422, {headers, {}, {}});
  }
  const Admission admission = events_.admit(invite, from);
  if (admission.status != 0) return respond(invite, from, admission.status, {admission.headers, {}, {}});
  ServerTx& tx = transactions_.create(invite, from);
  const std::uint64_t tag = new_tag();
  auto owned = std::make_unique<Call>(*this, tag, invite, from, tx);
  Call* call = owned.get();
  calls_.emplace(tag, std::move(owned));
  call->invite_cseq_ = invite.cseq();
  call->take_session_expires(invite, false);
  CallEvents* events = events_.incoming_call(*call, invite, from);
  if (call->state() != Call::State::ended) call->set_events(events);
}

// A 2xx that no call waits for: another fork's, one that crossed our CANCEL, or one repeated because our ACK
// was lost.
void Agent::stray_answer(const Message& response, const Peer& peer) {
  const auto tag = from_hex(response.from_tag());
  const auto found = tag ? calls_.find(*tag) : calls_.end();
  if (found != calls_.end() && found->second->dialog_.remote_tag == response.to_tag() &&
      found->second->state() != Call::State::cancelling)
    return found->second->send_ack(found->second->dialog_, response.cseq());
  const Dialog dialog = Dialog::of_response(response);
  const Routing routing = route(dialog);
  const Peer target = reliable(peer.protocol) ? peer : locate(routing.next_hop, peer);
  RequestLine line;
  line.method = Method::ack;
  line.uri = routing.uri;
  line.routes = routing.routes;
  line.from = response.value(HeaderId::from);
  line.to = response.value(HeaderId::to);
  line.call_id = response.call_id();
  line.cseq = response.cseq();
  send_ack(line, target);
  line.method = Method::bye;
  ++line.cseq;
  request(line, {}, target, nullptr);
}

} // namespace tl::sip
