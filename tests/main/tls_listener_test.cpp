// SPDX-License-Identifier: Apache-2.0
// Programs on other machines: the library's own TLS stream as the good peer, bare sockets as the bad ones.
#include "main/tls_door.hpp"

#include <arpa/inet.h>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <functional>
#include <gtest/gtest.h>
#include <netinet/tcp.h>
#include <optional>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include "base/real_loop.hpp"
#include "main/certificate.hpp"
#include "main/connection.hpp"
#include "tapi32/stream.hpp"
#include "wire/frame.hpp"

using namespace tl;
using namespace tl::program;

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::uint16_t some_function = 7;

// Answers every request; sends as many events as it was told before each answer.
class FakeHost final : public wire::SessionHost {
public:
  struct FakeSession final : wire::Session {
    FakeHost& host;
    wire::EventSink& sink;
    FakeSession(FakeHost& h, wire::EventSink& s) : host(h), sink(s) { ++host.sessions; }
    ~FakeSession() override { --host.sessions; }
    void request(wire::Bytes frame, wire::Buffer& reply) override {
      const auto header = wire::read_header(frame);
      wire::ReplyWriter writer(reply, header->number, header->sequence, 0);
      writer.data(wire::Bytes{host.answer});
      ASSERT_TRUE(writer.finish());
      for (int i = 0; i < host.events_per_request; ++i) {
        wire::Buffer event;
        ASSERT_TRUE(wire::write_event(event, {.message = 2, .param1 = static_cast<std::uint64_t>(i)}));
        sink.event(event);
      }
    }
  };
  std::unique_ptr<wire::Session> open_session(const wire::Identity& identity,
                                              wire::EventSink& sink) override {
    last = identity;
    return std::make_unique<FakeSession>(*this, sink);
  }

  int sessions = 0, events_per_request = 0;
  wire::Buffer answer;
  wire::Identity last;
};

// One connection of a client.
class Peer {
public:
  explicit Peer(const tapi32::Server& server) {
    auto opened = tapi32::open_tls(server);
    if (opened)
      stream_ = std::move(*opened);
    else
      error = opened.error().text;
  }
  bool good() const { return stream_ != nullptr; }
  void send(wire::Bytes bytes) { EXPECT_TRUE(stream_->send(bytes)); }
  std::optional<wire::Buffer> receive() {
    for (;;) {
      if (auto frame = splitter_.next()) return wire::Buffer(frame->begin(), frame->end());
      const auto got = stream_->receive(splitter_.space());
      if (got == 0) return std::nullopt;
      splitter_.commit(got);
    }
  }
  std::string refused() {
    auto frame = receive();
    auto why = frame ? wire::read_goodbye(*frame) : std::nullopt;
    return !why ? "no goodbye" : receive() ? "not closed" : *why;
  }
  void say_hello(const std::string& user, const std::string& password) {
    wire::Buffer frame;
    wire::write_hello(frame, {.process_id = 5, .user = user, .password = password});
    send(frame);
  }
  std::optional<wire::Ticket> hello(const std::string& user = "anna",
                                    const std::string& password = "right password") {
    say_hello(user, password);
    const auto answer = receive();
    return answer ? wire::read_welcome(*answer) : std::nullopt;
  }
  bool attach(const wire::Ticket& ticket) {
    wire::Buffer frame;
    wire::write_attach(frame, ticket);
    send(frame);
    const auto answer = receive();
    return answer && wire::read_welcome(*answer);
  }
  void request(std::uint32_t sequence) {
    wire::Buffer frame;
    wire::FrameWriter writer(frame, wire::FrameKind::request, some_function, sequence);
    EXPECT_TRUE(writer.finish());
    send(frame);
  }

  std::string error;

private:
  std::unique_ptr<tapi32::Stream> stream_;
  wire::Splitter splitter_;
};

