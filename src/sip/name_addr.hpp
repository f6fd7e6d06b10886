// SPDX-License-Identifier: Apache-2.0
// The value of From, To, Contact, Route, Refer-To ...: a display name, a URI and parameters (RFC 3261
// section 20.10).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sip/uri.hpp"

namespace tl::sip {

struct NameAddr {
  std::string_view display; // without quotes, still with its backslashes
  std::string_view uri;
  std::string_view params; // of the header, without the first ';'

  std::optional<std::string_view> param(std::string_view name) const { return find_param(params, name); }
  std::string_view tag() const { return param("tag").value_or(std::string_view{}); }

  static std::optional<NameAddr> parse(std::string_view text);
};

// A display name in quotes, escaped as needed; control characters are left out.
std::string quote(std::string_view text);
std::string unquote(std::string_view text); // undoes the backslashes

} // namespace tl::sip
