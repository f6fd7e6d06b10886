// SPDX-License-Identifier: Apache-2.0
// Bytes to and from one peer, as they are or encrypted, never waiting.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "wire/channel.hpp"

namespace tl::program {

class Transport {
public:
  enum class Outcome { moved, later, ended };
  struct Moved {
    Outcome outcome = Outcome::ended;
    std::size_t bytes = 0;
  };

  virtual ~Transport() = default;
  virtual int fd() const = 0;
  virtual Moved receive(std::span<std::byte> space) = 0;
  virtual Moved send(wire::Bytes bytes) = 0;
  // The last receive() goes on when the descriptor is writable.
  virtual bool receive_wants_write() const { return false; }
  // Something was read from the descriptor and not given out: it will not become readable for that.
  virtual bool holds_received() const { return false; }
  // The peer's address, for limits and logs; empty on this machine.
  virtual std::string peer() const { return {}; }
  // Why it ended, when that says more than that the peer closed.
  virtual std::string fault() const { return {}; }
};

} // namespace tl::program
