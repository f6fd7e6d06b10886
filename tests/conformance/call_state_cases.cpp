// SPDX-License-Identifier: Apache-2.0
// Every function of a call in every state a call can have: in those that its page names it may fail for other
// reasons only, in all others it fails with INVALCALLSTATE and the call stays what it is.
#include "function_cases.hpp"

namespace conformance {
namespace {

constexpr DWORD states[] = {
    LINECALLSTATE_IDLE,        LINECALLSTATE_OFFERING,       LINECALLSTATE_ACCEPTED,
    LINECALLSTATE_DIALTONE,    LINECALLSTATE_DIALING,        LINECALLSTATE_RINGBACK,
    LINECALLSTATE_BUSY,        LINECALLSTATE_CONNECTED,      LINECALLSTATE_ONHOLD,
    LINECALLSTATE_CONFERENCED, LINECALLSTATE_ONHOLDPENDCONF, LINECALLSTATE_ONHOLDPENDTRANSFER,
    LINECALLSTATE_DISCONNECTED};

// The remarks of lineDial name the two states in which there is anything to dial.
DWORD allowed(const Function& function, const std::string& parameter) {
  if (function.name == "lineDial") return LINECALLSTATE_DIALTONE | LINECALLSTATE_DIALING;
  return function.states.at(parameter);
}

const Parameter* only_call(const Function& function) {
  const Parameter* found = nullptr;
  for (const Parameter& each : function.parameters) {
    if (each.type != "HCALL" || !function.states.contains(each.name)) continue;
    if (found) return nullptr;
    found = &each;
  }
  return found;
}

void refused(World& world, const Function& function, const Parameter& parameter, DWORD state) {
  const HCALL call = world.call_in(state);
  Invocation request{world, function, forms_of(function).front(), false};
  request.set(parameter.name, call);
  expect_error(world, function, request.result(), {"LINEERR_INVALCALLSTATE"});
  const DWORD now = world.state_of(call);
  expect(now == state, "the call still in " + world.tables.constant_name("LINECALLSTATE_", state),
         world.tables.constant_name("LINECALLSTATE_", now));
}

void accepted(World& world, const Function& function, const Parameter& parameter, DWORD state) {
  const HCALL call = world.call_in(state);
  Invocation request{world, function, forms_of(function).front(), false};
  request.set(parameter.name, call);
  if (state == LINECALLSTATE_DIALING && function.name == "lineDial")
    request.set_text("lpszDestAddress", world.site.answers.substr(1));
  const LONG got = request.result();
  expect(got != LINEERR_INVALCALLSTATE, "anything but LINEERR_INVALCALLSTATE", "LINEERR_INVALCALLSTATE");
}

} // namespace

std::vector<Case> call_state_cases(const Tables& tables) {
  std::vector<Case> out;
  for (const DWORD state : states)
    for (const Function& function : tables.functions) {
      const Parameter* const parameter = only_call(function);
      if (!parameter || !function.documents("LINEERR_INVALCALLSTATE")) continue;
      const bool may = (allowed(function, parameter->name) & state) != 0;
      // Where every state will do, nothing is said that a provider could break.
      if (may && function.states.at(parameter->name) == 0xFFFF) continue;
      if (may && function.name == "linePark")
        continue; // nobody would take the call back: line_cases.cpp does
      // Members of a conference: what is heard is asked of the conference, and lineUnhold of the first party
      // ends it.
      if (state == LINECALLSTATE_CONFERENCED &&
          (function.name.starts_with("lineMonitor") || function.name == "lineUnhold"))
        continue;
      const std::string name = tables.constant_name("LINECALLSTATE_", state);
      out.push_back(function_case(
          function, parameter->name + (may ? " may be in " : " may not be in ") + name,
          [&function, parameter, state, may](World& world) {
            may ? accepted(world, function, *parameter, state) : refused(world, function, *parameter, state);
          },
          may ? "" : name));
    }
  return out;
}

} // namespace conformance
