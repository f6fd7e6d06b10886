// SPDX-License-Identifier: Apache-2.0
// Forms on a terminal that is a pipe: what is asked, what is sent back, and how it ends.
#include <cstring>
#include <gtest/gtest.h>
#include <string>
#include <thread>
#include <unistd.h>

#include "tui/dialogs.hpp"

namespace tl::tui {
namespace {

using form::Values;

// The form's owner behind the C callback, which carries no context.
class TestOwner final : public form::Owner {
public:
  std::optional<form::Description> describe(const std::string& object, const std::string& address) override {
    if (none) return std::nullopt;
    if (!address.empty()) notes = {address + " is dialled 0"};
    if (lists && object.empty()) return form::Description{.title = "Places", .notes = notes, .lists = {list}};
    return form::Description{
        .title = "Station" + (object.empty() ? "" : " " + object),
        .notes = notes,
        .settings = {{.name = "name", .label = "Name", .value = "Anna\033[2J", .max = 20, .help = "Shown."},
                     {.name = "rings",
                      .label = "Rings",
                      .type = form::Type::number,
                      .value = std::int64_t{4},
                      .min = 1,
                      .max = 20,
                      .initial = std::int64_t{3}},
                     {.name = "dnd", .label = "Quiet", .type = form::Type::on_off, .value = false}}};
  }
  std::string apply(const std::string& object, const Values& values) override {
    applied.push_back(object + form::write(values));
    return std::exchange(refuse, "");
  }
  std::string choose(const std::string& object) override {
    applied.push_back("choose " + object);
    return {};
  }
  std::string remove(const std::string& object) override {
    applied.push_back("remove " + object);
    return "It stays.";
  }
  bool none = false, lists = false;
  std::vector<std::string> notes, applied;
  std::string refuse;
  form::List list{.name = "place",
                  .label = "Places",
                  .entries = {{"p/1", "Home", true}, {"p/2", "Work"}},
                  .add = "p/new",
                  .remove = true,
                  .choose = true};
};

TestOwner* the_owner = nullptr;

LONG CALLBACK callback(DWORD_PTR, DWORD, LPVOID block, DWORD size) {
  return form::answer(*the_owner, {static_cast<char*>(block), size}) ? 0 : LINEERR_NOMEM;
}

class ScreenTest : public ::testing::Test {
protected:
  ScreenTest() {
    the_owner = &owner_;
    EXPECT_EQ(::pipe(in_), 0);
    EXPECT_EQ(::pipe(out_), 0);
  }
  ~ScreenTest() override {
    for (const int each : {in_[0], in_[1], out_[0], out_[1]})
      if (each >= 0) ::close(each);
  }
  void type(std::string_view text) { EXPECT_GT(::write(in_[1], text.data(), text.size()), 0); }
  // Runs a form on what was typed; its output is in `said`.
  Result<Outcome> show(std::string_view typed, const std::string& address = "") {
    if (!typed.empty()) type(typed);
    ::close(std::exchange(in_[1], -1));
    Terminal terminal{in_[0], out_[1], false};
    auto outcome = Screen{terminal}.show({&callback, 7, TUISPIDLL_OBJECT_LINEID}, address);
    ::close(std::exchange(out_[1], -1));
    char part[256];
    for (ssize_t got; (got = ::read(out_[0], part, sizeof part)) > 0;)
      said_.append(part, static_cast<std::size_t>(got));
    return outcome;
  }
  bool says(std::string_view part) const { return said_.find(part) != std::string::npos; }

