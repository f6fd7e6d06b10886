// SPDX-License-Identifier: Apache-2.0
#include "wire/rebuild.hpp"

#include <cstring>
#include <gtest/gtest.h>
#include <string>

#include "base/random.hpp"

namespace tl::wire {
namespace {

// A structure with its variable parts, as a server or a program would build it.
template <class T> class Built {
public:
  explicit Built(std::size_t fixed = sizeof(T)) : bytes_(fixed) {}
  T& head() { return *reinterpret_cast<T*>(bytes_.data()); }
  template <class C> void text(DWORD T::*size, DWORD T::*offset, std::basic_string_view<C> text) {
    const auto at = bytes_.size();
    const auto raw = std::as_bytes(std::span{text.data(), text.size()});
    bytes_.insert(bytes_.end(), raw.begin(), raw.end());
    head().*size = static_cast<DWORD>(raw.size());
    head().*offset = static_cast<DWORD>(at);
  }
  void finish_filled() {
    head().dwTotalSize = head().dwNeededSize = head().dwUsedSize = static_cast<DWORD>(bytes_.size());
  }
  Buffer& bytes() { return bytes_; }

private:
  Buffer bytes_;
};

template <class T> const T& view(const Buffer& buffer) {
  return *reinterpret_cast<const T*>(buffer.data());
}
std::string_view narrow(const Buffer& buffer, DWORD offset, DWORD size) {
  return {reinterpret_cast<const char*>(buffer.data()) + offset, size};
}
std::u16string_view wide(const Buffer& buffer, DWORD offset, DWORD size) {
  return {reinterpret_cast<const char16_t*>(buffer.data() + offset), size / 2};
}

Built<LINECALLINFO> call_info() {
  using namespace std::string_view_literals;
  Built<LINECALLINFO> info{324}; // the fixed part of 2.x
  info.text(&LINECALLINFO::dwCallerIDSize, &LINECALLINFO::dwCallerIDOffset, u"+49\0"sv);
  info.text(&LINECALLINFO::dwCallerIDNameSize, &LINECALLINFO::dwCallerIDNameOffset,
            u"M\u00FCller \U0001F600\0"sv);
  info.text(&LINECALLINFO::dwCallDataSize, &LINECALLINFO::dwCallDataOffset, "\x01\x02\x03"sv);
  info.finish_filled();
  return info;
}

TEST(Rebuild, CallInfoBecomesNarrow) {
  auto info = call_info();
  Buffer out;
  const auto needed = rebuild(line_call_info, info.bytes(), Turn::to_narrow, out);
  ASSERT_EQ(needed, out.size());
  const auto& head = view<LINECALLINFO>(out);
  EXPECT_EQ(narrow(out, head.dwCallerIDOffset, head.dwCallerIDSize), std::string_view("+49\0", 4));
  EXPECT_EQ(narrow(out, head.dwCallerIDNameOffset, head.dwCallerIDNameSize - 1),
            "M\xC3\xBCller \xF0\x9F\x98\x80");
  EXPECT_EQ(narrow(out, head.dwCallDataOffset, head.dwCallDataSize), "\x01\x02\x03");
  EXPECT_GE(head.dwCallerIDOffset, 324u) << "no variable part inside the fixed one";
  EXPECT_EQ(head.dwNeededSize, needed);
  EXPECT_EQ(head.dwUsedSize, needed);
}

TEST(Rebuild, PartsThatDoNotFitAreLeftOut) {
  auto info = call_info();
  Buffer whole, out;
  const auto needed = rebuild(line_call_info, info.bytes(), Turn::to_narrow, whole);
  for (std::size_t room = 324; room < needed; ++room) {
    EXPECT_EQ(rebuild(line_call_info, info.bytes(), Turn::to_narrow, out, room), needed);
    EXPECT_LE(out.size(), room);
    const auto& head = view<LINECALLINFO>(out);
    EXPECT_EQ(head.dwUsedSize, out.size());
    EXPECT_EQ(head.dwNeededSize, needed);
    EXPECT_EQ(head.dwCallerIDNameSize == 0, head.dwCallerIDNameOffset == 0);
  }
  const auto& head = view<LINECALLINFO>(out);
  EXPECT_NE(head.dwCallerIDSize, 0u) << "the first part fits";
}

TEST(Rebuild, CallParamsBecomeWide) {
  using namespace std::string_view_literals;
  Built<LINECALLPARAMS> params;
  params.head().dwMediaMode = 4;
  params.text(&LINECALLPARAMS::dwCalledPartySize, &LINECALLPARAMS::dwCalledPartyOffset,
              "Gr\xC3\xB6\xC3\x9F"
              "e\0"sv);
  params.text(&LINECALLPARAMS::dwUserUserInfoSize, &LINECALLPARAMS::dwUserUserInfoOffset, "\x00\xFF"sv);
  params.head().dwTotalSize =
      static_cast<DWORD>(params.bytes().size() + 100); // more was allocated than is used
  params.bytes().resize(params.bytes().size() + 100);
  Buffer out;
  ASSERT_NE(rebuild(line_call_params, params.bytes(), Turn::to_wide, out), 0u);
  const auto& head = view<LINECALLPARAMS>(out);
  EXPECT_EQ(head.dwTotalSize, out.size());
  EXPECT_EQ(head.dwMediaMode, 4u);
  EXPECT_EQ(wide(out, head.dwCalledPartyOffset, head.dwCalledPartySize), u"Größe\0"sv);
  EXPECT_EQ(narrow(out, head.dwUserUserInfoOffset, head.dwUserUserInfoSize), "\x00\xFF"sv);
}

TEST(Rebuild, OldShortCallParamsStayShort) {
  using namespace std::string_view_literals;
  Built<LINECALLPARAMS> params{112}; // 1.3 knows no more
  params.text(&LINECALLPARAMS::dwCommentSize, &LINECALLPARAMS::dwCommentOffset,
              "abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz\0"sv);
  params.head().dwTotalSize = static_cast<DWORD>(params.bytes().size());
  Buffer out;
  ASSERT_NE(rebuild(line_call_params, params.bytes(), Turn::to_wide, out), 0u);
  EXPECT_EQ(view<LINECALLPARAMS>(out).dwCommentOffset, 112u);
  params.bytes().resize(111);
  EXPECT_EQ(rebuild(line_call_params, params.bytes(), Turn::to_wide, out), 0u) << "cut off";
}

TEST(Rebuild, NestedNamesAreConverted) {
  Buffer list(sizeof(LINEAGENTGROUPLIST) + 2 * sizeof(LINEAGENTGROUPENTRY));
  auto& head = *reinterpret_cast<LINEAGENTGROUPLIST*>(list.data());
  head.dwNumEntries = 2;
  head.dwListSize = 2 * sizeof(LINEAGENTGROUPENTRY);
  head.dwListOffset = sizeof(LINEAGENTGROUPLIST);
  for (int i = 0; i < 2; ++i) {
    const std::u16string name = i == 0 ? u"Support" : u"Verkäufe";
    const auto at = list.size();
    const auto raw = std::as_bytes(std::span{name.data(), name.size() + 1});
    list.insert(list.end(), raw.begin(), raw.end());
    auto* const entry = reinterpret_cast<LINEAGENTGROUPENTRY*>(list.data() + sizeof(LINEAGENTGROUPLIST)) + i;
    entry->dwNameSize = static_cast<DWORD>(raw.size());
    entry->dwNameOffset = static_cast<DWORD>(at);
    entry->GroupID.dwGroupID1 = static_cast<DWORD>(i + 10);
  }
  auto& full = *reinterpret_cast<LINEAGENTGROUPLIST*>(list.data());
  full.dwTotalSize = full.dwNeededSize = full.dwUsedSize = static_cast<DWORD>(list.size());
  Buffer out;
  ASSERT_NE(rebuild(line_agent_group_list, list, Turn::to_narrow, out), 0u);
  const auto& made = view<LINEAGENTGROUPLIST>(out);
  const auto* const entries = reinterpret_cast<const LINEAGENTGROUPENTRY*>(out.data() + made.dwListOffset);
  EXPECT_EQ(made.dwNumEntries, 2u);
  EXPECT_EQ(entries[1].GroupID.dwGroupID1, 11u);
  EXPECT_EQ(narrow(out, entries[0].dwNameOffset, entries[0].dwNameSize - 1), "Support");
  EXPECT_EQ(narrow(out, entries[1].dwNameOffset, entries[1].dwNameSize - 1), "Verk\xC3\xA4ufe");
}

TEST(Rebuild, ForwardListIsReadInline) {
  using namespace std::string_view_literals;
  Built<LINEFORWARDLIST> list{offsetof(LINEFORWARDLIST, ForwardList) + 2 * sizeof(LINEFORWARD)};
  const auto entry = [&](int i) -> LINEFORWARD& {
    return reinterpret_cast<LINEFORWARD*>(list.bytes().data() + offsetof(LINEFORWARDLIST, ForwardList))[i];
  };
  list.head().dwNumEntries = 2;
  const auto destination = "2001\0"sv;
  const auto at = list.bytes().size();
  const auto raw = std::as_bytes(std::span{destination.data(), destination.size()});
  list.bytes().insert(list.bytes().end(), raw.begin(), raw.end());
  entry(1).dwDestAddressSize = static_cast<DWORD>(raw.size());
  entry(1).dwDestAddressOffset = static_cast<DWORD>(at);
  list.head().dwTotalSize = static_cast<DWORD>(list.bytes().size());
  Buffer out;
  ASSERT_NE(rebuild(line_forward_list, list.bytes(), Turn::to_wide, out), 0u);
  const auto* const made =
      reinterpret_cast<const LINEFORWARD*>(out.data() + offsetof(LINEFORWARDLIST, ForwardList));
  EXPECT_EQ(wide(out, made[1].dwDestAddressOffset, made[1].dwDestAddressSize), u"2001\0"sv);
  list.head().dwNumEntries = 3;
  EXPECT_EQ(rebuild(line_forward_list, list.bytes(), Turn::to_wide, out), 0u) << "an entry beyond the end";
  list.head().dwNumEntries = 0xFFFFFFFF;
  EXPECT_EQ(rebuild(line_forward_list, list.bytes(), Turn::to_wide, out), 0u);
}

TEST(Rebuild, SlotsKeepOneSizeEach) {
  using namespace std::string_view_literals;
  Built<LINEADDRESSCAPS> caps;
  caps.head().dwCompletionMsgTextEntrySize = 20;
  caps.head().dwNumCompletionMessages = 2;
  caps.text(&LINEADDRESSCAPS::dwCompletionMsgTextSize, &LINEADDRESSCAPS::dwCompletionMsgTextOffset,
            u"call me\0\0\0ring\0\0\0\0\0\0"sv);
  caps.finish_filled();
  Buffer out;
  ASSERT_NE(rebuild(line_address_caps, caps.bytes(), Turn::to_narrow, out), 0u);
  const auto& head = view<LINEADDRESSCAPS>(out);
  EXPECT_EQ(head.dwCompletionMsgTextEntrySize, 8u);
  EXPECT_EQ(narrow(out, head.dwCompletionMsgTextOffset, head.dwCompletionMsgTextSize),
            "call me\0ring\0\0\0\0"sv);
}

TEST(Rebuild, StringFormatDecides) {
  using namespace std::string_view_literals;
  Buffer out;
  Built<VARSTRING> string;
  string.text(&VARSTRING::dwStringSize, &VARSTRING::dwStringOffset, u"park 7\0"sv);
  string.head().dwStringFormat = STRINGFORMAT_UNICODE;
  string.finish_filled();
  ASSERT_NE(rebuild(var_string, string.bytes(), Turn::to_narrow, out), 0u);
  EXPECT_EQ(view<VARSTRING>(out).dwStringFormat, static_cast<DWORD>(STRINGFORMAT_ASCII));
  EXPECT_EQ(narrow(out, 24, view<VARSTRING>(out).dwStringSize), "park 7\0"sv);
  string.head().dwStringFormat = STRINGFORMAT_BINARY;
  ASSERT_NE(rebuild(var_string, string.bytes(), Turn::to_narrow, out), 0u);
  EXPECT_EQ(view<VARSTRING>(out).dwStringFormat, static_cast<DWORD>(STRINGFORMAT_BINARY));
  EXPECT_EQ(view<VARSTRING>(out).dwStringSize, 14u);
}

TEST(Rebuild, LyingSizesAndOffsetsAreRefused) {
  Buffer out;
  for (const DWORD offset : {0xFFFFFFFFu, 0x80000000u, 400u, 0xFFFFFFF0u})
    for (const DWORD size : {0xFFFFFFFFu, 0x80000000u, 300u}) {
      auto info = call_info();
      info.head().dwCommentOffset = offset;
      info.head().dwCommentSize = size;
      EXPECT_EQ(rebuild(line_call_info, info.bytes(), Turn::to_narrow, out), 0u) << offset << " " << size;
    }
  auto info = call_info();
  info.head().dwUsedSize = 0xFFFFFFFF; // more than there is: what is there counts
  EXPECT_NE(rebuild(line_call_info, info.bytes(), Turn::to_narrow, out), 0u);
  info.head().dwUsedSize = 100;
  EXPECT_EQ(rebuild(line_call_info, info.bytes(), Turn::to_narrow, out), 0u) << "less than the fixed part";
}

// One large text claimed by every entry of a long list must not become gigabytes.
TEST(Rebuild, AmplificationIsBounded) {
  constexpr DWORD count = 20'000, text = 400'000;
  Buffer list(sizeof(LINEQUEUELIST) + count * sizeof(LINEQUEUEENTRY) + text);
  auto& head = *reinterpret_cast<LINEQUEUELIST*>(list.data());
  head.dwUsedSize = head.dwTotalSize = static_cast<DWORD>(list.size());
  head.dwNumEntries = count;
  head.dwListSize = count * sizeof(LINEQUEUEENTRY);
  head.dwListOffset = sizeof(LINEQUEUELIST);
  for (DWORD i = 0; i < count; ++i) {
    auto* const entry = reinterpret_cast<LINEQUEUEENTRY*>(list.data() + sizeof(LINEQUEUELIST)) + i;
    entry->dwNameSize = text;
    entry->dwNameOffset = static_cast<DWORD>(list.size()) - text;
  }
  Buffer out;
  EXPECT_EQ(rebuild(line_queue_list, list, Turn::to_narrow, out), 0u);
  EXPECT_LE(out.size(), structure_size_max_bytes + 2 * text);
}

TEST(Rebuild, MutationsNeverReadOutOfBounds) {
  const std::uint64_t seed = 4242;
  SCOPED_TRACE(seed);
  Random random{seed};
  Buffer out;
  for (int round = 0; round < 20'000; ++round) {
    const Layout& layout = *all_layouts()[random.below(all_layouts().size())];
    Buffer source(layout.fixed_1_3 + random.below(200));
    const auto put = [&](std::size_t at, std::uint64_t value) {
      const auto dword = static_cast<std::uint32_t>(value);
      if (at + 4 <= source.size()) std::memcpy(source.data() + at, &dword, 4);
    };
    const auto some = [&] { return random.chance(0.1) ? random.next() : random.below(source.size() + 8); };
    for (std::size_t at = 0; at < source.size(); at += 4)
      if (random.chance(0.3)) put(at, some());
    if (layout.filled) put(8, random.chance(0.9) ? source.size() : random.next());
    for (const Turn turn : {Turn::none, Turn::to_wide, Turn::to_narrow})
      rebuild(layout, source, turn, out, random.below(600));
    for (const DWORD to : {0x00010003u, 0x00010004u, 0x00020000u, 0x00020002u})
      rebuild(layout, source, out, {.fixed = layout.fixed_1_3, .fixed_out = layout.fixed(to)});
  }
}

} // namespace
} // namespace tl::wire
