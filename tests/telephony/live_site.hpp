// SPDX-License-Identifier: Apache-2.0
// The real server and pbx.tsp with simulated phones, in process, under the virtual clock, and a program on
// it.
#pragma once

#include <gtest/gtest.h>

#include "base/virtual_loop.hpp"
#include "server/server.hpp"
#include "tapi32/library.hpp"
#include "trunkline/telephony.hpp"

namespace tl::test {

using telephony::Address;
using telephony::Call;
using telephony::CallPtr;
using telephony::CallState;
using telephony::Outcome;
using telephony::Phone;
using telephony::Task;
using telephony::Telephony;

// The phone of who makes a call is picked up as a ringing one is; Bob's only by a program.
inline constexpr const char* live_site = R"({
  "station": [{"number": "1001", "name": "Ada", "driver": "sim", "pickup_group": "sales", "sim": {"answer_after_ms": 100}},
              {"number": "1002", "name": "Bob", "driver": "sim", "pickup_group": "sales", "sim": {"no_answer": true}},
              {"number": "1003", "name": "Zoë", "driver": "sim", "sim": {"answer_after_ms": 1000}}],
  "trunk": [{"name": "carrier", "prefix": "0", "driver": "sim"}],
  "queue": [{"name": "support", "number": "2900"}]})";

class LiveSite : public ::testing::Test {
protected:
  // Writes down what it hears.
  class Listener : public telephony::Events {
  public:
    std::vector<std::string> log;
    void call_state(Call& call) override {
      log.push_back(call.address().number() + " " + telephony::call_state_name(call.state()));
    }
    void call_hub(telephony::CallHub& hub, telephony::HubEvent event, Call*) override {
      hubs.push_back({event, hub.size()});
    }
    void request(DWORD mode, DWORD instance) override { requests.push_back({mode, instance}); }
    void phone_state(Phone& phone, const telephony::PhoneChange& change) override {
      changes.push_back({phone.device_id(), change.changed});
    }
    void phone_button(Phone&, const telephony::ButtonPress& press) override {
      buttons.push_back(press.button);
    }
    void address_state(Address&, DWORD what) override { address_states |= what; }
    void call_digits_sent(Call&, DWORD why) override { sent.push_back(why); }
    void lost() override { is_lost = true; }

    std::vector<std::pair<telephony::HubEvent, std::size_t>> hubs;
    std::vector<std::pair<DWORD, DWORD>> requests, changes;
    std::vector<DWORD> buttons, sent;
    DWORD address_states = 0;
    bool is_lost = false;
  };

  static server::Options site_options() {
    server::Options options;
    server::Location here;
    here.id = 1;
    here.name = "Seattle";
    here.country_id = 1;
    here.area_code = "206";
    here.local_access = "9";
    options.settings.locations = {here};
    return options;
  }

  LiveSite() : server(loop, log, site_options()) {
    tapi32::Library::instance().use_in_process(&server);
    const auto loaded = server.load_provider(TRUNKLINE_PBX_TSP, live_site);
    EXPECT_TRUE(loaded) << loaded.error().text;
    loop.settle(); // the phones register
    EXPECT_EQ(desk.initialize(loop), 0);
  }
  ~LiveSite() override {
    desk.shutdown();
    loop.run_for(5s);
    EXPECT_EQ(server.counts().call_handles, 0u);
    server.shutdown();
    tapi32::Library::instance().use_in_process(nullptr);
  }

  Address& at(std::string_view number) { return *desk.address_by_number(number); }
  Address& open(std::string_view number) {
    Address& address = at(number);
    EXPECT_EQ(address.open({.owner = true, .monitor = true}), 0);
    return address;
  }
  // What a simulated phone's user does [src/pbx/sim/README.md].
  void does(std::string_view number, std::string command) {
    LONG result = 1;
    if (!at(number).is_open()) {
      EXPECT_EQ(at(number).open({}), 0);
    }
    EXPECT_GT(
        at(number).device_specific(std::move(command), [&](LONG code, std::string_view) { result = code; }),
        0);
    loop.settle();
    EXPECT_EQ(result, 0);
  }
  // A call from 1001 that 1002's program answered; both at this desk.
  std::pair<CallPtr, CallPtr> connected() {
    Address& ada = open("1001");
    Address& bob = open("1002");
    CallPtr out, in;
    auto talk = [&]() -> Task<> {
      auto made = co_await ada.make_call("1002");
      if (made) out = *made;
      auto offered = co_await bob.next_call(5s);
      if (!offered) co_return;
      in = *offered;
      auto answered = co_await in->answer();
      EXPECT_TRUE(answered);
      auto joined = co_await out->when(CallState::connected, 5s);
      EXPECT_TRUE(joined);
    };
    Task<> task = talk();
    task.start();
    loop.run_for(5s);
    EXPECT_TRUE(task.done());
    return {out, in};
  }

  VirtualLoop loop;
  NullLog log;
  server::Server server;
  Listener events;
  Telephony desk{"desk", events};
};

} // namespace tl::test
