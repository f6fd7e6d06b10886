// SPDX-License-Identifier: Apache-2.0
#include "server/access.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/text.hpp"
#include "server/core.hpp"

namespace tl::server {
namespace {

bool matches(std::string_view pattern, std::string_view name) {
  if (!pattern.ends_with('*')) return pattern == name;
  pattern.remove_suffix(1);
  return name.starts_with(pattern);
}

bool match(const std::vector<std::string>& patterns, std::span<const std::string> names) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
    return std::any_of(names.begin(), names.end(),
                       [&](const std::string& name) { return matches(pattern, name); });
  });
}

// The text of a structure that a provider filled; empty where there is none.
std::string text_of(std::span<const std::byte> filled, DWORD size, DWORD offset) {
  if (size < sizeof(WCHAR) || offset > filled.size() || size > filled.size() - offset) return {};
  std::u16string text(size / sizeof(WCHAR), u'\0');
  std::memcpy(text.data(), filled.data() + offset, text.size() * sizeof(WCHAR));
  text.resize(std::min(text.find(u'\0'), text.size()));
  return to_utf8(text);
}

constexpr std::size_t caps_bytes = 8 * 1024;

template <class Caps> struct CapsRoom {
  alignas(8) std::array<std::byte, caps_bytes> memory{};
  Caps& caps() { return *reinterpret_cast<Caps*>(memory.data()); }
  CapsRoom() { caps().dwTotalSize = caps_bytes; }
};

} // namespace

Grant granted(const UserAccess& access, std::span<const std::string> names) {
  if (access.administrator || match(access.control, names)) return Grant::control;
  return match(access.monitor, names) ? Grant::monitor : Grant::none;
}

void OwnIds::add(DWORD device, Grant grant) {
  if (all_ || grant == Grant::none) return;
  ids_.emplace(device, static_cast<DWORD>(entries_.size()));
  entries_.push_back({device, grant});
}

std::optional<OwnIds::Entry> OwnIds::find(DWORD id) const {
  if (all_) return Entry{id, Grant::control};
  if (id >= entries_.size()) return std::nullopt;
  return entries_[id];
}

std::optional<DWORD> OwnIds::id_of(DWORD device) const {
  if (all_) return device;
  const auto found = ids_.find(device);
  if (found == ids_.end()) return std::nullopt;
  return found->second;
}

// With the errors their pages know. What they change is everybody's: providers, dialling locations,
// priorities.
LONG administrators_only(wire::Fn function) {
  switch (function) {
  case wire::Fn::lineAddProvider:
  case wire::Fn::lineConfigProvider:
  case wire::Fn::lineGetProviderList:
  case wire::Fn::lineRemoveProvider:
  case wire::Fn::lineSetAppPriority:
  case wire::Fn::lineSetCurrentLocation:
  case wire::Fn::lineSetTollList: return LINEERR_OPERATIONFAILED;
  default: return 0;
  }
}

bool only_reads(wire::Fn function) {
  return std::string_view{wire::function(function).name}.starts_with("lineGet");
}

// Its name first, then its addresses. Asked of the provider once: devices are not renamed while they run.
const std::vector<std::string>& Core::names_of(LineDevice& line) {
  if (!line.names.empty()) return line.names;
  const ProviderTable& tspi = line.provider.tspi;
  CapsRoom<LINEDEVCAPS> room;
  const auto& caps = room.caps();
  const bool known = line.version != 0 && tspi.lineGetDevCaps(line.id, line.version, 0, &room.caps()) == 0;
  line.names.push_back(known ? text_of(room.memory, caps.dwLineNameSize, caps.dwLineNameOffset)
                             : std::string{});
  for (DWORD address = 0; known && address < caps.dwNumAddresses; ++address) {
    CapsRoom<LINEADDRESSCAPS> of_address;
    const auto& filled = of_address.caps();
    if (tspi.lineGetAddressCaps(line.id, address, line.version, 0, &of_address.caps()) == 0)
      line.names.push_back(text_of(of_address.memory, filled.dwAddressSize, filled.dwAddressOffset));
  }
  return line.names;
}

// A phone goes by its name, and by the numbers of its provider's one line of the same name: a station is both.
const std::vector<std::string>& Core::names_of(PhoneDevice& phone) {
  if (!phone.names.empty()) return phone.names;
  const auto get = phone.provider.tspi.phoneGetDevCaps;
  CapsRoom<PHONECAPS> room;
  const auto& caps = room.caps();
  const bool known = get && phone.version != 0 && get(phone.id, phone.version, 0, &room.caps()) == 0;
  phone.names.push_back(known ? text_of(room.memory, caps.dwPhoneNameSize, caps.dwPhoneNameOffset)
                              : std::string{});
  if (phone.names.front().empty()) return phone.names;
  const LineDevice* same = nullptr;
  for (const auto& line : devices) {
    if (&line->provider != &phone.provider || names_of(*line).front() != phone.names.front()) continue;
    if (same) return phone.names; // two of that name: whose phone it is, is not certain
    same = line.get();
  }
  if (same) phone.names.insert(phone.names.end(), same->names.begin() + 1, same->names.end());
  return phone.names;
}

// What a client that comes sees. The owner of the server's process and programs in it see everything.
void Core::grant_devices(Client& client) {
  const auto user = options.access.find(client.identity.user);
  client.administrator = client.identity.in_process || client.identity.administrator ||
                         (user != options.access.end() && user->second.administrator);
  if (client.administrator) {
    client.lines.see_all();
    client.phones.see_all();
    return;
  }
  if (user == options.access.end()) return;
  client.access = &user->second;
  for (const auto& line : devices)
    if (!line->removed) client.lines.add(line->id, granted(*client.access, names_of(*line)));
  phones.for_each([&](PhoneDevice& phone) {
    if (!phone.removed) client.phones.add(phone.id, granted(*client.access, names_of(phone)));
  });
}

} // namespace tl::server
