// SPDX-License-Identifier: Apache-2.0
// Session descriptions (RFC 8866) as far as audio calls need them: parsed as views into the text, which is
// hostile until then; offers and answers (RFC 3264) for G.711 and telephone-event (RFC 4733).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sip/address.hpp"

namespace tl::sip {

enum class Direction : std::uint8_t { sendrecv, sendonly, recvonly, inactive };
std::string_view to_string(Direction direction);
Direction reversed(Direction direction);    // as the other side sees it
Direction common(Direction a, Direction b); // what both allow, in a's view of b given in a's own terms
constexpr bool sends(Direction d) {
  return d == Direction::sendrecv || d == Direction::sendonly;
}
constexpr bool receives(Direction d) {
  return d == Direction::sendrecv || d == Direction::recvonly;
}

inline constexpr std::size_t sdp_size_max_bytes = 8 * 1024;
inline constexpr std::size_t sdp_media_max = 16;
inline constexpr std::size_t sdp_formats_max = 32; // of one media line

struct SdpMedia {
  std::string_view line;     // the value of m=
  std::string_view kind;     // "audio", "video" ...
  std::uint16_t port = 0;    // 0: refused or not wanted
  std::string_view protocol; // "RTP/AVP" ...
  std::vector<std::string_view> formats;
  std::string_view host;       // of its c= or the session's
  std::string_view attributes; // its lines after m=
  Direction direction = Direction::sendrecv;

  // The value of "a=name:value" for which `value` starts with `format` and a blank; empty if there is none.
  std::string_view attribute(std::string_view name, std::string_view format) const;
  // "PCMU/8000" of a format: rtpmap, or the static assignment of RFC 3551.
  std::string_view encoding(std::string_view format) const;
};

struct Sdp {
  std::vector<SdpMedia> media;
  // Nothing for what is not a session description or goes beyond the limits.
  static std::optional<Sdp> parse(std::string_view text);
  const SdpMedia* audio() const; // the first audio stream over RTP/AVP with a port
};

enum class Codec : std::uint8_t { pcmu, pcma };

// What one side offers or answers with.
struct LocalAudio {
  Address rtp;
  std::vector<Codec> codecs{Codec::pcma, Codec::pcmu}; // best first
  Direction direction = Direction::sendrecv;
  std::uint8_t digits_payload = 101; // used in our offers; answers repeat the offer's
  std::uint64_t session_id = 1;
  std::uint32_t version = 1; // rises with each change
};

// What was agreed, in our terms.
struct AudioSession {
  Address remote;                                   // where our packets go; port 0 if it refused the stream
  Direction direction = Direction::sendrecv;        // ours
  Direction remote_direction = Direction::sendrecv; // as the peer wrote it: sendonly or inactive is its hold
  Codec codec = Codec::pcma;
  std::uint8_t payload = 8;
  std::optional<std::uint8_t> digits_payload; // telephone-event at 8000 Hz
  std::uint16_t packet_ms = 20;

  bool held_by_peer() const { return !receives(remote_direction); }
};

std::string make_offer(const LocalAudio& local);

struct SdpAnswer {
  std::string text;
  AudioSession audio;
};
// Nothing: there is no stream we can answer (488).
std::optional<SdpAnswer> answer_offer(const Sdp& offer, const LocalAudio& local);
std::optional<AudioSession> read_answer(const Sdp& answer, const LocalAudio& offer);

} // namespace tl::sip
