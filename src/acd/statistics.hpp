// SPDX-License-Identifier: Apache-2.0
// Statistics, computed from events and nothing else; so offered = answered + abandoned + overflowed +
// waiting. What TAPI's LINEQUEUEINFO counts over a measurement period is kept in `slices` parts of it: the
// window moves by one slice.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "acd/config.hpp"
#include "acd/event.hpp"

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
  Time since{};                    // of the state
  std::array<Duration, 8> spent{}; // by bit number of the state, up to `since`
};

// One measurement period of one queue.
struct QueueWindow {
  std::uint64_t queued = 0, abandoned = 0, flowed_in = 0, flowed_out = 0, ended = 0;
  Duration waited{}; // of those ended
  Duration longest{};
};

class Statistics final : public EventSink {
public:
  static constexpr std::size_t slices = 12;
  static constexpr std::uint32_t period_s_default = 3'600;

  explicit Statistics(const Config& config);

  void event(const Event& event) override;

  // By position in the configuration.
  const QueueTotals& queue(std::size_t index) const { return queues_.at(index).totals; }
  const AgentTotals& agent(std::size_t index) const { return agents_.at(index); }
  QueueWindow window(std::size_t queue, Time now) const;
  std::uint32_t period_s(std::size_t queue) const { return queues_.at(queue).period_s; }
  void set_period_s(std::size_t queue, std::uint32_t seconds); // begins to count anew

private:
  struct Slice {
    std::int64_t number = -1; // time / length
    QueueWindow counts;
  };
  struct PerQueue {
    QueueTotals totals;
    Duration service_level{};
    std::uint32_t period_s = period_s_default;
    std::array<Slice, slices> ring;
  };

  QueueWindow& slice(PerQueue& queue, Time now);
  void of_queue(PerQueue& queue, const Event& event);
  void of_agent(AgentTotals& agent, const Event& event);

  std::vector<PerQueue> queues_;
  std::vector<AgentTotals> agents_;
};

} // namespace tl::acd
