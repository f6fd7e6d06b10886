// SPDX-License-Identifier: Apache-2.0
// A SIP call with its RTP stream as one leg of the model.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/timer.hpp"
#include "media/media.hpp"
#include "pbx/driver.hpp"
#include "sip/sip.hpp"

namespace tl::pbx::sip_driver {

class SipDriver;
struct Trunk;

class SipLeg final : public Leg, private sip::CallEvents, private media::StreamEvents {
public:
  explicit SipLeg(SipDriver& driver, Trunk* trunk);
  ~SipLeg() override;

  // An incoming call that was admitted; false: its offer cannot be answered (it was refused).
  bool take(sip::Call& call, const sip::Message& invite);
  void set_owner(LegOwner* owner) { owner_ = owner; }
  // An outgoing call, to every place given at once: the first that answers has it. Failures end the leg on a
  // later turn.
  void call(std::vector<sip::Outgoing> places, LegOwner& owner);
  void fail_later(Cause cause);
  // The leg whose call this is; nullptr if the call is over or never had one.
  static SipLeg* of(sip::Call& call);

  // Leg
  void ring() override;
  void answer() override;
  void hangup(Cause cause) override;
  void request_answer() override;
  void join(Leg& other) override;
  void confer(std::uint32_t room) override;
  void treat(const Treatment& treatment) override;
  void send_digits(std::string_view digits, Duration each) override;
  void send_tone(const std::vector<TonePart>& tone, Duration length) override;
  void listen_for(const std::vector<ToneWatch>& tones) override;

private:
  enum class Later : std::uint8_t { nothing, end, answer_refused, digits_unsent, transfer_failed };

  // CallEvents
  void call_progress(sip::Call& call, const sip::Message& response) override;
  void call_answered(sip::Call& call, const sip::Message& response) override;
  void call_acknowledged(sip::Call& call, const sip::Message& ack) override;
  void call_ended(sip::Call& call, const sip::Ending& ending) override;
  void call_offer(sip::Call& call, std::string_view sdp) override;
  void call_modified(sip::Call& call, int status, std::string_view sdp) override;
  std::string call_session(sip::Call& call) override;
  void call_refer(sip::Call& call, const sip::ReferRequest& request) override;
  void call_referred(sip::Call& call, int status) override;
  void call_info(sip::Call& call, const sip::Message& request) override;
  bool call_event(sip::Call& call, std::string_view event) override;
  void call_notified(sip::Call& call, int status) override;
  // StreamEvents
  void stream_digit(media::Stream& stream, char digit, Time at) override;
  void stream_digits_sent(media::Stream& stream, bool complete) override;
  void stream_tone(media::Stream& stream, std::size_t watch, Time at) override;

  // leg_sound.cpp
  bool open_stream();
  sip::LocalAudio local_audio() const;
  void use(const sip::AudioSession& session);
  bool use_answer(std::string_view sdp);
  void set_held(bool held);
  void drop_stream();

  void hang_up_others();
  void fork_ended(sip::Call& call, Cause cause);

  void later(Later what, Cause cause = Cause::failed, Duration after = Duration::zero());
  void now();
  void leave_trunk();

  SipDriver& driver_;
  Trunk* trunk_;
  LegOwner* owner_ = nullptr;
  sip::Call* call_ = nullptr;     // the caller's, or the fork that answered
  std::vector<sip::Call*> forks_; // of an outgoing call, until one answers
  std::uint32_t asked_ = 0;       // forks that were asked to answer by themselves and have not said no
  std::unique_ptr<media::Stream> stream_;
  std::string offer_;  // of an incoming call, until it is answered
  sip::Address media_; // what we say in our descriptions
  Timer later_;
  std::uint32_t version_ = 0;
  Later what_ = Later::nothing;
  Cause cause_ = Cause::failed;
  sip::Direction direction_ = sip::Direction::sendrecv;
  sip::Codec codec_ = sip::Codec::pcma;
  std::uint8_t digits_payload_ = 101;
  bool agreed_ = false;        // offer and answer are through at least once
  bool offer_pending_ = false; // our offer went out in a 2xx: its answer comes with the ACK
  bool held_ = false;
  bool transferring_ = false;
};

} // namespace tl::pbx::sip_driver
