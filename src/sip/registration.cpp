// SPDX-License-Identifier: Apache-2.0
#include "sip/registration.hpp"

#include <algorithm>
#include <utility>

#include "sip/chars.hpp"

namespace tl::sip {
namespace {
constexpr unsigned challenges_max = 2;
} // namespace

Registration::Registration(Agent& agent, RegistrationConfig config, RegistrationEvents& events)
    : agent_(agent), config_(std::move(config)), events_(events), peer_(agent.locate(config_.registrar, {})),
      timer_(agent.loop(), [this] { start(); }) {
  put_hex(call_id_, agent_.ids().next());
  put_hex(tag_, agent_.ids().next());
}

Registration::~Registration() {
  if (tx_ != nullptr) tx_->detach();
}

void Registration::start() {
  stopping_ = false;
  challenges_ = 0;
  send(config_.expires_s, {});
}

void Registration::stop() {
  timer_.stop();
  if (!std::exchange(registered_, false)) return;
  stopping_ = true;
  challenges_ = 0;
  send(0, {});
}

void Registration::send(std::uint32_t expires_s, const std::string& authorization) {
  if (tx_ != nullptr) std::exchange(tx_, nullptr)->detach();
  const std::string to = '<' + config_.address + '>';
  const std::string from = to + ";tag=" + tag_;
  const std::string contact = agent_.contact(peer_);
  std::string headers;
  put(headers, "Expires: ", expires_s, "\r\nSupported: path\r\n", authorization);
  RequestLine line;
  line.method = Method::register_;
  line.uri = config_.registrar;
  line.from = from;
  line.to = to;
  line.call_id = call_id_;
  line.cseq = ++cseq_;
  line.contact = contact;
  tx_ = &agent_.request(line, {headers, {}, {}}, peer_, this);
}

void Registration::tx_response(ClientTx& tx, const Message& response) {
  const int status = response.status();
  if (&tx != tx_ || status < 200) return;
  if (reliable(tx.peer().protocol)) peer_.connection = tx.peer().connection;
  std::exchange(tx_, nullptr)->detach();
  const std::uint32_t wanted = stopping_ ? 0 : config_.expires_s;
  if ((status == 401 || status == 407) && challenges_++ < challenges_max) {
    const auto answer =
        answer_challenge(response, config_.credentials, "REGISTER", config_.registrar, agent_.ids());
    if (answer) return send(wanted, *answer);
  }
  if (status == 423) {
    const auto least = to_number(response.value(HeaderId::min_expires));
    if (least && *least > config_.expires_s && *least <= 86'400) {
      config_.expires_s = *least;
      return send(*least, {});
    }
  }
  std::uint32_t granted = config_.expires_s;
  if (const auto contact = NameAddr::parse(response.value(HeaderId::contact))) {
    if (const auto own = contact->param("expires")) granted = to_number(*own).value_or(granted);
  }
  done(status, granted);
}

void Registration::tx_failed(ClientTx& tx, int status) {
  if (&tx != tx_) return;
  std::exchange(tx_, nullptr)->detach();
  done(status, 0);
}

void Registration::tx_gone(ClientTx& tx) {
  if (&tx == tx_) tx_ = nullptr;
}

void Registration::done(int status, std::uint32_t expires_s) {
  if (stopping_) return;
  registered_ = status >= 200 && status < 300;
  // Two thirds of the time leave room for a lost attempt or two.
  timer_.start(registered_ ? std::chrono::seconds(std::max<std::uint32_t>(expires_s * 2 / 3, 5))
                           : config_.retry_after);
  events_.registration_changed(registered_ ? 200 : status);
}

} // namespace tl::sip
