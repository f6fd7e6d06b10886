// SPDX-License-Identifier: Apache-2.0
// Lines in and out: standard input and output when they are a terminal, a pipe or a file, else the
// controlling terminal. Nothing is read beyond the line that was asked for: the rest is the program's.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tl::tui {

inline constexpr std::size_t line_bytes_max = 4096; // what is typed beyond is not taken

class Terminal {
public:
  // Null: the program has neither.
  static std::unique_ptr<Terminal> open();
  Terminal(int in, int out, bool own); // own: closes them (both are the same then)
  ~Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  // One line; control characters of others' texts do not reach the terminal.
  void print(std::string_view text);
  // The line that was typed, without its end; nothing: there is no more, or it was interrupted.
  std::optional<std::string> ask(std::string_view prompt, bool secret = false);
  // Ends ask(), now and for ever. Any thread.
  void interrupt();

private:
  void write(std::string_view text) const;
  bool wait() const;

  int in_, out_;
  bool own_;
  int interruption_; // an eventfd
};

} // namespace tl::tui
