// SPDX-License-Identifier: Apache-2.0
// Request methods and status codes.
#pragma once

#include <cstdint>
#include <string_view>

namespace tl::sip {

enum class Method : std::uint8_t {
  invite,
  ack,
  bye,
  cancel,
  options,
  register_,
  update,
  refer,
  notify,
  info,
  subscribe,
  prack,
  message,
  publish,
  other
};

Method to_method(std::string_view name); // case-sensitive (RFC 3261 section 7.1)
std::string_view to_string(Method method);

// The usual phrase for a status; a generic one of its class for codes without a name here.
std::string_view reason_phrase(int status);

} // namespace tl::sip
