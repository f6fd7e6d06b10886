// SPDX-License-Identifier: Apache-2.0
// A socket's bytes as they are.
#pragma once

#include "main/descriptor.hpp"
#include "main/transport.hpp"

namespace tl::program {

class PlainTransport final : public Transport {
public:
  explicit PlainTransport(Descriptor fd) : fd_(std::move(fd)) {}
  int fd() const override { return fd_.get(); }
  Moved receive(std::span<std::byte> space) override;
  Moved send(wire::Bytes bytes) override;

private:
  Descriptor fd_;
};

} // namespace tl::program
