// SPDX-License-Identifier: Apache-2.0
// Agents and the stations they work at. An agent's state is never stored: it is derived from the login, the
// agent's own wish, the timers and the calls that the station shows (agent_state()).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "acd/config.hpp"
#include "acd/list.hpp"
#include "acd/offer.hpp"
#include "base/timer.hpp"

namespace tl::acd {

// Positions in the core's tables; ids of the outside world are one higher, 0 is none.
using AgentIndex = std::uint32_t;
using GroupIndex = std::uint32_t;
using QueueIndex = std::uint32_t;
using StationIndex = std::uint32_t;
inline constexpr std::uint32_t nobody = 0xFFFF'FFFFU;

// LINEAGENTSTATE_, with its values.
enum class AgentState : std::uint32_t {
  logged_off = 0x01,
  not_ready = 0x02,
  ready = 0x04,
  busy_acd = 0x08,
  busy_incoming = 0x10,
  busy_outbound = 0x20,
  busy_other = 0x40,
  after_call = 0x80,
};
const char* to_string(AgentState state);

// LINEAGENTSESSIONSTATE_, with its values.
enum class SessionState : std::uint32_t {
  not_ready = 0x01,
  ready = 0x02,
  on_call = 0x04,
  wrapup = 0x08,
  ended = 0x10,
  released = 0x20,
};

enum class CallKind : std::uint8_t { incoming, outgoing, other };
enum class CallPhase : std::uint8_t {
  ringing, // at this station, unanswered (or being dialled)
  active,  // connected, held
  cleared, // the far end is gone (DISCONNECTED); the handle is still there
  over,    // IDLE
};

// One call that a station shows.
struct StationCall {
  std::uint32_t handle = 0; // whatever the adapter knows it by
  std::uint32_t call_id = 0;
  CallKind kind = CallKind::other;
  CallPhase phase = CallPhase::ringing;
  bool was_active = false; // the core's own: counted as a call of the agent, once
};

struct Station {
  std::string number;
  AgentIndex agent = nobody;         // who is logged in here
  AgentIndex default_agent = nobody; // who logs in here when no other is named
  bool in_service = true;
  std::vector<StationCall> calls; // mostly none or one
};

struct Agent;

// An agent's membership of one group. While logged in to it the agent has a session: agent, group and the
// station as the working address [about-call-center-controls].
struct Member {
  Agent* agent = nullptr;
  GroupIndex group = nobody;
  std::uint32_t session = 0; // its handle; 0: not logged in to the group
  bool wants_ready = false;  // the agent's wish for this session
  bool ending = false;       // the session ends with the call it has
  Hook<Member> ready;        // in the group's list of agents who can take a call

  bool joined() const { return session != 0; }
  bool takes_calls() const { return session != 0 && wants_ready && !ending; }
};

struct QueuedCall;

inline constexpr std::uint32_t wrapup_open = 0xFFFF'FFFFU;

struct Agent {
  Agent(Loop& loop, AgentConfig configuration, Timer::Handler offer_timeout, Timer::Handler pause_over)
      : config(std::move(configuration)), offer_timer(loop, std::move(offer_timeout)),
        pause_timer(loop, std::move(pause_over)) {}

  AgentConfig config;
  AgentIndex index = 0;
  std::vector<Member> members; // every group the agent may join; never resized after the start

  std::uint32_t handle = 0;      // of the agent object (HAGENT); 0: there is none
  bool known = false;            // said who they are: by a PIN, or by the system's login
  StationIndex station = nobody; // logged in there
  StationIndex place = nobody;   // the last station they had to do with: who watches it hears of them
  bool leaving = false;          // logs out when the current call is over
  bool releasing = false;        // and the agent object goes too
  std::uint32_t activity = 0;

  // The call offered to or talking with the agent, and how far that is.
  QueuedCall* call = nullptr;
  OfferState offer = OfferState::ended;
  Timer offer_timer;

  // After-call work, or the rest after a failed offer.
  enum class Pause : std::uint8_t { none, wrapup, rest } pause = Pause::none;
  std::uint32_t wrapup_owed_s = 0;  // begins when the station is free; wrapup_open: until the agent ends it
  GroupIndex wrapup_group = nobody; // whose call it follows; nobody: of no call
  Timer pause_timer;

  bool listed = false; // in the ready lists of the groups joined
  Time idle_since{};   // place in those lists
  std::uint64_t idle_order = 0;

  AgentState announced = AgentState::logged_off; // last told to others; only for telling changes
};

// The state that others see. `station` is the agent's, or null.
AgentState agent_state(const Agent& agent, const Station* station);
// The agent's wish: ready in one session at least.
bool wants_ready(const Agent& agent);
// The session's state, from the same facts.
SessionState session_state(const Member& member, const Station* station);
bool pin_fits(const Agent& agent, std::string_view pin);
// The agent's membership of the group, or null.
const Member* member_of(const Agent& agent, GroupIndex group);
Member* member_of(Agent& agent, GroupIndex group);
// Whether the station has no call that rings or is connected. A cleared one waits only for its handle to go.
bool is_free(const Station& station);
// Whether a call may be offered now.
bool can_take_call(const Agent& agent, const Station* station);

} // namespace tl::acd
