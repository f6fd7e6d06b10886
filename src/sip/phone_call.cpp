// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "sip/chars.hpp"
#include "sip/phone.hpp"

namespace tl::sip {

PhoneCall::PhoneCall(Phone& phone)
    : phone_(phone), timer_(phone.loop_, [this] {
        if (!connected_ && incoming_) return answer();
        const int status = 200;
        if (call_ != nullptr) std::exchange(call_, nullptr)->hangup();
        phone_.events_.phone_ended(phone_, *this, status);
        phone_.forget(*this);
      }) {}

PhoneCall::~PhoneCall() {
  if (call_ != nullptr) call_->hangup();
}

bool PhoneCall::open_sound() {
  if (sound_) return true;
  auto opened = PhoneSound::open(phone_.loop_, phone_.local_);
  if (!opened) return false;
  sound_ = std::move(*opened);
  if (!phone_.config_.samples.empty())
    sound_->play(phone_.config_.samples);
  else if (phone_.config_.tone_hz > 0)
    sound_->play_tone(phone_.config_.tone_hz);
  return true;
}

LocalAudio PhoneCall::local_audio() const {
  LocalAudio local;
  local.rtp = sound_->local();
  local.version = version_;
  local.direction = direction_;
  return local;
}

void PhoneCall::use(const AudioSession& session) {
  ++version_;
  sound_->connect(session);
}

void PhoneCall::connect() {
  connected_ = true;
  if (phone_.config_.hangup_after > Duration::zero()) timer_.start(phone_.config_.hangup_after);
  phone_.events_.phone_connected(phone_, *this);
}

bool PhoneCall::take(Call& call, const Message& invite) {
  incoming_ = true;
  call_ = &call;
  call.set_events(this);
  const auto uri = Uri::parse(invite.from().uri);
  if (uri) caller_ = unescape(uri->user);
  offer_ = invite.body();
  if (!open_sound()) {
    std::exchange(call_, nullptr)->reject(500);
    return false;
  }
  call.provisional(180);
  if (phone_.config_.answer_after) timer_.start(*phone_.config_.answer_after);
  return true;
}

bool PhoneCall::dial(const std::string& number) {
  if (!open_sound()) return false;
  caller_ = number;
  Outgoing outgoing;
  const PhoneConfig& config = phone_.config_;
  const std::string suffix = config.protocol == Protocol::tcp ? ";transport=tcp" : "";
  put(outgoing.uri, "sip:", escape(number), '@', config.server, suffix);
  if (!config.name.empty()) put(outgoing.from, quote(config.name), ' ');
  put(outgoing.from, "<sip:", escape(config.number), '@', config.server, '>');
  outgoing.credentials = phone_.credentials_;
  outgoing.sdp = make_offer(local_audio());
  call_ = phone_.agent_.call(std::move(outgoing), *this);
  return call_ != nullptr;
}

void PhoneCall::answer() {
  if (call_ == nullptr || !incoming_ || connected_) return;
  timer_.stop();
  if (offer_.empty()) {
    call_->accept(make_offer(local_audio()));
  } else {
    const auto offer = Sdp::parse(offer_);
    const auto made = offer ? answer_offer(*offer, local_audio()) : std::nullopt;
    if (!made) {
      std::exchange(call_, nullptr)->reject(488);
      phone_.events_.phone_ended(phone_, *this, 488);
      return phone_.forget(*this);
    }
    use(made->audio);
    call_->accept(made->text);
  }
  connect();
}

void PhoneCall::hangup() {
  timer_.stop();
  if (Call* call = std::exchange(call_, nullptr)) {
    if (call->state() == Call::State::incoming)
      call->reject(486);
    else
      call->hangup();
  }
  phone_.forget(*this);
}

bool PhoneCall::hold(bool on) {
  if (call_ == nullptr || !connected_) return false;
  const Direction before = std::exchange(direction_, on ? Direction::sendonly : Direction::sendrecv);
  if (call_->modify(make_offer(local_audio()))) return true;
  direction_ = before;
  return false;
}

bool PhoneCall::transfer(const std::string& number) {
  return call_ != nullptr && call_->refer("<sip:" + escape(number) + '@' + phone_.config_.server + '>');
}

bool PhoneCall::transfer_to(PhoneCall& other) {
  if (call_ == nullptr || other.call_ == nullptr) return false;
  std::string replaces;
  put(replaces, other.call_->call_id(), ";to-tag=", other.call_->remote_tag(),
      ";from-tag=", other.call_->local_tag());
  return call_->refer("<sip:" + escape(other.caller_) + '@' + phone_.config_.server +
                      "?Replaces=" + escape(replaces) + '>');
}

void PhoneCall::call_progress(Call&, const Message& response) {
  phone_.events_.phone_progress(phone_, *this, response.status());
}

void PhoneCall::call_answered(Call&, const Message& response) {
  const auto answer = Sdp::parse(response.body());
  if (const auto session = answer ? read_answer(*answer, local_audio()) : std::nullopt) use(*session);
  connect();
}

void PhoneCall::call_acknowledged(Call&, const Message& ack) {
  const auto answer = Sdp::parse(ack.body());
  if (const auto session = answer ? read_answer(*answer, local_audio()) : std::nullopt) use(*session);
}

void PhoneCall::call_ended(Call&, const Ending& ending) {
  call_ = nullptr;
  timer_.stop();
  phone_.events_.phone_ended(phone_, *this, ending.status);
  phone_.forget(*this);
}

void PhoneCall::call_offer(Call& call, std::string_view sdp) {
  const auto offer = Sdp::parse(sdp);
  if (sdp.empty()) return call.answer_offer(make_offer(local_audio()));
  const auto made = offer ? answer_offer(*offer, local_audio()) : std::nullopt;
  if (!made) return call.refuse_offer(488);
  use(made->audio);
  call.answer_offer(made->text);
}

void PhoneCall::call_modified(Call&, int status, std::string_view sdp) {
  const auto answer = Sdp::parse(sdp);
  if (const auto session = answer && status < 300 ? read_answer(*answer, local_audio()) : std::nullopt)
    use(*session);
  phone_.events_.phone_held(phone_, *this, status);
}

std::string PhoneCall::call_session(Call&) {
  return make_offer(local_audio());
}

// Nobody transfers this phone.
void PhoneCall::call_refer(Call& call, const ReferRequest&) {
  call.refuse_refer(603);
}

void PhoneCall::call_referred(Call&, int status) {
  phone_.events_.phone_transferred(phone_, *this, status);
}

void PhoneCall::call_info(Call&, const Message&) {}

// The switch asks us to go off hook, or to hold.
bool PhoneCall::call_event(Call&, std::string_view event) {
  if (iequals(event, "talk")) {
    if (!connected_ && incoming_) {
      answer();
      return true;
    }
    return connected_ && hold(false);
  }
  return iequals(event, "hold") && connected_ && hold(true);
}

void PhoneCall::call_notified(Call&, int) {}

} // namespace tl::sip
