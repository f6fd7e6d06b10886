// SPDX-License-Identifier: Apache-2.0
// What to send in each 20 ms while digits are dialled (RFC 4733, section 2.5.1): updates, three ends, the
// gap.
#pragma once

#include <cstdint>
#include <string>

#include "base/time.hpp"

namespace tl::media {

struct DigitStep {
  enum class Kind : std::uint8_t { key_down, key_up, quiet, finished } kind = Kind::finished;
  char digit = 0;
  bool first = false;         // of this press
  bool end_packet = false;    // key_up: send (or repeat) the end of the event
  std::uint16_t duration = 0; // samples since the press began
};

class DigitSender {
public:
  static constexpr std::size_t digits_max = 256;
  static constexpr Duration each_min = 40ms, each_max = 8s; // RFC 4733's duration has 16 bits
  static constexpr Duration gap_min = 60ms, gap_max = 8s;   // room for three ends
  static constexpr Duration comma_pause = 2s;

  static bool valid(std::string_view digits); // 0-9 * # A-D and ','
  DigitSender(std::string digits, Duration each, Duration gap);
  DigitStep next();

private:
  std::string digits_;
  std::size_t at_ = 0;
  std::uint16_t tick_ = 0; // 20 ms steps within the digit
  std::uint16_t on_ticks_, gap_ticks_;
};

} // namespace tl::media
