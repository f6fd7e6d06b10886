// SPDX-License-Identifier: Apache-2.0
#include "media/tone_detector.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tl::media {
namespace {

// Mean squares on the scale of 16 bits: -43 dBFS is the quietest tone that counts, -50 dBFS the loudest
// silence.
constexpr double tone_power_min = 54'000;
constexpr double silence_power_max = 10'700;
// Of all energy: the watched frequencies together, and each for itself.
constexpr double share_min = 0.7;
constexpr double share_of_each_min = 0.12;
constexpr Duration block = 20ms;

double power_at(std::span<const std::int16_t> samples, double coefficient) {
  double s1 = 0, s2 = 0;
  for (const std::int16_t sample : samples) {
    const double s0 = sample + coefficient * s1 - s2;
    s2 = s1;
    s1 = s0;
  }
  return s1 * s1 + s2 * s2 - coefficient * s1 * s2;
}

} // namespace

ToneDetector::ToneDetector(const std::vector<ToneWatch>& watches) {
  for (const ToneWatch& one : watches) {
    Watch& watch = watches_.emplace_back();
    for (const double frequency : one.frequencies_hz)
      if (frequency > 0)
        watch.coefficients[watch.frequencies++] =
            2 * std::cos(2 * std::numbers::pi * frequency / sample_rate_hz);
    watch.blocks_needed = std::max(1, static_cast<int>((one.lasting + block - 1us) / block));
  }
}

bool ToneDetector::present(const Watch& watch, double energy) const {
  constexpr double n = frame_samples;
  if (watch.frequencies == 0) return energy < silence_power_max * n;
  if (energy < tone_power_min * n) return false;
  double together = 0;
  for (std::size_t i = 0; i < watch.frequencies; ++i) {
    // A sine that fills the block has the power energy * n / 2.
    const double share = 2 * power_at(block_, watch.coefficients[i]) / (n * energy);
    if (share < share_of_each_min) return false;
    together += share;
  }
  return together >= share_min;
}

void ToneDetector::listen(std::span<const std::int16_t> samples, std::vector<std::uint8_t>& found) {
  for (const std::int16_t sample : samples) {
    block_[filled_++] = sample;
    if (filled_ < block_.size()) continue;
    filled_ = 0;
    double energy = 0;
    for (const std::int16_t one : block_) energy += static_cast<double>(one) * one;
    for (std::size_t i = 0; i < watches_.size(); ++i) {
      Watch& watch = watches_[i];
      if (!present(watch, energy))
        watch.blocks = 0;
      else if (watch.blocks <= watch.blocks_needed && ++watch.blocks == watch.blocks_needed)
        found.push_back(static_cast<std::uint8_t>(i));
    }
  }
}

} // namespace tl::media
