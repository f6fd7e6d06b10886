// SPDX-License-Identifier: Apache-2.0
#include "sessions.hpp"

#include <stdexcept>

namespace tl::scenario {

using telephony::SessionState;

std::shared_ptr<telephony::AcdGroup> Sessions::group(const std::string& name) {
  using Handlers = std::vector<std::shared_ptr<telephony::AgentHandler>>;
  using Groups = std::vector<std::shared_ptr<telephony::AcdGroup>>;
  if (centre_.handlers().empty())
    get<Handlers>("agent handlers", [&](auto done) { return centre_.find_handlers(done); });
  if (centre_.handlers().empty()) return nullptr;
  for (const auto& group :
       get<Groups>("groups", [&](auto done) { return centre_.handlers()[0]->groups(done); }))
    if (group->name() == name) return group;
  world_.errors.push_back("no group " + name);
  return nullptr;
}

Sessions::Session Sessions::begin(const std::string& station, const std::string& group_name) {
  const auto served = group(group_name);
  if (!served) return nullptr;
  telephony::Address& address = *world_.desk->address_by_number(station);
  const auto agent = get<std::shared_ptr<telephony::Agent>>("agent " + station, [&](auto done) {
    return centre_.handlers()[0]->create_agent(station, "", done, &address);
  });
  if (!agent) return nullptr;
  return sessions_[{station, group_name}] = get<Session>("session of " + station, [&](auto done) {
           return agent->create_session(*served, address, done);
         });
}

void Sessions::act(const std::string& station, const std::string& group_name, const std::string& verb) {
  Session& session = sessions_[{station, group_name}];
  if (!session || session->state() == SessionState::ended) session = begin(station, group_name);
  if (!session || verb == "begin") return;
  const SessionState wanted = verb == "ready"      ? SessionState::ready
                              : verb == "notready" ? SessionState::not_ready
                              : verb == "wrapup"   ? SessionState::busy_wrapup
                                                   : SessionState::ended;
  session->set_state(wanted, [this, what = "session of " + station + " " + verb](LONG result) {
    if (result != 0) world_.errors.push_back(what + ": " + telephony::error_name(result));
  });
}

std::string Sessions::state(const std::string& station, const std::string& group_name) {
  const Session session = sessions_[{station, group_name}];
  if (!session) return "NONE";
  const auto info = get<telephony::AgentSessionInfo>("session of " + station,
                                                     [&](auto done) { return session->info(done); });
  return telephony::to_string(static_cast<SessionState>(info.state));
}

} // namespace tl::scenario
