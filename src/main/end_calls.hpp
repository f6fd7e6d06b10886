// SPDX-License-Identifier: Apache-2.0
// Drops every call before the switch goes away, so that every phone hears of it.
#pragma once

#include "base/real_loop.hpp"
#include "server/server.hpp"

namespace tl::program {

constexpr Duration end_calls_wait_max = std::chrono::seconds(3); // for phones that do not answer a BYE

// In process: `server` is the TAPI library's.
void end_calls(RealLoop& loop, server::Server& server);

} // namespace tl::program
