// SPDX-License-Identifier: Apache-2.0
// Clients and the messages on their way to them.
#include <fmt/core.h>

#include <cstring>
#include <utility>

#include "server/core.hpp"
#include "server/wording.hpp"

namespace tl::server {

std::shared_ptr<Client> Core::add_client(const wire::Identity& identity, wire::EventSink& sink) {
  if (down || client_count >= options.limits.clients_max) return nullptr;
  auto client = std::make_shared<Client>();
  client->identity = identity;
  client->sink = &sink;
  {
    const Turn turn{*this}; // providers are asked for names
    grant_devices(*client);
  }
  clients.push_back(*client);
  ++client_count;
  return client;
}

void Core::remove_client(Client& client) {
  if (!client.linked()) return;
  const Turn turn{*this};
  client.sink = nullptr;
  client.queue = {};
  client.queued_messages = 0;
  client.apps.for_each([&](App& app) { remove_app(app); });
  client.phone_apps.for_each([&](PhoneApp& app) { phones.remove_app(app); });
  client.dialogs.for_each([&](Dialog& each) { end_dialog(each); });
  for (std::size_t i = installing.size(); i-- > 0;)
    if (installing[i]->installer == &client) cancel_install(*installing[i]);
  client.requests.for_each([&](Pending& request) { silence(request); });
  static_cast<Link<OfServer>&>(client).unlink();
  --client_count;
}

void Core::send(Client& client, const wire::Event& event) {
  if (!client.sink || !client.doom.empty()) return;
  if (!client.scheduled) {
    client.scheduled = true;
    scheduled_.push_back(client.shared_from_this());
  }
  if (!flush_posted_) {
    flush_posted_ = true;
    loop.post([this, still = std::weak_ptr<int>{alive}] {
      if (!still.expired()) flush();
    });
  }
  const Limits& limits = options.limits;
  if (client.queued_messages >= limits.client_messages_max ||
      client.queue.size() >= limits.client_queue_bytes_max) {
    client.doom = fmt::format("{} messages ({} bytes) waited for delivery: the client is too slow",
                              client.queued_messages, client.queue.size());
    return;
  }
  TL_CHECK(wire::write_event(scratch_, event), "an event larger than a frame: its maker checks sizes");
  client.queue.insert(client.queue.end(), scratch_.begin(), scratch_.end());
  ++client.queued_messages;
}

void Core::send(App& to, const Message& message) {
  send(to.client, {.message = static_cast<std::uint16_t>(message.message),
                   .app = to.handle,
                   .param1 = message.param1,
                   .param2 = message.param2,
                   .param3 = message.param3});
}

void Core::send(OpenLine& to, const Message& message) {
  send(to.app.client, {.message = static_cast<std::uint16_t>(message.message),
                       .app = to.app.handle,
                       .device = to.handle,
                       .instance = to.instance,
                       .param1 = message.param1,
                       .param2 = message.param2,
                       .param3 = message.param3});
}

void Core::send(CallHandle& to, const Message& said) {
  Message message = said;
  if (!wording::adapt(to.open.version, message.message, message.param1, message.param2, message.param3))
    return;
  send(to.open.app.client, {.message = static_cast<std::uint16_t>(message.message),
                            .app = to.open.app.handle,
                            .device = to.handle,
                            .instance = to.open.instance,
                            .param1 = message.param1,
                            .param2 = message.param2,
                            .param3 = message.param3});
}

void Core::flush() {
  flush_posted_ = false;
  const auto batch = std::exchange(scheduled_, {});
  for (const auto& client : batch) {
    client->scheduled = false;
    if (!client->sink) continue;
    deliver(*client);
    if (client->sink && !client->doom.empty()) disconnect(*client);
  }
}

// The sink may make requests, end its session or even end others' meanwhile.
void Core::deliver(Client& client) {
  constexpr std::size_t kept_bytes_max = 64 * 1024;
  wire::Buffer frames = std::exchange(client.queue, {});
  client.queued_messages = 0;
  wire::Bytes rest{frames};
  while (!rest.empty() && client.sink) {
    std::uint32_t length;
    std::memcpy(&length, rest.data(), sizeof length);
    client.sink->event(rest.first(length));
    rest = rest.subspan(length);
  }
  if (!client.queue.empty() || frames.capacity() > kept_bytes_max) return;
  frames.clear();
  client.queue = std::move(frames); // its memory serves the next turn
}

void Core::disconnect(Client& client) {
  log.warn("server", "client {}@{} (process {}) is disconnected: {}", client.identity.user,
           client.identity.machine, client.identity.process_id, client.doom);
  wire::EventSink* const sink = client.sink;
  const std::string why = client.doom;
  remove_client(client);
  sink->lost(why);
}

} // namespace tl::server
