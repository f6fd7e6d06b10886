// SPDX-License-Identifier: Apache-2.0
// What fuzz/wire_frame.cpp looks for, in short and always the same: bytes of good frames changed, cut and
// doubled.
#include <gtest/gtest.h>

#include "base/random.hpp"
#include "parse_all.hpp"

namespace tl::wire {
namespace {

std::vector<Buffer> good_frames() {
  std::vector<Buffer> frames(5);
  write_hello(frames[0], {});
  write_attach(frames[1], {});
  write_goodbye(frames[2], "bye");
  const Buffer extra(33, std::byte{7});
  EXPECT_TRUE(write_event(frames[3], {.message = 24, .sequence = 1, .app = 2, .extra = extra}));
  FrameWriter request{frames[4], FrameKind::request, static_cast<std::uint16_t>(Fn::lineMakeCall), 3};
  encode_arguments<Fn::lineMakeCall>(request, 1u, Text{u"2000"}, 0u, Data{extra});
  EXPECT_TRUE(request.finish());
  return frames;
}

TEST(Mutation, ChangedFramesNeverReadOutOfBounds) {
  const std::uint64_t seed = 1978;
  SCOPED_TRACE(seed);
  Random random{seed};
  const auto frames = good_frames();
  for (int round = 0; round < 20'000; ++round) {
    Buffer stream;
    for (std::uint64_t count = 1 + random.below(3); count > 0; --count) {
      Buffer frame = frames[random.below(frames.size())];
      for (std::uint64_t change = random.below(4); change > 0; --change)
        frame[random.below(frame.size())] = static_cast<std::byte>(random.next());
      if (random.chance(0.2)) frame.resize(random.below(frame.size()));
      stream.insert(stream.end(), frame.begin(), frame.end());
    }
    parse_all(stream);
  }
}

} // namespace
} // namespace tl::wire
