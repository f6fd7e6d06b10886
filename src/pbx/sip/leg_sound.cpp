// SPDX-License-Identifier: Apache-2.0
// What a leg says and hears: offers and answers on one side, the media engine on the other.
#include "base/log.hpp"
#include "pbx/sip/driver_impl.hpp"
#include "pbx/sip/leg.hpp"

namespace tl::pbx::sip_driver {
namespace {

media::Treatment::Kind to_kind(Treatment::Kind kind) {
  switch (kind) {
  case Treatment::Kind::silence: return media::Treatment::Kind::silence;
  case Treatment::Kind::ringback: return media::Treatment::Kind::ringback;
  case Treatment::Kind::busy: return media::Treatment::Kind::busy;
  case Treatment::Kind::music: return media::Treatment::Kind::music;
  case Treatment::Kind::announcement: return media::Treatment::Kind::announcement;
  }
  return media::Treatment::Kind::silence;
}

} // namespace

bool SipLeg::open_stream() {
  if (stream_ != nullptr || driver_.engine() == nullptr) return true;
  auto opened = driver_.engine()->open(this);
  if (!opened) {
    driver_.log().warn("sip", "no RTP port for a call: {}", opened.error().text);
    return false;
  }
  stream_ = std::move(*opened);
  return true;
}

void SipLeg::drop_stream() {
  stream_.reset();
}

sip::LocalAudio SipLeg::local_audio() const {
  sip::LocalAudio local;
  local.rtp = media_;
  local.session_id = driver_.session_id(this);
  local.version = version_ + 1;
  // Once agreed, the codec stays: phones are not asked to switch in the middle of a call.
  if (agreed_) local.codecs = {codec_};
  local.digits_payload = digits_payload_;
  if (driver_.engine() == nullptr) local.direction = sip::Direction::inactive;
  return local;
}

void SipLeg::use(const sip::AudioSession& session) {
  ++version_;
  agreed_ = true;
  codec_ = session.codec;
  direction_ = session.direction;
  if (session.digits_payload) digits_payload_ = *session.digits_payload;
  if (stream_ == nullptr) return;
  media::Remote remote;
  sip::put_host(remote.ip, session.remote);
  if (session.remote.v6) remote.ip = remote.ip.substr(1, remote.ip.size() - 2);
  remote.port = session.remote.port;
  remote.codec = session.codec == sip::Codec::pcmu ? media::Codec::pcmu : media::Codec::pcma;
  remote.event_type_send = session.digits_payload ? *session.digits_payload : -1;
  remote.event_type_receive = session.digits_payload ? digits_payload_ : -1;
  remote.send = sip::sends(session.direction);
  remote.receive = sip::receives(session.direction);
  // An address other than that of its signalling may be one behind a NAT.
  remote.symmetric = call_ != nullptr && !session.remote.same_host(call_->peer().address);
  if (const auto set = stream_->set_remote(remote); !set)
    driver_.log().warn("sip", "RTP of a call goes nowhere: {}", set.error().text);
}

bool SipLeg::use_answer(std::string_view sdp) {
  const auto parsed = sip::Sdp::parse(sdp);
  sip::LocalAudio offered = local_audio();
  offered.codecs = {sip::Codec::pcma, sip::Codec::pcmu}; // a later fork may choose another than the first did
  const auto session = parsed ? sip::read_answer(*parsed, offered) : std::nullopt;
  if (!session) return false;
  use(*session);
  return true;
}

void SipLeg::set_held(bool held) {
  if (held == held_) return;
  held_ = held;
  if (owner_ != nullptr) owner_->leg_held(*this, held);
}

void SipLeg::call_offer(sip::Call& call, std::string_view sdp) {
  if (sdp.empty()) {
    offer_pending_ = true;
    return call.answer_offer(sip::make_offer(local_audio()));
  }
  const auto parsed = sip::Sdp::parse(sdp);
  sip::LocalAudio local = local_audio();
  // A phone may change the codec with its offer.
  local.codecs = {codec_, codec_ == sip::Codec::pcma ? sip::Codec::pcmu : sip::Codec::pcma};
  const auto answer = parsed ? sip::answer_offer(*parsed, local) : std::nullopt;
  if (!answer) return call.refuse_offer(488);
  use(answer->audio);
  call.answer_offer(answer->text);
  set_held(answer->audio.held_by_peer());
}

void SipLeg::call_modified(sip::Call&, int status, std::string_view sdp) {
  if (status < 300) use_answer(sdp);
}

std::string SipLeg::call_session(sip::Call&) {
  sip::LocalAudio local = local_audio();
  local.version = version_; // nothing changes (RFC 4028 section 7.4)
  local.direction = direction_;
  return sip::make_offer(local);
}

void SipLeg::join(Leg& other) {
  // A leg of another driver has no sound that reaches here.
  SipLeg* const peer = dynamic_cast<SipLeg*>(&other);
  if (stream_ == nullptr) return;
  if (peer == nullptr || peer->stream_ == nullptr) return stream_->detach();
  stream_->connect(*peer->stream_);
}

void SipLeg::confer(std::uint32_t room) {
  if (stream_ == nullptr) return;
  const auto entered = stream_->confer(room);
  if (entered) return;
  driver_.log().warn("sip", "a conference of which one party hears nothing: {}", entered.error().text);
  stream_->detach();
}

void SipLeg::treat(const Treatment& treatment) {
  if (stream_ == nullptr) return;
  media::Treatment sound{to_kind(treatment.kind), treatment.file, false};
  if (stream_->treat(sound)) return;
  driver_.log().warn("sip", "treatment {}: the file is not known to this site; silence instead",
                     treatment.file);
  if (const auto silent = stream_->treat({}); !silent)
    driver_.log().warn("sip", "silence: {}", silent.error().text);
}

void SipLeg::send_digits(std::string_view digits, Duration each) {
  if (stream_ == nullptr) {
    if (!digits.empty()) later(Later::digits_unsent);
    return;
  }
  if (const auto sent = stream_->send_digits(digits, each); !sent) later(Later::digits_unsent);
}

void SipLeg::send_tone(const std::vector<TonePart>& tone, Duration length) {
  if (stream_ == nullptr) return later(Later::digits_unsent);
  std::vector<media::TonePart> parts;
  for (const TonePart& one : tone) parts.push_back({one.frequency_hz, one.on, one.off, one.level_dbfs});
  if (const auto sent = stream_->send_tone(parts, length); !sent) later(Later::digits_unsent);
}

void SipLeg::listen_for(const std::vector<ToneWatch>& tones) {
  if (stream_ == nullptr) return;
  std::vector<media::ToneWatch> watches;
  for (const ToneWatch& one : tones) watches.push_back({one.frequencies_hz, one.lasting});
  if (const auto listens = stream_->listen_for(watches); !listens)
    driver_.log().warn("sip", "tones of a call are not found: {}", listens.error().text);
}

void SipLeg::stream_tone(media::Stream&, std::size_t watch, Time at) {
  if (owner_ != nullptr) owner_->leg_tone(*this, watch, at);
}

void SipLeg::stream_digit(media::Stream&, char digit, Time at) {
  if (owner_ != nullptr) owner_->leg_digit(*this, digit, at);
}

void SipLeg::stream_digits_sent(media::Stream&, bool complete) {
  if (owner_ != nullptr) owner_->leg_digits_sent(*this, complete);
}

} // namespace tl::pbx::sip_driver
