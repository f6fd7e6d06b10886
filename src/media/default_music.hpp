// SPDX-License-Identifier: Apache-2.0
// The music callers hear when the site names none: an original miniature for plucked strings, composed and
// played by code, so that no sound file has to be shipped.
#pragma once

#include <cstdint>
#include <vector>

namespace tl::media {

// 8 kHz; the end leads into the beginning. The same samples every time.
std::vector<std::int16_t> default_music();

} // namespace tl::media
