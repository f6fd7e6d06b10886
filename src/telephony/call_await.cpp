// SPDX-License-Identifier: Apache-2.0
// The operations of a call for co_await. Each has a CallPtr, so that the object is there when it ends.
#include "telephony/operations.hpp"

namespace tl::telephony {

namespace {

bool over(CallState state) {
  return state == CallState::disconnected || state == CallState::idle;
}

} // namespace

// Whether it came there (0), never will (a code), or has not yet.
LONG Call::verdict(CallState wanted) const {
  if (state_ == wanted) return 0;
  const bool never = state_ == CallState::idle || (over(state_) && !over(wanted));
  return never ? LINEERR_DISCONNECTED : 1;
}

LONG Call::when(CallState wanted, std::chrono::milliseconds timeout, Completion done) {
  if (gone_) return LINEERR_INVALCALLHANDLE;
  Waits& waits = address_.telephony_.state_->waits;
  const LONG now = verdict(wanted);
  if (now < 0) return now;
  if (now == 0) {
    if (done) done(0);
    return 0;
  }
  const auto result = std::make_shared<LONG>(0);
  return waits.add(
      this, timeout,
      [this, wanted, result](const Signal& signal) {
        if (signal.kind == Signal::Kind::state) *result = verdict(wanted);
        return signal.kind == Signal::Kind::state && *result <= 0;
      },
      [result, done = std::move(done)](LONG ended) {
        if (done) done(ended != 0 ? ended : *result);
      });
}

Operation<> Call::when(CallState state, std::chrono::milliseconds timeout) {
  return Operation<>([self = CallPtr(*this), state, timeout](
                         Operation<>::Done done) { return self->when(state, timeout, std::move(done)); },
                     [&telephony = address_.telephony_](LONG id) { telephony.cancel_wait(id); });
}

// A request that nobody waits for any more goes on.
Operation<> Call::accept() {
  return result_of([self = CallPtr(*this)](Completion done) { return self->accept(std::move(done)); });
}
Operation<> Call::answer() {
  return result_of([self = CallPtr(*this)](Completion done) { return self->answer(std::move(done)); });
}
Operation<> Call::drop() {
  return result_of([self = CallPtr(*this)](Completion done) { return self->drop(std::move(done)); });
}
Operation<> Call::hold() {
  return result_of([self = CallPtr(*this)](Completion done) { return self->hold(std::move(done)); });
}
Operation<> Call::unhold() {
  return result_of([self = CallPtr(*this)](Completion done) { return self->unhold(std::move(done)); });
}
Operation<> Call::swap_hold(Call& held) {
  return result_of([self = CallPtr(*this), other = CallPtr(held)](Completion done) {
    return self->swap_hold(*other, std::move(done));
  });
}
Operation<> Call::redirect(std::string number) {
  return result_of([self = CallPtr(*this), number = std::move(number)](Completion done) {
    return self->redirect(number, std::move(done));
  });
}
Operation<> Call::secure() {
  return result_of([self = CallPtr(*this)](Completion done) { return self->secure(std::move(done)); });
}
Operation<> Call::dial(std::string number) {
  return result_of([self = CallPtr(*this), number = std::move(number)](Completion done) {
    return self->dial(number, std::move(done));
  });
}
Operation<> Call::blind_transfer(std::string number) {
  return result_of([self = CallPtr(*this), number = std::move(number)](Completion done) {
    return self->blind_transfer(number, std::move(done));
  });
}
Operation<CallPtr> Call::setup_transfer() {
  return call_of([self = CallPtr(*this)](CallMade done) { return self->setup_transfer(std::move(done)); });
}
Operation<> Call::complete_transfer(Call& consultation) {
  return result_of([self = CallPtr(*this), other = CallPtr(consultation)](Completion done) {
    return self->complete_transfer(*other, std::move(done));
  });
}
Operation<CallPtr> Call::complete_as_conference(Call& consultation) {
  return call_of([self = CallPtr(*this), other = CallPtr(consultation)](CallMade done) {
    return self->complete_as_conference(*other, std::move(done));
  });
}
Operation<> Call::park(std::string number) {
  return result_of([self = CallPtr(*this), number = std::move(number)](Completion done) {
    return self->park(number, std::move(done));
  });
}
Operation<std::string> Call::park() {
  return value_of<std::string>([self = CallPtr(*this)](std::function<void(LONG, const std::string&)> done) {
    return self->park(std::move(done));
  });
}
Operation<DWORD> Call::complete_call(DWORD mode, DWORD message) {
  return value_of<DWORD>(
      [self = CallPtr(*this), mode, message](std::function<void(LONG, const DWORD&)> done) {
        return self->complete_call(mode, message, std::move(done));
      });
}

Operation<Conference> Call::setup_conference(DWORD parties) {
  return Operation<Conference>([self = CallPtr(*this), parties](Operation<Conference>::Done done) {
    return self->setup_conference(
        [done = std::move(done)](LONG result, Call* conference, Call* consultation) {
          if (result != 0) return done(result);
          done({0, Conference{CallPtr(*conference), CallPtr(*consultation)}});
        },
        parties);
  });
}
Operation<CallPtr> Call::prepare_add_to_conference() {
  return call_of(
      [self = CallPtr(*this)](CallMade done) { return self->prepare_add_to_conference(std::move(done)); });
}
Operation<> Call::add_to_conference(Call& member) {
  return result_of([self = CallPtr(*this), other = CallPtr(member)](Completion done) {
    return self->add_to_conference(*other, std::move(done));
  });
}
Operation<> Call::remove_from_conference() {
  return result_of(
      [self = CallPtr(*this)](Completion done) { return self->remove_from_conference(std::move(done)); });
}

Operation<> Call::set_treatment(DWORD treatment) {
  return result_of([self = CallPtr(*this), treatment](Completion done) {
    return self->set_treatment(treatment, std::move(done));
  });
}
Operation<> Call::set_data(std::string data) {
  return result_of([self = CallPtr(*this), data = std::move(data)](Completion done) {
    return self->set_data(data, std::move(done));
  });
}
Operation<> Call::set_bearer(DWORD bearer_mode, DWORD rate_min, DWORD rate_max) {
  return result_of([self = CallPtr(*this), bearer_mode, rate_min, rate_max](Completion done) {
    return self->set_bearer(bearer_mode, rate_min, rate_max, std::move(done));
  });
}
Operation<> Call::set_quality_of_service(std::string sending, std::string receiving) {
  return result_of([self = CallPtr(*this), sending = std::move(sending),
                    receiving = std::move(receiving)](Completion done) {
    return self->set_quality_of_service(sending, receiving, std::move(done));
  });
}
Operation<> Call::send_user_info(std::string bytes) {
  return result_of([self = CallPtr(*this), bytes = std::move(bytes)](Completion done) {
    return self->send_user_info(bytes, std::move(done));
  });
}
Operation<> Call::release_user_info() {
  return result_of(
      [self = CallPtr(*this)](Completion done) { return self->release_user_info(std::move(done)); });
}

Operation<GenerateEnd> Call::generate_digits(std::string digits, std::chrono::milliseconds each) {
  return value_of<GenerateEnd>([self = CallPtr(*this), digits = std::move(digits),
                                each](std::function<void(LONG, const GenerateEnd&)> done) {
    return self->generate_digits(digits, each, std::move(done));
  });
}
Operation<GenerateEnd> Call::generate_tone(ToneMode mode, std::chrono::milliseconds duration,
                                           std::vector<CustomTone> tones) {
  return value_of<GenerateEnd>([self = CallPtr(*this), mode, duration, tones = std::move(tones)](
                                   std::function<void(LONG, const GenerateEnd&)> done) {
    return self->generate_tone(mode, duration, tones, std::move(done));
  });
}
Operation<char> Call::next_digit(std::chrono::milliseconds timeout) {
  return wait_of<char>(address_.telephony_,
                       [self = CallPtr(*this), timeout](std::function<void(LONG, const char&)> done) {
                         return self->next_digit(timeout, std::move(done));
                       });
}
Operation<Digits> Call::gather_digits(GatherOptions options) {
  return Operation<Digits>(
      [self = CallPtr(*this), options = std::move(options)](Operation<Digits>::Done done) {
        return self->gather_digits(options, [done = std::move(done)](LONG result, const Digits& digits) {
          done(result == 0 ? Outcome<Digits>(0, digits) : Outcome<Digits>(result));
        });
      },
      [self = CallPtr(*this)](LONG id) {
        if (self->gone_) return;
        self->gather_digits(0, {}, 0, 0); // nobody wants them any more
        self->address_.telephony_.cancel_wait(id);
      });
}

} // namespace tl::telephony
