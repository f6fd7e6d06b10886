// SPDX-License-Identifier: Apache-2.0
// trunkline site: the embedded site, the check of a file, generated passwords.
#pragma once

#include <string>

namespace tl::program {

struct SiteOptions {
  std::string file;
  std::string state;
};

int print_site();
int check_site_file(const SiteOptions& options);
int print_passwords(const SiteOptions& options);

// The generated password of a station; empty when there is none. An empty `state` is the default folder.
std::string known_password(const std::string& number, const std::string& state);

// The SIP address of the server that runs with this state folder; 127.0.0.1:5060 when none says so.
std::string known_server(const std::string& state);

} // namespace tl::program
