// SPDX-License-Identifier: Apache-2.0
#include "wire/functions.hpp"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "wire/frame.hpp"

namespace tl::wire {
namespace {

std::vector<std::string> words(std::string_view text) {
  std::istringstream in{std::string{text}};
  return {std::istream_iterator<std::string>{in}, {}};
}

// The parameter names of a prototype in tapi.h; empty if there is none.
std::vector<std::string> prototype(const std::string& header, const std::string& name) {
  const auto begin = header.find("WINAPI " + name + "(");
  if (begin == std::string::npos) return {};
  const auto open = header.find('(', begin) + 1;
  std::istringstream list{header.substr(open, header.find(");", open) - open)};
  std::vector<std::string> names;
  for (std::string one; std::getline(list, one, ',');) {
    const auto last = one.find_last_of(" *\n");
    names.push_back(one.substr(last + 1));
  }
  return names;
}

std::string header() {
  std::ifstream in{TAPI_HEADER};
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

TEST(Functions, HasOneNamePerKindAndEachFunctionOnce) {
  std::set<std::string_view> names;
  for (const Function& f : functions) {
    EXPECT_EQ(words(f.parameters).size(), f.count) << f.name;
    EXPECT_TRUE(names.insert(f.name).second) << f.name;
    EXPECT_TRUE(f.mode != Mode::local || f.count == 0) << f.name;
  }
  const auto of_tapi = std::count_if(functions.begin(), functions.end(),
                                     [](const Function& f) { return f.forms != Forms::none; });
  EXPECT_EQ(of_tapi, 145); // every function of TAPI 2.x
}

TEST(Functions, ParametersFollowThePrototypesOfTheHeader) {
  const std::string text = header();
  const std::set<std::string> own{"bGather", "szModuleName", "dwAPIVersion", "szUIModule"};
  for (const Function& f : functions) {
    if (f.forms == Forms::none) continue;
    const std::string name = std::string{f.name} + (f.forms == Forms::plain ? "" : "W");
    const auto declared = prototype(text, name);
    ASSERT_FALSE(declared.empty()) << name;
    auto at = declared.begin();
    for (const std::string& parameter : words(f.parameters)) {
      const auto found = std::find_if(at, declared.end(), [&](const std::string& d) {
        return d == parameter || d == parameter + "W" ||
               (parameter == "lpLineProxyRequestList" && d == "lpLineProxyReqestList");
      });
      if (found == declared.end()) {
        EXPECT_TRUE(own.contains(parameter)) << name << " has no " << parameter << " there";
        continue;
      }
      at = found + 1;
    }
  }
}

// A row's position and kinds are the protocol. When this fails, the table changed: raise protocol_version and
// note the new sum.
TEST(Functions, ChangedTableMeansNewProtocolVersion) {
  std::uint64_t sum = 0xCBF29CE484222325ULL; // FNV-1a
  const auto add = [&](std::uint64_t value) { sum = (sum ^ value) * 0x100000001B3ULL; };
  for (const Function& f : functions) {
    for (const char c : f.name) add(static_cast<unsigned char>(c));
    add(static_cast<std::uint64_t>(f.mode));
    for (std::size_t i = 0; i < f.count; ++i) add(static_cast<std::uint64_t>(f.kinds[i]));
  }
  EXPECT_EQ(protocol_version, 4u);
  EXPECT_EQ(sum, 4545543882393176166u);
}

} // namespace
} // namespace tl::wire
