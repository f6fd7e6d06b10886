// SPDX-License-Identifier: Apache-2.0
// Tones: made for ringback, busy and digits, and found again by the tests and the bundled phone.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace tl::media {

// A sum of sines, continuous from one call of add() to the next.
class ToneGenerator {
public:
  // Each frequency has the peak level, relative to full scale (32767).
  ToneGenerator(std::initializer_list<double> frequencies_hz, double level_dbfs = -16, int rate_hz = 8000);
  std::int16_t next();
  std::vector<std::int16_t> samples(std::size_t count);

private:
  struct Sine {
    double step = 0, phase = 0; // radians
  };
  std::vector<Sine> sines_;
  double amplitude_;
};

// Level of one frequency in the samples by Goertzel's algorithm (Hann window: neighbours 2 bins away are
// below -30 dB), as the peak of that sine relative to full scale; -120 for silence.
double tone_level_dbfs(std::span<const std::int16_t> samples, double frequency_hz, int rate_hz = 8000);

// The strongest frequency within [from, to] Hz, to about 1 Hz.
double strongest_frequency_hz(std::span<const std::int16_t> samples, double from_hz = 100,
                              double to_hz = 3600, int rate_hz = 8000);

// All sound together (RMS) relative to a full-scale square wave; -120 for silence.
double level_dbfs(std::span<const std::int16_t> samples);

// The two frequencies of a DTMF digit (ITU-T Q.23); zeros if it is none.
std::pair<double, double> dtmf_frequencies_hz(char digit);

} // namespace tl::media
