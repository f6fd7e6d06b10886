// SPDX-License-Identifier: Apache-2.0
#include "media/sequence.hpp"

#include <gtest/gtest.h>

namespace tl::media {
namespace {

RtpHeader numbered(std::uint16_t sequence, std::uint32_t ssrc = 1) {
  RtpHeader header;
  header.sequence = sequence;
  header.ssrc = ssrc;
  return header;
}

TEST(SequenceWindow, CountsOnOverTheWrap) {
  SequenceWindow window;
  const auto before = window.arrived(numbered(65535));
  const auto after = window.arrived(numbered(0));
  EXPECT_TRUE(after.fresh);
  EXPECT_EQ(after.extended, before.extended + 1);
  EXPECT_EQ(after.epoch, before.epoch);
}

TEST(SequenceWindow, TakesReorderedOnceAndDuplicatesNever) {
  SequenceWindow window;
  window.arrived(numbered(10));
  window.arrived(numbered(12));
  const auto late = window.arrived(numbered(11));
  EXPECT_TRUE(late.fresh);
  EXPECT_EQ(late.extended, 11);
  EXPECT_FALSE(window.arrived(numbered(11)).fresh);
  EXPECT_FALSE(window.arrived(numbered(12)).fresh);
  EXPECT_FALSE(window.arrived(numbered(10)).fresh);
}

TEST(SequenceWindow, RefusesWhatIsOlderThanItsMemory) {
  SequenceWindow window;
  window.arrived(numbered(1000));
  EXPECT_TRUE(window.arrived(numbered(1000 - 63)).fresh);
  EXPECT_FALSE(window.arrived(numbered(1000 - 64)).fresh);
  EXPECT_FALSE(window.arrived(numbered(1000 - 100)).fresh);
}

TEST(SequenceWindow, ForgetsAfterALongGap) {
  SequenceWindow window;
  window.arrived(numbered(10));
  EXPECT_TRUE(window.arrived(numbered(210)).fresh);
  EXPECT_TRUE(window.arrived(numbered(209)).fresh); // not mistaken for 10's bit
  EXPECT_FALSE(window.arrived(numbered(210)).fresh);
}

TEST(SequenceWindow, AJumpIsBelievedWithItsSecondPacket) {
  SequenceWindow window;
  const auto first = window.arrived(numbered(100));
  EXPECT_FALSE(window.arrived(numbered(30000)).fresh); // one stray number moves nothing
  EXPECT_TRUE(window.arrived(numbered(101)).fresh);
  EXPECT_FALSE(window.arrived(numbered(40000)).fresh);
  const auto restarted = window.arrived(numbered(40001));
  EXPECT_TRUE(restarted.fresh);
  EXPECT_NE(restarted.epoch, first.epoch);
}

TEST(SequenceWindow, ANewSourceIsANewEpoch) {
  SequenceWindow window;
  const auto one = window.arrived(numbered(100, 1));
  const auto two = window.arrived(numbered(100, 2));
  EXPECT_TRUE(two.fresh);
  EXPECT_NE(one.epoch, two.epoch);
}

} // namespace
} // namespace tl::media
