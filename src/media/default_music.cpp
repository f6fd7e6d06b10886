// SPDX-License-Identifier: Apache-2.0
#include "media/default_music.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string_view>

namespace tl::media {
namespace {

constexpr int rate_hz = 8000;
constexpr int eighth_samples = 2400; // 100 quarters a minute
constexpr int eighths_per_bar = 8;

// The chord of each bar, as roots of broken triads in the left hand: MIDI note numbers.
struct Bar {
  int root;
  bool minor;
  // The right hand, a character an eighth: steps of the G major scale from g' ('a') upwards; '-' holds, '.'
  // rests.
  std::string_view melody;
};

constexpr Bar bars[] = {
    {55, false, "c-e-g-e-"}, // G
    {52, true, "g-f-e-c-"},  // e
    {48, false, "d-e-h-g-"}, // C
    {50, false, "f-e-d---"}, // D
    {55, false, "c-e-g-i-"}, // G
    {47, true, "h-g-f-d-"},  // b
    {48, false, "e-g-fed-"}, // C
    {50, false, "b-d-f---"}, // D
    {52, true, "g-.ghih-"},  // e
    {48, false, "g-e-d-e-"}, // C
    {55, false, "i-.hghg-"}, // G
    {50, false, "f-d-b---"}, // D
    {52, true, "g-i-h-g-"},  // e
    {48, false, "e-d-c-d-"}, // C
    {50, false, "f-g-fed-"}, // D
    {55, false, "a-e-c---"}, // G
};

double note_hz(int midi) {
  return 440 * std::pow(2, (midi - 69) / 12.0);
}

int scale_note(char step) {
  constexpr int major[] = {0, 2, 4, 5, 7, 9, 11};
  const int at = step - 'a';
  return 67 + 12 * (at / 7) + major[at % 7];
}

// A plucked string: partials that die away the faster the higher they are, each a recursive oscillator.
void pluck(std::vector<double>& out, std::size_t at, int midi, double level, double seconds) {
  const auto length = static_cast<std::size_t>(seconds * 2.5 * rate_hz);
  for (int partial = 1; partial <= 5; ++partial) {
    const double f = note_hz(midi) * partial;
    if (f > 3300) break;
    const double omega = 2 * std::numbers::pi * f / rate_hz;
    const double decay = std::exp(-(0.7 + 0.5 * partial) / (seconds * rate_hz));
    const double a = 2 * decay * std::cos(omega), b = -decay * decay;
    double y1 = 0, y0 = level / (partial * partial) * decay * std::sin(omega);
    for (std::size_t i = 0; i < length; ++i) {
      const double attack = i < 40 ? static_cast<double>(i) / 40 : 1; // 5 ms: no click
      const double release = i + 400 > length ? static_cast<double>(length - i) / 400 : 1;
      out[(at + i) % out.size()] += y0 * attack * release;
      const double y = a * y0 + b * y1;
      y1 = y0;
      y0 = y;
    }
  }
}

void play_left_hand(std::vector<double>& out, std::size_t at, const Bar& bar) {
  const int third = bar.minor ? 3 : 4;
  const int pattern[eighths_per_bar] = {0, 7, 12, 12 + third, 19, 12 + third, 12, 7};
  for (int i = 0; i < eighths_per_bar; ++i)
    pluck(out, at + static_cast<std::size_t>(i) * eighth_samples, bar.root + pattern[i], i == 0 ? 0.30 : 0.18,
          0.5);
}

void play_right_hand(std::vector<double>& out, std::size_t at, const Bar& bar) {
  for (std::size_t i = 0; i < bar.melody.size(); ++i) {
    const char step = bar.melody[i];
    if (step < 'a') continue;
    const auto next = std::min(bar.melody.find_first_not_of('-', i + 1), bar.melody.size());
    pluck(out, at + i * eighth_samples, scale_note(step), 0.34, 0.3 * static_cast<double>(next - i));
  }
}

} // namespace

std::vector<std::int16_t> default_music() {
  std::vector<double> mix(std::size(bars) * eighths_per_bar * eighth_samples);
  std::size_t at = 0;
  for (const auto& bar : bars) {
    play_left_hand(mix, at, bar);
    play_right_hand(mix, at, bar);
    at += eighths_per_bar * eighth_samples;
  }
  double peak = 0;
  for (const double sample : mix) peak = std::max(peak, std::abs(sample));
  std::vector<std::int16_t> samples;
  samples.reserve(mix.size());
  constexpr double loudest = 12'000; // -9 dBFS: speech level on average
  for (const double sample : mix) samples.push_back(static_cast<std::int16_t>(sample / peak * loudest));
  return samples;
}

} // namespace tl::media
