// SPDX-License-Identifier: Apache-2.0
// The messages of one program's use of the line or phone functions, taken one by one, none thrown away.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "tapi.h"

namespace conformance {

struct Message {
  DWORD device = 0;
  DWORD id = 0;
  DWORD_PTR instance = 0;
  DWORD_PTR p1 = 0, p2 = 0, p3 = 0;
};

// How long anything may take; a sanitized build on a busy machine.
inline constexpr auto wait_max = std::chrono::milliseconds{5'000};
// How long is waited for what must not come.
inline constexpr auto quiet_time = std::chrono::milliseconds{40};

class Inbox {
public:
  // Takes one message, waiting so long; false: there is none.
  std::function<bool(Message&, DWORD wait_ms)> take;
  // Runs while something is waited for.
  std::function<void()> meanwhile;

  using Fits = std::function<bool(const Message&)>;

  // The first message that fits, of those that were passed over and those to come.
  std::optional<Message> wait(const Fits& fits, std::chrono::milliseconds limit = wait_max);
  // The result that came for a request; nothing: none came. Each id is asked for once.
  std::optional<LONG> reply(LONG id, std::chrono::milliseconds limit = wait_max);
  // Everything that comes within the quiet time, together with what was passed over, in order; takes it.
  std::vector<Message> all(std::chrono::milliseconds quiet = quiet_time);
  // Forgets what was passed over.
  void clear();
  // Replies that nobody asked for: to no request, or a second one.
  std::vector<LONG> unclaimed() const;

  // Every call handle that a message named.
  std::set<HCALL> calls;
  // Every message ever, for the order of things.
  std::vector<Message> history;

private:
  bool pump(DWORD wait_ms);
  std::deque<Message> waiting_;
  std::multimap<LONG, LONG> replies_;
};

} // namespace conformance
