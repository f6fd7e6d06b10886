// SPDX-License-Identifier: Apache-2.0
// What the site says about queues, groups and agents: plain values, filled by whoever loads the site.
// Acd::start() checks what refers to what and names the first thing that is wrong.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tl::acd {

// How the agent of a waiting call is chosen.
enum class Strategy { longest_idle };

// What becomes of an agent who lets an offered call ring (RNA: ring no answer).
enum class NoAnswerPolicy {
  not_ready, // taken out until the agent says ready
  ready      // stays, behind everybody else who is idle, and rests for agent_rest_ms
};

struct QueueConfig {
  std::string name;   // unique in the tenant
  std::string number; // of the queue device
  std::vector<std::string> route_points;
  std::string group; // name of the group that serves it; may be left to GroupConfig::queues
  Strategy strategy = Strategy::longest_idle;
  std::uint32_t ring_timeout_s = 20;  // an offered agent rings this long
  std::uint32_t wrapup_s = 0;         // after-call work
  std::uint32_t overflow_after_s = 0; // waiting this long sends the caller to overflow_to; 0: never
  std::string overflow_to;            // a number of the switch
  std::uint32_t treatment = 0;        // LINECALLTREATMENT_ or the switch's own; 0: the queue device's default
  std::uint32_t service_level_s = 20; // answered within this counts as in time
  std::uint32_t length_max = 10'000;  // calls waiting; a further caller overflows, or hears busy
  NoAnswerPolicy rna = NoAnswerPolicy::not_ready;
};

struct GroupConfig {
  std::string name;
  std::string id;                  // GUID text; empty: derived from tenant and name, the same at every start
  std::vector<std::string> queues; // names
  std::vector<std::string> agents; // agents' ids
};

struct AgentConfig {
  std::string id; // what the agent logs in with
  std::string name;
  std::string pin;                 // empty: none asked
  std::vector<std::string> groups; // names; joined with GroupConfig::agents
  std::string station;             // number of the station whose default agent this is; may be empty
};

struct Config {
  std::uint32_t tenant = 1;
  std::vector<QueueConfig> queues;
  std::vector<GroupConfig> groups;
  std::vector<AgentConfig> agents;
  std::uint64_t first_event = 1;          // number of the next event (one past the last one stored)
  std::uint32_t agents_max = 100'000;     // more in the configuration is an error
  std::uint32_t calls_max = 50'000;       // calls in the ACD's care; one more is overflowed or refused
  std::uint32_t reserve_lease_ms = 5'000; // the switch must have answered an offer by then
  std::uint32_t return_lease_ms = 5'000;  // a call that left the agent must be back by then
  std::uint32_t agent_rest_ms = 2'000;    // no further offer to an agent whose phone failed or refused
  std::uint32_t call_rest_ms = 1'000;     // no further offer of a call that the switch would not move
  std::uint32_t recall_retry_ms = 2'000;  // after a failed recall
  std::uint32_t offers_per_turn_max = 64; // then other work of the loop comes first
  std::uint32_t offers_per_group_max = 8; // then the next group's turn
};

} // namespace tl::acd
