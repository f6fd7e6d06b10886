// SPDX-License-Identifier: Apache-2.0
// The call-centre objects of TAPI 3 on the real ACD: handlers, agents, sessions, groups, queues and their
// events.
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "world.hpp"

namespace tl::acd {
namespace {

using scenario::Plan;
using scenario::small_site;
using scenario::World;
using telephony::Address;
using telephony::AgentHandler;
using telephony::AgentSession;
using TapiState = telephony::AgentState;
using TapiSession = telephony::SessionState;
template <class T> using Ptr = std::shared_ptr<T>;

class Heard : public telephony::CallCentreEvents {
public:
  void handler_found(AgentHandler& handler) override { log.push_back("found " + handler.name()); }
  void handler_lost(AgentHandler& handler) override { log.push_back("lost " + handler.name()); }
  void agent_created(telephony::Agent&) override { log.push_back("agent"); }
  void agent_state(telephony::Agent& agent) override { log.push_back(to_string(agent.state())); }
  void agent_updated(telephony::Agent&) override { ++updates; }
  void session_created(AgentSession& session) override {
    log.push_back(fmt::format("session of {} for {} at {}", session.agent() ? "an agent" : "nobody known",
                              session.group() ? session.group()->name() : "?",
                              session.address() ? session.address()->number() : "?"));
  }
  void session_state(AgentSession& session) override {
    log.push_back(fmt::format("session {}", to_string(session.state())));
  }
  void session_updated(AgentSession&) override { ++updates; }
  void group_created(telephony::AcdGroup& group) override { log.push_back("group " + group.name()); }
  void queue_updated(telephony::Queue&) override { ++queue_updates; }
  std::vector<std::string> take() { return std::exchange(log, {}); }

  std::vector<std::string> log;
  int updates = 0, queue_updates = 0;
};
using Log = std::vector<std::string>;

class Objects : public testing::Test {
protected:
  static Plan site() {
    Plan plan = small_site(2);
    plan.acd.agents[1].pin = "4711";
    plan.acd.groups.push_back({"front", "", {}, {"1002"}});
    return plan;
  }
  // Starts it and waits; the request's own error or the reply.
  template <class F> LONG ask(F start) {
    LONG reply = 1;
    const LONG begun = start([&](LONG result, auto&&...) { reply = result; });
    if (begun < 0) return begun;
    world_.run_for(1ms);
    return reply;
  }
  // The same for an answer that is kept.
  template <class T, class F> T get(F start) {
    T kept{};
    LONG reply = 1;
    EXPECT_GT(start([&](LONG result, const T& answer) {
                reply = result;
                kept = answer;
              }),
              0);
    world_.run_for(1ms);
    EXPECT_EQ(reply, 0) << telephony::error_name(reply);
    return kept;
  }
  Ptr<AgentHandler> find() {
    const auto all =
        get<std::vector<Ptr<AgentHandler>>>([&](auto done) { return centre_.find_handlers(done); });
    EXPECT_EQ(all.size(), 1U);
    return all.at(0);
  }
  Ptr<telephony::Agent> agent(AgentHandler& handler, const char* id, const char* pin = "") {
    return get<Ptr<telephony::Agent>>(
        [&](auto done) { return handler.create_agent(id, pin, done, &at(id)); });
  }
  std::vector<Ptr<telephony::AcdGroup>> groups(AgentHandler& handler) {
    return get<std::vector<Ptr<telephony::AcdGroup>>>([&](auto done) { return handler.groups(done); });
  }
  Address& at(const char* number) { return *world_.desk->address_by_number(number); }

