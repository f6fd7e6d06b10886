// SPDX-License-Identifier: Apache-2.0
// INVITE server transaction: RFC 3261 section 17.2.1 with the Accepted state of RFC 6026 section 7.1. It also
// repeats our 2xx until its ACK (section 13.3.1.4), which the RFC gives to the user: one timer serves both.
#include "sip/transactions.hpp"

namespace tl::sip {

void ServerTx::step_invite(Event event) {
  const Timing& timing = owner_.timing_;
  const Time now = owner_.loop_.now();
  switch (state_) {
  case TxState::proceeding:
    switch (event) {
    case Event::timer:
      if (response_.empty()) respond(100, {});
      return;
    case Event::request:
      if (response_.empty()) return respond(100, {});
      return transmit();
    case Event::provisional: timer_.stop(); return transmit();
    case Event::success:
      state_ = TxState::accepted;
      deadline_ = now + timing.give_up(); // timer L
      interval_ = timing.t1;
      timer_.start(interval_);
      drop_head();
      return transmit();
    case Event::failure:
      state_ = TxState::completed;
      deadline_ = now + timing.give_up(); // timer H
      interval_ = timing.t1;              // timer G, which reliable transports do without
      timer_.start_at(reliable_ ? deadline_ : now + interval_);
      drop_head();
      return transmit();
    case Event::ack:
    case Event::transport_error: return; // the caller gives up by itself, or sends again
    }
    return;
  case TxState::completed:
    switch (event) {
    case Event::timer:
      if (now >= deadline_) return finish(); // timer H: nobody ACKed our refusal, and nobody has to know
      transmit();
      return retransmit_later();
    case Event::request: return transmit();
    case Event::ack:
      state_ = TxState::confirmed;
      drop_response();
      return timer_.start(reliable_ ? Duration::zero() : timing.t4); // timer I
    case Event::provisional:
    case Event::success:
    case Event::failure:
    case Event::transport_error: return;
    }
    return;
  case TxState::accepted:
    switch (event) {
    case Event::timer:
      if (now < deadline_) {
        transmit();
        return retransmit_later();
      }
      if (!response_.empty() && user_ != nullptr) user_->tx_unacknowledged(*this);
      return finish();
    case Event::request: // absorbed: the 2xx has a timer of its own (RFC 6026 section 7.1)
    case Event::provisional:
    case Event::success:
    case Event::failure:
    case Event::ack:
    case Event::transport_error: return;
    }
    return;
  case TxState::confirmed:
    if (event == Event::timer) finish(); // timer I; all else is a retransmission
    return;
  case TxState::calling:
  case TxState::trying:
  case TxState::terminated: return;
  }
}

} // namespace tl::sip
