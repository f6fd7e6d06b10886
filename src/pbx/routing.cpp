// SPDX-License-Identifier: Apache-2.0
// Where calls go: to stations, out on trunks, to route points and queues, back from a phone that refuses, and
// on by lineRedirect and lineBlindTransfer (docs/architecture.md, "The model of a queued call").
#include "base/check.hpp"
#include "pbx/switch.hpp"

namespace tl::pbx {
namespace {

LONG error_of(Cause cause) {
  switch (cause) {
  case Cause::bad_address: return LINEERR_INVALADDRESS;
  case Cause::unreachable: return LINEERR_OPERATIONFAILED;
  default: return LINEERR_RESOURCEUNAVAIL;
  }
}

DWORD inbound_origin(const Call& call) {
  const Connection* const caller = call.side[0];
  return caller != nullptr && caller->device->kind == DeviceKind::trunk ? LINECALLORIGIN_EXTERNAL
                                                                        : LINECALLORIGIN_INTERNAL;
}

} // namespace

// Why a call cannot even begin its way there; nothing when it can.
std::optional<Cause> Switch::admit(const Target& target) const {
  if (!target) return Cause::bad_address;
  const Device& device = *target.device;
  if (!device.reachable) return Cause::unreachable;
  if (device.live() < device.calls_max) return std::nullopt;
  return device.kind == DeviceKind::station ? Cause::busy : Cause::congestion;
}

// Brings the call to its (admitted) destination, side 1.
void Switch::send(Call& call, const Target& target, DWORD reason, const std::string& redirecting) {
  Device& device = *target.device;
  switch (device.kind) {
  case DeviceKind::queue: enter_queue(call, device, reason, redirecting); return;
  case DeviceKind::route_point: {
    Connection& connection = connect_device(call, 1, device, LINECALLSTATE_OFFERING, inbound_origin(call),
                                            LINECALLREASON_ROUTEREQUEST);
    connection.redirecting = redirecting;
    call.timer.start(device.default_routing);
    show(connection);
    break;
  }
  case DeviceKind::station:
  case DeviceKind::trunk: {
    const bool station = device.kind == DeviceKind::station;
    Connection& connection =
        connect_device(call, 1, device, station ? LINECALLSTATE_OFFERING : LINECALLSTATE_PROCEEDING,
                       station ? inbound_origin(call) : static_cast<DWORD>(LINECALLORIGIN_OUTBOUND), reason);
    connection.redirecting = redirecting;
    if (!station) connection.party.number = target.number;
    const auto kind = station ? Destination::Kind::station : Destination::Kind::trunk;
    place(connection, Destination{kind, device.number, target.number, call.caller});
    start_ringing(call, rings_until_forwarded(call, device));
    show(connection);
    break;
  }
  }
  apply_sound(call);
}

void Switch::start_ringing(Call& call, Duration most) {
  const Duration wanted = call.no_answer.count() > 0 ? std::min(call.no_answer, ring_max_) : ring_max_;
  call.timer.start(std::min(wanted, most));
}

// The switch itself answers the caller and treats him until he is fetched.
void Switch::enter_queue(Call& call, Device& queue, DWORD reason, const std::string& redirecting) {
  call.timer.stop();
  Connection& connection =
      connect_device(call, 1, queue, LINECALLSTATE_OFFERING, inbound_origin(call), reason);
  connection.redirecting = redirecting;
  if (call.queue != &queue)
    call.treatment = queue.default_treatment; // coming back, he goes on hearing what he heard
  call.queue = &queue;
  show(connection);
  if (Connection* const caller = connection.peer()) {
    Attachment* const attachment = caller->attachment;
    if (attachment != nullptr && !attachment->answered && attachment->inbound) {
      attachment->answered = true;
      attachment->leg->answer();
    }
    step(*caller, Event::connect);
  }
  step(connection, Event::connect);
  apply_sound(call);
  if (Connection* const caller = connection.peer()) join_by_itself(*caller);
}

// An originator with a number and a leg: on to the destination.
void Switch::dial_now(Connection& connection) {
  Call& call = *connection.call;
  step(connection, Event::proceed);
  if (fetch(connection)) return;
  const Way way = way_to(resolve(call.called), connection.device, identity(connection).number, true);
  std::optional<Cause> obstacle = way.obstacle;
  if (way.target.device == connection.device) obstacle = Cause::busy;
  if (obstacle) {
    const DWORD mode = way.do_not_disturb ? LINEDISCONNECTMODE_DONOTDISTURB : disconnect_mode(*obstacle);
    return not_through(connection, mode, *obstacle, way.do_not_disturb ? nullptr : way.target.device);
  }
  call.hops = way.hops;
  send(call, way.target, way.reason != 0 ? way.reason : LINECALLREASON_DIRECT, way.redirecting);
}

// The call came to nothing. Who made it by lineMakeCall has his phone off hook: he hears that a station is
// busy, and may complete the call otherwise; to any other the call is over.
void Switch::not_through(Connection& caller, DWORD mode, Cause cause, Device* to) {
  Attachment* const leg = caller.attachment;
  const bool waits = cause == Cause::busy && to != nullptr && to->kind == DeviceKind::station &&
                     caller.known() && leg != nullptr && leg->answered && !leg->inbound && !leg->shared() &&
                     caller.device->kind == DeviceKind::station && !caller.called;
  if (!waits || !step(caller, Event::find_busy, LINEBUSYMODE_STATION))
    return end(caller, Event::far_leaves, mode, cause);
  caller.call->busy = to;
  caller.call->timer.start(busy_tone_max);
  apply_sound(*caller.call);
}

void Switch::expired(Call& call) {
  Connection* const destination = call.side[1];
  if (destination == nullptr) {
    if (call.orbit != nullptr) return remind(call);
    // The own phone of a call made for it was not taken off hook.
    Connection* const caller = call.side[0];
    if (caller == nullptr) return;
    const bool busy = caller->state == LINECALLSTATE_BUSY;
    end(*caller, Event::far_leaves, busy ? LINEDISCONNECTMODE_BUSY : LINEDISCONNECTMODE_NOANSWER,
        busy ? Cause::busy : Cause::cancelled);
  } else if (destination->device->kind == DeviceKind::route_point) {
    route_by_default(*destination);
  } else if (destination->attachment != nullptr && !destination->attachment->answered) {
    refused(*destination, Cause::no_answer);
  }
}

// Nobody routed the call within the route point's time.
void Switch::route_by_default(Connection& route_point) {
  Device* const queue = route_point.device->default_queue;
  Call& call = *route_point.call;
  const Target target{queue, queue != nullptr ? queue->number : ""};
  if (const std::optional<Cause> obstacle = admit(target)) {
    Connection* const caller = route_point.peer();
    end(route_point, Event::leave, 0, *obstacle);
    if (caller != nullptr) end(*caller, Event::far_leaves, disconnect_mode(*obstacle), *obstacle);
    return;
  }
  const std::string from = route_point.device->number;
  route_point.redirection = queue->number;
  report_info(route_point, LINECALLINFOSTATE_REDIRECTIONID);
  end(route_point, Event::leave, 0, Cause::normal);
  send(call, target, LINECALLREASON_REDIRECT, from);
}

// A destination ended before it answered. A call that came from a queue goes back there; any other is over.
void Switch::refused(Connection& destination, Cause cause) {
  Call& call = *destination.call;
  Connection* const caller = destination.peer();
  Device* const queue = call.queue;
  const Cause to_leg = cause == Cause::no_answer ? Cause::cancelled : cause;
  if (call.orbit != nullptr && caller != nullptr) return back_to_orbit(destination, to_leg);
  if (queue != nullptr && caller != nullptr) {
    destination.redirection = queue->number;
    report_info(destination, LINECALLINFOSTATE_REDIRECTIONID);
    const std::string from = identity(destination).number;
    end(destination, Event::leave, 0, to_leg);
    enter_queue(call, *queue, forward_reason(cause), from);
    return;
  }
  const bool trunk = destination.device->kind == DeviceKind::trunk;
  if (!trunk && caller != nullptr && divert(destination, cause, to_leg)) return;
  Device* const station = destination.device;
  end(destination, trunk ? Event::far_leaves : Event::leave, trunk ? disconnect_mode(cause) : 0, to_leg);
  if (caller != nullptr) not_through(*caller, disconnect_mode(cause), cause, station);
}

// The destination answered: both parties can talk.
void Switch::joined(Connection& destination) {
  Call& call = *destination.call;
  call.timer.stop();
  leave_orbit(call);
  destination.pending.complete();
  step(destination, Event::connect);
  Connection* const caller = destination.peer();
  if (caller != nullptr) {
    Attachment* const attachment = caller->attachment;
    if (attachment != nullptr && !attachment->answered && attachment->inbound) {
      attachment->answered = true;
      attachment->leg->answer();
    }
    step(*caller, Event::connect);
    report_info(*caller, LINECALLINFOSTATE_CONNECTEDID);
  }
  report_info(destination, LINECALLINFOSTATE_CONNECTEDID);
  if (caller == nullptr || caller->device->kind != DeviceKind::queue)
    call.queue = nullptr; // nothing to go back to
  apply_sound(call);
  if (caller != nullptr) join_by_itself(*caller);
  if (destination.completion != nullptr) completed(destination);
}

// lineRedirect and lineBlindTransfer, by TAPI (with a request) or by the phone's own key.
LONG Switch::move(tsp::Request* request, Connection& connection, const std::string& destination,
                  DWORD reason) {
  Call& call = *connection.call;
  Connection* const rest = connection.peer();
  if (rest == nullptr) return LINEERR_INVALCALLSTATE;
  // Who stays must be a caller or somebody who talks: a phone that still rings cannot be sent on.
  const bool calls = rest->attachment != nullptr && rest->attachment->inbound;
  if (!rest->hears() && !calls) return LINEERR_INVALCALLSTATE;
  const Target target = resolve(destination);
  if (!target || target.device == connection.device) return LINEERR_INVALADDRESS;
  if (target.device == rest->device && rest->device->kind == DeviceKind::station) return LINEERR_INVALADDRESS;
  const Way way = way_to(target, rest->device, identity(*rest).number, call.queue == nullptr);
  if (way.obstacle) return error_of(*way.obstacle);
  if (request != nullptr) request->complete();

  const bool was_talking = connection.device->has_legs() && connection.attachment->answered;
  const bool was_caller = call.side[0] == &connection;
  const std::string from = identity(connection).number;
  connection.redirection = way.target.number;
  report_info(connection, LINECALLINFOSTATE_REDIRECTIONID);
  end(connection, Event::leave, 0, was_talking ? Cause::normal : Cause::cancelled);
  if (was_caller) { // who stays is the one the call is about
    call.side = {rest, nullptr};
    call.caller = identity(*rest);
    call.called = target.number;
  }
  leave_orbit(call);
  if (was_talking) {
    call.queue = nullptr;
    call.treatment = LINECALLTREATMENT_RINGBACK;
  }
  call.hops = way.hops;
  send(call, way.target, way.reason != 0 ? way.reason : reason, way.reason != 0 ? way.redirecting : from);
  return 0;
}

LONG Switch::redirect(tsp::Request& request, Connection& connection, const std::string& destination) {
  const bool offered = connection.called && (connection.state == LINECALLSTATE_OFFERING ||
                                             connection.state == LINECALLSTATE_ACCEPTED);
  const bool queued =
      connection.device->kind == DeviceKind::queue && connection.state == LINECALLSTATE_CONNECTED;
  if (!offered && !queued) return LINEERR_INVALCALLSTATE;
  return move(&request, connection, destination, LINECALLREASON_REDIRECT);
}

LONG Switch::blind_transfer(tsp::Request* request, Connection& connection, const std::string& destination) {
  // By the phone's own transfer key the call is usually on hold already.
  const bool held_by_key = request == nullptr && connection.state == LINECALLSTATE_ONHOLD;
  if (connection.state != LINECALLSTATE_CONNECTED && !held_by_key) return LINEERR_INVALCALLSTATE;
  if (connection.device->kind == DeviceKind::trunk) return LINEERR_OPERATIONUNAVAIL;
  if (const ParkOrbit* const place = orbit(destination); place != nullptr && can_park(connection)) {
    if (place->call != nullptr) return LINEERR_RESOURCEUNAVAIL;
    park(request, connection, destination);
    return 0;
  }
  return move(request, connection, destination, LINECALLREASON_TRANSFER);
}

} // namespace tl::pbx
