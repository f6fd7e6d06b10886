// SPDX-License-Identifier: Apache-2.0
#include "base/timer.hpp"

#include "base/check.hpp"
#include "base/loop.hpp"

namespace tl {
namespace {
constexpr std::size_t arity = 4;
} // namespace

std::optional<Time> TimerQueue::next() const {
  if (heap_.empty()) return std::nullopt;
  return heap_.front()->when_;
}

std::size_t TimerQueue::fire(Time now, std::size_t fire_max) {
  std::size_t fired = 0;
  while (!heap_.empty() && heap_.front()->when_ <= now && fired < fire_max) {
    Timer* timer = heap_.front();
    remove(*timer);
    ++fired;
    // The handler may destroy its own timer, so it runs from a copy.
    const Timer::Handler handler = timer->handler_;
    handler();
  }
  return fired;
}

void TimerQueue::insert(Timer& timer) {
  timer.sequence_ = ++sequence_;
  heap_.push_back(&timer);
  timer.index_ = heap_.size() - 1;
  sift_up(timer.index_);
}

void TimerQueue::remove(Timer& timer) {
  const std::size_t at = timer.index_;
  TL_CHECK(at < heap_.size() && heap_[at] == &timer);
  timer.index_ = Timer::none;
  Timer* last = heap_.back();
  heap_.pop_back();
  if (last == &timer) return;
  place(at, last);
  sift_up(at);
  sift_down(last->index_);
}

void TimerQueue::place(std::size_t at, Timer* timer) {
  heap_[at] = timer;
  timer->index_ = at;
}

static bool before(Time a, std::uint64_t a_sequence, Time b, std::uint64_t b_sequence) {
  return a != b ? a < b : a_sequence < b_sequence;
}

void TimerQueue::sift_up(std::size_t at) {
  Timer* timer = heap_[at];
  while (at > 0) {
    const std::size_t parent = (at - 1) / arity;
    if (!before(timer->when_, timer->sequence_, heap_[parent]->when_, heap_[parent]->sequence_)) break;
    place(at, heap_[parent]);
    at = parent;
  }
  place(at, timer);
}

void TimerQueue::sift_down(std::size_t at) {
  Timer* timer = heap_[at];
  for (;;) {
    const std::size_t first = at * arity + 1;
    if (first >= heap_.size()) break;
    std::size_t least = first;
    for (std::size_t child = first + 1; child < first + arity && child < heap_.size(); ++child)
      if (before(heap_[child]->when_, heap_[child]->sequence_, heap_[least]->when_, heap_[least]->sequence_)) least = child;
    if (!before(heap_[least]->when_, heap_[least]->sequence_, timer->when_, timer->sequence_)) break;
    place(at, heap_[least]);
    at = least;
  }
  place(at, timer);
}

Timer::Timer(Loop& loop, Handler handler) : loop_(loop), handler_(std::move(handler)) {}

void Timer::start(Duration after) { start_at(loop_.now() + after); }

void Timer::start_at(Time when) {
  stop();
  when_ = when;
  loop_.timers().insert(*this);
  loop_.timer_started(when);
}

void Timer::stop() {
  if (running()) loop_.timers().remove(*this);
}

} // namespace tl
