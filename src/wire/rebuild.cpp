// SPDX-License-Identifier: Apache-2.0
#include "wire/rebuild.hpp"

#include <algorithm>
#include <cstring>
#include <string>

#include "base/text.hpp"

namespace tl::wire {
namespace {

constexpr std::size_t needed_at = 4;
constexpr std::size_t used_at = 8;
constexpr std::size_t head_size = 12;

std::uint32_t get(Bytes from, std::size_t at) {
  std::uint32_t value;
  std::memcpy(&value, from.data() + at, sizeof value);
  return value;
}

std::u16string wide_text(Bytes bytes) {
  std::u16string text(bytes.size() / sizeof(char16_t), u'\0');
  if (!text.empty()) std::memcpy(text.data(), bytes.data(), text.size() * sizeof(char16_t));
  return text;
}

class Rebuilder {
public:
  Rebuilder(const Layout& layout, Bytes source, const Rebuilding& how, Buffer& out)
      : layout_(layout), source_(source), how_(how), turn_(how.turn), out_(out) {}

  bool run(std::size_t room) {
    out_.clear();
    if (!find_fixed_part()) return false;
    choose_format();
    const std::size_t fixed_out = how_.fixed_out ? how_.fixed_out : fixed_;
    append(source_.first(std::min(fixed_, fixed_out)));
    out_.resize(fixed_out);
    for (const Field& field : layout_.fields) {
      if (field.part == Part::inline_entries) {
        if (!place_inline(field)) return false;
        continue;
      }
      if (field.at + 2 * sizeof(DWORD) > std::min(fixed_, fixed_out)) break;
      const std::size_t before = out_.size();
      if (!place(0, 0, field)) return false;
      if (out_.size() > room) {
        out_.resize(before);
        set_pair(field.at, 0, 0);
      }
    }
    return true;
  }

private:
  // Without being told, the fixed part ends where the oldest version's does at the earliest, and before the
  // first variable part.
  bool find_fixed_part() {
    std::size_t limit = source_.size();
    if (layout_.filled && turn_ == Turn::to_narrow) {
      if (limit < head_size) return false;
      limit = std::min<std::size_t>(limit, get(source_, used_at));
    }
    if (limit < std::max(layout_.fixed_1_3, how_.fixed)) return false;
    source_ = source_.first(limit);
    if (how_.fixed) {
      fixed_ = how_.fixed;
      return true;
    }
    const std::uint32_t known =
        how_.version == Rebuilding{}.version ? layout_.declared : layout_.fixed(how_.version);
    fixed_ = std::min<std::size_t>(known, limit);
    for (const Field& field : layout_.fields) {
      if (field.part == Part::inline_entries || field.at + 2 * sizeof(DWORD) > fixed_) break;
      const std::size_t offset = get(source_, field.at + sizeof(DWORD));
      if (get(source_, field.at) != 0 && offset >= layout_.fixed_1_3) fixed_ = std::min(fixed_, offset);
    }
    return true;
  }

  void choose_format() {
    text_turn_ = turn_;
    if (layout_.format_at == 0 || layout_.format_at + sizeof(DWORD) > fixed_) return;
    const DWORD format = get(source_, layout_.format_at);
    if (format == STRINGFORMAT_ASCII || format == STRINGFORMAT_DBCS || format == STRINGFORMAT_BINARY)
      text_turn_ = Turn::none;
  }

  void append(Bytes bytes) { out_.insert(out_.end(), bytes.begin(), bytes.end()); }
  void align() { out_.resize((out_.size() + 3) / 4 * 4); }
  void set(std::size_t at, std::size_t value) {
    const auto dword = static_cast<std::uint32_t>(value);
    std::memcpy(out_.data() + at, &dword, sizeof dword);
  }
  void set_pair(std::size_t at, std::size_t size, std::size_t offset) {
    set(at, size);
    set(at + sizeof(DWORD), offset);
  }

  // Copies the part that the pair in the source at base + field.at describes, and patches the pair in the
  // result.
  bool place(std::size_t source_base, std::size_t out_base, const Field& field) {
    const std::size_t size = get(source_, source_base + field.at);
    const std::size_t offset = get(source_, source_base + field.at + sizeof(DWORD));
    const std::size_t pair_at = out_base + field.at;
    if (size == 0) {
      set_pair(pair_at, 0, 0);
      return true;
    }
    if (offset > source_.size() || size > source_.size() - offset) return false;
    align();
    const std::size_t begin = out_.size();
    std::size_t placed = size;
    switch (field.part) {
    case Part::raw: append(source_.subspan(offset, size)); break;
    case Part::text: placed = append_text(source_.subspan(offset, size)); break;
    case Part::slots: placed = append_slots(field, source_.subspan(offset, size)); break;
    case Part::entries:
      if (!append_entries(*field.entry, get(source_, field.count_at), offset, size)) return false;
      break;
    case Part::inline_entries: return false;
    }
    if (out_.size() > structure_size_max_bytes) return false;
    set_pair(pair_at, placed, placed == 0 ? 0 : begin);
    return true;
  }

