// SPDX-License-Identifier: Apache-2.0
// One accepted connection: cuts what arrives into frames, sends what it is given.
#pragma once

#include <functional>
#include <memory>

#include "base/loop.hpp"
#include "main/unix_socket.hpp"
#include "wire/frame.hpp"

namespace tl::program {

class UnixConnection {
public:
  class Owner {
  public:
    virtual ~Owner() = default;
    // False: the frame makes no sense here; the connection is to be closed.
    virtual bool frame(UnixConnection& connection, wire::Bytes frame) = 0;
    // The peer closed, the transport failed or the peer spoke nonsense. The owner destroys the connection, on
    // a later turn.
    virtual void ended(UnixConnection& connection) = 0;
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
  std::size_t waiting_bytes() const { return out_.size() - sent_; }

private:
  void readable();
  void read_frames();
  void end();

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
