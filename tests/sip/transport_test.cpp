// SPDX-License-Identifier: Apache-2.0
// The real transports over loopback.
#include <gtest/gtest.h>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/real_loop.hpp"
#include "sip/tcp.hpp"
#include "sip/udp.hpp"

namespace tl::sip {
namespace {

using namespace std::chrono_literals;

const std::string message =
    "OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP h;branch=z9hG4bK1\r\nContent-Length: 0\r\n\r\n";

struct Sink final : TransportSink {
  std::vector<std::string> messages;
  std::vector<Peer> peers;
  std::vector<std::uint32_t> lost;
  void received(Transport&, const Peer& from, std::span<char> bytes, Duration) override {
    messages.emplace_back(bytes.data(), bytes.size());
    peers.push_back(from);
  }
  void connection_lost(Transport&, std::uint32_t connection) override { lost.push_back(connection); }
};

struct TransportTest : testing::Test {
  RealLoop loop;
  NullLog log;
  Sink server_sink, client_sink;
  const Address any = *Address::parse("127.0.0.1:0");

  std::unique_ptr<Tcp> tcp(Sink& sink, const StreamLimits& limits = {}) {
    auto opened = Tcp::open(loop, log, any, limits);
    EXPECT_TRUE(opened);
    (*opened)->set_sink(&sink);
    return std::move(*opened);
  }
  template <class Condition> bool eventually(Condition condition) {
    for (int i = 0; i < 300 && !condition(); ++i) {
      Timer timer(loop, [this] { loop.stop(); });
      timer.start(10ms);
      loop.run();
    }
    return condition();
  }
  // A plain blocking socket, for peers that misbehave.
  int dial(const Address& to) {
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_storage raw;
    const socklen_t length = to.fill(raw);
    EXPECT_EQ(::connect(fd, reinterpret_cast<const sockaddr*>(&raw), length), 0);
    return fd;
  }
  static void write(int fd, const std::string& bytes) {
    EXPECT_EQ(::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
  }
};

TEST_F(TransportTest, UdpBothWays) {
  auto a = Udp::open(loop, any), b = Udp::open(loop, any);
  ASSERT_TRUE(a && b);
  (*a)->set_sink(&client_sink);
  (*b)->set_sink(&server_sink);
  for (int i = 0; i < 100; ++i) {
    Peer to{(*b)->local(), 0, Protocol::udp};
    EXPECT_TRUE((*a)->send(to, message));
  }
  EXPECT_TRUE(eventually([&] { return server_sink.messages.size() == 100; }));
  Peer back = server_sink.peers.front();
  EXPECT_EQ(back.address, (*a)->local());
  EXPECT_TRUE((*b)->send(back, message));
  EXPECT_TRUE(eventually([&] { return client_sink.messages.size() == 1; }));
}

TEST_F(TransportTest, UdpDropsWhatIsTooLong) {
  UdpLimits limits;
  limits.message_size_max_bytes = 256;
  auto a = Udp::open(loop, any), b = Udp::open(loop, any, limits);
  (*b)->set_sink(&server_sink);
  Peer to{(*b)->local(), 0, Protocol::udp};
  (*a)->send(to, std::string(300, 'x'));
  (*a)->send(to, message);
  EXPECT_TRUE(eventually([&] { return !server_sink.messages.empty(); }));
  EXPECT_EQ(server_sink.messages, (std::vector<std::string>{message}));
}

TEST_F(TransportTest, TakenPortIsNamed) {
  auto a = Udp::open(loop, any);
  auto again = Udp::open(loop, (*a)->local());
  ASSERT_FALSE(again);
  EXPECT_NE(again.error().text.find(to_string((*a)->local())), std::string::npos);
  auto listening = tcp(server_sink);
  auto second = Tcp::open(loop, log, listening->local());
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().text.find(to_string(listening->local())), std::string::npos);
}

TEST_F(TransportTest, TcpConnectionIsReusedBothWays) {
  auto server = tcp(server_sink), client = tcp(client_sink);
  Peer to{server->local(), 0, Protocol::tcp};
  EXPECT_TRUE(client->send(to, message)); // queued while it connects
  const std::uint32_t first = to.connection;
  EXPECT_TRUE(client->send(to, message));
  EXPECT_EQ(to.connection, first);
  ASSERT_TRUE(eventually([&] { return server_sink.messages.size() == 2; }));
  EXPECT_EQ(server->connections(), 1u);
  Peer back = server_sink.peers.front();
  EXPECT_TRUE(server->send(back, message));
  EXPECT_TRUE(eventually([&] { return client_sink.messages.size() == 1; }));
  EXPECT_EQ(server->connections(), 1u);
  client.reset();
  EXPECT_TRUE(eventually([&] { return server_sink.lost.size() == 1; }));
  EXPECT_FALSE(server->alive(back.connection));
}

TEST_F(TransportTest, RefusedConnectionIsReported) {
  Address nobody;
  {
    auto gone = tcp(server_sink);
    nobody = gone->local();
  }
  auto client = tcp(client_sink);
  Peer to{nobody, 0, Protocol::tcp};
  client->send(to, message);
  EXPECT_TRUE(eventually([&] { return client_sink.lost == std::vector<std::uint32_t>{to.connection}; }));
  EXPECT_EQ(client->connections(), 0u);
}

TEST_F(TransportTest, MessagesInPiecesAndKeepAlives) {
  auto server = tcp(server_sink);
  const int fd = dial(server->local());
  write(fd, "\r\n\r\n" + message.substr(0, 20));
  EXPECT_TRUE(eventually([&] { return server->connections() == 1; }));
  write(fd, message.substr(20) + message + message.substr(0, 5));
  EXPECT_TRUE(eventually([&] { return server_sink.messages.size() == 2; }));
  char pong[8];
  EXPECT_EQ(::recv(fd, pong, sizeof pong, MSG_DONTWAIT), 2); // CRLF (RFC 5626 section 3.5.1)
  ::close(fd);
  EXPECT_TRUE(eventually([&] { return server->connections() == 0; }));
}

TEST_F(TransportTest, NonsenseIsDisconnected) {
  auto server = tcp(server_sink);
  const int fd = dial(server->local());
  write(fd, "OPTIONS sip:a SIP/2.0\r\nContent-Length: many\r\n\r\n");
  EXPECT_TRUE(eventually([&] { return server_sink.lost.size() == 1; }));
  char byte;
  EXPECT_EQ(::recv(fd, &byte, 1, 0), 0);
  ::close(fd);
}

TEST_F(TransportTest, ConnectionsAreLimited) {
  StreamLimits limits;
  limits.connections_max = 2;
  limits.idle_max = 300ms;
  auto server = tcp(server_sink, limits);
  const int a = dial(server->local()), b = dial(server->local()), c = dial(server->local());
  char byte;
  EXPECT_TRUE(
      eventually([&] { return ::recv(c, &byte, 1, MSG_DONTWAIT) == 0; })); // the third is closed at once
  EXPECT_EQ(server->connections(), 2u);
  EXPECT_TRUE(eventually([&] { return server->connections() == 0; })); // the others for saying nothing
  for (const int fd : {a, b, c}) ::close(fd);
}

TEST_F(TransportTest, SlowReaderIsDisconnected) {
  StreamLimits limits;
  limits.output_max_bytes = 64 * 1024;
  auto server = tcp(server_sink, limits);
  const int fd = dial(server->local());
  write(fd, message);
  ASSERT_TRUE(eventually([&] { return !server_sink.peers.empty(); }));
  Peer back = server_sink.peers.front();
  bool refused = false;
  for (int i = 0; i < 20'000 && !refused; ++i) refused = !server->send(back, std::string(1000, 'x'));
  EXPECT_TRUE(refused);
  EXPECT_TRUE(eventually([&] { return server_sink.lost.size() == 1; }));
  ::close(fd);
}

} // namespace
} // namespace tl::sip
