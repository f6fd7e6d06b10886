// SPDX-License-Identifier: Apache-2.0
// docs/tapi3.md against the list of TAPI 3's methods. That the members it names exist is proved by compiling
// the file that tapi3_members.py makes of it.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace named_in_tapi3_md {
extern const int count;
}

namespace tl::test {
namespace {

using Methods = std::map<std::string, std::multiset<std::string>>; // by interface

std::vector<std::string> split(const std::string& line, char at) {
  std::vector<std::string> parts;
  std::istringstream in(line);
  for (std::string part; std::getline(in, part, at);) {
    const auto first = part.find_first_not_of(' '), last = part.find_last_not_of(' ');
    parts.push_back(first == std::string::npos ? "" : part.substr(first, last - first + 1));
  }
  return parts;
}

Methods known() {
  Methods methods;
  std::ifstream file(TRUNKLINE_SOURCE "/tests/telephony/reference/tapi3_methods.tsv");
  std::string line;
  std::getline(file, line); // its header
  while (std::getline(file, line)) {
    const auto cells = split(line + '\t', '\t');
    methods[cells[0]].insert(cells.size() > 1 ? cells[1] : "");
  }
  return methods;
}

TEST(Tapi3Page, HasOneRowForEachMethodAndAReasonWhereThereIsNoMember) {
  const Methods wanted = known();
  ASSERT_EQ(wanted.size(), 149u);
  Methods found;
  std::ifstream page(TRUNKLINE_SOURCE "/docs/tapi3.md");
  for (std::string line; std::getline(page, line);) {
    const auto cells = split(line, '|');
    if (cells.size() < 4 || !wanted.contains(cells[1])) continue;
    for (const std::string& method : split(cells[2].empty() ? "," : cells[2], ','))
      found[cells[1]].insert(method);
    const bool has_member = cells[3].size() > 2 && cells[3].front() == '`';
    EXPECT_TRUE(has_member || (cells.size() > 4 && cells[4].size() > 5)) << line;
  }
  for (const auto& [interface, methods] : wanted) EXPECT_EQ(found[interface], methods) << interface;
  EXPECT_EQ(found.size(), wanted.size());
  EXPECT_GT(named_in_tapi3_md::count, 150);
}

} // namespace
} // namespace tl::test
