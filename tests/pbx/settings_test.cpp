// SPDX-License-Identifier: Apache-2.0
// What can be set while the switch runs, asked for as a user interface module asks; each has its effect on
// calls.
#include <gtest/gtest.h>

#include "form/form.hpp"
#include "tapi_double.hpp"

namespace tl::pbx::test {
namespace {

constexpr const char* site = R"({
  "station": [{"number": "1001", "name": "Anna"}, {"number": "1002"}, {"number": "1003"}],
  "trunk": [{"name": "carrier", "prefix": "0"}],
  "route_point": [{"number": "2000", "queue": "support"}],
  "queue": [{"name": "support", "number": "2900"}]})";

class Settings : public ::testing::Test {
protected:
  Settings() : tapi(site) {
    for (int i = 1; i <= 3; ++i) tapi.network().events.station_reachable("100" + std::to_string(i), true);
    tapi.take();
  }
  ~Settings() override { tapi.model().check(); }

  form::Answer ask(DWORD_PTR id, DWORD type, const form::Request& request) {
    std::vector<char> block(form::block_bytes_max);
    EXPECT_TRUE(form::put_text(block, form::write(request)));
    EXPECT_EQ(TSPI_providerGenericDialogData(id, type, block.data(), static_cast<DWORD>(block.size())), 0);
    auto answer = form::read_answer(form::text_of(block));
    EXPECT_TRUE(answer);
    return answer ? *answer : form::Answer{};
  }
  form::Value value(const std::string& line, const std::string& name) {
    const auto answer = ask(tapi.devices.at(line), TUISPIDLL_OBJECT_LINEID, {});
    for (const form::Setting& each : answer.description->settings)
      if (each.name == name) return each.value;
    ADD_FAILURE() << "there is no " << name;
    return {};
  }
  std::string apply(DWORD_PTR id, DWORD type, form::Values values) {
    const auto answer = ask(id, type, {.op = form::Request::Op::apply, .values = std::move(values)});
    return answer.error.empty() ? answer.done : answer.error;
  }
  std::string set(const std::string& line, form::Values values) {
    return apply(tapi.devices.at(line), TUISPIDLL_OBJECT_LINEID, std::move(values));
  }
  FakeLeg& from_outside(const std::string& to) {
    return tapi.network().call(Destination::Kind::trunk, "carrier", "555", to);
  }
  bool rings(const std::string& station) { return tapi.network().has_leg(station); }

  TapiDouble tapi;
};

TEST_F(Settings, NameIsWhatOthersSee) {
  EXPECT_EQ(TSPI_lineSetStatusMessages(tapi.line("1001"), LINEDEVSTATE_CAPSCHANGE, 0), 0);
  EXPECT_EQ(value("1001", "name"), form::Value{"Anna"});
  EXPECT_EQ(set("1001", {{"name", "Änne"}}), "Saved.");
  EXPECT_NE(tapi.take().find("1001"), std::string::npos) << "LINEDEVSTATE_CAPSCHANGE";
  EXPECT_EQ(tapi.make_call("1001", "1002"), 0);
  tapi.network().leg("1001").pick_up();
  tapi.settle();
  EXPECT_EQ(tapi.info("1002").caller_name, "Änne");
}

TEST_F(Settings, ForwardingAndDoNotDisturbTakeEffect) {
  EXPECT_EQ(set("1001", {{"forward_always", "10 02"}}), "Saved.");
  EXPECT_EQ(value("1001", "forward_always"), form::Value{"1002"});
  from_outside("1001");
  EXPECT_FALSE(rings("1001"));
  EXPECT_TRUE(rings("1002"));
  EXPECT_EQ(set("1001", {{"do_not_disturb", true}}), "Saved.");
  EXPECT_EQ(value("1001", "forward_always"), form::Value{""});
  from_outside("1001");
  EXPECT_FALSE(rings("1001"));
  EXPECT_EQ(set("1001", {{"forward_always", "1002"}}), "Nothing is forwarded while do-not-disturb is on.");
  EXPECT_EQ(
      set("1001",
          {{"do_not_disturb", false}, {"forward_no_answer", "1003"}, {"no_answer_rings", std::int64_t{1}}}),
      "Saved.");
  from_outside("1001");
  EXPECT_TRUE(rings("1001"));
  tapi.run(6s);
  EXPECT_TRUE(rings("1003"));
}

