// SPDX-License-Identifier: Apache-2.0
// Park, pickup, forwarding, do-not-disturb, message waiting and consultation through tapi.h.
#include "program.hpp"

#include <cstring>

#include "base/text.hpp"

namespace tl::test {
namespace {

constexpr const char* site = R"({
  "sim": {"answer_after_ms": 100},
  "station": [{"number": "1001", "driver": "sim"}, {"number": "1002", "driver": "sim"}, {"number": "1003", "driver": "sim"},
              {"number": "1004", "driver": "sim", "pickup_group": "sales", "sim": {"no_answer": true}}]})";

class FeaturesEndToEnd : public Site {
protected:
  FeaturesEndToEnd() : Site(site) {
    for (const char* number : {"1001", "1002", "1003"}) desk.open(number);
  }
  ~FeaturesEndToEnd() override {
    for (const auto& call : ending) desk.done(lineDrop(call, nullptr, 0));
  }
  DWORD reason(HCALL call) { return desk.info(call).dwReason; }
  DWORD call_id(HCALL call) { return desk.info(call).dwCallID; }

  // One instruction for all calls, or none.
  LONG forward(const char* number, DWORD mode, const std::u16string& to) {
    struct {
      LINEFORWARDLIST list{};
      char16_t text[16]{};
    } given;
    given.list.dwTotalSize = sizeof given;
    given.list.dwNumEntries = 1;
    LINEFORWARD& entry = given.list.ForwardList[0];
    entry.dwForwardMode = mode;
    if (!to.empty()) {
      entry.dwDestAddressSize = static_cast<DWORD>((to.size() + 1) * sizeof(char16_t));
      entry.dwDestAddressOffset =
          static_cast<DWORD>(reinterpret_cast<char*>(given.text) - reinterpret_cast<char*>(&given));
      std::copy(to.begin(), to.end(), given.text);
    }
    HCALL consult = 0;
    const LONG result = desk.done(
        lineForwardW(desk.line(number), 1, 0, mode == 0 ? nullptr : &given.list, 3, &consult, nullptr));
    EXPECT_EQ(consult, 0U);
    return result;
  }

  Program desk{loop, u"desk"};
  std::vector<HCALL> ending; // by the desk
};

TEST_F(FeaturesEndToEnd, ACallIsParkedWhereTheSwitchLikesAndFetched) {
  const HCALL call = desk.talk("1001", u"1002");
  const DWORD id = call_id(call);
  struct {
    VARSTRING head{};
    char16_t room[16]{};
  } place;
  place.head.dwTotalSize = sizeof place;
  ASSERT_EQ(desk.done(lineParkW(call, LINEPARKMODE_NONDIRECTED, nullptr, &place.head)), 0);
  EXPECT_EQ(desk.take(), "1001.1 IDLE\n");
  const std::u16string address(
      reinterpret_cast<const char16_t*>(reinterpret_cast<const char*>(&place) + place.head.dwStringOffset));
  EXPECT_EQ(address, u"700");
  EXPECT_NE(desk.address_status("1003").dwAddressFeatures & LINEADDRFEATURE_UNPARK, 0U);
  HCALL fetched = 0;
  ASSERT_EQ(desk.done(lineUnparkW(desk.line("1003"), 0, &fetched, address.c_str())), 0);
  loop.run_for(1s);
  EXPECT_EQ(desk.state(fetched), DWORD{LINECALLSTATE_CONNECTED});
  EXPECT_EQ(reason(fetched), DWORD{LINECALLREASON_UNPARK});
  EXPECT_EQ(call_id(fetched), id);
  HCALL none = 0;
  EXPECT_EQ(lineUnparkW(desk.line("1003"), 0, &none, u"799"), LINEERR_INVALADDRESS);
  ending.push_back(fetched);
}

TEST_F(FeaturesEndToEnd, ACallIsParkedWhereItsOwnerSays) {
  const HCALL call = desk.talk("1001", u"1002");
  EXPECT_EQ(lineParkW(call, LINEPARKMODE_DIRECTED, u"1003", nullptr), LINEERR_INVALADDRESS);
  ASSERT_EQ(desk.done(lineParkW(call, LINEPARKMODE_DIRECTED, u"705", nullptr)), 0);
  EXPECT_EQ(desk.state(call), DWORD{LINECALLSTATE_IDLE});
  loop.run_for(61s); // nobody fetches it: it rings at who parked it
  EXPECT_NE(desk.take().find("1001.2 OFFERING"), std::string::npos);
  EXPECT_EQ(reason(desk.call("1001.2")), DWORD{LINECALLREASON_REMINDER});
  ending.push_back(desk.call("1001.2"));
}

TEST_F(FeaturesEndToEnd, ACallThatRingsElsewhereIsPickedUp) {
  HCALL call = 0;
  ASSERT_EQ(desk.done(lineMakeCallW(desk.line("1001"), &call, u"1004", 0, nullptr)), 0);
  loop.run_for(1s);
  EXPECT_EQ(desk.state(call), DWORD{LINECALLSTATE_RINGBACK});
  HCALL picked = 0;
  EXPECT_EQ(linePickupW(desk.line("1003"), 0, &picked, nullptr, u"nobody"), LINEERR_INVALGROUPID);
  ASSERT_EQ(desk.done(linePickupW(desk.line("1003"), 0, &picked, nullptr, u"sales")), 0);
  loop.run_for(1s);
  EXPECT_EQ(desk.state(call), DWORD{LINECALLSTATE_CONNECTED});
  EXPECT_EQ(desk.state(picked), DWORD{LINECALLSTATE_CONNECTED});
  EXPECT_EQ(reason(picked), DWORD{LINECALLREASON_PICKUP});
  ending.push_back(picked);
}

