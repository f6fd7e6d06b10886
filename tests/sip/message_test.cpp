// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/random.hpp"
#include "sip/chars.hpp"
#include "sip/framer.hpp"
#include "sip/message.hpp"
#include "sip/response.hpp"
#include "sip/sdp.hpp"

namespace tl::sip {
namespace {

const std::string plain = "INVITE sip:bob@example.com SIP/2.0\r\n"
                          "Via: SIP/2.0/UDP 192.0.2.1:5070;branch=z9hG4bK1;rport\r\n"
                          "Max-Forwards: 70\r\n"
                          "From: \"Ann\" <sip:ann@example.com>;tag=a1\r\n"
                          "To: <sip:bob@example.com>\r\n"
                          "Call-ID: c1@192.0.2.1\r\n"
                          "CSeq: 314159 INVITE\r\n"
                          "Content-Length: 4\r\n\r\nbody";

struct Parsed {
  std::string bytes;
  Message message;
  ParseOutcome outcome;
  explicit Parsed(std::string text, const MessageLimits& limits = {}) : bytes(std::move(text)) {
    outcome = message.parse(bytes, limits);
  }
};

std::string without(const std::string& header) {
  const std::size_t at = plain.find("\r\n" + header);
  return plain.substr(0, at) + plain.substr(plain.find("\r\n", at + 2));
}

std::string with(const std::string& header) {
  const std::size_t at = plain.find("\r\n\r\n");
  return plain.substr(0, at + 2) + header + "\r\n" + plain.substr(at + 2);
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(Message, ReadsARequest) {
  const Parsed p(plain);
  ASSERT_EQ(p.outcome, ParseOutcome::ok);
  const Message& m = p.message;
  EXPECT_TRUE(m.is_request());
  EXPECT_EQ(m.method(), Method::invite);
  EXPECT_EQ(m.uri(), "sip:bob@example.com");
  EXPECT_EQ(m.via().host, "192.0.2.1");
  EXPECT_EQ(m.via().port, 5070);
  EXPECT_EQ(m.branch(), "z9hG4bK1");
  EXPECT_EQ(m.from().display, "Ann");
  EXPECT_EQ(m.from_tag(), "a1");
  EXPECT_EQ(m.to_tag(), "");
  EXPECT_EQ(m.call_id(), "c1@192.0.2.1");
  EXPECT_EQ(m.cseq(), 314159u);
  EXPECT_EQ(m.body(), "body");
}

// The message of RFC 4475 section 3.1.1.1 in our own words: every liberty the grammar takes, at once.
TEST(Message, TakesEveryLibertyOfTheGrammar) {
  const Parsed p(
      "INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0\r\n"
      "TO :\r\n sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n\r\n"
      "from   : \"J Rosenberg \\\\\\\"\"       <sip:jdrosen@example.com>\r\n  ;\r\n  tag = 98asjd8\r\n"
      "MaX-fOrWaRdS: 0068\r\n"
      "Call-ID: wsinv.ndaksdj@192.0.2.1\r\n"
      "Content-Length   : 3\r\n"
      "cseq: 0009\r\n  INVITE\r\n"
      "Via  : SIP  /   2.0\r\n /UDP\r\n    192.0.2.2;branch=390skdjuw\r\n"
      "s :\r\n"
      "NewFangledHeader:   newfangled value\r\n continued newfangled value\r\n"
      "UnknownHeaderWithUnusualValue: ;;,,;;,;\r\n"
      "Content-Type: application/sdp\r\n"
      "Route:\r\n <sip:services.example.com;lr;unknownwith=value;unknown-no-value>\r\n"
      "v:  SIP  / 2.0  / TCP     spindle.example.com   ;\r\n  branch  =   z9hG4bK9ikj8  ,\r\n SIP  /    2.0  "
      " / UDP  192.168.255.111   ; branch=\r\n z9hG4bK30239\r\n"
      "m:\"Quoted string \\\"\\\"\" <sip:jdrosen@example.com> ; newparam =\r\n      newvalue ;\r\n  "
      "secondparam ; q = 0.33\r\n"
      "\r\nv=0");
  ASSERT_EQ(p.outcome, ParseOutcome::ok) << p.message.bad_reason();
  const Message& m = p.message;
  EXPECT_EQ(m.cseq(), 9u);
  EXPECT_EQ(m.to_tag(), "1918181833n");
  EXPECT_EQ(m.from_tag(), "98asjd8");
  EXPECT_EQ(unquote(m.from().display), "J Rosenberg \\\"");
  EXPECT_EQ(m.branch(), "390skdjuw");
  EXPECT_EQ(m.via().transport, "UDP");
  EXPECT_EQ(m.value(HeaderId::max_forwards), "0068");
  const auto contact = NameAddr::parse(m.value(HeaderId::contact));
  ASSERT_TRUE(contact);
  EXPECT_EQ(contact->uri, "sip:jdrosen@example.com");
  EXPECT_EQ(contact->param("q"), "0.33");
  EXPECT_EQ(m.value("newfangledheader").substr(0, 16), "newfangled value");
  EXPECT_EQ(m.body(), "v=0");
}

TEST(Message, CompactNames) {
  const Parsed p("BYE sip:b@h SIP/2.0\r\nv: SIP/2.0/TCP h:1;branch=z9hG4bKx\r\nf: <sip:a@h>;tag=1\r\nt: "
                 "<sip:b@h>;tag=2\r\n"
                 "i: 7\r\nCSeq: 2 BYE\r\nl: 0\r\n\r\n");
  ASSERT_EQ(p.outcome, ParseOutcome::ok);
  EXPECT_EQ(p.message.call_id(), "7");
  EXPECT_EQ(p.message.to_tag(), "2");
}

TEST(Message, BareLineFeedsAndLeadingEmptyLines) {
  std::string text = "\r\n\r\n" + plain;
  std::erase(text, '\r');
  const Parsed p(text);
  ASSERT_EQ(p.outcome, ParseOutcome::ok);
  EXPECT_EQ(p.message.body(), "body");
}

TEST(Message, RepeatedHeadersAreOneList) {
  const Parsed p(replaced(plain, "Max-Forwards: 70\r\n",
                          "Supported: a, timer\r\nVia: SIP/2.0/UDP x;branch=2\r\nSupported: Replaces\r\n"));
  ASSERT_EQ(p.outcome, ParseOutcome::ok);
  EXPECT_TRUE(p.message.lists(HeaderId::supported, "timer"));
  EXPECT_TRUE(p.message.lists(HeaderId::supported, "replaces"));
  EXPECT_FALSE(p.message.lists(HeaderId::supported, "path"));
}

struct BadCase {
  const char* name;
  std::string text;
  ParseOutcome outcome;
  int status;
};

class BadMessage : public testing::TestWithParam<BadCase> {};

TEST_P(BadMessage, IsRecognized) {
  const Parsed p(GetParam().text);
  EXPECT_EQ(static_cast<int>(p.outcome), static_cast<int>(GetParam().outcome));
  EXPECT_EQ(p.message.bad_status(), GetParam().status);
}

INSTANTIATE_TEST_SUITE_P(
    Table, BadMessage,
    testing::Values(
        BadCase{"empty", "", ParseOutcome::not_sip, 0},
        BadCase{"http", "GET / HTTP/1.1\r\n\r\n", ParseOutcome::not_sip, 0},
        BadCase{"unfinished", "INVITE sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP h\r\n", ParseOutcome::not_sip, 0},
        BadCase{"no_via", without("Via"), ParseOutcome::not_sip, 0},
        BadCase{"no_from", without("From"), ParseOutcome::not_sip, 0},
        BadCase{"no_call_id", without("Call-ID"), ParseOutcome::not_sip, 0},
        BadCase{"version", replaced(plain, "com SIP/2.0", "com SIP/7.0"), ParseOutcome::bad, 505},
        BadCase{"long_body", replaced(plain, "Length: 4", "Length: 9999"), ParseOutcome::bad, 400},
        BadCase{"negative_body", replaced(plain, "Length: 4", "Length: -999"), ParseOutcome::bad, 400},
        BadCase{"cseq_large", replaced(plain, "314159", "36893488147419103232"), ParseOutcome::bad, 400},
        BadCase{"cseq_method", replaced(plain, "314159 INVITE", "8 OPTIONS"), ParseOutcome::bad, 400},
        BadCase{"two_call_ids", with("Call-ID: other"), ParseOutcome::bad, 400},
        BadCase{"two_lengths", with("l: 4"), ParseOutcome::bad, 400},
        BadCase{"uri_in_brackets", replaced(plain, "sip:bob@example.com SIP", "<sip:bob@example.com> SIP"),
                ParseOutcome::bad, 400},
        BadCase{"uri_blank", replaced(plain, "sip:bob@example.com SIP", "sip:bob@example.com; lr SIP"),
                ParseOutcome::bad, 400},
        BadCase{"open_quote", replaced(plain, "\"Ann\"", "\"Ann"), ParseOutcome::bad, 400},
        BadCase{"lone_cr", with("Subject: a\rVia: b"), ParseOutcome::bad, 400},
        BadCase{"no_colon", with("nonsense"), ParseOutcome::bad, 400},
        BadCase{"status_number", "SIP/2.0 4294967301 OK\r\nVia: SIP/2.0/UDP h\r\n\r\n", ParseOutcome::not_sip,
                0}),
    [](const auto& one) { return one.param.name; });

TEST(Message, LimitsAreKept) {
  MessageLimits limits;
  limits.headers_max = 8;
  EXPECT_EQ(Parsed(plain, limits).outcome, ParseOutcome::ok);
  EXPECT_EQ(Parsed(with("a: 1\r\nb: 2"), limits).outcome, ParseOutcome::bad);
  limits.message_size_max_bytes = plain.size();
  EXPECT_EQ(Parsed(plain, limits).outcome, ParseOutcome::ok);
  EXPECT_EQ(Parsed(plain + "x", limits).outcome, ParseOutcome::not_sip);
  limits = {};
  limits.line_size_max_bytes = 100;
  EXPECT_EQ(Parsed(with("a: " + std::string(200, 'x')), limits).outcome, ParseOutcome::bad);
}

TEST(Message, ResponseGoesWhereTheRequestCameFrom) {
  const Parsed p(plain);
  Peer source{*Address::parse("198.51.100.7:1024"), 0, Protocol::udp};
  const ResponseHead head = ResponseHead::of(p.message, source);
  EXPECT_EQ(to_string(head.reply_to.address), "198.51.100.7:1024");
  const Parsed back(compose_response(head, 180, {}, "b2", {}));
  ASSERT_EQ(back.outcome, ParseOutcome::ok);
  EXPECT_EQ(back.message.status(), 180);
  EXPECT_EQ(back.message.to_tag(), "b2");
  EXPECT_EQ(back.message.via().param("received"), "198.51.100.7");
  EXPECT_EQ(back.message.via().param("rport"), "1024");
  // Without rport the answer goes to the port in Via (RFC 3261 section 18.2.2).
  const Parsed old(replaced(plain, ";rport", ""));
  EXPECT_EQ(to_string(ResponseHead::of(old.message, source).reply_to.address), "198.51.100.7:5070");
}

struct UriCase {
  std::string text;
  bool good;
  std::string user, host;
  int port;
};

TEST(Uri, Table) {
  const UriCase cases[] = {
      {"sip:alice@example.com", true, "alice", "example.com", 0},
      {"sips:a;x=1?y@[2001:db8::1]:5061;lr?h=v", true, "a;x=1?y", "[2001:db8::1]", 5061},
      {"SIP:example.com;transport=tcp", true, "", "example.com", 0},
      {"sip:alice:secret@h", true, "alice", "h", 0},
      {"tel:+1-201-555-0123;phone-context=x", true, "+1-201-555-0123", "", 0},
      {"sip:@h", false, "", "", 0},
      {"sip:a@h:99999", false, "", "", 0},
      {"sip:a@h:0", false, "", "", 0},
      {"sip:a@", false, "", "", 0},
      {"sip:a b@h", false, "", "", 0},
      {"nothing", false, "", "", 0},
      {":x", false, "", "", 0},
  };
  for (const UriCase& one : cases) {
    const auto uri = Uri::parse(one.text);
    ASSERT_EQ(uri.has_value(), one.good) << one.text;
    if (!uri) continue;
    EXPECT_EQ(uri->user, one.user) << one.text;
    EXPECT_EQ(uri->host, one.host) << one.text;
    EXPECT_EQ(uri->port, one.port) << one.text;
  }
  EXPECT_EQ(unescape("a%40b%zz%4"), "a@b%zz%4");
  EXPECT_EQ(unescape(escape("x@y;to-tag=1")), "x@y;to-tag=1");
}

TEST(Address, Networks) {
  const auto network = Network::parse("192.0.2.64/26");
  ASSERT_TRUE(network);
  EXPECT_TRUE(network->holds(*Address::parse("192.0.2.127:1")));
  EXPECT_FALSE(network->holds(*Address::parse("192.0.2.128:1")));
  EXPECT_FALSE(network->holds(*Address::parse("[::1]:1")));
  EXPECT_TRUE(Network::parse("::1/128")->holds(*Address::parse("[::1]:1")));
  EXPECT_TRUE(Network::parse("0.0.0.0/0")->holds(*Address::parse("8.8.8.8:1")));
  for (const char* bad : {"", "x", "1.2.3.4/33", "::1/129", "1.2.3.4/-1", "1.2.3/8"})
    EXPECT_FALSE(Network::parse(bad)) << bad;
  for (const char* bad : {"", "1.2.3.4", "1.2.3.4:", "1.2.3.4:65536", "::1:5", "host:1"})
    EXPECT_FALSE(Address::parse(bad)) << bad;
}

TEST(Framer, CutsWhateverTheSegments) {
  std::string second = plain;
  const std::string stream = "\r\n\r\n" + plain + "\r\n" + replaced(plain, "CSeq: 314159", "CSeq: 2") + plain;
  for (std::size_t size = 1; size < 60; ++size) {
    Framer framer(16 * 1024);
    std::vector<std::string> messages;
    for (std::size_t at = 0; at < stream.size(); at += size) {
      framer.append(std::string_view(stream).substr(at, size));
      while (const auto message = framer.next()) messages.emplace_back(message->data(), message->size());
    }
    ASSERT_EQ(messages.size(), 3u) << size;
    EXPECT_EQ(messages[2], plain);
    EXPECT_EQ(framer.take_pings(), 1u);
    EXPECT_FALSE(framer.broken());
  }
}

TEST(Framer, BreaksOnWhatItCannotCut) {
  Framer length(16 * 1024);
  length.append("INVITE sip:a SIP/2.0\r\nContent-Length: x\r\n\r\n");
  EXPECT_FALSE(length.next());
  EXPECT_TRUE(length.broken());
  Framer huge(1024);
  huge.append("INVITE sip:a SIP/2.0\r\nContent-Length: 2000\r\n\r\n");
  EXPECT_FALSE(huge.next());
  EXPECT_TRUE(huge.broken());
  Framer endless(1024);
  endless.append(std::string(2000, 'a'));
  EXPECT_FALSE(endless.next());
  EXPECT_TRUE(endless.broken());
}

// Whatever bytes come: no crash, no view outside the buffer (the sanitizers see), limits kept.
TEST(Message, SurvivesMutations) {
  const std::uint64_t seed = 20240817;
  SCOPED_TRACE("seed " + std::to_string(seed));
  Random random(seed);
  const std::string pieces[] = {"\r\n",
                                ":",
                                ";",
                                ",",
                                "<",
                                ">",
                                "\"",
                                "\\",
                                " ",
                                "\r\n ",
                                std::string(1, '\0'),
                                "%",
                                "=",
                                "sip:",
                                "SIP/2.0",
                                "Via:",
                                "Content-Length: 99999999999"};
  std::size_t good = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string text = plain;
    for (std::uint64_t i = 1 + random.below(6); i > 0; --i) {
      const std::size_t at = random.below(text.size());
      switch (random.below(4)) {
      case 0: text[at] = static_cast<char>(random.below(256)); break;
      case 1: text.erase(at, random.below(20)); break;
      case 2: text.insert(at, pieces[random.below(std::size(pieces))]); break;
      default: text.insert(at, text.substr(random.below(text.size()), random.below(60))); break;
      }
      if (text.empty()) text = plain;
    }
    // An exact-size heap buffer, so that a read beyond it is seen.
    std::vector<char> bytes(text.begin(), text.end());
    Message message;
    if (message.parse(bytes) != ParseOutcome::ok) continue;
    ++good;
    for (const HeaderField& field : message.headers()) {
      NameAddr::parse(field.value);
      Via::parse(field.value);
      Uri::parse(field.value);
    }
    ResponseHead::of(message, {*Address::parse("192.0.2.9:9"), 0, Protocol::udp});
  }
  EXPECT_GT(good, 1000u);
}

} // namespace
} // namespace tl::sip
