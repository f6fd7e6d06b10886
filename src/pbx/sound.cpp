// SPDX-License-Identifier: Apache-2.0
// Who hears what. It follows from the states of the two connections alone, so it is computed anew after each
// change, and legs are told only what differs from what they were told last.
#include "base/check.hpp"
#include "pbx/switch.hpp"

namespace tl::pbx {
bool talks(const Connection& connection) {
  const Attachment* const attachment = connection.attachment;
  return attachment != nullptr && attachment->answered && attachment->active == &connection &&
         connection.state == LINECALLSTATE_CONNECTED;
}

namespace {

Treatment treatment_of(DWORD id, const Device* queue) {
  using Kind = Treatment::Kind;
  switch (id) {
  case LINECALLTREATMENT_RINGBACK: return {Kind::ringback, ""};
  case LINECALLTREATMENT_BUSY: return {Kind::busy, ""};
  case LINECALLTREATMENT_MUSIC: return {Kind::music, queue != nullptr ? queue->music : ""};
  case treatment_announcement: return {Kind::announcement, queue != nullptr ? queue->announcement : ""};
  default: return {Kind::silence, ""};
  }
}

} // namespace

void Switch::apply_sound(Call& call) {
  if (Conference* const conference = conference_of(call)) return apply_room(*conference);
  for (Connection* const one : call.side)
    if (one != nullptr && one->attachment != nullptr && one->attachment->active == one)
      sound_for(*one, one->peer());
  apply_listening(call);
}

void Switch::sound_for(Connection& connection, Connection* peer) {
  Attachment& attachment = *connection.attachment;
  if (attachment.over) return;
  if (!attachment.answered) {
    if (!attachment.inbound || attachment.ringing || peer == nullptr || !peer->alerting) return;
    attachment.ringing = true;
    attachment.leg->ring();
    return;
  }
  if (connection.state == LINECALLSTATE_BUSY) return treat(attachment, LINECALLTREATMENT_BUSY, nullptr);
  if (connection.state == LINECALLSTATE_RINGBACK)
    return treat(attachment, LINECALLTREATMENT_RINGBACK, nullptr);
  if (connection.state == LINECALLSTATE_CONNECTED && peer == nullptr && connection.call->orbit != nullptr)
    return treat(attachment, connection.call->treatment, nullptr);
  if (connection.state != LINECALLSTATE_CONNECTED || peer == nullptr)
    return treat(attachment, LINECALLTREATMENT_SILENCE, nullptr);
  if (talks(*peer)) return join(attachment, *peer->attachment);
  const bool on_hold = peer->attachment != nullptr && peer->attachment->answered;
  if (on_hold) return treat(attachment, LINECALLTREATMENT_MUSIC, nullptr);
  treat(attachment, connection.call->treatment, connection.call->queue);
}

void Switch::treat(Attachment& attachment, DWORD treatment, Device* queue) {
  if (attachment.joined == nullptr && attachment.room == 0 && attachment.heard == treatment &&
      attachment.heard_queue == queue)
    return;
  unjoin(attachment);
  attachment.heard = treatment;
  attachment.heard_queue = queue;
  attachment.leg->treat(treatment_of(treatment, queue));
}

void Switch::join(Attachment& one, Attachment& other) {
  TL_CHECK(&one != &other, "a leg is joined to itself");
  if (one.joined == &other) return;
  unjoin(one);
  unjoin(other);
  one.joined = &other;
  other.joined = &one;
  one.leg->join(*other.leg);
  if (one.device->driver != other.device->driver) other.leg->join(*one.leg);
}

// The leg, and the one it was joined to, hear nothing that is known any more.
void Switch::unjoin(Attachment& attachment) {
  attachment.heard = 0;
  attachment.room = 0;
  if (Attachment* const other = std::exchange(attachment.joined, nullptr)) other->joined = nullptr;
}

} // namespace tl::pbx
