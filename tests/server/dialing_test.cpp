// SPDX-License-Identifier: Apache-2.0
// Countries, locations and translation as applications see them.
#include "fixture.hpp"

#include "base/text.hpp"
#include "server/countries.hpp"

namespace tl::server::test {
namespace {

constexpr DWORD v22 = 0x00020002;

class KeptSettings final : public SettingsStore {
public:
  bool save(const Settings& settings) override {
    if (full) return false;
    kept = settings;
    ++saves;
    return true;
  }
  Settings kept;
  int saves = 0;
  bool full = false;
};

class DialingTest : public ServerTest {
protected:
  void begin() {
    Options options;
    options.settings_store = &store;
    Location here;
    here.id = 1;
    here.name = "Seattle";
    here.country_id = 1;
    here.area_code = "206";
    here.local_access = "9";
    here.toll_prefixes = {"555"};
    Location there;
    there.id = 2;
    there.name = "München";
    there.country_id = 49;
    there.area_code = "89";
    there.card_id = 4;
    options.settings.locations = {here, there};
    Card card;
    card.id = 4;
    card.name = "Karte";
    card.number = "12345678";
    card.long_distance_rule = "0800$HFG";
    Card hidden = card;
    hidden.id = 5;
    hidden.hidden = true;
    options.settings.cards = {card, hidden};
    start(std::move(options));
  }
  std::string text(wire::Bytes bytes, DWORD size, DWORD offset) {
    std::u16string units(size / 2, u'\0');
    EXPECT_LE(std::size_t{offset} + size, bytes.size());
    std::memcpy(units.data(), bytes.data() + offset, size);
    EXPECT_TRUE(units.empty() || units.back() == 0);
    while (!units.empty() && units.back() == 0) units.pop_back();
    return to_utf8(units);
  }

