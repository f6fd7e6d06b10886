// SPDX-License-Identifier: Apache-2.0
// Countries, translation and assisted telephony through the C functions, in the A and W forms, on the real
// server.
#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

#include "base/virtual_loop.hpp"
#include "server/server.hpp"
#include "tapi32/library.hpp"
#include "trunkline/tapi_ext.h"

namespace tl::test {
namespace {

constexpr DWORD v22 = 0x00020002;

server::Options munich() {
  server::Options options;
  server::Location& here = options.settings.locations.emplace_back();
  here.id = 1;
  here.name = "München";
  here.country_id = 49;
  here.area_code = "89";
  here.local_access = "0";
  here.long_distance_access = "0";
  return options;
}

class Dialing : public ::testing::Test {
protected:
  Dialing() { tapi32::Library::instance().use_in_process(&server_); }
  ~Dialing() override { tapi32::Library::instance().use_in_process(nullptr); }

  // Room that grows as dwNeededSize says.
  template <class T, class Ask> const T& grown(Ask ask) {
    memory_.assign(sizeof(T), {});
    for (int attempt = 0; attempt < 3; ++attempt) {
      auto* const structure = reinterpret_cast<T*>(memory_.data());
      structure->dwTotalSize = static_cast<DWORD>(memory_.size());
      EXPECT_EQ(ask(structure), 0);
      if (structure->dwNeededSize <= memory_.size()) return *structure;
      memory_.assign(structure->dwNeededSize, {});
    }
    ADD_FAILURE() << "it never had what it needed";
    return *reinterpret_cast<T*>(memory_.data());
  }
  const char* narrow(DWORD offset) const { return reinterpret_cast<const char*>(memory_.data() + offset); }

