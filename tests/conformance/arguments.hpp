// SPDX-License-Identifier: Apache-2.0
// What the table cannot know: with which numbers and texts a function succeeds.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "site.hpp"

namespace conformance {

// A DWORD's value: by function and name, or by name alone; 0 when nothing is said.
std::uint32_t good_number(std::string_view function, std::string_view name);
// A text's value; nothing: NULL.
std::optional<std::string> good_text(const Site& site, std::string_view function, std::string_view name);
// Bytes for a buffer that goes in; nothing: NULL.
std::optional<std::string> good_bytes(const Site& site, std::string_view function, std::string_view name);

} // namespace conformance
