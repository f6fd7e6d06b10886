// SPDX-License-Identifier: Apache-2.0
// Order and duplicates of one incoming RTP source (RFC 3550, appendix A.1), without delaying a packet.
#pragma once

#include <cstdint>

#include "media/rtp.hpp"

namespace tl::media {

// Where a packet stands in its source. Extended numbers count on over the wrap of 16 bits; they compare only
// within one epoch. A new epoch begins when the SSRC changes or the numbers jump.
struct Arrival {
  bool fresh = false; // false: duplicate, too late, or an unconfirmed jump
  std::uint32_t epoch = 0;
  std::int64_t extended = 0;
};

class SequenceWindow {
public:
  Arrival arrived(const RtpHeader& header);

private:
  static constexpr int dropout_max = 3000; // A.1: larger gaps need a second packet to be believed
  static constexpr int window_packets = 64;
  static constexpr int misorder_max = 100;

  Arrival restart(const RtpHeader& header);
  Arrival jumped(const RtpHeader& header);

  std::int64_t newest_ = 0;
  std::uint64_t seen_ = 0; // bit n: newest_ - n was received
  std::uint32_t ssrc_ = 0;
  std::uint32_t epoch_ = 0; // 0: nothing received yet
  std::int32_t jump_expected_ = -1;
};

} // namespace tl::media
