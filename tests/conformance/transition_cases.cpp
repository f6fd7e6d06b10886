// SPDX-License-Identifier: Apache-2.0
// How calls go from state to state, who may do what with them, and how requests end (call-states,
// handoffs-ovr, asynchronous-functions): one case per rule that the site can show.
#include <algorithm>

#include "world.hpp"

namespace conformance {
namespace {

std::string name(World& world, LONG result) {
  return world.tables.result_name("line", result);
}
void expect_result(World& world, const char* what, LONG expected, LONG got) {
  expect(got == expected, std::string{what} + ": " + name(world, expected), name(world, got));
}
LPHCALL handle(Block& block) {
  return reinterpret_cast<LPHCALL>(block.data());
}
void expect_state(World& world, HCALL call, DWORD state) {
  const DWORD now = world.state_of(call);
  expect(now == state, world.tables.constant_name("LINECALLSTATE_", state),
         world.tables.constant_name("LINECALLSTATE_", now));
}

// --- outbound ---

// Every state of a call to a number that answers, in order.
void outbound(World& world) {
  const HCALL call = world.call_in(LINECALLSTATE_CONNECTED);
  constexpr DWORD order[] = {LINECALLSTATE_DIALTONE, LINECALLSTATE_DIALING, LINECALLSTATE_PROCEEDING,
                             LINECALLSTATE_RINGBACK, LINECALLSTATE_CONNECTED};
  std::ptrdiff_t at = 0;
  for (const Message& m : world.app().inbox.history) {
    if (m.id != LINE_CALLSTATE || m.device != call) continue;
    const auto found = std::find(std::begin(order), std::end(order), m.p1) - std::begin(order);
    expect(found >= at && found < 5, "dialtone, dialing, proceeding, ringback, connected in this order",
           world.tables.constant_name("LINECALLSTATE_", static_cast<DWORD>(m.p1)) + " behind a later one");
    at = found;
  }
}
void nothing_dialled(World& world) {
  expect_state(world, world.call_in(LINECALLSTATE_DIALTONE), LINECALLSTATE_DIALTONE);
}
void partly_dialled(World& world) {
  const HCALL call = world.call_in(LINECALLSTATE_DIALING);
  world.ok(lineDialA(call, world.site.answers.substr(1).c_str(), 0), "lineDial");
  world.wait_state(call, LINECALLSTATE_CONNECTED);
}
void wrong_number(World& world) {
  Block& call = world.block(sizeof(HCALL));
  const LONG got =
      world.result(lineMakeCallA(world.desk().owner, handle(call), world.site.nobody.c_str(), 0, nullptr));
  if (got == 0) {
    world.wait_state(call.dword(0), LINECALLSTATE_DISCONNECTED);
  } else {
    expect_result(world, "lineMakeCall", LINEERR_INVALADDRESS, got);
  }
}
void refused(World& world) {
  const HCALL call = world.make_call(world.desk(), world.site.busy);
  const auto m = world.app().inbox.wait([&](const Message& each) {
    return each.id == LINE_CALLSTATE && each.device == call &&
           (each.p1 == LINECALLSTATE_BUSY || each.p1 == LINECALLSTATE_DISCONNECTED);
  });
  expect(m && (m->p1 == LINECALLSTATE_BUSY || m->p2 == LINEDISCONNECTMODE_BUSY),
         "BUSY, or DISCONNECTED with LINEDISCONNECTMODE_BUSY", m ? "another mode" : "nothing");
}
void abandoned(World& world) {
  const HCALL far = world.incoming(world.called());
  const HCALL call = world.peer_of(far);
  world.ok(lineDrop(call, nullptr, 0), "lineDrop");
  world.wait_state(call, LINECALLSTATE_IDLE);
  const auto m = world.app().inbox.wait([&](const Message& each) {
    return each.id == LINE_CALLSTATE && each.device == far &&
           (each.p1 == LINECALLSTATE_DISCONNECTED || each.p1 == LINECALLSTATE_IDLE);
  });
  expect(m.has_value(), "DISCONNECTED or IDLE at the called line", "neither");
}

// --- inbound ---

void accepted(World& world) {
  world.incoming(world.called(), LINECALLSTATE_ACCEPTED);
}
void answered(World& world) {
  const HCALL far = world.incoming(world.called(), LINECALLSTATE_CONNECTED);
  world.wait_state(world.peer_of(far), LINECALLSTATE_CONNECTED);
}
void answered_after_accept(World& world) {
  const HCALL far = world.incoming(world.called(), LINECALLSTATE_ACCEPTED);
  world.ok(lineAnswer(far, nullptr, 0), "lineAnswer");
  world.wait_state(far, LINECALLSTATE_CONNECTED);
}
void rejected(World& world) {
  const HCALL far = world.incoming(world.called());
  world.ok(lineDrop(far, nullptr, 0), "lineDrop");
  world.wait_state(far, LINECALLSTATE_IDLE);
}
void redirected(World& world) {
  const HCALL far = world.incoming(world.called());
  const HCALL call = world.peer_of(far);
  world.ok(lineRedirectA(far, world.site.answers.c_str(), 0), "lineRedirect");
  world.wait_state(far, LINECALLSTATE_IDLE);
  world.wait_state(call, LINECALLSTATE_CONNECTED);
}
void far_end_leaves(World& world) {
  expect_state(world, world.call_in(LINECALLSTATE_DISCONNECTED), LINECALLSTATE_DISCONNECTED);
}
void far_end_leaves_a_held_call(World& world) {
  const HCALL far = world.incoming(world.called(), LINECALLSTATE_CONNECTED);
  const HCALL call = world.peer_of(far);
  world.wait_state(call, LINECALLSTATE_CONNECTED);
  world.ok(lineHold(call), "lineHold");
  world.wait_state(call, LINECALLSTATE_ONHOLD);
  world.ok(lineDrop(far, nullptr, 0), "lineDrop");
  world.wait_state(call, LINECALLSTATE_DISCONNECTED);
}
void nothing_follows_idle(World& world) {
  const HCALL call = world.call_in(LINECALLSTATE_IDLE);
  world.app().inbox.all();
  std::size_t after = 0;
  bool idle = false;
  for (const Message& m : world.app().inbox.history) {
    if (m.id != LINE_CALLSTATE || m.device != call) continue;
    after += idle;
    idle = m.p1 == LINECALLSTATE_IDLE;
  }
  expect(idle && after == 0, "nothing behind IDLE", std::to_string(after) + " more");
}

// --- hold ---

void hold(World& world) {
  expect_state(world, world.call_in(LINECALLSTATE_ONHOLD), LINECALLSTATE_ONHOLD);
}
void unhold(World& world) {
  const HCALL call = world.call_in(LINECALLSTATE_ONHOLD);
  world.app().inbox.all();
  world.ok(lineUnhold(call), "lineUnhold");
  world.wait_state(call, LINECALLSTATE_CONNECTED);
}
void unhold_pending_transfer(World& world) {
  const Pair pair = world.transfer();
  world.app().inbox.all();
  world.ok(lineUnhold(pair.first), "lineUnhold");
  world.wait_state(pair.first, LINECALLSTATE_CONNECTED);
  world.wait_state(pair.consult, LINECALLSTATE_IDLE);
}
void swap(World& world) {
  const Pair pair = world.transfer();
  world.app().inbox.all();
  world.ok(lineSwapHold(pair.consult, pair.first), "lineSwapHold");
  world.wait_state(pair.first, LINECALLSTATE_CONNECTED);
  const DWORD now = world.state_of(pair.consult);
  expect((now & (LINECALLSTATE_ONHOLD | LINECALLSTATE_ONHOLDPENDTRANSFER)) != 0, "the other held",
         world.tables.constant_name("LINECALLSTATE_", now));
}

// --- transfer ---

void set_up(World& world) {
  const HCALL call = world.call_in(LINECALLSTATE_CONNECTED);
  Block& consult = world.block(sizeof(HCALL));
  world.ok(lineSetupTransferA(call, handle(consult), nullptr), "lineSetupTransfer");
  world.wait_state(call, LINECALLSTATE_ONHOLDPENDTRANSFER);
  world.wait_state(consult.dword(0), LINECALLSTATE_DIALTONE);
}
void complete(World& world) {
  const Pair pair = world.transfer();
  world.ok(lineCompleteTransfer(pair.first, pair.consult, nullptr, LINETRANSFERMODE_TRANSFER),
           "lineCompleteTransfer");
  world.wait_state(pair.first, LINECALLSTATE_IDLE);
  world.wait_state(pair.consult, LINECALLSTATE_IDLE);
}
void complete_as_conference(World& world) {
  const Pair pair = world.transfer();
  Block& conference = world.block(sizeof(HCALL));
  const LONG got = world.result(
      lineCompleteTransfer(pair.first, pair.consult, handle(conference), LINETRANSFERMODE_CONFERENCE));
  if (got == LINEERR_OPERATIONUNAVAIL) throw NotApplicable{"transfers do not become conferences here"};
  expect_result(world, "lineCompleteTransfer", 0, got);
  world.wait_state(conference.dword(0), LINECALLSTATE_CONNECTED);
  const Message m = world.wait_state(pair.first, LINECALLSTATE_CONFERENCED);
  world.wait_state(pair.consult, LINECALLSTATE_CONFERENCED);
  expect(m.p2 == conference.dword(0), "the conference's handle in dwParam2", std::to_string(m.p2));
}
void drop_consultation(World& world) {
  const Pair pair = world.transfer();
  world.app().inbox.all();
  world.ok(lineDrop(pair.consult, nullptr, 0), "lineDrop");
  world.wait_state(pair.consult, LINECALLSTATE_IDLE);
  world.wait_state(pair.first, LINECALLSTATE_CONNECTED);
}
void blind(World& world) {
  const HCALL call = world.call_in(LINECALLSTATE_CONNECTED);
  world.ok(lineBlindTransferA(call, world.called().number.c_str(), 0), "lineBlindTransfer");
  world.wait_state(call, LINECALLSTATE_IDLE);
}

// --- conference ---

void set_up_conference(World& world) {
  const HCALL parent = world.call_in(LINECALLSTATE_ONHOLDPENDCONF);
  expect_state(world, parent, LINECALLSTATE_ONHOLDPENDCONF);
}
void member_names_its_conference(World& world) {
  const Pair pair = world.conference();
  const auto& history = world.app().inbox.history;
  const auto found = std::find_if(history.begin(), history.end(), [&](const Message& m) {
    return m.id == LINE_CALLSTATE && m.p1 == LINECALLSTATE_CONFERENCED && m.p2 == pair.first;
  });
  expect(found != history.end(), "LINE_CALLSTATE(CONFERENCED) with the conference's handle in dwParam2",
         "none");
}
void add(World& world) {
  expect_state(world, world.joined_conference(), LINECALLSTATE_CONNECTED);
}
void prepare_add(World& world) {
  const HCALL parent = world.joined_conference();
  world.app().inbox.all();
  Block& consult = world.block(sizeof(HCALL));
  world.ok(linePrepareAddToConferenceA(parent, handle(consult), nullptr), "linePrepareAddToConference");
  world.wait_state(parent, LINECALLSTATE_ONHOLDPENDCONF);
  world.wait_state(consult.dword(0), LINECALLSTATE_DIALTONE);
}
void related_calls(World& world) {
  const HCALL parent = world.joined_conference();
  Block& list = world.block(512);
  list.set_dword(0, 512);
  auto& read = *reinterpret_cast<LINECALLLIST*>(list.data());
  expect_result(world, "lineGetConfRelatedCalls", 0, lineGetConfRelatedCalls(parent, &read));
  expect(read.dwCallsNumEntries == 3 && list.dword(read.dwCallsOffset) == parent,
         "the parent first, and two members", std::to_string(read.dwCallsNumEntries) + " entries");
}
void drop_conference(World& world) {
  const HCALL parent = world.joined_conference();
  world.ok(lineDrop(parent, nullptr, 0), "lineDrop");
  world.wait_state(parent, LINECALLSTATE_IDLE);
}

// --- privileges ---

void sole_owner_stays(World& world) {
  expect_result(world, "lineSetCallPrivilege", LINEERR_INVALCALLSTATE,
                lineSetCallPrivilege(world.call_in(LINECALLSTATE_CONNECTED), LINECALLPRIVILEGE_MONITOR));
}
void two_owners(World& world) {
  const HCALL call = world.call_in(LINECALLSTATE_CONNECTED);
  const HCALL seen = world.monitor_of(call);
  expect_result(world, "lineHold by the monitor", LINEERR_NOTOWNER, world.result(lineHold(seen)));
  expect_result(world, "lineSetCallPrivilege", 0, lineSetCallPrivilege(seen, LINECALLPRIVILEGE_OWNER));
  world.ok(lineHold(seen), "lineHold by the second owner");
  world.wait_state(call, LINECALLSTATE_ONHOLD);
  expect_result(world, "lineSetCallPrivilege", 0, lineSetCallPrivilege(call, LINECALLPRIVILEGE_MONITOR));
  expect_result(world, "lineUnhold by who stepped down", LINEERR_NOTOWNER, world.result(lineUnhold(call)));
}
void maker_owns(World& world) {
  App second{"conformance second"};
  const HLINE line = second.open(world.desk().device, LINECALLPRIVILEGE_NONE, version_2_2, 0);
  Block& call = world.block(sizeof(HCALL));
  const LONG id = lineMakeCallA(line, handle(call), world.site.silent.c_str(), 0, nullptr);
  const auto reply = second.inbox.reply(id);
  expect(reply && *reply == 0, "lineMakeCall on a line open with NONE: 0",
         reply ? name(world, *reply) : "no reply");
  LINECALLSTATUS status{};
  status.dwTotalSize = sizeof status;
  expect_result(world, "lineGetCallStatus", 0, lineGetCallStatus(call.dword(0), &status));
  expect(status.dwCallPrivilege == LINECALLPRIVILEGE_OWNER, "LINECALLPRIVILEGE_OWNER",
         std::to_string(status.dwCallPrivilege));
}
// Open for another medium only: no candidate for a voice call.
void media_choose_the_owner(World& world) {
  App fax{"conformance fax"};
  fax.open(world.called().device, LINECALLPRIVILEGE_OWNER, version_2_2, LINEMEDIAMODE_G3FAX);
  if (fax.error == LINEERR_INVALMEDIAMODE) throw NotApplicable{"the lines have one medium"};
  world.incoming(world.called());
  const auto told = fax.inbox.wait([](const Message& m) { return m.id == LINE_APPNEWCALL; },
                                   std::chrono::milliseconds{100});
  expect(!told.has_value(), "no handle for who opened the line for fax", "one");
}
void new_calls_are_for_monitors(World& world) {
  const HCALL call = world.call_in(LINECALLSTATE_CONNECTED);
  const HLINE late = world.app().open(world.desk().device, LINECALLPRIVILEGE_OWNER);
  Block& list = world.block(512);
  list.set_dword(0, 512);
  auto& read = *reinterpret_cast<LINECALLLIST*>(list.data());
  const LONG got = lineGetNewCalls(late, 0, LINECALLSELECT_LINE, &read);
  const HCALL found = read.dwCallsNumEntries > 0 ? list.dword(read.dwCallsOffset) : 0;
  const LONG held = found != 0 ? world.result(lineHold(found)) : 0;
  lineClose(late);
  expect_result(world, "lineGetNewCalls", 0, got);
  expect(found != 0 && found != call, "a new handle", "none");
  expect_result(world, "lineHold with it", LINEERR_NOTOWNER, held);
}

// --- asynchronous requests ---

void handle_is_void_before_the_reply(World& world) {
  Block& call = world.block(sizeof(HCALL));
  const LONG id = lineMakeCallA(world.desk().owner, handle(call), world.site.silent.c_str(), 0, nullptr);
  const bool early = call.written(0, sizeof(HCALL));
  world.ok(id, "lineMakeCall");
  expect(!early, "*lphCall filled at the reply", "before it");
  expect(call.written(0, sizeof(HCALL)), "*lphCall filled at the reply", "not at all");
}
void ids_differ(World& world) {
  const HCALL call = world.call_in(LINECALLSTATE_CONNECTED);
  const LONG first = lineHold(call), second = lineUnhold(call), third = lineHold(call);
  world.result(first);
  world.result(second);
  world.result(third);
  expect(first > 0 && second > 0 && third > 0 && first != second && second != third && first != third,
         "three ids", "fewer");
}
void failure_has_no_reply(World& world) {
  const HCALL call = world.call_in(LINECALLSTATE_IDLE);
  const LONG got = lineHold(call);
  expect(got != 0, "an error or a request id", "0");
  if (got > 0) world.result(got);
  world.app().inbox.all();
  world.check_leftovers();
}
void close_ends_replies(World& world) {
  const HLINE line = world.app().open(world.desk().device, LINECALLPRIVILEGE_OWNER);
  Block& call = world.block(sizeof(HCALL));
  lineMakeCallA(line, handle(call), world.site.silent.c_str(), 0, nullptr);
  expect_result(world, "lineClose", 0, lineClose(line));
  world.app().inbox.all();
  world.check_leftovers();
}

struct Row {
  const char* rule;
  const char* name;
  void (*run)(World&);
};
constexpr Row rows[] = {
    {"outbound call", "goes through its states in order", outbound},
    {"outbound call", "without a number waits in DIALTONE", nothing_dialled},
    {"outbound call", "dialled in parts", partly_dialled},
    {"outbound call", "to nobody", wrong_number},
    {"outbound call", "to a busy number", refused},
    {"outbound call", "abandoned: IDLE, and the far end sees it", abandoned},
    {"inbound call", "lineAccept: OFFERING to ACCEPTED", accepted},
    {"inbound call", "lineAnswer: OFFERING to CONNECTED at both ends", answered},
    {"inbound call", "lineAnswer: ACCEPTED to CONNECTED", answered_after_accept},
    {"inbound call", "lineDrop: OFFERING to IDLE", rejected},
    {"inbound call", "lineRedirect: OFFERING to IDLE", redirected},
    {"inbound call", "far end leaves: CONNECTED to DISCONNECTED", far_end_leaves},
    {"inbound call", "far end leaves: ONHOLD to DISCONNECTED", far_end_leaves_a_held_call},
    {"inbound call", "nothing follows IDLE", nothing_follows_idle},
    {"hold", "lineHold: CONNECTED to ONHOLD", hold},
    {"hold", "lineUnhold: ONHOLD to CONNECTED", unhold},
    {"hold", "lineUnhold: ONHOLDPENDTRANSFER to CONNECTED, consultation IDLE", unhold_pending_transfer},
    {"hold", "lineSwapHold changes the roles", swap},
    {"transfer", "lineSetupTransfer: ONHOLDPENDTRANSFER and DIALTONE", set_up},
    {"transfer", "lineCompleteTransfer: both IDLE", complete},
    {"transfer", "lineCompleteTransfer as conference", complete_as_conference},
    {"transfer", "lineDrop of the consultation: held call CONNECTED", drop_consultation},
    {"transfer", "lineBlindTransfer: CONNECTED to IDLE", blind},
    {"conference", "lineSetupConference: ONHOLDPENDCONF", set_up_conference},
    {"conference", "a member names its conference", member_names_its_conference},
    {"conference", "lineAddToConference: conference CONNECTED", add},
    {"conference", "linePrepareAddToConference: ONHOLDPENDCONF and DIALTONE", prepare_add},
    {"conference", "lineGetConfRelatedCalls begins with the conference", related_calls},
    {"conference", "lineDrop of the conference: IDLE", drop_conference},
    {"privilege", "a sole owner cannot become monitor", sole_owner_stays},
    {"privilege", "a monitor may become second owner, and the first step down", two_owners},
    {"privilege", "who makes a call owns it, on a line open with NONE too", maker_owns},
    {"privilege", "the media of lineOpen choose the first owner", media_choose_the_owner},
    {"privilege", "lineGetNewCalls gives monitors' handles", new_calls_are_for_monitors},
    {"requests", "a new call's handle is void before the reply", handle_is_void_before_the_reply},
    {"requests", "ids of requests in progress differ", ids_differ},
    {"requests", "a function that failed has no reply", failure_has_no_reply},
    {"requests", "lineClose ends the replies of its line", close_ends_replies},
};

} // namespace

std::vector<Case> transition_cases() {
  std::vector<Case> out;
  for (const Row& each : rows) out.push_back({"transitions", each.rule, each.name, each.run});
  return out;
}

} // namespace conformance
