// SPDX-License-Identifier: Apache-2.0
// The outgoing side of a stream: one SSRC for its whole life, whatever is heard. Sequence numbers go up by
// one per packet of our own making and follow the source's gaps for relayed ones (so the far end sees true
// losses); timestamps continue in real time over a change of source, and the first packet after it has the
// marker.
#pragma once

#include <cstdint>
#include <optional>

#include "media/instant.hpp"
#include "media/rtp.hpp"
#include "media/sequence.hpp"

namespace tl::media {

class Sender {
public:
  Sender(std::uint32_t ssrc, std::uint16_t first_sequence, std::uint32_t first_timestamp)
      : ssrc_(ssrc), sequence_(first_sequence), timestamp_(first_timestamp) {}

  // What comes next is from another source: sound changes, a talk spurt begins.
  void change_source() { epoch_ = 0, spurt_ = true; }

  // A packet of our own, `samples` long. The payload type is the caller's to set.
  RtpHeader next(std::uint32_t samples, Instant now);
  // Another packet about the time that began at `timestamp` (RFC 4733: updates and ends of an event).
  RtpHeader again(std::uint32_t timestamp, Instant now);
  // Time passes without a packet.
  void skip(std::uint32_t samples) { timestamp_ += samples; }

  // A relayed packet of `samples`; nothing if it belongs before the change of source.
  std::optional<RtpHeader> relay(const RtpHeader& in, const Arrival& arrival, std::uint32_t samples,
                                 Instant now);

private:
  static constexpr std::int32_t forward_samples_max = 60 * 8000; // larger jumps of the source are taken out
  static constexpr std::int32_t backward_samples_max = 1 * 8000;

  void catch_up(Instant now);
  void begin_relay(const RtpHeader& in, const Arrival& arrival, Instant now);

  std::uint32_t ssrc_;
  std::uint16_t sequence_; // of the next packet
  bool spurt_ = true;      // the next packet begins one
  bool started_ = false;
  std::uint32_t timestamp_; // where sound that follows begins
  Instant sent_at_{};       // when timestamp_ was right
  // The mapping of the present relayed source; epoch_ 0: none.
  std::uint32_t epoch_ = 0;
  std::uint32_t timestamp_offset_ = 0;
  std::int64_t first_ = 0; // extended sequence number of its first packet
  std::int64_t newest_ = 0;
};

} // namespace tl::media
