// SPDX-License-Identifier: Apache-2.0
// Addresses in, digits out: the grammar, the countries' rules, toll lists, cards; and mutated addresses.
#include "server/address.hpp"

#include <gtest/gtest.h>

#include "base/random.hpp"
#include "server/countries.hpp"
#include "server/translate.hpp"

namespace tl::server::test {
namespace {

constexpr DWORD canonical = LINETRANSLATERESULT_CANONICAL, local = LINETRANSLATERESULT_LOCAL,
                distant = LINETRANSLATERESULT_LONGDISTANCE, abroad = LINETRANSLATERESULT_INTERNATIONAL,
                toll = LINETRANSLATERESULT_INTOLLLIST, no_toll = LINETRANSLATERESULT_NOTINTOLLLIST;

Settings at(std::uint32_t country, std::string area) {
  Settings settings;
  Location& here = settings.locations.emplace_back();
  here.id = 1;
  here.name = "Office";
  here.country_id = country;
  here.area_code = std::move(area);
  return settings;
}

struct Case {
  std::uint32_t country;
  const char* area;
  const char* in;
  const char* dialable;
  const char* displayable;
  DWORD results;
};

const Case cases[] = {
    // North America: seven digits at home, 1 and ten elsewhere, 011 abroad.
    {1, "425", "+1 (425) 882-8080", "T8828080", "882-8080", canonical | local | no_toll},
    {1, "425", "+1 (206) 555-0100", "T12065550100", "1 206 555-0100", canonical | distant},
    {1, "425", "+44 (20) 7946 0018", "T011442079460018", "011 44 20 7946 0018", canonical | abroad},
    {107, "416", "+1 (416) 555.0199", "T5550199", "555.0199", canonical | local | no_toll},
    // Germany: an open plan.
    {49, "30", "+49 (30) 901820", "T901820", "901820", canonical | local},
    {49, "30", "+49 (89) 2180-0", "T08921800", "0 89 2180-0", canonical | distant},
    {49, "30", "+49 1701234567", "T01701234567", "0 1701234567", canonical | distant},
    {49, "30", "+43 (1) 58858", "T0043158858", "00 43 1 58858", canonical | abroad},
    // France: the whole number everywhere.
    {33, "1", "+33 (1) 44 55 66 77", "T0144556677", "0 1 44 55 66 77", canonical | local},
    {33, "1", "+33 (4) 91 00 00 00", "T0491000000", "0 4 91 00 00 00", canonical | distant},
    // Italy keeps its zero, Denmark has no areas, Russia dials 8, Japan 010.
    {39, "06", "+39 (06) 698-1", "T066981", "06 698-1", canonical | local},
    {45, "", "+45 33 12 34 56", "T33123456", "33 12 34 56", canonical | local},
    {7, "495", "+7 (812) 123-45-67", "T88121234567", "8 812 123-45-67", canonical | distant},
    {7, "495", "+49 (30) 1", "T81049301", "810 49 30 1", canonical | abroad},
    {81, "3", "+1 (425) 882 8080", "T01014258828080", "010 1 425 882 8080", canonical | abroad},
    {61, "2", "+64 (9) 309 0000", "T00116493090000", "0011 64 9 309 0000", canonical | abroad},
    // A location without a country dials in full.
    {0, "", "+49 (30) 901820", "+4930901820", "+49 30 901820", canonical | abroad},
    // What follows the number goes on; only the first of several addresses counts.
    {1, "425", "+1 (425) 882-8080|12^Bill\r\n+1 (425) 555-0100", "T8828080|12^Bill", "882-8080",
     canonical | local | no_toll},
    {1, "425", "+1 (425) 882-8080 ^ Bill", "T8828080^ Bill", "882-8080", canonical | local | no_toll},
    // Dialling controls stay in the number.
    {1, "425", "+1 (425) 882-8080,,W12#", "T8828080,,W12#", "882-8080,,W12#",
     canonical | local | no_toll | LINETRANSLATERESULT_DIALDIALTONE},
    {1, "425", "+1 (425) 8828080$12@3?:", "T8828080$12@3?:", "8828080$12@3?:",
     canonical | local | no_toll | LINETRANSLATERESULT_DIALBILLING | LINETRANSLATERESULT_DIALQUIET |
         LINETRANSLATERESULT_DIALPROMPT | LINETRANSLATERESULT_VOICEDETECT},
    // Not canonical: as it is, with no verdict.
    {1, "425", "1001", "1001", "1001", 0},
    {1, "425", "9,555-0100", "9,555-0100", "9,555-0100", 0},
    {1, "425", "sip:bob@example.com", "sip:bob@example.com", "sip:bob@example.com",
     LINETRANSLATERESULT_DIALQUIET | LINETRANSLATERESULT_VOICEDETECT},
    // "+" and digits alone: a full number, of which the table knows the country.
    {1, "425", "+4930901820", "T0114930901820", "011 49 30901820", abroad},
    {1, "425", "+14258828080", "T8828080", "8828080", local | no_toll},
    {1, "425", "+12065550100", "T12065550100", "1 2065550100", distant},
};

TEST(Translate, Table) {
  for (const Case& each : cases) {
    Translation out;
    ASSERT_EQ(translate_address(at(each.country, each.area), each.in, 0, 0, out), 0) << each.in;
    EXPECT_EQ(out.dialable, each.dialable) << each.in;
    EXPECT_EQ(out.displayable, each.displayable) << each.in;
    EXPECT_EQ(out.results, each.results) << each.in;
  }
}

TEST(Translate, WhatIsNoAddress) {
  const char* const bad[] = {
      "",          "+",         "+1",           "+1 ",       "+1 ()", "+1 () ",     "+1 (425)",
      "+1 (425) ", "+1(425) 8", "+1  (425) 8",  "+1 (425)8", "+ 1 8", "+1 (4 2) 8", "+1 (425) (8)",
      "+0 123",    "+1234 123", "+1 (425) abc", "+1 -.-",    "|sub",  "^name",      "+999123",
      "\r\n123",   "   "};
  for (const char* each : bad) {
    Translation out;
    EXPECT_EQ(translate_address(at(1, "425"), each, 0, 0, out), LINEERR_INVALADDRESS) << each;
  }
  Translation out;
  const std::string longest(address_size_max_bytes, '1');
  EXPECT_EQ(translate_address(at(1, "425"), longest, 0, 0, out), 0);
  EXPECT_EQ(translate_address(at(1, "425"), longest + "1", 0, 0, out), LINEERR_INVALADDRESS);
}

std::string dialled(const Settings& settings, std::string_view in, DWORD options = 0, DWORD card = 0) {
  Translation out;
  const LONG result = translate_address(settings, in, card, options, out);
  return result == 0 ? out.dialable : std::to_string(result);
}

TEST(Translate, AccessCodesPulseAndCallWaiting) {
  Settings settings = at(1, "425");
  Location& here = settings.locations.front();
  here.local_access = "9,";
  here.long_distance_access = "8,";
  here.cancel_call_waiting = "*70,";
  EXPECT_EQ(dialled(settings, "+1 (425) 8828080"), "T9,8828080");
  EXPECT_EQ(dialled(settings, "+1 (206) 8828080"), "T8,12068828080");
  EXPECT_EQ(dialled(settings, "+49 (30) 1"), "T8,01149301");
  EXPECT_EQ(dialled(settings, "+1 (425) 8828080", LINETRANSLATEOPTION_CANCELCALLWAITING), "T*70,9,8828080");
  EXPECT_EQ(dialled(settings, "1001", LINETRANSLATEOPTION_CANCELCALLWAITING), "*70,1001");
  here.pulse = true;
  EXPECT_EQ(dialled(settings, "+1 (425) 8828080"), "P9,8828080");
}

TEST(Translate, Forced) {
  const Settings settings = at(1, "425");
  EXPECT_EQ(dialled(settings, "+1 (206) 5550100", LINETRANSLATEOPTION_FORCELOCAL), "T5550100");
  EXPECT_EQ(dialled(settings, "+1 (425) 5550100", LINETRANSLATEOPTION_FORCELD), "T14255550100");
  EXPECT_EQ(dialled(settings, "+49 (30) 1", LINETRANSLATEOPTION_FORCELOCAL), "T01149301");
  Translation out;
  EXPECT_EQ(translate_address(settings, "+1 (425) 1", 0,
                              LINETRANSLATEOPTION_FORCELOCAL | LINETRANSLATEOPTION_FORCELD, out),
            LINEERR_INVALPARAM);
  EXPECT_EQ(translate_address(settings, "+1 (425) 1", 0, 0x10, out), LINEERR_INVALPARAM);
  EXPECT_EQ(translate_address(Settings{}, "+1 (425) 1", 0, 0, out), LINEERR_INIFILECORRUPT);
}

TEST(Translate, TollListMakesLocalCallsLong) {
  Settings settings = at(1, "425");
  settings.locations.front().toll_prefixes = {"555", "777"};
  Translation out;
  ASSERT_EQ(translate_address(settings, "+1 (425) 555-0100", 0, 0, out), 0);
  EXPECT_EQ(out.dialable, "T14255550100");
  EXPECT_EQ(out.results, canonical | distant | toll);
  ASSERT_EQ(translate_address(settings, "+1 (425) 555-0100", 0, LINETRANSLATEOPTION_FORCELOCAL, out), 0);
  EXPECT_EQ(out.dialable, "T5550100");
  EXPECT_EQ(toll_prefix(settings.locations.front(), "+1 (425) 882-8080"), "882");
  EXPECT_FALSE(toll_prefix(settings.locations.front(), "+1 (206) 882-8080"));
  EXPECT_FALSE(toll_prefix(settings.locations.front(), "882-8080"));
  EXPECT_FALSE(toll_prefix(at(49, "30").locations.front(), "+49 (30) 901820")) << "no toll lists there";
}

TEST(Translate, AreaRules) {
  Settings settings = at(1, "425");
  settings.locations.front().area_rules = {{"206", {"555"}, "", true}, {"253", {}, "1", false}};
  EXPECT_EQ(dialled(settings, "+1 (206) 555-0100"), "T2065550100") << "ten digits";
  EXPECT_EQ(dialled(settings, "+1 (206) 777-0100"), "T12067770100");
  EXPECT_EQ(dialled(settings, "+1 (253) 777-0100"), "T17770100");
}

TEST(Translate, Cards) {
  Settings settings = at(1, "425");
  Card& card = settings.cards.emplace_back();
  card.id = 5;
  card.name = "Blue Card";
  card.number = "123456789";
  card.pin = "42";
  card.access = "18005550199";
  card.long_distance_rule = "J$TFG,H";
  card.international_rule = "J,,0EFG$H#K";
  const DWORD use = LINETRANSLATEOPTION_CARDOVERRIDE;
  EXPECT_EQ(dialled(settings, "+1 (425) 882-8080", use, 5), "T8828080") << "no rule: as without it";
  EXPECT_EQ(dialled(settings, "+1 (206) 555-0100", use, 5), "T18005550199$T2065550100,123456789");
  EXPECT_EQ(dialled(settings, "+1 (206) 555-0100", 0, 5), "T12065550100") << "not asked for";
  EXPECT_EQ(dialled(settings, "+1 (206) 555-0100", use, 6), std::to_string(LINEERR_INVALCARD));
  Translation out;
  ASSERT_EQ(translate_address(settings, "+49 (30) 90", 5, use, out), 0);
  EXPECT_EQ(out.dialable, "T18005550199,,0493090$123456789#42");
  EXPECT_EQ(out.displayable, "18005550199 ,,0 49 30 90 $ [Blue Card] # [Blue Card]");
  EXPECT_TRUE(out.results & LINETRANSLATERESULT_DIALBILLING);
  EXPECT_EQ(out.current_country, 1u);
  EXPECT_EQ(out.dest_country, 49u);
  settings.locations.front().card_id = 5;
  EXPECT_EQ(dialled(settings, "+1 (206) 555-0100"), "T18005550199$T2065550100,123456789");
  EXPECT_EQ(dialled(settings, "+1 (206) 555-0100", use, 0), "T12065550100") << "direct dialling";
}

TEST(Countries, CodesAndIds) {
  EXPECT_EQ(countries().front().id, 1u);
  EXPECT_GT(countries().size(), 230u);
  EXPECT_EQ(country_code_length("14258828080"), 1u);
  EXPECT_EQ(country_code_length("4930"), 2u);
  EXPECT_EQ(country_code_length("35312"), 3u);
  EXPECT_EQ(country_code_length("0123"), 0u);
  EXPECT_EQ(country_code_length("999"), 0u);
  EXPECT_EQ(country_code_length(""), 0u);
  for (const Country& each : countries()) {
    const Country* const first = country_of_code(each.code);
    ASSERT_TRUE(first) << each.name;
    EXPECT_EQ(first->code, each.code) << each.name;
    // No code begins another one: the first match is the right one.
    const std::string digits = std::to_string(each.code);
    EXPECT_EQ(country_code_length(digits + "0"), digits.size()) << each.name;
  }
}

// Whatever comes in, nothing of the card is shown, sizes stay in bounds, and what is canonical stays so.
TEST(Address, Mutated) {
  constexpr std::string_view alphabet = "+ ()0123456789-./|^\r\n,WwPpTt@$?;:!#*ABCDEFGHJKx\xC3\xA4";
  Settings settings = at(1, "425");
  Card& card = settings.cards.emplace_back();
  card.id = 5;
  card.name = "Card";
  card.number = "987654321987";
  card.long_distance_rule = card.same_area_rule = card.international_rule = "HEFG";
  settings.locations.front().card_id = 5;
  constexpr std::uint64_t seed = 20261121;
  SCOPED_TRACE(seed);
  Random random{seed};
  for (int i = 0; i < 20'000; ++i) {
    std::string text = cases[random.below(std::size(cases))].in;
    for (std::uint64_t change = random.below(5); change > 0 && !text.empty(); --change) {
      const std::size_t place = random.below(text.size());
      switch (random.below(3)) {
      case 0: text[place] = alphabet[random.below(alphabet.size())]; break;
      case 1: text.insert(place, 1, alphabet[random.below(alphabet.size())]); break;
      default: text.erase(place, 1); break;
      }
    }
    Translation out;
    const LONG result = translate_address(settings, text, 0, 0, out);
    ASSERT_TRUE(result == 0 || result == LINEERR_INVALADDRESS) << text;
    if (result != 0) continue;
    ASSERT_EQ(out.displayable.find("987654321987"), std::string::npos) << text;
    ASSERT_LE(out.dialable.size(), text.size() + 32) << text;
    ASSERT_EQ((out.results & canonical) != 0, out.dest_country != 0) << text;
  }
}

} // namespace
} // namespace tl::server::test
