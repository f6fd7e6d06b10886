// SPDX-License-Identifier: Apache-2.0
// trunkline serve: everything built, started all or nothing, run until told to stop.
#pragma once

#include <string>

namespace tl::program {

struct ServeOptions {
  std::string site;   // file; empty: the embedded default site
  std::string state;  // folder; empty: the default place
  std::string socket; // empty: the site's, else the default place
  bool json = false;  // the ready message as one JSON line
};

// Returns the program's exit code.
int serve(const ServeOptions& options);

} // namespace tl::program
