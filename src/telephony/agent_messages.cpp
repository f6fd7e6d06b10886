// SPDX-License-Identifier: Apache-2.0
// From the messages of an agent handler (LINE_AGENTSTATUSEX and its relatives) to events about objects.
#include "telephony/agent_calls.hpp"

namespace tl::telephony {

void AgentHandler::agent_message(DWORD device, DWORD handle, DWORD items, DWORD state) {
  const std::shared_ptr<Agent> about = agent(handle, device);
  if (items & LINEAGENTSTATUSEX_NEWAGENT) centre_->events_.agent_created(*about);
  if (items & LINEAGENTSTATUSEX_STATE) {
    about->state_ = static_cast<AgentState>(state);
    if (about->state_ == AgentState::released) agents_.erase(handle);
    if (centre_) centre_->events_.agent_state(*about);
  }
  if (centre_ && (items & LINEAGENTSTATUSEX_UPDATEINFO)) centre_->events_.agent_updated(*about);
}

// Whose a new session is the message does not say: the agents at that line are asked for their sessions
// first. What happens to it meanwhile is told with the creation.
void AgentHandler::session_message(DWORD device, DWORD handle, DWORD items, DWORD state) {
  const bool over = (items & LINEAGENTSESSIONSTATUS_STATE) &&
                    (state & (LINEAGENTSESSIONSTATE_ENDED | LINEAGENTSESSIONSTATE_RELEASED));
  const bool news = items & (LINEAGENTSESSIONSTATUS_NEWSESSION | LINEAGENTSESSIONSTATUS_STATE);
  if (news && !over && !sessions_.contains(handle)) find_owner(session(handle, device));
  const auto at = sessions_.find(handle);
  if (at == sessions_.end()) return; // it has ended
  const std::shared_ptr<AgentSession> about = at->second;
  if (items & LINEAGENTSESSIONSTATUS_STATE) {
    about->state_ = static_cast<SessionState>(state);
    if (about->state_ == SessionState::ended || about->state_ == SessionState::released) {
      tell_created(*about);
      sessions_.erase(handle);
    }
    if (about->told_ && centre_) centre_->events_.session_state(*about);
  }
  if ((items & LINEAGENTSESSIONSTATUS_UPDATEINFO) && about->told_ && centre_)
    centre_->events_.session_updated(*about);
}

void AgentHandler::find_owner(const std::shared_ptr<AgentSession>& session) {
  auto left = std::make_shared<int>(1);
  const auto one_done = [self = shared_from_this(), session, left] {
    if (--*left == 0 || session->agent_) self->tell_created(*session);
  };
  for (const auto& [handle, agent] : agents_) {
    if (agent->device_ != session->device_) continue;
    if (agent->sessions([one_done](LONG, const auto&) { one_done(); }) > 0) ++*left;
  }
  one_done();
}

void AgentHandler::tell_created(AgentSession& session) {
  if (std::exchange(session.told_, true) || !centre_) return;
  centre_->events_.session_created(session);
}

void AgentHandler::queue_message(DWORD id, DWORD items) {
  const std::shared_ptr<Queue> about = queue(id);
  if (items & LINEQUEUESTATUS_QUEUEREMOVED) queues_.erase(id);
  if (items & LINEQUEUESTATUS_NEWQUEUE) centre_->events_.queue_created(*about);
  if (centre_ && (items & LINEQUEUESTATUS_UPDATEINFO)) centre_->events_.queue_updated(*about);
  if (centre_ && (items & LINEQUEUESTATUS_QUEUEREMOVED)) centre_->events_.queue_removed(*about);
}

// The message does not say which group: the list is compared with the one before.
void AgentHandler::group_message() {
  auto before = groups_;
  groups([self = shared_from_this(), before = std::move(before)](LONG result, const auto& now) mutable {
    if (result != 0) return;
    for (const auto& group : now) {
      if (before.erase(group->id()) == 0 && self->centre_) self->centre_->events_.group_created(*group);
    }
    for (const auto& [id, gone] : before) {
      self->groups_.erase(id);
      if (self->centre_) self->centre_->events_.group_removed(*gone);
    }
  });
}

} // namespace tl::telephony
