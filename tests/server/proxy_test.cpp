// SPDX-License-Identifier: Apache-2.0
// Agent requests through a proxy (acd-proxy).
#include "fixture.hpp"

#include <algorithm>

namespace tl::server::test {
namespace {

constexpr DWORD owner = LINECALLPRIVILEGE_OWNER, monitor = LINECALLPRIVILEGE_MONITOR,
                none = LINECALLPRIVILEGE_NONE;

class ProxyTest : public ServerTest {
protected:
  void SetUp() override {
    start();
    acd = &client("acd");
    agent = &client("agent");
    agent_line = agent->open(0, monitor);
  }
  DWORD open_proxy(std::vector<DWORD> types, LONG* result = nullptr) {
    std::vector<std::byte> bytes(sizeof(LINECALLPARAMS) + types.size() * sizeof(DWORD));
    auto& params = *reinterpret_cast<LINECALLPARAMS*>(bytes.data());
    params.dwTotalSize = static_cast<DWORD>(bytes.size());
    params.dwDevSpecificSize = static_cast<DWORD>(types.size() * sizeof(DWORD));
    params.dwDevSpecificOffset = sizeof(LINECALLPARAMS);
    if (!types.empty())
      std::memcpy(bytes.data() + sizeof(LINECALLPARAMS), types.data(), types.size() * sizeof(DWORD));
    const LONG answer = acd->try_open(0, none | LINEOPENOPTION_PROXY, 0, wire::Bytes{bytes});
    if (result)
      *result = answer;
    else
      EXPECT_EQ(answer, 0);
    return answer == 0 ? std::get<0>(acd->answers<Fn::lineOpen>()) : 0;
  }
  // The block of the only message the proxy has got.
  std::vector<std::byte> block() {
    const auto seen = acd->take_all();
    EXPECT_EQ(seen.size(), 1u);
    if (seen.empty() || seen[0].message != LINE_PROXYREQUEST)
      return std::vector<std::byte>(sizeof(LINEPROXYREQUEST));
    return {seen[0].extra.begin(), seen[0].extra.end()};
  }
  static LINEPROXYREQUEST& head(std::vector<std::byte>& bytes) {
    return *reinterpret_cast<LINEPROXYREQUEST*>(bytes.data());
  }
  LONG respond(DWORD line, const std::vector<std::byte>& bytes, LONG result = 0) {
    return acd->call<Fn::lineProxyResponse>(line, wire::Data{bytes}, static_cast<DWORD>(result));
  }
  TestClient *acd = nullptr, *agent = nullptr;
  DWORD agent_line = 0;
};

TEST_F(ProxyTest, StatusTravelsThereAndBack) {
  const DWORD proxy = open_proxy({LINEPROXYREQUEST_GETAGENTSTATUS, LINEPROXYREQUEST_SETAGENTSTATE});
  EXPECT_EQ(agent->take(), "proxy 1 2, proxy 1 5");
  acd->take();
  const LONG id = agent->call<Fn::lineGetAgentStatus>(agent_line, 1u, wire::Capacity{500});
  ASSERT_GT(id, 0);
  auto request = block();
  EXPECT_EQ(head(request).dwRequestType, DWORD{LINEPROXYREQUEST_GETAGENTSTATUS});
  EXPECT_EQ(head(request).dwSize, request.size());
  EXPECT_EQ(head(request).dwClientAppAPIVersion, 0x00020002u);
  EXPECT_EQ(head(request).GetAgentStatus.dwAddressID, 1u);
  EXPECT_EQ(head(request).GetAgentStatus.AgentStatus.dwTotalSize, 500u);
  const char16_t user[] = u"tester";
  ASSERT_EQ(head(request).dwClientUserNameSize, sizeof user);
  EXPECT_EQ(std::memcmp(request.data() + head(request).dwClientUserNameOffset, user, sizeof user), 0);
  auto& status = head(request).GetAgentStatus.AgentStatus;
  status.dwState = LINEAGENTSTATE_READY;
  status.dwUsedSize = status.dwNeededSize = sizeof(LINEAGENTSTATUS);
  EXPECT_EQ(agent->take(), "");
  EXPECT_EQ(respond(proxy, request), 0);
  const auto seen = agent->take_all();
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].p1, static_cast<DWORD_PTR>(id));
  EXPECT_EQ(seen[0].p2, 0u);
  const auto bytes = std::get<0>(*wire::decode_answers<Fn::lineGetAgentStatus>(seen[0].extra));
  EXPECT_EQ(agent->structure<LINEAGENTSTATUS>(bytes).dwState, DWORD{LINEAGENTSTATE_READY});
  EXPECT_EQ(respond(proxy, request), LINEERR_INVALPARAM) << "exactly once";
}

