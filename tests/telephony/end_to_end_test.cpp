// SPDX-License-Identifier: Apache-2.0
// The object model on the real server and pbx.tsp with simulated phones: in process, under the virtual clock.
#include <gtest/gtest.h>

#include <map>

#include "base/virtual_loop.hpp"
#include "server/server.hpp"
#include "tapi32/library.hpp"
#include "trunkline/telephony.hpp"

namespace tl::test {
namespace {

using telephony::Address;
using telephony::AddressKind;
using telephony::AgentStatus;
using telephony::Call;

constexpr const char* site = R"({
  "station": [{"number": "1001", "name": "Ada", "driver": "sim", "sim": {"answer_after_ms": 100}},
              {"number": "1002", "name": "Bob", "driver": "sim", "sim": {"no_answer": true}},
              {"number": "1003", "name": "Zoë", "driver": "sim", "sim": {"answer_after_ms": 1000}}],
  "trunk": [{"name": "carrier", "prefix": "0", "driver": "sim"}],
  "route_point": [{"number": "2000", "name": "Welcome", "queue": "support", "default_routing_timeout_ms": 5000}],
  "queue": [{"name": "support", "number": "2900"}]})";

class App : public telephony::Events {
public:
  explicit App(const char* name) : telephony(name, *this) {}
  ~App() override { telephony.shutdown(); }

  void call_appeared(Call& call) override {
    newest[call.address().number()] = call.handle();
    log.push_back(call.address().number() + " appeared");
  }
  void call_state(Call& call) override {
    log.push_back(call.address().number() + " " + telephony::call_state_name(call.state()));
  }
  void call_digits_gathered(Call&, std::string_view digits, DWORD reason) override {
    gathered = std::string(digits) + " " + std::to_string(reason);
  }
  void agent_status(Address& address, DWORD, DWORD state) override {
    log.push_back(address.number() + " agent " + telephony::agent_state_name(state));
  }
  void proxy_request(Address& address, LINEPROXYREQUEST& request) override {
    if (request.dwRequestType == LINEPROXYREQUEST_GETAGENTSTATUS) {
      AgentStatus status;
      for (int i = 0; i < 300; ++i) status.groups.push_back({{1, 2, 3, static_cast<DWORD>(i)}, "group"});
      status.state = LINEAGENTSTATE_READY;
      telephony::fill(request.GetAgentStatus.AgentStatus, status);
      address.respond(request, 0);
    } else if (request.dwRequestType == LINEPROXYREQUEST_SETAGENTGROUP) {
      const auto& list = request.SetAgentGroup.GroupList;
      const auto* const begin = reinterpret_cast<const char*>(&list);
      const auto room =
          request.dwSize - static_cast<std::size_t>(begin - reinterpret_cast<const char*>(&request));
      EXPECT_TRUE(telephony::read(list, room, groups));
      address.respond(request, LINEERR_INVALAGENTGROUP);
    } else {
      Events::proxy_request(address, request);
    }
  }

  Address& at(const char* number) { return *telephony.address_by_number(number); }
  Call* call_at(const char* number) { return telephony.call(newest[number]); }
  telephony::Completion note() {
    return [this](LONG result) { results.push_back(result); };
  }
  std::vector<std::string> take() { return std::exchange(log, {}); }

  std::vector<std::string> log;
  std::vector<LONG> results;
  std::vector<telephony::AgentGroup> groups;
  std::map<std::string, HCALL> newest;
  std::string gathered;
  telephony::Telephony telephony;
};

using Log = std::vector<std::string>;
using Results = std::vector<LONG>;

