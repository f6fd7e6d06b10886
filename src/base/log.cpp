// SPDX-License-Identifier: Apache-2.0
#include "base/log.hpp"

#include <cstdio>

namespace tl {

const char* to_string(Level level) {
  switch (level) {
  case Level::trace: return "trace";
  case Level::debug: return "debug";
  case Level::info: return "info";
  case Level::warn: return "warning";
  case Level::error: return "error";
  case Level::off: break;
  }
  return "off";
}

void StderrLog::write(Level level, std::string_view part, std::string_view text) {
  const std::string line = fmt::format("{} {}: {}\n", to_string(level), part, text);
  std::fwrite(line.data(), 1, line.size(), stderr);
}

} // namespace tl
