// SPDX-License-Identifier: Apache-2.0
#include "base/real_loop.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <ctime>

namespace tl {
namespace asio = boost::asio;
namespace {

using SteadyClock = std::chrono::steady_clock;

// Wall time that never jumps: the offset to the steady clock is taken once.
struct Anchor {
  SteadyClock::time_point steady = SteadyClock::now();
  Time wall = std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());

  Time at(SteadyClock::time_point t) const { return wall + std::chrono::duration_cast<Duration>(t - steady); }
  SteadyClock::time_point at(Time t) const { return steady + (t - wall); }
};

} // namespace

struct RealLoop::State {
  asio::io_context io{1};
  asio::executor_work_guard<asio::io_context::executor_type> work{io.get_executor()};
  asio::steady_timer alarm{io};
  std::optional<Time> alarm_at;
  Anchor anchor;
  Time now = anchor.wall;
  std::unique_ptr<asio::signal_set> signals;

  void turn() { now = anchor.at(SteadyClock::now()); }
};

namespace {

// Reads and writes are watched with one Asio wait each, renewed after its handler has run. The Core outlives the
// Watch while a wait is pending and knows by `open` that nobody listens any more.
struct Core {
  asio::posix::stream_descriptor descriptor;
  std::function<void()> turn;
  Task readable, writable;
  bool open = true, write_wanted = false, write_pending = false;

  Core(asio::io_context& io, int fd, std::function<void()> t, Task r, Task w)
      : descriptor(io, fd), turn(std::move(t)), readable(std::move(r)), writable(std::move(w)) {}

  static void wait_read(const std::shared_ptr<Core>& self) {
    self->descriptor.async_wait(asio::posix::stream_descriptor::wait_read, [self](boost::system::error_code error) {
      if (error || !self->open) return;
      self->turn();
      self->readable();
      if (self->open) wait_read(self);
    });
  }
  static void wait_write(const std::shared_ptr<Core>& self) {
    self->write_pending = true;
    self->descriptor.async_wait(asio::posix::stream_descriptor::wait_write, [self](boost::system::error_code error) {
      self->write_pending = false;
      if (error || !self->open || !self->write_wanted) return;
      self->turn();
      self->writable();
      if (self->open && self->write_wanted && !self->write_pending) wait_write(self);
    });
  }
};

class RealWatch final : public Watch {
public:
  explicit RealWatch(std::shared_ptr<Core> core) : core_(std::move(core)) {
    if (core_->readable) Core::wait_read(core_);
  }
  ~RealWatch() override {
    core_->open = false;
    core_->descriptor.release(); // cancels the waits; the descriptor's owner closes it
  }
  void want_write(bool on) override {
    core_->write_wanted = on;
    if (on && !core_->write_pending) Core::wait_write(core_);
  }

private:
  std::shared_ptr<Core> core_;
};

} // namespace

RealLoop::RealLoop() : state_(std::make_unique<State>()) {}
RealLoop::~RealLoop() = default;

Time RealLoop::now() const { return state_->now; }

void RealLoop::post(Task task) {
  asio::post(state_->io, [this, task = std::move(task)] {
    state_->turn();
    task();
  });
}

std::unique_ptr<Watch> RealLoop::watch(int fd, Task readable, Task writable) {
  return std::make_unique<RealWatch>(std::make_shared<Core>(
      state_->io, fd, [state = state_.get()] { state->turn(); }, std::move(readable), std::move(writable)));
}

void RealLoop::timer_started(Time when) {
  if (state_->alarm_at && *state_->alarm_at <= when) return;
  state_->alarm_at = when;
  state_->alarm.expires_at(state_->anchor.at(when));
  state_->alarm.async_wait([this](boost::system::error_code error) {
    if (error) return;
    state_->turn();
    state_->alarm_at.reset();
    timers().fire(state_->now);
    if (const auto next = timers().next()) timer_started(*next);
  });
}

void RealLoop::run() {
  state_->turn();
  state_->io.run();
  state_->io.restart();
}

void RealLoop::stop() { state_->io.stop(); }

void RealLoop::on_signals(std::initializer_list<int> signals, std::function<void(int)> handler) {
  state_->signals = std::make_unique<asio::signal_set>(state_->io);
  for (const int signal : signals) state_->signals->add(signal);
  // The wait renews itself through a shared function, so that every signal is seen.
  auto wait = std::make_shared<std::function<void()>>();
  *wait = [this, handler = std::move(handler), weak = std::weak_ptr(wait)] {
    state_->signals->async_wait([this, handler, wait = weak.lock()](boost::system::error_code error, int signal) {
      if (error) return;
      state_->turn();
      handler(signal);
      (*wait)();
    });
  };
  (*wait)();
}

} // namespace tl
