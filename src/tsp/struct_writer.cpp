// SPDX-License-Identifier: Apache-2.0
#include "tsp/struct_writer.hpp"

#include <algorithm>
#include <cstring>
#include <string>

#include "base/text.hpp"

namespace tl::tsp {
namespace {
// Texts begin on 4-byte bounds, so that a list written after one is aligned.
constexpr std::size_t alignment_bytes = 4;

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}
} // namespace

std::byte* StructTail::reserve(std::size_t size, Place& place) {
  const std::size_t padded = (size + alignment_bytes - 1) / alignment_bytes * alignment_bytes;
  needed_ += static_cast<DWORD>(padded);
  if (padded > total_ - std::min(total_, used_)) return nullptr;
  place = {static_cast<DWORD>(size), used_};
  std::byte* const at = base_ + used_;
  std::memset(at, 0, padded);
  used_ += static_cast<DWORD>(padded);
  return at;
}

StructTail::Place StructTail::text(std::string_view utf8) {
  Place place;
  if (utf8.empty()) return place;
  if (is_ascii(utf8)) { // nearly always: no copy
    std::byte* at = reserve((utf8.size() + 1) * sizeof(WCHAR), place);
    if (at == nullptr) return place;
    for (const char c : utf8) {
      *at = static_cast<std::byte>(c);
      at += sizeof(WCHAR);
    }
    return place;
  }
  const std::u16string wide = to_utf16(utf8);
  return bytes(wide.c_str(), (wide.size() + 1) * sizeof(WCHAR));
}

StructTail::Place StructTail::bytes(const void* data, std::size_t size) {
  Place place;
  if (size == 0) return place;
  if (std::byte* const at = reserve(size, place)) std::memcpy(at, data, size);
  return place;
}

bool write_string(LPVARSTRING out, std::string_view utf8) {
  StructWriter<VARSTRING> writer(out, 0);
  if (!writer.ok()) return false;
  writer->dwStringFormat = STRINGFORMAT_UNICODE;
  writer.text(&VARSTRING::dwStringSize, &VARSTRING::dwStringOffset, utf8);
  return writer.tail().needed() == writer.tail().used();
}

} // namespace tl::tsp
