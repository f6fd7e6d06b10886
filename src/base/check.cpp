// SPDX-License-Identifier: Apache-2.0
#include "base/check.hpp"

#include <cstdio>
#include <cstdlib>

namespace tl {

void check_failed(const char* file, int line, const char* condition, std::string_view text) {
  std::fprintf(stderr, "%s:%d: failed: %s %.*s\n", file, line, condition, static_cast<int>(text.size()), text.data());
  std::abort();
}

} // namespace tl
