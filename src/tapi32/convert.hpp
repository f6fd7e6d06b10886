// SPDX-License-Identifier: Apache-2.0
// Rebuilds a flat structure: checks every size and offset, converts its texts, and lays the variable parts
// out afresh, without gaps. What is read is hostile: it may come from a server, or from a program whose sizes
// lie.
#pragma once

#include "tapi32/layout.hpp"
#include "wire/channel.hpp"

namespace tl::tapi32 {

enum class Turn : std::uint8_t { none, to_wide, to_narrow }; // wide: UTF-16; narrow: UTF-8

// No structure of the library is larger, whatever its offsets claim.
inline constexpr std::size_t structure_size_max_bytes = 4 << 20;

// Builds in `out` (cleared first) what `source` holds. to_narrow reads what a server filled (up to
// dwUsedSize) and sets dwNeededSize and dwUsedSize, dwTotalSize being the caller's; the other turns read what
// a program gave (all of `source`) and set dwTotalSize too. With `room`, top-level parts that do not fit into
// so many bytes are left out (size and offset 0), as documented for a dwTotalSize that is too small.
//
// Returns the size of the whole, or 0 when the source is malformed: its fixed part is cut off, or a part lies
// outside of it.
std::size_t rebuild(const Layout& layout, wire::Bytes source, Turn turn, wire::Buffer& out,
                    std::size_t room = structure_size_max_bytes);

} // namespace tl::tapi32
