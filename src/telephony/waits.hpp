// SPDX-License-Identifier: Apache-2.0
// Who waits for an event of a call, an address, a phone or the whole: with a completion, and with a time
// limit.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <tapi.h>

#include "base/timer.hpp"

namespace tl::telephony {

class Call;

// More at once are refused with LINEERR_REQUESTOVERRUN.
inline constexpr std::size_t waits_max = 262'144;

// What happened to the object.
struct Signal {
  enum class Kind : std::uint8_t { state, new_call, digit, gathered, generated, request, button, change };
  Kind kind;
  DWORD param1 = 0, param2 = 0, param3 = 0;
  Call* call = nullptr;
  std::string_view text = {};
};

class Waits {
public:
  // Whether the signal is what is waited for; it keeps what it needs of it for its completion.
  using Takes = std::function<bool(const Signal&)>;
  using Done = std::function<void(LONG result)>;

  // No loop: nothing with a time limit.
  explicit Waits(Loop* loop) : loop_(loop) {}

  // An id, or a LINEERR_: then `done` is not called.
  LONG add(const void* object, std::chrono::milliseconds timeout, Takes takes, Done done);
  // Completes those that take it, in the order they came; only the first if `once`. Whether there was one.
  bool signal(const void* object, const Signal& signal, bool once = false);
  void cancel(LONG id, LONG result);
  // All of one object.
  void end(const void* object, LONG result);
  // Ends all, and refuses new ones: LINEERR_OPERATIONFAILED.
  void close();

private:
  struct Wait {
    const void* object;
    Takes takes;
    Done done;
    std::unique_ptr<Timer> limit;
  };

  Done take(LONG id);
  std::vector<LONG> of(const void* object) const;

  Loop* loop_;
  std::unordered_map<LONG, Wait> waits_;
  std::unordered_map<const void*, std::vector<LONG>> by_object_; // in the order they came
  LONG last_id_ = 0;
  bool closed_ = false;
};

} // namespace tl::telephony
