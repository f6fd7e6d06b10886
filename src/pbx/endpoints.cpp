// SPDX-License-Identifier: Apache-2.0
// What phones and trunks do by themselves: calls that arrive, answers, hang-ups, hold and transfer keys. They
// drive the same operations as TAPI does.
#include "base/check.hpp"
#include "pbx/switch.hpp"

namespace tl::pbx {

// clang-format off
void Attachment::leg_alerting(Leg&) { if (!over) owner.alerting(*this); }
void Attachment::leg_answered(Leg&) { if (!over) owner.answered(*this); }
void Attachment::leg_answer_refused(Leg&) { if (!over) owner.answer_refused(*this); }
void Attachment::leg_ended(Leg&, Cause cause) { if (!over) owner.ended(*this, cause); }
void Attachment::leg_held(Leg&, bool held) { if (!over) owner.held_by_phone(*this, held); }
void Attachment::leg_transfer(Leg&, const std::string& target) { if (!over) owner.transferred_by_phone(*this, target); }
void Attachment::leg_transfer_to(Leg&, Leg& other) { if (!over) owner.transferred_by_phone_to(*this, other); }
void Attachment::leg_digit(Leg&, char digit, Time at) { if (!over) owner.digit(*this, digit, at); }
void Attachment::leg_digits_sent(Leg&, bool complete) { if (!over) owner.digits_sent(*this, complete); }
void Attachment::leg_tone(Leg&, std::size_t which, Time at) { if (!over) owner.tone(*this, which, at); }
// clang-format on

LegOwner* Switch::incoming(std::unique_ptr<Leg> leg, Destination::Kind from_kind,
                           const std::string& from_device, const Party& caller, const std::string& called) {
  const auto& index = from_kind == Destination::Kind::trunk ? trunks_ : numbers_;
  const auto found = index.find(from_device);
  TL_CHECK(found != index.end() && found->second->has_legs(),
           "a driver reports a call from an unknown device");
  Device& device = *found->second;
  Attachment& attachment = new_attachment(device, true);
  attachment.leg = std::move(leg);

  const Target target = resolve(called);
  const bool fetches = device.kind == DeviceKind::station && orbit(called) != nullptr;
  Way way;
  if (!fetches)
    way = way_to(target, &device, device.kind == DeviceKind::station ? device.number : caller.number, true);
  std::optional<Cause> obstacle;
  if (device.live() >= device.calls_max)
    obstacle = device.kind == DeviceKind::station ? Cause::busy : Cause::congestion;
  if (live_calls_ >= calls_max_) obstacle = Cause::congestion;
  if (!obstacle && target.device == &device) obstacle = Cause::busy; // a phone that calls itself
  if (!obstacle && !fetches) obstacle = way.obstacle;
  if (obstacle) {
    hang_up(attachment, *obstacle);
    return &attachment;
  }

  Call& call = new_call();
  const bool station = device.kind == DeviceKind::station;
  call.called = called;
  Connection& connection =
      connect_device(call, 0, device, station ? LINECALLSTATE_PROCEEDING : LINECALLSTATE_OFFERING,
                     station ? LINECALLORIGIN_OUTBOUND : LINECALLORIGIN_EXTERNAL, LINECALLREASON_DIRECT);
  if (!station) connection.party = caller;
  call.caller = identity(connection);
  attachment.add(connection);
  show(connection);
  if (fetch(connection)) return &attachment;
  call.hops = way.hops;
  send(call, way.target, way.reason != 0 ? way.reason : LINECALLREASON_DIRECT, way.redirecting);
  return &attachment;
}

void Switch::alerting(Attachment& attachment) {
  Connection* const connection = attachment.active;
  if (connection == nullptr || !connection->called || connection->alerting) return;
  connection->alerting = true;
  touch(*attachment.device);
  if (connection->device->kind == DeviceKind::trunk) step(*connection, Event::far_alerts);
  if (connection->device->kind == DeviceKind::station) start_ring_cycles(*connection->device);
  if (Connection* const caller = connection->peer()) step(*caller, Event::far_alerts);
  apply_sound(*connection->call);
}

void Switch::answered(Attachment& attachment) {
  Connection* const connection = attachment.active;
  if (connection == nullptr || attachment.answered) return;
  attachment.answered = true;
  touch(*attachment.device);
  if (connection->called) return joined(*connection);
  // The own phone of a call that TAPI made.
  connection->call->timer.stop();
  if (connection->state == LINECALLSTATE_DIALING && !connection->call->partial) return dial_now(*connection);
  apply_sound(*connection->call);
}

void Switch::answer_refused(Attachment& attachment) {
  if (attachment.active != nullptr) attachment.active->pending.fail(LINEERR_OPERATIONUNAVAIL);
}

void Switch::ended(Attachment& attachment, Cause cause) {
  attachment.over = true;
  unjoin(attachment);
  if (attachment.shared() && transfer_on_hook(attachment)) return;
  while (Connection* const connection = attachment.any()) {
    if (!connection->live()) { // a consultation whose far end went before
      step(*connection, Event::leave);
      detach(*connection, Cause::normal);
    } else if (!attachment.answered && !attachment.inbound) {
      if (connection->called)
        refused(*connection, cause);
      else
        end(*connection, Event::far_leaves, disconnect_mode(cause), cause);
    } else {
      Connection* const peer = connection->peer();
      const bool trunk = connection->device->kind == DeviceKind::trunk;
      end(*connection, trunk ? Event::far_leaves : Event::leave, trunk ? disconnect_mode(cause) : 0, cause);
      if (peer != nullptr)
        end(*peer, Event::far_leaves, disconnect_mode(cause),
            attachment.answered ? Cause::normal : Cause::cancelled);
    }
  }
}

void Switch::held_by_phone(Attachment& attachment, bool held) {
  Connection* const connection = attachment.active;
  if (connection == nullptr) return;
  if (held)
    hold(nullptr, *connection);
  else if (connection->state == LINECALLSTATE_ONHOLD)
    unhold(nullptr, *connection);
}

void Switch::transferred_by_phone(Attachment& attachment, const std::string& target) {
  Connection* const connection = attachment.active;
  if (connection == nullptr) return;
  const LONG result = blind_transfer(nullptr, *connection, target);
  if (result != 0)
    log_.info("pbx", "{} transfers to {}: {:#x}", attachment.device->number, target,
              static_cast<DWORD>(result));
}

void Switch::transferred_by_phone_to(Attachment& attachment, Leg& other) {
  Connection* const held = attachment.active;
  if (held == nullptr) return;
  // The phone's other leg is one of its few calls.
  for (Connection* one = attachment.device->first; one != nullptr; one = one->next) {
    if (one->attachment == nullptr || one->attachment->leg.get() != &other || one->attachment == &attachment)
      continue;
    complete_transfer(nullptr, *held, *one);
    return;
  }
}

} // namespace tl::pbx
