// SPDX-License-Identifier: Apache-2.0
#include "cli/act.hpp"

namespace tl::cli {

int unhold(const Common& common, const CallChoice& choice) {
  return act(
      common, choice,
      {.states = LINECALLSTATE_ONHOLD | LINECALLSTATE_ONHOLDPENDTRANSFER | LINECALLSTATE_ONHOLDPENDCONF,
       .wanted = "held",
       .done = "connected",
       .start = [](Call& call, telephony::Completion done) { return call.unhold(std::move(done)); }});
}

} // namespace tl::cli
