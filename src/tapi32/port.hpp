// SPDX-License-Identifier: Apache-2.0
// The completion port of LINEINITIALIZEEXOPTION_USECOMPLETIONPORT on Linux (trunkline/completion_port.h). For
// a message it holds no more than a mark that an application has one: the message itself stays in the
// application's queue until a thread takes it, so that closing a line still takes its answers back.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>

#include "tapi32/signal.hpp"

namespace tl::tapi32 {

class App;

// A program's own packets in one port; trunkline_portPost fails beyond.
inline constexpr std::size_t port_packets_max = 65'536;

class Port {
public:
  struct Packet {
    DWORD bytes = 0;
    ULONG_PTR key = 0;
    void* overlapped = nullptr;
  };

  // False when the system has no descriptor left.
  bool open() { return signal_.open(); }
  const Signal& signal() const { return signal_; }

  // False: too many, or closed.
  bool post(const Packet& packet);
  // `app` has one more message than marks in the port.
  void mark(std::shared_ptr<App> app, ULONG_PTR key);
  // Nothing: none came in time, or the port is closed. A message becomes a LINEMESSAGE of its own.
  std::optional<Packet> take(std::optional<std::chrono::milliseconds> timeout);
  void close();

private:
  struct Waiting {
    Packet packet;
    std::shared_ptr<App> app; // null: a packet of the program
  };
  void push(std::unique_lock<std::mutex>& lock, Waiting waiting);
  std::optional<Packet> next_locked();

  Signal signal_;
  std::mutex mutex_; // taken before an app's
  std::condition_variable arrived_;
  std::deque<Waiting> queue_;
  std::size_t posted_ = 0; // of the program, in the queue
  bool closed_ = false;
};

} // namespace tl::tapi32
