// SPDX-License-Identifier: Apache-2.0
#include "media/sound.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <gtest/gtest.h>
#include <unistd.h>

#include "media/default_music.hpp"
#include "media/tone.hpp"
#include "media/wav.hpp"
#include "tapi.h"

namespace tl::media {
namespace {

// A file in the temporary folder that goes away with the test.
class TemporaryFile {
public:
  TemporaryFile() {
    const int fd = ::mkstemp(path_.data());
    if (fd >= 0) ::close(fd);
  }
  ~TemporaryFile() { std::remove(path_.c_str()); }
  const std::string& path() const { return path_; }

private:
  std::string path_ = "/tmp/trunkline_sound_XXXXXX";
};

TEST(G711, KnownValues) {
  // ITU-T G.711, tables 1a and 2a, on the 16-bit scale.
  EXPECT_EQ(decode_sample(Codec::pcmu, 0xFF), 0);
  EXPECT_EQ(decode_sample(Codec::pcmu, 0x80), 32124);
  EXPECT_EQ(decode_sample(Codec::pcmu, 0x00), -32124);
  EXPECT_EQ(decode_sample(Codec::pcma, 0xD5), 8);
  EXPECT_EQ(decode_sample(Codec::pcma, 0x55), -8);
  EXPECT_EQ(decode_sample(Codec::pcma, 0xAA), 32256);
  EXPECT_EQ(encode_sample(Codec::pcmu, 0), 0xFF);
  EXPECT_EQ(encode_sample(Codec::pcma, 0), 0xD5);
  EXPECT_EQ(encode_sample(Codec::pcmu, 32767), 0x80);
  EXPECT_EQ(encode_sample(Codec::pcmu, -32768), 0x00);
  EXPECT_EQ(encode_sample(Codec::pcma, 32767), 0xAA);
  EXPECT_EQ(encode_sample(Codec::pcma, -32768), 0x2A);
}

TEST(G711, EveryByteComesBack) {
  for (const Codec codec : {Codec::pcmu, Codec::pcma}) {
    for (int i = 0; i < 256; ++i) {
      const auto byte = static_cast<std::uint8_t>(i);
      const auto sample = decode_sample(codec, byte);
      if (codec == Codec::pcmu && byte == 0x7F) continue; // the negative zero
      EXPECT_EQ(encode_sample(codec, sample), byte) << "codec " << static_cast<int>(codec);
    }
  }
}

TEST(G711, ErrorIsAFractionOfTheSample) {
  for (const Codec codec : {Codec::pcmu, Codec::pcma})
    for (int s = -32768; s < 32768; s += 7) {
      const int back = decode_sample(codec, encode_sample(codec, static_cast<std::int16_t>(s)));
      EXPECT_LE(std::abs(back - s), std::max(16, std::abs(s) / 28))
          << s; // half a step of 16 per octave; A law's ends are coarser
    }
}

TEST(G711, TranscodingKeepsTheSample) {
  for (const Codec from : {Codec::pcmu, Codec::pcma}) {
    const Codec to = from == Codec::pcmu ? Codec::pcma : Codec::pcmu;
    std::vector<std::uint8_t> bytes(256);
    for (int i = 0; i < 256; ++i) bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(i);
    transcode(from, bytes);
    for (int i = 0; i < 256; ++i) {
      const int before = decode_sample(from, static_cast<std::uint8_t>(i));
      const int after = decode_sample(to, bytes[static_cast<std::size_t>(i)]);
      EXPECT_LE(std::abs(before - after), std::max(16, std::abs(before) / 28)) << i;
    }
  }
}

TEST(Tone, IsMadeAndFoundAtItsLevel) {
  ToneGenerator generator({1000}, -20);
  const auto samples = generator.samples(1600);
  EXPECT_NEAR(tone_level_dbfs(samples, 1000), -20, 0.2);
  EXPECT_LT(tone_level_dbfs(samples, 1300), -60);
  EXPECT_NEAR(strongest_frequency_hz(samples), 1000, 2);
  EXPECT_NEAR(level_dbfs(samples), -23, 0.2); // RMS of a sine is 3 dB below its peak
}

TEST(Tone, SilenceHasNone) {
  const std::vector<std::int16_t> nothing(800);
  EXPECT_LE(tone_level_dbfs(nothing, 440), -100);
  EXPECT_LE(level_dbfs(nothing), -100);
  EXPECT_LE(level_dbfs({}), -100);
}

TEST(Tone, DigitsHaveTheirTwoFrequencies) {
  EXPECT_EQ(dtmf_frequencies_hz('1'), (std::pair{697.0, 1209.0}));
  EXPECT_EQ(dtmf_frequencies_hz('D'), (std::pair{941.0, 1633.0}));
  EXPECT_EQ(dtmf_frequencies_hz('0'), (std::pair{941.0, 1336.0}));
  EXPECT_EQ(dtmf_frequencies_hz('x').first, 0);
}

TEST(Wav, WhatIsWrittenIsRead) {
  const TemporaryFile file;
  ToneGenerator generator({440});
  const auto samples = generator.samples(8000);
  ASSERT_TRUE(write_wav(file.path(), samples));
  auto read = read_wav(file.path());
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, samples);
}

TEST(Wav, OtherRatesBecomeEightKilohertz) {
  for (const int rate : {44100, 48000, 16000, 11025, 6000}) {
    const TemporaryFile file;
    ToneGenerator generator({1000, 6000.0 * (rate > 20000)}, -12, rate); // 6 kHz must not fold to 2 kHz
    ASSERT_TRUE(write_wav(file.path(), generator.samples(static_cast<std::size_t>(rate)), rate));
    auto read = read_wav(file.path());
    ASSERT_TRUE(read);
    EXPECT_NEAR(static_cast<double>(read->size()), 8000, 2) << rate;
    EXPECT_NEAR(tone_level_dbfs(*read, 1000), -12, 0.3) << rate;
    EXPECT_LT(tone_level_dbfs(*read, 2000), -55) << rate;
  }
}

TEST(Wav, AFileThatIsNotThereIsNamed) {
  auto read = read_wav("/nowhere/music.wav");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ENOENT);
  EXPECT_NE(read.error().text.find("/nowhere/music.wav"), std::string::npos);
}

