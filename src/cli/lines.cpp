// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "cli/desk.hpp"
#include "cli/output.hpp"

namespace tl::cli {

int lines(const Common& common) {
  Desk desk(common);
  if (int failed = desk.connect(); failed) return failed;
  Table table({"NUMBER", "NAME", "KIND", "CALLS", "DEVICE"});
  nlohmann::json list = nlohmann::json::array();
  for (const auto& address : desk.telephony().addresses()) {
    telephony::AddressStatus status;
    // Its privilege is none: looking at a line does not change who gets its calls.
    bool known = address->open({}) >= 0 && address->status(status) >= 0;
    DWORD in_use = status.active_calls + status.held_calls + status.hold_pending_calls;
    const char* kind = telephony::to_string(address->kind());
    table.add({address->number(), printable(address->name()), kind, known ? std::to_string(in_use) : "?",
               std::to_string(address->device_id())});
    nlohmann::json one = {{"number", address->number()},
                          {"name", address->name()},
                          {"kind", kind},
                          {"device", address->device_id()}};
    if (known) one["calls"] = in_use;
    list.push_back(std::move(one));
  }
  if (desk.json())
    print_line(list);
  else
    print(table.text());
  return exit_ok;
}

} // namespace tl::cli
