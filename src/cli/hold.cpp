// SPDX-License-Identifier: Apache-2.0
#include "cli/act.hpp"

namespace tl::cli {

int hold(const Common& common, const CallChoice& choice) {
  return act(common, choice,
             {.states = LINECALLSTATE_CONNECTED,
              .wanted = "connected",
              .done = "held",
              .start = [](Call& call, telephony::Completion done) { return call.hold(std::move(done)); }});
}

} // namespace tl::cli
