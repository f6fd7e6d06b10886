// SPDX-License-Identifier: Apache-2.0
#include "cli/agent.hpp"

namespace tl::cli {
namespace {

AgentStep set_state(DWORD state) {
  return [state](Address& address, telephony::Completion done) {
    return address.set_agent_state(state, 0, std::move(done));
  };
}

} // namespace

int agent_ready(const Common& common, const AgentOptions& options) {
  return for_agents(common, options, "ready", {set_state(LINEAGENTSTATE_READY)});
}

int agent_not_ready(const Common& common, const AgentOptions& options) {
  return for_agents(common, options, "not ready", {set_state(LINEAGENTSTATE_NOTREADY)});
}

} // namespace tl::cli
