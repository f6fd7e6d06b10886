// SPDX-License-Identifier: Apache-2.0
#include "sip/uri.hpp"

#include "sip/chars.hpp"

namespace tl::sip {
namespace {

bool valid_host(std::string_view host) {
  if (host.empty()) return false;
  if (host.front() == '[') return host.size() > 3 && host.back() == ']';
  for (const char c : host) {
    if (!is_alpha(c) && !is_digit(c) && c != '.' && c != '-' && c != '_') return false;
  }
  return true;
}

// "host", "host:port", "[v6]", "[v6]:port".
bool parse_host_port(std::string_view text, Uri& uri) {
  std::size_t colon = std::string_view::npos;
  if (!text.empty() && text.front() == '[') {
    const std::size_t close = text.find(']');
    if (close == std::string_view::npos) return false;
    if (close + 1 < text.size()) {
      if (text[close + 1] != ':') return false;
      colon = close + 1;
    }
  } else {
    colon = text.find(':');
  }
  uri.host = text.substr(0, colon);
  if (colon != std::string_view::npos) {
    const auto port = to_number<std::uint16_t>(text.substr(colon + 1));
    if (!port || *port == 0) return false;
    uri.port = *port;
  }
  return valid_host(uri.host);
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  const char l = lower(c);
  return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

} // namespace

std::optional<std::string_view> find_param(std::string_view params, std::string_view name, char separator) {
  while (!params.empty()) {
    // A quoted value may hold the separator.
    bool quoted = false;
    std::size_t end = 0;
    for (; end < params.size() && (quoted || params[end] != separator); ++end) {
      if (params[end] == '"')
        quoted = !quoted;
      else if (quoted && params[end] == '\\')
        ++end;
    }
    const std::string_view one = params.substr(0, end);
    params = end < params.size() ? params.substr(end + 1) : std::string_view{};
    const std::size_t equals = one.find('=');
    if (!iequals(trim(one.substr(0, equals)), name)) continue;
    return equals == std::string_view::npos ? std::string_view{} : trim(one.substr(equals + 1));
  }
  return std::nullopt;
}

bool Uri::is_sip() const {
  return iequals(scheme, "sip") || iequals(scheme, "sips");
}
bool Uri::is_tel() const {
  return iequals(scheme, "tel");
}

std::optional<Uri> Uri::parse(std::string_view text) {
  text = trim(text);
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || !is_token(text.substr(0, colon))) return std::nullopt;
  Uri uri;
  uri.scheme = text.substr(0, colon);
  std::string_view rest = text.substr(colon + 1);
  for (const char c : rest) {
    if (is_space(c) || c == '<' || c == '>' || c == '"') return std::nullopt;
  }
  if (uri.is_tel()) {
    uri.user = take_until(rest, ';');
    uri.params = rest;
    return uri.user.empty() ? std::nullopt : std::optional(uri);
  }
  if (!uri.is_sip()) return uri;
  // The user part may hold ';', '?' and '/', so the '@' is looked for first.
  const std::size_t at = rest.find('@');
  if (at != std::string_view::npos) {
    uri.user = rest.substr(0, at);
    uri.user =
        uri.user.substr(0, uri.user.find(':')); // a password there is ignored (RFC 3261 section 19.1.1)
    if (uri.user.empty()) return std::nullopt;
    rest = rest.substr(at + 1);
  }
  const std::size_t host_end = rest.find_first_of(";?");
  if (!parse_host_port(rest.substr(0, host_end), uri)) return std::nullopt;
  if (host_end == std::string_view::npos) return uri;
  rest = rest.substr(host_end);
  const std::size_t question = rest.find('?');
  if (question != std::string_view::npos) uri.headers = rest.substr(question + 1);
  if (rest.front() == ';')
    uri.params = rest.substr(1, question == std::string_view::npos ? question : question - 1);
  return uri;
}

std::string unescape(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0) {
      out.push_back(static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2])));
      i += 2;
    } else {
      out.push_back(text[i]);
    }
  }
  return out;
}

std::string escape(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (is_alpha(c) || is_digit(c) || std::string_view("-_.!~*'()+").find(c) != std::string_view::npos) {
      out.push_back(c);
    } else {
      const auto byte = static_cast<unsigned char>(c);
      put(out, '%', "0123456789ABCDEF"[byte >> 4], "0123456789ABCDEF"[byte & 15]);
    }
  }
  return out;
}

} // namespace tl::sip
