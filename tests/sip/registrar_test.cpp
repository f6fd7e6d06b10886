// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "user.hpp"

namespace tl::sip {
namespace {

const std::string server_at = "10.0.0.1:5060", phone_at = "10.0.0.2:5070";

// A phone's end of registration, by hand: the requests are the test's own.
struct Phone final : AgentEvents, ClientUser {
  Phone(VirtualLoop& loop, SimNetwork& network) : agent(loop, log, config(), *this) {
    agent.add(network.attach(phone_at));
  }
  static AgentConfig config() {
    AgentConfig made;
    made.seed = {5, 6};
    return made;
  }
  void send(const std::string& headers, const std::string& user = "ann") {
    RequestLine line;
    line.method = Method::register_;
    line.uri = "sip:home";
    const std::string party = "<sip:" + user + "@home>";
    const std::string from = party + ";tag=f";
    line.from = from;
    line.to = party;
    line.call_id = "reg-1";
    line.cseq = ++cseq;
    agent.request(line, {headers, {}, {}}, {*Address::parse(server_at), 0, Protocol::udp}, this);
  }
  // Registers with the password, answering the challenge.
  void enroll(VirtualLoop& loop, const std::string& headers,
              const Credentials& credentials = {"ann", "secret"}, const std::string& user = "ann") {
    credentials_ = credentials;
    send(headers, user);
    loop.run_for(std::chrono::milliseconds(10));
    if (status != 401) return;
    send(headers + authorization, user);
    loop.run_for(std::chrono::milliseconds(10));
  }
  void tx_response(ClientTx&, const Message& response) override {
    status = response.status();
    contacts.clear();
    for (const HeaderField& field : response.headers()) {
      if (field.id == HeaderId::contact) contacts.emplace_back(field.value);
    }
    if (status == 401)
      authorization =
          answer_challenge(response, credentials_, "REGISTER", "sip:home", agent.ids()).value_or("");
  }
  void tx_failed(ClientTx&, int code) override { status = code; }
  void tx_gone(ClientTx&) override {}
  Admission admit(const Message&, const Peer&) override { return {403, {}}; }
  CallEvents* incoming_call(Call&, const Message&, const Peer&) override { return nullptr; }
  bool incoming_request(const Message&, const Peer&) override { return false; }

  NullLog log;
  Agent agent;
  Credentials credentials_;
  std::string authorization;
  std::uint32_t cseq = 0;
  int status = 0;
  std::vector<std::string> contacts;
};

struct RegistrarTest : testing::Test, RegistrarEvents {
  VirtualLoop loop;
  SimNetwork network{loop, 1};
  User server{loop, network, server_at, 1};
  Authenticator authenticator{loop, "home", {7, 8}};
  Registrar registrar{server.agent, authenticator, *this};
  Phone phone{loop, network};
  std::string password = "secret";
  std::vector<std::string> news;

  void SetUp() override { server.registrar = &registrar; }
  const std::string* registrar_password(std::string_view user) override {
    return user == "ann" || user == "ben" ? &password : nullptr;
  }
  void registrar_reachable(const std::string& user, bool reachable) override {
    news.push_back(user + (reachable ? " on" : " off"));
  }
};

TEST_F(RegistrarTest, RegistersExpiresAndTells) {
  phone.enroll(loop, "Contact: <sip:ann@10.0.0.2:5070>\r\nExpires: 60\r\n");
  EXPECT_EQ(phone.status, 200);
  EXPECT_EQ(phone.contacts, (std::vector<std::string>{"<sip:ann@10.0.0.2:5070>;expires=60"}));
  ASSERT_NE(registrar.find("ann"), nullptr);
  EXPECT_FALSE(registrar.find("ann")->front().bound);
  loop.run_for(std::chrono::seconds(59));
  EXPECT_EQ(news, (std::vector<std::string>{"ann on"}));
  loop.run_for(std::chrono::seconds(2));
  EXPECT_EQ(news, (std::vector<std::string>{"ann on", "ann off"}));
  EXPECT_EQ(registrar.find("ann"), nullptr);
}

TEST_F(RegistrarTest, RefreshKeepsItWithoutNews) {
  for (int i = 0; i < 5; ++i) {
    phone.enroll(loop, "Contact: <sip:ann@10.0.0.2:5070>\r\nExpires: 60\r\n");
    EXPECT_EQ(phone.status, 200);
    loop.run_for(std::chrono::seconds(40));
  }
  EXPECT_EQ(news, (std::vector<std::string>{"ann on"}));
  EXPECT_EQ(registrar.find("ann")->size(), 1u);
}

TEST_F(RegistrarTest, UnregistersOneAndAll) {
  phone.enroll(loop, "Contact: <sip:ann@10.0.0.2:5070>, <sip:ann@10.0.0.2:5071>\r\nExpires: 60\r\n");
  EXPECT_EQ(registrar.find("ann")->size(), 2u);
  phone.enroll(loop, "Contact: <sip:ann@10.0.0.2:5071>;expires=0\r\n");
  EXPECT_EQ(registrar.find("ann")->size(), 1u);
  phone.enroll(loop, "Contact: *\r\nExpires: 0\r\n");
  EXPECT_EQ(news, (std::vector<std::string>{"ann on", "ann off"}));
  phone.enroll(loop, "Contact: *\r\nExpires: 60\r\n");
  EXPECT_EQ(phone.status, 400);
}

TEST_F(RegistrarTest, WrongPasswordAndSomebodyElsesNumber) {
  phone.enroll(loop, "Contact: <sip:ann@10.0.0.2>\r\n", {"ann", "guess"});
  EXPECT_EQ(phone.status, 401);
  phone.enroll(loop, "Contact: <sip:ann@10.0.0.2>\r\n", {"ben", "secret"});
  EXPECT_EQ(phone.status, 403);
  phone.enroll(loop, "Contact: <sip:zoe@10.0.0.2>\r\n", {"zoe", "secret"}, "zoe");
  EXPECT_EQ(phone.status, 401);
  EXPECT_TRUE(news.empty());
}

TEST_F(RegistrarTest, LimitsAnswer) {
  phone.enroll(loop, "Contact: <sip:ann@10.0.0.2>\r\nExpires: 5\r\n");
  EXPECT_EQ(phone.status, 423);
  EXPECT_EQ(registrar.find("ann"), nullptr);
  for (int port = 1; port <= 20; ++port)
    phone.enroll(loop, "Contact: <sip:ann@10.0.0.2:" + std::to_string(port) + ">\r\n");
  EXPECT_EQ(registrar.find("ann")->size(), 8u);
  EXPECT_EQ(registrar.find("ann")->front().contact, "sip:ann@10.0.0.2:20");
}

TEST_F(RegistrarTest, ContactBehindANatGoesBackTheWayItCame) {
  phone.enroll(loop, "Contact: <sip:ann@192.168.1.4:5060>\r\n");
  ASSERT_NE(registrar.find("ann"), nullptr);
  EXPECT_TRUE(registrar.find("ann")->front().bound);
  EXPECT_EQ(to_string(registrar.find("ann")->front().source.address), phone_at);
}

} // namespace
} // namespace tl::sip