class EndToEnd : public ::testing::Test {
protected:
  EndToEnd() : server(loop, log) {
    tapi32::Library::instance().use_in_process(&server);
    const auto loaded = server.load_provider(TRUNKLINE_PBX_TSP, site);
    EXPECT_TRUE(loaded) << loaded.error().text;
    loop.settle(); // the phones register
    EXPECT_EQ(ada.telephony.initialize(loop), 0);
    EXPECT_EQ(bob.telephony.initialize(loop), 0);
  }
  ~EndToEnd() override {
    ada.telephony.shutdown();
    bob.telephony.shutdown();
    loop.run_for(5s);
    EXPECT_EQ(server.counts().call_handles, 0u);
    server.shutdown();
    tapi32::Library::instance().use_in_process(nullptr);
  }
  // Ada's phone and Bob's phone, each owned by its own program.
  void open() {
    ASSERT_EQ(ada.at("1001").open({.owner = true, .monitor = true}), 0);
    ASSERT_EQ(bob.at("1002").open({.owner = true, .monitor = true}), 0);
  }
  Call& connect() {
    open();
    Call* made = nullptr;
    EXPECT_GT(ada.at("1001").make_call("1002",
                                       [&](LONG result, Call* call) {
                                         EXPECT_EQ(result, 0);
                                         made = call;
                                       }),
              0);
    loop.run_for(1s);
    EXPECT_GT(bob.call_at("1002")->answer(bob.note()), 0);
    loop.run_for(1s);
    EXPECT_EQ(bob.results, Results{0});
    EXPECT_EQ(code(made->state()), DWORD{LINECALLSTATE_CONNECTED});
    ada.take(), bob.take(), bob.results.clear();
    return *made;
  }

  VirtualLoop loop;
  NullLog log;
  server::Server server;
  App ada{"ada"}, bob{"bob"};
};

TEST_F(EndToEnd, LinesAreWhatTheSiteSays) {
  EXPECT_EQ(ada.at("1003").name(), "Zoë");
  EXPECT_EQ(ada.at("1003").kind(), AddressKind::station);
  EXPECT_EQ(ada.at("2000").kind(), AddressKind::route_point);
  EXPECT_EQ(ada.at("2900").kind(), AddressKind::queue);
  ASSERT_TRUE(ada.telephony.address_by_name("carrier"));
  EXPECT_EQ(ada.telephony.address_by_name("carrier")->kind(), AddressKind::trunk);
}

TEST_F(EndToEnd, ACallFromOneProgramToAnother) {
  open();
  Call* made = nullptr;
  LONG result = 1;
  ada.at("1001").make_call("1002", [&](LONG r, Call* call) { result = r, made = call; });
  loop.run_for(1s);
  ASSERT_EQ(result, 0);
  ASSERT_TRUE(made);
  EXPECT_EQ(code(made->state()), DWORD{LINECALLSTATE_RINGBACK});
  EXPECT_EQ(bob.take(), (Log{"1002 appeared", "1002 OFFERING"}));
  Call& incoming = *bob.call_at("1002");
  EXPECT_TRUE(incoming.owned());
  EXPECT_EQ(incoming.call_id(), made->call_id());
  telephony::CallInfo info;
  EXPECT_EQ(incoming.info(info), 0);
  EXPECT_EQ(info.caller.number, "1001");
  EXPECT_EQ(info.caller.name, "Ada");
  EXPECT_EQ(info.called.number, "1002");

  EXPECT_GT(incoming.answer(bob.note()), 0);
  loop.run_for(1s);
  EXPECT_EQ(bob.results, Results{0});
  EXPECT_EQ(bob.take(), Log{"1002 CONNECTED"});
  telephony::CallStatus status;
  EXPECT_EQ(made->status(status), 0);
  EXPECT_EQ(status.state, DWORD{LINECALLSTATE_CONNECTED});
  EXPECT_EQ(
      status.entered_ms,
      std::chrono::duration_cast<std::chrono::milliseconds>((loop.now() - 1s).time_since_epoch()).count());
  telephony::AddressStatus address;
  EXPECT_EQ(ada.at("1001").status(address), 0);
  EXPECT_EQ(address.active_calls, 1u);

  EXPECT_GT(made->drop(ada.note()), 0);
  loop.run_for(1s);
  EXPECT_EQ(ada.results, Results{0});
  EXPECT_EQ(ada.take().back(), "1001 IDLE");
  EXPECT_EQ(bob.take().front(), "1002 DISCONNECTED");
  EXPECT_EQ(ada.telephony.call_count(), 0u);
}

