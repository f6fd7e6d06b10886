// SPDX-License-Identifier: Apache-2.0
// Everything that reads a datagram from the network: header, order, source, events, and the rewriting of its
// numbers. Input: datagrams, each after one byte of length.
#include <cstdint>
#include <vector>

#include "base/check.hpp"
#include "media/digit_receiver.hpp"
#include "media/rtp.hpp"
#include "media/sender.hpp"
#include "media/sequence.hpp"

using namespace tl::media;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  SequenceWindow window;
  DigitReceiver digits;
  Sender sender(1, 2, 3);
  Instant now{};
  while (size > 0) {
    const std::size_t length = std::min<std::size_t>(data[0], size - 1);
    const std::vector<std::uint8_t> datagram(data + 1, data + 1 + length); // its own allocation
    data += 1 + length;
    size -= 1 + length;
    now += std::chrono::milliseconds(5);
    (void)looks_like_rtcp(datagram);
    const auto packet = parse_rtp(datagram);
    if (!packet) continue;
    TL_CHECK(!packet->payload.empty());
    TL_CHECK(packet->payload.data() >= datagram.data() + rtp_header_bytes);
    TL_CHECK(packet->payload.data() + packet->payload.size() <= datagram.data() + datagram.size());
    const auto arrival = window.arrived(packet->header);
    if (!arrival.fresh) continue;
    std::uint32_t samples = static_cast<std::uint32_t>(packet->payload.size());
    if (const auto event = parse_event(packet->payload)) {
      digits.arrived(packet->header.timestamp, arrival.epoch, *event);
      samples = event->duration;
    }
    const auto out = sender.relay(packet->header, arrival, samples, now);
    TL_CHECK(!out || out->ssrc == 1);
  }
  return 0;
}
