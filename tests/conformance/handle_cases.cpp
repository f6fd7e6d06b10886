// SPDX-License-Identifier: Apache-2.0
// Handles that are none: 0, invented, freed, of another kind, of another program.
#include "function_cases.hpp"

namespace conformance {
namespace {

constexpr DWORD invented = 0x0BADCAFE;

std::vector<std::string> errors_of(const Parameter& parameter) {
  if (parameter.type == "HLINEAPP" || parameter.type == "HPHONEAPP") return {"INVALAPPHANDLE"};
  if (parameter.type == "HLINE") return {"INVALLINEHANDLE"};
  if (parameter.type == "HPHONE") return {"INVALPHONEHANDLE"};
  if (parameter.type != "HCALL") return {};
  if (parameter.name == "hConfCall") return {"INVALCONFCALLHANDLE", "INVALCALLHANDLE"};
  if (parameter.name == "hConsultCall") return {"INVALCONSULTCALLHANDLE", "INVALCALLHANDLE"};
  return {"INVALCALLHANDLE"};
}

DWORD freed(World& world, const std::string& type) {
  if (type == "HLINEAPP") return App{"conformance freed"}.handle;
  if (type == "HPHONEAPP") return PhoneApp{"conformance freed"}.handle;
  if (type == "HLINE") {
    const HLINE line = world.app().open(world.desk().device, LINECALLPRIVILEGE_MONITOR);
    expect(lineClose(line) == 0, "lineClose: 0", "an error");
    return line;
  }
  if (type == "HPHONE") {
    const HPHONE phone = world.phones().open(world.phone_device(), PHONEPRIVILEGE_MONITOR);
    expect(phoneClose(phone) == 0, "phoneClose: 0", "an error");
    return phone;
  }
  const HCALL call = world.call_in(LINECALLSTATE_CONNECTED);
  world.clean();
  return call;
}

DWORD of_another_kind(World& world, const std::string& type) {
  if (type == "HLINEAPP" || type == "HCALL") return world.desk().owner;
  if (type == "HPHONEAPP") return world.phone();
  if (type == "HPHONE") return world.phones().handle;
  return world.app().handle;
}

DWORD of_another_program(World& world, const std::string& type) {
  const auto found = world.site.foreign.find(type);
  if (found == world.site.foreign.end()) throw NotApplicable{"no second program runs beside the suite"};
  return found->second;
}

using Source = DWORD (*)(World&, const std::string&);
struct Kind {
  const char* name;
  Source value;
};
constexpr Kind kinds[] = {{"0", [](World&, const std::string&) -> DWORD { return 0; }},
                          {"invented", [](World&, const std::string&) -> DWORD { return invented; }},
                          {"freed", freed},
                          {"of another kind", of_another_kind},
                          {"of another program", of_another_program}};

bool two_calls(const Function& function) {
  int count = 0;
  for (const auto& each : function.parameters) count += each.type == "HCALL" && !optional(function, each);
  return count == 2;
}

} // namespace

void handle_cases(std::vector<Case>& out, const Function& function) {
  if (function.name == "lineProxyResponse") return; // needs a request that waits: agent_cases.cpp
  for (const Parameter& parameter : function.parameters) {
    const auto errors = documented(function, errors_of(parameter));
    if (errors.empty()) continue;
    for (const Kind& kind : kinds) {
      const bool null = std::string_view{kind.name} == "0";
      if (null && optional(function, parameter) && !function.parameter("dwSelect")) continue;
      if (null && function.name == "lineGetID" && parameter.type == "HCALL") continue;
      const bool calls = two_calls(function);
      const std::string scene = calls && std::string_view{kind.name} != "freed" ? function.name : "";
      out.push_back(function_case(
          function, parameter.name + " " + kind.name,
          [&function, &parameter, errors, kind, calls](World& world) {
            const DWORD value = kind.value(world, parameter.type);
            Invocation call{world, function, forms_of(function).front(), calls};
            call.set(parameter.name, value);
            call.make_count(parameter.name);
            expect_error(world, function, call.result(), errors);
          },
          scene));
    }
  }
}

} // namespace conformance
