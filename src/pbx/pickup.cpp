// SPDX-License-Identifier: Apache-2.0
// linePickup: a call that rings elsewhere, at a station or anywhere in a pickup group.
#include "pbx/switch.hpp"

namespace tl::pbx {
namespace {

// The call that has rung longest at a device, unless its caller is the one who would pick it up.
Connection* oldest_alerting(const Device& at, const Device& by, Connection* best) {
  for (Connection* one = at.first; one != nullptr; one = one->next) {
    const bool offered = one->state == LINECALLSTATE_OFFERING || one->state == LINECALLSTATE_ACCEPTED;
    if (!one->called || !offered || one->attachment == nullptr || one->attachment->answered) continue;
    const Connection* const caller = one->peer();
    if (caller == nullptr || caller->attachment == nullptr || caller->device == &by) continue;
    if (best == nullptr || one->call->id < best->call->id) best = one;
  }
  return best;
}

} // namespace

Connection* Switch::find_alerting(const Pickup& from, const Device& by) const {
  if (from.device != nullptr) return oldest_alerting(*from.device, by, nullptr);
  Connection* best = nullptr;
  for (const Device* member : *from.group)
    if (member != &by) best = oldest_alerting(*member, by, best);
  return best;
}

// Both given: the address within the group. Neither: a call waiting at the own address, which is offered on
// its own handle here and taken with lineAnswer (no LINEADDRFEATURE_PICKUPWAITING).
LONG Switch::pick_up(Device& station, const std::string* address, const std::string* group,
                     Connection*& out) {
  if (station.kind != DeviceKind::station) return LINEERR_OPERATIONUNAVAIL;
  if (address == nullptr && group == nullptr) return LINEERR_OPERATIONUNAVAIL;
  Pickup from;
  if (group != nullptr) {
    const auto found = pickup_groups_.find(*group);
    if (found == pickup_groups_.end()) return LINEERR_INVALGROUPID;
    from.group = &found->second;
  }
  if (address != nullptr) {
    from.device = resolve(*address).device;
    if (from.device == nullptr || from.device->kind != DeviceKind::station || from.device == &station)
      return LINEERR_INVALADDRESS;
    if (group != nullptr && from.device->pickup_group != *group) return LINEERR_INVALGROUPID;
  }
  const Connection* const ringing = find_alerting(from, station);
  if (ringing == nullptr) return LINEERR_OPERATIONFAILED; // nothing rings there
  if (const LONG error = may_ring_own_phone(station)) return error;
  out = &ring_own_phone(station, ringing->call->called, identity(*ringing->peer()), {});
  out->call->pickup = from;
  out->reason = LINECALLREASON_PICKUP;
  return 0;
}

} // namespace tl::pbx
