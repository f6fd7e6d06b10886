// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "cli/agent.hpp"

namespace tl::cli {
namespace {

// The groups of `offered` that were asked for; nothing when one is not offered.
std::vector<telephony::GroupId> chosen(const std::vector<telephony::AgentGroup>& offered,
                                       const std::vector<std::string>& wanted) {
  std::vector<telephony::GroupId> out;
  std::size_t found = 0;
  for (const telephony::AgentGroup& group : offered) {
    bool named = std::find(wanted.begin(), wanted.end(), group.name) != wanted.end();
    if (wanted.empty() || named) out.push_back(group.id);
    found += named;
  }
  if (found < wanted.size()) out.clear();
  return out;
}

// lineGetAgentGroupList, then lineSetAgentGroup with what was found there.
LONG log_in(Address& address, const std::vector<std::string>& wanted, telephony::Completion done) {
  return address.get_agent_groups(
      [&address, wanted, done](LONG result, const std::vector<telephony::AgentGroup>& offered) {
        if (result < 0) return done(result);
        std::vector<telephony::GroupId> groups = chosen(offered, wanted);
        if (groups.empty()) return done(LINEERR_INVALAGENTGROUP);
        LONG started = address.set_agent_groups(groups, done);
        if (started < 0) done(started);
      });
}

} // namespace

int agent_login(const Common& common, const AgentOptions& options) {
  std::vector<AgentStep> steps;
  steps.push_back([&options](Address& address, telephony::Completion done) {
    return log_in(address, options.groups, std::move(done));
  });
  if (options.ready)
    steps.push_back([](Address& address, telephony::Completion done) {
      return address.set_agent_state(LINEAGENTSTATE_READY, 0, std::move(done));
    });
  return for_agents(common, options, options.ready ? "logged in, ready" : "logged in", std::move(steps));
}

} // namespace tl::cli
