// SPDX-License-Identifier: Apache-2.0
// The ears and mouth of the bundled phone: one RTP stream on the loop, G.711, a tone or samples to send, and
// a measure of what is heard. For tests and demonstrations, not for many calls at once: the media engine is
// for those.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "base/loop.hpp"
#include "base/result.hpp"
#include "media/digit_receiver.hpp"
#include "sip/sdp.hpp"

namespace tl::sip {

class PhoneSound {
public:
  // Binds a port the system chooses on the host of `local`.
  static Result<std::unique_ptr<PhoneSound>> open(Loop& loop, const Address& local);
  ~PhoneSound();

  const Address& local() const { return local_; }
  void connect(const AudioSession& session); // packets go out from now on, every 20 ms
  void play(std::vector<std::int16_t> samples) {
    samples_ = std::move(samples), at_ = 0;
  } // again and again; none: silence
  void play_tone(double frequency_hz, double amplitude = 8000);
  void send_digits(const std::string& digits); // RFC 4733, if it was agreed

  // Mean amplitude of this frequency over the last 200 ms heard, on the scale of 16-bit samples.
  double level(double frequency_hz) const;
  const std::string& digits() const { return digits_heard_; }
  std::uint64_t packets_received() const { return received_; }

private:
  static constexpr std::size_t window = 1600; // 200 ms

  PhoneSound(Loop& loop, int fd, const Address& local);
  void readable();
  void heard(std::span<const std::uint8_t> packet);
  void tick();
  bool send_event();
  void send(std::uint8_t payload_type, bool marker, std::uint32_t timestamp,
            std::span<const std::uint8_t> payload);

  Loop& loop_;
  int fd_;
  Address local_;
  AudioSession session_;
  std::unique_ptr<Watch> watch_;
  Timer timer_;
  std::vector<std::int16_t> samples_;
  std::size_t at_ = 0;
  std::array<std::int16_t, window> heard_{};
  std::size_t heard_at_ = 0;
  media::DigitReceiver digit_receiver_;
  std::string digits_heard_, digits_to_send_;
  std::uint32_t event_timestamp_ = 0;
  unsigned event_packets_ = 0; // sent of the present digit
  std::uint64_t received_ = 0;
  std::uint32_t timestamp_ = 0, ssrc_ = 0;
  std::uint16_t sequence_ = 0;
};

} // namespace tl::sip
