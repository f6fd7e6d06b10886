// SPDX-License-Identifier: Apache-2.0
#include "tsp/host_loop.hpp"

#include <mutex>
#include <string>
#include <vector>

#include "base/check.hpp"

namespace tl::tsp {

// Tasks wait here; the host is asked for one wake-up however many there are.
struct HostLoop::Mailbox {
  std::mutex mutex;
  std::vector<Task> tasks;
  bool woken = false;   // a wake-up is on its way
  bool running = false; // tasks run (loop thread only, like `closed`)
  bool closed = false;
};

HostLoop::HostLoop(const trunkline_host& host) : host_(host), mailbox_(std::make_unique<Mailbox>()) {
  timer_ = host_.timer_create(
      host_.host, [](void* context) { static_cast<HostLoop*>(context)->fire(); }, this);
}

// A host cannot take a wake-up back. A mailbox that still waits for one when its loop ends stays here, empty,
// until it arrives (or the provider is unloaded).
static std::vector<std::unique_ptr<HostLoop::Mailbox>>& abandoned() {
  static std::vector<std::unique_ptr<HostLoop::Mailbox>> list;
  return list;
}

HostLoop::~HostLoop() {
  host_.timer_destroy(host_.host, timer_);
  std::vector<Task> dropped; // destroyed outside the lock: a task may own anything
  bool woken = false;
  {
    const std::lock_guard lock(mailbox_->mutex);
    mailbox_->closed = true;
    woken = mailbox_->woken;
    dropped.swap(mailbox_->tasks);
  }
  if (woken || mailbox_->running) abandoned().push_back(std::move(mailbox_));
}

void HostLoop::post(Task task) {
  {
    const std::lock_guard lock(mailbox_->mutex);
    mailbox_->tasks.push_back(std::move(task));
    if (mailbox_->woken) return;
    mailbox_->woken = true;
  }
  host_.post(host_.host, &HostLoop::wake, mailbox_.get());
}

void HostLoop::wake(void* context) {
  auto& mailbox = *static_cast<Mailbox*>(context);
  std::vector<Task> tasks;
  {
    const std::lock_guard lock(mailbox.mutex);
    mailbox.woken = false;
    tasks.swap(mailbox.tasks);
  }
  mailbox.running = true;
  for (Task& task : tasks) {
    if (mailbox.closed) break; // an earlier task ended the provider
    task();
  }
  mailbox.running = false;
  if (mailbox.closed && !mailbox.woken)
    std::erase_if(abandoned(), [&](const auto& one) { return one.get() == &mailbox; });
}

void HostLoop::timer_started(Time when) {
  if (when >= armed_) return;
  armed_ = when;
  host_.timer_start_at(host_.host, timer_, when.time_since_epoch().count());
}

void HostLoop::fire() {
  armed_ = Time::min(); // timers started by the handlers do not arm: it is done once, below
  timers().fire(now());
  armed_ = Time::max();
  if (const auto next = timers().next()) timer_started(*next);
}

namespace {

class HostWatch final : public Watch {
public:
  HostWatch(const trunkline_host& host, int fd, Task readable, Task writable)
      : host_(host), readable_(std::make_shared<Task>(std::move(readable))),
        writable_(std::make_shared<Task>(std::move(writable))) {
    watch_ = host_.watch_create(host_.host, fd, &HostWatch::on_readable, &HostWatch::on_writable, this);
  }
  ~HostWatch() override { host_.watch_destroy(host_.host, watch_); }
  void want_write(bool on) override { host_.watch_want_write(host_.host, watch_, on ? 1 : 0); }

private:
  // A handler may destroy its own watch: it runs from a second reference.
  static void run(const std::shared_ptr<Task>& task) {
    const std::shared_ptr<Task> held = task;
    if (*held) (*held)();
  }
  static void on_readable(void* context) { run(static_cast<HostWatch*>(context)->readable_); }
  static void on_writable(void* context) { run(static_cast<HostWatch*>(context)->writable_); }

  const trunkline_host& host_;
  std::shared_ptr<Task> readable_;
  std::shared_ptr<Task> writable_;
  void* watch_ = nullptr;
};

// Levels of provider_host.h.
int host_level(Level level) {
  switch (level) {
  case Level::trace:
  case Level::debug: return 1;
  case Level::info: return 2;
  case Level::warn: return 3;
  case Level::error:
  case Level::off: break;
  }
  return 4;
}

} // namespace

std::unique_ptr<Watch> HostLoop::watch(int fd, Task readable, Task writable) {
  TL_CHECK(has_descriptors(), "a loop under a virtual clock watches no descriptors");
  return std::make_unique<HostWatch>(host_, fd, std::move(readable), std::move(writable));
}

HostLog::HostLog(const trunkline_host& host) : host_(host) {
  set_threshold(Level::off);
  for (const Level level : {Level::error, Level::warn, Level::info, Level::debug})
    if (host_.log_wants(host_.host, host_level(level)) != 0) set_threshold(level);
}

void HostLog::write(Level level, std::string_view part, std::string_view text) {
  host_.log(host_.host, host_level(level), std::string(part).c_str(), std::string(text).c_str());
}

} // namespace tl::tsp
