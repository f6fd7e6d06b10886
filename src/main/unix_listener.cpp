// SPDX-License-Identifier: Apache-2.0
#include "main/unix_listener.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fmt/core.h>
#include <map>
#include <sys/socket.h>
#include <unistd.h>

#include "main/unix_client.hpp"

namespace tl::program {
namespace {

class Listener final : public UnixListener, public UnixConnection::Owner, public UnixClient::Owner {
public:
  Listener(Loop& loop, Log& log, wire::SessionHost& host, std::string path, Descriptor fd,
           ListenerLimits limits)
      : loop_(loop), log_(log), host_(host), path_(std::move(path)), limits_(limits), fd_(std::move(fd)),
        clean_(loop, [this] { clean(); }), pause_(loop, [this] { listen(); }) {
    listen();
  }
  ~Listener() override {
    watch_.reset();
    unlink(path_.c_str());
    while (!clients_.empty()) {
      clients_.begin()->second->end("the server is stopping", Level::debug);
      clients_.erase(clients_.begin());
    }
  }

  std::size_t connections() const override { return newcomers_.size() + places_.size(); }

private:
  // A connection that has not said yet what it is for.
  struct Newcomer {
    std::unique_ptr<UnixConnection> connection;
    Timer deadline;
    Newcomer(Loop& loop, Timer::Handler late) : deadline(loop, std::move(late)) {}
  };

  void listen() {
    watch_ = loop_.watch(fd_.get(), [this] { accept_all(); });
  }

  void accept_all() {
    for (int i = 0; i < 64; ++i) {
      Descriptor fd(accept4(fd_.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
      if (fd.get() >= 0) {
        welcome(std::move(fd));
      } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
        log_.warn("main", "{}: no program can connect: {}", path_, std::strerror(errno));
        watch_.reset(); // the waiting connection would wake the loop for ever
        return pause_.start(std::chrono::milliseconds(limits_.accept_pause_ms));
      } else {
        return;
      }
    }
  }

  void welcome(Descriptor fd) {
    if (connections() >= limits_.connections_max) {
      wire::Buffer goodbye;
      wire::write_goodbye(
          goodbye, fmt::format("the server's limit of {} connections is reached", limits_.connections_max));
      send(fd.get(), goodbye.data(), goodbye.size(), MSG_NOSIGNAL);
      return;
    }
    auto connection =
        std::make_unique<UnixConnection>(loop_, std::move(fd), *this, limits_.requests_per_turn_max);
    UnixConnection* key = connection.get();
    auto newcomer =
        std::make_unique<Newcomer>(loop_, [key] { key->refuse("neither hello nor attach came in time"); });
    newcomer->connection = std::move(connection);
    newcomer->deadline.start(std::chrono::milliseconds(limits_.handshake_ms_max));
    newcomers_[key] = std::move(newcomer);
  }

  void frame(UnixConnection& connection, wire::Bytes frame) override {
    if (auto place = places_.find(&connection); place != places_.end())
      return client_frame(*place->second, connection, frame);
    if (std::optional<wire::Hello> hello = wire::read_hello(frame)) return begin(connection, *hello);
    if (std::optional<wire::Ticket> ticket = wire::read_attach(frame)) return attach(connection, *ticket);
    connection.refuse("hello or attach was expected first");
  }

  void client_frame(UnixClient& client, UnixConnection& connection, wire::Bytes frame) {
    std::optional<wire::Header> header = wire::read_header(frame);
    if (!header || header->kind != wire::FrameKind::request)
      return connection.refuse("a request was expected, and a well-formed one");
    if (!client.takes_requests_on(connection))
      return connection.refuse("requests do not belong on the connection for events");
    client.request(frame);
  }

  void begin(UnixConnection& connection, const wire::Hello& hello) {
    if (hello.version != wire::protocol_version)
      return connection.refuse(fmt::format("protocol {} was offered, this server speaks {}", hello.version,
                                           wire::protocol_version));
    wire::Ticket ticket{.session = ++last_session_};
    if (getentropy(ticket.token.data(), ticket.token.size()) != 0)
      return connection.refuse("the system gave no random number");
    auto client = std::make_unique<UnixClient>(loop_, log_, *this, limits_, ticket);
    wire::Identity identity = peer_of(connection.fd());
    std::unique_ptr<wire::Session> session = host_.open_session(identity, *client);
    UnixClient& kept = *(clients_[ticket.session] = std::move(client));
    places_[&connection] = &kept;
    kept.begin(std::move(session), leave_newcomers(connection), identity);
  }

  void attach(UnixConnection& connection, const wire::Ticket& ticket) {
    auto found = clients_.find(ticket.session);
    if (found == clients_.end() || found->second->attached() || found->second->ticket().token != ticket.token)
      return connection.refuse("no session waits for this connection");
    places_[&connection] = found->second.get();
    found->second->attach(leave_newcomers(connection));
  }

  std::unique_ptr<UnixConnection> leave_newcomers(UnixConnection& connection) {
    auto found = newcomers_.find(&connection);
    std::unique_ptr<UnixConnection> out = std::move(found->second->connection);
    newcomers_.erase(found);
    return out;
  }

  void ended(UnixConnection& connection, const std::string& refused) override {
    if (auto place = places_.find(&connection); place == places_.end()) {
      if (!refused.empty()) log_.warn("main", "{}: a connection was refused: {}", path_, refused);
      bury(connection);
    } else if (refused.empty()) {
      place->second->end("the connection closed", Level::debug);
    } else {
      place->second->end(refused);
    }
  }

  void client_over(UnixClient& client) override {
    over_.push_back(client.ticket().session);
    if (!clean_.running()) clean_.start(Duration::zero());
  }

  // Its own handler may be running: destroyed on a later turn.
  void bury(UnixConnection& connection) {
    auto found = newcomers_.find(&connection);
    if (found == newcomers_.end()) return;
    dead_.push_back(std::move(found->second));
    newcomers_.erase(found);
    if (!clean_.running()) clean_.start(Duration::zero());
  }

  void clean() {
    dead_.clear();
    std::vector<std::uint32_t> over;
    over.swap(over_);
    for (std::uint32_t session : over) {
      auto found = clients_.find(session);
      if (found == clients_.end()) continue;
      std::erase_if(places_, [&](const auto& place) { return place.second == found->second.get(); });
      clients_.erase(found);
    }
  }

  Loop& loop_;
  Log& log_;
  wire::SessionHost& host_;
  std::string path_;
  ListenerLimits limits_;
  Descriptor fd_;
  std::uint32_t last_session_ = 0;
  std::map<UnixConnection*, std::unique_ptr<Newcomer>> newcomers_;
  std::vector<std::unique_ptr<Newcomer>> dead_;
  std::map<UnixConnection*, UnixClient*> places_; // of clients' connections
  std::map<std::uint32_t, std::unique_ptr<UnixClient>> clients_;
  std::vector<std::uint32_t> over_;
  Timer clean_;
  Timer pause_;
  std::unique_ptr<Watch> watch_; // before fd_ is closed: declared after it
};

} // namespace

Result<std::unique_ptr<UnixListener>> UnixListener::open(Loop& loop, Log& log, wire::SessionHost& host,
                                                         const std::string& path, ListenerLimits limits) {
  Result<Descriptor> fd = listen_at(path);
  if (!fd) return fd.error();
  return std::unique_ptr<UnixListener>(
      std::make_unique<Listener>(loop, log, host, path, std::move(*fd), limits));
}

} // namespace tl::program
