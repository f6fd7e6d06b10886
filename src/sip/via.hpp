// SPDX-License-Identifier: Apache-2.0
// One Via value (RFC 3261 section 20.42, rport of RFC 3581).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "sip/uri.hpp"

namespace tl::sip {

struct Via {
  std::string_view transport; // "UDP", "TCP" ...
  std::string_view host;      // sent-by; an IPv6 reference keeps its brackets
  std::uint16_t port = 0;     // 0: none given
  std::string_view params;

  std::optional<std::string_view> param(std::string_view name) const { return find_param(params, name); }
  std::string_view branch() const { return param("branch").value_or(std::string_view{}); }

  static std::optional<Via> parse(std::string_view text);
};

inline constexpr std::string_view branch_cookie = "z9hG4bK";

} // namespace tl::sip
