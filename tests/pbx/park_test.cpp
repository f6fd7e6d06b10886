// SPDX-License-Identifier: Apache-2.0
// Park, unpark, reminder, and pickup, by TAPI and by the phones themselves.
#include <gtest/gtest.h>

#include "tapi_double.hpp"

namespace tl::pbx::test {
namespace {

constexpr const char* site = R"({
  "station": [{"number": "1001", "name": "Anna", "pickup_group": "sales"},
              {"number": "1002", "name": "Ben", "pickup_group": "sales"},
              {"number": "1003", "name": "Carla"}, {"number": "701"}],
  "trunk": [{"name": "carrier", "prefix": "0"}],
  "queue": [{"name": "support", "number": "2900"}],
  "pbx": {"station_calls_max": 3, "park_orbits": "700-702", "park_reminder_ms": 30000, "ring_max_ms": 20000}})";

class Fetching : public ::testing::Test {
protected:
  Fetching() : tapi(site) {
    for (const char* number : {"1001", "1002", "1003"}) tapi.network().events.station_reachable(number, true);
    tapi.take();
  }
  ~Fetching() override { tapi.model().check(); }

  FakeLeg& leg(const std::string& device) { return tapi.network().leg(device); }
  FakeLeg& ringing_at(const std::string& station) {
    FakeLeg& caller = tapi.network().call(Destination::Kind::trunk, "carrier", "555", station);
    leg(station).alert();
    return caller;
  }
  FakeLeg& customer() {
    FakeLeg& caller = ringing_at("1001");
    leg("1001").pick_up();
    tapi.take();
    return caller;
  }
  void expect_nothing_left() {
    tapi.run(3s);
    tapi.close_finished();
    tapi.settle();
    EXPECT_EQ(tapi.model().kept_calls(), 0U);
    EXPECT_EQ(tapi.model().kept_attachments(), 0U);
    EXPECT_FALSE(tapi.model().has_parked());
  }
  DWORD features(const std::string& line) { return tapi.status(tapi.hd(line)).dwCallFeatures; }

  TapiDouble tapi;
};

