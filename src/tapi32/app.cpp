// SPDX-License-Identifier: Apache-2.0
#include "tapi32/app.hpp"

#include "tapi32/codes.hpp"
#include "wire/frame.hpp"

namespace tl::tapi32 {
namespace {

// Writes the answers that came with a reply; a reply whose answers cannot be written fails.
void complete(Message& message, wire::Family family) {
  if (!message.completion) return;
  const bool gathered = message.shown.dwMessageID == LINE_GATHERDIGITS;
  wire::Reader reader{message.completion->answers};
  if (gathered) {
    write_digits(message.completion->targets.front(), message.completion->answers);
    return;
  }
  LONG result = 0;
  switch (write_answers(message.completion->targets, reader)) {
  case Written::yes: break;
  case Written::too_small: result = codes(family).too_small; break;
  case Written::unusable:
  case Written::malformed: result = codes(family).failed; break;
  }
  message.shown.dwParam2 = static_cast<DWORD>(result);
}

} // namespace

App::App(wire::Family family, Delivery delivery, Callback callback, Announced announced)
    : family_(family), delivery_(delivery), callback_(callback), announced_(std::move(announced)) {
  if (delivery_ == Delivery::event) signal_.open();
}

App::~App() {
  close();
}

void App::start() {
  if (delivery_ != Delivery::callback_thread) return;
  thread_ = std::thread([self = shared_from_this()] { self->run_callbacks(); });
}

bool App::push(Message message) {
  std::unique_lock lock{mutex_};
  if (closed_) return true;
  if (queue_.size() >= messages_max) return false;
  queue_.push_back(std::move(message));
  announce(lock);
  return true;
}

void App::push_last(Message message) {
  std::unique_lock lock{mutex_};
  if (closed_) return;
  const bool waited = !queue_.empty();
  queue_.clear();
  queue_.push_back(std::move(message));
  if (!waited) announce(lock);
}

// Called with the lock; gives it up before it calls anyone.
void App::announce(std::unique_lock<std::mutex>& lock) {
  const bool first = queue_.size() == 1;
  switch (delivery_) {
  case Delivery::callback_thread:
    lock.unlock();
    arrived_.notify_one();
    return;
  case Delivery::event:
    if (first && !notify_) signal_.set();
    lock.unlock();
    arrived_.notify_one();
    if (first) call_hook();
    return;
  case Delivery::port:
    if (marks_ >= queue_.size()) return; // one is left of a message that was taken back
    ++marks_;
    lock.unlock();
    announced_.port->mark(shared_from_this(), announced_.key);
    return;
  case Delivery::callback_direct:
    if (delivering_) return;
    delivering_ = true;
    // The callback may shut this app down: it must outlive the loop.
    const auto self = shared_from_this();
    while (auto message = pop_locked()) {
      lock.unlock();
      complete(*message, family_);
      call_back(message->shown);
      lock.lock();
    }
    delivering_ = false;
    lock.unlock();
    return;
  }
}

// The hook as it is now: it may have been replaced since the message came.
void App::call_hook() {
  const std::lock_guard calling{notify_mutex_};
  std::unique_lock lock{mutex_};
  const Notify notify = notify_;
  void* const context = notify_context_;
  lock.unlock();
  if (notify) notify(context);
}

std::optional<Message> App::pop_locked() {
  if (closed_ || queue_.empty()) return std::nullopt;
  Message message = std::move(queue_.front());
  queue_.pop_front();
  if (queue_.empty() && delivery_ == Delivery::event && !notify_) signal_.reset();
  return message;
}

std::optional<LINEMESSAGE> App::take(std::optional<std::chrono::milliseconds> timeout) {
  std::unique_lock lock{mutex_};
  const auto ready = [this] { return closed_ || !queue_.empty(); };
  if (!timeout)
    arrived_.wait(lock, ready);
  else if (timeout->count() > 0)
    arrived_.wait_for(lock, *timeout, ready);
  auto message = pop_locked();
  lock.unlock();
  if (!message) return std::nullopt;
  complete(*message, family_);
  return message->shown;
}

std::optional<LINEMESSAGE> App::take_marked() {
  std::unique_lock lock{mutex_};
  --marks_;
  auto message = pop_locked();
  lock.unlock();
  if (!message) return std::nullopt;
  complete(*message, family_);
  return message->shown;
}

bool App::closed() const {
  const std::lock_guard lock{mutex_};
  return closed_;
}

void App::set_notify(Notify notify, void* context) {
  const std::lock_guard calling{notify_mutex_};
  std::unique_lock lock{mutex_};
  notify_ = notify;
  notify_context_ = context;
  const bool waiting = !queue_.empty();
  if (!notify && waiting) signal_.set();
  lock.unlock();
  if (notify && waiting) notify(context);
}

void App::purge(const Owner& owner) {
  const std::lock_guard lock{mutex_};
  std::erase_if(queue_, [&](const Message& message) { return message.owner == owner; });
  if (queue_.empty() && delivery_ == Delivery::event && !notify_) signal_.reset();
}

void App::close() {
  {
    const std::lock_guard calling{notify_mutex_};
    const std::lock_guard lock{mutex_};
    closed_ = true;
    notify_ = nullptr;
    queue_.clear();
  }
  arrived_.notify_all();
  if (!thread_.joinable()) return;
  if (thread_.get_id() == std::this_thread::get_id())
    thread_.detach();
  else
    thread_.join();
}

void App::run_callbacks() {
  while (const auto message = take(std::nullopt)) call_back(*message);
}

void App::call_back(const LINEMESSAGE& m) const {
  callback_(m.hDevice, m.dwMessageID, m.dwCallbackInstance, m.dwParam1, m.dwParam2, m.dwParam3);
}

} // namespace tl::tapi32
