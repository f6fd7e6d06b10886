// SPDX-License-Identifier: Apache-2.0
#include "sip/ids.hpp"

#include <bit>
#include <cstring>

namespace tl::sip {
namespace {

struct State {
  std::uint64_t v0, v1, v2, v3;

  void round() {
    v0 += v1, v1 = std::rotl(v1, 13), v1 ^= v0, v0 = std::rotl(v0, 32);
    v2 += v3, v3 = std::rotl(v3, 16), v3 ^= v2;
    v0 += v3, v3 = std::rotl(v3, 21), v3 ^= v0;
    v2 += v1, v1 = std::rotl(v1, 17), v1 ^= v2, v2 = std::rotl(v2, 32);
  }
  void word(std::uint64_t m) {
    v3 ^= m;
    round(), round();
    v0 ^= m;
  }
};

} // namespace

std::uint64_t siphash(const Seed& key, std::string_view data) {
  State s{key[0] ^ 0x736f6d6570736575ULL, key[1] ^ 0x646f72616e646f6dULL, key[0] ^ 0x6c7967656e657261ULL,
          key[1] ^ 0x7465646279746573ULL};
  std::size_t at = 0;
  for (; at + 8 <= data.size(); at += 8) {
    std::uint64_t m;
    std::memcpy(&m, data.data() + at, 8);
    s.word(m);
  }
  std::uint64_t last = static_cast<std::uint64_t>(data.size()) << 56;
  for (std::size_t i = 0; at + i < data.size(); ++i)
    last |= static_cast<std::uint64_t>(static_cast<unsigned char>(data[at + i])) << (8 * i);
  s.word(last);
  s.v2 ^= 0xff;
  s.round(), s.round(), s.round(), s.round();
  return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}

std::uint64_t Ids::next() {
  ++count_;
  char bytes[sizeof count_];
  std::memcpy(bytes, &count_, sizeof count_);
  return siphash(seed_, std::string_view(bytes, sizeof bytes));
}

} // namespace tl::sip
