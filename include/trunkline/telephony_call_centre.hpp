// SPDX-License-Identifier: Apache-2.0
//
// The call-centre objects of TAPI 3 (tapi3cc.h) without COM: agent handlers, agents, their sessions, ACD
// groups and queues, over the functions of TAPI 2.2 (docs/tapi3-call-centre.md has the table of methods).
// Part of trunkline/telephony.hpp: include that one.
//
// Results, threads and completions are as told there. A handler's requests travel on its lines: on one that
// is open, else on the first that opens without any privilege. Events about an agent come on the line of the
// station where the agent works, events about a queue's figures on the queue's own: open what you want to
// hear of.
//
// Lifetime: objects are shared. Those that have gone (released, ended, removed, or after
// Telephony::shutdown()) stay valid, and their operations answer LINEERR_OPERATIONUNAVAIL or what the handler
// says.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <tapi.h>

#include "trunkline/telephony_agent.hpp"

namespace tl::telephony {

class Address;
class Agent;
class AgentHandler;
class AgentSession;
class AcdGroup;
class CallCentre;
class Queue;
class Telephony;

// AGENT_STATE, with the values of LINEAGENTSTATEEX_.
enum class AgentState : DWORD {
  not_ready = LINEAGENTSTATEEX_NOTREADY,
  ready = LINEAGENTSTATEEX_READY,
  busy_acd = LINEAGENTSTATEEX_BUSYACD,
  busy_incoming = LINEAGENTSTATEEX_BUSYINCOMING,
  busy_outgoing = LINEAGENTSTATEEX_BUSYOUTGOING,
  unknown = LINEAGENTSTATEEX_UNKNOWN,
  released = LINEAGENTSTATEEX_RELEASED, // logged off: the agent is no more
};
// AGENT_SESSION_STATE, with the values of LINEAGENTSESSIONSTATE_.
enum class SessionState : DWORD {
  not_ready = LINEAGENTSESSIONSTATE_NOTREADY,
  ready = LINEAGENTSESSIONSTATE_READY,
  busy_on_call = LINEAGENTSESSIONSTATE_BUSYONCALL,
  busy_wrapup = LINEAGENTSESSIONSTATE_BUSYWRAPUP,
  ended = LINEAGENTSESSIONSTATE_ENDED,
  released = LINEAGENTSESSIONSTATE_RELEASED,
};
const char* to_string(AgentState state); // "READY"
const char* to_string(SessionState state);

using Done = std::function<void(LONG result)>;
using AgentMade = std::function<void(LONG result, std::shared_ptr<Agent>)>;
using SessionMade = std::function<void(LONG result, std::shared_ptr<AgentSession>)>;
template <class T> using Found = std::function<void(LONG result, const std::vector<std::shared_ptr<T>>&)>;

// A place where calls wait (ITQueue).
class Queue {
public:
  DWORD id() const { return id_; }
  const std::string& name() const { return name_; } // empty for a new one until its group was asked

  LONG set_measurement_period(DWORD seconds, Done done);
  LONG info(std::function<void(LONG, const QueueInfo&)> done); // every figure and the period

private:
  friend class AcdGroup;
  friend class AgentHandler;
  std::weak_ptr<AgentHandler> handler_;
  DWORD id_ = 0;
  std::string name_;
};

// A class of calls that are handled alike (ITACDGroup).
class AcdGroup {
public:
  const GroupId& id() const { return id_; }
  const std::string& name() const { return name_; }

  LONG queues(Found<Queue> done);

private:
  friend class AgentHandler;
  std::weak_ptr<AgentHandler> handler_;
  GroupId id_{};
  std::string name_;
};

// An agent at work for a group at an address (ITAgentSession).
class AgentSession {
public:
  DWORD handle() const { return handle_; }                   // HAGENTSESSION
  std::shared_ptr<Agent> agent() const { return agent_; }    // null: not known, another program made it
  std::shared_ptr<AcdGroup> group() const { return group_; } // null: not known
  Address* address() const;                                  // the line of the working address; null: gone
  SessionState state() const { return state_; }              // as it was told last

  LONG set_state(SessionState state, Done done); // during a call it is taken afterwards
  LONG info(std::function<void(LONG, const AgentSessionInfo&)> done);

private:
  friend class Agent;
  friend class AgentHandler;
  std::weak_ptr<AgentHandler> handler_;
  DWORD handle_ = 0;
  DWORD device_ = 0;
  std::shared_ptr<Agent> agent_;
  std::shared_ptr<AcdGroup> group_;
  SessionState state_ = SessionState::not_ready;
  bool told_ = false; // session_created() was called
};

// Somebody who takes calls (ITAgent).
class Agent : public std::enable_shared_from_this<Agent> {
public:
  std::shared_ptr<AgentHandler> handler() const { return handler_.lock(); }
  DWORD handle() const { return handle_; }          // HAGENT
  const std::string& id() const { return id_; }     // as create_agent() was given it; empty: not known here
  const std::string& user() const { return user_; } // the system's login, for an agent made without an id
  AgentState state() const { return state_; }       // as it was told last

