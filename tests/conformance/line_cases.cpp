// SPDX-License-Identifier: Apache-2.0
// Line functions whose success needs more than good arguments.
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

void close(World& world) {
  const HLINE line = world.app().open(world.desk().device, LINECALLPRIVILEGE_OWNER);
  const HCALL seen = world.monitor_of(world.call_in(LINECALLSTATE_CONNECTED));
  expect_result(world, "lineClose", 0, lineClose(line));
  expect_result(world, "lineClose again", LINEERR_INVALLINEHANDLE, lineClose(line));
  world.state_of(seen); // the other handles of the line stay
}

void close_ends_handles(World& world) {
  const HLINE line = world.app().open(world.desk().device, LINECALLPRIVILEGE_OWNER);
  Block& call = world.block(sizeof(HCALL));
  world.ok(lineMakeCallA(line, handle(call), world.site.answers.c_str(), 0, nullptr), "lineMakeCall");
  world.wait_state(call.dword(0), LINECALLSTATE_CONNECTED);
  const HCALL seen = world.monitor_of(call.dword(0));
  expect_result(world, "lineClose", 0, lineClose(line));
  world.wait_state(seen, LINECALLSTATE_IDLE); // its sole owner has gone: dropped
  LINECALLSTATUS status{};
  status.dwTotalSize = sizeof status;
  expect_result(world, "lineGetCallStatus", LINEERR_INVALCALLHANDLE,
                lineGetCallStatus(call.dword(0), &status));
}

void deallocate(World& world) {
  const HCALL call = world.call_in(LINECALLSTATE_IDLE);
  expect_result(world, "lineDeallocateCall", 0, lineDeallocateCall(call));
  expect_result(world, "lineDeallocateCall again", LINEERR_INVALCALLHANDLE, lineDeallocateCall(call));
}

void deallocate_sole_owner(World& world) {
  const HCALL call = world.call_in(LINECALLSTATE_CONNECTED);
  const HCALL seen = world.monitor_of(call);
  expect_result(world, "lineDeallocateCall", 0, lineDeallocateCall(call));
  expect(world.state_of(seen) == LINECALLSTATE_CONNECTED, "the call still CONNECTED", "another state");
  expect_result(world, "lineSetCallPrivilege", 0, lineSetCallPrivilege(seen, LINECALLPRIVILEGE_OWNER));
}

void get_message_times_out(World& world) {
  world.app().inbox.clear();
  LINEMESSAGE message;
  expect_result(world, "lineGetMessage", LINEERR_OPERATIONFAILED,
                lineGetMessage(world.app().handle, &message, 0));
}

void shutdown(World& world) {
  DWORD lines = 0, version = version_2_2;
  HLINEAPP app = 0;
  LINEINITIALIZEEXPARAMS params{};
  params.dwTotalSize = sizeof params;
  params.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT;
  world.app();
  expect_result(world, "lineInitializeEx", 0,
                lineInitializeExA(&app, nullptr, nullptr, "second", &lines, &version, &params));
  HLINE line = 0;
  expect_result(
      world, "lineOpen", 0,
      lineOpenA(app, world.desk().device, &line, version_2_2, 0, 0, LINECALLPRIVILEGE_MONITOR, 0, nullptr));
  expect_result(world, "lineShutdown", 0, lineShutdown(app));
  expect_result(world, "lineClose of its line", LINEERR_INVALLINEHANDLE, lineClose(line));
  expect_result(world, "lineShutdown again", LINEERR_INVALAPPHANDLE, lineShutdown(app));
}

void initialize_ex(World& world) {
  App app{"conformance second"};
  expect_result(world, "lineInitializeEx", 0, app.error);
  expect(app.version == version_2_2, "version 2.2", std::to_string(app.version));
  expect(app.lines == world.app().lines && app.lines > 0, "as many lines as before",
         std::to_string(app.lines));
}

