// SPDX-License-Identifier: Apache-2.0
#include "main/unix_door.hpp"

#include <cstring>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <optional>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>

#include "base/real_loop.hpp"
#include "wire/frame.hpp"

using namespace tl;
using namespace tl::program;

namespace {

constexpr std::uint16_t some_function = 7;

// Answers every request with its own function number; counts what lives.
class FakeHost final : public wire::SessionHost {
public:
  struct FakeSession final : wire::Session {
    FakeHost& host;
    wire::EventSink& sink;
    FakeSession(FakeHost& h, wire::EventSink& s) : host(h), sink(s) { ++host.sessions; }
    ~FakeSession() override { --host.sessions; }
    void request(wire::Bytes frame, wire::Buffer& reply) override {
      auto header = wire::read_header(frame);
      wire::ReplyWriter writer(reply, header->number, header->sequence, 0);
      ASSERT_TRUE(writer.finish());
      for (int i = 0; i < host.events_per_request; ++i) {
        wire::Buffer event;
        ASSERT_TRUE(wire::write_event(event, {.message = 2, .param1 = static_cast<std::uint64_t>(i)}));
        sink.event(event);
      }
      if (host.lose) sink.lost("enough");
    }
  };

  std::unique_ptr<wire::Session> open_session(const wire::Identity& identity,
                                              wire::EventSink& sink) override {
    last = identity;
    return std::make_unique<FakeSession>(*this, sink);
  }

