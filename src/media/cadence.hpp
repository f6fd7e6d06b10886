// SPDX-License-Identifier: Apache-2.0
// A tone with cadences, made as it is sent.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "media/g711.hpp"
#include "media/media.hpp"

namespace tl::media {

class CadenceTone {
public:
  // `length` 0: without end.
  CadenceTone(const std::vector<TonePart>& parts, Duration length);
  bool finished() const { return left_ == 0; }
  // The next 20 ms.
  void next(std::span<std::int16_t, frame_samples> out);

private:
  struct Part {
    double step, phase, amplitude;
    std::uint64_t on, cycle; // samples
  };
  static constexpr std::uint64_t endless = UINT64_MAX;

  std::vector<Part> parts_;
  std::uint64_t at_ = 0;
  std::uint64_t left_;
};

} // namespace tl::media