void initialize_ex_wide(World& world) {
  HLINEAPP app = 0;
  DWORD lines = 0, version = 0x00030001;
  LINEINITIALIZEEXPARAMS params{};
  params.dwTotalSize = sizeof params;
  params.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT;
  Block& text = world.text("second", true);
  expect_result(world, "lineInitializeExW", 0,
                lineInitializeExW(&app, nullptr, nullptr, reinterpret_cast<LPCWSTR>(text.data()), &lines,
                                  &version, &params));
  lineShutdown(app);
  expect(version >= version_2_2, "a granted version of at least 2.2", std::to_string(version));
}

void CALLBACK nothing(DWORD, DWORD, DWORD_PTR, DWORD_PTR, DWORD_PTR, DWORD_PTR) {}

void initialize(World& world) {
  HLINEAPP app = 0;
  DWORD lines = 0;
  expect_result(world, "lineInitialize", 0, lineInitialize(&app, nullptr, nothing, "old", &lines));
  lineShutdown(app);
  expect(lines == world.app().lines, std::to_string(world.app().lines) + " lines", std::to_string(lines));
}

void handoff_to_nobody_else(World& world) {
  const HCALL call = world.call_in(LINECALLSTATE_CONNECTED);
  expect_result(world, "lineHandoff by medium", LINEERR_TARGETSELF,
                lineHandoffA(call, nullptr, LINEMEDIAMODE_INTERACTIVEVOICE));
  expect_result(world, "lineHandoff by medium", LINEERR_TARGETNOTFOUND,
                lineHandoffA(call, nullptr, LINEMEDIAMODE_G3FAX));
}

// The priority list decides: the other program opened the line for fax alone.
void handoff(World& world) {
  App other{"conformance fax"};
  const HLINE line =
      other.open(world.desk().device, LINECALLPRIVILEGE_OWNER, version_2_2, LINEMEDIAMODE_G3FAX);
  if (other.error == LINEERR_INVALMEDIAMODE) throw NotApplicable{"the lines have one medium"};
  expect(line != 0, "lineOpen: 0", name(world, other.error));
  const HCALL call = world.call_in(LINECALLSTATE_CONNECTED);
  expect_result(world, "lineHandoff", 0, lineHandoffA(call, nullptr, LINEMEDIAMODE_G3FAX));
  const auto told = other.inbox.wait([&](const Message& m) { return m.id == LINE_CALLSTATE; });
  expect(told && told->p3 == LINECALLPRIVILEGE_OWNER, "LINE_CALLSTATE with OWNER at the target",
         told ? "another privilege" : "none");
  lineSetCallPrivilege(call, LINECALLPRIVILEGE_OWNER);
}

void negotiate_extension(World& world) {
  DWORD version = 0;
  const LONG got =
      lineNegotiateExtVersion(world.app().handle, world.desk().device, version_2_2, 1, 1, &version);
  if (got == LINEERR_OPERATIONUNAVAIL) throw NotApplicable{"not offered: OPERATIONUNAVAIL"};
  expect(got == 0 || got == LINEERR_INCOMPATIBLEEXTVERSION, "0 or LINEERR_INCOMPATIBLEEXTVERSION",
         name(world, got));
}

std::string park(World& world, HCALL call) {
  Block& place = world.block(256);
  place.set_dword(0, 256);
  const LONG got = world.result(
      lineParkA(call, LINEPARKMODE_NONDIRECTED, nullptr, reinterpret_cast<LPVARSTRING>(place.data())));
  if (got == LINEERR_OPERATIONUNAVAIL) throw NotApplicable{"not offered: OPERATIONUNAVAIL"};
  expect_result(world, "linePark", 0, got);
  world.wait_state(call, LINECALLSTATE_IDLE);
  const auto& found = *reinterpret_cast<VARSTRING*>(place.data());
  expect(found.dwStringSize > 1, "an address where the call is parked", "none");
  return reinterpret_cast<const char*>(place.data()) + found.dwStringOffset;
}

