// SPDX-License-Identifier: Apache-2.0
#include "cli/act.hpp"

namespace tl::cli {

int drop(const Common& common, const CallChoice& choice) {
  return act(common, choice,
             {.states = ~static_cast<DWORD>(LINECALLSTATE_IDLE),
              .wanted = "live",
              .done = "dropped",
              .start = [](Call& call, telephony::Completion done) { return call.drop(std::move(done)); }});
}

} // namespace tl::cli