TEST_F(EndToEnd, HoldAndConsultedTransfer) {
  Call& call = connect();
  EXPECT_GT(call.hold(ada.note()), 0);
  loop.run_for(1s);
  EXPECT_EQ(ada.take(), Log{"1001 ONHOLD"});
  EXPECT_GT(call.unhold(ada.note()), 0);
  loop.run_for(1s);
  EXPECT_EQ(ada.take(), Log{"1001 CONNECTED"});
  Call* consultation = nullptr;
  EXPECT_GT(call.setup_transfer([&](LONG result, Call* made) {
    EXPECT_EQ(result, 0);
    consultation = made;
  }),
            0);
  loop.run_for(1s);
  ASSERT_TRUE(consultation);
  EXPECT_EQ(code(call.state()), DWORD{LINECALLSTATE_ONHOLDPENDTRANSFER});
  EXPECT_EQ(code(consultation->state()), DWORD{LINECALLSTATE_DIALTONE});
  EXPECT_GT(consultation->dial("1003", ada.note()), 0);
  loop.run_for(3s);
  EXPECT_EQ(code(consultation->state()), DWORD{LINECALLSTATE_CONNECTED});
  EXPECT_GT(call.complete_transfer(*consultation, ada.note()), 0);
  loop.run_for(1s);
  EXPECT_EQ(ada.results, (Results{0, 0, 0, 0}));
  EXPECT_EQ(ada.telephony.call_count(), 0u) << "both are IDLE and gone";
  ASSERT_TRUE(bob.call_at("1002"));
  telephony::CallInfo info;
  EXPECT_EQ(bob.call_at("1002")->info(info), 0);
  EXPECT_EQ(info.connected.number, "1003");
}

TEST_F(EndToEnd, ARoutePointWithoutAnOwnerThenWithOne) {
  open();
  ASSERT_EQ(bob.at("2000").open({.owner = true}), 0);
  ASSERT_EQ(bob.at("2900").open({.owner = true}), 0);
  ada.at("1001").make_call("2000", {});
  loop.run_for(100ms);
  EXPECT_EQ(bob.take(), (Log{"2000 appeared", "2000 OFFERING"}));
  EXPECT_GT(bob.call_at("2000")->redirect("2900", bob.note()), 0);
  loop.run_for(100ms);
  EXPECT_EQ(bob.results, Results{0});
  ASSERT_TRUE(bob.call_at("2900"));
  EXPECT_EQ(code(bob.call_at("2900")->state()), DWORD{LINECALLSTATE_CONNECTED});
  EXPECT_GT(bob.call_at("2900")->set_treatment(LINECALLTREATMENT_SILENCE, bob.note()), 0);
  EXPECT_GT(bob.call_at("2900")->set_data("ticket 7", bob.note()), 0);
  EXPECT_GT(bob.call_at("2900")->blind_transfer("1002", bob.note()), 0);
  loop.run_for(100ms);
  EXPECT_EQ(bob.results, (Results{0, 0, 0, 0}));
  EXPECT_FALSE(bob.call_at("2900"));
  telephony::CallInfo info;
  ASSERT_TRUE(bob.call_at("1002"));
  EXPECT_EQ(bob.call_at("1002")->info(info), 0);
  EXPECT_EQ(info.data, "ticket 7");
  EXPECT_EQ(info.caller.number, "1001");
}

TEST_F(EndToEnd, FoundByAProgramThatComesLater) {
  connect();
  App late("late");
  ASSERT_EQ(late.telephony.initialize(loop), 0);
  ASSERT_EQ(late.at("1001").open({.monitor = true}), 0);
  EXPECT_EQ(late.at("1001").find_calls(), 0);
  EXPECT_EQ(late.take(), (Log{"1001 appeared", "1001 CONNECTED"}));
  Call& found = *late.call_at("1001");
  EXPECT_FALSE(found.owned());
  EXPECT_EQ(found.drop(late.note()), LINEERR_NOTOWNER);
  EXPECT_EQ(found.set_privilege(LINECALLPRIVILEGE_OWNER), 0);
  EXPECT_GT(found.drop(late.note()), 0);
  loop.run_for(1s);
  EXPECT_EQ(late.results, Results{0});
  EXPECT_EQ(late.take().back(), "1001 IDLE");
  EXPECT_EQ(ada.take().back(), "1001 IDLE");
}

