// SPDX-License-Identifier: Apache-2.0
#include "tapi32/msp_instances.hpp"

#include <utility>

#include "tapi32/session.hpp"

namespace tl::tapi32 {

MspInstances::~MspInstances() {
  stop();
}

void MspInstances::stop() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  changed_.notify_all();
  if (!thread_.joinable()) return;
  if (thread_.get_id() == std::this_thread::get_id())
    thread_.detach();
  else
    thread_.join();
}

void MspInstances::begin_create() {
  const std::lock_guard lock{mutex_};
  ++creating_;
}

void MspInstances::end_create(HMSPLINE handle, TRUNKLINE_MSPCALLBACK callback, void* context) {
  {
    const std::lock_guard lock{mutex_};
    --creating_;
    if (handle != 0) instances_[handle] = {callback, context};
  }
  changed_.notify_all();
}

bool MspInstances::remove(HMSPLINE handle) {
  std::unique_lock lock{mutex_};
  const bool known = instances_.erase(handle) != 0;
  if (running_ == handle && runner_ != std::this_thread::get_id())
    changed_.wait(lock, [&] { return running_ != handle; });
  return known;
}

bool MspInstances::event(const wire::Event& event) {
  Delivery delivery{event.device, static_cast<HCALL>(event.param1), std::nullopt};
  if (event.param2 == 0) delivery.block.emplace(event.extra.begin(), event.extra.end());
  {
    std::unique_lock lock{mutex_};
    const auto known = [&] { return instances_.contains(event.device) || creating_ == 0; };
    if (threads_) changed_.wait_for(lock, reply_timeout, known);
    if (!instances_.contains(event.device)) return true; // just closed
  }
  return push(std::move(delivery));
}

void MspInstances::end_all() {
  std::vector<HMSPLINE> all;
  {
    const std::lock_guard lock{mutex_};
    for (const auto& [handle, instance] : instances_) all.push_back(handle);
  }
  for (const HMSPLINE handle : all) push({handle, 0, std::nullopt});
}

bool MspInstances::push(Delivery delivery) {
  std::unique_lock lock{mutex_};
  if (!threads_) {
    deliver(lock, delivery);
    return true;
  }
  const std::size_t size = delivery.block ? delivery.block->size() : 0;
  if (delivery.block && (waiting_.size() >= msp_blocks_max || waiting_bytes_ + size > msp_blocks_bytes_max))
    return false;
  waiting_.push_back(std::move(delivery));
  waiting_bytes_ += size;
  if (!thread_.joinable() && !stopping_) thread_ = std::thread{[self = shared_from_this()] { self->run(); }};
  lock.unlock();
  changed_.notify_all();
  return true;
}

void MspInstances::run() {
  std::unique_lock lock{mutex_};
  for (;;) {
    changed_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
    if (stopping_) return;
    const Delivery next = std::move(waiting_.front());
    waiting_.pop_front();
    if (next.block) waiting_bytes_ -= next.block->size();
    deliver(lock, next);
  }
}

// An instance's last callback finds it gone already.
void MspInstances::deliver(std::unique_lock<std::mutex>& lock, const Delivery& delivery) {
  const auto at = instances_.find(delivery.handle);
  if (at == instances_.end()) return;
  const Instance instance = at->second;
  if (!delivery.block) instances_.erase(at);
  running_ = delivery.handle;
  runner_ = std::this_thread::get_id();
  lock.unlock();
  static constexpr std::byte nothing{}; // an empty block is not the end
  const void* const data = !delivery.block           ? nullptr
                           : delivery.block->empty() ? &nothing
                                                     : delivery.block->data();
  instance.callback(delivery.handle, delivery.call, data,
                    delivery.block ? static_cast<DWORD>(delivery.block->size()) : 0, instance.context);
  lock.lock();
  running_ = 0;
  changed_.notify_all();
}

} // namespace tl::tapi32
