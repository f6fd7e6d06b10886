// SPDX-License-Identifier: Apache-2.0
// What became of the cases, as a table for people (Markdown) or as JSON.
#pragma once

#include <string>
#include <vector>

#include "case.hpp"

namespace conformance {

enum class Outcome { passed, failed, not_applicable };

struct Judged {
  std::string part, subject, name;
  Outcome outcome = Outcome::passed;
  std::string expected, got; // of a failure
  std::string reason;        // why it is not applicable
};

// One table per part, with totals, then every failure.
std::string as_text(const std::vector<Judged>& all);
std::string as_json(const std::vector<Judged>& all);

} // namespace conformance
