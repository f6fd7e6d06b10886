// SPDX-License-Identifier: Apache-2.0
// Forwarding and do-not-disturb (lineForward). Calls that a queue offers are not forwarded: the queue decides
// what becomes of them; do-not-disturb holds for them too.
#include <algorithm>
#include <bit>

#include "pbx/switch.hpp"

namespace tl::pbx {
namespace {

// LINEFORWARDMODE_: four groups of four bits, in each: any caller, internal, external, one address.
constexpr DWORD known_modes = 0xFFFF;
constexpr DWORD specific_modes = 0x8888;
constexpr DWORD modes_of(Diversion when) {
  switch (when) {
  case Diversion::always: return 0x000F;
  case Diversion::busy: return 0xF0F0;
  case Diversion::no_answer: return 0xFF00;
  }
  return 0;
}

DWORD reason_of(Diversion when) {
  switch (when) {
  case Diversion::always: return LINECALLREASON_FWDUNCOND;
  case Diversion::busy: return LINECALLREASON_FWDBUSY;
  case Diversion::no_answer: return LINECALLREASON_FWDNOANSWER;
  }
  return LINECALLREASON_UNKNOWN;
}

// The bit of its group that a mode has.
DWORD whom(DWORD mode) {
  while (mode > 0xF) mode >>= 4;
  return mode;
}

// The instruction for this caller; the one that fits him most closely when there are several.
const Forward* match(const Device& station, Diversion when, const Device* from, const std::string& caller) {
  const bool external = from != nullptr && from->kind == DeviceKind::trunk;
  const Forward* best = nullptr;
  for (const Forward& one : station.forwards) {
    if ((one.mode & modes_of(when)) == 0) continue;
    const DWORD who = whom(one.mode);
    const bool fits =
        who == 1 || (who == 2 && !external) || (who == 4 && external) || (who == 8 && one.caller == caller);
    if (fits && (best == nullptr || who > whom(best->mode))) best = &one;
  }
  return best;
}

} // namespace

LONG Switch::forward(tsp::Request& request, Device& station, std::vector<Forward> entries, DWORD rings) {
  if (station.kind != DeviceKind::station) return LINEERR_OPERATIONUNAVAIL;
  if (entries.size() > forward_entries_max) return LINEERR_RESOURCEUNAVAIL;
  for (const Forward& one : entries) {
    if (!std::has_single_bit(one.mode) || (one.mode & known_modes) == 0) return LINEERR_INVALPARAM;
    if ((one.mode & specific_modes) != 0 && one.caller.empty()) return LINEERR_INVALPARAM;
    if (one.destination.empty()) continue;
    const Target target = resolve(one.destination);
    if (!target || target.device == &station) return LINEERR_INVALADDRESS;
  }
  request.complete();
  station.forwards = std::move(entries);
  if (rings == 0) rings = forward_rings_default;
  station.forward_rings = std::clamp(rings, forward_rings_min, forward_rings_max);
  if (station.line != nullptr && (station.address_states & LINEADDRESSSTATE_FORWARD) != 0)
    station.line->event(LINE_ADDRESSSTATE, 0, LINEADDRESSSTATE_FORWARD);
  return 0;
}

// Where a call to `target` really goes, or why it goes nowhere.
Switch::Way Switch::way_to(Target target, const Device* from, const std::string& caller,
                           bool forwards) const {
  Way way;
  way.target = std::move(target);
  for (;;) {
    way.obstacle = admit(way.target);
    const Device* const station = way.target.device;
    if (station == nullptr || station->kind != DeviceKind::station) return way;
    Diversion when = Diversion::always;
    const Forward* found = match(*station, when, from, caller);
    if (found == nullptr && way.obstacle) {
      when = *way.obstacle == Cause::busy ? Diversion::busy : Diversion::no_answer;
      found = match(*station, when, from, caller);
    }
    if (found == nullptr) return way;
    if (found->destination.empty()) {
      way.obstacle = Cause::busy;
      way.do_not_disturb = true;
      return way;
    }
    if (!forwards) return way;
    Target next = resolve(found->destination);
    if (++way.hops > forward_hops_max || (next.device == from && from->kind == DeviceKind::station)) {
      way.obstacle = Cause::busy;
      return way;
    }
    way.redirecting = station->number;
    way.reason = reason_of(when);
    way.target = std::move(next);
  }
}

// A station refused the call or let it ring: on to where it is forwarded then.
bool Switch::divert(Connection& destination, Cause cause, Cause to_leg) {
  Call& call = *destination.call;
  const bool busy = cause == Cause::busy || cause == Cause::rejected;
  if (!busy && cause != Cause::no_answer && cause != Cause::unreachable) return false;
  const Diversion when = busy ? Diversion::busy : Diversion::no_answer;
  const Connection& caller = *destination.peer();
  const std::string number = identity(caller).number;
  const Forward* const found = match(*destination.device, when, caller.device, number);
  if (found == nullptr || found->destination.empty() || call.hops >= forward_hops_max) return false;
  Target next = resolve(found->destination);
  if (next.device == caller.device && caller.device->kind == DeviceKind::station) return false;
  const Way way = way_to(std::move(next), caller.device, number, true);
  if (way.obstacle) return false;
  call.hops += way.hops + 1;
  const std::string from = way.redirecting.empty() ? destination.device->number : way.redirecting;
  destination.redirection = way.target.number;
  report_info(destination, LINECALLINFOSTATE_REDIRECTIONID);
  end(destination, Event::leave, 0, to_leg);
  send(call, way.target, way.reason != 0 ? way.reason : reason_of(when), from);
  return true;
}

// How long a station rings before the call is forwarded; no limit without such an instruction.
Duration Switch::rings_until_forwarded(const Call& call, const Device& station) const {
  const Connection* const caller = call.side[0];
  if (call.queue != nullptr || call.orbit != nullptr || caller == nullptr || station.forwards.empty())
    return Duration::max();
  const Forward* const found = match(station, Diversion::no_answer, caller->device, identity(*caller).number);
  return found == nullptr ? Duration::max() : ring_cycle * static_cast<Duration::rep>(station.forward_rings);
}

} // namespace tl::pbx
