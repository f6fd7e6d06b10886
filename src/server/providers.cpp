// SPDX-License-Identifier: Apache-2.0
// The life of a provider: negotiate, enumerate, initialise; later shut down [tsp-initialization and the pages
// of the TSPI_provider functions].
#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "base/virtual_loop.hpp"
#include "server/core.hpp"

namespace tl::server {
namespace {

Error failure(const Provider& provider, std::string_view what, LONG code) {
  return {LINEERR_OPERATIONFAILED, fmt::format("provider {}: {} failed with {:#x}", provider.name, what,
                                               static_cast<std::uint32_t>(code))};
}

Result<void> attach(Provider& provider) {
  if (!provider.tspi.attach) return {};
  std::array<char, 1024> text{};
  const LONG result = provider.run("TRUNKLINE_providerAttach", [&]() -> LONG {
    return provider.tspi.attach(&provider.host->c(), text.data(), text.size());
  });
  if (result == 0) return {};
  text.back() = 0;
  return Error{LINEERR_INIFILECORRUPT, fmt::format("provider {}: {}", provider.name, text.data())};
}

} // namespace

Provider* Core::find_provider(std::string_view name) {
  for (const auto& provider : providers)
    if (provider->name == name) return provider.get();
  return nullptr;
}

LineDevice& Core::add_device(Provider& provider) {
  const auto id = static_cast<DWORD>(devices.size());
  devices.push_back(std::make_unique<LineDevice>(provider, id));
  return *devices.back();
}

void Core::negotiate(LineDevice& line) {
  DWORD version = 0;
  const LONG result =
      line.provider.tspi.lineNegotiateTSPIVersion(line.id, version_low, version_high, &version);
  if (result == 0 && version >= version_low && version <= version_high) {
    line.version = version;
    return;
  }
  log.error("server", "provider {}: line {} agrees on no TSPI version ({:#x}, {:#x}): it cannot be used",
            line.provider.name, line.id, static_cast<std::uint32_t>(result), version);
}

LineDevice* Core::device(const Client& client, DWORD id, LONG& error) {
  const auto seen = client.lines.find(id);
  if (!seen || seen->device >= devices.size()) {
    error = LINEERR_BADDEVICEID;
    return nullptr;
  }
  LineDevice* const line = devices[seen->device].get();
  error = line->removed ? LINEERR_NODEVICE : line->version == 0 ? LINEERR_NODRIVER : 0;
  return error ? nullptr : line;
}

void Core::announce_device(LineDevice& line) {
  clients.for_each([&](Client& client) {
    if (client.access) client.lines.add(line.id, granted(*client.access, names_of(line)));
    const auto id = client.lines.id_of(line.id);
    if (!id) return;
    client.apps.for_each([&](App& app) {
      if (app.version >= version_1_4)
        send(app, {LINE_CREATE, *id});
      else
        send(app, {LINE_LINEDEVSTATE, LINEDEVSTATE_REINIT, LINE_CREATE, *id});
    });
  });
}

Result<void> Core::begin(Provider& provider) {
  const ProviderTable& tspi = provider.tspi;
  LONG result =
      tspi.lineNegotiateTSPIVersion(INITIALIZE_NEGOTIATION, version_low, version_high, &provider.version);
  if (result != 0) return failure(provider, "TSPI_lineNegotiateTSPIVersion", result);
  if (provider.version < version_low || provider.version > version_high)
    return Error{LINEERR_INCOMPATIBLEAPIVERSION,
                 fmt::format("provider {}: it chose TSPI version {:#x}; {:#x} to {:#x} were offered",
                             provider.name, provider.version, version_low, version_high)};
  DWORD lines = 0, phones_there = 0;
  const auto as_handle = reinterpret_cast<HPROVIDER>(DWORD_PTR{provider.permanent_id});
  result = tspi.providerEnumDevices(provider.permanent_id, &lines, &phones_there, as_handle,
                                    entry(provider).line_event, entry(provider).phone_event);
  if (result != 0) return failure(provider, "TSPI_providerEnumDevices", result);
  if (std::max(lines, phones_there) > options.limits.handles_max)
    return Error{LINEERR_RESOURCEUNAVAIL, fmt::format("provider {}: {} devices are more than handles_max {}",
                                                      provider.name, std::max(lines, phones_there), options.limits.handles_max)};
  const auto first = static_cast<DWORD>(devices.size());
  DWORD tspi_options = 0; // NONREENTRANT asks for what is so anyway: one thread calls
  result = tspi.providerInit(provider.version, provider.permanent_id, first, phones.count(), lines, phones_there,
                             entry(provider).completion, &tspi_options);
  if (result != 0) return failure(provider, "TSPI_providerInit", result);
  provider.running = true;
  for (DWORD i = 0; i < lines; ++i) negotiate(add_device(provider));
  for (DWORD i = 0; i < lines; ++i) announce_device(*devices[first + i]);
  phones.add(provider, phones_there);
  log.info("server", "provider {}: {} lines from id {}, {} phones, TSPI {:#x}", provider.name, lines,
           first, phones_there, provider.version);
  return {};
}

// Checks it and gives it all it needs to be attached.
Result<void> Core::admit(Provider& provider, std::string config_json) {
  const auto lacking = missing_functions(provider.tspi);
  if (!lacking.empty())
    return Error{LINEERR_NODRIVER, fmt::format("provider {}: it does not export {}", provider.name, lacking)};
  if (down) return Error{LINEERR_UNINITIALIZED, "the server is shut down"};
  const bool being_installed = std::any_of(installing.begin(), installing.end(),
                                           [&](const auto& each) { return each->name == provider.name; });
  if (being_installed || find_provider(provider.name))
    return Error{LINEERR_NOMULTIPLEINSTANCE, fmt::format("provider {} is loaded already", provider.name)};
  if (!acquire_entry(provider))
    return Error{LINEERR_RESOURCEUNAVAIL, fmt::format("provider {}: a process holds {} providers",
                                                      provider.name, providers_of_process_max)};
  provider.permanent_id = next_provider_id++;
  const bool has_descriptors = dynamic_cast<VirtualLoop*>(&loop) == nullptr;
  provider.host = std::make_unique<Host>(
      loop, log, std::move(config_json), has_descriptors,
      [this, guard = &provider](trunkline_callback callback, void* context) {
        const Turn turn{*this};
        guard->run("a callback on the server's loop", [&] {
          callback(context);
          return LONG{0};
        });
      });
  return {};
}

// It is in a list before it runs, so that what it reports meanwhile finds it; a failure takes it out again.
Result<void> Core::load(std::unique_ptr<Provider> provider, std::string config_json) {
  if (auto admitted = admit(*provider, std::move(config_json)); !admitted) return admitted;
  Provider& added = *providers.emplace_back(std::move(provider));
  Result<void> result;
  {
    const Turn turn{*this};
    result = attach(added);
    if (result) result = begin(added);
    if (!result) forget_reports(added);
  }
  if (result) return result;
  if (added.dead())
    result = Error{LINEERR_OPERATIONFAILED, fmt::format("provider {}: {}", added.name, added.death())};
  leave_provider(added);
  return result;
}

Result<Provider*> Core::prepare(std::unique_ptr<Provider> provider, std::string config_json,
                                Client& installer) {
  if (auto admitted = admit(*provider, std::move(config_json)); !admitted) return admitted.error();
  provider->installer = &installer;
  Provider& added = *installing.emplace_back(std::move(provider));
  const Turn turn{*this};
  if (auto attached = attach(added); !attached) {
    cancel_install(added);
    return attached.error();
  }
  return &added;
}

Result<void> Core::finish_install(Provider& provider) {
  const auto at = std::find_if(installing.begin(), installing.end(),
                               [&](const auto& each) { return each.get() == &provider; });
  providers.push_back(std::move(*at));
  installing.erase(at);
  provider.installer = nullptr;
  const Turn turn{*this};
  auto result = begin(provider);
  if (!result) {
    forget_reports(provider);
    leave_provider(provider);
  }
  return result;
}

void Core::cancel_install(Provider& provider) {
  forget_reports(provider);
  std::erase_if(installing, [&](const auto& each) { return each.get() == &provider; });
}

// One that is not called any more, but whose devices and threads may still name it.
void Core::leave_provider(Provider& provider) {
  provider.retire();
  const auto at = std::find_if(providers.begin(), providers.end(),
                               [&](const auto& each) { return each.get() == &provider; });
  retired.push_back(std::move(*at));
  providers.erase(at);
}

// A provider that died: nobody calls it any more. What it had promised fails, its lines and phones close and
// cannot be opened; all others go on.
void Core::bury(Provider& provider) {
  log.error("server", "provider {}: {}: it is not used any more, its lines and phones are closed", provider.name,
            provider.death());
  provider.requests.for_each([&](Pending& request) { complete(request, failed(request.function)); });
  for (const auto& line : devices) {
    if (&line->provider != &provider || line->removed) continue;
    line->version = 0;
    send_openers(*line, {LINE_LINEDEVSTATE, LINEDEVSTATE_OUTOFSERVICE},
                 [](OpenLine& open) { return open.line_states & LINEDEVSTATE_OUTOFSERVICE; });
    if (line->is_open()) force_close(*line);
  }
  phones.close_all(provider);
  // Its timers and sockets end, but not below one of their own handlers.
  loop.post([this, still = std::weak_ptr<int>{alive}, dead = &provider] {
    if (still.expired()) return;
    for (const auto& each : providers)
      if (each.get() == dead) dead->host.reset();
  });
}

void Core::unload(Provider& provider) {
  {
    const Turn turn{*this};
    for (const auto& line : devices)
      if (&line->provider == &provider) remove_device(*line);
    phones.remove_all(provider);
    drain(); // what it completed while its lines were closed
    provider.requests.for_each([&](Pending& request) { complete(request, failed(request.function)); });
    provider.dialogs.for_each([&](Dialog& each) {
      close_dialog(each);
      end_dialog(each);
    });
    if (provider.running) provider.tspi.providerShutdown(provider.version, provider.permanent_id);
    provider.running = false;
    provider.host.reset();
    forget_reports(provider);
  }
  log.info("server", "provider {}: shut down", provider.name);
  leave_provider(provider);
}

void Core::shutdown() {
  if (down) return;
  down = true;
  while (Client* client = clients.front()) {
    const auto keep = client->shared_from_this();
    wire::EventSink* const sink = client->sink;
    remove_client(*client);
    sink->lost("the server is shutting down");
  }
  while (!providers.empty()) unload(*providers.back());
  alive.reset();
}

} // namespace tl::server
