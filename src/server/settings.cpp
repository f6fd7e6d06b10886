// SPDX-License-Identifier: Apache-2.0
#include "server/settings.hpp"

#include <algorithm>

namespace tl::server {

const Location* Settings::find_location(std::uint32_t id) const {
  const auto at =
      std::find_if(locations.begin(), locations.end(), [&](const Location& each) { return each.id == id; });
  return at == locations.end() ? nullptr : &*at;
}

const Location* Settings::location() const {
  if (const Location* current = find_location(current_location)) return current;
  return locations.empty() ? nullptr : &locations.front();
}

const Card* Settings::find_card(std::uint32_t id) const {
  if (id == 0) return nullptr;
  const auto at = std::find_if(cards.begin(), cards.end(), [&](const Card& each) { return each.id == id; });
  return at == cards.end() ? nullptr : &*at;
}

} // namespace tl::server
