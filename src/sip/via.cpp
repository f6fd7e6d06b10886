// SPDX-License-Identifier: Apache-2.0
#include "sip/via.hpp"

#include "sip/chars.hpp"

namespace tl::sip {

std::optional<Via> Via::parse(std::string_view text) {
  Via via;
  // sent-protocol may have blanks around its slashes (RFC 4475 section 3.1.1.1).
  if (!iequals(trim(take_until(text, '/')), "SIP")) return std::nullopt;
  if (trim(take_until(text, '/')) != "2.0") return std::nullopt;
  text = trim(text);
  std::size_t end = 0;
  while (end < text.size() && is_token_char(text[end])) ++end;
  via.transport = text.substr(0, end);
  if (via.transport.empty() || end == text.size() || !is_space(text[end])) return std::nullopt;
  text = trim(text.substr(end));
  std::string_view sent_by = trim(take_until(text, ';'));
  via.params = text;
  std::size_t colon = std::string_view::npos;
  if (!sent_by.empty() && sent_by.front() == '[') {
    const std::size_t close = sent_by.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    colon = sent_by.find(':', close);
  } else {
    colon = sent_by.find(':');
  }
  via.host = trim(sent_by.substr(0, colon));
  if (via.host.empty()) return std::nullopt;
  for (const char c : via.host) {
    if (is_space(c)) return std::nullopt;
  }
  if (colon != std::string_view::npos) {
    const auto port = to_number<std::uint16_t>(trim(sent_by.substr(colon + 1)));
    if (!port) return std::nullopt;
    via.port = *port;
  }
  return via;
}

} // namespace tl::sip
