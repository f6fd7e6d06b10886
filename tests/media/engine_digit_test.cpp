// SPDX-License-Identifier: Apache-2.0
// Digits through the engine, in both directions.
#include <algorithm>

#include "engine_fixture.hpp"

namespace tl::media {
namespace {

TEST_F(EngineTest, DigitsAreReportedOnceAndRelayed) {
  start();
  Phone alice(loop), bob(loop);
  Events events;
  auto a = open(alice.remote(Codec::pcmu, 96), &events), b = open(bob.remote());
  a->connect(*b);
  alice.speak(a->local_port(), 700);
  run_for(loop, 60ms);
  const Time before = loop.now();
  for (const char digit : std::string("4711#")) {
    alice.press(a->local_port(), digit, 96);
    run_for(loop, 30ms);
  }
  EXPECT_EQ(events.digits, "4711#");
  EXPECT_EQ(bob.digits(), "4711#"); // as type 101
  ASSERT_FALSE(events.digit_times.empty());
  EXPECT_GE(events.digit_times.front(), before - 2ms);
  EXPECT_LE(events.digit_times.back(), loop.now());
  EXPECT_TRUE(std::is_sorted(events.digit_times.begin(), events.digit_times.end()));
}

TEST_F(EngineTest, AFloodOfDigitsIsCut) {
  start();
  Phone alice(loop);
  Events events;
  auto stream = open(alice.remote(), &events);
  settle();
  for (int i = 0; i < 30; ++i) { // in rounds, so that no socket buffer overflows
    for (int n = 0; n < 10; ++n) alice.press(stream->local_port(), '1');
    run_for(loop, 1ms);
  }
  run_for(loop, 100ms);
  EXPECT_GE(events.digits.size(), 32U);  // the burst
  EXPECT_LE(events.digits.size(), 100U); // of 300
}

TEST_F(EngineTest, DigitsAreSentWhileOtherSoundPauses) {
  start();
  Phone caller(loop);
  Events events;
  auto stream = open(caller.remote(), &events);
  ASSERT_TRUE(stream->treat({Treatment::Kind::music, "", false}));
  run_for(loop, 60ms);
  ASSERT_TRUE(stream->send_digits("19*#", 80ms, 60ms));
  ASSERT_TRUE(run_until(loop, [&] { return !events.sent.empty(); }));
  EXPECT_EQ(events.sent, std::vector<bool>{true});
  EXPECT_EQ(caller.digits(), "19*#");
  caller.expect_continuous();
  bool inside = false;
  int ends = 0;
  for (const auto& packet : caller.heard()) {
    if (packet.header.payload_type != 101) {
      EXPECT_FALSE(inside) << "music in the middle of a digit";
      continue;
    }
    const auto event = parse_event(packet.payload);
    inside = !event->end;
    ends += event->end;
    EXPECT_EQ(packet.header.marker, event->duration == 160);
    EXPECT_TRUE(!event->end || event->duration == 640) << event->duration;
  }
  EXPECT_EQ(ends, 12);
  EXPECT_GT(listen(caller, 100ms).size(), 300U); // music goes on
}

TEST_F(EngineTest, DigitsWithoutTelephoneEventAreTones) {
  start();
  Phone caller(loop);
  Events events;
  auto stream = open(caller.remote(Codec::pcma, -1), &events);
  ASSERT_TRUE(stream->send_digits("5", 200ms, 60ms));
  ASSERT_TRUE(run_until(loop, [&] { return !events.sent.empty(); }));
  auto sound = caller.sound();
  ASSERT_GE(sound.size(), 1600U);
  sound.resize(1600);
  EXPECT_NEAR(tone_level_dbfs(sound, 770), -13, 1);
  EXPECT_NEAR(tone_level_dbfs(sound, 1336), -13, 1);
  EXPECT_LT(tone_level_dbfs(sound, 1000), -45);
}

TEST_F(EngineTest, ADigitReachesAPeerWithoutTelephoneEventAsTones) {
  start();
  Phone alice(loop), bob(loop);
  Events bobs;
  auto a = open(alice.remote()), b = open(bob.remote(Codec::pcmu, -1), &bobs);
  a->connect(*b);
  settle();
  alice.press(a->local_port(), '8');
  run_for(loop, 250ms);
  auto sound = bob.sound();
  ASSERT_GE(sound.size(), 800U);
  sound.resize(800);
  EXPECT_NEAR(tone_level_dbfs(sound, 852), -13, 1);
  EXPECT_NEAR(tone_level_dbfs(sound, 1336), -13, 1);
  EXPECT_TRUE(bobs.sent.empty()); // nobody asked for it
}

TEST_F(EngineTest, DigitsAreReplacedAndCancelled) {
  start();
  Phone caller(loop);
  Events events;
  auto stream = open(caller.remote(), &events);
  EXPECT_EQ(stream->send_digits("12a").error().code, LINEERR_INVALDIGITS);
  ASSERT_TRUE(stream->send_digits("111111111", 100ms));
  ASSERT_TRUE(stream->send_digits("22", 40ms)); // perhaps before the media thread saw the first
  ASSERT_TRUE(run_until(loop, [&] { return events.sent.size() == 2; }));
  EXPECT_EQ(events.sent, (std::vector<bool>{false, true}));
  ASSERT_TRUE(stream->send_digits("3333333", 100ms));
  run_for(loop, 50ms);
  ASSERT_TRUE(stream->send_digits(""));
  ASSERT_TRUE(run_until(loop, [&] { return events.sent.size() == 3; }));
  EXPECT_FALSE(events.sent.back());
}

TEST_F(EngineTest, DigitsToNowhereFail) {
  start();
  Events events;
  auto stream = open(&events);
  ASSERT_TRUE(stream->send_digits("1"));
  ASSERT_TRUE(run_until(loop, [&] { return !events.sent.empty(); }));
  EXPECT_FALSE(events.sent[0]);
}

TEST_F(EngineTest, HandlersMayDestroyTheirStream) {
  start();
  Phone alice(loop);
  Events events;
  auto stream = open(alice.remote(), &events);
  settle();
  events.on_digit = [&] { stream.reset(); };
  alice.press(stream->local_port(), '1');
  alice.press(stream->local_port(), '2');
  ASSERT_TRUE(run_until(loop, [&] { return !events.digits.empty(); }));
  settle();
  EXPECT_EQ(events.digits, "1");
}

} // namespace
} // namespace tl::media
