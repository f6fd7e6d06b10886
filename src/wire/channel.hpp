// SPDX-License-Identifier: Apache-2.0
// The seam between the TAPI library and the server: who carries a frame (a direct call, a Unix socket, TLS) is
// hidden behind these interfaces. Frames are those of wire/frame.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace tl::wire {

using Bytes = std::span<const std::byte>;
using Buffer = std::vector<std::byte>;

// Where the server's event frames for one client go. In process: called on the server's loop, never inside a
// request() of the same client; a callback of the client may make requests, and may even disconnect, which destroys its
// Session, before event() returns. Over a socket: called on the library's event thread.
class EventSink {
public:
  virtual ~EventSink() = default;
  virtual void event(Bytes frame) = 0;
  // The connection ended (server gone, client too slow); nothing follows. `why` is a sentence for people.
  virtual void lost(const std::string& why) = 0;
};

// The client's end of one connection. Destroying it disconnects.
class Channel {
public:
  virtual ~Channel() = default;
  // Sends one request frame and fills `reply` with its reply frame. Thread-safe; false when the connection is
  // lost. In process: server's loop thread only.
  virtual bool call(Bytes request, Buffer& reply) = 0;
  // The client wants no more of it: calls fail from now on. Any thread, also from within EventSink::event.
  virtual void close() = 0;
};

// Who a client is, as far as its transport proved it.
struct Identity {
  std::string machine;         // host name; empty for in-process clients
  std::string user;            // login name (from SO_PEERCRED on a Unix socket)
  std::uint32_t process_id = 0;
  bool in_process = false;
  bool administrator = false; // the owner of the server's process: sees and controls everything
};

// The server's end of one connection.
class Session {
public:
  virtual ~Session() = default; // the client is gone: everything it owned is released as documented
  // Handles one request frame (hostile until parsed) and fills `reply` with exactly one reply frame.
  virtual void request(Bytes frame, Buffer& reply) = 0;
};

class SessionHost {
public:
  virtual ~SessionHost() = default;
  // `sink` outlives the session.
  virtual std::unique_ptr<Session> open_session(const Identity& identity, EventSink& sink) = 0;
};

} // namespace tl::wire
