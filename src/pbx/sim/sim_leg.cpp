// SPDX-License-Identifier: Apache-2.0
#include "pbx/sim/sim_leg.hpp"

#include "pbx/sim/sim_driver.hpp"

namespace tl::pbx::sim {
namespace {
constexpr Duration digit_every = 100ms;
}

SimLeg::SimLeg(SimDriver& driver, SimDevice& device, LegOwner& owner)
    : driver_(driver), device_(device), owner_(&owner), inbound_(false), talk_(device.behaviour.talk),
      act_(driver.loop(), [this] { act(); }), life_(driver.loop(), [this] { finish(Cause::normal); }),
      dial_(driver.loop(), [this] { next_digit(); }),
      sent_(driver.loop(), [this] { owner_->leg_digits_sent(*this, true); }),
      sounded_(driver.loop(), [this] { tone_over(); }) {
  device_.legs.push_back(this);
  act_.start(0us);
}

SimLeg::SimLeg(SimDriver& driver, SimDevice& device, const IncomingCall& call)
    : driver_(driver), device_(device), inbound_(true), talk_(call.talk), digits_(call.digits),
      act_(driver.loop(), [this] { act(); }), life_(driver.loop(), [this] { finish(Cause::normal); }),
      dial_(driver.loop(), [this] { next_digit(); }),
      sent_(driver.loop(), [this] { owner_->leg_digits_sent(*this, true); }),
      sounded_(driver.loop(), [this] { tone_over(); }) {
  device_.legs.push_back(this);
  if (call.patience.count() > 0) life_.start(call.patience);
}

SimLeg::~SimLeg() {
  end();
}

// The phone's own next step.
void SimLeg::act() {
  const Behaviour& how = device_.behaviour;
  switch (state_) {
  case State::placed:
    if (how.unreachable) return finish(Cause::unreachable);
    if (how.reject) return finish(*how.reject);
    state_ = State::ringing;
    if (!how.no_answer) act_.start(how.answer_after);
    return owner_->leg_alerting(*this);
  case State::ringing: return pick_up();
  case State::up: return press_hold(!held_);
  case State::over: return;
  }
}

void SimLeg::answer() {
  if (!inbound_ || state_ == State::up || state_ == State::over) return;
  state_ = State::up;
  if (!digits_.empty()) dial_.start(digit_every);
}

void SimLeg::request_answer() {
  if (inbound_ || (state_ != State::placed && state_ != State::ringing)) return;
  if (device_.behaviour.answer_refused) return owner_->leg_answer_refused(*this);
  state_ = State::ringing;
  act_.start(0us);
}

void SimLeg::pick_up() {
  if (inbound_ || (state_ != State::placed && state_ != State::ringing)) return;
  act_.stop();
  state_ = State::up;
  owner_->leg_answered(*this);
}

void SimLeg::put_down() {
  if (state_ == State::over) return;
  const bool refuses = !inbound_ && state_ != State::up;
  finish(refuses ? Cause::rejected : Cause::normal);
}

void SimLeg::press_hold(bool on) {
  if (state_ != State::up || on == held_) return;
  held_ = on;
  act_.stop();
  if (on && device_.behaviour.unhold_after.count() > 0) act_.start(device_.behaviour.unhold_after);
  owner_->leg_held(*this, on);
}

void SimLeg::transfer(const std::string& target) {
  if (state_ == State::up) owner_->leg_transfer(*this, target);
}

void SimLeg::transfer_to(SimLeg& other) {
  if (state_ == State::up && !other.over()) owner_->leg_transfer_to(*this, other);
}

void SimLeg::dial(std::string digits) {
  if (state_ != State::up) return;
  digits_ += digits;
  if (!digits_.empty() && !dial_.running()) dial_.start(0us);
}

// Found at its end: a simulated tone has no sound before.
void SimLeg::sound(const Tone& tone) {
  if (state_ != State::up) return;
  tone_ = tone;
  sounded_.start(tone.length);
}

void SimLeg::tone_over() {
  for (std::size_t i = 0; i < watches_.size() && state_ == State::up; ++i)
    if (watches_[i].frequencies_hz == tone_.frequencies_hz && watches_[i].lasting <= tone_.length)
      owner_->leg_tone(*this, i, driver_.loop().now());
}

void SimLeg::send_tone(const std::vector<TonePart>&, Duration length) {
  sent_.stop();
  if (length.count() > 0) sent_.start(length);
}

void SimLeg::next_digit() {
  const char digit = digits_.front();
  digits_.erase(0, 1);
  if (!digits_.empty()) dial_.start(digit_every);
  owner_->leg_digit(*this, digit, driver_.loop().now());
}

void SimLeg::join(Leg& other) {
  auto* const simulated = dynamic_cast<SimLeg*>(&other); // nullptr: another driver's
  if (simulated != nullptr && joined_ == simulated) return;
  unjoin();
  if (simulated != nullptr) {
    simulated->unjoin();
    joined_ = simulated;
    simulated->joined_ = this;
    simulated->joined();
  }
  joined();
}

// With a person at last: patience is over, the talk begins.
void SimLeg::joined() {
  if (was_joined_) return;
  was_joined_ = true;
  life_.stop();
  if (talk_.count() > 0) life_.start(talk_);
  if (device_.behaviour.hold_after.count() > 0) act_.start(device_.behaviour.hold_after);
}

// In a room are people.
void SimLeg::confer(std::uint32_t) {
  unjoin();
  joined();
}

void SimLeg::treat(const Treatment&) {
  unjoin();
}

void SimLeg::unjoin() {
  if (joined_ == nullptr) return;
  joined_->joined_ = nullptr;
  joined_ = nullptr;
}

void SimLeg::send_digits(std::string_view digits, Duration each) {
  sent_.stop();
  if (!digits.empty()) sent_.start(each * static_cast<Duration::rep>(digits.size()));
}

void SimLeg::hangup(Cause) {
  end();
}

void SimLeg::end() {
  if (state_ == State::over) return;
  state_ = State::over;
  unjoin();
  act_.stop();
  life_.stop();
  dial_.stop();
  sent_.stop();
  sounded_.stop();
  std::erase(device_.legs, this);
}

void SimLeg::finish(Cause cause) {
  if (state_ == State::over) return;
  end();
  owner_->leg_ended(*this, cause); // the owner may destroy this leg: nothing follows
}

} // namespace tl::pbx::sim