TEST_F(ProxyTest, RegistrationRules) {
  LONG result = 0;
  open_proxy({LINEPROXYREQUEST_SETAGENTSTATE});
  open_proxy({LINEPROXYREQUEST_GETAGENTCAPS, LINEPROXYREQUEST_SETAGENTSTATE}, &result);
  EXPECT_EQ(result, LINEERR_NOTREGISTERED) << "that type has a handler";
  open_proxy({77}, &result);
  EXPECT_EQ(result, LINEERR_OPERATIONUNAVAIL);
  open_proxy({}, &result);
  EXPECT_EQ(result, LINEERR_STRUCTURETOOSMALL);
  EXPECT_EQ(acd->try_open(0, none | LINEOPENOPTION_PROXY), LINEERR_INVALPOINTER);
  open_proxy({LINEPROXYREQUEST_GETAGENTCAPS});
  ASSERT_EQ(agent->call<Fn::lineGetProxyStatus>(agent->app, 0u, 0x20002u, wire::Capacity{200}), 0);
  const auto& list =
      agent->structure<LINEPROXYREQUESTLIST>(std::get<0>(agent->answers<Fn::lineGetProxyStatus>()));
  EXPECT_EQ(list.dwNumEntries, 2u);
  EXPECT_EQ(agent->call<Fn::lineGetProxyStatus>(agent->app, 0u, 0x20001u, wire::Capacity{200}),
            LINEERR_INCOMPATIBLEAPIVERSION);
}

TEST_F(ProxyTest, AllTypesForAcdAreAnnounced) {
  std::vector<DWORD> types;
  for (DWORD type = LINEPROXYREQUEST_CREATEAGENT; type <= LINEPROXYREQUEST_SETAGENTSTATEEX; ++type)
    types.push_back(type);
  const DWORD last = types.back();
  types.pop_back();
  open_proxy(types);
  EXPECT_EQ(agent->take().find("proxy 4"), std::string::npos);
  open_proxy({last});
  EXPECT_EQ(agent->take(), "proxy 1 14, proxy 4 0");
}

