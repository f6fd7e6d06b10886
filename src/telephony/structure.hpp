// SPDX-License-Identifier: Apache-2.0
// Reading and filling TAPI's flat structures: sizes and offsets are believed only inside of what is really
// there.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string>
#include <vector>

#include <tapi.h>

#include "base/text.hpp"

namespace tl::telephony {

// A server that claims to need more for one structure is not believed: LINEERR_STRUCTURETOOSMALL.
inline constexpr std::size_t structure_size_max_bytes = 1 << 20;
inline constexpr std::size_t structure_size_first_bytes = 2048;
// What is asked about may grow between two questions; after so many the answer is LINEERR_STRUCTURETOOSMALL.
inline constexpr int structure_attempts_max = 4;

using StructureBuffer = std::vector<std::byte>;

// What a function filled: offsets count from `base`, and nothing beyond `size` is looked at.
class StructureView {
public:
  StructureView() = default;
  StructureView(const void* base, std::size_t size)
      : base_(static_cast<const std::byte*>(base)), size_(size) {}

  bool holds(std::size_t size, std::size_t offset) const { return offset <= size_ && size <= size_ - offset; }
  // The bytes of a variable part; empty when it is missing or lies outside.
  std::string_view bytes(DWORD size, DWORD offset) const;
  // UTF-16 texts behind each other, each ended by a zero.
  std::vector<std::string> texts(DWORD size, DWORD offset) const;
  // An array part, as far as it is there.
  template <class E> std::vector<E> entries(DWORD size, DWORD offset) const {
    std::vector<E> all;
    E one;
    const auto count = static_cast<DWORD>(size / sizeof(E));
    for (DWORD i = 0; entry(size, offset, count, i, one); ++i) all.push_back(one);
    return all;
  }
  // A UTF-16 text, up to its terminating zero.
  std::string text(DWORD size, DWORD offset) const;
  // The index-th entry of an array part of `count` entries; false when the part does not hold it.
  template <class E> bool entry(DWORD size, DWORD offset, DWORD count, DWORD index, E& out) const {
    if (index >= count || index >= size / sizeof(E) || !holds(size, offset)) return false;
    std::memcpy(&out, base_ + offset + index * sizeof(E), sizeof out);
    return true;
  }

private:
  const std::byte* base_ = nullptr;
  std::size_t size_ = 0;
};

// Readies a buffer for a function to fill: the fixed part zeroed, so that what an older server leaves out
// reads as 0.
template <class T> T* ready(StructureBuffer& buffer) {
  if (buffer.size() < std::max(sizeof(T), structure_size_first_bytes))
    buffer.resize(std::max(sizeof(T), structure_size_first_bytes));
  std::memset(buffer.data(), 0, sizeof(T));
  T* const out = reinterpret_cast<T*>(buffer.data());
  out->dwTotalSize = static_cast<DWORD>(buffer.size());
  return out;
}

enum class Filled { whole, cut, refused };

// Whether everything fitted; `cut`: the buffer has grown and the question is to be asked again.
template <class T> Filled check_filled(StructureBuffer& buffer) {
  const DWORD needed = reinterpret_cast<const T*>(buffer.data())->dwNeededSize;
  if (needed <= buffer.size()) return Filled::whole;
  if (needed > structure_size_max_bytes) return Filled::refused;
  buffer.resize(std::min<std::size_t>(structure_size_max_bytes, needed + needed / 4));
  return Filled::cut;
}

template <class T> StructureView view(const StructureBuffer& buffer) {
  const DWORD used = reinterpret_cast<const T*>(buffer.data())->dwUsedSize;
  return {buffer.data(), std::min<std::size_t>(used, buffer.size())};
}

// Asks a synchronous function until its answer is whole. `ask(T*)` returns the function's result. On 0 the
// buffer holds a T.
template <class T, class Ask> LONG fetch(StructureBuffer& buffer, Ask ask) {
  for (int attempt = 0; attempt < structure_attempts_max; ++attempt) {
    if (const LONG result = ask(ready<T>(buffer)); result != 0)
      return result < 0 ? result : LINEERR_OPERATIONFAILED;
    switch (check_filled<T>(buffer)) {
    case Filled::whole: return 0;
    case Filled::cut: break;
    case Filled::refused: return LINEERR_STRUCTURETOOSMALL;
    }
  }
  return LINEERR_STRUCTURETOOSMALL;
}

// The bytes of a VARSTRING that a synchronous function fills.
template <class Ask> LONG fetch_bytes(StructureBuffer& buffer, std::string& out, Ask ask) {
  if (const LONG result = fetch<VARSTRING>(buffer, ask); result != 0) return result;
  const VARSTRING head = *reinterpret_cast<const VARSTRING*>(buffer.data());
  out = view<VARSTRING>(buffer).bytes(head.dwStringSize, head.dwStringOffset);
  return 0;
}

// Lays variable parts behind a fixed one; what does not fit is left out and only counted.
class StructureFiller {
public:
  StructureFiller(void* base, std::size_t total, std::size_t fixed)
      : base_(static_cast<std::byte*>(base)), total_(total), needed_(fixed), used_(fixed) {}

  // The offset of a part of so many bytes; 0 when it does not fit or is empty.
  DWORD reserve(std::size_t bytes);
  // A part copied in: sets both fields, to 0 when it does not fit.
  void put(const void* from, std::size_t bytes, DWORD& size, DWORD& offset);
  // UTF-16 with its terminating zero; nothing for an empty text.
  void put_text(const std::string& text, DWORD& size, DWORD& offset);

  DWORD needed() const { return static_cast<DWORD>(needed_); }
  DWORD used() const { return static_cast<DWORD>(used_); }

private:
  std::byte* base_;
  std::size_t total_;
  std::size_t needed_;
  std::size_t used_;
};

} // namespace tl::telephony
