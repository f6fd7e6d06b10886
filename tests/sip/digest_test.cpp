// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/virtual_loop.hpp"
#include "sip/authenticator.hpp"
#include "sip/chars.hpp"

namespace tl::sip {
namespace {

// RFC 7616 section 3.9.1.
TEST(Digest, VectorsOfTheRfc) {
  DigestFields fields;
  fields.nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
  fields.uri = "/dir/index.html";
  fields.cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
  fields.nc = "00000001";
  fields.qop = "auth";
  const auto response = [&](DigestAlgorithm algorithm) {
    return digest_response(
        algorithm, digest_ha1(algorithm, "Mufasa", "http-auth@example.org", "Circle of Life"), fields, "GET");
  };
  EXPECT_EQ(response(DigestAlgorithm::md5), "8ca523f5e9506fed4657c9700eebdbec");
  EXPECT_EQ(response(DigestAlgorithm::sha256),
            "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
}

struct Passwords final : SecretSource {
  std::string ann = "secret";
  const std::string* password_of(std::string_view user) override { return user == "ann" ? &ann : nullptr; }
};

struct AuthenticatorTest : testing::Test {
  VirtualLoop loop;
  Authenticator authenticator{loop, "home", {1, 2}};
  Passwords passwords;
  Ids ids{{3, 4}};
  Peer from{*Address::parse("192.0.2.5:5060"), 0, Protocol::udp};

  static std::string request(const std::string& headers) {
    return "REGISTER sip:home SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nFrom: "
           "<sip:ann@home>;tag=1\r\nTo: <sip:ann@home>\r\n"
           "Call-ID: 1\r\nCSeq: 1 REGISTER\r\n" +
           headers + "\r\n";
  }
  std::string answer(const std::string& challenge, const Credentials& credentials) {
    std::string text =
        "SIP/2.0 401 Unauthorized\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\nFrom: <sip:ann@home>;tag=1\r\n"
        "To: <sip:ann@home>\r\nCall-ID: 1\r\nCSeq: 1 REGISTER\r\n" +
        challenge + "\r\n";
    Message message;
    EXPECT_EQ(message.parse(text), ParseOutcome::ok);
    return answer_challenge(message, credentials, "REGISTER", "sip:home", ids).value_or("");
  }
  Authenticator::Verdict check(const std::string& headers) {
    std::string text = request(headers);
    Message message;
    EXPECT_EQ(message.parse(text), ParseOutcome::ok);
    std::string user;
    return authenticator.check(message, from, passwords, user);
  }
};

using Verdict = Authenticator::Verdict;

TEST_F(AuthenticatorTest, BothAlgorithms) {
  for (const DigestAlgorithm algorithm : {DigestAlgorithm::md5, DigestAlgorithm::sha256}) {
    authenticator.set_algorithms({algorithm});
    const std::string headers = answer(authenticator.challenge(false), {"ann", "secret"});
    EXPECT_NE(headers.find(to_string(algorithm)), std::string::npos);
    EXPECT_EQ(check(headers), Verdict::good);
  }
}

TEST_F(AuthenticatorTest, NothingWrongUnknownForeign) {
  EXPECT_EQ(check(""), Verdict::absent);
  EXPECT_EQ(check(answer(authenticator.challenge(false), {"ann", "wrong"})), Verdict::wrong);
  EXPECT_EQ(check(answer(authenticator.challenge(false), {"bob", "secret"})), Verdict::wrong);
  Authenticator other(loop, "elsewhere", {1, 2});
  EXPECT_EQ(check(answer(other.challenge(false), {"ann", "secret"})), Verdict::absent);
  Authenticator forger(loop, "home", {9, 9});
  EXPECT_EQ(check(answer(forger.challenge(false), {"ann", "secret"})), Verdict::absent);
}

TEST_F(AuthenticatorTest, ReplayIsRefused) {
  const std::string headers = answer(authenticator.challenge(false), {"ann", "secret"});
  EXPECT_EQ(check(headers), Verdict::good);
  EXPECT_EQ(check(headers), Verdict::stale);
}

TEST_F(AuthenticatorTest, OldNonceIsStale) {
  const std::string headers = answer(authenticator.challenge(false), {"ann", "secret"});
  loop.run_for(std::chrono::minutes(6));
  EXPECT_EQ(check(headers), Verdict::stale);
}

TEST_F(AuthenticatorTest, ForgottenNonceCannotBeReplayed) {
  AuthenticatorLimits limits;
  limits.nonces_max = 2;
  Authenticator small(loop, "home", {1, 2}, limits);
  std::vector<std::string> used;
  const auto try_it = [&](const std::string& headers) {
    std::string text = request(headers), user;
    Message message;
    EXPECT_EQ(message.parse(text), ParseOutcome::ok);
    return small.check(message, from, passwords, user);
  };
  for (int i = 0; i < 5; ++i) {
    used.push_back(answer(small.challenge(false), {"ann", "secret"}));
    EXPECT_EQ(try_it(used.back()), Verdict::good);
  }
  for (const std::string& one : used) EXPECT_EQ(try_it(one), Verdict::stale);
}

TEST_F(AuthenticatorTest, GuessingIsLimited) {
  for (int i = 0; i < 10; ++i)
    EXPECT_EQ(check(answer(authenticator.challenge(false), {"ann", "guess"})), Verdict::wrong);
  EXPECT_EQ(check(answer(authenticator.challenge(false), {"ann", "secret"})), Verdict::blocked);
  loop.run_for(std::chrono::seconds(61));
  EXPECT_EQ(check(answer(authenticator.challenge(false), {"ann", "secret"})), Verdict::good);
}

TEST_F(AuthenticatorTest, BrokenFieldsAreNoProof) {
  for (const char* bad :
       {"Authorization: Digest", "Authorization: Digest username", "Authorization: Basic YTpi",
        "Authorization: Digest realm=\"home\", username=\"ann\", nonce=\"\", response=\"\"",
        "Authorization: Digest realm=\"home\", nonce=\"x\", nc=zz, qop=auth"})
    EXPECT_EQ(check(std::string(bad) + "\r\n"), Verdict::absent) << bad;
}

} // namespace
} // namespace tl::sip
