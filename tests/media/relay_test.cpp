// SPDX-License-Identifier: Apache-2.0
// Sound between two streams over loopback: what goes in comes out, and nobody else gets in.
#include <algorithm>

#include "engine_fixture.hpp"

namespace tl::media {
namespace {

TEST_F(EngineTest, TonesPassBothWays) {
  start();
  Phone alice(loop), bob(loop);
  auto a = open(alice.remote()), b = open(bob.remote());
  EXPECT_EQ(a->local_port() % 2, 0);
  EXPECT_NE(a->local_port(), b->local_port());
  a->connect(*b);
  alice.speak(a->local_port(), 700);
  bob.speak(b->local_port(), 1100);
  run_for(loop, 100ms);
  alice.forget();
  const auto heard_by_bob = listen(bob);
  expect_tone(heard_by_bob, 700);
  expect_tone(alice.sound(), 1100);
  bob.expect_continuous();
  alice.expect_continuous();
  for (const auto& packet : bob.heard()) EXPECT_EQ(packet.header.payload_type, 0);
}

TEST_F(EngineTest, TonesPassBetweenTheTwoLaws) {
  start();
  Phone alice(loop), bob(loop);
  auto a = open(alice.remote(Codec::pcma)), b = open(bob.remote(Codec::pcmu));
  a->connect(*b);
  alice.speak(a->local_port(), 900, Codec::pcma);
  bob.speak(b->local_port(), 1300, Codec::pcmu);
  run_for(loop, 100ms);
  alice.forget();
  expect_tone(listen(bob), 900);
  expect_tone(alice.sound(), 1300);
  for (const auto& packet : alice.heard()) EXPECT_EQ(packet.header.payload_type, 8);
  for (const auto& packet : bob.heard()) EXPECT_EQ(packet.header.payload_type, 0);
}

TEST_F(EngineTest, PeersMayEndInAnyOrderAndAtOnce) {
  start();
  Phone alice(loop), bob(loop);
  for (int round = 0; round < 20; ++round) {
    auto a = open(alice.remote()), b = open(bob.remote());
    a->connect(*b);
    if (round % 2) settle();
    auto& first = round % 4 < 2 ? a : b;
    first.reset();
    if (round % 8 < 4) settle();
  }
  settle();
  EXPECT_EQ(engine->counters().streams_open, 0U);
}

TEST_F(EngineTest, PacketsOfOtherSizesPassAsTheyAre) {
  start();
  Phone alice(loop), bob(loop);
  auto a = open(alice.remote()), b = open(bob.remote());
  a->connect(*b);
  settle();
  ToneGenerator tone({800}, -12);
  for (const std::size_t samples : {80U, 240U, 480U}) {
    bob.forget();
    alice.send_audio(a->local_port(), tone.samples(samples), Codec::pcmu);
    ASSERT_TRUE(run_until(loop, [&] { return !bob.heard().empty(); }));
    EXPECT_EQ(bob.heard()[0].payload.size(), samples);
  }
}

TEST_F(EngineTest, DirectionsAreKept) {
  start();
  Phone alice(loop), bob(loop);
  Remote held = bob.remote();
  held.send = false; // bob put us on hold: he sends, we do not
  auto a = open(alice.remote()), b = open(held);
  a->connect(*b);
  alice.speak(a->local_port(), 700);
  bob.speak(b->local_port(), 1100);
  run_for(loop, 100ms);
  EXPECT_TRUE(bob.heard().empty());
  expect_tone(listen(alice), 1100);

  held.send = true;
  held.receive = false;
  ASSERT_TRUE(b->set_remote(held));
  settle();
  expect_tone(listen(bob), 700);
  EXPECT_TRUE(listen(alice, 60ms).empty());

  Remote nowhere = bob.remote(); // RFC 2543's hold
  nowhere.ip = "0.0.0.0";
  ASSERT_TRUE(b->set_remote(nowhere));
  settle();
  EXPECT_TRUE(listen(bob, 60ms).empty());
}

TEST_F(EngineTest, ReorderedAndDoubledPackets) {
  start();
  Phone alice(loop), bob(loop);
  auto a = open(alice.remote()), b = open(bob.remote());
  a->connect(*b);
  settle();
  RtpHeader header;
  header.ssrc = 5;
  std::vector<std::uint8_t> payload(160);
  for (const int n : {0, 1, 3, 2, 2, 3, 5, 4, 0, 6}) {
    header.sequence = static_cast<std::uint16_t>(65533 + n);
    header.timestamp = static_cast<std::uint32_t>(160 * n);
    payload[0] = static_cast<std::uint8_t>(n);
    alice.send(a->local_port(), header, payload);
  }
  settle();
  EXPECT_TRUE(run_until(loop, [&] { return engine->counters().packets_received == 10; }));
  settle();
  std::vector<int> heard;
  for (const auto& packet : bob.heard()) {
    heard.push_back(packet.payload[0]);
    const auto ahead = static_cast<std::uint16_t>(packet.header.sequence - bob.heard()[0].header.sequence);
    EXPECT_EQ(ahead, packet.payload[0]); // the receiver can put them in order
    EXPECT_EQ(packet.header.timestamp - bob.heard()[0].header.timestamp, ahead * 160U);
  }
  EXPECT_EQ(heard, (std::vector<int>{0, 1, 3, 2, 5, 4, 6}));
  EXPECT_EQ(engine->counters().dropped_unwanted, 3U);
}

TEST_F(EngineTest, MalformedPacketsAreDroppedAndCounted) {
  start();
  Phone alice(loop), bob(loop);
  Events events;
  auto a = open(alice.remote(), &events), b = open(bob.remote());
  a->connect(*b);
  settle();
  alice.send(a->local_port(), std::vector<std::uint8_t>{});
  alice.send(a->local_port(), std::vector<std::uint8_t>(5, 0x80));
  alice.send(a->local_port(), std::vector<std::uint8_t>(40, 0x00));
  alice.send(a->local_port(), std::vector<std::uint8_t>(1900, 0x80));
  alice.send(a->local_port(),
             std::vector<std::uint8_t>{0x80, 101, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 5}); // an event cut short
  EXPECT_TRUE(run_until(loop, [&] { return engine->counters().dropped_malformed >= 5; }));
  EXPECT_EQ(engine->counters().dropped_malformed, 5U);
  alice.send(a->local_port(), std::vector<std::uint8_t>{0x80, 200, 0, 6, 0, 0, 0, 1}); // RTCP
  alice.send(a->local_port(),
             std::vector<std::uint8_t>{0x80, 77, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1, 5}); // unknown type
  EXPECT_TRUE(run_until(loop, [&] { return engine->counters().dropped_unwanted >= 2; }));
  EXPECT_EQ(engine->counters().dropped_unwanted, 2U);
  EXPECT_TRUE(bob.heard().empty());
  EXPECT_EQ(events.digits, "");
  alice.speak(a->local_port(), 700); // and the call goes on
  run_for(loop, 60ms);
  expect_tone(listen(bob), 700);
}

TEST_F(EngineTest, StrangersAreNotHeard) {
  start();
  Phone alice(loop), bob(loop), stranger(loop, "127.0.0.2");
  Events events;
  auto a = open(alice.remote(), &events), b = open(bob.remote());
  a->connect(*b);
  stranger.speak(a->local_port(), 2000);
  stranger.press(a->local_port(), '0');
  run_for(loop, 200ms);
  EXPECT_TRUE(bob.heard().empty());
  EXPECT_EQ(events.digits, "");
  EXPECT_GT(engine->counters().dropped_stray, 10U);
  alice.speak(a->local_port(), 700);
  run_for(loop, 60ms);
  expect_tone(listen(bob), 700);
  EXPECT_LT(tone_level_dbfs(bob.sound(), 2000), -50);
}

TEST_F(EngineTest, SymmetricRtpFollowsThePhoneBehindItsNat) {
  start();
  Phone outside(loop, "127.0.0.3"), stranger(loop, "127.0.0.4"), bob(loop);
  Remote said = outside.remote(); // the SDP names a private address nobody reaches
  said.ip = "127.0.0.99";
  said.port = 9;
  said.symmetric = true;
  auto a = open(said), b = open(bob.remote());
  a->connect(*b);
  bob.speak(b->local_port(), 1100);
  run_for(loop, 60ms);
  EXPECT_TRUE(outside.heard().empty());
  outside.speak(a->local_port(), 700);
  run_for(loop, 200ms);
  stranger.speak(a->local_port(), 2000);
  outside.forget();
  expect_tone(listen(bob), 700);
  EXPECT_LT(tone_level_dbfs(bob.sound(), 2000), -50);
  expect_tone(outside.sound(), 1100);
  EXPECT_TRUE(stranger.heard().empty());
}

TEST_F(EngineTest, Ipv6) {
  Options chosen = options();
  chosen.address = "::1";
  auto started = Engine::start(loop, log, chosen);
  if (!started) GTEST_SKIP() << "no IPv6 loopback here: " << started.error().text;
  engine = std::move(*started);
  auto a = open(), b = open();
  Remote to_b, to_a;
  to_b.ip = to_a.ip = "::1";
  to_b.port = b->local_port();
  to_a.port = a->local_port();
  ASSERT_TRUE(a->set_remote(to_b)); // the two streams are each other's far ends
  ASSERT_TRUE(b->set_remote(to_a));
  ASSERT_TRUE(a->treat({Treatment::Kind::busy, "", false}));
  run_for(loop, 200ms);
  EXPECT_GE(engine->counters().packets_sent, 5U);
  EXPECT_GE(engine->counters().packets_received, 5U);
  EXPECT_EQ(engine->counters().dropped_stray, 0U);
}

TEST_F(EngineTest, TwoHundredStreamsAtOnce) {
  start();
  constexpr std::size_t pairs = 100;
  std::vector<std::unique_ptr<Phone>> callers, agents;
  std::vector<std::unique_ptr<Stream>> streams;
  for (std::size_t i = 0; i < pairs; ++i) {
    callers.push_back(std::make_unique<Phone>(loop));
    agents.push_back(std::make_unique<Phone>(loop));
    streams.push_back(open(callers.back()->remote()));
    streams.push_back(open(agents.back()->remote(i % 2 ? Codec::pcma : Codec::pcmu)));
    if (i % 4 == 3)
      ASSERT_TRUE(streams[2 * i]->treat({Treatment::Kind::music, "", false}));
    else
      streams[2 * i]->connect(*streams[2 * i + 1]);
    callers.back()->speak(streams[2 * i]->local_port(), 400 + 20.0 * static_cast<double>(i));
  }
  run_for(loop, 600ms);
  for (std::size_t i = 0; i < pairs; ++i) {
    if (i % 4 == 3) {
      EXPECT_TRUE(agents[i]->heard().empty());
      EXPECT_GT(level_dbfs(callers[i]->sound()), -50);
      callers[i]->expect_continuous();
      continue;
    }
    const auto sound = agents[i]->sound(); // each hears its own caller
    ASSERT_GT(sound.size(), 1600U) << i;
    EXPECT_NEAR(tone_level_dbfs(sound, 400 + 20.0 * static_cast<double>(i)), -12, 2) << i;
  }
}

} // namespace
} // namespace tl::media
