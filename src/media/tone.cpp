// SPDX-License-Identifier: Apache-2.0
#include "media/tone.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string_view>

namespace tl::media {
namespace {

constexpr double full_scale = 32767;
constexpr double silence_dbfs = -120;

double to_db(double ratio) {
  return ratio <= 1e-6 ? silence_dbfs : 20 * std::log10(ratio);
}

} // namespace

ToneGenerator::ToneGenerator(std::initializer_list<double> frequencies_hz, double level, int rate_hz)
    : amplitude_(full_scale * std::pow(10, level / 20)) {
  for (const double f : frequencies_hz) sines_.push_back({2 * std::numbers::pi * f / rate_hz, 0});
}

std::int16_t ToneGenerator::next() {
  double sum = 0;
  for (auto& sine : sines_) {
    sum += std::sin(sine.phase);
    sine.phase = std::fmod(sine.phase + sine.step, 2 * std::numbers::pi);
  }
  return static_cast<std::int16_t>(std::clamp(std::lround(sum * amplitude_), -32767L, 32767L));
}

std::vector<std::int16_t> ToneGenerator::samples(std::size_t count) {
  std::vector<std::int16_t> made(count);
  for (auto& sample : made) sample = next();
  return made;
}

double tone_level_dbfs(std::span<const std::int16_t> samples, double frequency_hz, int rate_hz) {
  if (samples.empty()) return silence_dbfs;
  const double n = static_cast<double>(samples.size());
  const double coefficient = 2 * std::cos(2 * std::numbers::pi * frequency_hz / rate_hz);
  double s1 = 0, s2 = 0, window_sum = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double window = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * (static_cast<double>(i) + 0.5) / n);
    window_sum += window;
    const double s0 = samples[i] * window + coefficient * s1 - s2;
    s2 = s1;
    s1 = s0;
  }
  const double power = std::max(0.0, s1 * s1 + s2 * s2 - coefficient * s1 * s2);
  return to_db(2 * std::sqrt(power) / window_sum / full_scale);
}

double strongest_frequency_hz(std::span<const std::int16_t> samples, double from_hz, double to_hz,
                              int rate_hz) {
  if (samples.empty()) return 0;
  const auto best_in = [&](double from, double to, double step) {
    double best = from, best_level = silence_dbfs - 1;
    for (double f = from; f <= to; f += step) {
      const double level = tone_level_dbfs(samples, f, rate_hz);
      if (level > best_level) best = f, best_level = level;
    }
    return best;
  };
  const double bin = static_cast<double>(rate_hz) / static_cast<double>(samples.size());
  const double coarse = best_in(from_hz, to_hz, std::max(bin, 1.0));
  return best_in(std::max(from_hz, coarse - bin), std::min(to_hz, coarse + bin), std::min(1.0, bin / 8));
}

double level_dbfs(std::span<const std::int16_t> samples) {
  if (samples.empty()) return silence_dbfs;
  double sum = 0;
  for (const double sample : samples) sum += sample * sample;
  return to_db(std::sqrt(sum / static_cast<double>(samples.size())) / full_scale);
}

std::pair<double, double> dtmf_frequencies_hz(char digit) {
  constexpr std::string_view keys = "123A456B789C*0#D"; // Q.23, figure 1, row by row
  constexpr double rows[] = {697, 770, 852, 941}, columns[] = {1209, 1336, 1477, 1633};
  const auto at = keys.find(digit);
  if (at == std::string_view::npos) return {0, 0};
  return {rows[at / 4], columns[at % 4]};
}

} // namespace tl::media
