// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/random.hpp"
#include "sip/sdp.hpp"

namespace tl::sip {
namespace {

LocalAudio local() {
  LocalAudio audio;
  audio.rtp = *Address::parse("192.0.2.1:4000");
  return audio;
}

const std::string offer = "v=0\r\no=x 1 1 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n"
                          "m=audio 5000 RTP/AVP 0 8 96\r\na=rtpmap:96 telephone-event/8000\r\na=ptime:30\r\n";

TEST(Sdp, OfferAndAnswerAgree) {
  const std::string text = make_offer(local());
  const auto parsed = Sdp::parse(text);
  ASSERT_TRUE(parsed);
  LocalAudio other = local();
  other.rtp = *Address::parse("198.51.100.1:6000");
  const auto answer = answer_offer(*parsed, other);
  ASSERT_TRUE(answer);
  EXPECT_EQ(to_string(answer->audio.remote), "192.0.2.1:4000");
  EXPECT_EQ(answer->audio.payload, 8);
  EXPECT_EQ(answer->audio.digits_payload, 101);
  const auto read = Sdp::parse(answer->text);
  ASSERT_TRUE(read);
  const auto session = read_answer(*read, local());
  ASSERT_TRUE(session);
  EXPECT_EQ(to_string(session->remote), "198.51.100.1:6000");
  EXPECT_EQ(session->direction, Direction::sendrecv);
}

TEST(Sdp, AnswerKeepsTheOffersPayloadTypes) {
  const auto answer = answer_offer(*Sdp::parse(offer), local());
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->audio.digits_payload, 96);
  EXPECT_EQ(answer->audio.packet_ms, 30);
  EXPECT_NE(answer->text.find("m=audio 4000 RTP/AVP 8 96\r\n"), std::string::npos) << answer->text;
}

TEST(Sdp, OtherStreamsAreAnsweredWithPortZero) {
  const auto answer = answer_offer(
      *Sdp::parse(offer + "m=video 5002 RTP/AVP 99\r\na=rtpmap:99 H264/90000\r\nm=audio 5004 RTP/AVP 0\r\n"),
      local());
  ASSERT_TRUE(answer);
  const auto read = Sdp::parse(answer->text);
  ASSERT_TRUE(read);
  ASSERT_EQ(read->media.size(), 3u);
  EXPECT_EQ(read->media[0].port, 4000);
  EXPECT_EQ(read->media[1].port, 0);
  EXPECT_EQ(read->media[1].kind, "video");
  EXPECT_EQ(read->media[2].port, 0);
}

struct HoldCase {
  std::string lines;
  Direction ours;
  bool held;
};

TEST(Sdp, Directions) {
  const HoldCase cases[] = {
      {"", Direction::sendrecv, false},
      {"a=sendrecv\r\n", Direction::sendrecv, false},
      {"a=sendonly\r\n", Direction::recvonly, true},
      {"a=recvonly\r\n", Direction::sendonly, false},
      {"a=inactive\r\n", Direction::inactive, true},
      {"c=IN IP4 0.0.0.0\r\n", Direction::recvonly, true}, // RFC 2543
  };
  for (const HoldCase& one : cases) {
    const auto answer = answer_offer(*Sdp::parse(offer + one.lines), local());
    ASSERT_TRUE(answer) << one.lines;
    EXPECT_EQ(to_string(answer->audio.direction), to_string(one.ours)) << one.lines;
    EXPECT_EQ(answer->audio.held_by_peer(), one.held) << one.lines;
  }
}

TEST(Sdp, NothingInCommonIsNoAnswer) {
  for (const std::string& bad :
       {std::string("m=audio 5000 RTP/AVP 3 96\r\n"), std::string("m=video 5000 RTP/AVP 0\r\n"),
        std::string("m=audio 0 RTP/AVP 0\r\n"), std::string("m=audio 5000 RTP/SAVP 0\r\n"),
        std::string("m=audio 5000 RTP/AVP 0\r\na=rtpmap:0 L16/44100\r\n"), std::string()}) {
    const std::string text = "v=0\r\nc=IN IP4 192.0.2.9\r\n" + bad;
    const auto parsed = Sdp::parse(text);
    ASSERT_TRUE(parsed) << bad;
    EXPECT_FALSE(answer_offer(*parsed, local())) << bad;
  }
}

TEST(Sdp, WhatIsNoneIsRefused) {
  for (const std::string& bad :
       {std::string(), std::string("v=1\r\n"), std::string("hello"), std::string("v=0\r\nm=audio\r\n"),
        std::string("v=0\r\nm=audio 99999 RTP/AVP 0\r\n"), std::string("v=0\r\nm=audio 5000 RTP/AVP\r\n"),
        std::string("v=0\r\nnonsense\r\n"), "v=0\r\n" + std::string(9000, 'a')})
    EXPECT_FALSE(Sdp::parse(bad)) << bad.substr(0, 40);
  std::string many = "v=0\r\n";
  for (int i = 0; i < 17; ++i) many += "m=audio 5000 RTP/AVP 0\r\n";
  EXPECT_FALSE(Sdp::parse(many));
}

TEST(Sdp, SurvivesMutations) {
  const std::uint64_t seed = 7;
  SCOPED_TRACE("seed " + std::to_string(seed));
  Random random(seed);
  int answered = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text = offer + "m=video 0 RTP/AVP 99\r\n";
    for (std::uint64_t i = 1 + random.below(5); i > 0; --i) {
      const std::size_t at = random.below(text.size());
      switch (random.below(3)) {
      case 0: text[at] = static_cast<char>(random.below(256)); break;
      case 1: text.erase(at, 1 + random.below(10)); break;
      default: text.insert(at, text.substr(random.below(text.size()), random.below(30))); break;
      }
      if (text.empty()) text = offer;
    }
    const std::vector<char> bytes(text.begin(), text.end());
    const auto parsed = Sdp::parse({bytes.data(), bytes.size()});
    if (!parsed) continue;
    const auto answer = answer_offer(*parsed, local());
    if (!answer) continue;
    ++answered;
    EXPECT_TRUE(Sdp::parse(answer->text)) << answer->text;
  }
  EXPECT_GT(answered, 1000);
}

} // namespace
} // namespace tl::sip
