// SPDX-License-Identifier: Apache-2.0
// An address as applications write it [address-ovr: canonical and dialable addresses]:
//   + CountryCode Space [(AreaCode) Space] SubscriberNumber | Subaddress ^ Name CRLF ...
// Anything that does not begin with "+" is dialable already. Only the first of several addresses counts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tl::server {

inline constexpr std::size_t address_size_max_bytes = 1024;

struct Address {
  enum class Form : std::uint8_t {
    canonical,
    full,    // "+" and digits alone, which dialable strings may have: country known, area not
    dialable // as it is
  } form = Form::dialable;
  std::uint32_t country = 0; // country code
  std::string_view area;
  std::string_view number; // as written; of a dialable one all of it
  std::string_view rest;   // "|subaddress^name" as written, or empty
};

// Nothing: it begins as a canonical address and is none, is empty, or is too long. Views into `text`.
std::optional<Address> parse_address(std::string_view text);

// Without what is only for the eye: spaces, dots, dashes, slashes, brackets.
std::string dialable_digits(std::string_view number);

} // namespace tl::server
