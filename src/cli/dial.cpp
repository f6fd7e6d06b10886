// SPDX-License-Identifier: Apache-2.0
#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "cli/desk.hpp"
#include "cli/names.hpp"
#include "cli/output.hpp"

namespace tl::cli {
namespace {

// The new call, or nullptr with the failure explained.
Call* make_call(CallDesk& desk, Address& address, const DialOptions& options) {
  auto handle = std::make_shared<HCALL>(0);
  LONG result = desk.finish([&](telephony::Completion done) {
    return address.make_call(options.number, [handle, done](LONG value, Call* call) {
      if (call) *handle = call->handle();
      done(value);
    });
  });
  Call* call = result == 0 ? desk.telephony().call(*handle) : nullptr;
  if (!call) explain(fmt::format("{} cannot call {}", options.line, options.number), result);
  return call;
}

void report(const CallDesk& desk, DWORD call_id, const std::string& state, const std::string& mode) {
  if (desk.json())
    print_line({{"call_id", call_id}, {"state", state}, {"mode", mode}});
  else
    print(fmt::format("call {} {}{}{}\n", call_id, state, mode.empty() ? "" : " ", mode));
}

} // namespace

int dial(const Common& common, const DialOptions& options) {
  CallDesk desk(common);
  if (int failed = desk.connect(); failed) return failed;
  Address* address = desk.find_line(options.line);
  if (!address || !desk.open(*address, {})) return exit_failed;
  Call* call = make_call(desk, *address, options);
  if (!call) return exit_failed;
  call->keep(); // why it ended is read after it ended
  DWORD call_id = call->call_id();
  bool connected = options.wait_s == 0 ||
                   desk.wait_state(*call, LINECALLSTATE_CONNECTED, std::chrono::seconds(options.wait_s));
  DWORD state = code(call->state());
  bool ended = state == LINECALLSTATE_DISCONNECTED || state == LINECALLSTATE_IDLE;
  std::string mode = state == LINECALLSTATE_DISCONNECTED ? disconnect_mode_name(call->mode()) : "";
  report(desk, call_id, telephony::call_state_name(state), mode);
  // Letting go of the handle leaves the call to the phone that makes it; without an answer it is not left
  // ringing.
  if (!connected && !ended) desk.finish([&](telephony::Completion done) { return call->drop(done); });
  if (!connected && !ended)
    complain(fmt::format("{} did not answer within {} s", options.number, options.wait_s));
  if (Call* left = desk.telephony().call(call->handle())) left->release();
  return connected ? exit_ok : exit_failed;
}

} // namespace tl::cli
