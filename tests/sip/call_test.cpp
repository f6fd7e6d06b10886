// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "user.hpp"

namespace tl::sip {
namespace {

const std::string a_at = "10.0.0.1:5070", b_at = "10.0.0.2:5080";
const std::string b_uri = "sip:bob@" + b_at;

struct CallTest : testing::Test {
  VirtualLoop loop;
  SimNetwork network{loop, 1};
  std::vector<std::string> wire; // "a INVITE", "b 200 INVITE" ...

  void watch_wire() {
    network.set_tap([this](const Address& from, const Address&, const std::string& bytes) {
      std::string copy = bytes;
      Message message;
      EXPECT_EQ(message.parse(copy), ParseOutcome::ok) << bytes;
      std::string line = to_string(from) == a_at ? "a " : "b ";
      if (!message.is_request()) line += std::to_string(message.status()) + " ";
      wire.push_back(line + std::string(message.method_name()));
      return true;
    });
  }
  std::size_t count(const std::string& line) const {
    return static_cast<std::size_t>(std::count(wire.begin(), wire.end(), line));
  }
  // Nothing is left behind once every timer has run.
  void expect_clean(User& one) {
    loop.run_for(std::chrono::seconds(70));
    EXPECT_EQ(one.agent.calls(), 0u);
    EXPECT_EQ(one.agent.transactions(), 0u);
  }
};

TEST_F(CallTest, CallerCallsAndHangsUp) {
  User a(loop, network, a_at, 1), b(loop, network, b_at, 2);
  watch_wire();
  ASSERT_NE(a.call(b_uri), nullptr);
  loop.run_for(std::chrono::seconds(1));
  EXPECT_EQ(a.events, (std::vector<std::string>{"progress 180", "answered"}));
  EXPECT_EQ(b.events, (std::vector<std::string>{"acknowledged"}));
  a.hangup(*a.live.front());
  loop.run_for(std::chrono::seconds(1));
  EXPECT_EQ(b.events.back(), "ended 200");
  EXPECT_EQ(wire, (std::vector<std::string>{"a INVITE", "b 180 INVITE", "b 200 INVITE", "a ACK", "a BYE",
                                            "b 200 BYE"}));
  expect_clean(a);
  expect_clean(b);
}

TEST_F(CallTest, CalleeHangsUp) {
  User a(loop, network, a_at, 1), b(loop, network, b_at, 2);
  a.call(b_uri);
  loop.run_for(std::chrono::seconds(1));
  b.hangup(*b.live.front());
  loop.run_for(std::chrono::seconds(1));
  EXPECT_EQ(a.events.back(), "ended 200");
  expect_clean(a);
  expect_clean(b);
}

TEST_F(CallTest, BothHangUpAtOnce) {
  User a(loop, network, a_at, 1), b(loop, network, b_at, 2);
  a.call(b_uri);
  loop.run_for(std::chrono::seconds(1));
  a.hangup(*a.live.front());
  b.hangup(*b.live.front());
  expect_clean(a);
  expect_clean(b);
}

TEST_F(CallTest, RefusalIsAckedAndReported) {
  User a(loop, network, a_at, 1), b(loop, network, b_at, 2);
  watch_wire();
  b.reject_with = 486;
  a.call(b_uri);
  loop.run_for(std::chrono::seconds(1));
  EXPECT_EQ(a.events, (std::vector<std::string>{"ended 486"}));
  EXPECT_EQ(wire, (std::vector<std::string>{"a INVITE", "b 486 INVITE", "a ACK"}));
  expect_clean(a);
  expect_clean(b);
}

TEST_F(CallTest, TryingIsSentOnlyWhenTheUserIsSlow) {
  User a(loop, network, a_at, 1), b(loop, network, b_at, 2);
  watch_wire();
  b.ring = b.answer = false;
  a.call(b_uri);
  loop.run_for(std::chrono::milliseconds(150));
  EXPECT_EQ(count("b 100 INVITE"), 0u);
  loop.run_for(std::chrono::milliseconds(100));
  EXPECT_EQ(count("b 100 INVITE"), 1u);
  EXPECT_EQ(count("a INVITE"), 1u);
}

TEST_F(CallTest, NobodyThereEndsAfterTimerB) {
  User a(loop, network, a_at, 1);
  watch_wire();
  a.call(b_uri);
  loop.run_for(std::chrono::milliseconds(31'900));
  EXPECT_EQ(a.ended, 0);
  loop.run_for(std::chrono::milliseconds(200));
  EXPECT_EQ(a.events, (std::vector<std::string>{"ended 408"}));
  EXPECT_EQ(count("a INVITE"), 7u); // 0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5 s
  expect_clean(a);
}

TEST_F(CallTest, CancelWhileRinging) {
  User a(loop, network, a_at, 1), b(loop, network, b_at, 2);
  watch_wire();
  b.answer = false;
  Call* call = a.call(b_uri);
  loop.run_for(std::chrono::seconds(1));
  a.hangup(*call);
  loop.run_for(std::chrono::seconds(1));
  EXPECT_EQ(b.events, (std::vector<std::string>{"ended 487"}));
  EXPECT_EQ(wire, (std::vector<std::string>{"a INVITE", "b 180 INVITE", "a CANCEL", "b 200 CANCEL",
                                            "b 487 INVITE", "a ACK"}));
  expect_clean(a);
  expect_clean(b);
}

TEST_F(CallTest, CancelWaitsForAProvisionalResponse) {
  User a(loop, network, a_at, 1), b(loop, network, b_at, 2);
  watch_wire();
  b.answer = b.ring = false;
  Call* call = a.call(b_uri);
  a.hangup(*call);
  loop.run_for(std::chrono::milliseconds(100));
  EXPECT_EQ(count("a CANCEL"), 0u);
  loop.run_for(std::chrono::seconds(1)); // 100 Trying after 200 ms
  EXPECT_EQ(count("a CANCEL"), 1u);
  EXPECT_EQ(b.events, (std::vector<std::string>{"ended 487"}));
  expect_clean(a);
  expect_clean(b);
}

TEST_F(CallTest, CancelCrossingTheAnswerEndsInBye) {
  network.set_faults({0, 0, std::chrono::milliseconds(50), std::chrono::milliseconds(50)});
  User a(loop, network, a_at, 1), b(loop, network, b_at, 2);
  watch_wire();
  b.answer = false;
  Call* call = a.call(b_uri);
  loop.run_for(std::chrono::seconds(1));
  a.hangup(*call);
  b.live.front()->accept(b.sdp());
  loop.run_for(std::chrono::seconds(1));
  EXPECT_EQ(count("a CANCEL"), 1u);
  EXPECT_EQ(count("a ACK"), 1u);
  EXPECT_EQ(count("a BYE"), 1u);
  EXPECT_EQ(a.answered, 0);
  EXPECT_EQ(b.events.back(), "ended 200");
  expect_clean(a);
  expect_clean(b);
}

TEST_F(CallTest, CancelWithoutAnyFinalResponseGivesUp) {
  User a(loop, network, a_at, 1), b(loop, network, b_at, 2);
  b.answer = false;
  Call* call = a.call(b_uri);
  loop.run_for(std::chrono::seconds(1));
  network.set_faults({1.0, 0});
  a.hangup(*call);
  loop.run_for(std::chrono::seconds(40));
  EXPECT_EQ(a.agent.calls(), 0u);
}

TEST_F(CallTest, LostAckIsRepaired) {
  User a(loop, network, a_at, 1), b(loop, network, b_at, 2);
  int acks = 0;
  network.set_tap([&](const Address&, const Address&, const std::string& bytes) {
    return !bytes.starts_with("ACK") || ++acks > 2;
  });
  a.call(b_uri);
  loop.run_for(std::chrono::seconds(5));
  EXPECT_EQ(acks, 3);
  EXPECT_EQ(b.acknowledged, 1);
  EXPECT_EQ(a.answered, 1);
}

TEST_F(CallTest, AnswerNeverAckedIsEnded) {
  User a(loop, network, a_at, 1), b(loop, network, b_at, 2);
  network.set_tap(
      [&](const Address&, const Address&, const std::string& bytes) { return !bytes.starts_with("ACK"); });
  a.call(b_uri);
  loop.run_for(std::chrono::seconds(33));
  EXPECT_EQ(b.events.back(), "ended 408");
  EXPECT_EQ(a.events.back(), "ended 200"); // by b's BYE
  expect_clean(a);
  expect_clean(b);
}

TEST_F(CallTest, HangupBeforeTheAckHoldsTheByeBack) {
  User a(loop, network, a_at, 1), b(loop, network, b_at, 2);
  bool pass = false;
  network.set_tap([&](const Address&, const Address&, const std::string& bytes) {
    return pass || !bytes.starts_with("ACK");
  });
  a.call(b_uri);
  loop.run_for(std::chrono::milliseconds(300));
  watch_wire();
  b.hangup(*b.live.front());
  loop.run_for(std::chrono::milliseconds(100));
  EXPECT_EQ(count("b BYE"), 0u);
  loop.run_for(std::chrono::seconds(2));
  EXPECT_EQ(count("b BYE"), 1u);
  EXPECT_EQ(a.events.back(), "ended 200");
  expect_clean(b);
}

TEST_F(CallTest, HoldIsOfferedAndAnswered) {
  User a(loop, network, a_at, 1), b(loop, network, b_at, 2);
  a.call(b_uri);
  loop.run_for(std::chrono::seconds(1));
  EXPECT_TRUE(a.live.front()->modify(a.sdp()));
  EXPECT_FALSE(a.live.front()->modify(a.sdp())); // one change at a time
  loop.run_for(std::chrono::seconds(1));
  EXPECT_EQ(a.events.back(), "modified 200");
  EXPECT_TRUE(b.saw("offer"));
  b.refuse_offer = 488;
  EXPECT_TRUE(a.live.front()->modify(a.sdp()));
  loop.run_for(std::chrono::seconds(1));
  EXPECT_EQ(a.events.back(), "modified 488");
  EXPECT_EQ(a.ended, 0);
}

TEST_F(CallTest, GlareIsResolvedByWaiting) {
  User a(loop, network, a_at, 1), b(loop, network, b_at, 2);
  a.call(b_uri);
  loop.run_for(std::chrono::seconds(1));
  watch_wire();
  EXPECT_TRUE(a.live.front()->modify(a.sdp()));
  EXPECT_TRUE(b.live.front()->modify(b.sdp()));
  loop.run_for(std::chrono::seconds(10));
  EXPECT_EQ(count("a 491 INVITE") + count("b 491 INVITE"), 2u);
  EXPECT_EQ(a.events.back() == "modified 200" || a.events.back() == "offer", true);
  EXPECT_EQ(a.modified, 1);
  EXPECT_EQ(b.modified, 1);
}

TEST_F(CallTest, ChangeInADeadDialogEndsTheCall) {
  User a(loop, network, a_at, 1);
  {
    User b(loop, network, b_at, 2);
    a.call(b_uri);
    loop.run_for(std::chrono::seconds(1));
  }
  User b(loop, network, b_at, 3); // restarted, knows nothing
  a.live.front()->modify(a.sdp());
  loop.run_for(std::chrono::seconds(1));
  EXPECT_EQ(a.events.back(), "ended 481");
  expect_clean(a);
}

TEST_F(CallTest, ReferAndItsNotifications) {
  User a(loop, network, a_at, 1), b(loop, network, b_at, 2);
  a.call(b_uri);
  loop.run_for(std::chrono::seconds(1));
  EXPECT_TRUE(b.live.front()->refer("<sip:carol@10.0.0.9>"));
  loop.run_for(std::chrono::seconds(1));
  EXPECT_TRUE(a.saw("refer sip:carol@10.0.0.9"));
  EXPECT_TRUE(b.saw("referred 200"));
  EXPECT_TRUE(b.live.front()->refer("<sip:carol@10.0.0.9?Replaces=x%40y%3Bto-tag%3D1%3Bfrom-tag%3D2>"));
  loop.run_for(std::chrono::seconds(1));
  EXPECT_TRUE(a.saw("refer sip:carol@10.0.0.9 replaces x@y;to-tag=1;from-tag=2"));
}

TEST_F(CallTest, ReplacesFindsTheDialogFromBothEnds) {
  User a(loop, network, a_at, 1), b(loop, network, b_at, 2);
  a.call(b_uri);
  loop.run_for(std::chrono::seconds(1));
  Call& call = *a.live.front();
  const std::string id(call.call_id()), local = call.local_tag(), remote(call.remote_tag());
  EXPECT_EQ(a.agent.find_replaced(id + ";to-tag=" + local + ";from-tag=" + remote), &call);
  EXPECT_EQ(a.agent.find_replaced(id + ";from-tag=" + local + ";to-tag=" + remote), &call);
  EXPECT_EQ(a.agent.find_replaced(id + ";to-tag=" + local + ";from-tag=wrong"), nullptr);
  EXPECT_EQ(a.agent.find_replaced("other;to-tag=" + local + ";from-tag=" + remote), nullptr);
}

TEST_F(CallTest, TalkAnswersARingingPhone) {
  User a(loop, network, a_at, 1), b(loop, network, b_at, 2);
  b.answer = false;
  Call* call = a.call(b_uri);
  EXPECT_FALSE(call->notify("talk")); // nobody rings yet
  loop.run_for(std::chrono::seconds(1));
  EXPECT_TRUE(call->notify("talk"));
  loop.run_for(std::chrono::seconds(1));
  EXPECT_TRUE(a.saw("notified 200"));
  EXPECT_TRUE(a.saw("answered"));
  EXPECT_TRUE(call->notify("boss"));
  loop.run_for(std::chrono::seconds(1));
  EXPECT_TRUE(a.saw("notified 489"));
}

TEST_F(CallTest, InfoInDialog) {
  User a(loop, network, a_at, 1), b(loop, network, b_at, 2);
  a.call(b_uri);
  loop.run_for(std::chrono::seconds(1));
  EXPECT_TRUE(a.live.front()->info("application/dtmf-relay", "Signal=5\r\n"));
  loop.run_for(std::chrono::seconds(1));
  EXPECT_TRUE(b.saw("info Signal=5\r\n"));
}

TEST_F(CallTest, SessionIsRefreshedAndSurvives) {
  AgentConfig config;
  config.session_expires_s = 120;
  User a(loop, network, a_at, 1, config), b(loop, network, b_at, 2, config);
  a.call(b_uri);
  loop.run_for(std::chrono::seconds(1));
  watch_wire();
  loop.run_for(std::chrono::seconds(600));
  EXPECT_EQ(a.ended + b.ended, 0);
  EXPECT_EQ(count("a UPDATE"), 10u); // half of 120 s apart, by the caller alone
  EXPECT_EQ(count("b UPDATE"), 0u);
}

TEST_F(CallTest, SessionExpiresWhenThePeerFallsSilent) {
  AgentConfig config;
  config.session_expires_s = 120;
  User a(loop, network, a_at, 1, config), b(loop, network, b_at, 2, config);
  a.call(b_uri);
  loop.run_for(std::chrono::seconds(1));
  network.set_faults({1.0, 0});
  loop.run_for(std::chrono::seconds(130));
  EXPECT_EQ(a.events.back(), "ended 408");
  EXPECT_EQ(b.events.back(), "ended 408");
  expect_clean(a);
  expect_clean(b);
}

TEST_F(CallTest, TooShortASessionIsNegotiatedUp) {
  AgentConfig shorter, longer;
  shorter.session_expires_s = 60;
  shorter.session_min_s = 30;
  longer.session_min_s = 300;
  User a(loop, network, a_at, 1, shorter), b(loop, network, b_at, 2, longer);
  watch_wire();
  a.call(b_uri);
  loop.run_for(std::chrono::seconds(1));
  EXPECT_EQ(count("b 422 INVITE"), 1u);
  EXPECT_EQ(a.answered, 1);
}

TEST_F(CallTest, CallsMaxAnswers503) {
  AgentConfig config;
  config.calls_max = 2;
  User a(loop, network, a_at, 1), b(loop, network, b_at, 2, config);
  for (int i = 0; i < 5; ++i) a.call(b_uri);
  loop.run_for(std::chrono::seconds(1));
  EXPECT_EQ(a.answered, 2);
  EXPECT_EQ(a.statuses[503], 3);
  while (!a.live.empty()) a.hangup(*a.live.front());
  loop.run_for(std::chrono::seconds(1));
  a.call(b_uri);
  loop.run_for(std::chrono::seconds(1));
  EXPECT_EQ(a.answered, 3); // it recovers
}

TEST_F(CallTest, RingsNoLongerThanTheLimit) {
  AgentConfig config;
  config.ring_max = std::chrono::seconds(20);
  User a(loop, network, a_at, 1, config), b(loop, network, b_at, 2);
  b.answer = false;
  a.call(b_uri);
  loop.run_for(std::chrono::seconds(21));
  EXPECT_EQ(a.events.back(), "ended 408");
  EXPECT_EQ(b.events.back(), "ended 487");
  expect_clean(a);
}

// Many calls through a bad network: each is set up or fails in a way both users hear of, and nothing is left
// behind.
class LossyTest : public testing::TestWithParam<std::uint64_t> {};

TEST_P(LossyTest, CallsCompleteOrFailCleanly) {
  const std::uint64_t seed = GetParam();
  SCOPED_TRACE("seed " + std::to_string(seed));
  VirtualLoop loop;
  SimNetwork network(loop, seed, {0.2, 0.1, std::chrono::milliseconds(1), std::chrono::milliseconds(700)});
  User a(loop, network, a_at, seed + 1), b(loop, network, b_at, seed + 2);
  Random random(seed);
  constexpr int calls = 60;
  for (int i = 0; i < calls; ++i) {
    b.answer = random.chance(0.7);
    b.reject_with = random.chance(0.1) ? 486 : 0;
    Call* call = a.call(b_uri);
    ASSERT_NE(call, nullptr);
    loop.run_for(Duration(static_cast<std::int64_t>(random.below(2'000'000))));
    if (!a.live.empty() && random.chance(0.4)) a.hangup(*a.live[random.below(a.live.size())]);
    if (!b.live.empty() && random.chance(0.3)) b.hangup(*b.live[random.below(b.live.size())]);
    if (!a.live.empty() && random.chance(0.3)) a.live[random.below(a.live.size())]->modify(a.sdp());
    if (!b.live.empty() && random.chance(0.3)) b.live[random.below(b.live.size())]->modify(b.sdp());
    if (!b.live.empty() && random.chance(0.2)) b.live[random.below(b.live.size())]->accept(b.sdp());
  }
  loop.run_for(std::chrono::minutes(1));
  EXPECT_GT(a.answered, 20);
  while (!a.live.empty()) a.hangup(*a.live.front());
  while (!b.live.empty()) b.hangup(*b.live.front());
  loop.run_for(std::chrono::minutes(3));
  EXPECT_EQ(a.agent.calls(), 0u);
  EXPECT_EQ(b.agent.calls(), 0u);
  EXPECT_EQ(a.agent.transactions(), 0u);
  EXPECT_EQ(b.agent.transactions(), 0u);
}

INSTANTIATE_TEST_SUITE_P(Seeds, LossyTest, testing::Range<std::uint64_t>(1, 25));

} // namespace
} // namespace tl::sip
