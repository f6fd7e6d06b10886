// SPDX-License-Identifier: Apache-2.0
// Rooms over loopback: each party has its own tone, hears those of the others and not its own.
#include "engine_fixture.hpp"

namespace tl::media {
namespace {

class RoomTest : public EngineTest {
protected:
  void expect_hears(Phone& phone, std::initializer_list<double> tones,
                    std::initializer_list<double> not_heard) {
    const auto sound = listen(phone, 600ms);
    ASSERT_GE(sound.size(), 3200U) << "hardly anything was heard";
    for (const double tone : tones) EXPECT_NEAR(tone_level_dbfs(sound, tone), -12, 1.5) << tone;
    for (const double tone : not_heard) EXPECT_LT(tone_level_dbfs(sound, tone), -40) << tone;
  }
};

TEST_F(RoomTest, ThreePartiesOfBothLaws) {
  start();
  Phone alice(loop), bob(loop), carol(loop);
  auto a = open(alice.remote(Codec::pcmu)), b = open(bob.remote(Codec::pcma)),
       c = open(carol.remote(Codec::pcma));
  for (Stream* one : {a.get(), b.get(), c.get()}) ASSERT_TRUE(one->confer(7));
  alice.speak(a->local_port(), 500, Codec::pcmu);
  bob.speak(b->local_port(), 1100, Codec::pcma);
  carol.speak(c->local_port(), 1900, Codec::pcma);
  run_for(loop, 200ms);
  expect_hears(alice, {1100, 1900}, {500});
  expect_hears(bob, {500, 1900}, {1100});
  expect_hears(carol, {500, 1100}, {1900});
  carol.expect_continuous();
  for (const auto& packet : carol.heard()) EXPECT_EQ(packet.header.payload_type, 8);

  a->connect(*b); // carol is alone now: silence, not the others
  run_for(loop, 100ms);
  expect_hears(alice, {1100}, {500, 1900});
  expect_hears(carol, {}, {500, 1100, 1900});
}

TEST_F(RoomTest, RoomsAreApart) {
  start();
  Phone alice(loop), bob(loop), carol(loop), dave(loop);
  auto a = open(alice.remote()), b = open(bob.remote()), c = open(carol.remote()), d = open(dave.remote());
  ASSERT_TRUE(a->confer(1) && b->confer(1) && c->confer(2) && d->confer(2));
  alice.speak(a->local_port(), 500);
  carol.speak(c->local_port(), 1100);
  run_for(loop, 200ms);
  expect_hears(bob, {500}, {1100});
  expect_hears(dave, {1100}, {500});
  ASSERT_TRUE(d->confer(1)); // from one into the other
  run_for(loop, 100ms);
  expect_hears(dave, {500}, {1100});
}

TEST_F(RoomTest, HoldMusicIsForTheHeldPartyAlone) {
  start();
  Phone alice(loop), bob(loop), carol(loop);
  auto a = open(alice.remote()), b = open(bob.remote()), c = open(carol.remote());
  ASSERT_TRUE(a->confer(3) && b->confer(3) && c->confer(3));
  alice.speak(a->local_port(), 500);
  ASSERT_TRUE(c->treat({Treatment::Kind::busy, "", false}));
  run_for(loop, 200ms);
  expect_hears(bob, {500}, {480, 620});
  expect_hears(carol, {}, {500});
}

TEST_F(RoomTest, DigitsOfOnePartyAreReportedAndInterruptNobodyElse) {
  start();
  Phone alice(loop), bob(loop), carol(loop);
  Events events;
  auto a = open(alice.remote(), &events), b = open(bob.remote()), c = open(carol.remote());
  ASSERT_TRUE(a->confer(3) && b->confer(3) && c->confer(3));
  carol.speak(c->local_port(), 900);
  settle();
  alice.press(a->local_port(), '5');
  ASSERT_TRUE(a->send_digits("12"));
  ASSERT_TRUE(run_until(loop, [&] { return events.sent.size() == 1 && events.digits == "5"; }));
  EXPECT_EQ(alice.digits(), "12");
  EXPECT_EQ(bob.digits(), "");
  expect_hears(bob, {900}, {});
  expect_hears(alice, {900}, {});
}

TEST_F(RoomTest, PartiesEndInAnyOrderAndTheRoomWithTheLast) {
  start();
  Phone phone(loop);
  for (int round = 0; round < 12; ++round) {
    std::vector<std::unique_ptr<Stream>> streams;
    for (int i = 0; i < 4; ++i) {
      streams.push_back(open(phone.remote()));
      ASSERT_TRUE(streams.back()->confer(5));
      if (round % 2) settle();
    }
    if (round % 3 == 0) streams[1]->connect(*streams[2]);
    while (!streams.empty())
      streams.erase(streams.begin() +
                    (round + static_cast<int>(streams.size())) % static_cast<int>(streams.size()));
  }
  settle();
  EXPECT_EQ(engine->counters().streams_open, 0U);
}

TEST_F(RoomTest, ThereIsALimit) {
  start();
  Phone phone(loop);
  std::vector<std::unique_ptr<Stream>> streams;
  for (std::size_t i = 0; i < room_streams_max; ++i) {
    streams.push_back(open(phone.remote()));
    ASSERT_TRUE(streams.back()->confer(9));
  }
  auto more = open(phone.remote());
  const auto full = more->confer(9);
  ASSERT_FALSE(full);
  EXPECT_EQ(full.error().code, LINEERR_RESOURCEUNAVAIL);
  EXPECT_TRUE(more->confer(10));
  streams.pop_back();
  EXPECT_TRUE(more->confer(9));
}

} // namespace
} // namespace tl::media
