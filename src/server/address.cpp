// SPDX-License-Identifier: Apache-2.0
#include "server/address.hpp"

#include <algorithm>

#include "server/countries.hpp"

namespace tl::server {
namespace {

constexpr std::string_view decimal = "0123456789";
constexpr std::string_view modifiers = "ABCDabcd*#,!WwPpTt@$?;:";
constexpr std::string_view formatting = " -./";
constexpr std::size_t country_code_digits_max = 3;

bool one_of(std::string_view set, char each) {
  return set.find(each) != std::string_view::npos;
}

bool subscriber_number(std::string_view number) {
  bool digit = false;
  for (const char each : number) {
    if (one_of(decimal, each))
      digit = true;
    else if (!one_of(modifiers, each) && !one_of(formatting, each))
      return false;
  }
  return digit;
}

std::string_view take_digits(std::string_view& rest) {
  const auto digits = rest.substr(0, std::min(rest.find_first_not_of(decimal), rest.size()));
  rest.remove_prefix(digits.size());
  return digits;
}

std::uint32_t value_of(std::string_view digits) {
  std::uint32_t value = 0;
  for (const char each : digits) value = value * 10 + static_cast<std::uint32_t>(each - '0');
  return value;
}

// What follows "+".
std::optional<Address> parse_canonical(std::string_view text, Address address) {
  const std::string_view all = text;
  const std::string_view code = take_digits(text);
  if (text.empty() && !code.empty()) {
    const std::size_t length = country_code_length(all);
    if (length == 0 || length == all.size()) return std::nullopt;
    address.form = Address::Form::full;
    address.country = value_of(all.substr(0, length));
    address.number = all.substr(length);
    return address;
  }
  if (code.empty() || code.size() > country_code_digits_max || code.front() == '0') return std::nullopt;
  if (text.front() != ' ') return std::nullopt;
  text.remove_prefix(1);
  if (!text.empty() && text.front() == '(') {
    text.remove_prefix(1);
    address.area = take_digits(text);
    if (!text.starts_with(") ")) return std::nullopt;
    text.remove_prefix(2);
  }
  if (!subscriber_number(text)) return std::nullopt;
  address.form = Address::Form::canonical;
  address.country = value_of(code);
  address.number = text;
  return address;
}

} // namespace

std::optional<Address> parse_address(std::string_view text) {
  if (text.size() > address_size_max_bytes) return std::nullopt;
  text = text.substr(0, text.find_first_of("\r\n"));
  Address address;
  const std::size_t end = std::min(text.find_first_of("|^"), text.size());
  address.rest = text.substr(end);
  text = text.substr(0, end);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  if (text.empty()) return std::nullopt;
  if (text.front() == '+') return parse_canonical(text.substr(1), address);
  address.number = text;
  return address;
}

std::string dialable_digits(std::string_view number) {
  std::string digits;
  std::copy_if(number.begin(), number.end(), std::back_inserter(digits),
               [](char each) { return one_of(decimal, each) || one_of(modifiers, each); });
  return digits;
}

} // namespace tl::server
