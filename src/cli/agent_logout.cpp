// SPDX-License-Identifier: Apache-2.0
#include "cli/agent.hpp"

namespace tl::cli {

int agent_logout(const Common& common, const AgentOptions& options) {
  // Being in no group is being logged out (lineSetAgentGroup).
  return for_agents(common, options, "logged out", {[](Address& address, telephony::Completion done) {
                      return address.set_agent_groups({}, std::move(done));
                    }});
}

} // namespace tl::cli
