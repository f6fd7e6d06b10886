// SPDX-License-Identifier: Apache-2.0
#include "media/sequence.hpp"

namespace tl::media {

Arrival SequenceWindow::arrived(const RtpHeader& header) {
  if (epoch_ == 0 || header.ssrc != ssrc_) return restart(header);
  const int delta = static_cast<std::int16_t>(header.sequence - static_cast<std::uint16_t>(newest_));
  if (delta > dropout_max || delta < -misorder_max) return jumped(header);
  jump_expected_ = -1;
  if (delta > 0) {
    seen_ = delta >= window_packets ? 0 : seen_ << delta;
    seen_ |= 1;
    newest_ += delta;
    return {true, epoch_, newest_};
  }
  if (delta <= -window_packets) return {};
  const std::uint64_t bit = std::uint64_t{1} << -delta;
  if (seen_ & bit) return {};
  seen_ |= bit;
  return {true, epoch_, newest_ + delta};
}

Arrival SequenceWindow::restart(const RtpHeader& header) {
  ssrc_ = header.ssrc;
  newest_ = header.sequence;
  seen_ = 1;
  jump_expected_ = -1;
  ++epoch_;
  return {true, epoch_, newest_};
}

// Believed when the next packet continues it: the source restarted without changing its SSRC.
Arrival SequenceWindow::jumped(const RtpHeader& header) {
  if (jump_expected_ == header.sequence) return restart(header);
  jump_expected_ = static_cast<std::uint16_t>(header.sequence + 1);
  return {};
}

} // namespace tl::media
