// SPDX-License-Identifier: Apache-2.0
#include "tapi32/socket_channel.hpp"

#include <atomic>
#include <cerrno>
#include <mutex>
#include <optional>
#include <thread>
#include <unistd.h>

#include "tapi32/session.hpp"
#include "wire/frame.hpp"

namespace tl::tapi32 {
namespace {

// A stream of frames.
class Frames {
public:
  Result<void> open(const Server& server) {
    auto stream = server.path.empty() ? open_tls(server) : open_unix(server);
    if (!stream) return stream.error();
    stream_ = std::move(*stream);
    stream_->limit_silence(reply_timeout);
    return {};
  }
  Stream& stream() { return *stream_; }
  bool send(wire::Bytes bytes) { return stream_->send(bytes); }

  // The next whole frame; nothing when the connection failed. Valid until the next receive().
  std::optional<wire::Bytes> receive() {
    for (;;) {
      if (const auto frame = splitter_.next()) return frame;
      if (splitter_.broken()) return std::nullopt;
      const auto got = stream_->receive(splitter_.space());
      if (got == 0) return std::nullopt;
      splitter_.commit(got);
    }
  }

private:
  std::unique_ptr<Stream> stream_;
  wire::Splitter splitter_;
};

// Shared with the event thread, which may outlive the channel for the moment it takes to notice.
struct Connections {
  Frames requests;
  Frames events;
  std::atomic<bool> closed = false;
};

// Many may sign in at once, and looking at a password takes its time.
constexpr std::chrono::seconds sign_in_timeout{60};

Error refused(const std::string& name, const std::optional<wire::Bytes>& frame) {
  if (!frame) return {ECONNRESET, "the telephony server at " + name + " does not answer"};
  if (const auto why = wire::read_goodbye(*frame)) return {EPROTO, "the telephony server refuses: " + *why};
  return {EPROTO, "the server at " + name + " does not speak this protocol"};
}

Result<void> shake_hands(Connections& connections, const Server& server) {
  const std::string name = server.name();
  if (server.user.size() > wire::user_max_units || server.password.size() > wire::password_max_units)
    return Error{EINVAL, "the user's name or password is too long for the server"};
  wire::Buffer frame;
  wire::write_hello(frame, {.process_id = static_cast<std::uint32_t>(::getpid()),
                            .user = server.user,
                            .password = server.password});
  connections.requests.stream().limit_silence(sign_in_timeout);
  if (!connections.requests.send(frame)) return refused(name, {});
  auto answer = connections.requests.receive();
  auto ticket = answer ? wire::read_welcome(*answer) : std::nullopt;
  if (!ticket) return refused(name, answer);
  connections.requests.stream().limit_silence(reply_timeout);
  // Not before: a server has few places for connections that say nothing.
  if (auto opened = connections.events.open(server); !opened) return opened;
  wire::write_attach(frame, *ticket);
  if (!connections.events.send(frame)) return refused(name, {});
  answer = connections.events.receive();
  if (!answer || !wire::read_welcome(*answer)) return refused(name, answer);
  return {};
}

void read_events(const std::shared_ptr<Connections>& connections, wire::EventSink& sink) {
  while (const auto frame = connections->events.receive()) {
    if (const auto why = wire::read_goodbye(*frame)) {
      sink.lost(*why);
      return;
    }
    sink.event(*frame);
    if (connections->closed) return; // the sink may be gone
  }
  if (!connections->closed) sink.lost("the telephony server closed the connection");
}

class SocketChannel final : public wire::Channel {
public:
  SocketChannel(std::shared_ptr<Connections> connections, wire::EventSink& sink)
      : connections_(std::move(connections)),
        reader_([shared = connections_, &sink] { read_events(shared, sink); }) {}

  ~SocketChannel() override {
    close();
    if (reader_.get_id() == std::this_thread::get_id())
      reader_.detach();
    else
      reader_.join();
  }

  bool call(wire::Bytes request, wire::Buffer& reply) override {
    const std::lock_guard lock{calling_};
    if (connections_->closed) return false;
    if (connections_->requests.send(request)) {
      if (const auto frame = connections_->requests.receive(); frame && !wire::read_goodbye(*frame)) {
        reply.assign(frame->begin(), frame->end());
        return true;
      }
    }
    close(); // a late reply would be taken for the next one's
    return false;
  }

  void close() override {
    connections_->closed = true;
    connections_->requests.stream().shut_down();
    connections_->events.stream().shut_down();
  }

private:
  std::shared_ptr<Connections> connections_;
  std::mutex calling_;
  std::thread reader_;
};

} // namespace

Result<std::unique_ptr<wire::Channel>> connect_socket(const Server& server, wire::EventSink& sink) {
  auto connections = std::make_shared<Connections>();
  if (auto opened = connections->requests.open(server); !opened) return opened.error();
  if (auto shaken = shake_hands(*connections, server); !shaken) return shaken.error();
  connections->events.stream().limit_silence({});
  return std::unique_ptr<wire::Channel>{std::make_unique<SocketChannel>(std::move(connections), sink)};
}

} // namespace tl::tapi32
