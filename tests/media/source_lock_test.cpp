// SPDX-License-Identifier: Apache-2.0
#include "media/source_lock.hpp"

#include <gtest/gtest.h>

namespace tl::media {
namespace {

Address at(const char* ip, std::uint16_t port) {
  return *Address::parse(ip, port);
}

const Address phone = at("192.0.2.1", 4000), phone_other_port = at("192.0.2.1", 4002);
const Address stranger = at("198.51.100.9", 5000), second_stranger = at("203.0.113.7", 5000);

bool accepted_after(SourceLock& lock, const Address& from, int packets, std::uint32_t ssrc = 1) {
  for (int i = 1; i < packets; ++i)
    if (lock.accept(from, ssrc)) return false; // too early
  return lock.accept(from, ssrc);
}

TEST(SourceLock, TakesTheNegotiatedIpAtOnceAndNobodyElse) {
  SourceLock lock;
  lock.expect(phone, false);
  for (int i = 0; i < 50; ++i) EXPECT_FALSE(lock.accept(stranger, 1));
  EXPECT_TRUE(lock.accept(phone, 1));
  for (int i = 0; i < 50; ++i) EXPECT_FALSE(lock.accept(stranger, 1));
}

TEST(SourceLock, AnotherPortOfTheIpTakesOverWhenThePresentOneIsSilent) {
  SourceLock lock;
  lock.expect(phone, false);
  EXPECT_TRUE(lock.accept(phone_other_port, 1)); // first: the port may differ from the SDP's
  EXPECT_TRUE(accepted_after(lock, phone, SourceLock::takeover_packets));
  EXPECT_TRUE(lock.source() == phone);
}

TEST(SourceLock, AnotherPortDoesNotMixInWhileThePresentOneSends) {
  SourceLock lock;
  lock.expect(phone, false);
  lock.accept(phone, 1);
  for (int i = 0; i < 100; ++i) {
    EXPECT_FALSE(lock.accept(phone_other_port, 2));
    EXPECT_TRUE(lock.accept(phone, 1));
  }
}

TEST(SourceLock, SymmetricTakesAStrangerAfterConsecutivePackets) {
  SourceLock lock;
  lock.expect(phone, true);
  EXPECT_TRUE(accepted_after(lock, stranger, SourceLock::takeover_packets));
  EXPECT_TRUE(lock.source() == stranger);
  for (int i = 0; i < 50; ++i) EXPECT_FALSE(lock.accept(second_stranger, 1)); // kept: no hijack
}

TEST(SourceLock, SymmetricStrangersInterleavedDoNotLock) {
  SourceLock lock;
  lock.expect(phone, true);
  for (int i = 0; i < 50; ++i) {
    EXPECT_FALSE(lock.accept(stranger, 1));
    EXPECT_FALSE(lock.accept(second_stranger, 1));
    EXPECT_FALSE(lock.accept(stranger, static_cast<std::uint32_t>(i + 2))); // nor does a changing SSRC
  }
}

TEST(SourceLock, SymmetricNeverLeavesTheNegotiatedIpForAStranger) {
  SourceLock lock;
  lock.expect(phone, true);
  lock.accept(phone, 1);
  for (int i = 0; i < 50; ++i) EXPECT_FALSE(lock.accept(stranger, 1));
}

TEST(SourceLock, NegotiatingTheSameAgainKeepsTheSourceAndAnotherForgetsIt) {
  SourceLock lock;
  lock.expect(phone, true);
  accepted_after(lock, stranger, SourceLock::takeover_packets);
  lock.expect(phone, true);
  EXPECT_TRUE(lock.accept(stranger, 1));
  lock.expect(second_stranger, true);
  EXPECT_FALSE(lock.accept(stranger, 1));
  EXPECT_TRUE(lock.accept(second_stranger, 1));
}

TEST(SourceLock, ComparesIpv6Whole) {
  SourceLock lock;
  lock.expect(at("2001:db8::1", 4000), false);
  EXPECT_FALSE(lock.accept(at("2001:db8::2", 4000), 1));
  EXPECT_TRUE(lock.accept(at("2001:db8::1", 4000), 1));
}

} // namespace
} // namespace tl::media
