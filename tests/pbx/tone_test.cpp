// SPDX-License-Identifier: Apache-2.0
// Digits and tones that an application makes: who hears them, and that they end with the call that made them.
#include <gtest/gtest.h>

#include "tapi_double.hpp"

namespace tl::pbx::test {
namespace {

constexpr const char* tone_site =
    R"({"station": [{"number": "1001"}, {"number": "1002"}, {"number": "1003"}, {"number": "1004"}]})";

class MadeTones : public ::testing::Test {
protected:
  MadeTones() : tapi(tone_site) {
    for (const char* number : {"1001", "1002", "1003", "1004"})
      tapi.network().events.station_reachable(number, true);
    tapi.network().call(Destination::Kind::station, "1001", "", "1002");
    leg("1002").pick_up();
    tapi.take();
  }
  ~MadeTones() override { tapi.model().check(); }
  FakeLeg& leg(const std::string& device) { return tapi.network().leg(device); }
  LONG tone(HDRVCALL call, DWORD mode, DWORD ms = 0) {
    return TSPI_lineGenerateTone(call, 5, mode, ms, 0, nullptr);
  }

  TapiDouble tapi;
};

TEST_F(MadeTones, TheOtherPartyHearsThem) {
  EXPECT_EQ(tone(tapi.hd("1001"), LINETONEMODE_BUSY, 700), 0);
  EXPECT_EQ(leg("1002").sent, "tone of 2 for 700");
  EXPECT_EQ(leg("1001").sent, "");
  leg("1002").owner->leg_digits_sent(leg("1002"), true);
  EXPECT_EQ(tapi.take(), "1001 generated reason 1 id 5\n");
}

TEST_F(MadeTones, OneWithoutEndStopsWithTheCallThatMadeIt) {
  FakeLeg& heard = leg("1002");
  EXPECT_EQ(tone(tapi.hd("1001"), LINETONEMODE_RINGBACK), 0);
  EXPECT_EQ(heard.sent, "tone of 2 for 0");
  tapi.take();
  EXPECT_EQ(tapi.blind_transfer("1001", "1003"), 0);
  EXPECT_NE(tapi.take().find("1001 generated reason 2 id 5\n"), std::string::npos);
  EXPECT_EQ(heard.sent, "");
  EXPECT_FALSE(heard.over);
}

TEST_F(MadeTones, OfAConferenceAllOthersHear) {
  CallRecord *parent = nullptr, *consult = nullptr;
  CallRecord& first = tapi.call("1001");
  ASSERT_EQ(tapi.setup_conference(first.driver, "1001", parent, consult), 0);
  EXPECT_EQ(TSPI_lineGenerateDigits(parent->driver, 5, LINEDIGITMODE_DTMF, u"1", 0), LINEERR_INVALCALLSTATE);
  ASSERT_EQ(tapi.reply(TSPI_lineDial(tapi.request(), consult->driver, u"1003", 0)), 0);
  leg("1003").pick_up();
  ASSERT_EQ(tapi.add_to_conference(*parent, *consult), 0);
  EXPECT_NE(tapi.status(parent->driver).dwCallFeatures & LINECALLFEATURE_GENERATEDIGITS, 0U);
  EXPECT_EQ(TSPI_lineGenerateDigits(first.driver, 5, LINEDIGITMODE_DTMF, u"1", 0), LINEERR_INVALCALLSTATE);
  EXPECT_EQ(TSPI_lineGenerateDigits(parent->driver, 5, LINEDIGITMODE_DTMF, u"12", 0), 0);
  EXPECT_EQ(leg("1002").sent, "12");
  EXPECT_EQ(leg("1003").sent, "12");
  EXPECT_EQ(leg("1001").sent, "");
  tapi.take();
  EXPECT_EQ(tone(parent->driver, LINETONEMODE_BEEP), 0);
  EXPECT_EQ(tapi.take(), "1001 generated reason 2 id 5\n");
  leg("1002").end(); // an ordinary call again: the conference's tone is over for all
  EXPECT_EQ(leg("1003").sent, "");
  EXPECT_NE(tapi.take().find("1001 generated reason 2 id 5\n"), std::string::npos);
}

} // namespace
} // namespace tl::pbx::test
