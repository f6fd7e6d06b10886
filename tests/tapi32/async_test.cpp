// SPDX-License-Identifier: Apache-2.0
// Answers that come with LINE_REPLY, LINE_GATHERDIGITS and LINE_PROXYREQUEST, and where they are written.
#include "in_process.hpp"

namespace tl::test {
namespace {

using Async = InProcess;

TEST_F(Async, AnswerIsWrittenWhenTheReplyIsTaken) {
  const HLINEAPP app = begin();
  server_.accept(Fn::lineMakeCall);
  HCALL call = 0;
  const LONG id = lineMakeCallA(9, &call, "100\xC3\xA4", 0, nullptr);
  EXPECT_GT(id, 0);
  EXPECT_EQ(std::get<1>(server_.arguments<Fn::lineMakeCall>(server_.last())), u"100ä");
  server_.reply_event(
      0, [](wire::Writer& to) { wire::encode_answers<Fn::lineMakeCall>(to, 4711u); }, 9);
  EXPECT_EQ(call, 0u) << "not before the program takes the message";
  const auto message = next(app);
  EXPECT_EQ(message->dwMessageID, LINE_REPLY);
  EXPECT_EQ(message->hDevice, 0u);
  EXPECT_EQ(message->dwCallbackInstance, 99u);
  EXPECT_EQ(message->dwParam1, static_cast<DWORD_PTR>(id));
  EXPECT_EQ(message->dwParam2, 0u);
  EXPECT_EQ(call, 4711u);
}

TEST_F(Async, FailureWritesNothing) {
  const HLINEAPP app = begin();
  server_.accept(Fn::lineMakeCall);
  HCALL call = 3;
  lineMakeCallW(9, &call, u"1", 0, nullptr);
  server_.reply_event(LINEERR_CALLUNAVAIL);
  EXPECT_EQ(static_cast<LONG>(next(app)->dwParam2), LINEERR_CALLUNAVAIL);
  EXPECT_EQ(call, 3u);
  server_.on(Fn::lineMakeCall,
             [](const auto&, wire::ReplyWriter& reply) { reply.set_result(LINEERR_INVALLINEHANDLE); });
  EXPECT_EQ(lineMakeCallW(9, &call, u"1", 0, nullptr), LINEERR_INVALLINEHANDLE);
  server_.reply_event(0);
  EXPECT_FALSE(next(app)) << "a refused request has no reply";
  EXPECT_EQ(lineMakeCallW(9, nullptr, u"1", 0, nullptr), LINEERR_INVALPOINTER);
}

TEST_F(Async, ReplyWithBrokenAnswersFails) {
  const HLINEAPP app = begin();
  server_.accept(Fn::lineMakeCall);
  HCALL call = 0;
  lineMakeCallW(9, &call, u"1", 0, nullptr);
  server_.reply_event(0); // without the handle
  EXPECT_EQ(static_cast<LONG>(next(app)->dwParam2), LINEERR_OPERATIONFAILED);
}

TEST_F(Async, ClosedLineDropsItsReplies) {
  const HLINEAPP app = begin();
  server_.accept(Fn::lineMakeCall);
  HCALL queued = 0, outstanding = 0, other = 0;
  lineMakeCallW(9, &queued, u"1", 0, nullptr);
  server_.reply_event(
      0, [](wire::Writer& to) { to.dword(1); }, 9);
  lineMakeCallW(8, &other, u"1", 0, nullptr);
  server_.reply_event(
      0, [](wire::Writer& to) { to.dword(2); }, 8);
  lineMakeCallW(9, &outstanding, u"1", 0, nullptr);
  const auto sequence = server_.last().sequence;
  EXPECT_EQ(lineClose(9), 0);
  server_.emit({.message = wire::message_reply_dropped, .sequence = sequence, .app = app});
  ASSERT_TRUE(next(app));
  EXPECT_EQ(other, 2u) << "the other line's";
  EXPECT_FALSE(next(app));
  EXPECT_EQ(queued, 0u);
}

// A reply that was already on its way when the line closed, on the event connection for example.
TEST_F(Async, LateReplyOfAClosedLineIsDropped) {
  const HLINEAPP app = begin();
  server_.accept(Fn::lineMakeCall);
  HCALL late = 0, reopened = 0;
  lineMakeCallW(9, &late, u"1", 0, nullptr);
  const auto request = server_.last();
  EXPECT_EQ(lineClose(9), 0);
  lineMakeCallW(9, &reopened, u"1", 0, nullptr); // the server gave the number to a line opened again
  server_.reply_event(
      0, [](wire::Writer& to) { to.dword(2); }, 9);
  Buffer answers;
  wire::Writer{answers}.dword(1);
  server_.emit(
      {.message = LINE_REPLY, .sequence = request.sequence, .app = app, .device = 9, .extra = answers});
  ASSERT_TRUE(next(app));
  EXPECT_EQ(reopened, 2u);
  EXPECT_FALSE(next(app));
  EXPECT_EQ(late, 0u);
}

TEST_F(Async, DigitsOfADeallocatedCallAreDropped) {
  const HLINEAPP app = begin();
  for (const Fn fn : {Fn::lineGatherDigits, Fn::lineDeallocateCall})
    server_.on(fn, [](const auto&, wire::ReplyWriter&) {});
  char digits[4] = "";
  ASSERT_EQ(lineGatherDigitsA(5, LINEDIGITMODE_DTMF, digits, 3, nullptr, 0, 0), 0);
  const auto request = server_.last();
  EXPECT_EQ(lineDeallocateCall(5), 0);
  server_.emit({.message = LINE_GATHERDIGITS,
                .sequence = request.sequence,
                .app = app,
                .device = 5,
                .extra = utf16(u"1")});
  EXPECT_FALSE(next(app));
  EXPECT_STREQ(digits, "");
}

TEST_F(Async, TableOfPendingRequestsIsBounded) {
  const HLINEAPP app = begin();
  server_.accept(Fn::lineHold);
  for (std::size_t i = 0; i < tapi32::pending_requests_max; ++i) ASSERT_GT(lineHold(1), 0);
  EXPECT_EQ(lineHold(1), LINEERR_REQUESTOVERRUN);
  server_.reply_event(0);
  EXPECT_TRUE(next(app));
  EXPECT_GT(lineHold(1), 0) << "one was answered";
}

TEST_F(Async, DevSpecificBufferIsInAndOut) {
  const HLINEAPP app = begin();
  server_.accept(Fn::lineDevSpecific);
  char block[8] = "ping";
  ASSERT_GT(lineDevSpecific(1, 0, 0, block, sizeof block), 0);
  const auto sent = std::get<3>(server_.arguments<Fn::lineDevSpecific>(server_.last()));
  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->size(), sizeof block);
  server_.reply_event(0, [](wire::Writer& to) { to.data(std::as_bytes(std::span{"pong", 5})); });
  ASSERT_TRUE(next(app));
  EXPECT_STREQ(block, "pong");
  // More than there is room for is not written.
  ASSERT_GT(lineDevSpecific(1, 0, 0, block, 2), 0);
  server_.reply_event(0, [](wire::Writer& to) { to.data(std::as_bytes(std::span{"XXXX", 5})); });
  EXPECT_EQ(static_cast<LONG>(next(app)->dwParam2), LINEERR_OPERATIONFAILED);
  EXPECT_STREQ(block, "pong");
}

TEST_F(Async, GatheredDigitsAreWrittenWithTheirMessage) {
  const HLINEAPP app = begin();
  server_.on(Fn::lineGatherDigits, [](const auto&, wire::ReplyWriter&) {});
  char narrow[5] = "????";
  WCHAR wide[4] = {u'?', u'?', u'?', u'?'};
  ASSERT_EQ(lineGatherDigitsA(1, LINEDIGITMODE_DTMF, narrow, 4, "#", 0, 0), 0);
  const auto first = server_.last();
  EXPECT_EQ(std::get<2>(server_.arguments<Fn::lineGatherDigits>(first)), 1u);
  ASSERT_EQ(lineGatherDigitsW(2, LINEDIGITMODE_DTMF, wide, 4, nullptr, 0, 0), 0);
  const auto second = server_.last();
  const auto done = [&](const auto& request, std::u16string_view digits) {
    server_.emit({.message = LINE_GATHERDIGITS,
                  .sequence = request.sequence,
                  .app = app,
                  .device = 1,
                  .param1 = LINEGATHERTERM_BUFFERFULL,
                  .extra = utf16(digits)});
  };
  done(second, u"123456"); // more than asked for
  done(first, u"9#");
  ASSERT_TRUE(next(app));
  EXPECT_EQ((std::u16string_view{wide, 4}), u"1234");
  EXPECT_STREQ(narrow, "????");
  EXPECT_EQ(next(app)->hDevice, 1u);
  EXPECT_STREQ(narrow, "9#");
  EXPECT_EQ(lineGatherDigitsA(1, LINEDIGITMODE_DTMF, narrow, 0, "#", 0, 0), LINEERR_INVALPARAM);
  EXPECT_EQ(lineGatherDigitsA(1, 0, nullptr, 0, nullptr, 0, 0), 0);
  EXPECT_EQ(std::get<2>(server_.arguments<Fn::lineGatherDigits>(server_.last())), 0u) << "cancels";
}

TEST_F(Async, ProxyRequestGoesOutAndBack) {
  const HLINEAPP app = begin();
  LINEPROXYREQUEST block{};
  block.dwSize = sizeof block;
  block.dwRequestType = LINEPROXYREQUEST_SETAGENTSTATE;
  server_.emit(
      {.message = LINE_PROXYREQUEST, .app = app, .device = 6, .extra = std::as_bytes(std::span{&block, 1})});
  const auto message = next(app);
  ASSERT_TRUE(message);
  auto* const request = reinterpret_cast<LINEPROXYREQUEST*>(message->dwParam1);
  ASSERT_TRUE(request);
  EXPECT_EQ(request->dwRequestType, LINEPROXYREQUEST_SETAGENTSTATE);
  request->SetAgentState.dwAgentState = 5;
  request->dwSize = 0xFFFFFFFF; // the size sent back is the one allocated
  EXPECT_EQ(lineProxyResponse(6, &block, 0), LINEERR_INVALPOINTER) << "not a block of the library";
  EXPECT_EQ(lineProxyResponse(6, request, 0), 0);
  const auto sent = server_.last();
  const auto data = std::get<1>(server_.arguments<Fn::lineProxyResponse>(sent));
  ASSERT_TRUE(data);
  ASSERT_EQ(data->size(), sizeof block);
  EXPECT_EQ(lineProxyResponse(6, request, 0), LINEERR_INVALPOINTER) << "exactly once";
}

// After its line was closed the handler still answers, with the old handle, and the block is gone.
TEST_F(Async, ARequestThatOutlivesItsLineIsAnsweredToBeRidOfIt) {
  const HLINEAPP app = begin();
  LINEPROXYREQUEST block{};
  block.dwSize = sizeof block;
  server_.emit(
      {.message = LINE_PROXYREQUEST, .app = app, .device = 6, .extra = std::as_bytes(std::span{&block, 1})});
  const auto message = next(app);
  ASSERT_TRUE(message);
  auto* const request = reinterpret_cast<LINEPROXYREQUEST*>(message->dwParam1);
  server_.on(Fn::lineProxyResponse,
             [](const auto&, wire::ReplyWriter& answer) { answer.set_result(LINEERR_INVALLINEHANDLE); });
  EXPECT_EQ(lineProxyResponse(7, request, 0), LINEERR_INVALLINEHANDLE) << "a slip: the block stays";
  EXPECT_EQ(lineProxyResponse(6, request, 0), LINEERR_INVALLINEHANDLE);
  EXPECT_EQ(lineProxyResponse(6, request, 0), LINEERR_INVALPOINTER) << "it is gone";
}

TEST_F(Async, CutProxyRequestLosesTheConnection) {
  const HLINEAPP app = begin();
  server_.emit({.message = LINE_PROXYREQUEST, .app = app, .device = 6, .extra = utf16(u"short")});
  EXPECT_EQ(next(app)->dwParam1, LINEDEVSTATE_REINIT);
}

} // namespace
} // namespace tl::test
