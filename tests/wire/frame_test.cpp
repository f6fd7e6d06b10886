// SPDX-License-Identifier: Apache-2.0
#include "wire/frame.hpp"

#include <algorithm>
#include <gtest/gtest.h>

#include "base/random.hpp"

namespace tl::wire {
namespace {

Event sample_event(Bytes extra = {}) {
  return {.message = 12,
          .sequence = 5,
          .app = 1,
          .device = 2,
          .instance = 3,
          .param1 = 4,
          .param2 = 5,
          .param3 = ~0ULL,
          .extra = extra};
}

TEST(Frame, EventsComeBackAsTheyWere) {
  Buffer extra(7, std::byte{42});
  Buffer buffer;
  ASSERT_TRUE(write_event(buffer, sample_event(extra)));
  const auto event = read_event(buffer);
  ASSERT_TRUE(event);
  EXPECT_EQ(event->message, 12);
  EXPECT_EQ(event->sequence, 5u);
  EXPECT_EQ(event->app, 1u);
  EXPECT_EQ(event->device, 2u);
  EXPECT_EQ(event->param3, ~0ULL);
  EXPECT_TRUE(std::equal(event->extra.begin(), event->extra.end(), extra.begin(), extra.end()));
}

TEST(Frame, RepliesCarryResultAndAnswers) {
  Buffer buffer;
  ReplyWriter reply{buffer, 3, 9, 0};
  reply.dword(11);
  reply.clear_answers();
  reply.set_result(-5);
  ASSERT_TRUE(reply.finish());
  const auto header = read_header(buffer);
  ASSERT_TRUE(header);
  EXPECT_EQ(header->kind, FrameKind::reply);
  EXPECT_EQ(header->number, 3);
  EXPECT_EQ(header->sequence, 9u);
  Reader reader{payload(buffer)};
  EXPECT_EQ(static_cast<std::int32_t>(reader.dword()), -5);
  EXPECT_TRUE(reader.finished());
}

TEST(Frame, HandshakeFramesAreToldApart) {
  Buffer buffer;
  write_hello(buffer, {protocol_version, 8});
  EXPECT_EQ(read_hello(buffer)->version, protocol_version);
  EXPECT_EQ(read_hello(buffer)->process_id, 8u);
  EXPECT_FALSE(read_welcome(buffer));
  Ticket ticket{4, {}};
  ticket.token[15] = std::byte{1};
  write_welcome(buffer, ticket);
  EXPECT_EQ(read_welcome(buffer)->token, ticket.token);
  EXPECT_FALSE(read_attach(buffer));
  write_attach(buffer, ticket);
  EXPECT_EQ(read_attach(buffer)->session, 4u);
  write_goodbye(buffer, "wrong version");
  EXPECT_EQ(read_goodbye(buffer), "wrong version");
  EXPECT_FALSE(read_hello(buffer));
}

TEST(Frame, HelloNamesAUserAndAPassword) {
  Buffer buffer;
  write_hello(buffer, {protocol_version, 8, "anna", "Käse & Brot"});
  const auto hello = read_hello(buffer);
  ASSERT_TRUE(hello);
  EXPECT_EQ(hello->user, "anna");
  EXPECT_EQ(hello->password, "Käse & Brot");
  write_hello(buffer, {protocol_version, 8, std::string(user_max_units, 'a'), std::string(password_max_units, 'a')});
  EXPECT_TRUE(read_hello(buffer));
  write_hello(buffer, {protocol_version, 8, std::string(user_max_units + 1, 'a'), ""});
  EXPECT_FALSE(read_hello(buffer));
  write_hello(buffer, {protocol_version, 8, "", std::string(password_max_units + 1, 'a')});
  EXPECT_FALSE(read_hello(buffer));
}

TEST(Frame, HelloOfThisVersionIsComplete) {
  Buffer buffer;
  FrameWriter frame{buffer, FrameKind::hello, 0, 0};
  frame.dword(protocol_version);
  frame.dword(1);
  ASSERT_TRUE(frame.finish());
  EXPECT_FALSE(read_hello(buffer));
}

TEST(Frame, StrangersFramesAreShort) {
  Splitter splitter;
  splitter.limit(64);
  Buffer frame;
  write_hello(frame, {.password = std::string(40, 'x')}); // 80 bytes of UTF-16
  std::copy(frame.begin(), frame.end(), splitter.space().begin());
  splitter.commit(frame.size());
  EXPECT_FALSE(splitter.next());
  EXPECT_TRUE(splitter.broken());
}

TEST(Frame, HelloOfALaterVersionIsStillRead) {
  Buffer buffer;
  FrameWriter frame{buffer, FrameKind::hello, 0, 0};
  frame.dword(99);
  frame.dword(1);
  frame.text(u"something new");
  ASSERT_TRUE(frame.finish());
  EXPECT_EQ(read_hello(buffer)->version, 99u);
}

TEST(Frame, TooLargeIsNotSent) {
  Buffer buffer;
  const Buffer extra(frame_size_max_bytes);
  EXPECT_FALSE(write_event(buffer, sample_event(extra)));
}

TEST(Splitter, FramesComeOutWholeHoweverTheyArrive) {
  const std::uint64_t seed = 20;
  SCOPED_TRACE(seed);
  Random random{seed};
  Buffer stream;
  std::vector<Buffer> sent;
  for (std::size_t i = 0; i < 300; ++i) {
    const Buffer extra(random.below(random.chance(0.05) ? 100'000 : 200));
    Buffer frame;
    ASSERT_TRUE(write_event(frame, sample_event(extra)));
    stream.insert(stream.end(), frame.begin(), frame.end());
    sent.push_back(std::move(frame));
  }
  Splitter splitter;
  std::size_t taken = 0;
  for (std::size_t at = 0; at < stream.size();) {
    const auto space = splitter.space();
    ASSERT_FALSE(space.empty());
    const std::size_t some =
        std::min({space.size(), stream.size() - at, std::size_t{1 + random.below(5000)}});
    std::copy_n(stream.begin() + static_cast<std::ptrdiff_t>(at), some, space.begin());
    splitter.commit(some);
    at += some;
    while (const auto frame = splitter.next()) {
      ASSERT_LT(taken, sent.size());
      EXPECT_EQ(reinterpret_cast<std::uintptr_t>(frame->data()) % item_alignment_bytes, 0u);
      ASSERT_TRUE(std::equal(frame->begin(), frame->end(), sent[taken].begin(), sent[taken].end()));
      ++taken;
    }
    ASSERT_FALSE(splitter.broken());
  }
  EXPECT_EQ(taken, sent.size());
}

TEST(Splitter, WrongSizesBreakTheStream) {
  for (const std::uint32_t length :
       {0u, 4u, 11u, 13u, 14u, static_cast<std::uint32_t>(frame_size_max_bytes) + 4, 0xFFFFFFFCu}) {
    Splitter splitter;
    Buffer frame;
    write_hello(frame, {});
    std::memcpy(frame.data(), &length, sizeof length);
    std::copy(frame.begin(), frame.end(), splitter.space().begin());
    splitter.commit(frame.size());
    EXPECT_FALSE(splitter.next()) << length;
    EXPECT_TRUE(splitter.broken()) << length;
  }
}

TEST(Splitter, UnknownKindBreaksTheStream) {
  for (const std::uint16_t kind : {std::uint16_t{0}, std::uint16_t{8}, std::uint16_t{0xFFFF}}) {
    Splitter splitter;
    Buffer frame;
    write_hello(frame, {});
    std::memcpy(frame.data() + 4, &kind, sizeof kind);
    std::copy(frame.begin(), frame.end(), splitter.space().begin());
    splitter.commit(frame.size());
    EXPECT_FALSE(splitter.next());
    EXPECT_TRUE(splitter.broken());
  }
}

} // namespace
} // namespace tl::wire
