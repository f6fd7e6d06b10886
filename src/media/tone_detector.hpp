// SPDX-License-Identifier: Apache-2.0
// Finds tones of up to three frequencies, or silence, in what is received (Goertzel's algorithm over 20 ms).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "media/g711.hpp"
#include "media/media.hpp"

namespace tl::media {

class ToneDetector {
public:
  explicit ToneDetector(const std::vector<ToneWatch>& watches);
  // Adds to `found` each watch that has now lasted long enough, once for as long as it goes on.
  void listen(std::span<const std::int16_t> samples, std::vector<std::uint8_t>& found);

private:
  struct Watch {
    std::array<double, tone_frequencies_max> coefficients{};
    std::size_t frequencies = 0; // 0: silence
    int blocks_needed = 1, blocks = 0;
  };

  bool present(const Watch& watch, double energy) const;

  std::vector<Watch> watches_;
  std::array<std::int16_t, frame_samples> block_{};
  std::size_t filled_ = 0;
};

} // namespace tl::media
