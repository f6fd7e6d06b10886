// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "media/digit_receiver.hpp"
#include "media/digit_sender.hpp"

namespace tl::media {
namespace {

RtpEvent event(char digit, std::uint16_t duration, bool end = false) {
  RtpEvent made;
  made.event = static_cast<std::uint8_t>(digit_event(digit));
  made.duration = duration;
  made.end = end;
  return made;
}

class DigitReceiverTest : public testing::Test {
protected:
  void arrives(std::uint32_t timestamp, const RtpEvent& what, std::uint32_t epoch = 1) {
    if (const auto digit = receiver.arrived(timestamp, epoch, what)) heard += *digit;
  }
  DigitReceiver receiver;
  std::string heard;
};

TEST_F(DigitReceiverTest, OnePressIsOneDigit) {
  for (std::uint16_t d = 160; d <= 800; d = static_cast<std::uint16_t>(d + 160)) arrives(1000, event('5', d));
  for (int i = 0; i < 3; ++i) arrives(1000, event('5', 800, true));
  EXPECT_EQ(heard, "5");
}

TEST_F(DigitReceiverTest, TheSameKeyTwiceIsTwoDigits) {
  arrives(1000, event('5', 160));
  arrives(1000, event('5', 320, true));
  arrives(2000, event('5', 160));
  EXPECT_EQ(heard, "55");
}

TEST_F(DigitReceiverTest, TwoPressesWhoseEndsAreLostAreTwoDigits) {
  arrives(1000, event('5', 480));
  arrives(2000, event('5', 160));
  EXPECT_EQ(heard, "55");
}

TEST_F(DigitReceiverTest, OnlyTheEndArrived) {
  arrives(1000, event('#', 800, true));
  EXPECT_EQ(heard, "#");
}

TEST_F(DigitReceiverTest, AStragglerOfTheDigitBeforeIsNotANewOne) {
  arrives(1000, event('1', 160));
  arrives(2600, event('2', 160));
  arrives(1000, event('1', 800, true));
  arrives(2600, event('2', 320));
  EXPECT_EQ(heard, "12");
}

TEST_F(DigitReceiverTest, AVeryLongPressIsOneDigit) {
  arrives(1000, event('9', 0xFFFF));
  arrives(1000 + 0xFFFF, event('9', 160)); // RFC 4733, 2.5.1.3
  arrives(1000 + 0xFFFF, event('9', 320, true));
  EXPECT_EQ(heard, "9");
}

TEST_F(DigitReceiverTest, ASourceThatBeganItsTimeAnewIsHeard) {
  arrives(10'000'000, event('1', 160, true));
  arrives(1000, event('2', 160, true)); // far back, same epoch
  arrives(1000, event('3', 160, true), 2);
  EXPECT_EQ(heard, "123");
}

TEST_F(DigitReceiverTest, TimestampsMayWrap) {
  arrives(0xFFFFFF00, event('1', 160, true));
  arrives(0x00000300, event('2', 160, true));
  EXPECT_EQ(heard, "12");
}

TEST_F(DigitReceiverTest, EventsThatAreNoDigitsAreNotReported) {
  RtpEvent flash;
  flash.event = 16;
  arrives(1000, flash);
  EXPECT_EQ(heard, "");
}

std::vector<DigitStep> all_steps(DigitSender sender) {
  std::vector<DigitStep> steps;
  while (steps.size() < 10'000) {
    steps.push_back(sender.next());
    if (steps.back().kind == DigitStep::Kind::finished) break;
  }
  return steps;
}

TEST(DigitSender, EachPressHasUpdatesAndThreeEnds) {
  const auto steps = all_steps(DigitSender("12", 100ms, 80ms));
  std::string down;
  int ends = 0;
  for (const auto& step : steps) {
    if (step.first) down += step.digit;
    if (step.kind == DigitStep::Kind::key_up && step.end_packet) {
      ++ends;
      EXPECT_EQ(step.duration, 800);
    }
  }
  EXPECT_EQ(down, "12");
  EXPECT_EQ(ends, 6);
  // 5 x 20 ms down, 4 x gap; 5 down, 3 ends; finished.
  EXPECT_EQ(steps.size(), 5U + 4U + 5U + 3U + 1U);
  EXPECT_EQ(steps[4].duration, 800);
}

TEST(DigitSender, WhatItSendsIsWhatIsHeard) {
  DigitReceiver receiver;
  std::string heard;
  std::uint32_t now = 0, pressed = 0;
  for (const auto& step : all_steps(DigitSender("*0#55,D", 40ms, 0ms))) {
    if (step.first) pressed = now;
    now += 160;
    if (step.kind == DigitStep::Kind::key_down || step.end_packet)
      if (const auto digit = receiver.arrived(pressed, 1, event(step.digit, step.duration, step.end_packet)))
        heard += *digit;
  }
  EXPECT_EQ(heard, "*0#55D");
}

TEST(DigitSender, TimesAreHeldWithinTheirLimits) {
  EXPECT_EQ(all_steps(DigitSender("1", 0ms, 0ms)).size(), 2U + 3U + 1U);
  for (const auto& step : all_steps(DigitSender("1", 1h, 1h))) EXPECT_LE(step.duration, 64'000);
}

TEST(DigitSender, KnowsItsAlphabet) {
  EXPECT_TRUE(DigitSender::valid("0123456789*#ABCD,"));
  EXPECT_TRUE(DigitSender::valid(""));
  EXPECT_FALSE(DigitSender::valid("12x"));
  EXPECT_FALSE(DigitSender::valid(std::string(257, '1')));
}

} // namespace
} // namespace tl::media
