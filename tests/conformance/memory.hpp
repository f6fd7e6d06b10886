// SPDX-License-Identifier: Apache-2.0
// Memory that a function is given: behind its end lies a pattern that nobody may touch, and before it is
// filled, another one that tells whether it was.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <string>
#include <vector>

namespace conformance {

class Block {
public:
  // `size` bytes that the function may write, all `unwritten`.
  explicit Block(std::size_t size) : size_(size), bytes_(size + fence_size, fence) {
    std::memset(bytes_.data(), unwritten, size);
  }
  std::byte* data() { return reinterpret_cast<std::byte*>(bytes_.data()); }
  std::size_t size() const { return size_; }
  std::uint32_t dword(std::size_t offset) const {
    std::uint32_t out = 0;
    if (offset + sizeof out <= size_) std::memcpy(&out, bytes_.data() + offset, sizeof out);
    return out;
  }
  void set_dword(std::size_t offset, std::uint32_t value) {
    std::memcpy(bytes_.data() + offset, &value, sizeof value);
  }
  // The first byte at or behind `from` that was written although it lies outside; npos: none.
  std::size_t written_beyond(std::size_t from) const {
    for (std::size_t at = from; at < bytes_.size(); ++at)
      if (bytes_[at] != (at < size_ ? unwritten : fence)) return at;
    return npos;
  }
  bool written(std::size_t offset, std::size_t count) const {
    for (std::size_t at = offset; at < offset + count; ++at)
      if (bytes_[at] != unwritten) return true;
    return false;
  }

  static constexpr std::size_t npos = static_cast<std::size_t>(-1);

private:
  static constexpr std::size_t fence_size = 256;
  static constexpr unsigned char fence = 0xFE;
  static constexpr unsigned char unwritten = 0xA5;
  std::size_t size_;
  std::vector<unsigned char> bytes_;
};

} // namespace conformance
