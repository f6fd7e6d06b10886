// SPDX-License-Identifier: Apache-2.0
#include "media/g711.hpp"

#include <bit>

namespace tl::media {
namespace {

constexpr int mu_bias = 132; // G.711 table 2a: decision values are offset by 33 on the 14-bit scale
constexpr int mu_clip = 32635;

constexpr std::int16_t decode_mu(std::uint8_t byte) {
  const unsigned inverted = static_cast<std::uint8_t>(~byte);
  const int exponent = (inverted >> 4) & 7;
  const int magnitude = ((static_cast<int>(inverted & 15) << 3) + mu_bias) << exponent;
  const int sample = magnitude - mu_bias;
  return static_cast<std::int16_t>(inverted & 0x80 ? -sample : sample);
}

constexpr std::uint8_t encode_mu(int sample) {
  const int sign = sample < 0 ? 0x80 : 0;
  int magnitude = sample < 0 ? -sample : sample;
  if (magnitude > mu_clip) magnitude = mu_clip;
  magnitude += mu_bias;
  const int exponent = std::bit_width(static_cast<unsigned>(magnitude >> 8)); // 0 for 132..255
  const int mantissa = (magnitude >> (exponent + 3)) & 15;
  return static_cast<std::uint8_t>(~(sign | exponent << 4 | mantissa));
}

constexpr std::int16_t decode_a(std::uint8_t byte) {
  const unsigned even = byte ^ 0x55U; // even bits are inverted on the line
  const int exponent = (even >> 4) & 7;
  int magnitude = static_cast<int>(even & 15) << 4;
  if (exponent == 0)
    magnitude += 8;
  else
    magnitude = (magnitude + 0x108) << (exponent - 1);
  return static_cast<std::int16_t>(even & 0x80 ? magnitude : -magnitude);
}

constexpr std::uint8_t encode_a(int sample) {
  const int sign = sample >= 0 ? 0x80 : 0;
  int magnitude = sample >= 0 ? sample : -sample - 1; // one's complement keeps the steps symmetric
  if (magnitude > 32767) magnitude = 32767;
  const int exponent = std::bit_width(static_cast<unsigned>(magnitude >> 8));
  const int mantissa = exponent == 0 ? (magnitude >> 4) & 15 : (magnitude >> (exponent + 3)) & 15;
  return static_cast<std::uint8_t>((sign | exponent << 4 | mantissa) ^ 0x55);
}

using DecodeTable = std::array<std::int16_t, 256>;
using ByteTable = std::array<std::uint8_t, 256>;

constexpr auto decode_tables = [] {
  std::array<DecodeTable, 2> tables{};
  for (int i = 0; i < 256; ++i) {
    tables[0][i] = decode_mu(static_cast<std::uint8_t>(i));
    tables[1][i] = decode_a(static_cast<std::uint8_t>(i));
  }
  return tables;
}();

constexpr auto transcode_tables = [] {
  std::array<ByteTable, 2> tables{};
  for (int i = 0; i < 256; ++i) {
    tables[0][i] = encode_a(decode_tables[0][i]);
    tables[1][i] = encode_mu(decode_tables[1][i]);
  }
  return tables;
}();

} // namespace

std::int16_t decode_sample(Codec codec, std::uint8_t byte) {
  return decode_tables[static_cast<int>(codec)][byte];
}

std::uint8_t encode_sample(Codec codec, std::int16_t sample) {
  return codec == Codec::pcmu ? encode_mu(sample) : encode_a(sample);
}

std::vector<std::int16_t> decode(Codec codec, std::span<const std::uint8_t> bytes) {
  std::vector<std::int16_t> samples;
  samples.reserve(bytes.size());
  for (const auto byte : bytes) samples.push_back(decode_sample(codec, byte));
  return samples;
}

std::vector<std::uint8_t> encode(Codec codec, std::span<const std::int16_t> samples) {
  std::vector<std::uint8_t> bytes;
  bytes.reserve(samples.size());
  for (const auto sample : samples) bytes.push_back(encode_sample(codec, sample));
  return bytes;
}

const ByteTable& transcoding_table(Codec from) {
  return transcode_tables[static_cast<int>(from)];
}

void transcode(Codec from, std::span<std::uint8_t> bytes) {
  const auto& table = transcoding_table(from);
  for (auto& byte : bytes) byte = table[byte];
}

} // namespace tl::media
