// SPDX-License-Identifier: Apache-2.0
// One simulated phone off hook or ringing, or one simulated caller. Everything it does by itself is a timer
// of the loop, so nothing is ever reported from inside a call of the model.
#pragma once

#include "base/timer.hpp"
#include "pbx/sim/behaviour.hpp"

namespace tl::pbx::sim {

class SimDriver;
struct SimDevice;

class SimLeg final : public Leg {
public:
  // A call to the device.
  SimLeg(SimDriver& driver, SimDevice& device, LegOwner& owner);
  // A call from the device; set_owner() follows.
  SimLeg(SimDriver& driver, SimDevice& device, const IncomingCall& call);
  ~SimLeg() override;

  void ring() override {}
  void answer() override;
  void hangup(Cause cause) override;
  void request_answer() override;
  void join(Leg& other) override;
  void confer(std::uint32_t room) override;
  void treat(const Treatment& treatment) override;
  void send_digits(std::string_view digits, Duration each) override;
  void send_tone(const std::vector<TonePart>& tone, Duration length) override;
  void listen_for(const std::vector<ToneWatch>& tones) override { watches_ = tones; }

  void set_owner(LegOwner* owner) { owner_ = owner; }
  bool up() const { return state_ == State::up; }
  bool over() const { return state_ == State::over; }

  // The user's own actions; each does nothing when the leg is not in a state for it.
  void pick_up();
  void put_down();
  void press_hold(bool on);
  void transfer(const std::string& target);
  void transfer_to(SimLeg& other);
  void dial(std::string digits);
  void sound(const Tone& tone);

private:
  enum class State : unsigned char { placed, ringing, up, over };

  void act();
  void joined();
  void unjoin();
  void end();
  void finish(Cause cause);
  void next_digit();
  void tone_over();

  SimDriver& driver_;
  SimDevice& device_;
  LegOwner* owner_ = nullptr;
  State state_ = State::placed;
  bool inbound_;
  bool was_joined_ = false;
  bool held_ = false;
  SimLeg* joined_ = nullptr;
  Duration talk_{};
  std::string digits_; // still to be dialled
  Timer act_;          // alerting, answering, refusing; then the hold key
  Timer life_;         // patience, then talk
  Timer dial_;         // own digits
  Timer sent_;         // send_digits(), send_tone()
  Timer sounded_;      // own tone
  Tone tone_;
  std::vector<ToneWatch> watches_;
};

} // namespace tl::pbx::sim