TEST_F(ProxyTest, WithoutAHandlerTheFunctionIsUnavailable) {
  EXPECT_EQ(agent->call<Fn::lineSetAgentState>(agent_line, 0u, 4u, 0u), LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(agent->call<Fn::lineGetAgentCaps>(agent->app, 0u, 0u, 0x20002u, wire::Capacity{500}),
            LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(acd->call<Fn::lineProxyMessage>(acd->open(0, none), 0u, DWORD{LINE_AGENTSTATUS}, 0u, 0u, 0u),
            LINEERR_NOTREGISTERED);
}

TEST_F(ProxyTest, ParametersAreCheckedBeforeTheHandlerIsAsked) {
  open_proxy({LINEPROXYREQUEST_SETAGENTSTATE, LINEPROXYREQUEST_SETAGENTGROUP, LINEPROXYREQUEST_GETAGENTSTATUS,
              LINEPROXYREQUEST_SETQUEUEMEASUREMENTPERIOD});
  acd->take();
  EXPECT_EQ(agent->call<Fn::lineSetAgentState>(agent_line, 2u, 4u, 0u), LINEERR_INVALADDRESSID);
  EXPECT_EQ(agent->call<Fn::lineSetAgentState>(agent_line, 0u, 6u, 0u), LINEERR_INVALAGENTSTATE);
  EXPECT_EQ(agent->call<Fn::lineSetAgentState>(agent_line, 0u, 0u, 0u), LINEERR_INVALPARAM);
  EXPECT_EQ(agent->call<Fn::lineGetAgentStatus>(agent_line, 0u, wire::Capacity{8}),
            LINEERR_STRUCTURETOOSMALL);
  EXPECT_EQ(agent->call<Fn::lineSetQueueMeasurementPeriod>(agent_line, 1u, 0u), LINEERR_INVALPARAM);
  LINEAGENTGROUPLIST list{};
  list.dwTotalSize = 5000; // more than there is
  EXPECT_EQ(
      agent->call<Fn::lineSetAgentGroup>(agent_line, 0u, wire::Data{std::as_bytes(std::span{&list, 1})}),
      LINEERR_INVALPARAM);
  list.dwTotalSize = sizeof list;
  list.dwNumEntries = 1'000'000;
  list.dwListSize = 0xFFFFFFF0;
  list.dwListOffset = 0x20;
  EXPECT_EQ(
      agent->call<Fn::lineSetAgentGroup>(agent_line, 0u, wire::Data{std::as_bytes(std::span{&list, 1})}),
      LINEERR_INVALPARAM);
  EXPECT_EQ(acd->take(), "");
  EXPECT_GT(agent->call<Fn::lineSetAgentGroup>(agent_line, 0u, wire::Data{}), 0) << "NULL logs out";
  auto request = block();
  EXPECT_EQ(head(request).SetAgentGroup.GroupList.dwNumEntries, 0u);
}

TEST_F(ProxyTest, TextsOfNewAgentsCountFromTheBlock) {
  const DWORD proxy = open_proxy({LINEPROXYREQUEST_CREATEAGENT, LINEPROXYREQUEST_CREATEAGENTSESSION});
  acd->take();
  ASSERT_GT(agent->call<Fn::lineCreateAgent>(agent_line, wire::Text{u"anna"}, wire::Text{}), 0);
  auto request = block();
  ASSERT_EQ(head(request).CreateAgent.dwAgentIDSize, sizeof u"anna");
  EXPECT_EQ(std::memcmp(request.data() + head(request).CreateAgent.dwAgentIDOffset, u"anna", sizeof u"anna"),
            0);
  EXPECT_EQ(head(request).CreateAgent.dwAgentPINSize, 0u);
  head(request).CreateAgent.hAgent = 4242;
  EXPECT_EQ(respond(proxy, request), 0);
  const auto seen = agent->take_all();
  ASSERT_FALSE(seen.empty());
  EXPECT_EQ(std::get<0>(*wire::decode_answers<Fn::lineCreateAgent>(seen.back().extra)), 4242u);
}

TEST_F(ProxyTest, PrivateBlockComesBack) {
  const DWORD proxy = open_proxy({LINEPROXYREQUEST_AGENTSPECIFIC});
  acd->take(), agent->take();
  const std::byte params[5] = {std::byte{1}, std::byte{2}};
  ASSERT_GT(agent->call<Fn::lineAgentSpecific>(agent_line, 0u, 3u, wire::Data{params}), 0);
  auto request = block();
  EXPECT_EQ(head(request).AgentSpecific.dwSize, 5u);
  EXPECT_EQ(head(request).AgentSpecific.Params[1], 2);
  head(request).AgentSpecific.Params[0] = 9;
  EXPECT_EQ(respond(proxy, request), 0);
  const auto seen = agent->take_all();
  ASSERT_EQ(seen.size(), 1u);
  const auto bytes = std::get<0>(*wire::decode_answers<Fn::lineAgentSpecific>(seen[0].extra));
  ASSERT_EQ(bytes.size(), 5u);
  EXPECT_EQ(bytes[0], std::byte{9});
}

TEST_F(ProxyTest, LyingResponsesFailTheRequest) {
  const DWORD proxy = open_proxy({LINEPROXYREQUEST_GETAGENTSTATUS});
  acd->take(), agent->take();
  ASSERT_GT(agent->call<Fn::lineGetAgentStatus>(agent_line, 0u, wire::Capacity{sizeof(LINEAGENTSTATUS)}), 0);
  auto request = block();
  EXPECT_EQ(respond(proxy, request, 5), LINEERR_INVALPARAM) << "a positive result";
  EXPECT_EQ(respond(proxy, {request.begin(), request.begin() + 20}), LINEERR_INVALPARAM);
  head(request).GetAgentStatus.AgentStatus.dwUsedSize = 0x10000;
  EXPECT_EQ(respond(proxy, request), LINEERR_INVALPARAM);
  EXPECT_EQ(agent->take(), fmt::format("reply {:x}", static_cast<DWORD>(LINEERR_OPERATIONFAILED)));
}

TEST_F(ProxyTest, AnotherProxyCannotAnswer) {
  open_proxy({LINEPROXYREQUEST_GETAGENTSTATUS});
  const DWORD other = open_proxy({LINEPROXYREQUEST_GETAGENTCAPS});
  acd->take();
  ASSERT_GT(agent->call<Fn::lineGetAgentStatus>(agent_line, 0u, wire::Capacity{500}), 0);
  EXPECT_EQ(respond(other, block()), LINEERR_INVALPARAM);
}

// Each function of the call centre once, with arguments that are right.
std::vector<std::pair<DWORD, LONG>> ask_everything(TestClient& of, DWORD line, std::uint32_t room = 500) {
  const GUID group{1, 2, 3, {}};
  const wire::Data guid{std::as_bytes(std::span{&group, 1})};
  const std::byte block[4]{};
  const wire::Capacity capacity{room};
  return {
      {LINEPROXYREQUEST_SETAGENTGROUP, of.call<Fn::lineSetAgentGroup>(line, 0u, wire::Data{})},
      {LINEPROXYREQUEST_SETAGENTSTATE, of.call<Fn::lineSetAgentState>(line, 0u, 4u, 0u)},
      {LINEPROXYREQUEST_SETAGENTACTIVITY, of.call<Fn::lineSetAgentActivity>(line, 0u, 1u)},
      {LINEPROXYREQUEST_GETAGENTSTATUS, of.call<Fn::lineGetAgentStatus>(line, 0u, capacity)},
      {LINEPROXYREQUEST_AGENTSPECIFIC, of.call<Fn::lineAgentSpecific>(line, 0u, 0u, wire::Data{block})},
      {LINEPROXYREQUEST_GETAGENTACTIVITYLIST, of.call<Fn::lineGetAgentActivityList>(line, 0u, capacity)},
      {LINEPROXYREQUEST_GETAGENTGROUPLIST, of.call<Fn::lineGetAgentGroupList>(line, 0u, capacity)},
      {LINEPROXYREQUEST_CREATEAGENT, of.call<Fn::lineCreateAgent>(line, wire::Text{}, wire::Text{})},
      {LINEPROXYREQUEST_SETAGENTMEASUREMENTPERIOD, of.call<Fn::lineSetAgentMeasurementPeriod>(line, 7u, 60u)},
      {LINEPROXYREQUEST_GETAGENTINFO, of.call<Fn::lineGetAgentInfo>(line, 7u, capacity)},
      {LINEPROXYREQUEST_CREATEAGENTSESSION,
       of.call<Fn::lineCreateAgentSession>(line, 7u, wire::Text{}, 0u, guid)},
      {LINEPROXYREQUEST_GETAGENTSESSIONLIST, of.call<Fn::lineGetAgentSessionList>(line, 7u, capacity)},
      {LINEPROXYREQUEST_SETAGENTSESSIONSTATE, of.call<Fn::lineSetAgentSessionState>(line, 7u, 2u, 0u)},
      {LINEPROXYREQUEST_GETAGENTSESSIONINFO, of.call<Fn::lineGetAgentSessionInfo>(line, 7u, capacity)},
      {LINEPROXYREQUEST_GETQUEUELIST, of.call<Fn::lineGetQueueList>(line, guid, capacity)},
      {LINEPROXYREQUEST_SETQUEUEMEASUREMENTPERIOD, of.call<Fn::lineSetQueueMeasurementPeriod>(line, 7u, 60u)},
      {LINEPROXYREQUEST_GETQUEUEINFO, of.call<Fn::lineGetQueueInfo>(line, 7u, capacity)},
      {LINEPROXYREQUEST_GETGROUPLIST, of.call<Fn::lineGetGroupList>(line, capacity)},
      {LINEPROXYREQUEST_SETAGENTSTATEEX, of.call<Fn::lineSetAgentStateEx>(line, 7u, 2u, 0u)},
  };
}
bool has_answer_structure(DWORD type) {
  switch (type) {
  case LINEPROXYREQUEST_GETAGENTSTATUS:
  case LINEPROXYREQUEST_GETAGENTACTIVITYLIST:
  case LINEPROXYREQUEST_GETAGENTGROUPLIST:
  case LINEPROXYREQUEST_GETAGENTINFO:
  case LINEPROXYREQUEST_GETAGENTSESSIONLIST:
  case LINEPROXYREQUEST_GETAGENTSESSIONINFO:
  case LINEPROXYREQUEST_GETQUEUELIST:
  case LINEPROXYREQUEST_GETQUEUEINFO:
  case LINEPROXYREQUEST_GETGROUPLIST: return true;
  default: return false;
  }
}
std::vector<DWORD> every_type() {
  std::vector<DWORD> types;
  for (DWORD type = LINEPROXYREQUEST_SETAGENTGROUP; type <= LINEPROXYREQUEST_SETAGENTSTATEEX; ++type)
    types.push_back(type);
  return types;
}

TEST_F(ProxyTest, EveryFunctionNeedsAHandlerARoomAndAHandleOfItsOwn) {
  for (const auto& [type, result] : ask_everything(*agent, agent_line))
    EXPECT_EQ(result, LINEERR_OPERATIONUNAVAIL) << type;
  open_proxy(every_type());
  acd->take();
  for (const auto& [type, result] : ask_everything(*acd, agent_line))
    EXPECT_EQ(result, LINEERR_INVALLINEHANDLE) << type << ": another client's line";
  for (const auto& [type, result] : ask_everything(*agent, agent_line, 12))
    EXPECT_EQ(result == LINEERR_STRUCTURETOOSMALL, has_answer_structure(type)) << type;
  acd->take();
  std::vector<DWORD> asked;
  for (const auto& [type, result] : ask_everything(*agent, agent_line)) {
    EXPECT_GT(result, 0) << type;
    asked.push_back(type);
  }
  std::vector<DWORD> seen;
  for (auto& message : acd->take_all()) {
    std::vector<std::byte> bytes{message.extra.begin(), message.extra.end()};
    seen.push_back(head(bytes).dwRequestType);
  }
  EXPECT_EQ(seen, asked);
}

TEST_F(ProxyTest, AHandlerThatClosesItsLineFailsWhatItWasAsked) {
  const DWORD proxy = open_proxy(every_type());
  acd->take(), agent->take();
  const auto asked = ask_everything(*agent, agent_line);
  auto requests = acd->take_all();
  ASSERT_EQ(requests.size(), asked.size());
  EXPECT_EQ(acd->call<Fn::lineClose>(proxy), 0);
  std::size_t failed = 0;
  for (const auto& message : agent->take_all())
    if (message.message == LINE_REPLY) {
      EXPECT_EQ(static_cast<LONG>(message.p2), LINEERR_OPERATIONFAILED);
      ++failed;
    }
  EXPECT_EQ(failed, asked.size());
  EXPECT_EQ(server->counts().requests, 0u);
  const std::vector<std::byte> late{requests[0].extra.begin(), requests[0].extra.end()};
  EXPECT_EQ(respond(proxy, late), LINEERR_INVALLINEHANDLE);
  const DWORD again = open_proxy({LINEPROXYREQUEST_SETAGENTSTATE});
  EXPECT_EQ(respond(again, late), LINEERR_INVALPARAM) << "of an earlier registration";
}

TEST_F(ProxyTest, ResponsesThatCannotBe) {
  const DWORD proxy = open_proxy({LINEPROXYREQUEST_SETAGENTSTATE});
  const DWORD plain = acd->open(0, none);
  acd->take(), agent->take();
  ASSERT_GT(agent->call<Fn::lineSetAgentState>(agent_line, 0u, 4u, 0u), 0);
  const auto request = block();
  EXPECT_EQ(acd->call<Fn::lineProxyResponse>(proxy, wire::Data{}, 0u), LINEERR_INVALPOINTER);
  EXPECT_EQ(respond(plain, request), LINEERR_NOTREGISTERED);
  EXPECT_EQ(agent->call<Fn::lineProxyResponse>(proxy, wire::Data{request}, 0u), LINEERR_INVALLINEHANDLE);
  EXPECT_EQ(agent->take(), "") << "it waits on";
  EXPECT_EQ(respond(proxy, request, LINEERR_INVALAGENTSTATE), 0);
  EXPECT_EQ(agent->take(), fmt::format("reply {:x}", static_cast<DWORD>(LINEERR_INVALAGENTSTATE)));
}

TEST_F(ProxyTest, DeathOfTheProxyFailsWhatItWasAsked) {
  open_proxy({LINEPROXYREQUEST_SETAGENTSTATE});
  agent->take();
  ASSERT_GT(agent->call<Fn::lineSetAgentState>(agent_line, 0u, DWORD{LINEAGENTSTATE_READY}, 0u), 0);
  acd->session.reset();
  EXPECT_EQ(agent->take(), fmt::format("reply {:x}, proxy 2 2", static_cast<DWORD>(LINEERR_OPERATIONFAILED)));
  EXPECT_EQ(server->counts().requests, 0u);
  EXPECT_EQ(agent->call<Fn::lineSetAgentState>(agent_line, 0u, 4u, 0u), LINEERR_OPERATIONUNAVAIL);
}

TEST_F(ProxyTest, DeathOfTheAskerLeavesTheProxyInPeace) {
  const DWORD proxy = open_proxy({LINEPROXYREQUEST_GETAGENTSTATUS, LINEPROXYREQUEST_GETAGENTCAPS});
  acd->take();
  ASSERT_GT(agent->call<Fn::lineGetAgentStatus>(agent_line, 0u, wire::Capacity{500}), 0);
  auto request = block();
  ASSERT_GT(agent->call<Fn::lineGetAgentCaps>(agent->app, 0u, 0u, 0x20002u, wire::Capacity{500}), 0);
  auto second = block();
  agent->session.reset();
  head(request).GetAgentStatus.AgentStatus.dwUsedSize = sizeof(LINEAGENTSTATUS);
  EXPECT_EQ(respond(proxy, request), 0);
  EXPECT_EQ(respond(proxy, second, LINEERR_OPERATIONFAILED), 0);
  EXPECT_EQ(server->counts().requests, 0u);
}

TEST_F(ProxyTest, MessagesOfTheProxyReachTheOpeners) {
  const DWORD proxy = open_proxy({LINEPROXYREQUEST_SETAGENTSTATE});
  TestClient& old = client("old", 0x00020000);
  old.open(0, monitor, 0, {}, 0x00020000);
  agent->take();
  const auto send = [&](DWORD message, DWORD call) {
    return acd->call<Fn::lineProxyMessage>(proxy, call, message, 1u, 2u, 4u);
  };
  EXPECT_EQ(send(LINE_AGENTSTATUS, 0), 0);
  EXPECT_EQ(agent->take(), "message 22 1 2 4");
  EXPECT_EQ(old.take(), "message 22 1 2 4");
  EXPECT_EQ(send(LINE_QUEUESTATUS, 0), 0);
  EXPECT_EQ(agent->take(), "message 28 1 2 4");
  EXPECT_EQ(old.take(), "") << "came with 2.2";
  EXPECT_EQ(send(LINE_CALLSTATE, 0), LINEERR_INVALPARAM);
  EXPECT_EQ(send(LINE_AGENTSPECIFIC, 99), LINEERR_INVALCALLHANDLE);
  const DWORD watched = acd->open(0, monitor);
  provider.offer(0);
  agent->take();
  acd->take();
  EXPECT_NE(watched, 0u);
  EXPECT_EQ(send(LINE_AGENTSPECIFIC, acd->last_call), 0);
  const auto seen = agent->take_all();
  ASSERT_EQ(seen.size(), 1u);
  EXPECT_EQ(seen[0].device, agent->last_call) << "by the receiver's own handle";
}

} // namespace
} // namespace tl::server::test
