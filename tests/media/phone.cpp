// SPDX-License-Identifier: Apache-2.0
#include "phone.hpp"

#include <array>
#include <gtest/gtest.h>
#include <unistd.h>

#include "media/digit_receiver.hpp"

namespace tl::media::test {

bool run_until(RealLoop& loop, const std::function<bool()>& done, Duration most) {
  bool reached = false;
  Time end{};
  Timer poll(loop, [&] {
    reached = done();
    if (reached || loop.now() >= end)
      loop.stop();
    else
      poll.start(2ms);
  });
  loop.post([&] {
    end = loop.now() + most;
    poll.start(0ms);
  });
  loop.run();
  return reached;
}

void run_for(RealLoop& loop, Duration span) {
  run_until(
      loop, [] { return false; }, span);
}

Phone::Phone(RealLoop& loop, const char* ip)
    : loop_(loop), ip_(ip), fd_(::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0)),
      clock_(loop, [this] { tick(); }) {
  auto local = *Address::parse(ip, 0);
  EXPECT_EQ(::bind(fd_, &local.plain, local.size()), 0);
  socklen_t size = sizeof local;
  ::getsockname(fd_, &local.plain, &size);
  port_ = local.port();
  watch_ = loop.watch(fd_, [this] { receive(); });
}

Phone::~Phone() {
  watch_.reset();
  ::close(fd_);
}

Remote Phone::remote(Codec codec, int event_type) const {
  Remote remote;
  remote.ip = ip_;
  remote.port = port_;
  remote.codec = codec;
  remote.event_type_send = remote.event_type_receive = event_type;
  return remote;
}

void Phone::speak(std::uint16_t to_port, double frequency_hz, Codec codec) {
  tone_.emplace(std::initializer_list<double>{frequency_hz}, -12.0);
  speak_to_ = to_port;
  speak_codec_ = codec;
  next_tick_ = {};
  clock_.start(0ms);
}

void Phone::tick() {
  if (next_tick_ == Time{}) next_tick_ = loop_.now();
  send_audio(speak_to_, tone_->samples(frame_samples), speak_codec_);
  clock_.start_at(next_tick_ += 20ms);
}

void Phone::send_audio(std::uint16_t to_port, std::span<const std::int16_t> samples, Codec codec) {
  RtpHeader header;
  header.payload_type = codec == Codec::pcmu ? 0 : 8;
  header.sequence = sequence++;
  header.timestamp = timestamp;
  header.ssrc = ssrc;
  timestamp += static_cast<std::uint32_t>(samples.size());
  send(to_port, header, encode(codec, samples));
}

void Phone::press(std::uint16_t to_port, char digit, int event_type) {
  RtpHeader header;
  header.payload_type = static_cast<std::uint8_t>(event_type);
  header.timestamp = timestamp;
  header.ssrc = ssrc;
  for (int i = 1; i <= 7; ++i) {
    RtpEvent event;
    event.event = static_cast<std::uint8_t>(digit_event(digit));
    event.end = i > 4;
    event.duration = static_cast<std::uint16_t>(160 * std::min(i, 5));
    std::array<std::uint8_t, rtp_event_bytes> payload;
    write_event(event, payload.data());
    header.marker = i == 1;
    header.sequence = sequence++;
    send(to_port, header, payload);
  }
  timestamp += 1600;
}

void Phone::send(std::uint16_t to_port, const RtpHeader& header, std::span<const std::uint8_t> payload) {
  std::vector<std::uint8_t> datagram(rtp_header_bytes);
  write_rtp_header(header, datagram.data());
  datagram.insert(datagram.end(), payload.begin(), payload.end());
  send(to_port, datagram);
}

void Phone::send(std::uint16_t to_port, const std::vector<std::uint8_t>& datagram) {
  const auto to = *Address::parse("127.0.0.1", to_port);
  ::sendto(fd_, datagram.data(), datagram.size(), 0, &to.plain, to.size());
}

void Phone::receive() {
  std::array<std::uint8_t, 2048> bytes;
  for (int i = 0; i < 64; ++i) {
    const auto size = ::recv(fd_, bytes.data(), bytes.size(), 0);
    if (size < 0) return;
    const auto packet = parse_rtp(std::span(bytes).first(static_cast<std::size_t>(size)));
    ASSERT_TRUE(packet) << "the engine sent something that is not RTP";
    heard_.push_back({packet->header, {packet->payload.begin(), packet->payload.end()}});
  }
}

std::vector<std::int16_t> Phone::sound() const {
  std::vector<std::int16_t> samples;
  for (const auto& packet : heard_) {
    if (packet.header.payload_type != 0 && packet.header.payload_type != 8) continue;
    const auto decoded = decode(packet.header.payload_type == 0 ? Codec::pcmu : Codec::pcma, packet.payload);
    samples.insert(samples.end(), decoded.begin(), decoded.end());
  }
  return samples;
}

std::string Phone::digits() const {
  DigitReceiver receiver;
  std::string digits;
  for (const auto& packet : heard_) {
    if (packet.header.payload_type != 101) continue;
    if (const auto digit = receiver.arrived(packet.header.timestamp, 1, *parse_event(packet.payload)))
      digits += *digit;
  }
  return digits;
}

void Phone::expect_continuous() const {
  for (std::size_t i = 1; i < heard_.size(); ++i) {
    const auto &before = heard_[i - 1].header, &now = heard_[i].header;
    ASSERT_EQ(now.ssrc, before.ssrc) << "packet " << i;
    ASSERT_EQ(now.sequence, static_cast<std::uint16_t>(before.sequence + 1)) << "packet " << i;
    ASSERT_GE(static_cast<std::int32_t>(now.timestamp - before.timestamp), 0) << "packet " << i;
  }
}

} // namespace tl::media::test
