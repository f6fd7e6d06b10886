// SPDX-License-Identifier: Apache-2.0
// What the machines share.
#include "sip/transaction.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "sip/transactions.hpp"

namespace tl::sip {

ClientTx::ClientTx(Transactions& owner, Method method, std::uint64_t key, std::string request,
                   const Peer& peer, ClientUser* user)
    : owner_(owner), user_(user), key_(key), request_(std::move(request)), peer_(peer),
      timer_(owner.loop_, [this] { step(Event::timer); }), method_(method),
      state_(method == Method::invite ? TxState::calling : TxState::trying) {}

void ClientTx::start() {
  deadline_ = owner_.loop_.now() + owner_.timing_.give_up(); // timers B and F
  interval_ = owner_.timing_.t1;                             // timers A and E
  transmit(request_);
  if (peer_.connection != 0) owner_.by_connection_.emplace(peer_.connection, key_);
  if (unsendable_)
    timer_.start(Duration::zero());
  else if (reliable(peer_.protocol))
    timer_.start_at(deadline_);
  else
    timer_.start(interval_);
}

void ClientTx::transmit(const std::string& bytes) {
  unsendable_ = !owner_.host_.transmit(peer_, bytes);
}

void ClientTx::received(const Message& response) {
  const int status = response.status();
  step(status < 200 ? Event::provisional : status < 300 ? Event::success : Event::failure, &response);
}

void ClientTx::step(Event event, const Message* response) {
  if (method_ == Method::invite)
    step_invite(event, response);
  else
    step_non_invite(event, response);
}

void ClientTx::retransmit_later(Duration most) {
  interval_ = std::min(interval_ * 2, most);
  timer_.start_at(std::min(owner_.loop_.now() + interval_, deadline_));
}

void ClientTx::limit() {
  limited_ = true;
  deadline_ = owner_.loop_.now() + owner_.timing_.give_up();
  timer_.start_at(deadline_);
}

void ClientTx::fail(int status) {
  ClientUser* user = user_;
  if (user != nullptr) user->tx_failed(*this, status);
  finish();
}

void ClientTx::finish() {
  if (state_ == TxState::terminated) return;
  state_ = TxState::terminated;
  timer_.stop();
  if (ClientUser* user = std::exchange(user_, nullptr)) user->tx_gone(*this);
  owner_.finish(*this);
}

ServerTx::ServerTx(Transactions& owner, const Message& request, const Peer& source, std::string key)
    : owner_(owner), key_(std::move(key)), head_(ResponseHead::of(request, source)),
      timer_(owner.loop_, [this] { step(Event::timer); }), method_(request.method()),
      state_(method_ == Method::invite ? TxState::proceeding : TxState::trying),
      reliable_(reliable(source.protocol)) {
  // INVITE: 100 unless the user is quicker. Others: a user that never answers must not leave the transaction
  // behind.
  timer_.start(method_ == Method::invite ? owner.timing_.trying_after : owner.timing_.give_up());
}

void ServerTx::respond(int status, std::string_view to_tag, const Content& content, std::string_view reason) {
  const bool open = state_ == TxState::trying || state_ == TxState::proceeding;
  TL_CHECK(open || state_ == TxState::terminated, "a final response was sent before");
  if (!open) return;
  response_ = compose_response(head_, status, reason, to_tag, content);
  step(status < 200 ? Event::provisional : status < 300 ? Event::success : Event::failure);
}

void ServerTx::acknowledged() {
  if (state_ != TxState::accepted) return;
  drop_response();
  timer_.start_at(deadline_);
}

void ServerTx::step(Event event) {
  if (method_ == Method::invite)
    step_invite(event);
  else
    step_non_invite(event);
}

void ServerTx::transmit() {
  if (response_.empty()) return;
  if (!owner_.host_.transmit(head_.reply_to, response_)) step(Event::transport_error);
}

void ServerTx::retransmit_later() {
  interval_ = std::min(interval_ * 2, owner_.timing_.t2);
  timer_.start_at(std::min(owner_.loop_.now() + interval_, deadline_));
}

void ServerTx::finish() {
  if (state_ == TxState::terminated) return;
  state_ = TxState::terminated;
  timer_.stop();
  if (ServerUser* user = std::exchange(user_, nullptr)) user->tx_gone(*this);
  owner_.finish(*this);
}

} // namespace tl::sip
