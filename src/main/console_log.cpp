// SPDX-License-Identifier: Apache-2.0
#include "main/console_log.hpp"

#include <spdlog/async.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

namespace tl::program {

struct ConsoleLog::State {
  std::shared_ptr<spdlog::details::thread_pool> thread =
      std::make_shared<spdlog::details::thread_pool>(lines_queued_max, 1);
  std::shared_ptr<spdlog::async_logger> logger = std::make_shared<spdlog::async_logger>(
      "trunkline", std::make_shared<spdlog::sinks::stderr_color_sink_mt>(), thread,
      spdlog::async_overflow_policy::overrun_oldest);
};

namespace {

spdlog::level::level_enum to_spdlog(Level level) {
  switch (level) {
  case Level::trace: return spdlog::level::trace;
  case Level::debug: return spdlog::level::debug;
  case Level::info: return spdlog::level::info;
  case Level::warn: return spdlog::level::warn;
  case Level::error: return spdlog::level::err;
  case Level::off: break;
  }
  return spdlog::level::off;
}

} // namespace

ConsoleLog::ConsoleLog() : state_(std::make_unique<State>()) {
  state_->logger->set_pattern("%Y-%m-%d %H:%M:%S.%e %^%l%$ %v");
  state_->logger->set_level(spdlog::level::trace); // Log::wants() decides
}

ConsoleLog::~ConsoleLog() {
  state_->logger->flush();
}

void ConsoleLog::write(Level level, std::string_view part, std::string_view text) {
  std::string line(text);
  // Text may come from a peer: one message stays one line, and nothing in it commands the terminal.
  for (char& c : line)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  state_->logger->log(to_spdlog(level), "{}: {}", part, line);
}

} // namespace tl::program