  TestOwner owner_;
  int in_[2], out_[2];
  std::string said_;
};

using Words = std::vector<std::string>;

TEST_F(ScreenTest, WhatIsEditedIsSentAndNothingElse) {
  auto outcome = show("Ben\n\non\n");
  ASSERT_TRUE(outcome);
  EXPECT_EQ(*outcome, Outcome::saved);
  EXPECT_EQ(owner_.applied, Words{R"({"dnd":true,"name":"Ben"})"});
  EXPECT_TRUE(says("Station\n"));
  EXPECT_TRUE(says("Name [Anna?[2J]: ")) << "no control character reaches the terminal: " << said_;
  EXPECT_TRUE(says("Rings [4]: "));
  EXPECT_TRUE(says("Quiet, on or off [off]: "));
  EXPECT_TRUE(says("Saved.\n"));
}

TEST_F(ScreenTest, HelpAndWrongValuesAreAskedAgain) {
  EXPECT_EQ(*show("?\n-\n?\n99\nfive\n5\nmaybe\noff\n"), Outcome::saved);
  EXPECT_EQ(owner_.applied, Words{R"({"name":"","rings":5})"});
  EXPECT_TRUE(says("  Shown.\n"));
  EXPECT_TRUE(says("Expected: a whole number from 1 to 20; by default 3."));
  EXPECT_TRUE(says("Rings: a whole number from 1 to 20 was expected."));
  EXPECT_TRUE(says("Quiet: on or off was expected."));
}

TEST_F(ScreenTest, NothingIsSentWhenNothingChangesOrTheInputEnds) {
  EXPECT_EQ(*show("\n4\noff\n"), Outcome::unchanged);
  EXPECT_TRUE(owner_.applied.empty());
}
TEST_F(ScreenTest, EndOfInputCancels) {
  EXPECT_EQ(*show("Ben\n7\n"), Outcome::cancelled);
  EXPECT_TRUE(says("Nothing was changed."));
  EXPECT_TRUE(owner_.applied.empty());
}
TEST_F(ScreenTest, BangCancels) {
  EXPECT_EQ(*show("Ben\n!\n"), Outcome::cancelled);
  EXPECT_TRUE(owner_.applied.empty());
}

TEST_F(ScreenTest, RefusalIsShownAndAskedAbout) {
  owner_.refuse = "Not this name.";
  EXPECT_EQ(*show("Ben\n\n\nCarla\n\n\n"), Outcome::saved);
  EXPECT_TRUE(says("Refused: Not this name."));
  EXPECT_EQ(owner_.applied, (Words{R"({"name":"Ben"})", R"({"name":"Carla"})"}));
}

TEST_F(ScreenTest, NothingToSet) {
  owner_.none = true;
  const auto outcome = show("");
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, LINEERR_OPERATIONUNAVAIL);
  EXPECT_TRUE(says("There is nothing of this kind to set here."));
}

TEST_F(ScreenTest, ListsAreBrowsed) {
  owner_.lists = true;
  EXPECT_EQ(*show("dance\nchoose 2\nremove 1\n2\nNew\n\n\nadd place\nX\n\n\n9\n\n", "+49"), Outcome::saved);
  EXPECT_EQ(owner_.applied,
            (Words{"choose p/2", "remove p/1", R"(p/2{"name":"New"})", R"(p/new{"name":"X"})"}));
  EXPECT_TRUE(says("  +49 is dialled 0\n"));
  EXPECT_TRUE(says("  1 * Home\n  2   Work\n"));
  EXPECT_TRUE(says("  add place   makes a new one"));
  EXPECT_TRUE(says("Refused: It stays."));
  EXPECT_TRUE(says("Station p/2"));
}

TEST_F(ScreenTest, InterruptionEndsTheQuestion) {
  Terminal terminal{in_[0], out_[1], false};
  std::thread other{[&] { terminal.interrupt(); }};
  EXPECT_EQ(terminal.ask("? "), std::nullopt);
  other.join();
  type("more\n");
  EXPECT_EQ(terminal.ask("? "), std::nullopt) << "for ever";
}

TEST_F(ScreenTest, NoByteBeyondTheLineIsRead) {
  type("one\r\ntwo\n" + std::string(line_bytes_max + 10, 'x') + "\n");
  Terminal terminal{in_[0], out_[1], false};
  EXPECT_EQ(terminal.ask("? "), "one");
  char next[4] = "";
  EXPECT_EQ(::read(in_[0], next, 3), 3);
  EXPECT_STREQ(next, "two");
  EXPECT_EQ(terminal.ask("? "), "");
  EXPECT_EQ(terminal.ask("? ")->size(), line_bytes_max);
}

TEST(DeviceClass, TopLevel) {
  EXPECT_TRUE(is_top_level(nullptr, u"tapi/line"));
  EXPECT_TRUE(is_top_level(u"", u"tapi/line"));
  EXPECT_TRUE(is_top_level(u"TAPI/Line", u"tapi/line"));
  EXPECT_FALSE(is_top_level(u"tapi/phone", u"tapi/line"));
}

} // namespace
} // namespace tl::tui
