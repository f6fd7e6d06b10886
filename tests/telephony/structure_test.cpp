// SPDX-License-Identifier: Apache-2.0
// Flat structures whose bytes are damaged at random: nothing is read outside of them.
#include <gtest/gtest.h>

#include <random>

#include "parse_structures.hpp"

namespace tl::test {
namespace {

using telephony::StructureView;

TEST(StructureView, Bounds) {
  const char bytes[] = "abcdefgh";
  const StructureView view(bytes, 8);
  EXPECT_EQ(view.bytes(8, 0), "abcdefgh");
  EXPECT_EQ(view.bytes(0, 3), "");
  EXPECT_EQ(view.bytes(9, 0), "");
  EXPECT_EQ(view.bytes(1, 8), "");
  EXPECT_EQ(view.bytes(0xFFFFFFFF, 1), "");
  EXPECT_EQ(view.bytes(2, 0xFFFFFFFF), "");
  std::uint16_t entry = 0;
  EXPECT_TRUE(view.entry(4, 4, 2, 1, entry));
  EXPECT_FALSE(view.entry(4, 4, 2, 2, entry));
  EXPECT_FALSE(view.entry(3, 4, 2, 1, entry)) << "half an entry";
  EXPECT_FALSE(view.entry(6, 4, 3, 0, entry));
  EXPECT_EQ(StructureView().bytes(1, 0), "");
}

TEST(StructureView, TextAtAnOddOffsetAndOfOddSize) {
  const char bytes[] = "x\x41\x00\xE4\x00\x00\x00\x42\x00";
  const StructureView view(bytes, 9);
  EXPECT_EQ(view.text(8, 1), "Aä") << "up to the zero";
  EXPECT_EQ(view.text(3, 1), "A");
  EXPECT_EQ(view.text(1, 1), "");
}

TEST(StructureView, DamagedAgentStatus) {
  const unsigned seed = 20261121;
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  telephony::AgentStatus status;
  for (DWORD i = 0; i < 5; ++i) status.groups.push_back({{i, i, i, i}, "group"});
  status.activity = {1, "break"};
  std::vector<std::byte> whole(400);
  auto* const filled = reinterpret_cast<LINEAGENTSTATUS*>(whole.data());
  filled->dwTotalSize = 400;
  ASSERT_EQ(fill(*filled, status), 0);
  const std::size_t used = filled->dwUsedSize;
  std::size_t found = 0;
  for (int round = 0; round < 20'000; ++round) {
    // In a block of exactly its size, so that the sanitizer sees its end.
    const std::unique_ptr<std::byte[]> block(new std::byte[used]);
    std::memcpy(block.get(), whole.data(), used);
    for (unsigned n = random() % 4; n != 0; --n) {
      const DWORD value = random() % 2 ? random() : static_cast<DWORD>(used) - random() % 64;
      std::memcpy(block.get() + random() % (used - sizeof value), &value, sizeof value);
    }
    found += parse_structures({block.get(), used});
  }
  EXPECT_GT(found, 20'000u) << "most rounds are still readable";
}

} // namespace
} // namespace tl::test
