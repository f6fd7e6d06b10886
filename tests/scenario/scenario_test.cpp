// SPDX-License-Identifier: Apache-2.0
// Every scenarios/*.scn is a test; and the runner itself notices what is not as told.
#include "scenario.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace tl::scenario {
namespace {

std::vector<std::string> files() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(TRUNKLINE_SCENARIOS))
    if (entry.path().extension() == ".scn") names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

} // namespace

class Scenario : public testing::TestWithParam<std::string> {};

TEST_P(Scenario, Plays) {
  const std::string file = GetParam() + ".scn";
  std::ifstream in(std::string(TRUNKLINE_SCENARIOS) + "/" + file);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  ASSERT_FALSE(text.empty());
  for (const std::string& line : run_scenario(text, file)) ADD_FAILURE() << line;
}

INSTANTIATE_TEST_SUITE_P(All, Scenario, testing::ValuesIn(files()), [](const auto& one) {
  std::string name = one.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(ScenarioRunner, NamesLineAndWhatWasExpected) {
  const std::string site = "station 1001\ngroup desk 1001\nqueue q 2900 route 2000 group desk\n";
  EXPECT_EQ(run_scenario("stations 1001\n", "x"),
            std::vector<std::string>{
                "x:1: stations: station, extra, group, queue, at, expect or end was expected"});
  EXPECT_EQ(run_scenario(site + "at 5 agent 1001 login\n", "x"),
            std::vector<std::string>{"x:4: 5: the unit ms, s or m was expected"});
  EXPECT_EQ(run_scenario(
                site + "at 1s caller A calls 2000 patience 5s\nexpect offer A to 1001 at 2s\nend 20s\n", "x"),
            std::vector<std::string>{"x:5: call_offered of A was not seen then; never at all"});
  EXPECT_EQ(run_scenario(site + "expect agent 1001 READY at 2s\nend 5s\n", "x"),
            std::vector<std::string>{"x:4: agent 1001 is LOGGEDOFF, READY expected"});
  EXPECT_EQ(
      run_scenario(site + "at 1s caller A calls 2000 patience 5s\nexpect total abandoned 2\nend 20s\n", "x"),
      std::vector<std::string>{"x:5: 1 abandoned, 2 expected"});
  EXPECT_EQ(run_scenario(site + "at 1s caller A calls 2000\nend 20s\n", "x"),
            std::vector<std::string>{"x:4: 2 calls are left over"});
}

} // namespace tl::scenario
