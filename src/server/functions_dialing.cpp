// SPDX-License-Identifier: Apache-2.0
// Countries, dialling locations, calling cards and the translation of addresses.
#include <algorithm>
#include <cstring>

#include "server/countries.hpp"
#include "server/functions.hpp"
#include "server/translate.hpp"

namespace tl::server {

// [linedevstate--constants: TRANSLATECHANGE]
void tell_translate_change(Core& core, const App* except) {
  const auto tell = [&](App& app) {
    if (&app == except) return;
    if (app.version < version_1_4)
      return core.send(
          app, {LINE_LINEDEVSTATE, LINEDEVSTATE_REINIT, LINE_LINEDEVSTATE, LINEDEVSTATE_TRANSLATECHANGE});
    app.lines.for_each([&](OpenLine& open) {
      if (open.line_states & LINEDEVSTATE_TRANSLATECHANGE)
        core.send(open, {LINE_LINEDEVSTATE, LINEDEVSTATE_TRANSLATECHANGE});
    });
  };
  core.clients.for_each([&](Client& client) { client.apps.for_each(tell); });
}

namespace {

constexpr std::uint32_t location_entry_size_1_3 = 28, card_entry_size_1_3 = 12;
constexpr std::size_t location_text_units = 8; // tapiGetLocationInfo's buffers, with the zero

// The highest version an application knows is at least ours; a later one gets what ours is.
bool understood(DWORD version) {
  return version >= version_low;
}

// From 2.0 on these functions need no initialised application [nf-tapi-linegettranslatecapsw].
LONG check_app(Request& r, DWORD handle, DWORD version) {
  if (handle == 0 && version >= version_2_0) return 0;
  return r.core.app(r.client, handle) ? 0 : LINEERR_INVALAPPHANDLE;
}

struct Place {
  DWORD size = 0, offset = 0;
};

Place put(Filling& filling, std::string_view text) {
  Place place;
  filling.append_text(to_utf16(text), place.size, place.offset);
  return place;
}

#define TL_PUT(filling, entry, field, text)                                                                  \
  do {                                                                                                       \
    const Place place = put(filling, text);                                                                  \
    (entry).field##Size = place.size;                                                                        \
    (entry).field##Offset = place.offset;                                                                    \
  } while (false)

// An array of `stride` bytes per entry: a shorter one is an older version's.
template <class Entry, class Sources, class Fill>
Place put_entries(Filling& filling, const Sources& sources, std::size_t stride, Fill fill) {
  Place place;
  const auto room = filling.append(sources.size() * stride, place.size, place.offset);
  std::size_t at = 0;
  for (const auto& source : sources) {
    Entry entry{};
    fill(entry, source);
    if (!room.empty()) std::memcpy(room.data() + at, &entry, stride);
    at += stride;
  }
  return place;
}

void fill_country(Filling& filling, LINECOUNTRYENTRY& entry, const Country& country) {
  const auto all = countries();
  const Country* const next = &country + 1;
  entry.dwCountryID = country.id;
  entry.dwCountryCode = country.code;
  entry.dwNextCountryID = next == all.data() + all.size() ? 0 : next->id;
  TL_PUT(filling, entry, dwCountryName, country.name);
  TL_PUT(filling, entry, dwSameAreaRule, country.same_area_rule());
  TL_PUT(filling, entry, dwLongDistanceRule, country.long_distance_rule());
  TL_PUT(filling, entry, dwInternationalRule, country.international_rule());
}

LONG get_country(Request& r, DWORD id, DWORD version, Capacity capacity) {
  if (!understood(version)) return LINEERR_INCOMPATIBLEAPIVERSION;
  std::span<const Country> wanted = countries();
  if (id != 0) {
    const Country* const one = find_country(id);
    if (!one) return LINEERR_INVALCOUNTRYCODE;
    wanted = {one, 1};
  }
  return answer_structure(r, wire::line_country_list, version_high, capacity, [&](Filling& filling) {
    const Place place = put_entries<LINECOUNTRYENTRY>(
        filling, wanted, sizeof(LINECOUNTRYENTRY),
        [&](LINECOUNTRYENTRY& entry, const Country& country) { fill_country(filling, entry, country); });
    if (filling.needed() > filling.capacity)
      return keep_fixed_part(filling, wire::line_country_list, version_high);
    auto& list = filling.as<LINECOUNTRYLIST>();
    list.dwNumCountries = static_cast<DWORD>(wanted.size());
    list.dwCountryListSize = place.size;
    list.dwCountryListOffset = place.offset;
  });
}

std::string joined(const std::vector<std::string>& list) {
  std::string all;
  for (const std::string& each : list) all += (all.empty() ? "" : ",") + each;
  return all;
}

void fill_location(Filling& filling, LINELOCATIONENTRY& entry, const Location& location, bool old) {
  const Country* const country = find_country(location.country_id);
  entry.dwPermanentLocationID = location.id;
  TL_PUT(filling, entry, dwLocationName, location.name);
  entry.dwCountryCode = country ? country->code : 0;
  TL_PUT(filling, entry, dwCityCode, location.area_code);
  entry.dwPreferredCardID = location.card_id;
  if (old) return;
  TL_PUT(filling, entry, dwLocalAccessCode, location.local_access);
  TL_PUT(filling, entry, dwLongDistanceAccessCode, location.long_distance_access);
  TL_PUT(filling, entry, dwTollPrefixList, joined(location.toll_prefixes));
  entry.dwCountryID = location.country_id;
  entry.dwOptions = location.pulse ? LINELOCATIONOPTION_PULSEDIAL : 0;
  TL_PUT(filling, entry, dwCancelCallWaiting, location.cancel_call_waiting);
}

void fill_card(Filling& filling, LINECARDENTRY& entry, const Card& card, bool old) {
  entry.dwPermanentCardID = card.id;
  TL_PUT(filling, entry, dwCardName, card.name);
  if (old) return;
  entry.dwCardNumberDigits = static_cast<DWORD>(card.number.size());
  TL_PUT(filling, entry, dwSameAreaRule, card.same_area_rule);
  TL_PUT(filling, entry, dwLongDistanceRule, card.long_distance_rule);
  TL_PUT(filling, entry, dwInternationalRule, card.international_rule);
  entry.dwOptions = card.predefined ? LINECARDOPTION_PREDEFINED : 0;
}

// Those an application may show; direct dialling is card 0.
std::vector<Card> shown_cards(const Settings& settings) {
  std::vector<Card> cards(1);
  cards.front().name = "None (Direct Dial)";
  cards.front().predefined = true;
  for (const Card& card : settings.cards)
    if (!card.hidden) cards.push_back(card);
  return cards;
}

LONG get_translate_caps(Request& r, DWORD app, DWORD version, Capacity capacity) {
  if (!understood(version)) return LINEERR_INCOMPATIBLEAPIVERSION;
  if (const LONG bad = check_app(r, app, version)) return bad;
  const Settings& settings = r.core.options.settings;
  const bool old = version < version_1_4;
  const auto cards = shown_cards(settings);
  return answer_structure(r, wire::line_translate_caps, version_high, capacity, [&](Filling& filling) {
    auto& caps = filling.as<LINETRANSLATECAPS>();
    const Location* const current = settings.location();
    caps.dwCurrentLocationID = current ? current->id : 0;
    caps.dwCurrentPreferredCardID = current ? current->card_id : 0;
    const Place location_list = put_entries<LINELOCATIONENTRY>(
        filling, settings.locations, old ? location_entry_size_1_3 : sizeof(LINELOCATIONENTRY),
        [&](LINELOCATIONENTRY& entry, const Location& each) { fill_location(filling, entry, each, old); });
    const Place card_list = put_entries<LINECARDENTRY>(
        filling, cards, old ? card_entry_size_1_3 : sizeof(LINECARDENTRY),
        [&](LINECARDENTRY& entry, const Card& each) { fill_card(filling, entry, each, old); });
    if (filling.needed() > filling.capacity)
      return keep_fixed_part(filling, wire::line_translate_caps, version_high);
    caps.dwNumLocations = static_cast<DWORD>(settings.locations.size());
    caps.dwLocationListSize = location_list.size;
    caps.dwLocationListOffset = location_list.offset;
    caps.dwNumCards = static_cast<DWORD>(cards.size());
    caps.dwCardListSize = card_list.size;
    caps.dwCardListOffset = card_list.offset;
  });
}

LONG translate(Request& r, DWORD app, DWORD device, DWORD version, Text address, DWORD card, DWORD options,
               Capacity capacity) {
  if (!understood(version)) return LINEERR_INCOMPATIBLEAPIVERSION;
  if (const LONG bad = check_app(r, app, version)) return bad;
  LONG error = 0;
  if (!r.core.device(r.client, device, error)) return error;
  if (!address) return LINEERR_INVALPOINTER;
  Translation made;
  error = translate_address(r.core.options.settings, to_utf8(*address), card, options, made);
  if (error != 0) return error;
  if (version < version_2_0) made.results &= ~DWORD{LINETRANSLATERESULT_VOICEDETECT};
  return answer_structure(r, wire::line_translate_output, version_high, capacity, [&](Filling& filling) {
    auto& output = filling.as<LINETRANSLATEOUTPUT>();
    output.dwCurrentCountry = made.current_country;
    output.dwDestCountry = made.dest_country;
    output.dwTranslateResults = made.results;
    TL_PUT(filling, output, dwDialableString, made.dialable);
    TL_PUT(filling, output, dwDisplayableString, made.displayable);
  });
}

LONG set_current_location(Request& r, DWORD handle, DWORD location) {
  const App* const app = r.core.app(r.client, handle);
  if (handle != 0 && !app) return LINEERR_INVALAPPHANDLE;
  Settings changed = r.core.options.settings;
  if (!changed.find_location(location)) return LINEERR_INVALLOCATION;
  const Location* const before = changed.location();
  if (before && before->id == location) return 0;
  changed.current_location = location;
  if (!r.core.keep(std::move(changed))) return LINEERR_OPERATIONFAILED;
  tell_translate_change(r.core, app);
  return 0;
}

LONG set_toll_list(Request& r, DWORD handle, DWORD device, Text address, DWORD option) {
  const App* const app = r.core.app(r.client, handle);
  if (handle != 0 && !app) return LINEERR_INVALAPPHANDLE;
  LONG error = 0;
  if (!r.core.device(r.client, device, error)) return error;
  if (option != LINETOLLLISTOPTION_ADD && option != LINETOLLLISTOPTION_REMOVE) return LINEERR_INVALPARAM;
  if (!address) return LINEERR_INVALADDRESS;
  Settings changed = r.core.options.settings;
  Location* const location = changed.location();
  if (!location) return LINEERR_INVALLOCATION;
  const auto prefix = toll_prefix(*location, to_utf8(*address));
  if (!prefix) return LINEERR_INVALADDRESS;
  auto& list = location->toll_prefixes;
  const auto at = std::lower_bound(list.begin(), list.end(), *prefix);
  const bool listed = at != list.end() && *at == *prefix;
  if (listed == (option == LINETOLLLISTOPTION_ADD)) return 0;
  if (listed)
    list.erase(at);
  else
    list.insert(at, *prefix);
  if (!r.core.keep(std::move(changed))) return LINEERR_OPERATIONFAILED;
  tell_translate_change(r.core, app);
  return 0;
}

// The dialog itself is the library's; here is checked what its page has checked
// [nf-tapi-linetranslatedialogw].
LONG translate_dialog(Request& r, DWORD app, DWORD device, DWORD version, Text) {
  if (!understood(version)) return LINEERR_INCOMPATIBLEAPIVERSION;
  if (const LONG bad = check_app(r, app, version)) return bad;
  LONG error = 0;
  r.core.device(r.client, device, error);
  return error;
}

void put_location_text(Request& r, Capacity capacity, const std::u16string& text) {
  std::array<char16_t, location_text_units> units{};
  std::copy(text.begin(), text.end(), units.begin());
  const auto bytes = std::as_bytes(std::span{units});
  r.reply.data(bytes.first(std::min<std::size_t>(bytes.size(), capacity.bytes)));
}

LONG get_location_info(Request& r, Capacity country_capacity, Capacity city_capacity) {
  const Location* const location = r.core.options.settings.location();
  if (!location) return TAPIERR_REQUESTFAILED;
  const Country* const country = find_country(location->country_id);
  const auto city = to_utf16(location->area_code);
  if (city.size() >= location_text_units) return TAPIERR_REQUESTFAILED;
  put_location_text(r, country_capacity, country ? to_utf16(std::to_string(country->code)) : u"");
  put_location_text(r, city_capacity, city);
  return 0;
}

// An icon is a thing of one process's window system; the default one of Linux is none. The library answers
// NULL where this agrees that there is a device, and that the default icon stands for the class: the device's
// own, or any for applications older than 2.0 [nf-tapi-linegeticonw].
template <class Apps>
bool has_default_icon(const Apps& apps, const Text& device_class, std::u16string_view own) {
  if (!device_class || device_class->empty() || is_class(device_class, own)) return true;
  const bool modern = apps.find([](const auto& app) { return app.version >= version_2_0; }) != nullptr;
  return !apps.empty() && !modern;
}

LONG get_icon(Request& r, DWORD device, Text device_class) {
  LONG error = 0;
  if (!r.core.device(r.client, device, error)) return error;
  return has_default_icon(r.client.apps, device_class, u"tapi/line") ? 0 : LINEERR_INVALDEVICECLASS;
}

LONG get_phone_icon(Request& r, DWORD device, Text device_class) {
  LONG error = 0;
  if (!r.core.phones.device(r.client, device, error)) return error;
  return has_default_icon(r.client.phone_apps, device_class, u"tapi/phone") ? 0 : PHONEERR_INVALDEVICECLASS;
}

} // namespace

void bind_dialing_functions(Bindings& b) {
  b.bind<Fn::lineGetCountry, &get_country>();
  b.bind<Fn::lineGetTranslateCaps, &get_translate_caps>();
  b.bind<Fn::lineTranslateAddress, &translate>();
  b.bind<Fn::lineTranslateDialog, &translate_dialog>();
  b.bind<Fn::lineSetCurrentLocation, &set_current_location>();
  b.bind<Fn::lineSetTollList, &set_toll_list>();
  b.bind<Fn::tapiGetLocationInfo, &get_location_info>();
  b.bind<Fn::lineGetIcon, &get_icon>();
  b.bind<Fn::phoneGetIcon, &get_phone_icon>();
}

} // namespace tl::server
