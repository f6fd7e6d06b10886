// SPDX-License-Identifier: Apache-2.0
// pbx.tsp: the switch with the drivers it is built with.
#include "pbx/provider.hpp"
#include "tsp/exports.hpp"

namespace tl::tsp {

std::unique_ptr<Provider> make_provider() {
  std::map<std::string, pbx::DriverFactory> drivers;
#ifdef TRUNKLINE_WITH_SIM
  drivers["sim"] = &pbx::make_sim_driver;
#endif
#ifdef TRUNKLINE_WITH_SIP
  drivers["sip"] = &pbx::make_sip_driver;
#endif
  return std::make_unique<pbx::PbxProvider>(std::move(drivers));
}

} // namespace tl::tsp