TEST_F(FeaturesEndToEnd, ForwardingIsInForceUntilItIsTakenBack) {
  ASSERT_EQ(forward("1002", LINEFORWARDMODE_UNCOND, u"1003"), 0);
  EXPECT_EQ(desk.take(), "1002 address 0x40\n"); // LINEADDRESSSTATE_FORWARD
  EXPECT_EQ(desk.address_status("1002").dwForwardNumEntries, 1U);
  HCALL call = desk.talk("1001", u"1002");
  EXPECT_EQ(desk.state(desk.call("1003.1")), DWORD{LINECALLSTATE_CONNECTED});
  EXPECT_EQ(reason(desk.call("1003.1")), DWORD{LINECALLREASON_FWDUNCOND});
  ASSERT_EQ(desk.done(lineDrop(call, nullptr, 0)), 0);
  ASSERT_EQ(forward("1002", 0, u""), 0);
  EXPECT_EQ(desk.address_status("1002").dwForwardNumEntries, 0U);
  call = desk.talk("1001", u"1002");
  EXPECT_EQ(desk.state(desk.call("1002.1")), DWORD{LINECALLSTATE_CONNECTED});
  ending.push_back(call);
}

TEST_F(FeaturesEndToEnd, DoNotDisturb) {
  ASSERT_EQ(forward("1002", LINEFORWARDMODE_UNCOND, u""), 0);
  HCALL call = 0;
  ASSERT_EQ(desk.done(lineMakeCallW(desk.line("1001"), &call, u"1002", 0, nullptr)), 0);
  loop.run_for(500ms);
  EXPECT_EQ(desk.state(call), DWORD{LINECALLSTATE_DISCONNECTED});
  LINECALLSTATUS status{};
  status.dwTotalSize = sizeof status;
  EXPECT_EQ(lineGetCallStatus(call, &status), 0);
  EXPECT_EQ(status.dwCallStateMode, DWORD{LINEDISCONNECTMODE_DONOTDISTURB});
}

TEST_F(FeaturesEndToEnd, TheMessageWaitingLamp) {
  const auto lamp = [&] {
    alignas(8) char buffer[1024]{};
    auto& status = *reinterpret_cast<LINEDEVSTATUS*>(buffer);
    status.dwTotalSize = sizeof buffer;
    EXPECT_EQ(lineGetLineDevStatusW(desk.line("1002"), &status), 0);
    return status.dwDevStatusFlags & LINEDEVSTATUSFLAGS_MSGWAIT;
  };
  ASSERT_EQ(desk.done(lineSetLineDevStatus(desk.line("1002"), LINEDEVSTATUSFLAGS_MSGWAIT, 1)), 0);
  EXPECT_EQ(desk.take(), "1002 line 0x10 0\n"); // LINEDEVSTATE_MSGWAITON
  EXPECT_NE(lamp(), 0U);
  ASSERT_EQ(desk.done(lineSetLineDevStatus(desk.line("1002"), LINEDEVSTATUSFLAGS_MSGWAIT, 0)), 0);
  EXPECT_EQ(desk.take(), "1002 line 0x20 0\n");
  EXPECT_EQ(lamp(), 0U);
  EXPECT_EQ(lineSetLineDevStatus(desk.line("1002"), LINEDEVSTATUSFLAGS_LOCKED, 1), LINEERR_OPERATIONUNAVAIL);
}

TEST_F(FeaturesEndToEnd, ConsultationWithSwapAndTransfer) {
  const HCALL first = desk.talk("1001", u"1002");
  HCALL consult = 0;
  ASSERT_EQ(desk.done(lineSetupTransferW(first, &consult, nullptr)), 0);
  ASSERT_EQ(desk.done(lineDialW(consult, u"1003", 0)), 0);
  loop.run_for(1s);
  ASSERT_EQ(desk.done(lineSwapHold(consult, first)), 0);
  EXPECT_EQ(desk.state(first), DWORD{LINECALLSTATE_CONNECTED});
  EXPECT_EQ(desk.state(consult), DWORD{LINECALLSTATE_ONHOLDPENDTRANSFER});
  ASSERT_EQ(desk.done(lineSwapHold(first, consult)), 0);
  ASSERT_EQ(desk.done(lineCompleteTransfer(first, consult, nullptr, LINETRANSFERMODE_TRANSFER)), 0);
  EXPECT_EQ(desk.state(first), DWORD{LINECALLSTATE_IDLE});
  EXPECT_EQ(desk.state(consult), DWORD{LINECALLSTATE_IDLE});
  EXPECT_EQ(desk.state(desk.call("1002.1")), DWORD{LINECALLSTATE_CONNECTED});
  EXPECT_EQ(desk.state(desk.call("1003.1")), DWORD{LINECALLSTATE_CONNECTED});
  EXPECT_EQ(call_id(desk.call("1002.1")), call_id(desk.call("1003.1")));
  ending.push_back(desk.call("1002.1"));
}

} // namespace
} // namespace tl::test
