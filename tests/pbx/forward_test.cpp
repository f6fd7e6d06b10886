// SPDX-License-Identifier: Apache-2.0
// lineForward and do-not-disturb; message waiting, ring cycles, and what an address reports of its use.
#include <gtest/gtest.h>

#include "tapi_double.hpp"

namespace tl::pbx::test {
namespace {

constexpr const char* site = R"({
  "station": [{"number": "1001"}, {"number": "1002"}, {"number": "1003"}, {"number": "1004"},
              {"number": "1005"}, {"number": "1006"}, {"number": "1007"}],
  "trunk": [{"name": "carrier", "prefix": "0"}],
  "queue": [{"name": "support", "number": "2900"}],
  "pbx": {"station_calls_max": 1, "ring_max_ms": 60000}})";

class Forwards : public ::testing::Test {
protected:
  Forwards() : tapi(site) {
    for (int i = 1; i <= 7; ++i) tapi.network().events.station_reachable("100" + std::to_string(i), true);
    tapi.take();
  }
  ~Forwards() override { tapi.model().check(); }

  FakeLeg& from_outside(const std::string& to, const std::string& caller = "555") {
    return tapi.network().call(Destination::Kind::trunk, "carrier", caller, to);
  }
  FakeLeg& inside(const std::string& from, const std::string& to) {
    return tapi.network().call(Destination::Kind::station, from, "", to);
  }
  bool rings(const std::string& station) { return tapi.network().has_leg(station); }
  FakeLeg& leg(const std::string& device) { return tapi.network().leg(device); }
  void watch(const std::string& line, DWORD line_states, DWORD address_states) {
    EXPECT_EQ(TSPI_lineSetStatusMessages(tapi.line(line), line_states, address_states), 0);
  }
  LONG lamp(const std::string& line, DWORD flags, bool on) {
    return tapi.reply(TSPI_lineSetLineDevStatus(tapi.request(), tapi.line(line), flags, on ? 1 : 0));
  }
  DWORD flags(const std::string& line) {
    LINEDEVSTATUS out{};
    out.dwTotalSize = sizeof(out);
    EXPECT_EQ(TSPI_lineGetLineDevStatus(tapi.line(line), &out), 0);
    return out.dwDevStatusFlags;
  }

  TapiDouble tapi;
};

