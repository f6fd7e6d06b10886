// SPDX-License-Identifier: Apache-2.0
// The agent functions as an application sees them: TAPI 2.0 on the station's address, groups and queues of
// TAPI 2.2, wrong and hostile arguments included.
#include <gtest/gtest.h>

#include "world.hpp"

namespace tl::acd {
namespace {

using scenario::Plan;
using scenario::small_site;
using scenario::World;
using telephony::Address;

class Proxy : public testing::Test {
protected:
  static Plan site() {
    Plan plan = small_site(2);
    plan.acd.agents[1].pin = "4711";
    plan.acd.groups.push_back({"front", "{00112233-4455-6677-8899-AABBCCDDEEFF}", {}, {"1002"}});
    QueueConfig sales = plan.acd.queues[0];
    sales.name = "sales";
    sales.number = "2901";
    sales.route_points = {"2001"};
    sales.group = "front";
    plan.acd.queues.push_back(sales);
    return plan;
  }
  Address& at(const char* number) { return *world_.desk->address_by_number(number); }

  // Starts it and waits; the request's own error or the reply.
  template <class F> LONG ask(F start) {
    LONG reply = 1;
    const LONG begun = start([&](LONG result, auto&&...) { reply = result; });
    if (begun < 0) return begun;
    world_.run_for(1ms);
    return reply;
  }
  LONG specific(const char* station, std::string block, DWORD extension = 0) {
    return ask([&](auto done) { return at(station).agent_specific(extension, std::move(block), done); });
  }
  LONG state(const char* station, DWORD now, DWORD next = 0) {
    return ask([&](auto done) { return at(station).set_agent_state(now, next, done); });
  }
  LONG groups(const char* station, std::vector<telephony::GroupId> ids) {
    return ask([&](auto done) { return at(station).set_agent_groups(ids, done); });
  }
  std::vector<telephony::AgentGroup> offered_groups(const char* station) {
    std::vector<telephony::AgentGroup> out;
    EXPECT_EQ(ask([&](auto done) {
                return at(station).get_agent_groups(
                    [&, done](LONG r, const std::vector<telephony::AgentGroup>& list) {
                      out = list;
                      done(r);
                    });
              }),
              0);
    return out;
  }

