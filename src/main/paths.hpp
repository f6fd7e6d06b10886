// SPDX-License-Identifier: Apache-2.0
// Where things are when nobody says otherwise.
#pragma once

#include <string>

namespace tl::program {

// $XDG_STATE_HOME/trunkline, else ~/.local/state/trunkline (XDG Base Directory Specification).
std::string default_state_folder();

// Where a server listens: $TRUNKLINE_SOCKET, else $XDG_RUNTIME_DIR/trunkline/tapi.sock, else, for root,
// /run/trunkline/tapi.sock, else tapi.sock in the state folder.
std::string socket_to_serve(const std::string& state_folder);

// Where a program finds it, in the TAPI library's order (trunkline/tapi_ext.h) and at last in the state
// folder.
std::string socket_to_find(const std::string& state_folder);

// The folder of the running program.
std::string program_folder();

} // namespace tl::program
