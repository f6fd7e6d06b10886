// SPDX-License-Identifier: Apache-2.0
// The log is injected like everything else: main builds the sink, constructors receive a Log&.
// Never pass a secret (password, digest response, key, PIN) to it.
#pragma once

#include <fmt/core.h>
#include <string>
#include <string_view>

namespace tl {

enum class Level { trace, debug, info, warn, error, off };

const char* to_string(Level level);

class Log {
public:
  virtual ~Log() = default;

  bool wants(Level level) const { return level >= threshold_; }
  void set_threshold(Level level) { threshold_ = level; }

  // `part` is the folder that speaks ("sip", "acd"). Formatting costs nothing when the level is off.
  template <class... A> void debug(std::string_view part, fmt::format_string<A...> f, A&&... a) {
    if (wants(Level::debug)) write(Level::debug, part, fmt::format(f, std::forward<A>(a)...));
  }
  template <class... A> void info(std::string_view part, fmt::format_string<A...> f, A&&... a) {
    if (wants(Level::info)) write(Level::info, part, fmt::format(f, std::forward<A>(a)...));
  }
  template <class... A> void warn(std::string_view part, fmt::format_string<A...> f, A&&... a) {
    if (wants(Level::warn)) write(Level::warn, part, fmt::format(f, std::forward<A>(a)...));
  }
  template <class... A> void error(std::string_view part, fmt::format_string<A...> f, A&&... a) {
    if (wants(Level::error)) write(Level::error, part, fmt::format(f, std::forward<A>(a)...));
  }

  // One finished line. Implementations are thread-safe.
  virtual void write(Level level, std::string_view part, std::string_view text) = 0;

private:
  Level threshold_ = Level::info;
};

// Says nothing; for tests and tools.
class NullLog final : public Log {
public:
  NullLog() { set_threshold(Level::off); }
  void write(Level, std::string_view, std::string_view) override {}
};

// Writes "level part: text" lines to standard error; for tests and tools. The server has its own sink.
class StderrLog final : public Log {
public:
  void write(Level level, std::string_view part, std::string_view text) override;
};

} // namespace tl
