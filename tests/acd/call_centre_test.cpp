// SPDX-License-Identifier: Apache-2.0
// The call centre of TAPI 2.2 as a C program sees it: agents, sessions, groups and queues through
// lineCreateAgent and its relatives, on the real server, switch, library and ACD under the virtual clock.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include <fmt/format.h>

#include "world.hpp"

namespace tl::acd {
namespace {

using scenario::Plan;
using scenario::small_site;
using scenario::World;

// Every message of the agent functions, as text: "agent <nth handle> STATE 2".
class Listening : public World {
public:
  using World::World;
  void message(const LINEMESSAGE& m) override {
    const auto p1 = static_cast<DWORD>(m.dwParam1), p2 = static_cast<DWORD>(m.dwParam2),
               p3 = static_cast<DWORD>(m.dwParam3);
    switch (m.dwMessageID) {
    case LINE_REPLY: replies[p1] = static_cast<LONG>(m.dwParam2); break;
    case LINE_AGENTSTATUS: told.push_back(fmt::format("address {:x} {}", p2, p3)); break;
    case LINE_AGENTSTATUSEX: told.push_back(fmt::format("agent {} {} {}", name(p1), p2, p3)); break;
    case LINE_AGENTSESSIONSTATUS: told.push_back(fmt::format("session {} {} {}", name(p1), p2, p3)); break;
    case LINE_QUEUESTATUS: told.push_back(fmt::format("queue {} {} {}", p1, p2, p3)); break;
    case LINE_GROUPSTATUS: told.push_back(fmt::format("group {} {} {}", p1, p2, p3)); break;
    default: break;
    }
  }
  std::string take() {
    std::string all;
    for (const std::string& one : std::exchange(told, {})) all += (all.empty() ? "" : ", ") + one;
    return all;
  }
  // Handles by the order in which they were spoken of: a, b ...
  char name(DWORD handle) {
    const auto at = std::find(names.begin(), names.end(), handle);
    if (at == names.end()) names.push_back(handle);
    return static_cast<char>('a' + (std::find(names.begin(), names.end(), handle) - names.begin()));
  }
  std::map<DWORD, LONG> replies;
  std::vector<std::string> told;
  std::vector<DWORD> names;
};

class CallCentre : public testing::Test {
protected:
  static Plan site() {
    Plan plan = small_site(2);
    plan.extras = {"1900"};
    plan.acd.agents[1].pin = "4711";
    plan.acd.groups.push_back({"front", "{00112233-4455-6677-8899-AABBCCDDEEFF}", {}, {"1002"}});
    plan.acd.queues[0].wrapup_s = 20;
    QueueConfig sales = plan.acd.queues[0];
    sales.name = "sales";
    sales.number = "2901";
    sales.route_points = {"2001"};
    sales.group = "front";
    sales.overflow_after_s = 30;
    sales.overflow_to = "2000"; // the other queue's route point
    plan.acd.queues[0].overflow_after_s = 60;
    plan.acd.queues[0].overflow_to = "1900";
    plan.acd.queues.push_back(sales);
    return plan;
  }

