// SPDX-License-Identifier: Apache-2.0
// A case of the suite: what it is about, and what it does with the world. A case that returns has passed.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tables.hpp"

namespace conformance {

class World;

// Leave a case early, wherever it stands.
struct Failed {
  std::string expected;
  std::string got;
};
struct NotApplicable {
  std::string reason;
};

struct Case {
  std::string part;    // "functions", "messages", "transitions", "versions"
  std::string subject; // the table's row: "lineHold", "LINE_REPLY"
  std::string name;    // "hCall: freed"
  std::function<void(World&)> run;
  // Cases of one scene that follow each other share the calls that stand; each other case begins with none.
  std::string scene = {};

  std::string id() const { return subject + ": " + name; }
};

// Every case of a part, in the order of the table.
std::vector<Case> function_cases(const Tables&);
std::vector<Case> call_state_cases(const Tables&);
std::vector<Case> line_cases();
std::vector<Case> assisted_cases();
std::vector<Case> phone_cases();
std::vector<Case> agent_cases();
std::vector<Case> message_cases();
std::vector<Case> transition_cases();
std::vector<Case> version_cases(const Tables&);

inline void expect(bool right, std::string expected, std::string got) {
  if (!right) throw Failed{std::move(expected), std::move(got)};
}

} // namespace conformance
