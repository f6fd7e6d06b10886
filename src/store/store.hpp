// SPDX-License-Identifier: Apache-2.0
// History: numbered events, appended by the loop, written by a thread of the store's own. Nothing that
// happens to the disk reaches a call: a failing store keeps what it can hold, counts what it cannot, says so
// in the log and catches up.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/log.hpp"
#include "base/result.hpp"
#include "base/time.hpp"

namespace tl::store {

// One row of the table `event`. What does not apply is 0 or empty.
struct Event {
  std::uint64_t number = 0; // rising; a hole in the numbers is written as an event "gap"
  Time at{};
  std::string_view type;
  std::string_view cause;
  std::uint32_t call_id = 0;     // dwCallID: unique within one run of the server
  std::uint32_t agent_state = 0; // LINEAGENTSTATE_
  Duration waited{};
  Duration talked{};
  std::string_view queue;
  std::string_view agent;
  std::string_view station;
  std::string_view caller;
};

struct Options {
  std::string path; // of the SQLite file, created when absent
  std::string tenant = "default";
  std::size_t events_queued_max =
      100'000; // not yet on disk; further ones are lost, counted, and become a gap
  std::size_t events_per_commit_max = 2'000;
  std::uint32_t commit_interval_ms = 200;
  std::uint32_t retry_interval_ms = 1'000;
  std::uint32_t retries_per_warning = 60; // a store that fails says so at once and then this rarely
  std::uint32_t close_wait_ms_max = 3'000;
  std::uint64_t bytes_max = 0; // of the database file; 0: as much as the disk has
};

struct Counts {
  std::uint64_t written = 0;
  std::uint64_t lost = 0;
  std::uint64_t failures = 0; // attempts to write that failed
  std::size_t queued = 0;
  bool degraded = false; // the last attempt failed
};

class Store {
public:
  // An error names the file and what is wrong with it. `log` outlives the store and is used from its thread
  // too.
  static Result<std::unique_ptr<Store>> open(const Options& options, Log& log);
  // Writes what is queued, for at most close_wait_ms_max.
  virtual ~Store() = default;

  virtual std::uint32_t tenant_id() const = 0;
  virtual std::uint64_t next_number() const = 0; // one past the last event stored at open()

  // One owner thread. Never waits for the disk; false when the event was lost.
  virtual bool append(const Event& event) = 0;
  // Any thread.
  virtual Counts counts() const = 0;
};

} // namespace tl::store
