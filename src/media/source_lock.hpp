// SPDX-License-Identifier: Apache-2.0
// Decides whose packets a stream takes, so that nobody slips sound into a call by guessing its port.
//
// The far end's SDP names an IP. A first packet from there is taken at once. Another port of the same IP
// takes over after takeover_packets in a row without one from the present source (a phone that changed its
// socket). Another IP is taken only with symmetric RTP, only while there is no source yet, and only after the
// same number of consecutive packets of one SSRC; then it is kept until the far end is negotiated anew.
#pragma once

#include <cstdint>

#include "media/address.hpp"

namespace tl::media {

class SourceLock {
public:
  static constexpr int takeover_packets = 5;

  // Negotiated: forgets the source, unless the address is the one already negotiated.
  void expect(const Address& far_end, bool symmetric);
  bool accept(const Address& from, std::uint32_t ssrc);

  bool locked() const { return locked_; }
  const Address& source() const { return source_; } // valid if locked
  const Address& expected() const { return expected_; }

private:
  bool may_become_source(const Address& from) const;
  void lock(const Address& from);

  Address expected_, source_, candidate_;
  std::uint32_t candidate_ssrc_ = 0;
  std::uint8_t candidate_packets_ = 0;
  bool locked_ = false;
  bool symmetric_ = false;
};

} // namespace tl::media
