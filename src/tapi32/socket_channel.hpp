// SPDX-License-Identifier: Apache-2.0
// The two connections to a server elsewhere. Requests are written and their replies read by the calling
// thread itself; a thread of the channel reads events.
#pragma once

#include <memory>

#include "base/result.hpp"
#include "tapi32/stream.hpp"
#include "wire/channel.hpp"

namespace tl::tapi32 {

// The sink is called on the channel's thread until the channel is destroyed.
Result<std::unique_ptr<wire::Channel>> connect_socket(const Server& server, wire::EventSink& sink);

} // namespace tl::tapi32
