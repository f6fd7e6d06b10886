// SPDX-License-Identifier: Apache-2.0
// Bytes to and from the server, waited for. One thread sends and receives; another may end it.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include "base/result.hpp"
#include "wire/channel.hpp"

namespace tl::tapi32 {

class Stream {
public:
  virtual ~Stream() = default;
  virtual bool send(wire::Bytes bytes) = 0;
  // How much arrived; 0: the connection ended, failed or was silent for too long.
  virtual std::size_t receive(std::span<std::byte> space) = 0;
  // A peer that is silent for longer makes receive() fail; 0 means for ever.
  virtual void limit_silence(std::chrono::seconds limit) = 0;
  virtual int fd() const = 0; // to wait for more than one
  // Wakes the thread that waits in it. Any thread.
  virtual void shut_down() = 0;
};

// How to reach a server, and as whom.
struct Server {
  std::string path; // of a Unix socket; empty: TLS
  std::string host, port, user, password;
  std::string ca;               // PEM file of the authority that vouches for the server; empty: the system's
  std::string certificate, key; // PEM files, where the server asks its clients for certificates
  std::string name() const { return path.empty() ? "tls://" + host + ":" + port : path; }
};

// A new connection. Each in a file of its own: all that differs between the transports.
Result<std::unique_ptr<Stream>> open_unix(const Server& server);
Result<std::unique_ptr<Stream>> open_tls(const Server& server);

} // namespace tl::tapi32
