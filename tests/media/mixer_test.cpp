// SPDX-License-Identifier: Apache-2.0
// The mixer alone: who hears whom, how loud, and what jitter, loss and silence do.
#include <gtest/gtest.h>

#include "media/mixer.hpp"
#include "media/tone.hpp"

namespace tl::media {
namespace {

using Frame = std::array<std::int16_t, frame_samples>;

// Speaks a tone into a queue, a packet of 20 ms at a time.
struct Speaker {
  explicit Speaker(MixQueue& to, double frequency_hz, double level_dbfs = -12, Codec law = Codec::pcma)
      : queue(to), tone({frequency_hz}, level_dbfs), codec(law) {}
  void speak(std::size_t samples = frame_samples) {
    queue.push(codec, encode(codec, tone.samples(samples)), {true, 1, ++number});
  }
  MixQueue& queue;
  ToneGenerator tone;
  Codec codec;
  std::int64_t number = 100;
};

std::vector<std::int16_t> hear(Mixer& mixer, const Mixer::Party& party, std::span<Speaker* const> speakers,
                               int frames) {
  std::vector<std::int16_t> heard;
  for (int i = 0; i < frames; ++i) {
    for (Speaker* speaker : speakers) speaker->speak();
    mixer.mix();
    Frame frame;
    mixer.heard_by(party, frame);
    if (i >= 2) heard.insert(heard.end(), frame.begin(), frame.end()); // play-out has begun
  }
  return heard;
}

TEST(Mixer, EachHearsTheOthersAndNotItself) {
  Mixer mixer;
  Mixer::Party& a = mixer.add(nullptr);
  Mixer::Party& b = mixer.add(nullptr);
  Mixer::Party& c = mixer.add(nullptr);
  Speaker one(a.queue, 500), two(b.queue, 1100, -12, Codec::pcmu), three(c.queue, 1900);
  Speaker* const all[] = {&one, &two, &three};
  const double tones[] = {500, 1100, 1900};
  const Mixer::Party* const parties[] = {&a, &b, &c};
  for (std::size_t i = 0; i < 3; ++i) {
    const auto heard = hear(mixer, *parties[i], all, 30);
    for (std::size_t tone = 0; tone < 3; ++tone) {
      const double level = tone_level_dbfs(heard, tones[tone]);
      if (tone == i)
        EXPECT_LT(level, -50) << i << " hears itself"; // what is left is what the laws make of the others
      else
        EXPECT_NEAR(level, -12, 0.5) << i << " hears " << tone;
    }
  }
}

TEST(Mixer, WhatIsTooLoudStaysAtFullScale) {
  Mixer mixer;
  Mixer::Party& listener = mixer.add(nullptr);
  std::vector<Speaker> speakers;
  speakers.reserve(4);
  for (int i = 0; i < 4; ++i) speakers.emplace_back(mixer.add(nullptr).queue, 400, -1);
  std::vector<Speaker*> all;
  for (Speaker& one : speakers) all.push_back(&one);
  const auto heard = hear(mixer, listener, all, 10);
  EXPECT_EQ(*std::max_element(heard.begin(), heard.end()), 32767);
  EXPECT_EQ(*std::min_element(heard.begin(), heard.end()), -32768);
  int turns = 0; // the sign changes as often as that of the tone: nothing wrapped around
  for (std::size_t i = 1; i < heard.size(); ++i) turns += (heard[i] < 0) != (heard[i - 1] < 0);
  EXPECT_NEAR(turns, static_cast<int>(heard.size()) * 2 * 400 / sample_rate_hz, 2);
}

TEST(MixQueue, BeginsWithTwoFramesAndAfterSilenceAgain) {
  MixQueue queue;
  Speaker speaker(queue, 700);
  Frame frame;
  speaker.speak();
  EXPECT_FALSE(queue.pop(frame));
  speaker.speak();
  EXPECT_TRUE(queue.pop(frame));
  EXPECT_TRUE(queue.pop(frame));
  EXPECT_FALSE(queue.pop(frame)); // nothing came
  speaker.speak();
  EXPECT_FALSE(queue.pop(frame));
  speaker.speak();
  EXPECT_TRUE(queue.pop(frame));
}

TEST(MixQueue, PacketsOfOtherSizes) {
  MixQueue queue;
  Speaker speaker(queue, 700);
  Frame frame;
  std::vector<std::int16_t> heard;
  for (int i = 0; i < 20; ++i) {
    speaker.speak(480); // 60 ms
    for (int n = 0; n < 3; ++n)
      if (queue.pop(frame)) heard.insert(heard.end(), frame.begin(), frame.end());
  }
  EXPECT_NEAR(tone_level_dbfs(heard, 700), -12, 0.5);
  EXPECT_EQ(heard.size(), 20U * 480);
}

TEST(MixQueue, ALostPacketIsSilenceALateOneNothing) {
  MixQueue queue;
  Speaker speaker(queue, 700);
  Frame frame;
  for (int i = 0; i < 3; ++i) speaker.speak();
  EXPECT_TRUE(queue.pop(frame));
  ++speaker.number; // lost
  speaker.speak();
  const auto silent = [&] {
    return std::all_of(frame.begin(), frame.end(), [](std::int16_t sample) { return sample == 0; });
  };
  EXPECT_TRUE(queue.pop(frame));
  EXPECT_TRUE(queue.pop(frame));
  EXPECT_FALSE(silent());
  EXPECT_TRUE(queue.pop(frame));
  EXPECT_TRUE(silent());
  queue.push(Codec::pcma, std::vector<std::uint8_t>(160, 0x11),
             {true, 1, speaker.number - 1}); // the lost one
  EXPECT_TRUE(queue.pop(frame));
  EXPECT_FALSE(silent());
  EXPECT_FALSE(queue.pop(frame));
  queue.push(Codec::pcma, std::vector<std::uint8_t>(320, 0x11), {true, 2, 7}); // another source counts anew
  EXPECT_TRUE(queue.pop(frame));
}

TEST(MixQueue, DelayIsBounded) {
  MixQueue queue;
  Speaker speaker(queue, 700);
  for (int i = 0; i < 100; ++i) speaker.speak(); // faster than anybody takes it
  Frame frame;
  int waiting = 0;
  while (queue.pop(frame)) ++waiting;
  EXPECT_GE(waiting, 2);
  EXPECT_LE(waiting * frame_samples, static_cast<int>(MixQueue::samples_max));
  speaker.queue.push(Codec::pcmu, std::vector<std::uint8_t>(2000, 0x20),
                     {true, 1, 10'000}); // longer than the ring
  waiting = 0;
  while (queue.pop(frame)) ++waiting;
  EXPECT_EQ(waiting, 2);
}

} // namespace
} // namespace tl::media
