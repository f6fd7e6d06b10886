// SPDX-License-Identifier: Apache-2.0
// RFC 3264 for one audio stream; every other stream of an offer is answered with port 0 (section 6).
#include "sip/chars.hpp"
#include "sip/sdp.hpp"

namespace tl::sip {
namespace {

std::string_view encoding_name(Codec codec) {
  return codec == Codec::pcmu ? "PCMU" : "PCMA";
}

void put_session(std::string& out, const LocalAudio& local) {
  const std::string_view type = local.rtp.v6 ? "IN IP6 " : "IN IP4 ";
  std::string host;
  put_host(host, local.rtp);
  if (local.rtp.v6) host = host.substr(1, host.size() - 2);
  put(out, "v=0\r\no=- ", local.session_id, ' ', local.version, ' ', type, host, "\r\ns=-\r\nc=", type, host,
      "\r\nt=0 0\r\n");
}

bool names(std::string_view encoding, std::string_view name) {
  const std::string_view found = take_until(encoding, '/');
  return iequals(found, name) && trim(take_until(encoding, '/')) == "8000";
}

// What the peer's stream says, with the first of our codecs it knows. Nothing without a common codec.
std::optional<AudioSession> agree(const SdpMedia& media, const LocalAudio& local) {
  AudioSession session;
  bool found = false;
  for (const Codec codec : local.codecs) {
    // The static payload types of RFC 3551 alone: everybody who knows G.711 knows them.
    const std::string_view wanted = codec == Codec::pcmu ? "0" : "8";
    for (const std::string_view format : media.formats)
      found = found || (format == wanted && names(media.encoding(format), encoding_name(codec)));
    if (!found) continue;
    session.codec = codec;
    session.payload = codec == Codec::pcmu ? 0 : 8;
    break;
  }
  if (!found) return std::nullopt;
  for (const std::string_view format : media.formats) {
    const auto payload = to_number<std::uint8_t>(format);
    if (payload && *payload <= 127 && names(media.encoding(format), "telephone-event") &&
        !session.digits_payload)
      session.digits_payload = payload;
  }
  session.packet_ms = to_number<std::uint16_t>(media.attribute("ptime", {})).value_or(20);
  if (session.packet_ms < 10 || session.packet_ms > 100) session.packet_ms = 20;
  const auto address = Address::parse_host(media.host, media.port);
  if (address) session.remote = *address;
  // An address of zeros is the hold of RFC 2543.
  const bool zeros = !address || address->any();
  session.remote_direction = zeros ? common(media.direction, Direction::sendonly) : media.direction;
  session.direction = common(local.direction, reversed(session.remote_direction));
  return session;
}

} // namespace

std::string make_offer(const LocalAudio& local) {
  std::string out;
  out.reserve(256);
  put_session(out, local);
  put(out, "m=audio ", local.rtp.port, " RTP/AVP");
  for (const Codec codec : local.codecs) put(out, ' ', codec == Codec::pcmu ? 0 : 8);
  put(out, ' ', local.digits_payload, "\r\n");
  for (const Codec codec : local.codecs)
    put(out, "a=rtpmap:", codec == Codec::pcmu ? 0 : 8, ' ', encoding_name(codec), "/8000\r\n");
  put(out, "a=rtpmap:", local.digits_payload, " telephone-event/8000\r\na=fmtp:", local.digits_payload,
      " 0-16\r\na=ptime:20\r\na=", to_string(local.direction), "\r\n");
  return out;
}

std::optional<SdpAnswer> answer_offer(const Sdp& offer, const LocalAudio& local) {
  const SdpMedia* audio = offer.audio();
  if (audio == nullptr) return std::nullopt;
  const auto session = agree(*audio, local);
  if (!session) return std::nullopt;
  SdpAnswer answer{{}, *session};
  std::string& out = answer.text;
  put_session(out, local);
  for (const SdpMedia& media : offer.media) {
    if (&media != audio) {
      put(out, "m=", media.kind, " 0 ", media.protocol);
      for (const std::string_view format : media.formats) put(out, ' ', format);
      out.append("\r\n");
      continue;
    }
    put(out, "m=audio ", local.rtp.port, ' ', media.protocol, ' ', session->payload);
    if (session->digits_payload) put(out, ' ', *session->digits_payload);
    put(out, "\r\na=rtpmap:", session->payload, ' ', encoding_name(session->codec), "/8000\r\n");
    if (session->digits_payload)
      put(out, "a=rtpmap:", *session->digits_payload,
          " telephone-event/8000\r\na=fmtp:", *session->digits_payload, " 0-16\r\n");
    put(out, "a=ptime:", session->packet_ms, "\r\na=", to_string(session->direction), "\r\n");
  }
  return answer;
}

std::optional<AudioSession> read_answer(const Sdp& answer, const LocalAudio& offer) {
  const SdpMedia* audio = answer.audio();
  if (audio == nullptr) return std::nullopt;
  return agree(*audio, offer);
}

} // namespace tl::sip
