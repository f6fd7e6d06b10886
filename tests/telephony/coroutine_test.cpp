// SPDX-License-Identifier: Apache-2.0
// Tasks, awaited operations, waits with limits, and what becomes of them when something goes away.
#include "live_site.hpp"

#include <memory>

namespace tl::test {
namespace {

Task<int> twice(int value) {
  co_return 2 * value;
}
Task<std::unique_ptr<int>> kept(Task<int> inner) {
  co_return std::make_unique<int>(co_await std::move(inner));
}
Task<> throws() {
  throw 7;
  co_return;
}
Task<int> catches() {
  try {
    co_await throws();
  } catch (int thrown) {
    co_return thrown;
  }
  co_return 0;
}

TEST(TaskTest, AwaitsAnotherAndHandsOverItsValue) {
  auto task = kept(twice(21));
  EXPECT_FALSE(task.done()) << "lazy";
  task.start();
  ASSERT_TRUE(task.done());
  EXPECT_EQ(*task.take(), 42);
}

TEST(TaskTest, AnExceptionGoesToWhoAwaits) {
  auto task = catches();
  task.start();
  ASSERT_TRUE(task.done());
  EXPECT_EQ(task.take(), 7);
}

// Counts what is alive: a frame that leaks keeps its own.
struct Alive {
  explicit Alive(int& count) : count_(count) { ++count_; }
  ~Alive() { --count_; }
  int& count_;
};

class Coroutines : public LiveSite {
protected:
  int alive = 0;
  std::vector<LONG> codes;

