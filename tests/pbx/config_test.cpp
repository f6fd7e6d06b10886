// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "pbx/config.hpp"
#include "pbx/state.hpp"

namespace tl::pbx {
namespace {

TEST(Config, MistakesNameKeyValueAndWhatWasExpected) {
  const std::pair<const char*, const char*> cases[] = {
      {"{", "configuration: not JSON; an object was expected"},
      {R"({"station": 5})", "station: 5: a list of tables ([[station]]) was expected"},
      {R"({"station": ["x"]})", "station[0]: \"x\": a table was expected"},
      {R"({"station": [{"name": "A"}]})", "station[0].number: is missing; a text was expected"},
      {R"({"station": [{"number": 1001}]})", "station[0].number: 1001: a text in quotes was expected"},
      {R"({"station": [{"number": "1", "driver": "isdn"}]})",
       "station[0].driver: \"isdn\": one of sip, sim was expected"},
      {R"({"station": [{"number": "1"}, {"number": "1"}]})",
       "station[1].number: 1: a number no other device has was expected"},
      {R"({"trunk": [{"name": "t", "calls_max": 0}]})",
       "trunk[0].calls_max: 0: a whole number from 1 to 1000000 was expected"},
      {R"({"trunk": [{"name": "t"}, {"name": "t"}]})",
       "trunk[1].name: t: a name no other trunk has was expected"},
      {R"({"route_point": [{"number": "2", "queue": "q"}]})",
       "route_point[0].queue: q: the name of a [[queue]] was expected"},
      {R"({"queue": [{"name": "q", "number": "3", "treatment": "poem"}]})",
       "queue[0].treatment: \"poem\": one of music, ringback, silence, announcement was expected"},
      {R"({"queue": [{"name": "q", "number": "3", "treatment": "announcement"}]})",
       "queue[0].announcement: is missing; the WAV file that treatment = \"announcement\" plays was "
       "expected"},
      {R"({"pbx": {"ring_max_ms": "x"}})",
       "pbx.ring_max_ms: \"x\": a whole number from 1 to 3600000 was expected"}};
  for (const auto& [text, expected] : cases) {
    const auto config = read_config(text);
    ASSERT_FALSE(config) << text;
    EXPECT_EQ(config.error().text, expected);
  }
}

TEST(Config, KeysOfOtherPartsAreTheirs) {
  auto config = read_config(R"({"sip": {"calls_max": 7, "udp": "x"}, "media": {"ports": [1, 2]},
    "station": [{"number": "1001", "password": "p", "contact": "sip:a"}], "queue": [{"name": "q", "number": "2", "group": "g"}]})");
  ASSERT_TRUE(config);
  EXPECT_EQ(config->calls_max, 7U);
  EXPECT_EQ(config->stations[0].driver, "sip");
}

TEST(State, NothingFollowsIdleAndEveryStateCanEnd) {
  for (int event = 0; event <= static_cast<int>(Event::leave); ++event)
    EXPECT_FALSE(next_state(LINECALLSTATE_IDLE, static_cast<Event>(event)));
  for (DWORD bit = 2; bit <= LINECALLSTATE_DISCONNECTED; bit <<= 1) {
    if (!next_state(bit, Event::leave)) continue; // a state connections do not have
    EXPECT_EQ(next_state(bit, Event::leave), static_cast<DWORD>(LINECALLSTATE_IDLE));
    if (bit != LINECALLSTATE_DISCONNECTED) {
      EXPECT_EQ(next_state(bit, Event::far_leaves), static_cast<DWORD>(LINECALLSTATE_DISCONNECTED));
    }
  }
  EXPECT_FALSE(next_state(LINECALLSTATE_DISCONNECTED, Event::far_leaves));
  EXPECT_FALSE(next_state(LINECALLSTATE_CONFERENCED, Event::hold_for_transfer));
}

TEST(State, OnlyTalkingCallsAreHeldAndOnlyHeldOnesRetrieved) {
  for (DWORD bit = 1; bit <= LINECALLSTATE_DISCONNECTED; bit <<= 1) {
    // A conference that dissolves or begins takes its hold over; nobody asks for that.
    const bool conference = bit == LINECALLSTATE_ONHOLDPENDCONF || bit == LINECALLSTATE_CONFERENCED;
    EXPECT_EQ(next_state(bit, Event::hold).has_value(), bit == LINECALLSTATE_CONNECTED || conference);
    const bool held = bit == LINECALLSTATE_ONHOLD || bit == LINECALLSTATE_ONHOLDPENDTRANSFER || conference;
    EXPECT_EQ(next_state(bit, Event::retrieve).has_value(), held);
  }
}

TEST(NumberRange, OnlyTrueRanges) {
  EXPECT_EQ(number_range("098-101"), (std::vector<std::string>{"098", "099", "100", "101"}));
  for (const char* none :
       {"", "700", "-", "7-", "-7", "7-10", "8-7", "7a-7b", "1-2-3", "0000-1000", "0000000000-0000000001"})
    EXPECT_TRUE(number_range(none).empty()) << none;
  EXPECT_EQ(number_range("000-999").size(), 1000U);
}

} // namespace
} // namespace tl::pbx
