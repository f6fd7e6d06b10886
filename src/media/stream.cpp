// SPDX-License-Identifier: Apache-2.0
#include "media/stream.hpp"

#include <fmt/core.h>

#include "tapi.h"

namespace tl::media {
namespace {

constexpr int payload_type_max = 127;

bool event_type_valid(int type) {
  return type == -1 || (type > 0 && type <= payload_type_max && type != 8);
}

} // namespace

StreamImpl::StreamImpl(EngineImpl& engine, Leg& leg, StreamEvents* events)
    : engine_(engine), leg_(leg), events_(events) {}

StreamImpl::~StreamImpl() {
  part();
  engine_.forget(leg_.index);
  engine_.exchange().order(leg_, [](Orders& orders) { orders.close = true; });
}

Result<void> StreamImpl::set_remote(const Remote& remote) {
  const auto address = Address::parse(remote.ip, remote.port);
  if (!address || address->family() != engine_.family())
    return Error{LINEERR_INVALADDRESS,
                 fmt::format("media: '{}' is no address the engine can send to", remote.ip)};
  if (!event_type_valid(remote.event_type_send) || !event_type_valid(remote.event_type_receive))
    return Error{LINEERR_INVALPARAM,
                 fmt::format("media: telephone-event payload types {} and {}; expected 1 to 127, not 8",
                             remote.event_type_send, remote.event_type_receive)};
  FarEnd far_end;
  far_end.address = *address;
  far_end.codec = remote.codec;
  far_end.event_send = static_cast<std::int8_t>(remote.event_type_send);
  far_end.event_receive = static_cast<std::int8_t>(remote.event_type_receive);
  far_end.known = true;
  far_end.send = remote.send;
  far_end.receive = remote.receive;
  far_end.symmetric = remote.symmetric;
  engine_.exchange().order(leg_, [&](Orders& orders) { orders.far_end = far_end; });
  return {};
}

void StreamImpl::connect(Stream& stream) {
  auto& other = static_cast<StreamImpl&>(stream); // Engine::open makes no other kind
  TL_CHECK(&other != this && &other.engine_ == &engine_, "connect: two streams of one engine");
  if (peer_ == &other) return;
  part();
  other.part();
  peer_ = &other;
  other.peer_ = this;
  Hears peer, self;
  peer.leg = &other.leg_;
  self.leg = &leg_;
  hear(std::move(peer));
  other.hear(std::move(self));
}

Result<void> StreamImpl::confer(std::uint32_t room) {
  TL_CHECK(room != 0, "room 0 is none");
  if (room_ == room) return {};
  Hears hears;
  hears.mix = engine_.enter_room(room);
  if (!hears.mix)
    return Error{LINEERR_RESOURCEUNAVAIL, fmt::format("media: {} streams are in the room", room_streams_max)};
  part();
  room_ = room;
  hear(std::move(hears));
  return {};
}

Result<void> StreamImpl::treat(const Treatment& treatment) {
  Hears hears;
  hears.sound = engine_.sounds().find(treatment);
  if (!hears.sound)
    return Error{LINEERR_INVALPARAM,
                 fmt::format("sound file '{}': not loaded by the site's configuration", treatment.file)};
  hears.loop = treatment.kind != Treatment::Kind::announcement || treatment.loop;
  part();
  hear(std::move(hears));
  return {};
}

void StreamImpl::detach() {
  part();
  hear(Hears{});
}

void StreamImpl::part() {
  if (const std::uint32_t room = std::exchange(room_, 0)) engine_.leave_room(room);
  if (!peer_) return;
  peer_->peer_ = nullptr;
  peer_->hear(Hears{});
  peer_ = nullptr;
}

void StreamImpl::hear(Hears hears) {
  hears.serial = ++serial_;
  engine_.exchange().order(leg_, [&](Orders& orders) { orders.hears = std::move(hears); });
}

Result<void> StreamImpl::send_digits(std::string_view digits, Duration each, Duration gap) {
  if (!DigitSender::valid(digits))
    return Error{LINEERR_INVALDIGITS, fmt::format("digits '{}': expected up to {} of 0-9 * # A-D and comma",
                                                  digits.substr(0, 32), DigitSender::digits_max)};
  send({std::string(digits), each, gap, {}, {}});
  return {};
}

Result<void> StreamImpl::send_tone(const std::vector<TonePart>& tone, Duration length) {
  if (tone.empty() || tone.size() > tone_parts_max)
    return Error{LINEERR_INVALTONE,
                 fmt::format("a tone of {} components: expected 1 to {}", tone.size(), tone_parts_max)};
  send({"", {}, {}, tone, length});
  return {};
}

void StreamImpl::send(DigitOrder wanted) {
  auto order = std::make_unique<DigitOrder>(std::move(wanted));
  engine_.exchange().order(leg_, [&](Orders& orders) { orders.digits.swap(order); });
  if (!order || order->empty()) return;
  // Replaced before the media thread saw it.
  std::vector<Event> cancelled{
      {Event::Kind::digits_cancelled, 0, leg_.index, leg_.generation, 0, steady_now()}};
  engine_.exchange().post(cancelled);
}

Result<void> StreamImpl::listen_for(const std::vector<ToneWatch>& tones) {
  if (tones.size() > tone_watches_max)
    return Error{LINEERR_RESOURCEUNAVAIL,
                 fmt::format("{} tones to listen for: at most {}", tones.size(), tone_watches_max)};
  engine_.exchange().order(leg_, [&](Orders& orders) { orders.tones = tones; });
  return {};
}

void StreamImpl::happened(const Event& event, Time at) {
  if (!events_) return;
  switch (event.kind) {
  case Event::Kind::digit: return events_->stream_digit(*this, event.digit, at);
  case Event::Kind::tone: return events_->stream_tone(*this, static_cast<std::size_t>(event.digit), at);
  case Event::Kind::digits_sent: return events_->stream_digits_sent(*this, true);
  case Event::Kind::digits_cancelled: return events_->stream_digits_sent(*this, false);
  case Event::Kind::announcement_finished:
    if (event.serial == serial_) events_->stream_announcement_finished(*this);
    return;
  case Event::Kind::silent: return events_->stream_silent(*this);
  }
}

} // namespace tl::media
