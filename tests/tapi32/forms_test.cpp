// SPDX-License-Identifier: Apache-2.0
// The A and W forms of functions that fill structures, and what sizes mean to them.
#include <cstring>

#include "in_process.hpp"

namespace tl::test {
namespace {

// Fills like a server: as much of the structure as fits into the capacity, dwNeededSize for the rest.
template <Fn F> void serve_string(FakeServer& server, std::u16string text) {
  server.on(F, [text](const FakeServer::Request& request, wire::ReplyWriter& reply) {
    const auto arguments = wire::decode_arguments<F>(request.payload).value();
    const auto capacity = std::get<wire::Capacity>(arguments).bytes;
    if (capacity < sizeof(VARSTRING)) return reply.set_result(LINEERR_STRUCTURETOOSMALL);
    const auto size = static_cast<DWORD>(2 * text.size() + 2);
    VARSTRING head{capacity, static_cast<DWORD>(sizeof head) + size, sizeof head, STRINGFORMAT_UNICODE, 0, 0};
    const bool fits = head.dwNeededSize <= capacity;
    if (fits) {
      head.dwStringSize = size;
      head.dwStringOffset = sizeof head;
      head.dwUsedSize = head.dwNeededSize;
    }
    const auto room = reply.begin_data(head.dwUsedSize);
    std::memcpy(room.data(), &head, sizeof head);
    if (fits) std::memcpy(room.data() + sizeof head, text.c_str(), size);
    reply.end_data(head.dwUsedSize);
  });
}

struct Room {
  VARSTRING head{};
  char tail[2000] = {};
};

class Structures : public InProcess {
protected:
  Structures() { begin(); }
  LONG id(Room& room, DWORD total, bool narrow) {
    std::memset(static_cast<void*>(&room), 0x55, sizeof room);
    room.head.dwTotalSize = total;
    return narrow ? lineGetIDA(1, 0, 0, LINECALLSELECT_LINE, &room.head, "tapi/line")
                  : lineGetIDW(1, 0, 0, LINECALLSELECT_LINE, &room.head, u"tapi/line");
  }
};

TEST_F(Structures, WideIsWhatTheServerSent) {
  serve_string<Fn::lineGetID>(server_, u"gerät");
  Room room;
  ASSERT_EQ(id(room, sizeof room, false), 0);
  EXPECT_EQ(room.head.dwTotalSize, sizeof room);
  EXPECT_EQ(room.head.dwStringFormat, static_cast<DWORD>(STRINGFORMAT_UNICODE));
  EXPECT_EQ(std::memcmp(room.tail, u"gerät", 12), 0);
  EXPECT_EQ(static_cast<unsigned char>(room.tail[12]), 0x55) << "nothing beyond dwUsedSize is touched";
}

TEST_F(Structures, NarrowIsConvertedAndItsSizesAreExact) {
  serve_string<Fn::lineGetID>(server_, u"gerät");
  Room room;
  ASSERT_EQ(id(room, sizeof room, true), 0);
  EXPECT_EQ(room.head.dwTotalSize, sizeof room);
  EXPECT_EQ(room.head.dwStringFormat, static_cast<DWORD>(STRINGFORMAT_ASCII));
  EXPECT_STREQ(room.tail, "ger\xC3\xA4t");
  EXPECT_EQ(room.head.dwStringSize, 7u);
  EXPECT_EQ(room.head.dwUsedSize, 31u);
  EXPECT_EQ(room.head.dwNeededSize, 31u);
  // Exactly enough is enough, one less is not.
  ASSERT_EQ(id(room, 31, true), 0);
  EXPECT_STREQ(room.tail, "ger\xC3\xA4t");
  ASSERT_EQ(id(room, 30, true), 0);
  EXPECT_EQ(room.head.dwStringSize, 0u);
  EXPECT_EQ(room.head.dwNeededSize, 31u);
  EXPECT_EQ(room.head.dwUsedSize, 24u);
  EXPECT_EQ(room.head.dwTotalSize, 30u);
}

TEST_F(Structures, NarrowAsksAgainToKnowWhatIsNeeded) {
  serve_string<Fn::lineGetID>(server_, std::u16string(500, u'x'));
  Room room;
  const auto before = server_.requests();
  ASSERT_EQ(id(room, 100, true), 0);
  EXPECT_EQ(server_.requests(), before + 2);
  EXPECT_EQ(room.head.dwNeededSize, 24u + 501u);
  EXPECT_EQ(room.head.dwUsedSize, 24u);
}

TEST_F(Structures, TooSmallForItselfIsRefused) {
  serve_string<Fn::lineGetID>(server_, u"x");
  Room room;
  for (const DWORD total : {0u, 4u, 11u}) {
    EXPECT_EQ(id(room, total, false), LINEERR_STRUCTURETOOSMALL);
    EXPECT_EQ(id(room, total, true), LINEERR_STRUCTURETOOSMALL);
  }
  EXPECT_EQ(id(room, 23, false), LINEERR_STRUCTURETOOSMALL) << "the server's answer";
  EXPECT_EQ(id(room, 23, true), LINEERR_STRUCTURETOOSMALL) << "the wide form would have fitted";
  EXPECT_EQ(lineGetIDA(1, 0, 0, 1, nullptr, "x"), LINEERR_INVALPOINTER);
}

TEST_F(Structures, LyingTotalSizeOfAProgramIsBounded) {
  serve_string<Fn::lineGetID>(server_, u"x");
  Room room;
  EXPECT_EQ(id(room, 0xFFFFFFFF, true), 0);
  EXPECT_LE(std::get<4>(server_.arguments<Fn::lineGetID>(server_.last())).bytes, wire::frame_size_max_bytes);
  LINECALLPARAMS params{};
  server_.accept(Fn::lineMakeCall);
  HCALL call;
  params.dwTotalSize = 111;
  EXPECT_EQ(lineMakeCallA(1, &call, "1", 0, &params), LINEERR_STRUCTURETOOSMALL);
  params.dwTotalSize = sizeof params;
  params.dwCommentSize = 10;
  params.dwCommentOffset = sizeof params - 5;
  EXPECT_EQ(lineMakeCallA(1, &call, "1", 0, &params), LINEERR_INVALCALLPARAMS);
  params.dwCommentOffset = 0xFFFFFFFF;
  EXPECT_EQ(lineMakeCallW(1, &call, u"1", 0, &params), LINEERR_INVALCALLPARAMS);
  params.dwCommentSize = 0;
  params.dwTotalSize = 0xFFFFFFFF; // nothing lies outside the fixed part, so nothing else is read
  EXPECT_GT(lineMakeCallA(1, &call, "1", 0, &params), 0);
}

TEST_F(Structures, HostileServerCannotOverrunTheProgram) {
  const auto lie = [&](DWORD used, DWORD offset, DWORD size, std::size_t sent) {
    server_.on(Fn::lineGetID, [=](const auto&, wire::ReplyWriter& reply) {
      const VARSTRING head{9999, used, used, STRINGFORMAT_UNICODE, size, offset};
      const auto room = reply.begin_data(static_cast<std::uint32_t>(sent));
      std::memcpy(room.data(), &head, std::min(sent, sizeof head));
      reply.end_data(static_cast<std::uint32_t>(sent));
    });
  };
  Room room;
  lie(5000, 24, 4976, 5000); // more than was asked for
  EXPECT_EQ(id(room, 100, false), LINEERR_OPERATIONFAILED);
  EXPECT_EQ(static_cast<unsigned char>(room.tail[100]), 0x55);
  EXPECT_EQ(lineShutdown(apps_.back()), 0);
  apps_.back() = begin();
  lie(30, 0x7FFFFFFF, 100, 30); // a part outside of the structure
  EXPECT_EQ(id(room, 100, true), LINEERR_OPERATIONFAILED);
  EXPECT_EQ(lineClose(1), 0) << "a provider's fault does not end the connection";
  lie(24, 0, 0, 8); // not even a head
  EXPECT_EQ(id(room, 100, false), LINEERR_OPERATIONFAILED);
}

TEST_F(Structures, NarrowAgentStatusIsConvertedWithItsReply) {
  server_.accept(Fn::lineGetAgentStatus);
  struct {
    LINEAGENTSTATUS head{};
    char tail[50] = {};
  } status;
  status.head.dwTotalSize = sizeof status;
  ASSERT_GT(lineGetAgentStatusA(1, 0, &status.head), 0);
  status.head.dwTotalSize = 0xFFFFFFFF; // what the program writes meanwhile does not count
  struct {
    LINEAGENTSTATUS head{};
    char16_t activity[8] = u"Pausé";
  } sent;
  sent.head.dwTotalSize = sent.head.dwNeededSize = sent.head.dwUsedSize = sizeof sent;
  sent.head.dwState = LINEAGENTSTATE_READY;
  sent.head.dwActivitySize = 12;
  sent.head.dwActivityOffset = offsetof(decltype(sent), activity);
  server_.reply_event(0, [&](wire::Writer& to) { to.data(std::as_bytes(std::span{&sent, 1})); });
  ASSERT_TRUE(next(apps_.back()));
  EXPECT_EQ(status.head.dwState, static_cast<DWORD>(LINEAGENTSTATE_READY));
  EXPECT_EQ(status.head.dwTotalSize, sizeof status);
  EXPECT_STREQ(reinterpret_cast<char*>(&status) + status.head.dwActivityOffset, "Paus\xC3\xA9");
}

TEST_F(Structures, RequestsOfAssistedTelephonyHaveFixedFields) {
  server_.on(Fn::lineGetRequest, [](const auto&, wire::ReplyWriter& reply) {
    LINEREQMAKECALLW request{};
    std::memcpy(request.szDestAddress, u"4711", 10);
    for (int i = 0; i < TAPIMAXAPPNAMESIZE; ++i)
      request.szAppName[i] = u'ä'; // no end, and twice the size in UTF-8
    reply.data(std::as_bytes(std::span{&request, 1}));
  });
  LINEREQMAKECALL request;
  ASSERT_EQ(lineGetRequestA(apps_.back(), LINEREQUESTMODE_MAKECALL, &request), 0);
  EXPECT_STREQ(request.szDestAddress, "4711");
  EXPECT_EQ(std::strlen(request.szAppName), 38u) << "cut between two characters";
  EXPECT_EQ(lineGetRequestA(apps_.back(), 77, &request), LINEERR_INVALREQUESTMODE);
  EXPECT_EQ(lineGetRequestA(apps_.back(), LINEREQUESTMODE_MAKECALL, nullptr), LINEERR_INVALPOINTER);
}

} // namespace
} // namespace tl::test
