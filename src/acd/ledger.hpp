// SPDX-License-Identifier: Apache-2.0
// Proves, event by event, that the history adds up: numbers without a gap, time never backwards, every caller
// queued once and ended once, nobody talking who was not answered, offered = answered + abandoned +
// overflowed + waiting. It aborts on the first event that does not fit. For tests and simulations; cheap
// enough to leave on.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "acd/event.hpp"

namespace tl::acd {

class Ledger final : public EventSink {
public:
  void event(const Event& event) override;

  std::uint64_t waiting(std::uint32_t queue_id) const;
  std::uint64_t offered(std::uint32_t queue_id) const;
  std::uint64_t events() const { return count_; }
  // The same sequence of events gives the same number (FNV-1a over every field).
  std::uint64_t hash() const { return hash_; }

private:
  enum class Stage : std::uint8_t { waiting, offered, talking };
  struct Caller {
    Stage stage;
    std::uint32_t queue_id;
    std::uint32_t agent_index;
  };
  struct Sums {
    std::uint64_t offered = 0, answered = 0, abandoned = 0, overflowed = 0, waiting = 0;
  };

  void end_wait(const Event& event, std::uint64_t Sums::*kind);
  void of_call(const Event& event);
  void mix(const void* data, std::size_t size);

  std::unordered_map<std::uint32_t, Caller> callers_;
  std::unordered_map<std::uint32_t, std::uint32_t> agents_; // index: call it has
  std::vector<Sums> queues_;
  std::uint64_t last_ = 0;
  std::uint64_t count_ = 0;
  Time time_{};
  std::uint64_t hash_ = 0xCBF29CE484222325ULL;
};

} // namespace tl::acd
