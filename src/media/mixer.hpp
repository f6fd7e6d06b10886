// SPDX-License-Identifier: Apache-2.0
// The sum of several parties, for each without itself. Time stands still here: mix() is called once every 20
// ms.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "media/g711.hpp"
#include "media/sequence.hpp"

namespace tl::media {

struct Leg;

// What one party said and was not mixed yet. Packets come by the network's clock and leave by ours: a little
// is kept back to even out their jitter.
class MixQueue {
public:
  // Play-out begins, also after a pause, when so much is there; never more than so much waits.
  static constexpr std::size_t begin_samples = 2 * frame_samples;
  static constexpr std::size_t samples_max = 8 * frame_samples;
  // Packets lost in a row that are replaced by silence; a longer gap is a pause.
  static constexpr std::int64_t lost_packets_max = 3;

  void push(Codec codec, std::span<const std::uint8_t> payload, const Arrival& arrival);
  // The next 20 ms; false: silence.
  bool pop(std::span<std::int16_t, frame_samples> out);

private:
  void append(std::int16_t sample);

  std::array<std::int16_t, samples_max> ring_{};
  std::size_t first_ = 0, count_ = 0;
  bool pausing_ = true;
  std::uint32_t epoch_ = 0;
  std::int64_t newest_ = 0;
};

class Mixer {
public:
  struct Party {
    Leg* leg = nullptr; // the caller's; nothing here looks at it
    MixQueue queue;
    std::array<std::int16_t, frame_samples> said{};
    bool speaks = false;
  };

  Party& add(Leg* leg);
  void remove(const Party& party);
  std::span<const std::unique_ptr<Party>> parties() const { return parties_; }

  // Takes 20 ms from everybody.
  void mix();
  // What the party hears of them: the others, added up; beyond full scale at full scale.
  void heard_by(const Party& party, std::span<std::int16_t, frame_samples> out) const;

private:
  std::vector<std::unique_ptr<Party>> parties_;
  std::array<std::int32_t, frame_samples> sum_{};
};

} // namespace tl::media
