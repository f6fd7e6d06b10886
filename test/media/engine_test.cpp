// SPDX-License-Identifier: Apache-2.0
// The engine over loopback: what goes in as sound comes out as sound.
#include <algorithm>
#include <cerrno>
#include <gtest/gtest.h>
#include <unistd.h>

#include "media/default_music.hpp"
#include "media/media.hpp"
#include "media/wav.hpp"
#include "phone.hpp"
#include "tapi.h"

namespace tl::media {
namespace {

using test::Phone;
using test::run_for;
using test::run_until;

struct Events : StreamEvents {
  std::string digits;
  std::vector<Time> digit_times;
  std::vector<bool> sent;
  int finished = 0, silent = 0;
  std::function<void()> on_digit;

  void stream_digit(Stream&, char digit, Time at) override {
    digits += digit;
    digit_times.push_back(at);
    if (on_digit) on_digit();
  }
  void stream_digits_sent(Stream&, bool complete) override { sent.push_back(complete); }
  void stream_announcement_finished(Stream&) override { ++finished; }
  void stream_silent(Stream&) override { ++silent; }
};

class EngineTest : public testing::Test {
protected:
  static Options options() {
    Options options;
    // Differs between test programs that run at once; ports that others hold are skipped.
    options.port_first = static_cast<std::uint16_t>(20000 + ::getpid() % 100 * 300);
    options.port_last = static_cast<std::uint16_t>(options.port_first + 2998);
    options.streams_max = 1000;
    options.quarantine = 100ms;
    return options;
  }
  void start(const Options& chosen = options()) {
    auto started = Engine::start(loop, log, chosen);
    ASSERT_TRUE(started) << started.error().text;
    engine = std::move(*started);
  }
  std::unique_ptr<Stream> open(StreamEvents* events = nullptr) {
    auto stream = engine->open(events);
    EXPECT_TRUE(stream) << stream.error().text;
    return std::move(*stream);
  }
  std::unique_ptr<Stream> open(const Remote& remote, StreamEvents* events = nullptr) {
    auto stream = open(events);
    EXPECT_TRUE(stream->set_remote(remote));
    return stream;
  }
  void settle() { run_for(loop, 30ms); }
  // What a phone hears from now on for a while.
  std::vector<std::int16_t> listen(Phone& phone, Duration span = 400ms) {
    phone.forget();
    run_for(loop, span);
    return phone.sound();
  }

