// SPDX-License-Identifier: Apache-2.0
#include "sip/name_addr.hpp"

#include "sip/chars.hpp"

namespace tl::sip {
namespace {

// Past the closing quote of a quoted string at the front; npos if it never closes.
std::size_t quoted_end(std::string_view text) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '\\')
      ++i;
    else if (text[i] == '"')
      return i + 1;
  }
  return std::string_view::npos;
}

bool valid_display(std::string_view text) {
  for (const char c : text) {
    if (!is_token_char(c) && !is_space(c) && static_cast<unsigned char>(c) < 0x80) return false;
  }
  return true;
}

} // namespace

std::optional<NameAddr> NameAddr::parse(std::string_view text) {
  text = trim(text);
  NameAddr result;
  std::size_t open = 0;
  if (!text.empty() && text.front() == '"') {
    const std::size_t end = quoted_end(text);
    if (end == std::string_view::npos) return std::nullopt;
    result.display = text.substr(1, end - 2);
    open = text.find('<', end);
    if (open == std::string_view::npos || !trim(text.substr(end, open - end)).empty()) return std::nullopt;
  } else {
    open = text.find('<');
    if (open != std::string_view::npos) {
      result.display = trim(text.substr(0, open));
      if (!valid_display(result.display)) return std::nullopt;
    }
  }
  if (open == std::string_view::npos) {
    // Without brackets, parameters belong to the header, not the URI (RFC 3261 section 20).
    std::string_view rest = text;
    result.uri = trim(take_until(rest, ';'));
    result.params = rest;
  } else {
    const std::size_t close = text.find('>', open);
    if (close == std::string_view::npos) return std::nullopt;
    result.uri = trim(text.substr(open + 1, close - open - 1));
    const std::string_view rest = trim(text.substr(close + 1));
    if (!rest.empty() && rest.front() != ';') return std::nullopt;
    if (!rest.empty()) result.params = rest.substr(1);
  }
  if (result.uri.empty() || result.uri.find(':') == std::string_view::npos) return std::nullopt;
  return result;
}

std::string quote(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) continue;
    if (c == '"' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  out.push_back('"');
  return out;
}

std::string unquote(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    out.push_back(text[i]);
  }
  return out;
}

} // namespace tl::sip
