// SPDX-License-Identifier: Apache-2.0
// Tones with cadences as they are made, and tones as they are found.
#include <gtest/gtest.h>

#include "media/cadence.hpp"
#include "media/tone.hpp"
#include "media/tone_detector.hpp"

namespace tl::media {
namespace {

std::vector<std::int16_t> made(CadenceTone& tone, int frames) {
  std::vector<std::int16_t> samples;
  std::array<std::int16_t, frame_samples> frame;
  for (int i = 0; i < frames; ++i) {
    tone.next(frame);
    samples.insert(samples.end(), frame.begin(), frame.end());
  }
  return samples;
}

std::vector<std::int16_t> tone(std::initializer_list<double> frequencies, int ms, double level = -16) {
  return ToneGenerator(frequencies, level).samples(static_cast<std::size_t>(ms) * 8);
}

std::vector<std::uint8_t> found(const std::vector<ToneWatch>& watches,
                                std::initializer_list<std::vector<std::int16_t>> sounds) {
  ToneDetector detector(watches);
  std::vector<std::uint8_t> all;
  for (const auto& sound : sounds) detector.listen(sound, all);
  return all;
}

using Found = std::vector<std::uint8_t>;

TEST(CadenceTone, OnAndOffAndTheEnd) {
  CadenceTone tone({{1000, 100ms, 100ms, -12}}, 350ms);
  const auto first = made(tone, 5);
  EXPECT_NEAR(tone_level_dbfs(first, 1000), -12, 0.5);
  EXPECT_EQ(level_dbfs(made(tone, 5)), -120);
  EXPECT_FALSE(tone.finished());
  EXPECT_NEAR(tone_level_dbfs(made(tone, 5), 1000), -12, 0.5);
  made(tone, 3);
  EXPECT_TRUE(tone.finished());
}

TEST(CadenceTone, SteadyAndWithoutEnd) {
  CadenceTone tone({{440, 1ms, 0ms, -20}, {480, 1ms, 0ms, -20}}, 0ms);
  const auto sound = made(tone, 500);
  EXPECT_NEAR(tone_level_dbfs(sound, 440), -20, 0.5);
  EXPECT_NEAR(tone_level_dbfs(sound, 480), -20, 0.5);
  EXPECT_FALSE(tone.finished());
}

TEST(CadenceTone, WhatIsNeverOnIsNothing) {
  CadenceTone tone({{1000, 0ms, 100ms, -12}}, 100ms);
  EXPECT_EQ(level_dbfs(made(tone, 5)), -120);
  EXPECT_TRUE(tone.finished());
}

TEST(ToneDetector, OneFrequencyOnceAsLongAsItLasts) {
  const std::vector<ToneWatch> watches{{{1100, 0, 0}, 400ms}};
  EXPECT_EQ(found(watches, {tone({1100}, 380)}), Found{});
  EXPECT_EQ(found(watches, {tone({1100}, 2000)}), Found{0});
  EXPECT_EQ(found(watches, {tone({1100}, 500), tone({700}, 100), tone({1100}, 500)}), (Found{0, 0}));
  EXPECT_EQ(found(watches, {tone({1100}, 380), tone({700}, 40), tone({1100}, 380)}), Found{});
  EXPECT_EQ(found(watches, {tone({1108}, 500)}), Found{0}); // generators are not exact
  EXPECT_EQ(found(watches, {tone({1200}, 500)}), Found{});
  EXPECT_EQ(found(watches, {tone({1100}, 500, -50)}), Found{}); // too quiet
}

TEST(ToneDetector, SeveralFrequenciesTogether) {
  const std::vector<ToneWatch> watches{
      {{480, 620, 0}, 100ms}, {{480, 0, 0}, 100ms}, {{350, 440, 1500}, 100ms}};
  EXPECT_EQ(found(watches, {tone({480, 620}, 200)}), Found{0});
  EXPECT_EQ(found(watches, {tone({480}, 200)}), Found{1});
  EXPECT_EQ(found(watches, {tone({350, 440, 1500}, 300)}), Found{2});
}

TEST(ToneDetector, Silence) {
  const std::vector<ToneWatch> watches{{{0, 0, 0}, 1000ms}};
  EXPECT_EQ(found(watches, {std::vector<std::int16_t>(8000)}), Found{0});
  EXPECT_EQ(
      found(watches, {std::vector<std::int16_t>(7800), tone({500}, 20), std::vector<std::int16_t>(7800)}),
      Found{});
}

TEST(ToneDetector, SpeechIsNoTone) {
  std::vector<std::int16_t> noise(16000);
  std::uint32_t state = 1;
  for (auto& sample : noise) {
    state = state * 1664525 + 1013904223;
    sample = static_cast<std::int16_t>(state >> 18);
  }
  EXPECT_EQ(found({{{1100, 0, 0}, 40ms}, {{2100, 0, 0}, 40ms}, {{0, 0, 0}, 40ms}}, {noise}), Found{});
}

} // namespace
} // namespace tl::media
