// SPDX-License-Identifier: Apache-2.0
// Where things are when nobody says otherwise.
#pragma once

#include <string>

namespace tl::program {

// $XDG_STATE_HOME/trunkline, else ~/.local/state/trunkline (XDG Base Directory Specification).
std::string default_state_folder();

// The socket programs look for, in the TAPI library's order: $TRUNKLINE_SOCKET,
// $XDG_RUNTIME_DIR/trunkline/tapi.sock, /run/trunkline/tapi.sock. A user who can have neither gets tapi.sock
// in the state folder.
std::string default_socket(const std::string& state_folder);

// The folder of the running program.
std::string program_folder();

} // namespace tl::program
