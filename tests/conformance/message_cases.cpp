// SPDX-License-Identifier: Apache-2.0
// Every message of tapi_messages.tsv: its parameters, who gets it, what comes before it, what enables it.
#include <algorithm>

#include "agent_handler.hpp"
#include "world.hpp"

namespace conformance {
namespace {

std::string number(DWORD_PTR value) {
  return std::to_string(value);
}
std::string shown(const Message& m) {
  return "device " + std::string{m.device == 0 ? "0" : "a handle"} + ", " + number(m.p1) + ", " +
         number(m.p2) + ", " + number(m.p3);
}
void expect_zero(DWORD_PTR value, const char* what) {
  expect(value == 0, std::string{what} + " 0", number(value));
}

Message wait(Inbox& inbox, DWORD id, const char* name, const Inbox::Fits& fits) {
  const auto found = inbox.wait([&](const Message& m) { return m.id == id && fits(m); });
  expect(found.has_value(), name, "none");
  return *found;
}
Message wait(Inbox& inbox, DWORD id, const char* name) {
  return wait(inbox, id, name, [](const Message&) { return true; });
}

// The place of the first such message in everything that ever came.
std::ptrdiff_t place(const Inbox& inbox, std::size_t from, const Inbox::Fits& fits) {
  const auto begin = inbox.history.begin() + static_cast<std::ptrdiff_t>(from);
  const auto found = std::find_if(begin, inbox.history.end(), fits);
  return found == inbox.history.end() ? -1 : found - inbox.history.begin();
}

void reply(World& world) {
  const HCALL call = world.call_in(LINECALLSTATE_CONNECTED);
  Inbox& inbox = world.app().inbox;
  const std::size_t before = inbox.history.size();
  const LONG id = lineHold(call);
  world.ok(id, "lineHold");
  const auto at = place(inbox, before, [&](const Message& m) {
    return m.id == LINE_REPLY && m.p1 == static_cast<DWORD_PTR>(id);
  });
  const Message& m = inbox.history[static_cast<std::size_t>(at)];
  expect_zero(m.device, "hDevice");
  expect_zero(m.p3, "dwParam3");
  world.wait_state(call, LINECALLSTATE_ONHOLD);
  const auto state =
      place(inbox, before, [&](const Message& s) { return s.id == LINE_CALLSTATE && s.device == call; });
  expect(at < state, "LINE_REPLY before LINE_CALLSTATE", "after it");
  inbox.all();
  world.check_leftovers();
}

void call_state(World& world) {
  const HCALL call = world.incoming(world.called());
  Inbox& inbox = world.app().inbox;
  const auto at =
      place(inbox, 0, [&](const Message& m) { return m.id == LINE_CALLSTATE && m.device == call; });
  const Message m = inbox.history[static_cast<std::size_t>(at)];
  expect(m.p1 == LINECALLSTATE_OFFERING, "OFFERING first", number(m.p1));
  expect(m.p2 == LINEOFFERINGMODE_ACTIVE || m.p2 == LINEOFFERINGMODE_INACTIVE, "a LINEOFFERINGMODE_",
         number(m.p2));
  expect(m.p3 == LINECALLPRIVILEGE_OWNER, "OWNER", number(m.p3));
  expect(m.instance == instance_base + world.called().device, "the instance given to lineOpen",
         number(m.instance));
}

// The privilege is told once, with the handle.
void call_state_privilege_once(World& world) {
  const HCALL call = world.incoming(world.called());
  world.ok(lineAnswer(call, nullptr, 0), "lineAnswer");
  const Message m = world.wait_state(call, LINECALLSTATE_CONNECTED);
  expect_zero(m.p3, "dwParam3 of a later LINE_CALLSTATE");
  expect(m.p2 == 0 || m.p2 == LINECONNECTEDMODE_ACTIVE, "0 or LINECONNECTEDMODE_ACTIVE", number(m.p2));
}

void call_state_disconnected(World& world) {
  const HCALL call = world.call_in(LINECALLSTATE_DISCONNECTED);
  Inbox& inbox = world.app().inbox;
  const auto at = place(inbox, 0, [&](const Message& m) {
    return m.id == LINE_CALLSTATE && m.device == call && m.p1 == LINECALLSTATE_DISCONNECTED;
  });
  expect(inbox.history[static_cast<std::size_t>(at)].p2 == LINEDISCONNECTMODE_NORMAL,
         "LINEDISCONNECTMODE_NORMAL", "another mode");
}

void new_call(World& world) {
  Line& line = world.called();
  const std::size_t before = world.app().inbox.history.size();
  world.incoming(line);
  Inbox& inbox = world.app().inbox;
  inbox.all();
  int owners = 0, monitors = 0;
  for (std::size_t i = before; i < inbox.history.size(); ++i) {
    const Message& m = inbox.history[i];
    if (m.id != LINE_APPNEWCALL || (m.device != line.owner && m.device != line.monitor)) continue;
    owners += m.p3 == LINECALLPRIVILEGE_OWNER;
    monitors += m.p3 == LINECALLPRIVILEGE_MONITOR;
    expect_zero(m.p1, "the address id");
    const Message* const next = i + 1 < inbox.history.size() ? &inbox.history[i + 1] : nullptr;
    expect(next && next->id == LINE_CALLSTATE && next->device == m.p2 && next->p3 == m.p3,
           "LINE_CALLSTATE of that handle and privilege at once behind LINE_APPNEWCALL",
           next ? shown(*next) : "nothing");
  }
  expect(owners == 1 && monitors == 1, "one owner and one monitor",
         std::to_string(owners) + " and " + std::to_string(monitors));
}

void new_call_not_for_its_maker(World& world) {
  const std::size_t before = world.app().inbox.history.size();
  const HCALL call = world.call_in(LINECALLSTATE_CONNECTED);
  world.app().inbox.all();
  const auto at = place(world.app().inbox, before,
                        [&](const Message& m) { return m.id == LINE_APPNEWCALL && m.p2 == call; });
  expect(at < 0, "no LINE_APPNEWCALL for the handle that lineMakeCall gave", "one");
}

void call_info(World& world) {
  const HCALL call = world.call_in(LINECALLSTATE_CONNECTED);
  const HCALL seen = world.monitor_of(call);
  expect(lineSetAppSpecific(call, 0x1234) == 0, "lineSetAppSpecific: 0", "an error");
  const Message m =
      wait(world.app().inbox, LINE_CALLINFO, "LINE_CALLINFO at the monitor", [&](const Message& each) {
        return each.device == seen && (each.p1 & LINECALLINFOSTATE_APPSPECIFIC);
      });
  expect_zero(m.p2, "dwParam2");
  expect_zero(m.p3, "dwParam3");
}

void call_info_counts(World& world) {
  const HCALL call = world.call_in(LINECALLSTATE_CONNECTED);
  const HCALL seen = world.monitor_of(call);
  world.app().inbox.all();
  const std::size_t before = world.app().inbox.history.size();
  expect(lineSetCallPrivilege(seen, LINECALLPRIVILEGE_OWNER) == 0, "lineSetCallPrivilege: 0", "an error");
  wait(world.app().inbox, LINE_CALLINFO, "LINE_CALLINFO(NUMOWNERINCR) at the other handle",
       [&](const Message& m) { return m.device == call && (m.p1 & LINECALLINFOSTATE_NUMOWNERINCR); });
  world.app().inbox.all();
  const auto own = place(world.app().inbox, before,
                         [&](const Message& m) { return m.id == LINE_CALLINFO && m.device == seen; });
  expect(own < 0, "none at the handle that caused it", "one");
}

void address_state(World& world) {
  Line& line = world.desk();
  expect(lineSetStatusMessages(line.monitor, 0, LINEADDRESSSTATE_NUMCALLS) == 0, "lineSetStatusMessages: 0",
         "an error");
  world.make_call(line, world.site.silent);
  const auto found = world.app().inbox.wait(
      [&](const Message& m) { return m.id == LINE_ADDRESSSTATE && m.device == line.monitor; });
  lineSetStatusMessages(line.monitor, 0, 0);
  expect(found.has_value(), "LINE_ADDRESSSTATE", "none");
  expect_zero(found->p1, "the address id");
  expect((found->p2 & LINEADDRESSSTATE_NUMCALLS) != 0, "LINEADDRESSSTATE_NUMCALLS", number(found->p2));
  expect_zero(found->p3, "dwParam3");
}

void address_state_is_off(World& world) {
  lineSetStatusMessages(world.desk().owner, 0, 0);
  const std::size_t before = world.app().inbox.history.size();
  world.call_in(LINECALLSTATE_CONNECTED);
  world.app().inbox.all();
  const auto at = place(world.app().inbox, before, [&](const Message& m) {
    return m.id == LINE_ADDRESSSTATE && m.device == world.desk().owner;
  });
  expect(at < 0, "none before it is enabled", "one");
}

void ringing(World& world) {
  Line& line = world.called();
  expect(lineSetStatusMessages(line.owner, LINEDEVSTATE_RINGING, 0) == 0, "lineSetStatusMessages: 0",
         "an error");
  world.incoming(line);
  const auto found = world.app().inbox.wait([&](const Message& m) {
    return m.id == LINE_LINEDEVSTATE && m.device == line.owner && m.p1 == LINEDEVSTATE_RINGING;
  });
  lineSetStatusMessages(line.owner, 0, 0);
  expect(found.has_value(), "LINE_LINEDEVSTATE(RINGING)", "none");
  expect(found->p2 >= 1, "a ring mode from 1 on", number(found->p2));
  expect(found->p3 <= 1, "a ring count that begins", number(found->p3));
}

void open_and_close(World& world) {
  Line& line = world.desk();
  expect(lineSetStatusMessages(line.owner, LINEDEVSTATE_OPEN | LINEDEVSTATE_CLOSE, 0) == 0,
         "lineSetStatusMessages: 0", "an error");
  App second{"conformance second"};
  const HLINE opened = second.open(line.device, LINECALLPRIVILEGE_MONITOR);
  Inbox& inbox = world.app().inbox;
  const auto state = [&](DWORD what) {
    return inbox.wait([&](const Message& m) {
      return m.id == LINE_LINEDEVSTATE && m.device == line.owner && (m.p1 & what);
    });
  };
  const auto open = state(LINEDEVSTATE_OPEN);
  lineClose(opened);
  const auto close = state(LINEDEVSTATE_CLOSE);
  lineSetStatusMessages(line.owner, 0, 0);
  expect(open.has_value(), "LINE_LINEDEVSTATE(OPEN)", "none");
  expect(close.has_value(), "LINE_LINEDEVSTATE(CLOSE)", "none");
}

void gather_cancelled(World& world) {
  const HCALL call = world.call_in(LINECALLSTATE_CONNECTED);
  Block& digits = world.block(8);
  const LONG got = lineGatherDigitsA(call, LINEDIGITMODE_DTMF, reinterpret_cast<LPSTR>(digits.data()), 3,
                                     nullptr, 5000, 5000);
  if (got == LINEERR_OPERATIONUNAVAIL) throw NotApplicable{"not offered: OPERATIONUNAVAIL"};
  expect(got == 0, "lineGatherDigits: 0", number(static_cast<DWORD>(got)));
  expect(lineGatherDigitsA(call, LINEDIGITMODE_DTMF, nullptr, 0, nullptr, 0, 0) == 0, "the cancellation: 0",
         "an error");
  const Message m = wait(world.app().inbox, LINE_GATHERDIGITS, "LINE_GATHERDIGITS");
  expect(m.device == call && m.p1 == LINEGATHERTERM_CANCEL, "LINEGATHERTERM_CANCEL of that call", shown(m));
  expect_zero(m.p2, "dwParam2");
  const auto more = world.app().inbox.all();
  expect(std::none_of(more.begin(), more.end(),
                      [](const Message& each) { return each.id == LINE_GATHERDIGITS; }),
         "one", "two");
}

void gather(World& world) {
  const HCALL call = world.call_in(LINECALLSTATE_CONNECTED);
  Block& digits = world.block(8);
  if (lineGatherDigitsA(call, LINEDIGITMODE_DTMF, reinterpret_cast<LPSTR>(digits.data()), 2, nullptr, 5000,
                        5000) != 0)
    throw NotApplicable{"not offered: OPERATIONUNAVAIL"};
  if (!world.site.dials_digits(world.site.answers, "42")) throw NotApplicable{"nobody can dial digits"};
  const Message m = wait(world.app().inbox, LINE_GATHERDIGITS, "LINE_GATHERDIGITS");
  expect(m.p1 == LINEGATHERTERM_BUFFERFULL, "LINEGATHERTERM_BUFFERFULL", number(m.p1));
  expect(m.p3 != 0, "a tick count", "0");
  expect(std::string(reinterpret_cast<char*>(digits.data()), 2) == "42", "the digits 42", "others");
}

void generate(World& world) {
  const HCALL call = world.call_in(LINECALLSTATE_CONNECTED);
  if (lineGenerateDigitsA(call, LINEDIGITMODE_DTMF, "1", 0) != 0)
    throw NotApplicable{"not offered: OPERATIONUNAVAIL"};
  const Message m = wait(world.app().inbox, LINE_GENERATE, "LINE_GENERATE");
  expect(m.device == call && m.p1 == LINEGENERATETERM_DONE, "LINEGENERATETERM_DONE of that call", shown(m));
  expect_zero(m.p2, "dwParam2");
  expect(m.p3 != 0, "a tick count", "0");
}

void monitor_digits(World& world) {
  const HCALL call = world.call_in(LINECALLSTATE_CONNECTED);
  if (lineMonitorDigits(call, LINEDIGITMODE_DTMF) != 0) throw NotApplicable{"not offered: OPERATIONUNAVAIL"};
  if (!world.site.dials_digits(world.site.answers, "7")) throw NotApplicable{"nobody can dial digits"};
  const Message m = wait(world.app().inbox, LINE_MONITORDIGITS, "LINE_MONITORDIGITS");
  expect(m.device == call && (m.p1 & 0xFF) == '7' && m.p2 == LINEDIGITMODE_DTMF, "7 by LINEDIGITMODE_DTMF",
         shown(m));
  expect(m.p3 != 0, "a tick count", "0");
}

void monitor_digits_off(World& world) {
  const HCALL call = world.call_in(LINECALLSTATE_CONNECTED);
  if (lineMonitorDigits(call, LINEDIGITMODE_DTMF) != 0) throw NotApplicable{"not offered: OPERATIONUNAVAIL"};
  lineMonitorDigits(call, 0);
  if (!world.site.dials_digits(world.site.answers, "7")) throw NotApplicable{"nobody can dial digits"};
  const auto more = world.app().inbox.all();
  expect(std::none_of(more.begin(), more.end(),
                      [](const Message& each) { return each.id == LINE_MONITORDIGITS; }),
         "none after lineMonitorDigits(0)", "one");
}

void monitor_media(World& world) {
  const LONG got = lineMonitorMedia(world.call_in(LINECALLSTATE_CONNECTED), LINEMEDIAMODE_G3FAX);
  if (got == LINEERR_OPERATIONUNAVAIL) throw NotApplicable{"not offered: OPERATIONUNAVAIL"};
  throw NotApplicable{"no telephone of the site is a fax machine"};
}
void monitor_tone(World&) {
  throw NotApplicable{"no telephone of the site plays tones"};
}

void request(World& world) {
  constexpr DWORD registration = 0x99;
  App& app = world.app();
  lineRegisterRequestRecipient(app.handle, registration, LINEREQUESTMODE_MAKECALL, 1);
  tapiRequestMakeCallA("1", "a", "b", "c");
  const auto m = app.inbox.wait([](const Message& each) { return each.id == LINE_REQUEST; });
  LINEREQMAKECALL taken{};
  lineGetRequestA(app.handle, LINEREQUESTMODE_MAKECALL, &taken);
  lineRegisterRequestRecipient(app.handle, registration, LINEREQUESTMODE_MAKECALL, 0);
  expect(m && m->instance == registration && m->p1 == LINEREQUESTMODE_MAKECALL && m->p2 == 0 && m->p3 == 0 &&
             m->device == 0,
         "device 0, the registration's instance, MAKECALL, 0, 0", m ? shown(*m) : "none");
}

// What a handler passes on reaches all who have the line open, unchanged.
template <DWORD id> void agent_message(World& world) {
  const LONG sent = world.agents().message(id, 11, 1, 22);
  expect(sent == 0, "lineProxyMessage: 0", world.tables.result_name("line", sent));
  for (const HLINE line : {world.agent_line().owner, world.agent_line().monitor}) {
    const Message m = wait(world.app().inbox, id, "the message at each who has the line open",
                           [&](const Message& each) { return each.device == line; });
    expect(m.p1 == 11 && m.p2 == 1 && m.p3 == 22, "parameters 11, 1, 22", shown(m));
  }
}

void proxy_request(World& world) {
  DWORD version = 0, type = 0;
  world.agents().answer = [&](LINEPROXYREQUEST& r) -> LONG {
    version = r.dwClientAppAPIVersion;
    type = r.dwRequestType;
    return 0;
  };
  const LONG got = world.result(lineSetAgentActivity(world.agent_line().owner, 0, 3));
  world.agents().answer = nullptr;
  expect(got == 0, "lineSetAgentActivity: 0", world.tables.result_name("line", got));
  expect(type == LINEPROXYREQUEST_SETAGENTACTIVITY && version == version_2_2,
         "SETAGENTACTIVITY of a 2.2 program", number(type));
}

void proxy_status(World& world) {
  Line& line = world.called();
  App second{"conformance second"};
  HLINE proxy = 0;
  const LONG got = open_proxy(second.handle, line.device, {LINEPROXYREQUEST_CREATEAGENT}, proxy);
  if (got == LINEERR_NOTREGISTERED) throw NotApplicable{"the server's own call centre handles that line"};
  expect(got == 0, "lineOpen: 0", world.tables.result_name("line", got));
  const Message m = wait(world.app().inbox, LINE_PROXYSTATUS, "LINE_PROXYSTATUS",
                         [&](const Message& each) { return each.device == line.owner; });
  expect(m.p1 == LINEPROXYSTATUS_OPEN && m.p2 == LINEPROXYREQUEST_CREATEAGENT && m.p3 == 0,
         "OPEN of CREATEAGENT", shown(m));
  lineClose(proxy);
  wait(world.app().inbox, LINE_PROXYSTATUS, "LINE_PROXYSTATUS(CLOSE)",
       [&](const Message& each) { return each.device == line.owner && each.p1 == LINEPROXYSTATUS_CLOSE; });
}

void phone_reply(World& world) {
  Inbox& inbox = world.phones().inbox;
  const HPHONE phone = world.phone();
  const std::size_t before = inbox.history.size();
  const LONG id = phoneSetLamp(phone, 13, PHONELAMPMODE_STEADY);
  const LONG got = world.phone_result(id);
  expect(got == 0, "phoneSetLamp: 0", world.tables.result_name("phone", got));
  const auto at = place(inbox, before, [&](const Message& m) { return m.id == PHONE_REPLY; });
  const Message& m = inbox.history[static_cast<std::size_t>(at)];
  expect(m.device == 0 && m.p1 == static_cast<DWORD_PTR>(id) && m.p3 == 0, "device 0, the request, 0, 0",
         shown(m));
  inbox.all();
  world.check_leftovers();
}

void phone_state(World& world) {
  const HPHONE watcher = world.phone_monitor();
  expect(phoneSetStatusMessages(watcher, PHONESTATE_LAMP, 0, 0) == 0, "phoneSetStatusMessages: 0",
         "an error");
  world.phone_result(phoneSetLamp(world.phone(), 13, PHONELAMPMODE_WINK));
  const Message m = wait(world.phones().inbox, PHONE_STATE, "PHONE_STATE(LAMP)",
                         [&](const Message& each) { return each.device == watcher; });
  expect(m.p1 == PHONESTATE_LAMP && m.p2 == 13 && m.p3 == 0, "LAMP, 13, 0", shown(m));
}

void phone_state_is_off(World& world) {
  const HPHONE watcher = world.phone_monitor();
  phoneSetStatusMessages(watcher, 0, 0, 0);
  world.phones().inbox.all();
  world.phone_result(phoneSetLamp(world.phone(), 13, PHONELAMPMODE_FLASH));
  const auto more = world.phones().inbox.all();
  expect(std::none_of(more.begin(), more.end(),
                      [&](const Message& m) { return m.id == PHONE_STATE && m.device == watcher; }),
         "none before it is enabled", "one");
}

void phone_button(World& world) {
  const HPHONE watcher = world.phone_monitor();
  constexpr DWORD modes = PHONEBUTTONMODE_CALL | PHONEBUTTONMODE_FEATURE | PHONEBUTTONMODE_KEYPAD |
                          PHONEBUTTONMODE_LOCAL | PHONEBUTTONMODE_DISPLAY;
  expect(phoneSetStatusMessages(watcher, 0, modes, PHONEBUTTONSTATE_DOWN | PHONEBUTTONSTATE_UP) == 0,
         "phoneSetStatusMessages: 0", "an error");
  if (!world.site.pushes_button(world.site.called, 5)) throw NotApplicable{"nobody can push a button"};
  const auto button = [&](DWORD state, const char* what) {
    return wait(world.phones().inbox, PHONE_BUTTON, what,
                [&](const Message& m) { return m.device == watcher && m.p3 == state; });
  };
  const Message down = button(PHONEBUTTONSTATE_DOWN, "PHONE_BUTTON(DOWN)");
  const Message up = button(PHONEBUTTONSTATE_UP, "PHONE_BUTTON(UP)");
  expect(down.p1 == 5 && up.p1 == 5 && down.p2 == PHONEBUTTONMODE_KEYPAD, "button 5 of the keypad",
         shown(down));
}

template <const char* const& reason> void never(World&) {
  throw NotApplicable{reason};
}
constexpr const char* forced = "nothing here closes a device by force";
constexpr const char* devices = "devices of this site neither come nor go";
constexpr const char* specific = "the provider has no device-specific messages";
constexpr const char* hubs = "the documentation leaves open when call hubs are told";

struct Row {
  const char* message;
  const char* name;
  void (*run)(World&);
};
constexpr Row rows[] = {
    {"LINE_ADDRESSSTATE", "of the number of calls", address_state},
    {"LINE_ADDRESSSTATE", "is off at first", address_state_is_off},
    {"LINE_CALLINFO", "at the other handles", call_info},
    {"LINE_CALLINFO", "of the owners' number", call_info_counts},
    {"LINE_CALLSTATE", "of a call that is offered", call_state},
    {"LINE_CALLSTATE", "tells the privilege once", call_state_privilege_once},
    {"LINE_CALLSTATE", "tells why a call is disconnected", call_state_disconnected},
    {"LINE_CLOSE", "by force", never<forced>},
    {"LINE_DEVSPECIFIC", "of the provider", never<specific>},
    {"LINE_DEVSPECIFICFEATURE", "of the provider", never<specific>},
    {"LINE_GATHERDIGITS", "when it is cancelled", gather_cancelled},
    {"LINE_GATHERDIGITS", "when the buffer is full", gather},
    {"LINE_GENERATE", "when it is done", generate},
    {"LINE_LINEDEVSTATE", "of ringing", ringing},
    {"LINE_LINEDEVSTATE", "of others' opening and closing", open_and_close},
    {"LINE_MONITORDIGITS", "of a digit", monitor_digits},
    {"LINE_MONITORDIGITS", "ends with no mode", monitor_digits_off},
    {"LINE_MONITORMEDIA", "of a fax", monitor_media},
    {"LINE_MONITORTONE", "of a tone", monitor_tone},
    {"LINE_REPLY", "before the state it brings, once", reply},
    {"LINE_REQUEST", "of tapiRequestMakeCall", request},
    {"PHONE_BUTTON", "down and up", phone_button},
    {"PHONE_CLOSE", "by force", never<forced>},
    {"PHONE_DEVSPECIFIC", "of the provider", never<specific>},
    {"PHONE_REPLY", "once", phone_reply},
    {"PHONE_STATE", "of a lamp", phone_state},
    {"PHONE_STATE", "is off at first", phone_state_is_off},
    {"LINE_CREATE", "of a new device", never<devices>},
    {"PHONE_CREATE", "of a new device", never<devices>},
    {"LINE_AGENTSPECIFIC", "of the handler", agent_message<LINE_AGENTSPECIFIC>},
    {"LINE_AGENTSTATUS", "of the handler", agent_message<LINE_AGENTSTATUS>},
    {"LINE_APPNEWCALL", "to one owner and each monitor", new_call},
    {"LINE_APPNEWCALL", "not to who made the call", new_call_not_for_its_maker},
    {"LINE_PROXYREQUEST", "to the handler", proxy_request},
    {"LINE_REMOVE", "of a device", never<devices>},
    {"PHONE_REMOVE", "of a device", never<devices>},
    {"LINE_AGENTSESSIONSTATUS", "of the handler", agent_message<LINE_AGENTSESSIONSTATUS>},
    {"LINE_QUEUESTATUS", "of the handler", agent_message<LINE_QUEUESTATUS>},
    {"LINE_AGENTSTATUSEX", "of the handler", agent_message<LINE_AGENTSTATUSEX>},
    {"LINE_GROUPSTATUS", "of the handler", agent_message<LINE_GROUPSTATUS>},
    {"LINE_PROXYSTATUS", "of a handler that comes and goes", proxy_status},
    {"LINE_APPNEWCALLHUB", "of a hub", never<hubs>},
    {"LINE_CALLHUBCLOSE", "of a hub", never<hubs>},
    {"LINE_DEVSPECIFICEX", "of the provider", never<specific>},
};

} // namespace

std::vector<Case> message_cases() {
  std::vector<Case> out;
  for (const Row& each : rows) out.push_back({"messages", each.message, each.name, each.run});
  return out;
}

} // namespace conformance
