// SPDX-License-Identifier: Apache-2.0
// One accepted connection: cuts what arrives into frames, sends what it is given.
#pragma once

#include <memory>
#include <string>

#include "base/loop.hpp"
#include "main/transport.hpp"
#include "wire/frame.hpp"

namespace tl::program {

class Connection {
public:
  class Owner {
  public:
    virtual ~Owner() = default;
    // One that makes no sense here is to be refused.
    virtual void frame(Connection& connection, wire::Bytes frame) = 0;
    // The peer closed (no reason given), the transport failed or the peer was refused. The owner destroys the
    // connection, on a later turn.
    virtual void ended(Connection& connection, const std::string& refused) = 0;
  };

  // Frames from a peer nobody knows yet are short; a longer one ends the connection.
  static constexpr std::size_t strangers_frame_max_bytes = 4096;

  Connection(Loop& loop, std::unique_ptr<Transport> transport, Owner& owner, std::size_t frames_per_turn_max);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  const Transport& transport() const { return *transport_; }
  // The peer is known: its frames may have any size.
  void trust() { splitter_.limit(wire::frame_size_max_bytes); }
  // Sends at once what the transport takes and keeps the rest.
  void send(wire::Bytes bytes);
  // Keeps the bytes until flush().
  void queue(wire::Bytes bytes);
  void flush();
  // Ends it with a sentence for the people at the other side.
  void refuse(const std::string& why);
  std::size_t waiting_bytes() const { return out_.size() - sent_; }

private:
  void readable();
  void writable();
  void read_frames();
  void end(const std::string& refused = {});

  Loop& loop_;
  std::unique_ptr<Transport> transport_;
  Owner& owner_;
  std::size_t frames_per_turn_max_;
  wire::Splitter splitter_;
  wire::Buffer out_;
  std::size_t sent_ = 0;
  bool ended_ = false;
  Timer again_;                  // what is beyond this turn's share waits
  std::unique_ptr<Watch> watch_; // before the descriptor is closed: declared after it
};

} // namespace tl::program
