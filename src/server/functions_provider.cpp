// SPDX-License-Identifier: Apache-2.0
// Providers that applications add and remove while the server runs [nf-tapi-lineaddproviderw,
// nf-tapi-lineremoveprovider]. Which of them a server starts with is its site's affair: nothing is kept here.
#include <algorithm>

#include "server/functions.hpp"

namespace tl::server {

// Whose calls end with a provider is everybody: a site says whether applications may do this.
bool may_manage_providers(const Request& r) {
  return r.client.administrator && !r.core.options.provider_folder.empty();
}

Provider* provider_of_id(const Request& r, DWORD id) {
  for (const auto& each : r.core.providers)
    if (each->permanent_id == id) return each.get();
  for (const auto& each : r.core.installing)
    if (each->permanent_id == id && each->installer == &r.client) return each.get();
  return nullptr;
}

namespace {

// A bare name lies in the site's folder of providers. Code from anywhere else is run only when a program in
// this very process asks for it: a client must not choose what the server executes. Empty: refused.
std::string provider_path(const Request& r, const std::string& name) {
  if (name.empty()) return {};
  if (name.find('/') != std::string::npos) return r.client.identity.in_process ? name : std::string{};
  return r.core.options.provider_folder + "/" + name;
}

// What the page knows of the many ways to fail.
LONG documented(LONG code) {
  return code == LINEERR_NOMULTIPLEINSTANCE ? code : LINEERR_OPERATIONFAILED;
}

LONG refuse(const Request& r, const Error& why) {
  r.core.log.warn("server", "client {} (process {}): {}", r.client.identity.user,
                  r.client.identity.process_id, why.text);
  return documented(why.code);
}

// A provider with a user interface is prepared only: the library runs TUISPI_providerInstall, then sends
// installEnd. One without starts at once.
LONG add_provider(Request& r, Text name, Capacity module_capacity) {
  if (!may_manage_providers(r)) return LINEERR_OPERATIONFAILED;
  if (!name) return LINEERR_INVALPOINTER;
  const std::string path = provider_path(r, to_utf8(*name));
  if (path.empty()) return LINEERR_INVALPARAM;
  auto provider = open_provider(r.core, path);
  if (!provider) {
    refuse(r, provider.error());
    return LINEERR_INVALPARAM;
  }
  auto prepared = r.core.prepare(std::move(*provider), "{}", r.client);
  if (!prepared) return refuse(r, prepared.error());
  Provider& made = **prepared;
  r.reply.dword(made.permanent_id);
  if (made.tspi.providerUIIdentify) {
    const LONG named = answer_module(r, made, module_capacity);
    if (named != 0) r.core.cancel_install(made);
    return named;
  }
  r.reply.data(wire::Bytes{});
  const auto started = r.core.finish_install(made);
  return started ? 0 : refuse(r, started.error());
}

LONG install_end(Request& r, DWORD id, DWORD installed) {
  const auto& all = r.core.installing;
  const auto at = std::find_if(all.begin(), all.end(), [&](const auto& each) {
    return each->permanent_id == id && each->installer == &r.client;
  });
  if (at == all.end()) return LINEERR_INVALPARAM;
  if (!installed) {
    r.core.cancel_install(**at);
    return 0;
  }
  const auto started = r.core.finish_install(**at);
  return started ? 0 : refuse(r, started.error());
}

LONG remove_provider(Request& r, DWORD id) {
  if (!may_manage_providers(r)) return LINEERR_OPERATIONFAILED;
  const auto& all = r.core.providers;
  const auto at =
      std::find_if(all.begin(), all.end(), [&](const auto& each) { return each->permanent_id == id; });
  if (at == all.end()) return LINEERR_INVALPARAM;
  r.core.log.info("server", "client {} (process {}) removes provider {}", r.client.identity.user,
                  r.client.identity.process_id, (*at)->name);
  r.core.unload(**at);
  return 0;
}

} // namespace

void bind_provider_functions(Bindings& b) {
  b.bind<Fn::lineAddProvider, &add_provider>();
  b.bind<Fn::installEnd, &install_end>();
  b.bind<Fn::lineRemoveProvider, &remove_provider>();
}

} // namespace tl::server
