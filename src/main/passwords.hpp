// SPDX-License-Identifier: Apache-2.0
// Passwords that the site file leaves out: made once, kept in a file that only the server's user can read.
#pragma once

#include <map>
#include <string>

#include "base/result.hpp"
#include "main/site.hpp"

namespace tl::program {

using Passwords = std::map<std::string, std::string>; // by station number

// An absent file is an empty map.
Result<Passwords> read_passwords(const std::string& file);

// Fills in the password of every SIP station that registers and has none, from the file, making and adding
// new ones.
Result<void> complete_passwords(Site& site, const std::string& file);

} // namespace tl::program