  int sessions = 0;
  int events_per_request = 0;
  bool lose = false;
  wire::Identity last;
};

// A blocking peer.
class Peer {
public:
  explicit Peer(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strcpy(address.sun_path, path.c_str());
    fd_ = socket(AF_UNIX, SOCK_STREAM, 0);
    timeval limit{.tv_sec = 5, .tv_usec = 0};
    setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    good_ = connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  ~Peer() { close(fd_); }
  bool good() const { return good_; }
  void send(wire::Bytes bytes) {
    EXPECT_EQ(::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
  }
  std::optional<wire::Buffer> receive() {
    for (;;) {
      if (auto frame = splitter_.next()) return wire::Buffer(frame->begin(), frame->end());
      auto space = splitter_.space();
      ssize_t got = recv(fd_, space.data(), space.size(), 0);
      if (got <= 0) return std::nullopt;
      splitter_.commit(static_cast<std::size_t>(got));
    }
  }
  bool closed() { return !receive(); }
  // The sentence it is refused with, once the connection is closed.
  std::string refused() {
    auto frame = receive();
    auto why = frame ? wire::read_goodbye(*frame) : std::nullopt;
    return !why ? "no goodbye" : !closed() ? "not closed" : *why;
  }
  std::optional<wire::Ticket> hello(std::uint32_t version = wire::protocol_version) {
    wire::Buffer frame;
    wire::write_hello(frame, {.version = version, .process_id = 1});
    send(frame);
    auto answer = receive();
    return answer ? wire::read_welcome(*answer) : std::nullopt;
  }
  bool attach(const wire::Ticket& ticket) {
    wire::Buffer frame;
    wire::write_attach(frame, ticket);
    send(frame);
    auto answer = receive();
    return answer && wire::read_welcome(*answer);
  }
  void request(std::uint32_t sequence) {
    wire::Buffer frame;
    wire::FrameWriter writer(frame, wire::FrameKind::request, some_function, sequence);
    EXPECT_TRUE(writer.finish());
    send(frame);
  }

private:
  int fd_;
  bool good_;
  wire::Splitter splitter_;
};

class UnixListenerTest : public testing::Test {
protected:
  void SetUp() override {
    folder_ =
        (std::filesystem::temp_directory_path() / ("trunkline-ul-" + std::to_string(getpid()))).string();
    path_ = folder_ + "/sub/tapi.sock";
    limits_.handshake_ms_max = 200;
  }
  void TearDown() override {
    listener_.reset();
    std::filesystem::remove_all(folder_);
  }
  void open() {
    auto opened = listen_unix(loop_, log_, host_, path_, limits_);
    ASSERT_TRUE(opened) << opened.error().text;
    listener_ = std::move(*opened);
  }
  // Runs the peer's side in a thread beside the loop.
  void with_peer(std::function<void()> body) {
    std::thread thread([&] {
      body();
      loop_.stop();
    });
    loop_.run();
    thread.join();
  }
  // Lets the loop work for a moment.
  void settle() {
    Timer timer(loop_, [this] { loop_.stop(); });
    timer.start(50ms);
    loop_.run();
  }

  RealLoop loop_;
  NullLog log_;
  FakeHost host_;
  ListenerLimits limits_;
  std::string folder_, path_;
  std::unique_ptr<Listener> listener_;
};

TEST_F(UnixListenerTest, CarriesRequestsRepliesAndEvents) {
  open();
  host_.events_per_request = 3;
  with_peer([&] {
    Peer requests(path_), events(path_);
    auto ticket = requests.hello();
    ASSERT_TRUE(ticket);
    ASSERT_TRUE(events.attach(*ticket));
    for (std::uint32_t i = 1; i <= 200; ++i) {
      requests.request(i);
      auto reply = requests.receive();
      ASSERT_TRUE(reply);
      EXPECT_EQ(wire::read_header(*reply)->sequence, i);
      EXPECT_EQ(wire::read_header(*reply)->number, some_function);
    }
    for (int i = 0; i < 600; ++i) {
      auto frame = events.receive();
      ASSERT_TRUE(frame);
      EXPECT_EQ(wire::read_event(*frame)->param1, static_cast<std::uint64_t>(i % 3));
    }
  });
  EXPECT_EQ(host_.last.process_id, static_cast<std::uint32_t>(getpid()));
  EXPECT_FALSE(host_.last.user.empty());
  EXPECT_FALSE(host_.last.in_process);
  settle();
  EXPECT_EQ(host_.sessions, 0);
  EXPECT_EQ(listener_->connections(), 0u);
}

TEST_F(UnixListenerTest, PipelinedRequestsAreAllAnswered) {
  open();
  with_peer([&] {
    Peer requests(path_);
    ASSERT_TRUE(requests.hello());
    for (std::uint32_t i = 1; i <= 1000; ++i) requests.request(i);
    for (std::uint32_t i = 1; i <= 1000; ++i) ASSERT_EQ(wire::read_header(*requests.receive())->sequence, i);
  });
}

TEST_F(UnixListenerTest, EventsBeforeTheSecondConnectionAreNotLost) {
  open();
  host_.events_per_request = 2;
  with_peer([&] {
    Peer requests(path_);
    auto ticket = requests.hello();
    requests.request(1);
    ASSERT_TRUE(requests.receive());
    Peer events(path_);
    ASSERT_TRUE(events.attach(*ticket));
    EXPECT_TRUE(wire::read_event(*events.receive()));
    EXPECT_TRUE(wire::read_event(*events.receive()));
  });
}

TEST_F(UnixListenerTest, WhoReadsNoEventsIsDisconnectedAndOthersGoOn) {
  limits_.events_waiting_bytes_max = 2000;
  open();
  host_.events_per_request = 100; // before the events' connection came: all of it waits
  with_peer([&] {
    Peer slow(path_), other(path_);
    ASSERT_TRUE(slow.hello());
    ASSERT_TRUE(other.hello());
    slow.request(1);
    EXPECT_EQ(slow.refused(), "more than 2000 bytes of events wait unread");
    host_.events_per_request = 0;
    other.request(1);
    EXPECT_TRUE(other.receive());
  });
}

TEST_F(UnixListenerTest, NonsenseClosesOnlyTheConnectionThatSaidIt) {
  open();
  with_peer([&] {
    Peer good(path_);
    ASSERT_TRUE(good.hello());
    wire::Buffer junk(64, std::byte{0xA5});
    Peer a(path_), b(path_), c(path_), d(path_);
    a.send(junk);
    EXPECT_EQ(a.refused(), "what arrived is not a frame of this protocol");
    b.request(1); // a request before hello
    EXPECT_EQ(b.refused(), "hello or attach was expected first");
    wire::Buffer frame;
    wire::write_attach(frame, {.session = 1}); // somebody else's session, without its token
    c.send(frame);
    EXPECT_EQ(c.refused(), "no session waits for this connection");
    wire::write_hello(frame, {.version = 99});
    d.send(frame);
    EXPECT_EQ(d.refused(),
              "protocol 99 was offered, this server speaks " + std::to_string(wire::protocol_version));
    Peer late(path_); // says nothing
    EXPECT_EQ(late.refused(), "neither hello nor attach came in time");
    Peer later(path_);
    ASSERT_TRUE(later.hello());
    later.send(junk);
    EXPECT_EQ(later.refused(), "what arrived is not a frame of this protocol");
    good.request(5);
    EXPECT_TRUE(good.receive());
  });
}

TEST_F(UnixListenerTest, RequestsOnTheEventConnectionAreRefused) {
  open();
  with_peer([&] {
    Peer requests(path_), events(path_);
    auto ticket = requests.hello();
    ASSERT_TRUE(events.attach(*ticket));
    events.request(1);
    EXPECT_EQ(events.refused(), "requests do not belong on the connection for events");
    EXPECT_EQ(requests.refused(), "requests do not belong on the connection for events");
  });
}

TEST_F(UnixListenerTest, TheServerMayEndAClientInsideItsRequest) {
  open();
  host_.lose = true;
  with_peer([&] {
    Peer requests(path_), events(path_);
    auto ticket = requests.hello();
    ASSERT_TRUE(events.attach(*ticket));
    requests.request(1);
    auto frame = events.receive();
    ASSERT_TRUE(frame);
    EXPECT_EQ(wire::read_goodbye(*frame), "enough");
  });
  settle();
  EXPECT_EQ(host_.sessions, 0);
}

TEST_F(UnixListenerTest, ConnectionsBeyondTheLimitAreToldSo) {
  limits_.connections_max = 2;
  open();
  with_peer([&] {
    Peer a(path_), b(path_);
    ASSERT_TRUE(a.hello());
    ASSERT_TRUE(b.hello());
    Peer c(path_);
    auto frame = c.receive();
    ASSERT_TRUE(frame);
    EXPECT_EQ(wire::read_goodbye(*frame), "the server's limit of 2 connections is reached");
  });
}

TEST_F(UnixListenerTest, EndingSaysGoodbyeAndRemovesTheSocket) {
  open();
  std::thread thread([&] {
    Peer requests(path_), events(path_);
    auto ticket = requests.hello();
    ASSERT_TRUE(events.attach(*ticket));
    loop_.stop();
    auto frame = events.receive();
    ASSERT_TRUE(frame);
    EXPECT_EQ(wire::read_goodbye(*frame), "the server is stopping");
    EXPECT_EQ(requests.refused(), "the server is stopping");
  });
  loop_.run();
  listener_.reset();
  thread.join();
  EXPECT_EQ(host_.sessions, 0);
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(UnixListenerTest, TheSocketIsItsUsersAlone) {
  open();
  struct stat found {};
  ASSERT_EQ(stat(path_.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600u);
  ASSERT_EQ(stat((folder_ + "/sub").c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0700u);
}

TEST_F(UnixListenerTest, WhatIsInTheWayIsNamed) {
  open();
  auto second = listen_unix(loop_, log_, host_, path_);
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().text.find("another server listens there"), std::string::npos)
      << second.error().text;

  std::ofstream(folder_ + "/file") << "x";
  auto file = listen_unix(loop_, log_, host_, folder_ + "/file");
  ASSERT_FALSE(file);
  EXPECT_NE(file.error().text.find("is not a socket"), std::string::npos);
  EXPECT_TRUE(std::filesystem::exists(folder_ + "/file")); // not ours to remove

  auto too_long = listen_unix(loop_, log_, host_, folder_ + "/" + std::string(200, 'x'));
  ASSERT_FALSE(too_long);
  EXPECT_NE(too_long.error().text.find("longer than 107 bytes"), std::string::npos) << too_long.error().text;
}

TEST_F(UnixListenerTest, ASocketLeftBehindIsReplaced) {
  std::filesystem::create_directories(folder_ + "/sub");
  int fd = socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strcpy(address.sun_path, path_.c_str());
  ASSERT_EQ(bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  close(fd); // as after kill -9: the name stays, nobody listens
  open();
  with_peer([&] { EXPECT_TRUE(Peer(path_).hello()); });
}

} // namespace