TEST(Wav, AFileThatIsNoSoundIsNamed) {
  const TemporaryFile file;
  std::FILE* out = std::fopen(file.path().c_str(), "w");
  std::fputs("this is a letter, not a sound", out);
  std::fclose(out);
  auto read = read_wav(file.path());
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, LINEERR_INVALPARAM);
  EXPECT_NE(read.error().text.find(file.path()), std::string::npos);
}

TEST(Wav, AFileWithoutSamplesIsRefused) {
  const TemporaryFile file;
  ASSERT_TRUE(write_wav(file.path(), {}));
  EXPECT_FALSE(read_wav(file.path()));
}

TEST(Sound, FillsTheLastFrameWithSilence) {
  const Sound sound(std::vector<std::int16_t>(170, 1000));
  ASSERT_EQ(sound.frames(), 2U);
  EXPECT_EQ(sound.frame(Codec::pcmu, 1)[9], encode_sample(Codec::pcmu, 1000));
  EXPECT_EQ(sound.frame(Codec::pcmu, 1)[10], 0xFF);
  EXPECT_EQ(sound.frame(Codec::pcma, 1)[159], 0xD5);
}

std::vector<std::int16_t> listen(const Sound& sound, Codec codec, std::uint32_t from, std::uint32_t frames) {
  std::vector<std::int16_t> samples;
  for (std::uint32_t i = 0; i < frames; ++i)
    for (const auto sample : decode(codec, sound.frame(codec, (from + i) % sound.frames())))
      samples.push_back(sample);
  return samples;
}

TEST(SoundLibrary, TonesHaveTheirFrequenciesAndCadence) {
  auto library = SoundLibrary::make(Tones::north_american, "");
  ASSERT_TRUE(library);
  const auto ringback = library->find({Treatment::Kind::ringback, "", false});
  EXPECT_EQ(ringback->frames(), 300U); // 2 s on, 4 s off
  const auto on = listen(*ringback, Codec::pcma, 10, 50), off = listen(*ringback, Codec::pcma, 150, 50);
  EXPECT_NEAR(tone_level_dbfs(on, 440), -20, 1);
  EXPECT_NEAR(tone_level_dbfs(on, 480), -20, 1);
  EXPECT_LT(level_dbfs(off), -60);
  const auto busy = library->find({Treatment::Kind::busy, "", false});
  EXPECT_EQ(busy->frames(), 50U);
  EXPECT_NEAR(tone_level_dbfs(listen(*busy, Codec::pcmu, 2, 20), 620), -20, 1);

  auto itu = SoundLibrary::make(Tones::itu, "");
  EXPECT_NEAR(
      tone_level_dbfs(listen(*itu->find({Treatment::Kind::busy, "", false}), Codec::pcmu, 2, 20), 425), -20,
      1);
}

TEST(SoundLibrary, AMissingMusicFileIsAnErrorAtTheStart) {
  auto library = SoundLibrary::make(Tones::itu, "/nowhere/music.wav");
  ASSERT_FALSE(library);
  EXPECT_NE(library.error().text.find("/nowhere/music.wav"), std::string::npos);
}

TEST(SoundLibrary, KnowsTheFilesItWasGiven) {
  const TemporaryFile file;
  ToneGenerator generator({700});
  ASSERT_TRUE(write_wav(file.path(), generator.samples(800)));
  auto library = SoundLibrary::make(Tones::itu, "");
  const Treatment treatment{Treatment::Kind::announcement, file.path(), false};
  EXPECT_EQ(library->find(treatment), nullptr);
  ASSERT_TRUE(library->load(file.path()));
  ASSERT_NE(library->find(treatment), nullptr);
  EXPECT_EQ(library->find(treatment)->frames(), 5U);
}

TEST(DefaultMusic, IsMusicalSoundWithoutHoles) {
  const auto music = default_music();
  EXPECT_GT(music.size(), 30U * 8000);
  EXPECT_NEAR(level_dbfs(music), -24, 5); // about the level of speech
  constexpr std::size_t half_second = 4000;
  for (std::size_t at = 0; at + half_second <= music.size(); at += half_second)
    EXPECT_GT(level_dbfs(std::span(music).subspan(at, half_second)), -45) << "at " << at / 8000.0 << " s";
  EXPECT_EQ(default_music(), music);
}

} // namespace
} // namespace tl::media
