// SPDX-License-Identifier: Apache-2.0
// The whole path in one process under the virtual clock: server, pbx.tsp with simulated phones and callers,
// the TAPI library in process, the ACD, and a desk that plays the agents through the agent functions of TAPI.
// No thread, no socket; the same seed gives the same history.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "acd/acd.hpp"
#include "acd/ledger.hpp"
#include "acd/statistics.hpp"
#include "base/log.hpp"
#include "base/random.hpp"
#include "base/virtual_loop.hpp"
#include "server/server.hpp"
#include "trunkline/telephony.hpp"

namespace tl::scenario {

// What a site is made of; the switch's part and the ACD's part of it are derived.
struct Plan {
  std::vector<std::string> stations; // numbers; each the place of an agent of the same id
  std::vector<std::string> trunks = {"outside"};
  acd::Config acd;
  // A station that is nobody's queue: where overflow goes.
  std::vector<std::string> extras;
};

// An event as it was, with texts of its own.
struct Seen {
  Time time{};
  acd::EventType type{};
  acd::EventCause cause{};
  std::uint32_t call_id = 0;
  DWORD agent_state = 0;
  std::string queue, agent, caller;
};

class Recorder final : public acd::EventSink {
public:
  void event(const acd::Event& event) override;
  std::vector<Seen> seen;
  bool keep = true; // off for long runs: the ledger's hash is enough
};

class World : public telephony::Events {
public:
  explicit World(Plan plan, bool keep_events = true);
  ~World() override;

  // A simulated device obeys (src/pbx/sim/README.md): stations by number, trunks by name.
  void command(const std::string& device, const std::string& json);
  void caller(const std::string& from, const std::string& to, Duration patience, Duration talk);
  void log_in(const std::string& station);
  void log_out(const std::string& station);
  void set_state(const std::string& station, DWORD state); // LINEAGENTSTATE_
  // As lineGetAgentStatus answers; lets the present moment pass.
  telephony::AgentStatus agent(const std::string& station);
  telephony::QueueInfo queue(const std::string& name);

  // Unloads the provider and loads it again; the desk opens its new lines.
  void reload_switch();

  void run_for(Duration span) { loop.run_for(span); }
  void run_until(Duration since_start) { loop.run_until(start + since_start); }
  Duration elapsed() const { return loop.now() - start; }
  int count(acd::EventType type) const;

  // Prints the events kept; by itself when a test has failed.
  void tell_history() const;
  // Nothing is left over when the last caller is gone: no call in the server, nobody busy.
  void expect_quiet();

  VirtualLoop loop;
  const Time start = loop.now();
  StderrLog log;
  acd::Ledger ledger;
  Recorder recorder;
  std::unique_ptr<server::Server> server;
  std::unique_ptr<acd::Acd> acd;
  std::unique_ptr<telephony::Telephony> desk;
  std::vector<std::string> errors; // replies that were not 0

  // Every LINE_AGENTSTATUS that reached the desk.
  void agent_status(telephony::Address& address, DWORD items, DWORD state) override;
  std::map<std::string, std::vector<DWORD>> states_told; // by station
  void queue_status(telephony::Address& address, DWORD id, DWORD items) override;
  std::map<std::string, int> queues_told; // LINE_QUEUESTATUS(UPDATEINFO), by queue number

private:
  void load_switch();
  void open_desk();
  telephony::Address& place(const std::string& device);
  telephony::Completion expect_done(std::string what);

  Plan plan_;
  std::deque<std::string> blocks_; // lineDevSpecific reads and writes them until its reply
};

// Stations 1001 .. with agents of the same ids in the group "desk", which serves the queue "support" (2900),
// reached by the route point 2000.
Plan small_site(int agents);

} // namespace tl::scenario
