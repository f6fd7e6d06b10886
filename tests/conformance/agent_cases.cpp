// SPDX-License-Identifier: Apache-2.0
// Agent functions and their handler (acd-proxy): what was asked reaches the handler, its answer comes back.
#include <cstring>

#include "agent_handler.hpp"
#include "world.hpp"

namespace conformance {
namespace {

std::string name(World& world, LONG result) {
  return world.tables.result_name("line", result);
}

// Undoes what a case asked of the handler.
struct Answering {
  Answering(AgentHandler& h, std::function<LONG(LINEPROXYREQUEST&)> answer) : handler(h) {
    handler.answer = std::move(answer);
  }
  ~Answering() { handler.answer = nullptr; }
  AgentHandler& handler;
};

void set_state_reaches_the_handler(World& world) {
  DWORD address = 99, state = 0, next = 0;
  const Answering answering{world.agents(), [&](LINEPROXYREQUEST& request) -> LONG {
                              address = request.SetAgentState.dwAddressID;
                              state = request.SetAgentState.dwAgentState;
                              next = request.SetAgentState.dwNextAgentState;
                              return 0;
                            }};
  world.ok(lineSetAgentState(world.agent_line().owner, 0, LINEAGENTSTATE_READY, LINEAGENTSTATE_NOTREADY),
           "lineSetAgentState");
  expect(address == 0 && state == LINEAGENTSTATE_READY && next == LINEAGENTSTATE_NOTREADY,
         "address 0, READY and NOTREADY at the handler",
         std::to_string(address) + ", " + std::to_string(state));
}

void the_handlers_error_is_the_reply(World& world) {
  const Answering answering{world.agents(),
                            [](LINEPROXYREQUEST&) -> LONG { return LINEERR_INVALADDRESSSTATE; }};
  const LONG got = world.result(lineSetAgentState(world.agent_line().owner, 0, LINEAGENTSTATE_READY, 0));
  expect(got == LINEERR_INVALADDRESSSTATE, "LINEERR_INVALADDRESSSTATE", name(world, got));
}

void create_agent(World& world) {
  world.agents();
  Block& agent = world.block(sizeof(HAGENT));
  Block& id = world.text("conformance", false);
  world.ok(lineCreateAgentA(world.agent_line().owner, reinterpret_cast<LPSTR>(id.data()), nullptr,
                            reinterpret_cast<LPHAGENT>(agent.data())),
           "lineCreateAgent");
  expect(agent.dword(0) == agent_given, "the handler's agent handle", std::to_string(agent.dword(0)));
}

void create_session(World& world) {
  world.agents();
  Block& session = world.block(sizeof(HAGENTSESSION));
  GUID group{};
  world.ok(lineCreateAgentSessionA(world.agent_line().owner, agent_given, nullptr, 0, &group,
                                   reinterpret_cast<LPHAGENTSESSION>(session.data())),
           "lineCreateAgentSession");
  expect(session.dword(0) == session_given, "the handler's session handle", std::to_string(session.dword(0)));
}

void get_status(World& world) {
  world.agents();
  Block& memory = world.block(512);
  memory.set_dword(0, 512);
  world.ok(
      lineGetAgentStatusA(world.agent_line().owner, 0, reinterpret_cast<LPLINEAGENTSTATUS>(memory.data())),
      "lineGetAgentStatus");
  const DWORD state = reinterpret_cast<LINEAGENTSTATUS*>(memory.data())->dwState;
  expect(state == LINEAGENTSTATE_READY, "the handler's LINEAGENTSTATE_READY", std::to_string(state));
}

void agent_specific(World& world) {
  world.agents();
  Block& params = world.block(16);
  world.ok(lineAgentSpecific(world.agent_line().owner, 0, 0, params.data(), 16), "lineAgentSpecific");
  expect(params.data()[0] == std::byte{0x77}, "the handler's bytes", "others");
}

void one_handler(World& world) {
  world.agents();
  App second{"conformance second"};
  HLINE line = 0;
  const LONG got =
      open_proxy(second.handle, world.agent_line().device, {LINEPROXYREQUEST_SETAGENTSTATE}, line);
  expect(got == LINEERR_NOTREGISTERED, "a second handler of a type: LINEERR_NOTREGISTERED", name(world, got));
}

void proxy_status(World& world) {
  world.agents();
  Block& memory = world.block(512);
  memory.set_dword(0, 512);
  const LONG got = lineGetProxyStatus(world.app().handle, world.agent_line().device, version_2_2,
                                      reinterpret_cast<LPLINEPROXYREQUESTLIST>(memory.data()));
  expect(got == 0, "lineGetProxyStatus: 0", name(world, got));
  const DWORD entries = reinterpret_cast<LINEPROXYREQUESTLIST*>(memory.data())->dwNumEntries;
  expect(entries == LINEPROXYREQUEST_SETAGENTSTATEEX, "all 20 request types", std::to_string(entries));
}

// Exactly once per request, by who registered.
void responses(World& world) {
  LONG wrong_line = 0, no_request = 0, stranger = 0;
  const Answering answering{world.agents(), [&](LINEPROXYREQUEST& request) -> LONG {
                              wrong_line = lineProxyResponse(0, &request, 0);
                              stranger = lineProxyResponse(world.agent_line().owner, &request, 0);
                              no_request = lineProxyResponse(world.agents().line, nullptr, 0);
                              return 0;
                            }};
  world.ok(lineSetAgentState(world.agent_line().owner, 0, LINEAGENTSTATE_READY, 0), "lineSetAgentState");
  expect(wrong_line == LINEERR_INVALLINEHANDLE, "hLine 0: LINEERR_INVALLINEHANDLE", name(world, wrong_line));
  expect(stranger == LINEERR_NOTREGISTERED, "a line without handler: LINEERR_NOTREGISTERED",
         name(world, stranger));
  expect(no_request == LINEERR_INVALPOINTER, "NULL: LINEERR_INVALPOINTER", name(world, no_request));
}

void not_registered(World& world) {
  const LONG got =
      lineProxyMessage(world.agent_line().owner, 0, LINE_AGENTSTATUS, 0, LINEAGENTSTATUS_STATE, 0);
  expect(got == LINEERR_NOTREGISTERED, "LINEERR_NOTREGISTERED", name(world, got));
}

struct Row {
  const char* function;
  const char* name;
  void (*run)(World&);
};
constexpr Row rows[] = {
    {"lineSetAgentState", "reaches the handler", set_state_reaches_the_handler},
    {"lineSetAgentState", "is answered by the handler's error", the_handlers_error_is_the_reply},
    {"lineCreateAgent", "gives the handler's handle", create_agent},
    {"lineCreateAgentSession", "gives the handler's handle", create_session},
    {"lineGetAgentStatus", "gives the handler's answer", get_status},
    {"lineAgentSpecific", "gives the handler's bytes", agent_specific},
    {"lineGetProxyStatus", "names all types", proxy_status},
    {"lineOpen", "as second handler of a type", one_handler},
    {"lineProxyResponse", "by who may not", responses},
    {"lineProxyMessage", "by who is no handler", not_registered},
};

} // namespace

std::vector<Case> agent_cases() {
  std::vector<Case> out;
  for (const Row& each : rows) out.push_back({"functions", each.function, each.name, each.run});
  return out;
}

} // namespace conformance
