// SPDX-License-Identifier: Apache-2.0
// TAPI's operations on calls: make, dial, accept, answer, drop, hold, treatment, call data.
#include "base/check.hpp"
#include "pbx/switch.hpp"

namespace tl::pbx {

// Click to dial: the station's own phone rings first, then the destination.
LONG Switch::originate(Device& station, const std::string& destination, bool partial,
                       const tsp::CallOptions& options, Connection*& out) {
  if (station.kind != DeviceKind::station) return LINEERR_OPERATIONUNAVAIL;
  if (!partial && !destination.empty() && !can_be_dialled(destination)) return LINEERR_INVALADDRESS;
  if (options.call_data.size() > call_data_bytes_max) return LINEERR_INVALCALLPARAMS;
  if (const LONG error = may_ring_own_phone(station)) return error;
  out = &ring_own_phone(station, destination, {destination.empty() ? station.number : destination, ""},
                        options);
  out->call->partial = partial;
  return 0;
}

LONG Switch::may_ring_own_phone(const Device& station) const {
  if (!station.reachable || live_calls_ >= calls_max_) return LINEERR_RESOURCEUNAVAIL;
  return station.live() >= station.calls_max ? LINEERR_CALLUNAVAIL : 0;
}

Connection& Switch::ring_own_phone(Device& station, const std::string& called, const Party& shown,
                                   const tsp::CallOptions& options) {
  Call& call = new_call();
  call.called = called;
  call.caller = {station.number, station.name};
  call.no_answer = std::chrono::seconds(options.no_answer_timeout_s);
  call.data.assign(reinterpret_cast<const char*>(options.call_data.data()), options.call_data.size());
  const DWORD state = called.empty() ? LINECALLSTATE_DIALTONE : LINECALLSTATE_DIALING;
  Connection& connection =
      connect_device(call, 0, station, state, LINECALLORIGIN_OUTBOUND, LINECALLREASON_DIRECT);
  if (state == LINECALLSTATE_DIALTONE) connection.mode = LINEDIALTONEMODE_INTERNAL;
  place(connection, Destination{Destination::Kind::station, station.number, station.number, shown});
  start_ringing(call);
  return connection;
}

LONG Switch::dial(tsp::Request& request, Connection& connection, const std::string& digits, bool partial) {
  Call& call = *connection.call;
  const bool collects = connection.state == LINECALLSTATE_DIALTONE ||
                        (connection.state == LINECALLSTATE_DIALING && call.partial);
  if (!collects) return LINEERR_INVALCALLSTATE;
  const std::string number = call.called + digits;
  if (number.size() > number_bytes_max) return LINEERR_INVALADDRESS;
  if (!partial && !can_be_dialled(number)) return LINEERR_INVALADDRESS;
  request.complete();
  call.called = number;
  call.partial = partial;
  report_info(connection, LINECALLINFOSTATE_CALLEDID);
  if (!partial && connection.attachment->answered)
    dial_now(connection);
  else if (!number.empty())
    step(connection, Event::collect);
  return 0;
}

LONG Switch::accept(tsp::Request& request, Connection& connection) {
  if (!connection.called || connection.device->kind == DeviceKind::queue) return LINEERR_INVALCALLSTATE;
  if (!next_state(connection.state, Event::accept)) return LINEERR_INVALCALLSTATE;
  request.complete();
  step(connection, Event::accept);
  return 0;
}

void Switch::answer(tsp::Request request, Connection& connection) {
  if (connection.device->kind != DeviceKind::station) return request.fail(LINEERR_OPERATIONUNAVAIL);
  const bool offered =
      connection.state == LINECALLSTATE_OFFERING || connection.state == LINECALLSTATE_ACCEPTED;
  if (!connection.called || !offered || connection.pending) return request.fail(LINEERR_INVALCALLSTATE);
  connection.pending = std::move(request);
  connection.attachment->leg->request_answer();
}

LONG Switch::drop(tsp::Request& request, Connection& connection) {
  if (connection.state == LINECALLSTATE_IDLE) return LINEERR_INVALCALLSTATE;
  request.complete();
  if (!connection.live()) {
    step(connection, Event::leave);
    detach(connection, Cause::normal);
    return 0;
  }
  const bool unanswered = connection.attachment != nullptr && !connection.attachment->answered;
  if (unanswered && connection.called)
    refused(connection, Cause::rejected); // turning a call down is what a phone does that refuses it
  else
    release(connection, connection.called && connection.state == LINECALLSTATE_OFFERING ? Cause::rejected
                                                                                        : Cause::normal);
  return 0;
}

LONG Switch::hold(tsp::Request* request, Connection& connection) {
  if (connection.device->kind != DeviceKind::station) return LINEERR_OPERATIONUNAVAIL;
  if (connection.state != LINECALLSTATE_CONNECTED) return LINEERR_INVALCALLSTATE;
  if (request != nullptr) request->complete();
  step(connection, Event::hold);
  apply_sound(*connection.call);
  return 0;
}

LONG Switch::unhold(tsp::Request* request, Connection& connection) {
  if (connection.state == LINECALLSTATE_CONFERENCED) return cancel_conference(request, connection);
  if (!next_state(connection.state, Event::retrieve)) return LINEERR_INVALCALLSTATE;
  if (connection.attachment == nullptr) return LINEERR_INVALCALLSTATE; // a conference that is not one yet
  if (request != nullptr) request->complete();
  Attachment& attachment = *connection.attachment;
  if (attachment.shared()) {
    Connection& other = *attachment.connections[attachment.connections[0] == &connection ? 1 : 0];
    if (connection.conference != nullptr && connection.conference->parent == &other) {
      step(other, Event::hold_for_conference); // the consultation call again, not the conference
      attachment.active = &connection;
    } else if (other.live()) { // the consultation call is over [nf-tapi-lineunhold]
      release(other, Cause::normal);
    } else {
      step(other, Event::leave);
      detach(other, Cause::normal);
    }
  }
  step(connection, Event::retrieve);
  apply_sound(*connection.call);
  return 0;
}

LONG Switch::swap_hold(tsp::Request& request, Connection& active, Connection& held) {
  if (active.device != held.device || active.state != LINECALLSTATE_CONNECTED ||
      held.state == LINECALLSTATE_CONFERENCED || !next_state(held.state, Event::retrieve) ||
      active.attachment == nullptr || held.attachment == nullptr)
    return LINEERR_INVALCALLSTATE;
  const bool one_leg = active.attachment == held.attachment;
  const Conference* const conference = active.conference;
  // On two legs there is nothing pending about the other call: the former active one is simply held.
  Event after = Event::hold;
  if (one_leg && held.state == LINECALLSTATE_ONHOLDPENDTRANSFER) after = Event::hold_for_transfer;
  if (one_leg && conference != nullptr && conference->parent == &active) after = Event::hold_for_conference;
  if (!one_leg && held.attachment->active != &held) return LINEERR_INVALCALLSTATE;
  request.complete();
  step(active, after);
  step(held, Event::retrieve);
  held.attachment->active = &held;
  apply_sound(*active.call);
  apply_sound(*held.call);
  return 0;
}

LONG Switch::set_treatment(tsp::Request& request, Connection& connection, DWORD treatment) {
  const Device& device = *connection.device;
  if (device.kind != DeviceKind::queue) return LINEERR_OPERATIONUNAVAIL;
  if (connection.state != LINECALLSTATE_CONNECTED) return LINEERR_INVALCALLSTATE;
  const bool known = treatment >= LINECALLTREATMENT_SILENCE && treatment <= LINECALLTREATMENT_MUSIC;
  const bool announcement = treatment == treatment_announcement && !device.announcement.empty();
  if (!known && !announcement) return LINEERR_INVALPARAM;
  request.complete();
  connection.call->treatment = treatment;
  report_info(connection, LINECALLINFOSTATE_TREATMENT);
  apply_sound(*connection.call);
  return 0;
}

LONG Switch::set_data(tsp::Request& request, Connection& connection, std::span<const std::byte> data) {
  if (data.size() > call_data_bytes_max) return LINEERR_INVALPARAM;
  if (connection.state == LINECALLSTATE_IDLE) return LINEERR_INVALCALLSTATE;
  request.complete();
  Call& call = *connection.call;
  call.data.assign(reinterpret_cast<const char*>(data.data()), data.size());
  for (const auto& one : call.connections) report_info(*one, LINECALLINFOSTATE_CALLDATA);
  return 0;
}

LONG Switch::set_app_specific(Connection& connection, DWORD value) {
  connection.app_specific = value;
  report_info(connection, LINECALLINFOSTATE_APPSPECIFIC);
  return 0;
}

} // namespace tl::pbx
