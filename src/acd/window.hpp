// SPDX-License-Identifier: Apache-2.0
// What happened in the last measurement period, counted in `slices` parts of it: the window moves by one
// slice. A second of work done over several slices is counted where it was done.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/time.hpp"

namespace tl::acd {

inline constexpr std::uint32_t period_s_default = 3'600;

template <class Counts> class Window {
public:
  static constexpr std::int64_t slices = 12;

  std::uint32_t period_s() const { return period_s_; }
  void set_period_s(std::uint32_t seconds) { // begins to count anew
    period_s_ = seconds;
    ring_ = {};
  }

  Counts& at(Time now) { return slice(number(now)); }
  // Adds the time between the two moments, slice by slice, to one of the counts.
  void add(Duration Counts::*what, Time from, Time to) {
    const std::int64_t last = number(to);
    for (std::int64_t n = std::max(number(from), last - slices + 1); n <= last; ++n)
      slice(n).*what += std::min(to, begin(n + 1)) - std::max(from, begin(n));
  }
  Counts sum(Time now) const {
    const std::int64_t last = number(now);
    Counts sum;
    for (const Slice& slice : ring_)
      if (slice.number >= 0 && slice.number > last - slices) sum += slice.counts;
    return sum;
  }
  // The part of a span that lies in the window.
  Duration within(Time from, Time now) const {
    return std::max(Duration::zero(), now - std::max(from, begin(number(now) - slices + 1)));
  }

private:
  struct Slice {
    std::int64_t number = -1; // time / length
    Counts counts;
  };

  Duration length() const { return Duration{std::chrono::seconds{period_s_}} / slices; }
  std::int64_t number(Time time) const { return time.time_since_epoch() / length(); }
  Time begin(std::int64_t number) const { return Time{length() * number}; }
  Counts& slice(std::int64_t number) {
    Slice& slice = ring_[static_cast<std::size_t>(number % slices)];
    if (slice.number != number) slice = {number, {}};
    return slice.counts;
  }

  std::uint32_t period_s_ = period_s_default;
  std::array<Slice, slices> ring_;
};

} // namespace tl::acd