TEST_F(Settings, InstructionsForParticularCallersStay) {
  const std::vector<TapiDouble::Forwarding> list = {{LINEFORWARDMODE_UNCONDEXTERNAL, "1003"},
                                                    {LINEFORWARDMODE_BUSY, "1002"}};
  EXPECT_EQ(tapi.forward("1001", list), 0);
  EXPECT_EQ(value("1001", "forward_busy"), form::Value{"1002"});
  EXPECT_EQ(set("1001", {{"forward_busy", ""}}), "Saved.");
  EXPECT_EQ(tapi.forwarding("1001"), (std::vector<TapiDouble::Forwarding>{list[0]}));
}

TEST_F(Settings, WhatCannotBeIsRefusedAndNothingIsTaken) {
  EXPECT_EQ(set("1001", {{"name", "Ben"}, {"forward_always", "9999"}}),
            "Calls cannot be forwarded to this number.");
  EXPECT_EQ(set("1001", {{"name", "Ben"}, {"forward_busy", "1001"}}),
            "Calls cannot be forwarded to this number.");
  EXPECT_EQ(value("1001", "name"), form::Value{"Anna"});
  EXPECT_EQ(set("1001", {{"no_answer_rings", std::int64_t{21}}}),
            "Not answered after: a whole number from 1 to 20 rings was expected");
  EXPECT_EQ(set("carrier", {}), "There is nothing of this kind to set here.");
  char block[64] = "{}";
  EXPECT_EQ(TSPI_providerGenericDialogData(99, TUISPIDLL_OBJECT_LINEID, block, 64), LINEERR_INVALPARAM);
  EXPECT_EQ(TSPI_providerGenericDialogData(100, 17, block, 64), LINEERR_INVALPARAM);
  EXPECT_EQ(TSPI_providerGenericDialogData(100, TUISPIDLL_OBJECT_LINEID, nullptr, 0), LINEERR_INVALPARAM);
  EXPECT_EQ(TSPI_providerGenericDialogData(100, TUISPIDLL_OBJECT_LINEID, block, 64), LINEERR_NOMEM)
      << "no room";
}

TEST_F(Settings, QueueAndRoutePoint) {
  EXPECT_EQ(set("2900", {{"length_max", std::int64_t{1}}}), "Saved.");
  from_outside("2900");
  from_outside("2900");
  EXPECT_EQ(tapi.model().live_calls(), 1u) << "the second one found no place";
  EXPECT_EQ(set("2000", {{"default_routing_timeout_ms", std::int64_t{100}}}), "Saved.");
  EXPECT_EQ(value("2000", "default_routing_timeout_ms"), form::Value{std::int64_t{100}});
}

TEST_F(Settings, SwitchAsAWhole) {
  EXPECT_EQ(apply(7, TUISPIDLL_OBJECT_PROVIDERID,
                  {{"ring_max_s", std::int64_t{3}}, {"calls_max", std::int64_t{1}}}),
            "Saved.");
  EXPECT_EQ(tapi.model().tuning().ring_max, Duration{3s});
  from_outside("1001");
  EXPECT_TRUE(rings("1001"));
  from_outside("1002");
  EXPECT_FALSE(rings("1002")) << "calls_max is 1";
  tapi.run(4s);
  EXPECT_EQ(tapi.model().live_calls(), 0u) << "it rang for longer than ring_max_s";
}

TEST_F(Settings, ConfigurationAsABlock) {
  const DWORD device = tapi.devices.at("1001");
  std::vector<DWORD> memory(512);
  auto* const config = reinterpret_cast<VARSTRING*>(memory.data());
  config->dwTotalSize = 2048;
  ASSERT_EQ(TSPI_lineGetDevConfig(device, config, u"tapi/line"), 0);
  std::string text(reinterpret_cast<const char*>(config) + config->dwStringOffset, config->dwStringSize);
  EXPECT_NE(text.find(R"("name":"Anna")"), std::string::npos);
  text.replace(text.find("Anna"), 4, "Ben!");
  EXPECT_EQ(TSPI_lineSetDevConfig(device, text.data(), static_cast<DWORD>(text.size()), nullptr), 0);
  EXPECT_EQ(value("1001", "name"), form::Value{"Ben!"});
  EXPECT_EQ(TSPI_lineSetDevConfig(device, text.data(), 5, u""), LINEERR_INVALPARAM);
  EXPECT_EQ(TSPI_lineGetDevConfig(device, config, u"comm"), LINEERR_INVALDEVICECLASS);
  EXPECT_EQ(TSPI_lineGetDevConfig(tapi.devices.at("carrier"), config, nullptr), LINEERR_INVALDEVICECLASS);
}

TEST_F(Settings, NamesItsModule) {
  WCHAR name[261];
  EXPECT_EQ(TSPI_providerUIIdentify(name), 0);
  EXPECT_EQ(std::u16string_view(name), u"terminal.tui.so");
}

} // namespace
} // namespace tl::pbx::test