  World world_{site()};
};

} // namespace

TEST_F(Proxy, CapsNameTheHandlerAndWhatItCan) {
  telephony::AgentCaps caps;
  ASSERT_EQ(ask([&](auto done) {
              return at("1001").get_agent_caps([&, done](LONG r, const telephony::AgentCaps& c) {
                caps = c;
                done(r);
              });
            }),
            0);
  EXPECT_EQ(caps.handler, "Trunkline ACD");
  EXPECT_EQ(caps.groups_max, 2U);
  EXPECT_EQ(caps.extensions, 1U);
  EXPECT_TRUE(caps.states & LINEAGENTSTATE_READY);
}

TEST_F(Proxy, TheDefaultAgentLogsInToGroupsByIdAndOutWithNone) {
  const auto mine = offered_groups("1002");
  ASSERT_EQ(mine.size(), 2U);
  EXPECT_EQ(mine[1].name, "front");
  EXPECT_EQ(telephony::to_string(mine[1].id), "{00112233-4455-6677-8899-AABBCCDDEEFF}");
  EXPECT_EQ(groups("1002", {mine[1].id}), 0);
  const telephony::AgentStatus status = world_.agent("1002");
  ASSERT_EQ(status.groups.size(), 1U);
  EXPECT_EQ(status.groups[0].name, "front");
  EXPECT_EQ(status.state, static_cast<DWORD>(LINEAGENTSTATE_NOTREADY));
  EXPECT_EQ(groups("1001", {mine[1].id}), LINEERR_INVALAGENTGROUP) << "not a group of this agent";
  EXPECT_EQ(groups("1001", {telephony::GroupId{1, 2, 3, 4}}), LINEERR_INVALAGENTGROUP);
  EXPECT_EQ(groups("1002", {}), 0);
  EXPECT_EQ(world_.agent("1002").state, static_cast<DWORD>(LINEAGENTSTATE_LOGGEDOFF));
  EXPECT_EQ(groups("1001", {}), 0) << "nobody to log out";
}

TEST_F(Proxy, LoginByIdAndPin) {
  using namespace std::string_literals;
  EXPECT_EQ(specific("1001", "login 1002 0000\0"s), LINEERR_INVALPASSWORD);
  EXPECT_EQ(specific("1001", "login 9999\0"s), LINEERR_INVALAGENTID);
  EXPECT_EQ(specific("1001", "login 1002 4711\0"s), 0);
  EXPECT_EQ(world_.agent("1001").groups.size(), 2U);
  EXPECT_EQ(specific("1001", "login 1001\0"s), LINEERR_INUSE);
  EXPECT_EQ(specific("1002", "login 1002 4711\0"s), LINEERR_INUSE) << "one agent, one place";
  EXPECT_EQ(specific("1001", "logout\0"s), 0);
  EXPECT_EQ(specific("1002", "login 1002 4711"), 0) << "the final zero may be missing";
}

TEST_F(Proxy, NonsenseIsRefused) {
  using namespace std::string_literals;
  for (const std::string& block :
       {""s, "\0"s, "login"s, "login 1 2 3 4"s, "logout now"s, "logIN 1001"s, "exec 1001"s,
        std::string(4000, 'x'), std::string(4000, '\0'), "login\t\xFF\xFE"s})
    EXPECT_LT(specific("1001", block), 0) << block;
  EXPECT_LT(specific("1001", "login 1001", 1), 0) << "there is one extension";
  Random random(5);
  for (int i = 0; i < 300; ++i) {
    std::string block = "login 1001\0"s;
    block.resize(1 + random.below(40), 'a');
    for (char& c : block)
      if (random.chance(0.3)) c = static_cast<char>(random.below(256));
    const LONG result = specific("1001", block);
    EXPECT_LE(result, 0);
  }
  world_.expect_quiet();
}

TEST_F(Proxy, StatesAreChecked) {
  EXPECT_EQ(state("1001", LINEAGENTSTATE_READY), LINEERR_INVALAGENTSTATE) << "nobody is logged in";
  world_.log_in("1001");
  world_.run_for(1ms);
  EXPECT_EQ(state("1001", LINEAGENTSTATE_BUSYACD), LINEERR_INVALAGENTSTATE) << "only a call makes busy";
  EXPECT_LT(state("1001", LINEAGENTSTATE_READY | LINEAGENTSTATE_NOTREADY), 0);
  EXPECT_LT(state("1001", 0x80000000), 0);
  EXPECT_EQ(state("1001", LINEAGENTSTATE_READY), 0);
  EXPECT_EQ(state("1001", 0, LINEAGENTSTATE_NOTREADY), LINEERR_INVALAGENTSTATE) << "no call, no next state";
  EXPECT_EQ(world_.agent("1001").valid_next_states, 0U);
  EXPECT_EQ(state("1001", LINEAGENTSTATE_WORKINGAFTERCALL), 0);
  EXPECT_EQ(world_.agent("1001").state, static_cast<DWORD>(LINEAGENTSTATE_WORKINGAFTERCALL));
  world_.run_for(1h);
  EXPECT_EQ(world_.agent("1001").state, static_cast<DWORD>(LINEAGENTSTATE_WORKINGAFTERCALL))
      << "until the agent ends it";
  EXPECT_EQ(state("1001", LINEAGENTSTATE_LOGGEDOFF), 0);
  EXPECT_EQ(world_.agent("1001").state, static_cast<DWORD>(LINEAGENTSTATE_LOGGEDOFF));
}

TEST_F(Proxy, TheNextStateIsTakenWhenTheCallEnds) {
  world_.log_in("1001");
  world_.set_state("1001", LINEAGENTSTATE_READY);
  world_.caller("555001", "2000", 60s, 5s);
  world_.run_for(4s);
  ASSERT_EQ(world_.agent("1001").state, static_cast<DWORD>(LINEAGENTSTATE_BUSYACD));
  EXPECT_EQ(world_.agent("1001").next_state, static_cast<DWORD>(LINEAGENTSTATE_READY));
  EXPECT_EQ(state("1001", 0, LINEAGENTSTATE_NOTREADY), 0);
  EXPECT_EQ(world_.agent("1001").state, static_cast<DWORD>(LINEAGENTSTATE_BUSYACD));
  EXPECT_EQ(world_.agent("1001").next_state, static_cast<DWORD>(LINEAGENTSTATE_NOTREADY));
  world_.run_for(10s);
  EXPECT_EQ(world_.agent("1001").state, static_cast<DWORD>(LINEAGENTSTATE_NOTREADY));
  world_.expect_quiet();
}

TEST_F(Proxy, Activities) {
  world_.log_in("1001");
  world_.run_for(1ms);
  auto set = [&](DWORD id) {
    return ask([&](auto done) { return at("1001").set_agent_activity(id, done); });
  };
  EXPECT_EQ(set(2), 0);
  EXPECT_EQ(world_.agent("1001").activity.name, "Meeting");
  EXPECT_EQ(set(99), LINEERR_INVALAGENTACTIVITY);
}

TEST_F(Proxy, GroupsAndQueuesAreListedAndCounted) {
  std::vector<telephony::AgentGroup> all;
  ASSERT_EQ(ask([&](auto done) {
              return at("2900").get_groups([&, done](LONG r, const std::vector<telephony::AgentGroup>& list) {
                all = list;
                done(r);
              });
            }),
            0);
  ASSERT_EQ(all.size(), 2U);
  std::vector<telephony::QueueEntry> queues;
  auto list = [&](const telephony::GroupId& group) {
    return ask([&](auto done) {
      return at("1001").get_queues(group,
                                   [&, done](LONG r, const std::vector<telephony::QueueEntry>& entries) {
                                     queues = entries;
                                     done(r);
                                   });
    });
  };
  ASSERT_EQ(list(all[1].id), 0);
  ASSERT_EQ(queues.size(), 1U);
  EXPECT_EQ(queues[0].name, "sales");
  EXPECT_EQ(queues[0].id, 2U);
  EXPECT_EQ(list({9, 9, 9, 9}), LINEERR_INVALPARAM) << "no such group";

  world_.caller("555001", "2001", 10s, 0s);
  world_.run_for(20s);
  const telephony::QueueInfo info = world_.queue("sales");
  EXPECT_EQ(info.queued, 1U);
  EXPECT_EQ(info.abandoned, 1U);
  EXPECT_EQ(info.longest_ever_wait, 10U);
  EXPECT_EQ(info.average_wait, 10U);
  EXPECT_EQ(info.measurement_period, 3600U);
  auto period = [&](DWORD id, DWORD seconds) {
    return ask([&](auto done) { return at("1001").set_queue_measurement_period(id, seconds, done); });
  };
  EXPECT_LT(period(2, 0), 0);
  EXPECT_LT(period(77, 60), 0);
  EXPECT_EQ(period(2, 60), 0);
  EXPECT_EQ(world_.queue("sales").queued, 0U);
  auto info_of = [&](DWORD id) {
    return ask([&](auto done) {
      return at("1001").get_queue_info(id, [&, done](LONG r, const telephony::QueueInfo&) { done(r); });
    });
  };
  EXPECT_LT(info_of(0), 0);
  EXPECT_LT(info_of(0xFFFFFFFF), 0);
}

TEST_F(Proxy, QueueStatusIsToldAtMostOnceASecond) {
  for (int i = 0; i < 20; ++i) world_.caller(std::to_string(555'000 + i), "2000", 500ms, 0s);
  world_.run_for(5s);
  EXPECT_EQ(world_.queue("support").abandoned, 20U);
  EXPECT_EQ(world_.queues_told["2900"], 1);
  EXPECT_EQ(world_.queues_told["2901"], 0);
}

// With the ACD gone nobody serves agents, and the functions say so.
TEST_F(Proxy, WithoutTheAcdTheFunctionsAreUnavailable) {
  world_.acd->stop();
  world_.run_for(1ms);
  EXPECT_LT(state("1001", LINEAGENTSTATE_READY), 0);
  EXPECT_LT(specific("1001", "login 1001"), 0);
}

} // namespace tl::acd
