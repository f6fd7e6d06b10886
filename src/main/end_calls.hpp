// SPDX-License-Identifier: Apache-2.0
// Drops every call before the switch goes away, so that every phone hears of it.
#pragma once

#include "base/real_loop.hpp"

namespace tl::program {

constexpr Duration end_calls_wait_max = std::chrono::seconds(3); // for phones that do not answer a BYE

// As an application in the server's process. Returns when the calls are gone, or when that wait is over.
void end_calls(RealLoop& loop);

} // namespace tl::program
