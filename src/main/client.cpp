// SPDX-License-Identifier: Apache-2.0
#include "main/client.hpp"

#include <fmt/core.h>

namespace tl::program {

Client::Client(Loop& loop, Log& log, Owner& owner, const ListenerLimits& limits, wire::Ticket ticket)
    : loop_(loop), log_(log), owner_(owner), limits_(limits), ticket_(ticket),
      flush_(loop, [this] { flush(); }) {}

Client::~Client() = default;

void Client::begin(std::unique_ptr<wire::Session> session, std::unique_ptr<Connection> requests,
                   const wire::Identity& identity) {
  session_ = std::move(session);
  requests_ = std::move(requests);
  who_ = fmt::format("{} (process {})", identity.user, identity.process_id);
  log_.debug("main", "client {}: {} connected", ticket_.session, who_);
  wire::write_welcome(reply_, ticket_);
  requests_->send(reply_);
}

void Client::attach(std::unique_ptr<Connection> events) {
  events_ = std::move(events);
  wire::write_welcome(reply_, {.session = ticket_.session});
  events_->send(reply_);
  events_->queue(early_);
  wire::Buffer{}.swap(early_);
  flush();
}

void Client::request(wire::Bytes frame) {
  if (over_) return;
  session_->request(frame, reply_);
  if (over_) return;
  requests_->send(reply_);
  if (requests_->waiting_bytes() > limits_.replies_waiting_bytes_max) end("replies are not read");
}

void Client::event(wire::Bytes frame) {
  if (over_) return;
  std::size_t waiting = events_ ? events_->waiting_bytes() : early_.size();
  if (waiting + frame.size() > limits_.events_waiting_bytes_max)
    return end(fmt::format("more than {} bytes of events wait unread", limits_.events_waiting_bytes_max));
  if (!events_) {
    early_.insert(early_.end(), frame.begin(), frame.end());
    return;
  }
  events_->queue(frame);
  if (!flush_.running()) flush_.start(Duration::zero());
}

void Client::flush() {
  if (events_) events_->flush();
}

void Client::end(const std::string& why, Level level) {
  if (over_) return;
  over_ = true;
  if (log_.wants(level))
    log_.write(level, "main", fmt::format("client {}: {} is disconnected: {}", ticket_.session, who_, why));
  wire::Buffer goodbye;
  wire::write_goodbye(goodbye, why);
  // On both, as far as their sockets take it: a client that is too slow has no room left on one.
  if (events_) events_->send(goodbye);
  if (requests_) requests_->send(goodbye);
  owner_.client_over(*this);
}

} // namespace tl::program
