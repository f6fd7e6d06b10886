// SPDX-License-Identifier: Apache-2.0
// Sounds that streams hear without a peer: encoded once in both laws, shared by all listeners, in 20 ms
// frames.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "media/g711.hpp"
#include "media/media.hpp"

namespace tl::media {

class Sound {
public:
  // The last frame is filled up with silence.
  explicit Sound(std::span<const std::int16_t> samples);

  std::uint32_t frames() const { return frames_; }
  std::span<const std::uint8_t> frame(Codec codec, std::uint32_t at) const {
    return std::span(bytes_[static_cast<int>(codec)]).subspan(std::size_t{at} * frame_samples, frame_samples);
  }

private:
  std::uint32_t frames_;
  std::vector<std::uint8_t> bytes_[2]; // by Codec
};

using SharedSound = std::shared_ptr<const Sound>;

// Everything an engine can play. Control thread.
class SoundLibrary {
public:
  static constexpr std::size_t files_max = 1024;

  // Makes the tones and reads `music_file`, or composes the built-in music if it is empty.
  static Result<SoundLibrary> make(Tones tones, const std::string& music_file);
  Result<void> load(const std::string& file);
  // Null: the treatment's file was never loaded.
  SharedSound find(const Treatment& treatment) const;

private:
  SharedSound silence_, ringback_, busy_, music_;
  std::map<std::string, SharedSound> files_;
};

} // namespace tl::media
