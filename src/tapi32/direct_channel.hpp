// SPDX-License-Identifier: Apache-2.0
// The connection to a server in the same process: a direct call.
#pragma once

#include <memory>

#include "base/result.hpp"
#include "wire/channel.hpp"

namespace tl::tapi32 {

Result<std::unique_ptr<wire::Channel>> connect_direct(wire::SessionHost& host, wire::EventSink& sink);

} // namespace tl::tapi32
