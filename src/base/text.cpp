// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"

#include <cstdint>

namespace tl {
namespace {

constexpr char32_t replacement = 0xFFFD;

// Decodes one code point at `at` and moves past it (past the maximal ill-formed part when it is one).
char32_t decode_utf8(std::string_view s, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(s[i]); };
  const std::uint8_t lead = byte(at++);
  if (lead < 0x80) return lead;
  int following = 0;
  std::uint8_t low = 0x80, high = 0xBF; // bounds of the first continuation byte
  if (lead >= 0xC2 && lead <= 0xDF) following = 1;
  else if (lead >= 0xE0 && lead <= 0xEF) following = 2;
  else if (lead >= 0xF0 && lead <= 0xF4) following = 3;
  else return replacement;
  if (lead == 0xE0) low = 0xA0;
  if (lead == 0xED) high = 0x9F;
  if (lead == 0xF0) low = 0x90;
  if (lead == 0xF4) high = 0x8F;
  char32_t code = lead & (0x3F >> following);
  for (int i = 0; i < following; ++i) {
    if (at >= s.size() || byte(at) < low || byte(at) > high) return replacement;
    code = (code << 6) | (byte(at++) & 0x3F);
    low = 0x80;
    high = 0xBF;
  }
  return code;
}

bool is_high(char16_t c) { return c >= 0xD800 && c <= 0xDBFF; }
bool is_low(char16_t c) { return c >= 0xDC00 && c <= 0xDFFF; }

void append_utf8(std::string& out, char32_t c) {
  const auto put = [&](char32_t b) { out.push_back(static_cast<char>(b)); };
  if (c < 0x80) return put(c);
  if (c < 0x800) {
    put(0xC0 | (c >> 6));
  } else {
    if (c < 0x10000) {
      put(0xE0 | (c >> 12));
    } else {
      put(0xF0 | (c >> 18));
      put(0x80 | ((c >> 12) & 0x3F));
    }
    put(0x80 | ((c >> 6) & 0x3F));
  }
  put(0x80 | (c & 0x3F));
}

} // namespace

std::u16string to_utf16(std::string_view utf8) {
  std::u16string out;
  out.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = decode_utf8(utf8, at);
    if (c < 0x10000) {
      out.push_back(static_cast<char16_t>(c));
    } else {
      out.push_back(static_cast<char16_t>(0xD800 + ((c - 0x10000) >> 10)));
      out.push_back(static_cast<char16_t>(0xDC00 + ((c - 0x10000) & 0x3FF)));
    }
  }
  return out;
}

std::string to_utf8(std::u16string_view utf16) {
  std::string out;
  out.reserve(utf16.size());
  for (std::size_t at = 0; at < utf16.size(); ++at) {
    char32_t c = utf16[at];
    if (is_high(utf16[at]) && at + 1 < utf16.size() && is_low(utf16[at + 1])) {
      c = 0x10000 + ((c - 0xD800) << 10) + (utf16[++at] - 0xDC00);
    } else if (is_high(utf16[at]) || is_low(utf16[at])) {
      c = replacement;
    }
    append_utf8(out, c);
  }
  return out;
}

} // namespace tl
