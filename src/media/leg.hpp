// SPDX-License-Identifier: Apache-2.0
// A stream as the media thread sees it. Born on the control thread with the stream, freed by the media thread
// after the order to close. Everything but `orders` belongs to the media thread.
#pragma once

#include <memory>

#include "media/cadence.hpp"
#include "media/digit_receiver.hpp"
#include "media/digit_sender.hpp"
#include "media/exchange.hpp"
#include "media/sender.hpp"
#include "media/sequence.hpp"
#include "media/source_lock.hpp"
#include "media/tone.hpp"
#include "media/tone_detector.hpp"

namespace tl::media {

// Digits or a tone being sent by a leg.
struct DigitJob {
  DigitJob(const DigitOrder& order, bool report_end)
      : sender(order.digits, order.each, order.gap), report(report_end) {
    if (!order.tone.empty()) cadence = std::make_unique<CadenceTone>(order.tone, order.tone_length);
  }

  DigitSender sender;
  bool report;                         // false: a relayed digit, nobody waits for its end
  bool as_event = true;                // of the present press
  std::uint32_t event_timestamp = 0;   // of the present press
  std::unique_ptr<ToneGenerator> tone; // of the present press, in band
  std::unique_ptr<CadenceTone> cadence; // no digits but this
};

struct Leg {
  static constexpr std::uint32_t not_listed = 0xFFFFFFFF;

  Leg(Slot& port, std::uint32_t stream_index, std::uint32_t stream_generation, const Sender& out)
      : slot(port), index(stream_index), generation(stream_generation), sender(out) {}

  bool can_send() const { return far_end.known && far_end.send && far_end.address.reachable(); }
  const Address& destination() const {
    return far_end.symmetric && source.locked() ? source.source() : far_end.address;
  }

  Orders orders; // guarded by Exchange's mutex
  Slot& slot;
  const std::uint32_t index, generation;

  FarEnd far_end;
  SourceLock source;
  SequenceWindow window;
  DigitReceiver digit_receiver;
  Sender sender;
  Hears hears;
  Leg* listener = nullptr;  // the leg whose hears.leg this is
  Mixer::Party* party = nullptr; // in hears.mix
  std::uint32_t frame = 0;  // position in hears.sound
  bool sound_ended = false; // an announcement without loop: silence goes on
  bool silent_reported = false;
  std::uint8_t tick_group = 0;
  std::uint32_t tick_place = not_listed; // in its group
  std::uint32_t leg_place = not_listed;  // in Worker's list of all
  Instant heard_at{};
  Instant digit_credit_at{};
  std::uint8_t digit_credit = 0; // Worker::may_report_digit
  std::unique_ptr<DigitJob> digits;
  std::unique_ptr<ToneDetector> detector;
};

static_assert(sizeof(Leg) <= 640, "memory per stream is a promise of media.hpp's part");

template <class Write> void Exchange::order(Leg& leg, Write write) {
  bool must_wake = false;
  {
    const std::lock_guard lock(mutex_);
    write(leg.orders);
    if (!leg.orders.queued) {
      leg.orders.queued = true;
      dirty_.push_back(&leg);
    }
    must_wake = !polling_ && !std::exchange(woken_, true);
  }
  if (must_wake) wake();
}

} // namespace tl::media
