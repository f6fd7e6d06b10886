// SPDX-License-Identifier: Apache-2.0
#include "trunkline/event_loop.hpp"

#include <csignal>

#include "base/real_loop.hpp"

namespace tl::telephony {

struct EventLoop::State {
  RealLoop loop;
  bool stopped = false;
};

EventLoop::EventLoop() : state_(std::make_unique<State>()) {}
EventLoop::~EventLoop() = default;

void EventLoop::run() {
  state_->loop.run();
}

void EventLoop::stop() {
  state_->loop.stop();
}

void EventLoop::post(std::function<void()> function) {
  state_->loop.post(std::move(function));
}

void EventLoop::stop_on_interrupt() {
  state_->loop.on_signals({SIGINT, SIGTERM}, [this](int) { stop(); });
}

EventLoop::operator Loop&() {
  return state_->loop;
}

void EventLoop::run_task(Task<> task) {
  task.start();
  if (!task.done()) run();
}

} // namespace tl::telephony
