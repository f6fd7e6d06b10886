// SPDX-License-Identifier: Apache-2.0
// What the terminal shows: aligned tables for people, JSON for programs.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace tl::cli {

class Table {
public:
  explicit Table(std::vector<std::string> heads) : rows_{std::move(heads)} {}
  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  std::string text() const;

private:
  std::vector<std::vector<std::string>> rows_;
};

// Local time of day, to the millisecond.
std::string clock_text(Time at);
// UTC, RFC 3339.
std::string timestamp_text(Time at);
std::string duration_text(Duration span); // "0:07", "1:02:03"
// Text that came from a caller or a phone, safe for a terminal: control characters become '?'.
std::string printable(const std::string& text);

void print(const std::string& text); // to standard output, at once
void print_line(const nlohmann::json& value);

} // namespace tl::cli