void park_and_unpark(World& world) {
  const std::string place = park(world, world.call_in(LINECALLSTATE_CONNECTED));
  Block& back = world.block(sizeof(HCALL));
  world.ok(lineUnparkA(world.desk().owner, 0, handle(back), place.c_str()), "lineUnpark");
  world.wait_state(back.dword(0), LINECALLSTATE_CONNECTED);
  LINECALLINFO info{};
  info.dwTotalSize = sizeof info;
  expect_result(world, "lineGetCallInfo", 0, lineGetCallInfoA(back.dword(0), &info));
  expect(info.dwReason == LINECALLREASON_UNPARK, "reason UNPARK", std::to_string(info.dwReason));
}

void unpark_nothing(World& world) {
  Block& back = world.block(sizeof(HCALL));
  const LONG got = world.result(lineUnparkA(world.desk().owner, 0, handle(back), world.site.nobody.c_str()));
  if (got == LINEERR_OPERATIONUNAVAIL) throw NotApplicable{"not offered: OPERATIONUNAVAIL"};
  expect_result(world, "lineUnpark of an address where nothing is parked", LINEERR_INVALADDRESS, got);
}

void pickup(World& world) {
  world.incoming(world.called());
  world.other();
  Block& mine = world.block(sizeof(HCALL));
  const LONG got =
      world.result(linePickupA(world.other().owner, 0, handle(mine), world.called().number.c_str(), nullptr));
  if (got == LINEERR_OPERATIONUNAVAIL) throw NotApplicable{"not offered: OPERATIONUNAVAIL"};
  expect_result(world, "linePickup", 0, got);
  LINECALLINFO info{};
  info.dwTotalSize = sizeof info;
  expect_result(world, "lineGetCallInfo", 0, lineGetCallInfoA(mine.dword(0), &info));
  expect(info.dwReason == LINECALLREASON_PICKUP, "reason PICKUP", std::to_string(info.dwReason));
}

void treatment(World& world) {
  if (world.site.queue.empty()) throw NotApplicable{"the site has no queue"};
  const DWORD device = world.device(world.site.queue);
  const HLINE queue = world.app().open(device, LINECALLPRIVILEGE_MONITOR);
  world.make_call(world.desk(), world.site.queue);
  const auto came = world.app().inbox.wait([&](const Message& m) {
    return m.id == LINE_CALLSTATE && m.instance == instance_base + device && m.p1 == LINECALLSTATE_CONNECTED;
  });
  expect(came.has_value(), "LINE_CALLSTATE with LINECALLSTATE_CONNECTED at the queue", "none");
  lineSetCallPrivilege(came->device, LINECALLPRIVILEGE_OWNER);
  world.ok(lineSetCallTreatment(came->device, LINECALLTREATMENT_SILENCE), "lineSetCallTreatment");
  const auto told = world.app().inbox.wait([&](const Message& m) {
    return m.id == LINE_CALLINFO && m.device == came->device && (m.p1 & LINECALLINFOSTATE_TREATMENT);
  });
  lineClose(queue);
  expect(told.has_value(), "LINE_CALLINFO with LINECALLINFOSTATE_TREATMENT", "none");
}

void complete_call(World& world) {
  const HCALL call = world.call_in(LINECALLSTATE_RINGBACK);
  Block& id = world.block(sizeof(DWORD));
  const LONG got = world.result(
      lineCompleteCall(call, reinterpret_cast<LPDWORD>(id.data()), LINECALLCOMPLMODE_CALLBACK, 0));
  if (got == LINEERR_OPERATIONUNAVAIL) throw NotApplicable{"not offered: OPERATIONUNAVAIL"};
  expect_result(world, "lineCompleteCall", 0, got);
  expect(id.written(0, sizeof(DWORD)), "a completion id", "none");
  world.ok(lineUncompleteCall(world.desk().owner, id.dword(0)), "lineUncompleteCall");
}

