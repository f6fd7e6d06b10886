// SPDX-License-Identifier: Apache-2.0
// What a server that is ready says: what is listening, and what to try next.
#pragma once

#include <string>

#include "main/site.hpp"

namespace tl::program {

struct Ready {
  const Site& site;
  std::string state;
  std::string socket;
  std::string remote; // "tls://address:port"; empty: no other machine reaches it
  std::string store;
};

std::string ready_text(const Ready& ready);
std::string ready_json(const Ready& ready); // one line

} // namespace tl::program
