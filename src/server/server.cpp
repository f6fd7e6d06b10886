// SPDX-License-Identifier: Apache-2.0
#include "server/server.hpp"

#include <fmt/core.h>

#include "server/core.hpp"

namespace tl::server {
namespace {

// The server may end before a session does: the session then answers by itself.
class CoreSession final : public wire::Session {
public:
  CoreSession(Core& core, std::shared_ptr<Client> client)
      : core_(core), alive_(core.alive), client_(std::move(client)) {}
  ~CoreSession() override {
    if (!alive_.expired()) core_.remove_client(*client_);
  }
  void request(wire::Bytes frame, wire::Buffer& reply) override {
    const bool aligned = reinterpret_cast<std::uintptr_t>(frame.data()) % wire::item_alignment_bytes == 0;
    if (alive_.expired()) return refuse(frame, reply, LINEERR_UNINITIALIZED);
    if (aligned) return dispatch(core_, *client_, frame, reply);
    const wire::Buffer copy{frame.begin(), frame.end()};
    dispatch(core_, *client_, copy, reply);
  }
  static void refuse(wire::Bytes frame, wire::Buffer& reply, LONG result) {
    const auto header = wire::read_header(frame);
    wire::ReplyWriter writer{reply, header ? header->number : std::uint16_t{0xFFFF},
                             header ? header->sequence : 0, result};
    TL_CHECK(writer.finish());
  }

private:
  Core& core_;
  std::weak_ptr<int> alive_;
  std::shared_ptr<Client> client_;
};

// Over a limit, or after the end.
class RefusingSession final : public wire::Session {
public:
  void request(wire::Bytes frame, wire::Buffer& reply) override {
    CoreSession::refuse(frame, reply, LINEERR_RESOURCEUNAVAIL);
  }
};

} // namespace

Server::Server(Loop& loop, Log& log, Options options)
    : core_(std::make_unique<Core>(loop, log, std::move(options))) {}

Server::~Server() = default;

Result<void> Server::load_provider(const std::string& path, std::string config_json) {
  auto provider = open_provider(*core_, path);
  if (!provider) return provider.error();
  return core_->load(std::move(*provider), std::move(config_json));
}

Result<void> Server::load_provider(const std::string& name, const ProviderTable& table,
                                   std::string config_json) {
  auto provider = std::make_unique<Provider>(*core_, name);
  provider->tspi = table;
  return core_->load(std::move(provider), std::move(config_json));
}

Result<void> Server::unload_provider(const std::string& name) {
  Provider* const provider = core_->find_provider(name);
  if (!provider) return Error{LINEERR_INVALPARAM, fmt::format("provider {} is not loaded", name)};
  core_->unload(*provider);
  return {};
}

void Server::shutdown() {
  core_->shutdown();
}

std::unique_ptr<wire::Session> Server::open_session(const wire::Identity& identity, wire::EventSink& sink) {
  auto client = core_->add_client(identity, sink);
  if (!client) return std::make_unique<RefusingSession>();
  return std::make_unique<CoreSession>(*core_, std::move(client));
}

Counts Server::counts() const {
  return {.providers = core_->providers.size(),
          .devices = core_->devices.size(),
          .clients = core_->client_count,
          .apps = core_->app_count,
          .open_lines = core_->open_line_count,
          .calls = core_->call_count,
          .call_handles = core_->call_handle_count,
          .requests = core_->requests.size(),
          .provider_events_waiting = core_->reports_waiting()};
}

} // namespace tl::server
