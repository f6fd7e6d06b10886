// SPDX-License-Identifier: Apache-2.0
#include "function_cases.hpp"

#include <algorithm>
#include <set>

namespace conformance {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& each : words) out += (out.empty() ? "" : " or ") + each;
  return out;
}

const char* family(const Function& function) {
  return function.name.front() == 'p' ? "PHONEERR_" : function.name.front() == 't' ? "TAPIERR_" : "LINEERR_";
}

// The provider, the switch or the agents' handler has no such thing; its page allows that.
bool unavailable(const World& world, const Function& function, LONG got) {
  const std::string name = world.tables.result_name(function.name, got);
  return name.ends_with("_OPERATIONUNAVAIL") && function.documents(name);
}

void success(World& world, const Function& function, Form form) {
  Invocation call{world, function, form};
  const LONG got = call.result();
  if (unavailable(world, function, got)) throw NotApplicable{"not offered: OPERATIONUNAVAIL"};
  expect(got == 0, "0", world.tables.result_name(function.name, got));
  if (function.name == "lineOpen") lineClose(call.memory("lphLine")->dword(0));
  if (function.name == "lineRegisterRequestRecipient")
    lineRegisterRequestRecipient(world.app().handle, 0, LINEREQUESTMODE_MAKECALL, 0);
  if (function.name == "phoneOpen") phoneClose(call.memory("lphPhone")->dword(0));
}

} // namespace

bool by_hand(const Function& function) {
  static const std::set<std::string_view> names = {"lineAddProvider",
                                                   "lineClose",
                                                   "lineCompleteCall",
                                                   "lineConfigDialog",
                                                   "lineConfigDialogEdit",
                                                   "lineConfigProvider",
                                                   "lineDeallocateCall",
                                                   "lineGetMessage",
                                                   "lineGetRequest",
                                                   "lineHandoff",
                                                   "lineInitialize",
                                                   "lineInitializeEx",
                                                   "lineNegotiateExtVersion",
                                                   "linePickup",
                                                   "lineProxyResponse",
                                                   "lineRemoveProvider",
                                                   "lineSetCallTreatment",
                                                   "lineSetCurrentLocation",
                                                   "lineSetTerminal",
                                                   "lineShutdown",
                                                   "lineUncompleteCall",
                                                   "lineUnpark",
                                                   "lineTranslateDialog",
                                                   "phoneClose",
                                                   "phoneConfigDialog",
                                                   "phoneGetMessage",
                                                   "phoneInitialize",
                                                   "phoneInitializeEx",
                                                   "phoneNegotiateExtVersion",
                                                   "phoneShutdown",
                                                   "tapiRequestDrop",
                                                   "tapiRequestMakeCall",
                                                   "tapiRequestMediaCall",
                                                   "lineSetTollList",
                                                   "lineGetDevConfig",
                                                   "lineSetDevConfig",
                                                   "linePark"};
  return names.contains(function.name);
}

std::vector<std::string> documented(const Function& function, const std::vector<std::string>& errors) {
  std::vector<std::string> out;
  for (const auto& each : errors)
    if (const std::string name = family(function) + each; function.documents(name)) out.push_back(name);
  return out;
}

void expect_error(const World& world, const Function& function, LONG got,
                  const std::vector<std::string>& errors) {
  const std::string name = world.tables.result_name(function.name, got);
  if (std::find(errors.begin(), errors.end(), name) != errors.end()) return;
  if (unavailable(world, function, got)) throw NotApplicable{"not offered: OPERATIONUNAVAIL"};
  throw Failed{joined(errors), name};
}

Case function_case(const Function& function, std::string name, std::function<void(World&)> run,
                   std::string scene) {
  return {"functions", function.name, std::move(name), std::move(run), std::move(scene)};
}

void success_cases(std::vector<Case>& out, const Function& function) {
  if (by_hand(function)) return;
  for (const Form form : forms_of(function))
    out.push_back(function_case(function, symbol_name(function, form) + " succeeds",
                                [&function, form](World& world) { success(world, function, form); }));
}

std::vector<Case> function_cases(const Tables& tables) {
  std::vector<Case> out;
  for (const Function& each : tables.functions) {
    handle_cases(out, each);
    pointer_cases(out, each);
    structure_cases(out, each, tables);
    value_cases(out, each);
    privilege_cases(out, each);
    success_cases(out, each);
  }
  for (auto* const more : {line_cases, assisted_cases, phone_cases, agent_cases})
    for (Case& each : more()) out.push_back(std::move(each));
  return out;
}

} // namespace conformance