TEST_F(Fetching, ParkedCallerHearsMusicAndIsFetchedAtAnotherPhone) {
  FakeLeg& caller = customer();
  const DWORD id = tapi.info("1001").id;
  EXPECT_NE(features("1001") & LINECALLFEATURE_PARK, 0U);
  std::string place;
  EXPECT_EQ(tapi.park(tapi.hd("1001"), place), 0);
  EXPECT_EQ(place, "700");
  EXPECT_EQ(tapi.take(), "reply 0\n1001 info REDIRECTIONID\n1001 IDLE\ncarrier info CONNECTEDID\n");
  EXPECT_EQ(tapi.info("1001").redirection, "700");
  EXPECT_FALSE(tapi.network().has_leg("1001"));
  EXPECT_EQ(caller.heard, "music");
  EXPECT_EQ(tapi.state("carrier"), static_cast<DWORD>(LINECALLSTATE_CONNECTED));

  EXPECT_EQ(tapi.unpark("1003", "700"), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n1003 DIALING\n");
  EXPECT_EQ(leg("1003").to.from.number, "555");
  EXPECT_EQ(caller.heard, "music");
  leg("1003").pick_up();
  EXPECT_EQ(tapi.take(), "1003 PROCEEDING\n1003 info CALLID|REASON|CALLERID|CALLEDID\n1003 CONNECTED\n"
                         "carrier info CONNECTEDID\n1003 info CONNECTEDID\n");
  EXPECT_EQ(caller.joined, &leg("1003"));
  EXPECT_EQ(tapi.info("1003").id, id);
  EXPECT_EQ(tapi.info("1003").reason, static_cast<DWORD>(LINECALLREASON_UNPARK));
  EXPECT_EQ(tapi.info("1003").connected, "555");
  EXPECT_FALSE(tapi.model().has_parked());
  caller.end();
  expect_nothing_left();
}

TEST_F(Fetching, DirectedParkTakesTheOrbitThatIsNamed) {
  customer();
  std::string taken = "702";
  EXPECT_EQ(tapi.park(tapi.hd("1001"), taken), 0);
  customer();
  EXPECT_EQ(tapi.park(tapi.hd("1001"), taken), LINEERR_RESOURCEUNAVAIL);
  for (std::string none : {"703", "1002", "701"}) // 701 is a phone's number, not an orbit
    EXPECT_EQ(tapi.park(tapi.hd("1001"), none), LINEERR_INVALADDRESS);
  std::string chosen;
  EXPECT_EQ(tapi.park(tapi.hd("1001"), chosen), 0);
  EXPECT_EQ(chosen, "700");
  customer();
  chosen.clear();
  EXPECT_EQ(tapi.park(tapi.hd("1001"), chosen), LINEERR_RESOURCEUNAVAIL); // all taken
  EXPECT_EQ(tapi.state("1001"), static_cast<DWORD>(LINECALLSTATE_CONNECTED));
}

TEST_F(Fetching, ParkRefusesWhatCannotBeAndChangesNothing) {
  EXPECT_EQ(tapi.unpark("1003", "700"), LINEERR_INVALADDRESS);
  EXPECT_EQ(tapi.unpark("1003", "1001"), LINEERR_INVALADDRESS);
  EXPECT_EQ(tapi.unpark("2900", "700"), LINEERR_OPERATIONUNAVAIL);
  ringing_at("1001");
  std::string place;
  EXPECT_EQ(tapi.park(tapi.hd("1001"), place), LINEERR_INVALCALLSTATE);
  leg("1001").pick_up();
  const HDRVCALL call = tapi.hd("1001");
  EXPECT_EQ(TSPI_linePark(tapi.request(), call, 7, nullptr, nullptr), LINEERR_INVALPARKMODE);
  EXPECT_EQ(TSPI_linePark(tapi.request(), call, LINEPARKMODE_NONDIRECTED, nullptr, nullptr),
            LINEERR_INVALPOINTER);
  VARSTRING small{};
  small.dwTotalSize = sizeof(small);
  EXPECT_EQ(TSPI_linePark(tapi.request(), call, LINEPARKMODE_NONDIRECTED, nullptr, &small),
            LINEERR_STRUCTURETOOSMALL);
  EXPECT_EQ(tapi.state("1001"), static_cast<DWORD>(LINECALLSTATE_CONNECTED));
  EXPECT_FALSE(tapi.model().has_parked());
  EXPECT_EQ(tapi.park(tapi.hd("carrier"), place), LINEERR_OPERATIONUNAVAIL);
}

TEST_F(Fetching, UnfetchedItComesBackToWhoParkedItAndGoesBackToItsOrbit) {
  FakeLeg& caller = customer();
  std::string place;
  EXPECT_EQ(tapi.park(tapi.hd("1001"), place), 0);
  tapi.take();
  tapi.run(30s);
  EXPECT_EQ(tapi.take(), "1001 new\n1001 OFFERING\n");
  EXPECT_EQ(tapi.info("1001").reason, static_cast<DWORD>(LINECALLREASON_REMINDER));
  EXPECT_EQ(tapi.info("1001").redirecting, "700");
  EXPECT_EQ(caller.heard, "music");
  tapi.run(20s); // not answered
  EXPECT_EQ(tapi.take(), "1001 IDLE\n");
  EXPECT_TRUE(tapi.model().has_parked());
  EXPECT_EQ(caller.heard, "music");
  tapi.run(30s);
  leg("1001").pick_up();
  EXPECT_EQ(caller.joined, &leg("1001"));
  EXPECT_FALSE(tapi.model().has_parked());
  caller.end();
  expect_nothing_left();
}

TEST_F(Fetching, RemindersAreLimited) {
  customer();
  std::string place;
  EXPECT_EQ(tapi.park(tapi.hd("1001"), place), 0);
  tapi.run((30s + 20s) * static_cast<int>(park_reminders_max) + 29s);
  EXPECT_TRUE(tapi.network().has_leg("carrier"));
  tapi.run(2s);
  EXPECT_FALSE(tapi.network().has_leg("carrier"));
  expect_nothing_left();
}

TEST_F(Fetching, AFetchedReminderStopsRinging) {
  FakeLeg& caller = customer();
  std::string place;
  EXPECT_EQ(tapi.park(tapi.hd("1001"), place), 0);
  tapi.run(31s);
  FakeLeg& reminded = leg("1001");
  EXPECT_EQ(tapi.unpark("1002", "700"), 0);
  leg("1002").pick_up();
  EXPECT_TRUE(reminded.over);
  EXPECT_EQ(caller.joined, &leg("1002"));
  caller.end();
  expect_nothing_left();
}

TEST_F(Fetching, TheParkedCallerHangsUp) {
  FakeLeg& caller = customer();
  std::string place;
  EXPECT_EQ(tapi.park(tapi.hd("1001"), place), 0);
  EXPECT_EQ(tapi.unpark("1003", "700"), 0);
  caller.end();
  EXPECT_FALSE(tapi.model().has_parked());
  tapi.take();
  leg("1003").pick_up(); // too late
  EXPECT_EQ(tapi.state("1003"), static_cast<DWORD>(LINECALLSTATE_DISCONNECTED));
  expect_nothing_left();
}

TEST_F(Fetching, PhonesParkByTransferAndFetchByDialling) {
  FakeLeg& caller = customer();
  FakeLeg& anna = leg("1001");
  anna.owner->leg_transfer(anna, "700");
  EXPECT_EQ(caller.heard, "music");
  FakeLeg& ben = tapi.network().call(Destination::Kind::station, "1002", "", "700");
  EXPECT_TRUE(ben.answered);
  EXPECT_EQ(caller.joined, &ben);
  EXPECT_EQ(tapi.info("1002").reason, static_cast<DWORD>(LINECALLREASON_UNPARK));
  ben.end();
  expect_nothing_left();
}

TEST_F(Fetching, AnOutsideCallerFetchesNothing) {
  FakeLeg& caller = customer();
  std::string place;
  EXPECT_EQ(tapi.park(tapi.hd("1001"), place), 0);
  tapi.network().call(Destination::Kind::trunk, "carrier", "666", "700");
  EXPECT_EQ(caller.heard, "music");
  EXPECT_TRUE(tapi.model().has_parked());
}

TEST_F(Fetching, PickupFromAStation) {
  FakeLeg& caller = ringing_at("1001");
  FakeLeg& rings = leg("1001");
  const DWORD id = tapi.info("1001").id;
  tapi.take();
  EXPECT_EQ(tapi.pickup("1003", "1001", nullptr), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n1003 DIALING\n");
  EXPECT_EQ(leg("1003").to.from.number, "555");
  EXPECT_FALSE(rings.over); // until the other phone is off hook
  leg("1003").pick_up();
  EXPECT_EQ(tapi.take(), "1003 PROCEEDING\n1001 info REDIRECTIONID\n1001 IDLE\n"
                         "1003 info CALLID|REASON|CALLERID|CALLEDID\n1003 CONNECTED\n"
                         "carrier CONNECTED\ncarrier info CONNECTEDID\n1003 info CONNECTEDID\n");
  EXPECT_TRUE(caller.answered);
  EXPECT_EQ(caller.joined, &leg("1003"));
  EXPECT_EQ(tapi.info("1003").id, id);
  EXPECT_EQ(tapi.info("1003").reason, static_cast<DWORD>(LINECALLREASON_PICKUP));
  caller.end();
  expect_nothing_left();
}

TEST_F(Fetching, PickupFromAGroupTakesTheLongestRinging) {
  FakeLeg& first = ringing_at("1002");
  ringing_at("1001");
  EXPECT_EQ(tapi.pickup("1003", nullptr, "sales"), 0);
  leg("1003").pick_up();
  EXPECT_EQ(first.joined, &leg("1003"));
  EXPECT_EQ(tapi.pickup("1003", "1001", "sales"), 0);
}

TEST_F(Fetching, PickupRefusesWhatCannotBe) {
  EXPECT_EQ(tapi.pickup("1003", "1001", nullptr), LINEERR_OPERATIONFAILED); // nothing rings
  ringing_at("1001");
  EXPECT_EQ(tapi.pickup("1003", nullptr, nullptr), LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(tapi.pickup("1003", nullptr, "nobody"), LINEERR_INVALGROUPID);
  EXPECT_EQ(tapi.pickup("1003", "1003", nullptr), LINEERR_INVALADDRESS);
  EXPECT_EQ(tapi.pickup("1003", "4711", nullptr), LINEERR_INVALADDRESS);
  EXPECT_EQ(tapi.pickup("1003", "2900", nullptr), LINEERR_INVALADDRESS);
  EXPECT_EQ(tapi.pickup("1001", "1003", "sales"), LINEERR_INVALGROUPID);
  tapi.network().events.station_reachable("1003", false);
  EXPECT_EQ(tapi.pickup("1003", "1001", nullptr), LINEERR_RESOURCEUNAVAIL);
  HDRVCALL made = nullptr;
  EXPECT_EQ(TSPI_linePickup(tapi.request(), tapi.line("1003"), 1, nullptr, &made, u"1001", nullptr),
            LINEERR_INVALADDRESSID);
}

TEST_F(Fetching, TooLateForAPickup) {
  ringing_at("1001");
  EXPECT_EQ(tapi.pickup("1003", "1001", nullptr), 0);
  FakeLeg& carla = leg("1003");
  leg("1001").pick_up();
  carla.pick_up();
  EXPECT_EQ(tapi.call("1003").mode, static_cast<DWORD>(LINEDISCONNECTMODE_CANCELLED));
  EXPECT_EQ(tapi.state("1001"), static_cast<DWORD>(LINECALLSTATE_CONNECTED));
}

} // namespace
} // namespace tl::pbx::test
