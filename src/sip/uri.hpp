// SPDX-License-Identifier: Apache-2.0
// SIP, SIPS and TEL URIs (RFC 3261 section 19.1, RFC 3966), as views into the text they were parsed from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tl::sip {

// Value of a parameter in ";a=b;c" (or "a=b&c=d" with '&'); an empty view for one without a value, nothing if
// absent.
std::optional<std::string_view> find_param(std::string_view params, std::string_view name,
                                           char separator = ';');

struct Uri {
  std::string_view scheme;  // as written
  std::string_view user;    // still escaped; of a TEL URI the number
  std::string_view host;    // an IPv6 reference keeps its brackets
  std::uint16_t port = 0;   // 0: none given
  std::string_view params;  // without the first ';'
  std::string_view headers; // without the '?'

  bool is_sip() const;
  bool is_tel() const;
  std::optional<std::string_view> param(std::string_view name) const { return find_param(params, name); }

  // Nothing if the text is not a URI of these schemes, or one of another scheme: then only `scheme` is set.
  static std::optional<Uri> parse(std::string_view text);
};

// Replaces %XX escapes; broken ones stay as they are.
std::string unescape(std::string_view text);
// Escapes what may not stand in a URI's user part or header value.
std::string escape(std::string_view text);

} // namespace tl::sip
