// SPDX-License-Identifier: Apache-2.0
#include "media/sender.hpp"

namespace tl::media {

RtpHeader Sender::next(std::uint32_t samples, Instant now) {
  if (spurt_) catch_up(now);
  RtpHeader header;
  header.marker = spurt_;
  header.sequence = sequence_++;
  header.timestamp = timestamp_;
  header.ssrc = ssrc_;
  timestamp_ += samples;
  sent_at_ = now;
  spurt_ = false;
  started_ = true;
  epoch_ = 0;
  return header;
}

RtpHeader Sender::again(std::uint32_t timestamp, Instant now) {
  RtpHeader header;
  header.sequence = sequence_++;
  header.timestamp = timestamp;
  header.ssrc = ssrc_;
  sent_at_ = now;
  return header;
}

std::optional<RtpHeader> Sender::relay(const RtpHeader& in, const Arrival& arrival, std::uint32_t samples,
                                       Instant now) {
  if (epoch_ == arrival.epoch) {
    // timestamp_ is about one packet ahead of what is expected next.
    const auto jump = static_cast<std::int32_t>(in.timestamp + timestamp_offset_ - timestamp_);
    if (arrival.extended > newest_ && (jump > forward_samples_max || jump < -backward_samples_max))
      change_source();
  }
  if (epoch_ != arrival.epoch) begin_relay(in, arrival, now);
  if (arrival.extended < first_) return {};

  RtpHeader header;
  header.marker = in.marker || spurt_;
  // sequence_ is the number after the newest's.
  header.sequence = static_cast<std::uint16_t>(sequence_ - 1 + (arrival.extended - newest_));
  header.timestamp = in.timestamp + timestamp_offset_;
  header.ssrc = ssrc_;
  if (arrival.extended > newest_) {
    newest_ = arrival.extended;
    sequence_ = static_cast<std::uint16_t>(header.sequence + 1);
    const std::uint32_t end = header.timestamp + samples;
    if (static_cast<std::int32_t>(end - timestamp_) > 0) timestamp_ = end;
    sent_at_ = now;
  }
  spurt_ = false;
  started_ = true;
  return header;
}

void Sender::begin_relay(const RtpHeader& in, const Arrival& arrival, Instant now) {
  catch_up(now);
  spurt_ = true;
  epoch_ = arrival.epoch;
  timestamp_offset_ = timestamp_ - in.timestamp;
  first_ = arrival.extended;
  newest_ = arrival.extended - 1;
}

// Real time that passed since the last packet is silence in the far end's ear.
void Sender::catch_up(Instant now) {
  if (!started_) return;
  // After a packet timestamp_ is already at its end, one packet ahead of sent_at_.
  const auto passed_samples = (now - sent_at_).count() / 125; // 8 kHz
  if (passed_samples > 160) timestamp_ += static_cast<std::uint32_t>(passed_samples - 160);
  sent_at_ = now;
}

} // namespace tl::media
