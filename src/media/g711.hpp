// SPDX-License-Identifier: Apache-2.0
// G.711 by tables (ITU-T G.711): companded byte <-> 16-bit linear sample, and law <-> law.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "media/media.hpp"

namespace tl::media {

inline constexpr int sample_rate_hz = 8000;
inline constexpr int frame_samples = 160; // 20 ms

// Linear samples use the 16-bit scale: the loudest mu-law value is 32124, the loudest A-law value 32256.
std::int16_t decode_sample(Codec codec, std::uint8_t byte);
std::uint8_t encode_sample(Codec codec, std::int16_t sample);

std::vector<std::int16_t> decode(Codec codec, std::span<const std::uint8_t> bytes);
std::vector<std::uint8_t> encode(Codec codec, std::span<const std::int16_t> samples);

// The byte that sounds like silence (mu law's positive zero, A law's smallest positive step).
constexpr std::uint8_t silence_byte(Codec codec) {
  return codec == Codec::pcmu ? 0xFF : 0xD5;
}

// Bytes of one law as bytes of the other (the nearest linear value), in place.
const std::array<std::uint8_t, 256>& transcoding_table(Codec from);
void transcode(Codec from, std::span<std::uint8_t> bytes);

} // namespace tl::media
