// SPDX-License-Identifier: Apache-2.0
// What changed, to whoever has the line open (lineProxyMessage): the present is compared with what was told
// last. LINE_AGENTSTATUS, LINE_AGENTSTATUSEX and LINE_AGENTSESSIONSTATUS go to the agent's station,
// LINE_QUEUESTATUS about figures to the queue.
#include <algorithm>

#include "acd/adapter.hpp"

namespace tl::acd {
namespace {

constexpr auto figures_interval = std::chrono::seconds{1}; // figures that changed are told at most so often

} // namespace

void Adapter::say(StationIndex station, DWORD message, DWORD p1, DWORD p2, DWORD p3) {
  telephony::Address* address = station < stations_.size() ? stations_[station] : nullptr;
  if (address && address->is_open()) address->proxy_message(message, p1, p2, p3);
}

void Adapter::agent_changed(AgentIndex agent, StationIndex place) {
  if (place != nobody) tell_station(place);
  tell_agent(agent);
}

// --- The agent on the address (TAPI 2.0) ---

void Adapter::tell_station(StationIndex station) {
  if (told_stations_.size() <= station)
    told_stations_.resize(station + 1,
                          {.state = LINEAGENTSTATE_LOGGEDOFF, .next_state = LINEAGENTSTATE_LOGGEDOFF});
  telephony::AgentStatus now = status_of(station);
  telephony::AgentStatus& told = told_stations_[station];
  const auto same_group = [](const telephony::AgentGroup& a, const telephony::AgentGroup& b) {
    return a.id == b.id;
  };
  DWORD items = 0;
  if (!std::equal(now.groups.begin(), now.groups.end(), told.groups.begin(), told.groups.end(), same_group))
    items |= LINEAGENTSTATUS_GROUP;
  if (now.state != told.state) items |= LINEAGENTSTATUS_STATE;
  if (now.next_state != told.next_state) items |= LINEAGENTSTATUS_NEXTSTATE;
  if (now.activity.id != told.activity.id) items |= LINEAGENTSTATUS_ACTIVITY;
  if (now.valid_states != told.valid_states) items |= LINEAGENTSTATUS_VALIDSTATES;
  if (now.valid_next_states != told.valid_next_states) items |= LINEAGENTSTATUS_VALIDNEXTSTATES;
  if (items == 0) return;
  const DWORD state = items & LINEAGENTSTATUS_STATE ? now.state : 0;
  told = std::move(now);
  say(station, LINE_AGENTSTATUS, 0, items, state);
}

// --- Agent objects and sessions (TAPI 2.2) ---

void Adapter::tell_agent(AgentIndex index) {
  const Agent& agent = core_->agents()[index];
  auto found = told_agents_.find(index);
  if (found == told_agents_.end()) {
    if (agent.handle == 0) return;
    found = told_agents_.emplace(index, ToldAgent{.handle = agent.handle}).first;
    say(agent.place, LINE_AGENTSTATUSEX, agent.handle, LINEAGENTSTATUSEX_NEWAGENT, 0);
  }
  ToldAgent& told = found->second;
  tell_sessions(agent, told);
  if (agent.handle == told.handle) {
    const DWORD state = state_ex(index);
    if (state == told.state) return;
    told.state = state;
    return say(agent.place, LINE_AGENTSTATUSEX, agent.handle, LINEAGENTSTATUSEX_STATE, state);
  }
  for (std::uint32_t session : told.ended) {
    statistics_.forget_session(session);
    say(agent.place, LINE_AGENTSESSIONSTATUS, session, LINEAGENTSESSIONSTATUS_STATE,
        LINEAGENTSESSIONSTATE_RELEASED);
  }
  say(agent.place, LINE_AGENTSTATUSEX, told.handle, LINEAGENTSTATUSEX_STATE, LINEAGENTSTATEEX_RELEASED);
  told_agents_.erase(found);
  if (agent.handle) tell_agent(index); // made anew at once
}

void Adapter::tell_sessions(const Agent& agent, ToldAgent& told) {
  const auto tell = [&](std::uint32_t session, DWORD items, DWORD state) {
    say(agent.place, LINE_AGENTSESSIONSTATUS, session, items, state);
  };
  for (auto at = told.sessions.begin(); at != told.sessions.end();) {
    if (core_->session(at->first)) {
      ++at;
      continue;
    }
    tell(at->first, LINEAGENTSESSIONSTATUS_STATE, LINEAGENTSESSIONSTATE_ENDED);
    told.ended.push_back(at->first);
    at = told.sessions.erase(at);
  }
  for (const Member& member : agent.members) {
    if (!member.joined()) continue;
    const auto [at, fresh] = told.sessions.emplace(member.session, 0);
    if (fresh) tell(member.session, LINEAGENTSESSIONSTATUS_NEWSESSION, 0);
    const auto state = static_cast<DWORD>(core_->state_of(member));
    if (std::exchange(at->second, state) != state) tell(member.session, LINEAGENTSESSIONSTATUS_STATE, state);
  }
  std::erase_if(told.ended, [&](std::uint32_t session) {
    if (statistics_.has_session(session)) return false;
    tell(session, LINEAGENTSESSIONSTATUS_STATE, LINEAGENTSESSIONSTATE_RELEASED);
    return true;
  });
}

// --- Groups and queues ---

// A handler has come to these lines, and groups with it.
void Adapter::tell_groups() {
  for (StationIndex station = 0; station < stations_.size(); ++station)
    say(station, LINE_GROUPSTATUS, 0, LINEGROUPSTATUS_NEWGROUP, 0);
}

void Adapter::tell_queue_list(QueueIndex queue, DWORD items) {
  for (StationIndex station = 0; station < stations_.size(); ++station)
    say(station, LINE_QUEUESTATUS, queue + 1, items, 0);
}

// --- Figures ---

void Adapter::event(const Event& event) {
  if (event.queue_id) note_queue(event.queue_id - 1);
  switch (event.type) {
  case EventType::call_answered:
  case EventType::call_ended:
  case EventType::agent_incoming:
  case EventType::agent_outgoing:
  case EventType::agent_state: note_agent(event.agent_index - 1, event.session); break;
  default: break;
  }
  if (!tell_timer_.running() && !(changed_.empty() && changed_agents_.empty()))
    tell_timer_.start(figures_interval);
}

void Adapter::note_queue(QueueIndex queue) {
  if (changed_set_[queue]) return;
  changed_set_[queue] = true;
  changed_.push_back(queue);
}

// A state that ends gives its time to the session it was of, which the event no longer names.
void Adapter::note_agent(AgentIndex agent, std::uint32_t session) {
  std::set<std::uint32_t>& sessions = changed_agents_[agent];
  if (session) sessions.insert(session);
  if (const std::uint32_t before = statistics_.agent(agent).session) sessions.insert(before);
}

void Adapter::tell_figures() {
  for (QueueIndex queue : changed_) {
    changed_set_[queue] = false;
    if (telephony::Address* address = queues_[queue]; address && address->is_open())
      address->proxy_message(LINE_QUEUESTATUS, queue + 1, LINEQUEUESTATUS_UPDATEINFO, 0);
  }
  changed_.clear();
  for (const auto& [index, sessions] : std::exchange(changed_agents_, {})) {
    const Agent& agent = core_->agents()[index];
    if (agent.handle) say(agent.place, LINE_AGENTSTATUSEX, agent.handle, LINEAGENTSTATUSEX_UPDATEINFO, 0);
    for (std::uint32_t session : sessions)
      if (statistics_.has_session(session))
        say(agent.place, LINE_AGENTSESSIONSTATUS, session, LINEAGENTSESSIONSTATUS_UPDATEINFO, 0);
  }
}

} // namespace tl::acd
