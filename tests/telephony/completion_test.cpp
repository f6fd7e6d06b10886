// SPDX-License-Identifier: Apache-2.0
// Completions: exactly once, in order, whatever is closed, released or lost meanwhile.
#include "site.hpp"
#include "telephony/requests.hpp"

namespace tl::test {
namespace {

using Results = std::vector<LONG>;
using Log = std::vector<std::string>;

class Completions : public Site {
protected:
  Address& address = begin();
  Results results;

  ~Completions() override { telephony.shutdown(); }
  Call& incoming(HCALL handle) {
    new_call(address, handle);
    settle();
    take_log();
    return *telephony.call(handle);
  }
  static std::function<void(wire::Writer&)> handle_answer(HCALL handle) {
    return [handle](wire::Writer& to) { to.dword(handle); };
  }
};

TEST_F(Completions, OnALaterTurnAndOnce) {
  Call& call = incoming(0x51);
  EXPECT_GT(call.answer(into(results)), 0);
  reply(asked.at(0), 0);
  EXPECT_EQ(results, Results{});
  settle();
  EXPECT_EQ(results, Results{0});
  reply(asked.at(0), 0);
  message(LINE_REPLY, 0, 12345);
  settle();
  EXPECT_EQ(results, Results{0});
}

TEST_F(Completions, FailureIsSignExtended) {
  EXPECT_GT(incoming(0x51).drop(into(results)), 0);
  reply(asked.at(0), LINEERR_INVALCALLSTATE);
  settle();
  EXPECT_EQ(results, Results{LINEERR_INVALCALLSTATE});
}

TEST_F(Completions, RefusedAtOnceIsNotCompleted) {
  Call& call = incoming(0x51);
  server.on(Fn::lineDrop,
            [](const auto&, wire::ReplyWriter& answer) { answer.set_result(LINEERR_NOTOWNER); });
  EXPECT_EQ(call.drop(into(results)), LINEERR_NOTOWNER);
  settle();
  EXPECT_EQ(results, Results{});
}

TEST_F(Completions, OutOfOrder) {
  Call& call = incoming(0x51);
  Results first, second;
  call.answer(into(first));
  call.drop(into(second));
  reply(asked.at(1), 0);
  settle();
  EXPECT_EQ(first.size(), 0u);
  EXPECT_EQ(second, Results{0});
  reply(asked.at(0), LINEERR_OPERATIONUNAVAIL);
  settle();
  EXPECT_EQ(first, Results{LINEERR_OPERATIONUNAVAIL});
}

TEST_F(Completions, OfACallThatWasReleased) {
  Call& call = incoming(0x51);
  call.drop(into(results));
  call.release();
  reply(asked.at(0), 0);
  settle();
  EXPECT_EQ(results, Results{0}) << "since API 2.0 replies still come [nf-tapi-linedeallocatecall]";
}

TEST_F(Completions, MakeCallGivesAnOwnedCall) {
  Call* made = nullptr;
  LONG result = 1;
  EXPECT_GT(address.make_call("0äx", [&](LONG r, Call* call) { result = r, made = call; }), 0);
  EXPECT_EQ(std::get<1>(server.arguments<Fn::lineMakeCall>(server.last())), u"0äx");
  EXPECT_FALSE(std::get<3>(server.arguments<Fn::lineMakeCall>(server.last()))) << "all defaults";
  reply(asked.at(0), 0, handle_answer(0x71));
  state(0x71, LINECALLSTATE_DIALTONE);
  settle();
  EXPECT_EQ(result, 0);
  ASSERT_TRUE(made);
  EXPECT_EQ(made, telephony.call(0x71));
  EXPECT_TRUE(made->owned());
  EXPECT_EQ(take_log(), Log{"71 DIALTONE 0"});
}

TEST_F(Completions, MakeCallWithParameters) {
  telephony::CallParams params;
  params.caller_number = "+4930";
  params.data = "xyz";
  params.target = "2000";
  params.no_answer_timeout_s = 20;
  address.make_call("1", {}, params);
  const FakeServer::Request request = server.last();
  const auto bytes = *std::get<3>(server.arguments<Fn::lineMakeCall>(request));
  LINECALLPARAMS sent{};
  ASSERT_GE(bytes.size(), sizeof sent);
  std::memcpy(&sent, bytes.data(), sizeof sent);
  const telephony::StructureView parts(bytes.data(), bytes.size());
  EXPECT_EQ(sent.dwNoAnswerTimeout, 20u);
  EXPECT_EQ(parts.text(sent.dwCallingPartyIDSize, sent.dwCallingPartyIDOffset), "+4930");
  EXPECT_EQ(parts.text(sent.dwTargetAddressSize, sent.dwTargetAddressOffset), "2000");
  EXPECT_EQ(parts.bytes(sent.dwCallDataSize, sent.dwCallDataOffset), "xyz");
}

TEST_F(Completions, MadeCallReleasedAtOnce) {
  address.make_call("1", [](LONG, Call* call) { call->release(); });
  reply(asked.at(0), 0, handle_answer(0x71));
  state(0x71, LINECALLSTATE_DIALTONE);
  settle();
  EXPECT_TRUE(take_log().empty());
  EXPECT_EQ(telephony.call_count(), 0u);
}

TEST_F(Completions, MakeCallWithoutAHandle) {
  LONG result = 1;
  Call* made = &incoming(0x51);
  address.make_call("1", [&](LONG r, Call* call) { result = r, made = call; });
  reply(asked.at(0), 0, handle_answer(0));
  settle();
  EXPECT_EQ(result, LINEERR_OPERATIONFAILED);
  EXPECT_EQ(made, nullptr);
}

TEST_F(Completions, ConsultationAndConference) {
  Call& call = incoming(0x51);
  Call *consultation = nullptr, *conference = nullptr;
  call.setup_transfer([&](LONG, Call* made) { consultation = made; });
  reply(asked.at(0), 0, handle_answer(0x52));
  settle();
  ASSERT_TRUE(consultation);
  call.complete_as_conference(*consultation, [&](LONG, Call* made) { conference = made; });
  const auto arguments = server.arguments<Fn::lineCompleteTransfer>(server.last());
  EXPECT_EQ(std::get<0>(arguments), 0x51u);
  EXPECT_EQ(std::get<1>(arguments), 0x52u);
  EXPECT_EQ(std::get<2>(arguments), DWORD{LINETRANSFERMODE_CONFERENCE});
  reply(asked.at(1), 0, handle_answer(0x53));
  settle();
  ASSERT_TRUE(conference);
  call.complete_transfer(*consultation, into(results));
  EXPECT_EQ(std::get<2>(server.arguments<Fn::lineCompleteTransfer>(server.last())),
            DWORD{LINETRANSFERMODE_TRANSFER});
  reply(asked.at(2), 0, handle_answer(0));
  settle();
  EXPECT_EQ(results, Results{0});
}

TEST_F(Completions, ClosingALineFailsWhatIsOutstandingThereInOrder) {
  Address& other = *telephony.addresses()[2];
  ASSERT_EQ(other.open({}), 0);
  Call& call = incoming(0x51);
  std::vector<std::string> order;
  const auto note = [&](std::string name) {
    return [&order, name](LONG result) { order.push_back(name + telephony::error_name(result)); };
  };
  call.answer(note("answer "));
  other.make_call("1", [&](LONG, Call*) { order.push_back("other line"); });
  call.drop(note("drop "));
  address.make_call("1", [&](LONG result, Call* made) {
    EXPECT_EQ(made, nullptr);
    EXPECT_EQ(telephony.call_count(), 0u) << "calls end first";
    note("make ")(result);
  });
  address.close();
  EXPECT_EQ(order, (Log{"answer LINEERR_OPERATIONFAILED", "drop LINEERR_OPERATIONFAILED",
                        "make LINEERR_OPERATIONFAILED"}));
  // Replies that were on their way: the library may write the handle, nobody is told.
  reply(asked.at(0), 0);
  reply(asked.at(3), 0, handle_answer(0x71));
  settle();
  EXPECT_EQ(order.size(), 3u);
  EXPECT_EQ(telephony.call_count(), 0u);
  telephony.shutdown();
  EXPECT_EQ(order.back(), "other line");
}

TEST_F(Completions, ACompletionMayOpenTheClosedLineAgain) {
  Call& call = incoming(0x51);
  call.drop([&](LONG) {
    next_line = 0x100;
    EXPECT_EQ(address.open({.owner = true}), 0);
    EXPECT_GT(address.make_call("1", [&](LONG result, Call*) { results.push_back(result); }), 0);
  });
  address.close();
  EXPECT_TRUE(address.is_open());
  EXPECT_EQ(results, Results{}) << "started after the close";
  reply(asked.at(1), 0, handle_answer(0x71));
  settle();
  EXPECT_EQ(results, Results{0});
}

TEST_F(Completions, ForcedCloseCompletesBeforeItIsTold) {
  incoming(0x51).drop([&](LONG result) {
    events.log.push_back(telephony::error_name(result));
    EXPECT_FALSE(address.is_open());
  });
  message(LINE_CLOSE, address.line(), 0);
  settle();
  EXPECT_EQ(take_log(), (Log{"LINEERR_OPERATIONFAILED", "closed 201"}));
}

TEST_F(Completions, ShutdownFailsWhatIsOutstanding) {
  Call& call = incoming(0x51);
  LONG made = 1;
  call.drop(into(results));
  address.make_call("1", [&](LONG result, Call*) {
    made = result;
    EXPECT_FALSE(telephony.running());
    EXPECT_EQ(address.make_call("2", {}), LINEERR_INVALLINEHANDLE);
    EXPECT_EQ(address.open({}), LINEERR_UNINITIALIZED);
    EXPECT_EQ(telephony.initialize(loop), LINEERR_INUSE);
    telephony.shutdown(); // already under way
  });
  reply(asked.at(0), 0); // queued, not taken
  telephony.shutdown();
  EXPECT_EQ(results, Results{LINEERR_OPERATIONFAILED});
  EXPECT_EQ(made, LINEERR_OPERATIONFAILED);
  settle(); // the drain that was posted finds nobody
  EXPECT_EQ(results.size(), 1u);
}

TEST_F(Completions, LostServer) {
  incoming(0x51).drop([&](LONG result) { events.log.push_back(telephony::error_name(result)); });
  server.lose("gone");
  settle();
  EXPECT_EQ(take_log(), (Log{"LINEERR_OPERATIONFAILED", "lost"}));
  EXPECT_LT(telephony.call(0x51)->drop(into(results)), 0);
  EXPECT_EQ(results, Results{});
  EXPECT_EQ(telephony.call_count(), 1u) << "until shutdown()";
}

TEST_F(Completions, ALoopThatIsGoneBeforeTheDrain) {
  incoming(0x51).drop(into(results));
  reply(asked.at(0), 0);
  address.close();
  telephony.shutdown();
  loop.settle();
  EXPECT_EQ(results, Results{LINEERR_OPERATIONFAILED});
}

TEST_F(Completions, AServerThatRepeatsItsRequestIds) {
  Call& call = incoming(0x51);
  LONG first = 1, second = 1;
  address.make_call("1", [&](LONG result, Call*) { first = result; });
  next_id = 0;
  EXPECT_EQ(address.make_call("2", [&](LONG result, Call*) { second = result; }), LINEERR_OPERATIONFAILED);
  // Both answers are written somewhere; the first one is not believed any more.
  reply(asked.at(1), 0, handle_answer(0x72));
  reply(asked.at(0), 0, handle_answer(0x71));
  settle();
  EXPECT_EQ(first, LINEERR_OPERATIONFAILED);
  EXPECT_EQ(second, 1);
  call.drop(into(results));
  reply(asked.at(2), 0);
  settle();
  EXPECT_EQ(results, Results{0}) << "results alone still work";
}

TEST_F(Completions, OverrunIsRefused) {
  Call& call = incoming(0x51);
  std::size_t failed = 0;
  for (std::size_t i = 0; i < telephony::requests_max; ++i) ASSERT_GT(call.drop([&](LONG) { ++failed; }), 0);
  EXPECT_EQ(call.drop([](LONG) {}), LINEERR_REQUESTOVERRUN);
  EXPECT_EQ(address.make_call("1", {}), LINEERR_REQUESTOVERRUN);
  reply(asked.at(7), LINEERR_OPERATIONFAILED);
  settle();
  EXPECT_EQ(failed, 1u);
  EXPECT_GT(call.drop([&](LONG) { ++failed; }), 0);
  address.close();
  EXPECT_EQ(failed, telephony::requests_max + 1);
}

} // namespace
} // namespace tl::test
