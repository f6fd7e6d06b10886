// SPDX-License-Identifier: Apache-2.0
// RTP packets (RFC 3550, section 5.1) and telephone events (RFC 4733, section 2.3), as bytes. Input is
// hostile.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace tl::media {

inline constexpr std::size_t rtp_header_bytes = 12;
inline constexpr std::size_t rtp_event_bytes = 4;
inline constexpr std::size_t packet_bytes_max = 1500; // longer datagrams are malformed

struct RtpHeader {
  bool marker = false;
  std::uint8_t payload_type = 0;
  std::uint16_t sequence = 0;
  std::uint32_t timestamp = 0;
  std::uint32_t ssrc = 0;
};

struct RtpPacket {
  RtpHeader header;
  std::span<const std::uint8_t> payload; // into the datagram; without CSRCs, extension and padding
};

// Nothing if the datagram is not one whole RTP packet with a payload.
std::optional<RtpPacket> parse_rtp(std::span<const std::uint8_t> datagram);

// RTCP on the same port (RFC 5761, section 4): packet types 192 to 223 where RTP has marker and payload type.
bool looks_like_rtcp(std::span<const std::uint8_t> datagram);

// Writes the fixed header to the first rtp_header_bytes of `to`.
void write_rtp_header(const RtpHeader& header, std::uint8_t* to);

struct RtpEvent {
  std::uint8_t event = 0; // 0-9, 10 *, 11 #, 12-15 A-D; others are not digits
  bool end = false;
  std::uint8_t volume = 10; // -dBm0
  std::uint16_t duration = 0;
};

// Nothing if the payload is too short. Further event blocks in the payload are ignored (RFC 4733, 2.5.1.5 has
// one).
std::optional<RtpEvent> parse_event(std::span<const std::uint8_t> payload);
void write_event(const RtpEvent& event, std::uint8_t* to);

// 0 if the event is no digit; -1 if the character is none.
char event_digit(std::uint8_t event);
int digit_event(char digit);

} // namespace tl::media
