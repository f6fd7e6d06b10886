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
  const bool talking = agent.offer == OfferState::talking;
  if (agent.wrapup_owed_s || (talking && queues_[agent.call->queue].config.wrapup_s))
    return AgentState::after_call;
  return agent.wants_ready ? AgentState::ready : AgentState::not_ready;
}

// --- Facts ---

void Core::station_call(StationIndex index, const StationCall& news) {
  Station& station = stations_.at(index);
  auto at = std::find_if(station.calls.begin(), station.calls.end(),
                         [&](const StationCall& call) { return call.handle == news.handle; });
  if (at == station.calls.end()) {
    if (news.phase == CallPhase::over) return;
    station.calls.push_back(news);
  } else if (news.phase == CallPhase::over) {
    station.calls.erase(at);
  } else {
    *at = news;
  }
  if (station.agent == nobody) return;
  Agent& agent = agents_[station.agent];
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
  agent.station = index;
  station.agent = agent.index;
  agent.wants_ready = false;
  agent.leaving = false;
  agent.wrapup_owed_s = 0;
  agent.activity = 0;
  emit({.type = EventType::agent_login, .cause = EventCause::request}, nullptr, &agent);
  return Wish::granted;
}

Wish Core::log_in(StationIndex station, std::string_view agent_id, std::string_view pin) {
  if (station >= stations_.size()) return Wish::no_station;
  auto found = agent_by_id_.find(std::string(agent_id));
  if (found == agent_by_id_.end()) return Wish::no_agent;
  Agent& agent = agents_[found->second];
  if (!agent.config.pin.empty() && agent.config.pin != pin) return Wish::bad_pin;
  if (agent.members.empty()) return Wish::bad_group;
  if (Wish wish = take_station(agent, station); wish != Wish::granted) return wish;
  unlist_agent(agent);
  for (Member& member : agent.members) member.joined = true;
  agent.leaving = false;
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
  unlist_agent(agent);
  for (Member& member : agent.members) member.joined = wanted(member);
  agent.leaving = false;
  refresh(agent, EventCause::request, true);
  return Wish::granted;
}

Wish Core::log_out(StationIndex station) {
  if (station >= stations_.size()) return Wish::no_station;
  if (stations_[station].agent == nobody) return Wish::granted;
  Agent& agent = agents_[stations_[station].agent];
  agent.leaving = true;
  offer_event(agent, OfferEvent::withdrawn, EventCause::withdrawn);
  refresh(agent, EventCause::request);
  return Wish::granted;
}

Wish Core::set_state(StationIndex station, AgentState state) {
  if (station >= stations_.size()) return Wish::no_station;
  if (state == AgentState::logged_off) return log_out(station);
  if (stations_[station].agent == nobody) return Wish::bad_state;
  Agent& agent = agents_[stations_[station].agent];
  switch (state) {
  case AgentState::ready: agent.wants_ready = true; break;
  case AgentState::not_ready: agent.wants_ready = false; break;
  case AgentState::after_call: break;
  default: return Wish::bad_state;
  }
  if (agent.pause != Agent::Pause::none) pause(agent, Agent::Pause::none, {}); // the agent knows best
  agent.wrapup_owed_s = state == AgentState::after_call ? wrapup_open : 0;
  if (state != AgentState::ready) offer_event(agent, OfferEvent::withdrawn, EventCause::withdrawn);
  refresh(agent, EventCause::request);
  return Wish::granted;
}

Wish Core::set_activity(StationIndex station, std::uint32_t activity) {
  if (station >= stations_.size()) return Wish::no_station;
  if (stations_[station].agent == nobody) return Wish::bad_state;
  agents_[stations_[station].agent].activity = activity;
  return Wish::granted;
}

// --- What follows ---

// Brings lists, pauses and what others were told in line with the facts. After every change of a fact.
void Core::refresh(Agent& agent, EventCause cause, bool keep_place) {
  start_wrapup_if_free(agent);
  const Station* station = station_of(agent);
  if (agent.leaving && station && !agent.call && is_free(*station)) leave(agent);
  const bool can = can_take_call(agent, station_of(agent));
  if (can && !agent.listed) list_agent(agent, keep_place);
  if (!can && agent.listed) unlist_agent(agent);
  const AgentState state = agent_state(agent, station_of(agent));
  if (state == agent.announced) return;
  agent.announced = state;
  const StationIndex place = agent.station;
  emit({.type = EventType::agent_state, .cause = cause, .agent_state = static_cast<std::uint32_t>(state)},
       nullptr, &agent);
  if (place != nobody) commands_.agent_changed(agent.index, place);
}

void Core::list_agent(Agent& agent, bool keep_place) {
  if (!keep_place || agent.idle_since == Time{}) {
    agent.idle_since = loop_.now();
    agent.idle_order = ++order_;
  }
  agent.listed = true;
  for (Member& member : agent.members) {
    if (!member.joined) continue;
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
  emit({.type = EventType::agent_logout, .cause = EventCause::request}, nullptr, &agent);
  const StationIndex place = agent.station;
  stations_[place].agent = nobody;
  agent.station = nobody;
  agent.leaving = false;
  agent.wants_ready = false;
  agent.wrapup_owed_s = 0;
  pause(agent, Agent::Pause::none, {});
  unlist_agent(agent);
  for (Member& member : agent.members) member.joined = false;
  agent.announced = AgentState::logged_off;
  commands_.agent_changed(agent.index, place);
}

} // namespace tl::acd
