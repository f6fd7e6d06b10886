// SPDX-License-Identifier: Apache-2.0
#include "main/listener.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fmt/core.h>
#include <map>
#include <sys/socket.h>
#include <unistd.h>

#include "main/client.hpp"

namespace tl::program {
namespace {

class DoorListener final : public Listener, public Connection::Owner, public Client::Owner {
public:
  DoorListener(Loop& loop, Log& log, wire::SessionHost& host, std::unique_ptr<Door> door,
               ListenerLimits limits)
      : loop_(loop), log_(log), host_(host), door_(std::move(door)), limits_(limits),
        clean_(loop, [this] { clean(); }), pause_(loop, [this] { listen(); }) {
    listen();
  }
  ~DoorListener() override {
    watch_.reset();
    while (!clients_.empty()) {
      clients_.begin()->second->end("the server is stopping", Level::debug);
      clients_.erase(clients_.begin());
    }
  }

  std::size_t connections() const override { return newcomers_.size() + places_.size(); }

private:
  // A connection that has not said yet what it is for, or whose hello is being looked at.
  struct Newcomer {
    std::unique_ptr<Connection> connection;
    Timer deadline;
    std::uint64_t number;
    bool said_hello = false;
    Newcomer(Loop& loop, Timer::Handler late, std::uint64_t one)
        : deadline(loop, std::move(late)), number(one) {}
  };

  void listen() {
    watch_ = loop_.watch(door_->fd(), [this] { accept_all(); });
  }

