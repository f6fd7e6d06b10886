// SPDX-License-Identifier: Apache-2.0
// The ACD's mind, without telephony: facts come in as function calls, commands go out through Commands, time
// comes from the loop. Everything costs O(log n) or less, and the groups an agent is in.
//
// A command's outcome comes back as a fact on a later turn, never inside the command.
#pragma once

#include <algorithm>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "acd/agent.hpp"
#include "acd/config.hpp"
#include "acd/event.hpp"
#include "acd/queue.hpp"
#include "base/loop.hpp"
#include "base/result.hpp"

namespace tl::acd {

// What the core asks of the switch. `request` comes back with the answer.
class Commands {
public:
  virtual ~Commands() = default;
  // Move the queue's call to the station: Core::offer_answer.
  virtual void offer(std::uint32_t call_id, StationIndex station, std::uint32_t request) = 0;
  // Take the ringing call from the station back to its queue: Core::recall_answer.
  virtual void recall(std::uint32_t call_id, StationIndex station, QueueIndex queue,
                      std::uint32_t request) = 0;
  // Send the queue's call to another number: Core::overflow_answer. An empty number: end the call (it cannot
  // wait).
  virtual void overflow(std::uint32_t call_id, QueueIndex queue, const std::string& to,
                        std::uint32_t request) = 0;
  // Something about the agent may have changed; `station` is where they are, or were last.
  virtual void agent_changed(AgentIndex agent, StationIndex station) = 0;
};

// How the switch answered: whose fault a failure is decides who rests.
enum class Answer : std::uint8_t { done, busy, unreachable, failed };

// How an agent's wish was received.
enum class Wish : std::uint8_t { granted, no_station, no_agent, bad_group, bad_state, bad_pin, in_use };

class Core {
public:
  Core(Loop& loop, Config config, Commands& commands, std::vector<EventSink*> sinks);
  ~Core();
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;

  // Checks the configuration and builds the tables; once, before anything else.
  Result<void> load();
  // A further station where agents may log in; load() adds those of the configuration.
  StationIndex add_station(const std::string& number);

  // --- Facts about calls at queues. ---
  // A caller is in the queue (CONNECTED there), new (`why`: entered, when another queue sent it) or returned
  // (`why`). `since`: when it came.
  void call_arrived(std::uint32_t call_id, QueueIndex queue, std::string_view caller, Time since,
                    EventCause why = EventCause::none);
  // The queue's handle of the call is gone, and the caller is not.
  void call_left_queue(std::uint32_t call_id, QueueIndex queue);
  // The caller hung up, seen at the queue.
  void caller_gone(std::uint32_t call_id, QueueIndex queue);
  // The call has another dwCallID now (a consulted transfer joined two); tell this before the station's fact.
  void call_renamed(std::uint32_t call_id, std::uint32_t now, std::string_view caller);
  // A caller was turned away before the queue (full, nowhere else to go, or sent to overflow_to).
  void caller_refused(std::uint32_t call_id, QueueIndex queue, std::string_view caller);

  // --- Facts about stations. ---
  void station_call(StationIndex station, const StationCall& call); // new, or its phase changed
  void station_service(StationIndex station, bool in_service);

  // --- Answers of the switch. ---
  void offer_answer(std::uint32_t call_id, std::uint32_t request, Answer answer);
  void recall_answer(std::uint32_t call_id, std::uint32_t request, Answer answer);
  void overflow_answer(std::uint32_t call_id, std::uint32_t request, Answer answer);

  // --- Agents' wishes. ---
  // The agent takes this station: logged in to all its groups, not ready.
  Wish log_in(StationIndex station, std::string_view agent_id, std::string_view pin);
  // Exactly these groups, for who is logged in or else the station's default agent; none: log out.
  Wish set_groups(StationIndex station, const std::vector<GroupIndex>& groups);
  Wish log_out(StationIndex station);
  // ready, not_ready, after_call, logged_off; during a call it takes effect after it.
  Wish set_state(StationIndex station, AgentState state);
  Wish set_activity(StationIndex station, std::uint32_t activity);

  // --- The same with agent objects and sessions (TAPI 2.2). ---
  // The object of this agent, made by a program that watches the station; `trusted`: the system's login says
  // who it is, and no PIN is asked. An agent has one object, whoever makes it.
  Wish create_agent(StationIndex at, std::string_view id, std::string_view pin, bool trusted,
                    std::uint32_t& handle);
  // The agent's session for the group at the station, which is not ready when it is new. Without a PIN the
  // agent must be known by an earlier one.
  Wish create_session(AgentIndex agent, GroupIndex group, StationIndex station,
                      std::optional<std::string_view> pin, std::uint32_t& handle);
  // As set_state(), for all sessions; logged_off ends them and then the object.
  Wish set_agent_state(AgentIndex agent, AgentState state);
  // ready, not_ready, wrapup (of a call), ended; during a call it takes effect after it.
  Wish set_session_state(std::uint32_t session, SessionState state);

