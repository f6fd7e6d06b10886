// SPDX-License-Identifier: Apache-2.0
// Agents: stations' facts, wishes, pauses, and the ready lists that follow from them.
#include <algorithm>

#include "acd/core.hpp"

namespace tl::acd {
namespace {

bool idle_longer(const Member& a, const Member& b) {
  return a.agent->idle_since != b.agent->idle_since ? a.agent->idle_since < b.agent->idle_since
                                                    : a.agent->idle_order < b.agent->idle_order;
}

} // namespace

Station* Core::station_of(const Agent& agent) {
  return agent.station == nobody ? nullptr : &stations_[agent.station];
}

const Station* Core::station_of(const Agent& agent) const {
  return agent.station == nobody ? nullptr : &stations_[agent.station];
}

AgentState Core::state_of(AgentIndex agent) const {
  return agent_state(agents_[agent], station_of(agents_[agent]));
}

AgentState Core::next_state_of(AgentIndex index) const {
  const Agent& agent = agents_[index];
  if (agent.station == nobody || agent.leaving) return AgentState::logged_off;
  const bool wraps_up = agent.offer == OfferState::talking &&
                        queues_[agent.call->queue].config.wrapup_s != 0 &&
                        !member_of(agent, agent.call->group)->ending;
  if (agent.wrapup_owed_s || wraps_up) return AgentState::after_call;
  return wants_ready(agent) ? AgentState::ready : AgentState::not_ready;
}

// --- Facts ---

void Core::station_call(StationIndex index, const StationCall& news) {
  Station& station = stations_.at(index);
  const bool first_active = note(station, news);
  if (station.agent == nobody) return;
  Agent& agent = agents_[station.agent];
  if (first_active) count_own_call(agent, news);
  if (agent.call && agent.call->call_id == news.call_id) {
    switch (news.phase) {
    case CallPhase::ringing: offer_event(agent, OfferEvent::ringing); break;
    case CallPhase::active: offer_event(agent, OfferEvent::answered); break;
    case CallPhase::cleared: offer_event(agent, OfferEvent::caller_gone); break;
    case CallPhase::over:
      if (!facts(agent).at_station) offer_event(agent, OfferEvent::left_agent);
      break;
    }
  } else if (agent.call && !is_free(station) && news.phase != CallPhase::over) {
    offer_event(agent, OfferEvent::withdrawn, EventCause::withdrawn); // busy with something else
  }
  refresh(agent, EventCause::call);
}

// True when this call is connected here for the first time.
bool Core::note(Station& station, const StationCall& news) {
  auto at = std::find_if(station.calls.begin(), station.calls.end(),
                         [&](const StationCall& call) { return call.handle == news.handle; });
  if (news.phase == CallPhase::over) {
    if (at != station.calls.end()) station.calls.erase(at);
    return false;
  }
  if (at == station.calls.end()) at = station.calls.insert(at, StationCall{});
  const bool was_active = at->was_active;
  *at = news;
  at->was_active = was_active || news.phase == CallPhase::active;
  return at->was_active && !was_active;
}

// Incoming and outgoing calls of the agent's own count for the agent, not for a session.
void Core::count_own_call(const Agent& agent, const StationCall& call) {
  if (agent.call && agent.call->call_id == call.call_id) return;
  if (call.kind == CallKind::incoming) emit({.type = EventType::agent_incoming}, nullptr, &agent);
  if (call.kind == CallKind::outgoing) emit({.type = EventType::agent_outgoing}, nullptr, &agent);
}

void Core::station_service(StationIndex index, bool in_service) {
  Station& station = stations_.at(index);
  station.in_service = in_service;
  if (station.agent != nobody) refresh(agents_[station.agent], EventCause::unreachable);
}

// --- Wishes ---

Wish Core::take_station(Agent& agent, StationIndex index) {
  Station& station = stations_.at(index);
  if (agent.station == index) return Wish::granted;
  if (agent.station != nobody || station.agent != nobody) return Wish::in_use;
  make_object(agent);
  agent.station = agent.place = index;
  station.agent = agent.index;
  agent.leaving = agent.releasing = false;
  agent.wrapup_owed_s = 0;
  agent.wrapup_group = nobody;
  agent.activity = 0;
  emit({.type = EventType::agent_login, .cause = EventCause::request}, nullptr, &agent);
  return Wish::granted;
}

Wish Core::log_in(StationIndex station, std::string_view agent_id, std::string_view pin) {
  if (station >= stations_.size()) return Wish::no_station;
  auto found = agent_by_id_.find(std::string(agent_id));
  if (found == agent_by_id_.end()) return Wish::no_agent;
  Agent& agent = agents_[found->second];
  if (!pin_fits(agent, pin)) return Wish::bad_pin;
  if (agent.members.empty()) return Wish::bad_group;
  if (Wish wish = take_station(agent, station); wish != Wish::granted) return wish;
  agent.known = true;
  work_for(agent, [](const Member&) { return true; });
  refresh(agent, EventCause::request);
  return Wish::granted;
}

Wish Core::set_groups(StationIndex station, const std::vector<GroupIndex>& groups) {
  if (station >= stations_.size()) return Wish::no_station;
  if (groups.empty()) return log_out(station);
  const AgentIndex index =
      stations_[station].agent != nobody ? stations_[station].agent : stations_[station].default_agent;
  if (index == nobody) return Wish::no_agent;
  Agent& agent = agents_[index];
  auto wanted = [&](const Member& member) {
    return std::find(groups.begin(), groups.end(), member.group) != groups.end();
  };
  for (GroupIndex group : groups)
    if (std::none_of(agent.members.begin(), agent.members.end(),
                     [&](const Member& m) { return m.group == group; }))
      return Wish::bad_group;
  if (Wish wish = take_station(agent, station); wish != Wish::granted) return wish;
  work_for(agent, wanted);
  refresh(agent, EventCause::request, true);
  return Wish::granted;
}

Wish Core::log_out(StationIndex station) {
  if (station >= stations_.size()) return Wish::no_station;
  if (stations_[station].agent == nobody) return Wish::granted;
  log_off(agents_[stations_[station].agent]);
  return Wish::granted;
}

void Core::log_off(Agent& agent) {
  agent.releasing = true;
  if (agent.station == nobody) return release(agent);
  agent.leaving = true;
  offer_event(agent, OfferEvent::withdrawn, EventCause::withdrawn);
  refresh(agent, EventCause::request);
}

Wish Core::set_state(StationIndex station, AgentState state) {
  if (station >= stations_.size()) return Wish::no_station;
  if (state == AgentState::logged_off) return log_out(station);
  if (stations_[station].agent == nobody) return Wish::bad_state;
  return set_state(agents_[stations_[station].agent], state);
}

// For all sessions of an agent who is at work.
Wish Core::set_state(Agent& agent, AgentState state) {
  if (state != AgentState::ready && state != AgentState::not_ready && state != AgentState::after_call)
    return Wish::bad_state;
  const bool in_place = agent.listed;
  unlist_agent(agent);
  if (state != AgentState::after_call) set_ready(agent, state == AgentState::ready);
  if (agent.pause != Agent::Pause::wrapup && !agent.wrapup_owed_s) agent.wrapup_group = nobody;
  if (agent.pause != Agent::Pause::none) pause(agent, Agent::Pause::none, {}); // the agent knows best
  agent.wrapup_owed_s = state == AgentState::after_call ? wrapup_open : 0;
  if (state != AgentState::ready) offer_event(agent, OfferEvent::withdrawn, EventCause::withdrawn);
  refresh(agent, EventCause::request, in_place);
  return Wish::granted;
}

void Core::set_ready(Agent& agent, bool ready) {
  for (Member& member : agent.members) member.wants_ready = ready && member.joined() && !member.ending;
}

Wish Core::set_activity(StationIndex station, std::uint32_t activity) {
  if (station >= stations_.size()) return Wish::no_station;
  if (stations_[station].agent == nobody) return Wish::bad_state;
  Agent& agent = agents_[stations_[station].agent];
  agent.activity = activity;
  commands_.agent_changed(agent.index, agent.place);
  return Wish::granted;
}

// --- What follows ---

// Brings lists, pauses and what others were told in line with the facts. After every change of a fact.
void Core::refresh(Agent& agent, EventCause cause, bool keep_place) {
  start_wrapup_if_free(agent);
  const Station* station = station_of(agent);
  if (agent.leaving && station && !agent.call && is_free(*station)) leave(agent);
  finish_sessions(agent);
  const bool can = can_take_call(agent, station_of(agent));
  if (can && !agent.listed) list_agent(agent, keep_place);
  if (!can && agent.listed) unlist_agent(agent);
  const AgentState state = agent_state(agent, station_of(agent));
  if (state != agent.announced) {
    agent.announced = state;
    emit({.type = EventType::agent_state,
          .cause = cause,
          .agent_state = static_cast<std::uint32_t>(state),
          .session = session_at_work(agent, state)},
         nullptr, &agent);
  }
  commands_.agent_changed(agent.index, agent.place);
}

// Whose time the state is: the session's of the call or of its wrap-up.
std::uint32_t Core::session_at_work(const Agent& agent, AgentState state) const {
  const GroupIndex group = state == AgentState::busy_acd     ? agent.call->group
                           : state == AgentState::after_call ? agent.wrapup_group
                                                             : nobody;
  const Member* member = group == nobody ? nullptr : member_of(agent, group);
  return member ? member->session : 0;
}

void Core::list_agent(Agent& agent, bool keep_place) {
  if (!keep_place || agent.idle_since == Time{}) {
    agent.idle_since = loop_.now();
    agent.idle_order = ++order_;
  }
  agent.listed = true;
  for (Member& member : agent.members) {
    if (!member.takes_calls()) continue;
    Group& group = groups_[member.group];
    if (keep_place)
      group.ready.insert_early(member, idle_longer);
    else
      group.ready.insert_late(member, idle_longer);
    dirty(group);
  }
}

void Core::unlist_agent(Agent& agent) {
  for (Member& member : agent.members)
    if (member.ready.linked) groups_[member.group].ready.remove(member);
  agent.listed = false;
}

void Core::pause(Agent& agent, Agent::Pause kind, Duration span) {
  agent.pause = kind;
  if (span > Duration::zero())
    agent.pause_timer.start(span);
  else
    agent.pause_timer.stop();
}

void Core::pause_over(Agent& agent) {
  const bool wrapup = agent.pause == Agent::Pause::wrapup;
  agent.pause = Agent::Pause::none;
  refresh(agent, wrapup ? EventCause::wrapup : EventCause::none);
}

// After-call work begins when the last call at the station is over, whichever ended first.
void Core::start_wrapup_if_free(Agent& agent) {
  const Station* station = station_of(agent);
  if (!agent.wrapup_owed_s || agent.call || !station || !is_free(*station)) return;
  const std::uint32_t span = std::exchange(agent.wrapup_owed_s, 0);
  pause(agent, Agent::Pause::wrapup, span == wrapup_open ? Duration::zero() : std::chrono::seconds{span});
}

void Core::leave(Agent& agent) {
  unlist_agent(agent);
  for (Member& member : agent.members)
    if (member.joined()) finish(member);
  emit({.type = EventType::agent_logout, .cause = EventCause::request}, nullptr, &agent);
  stations_[agent.station].agent = nobody;
  agent.station = nobody;
  agent.leaving = false;
  agent.wrapup_owed_s = 0;
  agent.wrapup_group = nobody;
  pause(agent, Agent::Pause::none, {});
  agent.announced = AgentState::logged_off;
  if (agent.releasing) return release(agent);
  commands_.agent_changed(agent.index, agent.place);
}

} // namespace tl::acd
