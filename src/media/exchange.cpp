// SPDX-License-Identifier: Apache-2.0
#include "media/exchange.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include "base/check.hpp"
#include "media/leg.hpp"

namespace tl::media {

Exchange::Exchange(Loop& control, EventTarget& target)
    : control_(control), target_(&target), wake_fd_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}

Exchange::~Exchange() {
  if (wake_fd_ >= 0) ::close(wake_fd_);
}

void Exchange::stop() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake();
}

void Exchange::wake() {
  if (wake_fd_ < 0) return; // the engine did not start
  const std::uint64_t one = 1;
  const auto written = ::write(wake_fd_, &one, sizeof one);
  TL_CHECK(written == sizeof one); // a counter this small never blocks
}

bool Exchange::take_orders(bool woken, std::vector<Leg*>& legs, std::vector<Orders>& orders) {
  std::uint64_t count = 0;
  if (woken && ::read(wake_fd_, &count, sizeof count) < 0) woken = false; // empty is no fault
  legs.clear();
  orders.clear();
  const std::lock_guard lock(mutex_);
  legs.swap(dirty_);
  if (woken) woken_ = false;
  for (Leg* leg : legs) {
    orders.push_back(std::move(leg->orders));
    leg->orders = Orders{};
  }
  return !stop_;
}

bool Exchange::set_polling(bool on) {
  const std::lock_guard lock(mutex_);
  polling_ = on || !dirty_.empty();
  return polling_;
}

void Exchange::post(std::vector<Event>& events) {
  if (events.empty()) return;
  bool must_post = false;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& event : events) {
      if (events_.size() < events_max)
        events_.push_back(event);
      else
        Tally::add(tally.events_lost);
    }
    must_post = !std::exchange(posted_, true);
  }
  events.clear();
  if (must_post) control_.post([self = shared_from_this()] { self->deliver(); });
}

void Exchange::deliver() {
  std::vector<Event> events;
  {
    const std::lock_guard lock(mutex_);
    events.swap(events_);
    posted_ = false;
  }
  for (const auto& event : events)
    if (target_) target_->deliver(event);
}

Slot* Exchange::take_idle() {
  const std::lock_guard lock(mutex_);
  if (idle_.empty()) return nullptr;
  Slot* slot = idle_.front();
  idle_.pop_front();
  return slot;
}

Slot* Exchange::take_closed() {
  const std::lock_guard lock(mutex_);
  if (closed_.empty()) return nullptr;
  Slot* slot = closed_.front();
  closed_.pop_front();
  return slot;
}

void Exchange::give_closed(Slot& slot) {
  const std::lock_guard lock(mutex_);
  closed_.push_back(&slot);
}

bool Exchange::give_idle(Slot& slot, std::size_t idle_max) {
  const std::lock_guard lock(mutex_);
  if (idle_.size() >= idle_max) return false;
  idle_.push_back(&slot);
  return true;
}

} // namespace tl::media
