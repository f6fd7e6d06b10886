// SPDX-License-Identifier: Apache-2.0
#include "media/cadence.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tl::media {
namespace {

std::uint64_t samples_of(Duration span) {
  return static_cast<std::uint64_t>(span.count()) * sample_rate_hz / 1'000'000;
}

} // namespace

CadenceTone::CadenceTone(const std::vector<TonePart>& parts, Duration length)
    : left_(length.count() > 0 ? std::max<std::uint64_t>(samples_of(length), 1) : endless) {
  for (const TonePart& one : parts) {
    const std::uint64_t on = samples_of(one.on);
    const std::uint64_t off = samples_of(one.off);
    if (on == 0) continue; // no tone
    parts_.push_back({2 * std::numbers::pi * one.frequency_hz / sample_rate_hz, 0,
                      32767 * std::pow(10, one.level_dbfs / 20), on, on + off});
  }
}

void CadenceTone::next(std::span<std::int16_t, frame_samples> out) {
  for (std::int16_t& sample : out) {
    double sum = 0;
    if (left_ > 0)
      for (Part& part : parts_) {
        if (at_ % part.cycle < part.on) sum += std::sin(part.phase) * part.amplitude;
        part.phase = std::fmod(part.phase + part.step, 2 * std::numbers::pi);
      }
    sample = static_cast<std::int16_t>(std::clamp(std::lround(sum), -32767L, 32767L));
    ++at_;
    if (left_ > 0 && left_ != endless) --left_;
  }
}

} // namespace tl::media
