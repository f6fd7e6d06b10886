// SPDX-License-Identifier: Apache-2.0
#include "server/guard.hpp"

#include <array>
#include <csignal>

namespace tl::server {
namespace {

std::array<GuardedPlace, providers_of_process_max> places;
thread_local Guard::Frame* innermost_frame = nullptr;

} // namespace

GuardedPlace& guarded_place(std::size_t index) {
  return places[index];
}

Guard::Frame*& Guard::innermost() {
  return innermost_frame;
}

Guard::Entered::Entered(Frame& frame) : frame_(frame) {
  innermost_frame = &frame;
  GuardedPlace& at = places[frame.guard->place];
  at.calls.fetch_add(1, std::memory_order_relaxed);
  at.function.store(frame.function, std::memory_order_release);
}

Guard::Entered::~Entered() {
  innermost_frame = frame_.outer;
  GuardedPlace& at = places[frame_.guard->place];
  // A provider whose callback was running may have been called again from inside of it.
  const bool nested = frame_.outer && frame_.outer->guard == frame_.guard;
  at.function.store(nested ? frame_.outer->function : nullptr, std::memory_order_release);
}

void Guard::fault(const char* function, int signal) {
  if (dead_.exchange(true)) return;
  died_of_ = signal;
  died_in_ = function;
  died();
}

std::string Guard::death() const {
  return std::string{signal_name(died_of_)} + " in " + died_in_.load();
}

const char* signal_name(int signal) {
  switch (signal) {
  case SIGSEGV: return "SIGSEGV";
  case SIGBUS: return "SIGBUS";
  case SIGFPE: return "SIGFPE";
  case SIGILL: return "SIGILL";
  case SIGABRT: return "SIGABRT";
  default: return "a signal";
  }
}

} // namespace tl::server
