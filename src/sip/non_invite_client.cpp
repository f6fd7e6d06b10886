// SPDX-License-Identifier: Apache-2.0
// Non-INVITE client transaction: RFC 3261 section 17.1.2.
#include "sip/transactions.hpp"

namespace tl::sip {

void ClientTx::step_non_invite(Event event, const Message* response) {
  const Timing& timing = owner_.timing_;
  const Time now = owner_.loop_.now();
  switch (state_) {
  case TxState::trying:
  case TxState::proceeding:
    switch (event) {
    case Event::timer:
      if (unsendable_) return fail(503);
      if (now >= deadline_) return fail(408); // timer F
      transmit(request_);                     // timer E: T2 apart once a provisional response has come
      if (state_ == TxState::proceeding) interval_ = timing.t2;
      return retransmit_later(timing.t2);
    case Event::provisional:
      state_ = TxState::proceeding;
      if (user_ != nullptr) user_->tx_response(*this, *response);
      return;
    case Event::success:
    case Event::failure:
      state_ = TxState::completed;
      timer_.start(reliable(peer_.protocol) ? Duration::zero() : timing.t4); // timer K
      drop_request();
      if (user_ != nullptr) user_->tx_response(*this, *response);
      return;
    case Event::transport_error: return fail(503);
    }
    return;
  case TxState::completed:
    if (event == Event::timer) finish(); // timer K; all else is a retransmission or too late
    return;
  case TxState::calling:
  case TxState::accepted:
  case TxState::confirmed:
  case TxState::terminated: return;
  }
}

} // namespace tl::sip
