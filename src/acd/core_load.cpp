// SPDX-License-Identifier: Apache-2.0
// From configuration to tables; every reference is checked, the first wrong one is named.
#include <algorithm>

#include <fmt/format.h>

#include "acd/core.hpp"

namespace tl::acd {
namespace {

Error wrong(std::string text) {
  return Error{22 /* EINVAL */, std::move(text)};
}

// So that a handle of an earlier run is not another agent's by chance: each second of start has a range of
// its own.
std::uint32_t first_handle(Time now) {
  constexpr std::int64_t ranges = 4'096, range = 1 << 20;
  return static_cast<std::uint32_t>(
      std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count() % ranges * range);
}

} // namespace

Core::Core(Loop& loop, Config config, Commands& commands, std::vector<EventSink*> sinks)
    : loop_(loop), config_(std::move(config)), commands_(commands), sinks_(std::move(sinks)),
      next_event_(config_.first_event), last_handle_(first_handle(loop.now())),
      match_timer_(loop, [this] { match(); }) {}

Core::~Core() = default;

Result<void> Core::load() {
  if (config_.agents.size() > config_.agents_max)
    return wrong(fmt::format("{} agents: at most {} are allowed (agents_max)", config_.agents.size(),
                             config_.agents_max));
  if (auto result = load_groups(); !result) return result;
  if (auto result = load_queues(); !result) return result;
  return load_agents();
}

Result<void> Core::load_groups() {
  groups_.resize(config_.groups.size());
  for (GroupIndex i = 0; i < groups_.size(); ++i) {
    groups_[i].name = config_.groups[i].name;
    groups_[i].index = i;
    if (groups_[i].name.empty()) return wrong("a group without a name");
    if (!group_by_name_.emplace(groups_[i].name, i).second)
      return wrong(fmt::format("group \"{}\" is there twice", groups_[i].name));
  }
  return {};
}

Result<void> Core::load_queues() {
  std::unordered_map<std::string, QueueIndex> by_name;
  queues_.resize(config_.queues.size());
  for (QueueIndex i = 0; i < queues_.size(); ++i) {
    Queue& queue = queues_[i];
    queue.config = config_.queues[i];
    queue.index = i;
    if (queue.config.name.empty() || !by_name.emplace(queue.config.name, i).second)
      return wrong(fmt::format("queue \"{}\": the name is empty or there twice", queue.config.name));
    if (queue.config.overflow_after_s && queue.config.overflow_to.empty())
      return wrong(fmt::format("queue \"{}\": overflow_after_s needs overflow_to, a number of the switch",
                               queue.config.name));
    if (queue.config.ring_timeout_s == 0)
      return wrong(fmt::format("queue \"{}\": ring_timeout_s must be 1 or more", queue.config.name));
    if (queue.config.group.empty()) continue;
    auto group = group_by_name_.find(queue.config.group);
    if (group == group_by_name_.end())
      return wrong(
          fmt::format("queue \"{}\": there is no group \"{}\"", queue.config.name, queue.config.group));
    queue.group = group->second;
  }
  for (Group& group : groups_)
    for (const std::string& name : config_.groups[group.index].queues) {
      auto queue = by_name.find(name);
      if (queue == by_name.end())
        return wrong(fmt::format("group \"{}\": there is no queue \"{}\"", group.name, name));
      GroupIndex& owner = queues_[queue->second].group;
      if (owner != nobody && owner != group.index)
        return wrong(fmt::format("queue \"{}\" belongs to the groups \"{}\" and \"{}\": one is allowed", name,
                                 groups_[owner].name, group.name));
      owner = group.index;
    }
  for (Queue& queue : queues_) {
    if (queue.group == nobody)
      return wrong(fmt::format("queue \"{}\" has no group: nobody could serve it", queue.config.name));
    groups_[queue.group].queues.push_back(queue.index);
  }
  return {};
}

StationIndex Core::add_station(const std::string& number) {
  auto [entry, fresh] = station_by_number_.emplace(number, static_cast<StationIndex>(stations_.size()));
  if (fresh) stations_.emplace_back().number = number;
  return entry->second;
}

Result<void> Core::join(AgentIndex index, const std::string& name) {
  Agent& agent = agents_[index];
  auto group = group_by_name_.find(name);
  if (group == group_by_name_.end())
    return wrong(fmt::format("agent \"{}\": there is no group \"{}\"", agent.config.id, name));
  for (const Member& member : agent.members)
    if (member.group == group->second) return {};
  agent.members.push_back({.agent = &agent, .group = group->second});
  return {};
}

Result<void> Core::load_agents() {
  for (AgentIndex i = 0; i < config_.agents.size(); ++i) {
    Agent& agent = agents_.emplace_back(
        loop_, config_.agents[i], [this, i] { offer_event(agents_[i], OfferEvent::timeout); },
        [this, i] { pause_over(agents_[i]); });
    agent.index = i;
    if (agent.config.id.empty() || !agent_by_id_.emplace(agent.config.id, i).second)
      return wrong(fmt::format("agent \"{}\": the id is empty or there twice", agent.config.id));
    for (const std::string& name : agent.config.groups)
      if (auto result = join(i, name); !result) return result;
    if (agent.config.station.empty()) continue;
    Station& station = stations_[add_station(agent.config.station)];
    if (station.default_agent != nobody)
      return wrong(fmt::format("station {} is the place of the agents \"{}\" and \"{}\": one is allowed",
                               station.number, agents_[station.default_agent].config.id, agent.config.id));
    station.default_agent = i;
  }
  for (const GroupConfig& group : config_.groups)
    for (const std::string& id : group.agents) {
      auto agent = agent_by_id_.find(id);
      if (agent == agent_by_id_.end())
        return wrong(fmt::format("group \"{}\": there is no agent \"{}\"", group.name, id));
      if (auto result = join(agent->second, group.name); !result) return result;
    }
  return {};
}

StationIndex Core::station(std::string_view number) const {
  auto entry = station_by_number_.find(std::string(number));
  return entry == station_by_number_.end() ? nobody : entry->second;
}

} // namespace tl::acd
