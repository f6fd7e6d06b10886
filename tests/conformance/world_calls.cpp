// SPDX-License-Identifier: Apache-2.0
// Calls in every state that a site can bring them to (call-states), by TAPI's own functions.
#include "world.hpp"

namespace conformance {

DWORD World::state_of(HCALL call) {
  LINECALLSTATUS status{};
  status.dwTotalSize = sizeof status;
  const LONG result = lineGetCallStatus(call, &status);
  expect(result == 0, "lineGetCallStatus: 0", tables.result_name("line", result));
  return status.dwCallState;
}

Message World::wait_state(HCALL call, DWORD state) {
  const auto came = app().inbox.wait(
      [&](const Message& m) { return m.id == LINE_CALLSTATE && m.device == call && m.p1 == state; });
  const std::string name = tables.constant_name("LINECALLSTATE_", state);
  expect(came.has_value(), "LINE_CALLSTATE with " + name,
         "none; the call is in " + tables.constant_name("LINECALLSTATE_", state_of(call)));
  return *came;
}

HCALL World::make_call(Line& from, const std::string& number) {
  Block& handle = block(sizeof(HCALL));
  ok(lineMakeCallA(from.owner, reinterpret_cast<LPHCALL>(handle.data()),
                   number.empty() ? nullptr : number.c_str(), 0, nullptr),
     "lineMakeCall");
  return handle.dword(0);
}

HCALL World::incoming(Line& at, DWORD state) {
  make_call(desk(), at.number);
  const auto offered = app().inbox.wait([&](const Message& m) {
    return m.id == LINE_CALLSTATE && m.p1 == LINECALLSTATE_OFFERING &&
           m.instance == instance_base + at.device && m.p3 == LINECALLPRIVILEGE_OWNER;
  });
  expect(offered.has_value(), "LINE_CALLSTATE with LINECALLSTATE_OFFERING and OWNER at the called line",
         "none");
  const HCALL call = offered->device;
  if (state == LINECALLSTATE_ACCEPTED) ok(lineAccept(call, nullptr, 0), "lineAccept");
  if (state == LINECALLSTATE_CONNECTED) ok(lineAnswer(call, nullptr, 0), "lineAnswer");
  if (state != LINECALLSTATE_OFFERING) wait_state(call, state);
  return call;
}

LINECALLINFO World::info(HCALL call) {
  LINECALLINFO out{};
  out.dwTotalSize = sizeof out;
  if (lineGetCallInfoA(call, &out) != 0) return {};
  return out;
}

HCALL World::handle_of(HLINE line, DWORD call_id) {
  for (const HCALL each : app().inbox.calls) {
    const LINECALLINFO about = info(each);
    if (about.hLine == line && about.dwCallID == call_id) return each;
  }
  return 0;
}

HCALL World::monitor_of(HCALL call) {
  app().inbox.wait([](const Message&) { return false; }, std::chrono::milliseconds{1}); // takes what has come
  const LINECALLINFO about = info(call);
  for (Line* const each : {&desk(), &called(), &other()})
    if (each->device == about.dwLineDeviceID)
      if (const HCALL found = handle_of(each->monitor, about.dwCallID)) return found;
  throw Failed{"a handle of the call for the line's monitor", "none"};
}

HCALL World::peer_of(HCALL call) {
  const LINECALLINFO about = info(call);
  for (Line* const each : {&desk(), &called(), &other()})
    if (each->owner != about.hLine)
      if (const HCALL found = handle_of(each->owner, about.dwCallID)) return found;
  throw Failed{"a handle at the other end of the call", "none"};
}

HCALL World::build(DWORD state) {
  switch (state) {
  case LINECALLSTATE_OFFERING:
  case LINECALLSTATE_ACCEPTED: return incoming(called(), state);
  case LINECALLSTATE_DIALTONE:
  case LINECALLSTATE_DIALING: {
    const HCALL call =
        make_call(desk(), state == LINECALLSTATE_DIALING ? site.answers.substr(0, 1) + ";" : "");
    wait_state(call, state);
    return call;
  }
  case LINECALLSTATE_RINGBACK: {
    const HCALL call = make_call(desk(), site.silent);
    wait_state(call, state);
    return call;
  }
  case LINECALLSTATE_BUSY: {
    if (site.busy.empty()) throw NotApplicable{"the site has no busy number"};
    const HCALL call = make_call(desk(), site.busy);
    const auto came = app().inbox.wait([&](const Message& m) {
      return m.id == LINE_CALLSTATE && m.device == call &&
             (m.p1 == LINECALLSTATE_BUSY || m.p1 == LINECALLSTATE_DISCONNECTED);
    });
    if (came && came->p1 == LINECALLSTATE_DISCONNECTED)
      throw NotApplicable{"a busy number disconnects here, without a state of its own"};
    expect(came.has_value(), "LINE_CALLSTATE with LINECALLSTATE_BUSY", "none");
    return call;
  }
  case LINECALLSTATE_CONNECTED: {
    const HCALL call = make_call(desk(), site.answers);
    wait_state(call, state);
    return call;
  }
  case LINECALLSTATE_ONHOLD: {
    const HCALL call = build(LINECALLSTATE_CONNECTED);
    ok(lineHold(call), "lineHold");
    wait_state(call, state);
    return call;
  }
  case LINECALLSTATE_ONHOLDPENDTRANSFER: {
    const HCALL call = build(LINECALLSTATE_CONNECTED);
    Block& consult = block(sizeof(HCALL));
    ok(lineSetupTransferA(call, reinterpret_cast<LPHCALL>(consult.data()), nullptr), "lineSetupTransfer");
    wait_state(call, state);
    return call;
  }
  case LINECALLSTATE_DISCONNECTED: {
    const HCALL far = incoming(called(), LINECALLSTATE_CONNECTED);
    const HCALL call = peer_of(far);
    wait_state(call, LINECALLSTATE_CONNECTED);
    ok(lineDrop(far, nullptr, 0), "lineDrop");
    wait_state(call, state);
    return call;
  }
  case LINECALLSTATE_IDLE: {
    const HCALL call = build(LINECALLSTATE_CONNECTED);
    ok(lineDrop(call, nullptr, 0), "lineDrop");
    wait_state(call, state);
    return call;
  }
  case LINECALLSTATE_CONFERENCED:
  case LINECALLSTATE_ONHOLDPENDCONF: {
    const HCALL call = build(LINECALLSTATE_CONNECTED);
    Block& conference = block(sizeof(HCALL));
    Block& consult = block(sizeof(HCALL));
    const LONG got = result(lineSetupConferenceA(call, 0, reinterpret_cast<LPHCALL>(conference.data()),
                                                 reinterpret_cast<LPHCALL>(consult.data()), 3, nullptr));
    if (got == LINEERR_OPERATIONUNAVAIL)
      throw NotApplicable{"no conferences: lineSetupConference is not offered"};
    expect(got == 0, "lineSetupConference: 0", tables.result_name("line", got));
    const HCALL wanted = state == LINECALLSTATE_CONFERENCED ? call : conference.dword(0);
    wait_state(wanted, state);
    return wanted;
  }
  default:
    throw NotApplicable{"the site cannot keep a call in " + tables.constant_name("LINECALLSTATE_", state)};
  }
}

HCALL World::call_in(DWORD state) {
  if (const auto found = made_.find(state); found != made_.end()) return found->second;
  if (const auto found = impossible_.find(state); found != impossible_.end())
    throw NotApplicable{found->second};
  try {
    return made_[state] = build(state);
  } catch (const NotApplicable& not_applicable) {
    made_.erase(state);
    impossible_[state] = not_applicable.reason;
    throw;
  }
}

Pair World::transfer() {
  if (transfer_) return *transfer_;
  Pair made{build(LINECALLSTATE_CONNECTED), 0};
  Block& consult = block(sizeof(HCALL));
  ok(lineSetupTransferA(made.first, reinterpret_cast<LPHCALL>(consult.data()), nullptr), "lineSetupTransfer");
  made.consult = consult.dword(0);
  wait_state(made.consult, LINECALLSTATE_DIALTONE);
  ok(lineDialA(made.consult, site.called.c_str(), 0), "lineDial");
  wait_state(made.consult, LINECALLSTATE_RINGBACK);
  ok(lineAnswer(peer_of(made.consult), nullptr, 0), "lineAnswer");
  wait_state(made.consult, LINECALLSTATE_CONNECTED);
  transfer_ = made;
  return made;
}

Pair World::conference() {
  if (conference_) return *conference_;
  Pair made;
  const HCALL call = build(LINECALLSTATE_CONNECTED);
  Block& parent = block(sizeof(HCALL));
  Block& consult = block(sizeof(HCALL));
  const LONG got = result(lineSetupConferenceA(call, 0, reinterpret_cast<LPHCALL>(parent.data()),
                                               reinterpret_cast<LPHCALL>(consult.data()), 3, nullptr));
  if (got == LINEERR_OPERATIONUNAVAIL)
    throw NotApplicable{"no conferences: lineSetupConference is not offered"};
  expect(got == 0, "lineSetupConference: 0", tables.result_name("line", got));
  made = {parent.dword(0), consult.dword(0)};
  wait_state(made.consult, LINECALLSTATE_DIALTONE);
  ok(lineDialA(made.consult, site.called.c_str(), 0), "lineDial");
  wait_state(made.consult, LINECALLSTATE_RINGBACK);
  ok(lineAnswer(peer_of(made.consult), nullptr, 0), "lineAnswer");
  wait_state(made.consult, LINECALLSTATE_CONNECTED);
  conference_ = made;
  return made;
}

HCALL World::joined_conference() {
  if (joined_ != 0) return joined_;
  const Pair pair = conference();
  conference_.reset();
  ok(lineAddToConference(pair.first, pair.consult), "lineAddToConference");
  wait_state(pair.consult, LINECALLSTATE_CONFERENCED);
  wait_state(pair.first, LINECALLSTATE_CONNECTED);
  return joined_ = pair.first;
}

void World::clean() {
  made_.clear();
  transfer_.reset();
  conference_.reset();
  joined_ = 0;
  if (!app_) return;
  Inbox& inbox = app_->inbox;
  inbox.wait([](const Message&) { return false; }, std::chrono::milliseconds{1});
  const auto calls = inbox.calls;
  for (const HCALL each : calls) {
    LINECALLSTATUS status{};
    status.dwTotalSize = sizeof status;
    if (lineGetCallStatus(each, &status) != 0) continue;
    if (status.dwCallState != LINECALLSTATE_IDLE && (status.dwCallPrivilege & LINECALLPRIVILEGE_OWNER) != 0)
      if (const LONG id = lineDrop(each, nullptr, 0); id > 0) inbox.reply(id);
  }
  for (const HCALL each : calls) lineDeallocateCall(each);
  inbox.calls.clear();
  inbox.clear();
}

} // namespace conformance
