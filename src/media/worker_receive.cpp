// SPDX-License-Identifier: Apache-2.0
// Packets in, and through to the leg that hears them.
#include <algorithm>

#include "media/g711.hpp"
#include "media/worker.hpp"
#include "media/worker_buffers.hpp"

namespace tl::media {

struct Worker::Incoming {
  RtpHeader header;
  Arrival arrival;
  std::span<std::uint8_t> payload; // writable, with room for a fixed header before it
};

void Worker::receive(Slot& slot) {
  for (int round = 0; round < receive_rounds_max; ++round) {
    auto& b = *buffers_;
    for (auto& message : b.messages) message.msg_hdr.msg_namelen = sizeof(Address);
    const int count = ::recvmmsg(slot.fd, b.messages.data(), receive_batch, MSG_DONTWAIT, nullptr);
    if (count <= 0) return;
    Tally::add(exchange_.tally.received, static_cast<std::uint64_t>(count));
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i)
      arrived(slot, std::span(b.bytes[i]).first(b.messages[i].msg_len), b.from[i]);
    if (count < receive_batch) return;
  }
}

void Worker::arrived(Slot& slot, std::span<std::uint8_t> datagram, const Address& from) {
  auto& tally = exchange_.tally;
  Leg* leg = slot.leg;
  if (!leg || !leg->far_end.known) return Tally::add(tally.stray);
  if (looks_like_rtcp(datagram)) return Tally::add(tally.unwanted);
  const auto packet = parse_rtp(datagram);
  if (!packet) return Tally::add(tally.malformed);
  if (!leg->source.accept(from, packet->header.ssrc)) return Tally::add(tally.stray);
  leg->heard_at = now_;
  leg->silent_reported = false;
  if (!leg->far_end.receive) return Tally::add(tally.unwanted);

  const Arrival arrival = leg->window.arrived(packet->header);
  if (!arrival.fresh) return Tally::add(tally.unwanted);
  const auto offset = static_cast<std::size_t>(packet->payload.data() - datagram.data());
  const Incoming in{packet->header, arrival, datagram.subspan(offset, packet->payload.size())};
  // Static types are taken whatever was negotiated: phones change between the two laws of their offer.
  switch (const int type = packet->header.payload_type; type) {
  case 0: return arrived_audio(*leg, in, Codec::pcmu);
  case 8: return arrived_audio(*leg, in, Codec::pcma);
  default:
    if (type == leg->far_end.event_receive) return arrived_event(*leg, in);
    return Tally::add(tally.unwanted);
  }
}

void Worker::arrived_audio(Leg& leg, const Incoming& in, Codec codec) {
  if (leg.detector) detect(leg, in, codec);
  if (leg.party) return leg.party->queue.push(codec, in.payload, in.arrival);
  Leg* to = leg.listener;
  if (!to || !to->can_send() || to->digits) return; // nobody hears it, or digits are in its place
  if (to->far_end.codec != codec) transcode(codec, in.payload);
  relay(*to, in, to->far_end.codec == Codec::pcmu ? 0 : 8, static_cast<std::uint32_t>(in.payload.size()));
}

void Worker::arrived_event(Leg& leg, const Incoming& in) {
  const auto event = parse_event(in.payload);
  if (!event) return Tally::add(exchange_.tally.malformed);
  const auto digit = leg.digit_receiver.arrived(in.header.timestamp, in.arrival.epoch, *event);
  if (digit && !may_report_digit(leg)) return Tally::add(exchange_.tally.unwanted);
  if (digit) emit(leg, Event::Kind::digit, *digit);
  Leg* to = leg.listener;
  if (!to || !to->can_send()) return;
  if (to->far_end.event_send >= 0) {
    if (!to->digits) relay(*to, in, static_cast<std::uint8_t>(to->far_end.event_send), event->duration);
  } else if (digit && !to->digits) { // as tones, for a far end without telephone events
    to->digits = std::make_unique<DigitJob>(DigitOrder{std::string(1, *digit), 100ms, 60ms}, false);
    update_ticking(*to);
  }
}

void Worker::detect(Leg& leg, const Incoming& in, Codec codec) {
  std::array<std::int16_t, packet_bytes_max> samples;
  const std::size_t count = std::min(samples.size(), in.payload.size());
  for (std::size_t i = 0; i < count; ++i) samples[i] = decode_sample(codec, in.payload[i]);
  found_.clear();
  leg.detector->listen(std::span(samples).first(count), found_);
  for (const std::uint8_t watch : found_)
    if (may_report_digit(leg)) emit(leg, Event::Kind::tone, static_cast<char>(watch));
}

bool Worker::may_report_digit(Leg& leg) {
  const auto earned = (now_ - leg.digit_credit_at) / digit_period_min;
  if (earned > 0) {
    leg.digit_credit =
        static_cast<std::uint8_t>(std::min<std::int64_t>(leg.digit_credit + earned, digit_burst_max));
    leg.digit_credit_at = now_;
  }
  if (leg.digit_credit == 0) return false;
  --leg.digit_credit;
  return true;
}

void Worker::relay(Leg& to, const Incoming& in, std::uint8_t payload_type, std::uint32_t samples) {
  const auto header = to.sender.relay(in.header, in.arrival, samples, now_);
  if (!header) return Tally::add(exchange_.tally.unwanted);
  send(to, *header, payload_type, in.payload.data() - rtp_header_bytes, in.payload.size());
}

void Worker::send(Leg& leg, RtpHeader header, std::uint8_t payload_type, std::uint8_t* packet,
                  std::size_t payload_bytes) {
  header.payload_type = payload_type;
  write_rtp_header(header, packet);
  const Address& to = leg.destination();
  const auto sent =
      ::sendto(leg.slot.fd, packet, rtp_header_bytes + payload_bytes, MSG_DONTWAIT, &to.plain, to.size());
  Tally::add(sent < 0 ? exchange_.tally.unsent : exchange_.tally.sent);
}

} // namespace tl::media
