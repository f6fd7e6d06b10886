// SPDX-License-Identifier: Apache-2.0
// Addresses of applications, translated at a location with a card: the card's number is never shown, and what
// comes out is no longer than what went in and what the rules add.
#include "server/address.hpp"
#include "server/translate.hpp"

#include "base/check.hpp"

namespace {

constexpr std::string_view secret = "987654321987";
constexpr std::size_t added_max_bytes = 64;

tl::server::Settings settings() {
  tl::server::Settings made;
  tl::server::Location& here = made.locations.emplace_back();
  here.id = 1;
  here.country_id = 1;
  here.area_code = "425";
  here.local_access = "9";
  here.toll_prefixes = {"555"};
  here.area_rules = {{"206", {"555"}, "", true}};
  here.card_id = 2;
  tl::server::Card& card = made.cards.emplace_back();
  card.id = 2;
  card.name = "Card";
  card.number = secret;
  card.international_rule = "HEFG";
  return made;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const tl::server::Settings site = settings();
  if (size == 0) return 0;
  const std::string_view text{reinterpret_cast<const char*>(data + 1), size - 1};
  if (text.find(secret) != std::string_view::npos) return 0;
  tl::server::Translation out;
  const LONG result = tl::server::translate_address(site, text, 0, data[0] & 0x0F, out);
  if (result != 0) return 0;
  TL_CHECK(out.displayable.find(secret) == std::string::npos);
  TL_CHECK(out.dialable.size() <= text.size() + added_max_bytes);
  (void)tl::server::toll_prefix(site.locations.front(), text);
  return 0;
}
