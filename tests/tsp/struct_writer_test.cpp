// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstring>
#include <gtest/gtest.h>
#include <memory>
#include <vector>

#include "base/text.hpp"
#include "tsp/struct_writer.hpp"

namespace tl::tsp {
namespace {

constexpr DWORD v22 = 0x00020002;

// A structure in a buffer of exactly that size, so that the sanitizers see every byte beyond it.
template <class T> struct Buffer {
  explicit Buffer(DWORD total) : bytes(new std::byte[std::max<std::size_t>(total, 16)]), size(total) {
    std::memset(bytes.get(), 0xEE, std::max<std::size_t>(total, 16));
    get()->dwTotalSize = total;
  }
  T* get() { return reinterpret_cast<T*>(bytes.get()); }
  std::string text(DWORD length, DWORD offset) {
    EXPECT_LE(offset + length, size);
    std::u16string wide(length / 2, u'\0');
    std::memcpy(wide.data(), bytes.get() + offset, length);
    EXPECT_EQ(wide.back(), u'\0');
    wide.pop_back();
    return to_utf8(wide);
  }
  std::unique_ptr<std::byte[]> bytes;
  DWORD size;
};

void fill(LINECALLINFO* out, DWORD version) {
  StructWriter<LINECALLINFO> writer(out, version);
  if (!writer.ok()) return;
  writer->dwCallID = 42;
  writer.text(&LINECALLINFO::dwCallerIDSize, &LINECALLINFO::dwCallerIDOffset, "555123");
  writer.text(&LINECALLINFO::dwCallerIDNameSize, &LINECALLINFO::dwCallerIDNameOffset, "Grüße 😀");
  writer.text(&LINECALLINFO::dwCalledIDSize, &LINECALLINFO::dwCalledIDOffset, "");
  writer.bytes(&LINECALLINFO::dwCallDataSize, &LINECALLINFO::dwCallDataOffset, "abc", 3);
}

TEST(StructWriter, FillsTextsBytesAndSizes) {
  Buffer<LINECALLINFO> buffer(1000);
  fill(buffer.get(), v22);
  const LINECALLINFO& info = *buffer.get();
  EXPECT_EQ(info.dwTotalSize, 1000U);
  EXPECT_EQ(info.dwNeededSize, info.dwUsedSize);
  EXPECT_EQ(info.dwCallID, 42U);
  EXPECT_EQ(info.dwCallerIDOffset, 324U); // right after the fixed part of that version
  EXPECT_EQ(buffer.text(info.dwCallerIDSize, info.dwCallerIDOffset), "555123");
  EXPECT_EQ(buffer.text(info.dwCallerIDNameSize, info.dwCallerIDNameOffset), "Grüße 😀");
  EXPECT_EQ(info.dwCalledIDSize, 0U);
  EXPECT_EQ(info.dwCallDataSize, 3U);
  EXPECT_EQ(std::memcmp(buffer.bytes.get() + info.dwCallDataOffset, "abc", 3), 0);
}

TEST(StructWriter, EverySizeFromNothingToEnoughIsSafeAndTruthful) {
  Buffer<LINECALLINFO> large(1000);
  fill(large.get(), v22);
  const DWORD needed = large.get()->dwNeededSize;
  for (DWORD size = 0; size <= needed + 8; ++size) {
    Buffer<LINECALLINFO> buffer(size);
    const std::vector<std::byte> before(buffer.bytes.get(), buffer.bytes.get() + std::max<DWORD>(size, 16));
    fill(buffer.get(), v22);
    if (size < 324) { // not even the fixed part: nothing is written
      EXPECT_EQ(std::memcmp(before.data(), buffer.bytes.get(), before.size()), 0);
      continue;
    }
    const LINECALLINFO& info = *buffer.get();
    EXPECT_EQ(info.dwTotalSize, size);
    EXPECT_EQ(info.dwNeededSize, needed);
    EXPECT_LE(info.dwUsedSize, size);
    EXPECT_EQ(info.dwCallID, 42U);
    EXPECT_EQ(info.dwUsedSize == needed, size >= needed);
    if (size < 324 + 16) {
      EXPECT_EQ(info.dwCallerIDSize, 0U);
      EXPECT_EQ(info.dwCallerIDOffset, 0U);
    }
  }
}

TEST(StructWriter, TheFixedPartGrowsWithTheVersion) {
  EXPECT_EQ(fixed_size<LINECALLINFO>(v22), 324U);
  EXPECT_EQ(fixed_size<LINECALLINFO>(0x00030000), sizeof(LINECALLINFO));
  EXPECT_EQ(fixed_size<LINEDEVCAPS>(0x00020000), 252U);
  EXPECT_EQ(fixed_size<LINEDEVCAPS>(v22), 268U);
  EXPECT_EQ(fixed_size<LINEDEVCAPS>(0x00030000), sizeof(LINEDEVCAPS));
  EXPECT_EQ(fixed_size<LINEADDRESSCAPS>(v22), 228U);
  Buffer<LINEDEVCAPS> buffer(252);
  {
    StructWriter<LINEDEVCAPS> writer(buffer.get(), 0x00020000);
    ASSERT_TRUE(writer.ok());
    writer->dwNumAddresses = 1;
    writer->ProtocolGuid.Data1 = 7; // beyond that version: goes nowhere
  }
  EXPECT_EQ(buffer.get()->dwNumAddresses, 1U);
  EXPECT_EQ(buffer.get()->dwUsedSize, 252U);
}

TEST(StructWriter, NullIsTooSmall) {
  StructWriter<LINECALLINFO> writer(nullptr, v22);
  EXPECT_FALSE(writer.ok());
}

TEST(WriteString, FitsOrSaysThatItDoesNot) {
  alignas(8) char buffer[sizeof(VARSTRING) + 8] = {};
  auto* const out = reinterpret_cast<VARSTRING*>(buffer);
  out->dwTotalSize = sizeof(buffer);
  EXPECT_TRUE(write_string(out, "700"));
  EXPECT_EQ(out->dwStringFormat, static_cast<DWORD>(STRINGFORMAT_UNICODE));
  EXPECT_EQ(out->dwStringSize, 8U);
  EXPECT_EQ(std::memcmp(buffer + out->dwStringOffset, u"700", 8), 0);
  EXPECT_FALSE(write_string(out, "7000"));
  out->dwTotalSize = sizeof(VARSTRING) - 1;
  EXPECT_FALSE(write_string(out, "7"));
}

} // namespace
} // namespace tl::tsp
