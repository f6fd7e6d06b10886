// SPDX-License-Identifier: Apache-2.0
// Non-INVITE server transaction: RFC 3261 section 17.2.2.
#include "sip/transactions.hpp"

namespace tl::sip {

void ServerTx::step_non_invite(Event event) {
  switch (state_) {
  case TxState::trying:
  case TxState::proceeding:
    switch (event) {
    case Event::timer: return finish(); // never answered by our own user
    case Event::request: return transmit();
    case Event::provisional: state_ = TxState::proceeding; return transmit();
    case Event::success:
    case Event::failure:
      state_ = TxState::completed;
      timer_.start(reliable_ ? Duration::zero() : owner_.timing_.give_up()); // timer J
      drop_head();
      return transmit();
    case Event::ack:
    case Event::transport_error: return;
    }
    return;
  case TxState::completed:
    switch (event) {
    case Event::timer: return finish(); // timer J
    case Event::request: return transmit();
    case Event::provisional:
    case Event::success:
    case Event::failure:
    case Event::ack:
    case Event::transport_error: return;
    }
    return;
  case TxState::calling:
  case TxState::accepted:
  case TxState::confirmed:
  case TxState::terminated: return;
  }
}

} // namespace tl::sip
