// SPDX-License-Identifier: Apache-2.0
#include "server/provider.hpp"

#include <dlfcn.h>
#include <fmt/core.h>

#include <array>
#include <atomic>
#include <utility>

namespace tl::server {
namespace {

std::array<std::atomic<Provider*>, providers_of_process_max> loaded{};

template <std::size_t I>
void CALLBACK line_event(HTAPILINE line, HTAPICALL call, DWORD message, DWORD_PTR param1, DWORD_PTR param2,
                         DWORD_PTR param3) {
  if (Provider* to = loaded[I].load())
    to->reports.line_event(*to, reinterpret_cast<DWORD_PTR>(line), reinterpret_cast<DWORD_PTR>(call), message,
                           param1, param2, param3);
}

template <std::size_t I> void CALLBACK completion(DRV_REQUESTID request, LONG result) {
  if (Provider* to = loaded[I].load()) to->reports.completion(*to, request, result);
}

template <std::size_t I>
void CALLBACK phone_event(HTAPIPHONE phone, DWORD message, DWORD_PTR param1, DWORD_PTR param2,
                          DWORD_PTR param3) {
  if (Provider* to = loaded[I].load())
    to->reports.phone_event(*to, reinterpret_cast<DWORD_PTR>(phone), message, param1, param2, param3);
}

template <std::size_t... I> constexpr auto make_entries(std::index_sequence<I...>) {
  return std::array<Entry, sizeof...(I)>{Entry{&line_event<I>, &phone_event<I>, &completion<I>}...};
}
constexpr auto entries = make_entries(std::make_index_sequence<providers_of_process_max>{});

} // namespace

Provider::~Provider() {
  retire();
}

void Provider::retire() {
  if (has_entry) release_entry(*this);
  host.reset();
  tspi = {};
  if (void* const open = std::exchange(library, nullptr)) dlclose(open);
}

Result<std::unique_ptr<Provider>> open_provider(Reports& reports, const std::string& path) {
  auto provider = std::make_unique<Provider>(reports, path);
  provider->library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!provider->library)
    return Error{LINEERR_NODRIVER, fmt::format("provider {}: cannot be opened: {}", path, dlerror())};
  resolve(provider->tspi, provider->library);
  return provider;
}

bool acquire_entry(Provider& provider) {
  for (std::size_t i = 0; i < loaded.size(); ++i) {
    Provider* expected = nullptr;
    if (!loaded[i].compare_exchange_strong(expected, &provider)) continue;
    provider.entry = i;
    return provider.has_entry = true;
  }
  return false;
}

void release_entry(Provider& provider) {
  loaded[provider.entry].store(nullptr);
  provider.has_entry = false;
}

const Entry& entry(const Provider& provider) {
  return entries[provider.entry];
}

} // namespace tl::server
