// SPDX-License-Identifier: Apache-2.0
#include "telephony/structure.hpp"

namespace tl::telephony {

std::string_view StructureView::bytes(DWORD size, DWORD offset) const {
  if (size == 0 || !holds(size, offset)) return {};
  return {reinterpret_cast<const char*>(base_ + offset), size};
}

std::string StructureView::text(DWORD size, DWORD offset) const {
  const std::string_view raw = bytes(size, offset);
  // The part may lie at an odd offset: its characters are copied to where they can be read.
  std::u16string wide(raw.size() / sizeof(char16_t), u'\0');
  if (wide.empty()) return {};
  std::memcpy(wide.data(), raw.data(), wide.size() * sizeof(char16_t));
  return to_utf8(std::u16string_view(wide).substr(0, wide.find(u'\0')));
}

std::vector<std::string> StructureView::texts(DWORD size, DWORD offset) const {
  const std::string_view raw = bytes(size, offset);
  std::u16string wide(raw.size() / sizeof(char16_t), u'\0');
  if (!wide.empty()) std::memcpy(wide.data(), raw.data(), wide.size() * sizeof(char16_t));
  std::vector<std::string> all;
  std::u16string_view left = wide;
  while (!left.empty() && left.front() != u'\0') {
    const std::size_t end = std::min(left.find(u'\0'), left.size());
    all.push_back(to_utf8(left.substr(0, end)));
    left.remove_prefix(std::min(end + 1, left.size()));
  }
  return all;
}

DWORD StructureFiller::reserve(std::size_t bytes) {
  needed_ += bytes;
  if (bytes == 0 || used_ > total_ || bytes > total_ - used_) return 0;
  const std::size_t offset = used_;
  used_ += bytes;
  return static_cast<DWORD>(offset);
}

void StructureFiller::put(const void* from, std::size_t bytes, DWORD& size, DWORD& offset) {
  offset = reserve(bytes);
  size = offset ? static_cast<DWORD>(bytes) : 0;
  if (offset) std::memcpy(base_ + offset, from, bytes);
}

void StructureFiller::put_text(const std::string& text, DWORD& size, DWORD& offset) {
  size = offset = 0;
  if (text.empty()) return;
  const std::u16string wide = to_utf16(text);
  put(wide.c_str(), (wide.size() + 1) * sizeof(char16_t), size, offset);
}

} // namespace tl::telephony