  KeptSettings store;
};

TEST_F(DialingTest, CountryListIsLinked) {
  begin();
  TestClient& app = client();
  ASSERT_EQ(app.call<Fn::lineGetCountry>(0u, v22, wire::Capacity{200'000}), 0);
  const auto all = std::get<0>(app.answers<Fn::lineGetCountry>());
  LINECOUNTRYLIST list;
  std::memcpy(&list, all.data(), sizeof list);
  ASSERT_EQ(list.dwNumCountries, countries().size());
  EXPECT_EQ(list.dwUsedSize, list.dwNeededSize);
  EXPECT_EQ(list.dwTotalSize, 200'000u);
  DWORD next = 1, germany = 0;
  for (DWORD i = 0; i < list.dwNumCountries; ++i) {
    LINECOUNTRYENTRY entry;
    std::memcpy(&entry, all.data() + list.dwCountryListOffset + i * sizeof entry, sizeof entry);
    EXPECT_EQ(entry.dwCountryID, next);
    next = entry.dwNextCountryID;
    if (text(all, entry.dwCountryNameSize, entry.dwCountryNameOffset) == "Germany") {
      germany = entry.dwCountryID;
      EXPECT_EQ(entry.dwCountryCode, 49u);
      EXPECT_EQ(text(all, entry.dwSameAreaRuleSize, entry.dwSameAreaRuleOffset), "G");
      EXPECT_EQ(text(all, entry.dwLongDistanceRuleSize, entry.dwLongDistanceRuleOffset), "0FG");
      EXPECT_EQ(text(all, entry.dwInternationalRuleSize, entry.dwInternationalRuleOffset), "00EFG");
    }
  }
  EXPECT_EQ(next, 0u);
  EXPECT_EQ(germany, 49u);

  ASSERT_EQ(app.call<Fn::lineGetCountry>(1u, v22, wire::Capacity{2000}), 0);
  const auto one = app.structure<LINECOUNTRYLIST>(std::get<0>(app.answers<Fn::lineGetCountry>()));
  EXPECT_EQ(one.dwNumCountries, 1u);
  EXPECT_EQ(app.call<Fn::lineGetCountry>(2u, v22, wire::Capacity{2000}), LINEERR_INVALCOUNTRYCODE);
  EXPECT_EQ(app.call<Fn::lineGetCountry>(1u, 0x00010000u, wire::Capacity{2000}),
            LINEERR_INCOMPATIBLEAPIVERSION);
  EXPECT_EQ(app.call<Fn::lineGetCountry>(1u, v22, wire::Capacity{23}), LINEERR_STRUCTURETOOSMALL);
  ASSERT_EQ(app.call<Fn::lineGetCountry>(0u, v22, wire::Capacity{24}), 0) << "to learn what is needed";
  const auto none = app.structure<LINECOUNTRYLIST>(std::get<0>(app.answers<Fn::lineGetCountry>()));
  EXPECT_EQ(none.dwNeededSize, list.dwNeededSize);
  EXPECT_EQ(none.dwUsedSize, 24u);
  EXPECT_EQ(none.dwNumCountries, 0u);
}

TEST_F(DialingTest, TranslateCapsByVersion) {
  begin();
  TestClient& app = client();
  ASSERT_EQ(app.call<Fn::lineGetTranslateCaps>(0u, v22, wire::Capacity{4000}), 0);
  auto bytes = std::get<0>(app.answers<Fn::lineGetTranslateCaps>());
  auto caps = app.structure<LINETRANSLATECAPS>(bytes);
  EXPECT_EQ(caps.dwNumLocations, 2u);
  EXPECT_EQ(caps.dwCurrentLocationID, 1u);
  ASSERT_EQ(caps.dwLocationListSize, 2 * sizeof(LINELOCATIONENTRY));
  LINELOCATIONENTRY place;
  std::memcpy(&place, bytes.data() + caps.dwLocationListOffset, sizeof place);
  EXPECT_EQ(text(bytes, place.dwLocationNameSize, place.dwLocationNameOffset), "Seattle");
  EXPECT_EQ(text(bytes, place.dwCityCodeSize, place.dwCityCodeOffset), "206");
  EXPECT_EQ(text(bytes, place.dwLocalAccessCodeSize, place.dwLocalAccessCodeOffset), "9");
  EXPECT_EQ(text(bytes, place.dwTollPrefixListSize, place.dwTollPrefixListOffset), "555");
  ASSERT_EQ(caps.dwNumCards, 2u) << "direct dialling and the one that is not hidden";
  LINECARDENTRY card;
  std::memcpy(&card, bytes.data() + caps.dwCardListOffset + sizeof card, sizeof card);
  EXPECT_EQ(card.dwPermanentCardID, 4u);
  EXPECT_EQ(card.dwCardNumberDigits, 8u);

  TestClient& old = client("old", 0x00010003);
  EXPECT_EQ(old.call<Fn::lineGetTranslateCaps>(0u, 0x00010003u, wire::Capacity{4000}),
            LINEERR_INVALAPPHANDLE);
  ASSERT_EQ(old.call<Fn::lineGetTranslateCaps>(old.app, 0x00010003u, wire::Capacity{4000}), 0);
  caps = old.structure<LINETRANSLATECAPS>(std::get<0>(old.answers<Fn::lineGetTranslateCaps>()));
  EXPECT_EQ(caps.dwLocationListSize, 2 * 28u);
  EXPECT_EQ(caps.dwCardListSize, 2 * 12u);
  ASSERT_EQ(app.call<Fn::lineGetTranslateCaps>(app.app, v22, wire::Capacity{100}), 0);
  caps = app.structure<LINETRANSLATECAPS>(std::get<0>(app.answers<Fn::lineGetTranslateCaps>()));
  EXPECT_GT(caps.dwNeededSize, 100u);
  EXPECT_EQ(caps.dwNumLocations, 0u);
  EXPECT_EQ(caps.dwCurrentLocationID, 1u);
}

TEST_F(DialingTest, TranslateAddress) {
  begin();
  TestClient& app = client();
  const auto ask = [&](std::u16string_view in, DWORD version = v22, DWORD device = 0) {
    return app.call<Fn::lineTranslateAddress>(app.app, device, version, wire::Text{in}, 0u, 0u,
                                              wire::Capacity{500});
  };
  ASSERT_EQ(ask(u"+1 (206) 777-0100|1"), 0);
  const auto bytes = std::get<0>(app.answers<Fn::lineTranslateAddress>());
  const auto out = app.structure<LINETRANSLATEOUTPUT>(bytes);
  EXPECT_EQ(text(bytes, out.dwDialableStringSize, out.dwDialableStringOffset), "T97770100|1");
  EXPECT_EQ(text(bytes, out.dwDisplayableStringSize, out.dwDisplayableStringOffset), "9 777-0100");
  EXPECT_EQ(out.dwCurrentCountry, 1u);
  EXPECT_EQ(out.dwDestCountry, 1u);
  EXPECT_EQ(ask(u"+1 (206"), LINEERR_INVALADDRESS);
  EXPECT_EQ(ask(u"+1 (206) 1", v22, 77), LINEERR_BADDEVICEID);
  EXPECT_EQ(ask(u"+1 (206) 1", 0x00010002), LINEERR_INCOMPATIBLEAPIVERSION);
  EXPECT_EQ(ask(u"+1 (206) 1", 0x00030001), 0) << "the highest the application knows";
  EXPECT_EQ(app.call<Fn::lineTranslateAddress>(app.app, 0u, v22, wire::Text{}, 0u, 0u, wire::Capacity{500}),
            LINEERR_INVALPOINTER);
}

TEST_F(DialingTest, ChangedLocationIsKeptAndTold) {
  begin();
  TestClient& app = client();
  TestClient& other = client("other");
  TestClient& silent = client("silent");
  TestClient& old = client("old", 0x00010003);
  const DWORD mine = app.open(0, LINECALLPRIVILEGE_NONE), theirs = other.open(0, LINECALLPRIVILEGE_NONE);
  silent.open(0, LINECALLPRIVILEGE_NONE);
  for (auto [who, line] : {std::pair{&app, mine}, std::pair{&other, theirs}})
    EXPECT_EQ(who->call<Fn::lineSetStatusMessages>(line, DWORD{LINEDEVSTATE_TRANSLATECHANGE}, 0u), 0);
  app.take();
  EXPECT_EQ(app.call<Fn::lineSetCurrentLocation>(app.app, 9u), LINEERR_INVALLOCATION);
  EXPECT_EQ(app.call<Fn::lineSetCurrentLocation>(12345u, 2u), LINEERR_INVALAPPHANDLE);
  EXPECT_EQ(app.call<Fn::lineSetCurrentLocation>(app.app, 1u), 0) << "it is that already";
  EXPECT_EQ(store.saves, 0);
  EXPECT_EQ(app.call<Fn::lineSetCurrentLocation>(app.app, 2u), 0);
  EXPECT_EQ(store.kept.current_location, 2u);
  EXPECT_EQ(app.take(), "");
  EXPECT_EQ(other.take(), "line 400000 0 0");
  EXPECT_EQ(silent.take(), "");
  EXPECT_EQ(old.take(), "line 40000 8 400000");
  ASSERT_EQ(app.call<Fn::tapiGetLocationInfo>(wire::Capacity{16}, wire::Capacity{16}), 0);
  const auto [code, city] = app.answers<Fn::tapiGetLocationInfo>();
  EXPECT_EQ(text(code, 16, 0), "49");
  EXPECT_EQ(text(city, 16, 0), "89");
  store.full = true;
  EXPECT_EQ(app.call<Fn::lineSetCurrentLocation>(app.app, 1u), LINEERR_OPERATIONFAILED);
  ASSERT_EQ(app.call<Fn::tapiGetLocationInfo>(wire::Capacity{16}, wire::Capacity{16}), 0);
  EXPECT_EQ(text(std::get<0>(app.answers<Fn::tapiGetLocationInfo>()), 16, 0), "49") << "nothing has changed";
}

TEST_F(DialingTest, TollList) {
  begin();
  TestClient& app = client();
  const auto set = [&](std::u16string_view in, DWORD option) {
    return app.call<Fn::lineSetTollList>(app.app, 0u, wire::Text{in}, option);
  };
  EXPECT_EQ(set(u"+1 (206) 444-0100", LINETOLLLISTOPTION_ADD), 0);
  EXPECT_EQ(set(u"+1 (206) 444-0200", LINETOLLLISTOPTION_ADD), 0) << "it is in already";
  EXPECT_EQ(store.saves, 1);
  EXPECT_EQ(store.kept.locations[0].toll_prefixes, (std::vector<std::string>{"444", "555"}));
  EXPECT_EQ(set(u"+1 (206) 555-0100", LINETOLLLISTOPTION_REMOVE), 0);
  EXPECT_EQ(store.kept.locations[0].toll_prefixes, (std::vector<std::string>{"444"}));
  EXPECT_EQ(set(u"444-0100", LINETOLLLISTOPTION_ADD), LINEERR_INVALADDRESS);
  EXPECT_EQ(set(u"+1 (206) 444-0100", 3), LINEERR_INVALPARAM);
}

TEST_F(DialingTest, IconClass) {
  begin();
  TestClient& app = client();
  EXPECT_EQ(app.call<Fn::lineGetIcon>(0u, wire::Text{}), 0);
  EXPECT_EQ(app.call<Fn::lineGetIcon>(0u, wire::Text{u"tapi/line"}), 0);
  EXPECT_EQ(app.call<Fn::lineGetIcon>(0u, wire::Text{u"wave/in"}), LINEERR_INVALDEVICECLASS);
  EXPECT_EQ(app.call<Fn::lineGetIcon>(9u, wire::Text{}), LINEERR_BADDEVICEID);
  EXPECT_EQ(app.call<Fn::phoneGetIcon>(0u, wire::Text{}), PHONEERR_BADDEVICEID) << "no phones here";
}

} // namespace
} // namespace tl::server::test
