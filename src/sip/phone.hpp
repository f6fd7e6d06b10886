// SPDX-License-Identifier: Apache-2.0
// The bundled phone: a user agent that registers as a station, rings, answers by itself or when asked, holds,
// transfers, and can tell what it hears. For `trunkline phone`, demonstrations and tests.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sip/phone_sound.hpp"
#include "sip/registration.hpp"
#include "sip/sip.hpp"

namespace tl::sip {

class Phone;
class PhoneCall;

struct PhoneConfig {
  Address local; // where it listens; port 0: any
  Protocol protocol = Protocol::udp;
  std::string server; // "127.0.0.1:5060"
  std::string number, name, password;
  Seed seed{};
  std::uint32_t expires_s = 300;
  std::optional<Duration> answer_after; // answers incoming calls by itself
  std::optional<int> refuse_with;       // or refuses them
  Duration hangup_after{};              // ends answered calls by itself; zero: never
  double tone_hz = 0;                   // what it says once connected; 0: silence
  std::vector<std::int16_t> samples;    // or this, again and again
};

// All on the loop. A call is valid until phone_ended() for it has returned.
class PhoneEvents {
public:
  virtual ~PhoneEvents() = default;
  virtual void phone_registered(Phone&, int /*status*/) {}
  virtual void phone_ringing(Phone&, PhoneCall&) {} // somebody calls
  virtual void phone_progress(Phone&, PhoneCall&, int /*status*/) {}
  virtual void phone_connected(Phone&, PhoneCall&) {}
  virtual void phone_ended(Phone&, PhoneCall&, int /*status*/) {}
  virtual void phone_held(Phone&, PhoneCall&, int /*status*/) {}        // the outcome of hold() or unhold()
  virtual void phone_transferred(Phone&, PhoneCall&, int /*status*/) {} // how a transfer goes
};

class PhoneCall final : private CallEvents {
public:
  explicit PhoneCall(Phone& phone);
  ~PhoneCall() override;

  const std::string& caller() const { return caller_; } // who calls us, or whom we called
  bool incoming() const { return incoming_; }
  bool connected() const { return connected_; }
  PhoneSound* sound() { return sound_.get(); }

  void answer();
  void hangup(); // no phone_ended() follows
  bool hold(bool on);
  bool transfer(const std::string& number);
  bool transfer_to(PhoneCall& other); // attended: `other` is our second call

private:
  friend class Phone;
  bool take(Call& call, const Message& invite);
  bool dial(const std::string& number);
  bool open_sound();
  LocalAudio local_audio() const;
  void use(const AudioSession& session);
  void connect();

  void call_progress(Call& call, const Message& response) override;
  void call_answered(Call& call, const Message& response) override;
  void call_acknowledged(Call& call, const Message& ack) override;
  void call_ended(Call& call, const Ending& ending) override;
  void call_offer(Call& call, std::string_view sdp) override;
  void call_modified(Call& call, int status, std::string_view sdp) override;
  std::string call_session(Call& call) override;
  void call_refer(Call& call, const ReferRequest& request) override;
  void call_referred(Call& call, int status) override;
  void call_info(Call& call, const Message& request) override;
  bool call_event(Call& call, std::string_view event) override;
  void call_notified(Call& call, int status) override;

  Phone& phone_;
  Call* call_ = nullptr;
  std::unique_ptr<PhoneSound> sound_;
  std::string caller_, offer_;
  Timer timer_; // answering or hanging up by itself
  Direction direction_ = Direction::sendrecv;
  std::uint32_t version_ = 1;
  bool incoming_ = false, connected_ = false;
};

class Phone final : private AgentEvents, private RegistrationEvents {
public:
  static Result<std::unique_ptr<Phone>> open(Loop& loop, Log& log, PhoneConfig config, PhoneEvents& events);
  ~Phone() override;

  const std::string& number() const { return config_.number; }
  const Address& local() const { return local_; }
  void enroll();   // registers, and keeps registered
  void withdraw(); // takes the registration back
  bool registered() const { return registration_ && registration_->registered(); }
  PhoneCall* call(const std::string& number); // nullptr: it cannot be made
  const std::vector<std::unique_ptr<PhoneCall>>& calls() const { return calls_; }
  PhoneConfig& config() { return config_; } // behaviour of calls from now on

private:
  friend class PhoneCall;
  Phone(Loop& loop, Log& log, PhoneConfig config, PhoneEvents& events);
  void forget(PhoneCall& call);

  Admission admit(const Message& invite, const Peer& from) override;
  CallEvents* incoming_call(Call& call, const Message& invite, const Peer& from) override;
  bool incoming_request(const Message& request, const Peer& from) override;
  void registration_changed(int status) override;

  Loop& loop_;
  PhoneConfig config_;
  PhoneEvents& events_;
  Address local_;
  Agent agent_;
  std::optional<Registration> registration_;
  std::vector<std::unique_ptr<PhoneCall>> calls_, dead_;
  std::shared_ptr<const Credentials> credentials_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

} // namespace tl::sip