TEST_F(Forwards, AllCallsGoOnAndTheListIsToldAndCancelled) {
  watch("1001", 0, LINEADDRESSSTATE_FORWARD);
  const std::vector<TapiDouble::Forwarding> list = {{LINEFORWARDMODE_UNCOND, "1002"}};
  EXPECT_EQ(tapi.forward("1001", list), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n1001 address 0x40\n"); // accepted, then in force
  EXPECT_EQ(tapi.forwarding("1001"), list);
  from_outside("1001");
  EXPECT_FALSE(rings("1001"));
  EXPECT_EQ(tapi.info("1002").reason, static_cast<DWORD>(LINECALLREASON_FWDUNCOND));
  EXPECT_EQ(tapi.info("1002").redirecting, "1001");
  EXPECT_EQ(tapi.info("1002").called, "1001");
  EXPECT_EQ(tapi.forward("1001", {}), 0);
  EXPECT_TRUE(tapi.forwarding("1001").empty());
  from_outside("1001");
  EXPECT_TRUE(rings("1001"));
}

TEST_F(Forwards, OnBusy) {
  EXPECT_EQ(tapi.forward("1001", {{LINEFORWARDMODE_BUSY, "1002"}}), 0);
  from_outside("1001");
  EXPECT_TRUE(rings("1001"));
  inside("1003", "1001"); // its one call is there
  EXPECT_EQ(tapi.info("1002").reason, static_cast<DWORD>(LINECALLREASON_FWDBUSY));
  leg("1002").end();
  leg("1001").end(Cause::busy); // the phone itself says so
  EXPECT_EQ(tapi.info("1001").redirection, "1002");
  EXPECT_TRUE(rings("1002"));
}

TEST_F(Forwards, OnNoAnswerAfterSoManyRings) {
  EXPECT_EQ(tapi.forward("1001", {{LINEFORWARDMODE_NOANSW, "1002"}}, 3), 0);
  FakeLeg& caller = from_outside("1001");
  leg("1001").alert();
  tapi.run(14s);
  EXPECT_TRUE(rings("1001"));
  tapi.take();
  tapi.run(1s);
  EXPECT_EQ(tapi.take(), "1001 info REDIRECTIONID\n1001 IDLE\n1002 new\n1002 OFFERING\n");
  EXPECT_EQ(tapi.info("1002").reason, static_cast<DWORD>(LINECALLREASON_FWDNOANSWER));
  leg("1002").pick_up();
  EXPECT_EQ(caller.joined, &leg("1002"));
}

TEST_F(Forwards, RingsOutOfRangeBecomeTheNearest) {
  EXPECT_EQ(tapi.forward("1001", {{LINEFORWARDMODE_NOANSW, "1002"}}, 99), 0);
  from_outside("1001");
  tapi.run(59s); // ring_max_ms comes first
  EXPECT_TRUE(rings("1001"));
  tapi.run(2s);
  EXPECT_TRUE(rings("1002"));
}

TEST_F(Forwards, ByWhoCalls) {
  EXPECT_EQ(tapi.forward("1001", {{LINEFORWARDMODE_UNCONDINTERNAL, "1002"},
                                  {LINEFORWARDMODE_UNCONDEXTERNAL, "1003"},
                                  {LINEFORWARDMODE_UNCONDSPECIFIC, "1004", "777"}}),
            0);
  inside("1005", "1001");
  EXPECT_TRUE(rings("1002"));
  from_outside("1001");
  EXPECT_TRUE(rings("1003"));
  from_outside("1001", "777");
  EXPECT_TRUE(rings("1004"));
  EXPECT_FALSE(rings("1001"));
}

TEST_F(Forwards, DoNotDisturbIsTheDisconnectModeOfTheCaller) {
  EXPECT_EQ(tapi.forward("1001", {{LINEFORWARDMODE_UNCOND, ""}}), 0);
  EXPECT_TRUE(from_outside("1001").over);
  EXPECT_EQ(tapi.make_call("1002", "1001"), 0);
  leg("1002").pick_up();
  EXPECT_EQ(tapi.call("1002").state, static_cast<DWORD>(LINECALLSTATE_DISCONNECTED));
  EXPECT_EQ(tapi.call("1002").mode, static_cast<DWORD>(LINEDISCONNECTMODE_DONOTDISTURB));
  EXPECT_FALSE(rings("1001"));
}

TEST_F(Forwards, CirclesAndLongChainsAreBusy) {
  EXPECT_EQ(tapi.forward("1001", {{LINEFORWARDMODE_UNCOND, "1002"}}), 0);
  EXPECT_EQ(tapi.forward("1002", {{LINEFORWARDMODE_UNCOND, "1001"}}), 0);
  FakeLeg& caller = from_outside("1001");
  EXPECT_TRUE(caller.over);
  EXPECT_EQ(caller.cause, Cause::busy);
  tapi.settle();
  EXPECT_EQ(tapi.forward("1002", {{LINEFORWARDMODE_UNCOND, "1003"}}), 0);
  for (int i = 3; i < 6; ++i)
    EXPECT_EQ(
        tapi.forward("100" + std::to_string(i), {{LINEFORWARDMODE_UNCOND, "100" + std::to_string(i + 1)}}),
        0);
  from_outside("1001"); // five hops
  EXPECT_TRUE(rings("1006"));
  leg("1006").end();
  EXPECT_EQ(tapi.forward("1006", {{LINEFORWARDMODE_UNCOND, "1007"}}), 0);
  EXPECT_TRUE(from_outside("1001").over);
}

TEST_F(Forwards, UnansweredInACircleEnds) {
  EXPECT_EQ(tapi.forward("1001", {{LINEFORWARDMODE_NOANSW, "1002"}}, 1), 0);
  EXPECT_EQ(tapi.forward("1002", {{LINEFORWARDMODE_NOANSW, "1001"}}, 1), 0);
  from_outside("1001");
  tapi.run(5s * static_cast<int>(forward_hops_max + 1) + 1s);
  EXPECT_FALSE(tapi.network().has_leg("carrier"));
}

TEST_F(Forwards, ACallerWhoIsTheDestinationIsBusy) {
  EXPECT_EQ(tapi.forward("1001", {{LINEFORWARDMODE_UNCOND, "1002"}}), 0);
  EXPECT_TRUE(inside("1002", "1001").over);
}

TEST_F(Forwards, AQueuesOfferIsNotForwarded) {
  EXPECT_EQ(tapi.forward("1001", {{LINEFORWARDMODE_UNCOND, "1002"}}), 0);
  from_outside("2900");
  EXPECT_EQ(tapi.blind_transfer("2900", "1001"), 0);
  EXPECT_TRUE(rings("1001"));
  EXPECT_EQ(tapi.forward("1003", {{LINEFORWARDMODE_UNCOND, ""}}), 0);
  from_outside("2900");
  EXPECT_EQ(tapi.blind_transfer("2900", "1003"), LINEERR_RESOURCEUNAVAIL);
}

TEST_F(Forwards, RefusesWhatCannotBeAndKeepsWhatWas) {
  const std::vector<TapiDouble::Forwarding> before = {{LINEFORWARDMODE_BUSY, "1002"}};
  EXPECT_EQ(tapi.forward("1001", before), 0);
  EXPECT_EQ(tapi.forward("1001", {{LINEFORWARDMODE_UNCOND, "4711"}}), LINEERR_INVALADDRESS);
  EXPECT_EQ(tapi.forward("1001", {{LINEFORWARDMODE_UNCOND, "1001"}}), LINEERR_INVALADDRESS);
  EXPECT_EQ(tapi.forward("1001", {{LINEFORWARDMODE_UNCOND, "1$"}}), LINEERR_INVALADDRESS);
  EXPECT_EQ(tapi.forward("1001", {{0, "1002"}}), LINEERR_INVALPARAM);
  EXPECT_EQ(tapi.forward("1001", {{LINEFORWARDMODE_UNCOND | LINEFORWARDMODE_BUSY, "1002"}}),
            LINEERR_INVALPARAM);
  EXPECT_EQ(tapi.forward("1001", {{LINEFORWARDMODE_UNKNOWN, "1002"}}), LINEERR_INVALPARAM);
  EXPECT_EQ(tapi.forward("1001", {{LINEFORWARDMODE_BUSYSPECIFIC, "1002"}}), LINEERR_INVALPARAM);
  EXPECT_EQ(tapi.forward("1001", std::vector<TapiDouble::Forwarding>(33, {LINEFORWARDMODE_BUSY, "1002"})),
            LINEERR_RESOURCEUNAVAIL);
  EXPECT_EQ(tapi.forward("2900", before), LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(tapi.forwarding("1001"), before);
}

TEST_F(Forwards, HostileListsAreRefused) {
  HDRVCALL made = nullptr;
  LINEFORWARDLIST list{};
  list.dwNumEntries = 1;
  const auto forward = [&] {
    return TSPI_lineForward(tapi.request(), tapi.line("1001"), 1, 0, &list, 0, nullptr, &made, nullptr);
  };
  EXPECT_EQ(forward(), LINEERR_STRUCTURETOOSMALL);
  list.dwTotalSize = sizeof(list);
  list.dwNumEntries = 0xFFFFFFFFU;
  EXPECT_EQ(forward(), LINEERR_STRUCTURETOOSMALL);
  list.dwNumEntries = 1;
  list.ForwardList[0].dwForwardMode = LINEFORWARDMODE_UNCOND;
  list.ForwardList[0].dwDestAddressSize = 8;
  list.ForwardList[0].dwDestAddressOffset = sizeof(list) - 4;
  EXPECT_EQ(forward(), LINEERR_INVALPARAM);
  list.ForwardList[0].dwDestAddressOffset = 0xFFFFFFF0U;
  EXPECT_EQ(forward(), LINEERR_INVALPARAM);
}

TEST_F(Forwards, TheMessageLampIsSetAndTold) {
  watch("1001", LINEDEVSTATE_MSGWAITON | LINEDEVSTATE_MSGWAITOFF, 0);
  EXPECT_EQ(lamp("1001", LINEDEVSTATUSFLAGS_MSGWAIT, true), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n1001 line 0x10\n");
  EXPECT_NE(flags("1001") & LINEDEVSTATUSFLAGS_MSGWAIT, 0U);
  EXPECT_EQ(lamp("1001", LINEDEVSTATUSFLAGS_MSGWAIT, true), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n"); // it was on
  EXPECT_EQ(lamp("1001", LINEDEVSTATUSFLAGS_MSGWAIT, false), 0);
  EXPECT_EQ(tapi.take(), "reply 0\n1001 line 0x20\n");
  EXPECT_EQ(flags("1001") & LINEDEVSTATUSFLAGS_MSGWAIT, 0U);
  EXPECT_EQ(lamp("1001", LINEDEVSTATUSFLAGS_LOCKED, true), LINEERR_OPERATIONUNAVAIL);
  EXPECT_EQ(lamp("2900", LINEDEVSTATUSFLAGS_MSGWAIT, true), LINEERR_OPERATIONUNAVAIL);
}

TEST_F(Forwards, EachRingCycleIsToldToWhoWantsIt) {
  watch("1001", LINEDEVSTATE_RINGING, 0);
  from_outside("1001");
  EXPECT_EQ(tapi.take(), "carrier new\ncarrier OFFERING\n1001 new\n1001 OFFERING\n");
  leg("1001").alert();
  tapi.run(11s);
  leg("1001").pick_up();
  tapi.run(11s);
  EXPECT_EQ(tapi.take(), "1001 ring mode 1 count 0\ncarrier ACCEPTED\n1001 ring mode 1 count 1\n"
                         "1001 ring mode 1 count 2\n1001 CONNECTED\ncarrier CONNECTED\n"
                         "carrier info CONNECTEDID\n1001 info CONNECTEDID\n"); // and no more of them
}

TEST_F(Forwards, AnAddressTellsWhenItIsUsed) {
  watch("1001", 0, LINEADDRESSSTATE_INUSEZERO | LINEADDRESSSTATE_INUSEONE);
  from_outside("1001");
  EXPECT_NE(tapi.take().find("1001 address 0x8\n"), std::string::npos);
  leg("1001").end(Cause::rejected);
  EXPECT_NE(tapi.take().find("1001 address 0x4\n"), std::string::npos);
}

} // namespace
} // namespace tl::pbx::test
