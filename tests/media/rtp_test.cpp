// SPDX-License-Identifier: Apache-2.0
#include "media/rtp.hpp"

#include <gtest/gtest.h>
#include <vector>

#include "base/random.hpp"
#include "media/digit_receiver.hpp"
#include "media/sequence.hpp"

namespace tl::media {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes packet(std::uint8_t first, const Bytes& after_header) {
  Bytes bytes{first, 0x80 | 8, 0x12, 0x34, 0, 0, 1, 0, 0xDE, 0xAD, 0xBE, 0xEF};
  bytes.insert(bytes.end(), after_header.begin(), after_header.end());
  return bytes;
}

TEST(Rtp, ReadsHeaderAndPayload) {
  const auto bytes = packet(0x80, {1, 2, 3});
  const auto read = parse_rtp(bytes);
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->header.marker);
  EXPECT_EQ(read->header.payload_type, 8);
  EXPECT_EQ(read->header.sequence, 0x1234);
  EXPECT_EQ(read->header.timestamp, 256U);
  EXPECT_EQ(read->header.ssrc, 0xDEADBEEFU);
  EXPECT_EQ(Bytes(read->payload.begin(), read->payload.end()), (Bytes{1, 2, 3}));
}

TEST(Rtp, WhatIsWrittenIsRead) {
  RtpHeader header;
  header.marker = true;
  header.payload_type = 101;
  header.sequence = 65535;
  header.timestamp = 0xFFFFFF00;
  header.ssrc = 7;
  Bytes bytes(rtp_header_bytes + 1);
  write_rtp_header(header, bytes.data());
  const auto read = parse_rtp(bytes);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->header.sequence, 65535);
  EXPECT_EQ(read->header.timestamp, 0xFFFFFF00);
  EXPECT_EQ(read->header.payload_type, 101);
  EXPECT_TRUE(read->header.marker);
}

TEST(Rtp, SkipsSourcesExtensionAndPadding) {
  // One CSRC, an extension of one word, two bytes of payload, three of padding.
  const auto bytes =
      packet(0x80 | 0x20 | 0x10 | 1, {9, 9, 9, 9, 0xBE, 0xDE, 0, 1, 5, 5, 5, 5, 42, 43, 0, 0, 3});
  const auto read = parse_rtp(bytes);
  ASSERT_TRUE(read);
  EXPECT_EQ(Bytes(read->payload.begin(), read->payload.end()), (Bytes{42, 43}));
}

TEST(Rtp, RefusesWhatIsNotOnePacket) {
  const std::pair<const char*, Bytes> cases[] = {
      {"empty", {}},
      {"shorter than the header", Bytes(11, 0x80)},
      {"version 1", packet(0x40, {1})},
      {"no payload", packet(0x80, {})},
      {"CSRCs beyond the end", packet(0x8F, {1, 2, 3, 4})},
      {"extension header cut", packet(0x90, {0, 0, 0})},
      {"extension beyond the end", packet(0x90, {0, 0, 0xFF, 0xFF, 1})},
      {"padding of nothing", packet(0xA0, {1, 0})},
      {"padding of everything", packet(0xA0, {1, 2})},
      {"padding beyond the beginning", packet(0xA0, {1, 255})},
      {"longer than a packet", packet(0x80, Bytes(packet_bytes_max, 1))},
  };
  for (const auto& [name, bytes] : cases) EXPECT_FALSE(parse_rtp(bytes)) << name;
}

TEST(Rtp, KnowsRtcpFromRtp) {
  EXPECT_TRUE(looks_like_rtcp(Bytes{0x80, 200, 0, 6}));
  EXPECT_TRUE(looks_like_rtcp(Bytes{0x81, 201, 0, 7}));
  EXPECT_FALSE(looks_like_rtcp(packet(0x80, {1}))); // marker and type 8
  EXPECT_FALSE(looks_like_rtcp(Bytes{0x80, 0, 0, 0}));
  EXPECT_FALSE(looks_like_rtcp(Bytes{0x80, 200}));
}

TEST(RtpEvent, WhatIsWrittenIsRead) {
  RtpEvent event;
  event.event = 11;
  event.end = true;
  event.volume = 10;
  event.duration = 0x1234;
  Bytes bytes(rtp_event_bytes);
  write_event(event, bytes.data());
  EXPECT_EQ(bytes, (Bytes{11, 0x8A, 0x12, 0x34}));
  const auto read = parse_event(bytes);
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->end);
  EXPECT_EQ(read->duration, 0x1234);
  EXPECT_FALSE(parse_event(std::span(bytes).first(3)));
}

TEST(RtpEvent, NumbersAndDigits) {
  for (const char digit : std::string("0123456789*#ABCD"))
    EXPECT_EQ(event_digit(static_cast<std::uint8_t>(digit_event(digit))), digit);
  EXPECT_EQ(digit_event('#'), 11);
  EXPECT_EQ(event_digit(16), 0); // hook flash
  EXPECT_EQ(digit_event('x'), -1);
}

// Valid packets damaged in every way: nothing outside the datagram may be touched (the sanitizers watch), and
// what is accepted lies within it.
TEST(Rtp, SurvivesMutations) {
  constexpr std::uint64_t seed = 20260101;
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  Random random(seed);
  SequenceWindow window;
  DigitReceiver digits;
  int accepted = 0;
  for (int round = 0; round < 100'000; ++round) {
    Bytes bytes = packet(static_cast<std::uint8_t>(0x80 | random.below(64)), Bytes(random.below(40), 3));
    for (auto flips = random.below(4); flips-- > 0;)
      bytes[random.below(bytes.size())] = static_cast<std::uint8_t>(random.next());
    bytes.resize(random.chance(0.2) ? random.below(bytes.size() + 1) : bytes.size());
    const Bytes exact(bytes); // its own allocation: a byte beyond it is an error the sanitizer sees
    (void)looks_like_rtcp(exact);
    const auto read = parse_rtp(exact);
    if (!read) continue;
    ++accepted;
    ASSERT_FALSE(read->payload.empty());
    ASSERT_GE(read->payload.data(), exact.data() + rtp_header_bytes);
    ASSERT_LE(read->payload.data() + read->payload.size(), exact.data() + exact.size());
    const auto arrival = window.arrived(read->header);
    if (const auto event = parse_event(read->payload); event && arrival.fresh)
      digits.arrived(read->header.timestamp, arrival.epoch, *event);
  }
  EXPECT_GT(accepted, 10'000); // the mutations are not all trivially refused
}

} // namespace
} // namespace tl::media
