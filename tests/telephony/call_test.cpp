// SPDX-License-Identifier: Apache-2.0
// The life of calls: appearance, states, the end, release from within events, information and digits.
#include "site.hpp"

namespace tl::test {
namespace {

using telephony::CallInfo;
using telephony::CallStatus;
using Log = std::vector<std::string>;

class Calls : public Site {
protected:
  Address& address = begin();

  Call& incoming(HCALL handle) {
    new_call(address, handle);
    settle();
    take_log();
    return *telephony.call(handle);
  }
};

TEST_F(Calls, AppearsThenShowsItsStateThenEnds) {
  new_call(address, 0x51);
  EXPECT_TRUE(events.log.empty()) << "never inside of what the server does";
  settle();
  EXPECT_EQ(take_log(), (Log{"appeared 51 4", "51 OFFERING 0"}));
  Call* call = telephony.call(0x51);
  ASSERT_TRUE(call);
  EXPECT_TRUE(call->owned());
  EXPECT_EQ(&call->address(), &address);
  state(0x51, LINECALLSTATE_DISCONNECTED, LINEDISCONNECTMODE_BUSY);
  state(0x51, LINECALLSTATE_IDLE);
  settle();
  EXPECT_EQ(take_log(), (Log{"51 DISCONNECTED 32", "51 IDLE 0"}));
  EXPECT_EQ(telephony.call(0x51), nullptr);
  EXPECT_EQ(telephony.call_count(), 0u);
  EXPECT_EQ(count(Fn::lineDeallocateCall), 1u);
  state(0x51, LINECALLSTATE_IDLE);
  settle();
  EXPECT_TRUE(take_log().empty());
}

TEST_F(Calls, KeptBeyondTheEnd) {
  incoming(0x51).keep();
  state(0x51, LINECALLSTATE_IDLE);
  state(0x51, LINECALLSTATE_CONNECTED); // nothing follows IDLE
  settle();
  EXPECT_EQ(take_log(), Log{"51 IDLE 0"});
  ASSERT_TRUE(telephony.call(0x51));
  EXPECT_EQ(code(telephony.call(0x51)->state()), DWORD{LINECALLSTATE_IDLE});
  EXPECT_EQ(count(Fn::lineDeallocateCall), 0u);
  telephony.call(0x51)->release();
  EXPECT_EQ(telephony.call(0x51), nullptr);
  EXPECT_EQ(count(Fn::lineDeallocateCall), 1u);
}

TEST_F(Calls, PrivilegeAndSubstate) {
  Call& call = incoming(0x51);
  message(LINE_CALLSTATE, 0x51, 0x03000000 | LINECALLSTATE_CONNECTED, LINECONNECTEDMODE_ACTIVE,
          LINECALLPRIVILEGE_MONITOR);
  settle();
  EXPECT_EQ(take_log(), Log{"51 CONNECTED 1"});
  EXPECT_FALSE(call.owned());
  EXPECT_EQ(call.set_privilege(LINECALLPRIVILEGE_OWNER), 0);
  EXPECT_TRUE(call.owned());
}

TEST_F(Calls, ReleasedWhereItAppears) {
  events.on_call = [](Call& call) { call.release(); };
  new_call(address, 0x51);
  settle();
  EXPECT_EQ(take_log(), Log{"appeared 51 4"}) << "the state that follows has no call any more";
  EXPECT_EQ(count(Fn::lineDeallocateCall), 1u);
}

TEST_F(Calls, ReleasedInsideItsLastState) {
  incoming(0x51);
  events.on_call = [](Call& call) { call.release(); };
  state(0x51, LINECALLSTATE_IDLE);
  settle();
  EXPECT_EQ(count(Fn::lineDeallocateCall), 1u) << "once";
}

TEST_F(Calls, LineClosedInsideAnEvent) {
  incoming(0x51);
  incoming(0x52);
  events.on_call = [&](Call&) { address.close(); };
  state(0x51, LINECALLSTATE_IDLE);
  state(0x52, LINECALLSTATE_IDLE);
  new_call(address, 0x53);
  settle();
  EXPECT_EQ(take_log(), Log{"51 IDLE 0"});
  EXPECT_EQ(telephony.call_count(), 0u);
  EXPECT_EQ(count(Fn::lineDeallocateCall), 0u) << "lineClose voids the handles";
}

TEST_F(Calls, ForcedCloseEndsCallsBeforeItIsTold) {
  incoming(0x51);
  std::size_t left = 99;
  events.hook = [&](const std::string&) { left = telephony.call_count(); };
  message(LINE_CLOSE, address.line(), 0);
  settle();
  EXPECT_EQ(take_log(), Log{"closed 201"});
  EXPECT_EQ(left, 0u);
  EXPECT_EQ(count(Fn::lineClose), 0u);
  EXPECT_FALSE(address.is_open());
}

TEST_F(Calls, HandlesThatCannotBe) {
  new_call(address, 0);
  incoming(0x51);
  message(LINE_APPNEWCALL, address.line(), 0, 0x51, LINECALLPRIVILEGE_MONITOR); // known already
  message(LINE_APPNEWCALL, 0x7777, 0, 0x52, LINECALLPRIVILEGE_MONITOR);         // on no line
  state(0x7777, LINECALLSTATE_CONNECTED);
  settle();
  EXPECT_TRUE(take_log().empty());
  EXPECT_EQ(telephony.call_count(), 1u);
  EXPECT_TRUE(telephony.call(0x51)->owned());
}

TEST_F(Calls, ALoopInsideAHandlerDoesNotOvertake) {
  events.hook = [&](const std::string& what) {
    if (what != "51 OFFERING 0") return;
    // The queue is empty now: the library rings again, and the drain of this loop must leave it to the outer
    // one.
    state(0x51, LINECALLSTATE_CONNECTED);
    settle();
    EXPECT_EQ(events.log.back(), what);
  };
  new_call(address, 0x51);
  settle();
  EXPECT_EQ(take_log(), (Log{"appeared 51 4", "51 OFFERING 0", "51 CONNECTED 0"}));
}

TEST_F(Calls, ManyMessagesLeaveRoomForOthers) {
  incoming(0x51);
  for (int i = 0; i < 200; ++i) state(0x51, LINECALLSTATE_CONNECTED);
  std::vector<std::size_t> seen;
  // Each task runs once in every turn, after the drain of that turn.
  std::function<void()> other = [&] {
    seen.push_back(events.log.size());
    if (seen.size() < 4) loop.post(other);
  };
  loop.post(other);
  settle();
  EXPECT_EQ(seen, (std::vector<std::size_t>{64, 128, 192, 200}));
}

TEST_F(Calls, CallsThatWereThereBefore) {
  new_calls = {0x61, 0, 0x62, 0x63};
  call_status.fixed.dwCallState = LINECALLSTATE_CONNECTED;
  call_status.fixed.dwCallPrivilege = LINECALLPRIVILEGE_MONITOR;
  EXPECT_EQ(address.find_calls(), 0);
  EXPECT_EQ(take_log(), (Log{"appeared 61 2", "61 CONNECTED 0", "appeared 62 2", "62 CONNECTED 0",
                             "appeared 63 2", "63 CONNECTED 0"}));
  EXPECT_EQ(address.find_calls(), 0);
  EXPECT_TRUE(take_log().empty()) << "known by now";
}

TEST_F(Calls, FoundCallsWhoseLineIsClosedMeanwhile) {
  new_calls = {0x61, 0x62};
  call_status.fixed.dwCallState = LINECALLSTATE_CONNECTED;
  events.on_call = [&](Call& call) {
    if (call.state() == telephony::CallState::none) return;
    address.close();
    EXPECT_EQ(address.open({.monitor = true}), 0);
  };
  next_line = 0x100;
  EXPECT_EQ(address.find_calls(), 0);
  EXPECT_EQ(take_log(), (Log{"appeared 61 2", "61 CONNECTED 0"}));
}

TEST_F(Calls, FoundCallsThatEndAtOnce) {
  new_calls = {0x61};
  call_status.fixed.dwCallState = LINECALLSTATE_IDLE;
  EXPECT_EQ(address.find_calls(), 0);
  EXPECT_EQ(telephony.call_count(), 0u);
  EXPECT_EQ(count(Fn::lineDeallocateCall), 1u);
}

TEST_F(Calls, InformationIsFetchedWhenAskedAndKeptUntilItChanges) {
  call_info.fixed.dwCallID = 4711;
  call_info.fixed.dwReason = LINECALLREASON_ROUTEREQUEST;
  call_info.text(&LINECALLINFO::dwCallerIDSize, &LINECALLINFO::dwCallerIDOffset, u"+49305550");
  call_info.text(&LINECALLINFO::dwCallerIDNameSize, &LINECALLINFO::dwCallerIDNameOffset, u"Zoë €");
  call_info.part(&LINECALLINFO::dwCallDataSize, &LINECALLINFO::dwCallDataOffset, std::string_view{"a\0b", 3});
  Call& call = incoming(0x51);
  EXPECT_EQ(count(Fn::lineGetCallInfo), 0u);
  EXPECT_EQ(call.call_id(), 4711u);
  EXPECT_EQ(call.call_id(), 4711u);
  EXPECT_EQ(count(Fn::lineGetCallInfo), 1u);
  CallInfo info;
  EXPECT_EQ(call.info(info), 0);
  EXPECT_EQ(call.info(info), 0);
  EXPECT_EQ(count(Fn::lineGetCallInfo), 2u);
  EXPECT_EQ(info.call_id, 4711u);
  EXPECT_EQ(info.reason, DWORD{LINECALLREASON_ROUTEREQUEST});
  EXPECT_EQ(info.caller.number, "+49305550");
  EXPECT_EQ(info.caller.name, "Zoë €");
  EXPECT_EQ(info.data, (std::string{"a\0b", 3}));
  EXPECT_EQ(info.called.number, "");

  call_info.fixed.dwCallID = 4712;
  message(LINE_CALLINFO, 0x51, LINECALLINFOSTATE_CALLERID);
  settle();
  EXPECT_EQ(take_log(), Log{"info 51 8000"});
  EXPECT_EQ(call.call_id(), 4711u) << "its own bit says when";
  message(LINE_CALLINFO, 0x51, LINECALLINFOSTATE_CALLID);
  settle();
  EXPECT_EQ(call.call_id(), 4712u);
  EXPECT_EQ(call.info(info), 0);
  EXPECT_EQ(info.call_id, 4712u);
}

TEST_F(Calls, InformationWithPartsThatLie) {
  Call& call = incoming(0x51);
  call_info.text(&LINECALLINFO::dwCallerIDSize, &LINECALLINFO::dwCallerIDOffset, u"201");
  call_info.fixed.dwCalledIDSize = 0xFFFFFFF0;
  call_info.fixed.dwCalledIDOffset = sizeof(LINECALLINFO);
  call_info.fixed.dwConnectedIDSize = 8;
  call_info.fixed.dwConnectedIDOffset = 0xFFFFFFF8;
  call_info.fixed.dwCallDataSize = 4;
  call_info.fixed.dwCallDataOffset = call_info.size();
  CallInfo info;
  EXPECT_EQ(call.info(info), 0);
  EXPECT_EQ(info.caller.number, "201");
  EXPECT_EQ(info.called.number, "");
  EXPECT_EQ(info.connected.number, "");
  EXPECT_EQ(info.data, "");
}

TEST_F(Calls, InformationThatGrowsWithoutEnd) {
  Call& call = incoming(0x51);
  server.on(Fn::lineGetCallInfo, [&](const auto& request, wire::ReplyWriter& answer) {
    LINECALLINFO cut{};
    cut.dwUsedSize = sizeof cut;
    cut.dwNeededSize = 2 * std::get<wire::Capacity>(server.arguments<Fn::lineGetCallInfo>(request)).bytes;
    wire::encode_answers<Fn::lineGetCallInfo>(answer, std::as_bytes(std::span{&cut, 1}));
    synchronous.push_back(Fn::lineGetCallInfo);
  });
  CallInfo info;
  EXPECT_EQ(call.info(info), LINEERR_STRUCTURETOOSMALL);
  EXPECT_EQ(count(Fn::lineGetCallInfo), 4u);
  EXPECT_EQ(call.call_id(), 0u);
}

TEST_F(Calls, StatusWithItsTime) {
  Call& call = incoming(0x51);
  call_status.fixed.dwCallState = LINECALLSTATE_CONNECTED;
  call_status.fixed.dwCallFeatures = LINECALLFEATURE_DROP;
  call_status.fixed.tStateEntryTime = {2026, 11, 6, 21, 3, 27, 7, 250};
  CallStatus status;
  EXPECT_EQ(call.status(status), 0);
  EXPECT_EQ(status.state, DWORD{LINECALLSTATE_CONNECTED});
  EXPECT_EQ(status.features, DWORD{LINECALLFEATURE_DROP});
  EXPECT_EQ(status.entered_ms, 1795231627250);
  call_status.fixed.tStateEntryTime = {2026, 13, 0, 1, 0, 0, 0, 0};
  EXPECT_EQ(call.status(status), 0);
  EXPECT_EQ(status.entered_ms, 0);
}

class Digits : public Calls {
protected:
  Digits() {
    server.on(Fn::lineGatherDigits,
              [this](const auto& request, wire::ReplyWriter&) { gathers.push_back(request); });
  }
  // `extra` as UTF-16, for the n-th lineGatherDigits.
  void gathered(std::size_t n, HCALL handle, std::u16string_view digits, DWORD why) {
    server.emit({.message = LINE_GATHERDIGITS,
                 .sequence = gathers.at(n).sequence,
                 .app = server.app,
                 .device = handle,
                 .instance = 0,
                 .param1 = why,
                 .param2 = 0,
                 .param3 = 0,
                 .extra = utf16(digits)});
  }
  std::vector<FakeServer::Request> gathers;
};

TEST_F(Digits, SingleOnes) {
  incoming(0x51);
  message(LINE_MONITORDIGITS, 0x51, 0x12300 | '#', LINEDIGITMODE_DTMF);
  message(LINE_GENERATE, 0x51, LINEGENERATETERM_DONE);
  settle();
  EXPECT_EQ(take_log(), (Log{"digit 51 # 2", "sent 51 1"}));
}

TEST_F(Digits, Gathered) {
  Call& call = incoming(0x51);
  EXPECT_EQ(call.gather_digits(4, "#", 5000, 2000), 0);
  const auto arguments = server.arguments<Fn::lineGatherDigits>(gathers.at(0));
  EXPECT_EQ(std::get<3>(arguments), 4u);
  EXPECT_EQ(std::get<4>(arguments), u"#");
  gathered(0, 0x51, u"12#", LINEGATHERTERM_TERMDIGIT);
  settle();
  EXPECT_EQ(take_log(), Log{"gathered 51 '12#' 2"});
  gathered(0, 0x51, u"99", LINEGATHERTERM_TERMDIGIT); // nobody asked
  settle();
  EXPECT_TRUE(take_log().empty());
  EXPECT_EQ(call.gather_digits(100'000, "", 0, 0), LINEERR_INVALPARAM);
}

TEST_F(Digits, ASecondGatheringCancelsTheFirst) {
  Call& call = incoming(0x51);
  EXPECT_EQ(call.gather_digits(4, "", 5000, 2000), 0);
  EXPECT_EQ(call.gather_digits(2, "", 5000, 2000), 0);
  gathered(0, 0x51, u"1", LINEGATHERTERM_CANCEL);
  gathered(1, 0x51, u"23", LINEGATHERTERM_BUFFERFULL);
  settle();
  EXPECT_EQ(take_log(), (Log{"gathered 51 '1' 16", "gathered 51 '23' 1"}));
}

TEST_F(Digits, ReleasedWhileGathering) {
  Call& call = incoming(0x51);
  EXPECT_EQ(call.gather_digits(4, "", 5000, 2000), 0);
  EXPECT_EQ(call.gather_digits(4, "", 5000, 2000), 0);
  gathered(0, 0x51, u"1", LINEGATHERTERM_CANCEL); // queued
  call.release();
  gathered(1, 0x51, u"1", LINEGATHERTERM_CANCEL); // on its way
  settle();
  EXPECT_TRUE(take_log().empty());
}

TEST_F(Digits, LineClosedWhileGathering) {
  EXPECT_EQ(incoming(0x51).gather_digits(4, "", 5000, 2000), 0);
  gathered(0, 0x51, u"1", LINEGATHERTERM_CANCEL);
  address.close();
  settle();
  EXPECT_TRUE(take_log().empty());
}

} // namespace
} // namespace tl::test