  void accept_all() {
    for (int i = 0; i < 64; ++i) {
      Descriptor fd(accept4(door_->fd(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
      if (fd.get() >= 0) {
        welcome(std::move(fd));
      } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
        log_.warn("main", "{}: no program can connect: {}", door_->name(), std::strerror(errno));
        watch_.reset(); // the waiting connection would wake the loop for ever
        return pause_.start(std::chrono::milliseconds(limits_.accept_pause_ms));
      } else {
        return;
      }
    }
  }

  // Why a connection more cannot be served; empty: it can.
  std::string no_room(const std::string& peer) const {
    if (connections() >= limits_.connections_max)
      return fmt::format("the server's limit of {} connections is reached", limits_.connections_max);
    std::size_t silent = 0, from_there = 0;
    for (const auto& [connection, newcomer] : newcomers_) {
      silent += !newcomer->said_hello;
      from_there += !newcomer->said_hello && !peer.empty() && connection->transport().peer() == peer;
    }
    if (silent >= limits_.newcomers_max || from_there >= limits_.newcomers_per_peer_max)
      return "too many connections have not said what they are for; try again in a moment";
    return {};
  }

  void welcome(Descriptor fd) {
    auto transport = door_->open(std::move(fd));
    if (!transport) return;
    if (const std::string why = no_room(transport->peer()); !why.empty()) {
      wire::Buffer goodbye;
      wire::write_goodbye(goodbye, why);
      transport->send(goodbye);
      return;
    }
    auto connection =
        std::make_unique<Connection>(loop_, std::move(transport), *this, limits_.requests_per_turn_max);
    Connection* key = connection.get();
    auto newcomer = std::make_unique<Newcomer>(
        loop_, [key] { key->refuse("neither hello nor attach came in time"); }, ++last_newcomer_);
    newcomer->connection = std::move(connection);
    newcomer->deadline.start(std::chrono::milliseconds(limits_.handshake_ms_max));
    newcomers_[key] = std::move(newcomer);
  }

  void frame(Connection& connection, wire::Bytes frame) override {
    if (auto place = places_.find(&connection); place != places_.end())
      return client_frame(*place->second, connection, frame);
    if (std::optional<wire::Hello> hello = wire::read_hello(frame)) return identify(connection, *hello);
    if (std::optional<wire::Ticket> ticket = wire::read_attach(frame)) return attach(connection, *ticket);
    connection.refuse("hello or attach was expected first");
  }

  void client_frame(Client& client, Connection& connection, wire::Bytes frame) {
    std::optional<wire::Header> header = wire::read_header(frame);
    if (!header || header->kind != wire::FrameKind::request)
      return connection.refuse("a request was expected, and a well-formed one");
    if (!client.takes_requests_on(connection))
      return connection.refuse("requests do not belong on the connection for events");
    client.request(frame);
  }

  void identify(Connection& connection, const wire::Hello& hello) {
    if (hello.version != wire::protocol_version)
      return connection.refuse(fmt::format("protocol {} was offered, this server speaks {}", hello.version,
                                           wire::protocol_version));
    Newcomer& newcomer = *newcomers_.at(&connection);
    if (newcomer.said_hello) return connection.refuse("a second hello came before the answer to the first");
    newcomer.said_hello = true;
    newcomer.deadline.start(std::chrono::milliseconds(limits_.identify_ms_max));
    door_->identify(connection.transport(), hello,
                    [this, key = &connection, number = newcomer.number](const Result<wire::Identity>& who) {
                      const auto still = newcomers_.find(key);
                      if (still == newcomers_.end() || still->second->number != number)
                        return; // it went away
                      if (who)
                        begin(*key, *who);
                      else
                        key->refuse(who.error().text);
                    });
  }

  void begin(Connection& connection, const wire::Identity& identity) {
    wire::Ticket ticket{.session = ++last_session_};
    if (getentropy(ticket.token.data(), ticket.token.size()) != 0)
      return connection.refuse("the system gave no random number");
    auto client = std::make_unique<Client>(loop_, log_, *this, limits_, ticket);
    std::unique_ptr<wire::Session> session = host_.open_session(identity, *client);
    Client& kept = *(clients_[ticket.session] = std::move(client));
    places_[&connection] = &kept;
    kept.begin(std::move(session), leave_newcomers(connection), identity);
  }

  void attach(Connection& connection, const wire::Ticket& ticket) {
    auto found = clients_.find(ticket.session);
    if (found == clients_.end() || found->second->attached() || found->second->ticket().token != ticket.token)
      return connection.refuse("no session waits for this connection");
    places_[&connection] = found->second.get();
    found->second->attach(leave_newcomers(connection));
  }

  std::unique_ptr<Connection> leave_newcomers(Connection& connection) {
    auto found = newcomers_.find(&connection);
    std::unique_ptr<Connection> out = std::move(found->second->connection);
    out->trust();
    newcomers_.erase(found);
    return out;
  }

  void ended(Connection& connection, const std::string& refused) override {
    if (auto place = places_.find(&connection); place == places_.end()) {
      if (!refused.empty())
        log_.warn("main", "{}: a connection{} was refused: {}", door_->name(), from(connection), refused);
      bury(connection);
    } else if (refused.empty()) {
      place->second->end("the connection closed", Level::debug);
    } else {
      place->second->end(refused);
    }
  }

  static std::string from(const Connection& connection) {
    const std::string peer = connection.transport().peer();
    return peer.empty() ? peer : " from " + peer;
  }

  void client_over(Client& client) override {
    over_.push_back(client.ticket().session);
    if (!clean_.running()) clean_.start(Duration::zero());
  }

  // Its own handler may be running: destroyed on a later turn.
  void bury(Connection& connection) {
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
  std::unique_ptr<Door> door_;
  ListenerLimits limits_;
  std::uint64_t last_newcomer_ = 0;
  std::uint32_t last_session_ = 0;
  std::map<Connection*, std::unique_ptr<Newcomer>> newcomers_;
  std::vector<std::unique_ptr<Newcomer>> dead_;
  std::map<Connection*, Client*> places_; // of clients' connections
  std::map<std::uint32_t, std::unique_ptr<Client>> clients_;
  std::vector<std::uint32_t> over_;
  Timer clean_;
  Timer pause_;
  std::unique_ptr<Watch> watch_; // before the door closes: declared after it
};

} // namespace

std::unique_ptr<Listener> Listener::make(Loop& loop, Log& log, wire::SessionHost& host,
                                         std::unique_ptr<Door> door, ListenerLimits limits) {
  return std::make_unique<DoorListener>(loop, log, host, std::move(door), limits);
}

} // namespace tl::program
