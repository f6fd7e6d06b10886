// SPDX-License-Identifier: Apache-2.0
// What a well-behaved agent of ours never sends: forks, routers of both kinds, odd orders, refusals, hostile
// text.
#include <gtest/gtest.h>

#include "raw_peer.hpp"
#include "user.hpp"

namespace tl::sip {
namespace {

using namespace std::chrono_literals;

const std::string a_at = "10.0.0.1:5070", raw_at = "10.0.0.2:5080";
const std::string contact = "Contact: <sip:raw@10.0.0.2:5080>\r\n";

struct PeerTest : testing::Test {
  VirtualLoop loop;
  SimNetwork network{loop, 1};
  User a{loop, network, a_at, 1};
  RawPeer raw{network, raw_at, a_at};
  const std::string sdp = a.sdp();

  void say(const std::string& text) {
    raw.send(text);
    loop.run_for(10ms);
  }
  // The raw peer calls, a answers, the ACK goes through; the To tag of the dialog.
  std::string connected() {
    say(raw.request("INVITE", "z9hG4bK-i", 1, {}, {}, sdp));
    const std::string tag = RawPeer::to_tag(raw.find("SIP/2.0 200"));
    EXPECT_FALSE(tag.empty());
    say(raw.request("ACK", "z9hG4bK-a", 1, tag));
    EXPECT_EQ(a.acknowledged, 1);
    return tag;
  }
  void expect_clean() {
    while (!a.live.empty()) a.hangup(*a.live.front());
    loop.run_for(std::chrono::minutes(3));
    EXPECT_EQ(a.agent.calls(), 0u);
    EXPECT_EQ(a.agent.transactions(), 0u);
  }
};

TEST_F(PeerTest, SecondForksAnswerIsAckedAndEnded) {
  a.call("sip:b@" + raw_at);
  loop.run_for(10ms);
  const std::string invite = raw.find("INVITE");
  say(raw.response(invite, 180, "one"));
  say(raw.response(invite, 180, "two"));
  say(raw.response(invite, 200, "two", contact, sdp));
  EXPECT_EQ(a.answered, 1);
  EXPECT_EQ(raw.count("ACK"), 1u);
  say(raw.response(invite, 200, "one", contact, sdp));
  EXPECT_EQ(a.answered, 1);
  EXPECT_EQ(raw.count("ACK"), 2u);
  ASSERT_EQ(raw.count("BYE"), 1u);
  EXPECT_EQ(RawPeer::to_tag(raw.find("BYE")), "one");
  // The first answer again: its ACK was lost. No BYE for it.
  say(raw.response(invite, 200, "two", contact, sdp));
  EXPECT_EQ(raw.count("ACK"), 3u);
  EXPECT_EQ(raw.count("BYE"), 1u);
  expect_clean();
}

TEST_F(PeerTest, AnswerAfterTheCallIsLongGoneIsEnded) {
  Call* call = a.call("sip:b@" + raw_at);
  loop.run_for(10ms);
  const std::string invite = raw.find("INVITE");
  say(raw.response(invite, 180, "one"));
  a.hangup(*call);
  loop.run_for(10ms);
  EXPECT_EQ(raw.count("CANCEL"), 1u);
  say(raw.response(invite, 200, "one", contact, sdp));
  say(raw.response(invite, 200, "one", contact, sdp)); // repeated
  EXPECT_EQ(raw.count("ACK"), 2u);
  EXPECT_GE(raw.count("BYE"), 1u);
  expect_clean();
}

TEST_F(PeerTest, LooseRoute) {
  a.call("sip:b@" + raw_at);
  loop.run_for(10ms);
  say(raw.response(raw.find("INVITE"), 200, "t",
                   "Record-Route: <sip:10.0.0.2:5080;lr>, <sip:p2.example.com;lr>\r\nRecord-Route: "
                   "<sip:p3.example.com;lr>\r\n"
                   "Contact: <sip:far@203.0.113.9>\r\n",
                   sdp));
  const std::string ack = raw.find("ACK");
  // The client's order is the reverse of the header's, and the target stays in the request line. (Names
  // without a resolver lead back to where the answer came from.)
  EXPECT_TRUE(ack.starts_with("ACK sip:far@203.0.113.9 SIP/2.0")) << ack;
  EXPECT_EQ(RawPeer::header(ack, HeaderId::route),
            "<sip:p3.example.com;lr>, <sip:p2.example.com;lr>, <sip:10.0.0.2:5080;lr>");
  expect_clean();
}

TEST_F(PeerTest, LooseAndStrictRoutesOfACallee) {
  say(raw.request("INVITE", "z9hG4bK-i", 1, {},
                  "Record-Route: <sip:10.0.0.2:5080;lr>\r\nRecord-Route: <sip:p2.example.com;lr>\r\n", sdp));
  std::string tag = RawPeer::to_tag(raw.find("SIP/2.0 200"));
  EXPECT_EQ(RawPeer::header(raw.find("SIP/2.0 200"), HeaderId::record_route), "<sip:10.0.0.2:5080;lr>");
  say(raw.request("ACK", "z9hG4bK-a", 1, tag));
  a.hangup(*a.live.front());
  loop.run_for(10ms);
  EXPECT_TRUE(raw.find("BYE").starts_with("BYE sip:raw@10.0.0.2:5080 SIP/2.0"));
  EXPECT_EQ(RawPeer::header(raw.find("BYE"), HeaderId::route),
            "<sip:10.0.0.2:5080;lr>, <sip:p2.example.com;lr>");

  raw.call_id = "strict";
  raw.inbox.clear();
  say(raw.request("INVITE", "z9hG4bK-s", 1, {},
                  "Record-Route: <sip:10.0.0.2:5080>, <sip:p2.example.com;lr>\r\n", sdp));
  tag = RawPeer::to_tag(raw.find("SIP/2.0 200"));
  say(raw.request("ACK", "z9hG4bK-t", 1, tag));
  a.hangup(*a.live.front());
  loop.run_for(10ms);
  EXPECT_TRUE(raw.find("BYE").starts_with("BYE sip:10.0.0.2:5080 SIP/2.0")) << raw.find("BYE");
  EXPECT_EQ(RawPeer::header(raw.find("BYE"), HeaderId::route),
            "<sip:p2.example.com;lr>, <sip:raw@10.0.0.2:5080>");
}

TEST_F(PeerTest, RetransmissionsAreAnsweredFromMemory) {
  a.answer = false;
  const std::string invite = raw.request("INVITE", "z9hG4bK-i", 1, {}, {}, sdp);
  say(invite);
  say(invite);
  say(invite);
  EXPECT_EQ(raw.count("SIP/2.0 180"), 3u);
  EXPECT_EQ(a.incoming, 1);
  a.live.front()->accept(sdp);
  loop.run_for(10ms);
  const std::string tag = RawPeer::to_tag(raw.find("SIP/2.0 200"));
  say(raw.request("ACK", "z9hG4bK-a", 1, tag));
  say(invite); // late, after the ACK
  EXPECT_EQ(raw.count("SIP/2.0 180"), 3u);
  const std::string bye = raw.request("BYE", "z9hG4bK-b", 2, tag);
  raw.inbox.clear();
  say(bye);
  say(bye);
  EXPECT_EQ(raw.count("SIP/2.0 200"), 2u);
  EXPECT_EQ(a.ended, 1);
  expect_clean();
}

TEST_F(PeerTest, MergedRequestIs482) {
  say(raw.request("INVITE", "z9hG4bK-1", 1, {}, {}, sdp));
  say(raw.request("INVITE", "z9hG4bK-2", 1, {}, {}, sdp));
  EXPECT_EQ(raw.count("SIP/2.0 482"), 1u);
  EXPECT_EQ(a.incoming, 1);
}

TEST_F(PeerTest, PeersOfRfc2543WithoutBranch) {
  say(raw.request("INVITE", "1", 1, {}, {}, sdp));
  say(raw.request("INVITE", "1", 1, {}, {}, sdp));
  EXPECT_EQ(a.incoming, 1);
  const std::string tag = RawPeer::to_tag(raw.find("SIP/2.0 200"));
  say(raw.request("ACK", "1", 1, tag));
  EXPECT_EQ(a.acknowledged, 1);
  a.reject_with = 486;
  raw.call_id = "second";
  raw.inbox.clear();
  say(raw.request("INVITE", "1", 1, {}, {}, sdp));
  say(raw.request("ACK", "1", 1, RawPeer::to_tag(raw.find("SIP/2.0 486"))));
  loop.run_for(5s);
  EXPECT_EQ(raw.count("SIP/2.0 486"), 1u); // the ACK ended its repetition
  expect_clean();
}

struct RefusalCase {
  const char* what;
  std::string text;
  int status;
};

TEST_F(PeerTest, RefusalsHaveTheirStatus) {
  const std::string ok = raw.request("INVITE", "z9hG4bK-r", 1, {}, {}, sdp);
  const auto with = [&](const std::string& extra) {
    return raw.request("INVITE", "z9hG4bK-r", 1, {}, extra, sdp);
  };
  std::string other_type = ok;
  other_type.replace(other_type.find("application/sdp"), 15, "text/plain");
  std::string ftp = ok;
  ftp.replace(ftp.find("sip:x@10.0.0.1:5070"), 19, "ftp:x@10.0.0.1:5070");
  std::string version = ok;
  version.replace(version.find("SIP/2.0"), 7, "SIP/3.0");
  const RefusalCase cases[] = {
      {"extension", with("Require: 100rel, fax\r\n"), 420},
      {"body", other_type, 415},
      {"scheme", ftp, 416},
      {"version", version, 505},
      {"interval", with("Session-Expires: 20\r\nSupported: timer\r\n"), 422},
      {"unknown dialog", raw.request("BYE", "z9hG4bK-r", 1, "nobody"), 481},
      {"unknown dialog, our form", raw.request("INVITE", "z9hG4bK-r", 1, "0123456789abcdef"), 481},
      {"bye without dialog", raw.request("BYE", "z9hG4bK-r", 1), 481},
      {"cancel of nothing", raw.request("CANCEL", "z9hG4bK-r", 1), 481},
      {"subscribe", raw.request("SUBSCRIBE", "z9hG4bK-r", 1), 405},
      {"unknown method", raw.request("NEWMETHOD", "z9hG4bK-r", 1), 405},
      {"options", raw.request("OPTIONS", "z9hG4bK-r", 1), 200},
  };
  for (const RefusalCase& one : cases) {
    raw.inbox.clear();
    say(one.text);
    ASSERT_EQ(raw.inbox.size(), 1u) << one.what;
    EXPECT_TRUE(raw.inbox[0].starts_with("SIP/2.0 " + std::to_string(one.status))) << one.what << "\n"
                                                                                   << raw.inbox[0];
    EXPECT_FALSE(RawPeer::to_tag(raw.inbox[0]).empty()) << one.what;
  }
  EXPECT_EQ(a.incoming, 0);
  EXPECT_EQ(a.agent.transactions(), 0u); // none of these cost any memory
}

TEST_F(PeerTest, AckIsNeverAnswered) {
  say(raw.request("ACK", "z9hG4bK-x", 1, "nobody"));
  std::string broken = raw.request("ACK", "z9hG4bK-y", 1, "nobody");
  broken.replace(broken.find("CSeq: 1 ACK"), 11, "CSeq: 1 BYE");
  say(broken);
  EXPECT_TRUE(raw.inbox.empty());
}

TEST_F(PeerTest, RequestsOutOfOrderAre500) {
  const std::string tag = connected();
  say(raw.request("INFO", "z9hG4bK-1", 5, tag));
  raw.inbox.clear();
  say(raw.request("INFO", "z9hG4bK-2", 4, tag));
  EXPECT_EQ(raw.count("SIP/2.0 500"), 1u);
  // A stranger who guessed our tag but not the peer's has no dialog.
  raw.from_tag = "stranger";
  raw.inbox.clear();
  say(raw.request("BYE", "z9hG4bK-3", 9, tag));
  EXPECT_EQ(raw.count("SIP/2.0 481"), 1u);
  EXPECT_EQ(a.ended, 0);
}

TEST_F(PeerTest, OfferInTheAnswer) {
  say(raw.request("INVITE", "z9hG4bK-i", 1));
  const std::string answer = raw.find("SIP/2.0 200");
  EXPECT_NE(answer.find("m=audio"), std::string::npos);
  say(raw.request("ACK", "z9hG4bK-a", 1, RawPeer::to_tag(answer), {}, sdp));
  EXPECT_EQ(a.acknowledged, 1);
}

TEST_F(PeerTest, ByeInAnEarlyDialogEndsTheInvite) {
  a.answer = false;
  say(raw.request("INVITE", "z9hG4bK-i", 1, {}, {}, sdp));
  const std::string tag = RawPeer::to_tag(raw.find("SIP/2.0 180"));
  say(raw.request("BYE", "z9hG4bK-b", 2, tag));
  EXPECT_EQ(raw.count("SIP/2.0 200"), 1u);
  EXPECT_EQ(raw.count("SIP/2.0 487"), 1u);
  EXPECT_EQ(a.ended, 1);
  expect_clean();
}

TEST_F(PeerTest, ChangeWhileOneIsOpenIs500AndCancelLeavesTheSession) {
  const std::string tag = connected();
  a.answer_offers = false;
  raw.inbox.clear();
  say(raw.request("INVITE", "z9hG4bK-1", 2, tag, {}, sdp));
  say(raw.request("INVITE", "z9hG4bK-2", 3, tag, {}, sdp));
  EXPECT_EQ(raw.count("SIP/2.0 500"), 1u);
  say(raw.request("CANCEL", "z9hG4bK-1", 2, tag));
  EXPECT_EQ(raw.count("SIP/2.0 487"), 1u);
  EXPECT_EQ(a.ended, 0);
  a.answer_offers = true;
  say(raw.request("INVITE", "z9hG4bK-4", 4, tag, {}, sdp));
  EXPECT_EQ(RawPeer::header(raw.inbox.back(), HeaderId::cseq), "4 INVITE");
  EXPECT_TRUE(raw.inbox.back().starts_with("SIP/2.0 200"));
}

TEST_F(PeerTest, UpdateRefreshesAndOffers) {
  const std::string tag = connected();
  raw.inbox.clear();
  say(raw.request("UPDATE", "z9hG4bK-1", 2, tag,
                  "Session-Expires: 120;refresher=uac\r\nSupported: timer\r\n"));
  EXPECT_EQ(RawPeer::header(raw.find("SIP/2.0 200"), HeaderId::session_expires), "120;refresher=uac");
  say(raw.request("UPDATE", "z9hG4bK-2", 3, tag, {}, sdp));
  EXPECT_TRUE(a.saw("offer"));
  EXPECT_TRUE(raw.inbox.back().starts_with("SIP/2.0 200"));
  EXPECT_NE(raw.inbox.back().find("m=audio"), std::string::npos);
}

TEST_F(PeerTest, SilentRefresherIsHungUpOn) {
  say(raw.request("INVITE", "z9hG4bK-i", 1, {}, "Session-Expires: 120;refresher=uac\r\nSupported: timer\r\n",
                  sdp));
  const std::string ok = raw.find("SIP/2.0 200");
  EXPECT_EQ(RawPeer::header(ok, HeaderId::session_expires), "120;refresher=uac");
  EXPECT_EQ(RawPeer::header(ok, HeaderId::require), "timer");
  say(raw.request("ACK", "z9hG4bK-a", 1, RawPeer::to_tag(ok)));
  loop.run_for(87s);
  EXPECT_EQ(raw.count("BYE"), 0u);
  loop.run_for(3s);
  EXPECT_GE(raw.count("BYE"), 1u);
  EXPECT_EQ(a.events.back(), "ended 408");
}

TEST_F(PeerTest, RefreshByReInviteWhereUpdateIsUnknown) {
  say(raw.request("INVITE", "z9hG4bK-i", 1, {}, "Session-Expires: 120;refresher=uas\r\nSupported: timer\r\n",
                  sdp));
  say(raw.request("ACK", "z9hG4bK-a", 1, RawPeer::to_tag(raw.find("SIP/2.0 200"))));
  loop.run_for(60s + 200ms);
  ASSERT_EQ(raw.count("INVITE"), 1u);
  EXPECT_EQ(RawPeer::header(raw.find("INVITE"), HeaderId::session_expires), "120;refresher=uac");
  say(raw.response(raw.find("INVITE"), 200, "x", contact + "Session-Expires: 120;refresher=uac\r\n", sdp));
  EXPECT_EQ(raw.count("ACK"), 1u);
  EXPECT_EQ(a.modified, 0); // nobody asked for it
  loop.run_for(61s);
  EXPECT_GE(raw.count("INVITE"), 2u);
}

TEST_F(PeerTest, ChallengedCallIsMadeAgainWithCredentials) {
  Outgoing outgoing;
  outgoing.credentials = std::make_shared<Credentials>(Credentials{"ann", "secret"});
  a.call("sip:b@" + raw_at, outgoing);
  loop.run_for(10ms);
  say(raw.response(raw.find("INVITE"), 407, "x",
                   "Proxy-Authenticate: Digest realm=\"r\", nonce=\"n\", qop=\"auth\", algorithm=MD5\r\n"));
  EXPECT_EQ(raw.count("ACK"), 1u);
  const std::string again = raw.find("INVITE", 1);
  ASSERT_FALSE(again.empty());
  EXPECT_EQ(RawPeer::header(again, HeaderId::cseq), "2 INVITE");
  EXPECT_NE(RawPeer::header(again, HeaderId::proxy_authorization).find("username=\"ann\""),
            std::string::npos);
  // Wrong password: the server asks for ever, we do not answer for ever.
  for (int i = 0; i < 5; ++i) {
    const std::string latest = raw.find("INVITE", raw.count("INVITE") - 1);
    say(raw.response(latest, 407, "x", "Proxy-Authenticate: Digest realm=\"r\", nonce=\"n\"\r\n"));
  }
  EXPECT_EQ(raw.count("INVITE"), 3u);
  EXPECT_EQ(a.events.back(), "ended 407");
  expect_clean();
}

TEST_F(PeerTest, OverloadIsRefusedWithoutMemory) {
  AgentConfig config;
  config.transactions_max = 10;
  User small(loop, network, "10.0.0.3:5070", 3, config);
  RawPeer flood(network, "10.0.0.4:5080", "10.0.0.3:5070");
  for (int i = 0; i < 50; ++i) {
    flood.call_id = "flood" + std::to_string(i);
    flood.send(flood.request("INVITE", "z9hG4bK-" + std::to_string(i), 1, {}, {}, sdp));
  }
  loop.run_for(100ms);
  EXPECT_EQ(flood.count("SIP/2.0 503"), 40u);
  EXPECT_EQ(RawPeer::header(flood.find("SIP/2.0 503"), HeaderId::retry_after), "2");
  EXPECT_EQ(small.agent.transactions(), 10u);
}

// Anything may come in any order: the agent lives, and forgets all of it in the end.
TEST_F(PeerTest, SurvivesHostileText) {
  const std::uint64_t seed = 31;
  SCOPED_TRACE("seed " + std::to_string(seed));
  Random random(seed);
  const char* methods[] = {"INVITE", "ACK",    "BYE",  "CANCEL",   "OPTIONS",  "UPDATE",
                           "REFER",  "NOTIFY", "INFO", "REGISTER", "SUBSCRIBE"};
  const std::string extras[] = {"",
                                "Refer-To: <sip:c@d?Replaces=a%3Bto-tag%3Db>\r\n",
                                "Session-Expires: 1;refresher=x\r\n",
                                "Event: refer\r\nSubscription-State: terminated\r\n",
                                "Event: talk\r\n",
                                "Require: x\r\n",
                                "Record-Route: <,>;\"\r\n"};
  for (int round = 0; round < 3000; ++round) {
    raw.call_id = "c" + std::to_string(random.below(20));
    std::string tag;
    if (!a.live.empty() && random.chance(0.6)) {
      Call* one = a.live[random.below(a.live.size())];
      raw.call_id = one->call_id();
      tag = one->local_tag();
    }
    std::string text =
        raw.request(methods[random.below(std::size(methods))], "z9hG4bK" + std::to_string(random.below(60)),
                    static_cast<std::uint32_t>(round / 2), tag, extras[random.below(std::size(extras))],
                    random.chance(0.5) ? sdp : "");
    for (std::uint64_t i = random.below(3); i > 0; --i)
      text[random.below(text.size())] = static_cast<char>(random.below(256));
    raw.send(text);
    if (random.chance(0.05)) a.call("sip:b@" + raw_at);
    if (!raw.inbox.empty() && random.chance(0.3)) {
      const std::string& got = raw.inbox[random.below(raw.inbox.size())];
      if (!got.starts_with("SIP/2.0"))
        raw.send(raw.response(got, 100 + static_cast<int>(random.below(600)),
                              "t" + std::to_string(random.below(3)), contact, sdp));
    }
    if (raw.inbox.size() > 200) raw.inbox.clear();
    if (!a.live.empty() && random.chance(0.05)) a.hangup(*a.live[random.below(a.live.size())]);
    loop.run_for(Duration(static_cast<std::int64_t>(random.below(300'000))));
  }
  expect_clean();
}

} // namespace
} // namespace tl::sip
