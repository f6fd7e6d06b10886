// SPDX-License-Identifier: Apache-2.0
#include "sip/request.hpp"

#include "sip/chars.hpp"

namespace tl::sip {

std::string compose_request(const RequestLine& line, const Content& content) {
  std::string out;
  out.reserve(512 + content.headers.size() + content.body.size());
  const std::string_view name = to_string(line.method);
  put(out, name, ' ', line.uri, " SIP/2.0\r\nVia: SIP/2.0/", to_string(line.protocol), ' ');
  put_host(out, line.via);
  put(out, ':', line.via.port, ";rport;branch=", branch_cookie);
  put_hex(out, line.branch & ~std::uint64_t{1});
  out.append("\r\n");
  if (!line.routes.empty()) put(out, "Route: ", line.routes, "\r\n");
  put(out, "Max-Forwards: 70\r\nFrom: ", line.from, "\r\nTo: ", line.to, "\r\nCall-ID: ", line.call_id,
      "\r\nCSeq: ", line.cseq, ' ', name, "\r\n");
  if (!line.contact.empty()) put(out, "Contact: ", line.contact, "\r\n");
  put_content(out, content);
  return out;
}

} // namespace tl::sip
