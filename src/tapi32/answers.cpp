// SPDX-License-Identifier: Apache-2.0
#include "tapi32/answers.hpp"

#include <algorithm>
#include <cstring>

#include "wire/frame.hpp"
#include "wire/rebuild.hpp"

namespace tl::tapi32 {
namespace {

constexpr std::size_t needed_at = 4;
constexpr std::size_t used_at = 8;
constexpr std::size_t head_size = 12;
// The answer shares its frame with a header and other items.
constexpr std::uint32_t capacity_max_bytes = wire::frame_size_max_bytes - 4096;

void put(void* to, std::size_t at, std::uint32_t value) {
  std::memcpy(static_cast<std::byte*>(to) + at, &value, sizeof value);
}

// A wide structure needs at most 1.5 times its size as a narrow one (three bytes of UTF-8 for two of UTF-16).
std::uint32_t narrow_estimate(std::uint32_t wide) {
  return static_cast<std::uint32_t>(
      std::min<std::uint64_t>(std::uint64_t{wide} * 3 / 2, wire::frame_size_max_bytes));
}

Written write_narrow(const Target& target, wire::Bytes wide) {
  wire::Buffer narrow;
  std::size_t needed = wire::rebuild(*target.layout, wide, wire::Turn::to_narrow, narrow, target.size);
  if (needed == 0) return Written::unusable;
  if (narrow.size() > target.size) return Written::too_small;
  // The server left parts out: only an upper bound is known.
  if (needed_size(wide) > wide.size())
    needed = std::max<std::size_t>(needed, narrow_estimate(needed_size(wide)));
  std::memcpy(target.to, narrow.data(), narrow.size());
  put(target.to, 0, target.size);
  put(target.to, needed_at, static_cast<std::uint32_t>(needed));
  return Written::yes;
}

Written write_structure(const Target& target, wire::Bytes wide) {
  if (wide.size() < head_size) return Written::malformed;
  if (target.form == Form::narrow && target.layout) return write_narrow(target, wide);
  if (wide.size() > target.size) return Written::malformed;
  std::memcpy(target.to, wide.data(), wide.size());
  put(target.to, 0, target.size);
  // A server that overstates what it filled must not make the program read on.
  std::uint32_t used;
  std::memcpy(&used, wide.data() + used_at, sizeof used);
  if (used > wide.size()) put(target.to, used_at, static_cast<std::uint32_t>(wide.size()));
  return Written::yes;
}

} // namespace

void write_digits(const Target& target, wire::Bytes digits) {
  const std::size_t count = std::min<std::size_t>(digits.size() / sizeof(char16_t), target.size);
  for (std::size_t i = 0; i <= count; ++i) {
    char16_t digit = 0;
    if (i == target.size) break;
    if (i < count) std::memcpy(&digit, digits.data() + i * sizeof digit, sizeof digit);
    if (target.form == Form::wide)
      std::memcpy(static_cast<char16_t*>(target.to) + i, &digit, sizeof digit);
    else
      static_cast<char*>(target.to)[i] = static_cast<char>(digit); // digits are ASCII
  }
}

std::uint32_t needed_size(wire::Bytes structure) {
  std::uint32_t needed = 0;
  if (structure.size() >= head_size) std::memcpy(&needed, structure.data() + needed_at, sizeof needed);
  return needed;
}

std::uint32_t capacity_for(const Target& target) {
  std::uint64_t size = target.size;
  if (target.structure && target.form == Form::narrow && target.layout) size *= 2;
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(size, capacity_max_bytes));
}

Written write_answer(const Target& target, wire::Reader& answers) {
  if (target.kind == wire::Kind::dword_out) {
    const std::uint32_t value = answers.dword();
    if (!answers.ok()) return Written::malformed;
    if (target.to) std::memcpy(target.to, &value, sizeof value);
    return Written::yes;
  }
  const wire::Bytes bytes = answers.data().value_or(wire::Bytes{});
  if (!answers.ok()) return Written::malformed;
  if (!target.to) return Written::yes;
  if (target.structure) return write_structure(target, bytes);
  if (bytes.size() > target.size) return Written::malformed;
  if (!bytes.empty()) std::memcpy(target.to, bytes.data(), bytes.size());
  return Written::yes;
}

Written write_answers(const std::vector<Target>& targets, wire::Reader& answers) {
  for (const Target& target : targets)
    if (const Written written = write_answer(target, answers); written != Written::yes) return written;
  return answers.finished() ? Written::yes : Written::malformed;
}

} // namespace tl::tapi32
