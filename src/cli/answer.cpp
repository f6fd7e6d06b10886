// SPDX-License-Identifier: Apache-2.0
#include "cli/act.hpp"

namespace tl::cli {

int answer(const Common& common, const CallChoice& choice) {
  return act(common, choice,
             {.states = LINECALLSTATE_OFFERING | LINECALLSTATE_ACCEPTED,
              .wanted = "ringing",
              .done = "answered",
              .start = [](Call& call, telephony::Completion done) { return call.answer(std::move(done)); }});
}

} // namespace tl::cli
