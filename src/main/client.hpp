// SPDX-License-Identifier: Apache-2.0
// One program that reached the server: its session and its two connections.
#pragma once

#include "main/connection.hpp"
#include "main/listener.hpp"

namespace tl::program {

class Client final : public wire::EventSink {
public:
  class Owner {
  public:
    virtual ~Owner() = default;
    // The client is over; the owner destroys it on a later turn.
    virtual void client_over(Client& client) = 0;
  };

  Client(Loop& loop, Log& log, Owner& owner, const ListenerLimits& limits, wire::Ticket ticket);
  ~Client() override;

  // The session is opened with this as its sink, then given here.
  void begin(std::unique_ptr<wire::Session> session, std::unique_ptr<Connection> requests,
             const wire::Identity& identity);
  void attach(std::unique_ptr<Connection> events);
  bool attached() const { return events_ != nullptr; }
  bool takes_requests_on(const Connection& connection) const { return requests_.get() == &connection; }
  const wire::Ticket& ticket() const { return ticket_; }

  void request(wire::Bytes frame);
  // Ends it with a sentence for the people at the other side.
  void end(const std::string& why, Level level = Level::warn);

  void event(wire::Bytes frame) override;
  // The server has logged it.
  void lost(const std::string& why) override { end(why, Level::debug); }

private:
  void flush();

  Loop& loop_;
  Log& log_;
  Owner& owner_;
  const ListenerLimits& limits_;
  wire::Ticket ticket_;
  std::string who_;
  std::unique_ptr<wire::Session> session_;
  std::unique_ptr<Connection> requests_;
  std::unique_ptr<Connection> events_;
  wire::Buffer reply_;
  wire::Buffer early_; // events before the second connection came
  Timer flush_;        // at the end of the turn: one write for all its events
  bool over_ = false;
};

} // namespace tl::program
