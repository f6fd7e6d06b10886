// SPDX-License-Identifier: Apache-2.0
// The flat structures of TAPI (wire/layout.hpp) as they cross the server: filled in place, from one version
// to another, with the checks that keep a size or offset from leading outside, whoever wrote it.
#pragma once

#include "tapi.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "wire/codec.hpp"
#include "wire/layout.hpp"

namespace tl::server {

inline constexpr DWORD version_1_3 = 0x00010003;
inline constexpr DWORD version_1_4 = 0x00010004;
inline constexpr DWORD version_2_0 = 0x00020000;
inline constexpr DWORD version_2_1 = 0x00020001;
inline constexpr DWORD version_2_2 = 0x00020002;
// What the server offers to applications and to providers.
inline constexpr DWORD version_low = version_1_3;
inline constexpr DWORD version_high = version_2_2;

using wire::Layout;

// A structure being filled in place, inside the reply.
struct Filling {
  std::byte* at = nullptr;
  std::uint32_t capacity = 0; // what the application has room for
  template <class T> T& as() { return *reinterpret_cast<T*>(at); }
  DWORD& needed() { return reinterpret_cast<DWORD*>(at)[1]; }
  DWORD& used() { return reinterpret_cast<DWORD*>(at)[2]; }

  // Appends a variable part if there is room and counts it as needed either way. Returns the room, empty when
  // it does not fit; `size` and `offset` (0, 0 then) tell where.
  std::span<std::byte> append(std::size_t bytes, DWORD& size, DWORD& offset);
  // A UTF-16 text with its final zero; nothing at all for an empty one.
  void append_text(std::u16string_view text, DWORD& size, DWORD& offset);
};

// After a provider filled `filling`: sizes that cannot be true make it fail, parts that lead outside are
// cleared.
bool check_filled(Filling& filling, const Layout& layout, DWORD version);
// Gives a structure that was filled at `provider_version` the fixed part of `version`: members that the
// provider does not know are zero, those that the application does not know are gone with their variable
// parts. Of the others stays what fits into filling.capacity. There must be room for the fixed part.
void change_version(Filling& filling, const Layout& layout, DWORD version, DWORD provider_version);
// Leaves only the fixed part of `version`.
void keep_fixed_part(Filling& filling, const Layout& layout, DWORD version);

// The variable part that `size` and `offset` name inside `structure`; nothing when it leads outside.
std::optional<wire::Bytes> part(wire::Bytes structure, DWORD size, DWORD offset);

// An application's structure, copied for a provider: aligned, whole for the provider's version (zeros where
// the application's is older, variable parts moved behind), and only if every size and offset is true.
struct Copied {
  LONG error = 0;
  std::vector<std::uint64_t> memory;
  template <class T> T* as() { return memory.empty() ? nullptr : reinterpret_cast<T*>(memory.data()); }
};
// `too_small` below the fixed part of `app_version`, `invalid` when a size or offset lies. NULL gives an
// empty copy.
Copied copy_structure(wire::Data data, const Layout& layout, DWORD app_version, DWORD provider_version,
                      LONG too_small, LONG invalid);
// LINECALLPARAMS: STRUCTURETOOSMALL below the fixed part of `app_version`, INVALCALLPARAMS when a size or
// offset lies. NULL gives an empty copy.
Copied copy_call_params(wire::Data data, DWORD app_version, DWORD provider_version);
// LINEFORWARDLIST, its entries as declared: STRUCTURETOOSMALL when they cannot all be there, INVALPARAM when
// a size or offset lies. NULL gives an empty copy.
Copied copy_forward_list(wire::Data data);

} // namespace tl::server
