// SPDX-License-Identifier: Apache-2.0
// Agent objects and agent sessions (TAPI 2.2). A session is a membership at work: to log in to a group by
// whatever function begins one, to leave the group ends it.
#include <algorithm>

#include "acd/core.hpp"

namespace tl::acd {

// --- Objects ---

std::uint32_t Core::new_handle() {
  do {
    ++last_handle_;
  } while (last_handle_ == 0 || agent_by_handle_.contains(last_handle_) ||
           member_by_session_.contains(last_handle_));
  return last_handle_;
}

void Core::make_object(Agent& agent) {
  if (agent.handle) return;
  agent.handle = new_handle();
  agent_by_handle_.emplace(agent.handle, agent.index);
}

void Core::release(Agent& agent) {
  agent_by_handle_.erase(agent.handle);
  agent.handle = 0;
  agent.known = agent.releasing = false;
  commands_.agent_changed(agent.index, agent.place);
}

Wish Core::create_agent(StationIndex at, std::string_view id, std::string_view pin, bool trusted,
                        std::uint32_t& handle) {
  if (at >= stations_.size()) return Wish::no_station;
  auto found = agent_by_id_.find(std::string(id));
  if (found == agent_by_id_.end()) return Wish::no_agent;
  Agent& agent = agents_[found->second];
  if (!trusted && !pin_fits(agent, pin)) return Wish::bad_pin;
  make_object(agent);
  agent.known = true;
  agent.releasing = false;
  if (agent.station == nobody) agent.place = at;
  handle = agent.handle;
  commands_.agent_changed(agent.index, agent.place);
  return Wish::granted;
}

AgentIndex Core::agent_of(std::uint32_t handle) const {
  auto found = agent_by_handle_.find(handle);
  return found == agent_by_handle_.end() ? nobody : found->second;
}

const Member* Core::session(std::uint32_t handle) const {
  auto found = member_by_session_.find(handle);
  return found == member_by_session_.end() ? nullptr : found->second;
}

Wish Core::set_agent_state(AgentIndex index, AgentState state) {
  Agent& agent = agents_.at(index);
  if (state == AgentState::logged_off) {
    log_off(agent);
    return Wish::granted;
  }
  if (agent.station != nobody) return set_state(agent, state);
  // Without a session there are no calls to take.
  return state == AgentState::not_ready ? Wish::granted : Wish::bad_state;
}

// --- Sessions ---

Wish Core::create_session(AgentIndex index, GroupIndex group, StationIndex station,
                          std::optional<std::string_view> pin, std::uint32_t& handle) {
  Agent& agent = agents_.at(index);
  if (station >= stations_.size()) return Wish::no_station;
  Member* member = member_of(agent, group);
  if (!member) return Wish::bad_group;
  const bool at_home = stations_[station].default_agent == index;
  if (pin ? !pin_fits(agent, *pin) : !agent.known && !at_home && !pin_fits(agent, "")) return Wish::bad_pin;
  if (Wish wish = take_station(agent, station); wish != Wish::granted) return wish;
  if (pin) agent.known = true;
  agent.leaving = agent.releasing = false;
  begin(*member, false);
  handle = member->session;
  refresh(agent, EventCause::request, true);
  return Wish::granted;
}

void Core::begin(Member& member, bool ready) {
  if (member.ending) member.wants_ready = ready;
  member.ending = false;
  if (member.joined()) return;
  member.session = new_handle();
  member.wants_ready = ready;
  member_by_session_.emplace(member.session, &member);
  emit({.type = EventType::session_begun,
        .cause = EventCause::request,
        .session = member.session,
        .group = groups_[member.group].name},
       nullptr, member.agent);
}

// Ends the session, after its call if it has one.
void Core::end(Member& member) {
  Agent& agent = *member.agent;
  member.wants_ready = false;
  member.ending = true;
  if (agent.wrapup_group == member.group && !agent.call) {
    agent.wrapup_owed_s = 0;
    if (agent.pause == Agent::Pause::wrapup) pause(agent, Agent::Pause::none, {});
  }
  if (agent.call && agent.call->group == member.group)
    offer_event(agent, OfferEvent::withdrawn, EventCause::withdrawn);
}

// An agent who leaves ends them all at once: leave().
void Core::finish_sessions(Agent& agent) {
  if (agent.leaving) return;
  for (Member& member : agent.members)
    if (member.ending && !(agent.call && agent.call->group == member.group)) finish(member);
}

void Core::finish(Member& member) {
  const std::uint32_t session = std::exchange(member.session, 0);
  member.wants_ready = member.ending = false;
  member_by_session_.erase(session);
  emit({.type = EventType::session_ended,
        .cause = EventCause::request,
        .session = session,
        .group = groups_[member.group].name},
       nullptr, member.agent);
}

// Exactly the wanted groups; new sessions share the agent's wish.
void Core::work_for(Agent& agent, const std::function<bool(const Member&)>& wanted) {
  const bool ready = wants_ready(agent);
  unlist_agent(agent);
  agent.leaving = agent.releasing = false;
  for (Member& member : agent.members)
    if (wanted(member)) begin(member, ready);
  for (Member& member : agent.members)
    if (member.joined() && !wanted(member)) end(member);
}

Wish Core::set_session_state(std::uint32_t handle, SessionState state) {
  auto found = member_by_session_.find(handle);
  if (found == member_by_session_.end()) return Wish::bad_state;
  Member& member = *found->second;
  Agent& agent = *member.agent;
  const SessionState now = state_of(member);
  const bool in_place = agent.listed;
  switch (state) {
  case SessionState::ready:
  case SessionState::not_ready: set_session_ready(member, state == SessionState::ready); break;
  case SessionState::wrapup:
    if (now != SessionState::on_call && now != SessionState::wrapup) return Wish::bad_state;
    pause(agent, Agent::Pause::none, {});
    agent.wrapup_owed_s = wrapup_open;
    break;
  case SessionState::ended:
    unlist_agent(agent);
    // With the last one the agent leaves the station.
    if (std::none_of(agent.members.begin(), agent.members.end(), [&](const Member& other) {
          return &other != &member && other.joined() && !other.ending;
        }))
      agent.leaving = true;
    end(member);
    break;
  default: return Wish::bad_state;
  }
  refresh(agent, EventCause::request, in_place);
  return Wish::granted;
}

void Core::set_session_ready(Member& member, bool ready) {
  Agent& agent = *member.agent;
  unlist_agent(agent);
  member.wants_ready = ready && !member.ending;
  const bool its_call = agent.call && agent.call->group == member.group;
  if (its_call || (!agent.call && agent.wrapup_group == member.group)) agent.wrapup_owed_s = 0;
  const bool its_wrapup = agent.pause == Agent::Pause::wrapup && agent.wrapup_group == member.group;
  if (its_wrapup || (agent.pause == Agent::Pause::rest && ready)) pause(agent, Agent::Pause::none, {});
  if (its_call && !ready) offer_event(agent, OfferEvent::withdrawn, EventCause::withdrawn);
}

SessionState Core::state_of(const Member& member) const {
  return session_state(member, station_of(*member.agent));
}

SessionState Core::next_state_of(const Member& member) const {
  const Agent& agent = *member.agent;
  if (!member.joined() || member.ending || agent.leaving) return SessionState::ended;
  if (state_of(member) == SessionState::on_call && next_state_of(agent.index) == AgentState::after_call)
    return SessionState::wrapup;
  return member.wants_ready ? SessionState::ready : SessionState::not_ready;
}

} // namespace tl::acd
