// SPDX-License-Identifier: Apache-2.0
// What a dialog knows of the far side (RFC 3261 section 12).
#pragma once

#include <cstdint>
#include <string>

#include "sip/message.hpp"

namespace tl::sip {

struct Dialog {
  std::string remote_tag;
  std::string remote_target; // URI of the latest Contact
  std::string routes;        // the route set in the order of use, as a Route value
  std::uint32_t remote_cseq = 0;
  bool has_remote_cseq = false;

  static Dialog of_request(const Message& request);   // we are the server: section 12.1.1
  static Dialog of_response(const Message& response); // we are the client: section 12.1.2

  // The Contact of a target refresh request or response (section 12.2).
  void refresh_target(const Message& message);
  // Is the request's CSeq in order (section 12.2.2)? Remembers it if so.
  bool in_order(const Message& request);
};

// Request-URI and Route of a request in the dialog: loose or strict routing (section 12.2.1.1).
struct Routing {
  std::string_view uri;
  std::string routes;
  std::string_view next_hop; // the URI whose host the request is sent to
};
Routing route(const Dialog& dialog);

// The URI of the first Contact; empty if there is none or it is no URI.
std::string_view contact_uri(const Message& message);

} // namespace tl::sip