  VirtualLoop loop_;
  NullLog log_;
  server::Server server_{loop_, log_, munich()};
  std::vector<std::byte> memory_;
};

TEST_F(Dialing, CountriesInBothForms) {
  const auto& wide =
      grown<LINECOUNTRYLIST>([](LINECOUNTRYLIST* list) { return lineGetCountryW(0, v22, list); });
  const DWORD count = wide.dwNumCountries;
  EXPECT_GT(count, 200u);
  const auto& list = grown<LINECOUNTRYLIST>([](LINECOUNTRYLIST* to) { return lineGetCountry(0, v22, to); });
  ASSERT_EQ(list.dwNumCountries, count);
  bool found = false;
  for (DWORD i = 0; i < count; ++i) {
    LINECOUNTRYENTRY entry;
    std::memcpy(&entry, memory_.data() + list.dwCountryListOffset + i * sizeof entry, sizeof entry);
    if (entry.dwCountryCode != 225) continue;
    found = true;
    EXPECT_STREQ(narrow(entry.dwCountryNameOffset), "Côte d'Ivoire");
    EXPECT_STREQ(narrow(entry.dwInternationalRuleOffset), "00EFG");
  }
  EXPECT_TRUE(found);
  LINECOUNTRYLIST small{};
  small.dwTotalSize = sizeof small;
  EXPECT_EQ(lineGetCountryA(12345, v22, &small), LINEERR_INVALCOUNTRYCODE);
  EXPECT_EQ(lineGetCountryA(0, v22, nullptr), LINEERR_INVALPOINTER);
}

TEST_F(Dialing, TranslationWithoutAnInitialisedApp) {
  const auto& caps =
      grown<LINETRANSLATECAPS>([](LINETRANSLATECAPS* to) { return lineGetTranslateCapsA(0, v22, to); });
  ASSERT_EQ(caps.dwNumLocations, 1u);
  LINELOCATIONENTRY place;
  std::memcpy(&place, memory_.data() + caps.dwLocationListOffset, sizeof place);
  EXPECT_STREQ(narrow(place.dwLocationNameOffset), "München");
  EXPECT_STREQ(narrow(place.dwCityCodeOffset), "89");
  ASSERT_TRUE(server_.load_provider(ECHO_TSP));
  const auto& output = grown<LINETRANSLATEOUTPUT>([](LINETRANSLATEOUTPUT* to) {
    return lineTranslateAddressA(0, 0, v22, "+49 (30) 90 18-20^Jörg", 0, 0, to);
  });
  EXPECT_STREQ(narrow(output.dwDialableStringOffset), "T003090"
                                                      "1820^Jörg");
  EXPECT_STREQ(narrow(output.dwDisplayableStringOffset), "0 0 30 90 18-20");
  EXPECT_EQ(lineSetCurrentLocation(0, 5), LINEERR_INVALLOCATION);
  EXPECT_EQ(lineSetTollListA(0, 0, "+49 (89) 123-45", LINETOLLLISTOPTION_ADD), LINEERR_INVALADDRESS);
}

TEST_F(Dialing, LocationInfo) {
  char country[8] = "?", city[8] = "?";
  EXPECT_EQ(tapiGetLocationInfoA(country, city), 0);
  EXPECT_STREQ(country, "49");
  EXPECT_STREQ(city, "89");
  WCHAR wide_country[8], wide_city[8];
  EXPECT_EQ(tapiGetLocationInfoW(wide_country, wide_city), 0);
  EXPECT_EQ(std::u16string_view(wide_city), u"89");
  EXPECT_EQ(tapiGetLocationInfo(nullptr, city), TAPIERR_REQUESTFAILED);
}

TEST_F(Dialing, RequestGoesToTheRecipient) {
  EXPECT_EQ(tapiRequestMakeCallA("1001", "Notes", "Jörg", nullptr), TAPIERR_NOREQUESTRECIPIENT);
  HLINEAPP app = 0;
  DWORD lines = 0, version = v22;
  LINEINITIALIZEEXPARAMS params{};
  params.dwTotalSize = sizeof params;
  params.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT;
  ASSERT_EQ(lineInitializeExW(&app, nullptr, nullptr, u"dialer", &lines, &version, &params), 0);
  EXPECT_EQ(lineRegisterRequestRecipient(app, 77, LINEREQUESTMODE_MAKECALL, TRUE), 0);
  EXPECT_EQ(tapiRequestMakeCallA("1001", "Notes", "Jörg", nullptr), 0);
  loop_.settle();
  LINEMESSAGE message{};
  ASSERT_EQ(lineGetMessage(app, &message, 0), 0);
  EXPECT_EQ(message.dwMessageID, static_cast<DWORD>(LINE_REQUEST));
  EXPECT_EQ(message.dwCallbackInstance, 77u);
  EXPECT_EQ(message.dwParam1, static_cast<DWORD_PTR>(LINEREQUESTMODE_MAKECALL));
  LINEREQMAKECALL request{};
  EXPECT_EQ(lineGetRequestA(app, LINEREQUESTMODE_MAKECALL, &request), 0);
  EXPECT_STREQ(request.szDestAddress, "1001");
  EXPECT_STREQ(request.szCalledParty, "Jörg");
  EXPECT_STREQ(request.szComment, "");
  EXPECT_EQ(lineGetRequestA(app, LINEREQUESTMODE_MAKECALL, &request), LINEERR_NOREQUEST);
  EXPECT_EQ(lineShutdown(app), 0);
}

TEST_F(Dialing, AppPriority) {
  DWORD priority = 9;
  EXPECT_EQ(lineSetAppPriorityA("dialer", LINEMEDIAMODE_INTERACTIVEVOICE, nullptr, 0, nullptr, 1), 0);
  EXPECT_EQ(lineGetAppPriorityW(u"dialer", LINEMEDIAMODE_INTERACTIVEVOICE, nullptr, 0, nullptr, &priority),
            0);
  EXPECT_EQ(priority, 1u);
  VARSTRING name{};
  name.dwTotalSize = sizeof name;
  EXPECT_EQ(lineGetAppPriorityA("other", LINEMEDIAMODE_INTERACTIVEVOICE, nullptr, 0, &name, &priority), 0);
  EXPECT_EQ(priority, 0u);
  EXPECT_EQ(name.dwStringSize, 0u);
}

TEST_F(Dialing, ProvidersComeAndGo) {
  server::Options options;
  options.provider_folder = "/nowhere";
  server::Server other{loop_, log_, std::move(options)};
  tapi32::Library::instance().use_in_process(&other);
  HLINEAPP app = 0;
  DWORD lines = 0, version = v22, id = 0;
  LINEINITIALIZEEXPARAMS params{};
  params.dwTotalSize = sizeof params;
  params.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT;
  ASSERT_EQ(lineInitializeExW(&app, nullptr, nullptr, u"admin", &lines, &version, &params), 0);
  EXPECT_EQ(lineAddProviderA(ECHO_TSP, nullptr, &id), 0);
  DWORD again = 0;
  EXPECT_EQ(lineAddProviderA(ECHO_TSP, nullptr, &again), LINEERR_NOMULTIPLEINSTANCE);
  const auto& list =
      grown<LINEPROVIDERLIST>([](LINEPROVIDERLIST* to) { return lineGetProviderListA(v22, to); });
  EXPECT_EQ(list.dwNumProviders, 1u);
  EXPECT_EQ(lineConfigProvider(nullptr, id), LINEERR_OPERATIONUNAVAIL);
  EXPECT_NE(std::string{trunkline_dialogError()}.find("echo.tui.so has no TUISPI_providerConfig"),
            std::string::npos);
  EXPECT_EQ(lineConfigDialogA(0, nullptr, "comm"), LINEERR_INVALDEVICECLASS) << "its module's answer";
  loop_.settle();
  LINEMESSAGE message{};
  ASSERT_EQ(lineGetMessage(app, &message, 0), 0);
  EXPECT_EQ(message.dwMessageID, static_cast<DWORD>(LINE_CREATE));
  HICON icon = reinterpret_cast<HICON>(&message);
  EXPECT_EQ(lineGetIconA(0, "tapi/line", &icon), 0);
  EXPECT_EQ(icon, HICON{}) << "there are no icons here";
  EXPECT_EQ(lineGetIconA(0, "modem", &icon), LINEERR_INVALDEVICECLASS);
  EXPECT_EQ(lineRemoveProvider(id, nullptr), 0);
  EXPECT_EQ(lineRemoveProvider(id, nullptr), LINEERR_INVALPARAM);
  loop_.settle();
  DWORD last = 0;
  while (lineGetMessage(app, &message, 0) == 0) last = message.dwMessageID;
  EXPECT_EQ(last, static_cast<DWORD>(LINE_REMOVE));
  EXPECT_EQ(lineShutdown(app), 0);
  tapi32::Library::instance().use_in_process(&server_);
}

} // namespace
} // namespace tl::test
