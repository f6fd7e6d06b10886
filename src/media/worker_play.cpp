// SPDX-License-Identifier: Apache-2.0
// Sound of our own making: treatments and digits, by one clock for all legs.
#include <algorithm>
#include <sys/timerfd.h>
#include <unistd.h>

#include "media/g711.hpp"
#include "media/worker.hpp"

namespace tl::media {
namespace {

constexpr double digit_level_dbfs = -13; // each of the two frequencies; about -7 dBm0 together

std::uint8_t payload_type(Codec codec) {
  return codec == Codec::pcmu ? 0 : 8;
}

std::span<const std::uint8_t> silent_frame(Codec codec) {
  static constexpr auto frames = [] {
    std::array<std::array<std::uint8_t, frame_samples>, 2> made{};
    for (const Codec law : {Codec::pcmu, Codec::pcma})
      made[static_cast<std::size_t>(law)].fill(silence_byte(law));
    return made;
  }();
  return frames[static_cast<std::size_t>(codec)];
}

} // namespace

// One group each time the timer is due. After a stall of the machine, groups whose turns were missed go on
// where they would be, without sending what is late.
void Worker::ticks() {
  std::uint64_t due = 0;
  if (::read(timer_fd_, &due, sizeof due) != sizeof due) return;
  const std::uint64_t first = tick_count_;
  tick_count_ += due;
  const std::uint64_t groups_due = std::min<std::uint64_t>(due, tick_groups);
  for (std::uint64_t i = 0; i < groups_due; ++i) {
    const std::uint64_t group = (first + i) % tick_groups;
    const auto steps = static_cast<std::uint32_t>((due - i + tick_groups - 1) / tick_groups);
    auto& legs = groups_[group];
    for (std::size_t n = legs.size(); n-- > 0;) play(*legs[n], steps); // backwards: play() may unlist the leg
    for (Mix* room : mixes_[group]) mix(*room, steps);
  }
}

void Worker::play(Leg& leg, std::uint32_t steps) {
  if (leg.digits)
    play_digits(leg, steps);
  else
    play_sound(leg, steps);
}

void Worker::play_sound(Leg& leg, std::uint32_t steps) {
  const Sound& sound = *leg.hears.sound;
  leg.sender.skip((steps - 1) * frame_samples);
  leg.frame += steps - 1;
  if (leg.frame >= sound.frames() && leg.hears.loop) leg.frame %= sound.frames();
  if (leg.frame >= sound.frames() && !leg.sound_ended) {
    leg.sound_ended = true;
    emit(leg, Event::Kind::announcement_finished);
    update_ticking(leg);
  }
  const Codec codec = leg.far_end.codec;
  if (!leg.can_send())
    leg.sender.skip(frame_samples);
  else if (leg.sound_ended)
    send_audio(leg, silent_frame(codec));
  else
    send_audio(leg, sound.frame(codec, leg.frame));
  if (!leg.sound_ended) ++leg.frame;
}

void Worker::send_audio(Leg& leg, std::span<const std::uint8_t> frame) {
  std::array<std::uint8_t, rtp_header_bytes + frame_samples> packet;
  std::copy(frame.begin(), frame.end(), packet.begin() + rtp_header_bytes);
  send(leg, leg.sender.next(frame_samples, now_), payload_type(leg.far_end.codec), packet.data(),
       frame.size());
}

void Worker::play_digits(Leg& leg, std::uint32_t steps) {
  leg.sender.skip((steps - 1) * frame_samples);
  if (!leg.can_send()) {
    end_digits(leg, false);
    return update_ticking(leg);
  }
  if (leg.digits->cadence) return play_cadence(leg, steps);
  const DigitStep step = leg.digits->sender.next();
  if (step.first) {
    leg.digits->as_event = leg.far_end.event_send >= 0;
    leg.digits->tone.reset();
  }
  switch (step.kind) {
  case DigitStep::Kind::finished: end_digits(leg, true); return update_ticking(leg);
  case DigitStep::Kind::quiet: return leg.sender.skip(frame_samples);
  case DigitStep::Kind::key_down:
  case DigitStep::Kind::key_up: return leg.digits->as_event ? play_event(leg, step) : play_tone(leg, step);
  }
}

void Worker::play_cadence(Leg& leg, std::uint32_t steps) {
  CadenceTone& tone = *leg.digits->cadence;
  std::array<std::int16_t, frame_samples> samples;
  for (std::uint32_t late = 1; late < steps; ++late) tone.next(samples);
  if (tone.finished()) {
    end_digits(leg, true);
    return update_ticking(leg);
  }
  tone.next(samples);
  std::array<std::uint8_t, frame_samples> frame;
  for (std::size_t i = 0; i < frame.size(); ++i) frame[i] = encode_sample(leg.far_end.codec, samples[i]);
  send_audio(leg, frame);
}

void Worker::play_event(Leg& leg, const DigitStep& step) {
  const bool quiet = step.kind == DigitStep::Kind::key_up && !step.end_packet;
  if (quiet || leg.far_end.event_send < 0) return leg.sender.skip(frame_samples);
  RtpHeader header;
  if (step.first) {
    leg.sender.change_source(); // an event begins with the marker (RFC 4733, 2.5.1.1)
    header = leg.sender.next(frame_samples, now_);
    leg.digits->event_timestamp = header.timestamp;
  } else {
    header = leg.sender.again(leg.digits->event_timestamp, now_);
    leg.sender.skip(frame_samples);
  }
  RtpEvent event;
  event.event = static_cast<std::uint8_t>(digit_event(step.digit));
  event.end = step.end_packet;
  event.duration = step.duration;
  std::array<std::uint8_t, rtp_header_bytes + rtp_event_bytes> packet;
  write_event(event, packet.data() + rtp_header_bytes);
  send(leg, header, static_cast<std::uint8_t>(leg.far_end.event_send), packet.data(), rtp_event_bytes);
}

void Worker::play_tone(Leg& leg, const DigitStep& step) {
  std::array<std::uint8_t, frame_samples> frame;
  frame.fill(silence_byte(leg.far_end.codec));
  if (step.kind == DigitStep::Kind::key_down) {
    auto& tone = leg.digits->tone;
    if (!tone) {
      const auto [low, high] = dtmf_frequencies_hz(step.digit);
      tone = std::make_unique<ToneGenerator>(std::initializer_list<double>{low, high}, digit_level_dbfs,
                                             sample_rate_hz);
    }
    for (auto& byte : frame) byte = encode_sample(leg.far_end.codec, tone->next());
  }
  send_audio(leg, frame);
}

void Worker::end_digits(Leg& leg, bool complete) {
  const bool report = leg.digits->report;
  leg.digits.reset();
  leg.sender.change_source();
  if (report) emit(leg, complete ? Event::Kind::digits_sent : Event::Kind::digits_cancelled);
}

// A leg ticks while it has something of our own to send. An announcement also runs where the far end holds,
// so that whoever waits for its end is not held too; digits also tick without a way to send: to fail.
void Worker::update_ticking(Leg& leg) {
  const bool runs = !leg.hears.loop && !leg.sound_ended && leg.far_end.known;
  if (leg.digits || (leg.hears.sound && (leg.can_send() || runs)))
    list_for_ticks(leg);
  else
    unlist_from_ticks(leg);
}

void Worker::list_for_ticks(Leg& leg) {
  if (leg.tick_place != Leg::not_listed) return;
  leg.tick_group = static_cast<std::uint8_t>(next_group_++ % tick_groups);
  auto& group = groups_[leg.tick_group];
  leg.tick_place = static_cast<std::uint32_t>(group.size());
  group.push_back(&leg);
  if (ticking_++ == 0) arm_timer(true);
}

void Worker::unlist_from_ticks(Leg& leg) {
  if (leg.tick_place == Leg::not_listed) return;
  auto& group = groups_[leg.tick_group];
  Leg* last = group.back();
  group[leg.tick_place] = last;
  last->tick_place = leg.tick_place;
  group.pop_back();
  leg.tick_place = Leg::not_listed;
  if (--ticking_ == 0) arm_timer(false);
}

void Worker::arm_timer(bool on) {
  constexpr long period_ns = std::chrono::nanoseconds(tick / tick_groups).count();
  itimerspec spec{};
  if (on) spec.it_interval.tv_nsec = spec.it_value.tv_nsec = period_ns;
  ::timerfd_settime(timer_fd_, 0, &spec, nullptr);
}

} // namespace tl::media
