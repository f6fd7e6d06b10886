// SPDX-License-Identifier: Apache-2.0
#include "media/digit_receiver.hpp"

#include <algorithm>

namespace tl::media {
namespace {

constexpr std::int32_t straggler_samples_max = 5 * 8000;

} // namespace

std::optional<char> DigitReceiver::arrived(std::uint32_t timestamp, std::uint32_t epoch,
                                           const RtpEvent& event) {
  const bool same_source = epoch == epoch_;
  const auto later = static_cast<std::int32_t>(timestamp - timestamp_);
  // A straggler of an earlier event; further back it is a source that began its timestamps anew.
  if (same_source && later < 0 && later > -straggler_samples_max) return {};
  if (same_source && later == 0) {
    duration_ = std::max(duration_, event.duration);
    ended_ = ended_ || event.end;
    return {};
  }
  const bool continuation = same_source && continues(timestamp, event);
  timestamp_ = timestamp;
  epoch_ = epoch;
  duration_ = event.duration;
  event_ = event.event;
  ended_ = event.end;
  if (continuation || event_digit(event.event) == 0) return {};
  return event_digit(event.event);
}

// A press too long for 16 bits of duration goes on in a new segment with a new timestamp (2.5.1.3); it begins
// where the one before, which had no end, stopped.
bool DigitReceiver::continues(std::uint32_t timestamp, const RtpEvent& event) const {
  return !ended_ && event.event == event_ && timestamp - timestamp_ <= duration_;
}

} // namespace tl::media
