// SPDX-License-Identifier: Apache-2.0
#include "sip/sdp.hpp"

#include "sip/chars.hpp"

namespace tl::sip {
namespace {

std::optional<Direction> to_direction(std::string_view text) {
  if (text == "sendrecv") return Direction::sendrecv;
  if (text == "sendonly") return Direction::sendonly;
  if (text == "recvonly") return Direction::recvonly;
  if (text == "inactive") return Direction::inactive;
  return std::nullopt;
}

// The host of "IN IP4 host[/ttl]"; empty if it is none.
std::string_view connection_host(std::string_view value) {
  if (take_until(value, ' ') != "IN") return {};
  const std::string_view type = take_until(value, ' ');
  if (type != "IP4" && type != "IP6") return {};
  return trim(take_until(value, '/'));
}

bool parse_media(std::string_view value, SdpMedia& media) {
  media.line = value;
  media.kind = take_until(value, ' ');
  std::string_view port = take_until(value, ' ');
  const auto number = to_number<std::uint16_t>(take_until(port, '/'));
  media.protocol = take_until(value, ' ');
  if (media.kind.empty() || !number || media.protocol.empty()) return false;
  media.port = *number;
  while (!value.empty() && media.formats.size() < sdp_formats_max) {
    const std::string_view format = take_until(value, ' ');
    if (!format.empty()) media.formats.push_back(format);
  }
  return !media.formats.empty();
}

} // namespace

std::string_view to_string(Direction direction) {
  switch (direction) {
  case Direction::sendrecv: return "sendrecv";
  case Direction::sendonly: return "sendonly";
  case Direction::recvonly: return "recvonly";
  case Direction::inactive: return "inactive";
  }
  return "inactive";
}

static Direction make_direction(bool send, bool receive) {
  if (send) return receive ? Direction::sendrecv : Direction::sendonly;
  return receive ? Direction::recvonly : Direction::inactive;
}

Direction reversed(Direction direction) {
  return make_direction(receives(direction), sends(direction));
}

Direction common(Direction a, Direction b) {
  return make_direction(sends(a) && sends(b), receives(a) && receives(b));
}

std::string_view SdpMedia::attribute(std::string_view name, std::string_view format) const {
  for (std::string_view rest = attributes; !rest.empty();) {
    std::string_view one = trim(take_until(rest, '\n'));
    if (!one.starts_with("a=")) continue;
    one.remove_prefix(2);
    if (take_until(one, ':') != name) continue;
    if (format.empty()) return one;
    if (one.starts_with(format) && one.size() > format.size() && one[format.size()] == ' ')
      return trim(one.substr(format.size() + 1));
  }
  return {};
}

std::string_view SdpMedia::encoding(std::string_view format) const {
  const std::string_view mapped = attribute("rtpmap", format);
  if (!mapped.empty()) return mapped;
  if (format == "0") return "PCMU/8000";
  return format == "8" ? std::string_view("PCMA/8000") : std::string_view{};
}

std::optional<Sdp> Sdp::parse(std::string_view text) {
  if (text.size() > sdp_size_max_bytes || !text.starts_with("v=0")) return std::nullopt;
  Sdp sdp;
  std::string_view session_host;
  Direction session_direction = Direction::sendrecv;
  const char* const end = text.data() + text.size();
  while (!text.empty()) {
    std::string_view line = take_until(text, '\n');
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.size() < 2 || line[1] != '=') {
      if (trim(line).empty()) continue;
      return std::nullopt;
    }
    const std::string_view value = line.substr(2);
    SdpMedia* media = sdp.media.empty() ? nullptr : &sdp.media.back();
    switch (line.front()) {
    case 'c': (media != nullptr ? media->host : session_host) = connection_host(value); break;
    case 'm':
      if (sdp.media.size() >= sdp_media_max) return std::nullopt;
      sdp.media.emplace_back();
      if (!parse_media(value, sdp.media.back())) return std::nullopt;
      sdp.media.back().host = session_host;
      sdp.media.back().direction = session_direction;
      sdp.media.back().attributes = text; // cut below, where the next stream starts
      break;
    case 'a':
      if (const auto direction = to_direction(value))
        (media != nullptr ? media->direction : session_direction) = *direction;
      break;
    default: break;
    }
  }
  for (std::size_t i = 0; i < sdp.media.size(); ++i) {
    const char* from = sdp.media[i].attributes.data();
    const char* to = i + 1 < sdp.media.size() ? sdp.media[i + 1].line.data() - 2 : end;
    sdp.media[i].attributes = from == nullptr || from > to
                                  ? std::string_view{}
                                  : std::string_view(from, static_cast<std::size_t>(to - from));
  }
  return sdp;
}

const SdpMedia* Sdp::audio() const {
  for (const SdpMedia& one : media) {
    if (one.kind == "audio" && one.port != 0 && (one.protocol == "RTP/AVP" || one.protocol == "RTP/AVPF"))
      return &one;
  }
  return nullptr;
}

} // namespace tl::sip
