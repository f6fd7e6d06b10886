// SPDX-License-Identifier: Apache-2.0
// Scenarios as plain text (README.md): a site, what happens when, and what must be seen. One file is one
// test.
#pragma once

#include <string>
#include <vector>

namespace tl::scenario {

// Runs the text to its end; returns what was wrong, one line each, "file:line: ...". Empty: everything as
// expected.
std::vector<std::string> run_scenario(const std::string& text, const std::string& file);

} // namespace tl::scenario
