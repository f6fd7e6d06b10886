// SPDX-License-Identifier: Apache-2.0
// The few character rules that all of SIP's and SDP's grammar shares (RFC 3261 section 25).
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace tl::sip {

constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}
constexpr bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_alpha(char c) {
  return lower(c) >= 'a' && lower(c) <= 'z';
}

constexpr bool is_token_char(char c) {
  return is_alpha(c) || is_digit(c) || std::string_view("-.!%*_+`'~").find(c) != std::string_view::npos;
}

constexpr bool iequals(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (lower(a[i]) != lower(b[i])) return false;
  }
  return true;
}

constexpr std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

constexpr bool is_token(std::string_view text) {
  if (text.empty()) return false;
  for (const char c : text) {
    if (!is_token_char(c)) return false;
  }
  return true;
}

// The whole text must be digits and fit.
template <class T = std::uint32_t> std::optional<T> to_number(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || text.empty() || !is_digit(text.front()))
    return std::nullopt;
  return value;
}

// Takes the text up to `separator` off the front of `rest`, without the separator.
constexpr std::string_view take_until(std::string_view& rest, char separator) {
  const std::size_t at = rest.find(separator);
  const std::string_view taken = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view{} : rest.substr(at + 1);
  return taken;
}

// Takes the next item of a comma-separated header value: commas in quotes and angle brackets do not separate.
std::string_view take_list_item(std::string_view& rest);

// Appends texts and numbers to `out`.
template <class T> void put_one(std::string& out, const T& part) {
  if constexpr (std::is_same_v<T, char>) {
    out.push_back(part);
  } else if constexpr (std::is_integral_v<T>) {
    char digits[24];
    const auto [end, error] = std::to_chars(digits, digits + sizeof digits, part);
    out.append(digits, end);
  } else {
    out.append(std::string_view(part));
  }
}
template <class... T> void put(std::string& out, const T&... parts) {
  (put_one(out, parts), ...);
}

void put_hex(std::string& out, std::uint64_t value); // 16 digits
std::optional<std::uint64_t> from_hex(std::string_view digits);

} // namespace tl::sip
