// SPDX-License-Identifier: Apache-2.0
// An engine on loopback, a control loop that the test runs, and a record of events.
#pragma once

#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <string>
#include <unistd.h>
#include <vector>

#include "media/media.hpp"
#include "phone.hpp"
#include "tapi.h"

namespace tl::media {

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

inline void expect_tone(const std::vector<std::int16_t>& sound, double frequency_hz,
                        double expected_dbfs = -12) {
  ASSERT_GE(sound.size(), 1600U) << "hardly anything was heard";
  EXPECT_NEAR(strongest_frequency_hz(sound), frequency_hz, 3);
  EXPECT_NEAR(tone_level_dbfs(sound, frequency_hz), expected_dbfs, 1);
  EXPECT_NEAR(level_dbfs(sound), expected_dbfs - 3, 0.5) << "something else is heard besides the tone";
}

} // namespace tl::media
