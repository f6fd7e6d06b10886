// SPDX-License-Identifier: Apache-2.0
// NULL where the function's page needs memory.
#include <algorithm>

#include "function_cases.hpp"

namespace conformance {

void pointer_cases(std::vector<Case>& out, const Function& function) {
  for (const Parameter& parameter : function.parameters) {
    if (!parameter.pointer() || optional(function, parameter)) continue;
    std::vector<std::string> wanted = {"INVALPOINTER", "INVALDESTADDRESS"};
    if (parameter.name == "lpszAppFilename") wanted.push_back("INVALAPPNAME");
    if (parameter.name == "lpszDeviceClass") wanted.push_back("INVALDEVICECLASS");
    const auto errors = documented(function, wanted);
    if (errors.empty()) continue;
    for (const Form form : forms_of(function))
      out.push_back(function_case(
          function, symbol_name(function, form) + " with " + parameter.name + " NULL",
          [&function, &parameter, errors, form](World& world) {
            Invocation call{world, function, form};
            call.set(parameter.name, 0);
            expect_error(world, function, call.result(), errors);
          },
          function.name));
  }
  // A buffer that is said to have bytes and has none.
  const auto size = std::find_if(function.parameters.begin(), function.parameters.end(),
                                 [](const Parameter& each) { return each.name == "dwSize"; });
  if (size == function.parameters.end() || size == function.parameters.begin()) return;
  const Parameter& buffer = *(size - 1);
  const auto errors = documented(function, {"INVALPOINTER"});
  if (errors.empty() || !buffer.pointer() || !optional(function, buffer)) return;
  out.push_back(function_case(
      function, buffer.name + " NULL with dwSize 4",
      [&function, &buffer, errors](World& world) {
        Invocation call{world, function, forms_of(function).front()};
        call.set(buffer.name, 0);
        call.set("dwSize", 4);
        expect_error(world, function, call.result(), errors);
      },
      function.name));
}

} // namespace conformance
