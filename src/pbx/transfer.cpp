// SPDX-License-Identifier: Apache-2.0
// Consultation and its end: lineSetupTransfer, lineCompleteTransfer, and hanging up during a consultation.
#include <algorithm>

#include "base/check.hpp"
#include "pbx/switch.hpp"

namespace tl::pbx {

// The consultation call uses the leg of the call it holds.
LONG Switch::consult(Connection& held, const tsp::CallOptions& options, Connection*& out) {
  Device& station = *held.device;
  if (station.kind != DeviceKind::station) return LINEERR_OPERATIONUNAVAIL;
  if (held.state != LINECALLSTATE_CONNECTED) return LINEERR_INVALCALLSTATE;
  if (held.conference != nullptr) return LINEERR_OPERATIONUNAVAIL; // a conference is transferred to nobody
  if (!options.target_address.empty() && !can_be_dialled(options.target_address))
    return LINEERR_INVALCALLPARAMS;
  if (const LONG error = may_consult(held, options)) return error;
  if (live_calls_ >= calls_max_) return LINEERR_RESOURCEUNAVAIL;
  out = &new_consultation(station, options, *held.call);
  held.attachment->add(*out);
  return 0;
}

// After the reply: both calls show their new states.
void Switch::consult_started(Connection& held, Connection& consultation, const std::string& destination) {
  step(held, Event::hold_for_transfer);
  report_state(consultation);
  apply_sound(*held.call);
  apply_sound(*consultation.call);
  if (destination.empty()) return;
  consultation.call->called = destination;
  dial_now(consultation);
}

LONG Switch::complete_transfer(tsp::Request* request, Connection& held, Connection& consultation) {
  if (held.device != consultation.device || held.device->kind != DeviceKind::station)
    return LINEERR_INVALCALLSTATE;
  if (held.conference != nullptr)
    return LINEERR_INVALCALLSTATE; // one that goes on until it has a second member
  const bool first = held.state == LINECALLSTATE_ONHOLDPENDTRANSFER || held.state == LINECALLSTATE_ONHOLD;
  // A phone that asks (REFER with Replaces) may have its calls in any order of holding.
  const bool by_phone = request == nullptr && held.state == LINECALLSTATE_CONNECTED;
  const bool second = consultation.state == LINECALLSTATE_CONNECTED ||
                      consultation.state == LINECALLSTATE_RINGBACK ||
                      consultation.state == LINECALLSTATE_PROCEEDING ||
                      (request == nullptr && consultation.state == LINECALLSTATE_ONHOLD);
  if (!(first || by_phone) || !second) return LINEERR_INVALCALLSTATE;
  const Connection* const one = held.peer();
  const Connection* const other = consultation.peer();
  if (one == nullptr || other == nullptr || held.call == consultation.call) return LINEERR_INVALCALLSTATE;
  // Somebody must be there to hear: two queues, or a ringing phone and a queue, cannot be joined.
  if (!one->hears() && !other->hears()) return LINEERR_INVALCALLSTATE;
  if (one->conference != nullptr && other->conference != nullptr) return LINEERR_INVALCALLSTATE;
  // A phone that both calls lead to cannot be joined with itself.
  if (one->device == other->device && one->device->kind == DeviceKind::station) return LINEERR_INVALCALLSTATE;
  if (request != nullptr) request->complete();
  merge(held, consultation);
  return 0;
}

bool Switch::transfer_on_hook(Attachment& attachment) {
  for (std::size_t i = 0; i < 2; ++i) {
    Connection& held = *attachment.connections[i];
    Connection& consultation = *attachment.connections[1 - i];
    const bool rings_or_talks =
        consultation.state == LINECALLSTATE_CONNECTED || consultation.state == LINECALLSTATE_RINGBACK;
    if (held.state == LINECALLSTATE_ONHOLDPENDTRANSFER && rings_or_talks)
      return complete_transfer(nullptr, held, consultation) == 0;
  }
  return false;
}

// Makes a connection one of another call's; its handle stays.
void Switch::move_to(Call& call, Connection& connection) {
  Call& from = *connection.call;
  const auto found = std::find_if(from.connections.begin(), from.connections.end(),
                                  [&](const auto& one) { return one.get() == &connection; });
  TL_CHECK(found != from.connections.end(), "a transferred party is not in its call");
  call.connections.push_back(std::move(*found));
  from.connections.erase(found);
  connection.call = &call;
  if (!from.connections.empty()) return;
  dead_calls_.splice(dead_calls_.end(), calls_, from.self);
  sweep_later();
}

// The far party of the consultation takes the transferring station's place in the held call.
void Switch::merge(Connection& held, Connection& consultation) {
  Call& call = *held.call;
  Call& second = *consultation.call;
  Connection& stays = *held.peer();
  Connection& moves = *consultation.peer();
  // Side 0 is somebody who hears; a ringing phone, a route point or a queue is side 1.
  const bool stays_hears = stays.hears();
  Connection& first = stays_hears ? stays : moves;
  Connection& destination = stays_hears ? moves : stays;
  const bool first_called = call.side[0] == &first;
  held.redirection = consultation.redirection = identity(moves).number;
  report_info(held, LINECALLINFOSTATE_REDIRECTIONID);

  if (second.timer.running()) call.timer.start_at(second.timer.due()); // who rings goes on ringing
  second.timer.stop();
  leave_orbit(call);
  leave_orbit(second);
  second.side = {}; // without its party the consultation call is over
  --live_calls_;
  call.side = {&stays, nullptr};
  const std::string from = held.device->number;
  end(held, Event::leave, 0, Cause::normal);
  end(consultation, Event::leave, 0, Cause::normal);

  if (moves.device->kind == DeviceKind::queue || stays.device->kind != DeviceKind::queue) {
    call.queue = second.queue;
    call.treatment = second.treatment;
  }
  move_to(call, moves);
  call.side = {&first, &destination};
  moves.redirecting = from;
  moves.reason = LINECALLREASON_TRANSFER;
  if (!first_called) {
    call.caller = identity(first);
    call.called = identity(destination).number;
  }
  report_info(stays, LINECALLINFOSTATE_CONNECTEDID);
  report_info(moves, LINECALLINFOSTATE_CALLID | LINECALLINFOSTATE_REASON | LINECALLINFOSTATE_CALLERID |
                         LINECALLINFOSTATE_REDIRECTINGID | LINECALLINFOSTATE_CONNECTEDID);
  apply_sound(call);
}

} // namespace tl::pbx