  std::size_t append_text(Bytes bytes) {
    switch (text_turn_) {
    case Turn::none: append(bytes); return bytes.size();
    case Turn::to_wide: {
      const auto text = to_utf16({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
      append(std::as_bytes(std::span{text}));
      return text.size() * sizeof(char16_t);
    }
    case Turn::to_narrow: {
      const auto text = to_utf8(wide_text(bytes));
      append(std::as_bytes(std::span{text}));
      return text.size();
    }
    }
    return 0;
  }

  // Slots keep one size, that of the longest text with its zero; it is written beside the pair.
  std::size_t append_slots(const Field& field, Bytes bytes) {
    const std::size_t slot = get(source_, field.count_at);
    if (text_turn_ != Turn::to_narrow || slot == 0 || bytes.size() < slot) {
      append(bytes);
      return bytes.size();
    }
    std::vector<std::string> texts;
    std::size_t longest = 0;
    for (std::size_t at = 0; at + slot <= bytes.size(); at += slot) {
      const auto wide = wide_text(bytes.subspan(at, slot));
      texts.push_back(to_utf8(std::u16string_view{wide}.substr(0, wide.find(u'\0'))));
      longest = std::max(longest, texts.back().size());
    }
    if ((longest + 1) * texts.size() > structure_size_max_bytes) return 0;
    std::string all;
    for (std::string& text : texts) {
      text.resize(longest + 1);
      all += text;
    }
    append(std::as_bytes(std::span{all}));
    set(field.count_at, longest + 1);
    return all.size();
  }

  bool append_entries(const Entry& entry, std::size_t count, std::size_t offset, std::size_t size) {
    const std::size_t stride = count != 0 && size % count == 0 ? size / count : entry.size;
    const std::size_t begin = out_.size();
    append(source_.subspan(offset, size));
    for (std::size_t at = 0; at + stride <= size; at += stride)
      if (!place_entry(entry, stride, offset + at, begin + at)) return false;
    return true;
  }

  // Entries get the declared size, whatever they had.
  bool place_inline(const Field& field) {
    const std::size_t count = get(source_, field.count_at);
    const std::size_t size = field.entry->size;
    const std::size_t stride = inline_stride(field, count);
    if (stride == 0 || count > structure_size_max_bytes / size) return false;
    const std::size_t begin = out_.size();
    out_.resize(begin + count * size);
    for (std::size_t i = 0; i < count; ++i)
      std::memcpy(out_.data() + begin + i * size, source_.data() + field.at + i * stride, stride);
    for (std::size_t i = 0; i < count; ++i)
      if (!place_entry(*field.entry, stride, field.at + i * stride, begin + i * size)) return false;
    return true;
  }

  // Nothing says how long inline entries are: as declared, unless only the oldest version's size makes sense
  // of what is there. 0: neither does.
  std::size_t inline_stride(const Field& field, std::size_t count) const {
    const Entry& entry = *field.entry;
    if (entries_make_sense(field, count, entry.size)) return entry.size;
    return entries_make_sense(field, count, entry.size_old) ? entry.size_old : 0;
  }

  // There is room for them, and their texts lie behind them.
  bool entries_make_sense(const Field& field, std::size_t count, std::size_t stride) const {
    if (count > (source_.size() - field.at) / stride) return false;
    const std::size_t end = field.at + count * stride;
    for (std::size_t at = field.at; at < end; at += stride)
      for (const Field& text : field.entry->fields) {
        const std::size_t size = get(source_, at + text.at);
        const std::size_t offset = get(source_, at + text.at + sizeof(DWORD));
        if (size != 0 && (offset < end || offset + size > source_.size())) return false;
      }
    return true;
  }

  bool place_entry(const Entry& entry, std::size_t stride, std::size_t source_base, std::size_t out_base) {
    for (const Field& field : entry.fields)
      if (field.at + 2 * sizeof(DWORD) <= stride && !place(source_base, out_base, field)) return false;
    return true;
  }

public:
  // Fills in the sizes at the head.
  void finish(std::size_t needed) {
    if (layout_.filled) {
      set(needed_at, needed);
      set(used_at, out_.size());
    }
    if (turn_ != Turn::to_narrow) set(0, out_.size());
    if (layout_.format_at != 0 && text_turn_ == Turn::to_narrow &&
        layout_.format_at + sizeof(DWORD) <= fixed_)
      set(layout_.format_at, STRINGFORMAT_ASCII);
  }

private:
  const Layout& layout_;
  Bytes source_;
  const Rebuilding how_;
  const Turn turn_;
  Turn text_turn_ = Turn::none;
  Buffer& out_;
  std::size_t fixed_ = 0;
};

} // namespace

std::size_t rebuild(const Layout& layout, Bytes source, Buffer& out, const Rebuilding& how) {
  Rebuilder rebuilder{layout, source, how, out};
  if (!rebuilder.run(structure_size_max_bytes)) return 0;
  const std::size_t needed = out.size();
  if (needed > how.room && !rebuilder.run(how.room)) return 0;
  rebuilder.finish(needed);
  return needed;
}

} // namespace tl::wire
