// SPDX-License-Identifier: Apache-2.0
// A call we make, from its INVITE to the final response (RFC 3261 sections 13.2 and 12.1.2).
#include <utility>

#include "sip/agent.hpp"
#include "sip/call_state.hpp"
#include "sip/chars.hpp"

namespace tl::sip {

void Call::start() {
  timer_.start(agent_.config().ring_max);
  send_invite({});
}

std::string Call::invite_headers(std::string_view extra) const {
  std::string out;
  put(out, extra, "Allow: ", allowed_methods, "\r\nSupported: timer, replaces\r\n", session_headers(true));
  if (!agent_.config().user_agent.empty()) put(out, "User-Agent: ", agent_.config().user_agent, "\r\n");
  return out;
}

// The first INVITE, or one more attempt at it: outside the dialog, with a higher CSeq each time
// (section 8.1.3.5).
void Call::send_invite(std::string_view extra) {
  const std::string from = local_party();
  const std::string contact = agent_.contact(peer_);
  const std::string headers = invite_headers(attempt_->headers + std::string(extra));
  RequestLine line;
  line.method = Method::invite;
  line.uri = attempt_->uri;
  line.routes = attempt_->route;
  line.from = from;
  line.to = remote_;
  line.call_id = call_id_;
  line.cseq = invite_cseq_ = ++cseq_;
  line.contact = contact;
  early_.clear();
  invite_tx_ = &agent_.request(line, {headers, "application/sdp", attempt_->sdp}, peer_, this);
}

void Call::invite_response(ClientTx& tx, const Message& response) {
  const int status = response.status();
  if (status < 200) {
    if (std::exchange(cancel_wanted_, false)) return agent_.transactions_.cancel(tx);
    if (state_ == State::calling && status > 100) invite_progress(response);
    return;
  }
  // From here on the transaction needs nobody: repeated and further answers go to Agent::stray_answer().
  const Peer peer = tx.peer();
  std::exchange(invite_tx_, nullptr)->detach();
  if (state_ == State::cancelling) {
    // The answer crossed our CANCEL: it must be ACKed and ended (section 9.1).
    if (status < 300) agent_.stray_answer(response, peer);
    return close();
  }
  if (attempt_ && attempt_->again) return modify_response(tx, response);
  if (state_ != State::calling) {
    if (status < 300) agent_.stray_answer(response, peer);
    return;
  }
  if (reliable(peer.protocol)) peer_ = peer;
  if (status < 300) return invite_answered(response);
  invite_refused(response);
}

void Call::invite_progress(const Message& response) {
  if (!response.to_tag().empty() && !has_remote(response.to_tag()) && early_.size() < early_dialogs_max)
    early_.push_back(Dialog::of_response(response));
  if (events_ != nullptr) events_->call_progress(*this, response);
}

void Call::invite_answered(const Message& response) {
  dialog_ = Dialog::of_response(response);
  std::vector<Dialog>().swap(early_);
  state_ = State::established;
  timer_.stop();
  peer_update_ = response.lists(HeaderId::allow, "UPDATE");
  peer_replaces_ = response.lists(HeaderId::supported, "replaces");
  peer_timer_ = response.lists(HeaderId::supported, "timer") || response.lists(HeaderId::require, "timer");
  attempt_.reset();
  // The request's address was where the first hop listens; with no proxy on the path that is the peer itself.
  if (reliable(peer_.protocol) && dialog_.routes.empty()) bound_ = true;
  send_ack(dialog_, response.cseq());
  take_session_expires(response, true);
  if (events_ != nullptr) events_->call_answered(*this, response);
}

bool Call::retry_invite(const Message& response) {
  const int status = response.status();
  if ((status == 401 || status == 407) && credentials_ && attempt_->challenges < challenges_max) {
    ++attempt_->challenges;
    const auto answer = answer_challenge(response, *credentials_, "INVITE", attempt_->uri, agent_.ids());
    if (!answer) return false;
    send_invite(*answer);
    return true;
  }
  const auto least = to_number(response.value(HeaderId::min_se));
  if (status == 422 && least && *least <= 86'400 && attempt_->intervals < intervals_max) {
    ++attempt_->intervals;
    session_expires_s_ = std::max(*least, session_expires_s_);
    send_invite({});
    return true;
  }
  return false;
}

void Call::invite_refused(const Message& response) {
  if (retry_invite(response)) return;
  end({response.status(), response.reason(), true});
}

} // namespace tl::sip
