// SPDX-License-Identifier: Apache-2.0
#include "media/wav.hpp"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <fmt/core.h>
#include <memory>
#include <numbers>
#include <sndfile.h>
#include <unistd.h>

#include "media/g711.hpp"
#include "tapi.h"

namespace tl::media {
namespace {

constexpr int rate_hz_max = 192'000;
constexpr int channels_max = 8;
constexpr sf_count_t read_frames = 4096;

struct CloseFile {
  void operator()(SNDFILE* file) const { sf_close(file); }
};
using File = std::unique_ptr<SNDFILE, CloseFile>;

Error unusable(const std::string& file, const std::string& why) {
  return Error{LINEERR_INVALPARAM, fmt::format("sound file '{}': {}", file, why)};
}

std::vector<std::int16_t> read_mono(SNDFILE* file, int channels) {
  std::vector<std::int16_t> mono, block(static_cast<std::size_t>(read_frames * channels));
  while (const sf_count_t frames = sf_readf_short(file, block.data(), read_frames)) {
    for (sf_count_t i = 0; i < frames; ++i) {
      int sum = 0;
      for (int c = 0; c < channels; ++c) sum += block[static_cast<std::size_t>(i * channels + c)];
      mono.push_back(static_cast<std::int16_t>(sum / channels));
    }
  }
  return mono;
}

// A Hann-windowed sinc, tabulated; `cutoff` is relative to the source's Nyquist frequency.
class Kernel {
public:
  explicit Kernel(double cutoff) : reach_(lobes / cutoff) {
    const auto size = static_cast<std::size_t>(reach_ * steps_per_sample) + 2;
    for (std::size_t i = 0; i < size; ++i) {
      const double x = static_cast<double>(i) / steps_per_sample;
      const double angle = std::numbers::pi * x * cutoff;
      const double sinc = i == 0 ? 1.0 : std::sin(angle) / angle;
      const double window = x >= reach_ ? 0.0 : 0.5 + 0.5 * std::cos(std::numbers::pi * x / reach_);
      table_.push_back(sinc * window * cutoff);
    }
  }
  double reach() const { return reach_; } // source samples on each side
  double at(double distance) const {      // distance <= reach()
    const double position = distance * steps_per_sample;
    const auto i = static_cast<std::size_t>(position);
    const double part = position - static_cast<double>(i);
    return table_[i] + (table_[i + 1] - table_[i]) * part;
  }

private:
  static constexpr double lobes = 16;
  static constexpr int steps_per_sample = 128;

  double reach_;
  std::vector<double> table_;
};

} // namespace

Result<std::vector<std::int16_t>> read_wav(const std::string& path) {
  if (::access(path.c_str(), R_OK) != 0) {
    const int code = errno;
    return Error{code, fmt::format("sound file '{}': {}", path, std::strerror(code))};
  }
  SF_INFO info{};
  const File file(sf_open(path.c_str(), SFM_READ, &info));
  if (!file) return unusable(path, sf_strerror(nullptr));
  if (info.channels < 1 || info.channels > channels_max)
    return unusable(path, fmt::format("{} channels, at most {} are mixed", info.channels, channels_max));
  if (info.samplerate < 1000 || info.samplerate > rate_hz_max)
    return unusable(path, fmt::format("{} Hz; 1000 to {} are converted", info.samplerate, rate_hz_max));
  if (info.frames > static_cast<sf_count_t>(info.samplerate) * 60 * wav_minutes_max)
    return unusable(path, fmt::format("longer than {} minutes", wav_minutes_max));
  auto samples = resample(read_mono(file.get(), info.channels), info.samplerate, sample_rate_hz);
  if (samples.empty()) return unusable(path, "no sound in it");
  return samples;
}

Result<void> write_wav(const std::string& path, std::span<const std::int16_t> samples, int rate_hz) {
  SF_INFO info{};
  info.samplerate = rate_hz;
  info.channels = 1;
  info.format = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
  errno = 0;
  const File file(sf_open(path.c_str(), SFM_WRITE, &info));
  const auto size = static_cast<sf_count_t>(samples.size());
  if (!file || sf_write_short(file.get(), samples.data(), size) != size) {
    const int code = errno != 0 ? errno : EIO;
    return Error{code, fmt::format("sound file '{}': {}", path, sf_strerror(file.get()))};
  }
  return {};
}

std::vector<std::int16_t> resample(std::span<const std::int16_t> samples, int from_hz, int to_hz) {
  if (from_hz == to_hz || samples.empty()) return {samples.begin(), samples.end()};
  const double ratio = static_cast<double>(from_hz) / to_hz;
  const Kernel kernel(std::min(1.0, 1.0 / ratio) * 0.92);
  const auto last = static_cast<std::int64_t>(samples.size()) - 1;
  std::vector<std::int16_t> out(static_cast<std::size_t>(static_cast<double>(samples.size()) / ratio));
  for (std::size_t i = 0; i < out.size(); ++i) {
    const double centre = static_cast<double>(i) * ratio;
    const auto begin =
        std::max<std::int64_t>(0, static_cast<std::int64_t>(std::ceil(centre - kernel.reach())));
    const auto end = std::min(last, static_cast<std::int64_t>(std::floor(centre + kernel.reach())));
    double sum = 0;
    for (std::int64_t k = begin; k <= end; ++k)
      sum += samples[static_cast<std::size_t>(k)] * kernel.at(std::abs(static_cast<double>(k) - centre));
    out[i] = static_cast<std::int16_t>(std::clamp(std::lround(sum), -32768L, 32767L));
  }
  return out;
}

} // namespace tl::media
