// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sip/stream.hpp"

namespace tl::sip {

class Tcp final : public StreamTransport {
public:
  // Listens at once; the error names address and port.
  static Result<std::unique_ptr<Tcp>> open(Loop& loop, Log& log, const Address& local,
                                           const StreamLimits& limits = {});
  Protocol protocol() const override { return Protocol::tcp; }

private:
  Tcp(Loop& loop, Log& log, const StreamLimits& limits) : StreamTransport(loop, log, limits) {}
  std::unique_ptr<ByteStream> wrap(int fd, bool client) override;
};

} // namespace tl::sip
