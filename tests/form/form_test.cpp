// SPDX-License-Identifier: Apache-2.0
// Forms as text: there and back, what is refused, and the owner's side of a block.
#include <gtest/gtest.h>

#include "form/form.hpp"

namespace tl::form {
namespace {

Description sample() {
  return {.title = "Station \"1001\"",
          .notes = {"Ünïcode"},
          .settings = {{.name = "name", .label = "Name", .type = Type::text, .value = "Anna", .max = 8},
                       {.name = "rings",
                        .label = "Rings",
                        .type = Type::number,
                        .value = std::int64_t{4},
                        .min = 1,
                        .max = 20,
                        .unit = "rings",
                        .help = "How long.",
                        .initial = std::int64_t{3}},
                       {.name = "dnd", .label = "Quiet", .type = Type::on_off, .value = true},
                       {.name = "card",
                        .label = "Card",
                        .type = Type::choice,
                        .value = "0",
                        .choices = {{"0", "none"}, {"7", "Telco"}}},
                       {.name = "pin", .label = "PIN", .type = Type::text, .value = "1234", .secret = true}},
          .lists = {{.name = "location",
                     .label = "Locations",
                     .entries = {{"location/1", "Home", true}},
                     .add = "location/new",
                     .remove = true,
                     .choose = true}}};
}

TEST(Form, DescriptionSurvivesItsText) {
  auto read = read_answer(write(Answer{.description = sample()}));
  ASSERT_TRUE(read) << read.error().text;
  const Description& form = *read->description;
  EXPECT_EQ(form.title, "Station \"1001\"");
  EXPECT_EQ(form.notes, std::vector<std::string>{"Ünïcode"});
  ASSERT_EQ(form.settings.size(), 5u);
  EXPECT_EQ(form.settings[0].value, Value{"Anna"});
  EXPECT_EQ(form.settings[1].value, Value{std::int64_t{4}});
  EXPECT_EQ(form.settings[1].min, 1);
  EXPECT_EQ(form.settings[1].max, 20);
  EXPECT_EQ(form.settings[1].unit, "rings");
  EXPECT_EQ(form.settings[1].help, "How long.");
  EXPECT_EQ(form.settings[1].initial, Value{std::int64_t{3}});
  EXPECT_EQ(form.settings[2].value, Value{true});
  EXPECT_EQ(form.settings[3].choices[1].label, "Telco");
  ASSERT_EQ(form.lists.size(), 1u);
  EXPECT_EQ(form.lists[0].entries[0].object, "location/1");
  EXPECT_TRUE(form.lists[0].entries[0].current && form.lists[0].remove && form.lists[0].choose);
}

TEST(Form, SecretIsNeverDescribed) {
  const std::string text = write(Answer{.description = sample()});
  EXPECT_EQ(text.find("1234"), std::string::npos);
  EXPECT_TRUE(read_answer(text)->description->settings[4].secret);
}

TEST(Form, RequestSurvivesItsText) {
  auto read = read_request(write(Request{.op = Request::Op::apply,
                                         .object = "card/3",
                                         .address = "+49",
                                         .values = {{"a", "x"}, {"b", std::int64_t{-5}}, {"c", false}}}));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->op, Request::Op::apply);
  EXPECT_EQ(read->object, "card/3");
  EXPECT_EQ(read->address, "+49");
  EXPECT_EQ(read->values.at("b"), Value{std::int64_t{-5}});
  EXPECT_EQ(read->values.at("c"), Value{false});
  EXPECT_EQ(write(read->values), R"({"a":"x","b":-5,"c":false})");
}

TEST(Form, TextThatIsNoneIsRefusedWithASentence) {
  for (const char* text :
       {"", "x", "[]", "{}", R"({"op":"dance"})", R"({"op":5})", R"({"op":"apply","values":[1]})",
        R"({"op":"apply","values":{"a":null}})", R"({"op":"apply","values":{"a":1.5}})"}) {
    const auto read = read_request(text);
    ASSERT_FALSE(read) << text;
    EXPECT_FALSE(read.error().text.empty()) << text;
  }
  for (const char* text :
       {"{}", R"({"form":5})", R"({"form":{"settings":5}})", R"({"form":{"settings":[5]}})",
        R"({"form":{"settings":[{"label":"no name","type":"text"}]}})",
        R"({"form":{"settings":[{"name":"a","type":"colour"}]}})",
        R"({"form":{"settings":[{"name":"a","type":"number","value":"x"}]}})", R"({"form":{"notes":[7]}})",
        R"({"form":{"lists":[{"entries":{}}]}})"})
    EXPECT_FALSE(read_answer(text)) << text;
  const std::string long_text(text_bytes_max + 1, 'x');
  EXPECT_FALSE(read_answer(R"({"error":")" + long_text + "\"}"));
  std::string many = R"({"form":{"notes":[)";
  for (std::size_t i = 0; i <= notes_max; ++i) many += i == 0 ? "\"x\"" : ",\"x\"";
  EXPECT_FALSE(read_answer(many + "]}}"));
}

