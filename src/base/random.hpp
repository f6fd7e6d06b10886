// SPDX-License-Identifier: Apache-2.0
// A small seeded generator whose sequence is the same on every machine and compiler (the standard library's
// distributions are not), so that a seed reproduces a run bit for bit. Not for secrets: use OpenSSL's RAND_bytes.
#pragma once

#include <cmath>
#include <cstdint>

namespace tl {

class Random {
public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  // SplitMix64 (Steele, Lea, Flood 2014).
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }
  // Uniform in [0, bound); bound > 0.
  std::uint64_t below(std::uint64_t bound) { return next() % bound; }
  // Uniform in [0, 1).
  double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }
  bool chance(double probability) { return unit() < probability; }
  // Exponential with the given mean, in the mean's unit.
  double exponential(double mean) { return -mean * std::log1p(-unit()); }

private:
  std::uint64_t state_;
};

} // namespace tl
