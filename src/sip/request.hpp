// SPDX-License-Identifier: Apache-2.0
// Printing requests.
#pragma once

#include <string>
#include <string_view>

#include "sip/response.hpp"

namespace tl::sip {

struct RequestLine {
  Method method = Method::other;
  std::string_view uri;
  std::string_view routes; // value of Route; empty: none
  std::string_view from;   // with its tag
  std::string_view to;     // with its tag, if there is one
  std::string_view call_id;
  std::uint32_t cseq = 0;
  std::string_view contact; // value; empty: none
  std::uint64_t branch = 0;
  Address via;
  Protocol protocol = Protocol::udp;
};

std::string compose_request(const RequestLine& line, const Content& content);

inline constexpr std::string_view allowed_methods =
    "INVITE, ACK, BYE, CANCEL, OPTIONS, UPDATE, REFER, NOTIFY, INFO";

} // namespace tl::sip
