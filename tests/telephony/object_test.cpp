// SPDX-License-Identifier: Apache-2.0
// Addresses, calls and call hubs on the real switch.
#include "live_site.hpp"

namespace tl::test {
namespace {

using telephony::ForwardMode;
using telephony::HubEvent;

class Objects : public LiveSite {
protected:
  // Runs what is awaited to its end, within so much time.
  template <class T> Outcome<T> settle(telephony::Operation<T> operation, Duration limit = 5s) {
    std::optional<Outcome<T>> outcome;
    auto run = [&]() -> Task<> { outcome.emplace(co_await std::move(operation)); };
    Task<> task = run();
    task.start();
    loop.run_for(limit);
    return outcome ? std::move(*outcome) : Outcome<T>(telephony::error_timeout);
  }
  std::vector<CallPtr> calls(std::string_view number) { return at(number).calls(); }
};

TEST_F(Objects, CapabilitiesSayWhatTheSwitchOffers) {
  telephony::AddressCapabilities caps;
  ASSERT_EQ(at("1001").capabilities(caps), 0);
  EXPECT_NE(caps.features & LINEADDRFEATURE_MAKECALL, 0u);
  EXPECT_NE(caps.call_states & LINECALLSTATE_CONNECTED, 0u);
  EXPECT_NE(caps.forward_modes & LINEFORWARDMODE_UNCOND, 0u);
  EXPECT_TRUE(caps.supports_media(LINEMEDIAMODE_INTERACTIVEVOICE));
  EXPECT_FALSE(caps.supports_media(LINEMEDIAMODE_VIDEO));
  EXPECT_FALSE(caps.provider.empty());
  telephony::AddressCapabilities queue;
  ASSERT_EQ(at("2900").capabilities(queue), 0);
  EXPECT_FALSE(queue.treatments.empty());
  EXPECT_FALSE(queue.treatments.front().name.empty());
}

TEST_F(Objects, ForwardingIsSetReadFollowedAndCancelled) {
  Address& bob = open("1002");
  open("1001");
  ASSERT_EQ(bob.set_status_messages(0, LINEADDRESSSTATE_FORWARD), 0);
  telephony::ForwardInformation how;
  how.rings_no_answer = 3;
  how.set(ForwardMode::no_answer, "2900");
  how.set(ForwardMode::all_specific, "1003", "1001");
  how.set(ForwardMode::no_answer, "1003"); // in place of the first
  EXPECT_TRUE(settle(bob.forward(how)));
  EXPECT_NE(events.address_states & LINEADDRESSSTATE_FORWARD, 0u);
  telephony::ForwardInformation now;
  ASSERT_EQ(bob.forwarding(now), 0);
  EXPECT_EQ(now.entries, how.entries);
  EXPECT_EQ(now.find(ForwardMode::all_specific)->caller, "1001");
  EXPECT_EQ(now.find(ForwardMode::busy), nullptr);
  EXPECT_EQ(now.rings_no_answer, 3u);
  auto made = settle(at("1001").make_call("1002"));
  ASSERT_TRUE(made);
  telephony::CallInfo info;
  ASSERT_EQ((*made)->info(info), 0);
  EXPECT_EQ(info.connected.number, "1003");
  (*made)->drop({});
  EXPECT_TRUE(settle(bob.forward({})));
  ASSERT_EQ(bob.forwarding(now), 0);
  EXPECT_TRUE(now.entries.empty());
}

TEST_F(Objects, DoNotDisturbRefusesCalls) {
  Address& bob = open("1002");
  open("1001");
  bool on = true;
  EXPECT_EQ(bob.do_not_disturb(on), 0);
  EXPECT_FALSE(on);
  EXPECT_TRUE(settle(bob.set_do_not_disturb(true)));
  EXPECT_EQ(bob.do_not_disturb(on), 0);
  EXPECT_TRUE(on);
  auto made = settle(at("1001").make_call("1002"), 0s);
  ASSERT_TRUE(made);
  loop.run_for(2s);
  EXPECT_EQ((*made)->state(), CallState::disconnected);
  (*made)->drop({});
  EXPECT_TRUE(settle(bob.set_do_not_disturb(false)));
}

TEST_F(Objects, MessageWaitingAndService) {
  Address& ada = open("1001");
  bool on = true;
  EXPECT_EQ(ada.message_waiting(on), 0);
  EXPECT_FALSE(on);
  EXPECT_TRUE(settle(ada.set_message_waiting(true)));
  EXPECT_EQ(ada.message_waiting(on), 0);
  EXPECT_TRUE(on);
  EXPECT_EQ(ada.in_service(on), 0);
  EXPECT_TRUE(on);
  does("1001", R"({"unreachable": true})");
  EXPECT_EQ(ada.in_service(on), 0);
  EXPECT_FALSE(on);
  EXPECT_EQ(ada.set_rings(4), 0);
  DWORD rings = 0;
  EXPECT_EQ(ada.rings(rings), 0);
  EXPECT_EQ(rings, 4u);
  DWORD line_states = 0, address_states = 0;
  EXPECT_EQ(ada.set_status_messages(LINEDEVSTATE_INSERVICE, LINEADDRESSSTATE_NUMCALLS), 0);
  EXPECT_EQ(ada.status_messages(line_states, address_states), 0);
  EXPECT_NE(line_states & LINEDEVSTATE_INSERVICE, 0u);
  EXPECT_EQ(address_states & LINEADDRESSSTATE_NUMCALLS, DWORD{LINEADDRESSSTATE_NUMCALLS});
}

TEST_F(Objects, ParkedWhereTheSwitchSaysAndTakenBack) {
  const auto [out, in] = connected();
  auto where = settle(out->park());
  ASSERT_TRUE(where);
  EXPECT_FALSE(where->empty());
  EXPECT_EQ(out->state(), CallState::idle);
  auto back = settle(at("1001").unpark(*where));
  ASSERT_TRUE(back);
  EXPECT_EQ((*back)->state(), CallState::connected);
  telephony::CallInfo info;
  ASSERT_EQ((*back)->info(info), 0);
  EXPECT_EQ(info.reason, telephony::CallReason::unpark);
  (*back)->drop({});
}

TEST_F(Objects, ARingingCallIsPickedUp) {
  Address& ada = open("1001");
  Address& bob = open("1002");
  open("1003");
  ASSERT_GT(at("1003").make_call("1002", {}), 0);
  loop.run_for(2s);
  EXPECT_EQ(bob.calls().size(), 1u);
  auto taken = settle(ada.pickup("1002"));
  ASSERT_TRUE(taken);
  EXPECT_EQ((*taken)->state(), CallState::connected);
  telephony::CallInfo info;
  ASSERT_EQ((*taken)->info(info), 0);
  EXPECT_EQ(info.reason, telephony::CallReason::pickup);
  EXPECT_EQ(info.caller.number, "1003");
  EXPECT_TRUE(bob.calls().empty());
  (*taken)->drop({});
}

TEST_F(Objects, ConsultationSwapAndTransfer) {
  const auto [out, in] = connected();
  auto consultation = settle(out->setup_transfer());
  ASSERT_TRUE(consultation);
  EXPECT_EQ(out->state(), CallState::on_hold_pending_transfer);
  EXPECT_TRUE(settle((*consultation)->dial("1003")));
  EXPECT_EQ((*consultation)->state(), CallState::connected);
  EXPECT_TRUE(settle((*consultation)->swap_hold(*out)));
  EXPECT_EQ(out->state(), CallState::connected);
  EXPECT_TRUE(settle(out->swap_hold(**consultation)));
  EXPECT_TRUE(settle(out->complete_transfer(**consultation)));
  EXPECT_EQ(out->state(), CallState::idle);
  telephony::CallInfo info;
  ASSERT_EQ(in->info(info), 0);
  EXPECT_EQ(info.connected.number, "1003");
  in->drop({});
}

TEST_F(Objects, WhatACallCarries) {
  const auto [out, in] = connected();
  EXPECT_TRUE(settle(out->set_data(std::string("a\0b", 3))));
  EXPECT_EQ(in->set_app_specific(77), 0);
  EXPECT_TRUE(settle(out->send_user_info("hello")));
  telephony::CallInfo info;
  ASSERT_EQ(in->info(info), 0);
  EXPECT_EQ(info.data, std::string("a\0b", 3));
  EXPECT_EQ(info.user_info, "hello");
  EXPECT_EQ(info.app_specific, 77u);
  EXPECT_EQ(info.origin, telephony::CallOrigin::internal);
  EXPECT_EQ(info.caller.name, "Ada");
  EXPECT_TRUE(settle(in->release_user_info()));
  EXPECT_EQ(info.bearer_mode, DWORD{LINEBEARERMODE_VOICE});
  out->drop({});
}

TEST_F(Objects, DigitsAreSentHeardAndGathered) {
  const auto [out, in] = connected();
  ASSERT_EQ(in->monitor_digits(true), 0);
  std::string heard;
  auto listen = [&]() -> Task<> {
    for (;;) {
      auto digit = co_await in->next_digit(2s);
      if (!digit) co_return;
      heard += *digit;
    }
  };
  auto sent = settle(out->generate_digits("42", 100ms));
  ASSERT_TRUE(sent);
  EXPECT_EQ(*sent, telephony::GenerateEnd::done);
  Task<> listener = listen();
  listener.start();
  does("1001", R"({"digits": "42"})");
  loop.run_for(1s);
  EXPECT_EQ(heard, "42");
  EXPECT_EQ(events.sent, std::vector<DWORD>{LINEGENERATETERM_DONE}) << "the event too";
  telephony::GatherOptions until_hash;
  until_hash.count = 10;
  until_hash.termination = "#";
  until_hash.inter_timeout = 3s;
  auto gather = [&]() -> Task<> {
    auto first = co_await in->gather_digits(until_hash);
    EXPECT_EQ(first.code(), 0);
    if (first) heard = first->digits + (first->end == telephony::GatherEnd::term_digit ? "." : "?");
    auto second = co_await in->gather_digits(until_hash);
    if (second) heard += second->digits + (second->end == telephony::GatherEnd::inter_timeout ? "!" : "?");
  };
  Task<> gatherer = gather();
  gatherer.start();
  loop.run_for(2s);
  does("1001", R"({"digits": "123#"})");
  loop.run_for(2s);
  does("1001", R"({"digits": "9"})");
  loop.run_for(10s);
  EXPECT_TRUE(gatherer.done());
  EXPECT_EQ(heard, "123#.9!");
  out->drop({});
}

TEST_F(Objects, AGatheringOfATaskThatIsGoneEnds) {
  const auto [out, in] = connected();
  telephony::GatherOptions five;
  five.count = 5;
  {
    auto gather = [&]() -> Task<> {
      auto digits = co_await in->gather_digits(five);
      ADD_FAILURE() << digits.code();
    };
    Task<> gatherer = gather();
    gatherer.start();
  }
  loop.run_for(1s);
  out->drop({});
  loop.run_for(1s);
}

TEST_F(Objects, HubsGatherTheCallsOfOneConversation) {
  ASSERT_EQ(desk.track_call_hubs(true), 0);
  const auto [out, in] = connected();
  ASSERT_EQ(desk.call_hubs().size(), 1u);
  telephony::CallHub& hub = *desk.call_hubs().front();
  EXPECT_EQ(hub.id(), out->call_id());
  EXPECT_EQ(out->hub(), &hub);
  EXPECT_EQ(in->hub(), &hub);
  EXPECT_EQ(hub.calls().size(), 2u);
  EXPECT_TRUE(hub.active());
  EXPECT_EQ(desk.call_hub(out->call_id()), &hub);
  EXPECT_EQ(hub.clear(), 0);
  loop.run_for(2s);
  ASSERT_FALSE(events.hubs.empty());
  EXPECT_EQ(events.hubs.front(), (std::pair{HubEvent::created, std::size_t{1}}));
  EXPECT_FALSE(hub.active());
}

TEST_F(Objects, HubsGoWithTheirCalls) {
  open("1001");
  open("1002");
  ASSERT_GT(at("1001").make_call("1003", {}), 0);
  loop.run_for(3s);
  ASSERT_EQ(desk.track_call_hubs(true), 0);
  ASSERT_EQ(desk.call_hubs().size(), 1u) << "of calls that are there already";
  calls("1001").front()->drop({});
  loop.run_for(2s);
  EXPECT_TRUE(desk.call_hubs().empty());
  EXPECT_EQ(events.hubs.back(), (std::pair{HubEvent::idle, std::size_t{0}}));
}

TEST_F(Objects, DeviceSpecificAndItsRefusal) {
  open("1001");
  auto answer = settle(at("1001").device_specific(R"({"answer_after_ms": 5})"));
  EXPECT_TRUE(answer);
  EXPECT_EQ(settle(at("1001").device_specific(R"({"nonsense": 1})")).code(), LINEERR_INVALPARAM);
  std::string id;
  ASSERT_EQ(at("1001").device_id("tapi/line", id), 0);
  DWORD device = 99;
  ASSERT_EQ(id.size(), sizeof device);
  std::memcpy(&device, id.data(), sizeof device);
  EXPECT_EQ(device, at("1001").device_id());
  EXPECT_EQ(at("1001").device_id("wave/in", id), LINEERR_INVALDEVICECLASS);
}

TEST_F(Objects, WithoutALineNothingStarts) {
  Address& ada = at("1001");
  bool on = false;
  EXPECT_EQ(settle(ada.make_call("1002")).code(), LINEERR_INVALLINEHANDLE);
  EXPECT_EQ(settle(ada.next_call(1s)).code(), LINEERR_INVALLINEHANDLE);
  EXPECT_EQ(settle(ada.forward({})).code(), LINEERR_INVALLINEHANDLE);
  EXPECT_EQ(ada.in_service(on), LINEERR_INVALLINEHANDLE);
}

// --- Dialling and assisted telephony. ---

TEST_F(Objects, NumbersAreTranslatedByTheLocation) {
  telephony::DialingRules rules;
  ASSERT_EQ(desk.dialing_rules(rules), 0);
  ASSERT_EQ(rules.locations.size(), 1u);
  EXPECT_EQ(rules.locations[0].name, "Seattle");
  EXPECT_EQ(rules.locations[0].area_code, "206");
  EXPECT_EQ(rules.current_location, 1u);
  EXPECT_EQ(desk.set_current_location(7), LINEERR_INVALLOCATION);
  telephony::TranslatedAddress out;
  ASSERT_EQ(at("1001").translate("+1 (206) 555-0100", out), 0);
  EXPECT_NE(out.results & LINETRANSLATERESULT_LOCAL, 0u);
  EXPECT_NE(out.dialable.find("95550100"), std::string::npos) << out.dialable;
  EXPECT_EQ(out.destination_country, 1u);
  EXPECT_EQ(at("1001").translate("+x", out), LINEERR_INVALADDRESS);
  std::vector<telephony::Country> countries;
  ASSERT_EQ(desk.countries(countries, 49), 0);
  ASSERT_EQ(countries.size(), 1u);
  EXPECT_EQ(countries[0].code, 49u);
}

TEST_F(Objects, ARequestOfAnotherProgramIsCarriedOut) {
  EXPECT_EQ(telephony::request_make_call("1003"), TAPIERR_NOREQUESTRECIPIENT);
  ASSERT_EQ(desk.register_requests(true, 5), 0);
  telephony::MakeCallRequest request;
  EXPECT_EQ(desk.get_request(request), LINEERR_NOREQUEST);
  std::vector<std::string> asked;
  auto serve = [&]() -> Task<> {
    for (;;) {
      auto next = co_await desk.next_request(10s);
      if (!next) co_return;
      asked.push_back(next->destination + " " + next->application + " " + next->called_party + " " +
                      next->comment);
    }
  };
  Task<> server_task = serve();
  server_task.start();
  EXPECT_EQ(telephony::request_make_call("1003", "Notes", "Zoë", "lunch"), 0);
  loop.run_for(1s);
  EXPECT_EQ(asked, std::vector<std::string>{"1003 Notes Zoë lunch"});
  EXPECT_TRUE(events.requests.empty()) << "who waits takes it";
  server_task.reset();
  EXPECT_EQ(telephony::request_make_call("1002"), 0);
  loop.run_for(1s);
  EXPECT_EQ(events.requests, (std::vector<std::pair<DWORD, DWORD>>{{LINEREQUESTMODE_MAKECALL, 5}}));
  ASSERT_EQ(desk.get_request(request), 0);
  EXPECT_EQ(request.destination, "1002");
  EXPECT_EQ(desk.register_requests(false, 5), 0);
}

TEST_F(Objects, TheOrderOfPrograms) {
  DWORD place = 9;
  EXPECT_EQ(desk.set_priority(LINEMEDIAMODE_INTERACTIVEVOICE, 1), 0);
  EXPECT_EQ(desk.priority(LINEMEDIAMODE_INTERACTIVEVOICE, place), 0);
  EXPECT_EQ(place, 1u);
  EXPECT_EQ(desk.set_priority(LINEMEDIAMODE_INTERACTIVEVOICE, 0), 0);
  EXPECT_EQ(desk.priority(LINEMEDIAMODE_INTERACTIVEVOICE, place), 0);
  EXPECT_EQ(place, 0u);
}

} // namespace
} // namespace tl::test
