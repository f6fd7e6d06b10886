// SPDX-License-Identifier: Apache-2.0
// The server's end of a TLS connection. The handshake goes on with every receive(), until it is done.
#pragma once

#include <memory>
#include <openssl/types.h>

#include "main/descriptor.hpp"
#include "main/transport.hpp"

namespace tl::program {

class TlsTransport final : public Transport {
public:
  TlsTransport(SSL_CTX& context, Descriptor fd, std::string peer);
  ~TlsTransport() override;

  int fd() const override { return fd_.get(); }
  Moved receive(std::span<std::byte> space) override;
  Moved send(wire::Bytes bytes) override;
  bool receive_wants_write() const override { return wants_write_; }
  bool holds_received() const override;
  std::string peer() const override { return peer_; }
  std::string fault() const override { return fault_; }

private:
  Moved outcome(int result, std::size_t bytes);

  Descriptor fd_;
  std::string peer_, fault_;
  SSL* ssl_;
  bool wants_write_ = false;
};

} // namespace tl::program
