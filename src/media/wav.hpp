// SPDX-License-Identifier: Apache-2.0
// Sound files as 8 kHz mono samples, in and out.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace tl::media {

inline constexpr int wav_minutes_max = 30;

// Reads a file of any format, rate and channel count that libsndfile knows; channels are averaged and the
// rate converted to 8 kHz. Error: errno or LINEERR_INVALPARAM, with the file's name.
Result<std::vector<std::int16_t>> read_wav(const std::string& file);

// Writes 16-bit PCM, mono. Error: errno, with the file's name.
Result<void> write_wav(const std::string& file, std::span<const std::int16_t> samples, int rate_hz = 8000);

// Band-limited conversion between rates.
std::vector<std::int16_t> resample(std::span<const std::int16_t> samples, int from_hz, int to_hz);

} // namespace tl::media
