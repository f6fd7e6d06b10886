// SPDX-License-Identifier: Apache-2.0
// The names of TAPI's values, without their prefix, as the terminal shows them.
#pragma once

#include <string>

#include <tapi.h>

namespace tl::cli {

std::string disconnect_mode_name(DWORD mode);  // LINEDISCONNECTMODE_
std::string reason_name(DWORD reason);         // LINECALLREASON_
std::string privilege_name(DWORD privilege);   // LINECALLPRIVILEGE_
std::string info_names(DWORD changed);         // LINECALLINFOSTATE_ bits, separated by "|"
std::string agent_change_names(DWORD changed); // LINEAGENTSTATUS_ bits
std::string queue_change_names(DWORD changed); // LINEQUEUESTATUS_ bits

} // namespace tl::cli
