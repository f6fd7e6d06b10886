// SPDX-License-Identifier: Apache-2.0
// A call we were sent, and the requests within any call.
#include <utility>

#include "base/check.hpp"
#include "sip/agent.hpp"
#include "sip/call_state.hpp"
#include "sip/chars.hpp"

namespace tl::sip {

void Call::provisional(int status, std::string_view sdp) {
  if (state_ != State::incoming || server_tx_ == nullptr) return;
  std::string headers;
  put(headers, "Contact: ", agent_.contact(peer_), "\r\nAllow: ", allowed_methods, "\r\n");
  server_tx_->respond(status, local_tag(), {headers, "application/sdp", sdp});
}

void Call::accept(std::string_view sdp) {
  if (state_ != State::incoming || server_tx_ == nullptr) return;
  std::string headers;
  put(headers, "Contact: ", agent_.contact(peer_), "\r\nAllow: ", allowed_methods,
      "\r\nSupported: timer, replaces\r\n", session_headers(false));
  if (!agent_.config().user_agent.empty()) put(headers, "Server: ", agent_.config().user_agent, "\r\n");
  state_ = State::answered;
  ack_awaited_ = true;
  timer_.stop();
  server_tx_->respond(200, local_tag(), {headers, "application/sdp", sdp});
}

void Call::reject(int status, std::string_view headers) {
  if (state_ != State::incoming) return;
  if (server_tx_ != nullptr) {
    server_tx_->attach(nullptr);
    std::exchange(server_tx_, nullptr)->respond(status, local_tag(), {headers, {}, {}});
  }
  close();
}

void Call::tx_cancelled(ServerTx& tx) {
  if (&tx != server_tx_) return;
  if (state_ == State::incoming) {
    tx.attach(nullptr);
    std::exchange(server_tx_, nullptr)->respond(487, local_tag());
    return end({487, reason_phrase(487), true});
  }
  // A re-INVITE was cancelled: the session stays as it is.
  tx.attach(nullptr);
  std::exchange(server_tx_, nullptr)->respond(487, local_tag());
}

void Call::tx_unacknowledged(ServerTx& tx) {
  if (&tx != server_tx_) return;
  std::exchange(server_tx_, nullptr)->attach(nullptr);
  ack_awaited_ = false;
  // RFC 3261 section 13.3.1.4: the session is there, nobody confirms it: end it.
  CallEvents* events = std::exchange(events_, nullptr);
  bye();
  if (events != nullptr) events->call_ended(*this, {408, "No ACK", false});
}

// The ACK came, or a later request proves that the peer has our 2xx.
void Call::on_ack_or_silence() {
  if (!std::exchange(ack_awaited_, false)) return;
  if (server_tx_ != nullptr) {
    server_tx_->acknowledged();
    std::exchange(server_tx_, nullptr)->attach(nullptr);
  }
  if (state_ == State::answered) {
    state_ = State::established;
    restart_session_timer();
  }
}

void Call::acknowledged(const Message& ack) {
  if (!ack_awaited_ || ack.cseq() != invite_cseq_) return;
  on_ack_or_silence();
  if (state_ == State::ending) return bye(); // held back until now
  if (events_ != nullptr) events_->call_acknowledged(*this, ack);
}

void Call::request(const Message& message, const Peer& from) {
  Dialog* dialog = dialog_.remote_tag == message.from_tag() ? &dialog_ : nullptr;
  for (Dialog& early : early_) {
    if (early.remote_tag == message.from_tag()) dialog = &early;
  }
  if (dialog == nullptr || state_ == State::ended) return agent_.respond_once(message, from, 481);
  if (!dialog->in_order(message)) return agent_.respond_once(message, from, 500);
  if (bound_) peer_ = from; // a NAT may have moved it
  if (message.method() != Method::bye && state_ == State::ending)
    return agent_.respond_once(message, from, 481);
  switch (message.method()) {
  case Method::bye: return on_bye(message, from);
  case Method::invite:
  case Method::update:
    dialog->refresh_target(message);
    return on_offer(message, agent_.transactions_.create(message, from));
  case Method::refer: return on_refer(message, agent_.transactions_.create(message, from));
  case Method::notify: return on_notify(message, agent_.transactions_.create(message, from));
  case Method::info:
    agent_.respond_once(message, from, 200);
    if (events_ != nullptr) events_->call_info(*this, message);
    return;
  case Method::options: {
    std::string headers;
    put(headers, "Allow: ", allowed_methods, "\r\n");
    return agent_.respond_once(message, from, 200, {headers, {}, {}});
  }
  default: {
    std::string headers;
    put(headers, "Allow: ", allowed_methods, "\r\n");
    return agent_.respond_once(message, from, 405, {headers, {}, {}});
  }
  }
}

void Call::on_bye(const Message& message, const Peer& from) {
  agent_.respond_once(message, from, 200);
  if (state_ == State::incoming && server_tx_ != nullptr) {
    // A caller may end an early dialog by BYE (section 15); its INVITE still needs an answer.
    server_tx_->attach(nullptr);
    std::exchange(server_tx_, nullptr)->respond(487, local_tag());
    return end({487, reason_phrase(487), true});
  }
  if (state_ == State::calling || state_ == State::cancelling) return; // not ours to end an INVITE by BYE
  on_ack_or_silence();
  end({200, "BYE", false});
}

void Call::on_notify(const Message& message, ServerTx& tx) {
  std::string_view value = message.value(HeaderId::event);
  const std::string_view event = trim(take_until(value, ';'));
  if (iequals(event, "refer")) {
    tx.respond(200, {});
    // message/sipfrag (RFC 3420): its first line is a status line.
    std::string_view body = message.body();
    std::string_view line = trim(take_until(body, '\n'));
    take_until(line, ' ');
    const auto status = to_number<std::uint16_t>(take_until(line, ' '));
    const bool over = trim(message.value(HeaderId::subscription_state)).starts_with("terminated");
    if (!transfer_ || !transfer_->ours) return;
    const bool last = over || status.value_or(0) >= 200;
    if (last) transfer_.reset();
    if (events_ != nullptr && status)
      events_->call_referred(*this, *status);
    else if (events_ != nullptr && over)
      events_->call_referred(*this, 500);
    return;
  }
  // `this` may be gone once the event is told; the transaction is not.
  const bool known = events_ != nullptr && events_->call_event(*this, event);
  tx.respond(known ? 200 : 489, {});
}

} // namespace tl::sip
