// SPDX-License-Identifier: Apache-2.0
#include "media/sound.hpp"

#include <fmt/core.h>

#include "media/default_music.hpp"
#include "media/tone.hpp"
#include "media/wav.hpp"
#include "tapi.h"

namespace tl::media {
namespace {

struct Cadence {
  std::initializer_list<double> frequencies_hz;
  int on_ms, off_ms;
};

SharedSound cadence(const Cadence& tone) {
  constexpr double level_dbfs = -20; // each; about -14 dBm0 for the sum of two
  ToneGenerator generator(tone.frequencies_hz, level_dbfs, sample_rate_hz);
  auto samples = generator.samples(static_cast<std::size_t>(tone.on_ms) * sample_rate_hz / 1000);
  samples.resize(samples.size() + static_cast<std::size_t>(tone.off_ms) * sample_rate_hz / 1000);
  return std::make_shared<const Sound>(samples);
}

} // namespace

Sound::Sound(std::span<const std::int16_t> samples)
    : frames_(static_cast<std::uint32_t>((samples.size() + frame_samples - 1) / frame_samples)) {
  for (const Codec codec : {Codec::pcmu, Codec::pcma}) {
    auto& bytes = bytes_[static_cast<int>(codec)];
    bytes = encode(codec, samples);
    bytes.resize(std::size_t{frames_} * frame_samples, silence_byte(codec));
    bytes.shrink_to_fit();
  }
}

Result<SoundLibrary> SoundLibrary::make(Tones tones, const std::string& music_file) {
  SoundLibrary library;
  library.silence_ = std::make_shared<const Sound>(std::vector<std::int16_t>(frame_samples));
  if (tones == Tones::north_american) { // ANSI T1.401
    library.ringback_ = cadence({{440, 480}, 2000, 4000});
    library.busy_ = cadence({{480, 620}, 500, 500});
  } else { // ITU-T E.180, recommended values
    library.ringback_ = cadence({{425}, 1000, 4000});
    library.busy_ = cadence({{425}, 500, 500});
  }
  if (music_file.empty()) {
    library.music_ = std::make_shared<const Sound>(default_music());
    return library;
  }
  auto samples = read_wav(music_file);
  if (!samples) return samples.error();
  library.music_ = std::make_shared<const Sound>(*samples);
  return library;
}

Result<void> SoundLibrary::load(const std::string& file) {
  if (files_.size() >= files_max && !files_.contains(file))
    return Error{LINEERR_RESOURCEUNAVAIL,
                 fmt::format("sound file '{}': {} files are loaded", file, files_max)};
  auto samples = read_wav(file);
  if (!samples) return samples.error();
  files_[file] = std::make_shared<const Sound>(*samples);
  return {};
}

SharedSound SoundLibrary::find(const Treatment& treatment) const {
  using Kind = Treatment::Kind;
  switch (treatment.kind) {
  case Kind::silence: return silence_;
  case Kind::ringback: return ringback_;
  case Kind::busy: return busy_;
  case Kind::music:
  case Kind::announcement: break;
  }
  if (treatment.file.empty()) return music_;
  const auto found = files_.find(treatment.file);
  return found == files_.end() ? nullptr : found->second;
}

} // namespace tl::media
