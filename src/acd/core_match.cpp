// SPDX-License-Identifier: Apache-2.0
// Who gets which call: the longest idle agent of a group the longest waiting call of any group the agent
// serves. Groups take turns, a few offers each, so that a busy one cannot stall the others.
#include "acd/core.hpp"

namespace tl::acd {

void Core::dirty(Group& group) {
  if (group.dirty.linked || group.calls.empty() || group.ready.empty()) return;
  dirty_.insert_before(nullptr, group);
  if (!match_timer_.running()) match_timer_.start(Duration::zero());
}

void Core::match() {
  std::uint32_t left = config_.offers_per_turn_max;
  while (left > 0) {
    Group* group = dirty_.first();
    if (!group) return;
    dirty_.remove(*group);
    std::uint32_t here = config_.offers_per_group_max;
    while (here > 0 && left > 0 && match_one(*group)) --here, --left;
    if (!group->dirty.linked && !group->calls.empty() && !group->ready.empty())
      dirty_.insert_before(nullptr, *group);
  }
  if (!dirty_.empty()) match_timer_.start(std::chrono::milliseconds{1}); // other work of the loop first
}

bool Core::match_one(Group& group) {
  QueuedCall* call = group.calls.first();
  Member* member = group.ready.first();
  if (!call || !member) return false;
  Agent& agent = *member->agent;
  for (const Member& other : agent.members) {
    if (!other.takes_calls()) continue;
    QueuedCall* older = groups_[other.group].calls.first();
    if (older &&
        (older->joined < call->joined || (older->joined == call->joined && older->order < call->order)))
      call = older;
  }
  offer(*call, agent);
  return true;
}

} // namespace tl::acd
