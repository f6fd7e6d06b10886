// SPDX-License-Identifier: Apache-2.0
#include "sip/response.hpp"

#include "sip/chars.hpp"

namespace tl::sip {
namespace {

// The topmost Via as it goes back: where the request really came from is added (RFC 3581 section 4).
void put_top_via(std::string& out, const Via& via, const Peer& source) {
  put(out, "SIP/2.0/", via.transport, ' ', via.host);
  if (via.port != 0) put(out, ':', via.port);
  for (std::string_view rest = via.params; !rest.empty();) {
    const std::string_view one = trim(take_until(rest, ';'));
    const std::string_view name = trim(one.substr(0, one.find('=')));
    if (one.empty() || iequals(name, "rport") || iequals(name, "received")) continue;
    put(out, ';', one);
  }
  const bool rport = via.param("rport").has_value();
  const auto claimed = Address::parse_host(via.host, source.address.port);
  if (rport || !claimed || !claimed->same_host(source.address)) {
    // An IPv6 address stands here without brackets.
    std::string host;
    put_host(host, source.address);
    const std::string_view bare =
        source.address.v6 ? std::string_view(host).substr(1, host.size() - 2) : host;
    put(out, ";received=", bare);
  }
  if (rport) put(out, ";rport=", source.address.port);
}

void put_vias(std::string& out, const Message& request, const Peer& source) {
  bool top = true;
  for (const HeaderField& field : request.headers()) {
    if (field.id != HeaderId::via) continue;
    out.append("Via: ");
    std::string_view rest = field.value;
    if (top) {
      put_top_via(out, request.via(), source);
      take_list_item(rest);
      rest = trim(rest);
      if (!rest.empty()) put(out, ", ");
      top = false;
    }
    put(out, rest, "\r\n");
  }
}

} // namespace

ResponseHead ResponseHead::of(const Message& request, const Peer& source) {
  ResponseHead head;
  head.text.reserve(384);
  put_vias(head.text, request, source);
  put(head.text, "From: ", request.value(HeaderId::from), "\r\nTo: ", request.value(HeaderId::to));
  head.tag_at = static_cast<std::uint32_t>(head.text.size());
  head.has_tag = !request.to_tag().empty();
  put(head.text, "\r\nCall-ID: ", request.call_id(), "\r\nCSeq: ", request.value(HeaderId::cseq), "\r\n");
  for (const HeaderField& field : request.headers()) {
    if (field.id == HeaderId::record_route) put(head.text, "Record-Route: ", field.value, "\r\n");
  }
  head.reply_to = source;
  if (!reliable(source.protocol) && !request.via().param("rport"))
    head.reply_to.address.port = request.via().port != 0 ? request.via().port : 5060;
  return head;
}

void put_content(std::string& out, const Content& content) {
  out.append(content.headers);
  if (!content.body.empty()) put(out, "Content-Type: ", content.type, "\r\n");
  put(out, "Content-Length: ", content.body.size(), "\r\n\r\n", content.body);
}

std::string compose_response(const ResponseHead& head, int status, std::string_view reason,
                             std::string_view to_tag, const Content& content) {
  std::string out;
  out.reserve(head.text.size() + content.headers.size() + content.body.size() + 128);
  put(out, "SIP/2.0 ", status, ' ', reason.empty() ? reason_phrase(status) : reason, "\r\n");
  const std::string_view text = head.text;
  put(out, text.substr(0, head.tag_at));
  if (!head.has_tag && !to_tag.empty() && status > 100) put(out, ";tag=", to_tag);
  out.append(text.substr(head.tag_at));
  put_content(out, content);
  return out;
}

} // namespace tl::sip
