// SPDX-License-Identifier: Apache-2.0
#include "world.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "tapi32/library.hpp"

namespace tl::scenario {
namespace {

using nlohmann::json;

json switch_config(const Plan& plan) {
  json out;
  out["pbx"] = {{"calls_max", 100'000}};
  for (const auto& list : {plan.stations, plan.extras})
    for (const std::string& number : list)
      out["station"].push_back({{"number", number}, {"name", "Phone " + number}, {"driver", "sim"}});
  for (const std::string& name : plan.trunks)
    out["trunk"].push_back({{"name", name}, {"driver", "sim"}, {"calls_max", 100'000}});
  for (const acd::QueueConfig& queue : plan.acd.queues) {
    out["queue"].push_back({{"name", queue.name}, {"number", queue.number}, {"treatment", "music"}});
    for (const std::string& number : queue.route_points)
      out["route_point"].push_back({{"number", number}, {"name", "to " + queue.name}, {"queue", queue.name}});
  }
  return out;
}

long long milliseconds_of(Duration span) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(span).count();
}

} // namespace

void Recorder::event(const acd::Event& event) {
  if (!keep) return;
  seen.push_back({event.time, event.type, event.cause, event.call_id, event.agent_state,
                  std::string(event.queue), std::string(event.agent), std::string(event.caller)});
}

World::World(Plan plan, bool keep_events) : plan_(std::move(plan)) {
  const char* level = std::getenv("TRUNKLINE_TEST_LOG");
  log.set_threshold(level && std::string(level) == "debug" ? Level::debug : Level::warn);
  recorder.keep = keep_events;
  server = std::make_unique<server::Server>(loop, log);
  load_switch();
  tapi32::Library::instance().use_in_process(server.get());
  desk = std::make_unique<telephony::Telephony>("desk", *this);
  TL_CHECK(desk->initialize(loop) >= 0);
  open_desk();
  acd = std::make_unique<acd::Acd>(loop, log, plan_.acd, std::vector<acd::EventSink*>{&ledger, &recorder});
  auto started = acd->start();
  TL_CHECK(started, started ? std::string{} : started.error().text);
  run_for(1ms);
}

void World::load_switch() {
  auto loaded = server->load_provider(TRUNKLINE_PBX_TSP, switch_config(plan_).dump());
  TL_CHECK(loaded, loaded ? std::string{} : loaded.error().text);
}

// With no privilege: enough for commands to simulated devices and for the agent functions.
void World::open_desk() {
  for (const auto& address : desk->addresses())
    if (address->kind() != telephony::AddressKind::route_point && !address->is_open()) address->open({});
}

void World::reload_switch() {
  auto unloaded = server->unload_provider(TRUNKLINE_PBX_TSP);
  TL_CHECK(unloaded, unloaded ? std::string{} : unloaded.error().text);
  run_for(1s);
  load_switch();
  run_for(1s);
  open_desk();
}

World::~World() {
  if (testing::Test::HasFailure()) tell_history();
  acd.reset();
  desk.reset();
  server->shutdown();
  tapi32::Library::instance().use_in_process(nullptr);
  server.reset();
}

void World::tell_history() const {
  for (const Seen& one : recorder.seen) {
    const std::chrono::duration<double> at = one.time - start;
    fmt::print("{:9.3f} {} {} call {} from {} queue {} agent {} state {}\n", at.count(),
               acd::to_string(one.type), acd::to_string(one.cause), one.call_id, one.caller, one.queue,
               one.agent, one.agent_state);
  }
}

telephony::Address& World::place(const std::string& device) {
  telephony::Address* address = desk->address_by_number(device);
  if (!address) address = desk->address_by_name(device);
  TL_CHECK(address, "no device " + device);
  return *address;
}

telephony::Completion World::expect_done(std::string what) {
  return [this, what = std::move(what)](LONG result) {
    if (result != 0) errors.push_back(what + ": " + telephony::error_name(result));
  };
}

void World::command(const std::string& device, const std::string& text) {
  blocks_.push_back(text);
  const LONG result = lineDevSpecific(place(device).line(), 0, 0, blocks_.back().data(),
                                      static_cast<DWORD>(blocks_.back().size()));
  if (result < 0) errors.push_back("command " + text + ": " + telephony::error_name(result));
}

void World::caller(const std::string& from, const std::string& to, Duration patience, Duration talk) {
  json call = {{"call", to}, {"from", from}};
  if (patience > Duration::zero()) call["patience_ms"] = milliseconds_of(patience);
  if (talk > Duration::zero()) call["talk_ms"] = milliseconds_of(talk);
  command(plan_.trunks.front(), call.dump());
}

void World::log_in(const std::string& station) {
  const LONG result = place(station).agent_specific(
      0, std::string("login " + station + '\0'),
      [done = expect_done("login " + station)](LONG reply, std::string_view) { done(reply); });
  if (result < 0) errors.push_back("login " + station + ": " + telephony::error_name(result));
}

void World::log_out(const std::string& station) {
  const LONG result = place(station).set_agent_groups({}, expect_done("logout " + station));
  if (result < 0) errors.push_back("logout " + station + ": " + telephony::error_name(result));
}

void World::set_state(const std::string& station, DWORD state) {
  const std::string what = fmt::format("state of {}: {}", station, telephony::agent_state_name(state));
  const LONG result = place(station).set_agent_state(state, 0, expect_done(what));
  if (result < 0) errors.push_back(what + ": " + telephony::error_name(result));
}

telephony::AgentStatus World::agent(const std::string& station) {
  telephony::AgentStatus out;
  LONG reply = 1;
  const LONG result = place(station).get_agent_status([&](LONG r, const telephony::AgentStatus& status) {
    reply = r;
    out = status;
  });
  loop.settle();
  EXPECT_TRUE(result > 0 && reply == 0)
      << station << ": " << telephony::error_name(result < 0 ? result : reply);
  return out;
}

telephony::QueueInfo World::queue(const std::string& name) {
  telephony::QueueInfo out;
  for (std::size_t i = 0; i < plan_.acd.queues.size(); ++i) {
    if (plan_.acd.queues[i].name != name) continue;
    LONG reply = 1;
    place(plan_.acd.queues[i].number)
        .get_queue_info(static_cast<DWORD>(i + 1), [&](LONG r, const telephony::QueueInfo& info) {
          reply = r;
          out = info;
        });
    loop.settle();
    EXPECT_EQ(reply, 0);
    return out;
  }
  ADD_FAILURE() << "no queue " << name;
  return out;
}

int World::count(acd::EventType type) const {
  int n = 0;
  for (const Seen& one : recorder.seen) n += one.type == type;
  return n;
}

void World::agent_status(telephony::Address& address, DWORD items, DWORD state) {
  if (items & LINEAGENTSTATUS_STATE) states_told[address.number()].push_back(state);
}

void World::queue_status(telephony::Address& address, DWORD, DWORD items) {
  if (items & LINEQUEUESTATUS_UPDATEINFO) ++queues_told[address.number()];
}

void World::expect_quiet() {
  const server::Counts counts = server->counts();
  EXPECT_EQ(counts.calls, 0U);
  EXPECT_EQ(counts.call_handles, 0U);
  EXPECT_EQ(counts.requests, 0U);
  constexpr DWORD busy = LINEAGENTSTATE_BUSYACD | LINEAGENTSTATE_BUSYINCOMING | LINEAGENTSTATE_BUSYOUTBOUND |
                         LINEAGENTSTATE_BUSYOTHER;
  for (const std::string& station : plan_.stations) EXPECT_EQ(agent(station).state & busy, 0U) << station;
  for (std::size_t i = 0; i < plan_.acd.queues.size(); ++i) {
    EXPECT_EQ(ledger.waiting(static_cast<std::uint32_t>(i) + 1), 0U);
    EXPECT_EQ(queue(plan_.acd.queues[i].name).waiting, 0U);
  }
  for (const std::string& error : errors) ADD_FAILURE() << error;
}

Plan small_site(int agents) {
  Plan plan;
  acd::QueueConfig queue;
  queue.name = "support";
  queue.number = "2900";
  queue.route_points = {"2000"};
  queue.group = "desk";
  queue.ring_timeout_s = 10;
  plan.acd.queues.push_back(queue);
  plan.acd.groups.push_back({"desk", "", {}, {}});
  for (int i = 0; i < agents; ++i) {
    const std::string number = std::to_string(1001 + i);
    plan.stations.push_back(number);
    plan.acd.agents.push_back({number, "Agent " + number, "", {"desk"}, number});
  }
  return plan;
}

} // namespace tl::scenario
