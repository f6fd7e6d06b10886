// SPDX-License-Identifier: Apache-2.0
#include "app.hpp"
#include "site.hpp"
#include "tapi.h"

namespace conformance {
namespace {

// The hands at the simulated phones: a program of its own that opens a station's line for nothing but
// commands.
class SimSite final : public Site {
public:
  bool dials_digits(const std::string& number, const std::string& digits) override {
    return command(number, "{\"digits\":\"" + digits + "\"}");
  }
  bool pushes_button(const std::string& number, unsigned button) override {
    return command(number, "{\"push\":" + std::to_string(button) + "}");
  }
  bool calls(const std::string& number, const std::string& destination) override {
    return command(number, "{\"dial\":\"" + destination + "\"}");
  }
  bool hangs_up(const std::string& number) override { return command(number, "{\"hangup\":true}"); }

private:
  bool command(const std::string& number, std::string json) {
    App hands{"conformance hands"};
    const auto device = find(hands, number);
    if (!device) return false;
    const HLINE line = hands.open(*device, LINECALLPRIVILEGE_NONE, version_2_2, 0);
    if (line == 0) return false;
    const LONG id = lineDevSpecific(line, 0, 0, json.data(), static_cast<DWORD>(json.size()));
    return id > 0 && hands.inbox.reply(id) == std::optional<LONG>{0};
  }
  static std::optional<DWORD> find(App& hands, const std::string& number) {
    for (DWORD device = 0; device < hands.lines; ++device) {
      alignas(8) char memory[4096] = {};
      auto& caps = *reinterpret_cast<LINEADDRESSCAPS*>(memory);
      caps.dwTotalSize = sizeof memory;
      if (lineGetAddressCapsA(hands.handle, device, 0, version_2_2, 0, &caps) == 0 &&
          caps.dwAddressSize > 0 && number == memory + caps.dwAddressOffset)
        return device;
    }
    return std::nullopt;
  }
};

} // namespace

std::unique_ptr<Site> make_sim_site() {
  return std::make_unique<SimSite>();
}

} // namespace conformance
