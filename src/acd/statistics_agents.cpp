// SPDX-License-Identifier: Apache-2.0
// Agents and their sessions: calls are counted when they are answered, time by the states the agent was in.
#include <algorithm>
#include <bit>

#include "acd/agent.hpp"
#include "acd/statistics.hpp"

namespace tl::acd {
namespace {

constexpr auto logged_off = static_cast<std::uint32_t>(AgentState::logged_off);
constexpr auto talking = static_cast<std::uint32_t>(AgentState::busy_acd);
constexpr auto wrapping_up = static_cast<std::uint32_t>(AgentState::after_call);

// Where time in this state goes; null: nowhere. A wrap-up without a session follows no call.
template <class Counts> Duration Counts::*clock_of(const AgentTotals& agent) {
  if (agent.session == 0) return nullptr;
  return agent.state == talking       ? &Counts::talked
         : agent.state == wrapping_up ? &Counts::wrapped_up
                                      : nullptr;
}

} // namespace

AgentWindow& AgentWindow::operator+=(const AgentWindow& part) {
  acd_calls += part.acd_calls;
  incoming += part.incoming;
  outgoing += part.outgoing;
  talked += part.talked;
  wrapped_up += part.wrapped_up;
  worked += part.worked;
  return *this;
}

Window<AgentWindow>& Statistics::PerAgent::counts() {
  if (!window) window = std::make_unique<Window<AgentWindow>>();
  return *window;
}

void Statistics::of_agent(PerAgent& agent, const Event& event) {
  AgentTotals& totals = agent.totals;
  switch (event.type) {
  case EventType::call_offered: ++totals.offers; return;
  case EventType::call_returned: ++totals.not_answered; return;
  case EventType::call_answered:
    ++totals.answered;
    ++agent.counts().at(event.time).acd_calls;
    return;
  case EventType::call_ended: totals.talked += event.talked; return;
  case EventType::agent_incoming: ++agent.counts().at(event.time).incoming; return;
  case EventType::agent_outgoing: ++agent.counts().at(event.time).outgoing; return;
  case EventType::session_ended:
    agent.ended_sessions.push_back(event.session);
    if (agent.ended_sessions.size() > ended_sessions_max) forget_session(agent.ended_sessions.front());
    return;
  case EventType::agent_login:
    count_time(agent, event.time);
    totals.state = static_cast<std::uint32_t>(AgentState::not_ready);
    return;
  case EventType::agent_logout:
    count_time(agent, event.time);
    totals.state = logged_off;
    totals.session = 0;
    return;
  case EventType::agent_state:
    count_time(agent, event.time);
    totals.state = event.agent_state;
    totals.session = event.session;
    return;
  default: return;
  }
}

// The state that ends now has its time.
void Statistics::count_time(PerAgent& agent, Time now) {
  AgentTotals& totals = agent.totals;
  const Time since = std::exchange(totals.since, now);
  if (since == Time{}) return;
  const auto bit = static_cast<std::size_t>(std::countr_zero(totals.state));
  if (bit < totals.spent.size()) totals.spent[bit] += now - since;
  if (totals.state != logged_off) agent.counts().add(&AgentWindow::worked, since, now);
  if (const auto clock = clock_of<AgentWindow>(totals)) agent.counts().add(clock, since, now);
  auto session = sessions_.find(totals.session);
  if (session == sessions_.end()) return;
  if (const auto clock = clock_of<SessionTotals>(totals)) session->second.*clock += now - since;
}

void Statistics::of_session(const Event& event) {
  if (event.type == EventType::session_begun) {
    sessions_[event.session] = {.agent_index = event.agent_index, .begun = event.time};
    return;
  }
  auto found = sessions_.find(event.session);
  if (found == sessions_.end()) return;
  SessionTotals& session = found->second;
  if (event.type == EventType::session_ended) session.ended = event.time;
  if (event.type != EventType::call_answered) return;
  ++session.calls;
  session.waited += event.waited;
  session.longest_wait = std::max(session.longest_wait, event.waited);
}

AgentWindow Statistics::agent_window(std::size_t index, Time now) const {
  const PerAgent& agent = agents_.at(index);
  if (!agent.window) return {};
  AgentWindow sum = agent.window->sum(now);
  const Duration goes_on = agent.window->within(agent.totals.since, now);
  if (agent.totals.state != logged_off) sum.worked += goes_on;
  if (const auto clock = clock_of<AgentWindow>(agent.totals)) sum.*clock += goes_on;
  return sum;
}

SessionTotals Statistics::session(std::uint32_t handle, Time now) const {
  SessionTotals session = sessions_.at(handle);
  const AgentTotals& agent = agents_.at(session.agent_index - 1).totals;
  if (agent.session == handle)
    if (const auto clock = clock_of<SessionTotals>(agent)) session.*clock += now - agent.since;
  return session;
}

void Statistics::forget_session(std::uint32_t handle) {
  auto found = sessions_.find(handle);
  if (found == sessions_.end() || found->second.live()) return;
  std::erase(agents_.at(found->second.agent_index - 1).ended_sessions, handle);
  sessions_.erase(found);
}

std::uint32_t Statistics::agent_period_s(std::size_t agent) const {
  const auto& window = agents_.at(agent).window;
  return window ? window->period_s() : period_s_default;
}

void Statistics::set_agent_period_s(std::size_t agent, std::uint32_t seconds) {
  agents_.at(agent).counts().set_period_s(seconds);
}

} // namespace tl::acd
