// SPDX-License-Identifier: Apache-2.0
// Time as the whole system sees it: microseconds since 1970 (UTC), read from a Loop and nowhere else.
#pragma once

#include <chrono>

namespace tl {

using Duration = std::chrono::microseconds;
using Time = std::chrono::sys_time<Duration>;
using namespace std::chrono_literals;

} // namespace tl
