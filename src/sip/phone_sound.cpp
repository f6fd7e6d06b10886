// SPDX-License-Identifier: Apache-2.0
#include "sip/phone_sound.hpp"

#include <cerrno>
#include <cmath>
#include <cstring>
#include <fmt/core.h>
#include <netinet/in.h>
#include <numbers>
#include <sys/socket.h>
#include <unistd.h>

#include "media/g711.hpp"
#include "media/rtp.hpp"

namespace tl::sip {
namespace {

media::Codec to_media(Codec codec) {
  return codec == Codec::pcmu ? media::Codec::pcmu : media::Codec::pcma;
}

constexpr unsigned event_length_packets = 5; // 100 ms of key
constexpr unsigned event_end_packets = 3;    // RFC 4733 section 2.5.1.4
constexpr unsigned event_gap_packets = 3;

} // namespace

Result<std::unique_ptr<PhoneSound>> PhoneSound::open(Loop& loop, const Address& local) {
  const int fd = ::socket(local.v6 ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  Address any = local;
  any.port = 0;
  sockaddr_storage raw;
  socklen_t length = any.fill(raw);
  if (fd < 0 || ::bind(fd, reinterpret_cast<const sockaddr*>(&raw), length) != 0) {
    const Error error{errno, fmt::format("RTP {}: {}", to_string(any), std::strerror(errno))};
    if (fd >= 0) ::close(fd);
    return error;
  }
  length = sizeof raw;
  ::getsockname(fd, reinterpret_cast<sockaddr*>(&raw), &length);
  return std::unique_ptr<PhoneSound>(new PhoneSound(loop, fd, Address::from(raw)));
}

PhoneSound::PhoneSound(Loop& loop, int fd, const Address& local)
    : loop_(loop), fd_(fd), local_(local), watch_(loop.watch(fd, [this] { readable(); })),
      timer_(loop, [this] { tick(); }), ssrc_(0x70680000u + local.port) {}

PhoneSound::~PhoneSound() {
  watch_.reset();
  ::close(fd_);
}

void PhoneSound::connect(const AudioSession& session) {
  session_ = session;
  if (!timer_.running()) timer_.start(std::chrono::milliseconds(20));
}

void PhoneSound::play_tone(double frequency_hz, double amplitude) {
  std::vector<std::int16_t> samples(8000);
  for (std::size_t i = 0; i < samples.size(); ++i)
    samples[i] = static_cast<std::int16_t>(
        amplitude * std::sin(2 * std::numbers::pi * frequency_hz * static_cast<double>(i) / 8000));
  play(std::move(samples));
}

void PhoneSound::send_digits(const std::string& digits) {
  digits_to_send_ += digits;
}

void PhoneSound::send(std::uint8_t payload_type, bool marker, std::uint32_t timestamp,
                      std::span<const std::uint8_t> payload) {
  std::vector<std::uint8_t> packet(media::rtp_header_bytes + payload.size());
  media::write_rtp_header({marker, payload_type, sequence_++, timestamp, ssrc_}, packet.data());
  std::memcpy(packet.data() + media::rtp_header_bytes, payload.data(), payload.size());
  sockaddr_storage raw;
  const socklen_t length = session_.remote.fill(raw);
  ::sendto(fd_, packet.data(), packet.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&raw), length);
}

// One packet of the digit in progress; false if there is none.
bool PhoneSound::send_event() {
  if (digits_to_send_.empty() || !session_.digits_payload) return false;
  const int event = media::digit_event(digits_to_send_.front());
  const unsigned n = event_packets_++;
  if (n >= event_length_packets + event_end_packets + event_gap_packets || event < 0) {
    digits_to_send_.erase(0, 1);
    event_packets_ = 0;
    return false;
  }
  if (n >= event_length_packets + event_end_packets) return true; // a pause between keys
  if (n == 0) event_timestamp_ = timestamp_;
  media::RtpEvent one;
  one.event = static_cast<std::uint8_t>(event);
  one.end = n >= event_length_packets;
  one.duration = static_cast<std::uint16_t>(160 * std::min(n + 1, event_length_packets));
  std::uint8_t bytes[media::rtp_event_bytes];
  media::write_event(one, bytes);
  send(*session_.digits_payload, n == 0, event_timestamp_, bytes);
  return true;
}

void PhoneSound::tick() {
  timer_.start_at(timer_.due() + std::chrono::milliseconds(20));
  timestamp_ += media::frame_samples;
  if (!sends(session_.direction) || session_.remote.port == 0 || session_.remote.any()) return;
  if (send_event()) return;
  std::array<std::uint8_t, media::frame_samples> bytes;
  const media::Codec codec = to_media(session_.codec);
  for (std::uint8_t& byte : bytes) {
    byte = samples_.empty() ? media::silence_byte(codec) : media::encode_sample(codec, samples_[at_]);
    if (!samples_.empty()) at_ = (at_ + 1) % samples_.size();
  }
  send(session_.payload, false, timestamp_, bytes);
}

void PhoneSound::readable() {
  std::uint8_t bytes[media::packet_bytes_max];
  for (int i = 0; i < 64; ++i) {
    const ssize_t count = ::recv(fd_, bytes, sizeof bytes, 0);
    if (count <= 0) return;
    heard({bytes, static_cast<std::size_t>(count)});
  }
}

void PhoneSound::heard(std::span<const std::uint8_t> datagram) {
  const auto packet = media::parse_rtp(datagram);
  if (!packet) return;
  ++received_;
  if (session_.digits_payload && packet->header.payload_type == *session_.digits_payload) {
    const auto event = media::parse_event(packet->payload);
    const auto digit = event ? digit_receiver_.arrived(packet->header.timestamp, 1, *event) : std::nullopt;
    if (digit) digits_heard_.push_back(*digit);
    return;
  }
  if (packet->header.payload_type != 0 && packet->header.payload_type != 8) return;
  const media::Codec codec = packet->header.payload_type == 0 ? media::Codec::pcmu : media::Codec::pcma;
  for (const std::uint8_t byte : packet->payload) {
    heard_[heard_at_] = media::decode_sample(codec, byte);
    heard_at_ = (heard_at_ + 1) % window;
  }
}

// Goertzel's filter.
double PhoneSound::level(double frequency_hz) const {
  const double coefficient = 2 * std::cos(2 * std::numbers::pi * frequency_hz / 8000);
  double s1 = 0, s2 = 0;
  for (std::size_t i = 0; i < window; ++i) {
    const double s0 = static_cast<double>(heard_[(heard_at_ + i) % window]) + coefficient * s1 - s2;
    s2 = s1;
    s1 = s0;
  }
  const double power = s1 * s1 + s2 * s2 - coefficient * s1 * s2;
  return 2 * std::sqrt(std::max(power, 0.0)) / window;
}

} // namespace tl::sip
