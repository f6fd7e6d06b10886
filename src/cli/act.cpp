// SPDX-License-Identifier: Apache-2.0
#include "cli/act.hpp"

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "cli/output.hpp"

namespace tl::cli {

int act(const Common& common, const CallChoice& choice, const Act& what) {
  CallDesk desk(common);
  if (int failed = desk.connect(); failed) return failed;
  Call* call = desk.choose(choice, what.states, what.wanted);
  if (!call) return exit_failed;
  call->keep();
  DWORD call_id = call->call_id();
  LONG result = desk.finish([&](telephony::Completion done) { return what.start(*call, done); });
  call->release();
  if (result < 0) {
    explain(fmt::format("call {} on line {}", call_id, choice.line), result);
    return exit_failed;
  }
  if (desk.json())
    print_line({{"call_id", call_id}, {"line", choice.line}, {"result", what.done}});
  else
    print(fmt::format("call {} {}\n", call_id, what.done));
  return exit_ok;
}

} // namespace tl::cli
