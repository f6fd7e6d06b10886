// SPDX-License-Identifier: Apache-2.0
#include "wire/codec.hpp"

#include <gtest/gtest.h>

namespace tl::wire {
namespace {

static_assert(
    std::is_same_v<Arguments<Fn::lineMakeCall>, std::tuple<std::uint32_t, Text, std::uint32_t, Data>>);
static_assert(std::is_same_v<Answers<Fn::lineMakeCall>, std::tuple<std::uint32_t>>);
static_assert(std::is_same_v<Arguments<Fn::lineGetCallStatus>, std::tuple<std::uint32_t, Capacity>>);
static_assert(std::is_same_v<Answers<Fn::lineGetCallStatus>, std::tuple<Bytes>>);
static_assert(std::is_same_v<Answers<Fn::lineClose>, std::tuple<>>);

Bytes as_bytes(std::string_view text) {
  return std::as_bytes(std::span{text});
}

TEST(Codec, ArgumentsComeBackAsTheyWere) {
  Buffer buffer;
  Writer writer{buffer};
  encode_arguments<Fn::lineMakeCall>(writer, 7u, Text{u"1001"}, 49u, Data{as_bytes("abc")});
  const auto read = decode_arguments<Fn::lineMakeCall>(buffer);
  ASSERT_TRUE(read);
  EXPECT_EQ(std::get<0>(*read), 7u);
  EXPECT_EQ(std::get<1>(*read), u"1001");
  EXPECT_EQ(std::get<2>(*read), 49u);
  ASSERT_TRUE(std::get<3>(*read));
  EXPECT_EQ(std::get<3>(*read)->size(), 3u);
}

TEST(Codec, NullAndEmptyAreTwoThings) {
  Buffer buffer;
  Writer writer{buffer};
  encode_arguments<Fn::lineMakeCall>(writer, 7u, Text{}, 0u, Data{Bytes{}});
  const auto read = decode_arguments<Fn::lineMakeCall>(buffer);
  ASSERT_TRUE(read);
  EXPECT_FALSE(std::get<1>(*read));
  ASSERT_TRUE(std::get<3>(*read));
  EXPECT_TRUE(std::get<3>(*read)->empty());
}

TEST(Codec, OddLengthsStayAligned) {
  Buffer buffer;
  Writer writer{buffer};
  writer.data(as_bytes("12345"));
  writer.text(u"äb");
  writer.text(u"x");
  writer.qword(0x1122334455667788ULL);
  EXPECT_EQ(buffer.size() % item_alignment_bytes, 0u);
  Reader reader{buffer};
  EXPECT_EQ(reader.data()->size(), 5u);
  EXPECT_EQ(reader.text(), u"äb");
  EXPECT_EQ(reader.text(), u"x");
  EXPECT_EQ(reader.qword(), 0x1122334455667788ULL);
  EXPECT_TRUE(reader.finished());
}

TEST(Codec, EveryShorterPayloadIsRefused) {
  Buffer buffer;
  Writer writer{buffer};
  encode_arguments<Fn::lineOpen>(writer, 1u, 2u, 3u, 4u, std::uint64_t{5}, 6u, 7u, Data{as_bytes("params")});
  ASSERT_TRUE(decode_arguments<Fn::lineOpen>(buffer));
  for (std::size_t size = 0; size < buffer.size(); ++size)
    EXPECT_FALSE(decode_arguments<Fn::lineOpen>(Bytes{buffer}.first(size))) << size;
  buffer.resize(buffer.size() + 4);
  EXPECT_FALSE(decode_arguments<Fn::lineOpen>(buffer)) << "something is left over";
}

TEST(Codec, SizesThatLieAreRefused) {
  for (const std::uint32_t size : {5u, 0x7FFFFFFFu, 0xFFFFFFFCu, 0xFFFFFFFDu, 0xFFFFFFFEu}) {
    Buffer buffer;
    Writer writer{buffer};
    writer.dword(size);
    writer.dword(0);
    Reader reader{buffer};
    EXPECT_TRUE(reader.data().value_or(Bytes{}).empty());
    EXPECT_FALSE(reader.ok()) << size;
    EXPECT_EQ(reader.dword(), 0u) << "after a failure nothing is read";
  }
}

TEST(Codec, TextOfOddBytesIsRefusedAndAZeroEndsIt) {
  Buffer buffer;
  Writer{buffer}.data(as_bytes("abc"));
  Reader odd{buffer};
  odd.text();
  EXPECT_FALSE(odd.ok());
  buffer.clear();
  Writer{buffer}.text(std::u16string_view{u"12\0"
                                          u"34",
                                          5});
  EXPECT_EQ(Reader{buffer}.text(), u"12");
}

TEST(Codec, StructuresAreWrittenInPlace) {
  Buffer buffer;
  Writer writer{buffer};
  const auto room = writer.begin_data(100);
  ASSERT_EQ(room.size(), 100u);
  room[0] = std::byte{9};
  writer.end_data(3);
  writer.dword(77);
  Reader reader{buffer};
  EXPECT_EQ(reader.data()->size(), 3u);
  EXPECT_EQ(reader.dword(), 77u);
  EXPECT_TRUE(reader.finished());
}

} // namespace
} // namespace tl::wire
