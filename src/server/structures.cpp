// SPDX-License-Identifier: Apache-2.0
#include "server/structures.hpp"

#include <algorithm>
#include <cstring>

#include "wire/rebuild.hpp"

namespace tl::server {
namespace {

DWORD load(const std::byte* structure, std::size_t at) {
  DWORD value;
  std::memcpy(&value, structure + at, sizeof value);
  return value;
}
void store(std::byte* structure, std::size_t at, DWORD value) {
  std::memcpy(structure + at, &value, sizeof value);
}

constexpr std::size_t forward_entry_size_min = 24;
constexpr std::size_t pair_size = 2 * sizeof(DWORD); // of a size and its offset

bool fits(DWORD size, DWORD offset, std::size_t whole) {
  return std::size_t{offset} + std::size_t{size} <= whole;
}

void clear_pair(std::byte* structure, const wire::Field& field) {
  store(structure, field.at, 0);
  store(structure, field.at + sizeof(DWORD), 0);
}

} // namespace

std::span<std::byte> Filling::append(std::size_t bytes, DWORD& size, DWORD& offset) {
  size = offset = 0;
  const std::size_t room = wire::padded(bytes);
  needed() += static_cast<DWORD>(room);
  const std::size_t begin = wire::padded(used());
  if (begin + bytes > capacity || needed() > capacity) return {};
  size = static_cast<DWORD>(bytes);
  offset = static_cast<DWORD>(begin);
  used() = static_cast<DWORD>(begin + bytes);
  return {at + begin, bytes};
}

void Filling::append_text(std::u16string_view text, DWORD& size, DWORD& offset) {
  size = offset = 0;
  if (text.empty()) return;
  const auto room = append((text.size() + 1) * sizeof(char16_t), size, offset);
  if (room.empty()) return;
  std::memcpy(room.data(), text.data(), text.size() * sizeof(char16_t));
  std::memset(room.data() + text.size() * sizeof(char16_t), 0, sizeof(char16_t));
}

bool check_filled(Filling& filling, const Layout& layout, DWORD version) {
  const DWORD fixed = layout.fixed(version);
  const DWORD total = load(filling.at, 0);
  DWORD& used = filling.used();
  if (used > total) return false;
  if (used < fixed) used = fixed;
  if (filling.needed() < used) filling.needed() = used;
  for (const wire::Field& each : layout.fields) {
    if (each.at + pair_size > fixed) break; // a later version's
    if (!fits(load(filling.at, each.at), load(filling.at, each.at + sizeof(DWORD)), used))
      clear_pair(filling.at, each);
  }
  return true;
}

void keep_fixed_part(Filling& filling, const Layout& layout, DWORD version) {
  const DWORD fixed = layout.fixed(version);
  for (const wire::Field& each : layout.fields) {
    if (each.at + pair_size > fixed) break;
    clear_pair(filling.at, each);
  }
  filling.used() = fixed;
}

std::optional<wire::Bytes> part(wire::Bytes structure, DWORD size, DWORD offset) {
  if (!fits(size, offset, structure.size())) return std::nullopt;
  return structure.subspan(offset, size);
}

void change_version(Filling& filling, const Layout& layout, DWORD version, DWORD provider_version) {
  const DWORD fixed = layout.fixed(version), from = layout.fixed(provider_version);
  if (from == fixed) return;
  const DWORD left_out = filling.needed() - filling.used(); // by the provider; check_filled: not negative
  const std::size_t room = filling.capacity;
  thread_local wire::Buffer rebuilt;
  const std::size_t needed = wire::rebuild(layout, {filling.at, filling.used()}, rebuilt,
                                           {.room = room, .fixed = from, .fixed_out = fixed});
  if (needed == 0) { // an entry of an array leads outside
    std::memset(filling.at + std::min(fixed, from), 0, fixed - std::min(fixed, from));
    return keep_fixed_part(filling, layout, version);
  }
  std::memcpy(filling.at, rebuilt.data(), rebuilt.size());
  filling.used() = static_cast<DWORD>(rebuilt.size());
  filling.needed() = static_cast<DWORD>(needed) + left_out;
}

Copied copy_structure(wire::Data data, const Layout& layout, DWORD app_version, DWORD provider_version,
                      LONG too_small, LONG invalid) {
  Copied copy;
  if (!data) return copy;
  const DWORD fixed = layout.fixed(app_version);
  if (data->size() < fixed) return {too_small, {}};
  const DWORD total = load(data->data(), 0);
  if (total < fixed) return {too_small, {}};
  if (total > data->size()) return {invalid, {}};
  const DWORD provider_fixed = layout.fixed(provider_version);
  const DWORD moved = provider_fixed > fixed ? provider_fixed - fixed : 0; // variable parts move up by this
  const std::size_t bytes = std::max<std::size_t>(std::size_t{total} + moved, layout.declared);
  copy.memory.resize((bytes + 7) / 8);
  auto* to = reinterpret_cast<std::byte*>(copy.memory.data());
  std::memcpy(to, data->data(), fixed);
  std::memcpy(to + fixed + moved, data->data() + fixed, total - fixed);
  store(to, 0, total + moved);
  for (const wire::Field& each : layout.fields) {
    if (each.at + pair_size > fixed) break;
    const DWORD size = load(to, each.at);
    const DWORD offset = load(to, each.at + sizeof(DWORD));
    if (size == 0) continue;
    if (offset < fixed || !fits(size, offset, total)) return {invalid, {}};
    store(to, each.at + sizeof(DWORD), offset + moved);
  }
  return copy;
}

Copied copy_call_params(wire::Data data, DWORD app_version, DWORD provider_version) {
  return copy_structure(data, wire::line_call_params, app_version, provider_version,
                        LINEERR_STRUCTURETOOSMALL, LINEERR_INVALCALLPARAMS);
}

// The entries have 24 bytes before 3.1 and 32 as declared; what a provider gets is as declared.
Copied copy_forward_list(wire::Data data) {
  if (!data) return {};
  constexpr std::size_t head = offsetof(LINEFORWARDLIST, ForwardList);
  if (data->size() < head) return {LINEERR_STRUCTURETOOSMALL, {}};
  const DWORD total = load(data->data(), 0), entries = load(data->data(), sizeof(DWORD));
  if (total < head || total > data->size()) return {LINEERR_STRUCTURETOOSMALL, {}};
  if (entries > (total - head) / forward_entry_size_min) return {LINEERR_STRUCTURETOOSMALL, {}};
  wire::Buffer rebuilt;
  if (wire::rebuild(wire::line_forward_list, data->first(total), rebuilt, {}) == 0)
    return {LINEERR_INVALPARAM, {}};
  Copied copy;
  copy.memory.resize((std::max(rebuilt.size(), sizeof(LINEFORWARDLIST)) + 7) / 8);
  std::memcpy(copy.memory.data(), rebuilt.data(), rebuilt.size());
  return copy;
}

} // namespace tl::server
