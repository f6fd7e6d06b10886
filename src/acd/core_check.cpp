// SPDX-License-Identifier: Apache-2.0
// What must hold between any two facts; tests call it after each.
#include <algorithm>

#include <fmt/format.h>

#include "acd/core.hpp"

namespace tl::acd {
namespace {

void check_agent(const Agent& agent, const Station* station) {
  TL_CHECK(agent.listed == can_take_call(agent, station),
           fmt::format("agent {} listed {}", agent.config.id, agent.listed));
  TL_CHECK(agent.announced == agent_state(agent, station), agent.config.id);
  TL_CHECK((agent.call != nullptr) == (agent.offer != OfferState::ended), agent.config.id);
  TL_CHECK(!agent.call ||
           (agent.call->agent == agent.index && agent.call->state == QueuedCall::State::offered));
  const bool leased = agent.offer != OfferState::ended && agent.offer != OfferState::talking;
  TL_CHECK(agent.offer_timer.running() == leased,
           fmt::format("agent {}: {}", agent.config.id, to_string(agent.offer)));
  TL_CHECK(!station || station->agent == agent.index);
  TL_CHECK(agent.pause != Agent::Pause::rest || agent.pause_timer.running());
  TL_CHECK(agent.pause != Agent::Pause::none || !agent.pause_timer.running());
  for (const Member& member : agent.members)
    TL_CHECK(member.ready.linked == (agent.listed && member.takes_calls()), agent.config.id);
  const bool working = std::any_of(agent.members.begin(), agent.members.end(),
                                   [](const Member& member) { return member.joined(); });
  TL_CHECK(working == (station != nullptr), agent.config.id);
  TL_CHECK(!station || agent.handle != 0, agent.config.id);
  TL_CHECK(!agent.call || member_of(agent, agent.call->group)->joined(), agent.config.id);
  for (const Member& member : agent.members)
    TL_CHECK(!member.ending || agent.leaving || (agent.call && agent.call->group == member.group),
             agent.config.id);
}

template <class L, class Less> void check_order(const L& list, Less later) {
  for (auto* p = list.first(); p && L::next(*p); p = L::next(*p)) TL_CHECK(!later(*p, *L::next(*p)));
}

} // namespace

void Core::check() const {
  for (const Agent& agent : agents_) check_agent(agent, station_of(agent));
  std::vector<std::uint32_t> waiting(queues_.size());
  std::size_t listed = 0;
  for (const auto& [id, call] : calls_) {
    TL_CHECK(id == call.call_id);
    const bool talking = call.agent != nobody && agents_[call.agent].offer == OfferState::talking;
    if (!talking) ++waiting[call.queue];
    if (call.state == QueuedCall::State::waiting) ++listed;
    TL_CHECK((call.state == QueuedCall::State::waiting) == call.place.linked, fmt::format("call {}", id));
    TL_CHECK(call.state != QueuedCall::State::waiting || call.at_queue,
             fmt::format("call {} waits nowhere", id));
    TL_CHECK((call.state == QueuedCall::State::offered) == (call.agent != nobody),
             fmt::format("call {}", id));
    TL_CHECK(call.agent == nobody || agents_[call.agent].call == &call, fmt::format("call {}", id));
    const bool timed =
        call.state == QueuedCall::State::resting || call.state == QueuedCall::State::overflowing;
    TL_CHECK(!timed || call.timer.running(), fmt::format("call {} would rest for ever", id));
  }
  for (const Queue& queue : queues_) TL_CHECK(queue.waiting() == waiting[queue.index], queue.config.name);
  for (const Group& group : groups_) {
    listed -= group.calls.size();
    check_order(group.calls, [](const QueuedCall& a, const QueuedCall& b) {
      return a.joined > b.joined || (a.joined == b.joined && a.order > b.order);
    });
    check_order(group.ready, [](const Member& a, const Member& b) {
      return a.agent->idle_since > b.agent->idle_since ||
             (a.agent->idle_since == b.agent->idle_since && a.agent->idle_order > b.agent->idle_order);
    });
    TL_CHECK(group.dirty.linked || group.calls.empty() || group.ready.empty(), group.name);
  }
  TL_CHECK(listed == 0);
  TL_CHECK(dirty_.empty() || match_timer_.running());
}

} // namespace tl::acd
