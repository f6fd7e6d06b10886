// SPDX-License-Identifier: Apache-2.0
// Settings of applications: kept over restarts, with the site's own location on top.
#include "main/settings_file.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace tl::program {
namespace {

class SettingsFileTest : public ::testing::Test {
protected:
  SettingsFileTest() {
    std::string name = (std::filesystem::temp_directory_path() / "settings.XXXXXX").string();
    folder_ = mkdtemp(name.data());
  }
  ~SettingsFileTest() override { std::filesystem::remove_all(folder_); }
  std::string path() const { return folder_ + "/settings.json"; }

  NullLog log_;
  std::string folder_;
};

TEST_F(SettingsFileTest, SiteAloneThenWhatWasKept) {
  SettingsFile file(path(), log_);
  Site site;
  site.name = "Test";
  site.location.country = 49;
  site.location.area_code = "89";
  auto loaded = file.load(site);
  ASSERT_TRUE(loaded) << loaded.error().text;
  ASSERT_EQ(loaded->locations.size(), 1u);
  EXPECT_EQ(loaded->locations[0].name, "Test");
  EXPECT_EQ(loaded->locations[0].country_id, 49u);
  loaded->locations[0].toll_prefixes = {"123"};
  loaded->locations[0].area_rules = {{"30", {"1", "2"}, "0", false}};
  server::Location& home = loaded->locations.emplace_back();
  home.id = 7;
  home.name = "Zürich";
  home.country_id = 41;
  home.pulse = true;
  loaded->current_location = 7;
  server::Card& card = loaded->cards.emplace_back();
  card.id = 3;
  card.number = "1234";
  card.international_rule = "J,EFG";
  loaded->priorities.media[4] = {u"one", u"zwölf"};
  loaded->priorities.requests[1] = {u"two"};
  ASSERT_TRUE(file.save(*loaded));
  struct stat about {};
  ASSERT_EQ(stat(path().c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600u);

  site.location.area_code = "30";
  auto again = SettingsFile(path(), log_).load(site);
  ASSERT_TRUE(again) << again.error().text;
  ASSERT_EQ(again->locations.size(), 2u);
  EXPECT_EQ(again->locations[0].area_code, "30") << "the site has the last word on its own location";
  EXPECT_EQ(again->locations[0].toll_prefixes, (std::vector<std::string>{"123"}));
  EXPECT_EQ(again->locations[0].area_rules.at(0).prefixes, (std::vector<std::string>{"1", "2"}));
  EXPECT_FALSE(again->locations[0].area_rules.at(0).dial_area);
  EXPECT_EQ(again->locations[1].name, "Zürich");
  EXPECT_TRUE(again->locations[1].pulse);
  EXPECT_EQ(again->current_location, 7u);
  EXPECT_EQ(again->cards.at(0).international_rule, "J,EFG");
  EXPECT_EQ(again->priorities.media, loaded->priorities.media);
  EXPECT_EQ(again->priorities.requests, loaded->priorities.requests);
}

TEST_F(SettingsFileTest, BrokenFileOrCountryIsAnError) {
  const Site site;
  for (const char* text : {"{", "[]", R"({"locations":[{}]})", R"({"current_location":"x"})",
                           R"({"priorities":{"media":{"x":["a"]}}})"}) {
    std::ofstream(path()) << text;
    const auto loaded = SettingsFile(path(), log_).load(site);
    ASSERT_FALSE(loaded) << text;
    EXPECT_NE(loaded.error().text.find("settings.json"), std::string::npos);
  }
  std::filesystem::remove(path());
  Site nowhere;
  nowhere.location.country = 999;
  EXPECT_FALSE(SettingsFile(path(), log_).load(nowhere));
  SettingsFile unwritable(folder_ + "/none/settings.json", log_);
  EXPECT_FALSE(unwritable.save({}));
}

} // namespace
} // namespace tl::program
