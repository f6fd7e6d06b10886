// SPDX-License-Identifier: Apache-2.0
// Printing responses. What a response copies from its request (RFC 3261 section 8.2.6.2) is taken once, as
// text, so that the request itself need not be kept.
#pragma once

#include <string>
#include <string_view>

#include "sip/address.hpp"
#include "sip/message.hpp"

namespace tl::sip {

struct ResponseHead {
  std::string text;         // Via (with received and rport), From, To, Call-ID, CSeq, Record-Route lines
  std::uint32_t tag_at = 0; // where ";tag=" of To goes
  bool has_tag = false;     // To had one already
  Peer reply_to;            // RFC 3261 section 18.2.2, RFC 3581

  static ResponseHead of(const Message& request, const Peer& source);
};

// What a response or request carries beyond its routing: whole header lines, each ended by CRLF, and a body.
struct Content {
  std::string_view headers;
  std::string_view type; // of the body; ignored without one
  std::string_view body;
};

std::string compose_response(const ResponseHead& head, int status, std::string_view reason,
                             std::string_view to_tag, const Content& content);
// Content-Type, Content-Length, the empty line and the body.
void put_content(std::string& out, const Content& content);

} // namespace tl::sip
