// SPDX-License-Identifier: Apache-2.0
// Identifiers that a stranger cannot guess (tags, branches, Call-IDs: RFC 3261 section 19.3) and hashes that
// a stranger cannot collide, both from one 128-bit seed: SipHash-2-4 (Aumasson, Bernstein 2012) as the keyed
// function.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace tl::sip {

using Seed = std::array<std::uint64_t, 2>;

std::uint64_t siphash(const Seed& key, std::string_view data);

class Ids {
public:
  explicit Ids(const Seed& seed) : seed_(seed) {}
  std::uint64_t next();
  const Seed& seed() const { return seed_; }

private:
  Seed seed_;
  std::uint64_t count_ = 0;
};

// Hash of unordered maps keyed by text that came from the network.
struct TextHash {
  using is_transparent = void;
  Seed seed{};
  std::size_t operator()(std::string_view text) const { return siphash(seed, text); }
};

} // namespace tl::sip
