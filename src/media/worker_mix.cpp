// SPDX-License-Identifier: Apache-2.0
// Rooms: legs that hear each other. A room has its turn in the ticks as a leg with a sound has.
#include "media/worker.hpp"

namespace tl::media {

void Worker::enter(Leg& leg, Mix& mix) {
  leg.party = &mix.mixer.add(&leg);
  if (mix.mixer.parties().size() > 1) return;
  mix.tick_group = next_group_++ % tick_groups;
  mixes_[mix.tick_group].push_back(&mix);
  if (ticking_++ == 0) arm_timer(true);
}

void Worker::leave(Leg& leg, Mix& mix) {
  mix.mixer.remove(*std::exchange(leg.party, nullptr));
  if (!mix.mixer.parties().empty()) return;
  std::erase(mixes_[mix.tick_group], &mix);
  if (--ticking_ == 0) arm_timer(false);
}

// Digits go out in place of the mix; whoever cannot be sent to is heard all the same.
void Worker::mix(Mix& mix, std::uint32_t steps) {
  for (std::uint32_t late = 1; late < steps; ++late) mix.mixer.mix();
  mix.mixer.mix();
  for (const auto& party : mix.mixer.parties()) {
    Leg& leg = *party->leg;
    if (leg.digits) continue;
    leg.sender.skip((steps - 1) * frame_samples);
    if (!leg.can_send()) {
      leg.sender.skip(frame_samples);
      continue;
    }
    std::array<std::int16_t, frame_samples> heard;
    mix.mixer.heard_by(*party, heard);
    std::array<std::uint8_t, frame_samples> frame;
    const Codec codec = leg.far_end.codec;
    for (std::size_t i = 0; i < frame.size(); ++i) frame[i] = encode_sample(codec, heard[i]);
    send_audio(leg, frame);
  }
}

} // namespace tl::media
