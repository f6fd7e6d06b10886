// SPDX-License-Identifier: Apache-2.0
// trunkline phone: a SIP phone in the terminal. Unlike the other verbs it is no TAPI client: it registers
// like any phone.
#pragma once

#include <cstdint>
#include <string>

namespace tl::cli {

struct PhoneOptions {
  std::string number;
  std::string server; // "127.0.0.1:5060"
  std::string password;
  std::string name; // shown to others
  bool tcp = false;
  bool auto_answer = false;
  std::uint32_t answer_after_ms = 500;
  double tone_hz = 440;  // what it says
  std::string listen_hz; // frequencies, separated by commas: tells when each begins and ends to be heard
  std::string dial;      // a number to call once registered
  bool json = false;
};

// Runs until Ctrl-C or "quit". Commands come from standard input, one a line; its end changes nothing.
int phone(const PhoneOptions& options);

} // namespace tl::cli