TEST_F(EndToEnd, ReleasedCallsGoOn) {
  Call& call = connect();
  call.release();
  loop.run_for(10s);
  EXPECT_EQ(code(bob.call_at("1002")->state()), DWORD{LINECALLSTATE_CONNECTED});
}

TEST_F(EndToEnd, GatheringEndsWhenItTimesOutOrIsCancelled) {
  Call& call = connect();
  ASSERT_EQ(call.gather_digits(4, "#", 2000, 1000), 0);
  loop.run_for(5s);
  EXPECT_EQ(ada.gathered, " " + std::to_string(LINEGATHERTERM_FIRSTTIMEOUT));
  ASSERT_EQ(call.gather_digits(4, "#", 20000, 1000), 0);
  EXPECT_EQ(call.gather_digits(0, "", 0, 0), 0);
  loop.run_for(1s);
  EXPECT_EQ(ada.gathered, " " + std::to_string(LINEGATHERTERM_CANCEL));
}

TEST_F(EndToEnd, AgentsAreServedByAnotherProgram) {
  open();
  App handler("handler");
  ASSERT_EQ(handler.telephony.initialize(loop), 0);
  ASSERT_EQ(handler.at("1001").open(
                {.proxy_requests = {LINEPROXYREQUEST_GETAGENTSTATUS, LINEPROXYREQUEST_SETAGENTGROUP,
                                    LINEPROXYREQUEST_SETAGENTSTATE}}),
            0);
  loop.settle();
  int answers = 0;
  EXPECT_GT(ada.at("1001").get_agent_status([&](LONG result, const AgentStatus& status) {
    ++answers;
    EXPECT_EQ(result, 0);
    EXPECT_EQ(status.state, DWORD{LINEAGENTSTATE_READY});
    ASSERT_EQ(status.groups.size(), 300u) << "asked again with more room";
    EXPECT_EQ(status.groups[299].name, "group");
  }),
            0);
  const std::vector<telephony::GroupId> groups{{9, 8, 7, 6}};
  EXPECT_GT(ada.at("1001").set_agent_groups(groups, ada.note()), 0);
  EXPECT_GT(ada.at("1001").set_agent_state(LINEAGENTSTATE_READY, 0, ada.note()), 0);
  loop.settle();
  EXPECT_EQ(answers, 1);
  ASSERT_EQ(handler.groups.size(), 1u);
  EXPECT_EQ(handler.groups[0].id, groups[0]);
  EXPECT_EQ(ada.results, (Results{LINEERR_INVALAGENTGROUP, LINEERR_OPERATIONUNAVAIL}));
  EXPECT_EQ(
      handler.at("1001").proxy_message(LINE_AGENTSTATUS, 0, LINEAGENTSTATUS_STATE, LINEAGENTSTATE_READY), 0);
  loop.settle();
  EXPECT_EQ(ada.take(), Log{"1001 agent READY"});
}

TEST_F(EndToEnd, EverythingOutstandingEndsWithShutdown) {
  open();
  App other("other");
  ASSERT_EQ(other.telephony.initialize(loop), 0);
  ASSERT_EQ(other.at("1001").open({.owner = true, .monitor = true}), 0);
  LONG made = 1;
  other.at("1001").make_call("1003", [&](LONG result, Call*) { made = result; });
  other.telephony.shutdown();
  EXPECT_EQ(made, LINEERR_OPERATIONFAILED);
  loop.run_for(5s);
  EXPECT_EQ(ada.telephony.initialize(loop), LINEERR_INUSE);
}

TEST_F(EndToEnd, LosingTheProviderClosesItsLines) {
  connect();
  EXPECT_TRUE(server.unload_provider(TRUNKLINE_PBX_TSP));
  loop.run_for(1s);
  EXPECT_EQ(ada.telephony.call_count(), 0u);
  EXPECT_FALSE(ada.telephony.address_by_device(0)->is_open());
  EXPECT_EQ(ada.telephony.address_by_number("1001"), nullptr);
}

} // namespace
} // namespace tl::test