class TlsListenerTest : public testing::Test {
protected:
  static void SetUpTestSuite() {
    std::signal(SIGPIPE, SIG_IGN); // as the program does
    hash_ = new PasswordHash(*parse_password_hash(hash_password("right password")));
  }
  void SetUp() override {
    folder_ =
        (std::filesystem::temp_directory_path() / ("trunkline-tls-" + std::to_string(getpid()))).string();
    std::filesystem::create_directories(folder_ + "/other");
    ASSERT_TRUE(make_certificate({.hosts = {"localhost", "127.0.0.1"}, .folder = folder_}));
    options_ = {
        .listen = "127.0.0.1:0", .certificate = folder_ + "/server.crt", .key = folder_ + "/server.key"};
    options_.passwords = {{"anna", *hash_}, {"bert", *hash_}};
    options_.limits.wrong_ms = 50;
  }
  void TearDown() override {
    listener_.reset();
    std::filesystem::remove_all(folder_);
  }
  void open() {
    auto door = open_tls_door(loop_, options_);
    ASSERT_TRUE(door) << door.error().text;
    const std::string name = (*door)->name();
    server_ = {.host = "127.0.0.1", .port = name.substr(name.rfind(':') + 1), .ca = options_.certificate};
    listener_ = Listener::make(loop_, log_, host_, std::move(*door), limits_);
  }
  void with_peer(const std::function<void()>& body) {
    std::thread thread([&] {
      body();
      loop_.stop();
    });
    loop_.run();
    thread.join();
  }
  void settle() {
    Timer timer(loop_, [this] { loop_.stop(); });
    timer.start(std::chrono::milliseconds(50));
    loop_.run();
  }
  // A TCP connection without TLS.
  int bare() const {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(server_.port)));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    timeval limit{.tv_sec = 20, .tv_usec = 0};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    EXPECT_EQ(connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    return fd;
  }
  // Until the server closes; false: it does not.
  static bool closes(int fd) {
    char bytes[512];
    ssize_t got = 0;
    while ((got = recv(fd, bytes, sizeof bytes, 0)) > 0) {
    }
    const bool closed = got == 0 || errno == ECONNRESET;
    close(fd);
    return closed;
  }

  static PasswordHash* hash_;
  RealLoop loop_;
  NullLog log_;
  FakeHost host_;
  ListenerLimits limits_;
  TlsOptions options_;
  std::string folder_;
  tapi32::Server server_;
  std::unique_ptr<Listener> listener_;
};
PasswordHash* TlsListenerTest::hash_ = nullptr;

TEST_F(TlsListenerTest, CarriesRequestsRepliesAndEvents) {
  open();
  host_.events_per_request = 3;
  with_peer([&] {
    Peer requests(server_);
    ASSERT_TRUE(requests.good()) << requests.error;
    const auto ticket = requests.hello();
    ASSERT_TRUE(ticket);
    Peer events(server_);
    ASSERT_TRUE(events.attach(*ticket));
    for (std::uint32_t i = 1; i <= 100; ++i) {
      requests.request(i);
      const auto reply = requests.receive();
      ASSERT_TRUE(reply);
      EXPECT_EQ(wire::read_header(*reply)->sequence, i);
    }
    for (int i = 0; i < 300; ++i) {
      const auto frame = events.receive();
      ASSERT_TRUE(frame);
      EXPECT_EQ(wire::read_event(*frame)->param1, static_cast<std::uint64_t>(i % 3));
    }
  });
  EXPECT_EQ(host_.last.user, "anna");
  EXPECT_EQ(host_.last.machine, "127.0.0.1");
  EXPECT_EQ(host_.last.process_id, 5u);
  EXPECT_FALSE(host_.last.administrator) << "whoever it says it is";
  settle();
  EXPECT_EQ(host_.sessions, 0);
  EXPECT_EQ(listener_->connections(), 0u);
}

