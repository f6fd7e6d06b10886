// SPDX-License-Identifier: Apache-2.0
// Lines and their capabilities, both ways of hearing messages, and the ends of it all.
#include <poll.h>

#include "site.hpp"

namespace tl::test {
namespace {

using telephony::AddressKind;
using Initialize = Site;

TEST_F(Initialize, ReadsEveryLine) {
  EXPECT_EQ(telephony.address_by_number("201"), nullptr);
  EXPECT_EQ(telephony.call(1), nullptr);
  ASSERT_EQ(telephony.initialize(loop), 0);
  EXPECT_TRUE(telephony.running());
  ASSERT_EQ(telephony.addresses().size(), 4u);
  const Address& station = *telephony.addresses()[0];
  EXPECT_EQ(station.name(), "Anna Ångström");
  EXPECT_EQ(station.number(), "201");
  EXPECT_EQ(station.kind(), AddressKind::station);
  EXPECT_EQ(station.permanent_id(), 7000u);
  EXPECT_EQ(station.api_version(), 0x00020002u);
  EXPECT_EQ(telephony.addresses()[1]->kind(), AddressKind::trunk);
  EXPECT_EQ(telephony.addresses()[2]->kind(), AddressKind::route_point);
  EXPECT_EQ(telephony.addresses()[3]->kind(), AddressKind::queue);
  EXPECT_EQ(telephony.address_by_number("3000"), telephony.addresses()[3].get());
  EXPECT_EQ(telephony.address_by_name("Berlin trunk"), telephony.addresses()[1].get());
  EXPECT_EQ(telephony.address_by_device(2), telephony.addresses()[2].get());
  EXPECT_EQ(telephony.address_by_device(4), nullptr);
  EXPECT_EQ(telephony.address_by_number(""), nullptr);
  EXPECT_EQ(telephony.initialize(loop), LINEERR_INUSE);
}

TEST_F(Initialize, StationsAndTrunks) {
  lines = {{u"two calls", u"201", 0, 2},
           {u"no number", u"", 0, 1},
           {u"no number, two calls", u"", 0, 2},
           {u"cannot call", u"carrier", 0, 30, 0},
           {u"one call", u"202", 0, 1, 0}};
  ASSERT_EQ(telephony.initialize(loop), 0);
  std::vector<AddressKind> kinds;
  for (const auto& address : telephony.addresses()) kinds.push_back(address->kind());
  using enum AddressKind;
  EXPECT_EQ(kinds, (std::vector{station, station, trunk, trunk, station}));
}

TEST_F(Initialize, AsksAgainWithMoreRoomUpToALimit) {
  lines[0].name = std::u16string(5000, u'x');
  lines[1].name = std::u16string(telephony::structure_size_max_bytes / 2, u'y'); // does not fit, terminated
  ASSERT_EQ(telephony.initialize(loop), 0);
  EXPECT_EQ(telephony.addresses()[0]->name(), std::string(5000, 'x'));
  EXPECT_EQ(telephony.addresses()[1]->name(), "");
  EXPECT_EQ(telephony.addresses()[2]->name(), "Welcome");
}

TEST_F(Initialize, AgainAfterShutdown) {
  begin();
  telephony.shutdown();
  EXPECT_FALSE(telephony.running());
  EXPECT_TRUE(telephony.addresses().empty());
  EXPECT_EQ(telephony.address_by_number("201"), nullptr);
  telephony.shutdown();
  EXPECT_TRUE(begin().is_open());
}

TEST_F(Initialize, NoServer) {
  server.refuse = true;
  EXPECT_EQ(telephony.initialize(loop), LINEERR_OPERATIONFAILED);
  EXPECT_FALSE(telephony.running());
  server.refuse = false;
}

TEST_F(Initialize, MoreLinesThanBelievable) {
  server.on(Fn::lineInitializeEx, [&](const auto&, wire::ReplyWriter& answer) {
    wire::encode_answers<Fn::lineInitializeEx>(answer, server.app = 0x101, 0xFFFFFFFFu, 0x00020002u);
  });
  EXPECT_EQ(telephony.initialize(loop), LINEERR_RESOURCEUNAVAIL);
  EXPECT_FALSE(telephony.running());
}

TEST_F(Initialize, AProgramWithItsOwnLoopPollsADescriptor) {
  ASSERT_EQ(telephony.initialize(), 0);
  Address& address = *telephony.addresses()[0];
  ASSERT_EQ(address.open({.monitor = true}), 0);
  pollfd ready{telephony.descriptor(), POLLIN, 0};
  EXPECT_EQ(poll(&ready, 1, 0), 0);
  new_call(address, 0x51);
  EXPECT_EQ(poll(&ready, 1, 0), 1);
  EXPECT_TRUE(events.log.empty()) << "not before dispatch()";
  telephony.dispatch();
  EXPECT_EQ(take_log(), (std::vector<std::string>{"appeared 51 4", "51 OFFERING 0"}));
  EXPECT_EQ(poll(&ready, 1, 0), 0);
  for (int i = 0; i < 100; ++i) state(0x51, LINECALLSTATE_CONNECTED);
  telephony.dispatch();
  EXPECT_EQ(take_log().size(), 64u) << "one turn";
  EXPECT_EQ(poll(&ready, 1, 0), 1) << "the rest keeps the descriptor readable";
  telephony.dispatch();
  EXPECT_EQ(take_log().size(), 36u);
}

TEST_F(Initialize, LinesComeAndGo) {
  Address& address = begin();
  lines.push_back({u"Bert", u"202", 0, 1});
  message(LINE_CREATE, 0, 4);
  settle();
  EXPECT_EQ(telephony.address_by_number("202"), telephony.addresses().back().get());
  message(LINE_CREATE, 0, 4); // known
  message(LINE_CLOSE, address.line(), 0);
  message(LINE_REMOVE, 0, 0);
  message(LINE_REMOVE, 0, 99); // never heard of
  settle();
  EXPECT_EQ(take_log(), (std::vector<std::string>{"created 202", "closed 201", "removed 201"}));
  EXPECT_FALSE(address.is_open());
  EXPECT_EQ(telephony.address_by_number("201"), nullptr);
  EXPECT_EQ(telephony.addresses().size(), 5u);
}

TEST_F(Initialize, ChangedCapabilitiesAreReadAgain) {
  Address& address = begin();
  lines[0].number = u"299";
  lines[0].flags = LINEADDRCAPFLAGS_QUEUE;
  message(LINE_ADDRESSSTATE, address.line(), 0, LINEADDRESSSTATE_CAPSCHANGE);
  settle();
  EXPECT_EQ(address.kind(), AddressKind::queue);
  EXPECT_EQ(telephony.address_by_number("299"), &address);
  EXPECT_EQ(telephony.address_by_number("201"), nullptr);
}

TEST_F(Initialize, LineEventsByTheirParameters) {
  Address& address = begin();
  const HLINE line = address.line();
  message(LINE_ADDRESSSTATE, line, 0, LINEADDRESSSTATE_INUSEZERO);
  message(LINE_LINEDEVSTATE, line, LINEDEVSTATE_RINGING, 1, 2);
  message(LINE_AGENTSTATUS, line, 0, LINEAGENTSTATUS_STATE, LINEAGENTSTATE_READY);
  message(LINE_QUEUESTATUS, line, 17, LINEQUEUESTATUS_UPDATEINFO);
  message(LINE_PROXYSTATUS, line, LINEPROXYSTATUS_OPEN, LINEPROXYREQUEST_GETAGENTCAPS);
  message(LINE_ADDRESSSTATE, line + 1, 0, LINEADDRESSSTATE_INUSEZERO);   // a line that is not open
  message(LINE_ADDRESSSTATE, line, 0, LINEADDRESSSTATE_INUSEZERO, 0, 3); // a lie about the instance
  settle();
  EXPECT_EQ(take_log(), (std::vector<std::string>{"address 201 4", "line 201 2 1 2", "agent 201 2 4",
                                                  "queue 201 17 1", "proxy 201 1 4"}));
}

} // namespace
} // namespace tl::test
