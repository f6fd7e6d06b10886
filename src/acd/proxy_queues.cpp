// SPDX-License-Identifier: Apache-2.0
// Groups and queues (TAPI 2.2), asked on any line that the ACD serves.
#include "acd/adapter.hpp"
#include "acd/proxy.hpp"

namespace tl::acd {

GroupIndex Adapter::group_of(const telephony::GroupId& id) const {
  for (GroupIndex i = 0; i < group_ids_.size(); ++i)
    if (group_ids_[i] == id) return i;
  return nobody;
}

LONG Adapter::serve_queues(LINEPROXYREQUEST& request) {
  switch (request.dwRequestType) {
  case LINEPROXYREQUEST_GETGROUPLIST: {
    std::vector<telephony::AgentGroup> all;
    for (const Group& group : core_->groups()) all.push_back({group_ids_[group.index], group.name});
    return telephony::fill(request.GetGroupList.GroupList, all);
  }
  case LINEPROXYREQUEST_GETQUEUELIST: {
    const GroupIndex group = group_of(telephony::from_guid(request.GetQueueList.GroupID));
    if (group == nobody) return LINEERR_INVALPARAM;
    std::vector<telephony::QueueEntry> found;
    for (QueueIndex queue : core_->groups()[group].queues)
      if (queues_[queue]) found.push_back({queue + 1, core_->queues()[queue].config.name});
    return telephony::fill(request.GetQueueList.QueueList, found);
  }
  case LINEPROXYREQUEST_GETQUEUEINFO: {
    const DWORD id = request.GetQueueInfo.dwQueueID;
    if (id == 0 || id > core_->queues().size()) return LINEERR_INVALPARAM;
    return telephony::fill(request.GetQueueInfo.QueueInfo, queue_info(id - 1));
  }
  case LINEPROXYREQUEST_SETQUEUEMEASUREMENTPERIOD: {
    const auto& wanted = request.SetQueueMeasurementPeriod;
    if (wanted.dwQueueID == 0 || wanted.dwQueueID > core_->queues().size() || wanted.dwMeasurementPeriod == 0)
      return LINEERR_INVALPARAM;
    statistics_.set_period_s(wanted.dwQueueID - 1, wanted.dwMeasurementPeriod);
    return 0;
  }
  default: return LINEERR_OPERATIONUNAVAIL;
  }
}

telephony::QueueInfo Adapter::queue_info(QueueIndex queue) const {
  const QueueWindow window = statistics_.window(queue, loop_.now());
  telephony::QueueInfo info;
  info.measurement_period = statistics_.period_s(queue);
  info.queued = static_cast<DWORD>(window.queued);
  info.waiting = static_cast<DWORD>(core_->queues()[queue].waiting());
  info.abandoned = static_cast<DWORD>(window.abandoned);
  info.flowed_in = static_cast<DWORD>(window.flowed_in);
  info.flowed_out = static_cast<DWORD>(window.flowed_out);
  info.longest_ever_wait = whole_seconds(statistics_.queue(queue).longest);
  const Time oldest = core_->oldest_wait(queue);
  info.longest_wait = oldest == Time::max() ? 0 : whole_seconds(loop_.now() - oldest);
  info.average_wait =
      window.ended ? whole_seconds(window.waited / static_cast<std::int64_t>(window.ended)) : 0;
  info.final_disposition = static_cast<DWORD>(window.at_end);
  return info;
}

} // namespace tl::acd
