// SPDX-License-Identifier: Apache-2.0
#include "media/digit_sender.hpp"

#include <algorithm>
#include <string_view>

#include "media/rtp.hpp"

namespace tl::media {
namespace {

constexpr Duration tick = 20ms;
constexpr std::uint16_t tick_samples = 160;
constexpr int end_packets = 3;

std::uint16_t ticks(Duration span, Duration least, Duration most) {
  return static_cast<std::uint16_t>((std::clamp(span, least, most) + tick - 1us) / tick);
}

} // namespace

bool DigitSender::valid(std::string_view digits) {
  return digits.size() <= digits_max &&
         std::all_of(digits.begin(), digits.end(), [](char c) { return c == ',' || digit_event(c) >= 0; });
}

DigitSender::DigitSender(std::string digits, Duration each, Duration gap)
    : digits_(std::move(digits)), on_ticks_(ticks(each, each_min, each_max)),
      gap_ticks_(ticks(gap, gap_min, gap_max)) {}

DigitStep DigitSender::next() {
  if (at_ == digits_.size()) return {};
  const char digit = digits_[at_];
  const std::uint16_t now = tick_++;
  if (digit == ',') {
    if (tick_ >= comma_pause / tick) ++at_, tick_ = 0;
    return {DigitStep::Kind::quiet};
  }
  if (now < on_ticks_)
    return {DigitStep::Kind::key_down, digit, now == 0, false,
            static_cast<std::uint16_t>((now + 1) * tick_samples)};
  const int gap = now - on_ticks_;
  const bool last = at_ + 1 == digits_.size();
  if (gap + 1 >= (last ? end_packets : gap_ticks_)) ++at_, tick_ = 0;
  return {DigitStep::Kind::key_up, digit, false, gap < end_packets,
          static_cast<std::uint16_t>(on_ticks_ * tick_samples)};
}

} // namespace tl::media
