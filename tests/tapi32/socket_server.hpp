// SPDX-License-Identifier: Apache-2.0
// A FakeServer behind a Unix socket of its own, for one client: a thread accepts the two connections and
// serves them.
#pragma once

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>

#include "fake_server.hpp"

namespace tl::test {

class SocketServer {
public:
  // Called on the server's thread between a request's handling and its reply; false: close instead of
  // replying.
  std::function<bool()> before_reply;
  // Answers hello with this sentence instead of welcome.
  std::string goodbye;

  explicit SocketServer(FakeServer& host) : host_(host) {
    char folder[] = "/tmp/trunkline_test_XXXXXX";
    folder_ = ::mkdtemp(folder);
    listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path().c_str(), path().size());
    TL_CHECK(::bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    TL_CHECK(::listen(listener_, 8) == 0);
  }
  ~SocketServer() {
    stop();
    ::close(listener_);
    std::filesystem::remove_all(folder_);
  }

  std::string path() const { return folder_ + "/s"; }
  void start() {
    thread_ = std::thread([this] { serve(); });
  }
  // Ends both connections, as a crash would.
  void stop() {
    stopping_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    for (const int fd : {requests_.load(), events_.load()})
      if (fd >= 0) ::shutdown(fd, SHUT_RDWR);
    if (thread_.joinable()) thread_.join();
  }

private:
  class Sink final : public wire::EventSink {
  public:
    explicit Sink(SocketServer& server) : server_(server) {}
    void event(Bytes frame) override { send(server_.events_, frame); }
    void lost(const std::string&) override {}

  private:
    SocketServer& server_;
  };

  static void send(int fd, Bytes frame) {
    TL_CHECK(::send(fd, frame.data(), frame.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(frame.size()) ||
             fd >= 0);
  }

  // The next frame of a connection, into its splitter's memory.
  static std::optional<Bytes> receive(int fd, wire::Splitter& splitter) {
    for (;;) {
      if (const auto frame = splitter.next()) return frame;
      const auto space = splitter.space();
      const auto got = ::recv(fd, space.data(), space.size(), 0);
      if (got <= 0) return std::nullopt;
      splitter.commit(static_cast<std::size_t>(got));
    }
  }

  void serve() {
    while (!stopping_) serve_client();
  }

  void serve_client() {
    requests_ = ::accept(listener_, nullptr, nullptr);
    if (requests_ < 0) return;
    wire::Splitter requests, events;
    auto frame = receive(requests_, requests);
    Buffer out;
    if (!frame || !goodbye.empty()) {
      wire::write_goodbye(out, goodbye);
      send(requests_, out);
    } else {
      wire::write_welcome(out, {7, {std::byte{1}}});
      send(requests_, out);
      events_ = ::accept(listener_, nullptr, nullptr);
      const auto attach = receive(events_, events);
      TL_CHECK(attach && wire::read_attach(*attach)->session == 7);
      wire::write_welcome(out, {7, {}});
      send(events_, out);
      serve_requests(requests);
    }
    for (auto* const fd : {&requests_, &events_})
      if (*fd >= 0) ::close(fd->exchange(-1));
  }

  void serve_requests(wire::Splitter& splitter) {
    Sink sink{*this};
    const auto session = host_.open_session({}, sink);
    Buffer reply;
    while (const auto frame = receive(requests_, splitter)) {
      session->request(*frame, reply);
      if (before_reply && !before_reply()) return;
      send(requests_, reply);
    }
  }

  FakeServer& host_;
  std::string folder_;
  int listener_ = -1;
  std::atomic<int> requests_ = -1;
  std::atomic<int> events_ = -1;
  std::atomic<bool> stopping_ = false;
  std::thread thread_;
};

} // namespace tl::test
