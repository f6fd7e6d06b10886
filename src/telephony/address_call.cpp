// SPDX-License-Identifier: Apache-2.0
// How calls come to an address: made, found, taken from elsewhere, waited for.
#include "telephony/call_params.hpp"
#include "telephony/operations.hpp"

namespace tl::telephony {

std::vector<CallPtr> Address::calls() const {
  std::vector<CallPtr> calls;
  for (Call* call = first_call_; call; call = call->next_) calls.emplace_back(*call);
  return calls;
}

LONG Address::make_call(std::string_view number, CallMade done, const CallParams& params) {
  if (line_ == 0) return LINEERR_INVALLINEHANDLE;
  Telephony::State& state = *telephony_.state_;
  const std::u16string wide = to_utf16(number);
  return state.start_call(*this, std::move(done), [&](LPHCALL made) {
    return lineMakeCallW(line_, made, wide.c_str(), 0, to_structure(params, state.buffer));
  });
}

LONG Address::unpark(std::string_view number, CallMade done) {
  if (line_ == 0) return LINEERR_INVALLINEHANDLE;
  const std::u16string wide = to_utf16(number);
  return telephony_.state_->start_call(
      *this, std::move(done), [&](LPHCALL made) { return lineUnparkW(line_, 0, made, wide.c_str()); });
}

LONG Address::pickup(std::string_view number, std::string_view group, CallMade done) {
  if (line_ == 0) return LINEERR_INVALLINEHANDLE;
  const std::u16string from = to_utf16(number), in = to_utf16(group);
  return telephony_.state_->start_call(*this, std::move(done), [&](LPHCALL made) {
    return linePickupW(line_, 0, made, from.empty() ? nullptr : from.c_str(),
                       in.empty() ? nullptr : in.c_str());
  });
}

LONG Address::uncomplete_call(DWORD completion_id, Completion done) {
  if (line_ == 0) return LINEERR_INVALLINEHANDLE;
  return telephony_.state_->start(*this, std::move(done),
                                  [&] { return lineUncompleteCall(line_, completion_id); });
}

LONG Address::next_call(std::chrono::milliseconds timeout, CallMade done) {
  if (line_ == 0) return LINEERR_INVALLINEHANDLE;
  for (Call* call = first_call_; call; call = call->next_) {
    if (!call->incoming_ || call->taken_ || call->state_ == CallState::idle) continue;
    call->taken_ = true;
    if (done) done(0, call);
    return 0;
  }
  const auto next = std::make_shared<CallPtr>();
  return telephony_.state_->waits.add(
      this, timeout,
      [next](const Signal& signal) {
        if (signal.kind != Signal::Kind::new_call) return false;
        *next = CallPtr(*signal.call);
        return true;
      },
      [next, done = std::move(done)](LONG result) {
        const CallPtr call = std::exchange(*next, {});
        if (done) done(result, call.get());
      });
}

Operation<CallPtr> Address::place_call(std::string number, CallParams params) {
  return call_of([this, number = std::move(number), params = std::move(params)](CallMade done) {
    return make_call(number, std::move(done), params);
  });
}
Operation<CallPtr> Address::unpark(std::string number) {
  return call_of(
      [this, number = std::move(number)](CallMade done) { return unpark(number, std::move(done)); });
}
Operation<CallPtr> Address::pickup(std::string number, std::string group) {
  return call_of([this, number = std::move(number), group = std::move(group)](CallMade done) {
    return pickup(number, group, std::move(done));
  });
}
Operation<> Address::uncomplete_call(DWORD completion_id) {
  return result_of(
      [this, completion_id](Completion done) { return uncomplete_call(completion_id, std::move(done)); });
}
Operation<CallPtr> Address::next_call(std::chrono::milliseconds timeout) {
  return Operation<CallPtr>(
      [this, timeout](Operation<CallPtr>::Done done) {
        return next_call(timeout, [done = std::move(done)](LONG result, Call* call) {
          done(result == 0 ? Outcome<CallPtr>(0, CallPtr(*call)) : Outcome<CallPtr>(result));
        });
      },
      [&telephony = telephony_](LONG id) { telephony.cancel_wait(id); });
}

Operation<> Address::forward(ForwardInformation how) {
  return result_of([this, how = std::move(how)](Completion done) { return forward(how, std::move(done)); });
}
Operation<> Address::set_do_not_disturb(bool on) {
  return result_of([this, on](Completion done) { return set_do_not_disturb(on, std::move(done)); });
}
Operation<> Address::set_message_waiting(bool on) {
  return result_of([this, on](Completion done) { return set_message_waiting(on, std::move(done)); });
}
Operation<> Address::set_device_status(DWORD flags, bool on) {
  return result_of(
      [this, flags, on](Completion done) { return set_device_status(flags, on, std::move(done)); });
}
Operation<std::string> Address::device_specific(std::string block) {
  return Operation<std::string>([this, block = std::move(block)](Operation<std::string>::Done done) {
    return device_specific(block, [done = std::move(done)](LONG result, std::string_view answer) {
      done(result == 0 ? Outcome<std::string>(0, std::string(answer)) : Outcome<std::string>(result));
    });
  });
}

} // namespace tl::telephony
