// SPDX-License-Identifier: Apache-2.0
// Wrong configurations are refused with a sentence that names the culprit.
#include <gtest/gtest.h>

#include "core_fixture.hpp"

namespace tl::acd {
namespace {

std::string error_of(Config config) {
  VirtualLoop loop;
  FakeSwitch fake(loop, 1);
  Core core(loop, std::move(config), fake, {});
  auto result = core.load();
  return result ? "" : result.error().text;
}

} // namespace

TEST(Load, AcceptsASmallCentre) {
  EXPECT_EQ(error_of(small_centre(3)), "");
}

TEST(Load, NamesWhatIsWrong) {
  Config config = small_centre(2);
  config.queues[0].group = "nowhere";
  EXPECT_EQ(error_of(config), "queue \"support\": there is no group \"nowhere\"");

  config = small_centre(2);
  config.agents[1].id = "1001";
  EXPECT_EQ(error_of(config), "agent \"1001\": the id is empty or there twice");

  config = small_centre(2);
  config.agents[1].station = "1001";
  EXPECT_EQ(error_of(config),
            "station 1001 is the place of the agents \"1001\" and \"1002\": one is allowed");

  config = small_centre(2);
  config.queues[0].overflow_after_s = 5;
  EXPECT_EQ(error_of(config),
            "queue \"support\": overflow_after_s needs overflow_to, a number of the switch");

  config = small_centre(2);
  config.queues[0].group = "";
  EXPECT_EQ(error_of(config), "queue \"support\" has no group: nobody could serve it");
  config.groups[0].queues = {"support"};
  EXPECT_EQ(error_of(config), "");
  config.groups.push_back({"other", "", {"support"}, {}});
  EXPECT_EQ(error_of(config),
            "queue \"support\" belongs to the groups \"desk\" and \"other\": one is allowed");

  config = small_centre(2);
  config.groups[0].agents = {"9999"};
  EXPECT_EQ(error_of(config), "group \"desk\": there is no agent \"9999\"");

  config = small_centre(3);
  config.agents_max = 2;
  EXPECT_EQ(error_of(config), "3 agents: at most 2 are allowed (agents_max)");
}

} // namespace tl::acd
