// SPDX-License-Identifier: Apache-2.0
#include "main/history.hpp"

namespace tl::program {

void History::event(const acd::Event& event) {
  const char* cause = event.cause == acd::EventCause::none ? "" : acd::to_string(event.cause);
  store_.append({.number = event.sequence,
                 .at = event.time,
                 .type = acd::to_string(event.type),
                 .cause = cause,
                 .call_id = event.call_id,
                 .agent_state = event.agent_state,
                 .waited = event.waited,
                 .talked = event.talked,
                 .queue = event.queue,
                 .agent = event.agent,
                 .station = event.station,
                 .caller = event.caller});
}

} // namespace tl::program
