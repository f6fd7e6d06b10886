// SPDX-License-Identifier: Apache-2.0
// Providers that applications add and remove while the server runs [nf-tapi-lineaddproviderw,
// nf-tapi-lineremoveprovider]. Which of them a server starts with is its site's affair: nothing is kept here.
#include <algorithm>

#include "server/functions.hpp"

namespace tl::server {
namespace {

// Whose calls end with a provider is everybody: a site says whether applications may do this.
bool permitted(const Request& r) {
  return !r.core.options.provider_folder.empty();
}

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

LONG add_provider(Request& r, Text file_name) {
  if (!permitted(r)) return LINEERR_OPERATIONFAILED;
  if (!file_name) return LINEERR_INVALPOINTER;
  const std::string path = provider_path(r, to_utf8(*file_name));
  if (path.empty()) return LINEERR_INVALPARAM;
  auto provider = open_provider(r.core, path);
  if (!provider) {
    r.core.log.warn("server", "client {} (process {}): {}", r.client.identity.user,
                    r.client.identity.process_id, provider.error().text);
    return LINEERR_INVALPARAM;
  }
  if (const auto loaded = r.core.load(std::move(*provider), "{}"); !loaded) {
    r.core.log.warn("server", "client {} (process {}): {}", r.client.identity.user,
                    r.client.identity.process_id, loaded.error().text);
    return documented(loaded.error().code);
  }
  r.reply.dword(r.core.find_provider(path)->permanent_id);
  return 0;
}

LONG remove_provider(Request& r, DWORD id) {
  if (!permitted(r)) return LINEERR_OPERATIONFAILED;
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
  b.bind<Fn::lineRemoveProvider, &remove_provider>();
}

} // namespace tl::server
