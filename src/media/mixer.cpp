// SPDX-License-Identifier: Apache-2.0
#include "media/mixer.hpp"

#include <algorithm>
#include <limits>

#include "base/check.hpp"

namespace tl::media {

// A packet that comes after its turn is too late; nothing is put back in order.
void MixQueue::push(Codec codec, std::span<const std::uint8_t> payload, const Arrival& arrival) {
  if (arrival.epoch == epoch_ && arrival.extended <= newest_) return;
  const std::int64_t lost = arrival.epoch == epoch_ ? arrival.extended - newest_ - 1 : 0;
  epoch_ = arrival.epoch;
  newest_ = arrival.extended;
  if (lost > 0 && lost <= lost_packets_max && !pausing_)
    for (std::size_t i = 0; i < static_cast<std::size_t>(lost) * payload.size(); ++i) append(0);
  for (const std::uint8_t byte : payload) append(decode_sample(codec, byte));
  if (count_ < samples_max) return;
  // Its clock is faster than ours, or it came in a burst: the delay goes back to where it began.
  first_ = (first_ + count_ - begin_samples) % samples_max;
  count_ = begin_samples;
}

// The oldest is overwritten when it is full.
void MixQueue::append(std::int16_t sample) {
  ring_[(first_ + count_) % samples_max] = sample;
  if (count_ < samples_max)
    ++count_;
  else
    first_ = (first_ + 1) % samples_max;
}

bool MixQueue::pop(std::span<std::int16_t, frame_samples> out) {
  if (pausing_ && count_ >= begin_samples) pausing_ = false;
  const std::size_t taken = pausing_ ? 0 : std::min<std::size_t>(count_, frame_samples);
  for (std::size_t i = 0; i < taken; ++i) out[i] = ring_[(first_ + i) % samples_max];
  std::fill(out.begin() + static_cast<std::ptrdiff_t>(taken), out.end(), std::int16_t{0});
  first_ = (first_ + taken) % samples_max;
  count_ -= taken;
  if (taken < frame_samples) pausing_ = true;
  return taken > 0;
}

Mixer::Party& Mixer::add(Leg* leg) {
  Party& party = *parties_.emplace_back(std::make_unique<Party>());
  party.leg = leg;
  return party;
}

void Mixer::remove(const Party& party) {
  const auto found =
      std::find_if(parties_.begin(), parties_.end(), [&](const auto& one) { return one.get() == &party; });
  TL_CHECK(found != parties_.end(), "a party leaves a mixer it is not in");
  parties_.erase(found);
}

void Mixer::mix() {
  sum_.fill(0);
  for (const auto& party : parties_) {
    party->speaks = party->queue.pop(party->said);
    if (!party->speaks) continue;
    for (std::size_t i = 0; i < sum_.size(); ++i) sum_[i] += party->said[i];
  }
}

void Mixer::heard_by(const Party& party, std::span<std::int16_t, frame_samples> out) const {
  constexpr std::int32_t loudest = std::numeric_limits<std::int16_t>::max();
  constexpr std::int32_t lowest = std::numeric_limits<std::int16_t>::min();
  for (std::size_t i = 0; i < sum_.size(); ++i) {
    const std::int32_t others = sum_[i] - (party.speaks ? party.said[i] : 0);
    out[i] = static_cast<std::int16_t>(std::clamp(others, lowest, loudest));
  }
}

} // namespace tl::media
