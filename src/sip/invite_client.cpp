// SPDX-License-Identifier: Apache-2.0
// INVITE client transaction: RFC 3261 section 17.1.1 with the Accepted state of RFC 6026 section 7.2.
#include "sip/transactions.hpp"

namespace tl::sip {

void ClientTx::step_invite(Event event, const Message* response) {
  const Timing& timing = owner_.timing_;
  const Time now = owner_.loop_.now();
  switch (state_) {
  case TxState::calling:
  case TxState::proceeding:
    switch (event) {
    case Event::timer:
      if (unsendable_) return fail(503);
      if (now >= deadline_) return fail(limited_ ? 487 : 408); // timer B
      transmit(request_);                                      // timer A
      return retransmit_later(timing.give_up());
    case Event::provisional:
      state_ = TxState::proceeding;
      if (!limited_) timer_.stop();
      if (user_ != nullptr) user_->tx_response(*this, *response);
      return;
    case Event::success:
      state_ = TxState::accepted;
      timer_.start(timing.give_up()); // timer M
      if (user_ != nullptr)
        user_->tx_response(*this, *response);
      else
        owner_.host_.stray_answer(*response, peer_);
      return drop_request();
    case Event::failure:
      state_ = TxState::completed;
      ack_ = derive_request(request_, Method::ack, response->value(HeaderId::to));
      transmit(ack_);
      timer_.start(reliable(peer_.protocol) ? Duration::zero() : timing.give_up()); // timer D
      if (user_ != nullptr) user_->tx_response(*this, *response);
      return drop_request();
    case Event::transport_error: return fail(503);
    }
    return;
  case TxState::completed:
    switch (event) {
    case Event::failure: return transmit(ack_); // our ACK was lost
    case Event::timer: return finish();         // timer D
    case Event::provisional:
    case Event::success:
    case Event::transport_error: return; // late or crossing: the outcome stands
    }
    return;
  case TxState::accepted:
    switch (event) {
    case Event::success: // a retransmission, or another fork's: the user ACKs each
      if (user_ != nullptr)
        user_->tx_response(*this, *response);
      else
        owner_.host_.stray_answer(*response, peer_);
      return;
    case Event::timer: return finish(); // timer M
    case Event::provisional:
    case Event::failure:
    case Event::transport_error: return;
    }
    return;
  case TxState::trying:
  case TxState::confirmed:
  case TxState::terminated: return;
  }
}

} // namespace tl::sip