  // --- What is. ---
  bool full(QueueIndex queue) const;
  const Config& config() const { return config_; }
  const std::vector<Queue>& queues() const { return queues_; }
  const std::vector<Group>& groups() const { return groups_; }
  const std::deque<Agent>& agents() const { return agents_; }
  const std::vector<Station>& stations() const { return stations_; }
  StationIndex station(std::string_view number) const; // or nobody
  AgentState state_of(AgentIndex agent) const;
  AgentState next_state_of(AgentIndex agent) const;  // after the current call
  AgentIndex agent_of(std::uint32_t handle) const;   // of an object, or nobody
  const Member* session(std::uint32_t handle) const; // one that has not ended, or null
  SessionState state_of(const Member& session) const;
  SessionState next_state_of(const Member& session) const;
  std::size_t calls() const { return calls_.size(); }
  const QueuedCall* call(std::uint32_t call_id) const;
  Time oldest_wait(QueueIndex queue) const; // joining time of who waits longest; Time::max(): nobody
  std::uint64_t events() const { return next_event_ - config_.first_event; }
  // Aborts unless everything that must hold at rest holds (tests).
  void check() const;

private:
  // core_load.cpp
  Result<void> load_groups();
  Result<void> load_queues();
  Result<void> load_agents();
  Result<void> join(AgentIndex agent, const std::string& group);

  // core_calls.cpp
  void enter(QueuedCall& call, QueueIndex queue, EventCause cause, Time since);
  void wait(QueuedCall& call, bool again);
  void start_overflow_timer(QueuedCall& call);
  void unlist(QueuedCall& call);
  void overflow(QueuedCall& call, bool full);
  void call_timer(QueuedCall& call);
  void leave_queue(QueuedCall& call, EventType type, EventCause cause);
  void remember_flow(const QueuedCall& call);
  bool flows_in(std::uint32_t call_id, QueueIndex queue);
  void erase(QueuedCall& call);

  // core_offers.cpp
  void offer(QueuedCall& call, Agent& agent);
  void offer_event(Agent& agent, OfferEvent event, EventCause cause = EventCause::none);
  void settle(Agent& agent, OfferState before, const OfferStep& step);
  void end_offer(Agent& agent, OfferState before, Outcome outcome);
  void end_talk(Agent& agent, QueuedCall& call);
  void penalize(Agent& agent, const Queue& queue, EventCause cause);
  void start_offer_timer(Agent& agent, OfferTimer timer);
  OfferFacts facts(const Agent& agent) const;

  // core_agents.cpp
  void refresh(Agent& agent, EventCause cause, bool keep_place = false);
  void list_agent(Agent& agent, bool keep_place);
  void unlist_agent(Agent& agent);
  void pause(Agent& agent, Agent::Pause kind, Duration span);
  void pause_over(Agent& agent);
  void start_wrapup_if_free(Agent& agent);
  void leave(Agent& agent);
  void log_off(Agent& agent);
  Wish set_state(Agent& agent, AgentState state);
  void set_ready(Agent& agent, bool ready);
  bool note(Station& station, const StationCall& news);
  void count_own_call(const Agent& agent, const StationCall& call);
  std::uint32_t session_at_work(const Agent& agent, AgentState state) const;
  Wish take_station(Agent& agent, StationIndex station);
  Station* station_of(const Agent& agent);
  const Station* station_of(const Agent& agent) const;

  // core_sessions.cpp
  std::uint32_t new_handle();
  void make_object(Agent& agent);
  void release(Agent& agent);
  void begin(Member& member, bool ready);
  void end(Member& member);
  void finish(Member& member);
  void finish_sessions(Agent& agent);
  void set_session_ready(Member& member, bool ready);
  void work_for(Agent& agent, const std::function<bool(const Member&)>& wanted);

  // core_match.cpp
  void dirty(Group& group);
  void match();
  bool match_one(Group& group);

  void emit(Event event, const QueuedCall* call, const Agent* agent);

  Loop& loop_;
  Config config_;
  Commands& commands_;
  std::vector<EventSink*> sinks_;
  std::uint64_t next_event_;
  std::uint64_t order_ = 0;
  std::uint32_t request_ = 0;

  std::vector<Queue> queues_;
  std::vector<Group> groups_;
  std::deque<Agent> agents_;
  std::vector<Station> stations_;
  std::unordered_map<std::string, GroupIndex> group_by_name_;
  std::unordered_map<std::string, AgentIndex> agent_by_id_;
  std::unordered_map<std::string, StationIndex> station_by_number_;
  std::unordered_map<std::uint32_t, QueuedCall> calls_;
  // Who left which queue, but not to an agent, until they come into another: they flow in there.
  std::unordered_map<std::uint32_t, QueueIndex> flowing_;
  std::deque<std::uint32_t> flowing_order_; // call ids, the oldest first
  std::unordered_map<std::uint32_t, AgentIndex> agent_by_handle_;
  std::unordered_map<std::uint32_t, Member*> member_by_session_;
  std::uint32_t last_handle_; // of agents and sessions: no session's is an agent's too

  List<Group, &Group::dirty> dirty_;
  Timer match_timer_; // fires in the present moment, after the facts of this turn
};

} // namespace tl::acd
