// SPDX-License-Identifier: Apache-2.0
#include "pbx/sip/leg.hpp"

#include <algorithm>
#include <utility>

#include "pbx/sip/cause.hpp"
#include "pbx/sip/driver_impl.hpp"
#include "sip/chars.hpp"

namespace tl::pbx::sip_driver {
namespace {

// A transfer that went through ends the leg; one that has not by now did not (the model has no word for it).
constexpr Duration transfer_max = std::chrono::seconds(30);
constexpr Duration fork_grace = std::chrono::seconds(1);

} // namespace

SipLeg::SipLeg(SipDriver& driver, Trunk* trunk)
    : driver_(driver), trunk_(trunk), later_(driver.loop(), [this] { now(); }) {
  if (trunk_ != nullptr) ++trunk_->calls;
}

SipLeg::~SipLeg() {
  owner_ = nullptr;
  hangup(Cause::normal);
}

SipLeg* SipLeg::of(sip::Call& call) {
  // Every call of the driver's agent reports to a leg.
  return static_cast<SipLeg*>(call.events());
}

void SipLeg::leave_trunk() {
  if (Trunk* trunk = std::exchange(trunk_, nullptr)) --trunk->calls;
}

bool SipLeg::take(sip::Call& call, const sip::Message& invite) {
  call_ = &call;
  offer_ = invite.body();
  call.set_events(this);
  if (offer_.empty()) return true;
  const auto offer = sip::Sdp::parse(offer_);
  sip::LocalAudio any;
  if (offer && sip::answer_offer(*offer, any)) return true;
  std::exchange(call_, nullptr)->reject(488);
  return false;
}

void SipLeg::call(std::vector<sip::Outgoing> places, LegOwner& owner) {
  owner_ = &owner;
  if (!open_stream()) return fail_later(Cause::congestion);
  media_ = driver_.media_address(places.front().peer ? places.front().peer->address : sip::Address{},
                                 stream_.get());
  for (sip::Outgoing& place : places) {
    place.sdp = sip::make_offer(local_audio());
    if (sip::Call* fork = driver_.agent().call(std::move(place), *this)) forks_.push_back(fork);
  }
  if (forks_.empty()) fail_later(Cause::congestion);
}

void SipLeg::hang_up_others() {
  for (sip::Call* fork : std::exchange(forks_, {})) fork->hangup();
}

// One of the places will not answer. What the last one says counts, unless an earlier one said more: a phone
// that is busy or refuses tells more than one that is not there.
void SipLeg::fork_ended(sip::Call& call, Cause cause) {
  std::erase(forks_, &call);
  if (cause == Cause::busy || cause == Cause::rejected || cause_ == Cause::failed) cause_ = cause;
  if (call_ != nullptr) return;
  if (!forks_.empty()) {
    // A busy phone decides for a place where nothing rings soon: a registration that outlived its phone.
    const bool decides = cause == Cause::busy || cause == Cause::rejected;
    const bool rings =
        std::any_of(forks_.begin(), forks_.end(), [](const sip::Call* fork) { return fork->early(); });
    if (decides && !rings) later(Later::end, cause, fork_grace);
    return;
  }
  later_.stop();
  drop_stream();
  leave_trunk();
  if (LegOwner* owner = std::exchange(owner_, nullptr)) owner->leg_ended(*this, cause_);
}

void SipLeg::fail_later(Cause cause) {
  later(Later::end, cause);
}

void SipLeg::later(Later what, Cause cause, Duration after) {
  what_ = what;
  cause_ = cause;
  later_.start(after);
}

void SipLeg::now() {
  LegOwner* owner = owner_;
  switch (std::exchange(what_, Later::nothing)) {
  case Later::nothing: return;
  case Later::end:
    owner_ = nullptr;
    if (call_ != nullptr) std::exchange(call_, nullptr)->hangup();
    hang_up_others();
    drop_stream();
    leave_trunk();
    if (owner != nullptr) owner->leg_ended(*this, cause_);
    return;
  case Later::answer_refused:
    if (owner != nullptr) owner->leg_answer_refused(*this);
    return;
  case Later::transfer_failed:
    transferring_ = false;
    if (call_ != nullptr) call_->notify_refer(503);
    return;
  case Later::digits_unsent:
    if (owner != nullptr) owner->leg_digits_sent(*this, false);
    return;
  }
}

void SipLeg::ring() {
  if (call_ != nullptr) call_->provisional(180);
}

void SipLeg::answer() {
  if (call_ == nullptr || call_->state() != sip::Call::State::incoming) return;
  if (!open_stream()) {
    std::exchange(call_, nullptr)->reject(503);
    return later(Later::end, Cause::congestion);
  }
  media_ = driver_.media_address(call_->peer().address, stream_.get());
  const std::string offer = std::exchange(offer_, {});
  if (offer.empty()) {
    offer_pending_ = true;
    call_->accept(sip::make_offer(local_audio()));
  } else {
    const auto parsed = sip::Sdp::parse(offer);
    const auto answer = parsed ? sip::answer_offer(*parsed, local_audio()) : std::nullopt;
    if (!answer) { // take() proved it answerable
      std::exchange(call_, nullptr)->reject(488);
      return later(Later::end, Cause::failed);
    }
    use(answer->audio);
    call_->accept(answer->text);
  }
}

void SipLeg::hangup(Cause cause) {
  owner_ = nullptr;
  later_.stop();
  drop_stream();
  leave_trunk();
  hang_up_others();
  sip::Call* call = std::exchange(call_, nullptr);
  if (call == nullptr) return;
  if (call->state() == sip::Call::State::incoming) {
    return call->reject(to_status(cause), cause == Cause::congestion ? "Retry-After: 2\r\n" : "");
  }
  // Whoever asked for the transfer is told that it went through.
  if (transferring_) call->notify_refer(200);
  call->hangup();
}

void SipLeg::request_answer() {
  asked_ = 0;
  for (sip::Call* fork : forks_) asked_ += fork->notify("talk") ? 1 : 0;
  if (asked_ == 0) later(Later::answer_refused);
}

void SipLeg::call_progress(sip::Call&, const sip::Message& response) {
  // Early media is let in; the answer may change it.
  if (!response.body().empty()) use_answer(response.body());
  if (what_ == Later::end && response.status() >= 180) {
    what_ = Later::nothing;
    later_.stop();
  }
  if (owner_ != nullptr && response.status() >= 180) owner_->leg_alerting(*this);
}

void SipLeg::call_answered(sip::Call& call, const sip::Message& response) {
  std::erase(forks_, &call);
  call_ = &call;
  hang_up_others();
  if (!use_answer(response.body()) && !agreed_) return later(Later::end, Cause::failed);
  if (owner_ != nullptr) owner_->leg_answered(*this);
}

void SipLeg::call_acknowledged(sip::Call&, const sip::Message& ack) {
  if (std::exchange(offer_pending_, false) && !use_answer(ack.body())) later(Later::end, Cause::failed);
}

void SipLeg::call_ended(sip::Call& call, const sip::Ending& ending) {
  if (&call != call_) return fork_ended(call, ending.local ? Cause::unreachable : to_cause(ending.status));
  call_ = nullptr;
  drop_stream();
  leave_trunk();
  later_.stop();
  LegOwner* owner = std::exchange(owner_, nullptr);
  if (owner == nullptr) return;
  const Cause cause = ending.refused         ? to_cause(ending.status)
                      : ending.status == 200 ? Cause::normal
                                             : Cause::failed;
  owner->leg_ended(*this, cause);
}

void SipLeg::call_refer(sip::Call& call, const sip::ReferRequest& request) {
  const auto uri = sip::Uri::parse(request.target);
  if (owner_ == nullptr || !uri || uri->user.empty()) return call.refuse_refer(404);
  const std::string target = sip::unescape(uri->user);
  if (request.replaces.empty()) {
    transferring_ = true;
    call.accept_refer();
    later(Later::transfer_failed, Cause::failed, transfer_max);
    return owner_->leg_transfer(*this, target);
  }
  sip::Call* replaced = driver_.agent().find_replaced(request.replaces);
  SipLeg* other = replaced != nullptr ? of(*replaced) : nullptr;
  if (other == nullptr || other == this) return call.refuse_refer(481);
  transferring_ = true;
  call.accept_refer();
  later(Later::transfer_failed, Cause::failed, transfer_max);
  owner_->leg_transfer_to(*this, *other);
}

// Nobody here sends REFER.
void SipLeg::call_referred(sip::Call&, int) {}

// Digits as some phones still send them: "Signal=5", "Duration=160" (application/dtmf-relay), or the digit
// alone (application/dtmf).
void SipLeg::call_info(sip::Call&, const sip::Message& request) {
  std::string_view type = request.value(sip::HeaderId::content_type);
  type = sip::trim(sip::take_until(type, ';'));
  std::string_view text = sip::trim(request.body());
  if (sip::iequals(type, "application/dtmf-relay")) {
    const std::size_t at = text.find("Signal=");
    if (at == std::string_view::npos) return;
    text = sip::trim(text.substr(at + 7));
  } else if (!sip::iequals(type, "application/dtmf")) {
    return;
  }
  if (text.empty() || std::string_view("0123456789*#ABCD").find(text.front()) == std::string_view::npos)
    return;
  if (owner_ != nullptr) owner_->leg_digit(*this, text.front(), driver_.loop().now());
}

bool SipLeg::call_event(sip::Call&, std::string_view) {
  return false;
}

void SipLeg::call_notified(sip::Call&, int status) {
  if (status < 300 || asked_ == 0 || --asked_ > 0) return;
  if (owner_ != nullptr) owner_->leg_answer_refused(*this);
}

} // namespace tl::pbx::sip_driver
