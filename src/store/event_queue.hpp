// SPDX-License-Identifier: Apache-2.0
// The bounded hand-over between the loop, which appends, and the store's thread, which takes everything at
// once.
#pragma once

#include <condition_variable>
#include <mutex>
#include <vector>

#include "store/store.hpp"

namespace tl::store {

// An event that owns its texts.
struct Row {
  explicit Row(const Event& event);

  std::uint64_t number;
  std::int64_t at_us;
  std::int64_t waited_us;
  std::int64_t talked_us;
  std::uint64_t lost = 0; // of a gap: how many events from `number` on are missing
  std::uint32_t call_id;
  std::uint32_t agent_state;
  std::string type, cause, queue, agent, station, caller;
};

class EventQueue {
public:
  explicit EventQueue(std::size_t rows_max) : rows_max_(rows_max) {}

  // False when full: the event is lost, and the next one that fits is preceded by a "gap" row.
  bool push(const Event& event);
  // Appends everything queued to `rows`; waits up to `wait_ms` for something to come. False after close(),
  // when empty.
  bool take(std::vector<Row>& rows, std::uint32_t wait_ms);
  // `count` rows taken earlier are on disk: their places are free.
  void release(std::size_t count);
  // Sleeps up to `wait_ms`, cut short by close(). True when closed.
  bool sleep(std::uint32_t wait_ms);
  void close();

  std::size_t held() const; // queued, or taken and not released
  std::uint64_t lost() const;

private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Row> rows_;
  const std::size_t rows_max_;
  std::size_t held_ = 0;
  std::uint64_t lost_ = 0;
  std::uint64_t gap_first_ = 0;
  std::uint64_t gap_count_ = 0;
  bool closed_ = false;
};

} // namespace tl::store