  LONG set_state(AgentState state, Done done); // ready, not_ready; released logs off
  LONG set_measurement_period(DWORD seconds, Done done);
  LONG info(std::function<void(LONG, const AgentInfo&)> done); // every figure, the state and the period
  LONG sessions(Found<AgentSession> done);
  // Works for the group at the address, whose line must be one of the handler's usable ones. Not ready at
  // first.
  LONG create_session(AcdGroup& group, Address& address, SessionMade done);
  LONG create_session(AcdGroup& group, Address& address, std::string_view pin, SessionMade done);

private:
  friend class AgentHandler;
  LONG create(AcdGroup& group, Address& address, const std::u16string* pin, SessionMade done);

  std::weak_ptr<AgentHandler> handler_;
  DWORD handle_ = 0;
  DWORD device_ = 0; // of the line that spoke of the agent last
  std::string id_, user_;
  AgentState state_ = AgentState::unknown;
};

// The ACD behind some lines (ITAgentHandler): those whose LINEAGENTCAPS have the same ProxyGUID.
class AgentHandler : public std::enable_shared_from_this<AgentHandler> {
public:
  const std::string& name() const { return name_; }
  const GroupId& id() const { return id_; }       // ProxyGUID
  std::vector<Address*> usable_addresses() const; // whose calls it can give to agents

  // For the login of this program's user; or for an id and a PIN. `at`: the line on which the agent is first
  // spoken of.
  LONG create_agent(AgentMade done, Address* at = nullptr);
  LONG create_agent(std::string_view id, std::string_view pin, AgentMade done, Address* at = nullptr);
  LONG groups(Found<AcdGroup> done);
  // Agents that were made, or spoken of, while this program listened.
  std::vector<std::shared_ptr<Agent>> agents() const;
  // The agent of a handle that was learned in another way, at work on this line.
  std::shared_ptr<Agent> agent_at(DWORD handle, Address& at);

private:
  friend class AcdGroup;
  friend class Agent;
  friend class AgentSession;
  friend class CallCentre;
  friend class Queue;

  Address* line(DWORD preferred = 0xFFFF'FFFF); // open; null: there is none
  LONG create(const std::u16string* id, const std::u16string* pin, std::string known_id, AgentMade done,
              Address* at);
  std::shared_ptr<Agent> agent(DWORD handle, DWORD device);
  std::shared_ptr<AgentSession> session(DWORD handle, DWORD device);
  std::shared_ptr<AcdGroup> group(const AgentGroup& group);
  std::shared_ptr<AcdGroup> group(const GroupId& id) const;
  std::shared_ptr<Queue> queue(DWORD id);
  void tell_created(AgentSession& session);
  void agent_message(DWORD device, DWORD handle, DWORD items, DWORD state);
  void session_message(DWORD device, DWORD handle, DWORD items, DWORD state);
  void find_owner(const std::shared_ptr<AgentSession>& session);
  void queue_message(DWORD id, DWORD items);
  void group_message();

  CallCentre* centre_ = nullptr; // null: gone
  std::string name_;
  GroupId id_{};
  std::set<DWORD> usable_, others_; // devices
  std::map<DWORD, std::shared_ptr<Agent>> agents_;
  std::map<DWORD, std::shared_ptr<AgentSession>> sessions_;
  std::map<GroupId, std::shared_ptr<AcdGroup>> groups_;
  std::map<DWORD, std::shared_ptr<Queue>> queues_;
};

// What the application hears (the five event interfaces). Any of these may call any operation.
class CallCentreEvents {
public:
  virtual ~CallCentreEvents() = default;
  virtual void handler_found(AgentHandler&) {}
  virtual void handler_lost(AgentHandler&) {}
  virtual void agent_created(Agent&) {} // by any program
  virtual void agent_state(Agent&) {}   // agent.state() is the new one
  virtual void agent_updated(Agent&) {} // its figures have changed
  virtual void session_created(AgentSession&) {}
  virtual void session_state(AgentSession&) {}
  virtual void session_updated(AgentSession&) {}
  virtual void group_created(AcdGroup&) {}
  virtual void group_removed(AcdGroup&) {}
  virtual void queue_created(Queue&) {}
  virtual void queue_removed(Queue&) {}
  virtual void queue_updated(Queue&) {}
};

// One program's view of the call centre (ITTAPICallCenter). One at a time for a Telephony, made after its
// initialize(); it may end before or after shutdown().
class CallCentre {
public:
  CallCentre(Telephony& telephony, CallCentreEvents& events);
  ~CallCentre();
  CallCentre(const CallCentre&) = delete;
  CallCentre& operator=(const CallCentre&) = delete;

  // Asks every line that has a handler of agent requests; handler_found() for each that is new, then `done`
  // with all. The number of lines asked; 0: none has a handler, and `done` is not called.
  LONG find_handlers(Found<AgentHandler> done);
  const std::vector<std::shared_ptr<AgentHandler>>& handlers() const { return handlers_; }

private:
  friend class AgentHandler;
  friend class AgentSession;
  friend class Telephony;

  void message(Address& address, const LINEMESSAGE& message);
  void end(); // the Telephony goes
  bool look(Address& address, std::function<void()> done);
  void add(DWORD device, bool usable, const AgentCaps& caps);
  void remove(DWORD device);
  AgentHandler* handler_of(DWORD device) const;

  Telephony* telephony_; // null after its shutdown
  CallCentreEvents& events_;
  std::vector<std::shared_ptr<AgentHandler>> handlers_;
  std::shared_ptr<CallCentre*> alive_; // for completions that come late
};

} // namespace tl::telephony
