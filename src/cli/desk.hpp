// SPDX-License-Identifier: Apache-2.0
// What every verb shares: a connection to the server, waiting for something with a limit, and plain words for
// errors.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/real_loop.hpp"
#include "cli/verbs.hpp"
#include "trunkline/telephony.hpp"

namespace tl::cli {

using telephony::Address;
using telephony::Call;

constexpr Duration request_wait_max = 10s; // for the server's answer to one request

// A class that adds handlers ends with telephony().shutdown() in its destructor, while they are still there.
class Desk : public telephony::Events {
public:
  explicit Desk(const Common& common);

  // Connects; says why not and returns an exit code other than 0.
  int connect();
  telephony::Telephony& telephony() { return telephony_; }
  RealLoop& loop() { return loop_; }
  bool json() const { return common_.json; }

  // Runs the loop until `done()` holds. False when `limit` passed (0: no limit), the server went away, or
  // Ctrl-C came.
  bool wait(const std::function<bool()>& done, Duration limit);
  // Starts an asynchronous operation and waits for its result.
  LONG finish(const std::function<LONG(telephony::Completion)>& start);

  // By number, then by name; an unknown one is explained and gives nullptr.
  Address* find_line(const std::string& name);
  // Opens a line; a failure is explained.
  bool open(Address& address, const telephony::OpenOptions& options);

  bool server_lost() const { return lost_; }
  bool interrupted() const { return interrupted_; }

  void lost() override;

protected:
  // A handler calls this when something a wait() may depend on has happened.
  void stir() { loop_.stop(); }

private:
  Common common_;
  RealLoop loop_;
  telephony::Telephony telephony_;
  bool lost_ = false;
  bool interrupted_ = false;
};

// "what: LINEERR_X (in words)" on standard error.
void explain(const std::string& what, LONG result);
void complain(const std::string& text);

// The calls that a line shows now.
class CallDesk final : public Desk {
public:
  using Desk::Desk;
  ~CallDesk() override { telephony().shutdown(); }

  // Opens the line and finds its one call in one of `states` (LINECALLSTATE_ bits), as owner. Explains and
  // returns nullptr when there is none, or more than one and no call id was given.
  Call* choose(const CallChoice& choice, DWORD states, const char* wanted);
  // Waits until the call is in one of `states`; false when it ended otherwise or the limit passed.
  bool wait_state(Call& call, DWORD states, Duration limit);

  void call_appeared(Call& call) override;
  void call_state(Call& call) override;

private:
  std::vector<HCALL> handles_;
  std::map<HCALL, DWORD> states_;
};

} // namespace tl::cli
