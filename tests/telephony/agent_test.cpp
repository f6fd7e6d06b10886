// SPDX-License-Identifier: Apache-2.0
// Agents, groups and queues from both sides: a client's questions, and a handler's answers.
#include "site.hpp"
#include "telephony/agent_structures.hpp"
#include "telephony/requests.hpp"

namespace tl::test {
namespace {

using telephony::AgentCaps;
using telephony::AgentGroup;
using telephony::AgentStatus;
using telephony::GroupId;
using telephony::QueueEntry;
using telephony::QueueInfo;
using telephony::StructureView;
using telephony::to_value;

constexpr GroupId group_a{1, 2, 3, 4};
constexpr GroupId group_b{5, 6, 7, 0x80000008};

TEST(GroupIds, TextAndBack) {
  GroupId id{};
  ASSERT_TRUE(telephony::parse_group_id("{00112233-4455-6677-8899-aAbBcCdDeEfF}", id));
  EXPECT_EQ(telephony::to_string(id), "{00112233-4455-6677-8899-AABBCCDDEEFF}");
  EXPECT_EQ(telephony::to_guid(id).Data1, 0x00112233u);
  EXPECT_EQ(telephony::to_guid(id).Data4[7], 0xFF);
  EXPECT_EQ(telephony::from_guid(telephony::to_guid(id)), id);
  GroupId bare{};
  EXPECT_TRUE(telephony::parse_group_id("00112233-4455-6677-8899-AABBCCDDEEFF", bare));
  EXPECT_EQ(bare, id);
  for (const char* bad :
       {"", "{}", "00112233-4455-6677-8899-AABBCCDDEEF", "{00112233-4455-6677-8899-AABBCCDDEEFF",
        "00112233x4455-6677-8899-AABBCCDDEEFF", "0011223g-4455-6677-8899-AABBCCDDEEFF"})
    EXPECT_FALSE(telephony::parse_group_id(bad, bare)) << bad;
  EXPECT_EQ(bare, id) << "untouched by what is not one";
}

TEST(Names, OfErrorsAndStates) {
  EXPECT_EQ(telephony::error_name(0), "0");
  EXPECT_EQ(telephony::error_name(LINEERR_ALLOCATED), "LINEERR_ALLOCATED");
  EXPECT_EQ(telephony::error_name(LINEERR_INVALCALLHANDLE), "LINEERR_INVALCALLHANDLE");
  EXPECT_EQ(telephony::error_name(LINEERR_SERVICE_NOT_RUNNING), "LINEERR_SERVICE_NOT_RUNNING");
  EXPECT_EQ(telephony::error_name(static_cast<LONG>(0x80000004)), "0x80000004");
  EXPECT_EQ(telephony::error_name(7), "0x00000007");
  EXPECT_STREQ(telephony::agent_state_name(LINEAGENTSTATE_WORKINGAFTERCALL), "WORKINGAFTERCALL");
  EXPECT_STREQ(telephony::call_state_name(3), "?");
}

// A structure in a block of its own, so that a write behind it is caught.
template <class T> class Room {
public:
  explicit Room(std::size_t total) : bytes_(total, 0xEE) { get().dwTotalSize = static_cast<DWORD>(total); }
  T& get() { return *reinterpret_cast<T*>(bytes_.data()); }
  StructureView view() { return {bytes_.data(), get().dwUsedSize}; }

private:
  std::vector<std::uint8_t> bytes_;
};

const std::vector<AgentGroup> two_groups{{group_a, "Vertrieb Süd"}, {group_b, ""}};

TEST(Fill, GroupListAndBack) {
  Room<LINEAGENTGROUPLIST> room(300);
  ASSERT_EQ(fill(room.get(), two_groups), 0);
  EXPECT_EQ(room.get().dwTotalSize, 300u);
  EXPECT_EQ(room.get().dwNeededSize, room.get().dwUsedSize);
  const auto groups = to_value(room.get(), room.view());
  ASSERT_EQ(groups.size(), 2u);
  EXPECT_EQ(groups[0].id, group_a);
  EXPECT_EQ(groups[0].name, "Vertrieb Süd");
  EXPECT_EQ(groups[1].id, group_b);
  std::vector<AgentGroup> read;
  EXPECT_TRUE(telephony::read(room.get(), 300, read));
  EXPECT_EQ(read.size(), 2u);
}

TEST(Fill, EverySizeFromNothingToEnough) {
  AgentStatus status;
  status.groups = two_groups;
  status.state = LINEAGENTSTATE_READY;
  status.activity = {9, "lunch"};
  Room<LINEAGENTSTATUS> whole(1000);
  ASSERT_EQ(fill(whole.get(), status), 0);
  const DWORD needed = whole.get().dwNeededSize;
  for (DWORD total = sizeof(DWORD); total <= needed; ++total) {
    // From malloc, so that the sanitizer sees the end.
    const std::unique_ptr<std::uint8_t[]> block(new std::uint8_t[total]);
    auto* const out = reinterpret_cast<LINEAGENTSTATUS*>(block.get());
    std::memcpy(out, &total, sizeof total);
    const LONG result = fill(*out, status);
    if (total < sizeof(LINEAGENTSTATUS)) {
      EXPECT_EQ(result, LINEERR_STRUCTURETOOSMALL);
      continue;
    }
    ASSERT_EQ(result, 0);
    EXPECT_EQ(out->dwNeededSize, needed);
    EXPECT_LE(out->dwUsedSize, total);
    const AgentStatus back = to_value(*out, {out, out->dwUsedSize});
    EXPECT_EQ(back.state, DWORD{LINEAGENTSTATE_READY});
    EXPECT_TRUE(back.groups.empty() || back.groups[0].name == "Vertrieb Süd");
    EXPECT_TRUE(back.activity.name.empty() || back.activity.name == "lunch");
    EXPECT_EQ(total == needed, back.groups.size() == 2 && back.activity.name == "lunch");
  }
}

TEST(Fill, CapsByVersion) {
  AgentCaps caps;
  caps.handler = "ACD";
  caps.extensions = 2;
  caps.groups_max = 12;
  caps.proxy_id = group_b;
  Room<LINEAGENTCAPS> old(sizeof(LINEAGENTCAPS) - sizeof(GUID));
  ASSERT_EQ(fill(old.get(), caps, 0x00020000), 0);
  EXPECT_EQ(old.get().dwUsedSize, 56u);
  EXPECT_EQ(old.get().dwNeededSize, 56u + 32 + 8);
  EXPECT_EQ(old.get().dwCapsVersion, 0x00020000u);
  Room<LINEAGENTCAPS> small(sizeof(LINEAGENTCAPS) - sizeof(GUID));
  EXPECT_EQ(fill(small.get(), caps, 0x00020002), LINEERR_STRUCTURETOOSMALL);
  Room<LINEAGENTCAPS> now(400);
  ASSERT_EQ(fill(now.get(), caps, 0x00030001), 0);
  EXPECT_EQ(now.get().dwCapsVersion, 0x00020002u);
  const AgentCaps back = to_value(now.get(), now.view());
  EXPECT_EQ(back.handler, "ACD");
  EXPECT_EQ(back.extensions, 2u);
  EXPECT_EQ(back.groups_max, 12u);
  EXPECT_EQ(back.proxy_id, group_b);
  EXPECT_EQ(to_value(old.get(), old.view()).proxy_id, GroupId{}) << "came with 2.2";
}

TEST(Fill, QueuesAndActivities) {
  Room<LINEQUEUELIST> queues(200);
  ASSERT_EQ(fill(queues.get(), std::vector<QueueEntry>{{7, "Sales"}}), 0);
  EXPECT_EQ(to_value(queues.get(), queues.view()).at(0).name, "Sales");
  Room<LINEAGENTACTIVITYLIST> none(sizeof(LINEAGENTACTIVITYLIST));
  ASSERT_EQ(fill(none.get(), std::vector<telephony::AgentActivity>{}), 0);
  EXPECT_EQ(none.get().dwNeededSize, sizeof(LINEAGENTACTIVITYLIST));
  Room<LINEQUEUEINFO> info(sizeof(LINEQUEUEINFO));
  QueueInfo value;
  value.waiting = 3;
  value.average_wait = 41;
  value.final_disposition = 2;
  ASSERT_EQ(fill(info.get(), value), 0);
  EXPECT_EQ(telephony::to_value(info.get()).waiting, 3u);
  EXPECT_EQ(telephony::to_value(info.get()).average_wait, 41u);
  EXPECT_EQ(telephony::to_value(info.get()).final_disposition, 2u);
}

TEST(Fill, AgentsAndSessionsWithEveryField) {
  telephony::AgentInfo agent{.state = 1,
                             .next_state = 2,
                             .measurement_period = 3,
                             .call_rate = 125'000,
                             .acd_calls = 4,
                             .incoming_calls = 5,
                             .outgoing_calls = 6,
                             .talk_time = 7,
                             .call_time = 8,
                             .wrapup_time = 9};
  Room<LINEAGENTINFO> info(sizeof(LINEAGENTINFO));
  ASSERT_EQ(fill(info.get(), agent), 0);
  const DWORD* const words = reinterpret_cast<const DWORD*>(&info.get());
  EXPECT_EQ(words[6], 125'000u) << "at offset 24";
  EXPECT_EQ(words[8], 4u);
  EXPECT_EQ(words[13], 9u);
  const telephony::AgentInfo agent_back = to_value(info.get());
  EXPECT_EQ(agent_back.next_state, 2u);
  EXPECT_EQ(agent_back.measurement_period, 3u);
  EXPECT_EQ(agent_back.call_rate, 125'000);
  EXPECT_EQ(agent_back.outgoing_calls, 6u);
  EXPECT_EQ(agent_back.wrapup_time, 9u);
  Room<LINEAGENTINFO> small(sizeof(LINEAGENTINFO) - 1);
  EXPECT_EQ(fill(small.get(), agent), LINEERR_STRUCTURETOOSMALL);

  telephony::AgentSessionInfo session{.state = 1,
                                      .next_state = 2,
                                      .start = 45'000.5,
                                      .duration = 3,
                                      .calls = 4,
                                      .talk_time = 5,
                                      .average_talk_time = 6,
                                      .call_time = 7,
                                      .average_call_time = 8,
                                      .wrapup_time = 9,
                                      .average_wrapup_time = 10,
                                      .call_rate = -1,
                                      .longest_time_to_answer = 11,
                                      .average_time_to_answer = 12};
  Room<LINEAGENTSESSIONINFO> session_room(sizeof(LINEAGENTSESSIONINFO));
  ASSERT_EQ(fill(session_room.get(), session), 0);
  const telephony::AgentSessionInfo session_back = to_value(session_room.get());
  EXPECT_EQ(session_back.start, 45'000.5);
  EXPECT_EQ(session_back.call_rate, -1);
  EXPECT_EQ(session_back.duration, 3u);
  EXPECT_EQ(session_back.average_wrapup_time, 10u);
  EXPECT_EQ(session_back.average_time_to_answer, 12u);

  const std::vector<telephony::AgentSessionEntry> list{{7, 8, group_a, 0}, {9, 8, group_b, 1}};
  Room<LINEAGENTSESSIONLIST> whole(300);
  ASSERT_EQ(fill(whole.get(), list), 0);
  const auto list_back = to_value(whole.get(), whole.view());
  ASSERT_EQ(list_back.size(), 2u);
  EXPECT_EQ(list_back[1].session, 9u);
  EXPECT_EQ(list_back[1].agent, 8u);
  EXPECT_EQ(list_back[1].group, group_b);
  EXPECT_EQ(list_back[1].address, 1u);
  Room<LINEAGENTSESSIONLIST> cut(sizeof(LINEAGENTSESSIONLIST) + 20);
  ASSERT_EQ(fill(cut.get(), list), 0);
  EXPECT_EQ(cut.get().dwNumEntries, 0u);
  EXPECT_EQ(cut.get().dwNeededSize, sizeof(LINEAGENTSESSIONLIST) + 2 * sizeof(LINEAGENTSESSIONENTRY));
}

TEST(ReadRequest, TextsInsideOfItOnly) {
  std::vector<std::byte> room(sizeof(LINEPROXYREQUEST) + 10);
  auto& request = *reinterpret_cast<LINEPROXYREQUEST*>(room.data());
  request.dwSize = static_cast<DWORD>(room.size());
  std::memcpy(room.data() + sizeof request, u"1001", 10);
  const DWORD at = sizeof request;
  EXPECT_EQ(telephony::text_of(request, 10, at), "1001");
  EXPECT_EQ(telephony::text_of(request, 0, 0), std::nullopt);
  EXPECT_EQ(telephony::text_of(request, 12, at), "") << "beyond the end";
  EXPECT_EQ(telephony::text_of(request, 10, 0xFFFFFFF0), "");
}

TEST(ReadGroups, RefusesWhatLies) {
  Room<LINEAGENTGROUPLIST> room(200);
  LINEAGENTGROUPLIST& list = room.get();
  std::vector<AgentGroup> out;
  const auto broken = [&](auto change) {
    fill(list, two_groups);
    change(list);
    return !telephony::read(list, 200, out) && out.empty();
  };
  EXPECT_FALSE(broken([](auto&) {}));
  EXPECT_TRUE(broken([](auto& l) { l.dwTotalSize = 201; }));
  EXPECT_TRUE(broken([](auto& l) { l.dwTotalSize = 8; }));
  list.dwTotalSize = 200;
  EXPECT_TRUE(broken([](auto& l) { l.dwNumEntries = 3; }));
  EXPECT_TRUE(broken([](auto& l) { l.dwNumEntries = 0xFFFFFFFF; }));
  EXPECT_TRUE(broken([](auto& l) { l.dwListSize = 0xFFFFFFF0; }));
  EXPECT_TRUE(broken([](auto& l) { l.dwListOffset = 0xFFFFFFF0; }));
  EXPECT_TRUE(broken([](auto& l) { l.dwListOffset = 190; }));
  EXPECT_TRUE(broken([](auto& l) {
    reinterpret_cast<LINEAGENTGROUPENTRY*>(reinterpret_cast<char*>(&l) + l.dwListOffset)->dwNameOffset = 199;
  }));
  EXPECT_FALSE(telephony::read(list, 8, out));
}

class Agents : public Site {
protected:
  Address& address = begin();
  ~Agents() override { telephony.shutdown(); }

  Flat<LINEAGENTSTATUS> status(std::size_t groups) {
    std::string entries;
    const std::u16string name = u"Gruppe";
    Flat<LINEAGENTSTATUS> flat;
    const DWORD names = static_cast<DWORD>(sizeof(LINEAGENTSTATUS) + groups * sizeof(LINEAGENTGROUPENTRY));
    for (std::size_t i = 0; i < groups; ++i) {
      LINEAGENTGROUPENTRY entry{};
      entry.GroupID.dwGroupID1 = static_cast<DWORD>(i);
      entry.dwNameSize = 14;
      entry.dwNameOffset = names;
      entries.append(reinterpret_cast<const char*>(&entry), sizeof entry);
    }
    flat.part(&LINEAGENTSTATUS::dwGroupListSize, &LINEAGENTSTATUS::dwGroupListOffset, entries);
    flat.text(&LINEAGENTSTATUS::dwActivitySize, &LINEAGENTSTATUS::dwActivityOffset, name);
    flat.fixed.dwNumEntries = static_cast<DWORD>(groups);
    flat.fixed.dwState = LINEAGENTSTATE_BUSYACD;
    return flat;
  }
  std::uint32_t capacity(const Asked& request) {
    return std::get<2>(wire::decode_arguments<Fn::lineGetAgentStatus>(request.payload).value()).bytes;
  }
};

TEST_F(Agents, StatusAskedAgainWhenItWasCut) {
  AgentStatus got;
  int completions = 0;
  EXPECT_GT(address.get_agent_status([&](LONG result, const AgentStatus& value) {
    EXPECT_EQ(result, 0);
    got = value;
    ++completions;
  }),
            0);
  const auto many = status(200);
  ASSERT_LT(capacity(asked.at(0)), many.size());
  reply_structure(asked.at(0), many, capacity(asked.at(0)));
  settle();
  EXPECT_EQ(completions, 0);
  ASSERT_EQ(asked.size(), 2u);
  ASSERT_GE(capacity(asked.at(1)), many.size());
  reply_structure(asked.at(1), many, capacity(asked.at(1)));
  settle();
  EXPECT_EQ(completions, 1);
  EXPECT_EQ(got.state, DWORD{LINEAGENTSTATE_BUSYACD});
  ASSERT_EQ(got.groups.size(), 200u);
  EXPECT_EQ(got.groups[199].id, (GroupId{199, 0, 0, 0}));
  EXPECT_EQ(got.groups[199].name, "Gruppe");
  EXPECT_EQ(got.activity.name, "Gruppe");
}

TEST_F(Agents, StatusThatGrowsWithoutEndOrBelief) {
  std::vector<LONG> results;
  const auto done = [&](LONG result, const AgentStatus& value) {
    results.push_back(result);
    EXPECT_TRUE(value.groups.empty());
  };
  address.get_agent_status(done);
  for (std::size_t i = 0; i < asked.size(); ++i) {
    LINEAGENTSTATUS cut{};
    cut.dwUsedSize = sizeof cut;
    cut.dwNeededSize = capacity(asked.at(i)) + 1;
    reply(asked.at(i), 0, [&](wire::Writer& to) { to.data(std::as_bytes(std::span{&cut, 1})); });
    settle();
  }
  EXPECT_EQ(asked.size(), 4u);
  EXPECT_EQ(results, std::vector<LONG>{LINEERR_STRUCTURETOOSMALL});
  address.get_agent_status(done);
  LINEAGENTSTATUS absurd{};
  absurd.dwUsedSize = sizeof absurd;
  absurd.dwNeededSize = 0xFFFFFFFF;
  reply(asked.back(), 0, [&](wire::Writer& to) { to.data(std::as_bytes(std::span{&absurd, 1})); });
  settle();
  EXPECT_EQ(results.size(), 2u);
  EXPECT_EQ(asked.size(), 5u);
}

TEST_F(Agents, TheSecondQuestionIsRefused) {
  std::vector<LONG> results;
  address.get_agent_status([&](LONG result, const AgentStatus&) { results.push_back(result); });
  server.on(Fn::lineGetAgentStatus,
            [](const auto&, wire::ReplyWriter& answer) { answer.set_result(LINEERR_OPERATIONUNAVAIL); });
  reply_structure(asked.at(0), status(200), capacity(asked.at(0)));
  settle();
  EXPECT_EQ(results, std::vector<LONG>{LINEERR_OPERATIONUNAVAIL});
}

TEST_F(Agents, ClosedBetweenTheTwoQuestions) {
  std::vector<LONG> results;
  address.get_agent_status([&](LONG result, const AgentStatus&) { results.push_back(result); });
  reply_structure(asked.at(0), status(200), capacity(asked.at(0)));
  settle();
  address.close();
  EXPECT_EQ(results, std::vector<LONG>{LINEERR_OPERATIONFAILED});
  reply_structure(asked.at(1), status(200), capacity(asked.at(1))); // late: written, not told
  settle();
  EXPECT_EQ(results.size(), 1u);
}

TEST_F(Agents, ClosingFreesTheAnswers) {
  int failed = 0;
  const int rounds =
      static_cast<int>(telephony::abandoned_answers_max_bytes / telephony::structure_size_first_bytes) + 10;
  for (int i = 0; i < rounds; ++i) {
    ASSERT_GT(address.get_agent_status([&](LONG, const AgentStatus&) { ++failed; }), 0) << i;
    address.close();
    ASSERT_EQ(address.open({}), 0);
  }
  EXPECT_EQ(failed, rounds);
}

TEST_F(Agents, ServerClosingKeepsTheAnswersUpToALimit) {
  int failed = 0;
  LONG id = 0;
  do {
    id = address.get_agent_status([&](LONG, const AgentStatus&) { ++failed; });
    if (id < 0) break;
    message(LINE_CLOSE, address.line(), 0);
    settle();
    ASSERT_EQ(address.open({}), 0);
  } while (failed < 100'000);
  EXPECT_EQ(id, LINEERR_REQUESTOVERRUN);
  std::vector<LONG> results;
  EXPECT_GT(address.set_agent_state(LINEAGENTSTATE_READY, 0, into(results)), 0) << "it has no answer";
  reply_structure(asked.at(3), status(1), 1000); // late: its memory goes
  settle();
  EXPECT_GT(address.get_agent_status({}), 0);
  telephony.shutdown();
  EXPECT_EQ(results, std::vector<LONG>{LINEERR_OPERATIONFAILED});
}

TEST_F(Agents, CapsAreAskedWithoutALine) {
  server.on(Fn::lineGetAgentCaps, [this](const auto& request, wire::ReplyWriter& answer) {
    asked.push_back({Fn::lineGetAgentCaps, ++next_id, request.sequence, request.payload});
    answer.set_result(next_id);
  });
  std::vector<LONG> results;
  address.get_agent_caps([&](LONG result, const AgentCaps&) { results.push_back(result); });
  address.close();
  EXPECT_EQ(results, std::vector<LONG>{LINEERR_OPERATIONFAILED});
  Flat<LINEAGENTCAPS> caps;
  reply_structure(asked.at(0), caps, 1000, 0); // lineClose did not stop it: the library writes it
  settle();
  EXPECT_GT(address.get_agent_caps([&](LONG result, const AgentCaps&) { results.push_back(result); }), 0);
  reply_structure(asked.at(1), caps, 1000, 0);
  settle();
  EXPECT_EQ(results.size(), 2u);
}

TEST_F(Agents, StatusWithHostileCounts) {
  auto flat = status(2);
  flat.fixed.dwNumEntries = 0xFFFFFFFF;
  std::size_t groups = 99;
  address.get_agent_status([&](LONG, const AgentStatus& value) { groups = value.groups.size(); });
  reply_structure(asked.at(0), flat, 1000);
  settle();
  EXPECT_EQ(groups, 2u);
}

TEST_F(Agents, LogsInToGroupsAndOut) {
  const auto sent = [&] {
    const auto request = server.last();
    const auto bytes = *std::get<2>(server.arguments<Fn::lineSetAgentGroup>(request));
    LINEAGENTGROUPLIST list{};
    std::memcpy(&list, bytes.data(), sizeof list);
    return to_value(list, StructureView(bytes.data(), bytes.size()));
  };
  const std::array groups{group_a, group_b};
  std::vector<LONG> results;
  EXPECT_GT(address.set_agent_groups(groups, into(results)), 0);
  ASSERT_EQ(sent().size(), 2u);
  EXPECT_EQ(sent()[1].id, group_b);
  EXPECT_GT(address.set_agent_groups({}, into(results)), 0);
  EXPECT_EQ(sent().size(), 0u);
  reply(asked.at(0), LINEERR_INVALAGENTGROUP);
  reply(asked.at(1), 0);
  settle();
  EXPECT_EQ(results, (std::vector<LONG>{LINEERR_INVALAGENTGROUP, 0}));
}

TEST_F(Agents, SpecificBlockComesBack) {
  std::string got;
  EXPECT_GT(address.agent_specific(3, "ping", [&](LONG, std::string_view block) { got = block; }), 0);
  const auto request = server.last();
  EXPECT_EQ(std::get<2>(server.arguments<Fn::lineAgentSpecific>(request)), 3u);
  reply(asked.at(0), 0, [](wire::Writer& to) { to.data(std::as_bytes(std::span{"pong", 4})); });
  settle();
  EXPECT_EQ(got, "pong");
}

TEST_F(Agents, NothingWithoutAnOpenLine) {
  address.close();
  EXPECT_EQ(address.get_agent_status({}), LINEERR_INVALLINEHANDLE);
  EXPECT_EQ(address.set_agent_groups({}, {}), LINEERR_INVALLINEHANDLE);
  EXPECT_EQ(address.get_queue_info(1, {}), LINEERR_INVALLINEHANDLE);
  EXPECT_EQ(address.proxy_message(LINE_AGENTSTATUS, 0, 0, 0), LINEERR_INVALLINEHANDLE);
  EXPECT_TRUE(asked.empty());
}

// Messages about agents of a line whose handler nobody asked for, and of lines without one, are dropped.
TEST_F(Agents, CallCentreWithoutAHandler) {
  struct Nothing : telephony::CallCentreEvents {
    void agent_created(telephony::Agent&) override { ADD_FAILURE(); }
    void queue_created(telephony::Queue&) override { ADD_FAILURE(); }
  } nothing;
  telephony::CallCentre centre(telephony, nothing);
  server.on(Fn::lineGetProxyStatus,
            [](const auto&, wire::ReplyWriter& answer) { answer.set_result(LINEERR_OPERATIONUNAVAIL); });
  EXPECT_EQ(centre.find_handlers({}), 0);
  message(LINE_AGENTSTATUSEX, address.line(), 7, LINEAGENTSTATUSEX_NEWAGENT);
  message(LINE_QUEUESTATUS, address.line(), 7, LINEQUEUESTATUS_NEWQUEUE);
  message(LINE_AGENTSESSIONSTATUS, address.line(), 7, 0xFFFFFFFF, 0xFFFFFFFF);
  settle();
  EXPECT_TRUE(centre.handlers().empty());
}

class Handler : public Agents {
protected:
  void ask(DWORD line, DWORD instance = 0) {
    LINEPROXYREQUEST request{};
    request.dwSize = sizeof request;
    request.dwRequestType = LINEPROXYREQUEST_SETAGENTSTATE;
    server.emit({.message = LINE_PROXYREQUEST,
                 .sequence = 0,
                 .app = server.app,
                 .device = line,
                 .instance = instance,
                 .param1 = 0,
                 .param2 = 0,
                 .param3 = 0,
                 .extra = std::as_bytes(std::span{&request, 1})});
  }
  LONG answered() {
    const auto request = server.last();
    EXPECT_EQ(request.fn, Fn::lineProxyResponse);
    return static_cast<LONG>(std::get<2>(server.arguments<Fn::lineProxyResponse>(request)));
  }
};

TEST_F(Handler, RegistersForTypesAndRefusesByDefault) {
  address.close();
  EXPECT_EQ(address.open({.proxy_requests = {LINEPROXYREQUEST_SETAGENTSTATE, LINEPROXYREQUEST_GETAGENTCAPS}}),
            0);
  const auto request = server.last();
  const auto arguments = server.arguments<Fn::lineOpen>(request);
  EXPECT_EQ(std::get<5>(arguments), LINECALLPRIVILEGE_NONE | LINEOPENOPTION_PROXY);
  const auto bytes = *std::get<7>(arguments);
  LINECALLPARAMS params{};
  std::memcpy(&params, bytes.data(), sizeof params);
  const StructureView parts(bytes.data(), bytes.size());
  DWORD type = 0;
  EXPECT_TRUE(parts.entry(params.dwDevSpecificSize, params.dwDevSpecificOffset, 2, 1, type));
  EXPECT_EQ(type, DWORD{LINEPROXYREQUEST_GETAGENTCAPS});
  ask(address.line());
  settle();
  EXPECT_EQ(answered(), LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(count(Fn::lineProxyResponse), 1u);
}

TEST_F(Handler, RequestForALineThatWasClosedMeanwhile) {
  const HLINE line = address.line();
  ask(line);
  address.close();
  settle();
  EXPECT_EQ(count(Fn::lineProxyResponse), 1u) << "answered all the same";
  EXPECT_EQ(answered(), LINEERR_OPERATIONFAILED);
}

TEST(HandlerAlone, AnswersLaterAlsoAfterItsLineWasClosed) {
  FakeServer server;
  tapi32::Library::instance().use_in_process(&server);
  struct Late : telephony::Events {
    LINEPROXYREQUEST* waiting = nullptr;
    void proxy_request(Address&, LINEPROXYREQUEST& request) override { waiting = &request; }
  } late;
  VirtualLoop loop;
  telephony::Telephony telephony{"handler", late};
  server.answer<Fn::lineOpen>(0x1000u);
  ASSERT_EQ(telephony.initialize(loop), 0); // lines whose capabilities cannot be read
  Address& address = *telephony.addresses().at(0);
  EXPECT_EQ(address.name(), "");
  ASSERT_EQ(address.open({.proxy_requests = {LINEPROXYREQUEST_SETAGENTSTATE}}), 0);
  LINEPROXYREQUEST request{};
  server.emit({.message = LINE_PROXYREQUEST,
               .sequence = 0,
               .app = server.app,
               .device = 0x1000,
               .extra = std::as_bytes(std::span{&request, 1})});
  loop.settle();
  ASSERT_TRUE(late.waiting);
  address.close();
  EXPECT_EQ(address.respond(*late.waiting, 0), 0);
  const auto sent = server.last();
  EXPECT_EQ(std::get<0>(server.arguments<Fn::lineProxyResponse>(sent)), 0x1000u);
  telephony.shutdown();
  tapi32::Library::instance().use_in_process(nullptr);
}

} // namespace
} // namespace tl::test
