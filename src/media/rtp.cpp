// SPDX-License-Identifier: Apache-2.0
#include "media/rtp.hpp"

#include <string_view>

namespace tl::media {
namespace {

constexpr std::string_view digits = "0123456789*#ABCD"; // in the order of RFC 4733, table 3

std::uint16_t read16(const std::uint8_t* p) {
  return static_cast<std::uint16_t>(p[0] << 8 | p[1]);
}
std::uint32_t read32(const std::uint8_t* p) {
  return static_cast<std::uint32_t>(read16(p)) << 16 | read16(p + 2);
}

void write16(std::uint16_t value, std::uint8_t* p) {
  p[0] = static_cast<std::uint8_t>(value >> 8);
  p[1] = static_cast<std::uint8_t>(value);
}
void write32(std::uint32_t value, std::uint8_t* p) {
  write16(static_cast<std::uint16_t>(value >> 16), p);
  write16(static_cast<std::uint16_t>(value), p + 2);
}

} // namespace

std::optional<RtpPacket> parse_rtp(std::span<const std::uint8_t> datagram) {
  const std::size_t size = datagram.size();
  if (size < rtp_header_bytes || size > packet_bytes_max) return {};
  const std::uint8_t* bytes = datagram.data();
  if (bytes[0] >> 6 != 2) return {};
  std::size_t begin = rtp_header_bytes + 4U * (bytes[0] & 15U);
  if (bytes[0] & 0x10) { // extension: 16 bits of profile, 16 bits of length in words
    if (begin + 4 > size) return {};
    begin += 4 + 4U * read16(bytes + begin + 2);
  }
  std::size_t end = size;
  if (bytes[0] & 0x20) { // the last byte counts the padding, itself included
    const std::size_t padding = bytes[size - 1];
    if (padding == 0 || padding > size) return {};
    end -= padding;
  }
  if (begin >= end) return {};
  RtpPacket packet;
  packet.header.marker = bytes[1] & 0x80;
  packet.header.payload_type = bytes[1] & 0x7F;
  packet.header.sequence = read16(bytes + 2);
  packet.header.timestamp = read32(bytes + 4);
  packet.header.ssrc = read32(bytes + 8);
  packet.payload = datagram.subspan(begin, end - begin);
  return packet;
}

bool looks_like_rtcp(std::span<const std::uint8_t> datagram) {
  return datagram.size() >= 4 && datagram[0] >> 6 == 2 && datagram[1] >= 192 && datagram[1] <= 223;
}

void write_rtp_header(const RtpHeader& header, std::uint8_t* to) {
  to[0] = 0x80;
  to[1] = static_cast<std::uint8_t>((header.marker ? 0x80 : 0) | (header.payload_type & 0x7F));
  write16(header.sequence, to + 2);
  write32(header.timestamp, to + 4);
  write32(header.ssrc, to + 8);
}

std::optional<RtpEvent> parse_event(std::span<const std::uint8_t> payload) {
  if (payload.size() < rtp_event_bytes) return {};
  RtpEvent event;
  event.event = payload[0];
  event.end = payload[1] & 0x80;
  event.volume = payload[1] & 0x3F;
  event.duration = read16(payload.data() + 2);
  return event;
}

void write_event(const RtpEvent& event, std::uint8_t* to) {
  to[0] = event.event;
  to[1] = static_cast<std::uint8_t>((event.end ? 0x80 : 0) | (event.volume & 0x3F));
  write16(event.duration, to + 2);
}

char event_digit(std::uint8_t event) {
  return event < digits.size() ? digits[event] : '\0';
}

int digit_event(char digit) {
  const auto at = digits.find(digit);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

} // namespace tl::media
