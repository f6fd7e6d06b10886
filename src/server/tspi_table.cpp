// SPDX-License-Identifier: Apache-2.0
#include "server/tspi_table.hpp"

#include <dlfcn.h>

namespace tl::server {
namespace {

template <class Function> void resolve_one(Tspi<Function>& function, void* library, const char* name) {
  function = reinterpret_cast<Function>(dlsym(library, name));
}

} // namespace

void resolve(ProviderTable& table, void* library) {
#define TL_RESOLVE(name) resolve_one(table.name, library, "TSPI_" #name);
  TL_TSPI_REQUIRED(TL_RESOLVE)
  TL_TSPI_OPTIONAL(TL_RESOLVE)
#undef TL_RESOLVE
  table.attach = reinterpret_cast<trunkline_provider_attach>(dlsym(library, TRUNKLINE_PROVIDER_ATTACH_NAME));
}

void watch(ProviderTable& table, Guard& guard) {
#define TL_WATCH(name) table.name.watch(guard, "TSPI_" #name);
  TL_TSPI_REQUIRED(TL_WATCH)
  TL_TSPI_OPTIONAL(TL_WATCH)
#undef TL_WATCH
}

std::string missing_functions(const ProviderTable& table) {
  std::string names;
#define TL_MISSING(name)                                                                                     \
  if (!table.name) names += names.empty() ? "TSPI_" #name : ", TSPI_" #name;
  TL_TSPI_REQUIRED(TL_MISSING)
#undef TL_MISSING
  return names;
}

} // namespace tl::server
