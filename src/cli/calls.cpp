// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "cli/desk.hpp"
#include "cli/names.hpp"
#include "cli/output.hpp"

namespace tl::cli {
namespace {

class CallList final : public Desk {
public:
  using Desk::Desk;
  ~CallList() override { telephony().shutdown(); }

  void call_appeared(Call& call) override {
    call.keep();
    handles_.push_back(call.handle());
  }
  const std::vector<HCALL>& handles() const { return handles_; }

private:
  std::vector<HCALL> handles_;
};

std::string party_text(const telephony::Party& party) {
  return printable(party.name.empty() || party.name == party.number ? party.number
                                                                    : party.number + " " + party.name);
}

nlohmann::json party_json(const telephony::Party& party) {
  return {{"number", party.number}, {"name", party.name}};
}

} // namespace

int calls(const Common& common, const std::string& line) {
  CallList desk(common);
  if (int failed = desk.connect(); failed) return failed;
  Address* only = nullptr;
  if (!line.empty() && !(only = desk.find_line(line))) return exit_failed;
  for (const auto& address : desk.telephony().addresses()) {
    if (only && address.get() != only) continue;
    if (!desk.open(*address, {.monitor = true})) { // said why; the others are shown
      if (only) return exit_failed;
      continue;
    }
    if (LONG result = address->find_calls(); result < 0) explain("line " + address->name(), result);
  }
  Table table({"CALL", "LINE", "STATE", "FOR", "FROM", "TO", "REASON"});
  nlohmann::json list = nlohmann::json::array();
  Time now = desk.loop().now();
  for (HCALL handle : desk.handles()) {
    Call* call = desk.telephony().call(handle);
    telephony::CallInfo info;
    telephony::CallStatus status;
    if (!call || call->info(info) < 0 || call->status(status) < 0 || status.state == LINECALLSTATE_IDLE)
      continue;
    const Address& at = call->address();
    std::string where = at.number().empty() ? at.name() : at.number();
    Time entered{std::chrono::milliseconds(status.entered_ms)};
    table.add({std::to_string(info.call_id), where, telephony::call_state_name(status.state),
               duration_text(now - entered), party_text(info.caller), party_text(info.called),
               reason_name(code(info.reason))});
    list.push_back({{"call_id", info.call_id},
                    {"line", where},
                    {"kind", telephony::to_string(at.kind())},
                    {"state", telephony::call_state_name(status.state)},
                    {"since", timestamp_text(entered)},
                    {"caller", party_json(info.caller)},
                    {"called", party_json(info.called)},
                    {"connected", party_json(info.connected)},
                    {"reason", reason_name(code(info.reason))},
                    {"owners", info.owners}});
  }
  if (desk.json())
    print_line(list);
  else
    print(list.empty() ? "no calls\n" : table.text());
  return exit_ok;
}

} // namespace tl::cli
