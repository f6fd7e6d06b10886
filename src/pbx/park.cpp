// SPDX-License-Identifier: Apache-2.0
// Parking: a call waits at an orbit, with music, until somebody fetches it or it comes back to who parked it
// (linePark, lineUnpark; a phone parks by transferring to an orbit and fetches by dialling it).
#include "base/check.hpp"
#include "pbx/switch.hpp"

namespace tl::pbx {

void Switch::add_orbits(const Config& config) {
  park_reminder_ = std::chrono::milliseconds(config.park_reminder_ms);
  for (const std::string& number : config.park_orbits) {
    if (numbers_.contains(number)) continue; // a device's number stays the device's
    ParkOrbit& orbit = orbits_[number];
    orbit.number = number;
    free_orbits_.insert(&orbit.number);
  }
}

ParkOrbit* Switch::orbit(const std::string& number) {
  const auto found = orbits_.find(number);
  return found == orbits_.end() ? nullptr : &found->second;
}

bool Switch::can_park(const Connection& connection) const {
  const Connection* const rest = connection.peer();
  return connection.device->kind == DeviceKind::station && !orbits_.empty() && rest != nullptr &&
         rest->attachment != nullptr && rest->attachment->answered;
}

// Where the call would be parked: `address`, or the first free orbit. Nothing is changed yet.
LONG Switch::park_place(const Connection& connection, const std::string* address, std::string& place) {
  if (connection.device->kind != DeviceKind::station || orbits_.empty()) return LINEERR_OPERATIONUNAVAIL;
  if (connection.state != LINECALLSTATE_CONNECTED || !can_park(connection)) return LINEERR_INVALCALLSTATE;
  if (address != nullptr) {
    const ParkOrbit* const wanted = orbit(*address);
    if (wanted == nullptr) return LINEERR_INVALADDRESS;
    if (wanted->call != nullptr) return LINEERR_RESOURCEUNAVAIL;
    place = *address;
    return 0;
  }
  if (free_orbits_.empty()) return LINEERR_RESOURCEUNAVAIL;
  place = **free_orbits_.begin();
  return 0;
}

void Switch::park(tsp::Request* request, Connection& connection, const std::string& place) {
  ParkOrbit& orbit = *this->orbit(place);
  TL_CHECK(orbit.call == nullptr, "an orbit is taken twice");
  Call& call = *connection.call;
  Connection& rest = *connection.peer();
  Device* const parker = connection.device;
  const bool was_caller = call.side[0] == &connection;
  if (request != nullptr) request->complete();
  connection.redirection = place;
  report_info(connection, LINECALLINFOSTATE_REDIRECTIONID);
  end(connection, Event::leave, 0, Cause::normal);
  call.side = {&rest, nullptr};
  if (was_caller) { // who stays is the one the call is about
    call.caller = identity(rest);
    call.called = place;
  }
  call.queue = nullptr;
  call.treatment = LINECALLTREATMENT_MUSIC;
  call.orbit = &orbit;
  call.parker = parker;
  call.reminders = 0;
  orbit.call = &call;
  free_orbits_.erase(&orbit.number);
  call.timer.start(park_reminder_);
  report_info(rest, LINECALLINFOSTATE_CONNECTEDID);
  apply_sound(call);
}

// The call waits there no more.
void Switch::leave_orbit(Call& call) {
  if (call.orbit == nullptr) return;
  call.orbit->call = nullptr;
  free_orbits_.insert(&call.orbit->number);
  call.orbit = nullptr;
  call.parker = nullptr;
  call.treatment = LINECALLTREATMENT_RINGBACK;
}

// Nobody fetched it: it rings where it was parked, and keeps its orbit until it is answered.
void Switch::remind(Call& call) {
  Connection& waits = *call.side[0];
  if (++call.reminders > park_reminders_max)
    return end(waits, Event::far_leaves, LINEDISCONNECTMODE_NOANSWER, Cause::no_answer);
  const Target target{call.parker, call.parker->number};
  if (call.parker == waits.device || admit(target)) return call.timer.start(park_reminder_);
  send(call, target, LINECALLREASON_REMINDER, call.orbit->number);
}

void Switch::back_to_orbit(Connection& reminder, Cause cause) {
  Call& call = *reminder.call;
  end(reminder, Event::leave, 0, cause);
  call.timer.start(park_reminder_);
  apply_sound(call);
}

LONG Switch::unpark(Device& station, const std::string& address, Connection*& out) {
  if (station.kind != DeviceKind::station || orbits_.empty()) return LINEERR_OPERATIONUNAVAIL;
  const ParkOrbit* const from = orbit(address);
  if (from == nullptr || from->call == nullptr) return LINEERR_INVALADDRESS;
  const Connection& waits = *from->call->side[0];
  if (waits.device == &station) return LINEERR_INVALADDRESS;
  if (const LONG error = may_ring_own_phone(station)) return error;
  out = &ring_own_phone(station, address, identity(waits), {});
  out->reason = LINECALLREASON_UNPARK;
  return 0;
}

// What the connection has dialled (or was made for) is a call that waits or rings elsewhere: it takes the
// place of the other party. False when it is an ordinary destination.
bool Switch::fetch(Connection& connection) {
  Call& own = *connection.call;
  if (own.pickup.device != nullptr || own.pickup.group != nullptr) {
    Connection* const ringing = find_alerting(own.pickup, *connection.device);
    if (ringing == nullptr) // answered or given up in the meantime
      end(connection, Event::far_leaves, LINEDISCONNECTMODE_CANCELLED, Cause::cancelled);
    else
      take(connection, *ringing->call, LINECALLREASON_PICKUP);
    return true;
  }
  const ParkOrbit* const from = connection.device->kind == DeviceKind::station ? orbit(own.called) : nullptr;
  if (from == nullptr) return false;
  if (from->call == nullptr)
    end(connection, Event::far_leaves, LINEDISCONNECTMODE_BADADDRESS, Cause::bad_address);
  else if (from->call->side[0]->device == connection.device) // cannot talk to itself
    end(connection, Event::far_leaves, LINEDISCONNECTMODE_BUSY, Cause::busy);
  else
    take(connection, *from->call, LINECALLREASON_UNPARK);
  return true;
}

// Makes the connection the second party of a call, in place of the phone that rings for it.
void Switch::take(Connection& connection, Call& call, DWORD reason) {
  if (Connection* const ringing = call.side[1]) {
    ringing->redirection = connection.device->number;
    report_info(*ringing, LINECALLINFOSTATE_REDIRECTIONID);
    end(*ringing, Event::leave, 0, Cause::cancelled);
  }
  TL_CHECK(call.side[0] != nullptr && call.side[1] == nullptr, "a fetched call has nobody who waits");
  Call& own = *connection.call;
  own.timer.stop();
  own.side = {}; // without its party it is over
  --live_calls_;
  move_to(call, connection);
  call.side[1] = &connection;
  connection.reason = reason;
  report_info(connection, LINECALLINFOSTATE_CALLID | LINECALLINFOSTATE_REASON | LINECALLINFOSTATE_CALLERID |
                              LINECALLINFOSTATE_CALLEDID);
  Attachment& attachment = *connection.attachment;
  if (!attachment.answered) {
    attachment.answered = true;
    attachment.leg->answer();
  }
  joined(connection);
}

} // namespace tl::pbx
