// SPDX-License-Identifier: Apache-2.0
//
// Answers every call of one line, beeps, and says who called: reception NUMBER [CALLS]. With callbacks.
#include <cstdio>
#include <cstdlib>

#include <trunkline/event_loop.hpp>
#include <trunkline/telephony.hpp>

using namespace tl::telephony;
using namespace std::chrono_literals;

class Reception : public Events {
public:
  Reception(EventLoop& loop, int calls) : loop_(loop), left_(calls) {}

  void call_state(Call& call) override {
    if (call.state() == CallState::offering) answer(call);
    if (call.state() == CallState::disconnected) call.drop({}); // the caller hung up
    if (call.state() == CallState::idle && --left_ == 0) loop_.stop();
  }
  void line_closed(Address& address) override {
    std::fprintf(stderr, "line %s was closed\n", address.number().c_str());
    loop_.stop();
  }
  void lost() override {
    std::fprintf(stderr, "the server is gone\n");
    loop_.stop();
  }

private:
  void answer(Call& call) {
    CallInfo info;
    if (call.info(info) == 0) std::printf("call from %s\n", info.caller.number.c_str());
    const LONG started = call.answer([pointer = CallPtr(call)](LONG result) {
      if (result != 0) return std::printf("not answered: %s\n", error_name(result).c_str()), void();
      std::printf("answered\n");
      pointer->generate_digits("1", 200ms, [pointer](LONG code, GenerateEnd) {
        std::printf(code == 0 ? "announced\n" : "not announced\n");
        pointer->drop({});
      });
    });
    if (started < 0) std::printf("cannot answer: %s\n", error_name(started).c_str());
  }

  EventLoop& loop_;
  int left_;
};

int main(int count, char** arguments) {
  if (count < 2) return std::fprintf(stderr, "usage: reception NUMBER [CALLS]\n"), 2;
  EventLoop loop;
  loop.stop_on_interrupt();
  Reception reception(loop, count > 2 ? std::atoi(arguments[2]) : -1);
  Telephony telephony("reception", reception);
  LONG result = telephony.initialize(loop);
  Address* line = telephony.address_by_number(arguments[1]);
  if (result == 0) result = line ? line->open({.owner = true}) : LINEERR_NODEVICE;
  if (result != 0) return std::fprintf(stderr, "%s\n", error_name(result).c_str()), 1;
  std::printf("ready\n");
  std::fflush(stdout);
  loop.run();
}
