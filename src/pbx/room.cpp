// SPDX-License-Identifier: Apache-2.0
// The sound of conferences. Members have no leg of their own, so who hears whom is found from the conference
// outwards: its station and the other parties of its members, and through a party that is itself a member
// elsewhere, the conference there. All of them are in one room.
#include <algorithm>

#include "pbx/switch.hpp"

namespace tl::pbx {
namespace {

bool in_conference(const Connection& connection) {
  const Conference* const conference = connection.conference;
  return conference != nullptr &&
         (connection.state == LINECALLSTATE_CONFERENCED || conference->parent == &connection);
}

} // namespace

// Of the conference one of the call's parties speaks through; null if none does.
Conference* Switch::conference_of(const Call& call) const {
  for (const Connection* const one : call.side)
    if (one != nullptr && in_conference(*one)) return one->conference;
  return nullptr;
}

Switch::Room Switch::room_of(Conference& conference) const {
  Room room;
  room.conferences.push_back(&conference);
  for (std::size_t i = 0; i < room.conferences.size(); ++i) {
    const Conference& one = *room.conferences[i];
    room.id = room.id == 0 ? one.id : std::min(room.id, one.id);
    room.present.push_back(one.parent);
    for (const Connection* const member : one.members) {
      Connection* const other = member->peer();
      if (other == nullptr) continue; // being replaced
      if (other->state != LINECALLSTATE_CONFERENCED)
        room.present.push_back(other);
      else if (std::find(room.conferences.begin(), room.conferences.end(), other->conference) ==
               room.conferences.end())
        room.conferences.push_back(other->conference);
    }
  }
  for (const Connection* const one : room.present)
    if (talks(*one)) room.talking.push_back(one->attachment);
  return room;
}

// Who would take part with this call, its own station included.
DWORD Switch::parties(const Connection& connection) const {
  if (in_conference(connection)) return static_cast<DWORD>(room_of(*connection.conference).present.size());
  const Connection* const other = connection.peer();
  if (other != nullptr && in_conference(*other)) return 1 + parties(*other);
  return 2;
}

void Switch::apply_room(Conference& conference) {
  const Room room = room_of(conference);
  for (Connection* const one : room.present)
    if (!talks(*one) && one->attachment != nullptr && one->attachment->active == one)
      sound_for(*one, one->peer());
  apply_listening(*conference.parent->call);
  switch (room.talking.size()) {
  case 0: return;
  case 1: { // alone for the moment
    const bool rings = std::any_of(room.present.begin(), room.present.end(), [](const Connection* one) {
      return one->attachment != nullptr && !one->attachment->answered && one->alerting;
    });
    return treat(*room.talking[0], rings ? LINECALLTREATMENT_RINGBACK : LINECALLTREATMENT_MUSIC, nullptr);
  }
  case 2: return join(*room.talking[0], *room.talking[1]);
  default: break;
  }
  for (Attachment* const one : room.talking) confer(*one, room.id);
}

void Switch::confer(Attachment& attachment, std::uint32_t room) {
  if (attachment.room == room) return;
  unjoin(attachment);
  attachment.room = room;
  attachment.leg->confer(room);
}

} // namespace tl::pbx
