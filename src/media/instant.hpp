// SPDX-License-Identifier: Apache-2.0
// The media thread's time: microseconds of a clock that never jumps, read once per turn of its loop.
#pragma once

#include "base/time.hpp"

namespace tl::media {

using Instant = Duration; // since an arbitrary start

inline Instant steady_now() {
  return std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch());
}

} // namespace tl::media