  World world_{site()};
  Heard heard_;
  telephony::CallCentre centre_{*world_.desk, heard_};
};

} // namespace

TEST_F(Objects, AnAgentWorksThroughObjectsAlone) {
  world_.command("1002", R"({"answer_after_ms": 2000})");
  const auto handler = find();
  EXPECT_EQ(heard_.take(), Log{"found Trunkline ACD"});
  EXPECT_EQ(handler->usable_addresses().size(), 2U);
  const auto all = groups(*handler);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0]->name(), "desk");
  const auto queues =
      get<std::vector<Ptr<telephony::Queue>>>([&](auto done) { return all[0]->queues(done); });
  ASSERT_EQ(queues.size(), 1U);
  EXPECT_EQ(queues[0]->name(), "support");

  const auto who = agent(*handler, "1002", "4711");
  EXPECT_EQ(who->id(), "1002");
  EXPECT_EQ(heard_.take(), (Log{"agent", "NOTREADY"}));
  const auto session =
      get<Ptr<AgentSession>>([&](auto done) { return who->create_session(*all[0], at("1002"), done); });
  EXPECT_EQ(heard_.take(), Log{"session of an agent for desk at 1002"});
  EXPECT_EQ(session->agent(), who);
  EXPECT_EQ(session->group(), all[0]);
  EXPECT_EQ(session->address(), &at("1002"));
  EXPECT_EQ(ask([&](auto done) { return session->set_state(TapiSession::ready, done); }), 0);
  EXPECT_EQ(heard_.take(), (Log{"session READY", "READY"}));
  world_.caller("555001", "2000", 60s, 10s);
  world_.run_for(20s);
  EXPECT_EQ(heard_.take(), (Log{"session BUSYONCALL", "BUSYACD", "session READY", "READY"}));
  EXPECT_GT(heard_.updates, 0);
  EXPECT_GT(heard_.queue_updates, 0);
  const auto figures = get<telephony::AgentSessionInfo>([&](auto done) { return session->info(done); });
  EXPECT_EQ(figures.calls, 1U);
  EXPECT_EQ(figures.talk_time, 10U);
  EXPECT_EQ(figures.average_time_to_answer, 2U);
  const auto whole = get<telephony::AgentInfo>([&](auto done) { return who->info(done); });
  EXPECT_EQ(whole.talk_time, 10U);
  EXPECT_EQ(ask([&](auto done) { return who->set_measurement_period(60, done); }), 0);
  EXPECT_EQ(get<telephony::AgentInfo>([&](auto done) { return who->info(done); }).measurement_period, 60U);
  EXPECT_EQ(ask([&](auto done) { return queues[0]->set_measurement_period(60, done); }), 0);
  EXPECT_EQ(get<telephony::QueueInfo>([&](auto done) { return queues[0]->info(done); }).measurement_period,
            60U);
  const auto list = get<std::vector<Ptr<AgentSession>>>([&](auto done) { return who->sessions(done); });
  EXPECT_EQ(list, std::vector{session}) << "the same objects";

  EXPECT_EQ(ask([&](auto done) { return session->set_state(TapiSession::ended, done); }), 0);
  EXPECT_EQ(heard_.take(), (Log{"session ENDED", "NOTREADY"}));
  EXPECT_EQ(get<telephony::AgentSessionInfo>([&](auto done) { return session->info(done); }).calls, 1U);
  EXPECT_EQ(ask([&](auto done) { return who->set_state(TapiState::released, done); }), 0);
  EXPECT_EQ(heard_.take(), Log{"RELEASED"});
  EXPECT_TRUE(handler->agents().empty());
  EXPECT_EQ(ask([&](auto done) { return who->info(done); }), LINEERR_INVALPARAM) << "it stays an object";
  world_.expect_quiet();
}

TEST_F(Objects, WhatOtherProgramsDoIsSeen) {
  const auto handler = find();
  groups(*handler);
  heard_.take();
  world_.log_in("1001"); // by a program of TAPI 2.0
  world_.run_for(1ms);
  EXPECT_EQ(heard_.take(), (Log{"agent", "NOTREADY", "session of an agent for desk at 1001"}));
  world_.set_state("1001", LINEAGENTSTATE_READY);
  world_.run_for(1ms);
  EXPECT_EQ(heard_.take(), (Log{"session READY", "READY"}));
  ASSERT_EQ(handler->agents().size(), 1U);
  world_.log_out("1001");
  world_.run_for(1ms);
  EXPECT_EQ(heard_.take(), (Log{"session ENDED", "RELEASED"}));
  EXPECT_TRUE(handler->agents().empty());
}

TEST_F(Objects, ErrorsAreTheHandlers) {
  const auto handler = find();
  const auto all = groups(*handler);
  EXPECT_EQ(ask([&](auto done) { return handler->create_agent("1002", "0000", done); }), LINEERR_INVALPARAM);
  EXPECT_EQ(ask([&](auto done) { return handler->create_agent(done); }), LINEERR_INVALPARAM)
      << "no such user";
  const auto who = agent(*handler, "1001");
  EXPECT_EQ(ask([&](auto done) { return who->create_session(*all[1], at("1001"), done); }),
            LINEERR_INVALPARAM)
      << "not a group of this agent";
  EXPECT_EQ(ask([&](auto done) { return who->create_session(*all[0], at("2900"), done); }),
            LINEERR_OPERATIONUNAVAIL)
      << "a queue is no place to work at";
  EXPECT_EQ(ask([&](auto done) { return who->set_state(TapiState::ready, done); }), LINEERR_INVALAGENTSTATE);
}

TEST_F(Objects, AHandlerGoesAndComesBack) {
  const auto handler = find();
  const auto who = agent(*handler, "1001");
  heard_.take();
  world_.acd->stop();
  world_.run_for(1ms);
  EXPECT_EQ(heard_.take(), Log{"lost Trunkline ACD"});
  EXPECT_TRUE(centre_.handlers().empty());
  EXPECT_EQ(ask([&](auto done) { return who->info(done); }), LINEERR_OPERATIONUNAVAIL);
  world_.acd = std::make_unique<Acd>(world_.loop, world_.log, site().acd, std::vector<EventSink*>{});
  ASSERT_TRUE(world_.acd->start());
  world_.run_for(10ms);
  EXPECT_EQ(heard_.take().at(0), "found Trunkline ACD") << "by itself";
  ASSERT_EQ(centre_.handlers().size(), 1U);
  EXPECT_NE(centre_.handlers()[0], handler);
  EXPECT_EQ(centre_.handlers()[0]->usable_addresses().size(), 2U);
}

TEST_F(Objects, NothingHangsWhenTelephonyGoes) {
  const auto handler = find();
  LONG result = 1;
  EXPECT_GT(handler->groups([&](LONG value, const auto& list) {
    result = value;
    EXPECT_TRUE(list.empty());
  }),
            0);
  world_.desk->shutdown();
  EXPECT_EQ(result, LINEERR_OPERATIONFAILED);
  EXPECT_TRUE(handler->usable_addresses().empty());
  EXPECT_EQ(handler->groups({}), LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(centre_.find_handlers({}), LINEERR_UNINITIALIZED);
}

} // namespace tl::acd
