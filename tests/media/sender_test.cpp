// SPDX-License-Identifier: Apache-2.0
#include "media/sender.hpp"

#include <gtest/gtest.h>

namespace tl::media {
namespace {

// A source of 20 ms packets as it arrives at the relay.
struct Source {
  SequenceWindow window;
  std::uint16_t sequence;
  std::uint32_t timestamp;
  std::uint32_t ssrc;

  RtpHeader header(int packets_ahead = 0) const {
    RtpHeader header;
    header.sequence = static_cast<std::uint16_t>(sequence + packets_ahead);
    header.timestamp = timestamp + static_cast<std::uint32_t>(packets_ahead * 160);
    header.ssrc = ssrc;
    return header;
  }
  void step(int packets = 1) {
    sequence = static_cast<std::uint16_t>(sequence + packets);
    timestamp += static_cast<std::uint32_t>(packets * 160);
  }
  std::optional<RtpHeader> through(Sender& sender, Instant now, int packets_ahead = 0) {
    const auto in = header(packets_ahead);
    const auto arrival = window.arrived(in);
    if (!arrival.fresh) return {};
    return sender.relay(in, arrival, 160, now);
  }
};

constexpr std::uint16_t start_sequence = 65530; // wraps soon
constexpr std::uint32_t start_timestamp = 0xFFFFFE00;

Sender sender() {
  return Sender(77, start_sequence, start_timestamp);
}

TEST(Sender, OwnSoundIsContinuous) {
  Sender out = sender();
  for (int i = 0; i < 20; ++i) {
    const auto header = out.next(160, Instant{i * 20ms});
    EXPECT_EQ(header.ssrc, 77U);
    EXPECT_EQ(header.sequence, static_cast<std::uint16_t>(start_sequence + i));
    EXPECT_EQ(header.timestamp, start_timestamp + static_cast<std::uint32_t>(i) * 160);
    EXPECT_EQ(header.marker, i == 0);
  }
}

TEST(Sender, MusicThenCallerThenMusicHasOneRisingNumbering) {
  Sender out = sender();
  Instant now{1s};
  out.next(160, now);
  const auto music = out.next(160, now += 20ms);

  Source caller{{}, 500, 90'000, 1};
  out.change_source();
  const auto spoken = caller.through(out, now += 20ms);
  ASSERT_TRUE(spoken);
  EXPECT_EQ(spoken->ssrc, 77U);
  EXPECT_EQ(spoken->sequence, static_cast<std::uint16_t>(music.sequence + 1));
  EXPECT_EQ(spoken->timestamp, music.timestamp + 160);
  EXPECT_TRUE(spoken->marker);
  caller.step();
  const auto second = caller.through(out, now += 20ms);
  EXPECT_EQ(second->timestamp, spoken->timestamp + 160);
  EXPECT_FALSE(second->marker);

  out.change_source();
  const auto again = out.next(160, now += 1s); // a second of nothing between them
  EXPECT_EQ(again.sequence, static_cast<std::uint16_t>(second->sequence + 1));
  EXPECT_EQ(again.timestamp, second->timestamp + 8000);
  EXPECT_TRUE(again.marker);
}

TEST(Sender, RelayKeepsLossesAndReorderingVisible) {
  Sender out = sender();
  Source caller{{}, 65534, 0, 1};
  const auto first = caller.through(out, 1s);
  const auto third = caller.through(out, 1040ms, 2); // 1 is late
  const auto second = caller.through(out, 1050ms, 1);
  ASSERT_TRUE(first && second && third);
  EXPECT_EQ(static_cast<std::uint16_t>(second->sequence - first->sequence), 1);
  EXPECT_EQ(static_cast<std::uint16_t>(third->sequence - first->sequence), 2);
  EXPECT_EQ(second->timestamp - first->timestamp, 160U);
  EXPECT_EQ(third->timestamp - first->timestamp, 320U);
  // 3 to 9 are lost.
  const auto tenth = caller.through(out, 1200ms, 10);
  EXPECT_EQ(static_cast<std::uint16_t>(tenth->sequence - first->sequence), 10);
  EXPECT_EQ(tenth->timestamp - first->timestamp, 1600U);
}

TEST(Sender, APacketOlderThanTheChangeIsNotSent) {
  Sender out = sender();
  Source caller{{}, 100, 0, 1};
  caller.through(out, 1s, 0);
  const auto before = out.next(160, 1020ms);
  ASSERT_TRUE(caller.through(out, 1040ms, 3));
  EXPECT_FALSE(caller.through(out, 1045ms, 2)); // its number was given to our own packet
  const auto next = caller.through(out, 1060ms, 4);
  EXPECT_EQ(static_cast<std::uint16_t>(next->sequence - before.sequence), 2);
}

TEST(Sender, ANewSourceGoesOnWhereTheOldOneStopped) {
  Sender out = sender();
  Source one{{}, 100, 5'000'000, 1};
  const auto last = one.through(out, 1s);
  SequenceWindow same_window = one.window; // the leg's window sees the SSRC change
  Source two{same_window, 9000, 17, 2};
  const auto first = two.through(out, 1020ms);
  ASSERT_TRUE(last && first);
  EXPECT_EQ(first->sequence, static_cast<std::uint16_t>(last->sequence + 1));
  EXPECT_EQ(first->timestamp, last->timestamp + 160);
  EXPECT_TRUE(first->marker);
}

TEST(Sender, JumpingTimestampsAreStraightened) {
  Sender out = sender();
  Source caller{{}, 100, 1'000'000, 1};
  const auto first = caller.through(out, 1s);
  for (const std::uint32_t jump : {1'000'000U, static_cast<std::uint32_t>(-2'000'000)}) {
    caller.step();
    caller.timestamp += jump;
    const auto next = caller.through(out, 1020ms);
    ASSERT_TRUE(next);
    EXPECT_LT(next->timestamp - first->timestamp, 1000U) << jump;
    EXPECT_TRUE(next->marker);
  }
}

TEST(Sender, SilenceSuppressionOfTheSourceKeepsItsTimestamps) {
  Sender out = sender();
  Source caller{{}, 100, 0, 1};
  const auto before = caller.through(out, 1s);
  caller.step();
  caller.timestamp += 8000; // a second of silence, no packets
  const auto after = caller.through(out, 2020ms);
  EXPECT_EQ(after->sequence, static_cast<std::uint16_t>(before->sequence + 1));
  EXPECT_EQ(after->timestamp, before->timestamp + 8160);
}

TEST(Sender, EventPacketsShareATimestampAndMoveTheNumbers) {
  Sender out = sender();
  out.next(160, 1s);
  out.change_source();
  const auto start = out.next(160, 1020ms);
  const auto update = out.again(start.timestamp, 1040ms);
  out.skip(160);
  const auto end = out.again(start.timestamp, 1060ms);
  out.skip(160);
  out.change_source();
  const auto audio = out.next(160, 1080ms);
  EXPECT_TRUE(start.marker);
  EXPECT_FALSE(update.marker);
  EXPECT_EQ(update.timestamp, start.timestamp);
  EXPECT_EQ(static_cast<std::uint16_t>(end.sequence - start.sequence), 2);
  EXPECT_EQ(static_cast<std::uint16_t>(audio.sequence - start.sequence), 3);
  EXPECT_EQ(audio.timestamp, start.timestamp + 3 * 160);
}

} // namespace
} // namespace tl::media