TEST(Form, ValuesAreCheckedAgainstTheirSetting) {
  const auto settings = sample().settings;
  EXPECT_EQ(fault(settings[0], "Ben"), "");
  EXPECT_EQ(fault(settings[0], "much too long"), "Name: a text of at most 8 bytes was expected");
  EXPECT_NE(fault(settings[0], "a\033[2J"), "");
  EXPECT_NE(fault(settings[0], std::int64_t{1}), "");
  EXPECT_EQ(fault(settings[1], std::int64_t{20}), "");
  EXPECT_EQ(fault(settings[1], std::int64_t{21}), "Rings: a whole number from 1 to 20 rings was expected");
  EXPECT_NE(fault(settings[2], "on"), "");
  EXPECT_EQ(fault(settings[3], "7"), "");
  EXPECT_NE(fault(settings[3], "8"), "");
  EXPECT_EQ(*typed(settings[1], "7"), Value{std::int64_t{7}});
  for (const char* wrong : {"7x", "", "0x7", "99999999999999999999", "1.5"})
    EXPECT_FALSE(typed(settings[1], wrong)) << wrong;
  EXPECT_EQ(*typed(settings[2], "off"), Value{false});
  EXPECT_EQ(*typed(settings[2], "yes"), Value{true});
  EXPECT_FALSE(typed(settings[2], "maybe"));
  EXPECT_EQ(*typed(settings[3], "Telco"), Value{"7"}) << "its label";
  EXPECT_EQ(shown(settings[3], "7"), "Telco");
  EXPECT_EQ(shown(settings[2], false), "off");
}

class TestOwner final : public Owner {
public:
  std::optional<Description> describe(const std::string& object, const std::string&) override {
    if (object != "") return std::nullopt;
    return sample();
  }
  std::string apply(const std::string&, const Values& values) override {
    taken = values;
    return refuse;
  }
  Values taken;
  std::string refuse;
};

std::string ask(Owner& owner, const std::string& request, std::size_t size = 4096) {
  std::vector<char> block(size);
  EXPECT_TRUE(put_text(block, request));
  return answer(owner, block) ? std::string{text_of(block)} : "too small";
}

TEST(Form, OwnerAnswersInTheBlock) {
  TestOwner owner;
  EXPECT_EQ(ask(owner, R"({"op":"describe"})"), write(Answer{.description = sample()}));
  EXPECT_EQ(ask(owner, R"({"op":"describe"})", 100), "too small");
  EXPECT_EQ(ask(owner, R"({"op":"describe","object":"x"})"),
            R"({"error":"There is nothing of this kind to set here."})");
  EXPECT_EQ(ask(owner, R"({"op":"apply","values":{"rings":9}})"), R"({"done":"Saved."})");
  EXPECT_EQ(owner.taken, (Values{{"rings", std::int64_t{9}}}));
  owner.taken.clear();
  EXPECT_EQ(ask(owner, R"({"op":"apply","values":{"rings":99}})"),
            R"({"error":"Rings: a whole number from 1 to 20 rings was expected","setting":"rings"})");
  EXPECT_EQ(ask(owner, R"({"op":"apply","values":{"colour":"red"}})"),
            R"({"error":"There is no setting of this name.","setting":"colour"})");
  EXPECT_TRUE(owner.taken.empty());
  owner.refuse = "Not today.";
  EXPECT_EQ(ask(owner, R"({"op":"apply","values":{"rings":9}})"), R"({"error":"Not today."})");
  EXPECT_EQ(ask(owner, R"({"op":"choose"})"), R"({"error":"There is nothing to choose."})");
  EXPECT_EQ(ask(owner, R"({"op":"remove"})"), R"({"error":"It cannot be removed."})");
  EXPECT_NE(ask(owner, "no request").find("This is no request"), std::string::npos);
  std::vector<char> unended(10, '{'); // a block without a zero
  EXPECT_FALSE(answer(owner, unended));
  EXPECT_FALSE(answer(owner, {}));
}

} // namespace
} // namespace tl::form
