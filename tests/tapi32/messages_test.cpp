// SPDX-License-Identifier: Apache-2.0
// Delivery of messages: event handle, callback, notify hook, the bound of the queue, a server that goes away.
#include <poll.h>

#include "in_process.hpp"

namespace tl::test {
namespace {

bool readable(HANDLE event) {
  pollfd entry{static_cast<int>(reinterpret_cast<INT_PTR>(event)), POLLIN, 0};
  return ::poll(&entry, 1, 0) == 1;
}

wire::Event devstate(std::uint32_t app, std::uint64_t state) {
  return {.message = LINE_LINEDEVSTATE, .app = app, .device = 5, .instance = 77, .param1 = state};
}

using Messages = InProcess;

TEST_F(Messages, EventIsReadableWhileMessagesWait) {
  HLINEAPP app = 0;
  DWORD devices, version = 0x00020002;
  LINEINITIALIZEEXPARAMS params{};
  params.dwTotalSize = sizeof params;
  params.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT;
  ASSERT_EQ(lineInitializeExW(&app, nullptr, nullptr, u"t", &devices, &version, &params), 0);
  apps_.push_back(app);
  EXPECT_FALSE(readable(params.Handles.hEvent));
  server_.emit(devstate(app, 1));
  server_.emit(devstate(app, 2));
  EXPECT_TRUE(readable(params.Handles.hEvent));
  EXPECT_EQ(next(app)->dwParam1, 1u);
  EXPECT_TRUE(readable(params.Handles.hEvent));
  const auto second = next(app);
  EXPECT_EQ(second->dwParam1, 2u);
  EXPECT_EQ(second->hDevice, 5u);
  EXPECT_EQ(second->dwCallbackInstance, 77u);
  EXPECT_FALSE(readable(params.Handles.hEvent));
  LINEMESSAGE none;
  EXPECT_EQ(lineGetMessage(app, &none, 50), LINEERR_OPERATIONFAILED) << "in process it never waits";
  EXPECT_EQ(lineGetMessage(app, nullptr, 0), LINEERR_INVALPOINTER);
}

TEST_F(Messages, GoToTheAppTheyAreFor) {
  const HLINEAPP first = begin(), second = begin();
  server_.emit(devstate(second, 3));
  server_.emit(devstate(12345, 4));
  EXPECT_FALSE(next(first));
  EXPECT_EQ(next(second)->dwParam1, 3u);
  EXPECT_FALSE(next(second));
}

TEST_F(Messages, NotifyHookReplacesTheEvent) {
  const HLINEAPP app = begin();
  int calls = 0;
  const auto count = [](void* context) { ++*static_cast<int*>(context); };
  server_.emit(devstate(app, 1));
  EXPECT_EQ(trunkline_lineSetNotify(app, count, &calls), 0);
  EXPECT_EQ(calls, 1) << "a message waits already";
  server_.emit(devstate(app, 2));
  EXPECT_EQ(calls, 1) << "the queue was not empty";
  EXPECT_TRUE(next(app));
  EXPECT_TRUE(next(app));
  server_.emit(devstate(app, 3));
  EXPECT_EQ(calls, 2);
  EXPECT_EQ(trunkline_lineSetNotify(app + 1, count, &calls), LINEERR_INVALAPPHANDLE);
}

std::vector<DWORD_PTR> seen;
HLINEAPP seen_app = 0;

void record(DWORD, DWORD message, DWORD_PTR, DWORD_PTR param1, DWORD_PTR, DWORD_PTR) {
  if (message == LINE_LINEDEVSTATE) seen.push_back(param1);
  // From within the callback.
  EXPECT_TRUE(param1 != 3 || lineShutdown(seen_app) == 0);
}

TEST_F(Messages, CallbackRunsWhereTheMessageArrives) {
  seen.clear();
  seen_app = begin(LINEINITIALIZEEXOPTION_USEHIDDENWINDOW, record);
  for (const std::uint64_t state : {1, 2, 3, 4}) server_.emit(devstate(seen_app, state));
  EXPECT_EQ(seen, (std::vector<DWORD_PTR>{1, 2, 3})) << "nothing after lineShutdown";
  EXPECT_EQ(server_.open, 0);
  apps_.clear();
}

TEST_F(Messages, FullQueueLosesTheConnectionAndSaysSo) {
  const HLINEAPP app = begin();
  for (std::size_t i = 0; i < tapi32::messages_max; ++i) server_.emit(devstate(app, 1));
  EXPECT_EQ(lineClose(1), 0) << "full is not yet too full";
  server_.emit(devstate(app, 1));
  EXPECT_EQ(lineClose(1), LINEERR_OPERATIONFAILED);
  const auto last = next(app);
  ASSERT_TRUE(last);
  EXPECT_EQ(last->dwMessageID, LINE_LINEDEVSTATE);
  EXPECT_EQ(last->dwParam1, LINEDEVSTATE_REINIT);
  EXPECT_EQ(last->hDevice, 0u);
  EXPECT_FALSE(next(app));
}

TEST_F(Messages, LostServerMeansReinit) {
  const HLINEAPP app = begin();
  HPHONEAPP phone_app = 0;
  DWORD devices, version = 0x00020002;
  PHONEINITIALIZEEXPARAMS params{};
  params.dwTotalSize = sizeof params;
  params.dwOptions = PHONEINITIALIZEEXOPTION_USEEVENT;
  ASSERT_EQ(phoneInitializeExA(&phone_app, nullptr, nullptr, "p", &devices, &version, &params), 0);
  server_.lose("gone");
  EXPECT_EQ(next(app)->dwParam1, LINEDEVSTATE_REINIT);
  PHONEMESSAGE message{};
  EXPECT_EQ(phoneGetMessage(phone_app, &message, 0), 0);
  EXPECT_EQ(message.dwMessageID, PHONE_STATE);
  EXPECT_EQ(message.dwParam1, static_cast<DWORD_PTR>(PHONESTATE_REINIT));
  EXPECT_EQ(lineClose(1), LINEERR_OPERATIONFAILED);
  HLINE line;
  EXPECT_EQ(lineOpenW(app, 0, &line, 0x00020002, 0, 0, LINECALLPRIVILEGE_NONE, 0, nullptr), LINEERR_REINIT);
  HLINEAPP late = 0;
  EXPECT_EQ(lineInitializeExW(&late, nullptr, nullptr, u"t", &devices, &version,
                              reinterpret_cast<LINEINITIALIZEEXPARAMS*>(&params)),
            LINEERR_REINIT)
      << "until all have shut down";
  EXPECT_EQ(phoneShutdown(phone_app), 0);
  EXPECT_EQ(lineShutdown(app), 0);
  apps_.clear();
  begin(); // and then a new connection
}

TEST_F(Messages, MalformedEventLosesTheConnection) {
  const HLINEAPP app = begin();
  Buffer frame;
  ASSERT_TRUE(wire::write_event(frame, devstate(app, 1)));
  frame.resize(frame.size() - 4);
  server_.emit_raw(frame);
  EXPECT_EQ(next(app)->dwParam1, LINEDEVSTATE_REINIT);
  EXPECT_EQ(lineClose(1), LINEERR_OPERATIONFAILED);
}

TEST_F(Messages, MalformedReplyLosesTheConnection) {
  const HLINEAPP app = begin();
  DWORD rings = 0;
  server_.on(Fn::lineGetNumRings, [](const auto&, wire::ReplyWriter& reply) { reply.qword(1); });
  EXPECT_EQ(lineGetNumRings(1, 0, &rings), LINEERR_OPERATIONFAILED);
  EXPECT_EQ(next(app)->dwParam1, LINEDEVSTATE_REINIT);
}

} // namespace
} // namespace tl::test