// More than the socket takes at once, in both directions.
TEST_F(TlsListenerTest, LargeFramesAndManyEventsArriveWhole) {
  host_.answer.resize(700'000, std::byte{0x5A});
  host_.events_per_request = 20'000;
  open();
  with_peer([&] {
    Peer requests(server_);
    const auto ticket = requests.hello();
    ASSERT_TRUE(ticket);
    Peer events(server_);
    ASSERT_TRUE(events.attach(*ticket));
    wire::Buffer frame;
    wire::FrameWriter writer(frame, wire::FrameKind::request, some_function, 1);
    writer.data(wire::Bytes{host_.answer});
    ASSERT_TRUE(writer.finish());
    requests.send(frame);
    std::this_thread::sleep_for(std::chrono::milliseconds(200)); // the server's buffers fill
    const auto reply = requests.receive();
    ASSERT_TRUE(reply);
    EXPECT_GT(reply->size(), 700'000u);
    for (int i = 0; i < 20'000; ++i) {
      const auto event = events.receive();
      ASSERT_TRUE(event) << i;
      ASSERT_EQ(wire::read_event(*event)->param1, static_cast<std::uint64_t>(i));
    }
  });
}

TEST_F(TlsListenerTest, WrongPasswordsAndUnknownUsersGetTheSameAnswerAsLate) {
  open();
  with_peer([&] {
    for (const char* const user : {"anna", "nobody", ""}) {
      Peer peer(server_);
      const auto before = Clock::now();
      peer.say_hello(user, "wrong password");
      EXPECT_EQ(peer.refused(), "the user or the password is wrong") << user;
      EXPECT_GE(Clock::now() - before, std::chrono::milliseconds(options_.limits.wrong_ms));
    }
    EXPECT_TRUE(Peer(server_).hello("bert")) << "others go on";
  });
  EXPECT_EQ(host_.last.user, "bert") << "no session for the others";
}

TEST_F(TlsListenerTest, AnAddressThatGuessesIsRefusedUnchecked) {
  options_.limits.failures_max = 3;
  options_.limits.failures_ms = 600;
  open();
  with_peer([&] {
    std::vector<std::unique_ptr<Peer>> peers;
    for (int i = 0; i < 6; ++i) { // at once
      peers.push_back(std::make_unique<Peer>(server_));
      peers.back()->say_hello("anna", "guess " + std::to_string(i));
    }
    int checked = 0, unchecked = 0;
    for (const auto& peer : peers) {
      const std::string why = peer->refused();
      checked += why == "the user or the password is wrong";
      unchecked += why.starts_with("too many wrong passwords from this address; try again in ");
    }
    EXPECT_EQ(checked, 3);
    EXPECT_EQ(unchecked, 3);
    Peer right(server_);
    right.say_hello("anna", "right password");
    EXPECT_TRUE(right.refused().starts_with("too many wrong passwords")) << "or guesses would be answered";
    std::this_thread::sleep_for(std::chrono::milliseconds(700));
    EXPECT_TRUE(Peer(server_).hello()) << "forgotten";
  });
}

TEST_F(TlsListenerTest, TheServersCertificateMustBeTrustedAndBeForItsName) {
  ASSERT_TRUE(make_certificate({.hosts = {"elsewhere.example"}, .folder = folder_ + "/other"}));
  open();
  with_peer([&] {
    tapi32::Server stranger = server_;
    stranger.ca = folder_ + "/other/server.crt";
    EXPECT_NE(Peer(stranger).error.find("is not trusted"), std::string::npos) << Peer(stranger).error;
    tapi32::Server other_name = server_;
    other_name.host = "127.0.0.2"; // the same machine; not in the certificate
    other_name.port = server_.port;
    EXPECT_FALSE(Peer(other_name).good());
    tapi32::Server by_name = server_;
    by_name.host = "localhost";
    Peer good(by_name);
    EXPECT_TRUE(good.good()) << good.error;
  });
}

TEST_F(TlsListenerTest, TheNameIsCheckedNotOnlyTheAuthority) {
  ASSERT_TRUE(make_certificate({.hosts = {"elsewhere.example"}, .folder = folder_ + "/other"}));
  options_.certificate = folder_ + "/other/server.crt";
  options_.key = folder_ + "/other/server.key";
  open();
  with_peer([&] {
    Peer peer(server_);
    EXPECT_FALSE(peer.good());
    EXPECT_NE(peer.error.find("mismatch"), std::string::npos) << peer.error;
  });
}

TEST_F(TlsListenerTest, WhereClientsNeedCertificatesNobodyComesInWithout) {
  ASSERT_TRUE(make_certificate({.hosts = {"desk"}, .folder = folder_ + "/other"}));
  options_.ca = folder_ + "/other/server.crt";
  open();
  with_peer([&] {
    Peer without(server_);
    // TLS 1.3: the client is through before the server has seen its certificate.
    EXPECT_TRUE(!without.good() || !without.receive());
    tapi32::Server with = server_;
    with.certificate = folder_ + "/other/server.crt";
    with.key = folder_ + "/other/server.key";
    Peer peer(with);
    ASSERT_TRUE(peer.good()) << peer.error;
    EXPECT_TRUE(peer.hello());
  });
}

TEST_F(TlsListenerTest, WhatIsNoTlsIsClosedAndOthersGoOn) {
  limits_.handshake_ms_max = 2'000;
  open();
  with_peer([&] {
    Peer good(server_);
    ASSERT_TRUE(good.hello());
    const int junk = bare();
    const std::string noise = "GET / HTTP/1.1\r\nHost: x\r\n\r\n" + std::string(5000, 'x');
    EXPECT_GT(::send(junk, noise.data(), noise.size(), MSG_NOSIGNAL), 0);
    EXPECT_TRUE(closes(junk));
    const auto before = Clock::now();
    const int silent = bare(); // never says a word
    const int half = bare();   // the beginning of a ClientHello
    EXPECT_EQ(::send(half, "\x16\x03\x01\x02\x00\x01\x00\x01", 8, MSG_NOSIGNAL), 8);
    EXPECT_TRUE(closes(silent));
    EXPECT_TRUE(closes(half));
    EXPECT_LT(Clock::now() - before, std::chrono::seconds(10));
    good.request(1);
    EXPECT_TRUE(good.receive());
  });
}

TEST_F(TlsListenerTest, StrangersFramesAreBounded) {
  open();
  with_peer([&] {
    Peer large(server_);
    wire::Buffer frame(Connection::strangers_frame_max_bytes + 4);
    const auto length = static_cast<std::uint32_t>(frame.size());
    std::memcpy(frame.data(), &length, sizeof length);
    frame[4] = std::byte{1}; // hello
    large.send(frame);
    EXPECT_EQ(large.refused(), "what arrived is not a frame of this protocol");
    Peer early(server_);
    early.request(1);
    EXPECT_EQ(early.refused(), "hello or attach was expected first");
    Peer twice(server_);
    twice.say_hello("anna", "wrong password");
    twice.say_hello("anna", "right password");
    EXPECT_EQ(twice.refused(), "a second hello came before the answer to the first");
    Peer impatient(server_); // gone before the answer
    impatient.say_hello("anna", "right password");
  });
  settle();
  EXPECT_EQ(host_.sessions, 0);
}

TEST_F(TlsListenerTest, SilentConnectionsOfOneAddressAreFew) {
  limits_.newcomers_per_peer_max = 4;
  limits_.handshake_ms_max = 2'000;
  open();
  with_peer([&] {
    std::vector<int> silent;
    for (int i = 0; i < 4; ++i) silent.push_back(bare());
    EXPECT_FALSE(Peer(server_).good()) << "a fifth is closed at once";
    for (const int fd : silent) close(fd);
    Peer later(server_);
    for (int i = 0; i < 500 && !later.good(); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10)); // the server has yet to see them close
      later = Peer(server_);
    }
    EXPECT_TRUE(later.good() && later.hello());
  });
}

