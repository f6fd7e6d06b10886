// SPDX-License-Identifier: Apache-2.0
// Which devices a user's programs see and control: the administrator's word, given when the server starts.
//
// A client sees a part of the devices by ids of its own, 0 .. n-1, as TAPI promises to applications:
// dwNumDevs counts the devices available to them [nf-tapi-lineinitializeexw]. What it does not see has no id,
// no message and no effect.
#pragma once

#include "tapi.h"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "wire/functions.hpp"

namespace tl::server {

// Lines and phones are named by their names and addresses; '*' at the end of a pattern stands for any rest.
struct UserAccess {
  bool administrator = false; // every device, and the server itself: providers, locations, priorities
  std::vector<std::string> control;
  std::vector<std::string> monitor; // seen and watched, not controlled
};
using Access = std::map<std::string, UserAccess, std::less<>>; // by user

enum class Grant : std::uint8_t { none, monitor, control };

Grant granted(const UserAccess& access, std::span<const std::string> names);

// The devices one client sees, by its own ids.
class OwnIds {
public:
  // Every device, by the server's id.
  void see_all() { all_ = true; }
  void add(DWORD device, Grant grant);

  struct Entry {
    DWORD device = 0;
    Grant grant = Grant::none;
  };
  // The device of an id of the client's.
  std::optional<Entry> find(DWORD id) const;
  // The client's id of a device; nothing when it does not see it.
  std::optional<DWORD> id_of(DWORD device) const;
  DWORD count(std::size_t all_devices) const {
    return static_cast<DWORD>(all_ ? all_devices : entries_.size());
  }

private:
  bool all_ = false;
  std::vector<Entry> entries_;
  std::unordered_map<DWORD, DWORD> ids_; // by device
};

// What a client without administration gets from functions that concern the server itself; 0 for all others.
LONG administrators_only(wire::Fn function);
// Whether a function about an open line may be asked by one who watches it.
bool only_reads(wire::Fn function);

} // namespace tl::server
