// SPDX-License-Identifier: Apache-2.0
// The common shape of the agent verbs: the same steps for one station or for all, all at once, then one line
// for each.
#pragma once

#include <functional>
#include <memory>

#include "cli/desk.hpp"

namespace tl::cli {

// Starts the next request for one agent; `done` is called with its result (0 or LINEERR_).
using AgentStep = std::function<LONG(Address&, telephony::Completion)>;

// Runs `steps` one after the other for every station named in `options`; the first failure ends that
// station's turn.
int for_agents(const Common& common, const AgentOptions& options, const char* done,
               std::vector<AgentStep> steps);

} // namespace tl::cli
