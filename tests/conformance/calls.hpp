// SPDX-License-Identifier: Apache-2.0
// Calls a function of tapi.h by its name with arguments that were found at run time.
#pragma once

#include <cstdint>
#include <string_view>

#include "tapi.h"

namespace conformance {

// A number, a handle or an address.
using Value = std::uint64_t;

enum class Form { plain, narrow, wide }; // without suffix, A, W

struct Symbol {
  std::string_view name; // with its suffix
  LONG (*call)(const Value* arguments);
  int parameters;
};

// Nothing when the library has no such form.
const Symbol* find_symbol(std::string_view name, Form form);

} // namespace conformance
