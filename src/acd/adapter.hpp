// SPDX-License-Identifier: Apache-2.0
// Between the core and telephony: lines' events become the core's facts, the core's commands become
// operations on calls. Nothing is decided here but how to say it. Private to src/acd.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "acd/core.hpp"
#include "acd/statistics.hpp"
#include "base/log.hpp"
#include "base/loop.hpp"
#include "base/result.hpp"
#include "trunkline/telephony.hpp"

namespace tl::acd {

class Adapter : public telephony::Events, public Commands, public EventSink {
public:
  Adapter(Loop& loop, Log& log, Config config, std::vector<EventSink*> sinks);
  ~Adapter() override;

  Result<void> start();
  void stop();
  const Statistics& statistics() const { return statistics_; }

  // --- telephony::Events ---
  void call_state(telephony::Call& call) override;
  void call_info(telephony::Call& call, DWORD items) override;
  void line_state(telephony::Address& address, DWORD state, DWORD, DWORD) override;
  void line_created(telephony::Address& address) override;
  void line_closed(telephony::Address& address) override;
  void proxy_request(telephony::Address& address, LINEPROXYREQUEST& request) override;
  void lost() override;

  // --- EventSink: whose figures changed ---
  void event(const Event& event) override;

  // --- Commands ---
  void offer(std::uint32_t call_id, StationIndex station, std::uint32_t request) override;
  void recall(std::uint32_t call_id, StationIndex station, QueueIndex queue, std::uint32_t request) override;
  void overflow(std::uint32_t call_id, QueueIndex queue, const std::string& to,
                std::uint32_t request) override;
  void agent_changed(AgentIndex agent, StationIndex station) override;

private:
  // What one open line is to the ACD.
  struct Line {
    enum class Role : std::uint8_t { route_point, queue, station } role;
    std::uint32_t index; // QueueIndex, or StationIndex
    telephony::Address* address;
  };
  // A call at a route point that the switch would not yet take on.
  struct Retry {
    Time when;
    HCALL call;
    int tries;
  };

  // adapter_start.cpp
  Result<void> open_lines();
  Result<void> open_line(telephony::Address& address, Line::Role role, std::uint32_t index);
  Result<void> open_numbered(const std::string& number, Line::Role role, std::uint32_t index,
                             const std::string& what);
  void open_station(telephony::Address& address);
  Result<void> load_group_ids();
  void release_calls();

  // adapter_calls.cpp
  void route_point_call(const Line& line, telephony::Call& call);
  void route(telephony::Call& call, QueueIndex queue, int tries);
  void route_again();
  void queue_call(const Line& line, telephony::Call& call);
  void station_call(const Line& line, telephony::Call& call);
  bool is_other_queue(const std::string& number, QueueIndex queue) const;

  // adapter_commands.cpp
  telephony::Call* queue_call(std::uint32_t call_id) const;
  telephony::Call* station_call(std::uint32_t call_id, StationIndex station) const;
  // Runs it after the present handler, unless the adapter is gone by then.
  void later(Task task);

  // proxy.cpp
  LONG serve(const Line& line, LINEPROXYREQUEST& request);
  LONG serve_agent(StationIndex station, LINEPROXYREQUEST& request);
  LONG agent_caps(const Line& line, LINEPROXYREQUEST& request);
  LONG set_agent_group(StationIndex station, LINEPROXYREQUEST& request);
  LONG set_agent_state(StationIndex station, DWORD state, DWORD next);
  LONG agent_specific(StationIndex station, LINEPROXYREQUEST& request);
  LONG say_who(StationIndex station, LINEPROXYREQUEST& request) const;
  telephony::AgentStatus status_of(StationIndex station) const;
  std::vector<telephony::AgentGroup> groups_for(StationIndex station) const;

  // proxy_agents.cpp
  LONG create_agent(StationIndex station, LINEPROXYREQUEST& request);
  LONG create_session(StationIndex station, LINEPROXYREQUEST& request);
  LONG serve_object(LINEPROXYREQUEST& request);
  LONG serve_session(LINEPROXYREQUEST& request);
  LONG release_session(std::uint32_t session, DWORD state);
  DWORD state_ex(AgentIndex agent) const; // LINEAGENTSTATEEX_
  telephony::AgentInfo agent_info(AgentIndex agent) const;
  telephony::AgentSessionInfo session_info(std::uint32_t session) const;

  // proxy_queues.cpp
  GroupIndex group_of(const telephony::GroupId& id) const; // or nobody
  LONG serve_queues(LINEPROXYREQUEST& request);
  telephony::QueueInfo queue_info(QueueIndex queue) const;

  // tell.cpp. What was told last is kept for telling changes only.
  struct ToldAgent {
    std::uint32_t handle = 0;
    DWORD state = 0;                         // LINEAGENTSTATEEX_
    std::map<std::uint32_t, DWORD> sessions; // LINEAGENTSESSIONSTATE_ of those at work
    std::vector<std::uint32_t> ended;        // not yet released
  };
  void say(StationIndex station, DWORD message, DWORD p1, DWORD p2, DWORD p3);
  void tell_station(StationIndex station);
  void tell_agent(AgentIndex agent);
  void tell_sessions(const Agent& agent, ToldAgent& told);
  void tell_groups();
  void tell_queue_list(QueueIndex queue, DWORD items);
  void note_queue(QueueIndex queue);
  void note_agent(AgentIndex agent, std::uint32_t session);
  void tell_figures();

  Loop& loop_;
  Log& log_;
  std::string handler_name_ = "Trunkline ACD";
  telephony::GroupId handler_id_{}; // ProxyGUID
  Statistics statistics_;
  std::unique_ptr<Core> core_; // gone after stop(), and its timers with it
  std::unique_ptr<telephony::Telephony> telephony_;
  std::vector<std::unique_ptr<Line>> lines_;
  std::vector<telephony::Address*> stations_; // by StationIndex; null when the switch has no such station
  std::vector<telephony::GroupId> group_ids_; // by GroupIndex
  std::unordered_map<std::uint32_t, HCALL> at_queue_; // by call id: the live handle at a queue device
  bool adopting_ = false; // taking over calls that were there before: their time of coming is the switch's
  std::vector<telephony::Address*> queues_; // by QueueIndex
  std::vector<QueueIndex> changed_;         // queues whose figures are to be told
  std::vector<bool> changed_set_;
  std::map<AgentIndex, std::set<std::uint32_t>> changed_agents_; // and agents, with the sessions concerned
  std::vector<telephony::AgentStatus> told_stations_;
  std::unordered_map<AgentIndex, ToldAgent> told_agents_;
  Timer tell_timer_;
  std::deque<Retry> retries_;
  Timer retry_timer_;
  std::shared_ptr<Adapter*> alive_; // for later()
};

} // namespace tl::acd
