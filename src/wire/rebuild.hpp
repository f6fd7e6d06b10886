// SPDX-License-Identifier: Apache-2.0
// Rebuilds a flat structure: checks every size and offset, converts its texts, and lays the variable parts
// out afresh, without gaps. What is read is hostile: it may come from a server, from a provider, or from a
// program whose sizes lie.
#pragma once

#include "wire/channel.hpp"
#include "wire/layout.hpp"

namespace tl::wire {

enum class Turn : std::uint8_t { none, to_wide, to_narrow }; // wide: UTF-16; narrow: UTF-8

// No structure is larger, whatever its offsets claim.
inline constexpr std::size_t structure_size_max_bytes = 4 << 20;

struct Rebuilding {
  Turn turn = Turn::none;
  // Top-level parts that do not fit into so many bytes are left out (size and offset 0), as documented for a
  // dwTotalSize that is too small.
  std::size_t room = structure_size_max_bytes;
  // The fixed part of `source` is no longer than at this version. Without one it is the newest, and ends
  // before the first variable part.
  DWORD version = 0xFFFFFFFF;
  // Bytes of the fixed part of the source, when it is known exactly; 0: it is found.
  std::uint32_t fixed = 0;
  // Bytes of the fixed part of the result; 0: the same. Members that the source has not are zero, those that
  // the result has not are left out with their variable parts.
  std::uint32_t fixed_out = 0;
};

// Builds in `out` (cleared first) what `source` holds. to_narrow reads what a server filled (up to
// dwUsedSize) and sets dwNeededSize and dwUsedSize, dwTotalSize being the caller's; the other turns read what
// a program gave (all of `source`) and set dwTotalSize too.
//
// Returns the size of the whole, or 0 when the source is malformed: its fixed part is cut off, or a part lies
// outside of it.
std::size_t rebuild(const Layout& layout, Bytes source, Buffer& out, const Rebuilding& how);

inline std::size_t rebuild(const Layout& layout, Bytes source, Turn turn, Buffer& out,
                           std::size_t room = structure_size_max_bytes) {
  return rebuild(layout, source, out, {.turn = turn, .room = room});
}

} // namespace tl::wire
