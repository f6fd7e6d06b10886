// SPDX-License-Identifier: Apache-2.0
// A driver whose legs do nothing by themselves: the test is the network. It records what the model told each
// leg.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/check.hpp"
#include "pbx/driver.hpp"

namespace tl::pbx::test {

class FakeDriver;

struct FakeLeg final : Leg {
  FakeLeg(FakeDriver& of, Destination destination, LegOwner* by)
      : driver(of), to(std::move(destination)), owner(by) {}
  ~FakeLeg() override;

  void ring() override { rung = true; }
  void answer() override {
    TL_CHECK(!answered && !over);
    answered = true;
  }
  void hangup(Cause why) override {
    TL_CHECK(!over, "a leg is hung up twice");
    over = true;
    cause = why;
    room = 0;
    unjoin();
  }
  void request_answer() override { asked_to_answer = true; }
  void join(Leg& leg) override {
    auto& other = static_cast<FakeLeg&>(leg);
    TL_CHECK(!over && !other.over, "a dead leg is joined");
    TL_CHECK(this != &other);
    unjoin();
    other.unjoin();
    room = other.room = 0;
    joined = &other;
    other.joined = this;
    heard = other.heard = "";
  }
  void confer(std::uint32_t number) override {
    TL_CHECK(!over && number != 0, "a dead leg confers");
    unjoin();
    room = number;
    heard = "room";
  }
  void treat(const Treatment& treatment) override {
    TL_CHECK(!over, "a dead leg is treated");
    unjoin();
    room = 0;
    static const char* const names[] = {"silence", "ringback", "busy", "music", "announcement"};
    heard = std::string(names[static_cast<int>(treatment.kind)]) +
            (treatment.file.empty() ? "" : ":" + treatment.file);
  }
  void send_digits(std::string_view digits, Duration) override { sent = std::string(digits); }
  void send_tone(const std::vector<TonePart>& tone, Duration length) override {
    sent = "tone of " + std::to_string(tone.size()) + " for " + std::to_string(length / 1ms);
  }
  void listen_for(const std::vector<ToneWatch>& tones) override { watches = tones; }

  void unjoin() {
    if (joined == nullptr) return;
    joined->joined = nullptr;
    joined->heard = "";
    joined = nullptr;
  }
  // What the endpoint does.
  void alert() { owner->leg_alerting(*this); }
  void pick_up() {
    answered = true;
    owner->leg_answered(*this);
  }
  void end(Cause why = Cause::normal) {
    TL_CHECK(!over);
    over = true;
    room = 0;
    unjoin();
    owner->leg_ended(*this, why);
  }

  FakeDriver& driver;
  Destination to;
  LegOwner* owner;
  bool inbound = false;
  bool rung = false;
  bool answered = false;
  bool asked_to_answer = false;
  bool over = false;
  Cause cause = Cause::normal;
  FakeLeg* joined = nullptr;
  std::uint32_t room = 0;
  std::string heard;
  std::string sent;
  std::vector<ToneWatch> watches;
};

class FakeDriver final : public Driver {
public:
  explicit FakeDriver(DriverEvents& to) : events(to) {}
  std::unique_ptr<Leg> place(const Destination& to, LegOwner& owner) override {
    auto leg = std::make_unique<FakeLeg>(*this, to, &owner);
    legs.push_back(leg.get());
    return leg;
  }
  FakeLeg& call(Destination::Kind kind, const std::string& device, const std::string& from,
                const std::string& called) {
    auto leg = std::make_unique<FakeLeg>(*this, Destination{kind, device, called, {}}, nullptr);
    FakeLeg& placed = *leg;
    placed.inbound = true;
    legs.push_back(&placed);
    placed.owner = events.incoming(std::move(leg), kind, device,
                                   Party{from, from.empty() ? "" : "Name of " + from}, called);
    return placed;
  }
  // The newest leg to or from the device that is not over.
  FakeLeg& leg(const std::string& device) {
    for (auto it = legs.rbegin(); it != legs.rend(); ++it)
      if ((*it)->to.device == device && !(*it)->over) return **it;
    TL_CHECK(false, device + " has no leg");
  }
  bool has_leg(const std::string& device) const {
    for (const FakeLeg* one : legs)
      if (one->to.device == device && !one->over) return true;
    return false;
  }

  DriverEvents& events;
  std::vector<FakeLeg*> legs; // not yet destroyed
};

inline FakeLeg::~FakeLeg() {
  unjoin();
  std::erase(driver.legs, this);
}

} // namespace tl::pbx::test
