// SPDX-License-Identifier: Apache-2.0
#include "store/event_queue.hpp"

namespace tl::store {

Row::Row(const Event& event)
    : number(event.number), at_us(event.at.time_since_epoch().count()), waited_us(event.waited.count()),
      talked_us(event.talked.count()), call_id(event.call_id), agent_state(event.agent_state),
      type(event.type), cause(event.cause), queue(event.queue), agent(event.agent), station(event.station),
      caller(event.caller) {}

bool EventQueue::push(const Event& event) {
  std::lock_guard lock(mutex_);
  std::size_t places = gap_count_ > 0 ? 2 : 1;
  if (closed_ || held_ + places > rows_max_) {
    if (gap_count_++ == 0) gap_first_ = event.number;
    ++lost_;
    return false;
  }
  bool was_empty = rows_.empty();
  if (gap_count_ > 0) {
    Event gap{.number = gap_first_, .at = event.at, .type = "gap"};
    rows_.emplace_back(gap).lost = gap_count_;
    gap_count_ = 0;
    ++held_;
  }
  rows_.emplace_back(event);
  ++held_;
  if (was_empty) changed_.notify_one();
  return true;
}

bool EventQueue::take(std::vector<Row>& rows, std::uint32_t wait_ms) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, std::chrono::milliseconds(wait_ms), [this] { return closed_ || !rows_.empty(); });
  if (rows.empty()) {
    rows.swap(rows_);
  } else {
    std::move(rows_.begin(), rows_.end(), std::back_inserter(rows));
    rows_.clear();
  }
  return !(closed_ && rows.empty());
}

void EventQueue::release(std::size_t count) {
  std::lock_guard lock(mutex_);
  held_ -= count;
}

bool EventQueue::sleep(std::uint32_t wait_ms) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, std::chrono::milliseconds(wait_ms), [this] { return closed_; });
}

void EventQueue::close() {
  std::lock_guard lock(mutex_);
  closed_ = true;
  changed_.notify_all();
}

std::size_t EventQueue::held() const {
  std::lock_guard lock(mutex_);
  return held_;
}

std::uint64_t EventQueue::lost() const {
  std::lock_guard lock(mutex_);
  return lost_;
}

} // namespace tl::store
