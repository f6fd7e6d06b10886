// SPDX-License-Identifier: Apache-2.0
// Where a function's answers go: the caller's memory, written when the reply or the LINE_REPLY is handed
// over.
#pragma once

#include <vector>

#include "tapi32/item.hpp"
#include "wire/codec.hpp"

namespace tl::tapi32 {

// One place in the caller's memory. `size` is the room there when the function was called: what the program
// writes to dwTotalSize afterwards does not count.
struct Target {
  wire::Kind kind{};
  Form form = Form::wide;
  bool structure = false;
  void* to = nullptr; // NULL: the answer is read and dropped
  std::uint32_t size = 0;
  const wire::Layout* layout = nullptr;
};

enum class Written : std::uint8_t {
  yes,
  too_small,
  unusable,  // a structure with parts outside of itself: the fault of the provider that filled it
  malformed, // not what the row says: the fault of the server
};

// Writes one answer per target; stops at the first that cannot be.
Written write_answers(const std::vector<Target>& targets, wire::Reader& answers);
Written write_answer(const Target& target, wire::Reader& answers);

// The digits of LINE_GATHERDIGITS (UTF-16LE). The target's size counts characters; a zero follows when there
// is room.
void write_digits(const Target& target, wire::Bytes digits);

// Capacity to ask for: a narrow structure is never larger than half its wide form.
std::uint32_t capacity_for(const Target& target);

// The dwNeededSize of a wide structure as the server sent it; 0 if there is none.
std::uint32_t needed_size(wire::Bytes structure);

} // namespace tl::tapi32
