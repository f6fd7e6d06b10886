// SPDX-License-Identifier: Apache-2.0
// From the items of a call to its request frame.
#pragma once

#include <span>

#include "tapi32/answers.hpp"

namespace tl::tapi32 {

// The places for the answers, in the row's order. 0, or the error of a pointer that is missing or a
// dwTotalSize that does not even hold itself.
LONG collect_targets(wire::Fn fn, std::span<const Item> items, std::vector<Target>& targets);

// 0, or the error of an item that cannot be sent. Structures are read as of `version`, 0 being the newest;
// those to be filled are asked for with at least `capacity_min`.
LONG encode_request(wire::Fn fn, std::uint32_t sequence, std::span<const Item> items, DWORD version,
                    std::uint32_t capacity_min, wire::Buffer& request);

} // namespace tl::tapi32
