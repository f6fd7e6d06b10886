// SPDX-License-Identifier: Apache-2.0
// The far end of a stream in tests: a UDP socket on loopback that speaks tones and keeps what it hears.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "base/real_loop.hpp"
#include "media/address.hpp"
#include "media/g711.hpp"
#include "media/rtp.hpp"
#include "media/tone.hpp"

namespace tl::media::test {

// Runs the loop until `done` or for `most`; true if done.
bool run_until(RealLoop& loop, const std::function<bool()>& done, Duration most = 5s);
void run_for(RealLoop& loop, Duration span);

struct Heard {
  RtpHeader header;
  std::vector<std::uint8_t> payload;
};

class Phone {
public:
  explicit Phone(RealLoop& loop, const char* ip = "127.0.0.1");
  ~Phone();
  Phone(const Phone&) = delete;
  Phone& operator=(const Phone&) = delete;

  const std::string& ip() const { return ip_; }
  std::uint16_t port() const { return port_; }
  // As an offer or answer would name it.
  Remote remote(Codec codec = Codec::pcmu, int event_type = 101) const;

  // Speaks a tone to the port, 20 ms a packet, until quiet().
  void speak(std::uint16_t to_port, double frequency_hz, Codec codec = Codec::pcmu);
  void quiet() { clock_.stop(); }
  // Presses a key once: updates and three ends, all at once.
  void press(std::uint16_t to_port, char digit, int event_type = 101);
  void send_audio(std::uint16_t to_port, std::span<const std::int16_t> samples, Codec codec);
  void send(std::uint16_t to_port, const std::vector<std::uint8_t>& datagram);
  void send(std::uint16_t to_port, const RtpHeader& header, std::span<const std::uint8_t> payload);

  std::uint16_t sequence = 1000;
  std::uint32_t timestamp = 160'000;
  std::uint32_t ssrc = 0x1234;

  // What was heard since forget().
  void forget() { heard_.clear(); }
  const std::vector<Heard>& heard() const { return heard_; }
  std::vector<std::int16_t> sound() const; // audio payloads of either law, in order of arrival
  std::string digits() const;              // RFC 4733 events of type 101 (one per press)
  // Every packet has one SSRC and numbers that go up by one; timestamps never go back.
  void expect_continuous() const;

private:
  void receive();
  void tick();

  RealLoop& loop_;
  std::string ip_;
  int fd_;
  std::uint16_t port_ = 0;
  std::unique_ptr<Watch> watch_;
  Timer clock_;
  Time next_tick_{};
  std::optional<ToneGenerator> tone_;
  std::uint16_t speak_to_ = 0;
  Codec speak_codec_ = Codec::pcmu;
  std::vector<Heard> heard_;
};

} // namespace tl::media::test
