// SPDX-License-Identifier: Apache-2.0
// Ports, limits, options, the end.
#include <cerrno>

#include "engine_fixture.hpp"

namespace tl::media {
namespace {

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
  chosen.sockets_idle_max = 0;                                          // closed ports are opened again
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
  refused([](Options& o) { o.streams_max = 0; }, "streams_max 0");
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
