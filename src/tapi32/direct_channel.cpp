// SPDX-License-Identifier: Apache-2.0
#include "tapi32/direct_channel.hpp"

#include <cerrno>
#include <unistd.h>

namespace tl::tapi32 {
namespace {

class DirectChannel final : public wire::Channel {
public:
  explicit DirectChannel(std::unique_ptr<wire::Session> session) : session_(std::move(session)) {}

  bool call(wire::Bytes request, wire::Buffer& reply) override {
    if (closed_) return false;
    session_->request(request, reply);
    return true;
  }
  // The session itself goes with the channel: this may be called from within one of its events.
  void close() override { closed_ = true; }

private:
  std::unique_ptr<wire::Session> session_;
  bool closed_ = false;
};

} // namespace

Result<std::unique_ptr<wire::Channel>> connect_direct(wire::SessionHost& host, wire::EventSink& sink) {
  wire::Identity self;
  self.process_id = static_cast<std::uint32_t>(::getpid());
  self.in_process = true;
  auto session = host.open_session(self, sink);
  if (!session) return Error{EAGAIN, "the server takes no more clients"};
  return std::unique_ptr<wire::Channel>{std::make_unique<DirectChannel>(std::move(session))};
}

} // namespace tl::tapi32
