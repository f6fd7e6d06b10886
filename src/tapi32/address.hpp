// SPDX-License-Identifier: Apache-2.0
// Which server a name means, and as whom to reach it.
#pragma once

#include <string>

#include "base/result.hpp"
#include "tapi32/stream.hpp"

namespace tl::tapi32 {

// What a program said instead of the environment (trunkline_setCredentials); empty: the environment.
struct Credentials {
  std::string user, password, ca;
};

// By the rules of trunkline_setServer and trunkline_setCredentials.
Result<Server> find_server(const std::string& named, const Credentials& credentials);

// The name when nobody said one: TRUNKLINE_SERVER, TRUNKLINE_SOCKET, the user's own server if it runs, the
// system's.
std::string default_server();

} // namespace tl::tapi32