  HLINE line(const char* number) { return world_.desk->address_by_number(number)->line(); }
  // The reply to a request, or the error it began with.
  LONG wait(LONG id) {
    if (id <= 0) return id;
    for (int i = 0; i < 100 && !world_.replies.contains(static_cast<DWORD>(id)); ++i) world_.run_for(1ms);
    return world_.replies.contains(static_cast<DWORD>(id)) ? world_.replies[static_cast<DWORD>(id)] : 1;
  }
  HAGENT agent(const char* at, const char16_t* id, const char16_t* pin = nullptr) {
    HAGENT handle = 0;
    EXPECT_EQ(wait(lineCreateAgentW(line(at), const_cast<LPWSTR>(id), const_cast<LPWSTR>(pin), &handle)), 0);
    EXPECT_NE(handle, 0U);
    return handle;
  }
  GUID group(std::size_t index) {
    std::vector<std::byte> room(1000);
    auto* const list = reinterpret_cast<LINEAGENTGROUPLIST*>(room.data());
    list->dwTotalSize = 1000;
    EXPECT_EQ(wait(lineGetGroupListW(line("1001"), list)), 0);
    EXPECT_EQ(list->dwNumEntries, 2U);
    GUID guid{};
    std::memcpy(&guid, room.data() + list->dwListOffset + index * sizeof(LINEAGENTGROUPENTRY), sizeof guid);
    return guid;
  }
  HAGENTSESSION session(const char* at, HAGENT agent, std::size_t group_index) {
    GUID guid = group(group_index);
    HAGENTSESSION handle = 0;
    EXPECT_EQ(wait(lineCreateAgentSessionW(line(at), agent, nullptr, 0, &guid, &handle)), 0);
    EXPECT_NE(handle, 0U);
    return handle;
  }
  LONG set(HAGENTSESSION session, DWORD state, DWORD next = 0, const char* at = "1001") {
    return wait(lineSetAgentSessionState(line(at), session, state, next));
  }
  LONG set_agent(HAGENT agent, DWORD state, DWORD next = 0, const char* at = "1001") {
    return wait(lineSetAgentStateEx(line(at), agent, state, next));
  }
  LINEAGENTINFO info(HAGENT agent, const char* at = "1001") {
    LINEAGENTINFO out{};
    out.dwTotalSize = sizeof out;
    EXPECT_EQ(wait(lineGetAgentInfo(line(at), agent, &out)), 0);
    EXPECT_EQ(out.dwNeededSize, sizeof out);
    EXPECT_EQ(out.dwUsedSize, sizeof out);
    return out;
  }
  LINEAGENTSESSIONINFO session_info(HAGENTSESSION session, const char* at = "1001") {
    LINEAGENTSESSIONINFO out{};
    out.dwTotalSize = sizeof out;
    EXPECT_EQ(wait(lineGetAgentSessionInfo(line(at), session, &out)), 0);
    return out;
  }
  LINEQUEUEINFO queue_info(DWORD id) {
    LINEQUEUEINFO out{};
    out.dwTotalSize = sizeof out;
    EXPECT_EQ(wait(lineGetQueueInfo(line("1001"), id, &out)), 0);
    return out;
  }

