// SPDX-License-Identifier: Apache-2.0
// Starting the asynchronous functions of a call, whose object may have outlived its handle.
#pragma once

#include "telephony/state.hpp"

namespace tl::telephony {

template <class Start> LONG Call::start(Completion done, Start function) {
  if (gone_) return LINEERR_INVALCALLHANDLE;
  return address_.telephony_.state_->start(address_, std::move(done), std::move(function));
}

template <class Start> LONG Call::start_call(CallMade done, Start function) {
  if (gone_) return LINEERR_INVALCALLHANDLE;
  return address_.telephony_.state_->start_call(address_, std::move(done), std::move(function));
}

} // namespace tl::telephony
