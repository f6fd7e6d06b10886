// SPDX-License-Identifier: Apache-2.0
// A place where connections come in: what listens there, what carries a connection's bytes, who is at its
// other end.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "main/descriptor.hpp"
#include "main/transport.hpp"
#include "wire/channel.hpp"
#include "wire/frame.hpp"

namespace tl::program {

class Door {
public:
  virtual ~Door() = default;
  virtual int fd() const = 0; // listens, without blocking
  virtual const std::string& name() const = 0;
  // Of a connection that was accepted; null: it cannot be served.
  virtual std::unique_ptr<Transport> open(Descriptor fd) = 0;

  // An error's text is for the people at the other side.
  using Answer = std::function<void(Result<wire::Identity>)>;
  // Who says this hello. The answer comes at once or on a later turn, as long as the door lives.
  virtual void identify(const Transport& transport, const wire::Hello& hello, Answer answer) = 0;
};

} // namespace tl::program
