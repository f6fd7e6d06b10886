// SPDX-License-Identifier: Apache-2.0
// What streams hear without a peer: music, tones, announcements.
#include <cmath>

#include "engine_fixture.hpp"
#include "media/default_music.hpp"
#include "media/wav.hpp"

namespace tl::media {
namespace {

TEST_F(EngineTest, MusicIsHeard) {
  start();
  Phone caller(loop);
  auto stream = open(caller.remote(Codec::pcma));
  ASSERT_TRUE(stream->treat({Treatment::Kind::music, "", false}));
  run_for(loop, 1s);
  const auto music = default_music();
  const auto& heard = caller.heard();
  ASSERT_GT(heard.size(), 35U);
  ASSERT_LT(heard.size(), 60U); // in real time
  double difference = 0;        // sample by sample, up to the law's rounding
  for (const auto& packet : heard) {
    const std::size_t at = packet.header.timestamp - heard[0].header.timestamp;
    const auto samples = decode(Codec::pcma, packet.payload);
    ASSERT_LE(at + samples.size(), music.size());
    for (std::size_t i = 0; i < samples.size(); ++i)
      difference =
          std::max(difference, std::abs(samples[i] - music[at + i]) - std::abs(music[at + i]) / 20.0);
  }
  EXPECT_LT(difference, 20);
  caller.expect_continuous();
}

TEST_F(EngineTest, TreatmentsChangeWithoutAChangeOfSource) {
  start();
  Phone caller(loop), agent(loop);
  auto stream = open(caller.remote()), other = open(agent.remote());
  ASSERT_TRUE(stream->treat({Treatment::Kind::ringback, "", false}));
  run_for(loop, 400ms);
  const auto ringback = caller.sound();
  ASSERT_GT(ringback.size(), 1600U);
  EXPECT_NEAR(tone_level_dbfs(ringback, 440), -20, 2);
  EXPECT_NEAR(tone_level_dbfs(ringback, 480), -20, 2);

  const std::size_t at_music = caller.heard().size();
  ASSERT_TRUE(stream->treat({Treatment::Kind::music, "", false}));
  run_for(loop, 200ms);
  const std::size_t at_agent = caller.heard().size();
  agent.speak(other->local_port(), 1000);
  stream->connect(*other);
  run_for(loop, 300ms);
  const auto all = caller.sound();
  expect_tone({all.end() - 1600 - 160, all.end()}, 1000);
  ASSERT_TRUE(stream->treat({Treatment::Kind::silence, "", false}));
  settle();
  EXPECT_LT(level_dbfs(listen(caller, 200ms)), -60);
  EXPECT_FALSE(caller.heard().empty()); // silence is sent: it keeps NAT bindings open
  caller.expect_continuous();
  EXPECT_GT(at_agent, at_music);
}

TEST_F(EngineTest, TheWholePathOfAQueuedCallIsOneRtpSource) {
  start();
  Phone caller(loop), agent(loop);
  auto stream = open(caller.remote()), other = open(agent.remote(Codec::pcma));
  ASSERT_TRUE(stream->treat({Treatment::Kind::music, "", false}));
  run_for(loop, 150ms);
  agent.speak(other->local_port(), 600, Codec::pcma);
  stream->connect(*other);
  run_for(loop, 150ms);
  ASSERT_TRUE(stream->treat({Treatment::Kind::music, "", false})); // held
  run_for(loop, 150ms);
  other->connect(*stream);
  run_for(loop, 150ms);
  caller.expect_continuous();
  int spurts = 0;
  for (const auto& packet : caller.heard()) spurts += packet.header.marker;
  EXPECT_EQ(spurts, 4);
  const auto& heard = caller.heard();
  const auto span = heard.back().header.timestamp - heard.front().header.timestamp;
  EXPECT_NEAR(span / 8.0, 600, 120); // timestamps follow real time, in ms
}

class AnnouncementTest : public EngineTest {
protected:
  void SetUp() override {
    ToneGenerator tone({1500}, -12);
    ASSERT_TRUE(write_wav(file, tone.samples(1600)));
  }
  void TearDown() override { ::unlink(file.c_str()); }
  const std::string file = "/tmp/trunkline_announcement_" + std::to_string(::getpid()) + ".wav";
};

TEST_F(AnnouncementTest, IsHeardOnceAndReported) {
  start();
  Phone caller(loop);
  Events events;
  auto stream = open(caller.remote(), &events);
  const Treatment announcement{Treatment::Kind::announcement, file, false};
  const auto unknown = stream->treat(announcement);
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, LINEERR_INVALPARAM);
  ASSERT_TRUE(engine->load(file));
  ASSERT_TRUE(stream->treat(announcement));
  ASSERT_TRUE(run_until(loop, [&] { return events.finished == 1; }));
  const auto heard = caller.sound();
  ASSERT_GE(heard.size(), 1600U);
  expect_tone({heard.begin(), heard.begin() + 1600}, 1500);
  EXPECT_LT(level_dbfs(listen(caller, 200ms)), -60);
  EXPECT_EQ(events.finished, 1);
}

TEST_F(AnnouncementTest, EndsAlsoWhileTheFarEndHolds) {
  start();
  ASSERT_TRUE(engine->load(file));
  Phone caller(loop);
  Events events;
  Remote held = caller.remote();
  held.send = false;
  auto stream = open(held, &events);
  ASSERT_TRUE(stream->treat({Treatment::Kind::announcement, file, false}));
  EXPECT_TRUE(run_until(loop, [&] { return events.finished == 1; }));
  EXPECT_TRUE(caller.heard().empty());
}

TEST_F(AnnouncementTest, LoopsUntilReplacedAndIsThenNotReported) {
  start();
  ASSERT_TRUE(engine->load(file));
  Phone caller(loop);
  Events events;
  auto stream = open(caller.remote(), &events);
  ASSERT_TRUE(stream->treat({Treatment::Kind::announcement, file, true}));
  run_for(loop, 500ms);
  expect_tone(caller.sound(), 1500);
  stream->detach();
  settle();
  EXPECT_TRUE(listen(caller, 100ms).empty());
  EXPECT_EQ(events.finished, 0);
}

TEST_F(AnnouncementTest, AFinishThatWasOvertakenIsNotReported) {
  start();
  ASSERT_TRUE(engine->load(file));
  Phone caller(loop);
  Events events;
  auto stream = open(caller.remote(), &events);
  ASSERT_TRUE(stream->treat({Treatment::Kind::announcement, file, false}));
  ::usleep(400'000); // the media thread ends it while the control loop does not run
  ASSERT_TRUE(stream->treat({Treatment::Kind::music, "", false}));
  settle();
  EXPECT_EQ(events.finished, 0);
}

} // namespace
} // namespace tl::media
