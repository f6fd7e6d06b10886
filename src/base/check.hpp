// SPDX-License-Identifier: Apache-2.0
// Assertions for our own faults. They stay on in production, print values, and end the process; faults of
// callers, peers and files are values (base/result.hpp), never these.
#pragma once

#include <string_view>

namespace tl {

// Writes "file:line: condition: text" to standard error and aborts. Any thread.
[[noreturn]] void check_failed(const char* file, int line, const char* condition, std::string_view text);

} // namespace tl

// TL_CHECK(condition) or TL_CHECK(condition, "text {}" formatted by the caller).
#define TL_CHECK(condition, ...)                                                                             \
  do {                                                                                                       \
    if (!(condition)) [[unlikely]]                                                                           \
      ::tl::check_failed(__FILE__, __LINE__, #condition, ::std::string_view{__VA_ARGS__});                   \
  } while (false)
