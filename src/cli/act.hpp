// SPDX-License-Identifier: Apache-2.0
// The common shape of answer, drop, hold and unhold: choose a call, do one thing, say what came of it.
#pragma once

#include <functional>

#include "cli/desk.hpp"

namespace tl::cli {

struct Act {
  DWORD states;       // LINECALLSTATE_ bits in which it makes sense
  const char* wanted; // what such a call is, in words
  const char* done;   // printed with the call id
  std::function<LONG(Call&, telephony::Completion)> start;
};

int act(const Common& common, const CallChoice& choice, const Act& what);

} // namespace tl::cli
