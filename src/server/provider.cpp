// SPDX-License-Identifier: Apache-2.0
#include "server/provider.hpp"

#include <dlfcn.h>
#include <fmt/core.h>
#include <link.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstring>
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

struct Search {
  ElfW(Addr) base;
  GuardedPlace& place;
};

int note_texts(dl_phdr_info* info, std::size_t, void* context) {
  auto& search = *static_cast<Search*>(context);
  if (info->dlpi_addr != search.base) return 0;
  std::size_t found = 0;
  for (int i = 0; i < info->dlpi_phnum && found < GuardedPlace::texts_max; ++i) {
    const auto& part = info->dlpi_phdr[i];
    if (part.p_type != PT_LOAD || !(part.p_flags & PF_X)) continue;
    const std::uintptr_t begin = info->dlpi_addr + part.p_vaddr;
    search.place.texts[found++] = {begin, begin + part.p_memsz};
  }
  return 1;
}

// What a fault's handler has to know of it.
void describe(Provider& provider, GuardedPlace& place) {
  const auto length = std::min(provider.name.size(), GuardedPlace::name_size - 1);
  std::memcpy(place.name, provider.name.data(), length);
  place.name[length] = 0;
  std::fill(std::begin(place.texts), std::end(place.texts), GuardedPlace::Text{});
  link_map* map = nullptr;
  if (provider.library && dlinfo(provider.library, RTLD_DI_LINKMAP, &map) == 0) {
    Search search{map->l_addr, place};
    dl_iterate_phdr(&note_texts, &search);
  }
  place.guard.store(&provider);
}

} // namespace

Provider::~Provider() {
  retire();
  if (has_entry) release_entry(*this);
}

void Provider::retire() {
  host.reset();
  tspi = {};
  if (dead()) return; // its threads may stand in its code: that stays, and so does its place
  if (has_entry) release_entry(*this);
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
    provider.place = i;
    describe(provider, guarded_place(i));
    watch(provider.tspi, provider);
    return provider.has_entry = true;
  }
  return false;
}

void release_entry(Provider& provider) {
  guarded_place(provider.place).guard.store(nullptr);
  loaded[provider.place].store(nullptr);
  provider.has_entry = false;
}

const Entry& entry(const Provider& provider) {
  return entries[provider.place];
}

} // namespace tl::server
