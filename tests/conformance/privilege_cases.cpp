// SPDX-License-Identifier: Apache-2.0
// Functions that need the owner's privilege, tried with the handle of one who only watches (call-privileges,
// operating-modes-and-privileges).
#include "function_cases.hpp"

namespace conformance {

void privilege_cases(std::vector<Case>& out, const Function& function) {
  const auto errors = documented(function, {"NOTOWNER"});
  if (errors.empty()) return;
  for (const std::string& name : function.owned) {
    const Parameter& parameter = *function.parameter(name);
    out.push_back(function_case(
        function, name + " of a monitor",
        [&function, &parameter, errors](World& world) {
          Invocation call{world, function, forms_of(function).front()};
          HCALL mine = static_cast<HCALL>(call.value(parameter.name));
          if (mine == 0) mine = world.call_in(LINECALLSTATE_CONNECTED); // an optional handle
          call.make_count(parameter.name);
          call.set(parameter.name,
                   parameter.type == "HPHONE" ? world.phone_monitor() : world.monitor_of(mine));
          expect_error(world, function, call.result(), errors);
        },
        function.name));
  }
}

} // namespace conformance
