// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "cli/desk.hpp"
#include "cli/output.hpp"

namespace tl::cli {
namespace {

LONG blind(CallDesk& desk, Call& call, const TransferOptions& options) {
  return desk.finish([&](telephony::Completion done) { return call.blind_transfer(options.number, done); });
}

// lineSetupTransfer, lineDial, the other side's answer, lineCompleteTransfer. Without the answer the
// consultation call is dropped and the caller taken back.
LONG consulted(CallDesk& desk, Call& call, const TransferOptions& options) {
  auto handle = std::make_shared<HCALL>(0);
  LONG result = desk.finish([&](telephony::Completion done) {
    return call.setup_transfer([handle, done](LONG value, Call* made) {
      if (made) *handle = made->handle();
      done(value);
    });
  });
  Call* consultation = desk.telephony().call(*handle);
  if (result < 0 || !consultation) return result < 0 ? result : LINEERR_OPERATIONFAILED;
  consultation->keep();
  result = desk.finish([&](telephony::Completion done) { return consultation->dial(options.number, done); });
  if (result == 0) {
    if (desk.wait_state(*consultation, LINECALLSTATE_CONNECTED, std::chrono::seconds(options.wait_s)))
      return desk.finish(
          [&](telephony::Completion done) { return call.complete_transfer(*consultation, done); });
    complain(fmt::format("{} did not answer within {} s", options.number, options.wait_s));
    result = LINEERR_OPERATIONFAILED;
  }
  desk.finish([&](telephony::Completion done) { return consultation->drop(done); });
  desk.finish([&](telephony::Completion done) { return call.unhold(done); });
  return result;
}

} // namespace

int transfer(const Common& common, const TransferOptions& options) {
  CallDesk desk(common);
  if (int failed = desk.connect(); failed) return failed;
  Call* call = desk.choose(options.call, LINECALLSTATE_CONNECTED, "connected");
  if (!call) return exit_failed;
  call->keep();
  DWORD call_id = call->call_id();
  LONG result = options.consult ? consulted(desk, *call, options) : blind(desk, *call, options);
  call->release();
  if (result < 0) {
    explain(fmt::format("call {} cannot be transferred to {}", call_id, options.number), result);
    return exit_failed;
  }
  if (desk.json())
    print_line({{"call_id", call_id},
                {"line", options.call.line},
                {"to", options.number},
                {"result", "transferred"}});
  else
    print(fmt::format("call {} transferred to {}\n", call_id, options.number));
  return exit_ok;
}

} // namespace tl::cli
