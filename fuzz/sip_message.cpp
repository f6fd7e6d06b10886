// SPDX-License-Identifier: Apache-2.0
// The parser of SIP messages and of the values of their headers; the framer of streams.
#include <cstdint>
#include <vector>

#include "base/check.hpp"
#include "sip/chars.hpp"
#include "sip/digest.hpp"
#include "sip/framer.hpp"
#include "sip/message.hpp"
#include "sip/response.hpp"

using namespace tl::sip;

namespace {

void stream(const std::uint8_t* data, std::size_t size) {
  Framer framer(4096);
  for (std::size_t at = 0; at < size && !framer.broken(); at += 7) {
    framer.append({reinterpret_cast<const char*>(data) + at, std::min<std::size_t>(7, size - at)});
    while (const auto message = framer.next()) TL_CHECK(message->size() <= 4096);
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  stream(data, size);
  std::vector<char> bytes(data, data + size);
  Message message;
  const ParseOutcome outcome = message.parse(bytes);
  if (outcome == ParseOutcome::not_sip) return 0;
  TL_CHECK(message.headers().size() <= MessageLimits{}.headers_max);
  for (const HeaderField& field : message.headers()) {
    for (std::string_view rest = field.value; !rest.empty();) {
      const std::string_view item = take_list_item(rest);
      Via::parse(item);
      if (const auto name = NameAddr::parse(item)) {
        if (const auto uri = Uri::parse(name->uri)) unescape(uri->headers);
      }
    }
    DigestFields::parse(field.value);
  }
  if (!message.is_request()) return 0;
  // What we answer must be a message to others.
  const ResponseHead head = ResponseHead::of(message, {*Address::parse("192.0.2.1:5060"), 0, Protocol::udp});
  std::string text = compose_response(head, 486, {}, "t", {});
  Message back;
  if (outcome == ParseOutcome::ok)
    TL_CHECK(back.parse(text, {1 << 20, 250, 1 << 20}) == ParseOutcome::ok, text);
  return 0;
}