void set_terminal(World& world) {
  const LONG got = world.result(
      lineSetTerminal(world.desk().owner, 0, 0, LINECALLSELECT_LINE, LINETERMMODE_BUTTONS, 0, 1));
  if (got == LINEERR_OPERATIONUNAVAIL) throw NotApplicable{"not offered: OPERATIONUNAVAIL"};
  expect_result(world, "lineSetTerminal", 0, got);
}

void location(World& world) {
  Block& caps = world.block(8192);
  caps.set_dword(0, 8192);
  auto& read = *reinterpret_cast<LINETRANSLATECAPS*>(caps.data());
  expect_result(world, "lineGetTranslateCaps", 0,
                lineGetTranslateCapsA(world.app().handle, version_2_2, &read));
  expect(read.dwNumLocations > 0, "a location", "none");
  expect_result(world, "lineSetCurrentLocation", 0,
                lineSetCurrentLocation(world.app().handle, read.dwCurrentLocationID));
}

void toll_list(World& world) {
  for (const DWORD option : {DWORD{LINETOLLLISTOPTION_ADD}, DWORD{LINETOLLLISTOPTION_REMOVE}})
    expect_result(world, "lineSetTollList", 0,
                  lineSetTollListA(world.app().handle, world.desk().device, "+1 (425) 5550100", option));
}

void providers(World&) {
  DWORD id = 0;
  expect(lineAddProviderA("no-such-provider.tsp", nullptr, &id) < 0, "an error", "0");
}

void devconfig(World& world) {
  Block& config = world.block(256);
  config.set_dword(0, 256);
  const LONG got =
      lineGetDevConfigA(world.desk().device, reinterpret_cast<LPVARSTRING>(config.data()), "tapi/line");
  if (got == LINEERR_INVALDEVICECLASS || got == LINEERR_OPERATIONUNAVAIL)
    throw NotApplicable{"no device class has a configuration here"};
  expect_result(world, "lineGetDevConfig", 0, got);
}

struct Row {
  const char* function;
  const char* name;
  void (*run)(World&);
};
constexpr Row rows[] = {
    {"lineClose", "succeeds, once", close},
    {"lineClose", "drops what it owns alone and ends its call handles", close_ends_handles},
    {"lineDeallocateCall", "succeeds, once", deallocate},
    {"lineDeallocateCall", "by the sole owner leaves the call", deallocate_sole_owner},
    {"lineGetMessage", "times out", get_message_times_out},
    {"lineShutdown", "closes the lines", shutdown},
    {"lineInitializeEx", "lineInitializeExA succeeds", initialize_ex},
    {"lineInitializeEx", "lineInitializeExW succeeds", initialize_ex_wide},
    {"lineInitialize", "succeeds", initialize},
    {"lineHandoff", "to nobody else", handoff_to_nobody_else},
    {"lineHandoff", "by medium", handoff},
    {"lineNegotiateExtVersion", "of no extension", negotiate_extension},
    {"linePark", "non-directed, and back by lineUnpark", park_and_unpark},
    {"lineUnpark", "gives back what was parked", park_and_unpark},
    {"lineUnpark", "where nothing is parked", unpark_nothing},
    {"linePickup", "of what rings at another line", pickup},
    {"lineSetCallTreatment", "at a queue", treatment},
    {"lineCompleteCall", "when there is no answer", complete_call},
    {"lineUncompleteCall", "of what was to be completed", complete_call},
    {"lineSetTerminal", "of the line", set_terminal},
    {"lineSetCurrentLocation", "to the present one", location},
    {"lineSetTollList", "adds and removes", toll_list},
    {"lineAddProvider", "that does not exist", providers},
    {"lineGetDevConfig", "of tapi/line", devconfig},
    {"lineSetDevConfig", "of tapi/line", devconfig},
};

} // namespace

std::vector<Case> line_cases() {
  std::vector<Case> out;
  for (const Row& each : rows) out.push_back({"functions", each.function, each.name, each.run});
  return out;
}

} // namespace conformance
