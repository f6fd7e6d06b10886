// SPDX-License-Identifier: Apache-2.0
// What the site says about queues, groups and agents, in the ACD's own terms.
#pragma once

#include "acd/config.hpp"
#include "main/site.hpp"

namespace tl::program {

acd::Config acd_config(const Site& site, std::uint32_t tenant, std::uint64_t first_event);

} // namespace tl::program