  Listening world_{site()};
};

constexpr DWORD not_ready = LINEAGENTSESSIONSTATE_NOTREADY, ready = LINEAGENTSESSIONSTATE_READY,
                on_call = LINEAGENTSESSIONSTATE_BUSYONCALL, wrapup = LINEAGENTSESSIONSTATE_BUSYWRAPUP,
                ended = LINEAGENTSESSIONSTATE_ENDED, released = LINEAGENTSESSIONSTATE_RELEASED;

} // namespace

TEST_F(CallCentre, ADayOfAnAgentByHandlesWithEveryMessageAndFigure) {
  world_.command("1001", R"({"answer_after_ms": 4000})");
  world_.run_for(5s); // the figures of the start are told
  world_.take();
  const HAGENT who = agent("1001", u"1001");
  EXPECT_EQ(world_.take(), "agent a 1 0, agent a 2 1");
  const HAGENTSESSION desk = session("1001", who, 0);
  EXPECT_EQ(world_.take(), "address 87 2, session b 1 0, session b 2 1");
  EXPECT_EQ(set(desk, ready), 0);
  EXPECT_EQ(world_.take(), "address 6 4, session b 2 2, agent a 2 2");
  world_.run_for(1min);
  world_.take();
  const Time called = world_.loop.now();
  world_.caller("555001", "2000", 60s, 30s);
  world_.run_for(10s);
  EXPECT_NE(world_.take().find("address 106 8, session b 2 4, agent a 2 4"), std::string::npos);
  LINEAGENTSESSIONINFO now = session_info(desk);
  EXPECT_EQ(now.dwAgentSessionState, on_call);
  EXPECT_EQ(now.dwNextAgentSessionState, wrapup);
  EXPECT_EQ(now.dwNumberOfCalls, 1U);
  EXPECT_EQ(now.dwTotalTalkTime, 6U) << "goes on";
  EXPECT_EQ(info(who).dwAgentState, DWORD{LINEAGENTSTATEEX_BUSYACD});
  world_.run_for(30s); // talked 30 s, since 34 s after the call
  now = session_info(desk);
  EXPECT_EQ(now.dwAgentSessionState, wrapup);
  EXPECT_EQ(now.dwNextAgentSessionState, ready);
  EXPECT_EQ(info(who).dwAgentState, DWORD{LINEAGENTSTATEEX_BUSYACD}) << "wrap-up is handling";
  EXPECT_EQ(world_.agent("1001").state, DWORD{LINEAGENTSTATE_WORKINGAFTERCALL});
  world_.run_for(20s);
  world_.take();
  now = session_info(desk);
  EXPECT_EQ(now.dwAgentSessionState, ready);
  EXPECT_EQ(now.dwNumberOfCalls, 1U);
  EXPECT_EQ(now.dwTotalTalkTime, 30U);
  EXPECT_EQ(now.dwAverageTalkTime, 30U);
  EXPECT_EQ(now.dwTotalWrapUpTime, 20U);
  EXPECT_EQ(now.dwAverageWrapUpTime, 20U);
  EXPECT_EQ(now.dwTotalCallTime, 50U);
  EXPECT_EQ(now.dwAverageCallTime, 50U);
  EXPECT_EQ(now.dwLongestTimeToAnswer, 4U);
  EXPECT_EQ(now.dwAverageTimeToAnswer, 4U);
  EXPECT_EQ(now.dwSessionDuration, 120U);
  EXPECT_NEAR(static_cast<double>(now.cyACDCallRate.int64) / 10'000, 30, 0.1) << "one in two minutes";
  const double days = std::chrono::duration<double, std::ratio<86'400>>(called.time_since_epoch()).count();
  EXPECT_NEAR(now.dateSessionStartTime, 25'569 + days - 60.0 / 86'400, 1.0 / 86'400);
  const LINEAGENTINFO all = info(who);
  EXPECT_EQ(all.dwAgentState, DWORD{LINEAGENTSTATEEX_READY});
  EXPECT_EQ(all.dwNextAgentState, DWORD{LINEAGENTSTATEEX_READY});
  EXPECT_EQ(all.dwMeasurementPeriod, 3600U);
  EXPECT_EQ(all.dwNumberOfACDCalls, 1U);
  EXPECT_EQ(all.dwTotalACDTalkTime, 30U);
  EXPECT_EQ(all.dwTotalACDWrapUpTime, 20U);
  EXPECT_EQ(all.dwTotalACDCallTime, 50U);
  EXPECT_NEAR(static_cast<double>(all.cyOverallCallRate.int64) / 10'000, 30, 0.1);

  EXPECT_EQ(set(desk, ended), 0);
  EXPECT_EQ(world_.take(), "address 87 1, session b 2 16, agent a 2 1");
  EXPECT_EQ(session_info(desk).dwAgentSessionState, ended);
  world_.run_for(1min);
  EXPECT_EQ(session_info(desk).dwSessionDuration, 120U) << "the clock has stopped";
  EXPECT_EQ(set(desk, ready), LINEERR_INVALAGENTSTATE);
  world_.take();
  EXPECT_EQ(set_agent(who, LINEAGENTSTATEEX_RELEASED), 0);
  EXPECT_EQ(world_.take(), "session b 2 32, agent a 2 64");
  LINEAGENTINFO gone{};
  gone.dwTotalSize = sizeof gone;
  EXPECT_EQ(wait(lineGetAgentInfo(line("1001"), who, &gone)), LINEERR_INVALPARAM);
  world_.expect_quiet();
}

TEST_F(CallCentre, FiguresAreToldOnceASecond) {
  world_.command("1001", R"({"answer_after_ms": 100})");
  const HAGENT who = agent("1001", u"1001");
  const HAGENTSESSION desk = session("1001", who, 0);
  set(desk, ready);
  world_.run_for(5s);
  world_.take();
  world_.caller("555001", "2000", 60s, 400ms);
  world_.run_for(900ms);
  EXPECT_EQ(world_.take().find(" 4 0"), std::string::npos);
  world_.run_for(300ms);
  const std::string told = world_.take();
  EXPECT_NE(told.find("queue 1 1 0"), std::string::npos) << told;
  EXPECT_NE(told.find("agent a 4 0"), std::string::npos) << told;
  EXPECT_NE(told.find("session b 4 0"), std::string::npos) << told;
  world_.run_for(5s);
  EXPECT_EQ(world_.take(), "");
}

TEST_F(CallCentre, WhatIsWrongIsSaidInTheDocumentedWords) {
  HAGENT handle = 0;
  const auto create = [&](const char16_t* id, const char16_t* pin) {
    return wait(lineCreateAgentW(line("1001"), const_cast<LPWSTR>(id), const_cast<LPWSTR>(pin), &handle));
  };
  EXPECT_EQ(create(u"9999", nullptr), LINEERR_INVALPARAM);
  EXPECT_EQ(create(u"1002", u"0000"), LINEERR_INVALPARAM) << "the PIN is wrong; it does not say which";
  EXPECT_EQ(create(u"1002", nullptr), LINEERR_INVALPARAM);
  EXPECT_EQ(create(nullptr, nullptr), LINEERR_INVALPARAM) << "no agent is called as this user";
  EXPECT_EQ(create(u"1002", u"4711"), 0);
  const HAGENT first = agent("1001", u"1001"), second = handle;
  HAGENTSESSION session_handle = 0;
  GUID desk = group(0), front = group(1), nobodys = {1, 2, 3, {4}};
  const auto begin = [&](const char* at, HAGENT who, GUID guid, DWORD address = 0,
                         const char16_t* pin = nullptr) {
    return wait(
        lineCreateAgentSessionW(line(at), who, const_cast<LPWSTR>(pin), address, &guid, &session_handle));
  };
  EXPECT_EQ(begin("1001", first + 77, desk), LINEERR_INVALPARAM);
  EXPECT_EQ(begin("1001", first, nobodys), LINEERR_INVALPARAM);
  EXPECT_EQ(begin("1001", first, front), LINEERR_INVALPARAM) << "not a group of this agent";
  EXPECT_EQ(begin("1001", first, desk, 3), LINEERR_INVALPARAM) << "no such address";
  EXPECT_EQ(begin("1002", second, front, 0, u"0000"), LINEERR_INVALPARAM);
  EXPECT_EQ(begin("2900", first, desk), LINEERR_OPERATIONUNAVAIL) << "nobody works at a queue";
  EXPECT_EQ(begin("1001", first, desk), 0);
  EXPECT_EQ(begin("1001", second, desk), LINEERR_RESOURCEUNAVAIL) << "the station is taken";
  EXPECT_EQ(begin("1900", first, desk), LINEERR_RESOURCEUNAVAIL) << "the agent works elsewhere";
  EXPECT_EQ(lineCreateAgentSessionW(line("1001"), first, nullptr, 0, nullptr, &session_handle),
            LINEERR_INVALPARAM);

  EXPECT_EQ(set_agent(first, LINEAGENTSTATEEX_BUSYACD), LINEERR_INVALAGENTSTATE);
  EXPECT_EQ(set_agent(first, 3), LINEERR_INVALAGENTSTATE) << "one state at a time";
  EXPECT_EQ(set_agent(first, 0), LINEERR_INVALPARAM);
  EXPECT_EQ(set_agent(first, 0, LINEAGENTSTATEEX_READY), LINEERR_INVALAGENTSTATE) << "no call, no next state";
  EXPECT_EQ(set_agent(second, LINEAGENTSTATEEX_READY), LINEERR_INVALAGENTSTATE) << "without a session";
  EXPECT_EQ(set_agent(first + 77, LINEAGENTSTATEEX_READY), LINEERR_INVALPARAM);
  EXPECT_EQ(set_agent(session_handle, LINEAGENTSTATEEX_READY), LINEERR_INVALPARAM) << "a session is no agent";
  EXPECT_EQ(set(session_handle, on_call), LINEERR_INVALAGENTSTATE);
  EXPECT_EQ(set(session_handle, wrapup), LINEERR_INVALAGENTSTATE);
  EXPECT_EQ(set(session_handle, released), LINEERR_INVALAGENTSTATE) << "it has not ended";
  EXPECT_EQ(set(first, ready), LINEERR_INVALPARAM) << "an agent is no session";
  EXPECT_EQ(wait(lineSetAgentMeasurementPeriod(line("1001"), first, 0)), LINEERR_INVALPARAM);
  EXPECT_EQ(wait(lineSetAgentMeasurementPeriod(line("1001"), first + 77, 60)), LINEERR_INVALPARAM);
  std::vector<std::byte> room(400);
  auto* const queues = reinterpret_cast<LINEQUEUELIST*>(room.data());
  queues->dwTotalSize = 400;
  EXPECT_EQ(wait(lineGetQueueListW(line("1001"), &nobodys, queues)), LINEERR_INVALPARAM);
  LINEAGENTINFO small{};
  small.dwTotalSize = sizeof small - 4;
  EXPECT_EQ(wait(lineGetAgentInfo(line("1001"), first, &small)), LINEERR_STRUCTURETOOSMALL);
}

// The same agent through the eyes of an application of 2.0 and of one of 2.2.
TEST_F(CallCentre, BothGenerationsTellOfOneAgent) {
  world_.command("1002", R"({"answer_after_ms": 1000})");
  const HAGENT who = agent("1002", u"1002", u"4711");
  const HAGENTSESSION desk = session("1002", who, 0), front = session("1002", who, 1);
  EXPECT_EQ(world_.agent("1002").groups.size(), 2U);
  world_.set_state("1002", LINEAGENTSTATE_READY);
  world_.run_for(1ms);
  EXPECT_EQ(info(who).dwAgentState, DWORD{LINEAGENTSTATEEX_READY});
  EXPECT_EQ(session_info(desk).dwAgentSessionState, ready);
  EXPECT_EQ(session_info(front).dwAgentSessionState, ready);
  world_.caller("555001", "2001", 60s, 10s);
  world_.run_for(5s);
  EXPECT_EQ(world_.agent("1002").state, DWORD{LINEAGENTSTATE_BUSYACD});
  EXPECT_EQ(session_info(front).dwAgentSessionState, on_call);
  EXPECT_EQ(session_info(desk).dwAgentSessionState, not_ready);
  EXPECT_EQ(session_info(desk).dwNextAgentSessionState, ready);
  EXPECT_EQ(set_agent(who, 0, LINEAGENTSTATEEX_NOTREADY), 0) << "after the call";
  EXPECT_EQ(world_.agent("1002").next_state, DWORD{LINEAGENTSTATE_WORKINGAFTERCALL});
  world_.run_for(10s);
  EXPECT_EQ(session_info(front).dwAgentSessionState, wrapup);
  EXPECT_EQ(session_info(front).dwNextAgentSessionState, not_ready);
  world_.run_for(20s);
  EXPECT_EQ(world_.agent("1002").state, DWORD{LINEAGENTSTATE_NOTREADY});
  std::vector<std::byte> room(400);
  auto* const list = reinterpret_cast<LINEAGENTSESSIONLIST*>(room.data());
  list->dwTotalSize = 400;
  EXPECT_EQ(wait(lineGetAgentSessionList(line("2900"), who, list)), 0) << "on a queue's line too";
  ASSERT_EQ(list->dwNumEntries, 2U);
  const auto* const entries =
      reinterpret_cast<const LINEAGENTSESSIONENTRY*>(room.data() + list->dwListOffset);
  EXPECT_EQ(entries[1].hAgentSession, front);
  EXPECT_EQ(entries[1].hAgent, who);
  EXPECT_EQ(entries[1].GroupID.Data1, 0x00112233U);
  EXPECT_EQ(entries[1].dwWorkingAddressID, 0U);
  world_.log_out("1002"); // 2.0 ends it all
  world_.run_for(1ms);
  EXPECT_EQ(set(front, ready), LINEERR_INVALPARAM) << "released with the agent";
  world_.expect_quiet();
}

TEST_F(CallCentre, MeasurementPeriodsOfAgentsWork) {
  world_.command("1001", R"({"answer_after_ms": 1000})");
  const HAGENT who = agent("1001", u"1001");
  const HAGENTSESSION desk = session("1001", who, 0);
  EXPECT_EQ(wait(lineSetAgentMeasurementPeriod(line("1001"), who, 120)), 0);
  set(desk, ready);
  world_.caller("555001", "2000", 60s, 10s);
  world_.run_for(40s);
  EXPECT_EQ(info(who).dwMeasurementPeriod, 120U);
  EXPECT_EQ(info(who).dwNumberOfACDCalls, 1U);
  EXPECT_EQ(info(who).dwTotalACDTalkTime, 10U);
  world_.run_for(5min);
  EXPECT_EQ(info(who).dwNumberOfACDCalls, 0U);
  EXPECT_EQ(info(who).dwTotalACDTalkTime, 0U);
  EXPECT_EQ(info(who).cyOverallCallRate.int64, 0);
  EXPECT_EQ(session_info(desk).dwNumberOfCalls, 1U) << "a session counts from its beginning";
}

TEST_F(CallCentre, AQueuesCallsFlowOnAndComeToAnEnd) {
  world_.caller("555001", "2001", 5min, 0s); // sales, then support, then 1900
  world_.run_for(40s);
  EXPECT_EQ(queue_info(2).dwTotalCallsQueued, 1U);
  EXPECT_EQ(queue_info(2).dwTotalCallsFlowedOut, 1U);
  EXPECT_EQ(queue_info(2).dwFinalDisposition, 0U);
  EXPECT_EQ(queue_info(1).dwTotalCallsFlowedIn, 1U);
  EXPECT_EQ(queue_info(1).dwCurrentCallsQueued, 1U);
  EXPECT_EQ(queue_info(1).dwCurrentLongestWaitTime, 10U);
  world_.run_for(60s);
  EXPECT_EQ(queue_info(1).dwTotalCallsFlowedOut, 0U);
  EXPECT_EQ(queue_info(1).dwFinalDisposition, 1U) << "sent to its last resort";
  EXPECT_EQ(queue_info(1).dwLongestEverWaitTime, 60U);
  EXPECT_EQ(queue_info(1).dwAverageWaitTime, 60U);
}

TEST_F(CallCentre, TheNarrowFormsSayTheSame) {
  HAGENT who = 0;
  char id[] = "1002", pin[] = "4711";
  ASSERT_EQ(wait(lineCreateAgentA(line("1002"), id, pin, &who)), 0);
  GUID front = group(1);
  HAGENTSESSION session_handle = 0;
  char wrong[] = "4712";
  EXPECT_EQ(wait(lineCreateAgentSessionA(line("1002"), who, wrong, 0, &front, &session_handle)),
            LINEERR_INVALPARAM);
  EXPECT_EQ(wait(lineCreateAgentSessionA(line("1002"), who, pin, 0, &front, &session_handle)), 0);
  std::vector<char> room(500);
  auto* const queues = reinterpret_cast<LINEQUEUELIST*>(room.data());
  queues->dwTotalSize = 500;
  ASSERT_EQ(wait(lineGetQueueListA(line("1002"), &front, queues)), 0);
  ASSERT_EQ(queues->dwNumEntries, 1U);
  LINEQUEUEENTRY entry;
  std::memcpy(&entry, room.data() + queues->dwListOffset, sizeof entry);
  EXPECT_EQ(entry.dwQueueID, 2U);
  EXPECT_STREQ(room.data() + entry.dwNameOffset, "sales");
  auto* const groups = reinterpret_cast<LINEAGENTGROUPLIST*>(room.data());
  groups->dwTotalSize = 500;
  ASSERT_EQ(wait(lineGetGroupListA(line("1002"), groups)), 0);
  LINEAGENTGROUPENTRY group_entry;
  std::memcpy(&group_entry, room.data() + groups->dwListOffset + sizeof group_entry, sizeof group_entry);
  EXPECT_EQ(group_entry.GroupID.dwGroupID1, 0x00112233U);
  EXPECT_STREQ(room.data() + group_entry.dwNameOffset, "front");
}

// What is private to this handler: "who" gives the agent of a station to programs that came late.
TEST_F(CallCentre, WhoIsAtAStation) {
  char block[20] = "who";
  const auto ask = [&](DWORD size) {
    std::memcpy(block, "who", 4);
    return wait(lineAgentSpecific(line("1001"), 0, 0, block, size));
  };
  EXPECT_EQ(ask(sizeof block), LINEERR_INVALAGENTID) << "nobody";
  world_.log_in("1001");
  world_.run_for(1ms);
  EXPECT_EQ(ask(5), LINEERR_STRUCTURETOOSMALL);
  ASSERT_EQ(ask(sizeof block), 0);
  DWORD handle = 0;
  ASSERT_EQ(std::sscanf(block, "1001 %u", &handle), 1) << block;
  EXPECT_EQ(info(handle).dwAgentState, DWORD{LINEAGENTSTATEEX_NOTREADY});
}

// A caller whose agent's phone rings still waits.
TEST_F(CallCentre, TheLongestWaitIncludesWhoIsRinging) {
  world_.command("1001", R"({"no_answer": true})");
  set(session("1001", agent("1001", u"1001"), 0), ready);
  world_.caller("555001", "2000", 60s, 0s);
  world_.run_for(8s);
  EXPECT_EQ(queue_info(1).dwCurrentCallsQueued, 1U);
  EXPECT_EQ(queue_info(1).dwCurrentLongestWaitTime, 8U);
}

TEST_F(CallCentre, CapsNameTheProxyTheSameOnEveryLine) {
  LINEAGENTCAPS caps[2]{};
  const char* const numbers[] = {"1001", "2900"};
  for (int i = 0; i < 2; ++i) {
    caps[i].dwTotalSize = sizeof caps[i];
    const DWORD device = world_.desk->address_by_number(numbers[i])->device_id();
    EXPECT_EQ(wait(lineGetAgentCapsW(world_.desk->app(), device, 0, 0x00020002, &caps[i])), 0);
    EXPECT_EQ(wait(lineGetAgentCapsW(world_.desk->app(), device, 9, 0x00020002, &caps[i])),
              LINEERR_INVALADDRESSID);
  }
  EXPECT_NE(caps[0].ProxyGUID.Data1, 0U);
  EXPECT_EQ(std::memcmp(&caps[0].ProxyGUID, &caps[1].ProxyGUID, sizeof(GUID)), 0);
  EXPECT_EQ(caps[1].dwFeatures, 0U) << "no agent works at a queue";
  EXPECT_TRUE(caps[0].dwAgentStatusMessages & LINEAGENTSTATUS_VALIDNEXTSTATES);
}

TEST_F(CallCentre, FeaturesAndValidStatesAreThoseOfNow) {
  telephony::AgentStatus status = world_.agent("1900");
  EXPECT_FALSE(status.features & LINEAGENTFEATURE_SETAGENTGROUP) << "nobody's place";
  status = world_.agent("1001");
  EXPECT_TRUE(status.features & LINEAGENTFEATURE_SETAGENTGROUP);
  EXPECT_FALSE(status.features & LINEAGENTFEATURE_SETAGENTSTATE) << "of whom?";
  EXPECT_EQ(status.valid_states, 0U);
  world_.log_in("1001");
  status = world_.agent("1001");
  EXPECT_TRUE(status.features & LINEAGENTFEATURE_SETAGENTSTATE);
  EXPECT_TRUE(status.valid_states & LINEAGENTSTATE_READY);
  EXPECT_EQ(status.valid_next_states, 0U);
}

// The ACD that comes, or whose queues do, says so.
TEST_F(CallCentre, GroupsAndQueuesComeAndGo) {
  world_.acd->stop();
  world_.run_for(1s);
  world_.take();
  EXPECT_EQ(lineGetAgentInfo(line("1001"), 1, nullptr), LINEERR_INVALPOINTER);
  HAGENT handle = 0;
  char16_t id[] = u"1001";
  EXPECT_EQ(lineCreateAgentW(line("1001"), id, nullptr, &handle), LINEERR_OPERATIONUNAVAIL);
  Config config = site().acd;
  world_.acd = std::make_unique<Acd>(world_.loop, world_.log, config, std::vector<EventSink*>{});
  ASSERT_TRUE(world_.acd->start());
  world_.run_for(1ms);
  EXPECT_EQ(world_.take(), "group 0 1 0, group 0 1 0, group 0 1 0") << "on each station's line";
}

} // namespace tl::acd
