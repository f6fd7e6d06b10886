// SPDX-License-Identifier: Apache-2.0
// JSON that the PBX provider reads: its configuration, and commands to simulated devices, which any program
// sends with lineDevSpecific.
#include <cstdint>

#include "base/check.hpp"
#include "pbx/config.hpp"
#include "pbx/sim/behaviour.hpp"
#include "pbx/sip/config.hpp"

using namespace tl::pbx;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::vector<char> bytes(data, data + size); // without a zero behind it
  const std::string_view json{bytes.data(), bytes.size()};
  if (const auto config = read_config(json); !config) TL_CHECK(!config.error().text.empty());
  if (const auto settings = sip_driver::read_settings(json); !settings)
    TL_CHECK(!settings.error().text.empty());
  const auto behaviour = sim::read_behaviour(json, {});
  if (!behaviour) TL_CHECK(!behaviour.error().text.empty());
  const auto command = sim::read_command(json, behaviour ? *behaviour : sim::Behaviour{});
  if (!command) TL_CHECK(!command.error().text.empty());
  return 0;
}
