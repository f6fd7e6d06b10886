// SPDX-License-Identifier: Apache-2.0
// Where programs on other machines come in: TCP with TLS 1.2 or 1.3. Who is at the other end is what a user's
// password says, and, when the site names an authority for them, a certificate before that.
#pragma once

#include <string>

#include "main/listener.hpp"
#include "main/users.hpp"

namespace tl::program {

struct TlsOptions {
  std::string listen;      // "address:port"; port 0: any
  std::string certificate; // PEM file, with the certificates between it and the root
  std::string key;         // PEM file
  std::string ca;          // PEM file: clients need a certificate of this authority; empty: they need none
  std::map<std::string, PasswordHash, std::less<>> passwords; // by user
  UserLimits limits;
};

// An error names the file or the address and what is wrong with it. The door's name is "tls://address:port".
Result<std::unique_ptr<Door>> open_tls_door(Loop& loop, TlsOptions options);

// A peer that vanished without a word (a cable, a power cut) is known to be gone after so long.
inline constexpr int silent_peer_idle_s = 30, silent_peer_probe_s = 10, silent_peer_probes = 3;

} // namespace tl::program
