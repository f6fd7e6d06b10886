// SPDX-License-Identifier: Apache-2.0
// From the callback form of an operation to its form for co_await.
#pragma once

#include "telephony/state.hpp"

namespace tl::telephony {

// `start(Completion)`.
template <class Start> Operation<> result_of(Start start) {
  return Operation<>([start = std::move(start)](Operation<>::Done done) { return start(std::move(done)); });
}

// `start(std::function<void(LONG, const T&)>)`.
template <class T, class Start> Operation<T> value_of(Start start) {
  return Operation<T>([start = std::move(start)](typename Operation<T>::Done done) {
    return start([done = std::move(done)](LONG result, const T& value) {
      done(result == 0 ? Outcome<T>(0, value) : Outcome<T>(result));
    });
  });
}

// `start(CallMade)`.
template <class Start> Operation<CallPtr> call_of(Start start) {
  return Operation<CallPtr>([start = std::move(start)](Operation<CallPtr>::Done done) {
    return start([done = std::move(done)](LONG result, Call* call) {
      done(result == 0 ? Outcome<CallPtr>(0, CallPtr(*call)) : Outcome<CallPtr>(result));
    });
  });
}

// The same for waits, which are ended when nobody waits any more. `telephony` outlives a wait: it ends them
// all.
template <class T, class Start> Operation<T> wait_of(Telephony& telephony, Start start) {
  return Operation<T>(
      [start = std::move(start)](typename Operation<T>::Done done) {
        return start([done = std::move(done)](LONG result, const T& value) {
          done(result == 0 ? Outcome<T>(0, value) : Outcome<T>(result));
        });
      },
      [&telephony](LONG id) { telephony.cancel_wait(id); });
}

} // namespace tl::telephony
