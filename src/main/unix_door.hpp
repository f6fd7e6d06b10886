// SPDX-License-Identifier: Apache-2.0
// The server's Unix socket, for programs on this machine. Who is at the other end is what the system says.
#pragma once

#include "main/listener.hpp"

namespace tl::program {

// A socket at `path`, mode 0600. An error names the path and what is in the way; a socket left by a server
// that died is replaced. The door removes it.
Result<std::unique_ptr<Door>> open_unix_door(const std::string& path);
// The same with its listener.
Result<std::unique_ptr<Listener>> listen_unix(Loop& loop, Log& log, wire::SessionHost& host,
                                              const std::string& path, ListenerLimits limits = {});

} // namespace tl::program