TEST_F(TlsListenerTest, APeerThatVanishesIsNoticed) {
  auto door = open_tls_door(loop_, options_);
  ASSERT_TRUE(door);
  server_.port = (*door)->name().substr((*door)->name().rfind(':') + 1);
  const int peer = bare();
  int accepted = -1;
  while (accepted < 0) accepted = accept(door->get()->fd(), nullptr, nullptr);
  const auto transport = (*door)->open(Descriptor(accepted));
  int on = 0, idle = 0, probe = 0, probes = 0;
  socklen_t size = sizeof on;
  getsockopt(accepted, SOL_SOCKET, SO_KEEPALIVE, &on, &size);
  getsockopt(accepted, IPPROTO_TCP, TCP_KEEPIDLE, &idle, &size);
  getsockopt(accepted, IPPROTO_TCP, TCP_KEEPINTVL, &probe, &size);
  getsockopt(accepted, IPPROTO_TCP, TCP_KEEPCNT, &probes, &size);
  EXPECT_NE(on, 0);
  EXPECT_EQ(idle + probe * probes, 60);
  close(peer);
}

TEST_F(TlsListenerTest, WhatIsWrongWithTheFilesIsSaid) {
  const auto error = [&](TlsOptions with) {
    auto door = open_tls_door(loop_, std::move(with));
    return door ? std::string("none") : door.error().text;
  };
  TlsOptions with = options_;
  with.certificate = folder_ + "/none.crt";
  EXPECT_NE(error(with).find("none.crt: no certificate (PEM) could be read"), std::string::npos)
      << error(with);
  with = options_;
  ASSERT_TRUE(make_certificate({.hosts = {"x"}, .folder = folder_ + "/other"}));
  with.key = folder_ + "/other/server.key";
  EXPECT_NE(error(with).find("other/server.key: "), std::string::npos) << error(with);
  with = options_;
  with.listen = "localhost:1";
  EXPECT_NE(error(with).find("expected address:port"), std::string::npos) << error(with);
}

} // namespace
