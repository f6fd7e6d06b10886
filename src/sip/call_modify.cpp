// SPDX-License-Identifier: Apache-2.0
// Changing an established session (RFC 3261 section 14, RFC 3311) and keeping it alive (RFC 4028).
#include <algorithm>
#include <utility>

#include "sip/agent.hpp"
#include "sip/call_state.hpp"
#include "sip/chars.hpp"

namespace tl::sip {

// --- the peer's changes

bool Call::short_session(const Message& message, ServerTx& tx) {
  const auto wanted = to_number(trim(message.value(HeaderId::session_expires)
                                         .substr(0, message.value(HeaderId::session_expires).find(';'))));
  if (!wanted || *wanted >= agent_.config().session_min_s) return false;
  std::string headers;
  put(headers, "Min-SE: ", agent_.config().session_min_s, "\r\n");
  tx.respond(422, local_tag(), {headers, {}, {}});
  return true;
}

void Call::on_offer(const Message& message, ServerTx& tx) {
  const bool invite = message.method() == Method::invite;
  if (state_ == State::answered && invite) on_ack_or_silence();
  if (server_tx_ != nullptr && (invite || !message.body().empty())) {
    // One change at a time (section 14.2).
    return tx.respond(500, local_tag(), {"Retry-After: 2\r\n", {}, {}});
  }
  if (invite_tx_ != nullptr && (invite || !message.body().empty()) && state_ == State::established)
    return tx.respond(491, local_tag()); // glare: both want to change at once
  if (short_session(message, tx)) return;
  if (!message.body().empty() && state_ != State::established) return tx.respond(491, local_tag());
  take_session_expires(message, false);
  if (!invite && message.body().empty()) {
    std::string headers;
    put(headers, "Contact: ", agent_.contact(peer_), "\r\n", session_headers(false));
    restart_session_timer();
    return tx.respond(200, local_tag(), {headers, {}, {}});
  }
  if (state_ != State::established || events_ == nullptr) return tx.respond(491, local_tag());
  restart_session_timer();
  server_tx_ = &tx;
  tx.attach(this);
  if (invite) invite_cseq_ = message.cseq();
  events_->call_offer(*this, message.body());
}

void Call::answer_offer(std::string_view sdp) {
  if (server_tx_ == nullptr || state_ != State::established || ack_awaited_) return;
  std::string headers;
  put(headers, "Contact: ", agent_.contact(peer_), "\r\nAllow: ", allowed_methods,
      "\r\nSupported: timer, replaces\r\n", session_headers(false));
  ServerTx& tx = *server_tx_;
  if (tx.method() == Method::invite) {
    ack_awaited_ = true;
  } else {
    server_tx_->attach(nullptr);
    server_tx_ = nullptr;
  }
  tx.respond(200, local_tag(), {headers, "application/sdp", sdp});
}

void Call::refuse_offer(int status) {
  if (server_tx_ == nullptr || state_ != State::established || ack_awaited_) return;
  server_tx_->attach(nullptr);
  std::exchange(server_tx_, nullptr)->respond(status, local_tag());
}

// --- our changes

bool Call::modify(std::string_view sdp) {
  const bool busy =
      state_ != State::established || attempt_ || invite_tx_ != nullptr || server_tx_ != nullptr;
  if (busy) return false;
  attempt_ = std::make_unique<Attempt>(agent_.loop(), [this] { send_modify(); });
  attempt_->again = true;
  attempt_->sdp = sdp;
  send_modify();
  return true;
}

void Call::send_modify() {
  if (state_ != State::established || !attempt_) return;
  if (server_tx_ != nullptr) { // theirs came first while we waited out the glare
    attempt_->glare.start(std::chrono::seconds(1));
    return;
  }
  const std::string headers = invite_headers(attempt_->headers);
  invite_tx_ = &send(Method::invite, dialog_, {headers, "application/sdp", attempt_->sdp}, this);
}

void Call::modify_response(ClientTx&, const Message& response) {
  const int status = response.status();
  if (status < 300) {
    dialog_.refresh_target(response);
    send_ack(dialog_, response.cseq());
    take_session_expires(response, true);
    return modify_done(status, response.body());
  }
  if (status == 491 && attempt_->glares++ < glares_max) {
    // Who made the call waits longer, so that the two do not meet again (section 14.1).
    const auto random = static_cast<std::int64_t>(agent_.ids().next() % 191);
    const Duration step = std::chrono::milliseconds(10);
    attempt_->glare.start(caller_ ? std::chrono::milliseconds(2100) + step * random : step * (random % 191));
    return;
  }
  if ((status == 401 || status == 407) && credentials_ && attempt_->challenges++ < challenges_max) {
    const auto answer =
        answer_challenge(response, *credentials_, "INVITE", dialog_.remote_target, agent_.ids());
    if (answer) {
      attempt_->headers = *answer;
      return send_modify();
    }
  }
  const auto least = to_number(response.value(HeaderId::min_se));
  if (status == 422 && least && *least <= 86'400 && attempt_->intervals++ < intervals_max) {
    session_expires_s_ = std::max(*least, session_expires_s_);
    return send_modify();
  }
  modify_done(status, {});
}

void Call::modify_done(int status, std::string_view sdp) {
  const bool refreshing = attempt_ && attempt_->refresh;
  // The response's body may be part of nothing we keep; the attempt is ours alone.
  attempt_.reset();
  if (status == 481 || status == 408) { // the dialog is gone (section 12.2.1.2)
    CallEvents* events = std::exchange(events_, nullptr);
    bye();
    if (events != nullptr) events->call_ended(*this, {status, reason_phrase(status), false});
    return;
  }
  if (refreshing) {
    if (status >= 300) restart_session_timer();
    return;
  }
  if (events_ != nullptr) events_->call_modified(*this, status, sdp);
}

// --- session timers

std::string Call::session_headers(bool as_client) const {
  std::string out;
  if (session_expires_s_ == 0) return out;
  put(out, "Session-Expires: ", session_expires_s_);
  if (as_client) {
    if (state_ == State::established) put(out, ";refresher=", refresher_ ? "uac" : "uas");
    put(out, "\r\nMin-SE: ", agent_.config().session_min_s, "\r\n");
  } else {
    // As the server of this request, "uas" is us.
    put(out, ";refresher=", refresher_ ? "uas" : "uac", "\r\n");
    if (!refresher_) put(out, "Require: timer\r\n");
  }
  return out;
}

void Call::take_session_expires(const Message& message, bool we_asked) {
  const std::string_view value = message.value(HeaderId::session_expires);
  const auto seconds = to_number(trim(value.substr(0, value.find(';'))));
  const auto refresher = find_param(value.substr(std::min(value.find(';'), value.size())), "refresher");
  if (we_asked) {
    // Without the header the peer keeps no timer, and so neither do we.
    session_expires_s_ = seconds.value_or(0);
    if (session_expires_s_ != 0) session_expires_s_ = std::max<std::uint32_t>(session_expires_s_, 10);
    refresher_ = !refresher || iequals(*refresher, "uac");
    return restart_session_timer();
  }
  const std::uint32_t ours = agent_.config().session_expires_s;
  const bool supported = message.lists(HeaderId::supported, "timer");
  if (seconds) {
    const auto least = to_number(message.value(HeaderId::min_se)).value_or(90);
    session_expires_s_ = std::max(ours == 0 ? *seconds : std::min(*seconds, ours), least);
    refresher_ = !supported || (refresher && iequals(*refresher, "uas"));
  } else {
    session_expires_s_ = supported ? ours : 0;
    refresher_ = false;
  }
}

void Call::restart_session_timer() {
  if (session_expires_s_ == 0 || state_ != State::established) return;
  const std::uint32_t margin = std::min<std::uint32_t>(32, session_expires_s_ / 3);
  timer_.start(std::chrono::seconds(refresher_ ? session_expires_s_ / 2 : session_expires_s_ - margin));
}

void Call::refresh() {
  if (attempt_ || invite_tx_ != nullptr || server_tx_ != nullptr || other_tx_ != nullptr) {
    // Something else is on its way, which may refresh it too; the other half of the interval is left.
    timer_.start(std::chrono::seconds(std::max<std::uint32_t>(session_expires_s_ / 8, 1)));
    return;
  }
  if (peer_update_) {
    const std::string headers = session_headers(true) + "Supported: timer, replaces\r\n";
    other_purpose_ = Purpose::update;
    other_tx_ = &send(Method::update, dialog_, {headers, {}, {}}, this);
    return;
  }
  const std::string sdp = events_ != nullptr ? events_->call_session(*this) : std::string{};
  if (modify(sdp)) attempt_->refresh = true;
}

void Call::refresh_response(const Message& response) {
  const int status = response.status();
  if (status < 300) {
    dialog_.refresh_target(response);
    return take_session_expires(response, true);
  }
  if (status == 422)
    session_expires_s_ =
        std::max(to_number(response.value(HeaderId::min_se)).value_or(1800), session_expires_s_);
  if (status == 405 || status == 501) peer_update_ = false; // then by re-INVITE
  update_done(status);
}

void Call::update_done(int status) {
  if (status == 481 || status == 408) return modify_done(status, {});
  if (state_ == State::established)
    timer_.start(std::chrono::seconds(std::max<std::uint32_t>(session_expires_s_ / 8, 1)));
}

} // namespace tl::sip
