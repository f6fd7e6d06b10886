// SPDX-License-Identifier: Apache-2.0
// One accepted connection: cuts what arrives into frames, sends what it is given.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/loop.hpp"
#include "main/unix_socket.hpp"
#include "wire/frame.hpp"

namespace tl::program {

class UnixConnection {
public:
  class Owner {
  public:
    virtual ~Owner() = default;
    // One that makes no sense here is to be refused.
    virtual void frame(UnixConnection& connection, wire::Bytes frame) = 0;
    // The peer closed (no reason given), the transport failed or the peer was refused. The owner destroys the
    // connection, on a later turn.
    virtual void ended(UnixConnection& connection, const std::string& refused) = 0;
  };

  UnixConnection(Loop& loop, Descriptor fd, Owner& owner, std::size_t frames_per_turn_max);
  ~UnixConnection();
  UnixConnection(const UnixConnection&) = delete;
  UnixConnection& operator=(const UnixConnection&) = delete;

  int fd() const { return fd_.get(); }
  // Sends at once what the socket takes and keeps the rest.
  void send(wire::Bytes bytes);
  // Keeps the bytes until flush().
  void queue(wire::Bytes bytes);
  void flush();
  // Ends it with a sentence for the people at the other side.
  void refuse(const std::string& why);
  std::size_t waiting_bytes() const { return out_.size() - sent_; }

private:
  void readable();
  void read_frames();
  void end(const std::string& refused = {});

  Loop& loop_;
  Descriptor fd_;
  Owner& owner_;
  std::size_t frames_per_turn_max_;
  wire::Splitter splitter_;
  wire::Buffer out_;
  std::size_t sent_ = 0;
  bool ended_ = false;
  Timer again_;                  // frames beyond this turn's share wait in the splitter
  std::unique_ptr<Watch> watch_; // before fd_ is closed: declared after it
};

} // namespace tl::program