  Task<> waits_for(CallPtr call, CallState state, std::chrono::milliseconds limit) {
    Alive mark(alive);
    auto outcome = co_await call->when(state, limit);
    codes.push_back(outcome.code());
  }
  Task<> waits_for_call(Address& address, std::chrono::milliseconds limit) {
    Alive mark(alive);
    auto outcome = co_await address.next_call(limit);
    codes.push_back(outcome.code());
  }
  Task<> tries_to_sleep() {
    Alive mark(alive);
    for (int i = 0; i < 100; ++i) // hears the error, and tries again
      if (auto slept = co_await desk.sleep(1min); !slept) codes.push_back(slept.code());
  }
  Task<> makes_call(Address& address, std::string number) {
    Alive mark(alive);
    auto made = co_await address.make_call(std::move(number));
    codes.push_back(made.code());
  }
};

TEST_F(Coroutines, ACallFromDialToIdle) {
  open("1001");
  std::vector<CallState> seen;
  auto dialer = [&]() -> Task<> {
    auto made = co_await at("1001").make_call("1003");
    EXPECT_TRUE(made);
    const CallPtr call = *made;
    auto rings = co_await call->when(CallState::ringback, 5s);
    seen.push_back(call->state());
    auto talks = co_await call->when(CallState::connected, 5s);
    seen.push_back(call->state());
    auto held = co_await call->hold();
    auto back = co_await call->unhold();
    EXPECT_TRUE(rings && talks && held && back);
    auto slept = co_await desk.sleep(10s);
    auto dropped = co_await call->drop();
    auto over = co_await call->when(CallState::idle, 5s);
    EXPECT_TRUE(slept && dropped && over);
    telephony::CallInfo info;
    EXPECT_EQ(call->info(info), 0) << "the pointer keeps the handle";
    EXPECT_EQ(info.called.number, "1003");
    seen.push_back(call->state());
  };
  const Time before = loop.now();
  desk.spawn(dialer());
  loop.run_for(20s);
  EXPECT_EQ(seen, (std::vector{CallState::ringback, CallState::connected, CallState::idle}));
  EXPECT_EQ(desk.call_count(), 0u) << "with the pointer goes the handle";
  EXPECT_GE(loop.now() - before, 11s);
}

TEST_F(Coroutines, TheTimeLimitOfAWait) {
  const auto [out, in] = connected();
  Task<> task = waits_for(out, CallState::on_hold, 3s);
  task.start();
  loop.run_for(2999ms);
  EXPECT_FALSE(task.done());
  loop.run_for(1ms);
  EXPECT_TRUE(task.done());
  EXPECT_EQ(codes, std::vector<LONG>{telephony::error_timeout});
  EXPECT_EQ(telephony::error_name(codes[0]), "TAPI_E_TIMEOUT");
}

TEST_F(Coroutines, TheCallEndsInsteadOfComingToTheState) {
  const auto [out, in] = connected();
  Task<> task = waits_for(out, CallState::on_hold, 1min);
  task.start();
  in->drop({});
  loop.run_for(1s);
  EXPECT_EQ(codes, std::vector<LONG>{LINEERR_DISCONNECTED});
}

TEST_F(Coroutines, TheHandleIsGivenUpWhileSomeoneWaits) {
  const auto [out, in] = connected();
  Task<> task = waits_for(out, CallState::on_hold, 1min);
  task.start();
  out->set_privilege(LINECALLPRIVILEGE_MONITOR);
  out->release();
  EXPECT_TRUE(task.done());
  EXPECT_TRUE(out->gone());
  EXPECT_EQ(out->drop({}), LINEERR_INVALCALLHANDLE);
  EXPECT_EQ(codes, std::vector<LONG>{LINEERR_INVALCALLHANDLE});
  in->drop({});
}

TEST_F(Coroutines, TheLineIsClosedWhileSomeoneWaits) {
  const auto [out, in] = connected();
  Task<> state = waits_for(out, CallState::on_hold, 1min);
  Task<> call = waits_for_call(at("1001"), 1min);
  state.start();
  call.start();
  at("1001").close();
  EXPECT_TRUE(state.done() && call.done());
  EXPECT_EQ(codes, std::vector<LONG>(2, LINEERR_OPERATIONFAILED));
  EXPECT_EQ(alive, 0);
}

TEST_F(Coroutines, ATaskIsDestroyedWhileItWaits) {
  const auto [out, in] = connected();
  {
    Task<> one = waits_for(out, CallState::on_hold, 1s), two = waits_for_call(at("1001"), 1s);
    one.start();
    two.start();
    EXPECT_EQ(alive, 2);
  }
  EXPECT_EQ(alive, 0) << "destroyed, locals with it";
  loop.run_for(5s);
  EXPECT_TRUE(codes.empty());
}

TEST_F(Coroutines, ACallMadeForATaskThatIsGoneIsDropped) {
  open("1001");
  {
    Task<> task = makes_call(at("1001"), "1003");
    task.start();
  }
  EXPECT_EQ(alive, 0);
  loop.run_for(10s);
  EXPECT_TRUE(codes.empty());
  EXPECT_EQ(desk.call_count(), 0u);
}

TEST_F(Coroutines, ShutdownResumesWhatWaitsAndDestroysTheRest) {
  const auto [out, in] = connected();
  desk.spawn(waits_for(out, CallState::on_hold, 1min));
  desk.spawn(waits_for_call(at("1001"), telephony::no_timeout));
  desk.spawn(tries_to_sleep());
  loop.run_for(1s);
  EXPECT_EQ(alive, 3);
  desk.shutdown();
  EXPECT_EQ(alive, 0);
  ASSERT_GE(codes.size(), 3u);
  EXPECT_TRUE(out->gone());
  EXPECT_EQ(out->when(CallState::idle, 1s, {}), LINEERR_INVALCALLHANDLE);
}

TEST_F(Coroutines, CallsAreHandedOutInTheOrderTheyCameEachOnce) {
  open("2900"); // a queue answers by itself; the calls wait there
  Address& ada = open("1001");
  std::vector<std::string> callers;
  auto serve = [&]() -> Task<> {
    for (int i = 0; i < 3; ++i) {
      auto next = co_await at("2900").next_call(1min);
      if (!next) co_return;
      telephony::CallInfo info;
      (*next)->info(info);
      callers.push_back(info.caller.number);
      auto slept = co_await desk.sleep(2s); // others come meanwhile
      auto dropped = co_await (*next)->drop();
      EXPECT_TRUE(slept && dropped);
    }
  };
  Task<> task = serve();
  ada.make_call("2900", {});
  loop.run_for(1s);
  task.start();
  EXPECT_EQ(callers, std::vector<std::string>{"1001"}) << "it was there already";
  does("1002", R"({"dial": "2900"})");
  loop.run_for(1s);
  does("1003", R"({"dial": "2900"})");
  loop.run_for(20s);
  EXPECT_TRUE(task.done());
  EXPECT_EQ(callers, (std::vector<std::string>{"1001", "1002", "1003"}));
}

TEST_F(Coroutines, TheCallbackFormCanBeCancelled) {
  const auto [out, in] = connected();
  const LONG id = out->when(CallState::on_hold, 1min, [&](LONG result) { codes.push_back(result); });
  ASSERT_GT(id, 0);
  desk.cancel_wait(id);
  desk.cancel_wait(id);
  EXPECT_EQ(codes, std::vector<LONG>{LINEERR_USERCANCELLED});
  EXPECT_EQ(out->when(CallState::connected, 1s, [&](LONG result) { codes.push_back(result); }), 0);
  EXPECT_EQ(codes.back(), 0) << "it is there";
}

TEST_F(Coroutines, WithoutALoopThereAreNoTimeLimits) {
  Listener heard;
  Telephony polled{"polled", heard};
  ASSERT_EQ(polled.initialize(), 0);
  Address& address = *polled.address_by_number("1001");
  ASSERT_EQ(address.open({.owner = true}), 0);
  EXPECT_EQ(address.next_call(1s, {}), LINEERR_OPERATIONUNAVAIL);
  EXPECT_GT(address.next_call(telephony::no_timeout, {}), 0);
}

} // namespace
} // namespace tl::test
