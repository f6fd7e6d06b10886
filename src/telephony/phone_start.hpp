// SPDX-License-Identifier: Apache-2.0
// Starting the asynchronous phone functions.
#pragma once

#include "telephony/operations.hpp"

namespace tl::telephony {

template <class Start> LONG Phone::start(Done done, Start function) {
  if (phone_ == 0) return PHONEERR_INVALPHONEHANDLE;
  Requests& requests = telephony_.state_->phone_requests;
  if (requests.full()) return PHONEERR_REQUESTOVERRUN;
  const LONG id = function();
  // Nobody waits: the reply will find nobody.
  if (id <= 0 || !done) return id == 0 ? PHONEERR_OPERATIONFAILED : id;
  return requests.add(id, std::make_shared<ResultRequest>(*this, std::move(done)));
}

} // namespace tl::telephony
