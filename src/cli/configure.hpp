// SPDX-License-Identifier: Apache-2.0
// The verbs that talk to a person: dialogs of a line or a provider, dialling locations.
#pragma once

#include "cli/verbs.hpp"

namespace tl::cli {

// One of both.
struct ConfigureOptions {
  std::string line;
  std::string provider; // its file name
};
int configure(const Common& common, const ConfigureOptions& options);
int locations(const Common& common, const std::string& number); // how it is dialled is shown; may be empty

} // namespace tl::cli
