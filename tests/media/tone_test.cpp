// SPDX-License-Identifier: Apache-2.0
// Tones over loopback: sent in place of what a stream hears, and found in what it receives.
#include "engine_fixture.hpp"

namespace tl::media {
namespace {

struct ToneEvents : Events {
  std::vector<std::size_t> tones;
  void stream_tone(Stream&, std::size_t watch, Time) override { tones.push_back(watch); }
};

class ToneTest : public EngineTest {};

TEST_F(ToneTest, IsHeardInPlaceOfTheOtherPartyAndEnds) {
  start();
  Phone alice(loop), bob(loop);
  ToneEvents events;
  auto a = open(alice.remote(), &events), b = open(bob.remote());
  a->connect(*b);
  bob.speak(b->local_port(), 700);
  run_for(loop, 100ms);
  ASSERT_TRUE(a->send_tone({{1100, 1s, 0s, -12}}, 500ms));
  run_for(loop, 60ms);
  expect_tone(listen(alice, 300ms), 1100);
  ASSERT_TRUE(run_until(loop, [&] { return events.sent.size() == 1; }));
  EXPECT_TRUE(events.sent[0]);
  run_for(loop, 40ms);
  expect_tone(listen(alice, 300ms), 700);
  alice.expect_continuous();

  ASSERT_TRUE(a->send_tone({{1100, 1s, 0s, -12}}, 0s)); // until it is replaced
  run_for(loop, 100ms);
  ASSERT_TRUE(a->send_digits(""));
  ASSERT_TRUE(run_until(loop, [&] { return events.sent.size() == 2; }));
  EXPECT_FALSE(events.sent[1]);
  EXPECT_FALSE(a->send_tone({}, 1s));
}

TEST_F(ToneTest, IsFoundOnceItHasLasted) {
  start();
  Phone alice(loop);
  ToneEvents events;
  auto a = open(alice.remote(Codec::pcma), &events);
  ASSERT_TRUE(a->listen_for({{{2100, 0, 0}, 100ms}, {{1100, 0, 0}, 300ms}}));
  alice.speak(a->local_port(), 1100, Codec::pcma);
  run_for(loop, 200ms);
  EXPECT_EQ(events.tones, std::vector<std::size_t>{});
  ASSERT_TRUE(run_until(loop, [&] { return !events.tones.empty(); }));
  run_for(loop, 400ms);
  EXPECT_EQ(events.tones, std::vector<std::size_t>{1});
  ASSERT_TRUE(a->listen_for({}));
  EXPECT_FALSE(a->listen_for(std::vector<ToneWatch>(tone_watches_max + 1)));
}

TEST_F(ToneTest, InARoomToo) {
  start();
  Phone alice(loop);
  ToneEvents events;
  auto a = open(alice.remote(), &events), b = open(alice.remote());
  ASSERT_TRUE(a->confer(1) && b->confer(1));
  ASSERT_TRUE(a->listen_for({{{1100, 0, 0}, 100ms}}));
  alice.speak(a->local_port(), 1100);
  EXPECT_TRUE(run_until(loop, [&] { return !events.tones.empty(); }));
}

} // namespace
} // namespace tl::media
