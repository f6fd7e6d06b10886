// SPDX-License-Identifier: Apache-2.0
// Fills TAPI's flat structures of variable size [memory-allocation, structures with dwTotalSize]: the caller
// sets dwTotalSize; dwNeededSize says what everything would take, dwUsedSize what was filled. A structure too
// small for all of its texts still gets its whole fixed part; a text that has no room has size and offset 0.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "tspi.h"

namespace tl::tsp {

// Bytes of the fixed part at a negotiated version (rows "V" of each structure's page); versions from 2.0 on.
template <class T> constexpr DWORD fixed_size(DWORD) {
  return sizeof(T);
}
template <> constexpr DWORD fixed_size<LINECALLINFO>(DWORD version) {
  return version < 0x00030000 ? 324 : 344;
}
template <> constexpr DWORD fixed_size<LINEDEVCAPS>(DWORD version) {
  return version < 0x00020002 ? 252 : version < 0x00030000 ? 268 : 292;
}
template <> constexpr DWORD fixed_size<PHONECAPS>(DWORD version) {
  return version < 0x00020002 ? 180 : 196;
}

// The part that does not depend on the structure's type.
class StructTail {
public:
  StructTail(void* base, DWORD total, DWORD fixed)
      : base_(static_cast<std::byte*>(base)), total_(total), used_(fixed), needed_(fixed) {}

  struct Place {
    DWORD size = 0;
    DWORD offset = 0;
  };
  // A zero-ended UTF-16 text; an empty one takes no room (size 0).
  Place text(std::string_view utf8);
  Place bytes(const void* data, std::size_t size);
  DWORD used() const { return used_; }
  DWORD needed() const { return needed_; }

private:
  std::byte* reserve(std::size_t size, Place& place);

  std::byte* base_;
  DWORD total_;
  DWORD used_;
  DWORD needed_;
};

// A zero-ended UTF-16 text in a VARSTRING; false when it has no room (LINEERR_STRUCTURETOOSMALL).
bool write_string(LPVARSTRING out, std::string_view utf8);

template <class T> class StructWriter {
public:
  // Zeroes the fixed part of that version. ok() is false, and nothing was written, if even that does not fit
  // (LINEERR_STRUCTURETOOSMALL).
  StructWriter(T* out, DWORD version)
      : fixed_(fixed_size<T>(version)), ok_(out != nullptr && out->dwTotalSize >= fixed_),
        tail_(out, ok_ ? out->dwTotalSize : 0, fixed_), out_(out) {}
  ~StructWriter() {
    if (ok_ && filled_) copy_out();
  }
  StructWriter(const StructWriter&) = delete;
  StructWriter& operator=(const StructWriter&) = delete;

  bool ok() const { return ok_; }
  // The fixed part; reaches the caller when the writer is destroyed.
  T* operator->() {
    filled_ = true;
    return &fixed_part_;
  }
  void text(DWORD T::*size, DWORD T::*offset, std::string_view utf8) { set(size, offset, tail_.text(utf8)); }
  void bytes(DWORD T::*size, DWORD T::*offset, const void* data, std::size_t count) {
    set(size, offset, tail_.bytes(data, count));
  }
  // For parts that are offset from this structure but described elsewhere (entries of a list).
  StructTail& tail() { return tail_; }

private:
  void set(DWORD T::*size, DWORD T::*offset, StructTail::Place place) {
    filled_ = true;
    fixed_part_.*size = place.size;
    fixed_part_.*offset = place.offset;
  }
  void copy_out() {
    fixed_part_.dwTotalSize = out_->dwTotalSize;
    fixed_part_.dwNeededSize = tail_.needed();
    fixed_part_.dwUsedSize = tail_.used();
    __builtin_memcpy(static_cast<void*>(out_), &fixed_part_, fixed_);
  }

  DWORD fixed_;
  bool ok_;
  bool filled_ = false;
  StructTail tail_;
  T* out_;
  alignas(8) T fixed_part_{}; // packed structures have no alignment of their own
};

} // namespace tl::tsp