  RealLoop loop;
  StderrLog log;
  std::unique_ptr<Engine> engine;
};

void expect_tone(const std::vector<std::int16_t>& sound, double frequency_hz, double level_dbfs = -12) {
  ASSERT_GE(sound.size(), 1600U) << "hardly anything was heard";
  EXPECT_NEAR(strongest_frequency_hz(sound), frequency_hz, 3);
  EXPECT_NEAR(tone_level_dbfs(sound, frequency_hz), level_dbfs, 1.5);
}

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

TEST_F(EngineTest, MusicIsHeard) {
  start();
  Phone caller(loop);
  auto stream = open(caller.remote(Codec::pcma));
  ASSERT_TRUE(stream->treat({Treatment::Kind::music, "", false}));
  const auto heard = listen(caller, 1s);
  const auto music = default_music();
  ASSERT_GT(heard.size(), 6000U);
  ASSERT_LT(heard.size(), 9000U); // in real time
  double difference = 0;          // sample by sample, up to the law's rounding
  for (std::size_t i = 0; i < heard.size(); ++i)
    difference = std::max(difference, std::abs(heard[i] - music[i]) - std::abs(music[i]) / 20.0);
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

TEST_F(EngineTest, DisconnectionSilencesBoth) {
  start();
  Phone alice(loop), bob(loop), carol(loop);
  auto a = open(alice.remote()), b = open(bob.remote()), c = open(carol.remote());
  a->connect(*b);
  alice.speak(a->local_port(), 700);
  bob.speak(b->local_port(), 1100);
  carol.speak(c->local_port(), 1700);
  settle();
  a->connect(*c); // bob is left alone
  settle();
  alice.forget();
  carol.forget();
  EXPECT_TRUE(listen(bob).empty());
  expect_tone(carol.sound(), 700);
  expect_tone(alice.sound(), 1700);
  c.reset();
  settle();
  EXPECT_TRUE(listen(alice, 100ms).empty());
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
  settle();
  EXPECT_EQ(engine->counters().dropped_malformed, 5U);
  alice.send(a->local_port(), std::vector<std::uint8_t>{0x80, 200, 0, 6, 0, 0, 0, 1}); // RTCP
  alice.send(a->local_port(),
             std::vector<std::uint8_t>{0x80, 77, 0, 2, 0, 0, 0, 0, 0, 0, 0, 1, 5}); // unknown type
  settle();
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

TEST_F(EngineTest, APortRestsBeforeItIsUsedAgain) {
  Options chosen = options();
  chosen.quarantine = 300ms;
  start(chosen);
  auto first = open();
  const auto port = first->local_port();
  first.reset();
  settle();
  auto second = open();
  EXPECT_NE(second->local_port(), port);
  run_for(loop, 400ms);
  auto third = open();
  EXPECT_EQ(third->local_port(), port); // pooled: the same socket
  EXPECT_EQ(engine->counters().sockets_open, 2U);
}

TEST_F(EngineTest, LatePacketsDoNotReachTheNextCall) {
  Options chosen = options();
  chosen.quarantine = 50ms;
  start(chosen);
  Phone old_caller(loop, "127.0.0.5"), caller(loop), agent(loop);
  auto stream = open(old_caller.remote());
  const auto port = stream->local_port();
  old_caller.speak(port, 2000);
  run_for(loop, 60ms);
  stream.reset();
  run_for(loop, 200ms); // the old caller did not hear of the end
  stream = open();
  ASSERT_EQ(stream->local_port(), port);
  auto other = open(agent.remote());
  stream->connect(*other);
  ASSERT_TRUE(stream->set_remote(caller.remote()));
  caller.speak(port, 700);
  run_for(loop, 60ms);
  expect_tone(listen(agent), 700);
  EXPECT_LT(tone_level_dbfs(agent.sound(), 2000), -50);
}

TEST_F(EngineTest, IdleSocketsAreLimited) {
  Options chosen = options();
  chosen.sockets_idle_max = 3;
  chosen.quarantine = 10ms;
  start(chosen);
  std::vector<std::unique_ptr<Stream>> streams;
  for (int i = 0; i < 10; ++i) streams.push_back(open());
  EXPECT_EQ(engine->counters().sockets_open, 10U);
  EXPECT_EQ(engine->counters().streams_open, 10U);
  streams.clear();
  run_for(loop, 100ms);
  EXPECT_EQ(engine->counters().sockets_open, 3U);
  EXPECT_EQ(engine->counters().streams_open, 0U);
}

TEST_F(EngineTest, LimitsAnswerClearlyAndPortsComeBack) {
  Options chosen = options();
  chosen.port_last = static_cast<std::uint16_t>(chosen.port_first + 7); // four even ports
  chosen.streams_max = 4;
  chosen.sockets_idle_max = 0; // closed ports are opened again
  chosen.quarantine = 50ms;
  start(chosen);
  std::vector<std::unique_ptr<Stream>> streams;
  for (int i = 0; i < 4; ++i) streams.push_back(open());
  const auto fifth = engine->open(nullptr);
  ASSERT_FALSE(fifth);
  EXPECT_EQ(fifth.error().code, LINEERR_RESOURCEUNAVAIL);
  EXPECT_NE(fifth.error().text.find("streams_max"), std::string::npos);
  streams.pop_back();
  const auto at_rest = engine->open(nullptr); // a stream is free, its port is not
  ASSERT_FALSE(at_rest);
  EXPECT_EQ(at_rest.error().code, LINEERR_RESOURCEUNAVAIL);
  run_for(loop, 120ms);
  streams.push_back(open());
  EXPECT_EQ(streams.size(), 4U);
}

TEST_F(EngineTest, PortsOfOthersAreSkipped) {
  Options chosen = options();
  auto taken = *Address::parse("127.0.0.1", chosen.port_first);
  const int fd = ::socket(AF_INET, SOCK_DGRAM, 0);
  (void)::bind(fd, &taken.plain, taken.size()); // if it fails, someone else has it
  start(chosen);
  EXPECT_NE(open()->local_port(), chosen.port_first);
  ::close(fd);
}

TEST_F(EngineTest, SilenceIsReportedOnce) {
  Options chosen = options();
  chosen.rtp_timeout = 300ms;
  start(chosen);
  Phone alice(loop);
  Events events;
  auto stream = open(alice.remote(), &events);
  alice.speak(stream->local_port(), 700);
  run_for(loop, 1200ms);
  EXPECT_EQ(events.silent, 0);
  alice.quiet();
  run_for(loop, 1500ms);
  EXPECT_EQ(events.silent, 1);
}

TEST_F(EngineTest, WrongOptionsAreNamed) {
  const auto refused = [&](auto change, const char* names) {
    Options chosen = options();
    change(chosen);
    auto started = Engine::start(loop, log, chosen);
    ASSERT_FALSE(started) << names;
    EXPECT_NE(started.error().text.find(names), std::string::npos) << started.error().text;
  };
  refused([](Options& o) { o.address = "localhost"; }, "localhost");
  refused([](Options& o) { o.address = "203.0.113.1"; }, "203.0.113.1"); // not ours
  refused([](Options& o) { o.port_last = o.port_first; }, "ports");
  refused([](Options& o) { o.port_first = 80; }, "ports 80");
  refused([](Options& o) { o.streams_max = 50'000; }, "streams_max 50000");
  refused([](Options& o) { o.music_file = "/nowhere/song.wav"; }, "/nowhere/song.wav");
  refused([](Options& o) { o.quarantine = -1s; }, "quarantine");
}

TEST_F(EngineTest, WrongFarEndsAreRefused) {
  start();
  auto stream = open();
  Remote remote;
  remote.port = 4000;
  for (const char* ip : {"", "example.com", "::1", "1.2.3"}) {
    remote.ip = ip;
    EXPECT_EQ(stream->set_remote(remote).error().code, LINEERR_INVALADDRESS) << ip;
  }
  remote.ip = "127.0.0.1";
  remote.event_type_send = 128;
  EXPECT_EQ(stream->set_remote(remote).error().code, LINEERR_INVALPARAM);
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

TEST_F(EngineTest, EndsCleanlyInTheMiddleOfEverything) {
  start();
  Phone alice(loop), bob(loop);
  Events events;
  auto a = open(alice.remote(), &events), b = open(bob.remote(), &events);
  a->connect(*b);
  alice.speak(a->local_port(), 700);
  ASSERT_TRUE(b->send_digits("123456"));
  run_for(loop, 50ms);
  alice.press(a->local_port(), '1');
  ::usleep(20'000); // an event is on its way to the control loop
  a.reset();
  b.reset();
  engine.reset();
  run_for(loop, 50ms);
  EXPECT_EQ(events.digits, "");
}

} // namespace
} // namespace tl::media
