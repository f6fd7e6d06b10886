// SPDX-License-Identifier: Apache-2.0
// Statistics, computed from events and nothing else; so offered = answered + abandoned + overflowed +
// waiting, and an agent's figures are the sum of the agent's sessions'. What TAPI's LINEQUEUEINFO and
// LINEAGENTINFO count over a measurement period is kept in windows.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <unordered_map>
#include <vector>

#include "acd/config.hpp"
#include "acd/event.hpp"
#include "acd/window.hpp"

namespace tl::acd {

struct QueueTotals {
  std::uint64_t offered = 0;
  std::uint64_t answered = 0;
  std::uint64_t answered_in_time = 0; // within service_level_s
  std::uint64_t abandoned = 0;
  std::uint64_t overflowed = 0;
  std::uint64_t returned = 0; // offers that failed
  Duration waited{};          // of answered calls
  Duration longest{};         // wait of any call
  std::uint64_t waiting() const { return offered - answered - abandoned - overflowed; }
};

struct AgentTotals {
  std::uint64_t offers = 0;
  std::uint64_t answered = 0;
  std::uint64_t not_answered = 0;
  Duration talked{};
  std::uint32_t state = 1;         // LINEAGENTSTATE_
  std::uint32_t session = 0;       // whose time the state is
  Time since{};                    // of the state
  std::array<Duration, 8> spent{}; // by bit number of the state, up to `since`
};

// One measurement period of one queue. queued = answered + abandoned + flowed_out + at_end + those who wait,
// over all time.
struct QueueWindow {
  std::uint64_t queued = 0, abandoned = 0;
  std::uint64_t flowed_in = 0;  // from another queue
  std::uint64_t flowed_out = 0; // to another queue, or taken elsewhere by somebody
  std::uint64_t at_end = 0;     // the queue had nothing more for them: sent to its last resort, or refused
  std::uint64_t ended = 0;
  Duration waited{}; // of those ended
  Duration longest{};
  QueueWindow& operator+=(const QueueWindow& part);
};

// One measurement period of one agent.
struct AgentWindow {
  std::uint64_t acd_calls = 0, incoming = 0, outgoing = 0;
  Duration talked{}, wrapped_up{}; // of calls from queues
  Duration worked{};               // in a session at least
  AgentWindow& operator+=(const AgentWindow& part);
};

// A session from its creation on. What still goes on is counted up to the moment asked for.
struct SessionTotals {
  std::uint32_t agent_index = 0; // as in events
  Time begun{};
  Time ended{}; // Time{}: goes on
  std::uint64_t calls = 0;
  Duration talked{}, wrapped_up{};
  Duration waited{}; // the callers, until they were answered
  Duration longest_wait{};
  bool live() const { return ended == Time{}; }
};

class Statistics final : public EventSink {
public:
  // Ended sessions of an agent that can still be asked about; the oldest one is forgotten.
  static constexpr std::size_t ended_sessions_max = 8;

  explicit Statistics(const Config& config);

  void event(const Event& event) override;

  // By position in the configuration.
  const QueueTotals& queue(std::size_t index) const { return queues_.at(index).totals; }
  const AgentTotals& agent(std::size_t index) const { return agents_.at(index).totals; }
  QueueWindow window(std::size_t queue, Time now) const { return queues_.at(queue).window.sum(now); }
  std::uint32_t period_s(std::size_t queue) const { return queues_.at(queue).window.period_s(); }
  void set_period_s(std::size_t queue, std::uint32_t seconds); // begins to count anew

  AgentWindow agent_window(std::size_t agent, Time now) const;
  std::uint32_t agent_period_s(std::size_t agent) const;
  void set_agent_period_s(std::size_t agent, std::uint32_t seconds); // begins to count anew

  bool has_session(std::uint32_t session) const { return sessions_.contains(session); }
  SessionTotals session(std::uint32_t session, Time now) const; // of one it has
  void forget_session(std::uint32_t session);                   // an ended one

private:
  struct PerQueue {
    QueueTotals totals;
    Duration service_level{};
    bool overflows_to_queue = false;
    Window<QueueWindow> window;
  };
  struct PerAgent {
    AgentTotals totals;
    std::unique_ptr<Window<AgentWindow>>
        window;                               // from the first login on: most agents of a big site are away
    std::deque<std::uint32_t> ended_sessions; // the oldest first
    Window<AgentWindow>& counts();
  };

  void of_queue(PerQueue& queue, const Event& event);
  void of_agent(PerAgent& agent, const Event& event);
  void of_session(const Event& event);
  void count_time(PerAgent& agent, Time now);

  std::vector<PerQueue> queues_;
  std::vector<PerAgent> agents_;
  std::unordered_map<std::uint32_t, SessionTotals> sessions_;
};

} // namespace tl::acd
