// SPDX-License-Identifier: Apache-2.0
//
// Calls a number, puts it on hold, asks a third one, and connects the two: transfer FROM TO THIRD. One
// coroutine.
#include <cstdio>

#include <trunkline/event_loop.hpp>
#include <trunkline/telephony.hpp>

using namespace tl::telephony;
using namespace std::chrono_literals;

// Says what was done; 0 when it worked.
LONG step(const char* what, LONG result) {
  std::printf("%s: %s\n", what, result == 0 ? "done" : error_name(result).c_str());
  return result;
}

Task<LONG> transfer(Telephony& telephony, Address& line, std::string to, std::string third) {
  Outcome<CallPtr> made = co_await line.make_call(to);
  if (step("dial", made.code())) co_return made.code();
  const CallPtr call = *made;

  Outcome<> joined = co_await call->when(CallState::connected, 30s);
  if (step("answer", joined.code())) {
    (void)co_await call->drop();
    co_return joined.code();
  }
  Outcome<> held = co_await call->hold();
  if (step("hold", held.code())) co_return held.code();
  (void)co_await telephony.sleep(200ms);
  Outcome<> back = co_await call->unhold();
  if (step("retrieve", back.code())) co_return back.code();

  Outcome<CallPtr> consultation = co_await call->setup_transfer();
  if (step("consult", consultation.code())) co_return consultation.code();
  Outcome<> dialled = co_await (*consultation)->dial(third);
  if (step("dial the third", dialled.code())) co_return dialled.code();
  Outcome<> agreed = co_await (*consultation)->when(CallState::connected, 30s);
  if (step("third answers", agreed.code())) {
    (void)co_await (*consultation)->drop();
    co_return agreed.code();
  }
  Outcome<> done = co_await call->complete_transfer(**consultation);
  if (step("transfer", done.code())) co_return done.code();
  Outcome<> idle = co_await call->when(CallState::idle, 5s);
  co_return step("out of it", idle.code());
}

int main(int count, char** arguments) {
  if (count != 4) return std::fprintf(stderr, "usage: transfer FROM TO THIRD\n"), 2;
  EventLoop loop;
  Events nobody; // the coroutine hears everything itself
  Telephony telephony("transfer", nobody);
  LONG result = telephony.initialize(loop);
  Address* line = telephony.address_by_number(arguments[1]);
  if (result == 0) result = line ? line->open({.owner = true}) : LINEERR_NODEVICE;
  if (result != 0) return std::fprintf(stderr, "%s\n", error_name(result).c_str()), 1;
  Task<LONG> task = transfer(telephony, *line, arguments[2], arguments[3]);
  loop.run(task);
  return task.done() && task.take() == 0 ? 0 : 1;
}
