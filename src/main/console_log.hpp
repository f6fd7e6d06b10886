// SPDX-License-Identifier: Apache-2.0
// The server's log: one line a message on standard error, written by a thread of its own, so that a stopped
// terminal or a full pipe never stops a call.
#pragma once

#include <memory>

#include "base/log.hpp"

namespace tl::program {

class ConsoleLog final : public Log {
public:
  static constexpr std::size_t lines_queued_max = 8192; // beyond it the oldest waiting line is dropped

  ConsoleLog();
  ~ConsoleLog() override; // writes what waits

  void write(Level level, std::string_view part, std::string_view text) override;

private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace tl::program
