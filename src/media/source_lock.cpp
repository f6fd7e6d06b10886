// SPDX-License-Identifier: Apache-2.0
#include "media/source_lock.hpp"

namespace tl::media {

void SourceLock::expect(const Address& far_end, bool symmetric) {
  if (far_end == expected_ && symmetric == symmetric_)
    return; // a re-INVITE that changes nothing (session timer)
  expected_ = far_end;
  symmetric_ = symmetric;
  locked_ = false;
  candidate_packets_ = 0;
}

bool SourceLock::accept(const Address& from, std::uint32_t ssrc) {
  if (locked_ && from == source_) {
    candidate_packets_ = 0;
    return true;
  }
  if (!may_become_source(from)) return false;
  if (!locked_ && from.same_ip(expected_)) {
    lock(from);
    return true;
  }
  if (candidate_packets_ == 0 || !(from == candidate_) || ssrc != candidate_ssrc_) {
    candidate_ = from;
    candidate_ssrc_ = ssrc;
    candidate_packets_ = 0;
  }
  if (++candidate_packets_ < takeover_packets) return false;
  lock(from);
  return true;
}

bool SourceLock::may_become_source(const Address& from) const {
  // A source with the negotiated IP, or one moving its port, never gives way to a stranger.
  if (locked_) return from.same_ip(source_);
  return from.same_ip(expected_) || symmetric_;
}

void SourceLock::lock(const Address& from) {
  source_ = from;
  locked_ = true;
  candidate_packets_ = 0;
}

} // namespace tl::media
