// SPDX-License-Identifier: Apache-2.0
// Call hubs: the calls of this program by their dwCallID.
#include <algorithm>

#include "telephony/state.hpp"

namespace tl::telephony {

std::vector<CallPtr> CallHub::calls() const {
  std::vector<CallPtr> calls;
  for (Call* const call : calls_) calls.emplace_back(*call);
  return calls;
}

bool CallHub::active() const {
  return std::any_of(calls_.begin(), calls_.end(), [](const Call* call) {
    return call->state() != CallState::idle && call->state() != CallState::disconnected;
  });
}

LONG CallHub::clear() {
  LONG first = 0;
  for (const CallPtr& call : calls()) {
    if (!call->owned() || call->state() == CallState::idle) continue;
    if (const LONG result = call->drop({}); result < 0 && first == 0) first = result;
  }
  return first;
}

LONG Telephony::track_call_hubs(bool on) {
  if (!running()) return LINEERR_UNINITIALIZED;
  state_->tracking_hubs = on;
  for (const auto& address : addresses_)
    for (const CallPtr& call : address->calls())
      if (!call->gone()) on ? state_->join_hub(*call) : state_->leave_hub(*call);
  return 0;
}

std::vector<CallHub*> Telephony::call_hubs() const {
  std::vector<CallHub*> hubs;
  if (state_)
    for (const auto& [id, hub] : state_->hubs) hubs.push_back(hub.get());
  return hubs;
}

CallHub* Telephony::call_hub(DWORD call_id) const {
  if (!state_) return nullptr;
  const auto at = state_->hubs.find(call_id);
  return at == state_->hubs.end() ? nullptr : at->second.get();
}

void Telephony::State::join_hub(Call& call) {
  const DWORD id = call.call_id();
  if (call.hub_ && call.hub_->id() == id) return;
  leave_hub(call);
  if (id == 0) return; // it has none, or it cannot be read
  const auto [at, created] = hubs.try_emplace(id);
  if (created) at->second = std::make_unique<CallHub>(id);
  CallHub& hub = *at->second;
  hub.calls_.push_back(&call);
  call.hub_ = &hub;
  if (created) telephony.events_.call_hub(hub, HubEvent::created, &call);
  // The event may have released the call.
  if (call.hub_ == &hub) telephony.events_.call_hub(hub, HubEvent::call_added, &call);
}

void Telephony::State::leave_hub(Call& call) {
  CallHub* const hub = std::exchange(call.hub_, nullptr);
  if (!hub) return;
  std::erase(hub->calls_, &call);
  if (hub->size() > 0) return telephony.events_.call_hub(*hub, HubEvent::call_removed, &call);
  const auto node = hubs.extract(hub->id());
  telephony.events_.call_hub(*hub, HubEvent::call_removed, &call);
  telephony.events_.call_hub(*hub, HubEvent::idle, nullptr);
}

} // namespace tl::telephony
