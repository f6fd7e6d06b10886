// SPDX-License-Identifier: Apache-2.0
// The media thread: waits for packets, ticks and orders, and carries sound between legs.
#pragma once

#include <array>
#include <deque>
#include <memory>
#include <span>
#include <thread>
#include <vector>

#include "media/exchange.hpp"
#include "media/leg.hpp"
#include "media/rtp.hpp"

namespace tl::media {

class Worker {
public:
  struct Settings {
    Duration quarantine, rtp_timeout;
    std::size_t sockets_idle_max;
  };

  // `epoll_fd` stays the caller's.
  Worker(Exchange& exchange, const Settings& settings, int epoll_fd);
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  Result<void> begin(); // starts the thread
  void join();          // after Exchange::stop()

private:
  static constexpr int wakeups_max = 256; // of one turn
  static constexpr int receive_batch = 8; // packets of one socket at once
  static constexpr int receive_rounds_max = 2;
  static constexpr Duration tick = 20ms;
  static constexpr int tick_groups =
      4; // legs are spread over the tick, so that packets leave in smaller bursts
  static constexpr Duration watchdog_period = 500ms;
  static constexpr Duration poll_period = 5ms; // for orders, while they come in numbers
  static constexpr Duration poll_idle_max = 20ms;
  // Digits of one stream: faster ones are nobody's fingers and are dropped before they load the control loop.
  static constexpr std::uint8_t digit_burst_max = 32;
  static constexpr Duration digit_period_min = 40ms;

  struct ReceiveBuffers;
  struct Incoming; // worker_receive.cpp

  // worker.cpp: turns, orders, ports
  void run();
  int wait_ms() const;
  bool obey(bool woken);
  void update_polling();
  void obey(Leg& leg, Orders& orders);
  void set_far_end(Leg& leg, const FarEnd& far_end);
  void set_hears(Leg& leg, Hears&& hears);
  void close(Leg& leg);
  void end_rests();
  void watch_silence();
  void emit(const Leg& leg, Event::Kind kind, char digit = 0);

  // worker_receive.cpp
  void receive(Slot& slot);
  void arrived(Slot& slot, std::span<std::uint8_t> datagram, const Address& from);
  void arrived_audio(Leg& leg, const Incoming& in, Codec codec);
  void arrived_event(Leg& leg, const Incoming& in);
  bool may_report_digit(Leg& leg);
  void detect(Leg& leg, const Incoming& in, Codec codec);
  void relay(Leg& to, const Incoming& in, std::uint8_t payload_type, std::uint32_t samples);
  // `packet` has rtp_header_bytes of room before the payload.
  void send(Leg& leg, RtpHeader header, std::uint8_t payload_type, std::uint8_t* packet,
            std::size_t payload_bytes);

  // worker_play.cpp
  void ticks();
  void play(Leg& leg, std::uint32_t steps);
  void play_sound(Leg& leg, std::uint32_t steps);
  void play_digits(Leg& leg, std::uint32_t steps);
  void play_cadence(Leg& leg, std::uint32_t steps);
  void play_event(Leg& leg, const DigitStep& step);
  void play_tone(Leg& leg, const DigitStep& step);
  void send_audio(Leg& leg, std::span<const std::uint8_t> frame);
  void end_digits(Leg& leg, bool complete);
  // worker_mix.cpp
  void enter(Leg& leg, Mix& mix);
  void leave(Leg& leg, Mix& mix);
  void mix(Mix& mix, std::uint32_t steps);

  void list_for_ticks(Leg& leg);
  void unlist_from_ticks(Leg& leg);
  void update_ticking(Leg& leg);
  void arm_timer(bool on);

  Exchange& exchange_;
  const Settings settings_;
  const int epoll_fd_;
  int timer_fd_ = -1;
  std::thread thread_;
  Instant now_{};
  std::unique_ptr<ReceiveBuffers> buffers_;
  std::vector<Leg*> legs_;
  std::array<std::vector<Leg*>, tick_groups> groups_;
  std::array<std::vector<Mix*>, tick_groups> mixes_; // with somebody in them
  std::size_t ticking_ = 0;                          // legs in groups_, and mixes
  unsigned next_group_ = 0;      // to list a leg in
  std::uint64_t tick_count_ = 0; // the group that ticks, modulo tick_groups
  std::deque<Slot*> resting_;    // by rest_until
  Instant watchdog_at_{};
  Instant ordered_at_{};
  bool polling_ = false; // Exchange::set_polling
  std::vector<Event> events_;
  std::vector<std::uint8_t> found_;
  std::vector<Leg*> ordered_;
  std::vector<Orders> orders_;
};

} // namespace tl::media
