// SPDX-License-Identifier: Apache-2.0
#include "main/end_calls.hpp"

#include "trunkline/telephony.hpp"

namespace tl::program {
namespace {

using telephony::Call;

class Ender final : public telephony::Events {
public:
  explicit Ender(RealLoop& loop) : loop_(loop), telephony_("trunkline", *this) {}
  ~Ender() override { telephony_.shutdown(); }

  void run() {
    if (telephony_.initialize(loop_) < 0) return;
    for (const auto& address : telephony_.addresses())
      if (address->open({.owner = false, .monitor = true}) >= 0) address->find_calls();
    if (found_.empty()) return;
    for (HCALL handle : found_)
      if (Call* call = telephony_.call(handle)) drop(*call);
    Timer late(loop_, [this] { loop_.stop(); });
    late.start(end_calls_wait_max);
    while (telephony_.call_count() > 0 && late.running()) loop_.run();
    // The last requests to the other sides are on their way when their calls are gone here: one more turn for
    // them.
    late.start(std::chrono::milliseconds(100));
    while (late.running()) loop_.run();
  }

  void call_appeared(Call& call) override { found_.push_back(call.handle()); }
  void call_state(Call& call) override {
    // The model forgets a call after this returned with IDLE.
    if (call.state() == LINECALLSTATE_IDLE) loop_.post([this] { loop_.stop(); });
  }

private:
  static void drop(Call& call) {
    if (call.state() != LINECALLSTATE_IDLE && call.set_privilege(LINECALLPRIVILEGE_OWNER) >= 0) call.drop({});
  }

  RealLoop& loop_;
  telephony::Telephony telephony_;
  std::vector<HCALL> found_;
};

} // namespace

void end_calls(RealLoop& loop) {
  Ender(loop).run();
}

} // namespace tl::program
