// SPDX-License-Identifier: Apache-2.0
// Conferences: lineSetupConference, linePrepareAddToConference, lineAddToConference,
// lineRemoveFromConference, lineCompleteTransfer as a conference, and how one ends. The consultation call for
// the next member is on the parent's leg as one for a transfer is on the held call's.
#include <algorithm>

#include "base/check.hpp"
#include "pbx/switch.hpp"

namespace tl::pbx {
namespace {

bool wants_no_hold(const tsp::CallOptions& options) {
  return (options.flags & LINECALLPARAMFLAGS_NOHOLDCONFERENCE) != 0;
}

} // namespace

Conference& Switch::new_conference(Device& station, DWORD state) {
  const auto self = conferences_.emplace(conferences_.end());
  self->self = self;
  self->id = ++last_conference_id_;
  Call& call = new_call();
  call.caller = {station.number, station.name};
  self->parent = &connect_device(call, 0, station, state, LINECALLORIGIN_CONFERENCE, LINECALLREASON_DIRECT);
  self->parent->conference = &*self;
  return *self;
}

// A call of the station that has no leg yet; `related` is the call it is made beside.
Connection& Switch::new_consultation(Device& station, const tsp::CallOptions& options, const Call& related) {
  Call& call = new_call();
  call.caller = {station.number, station.name};
  call.no_answer = std::chrono::seconds(options.no_answer_timeout_s);
  call.data.assign(reinterpret_cast<const char*>(options.call_data.data()), options.call_data.size());
  Connection& connection = connect_device(call, 0, station, LINECALLSTATE_DIALTONE, LINECALLORIGIN_OUTBOUND,
                                          LINECALLREASON_DIRECT);
  connection.mode = LINEDIALTONEMODE_INTERNAL;
  connection.related_id = related.id;
  return connection;
}

LONG Switch::may_consult(const Connection& held, const tsp::CallOptions& options) const {
  const Device& station = *held.device;
  if (options.call_data.size() > call_data_bytes_max) return LINEERR_INVALCALLPARAMS;
  return held.attachment->shared() || station.live() >= station.calls_max ? LINEERR_CALLUNAVAIL : 0;
}

// Nobody hears its dial tone or takes its place at an orbit: it is a number from the start.
LONG Switch::may_join_itself(const tsp::CallOptions& options) const {
  const bool waits_there = orbits_.contains(options.target_address);
  return resolve(options.target_address) && !waits_there ? 0 : LINEERR_INVALCALLPARAMS;
}

LONG Switch::setup_conference(Device& station, Connection* first, DWORD parties_wanted,
                              const tsp::CallOptions& options, Connection*& parent,
                              Connection*& consultation) {
  if (station.kind != DeviceKind::station) return LINEERR_OPERATIONUNAVAIL;
  if (parties_wanted > conference_parties_max) return LINEERR_CONFERENCEFULL;
  const bool no_hold = wants_no_hold(options);
  if (first == nullptr && no_hold) return LINEERR_INVALCALLPARAMS; // nobody is there to be held or not
  if (first != nullptr) {
    if (first->state != LINECALLSTATE_CONNECTED || first->peer() == nullptr || first->conference != nullptr)
      return LINEERR_INVALCALLSTATE;
    if (parties(*first) >= conference_parties_max) return LINEERR_CONFERENCEFULL;
    if (const LONG error = may_consult(*first, options)) return error;
    if (no_hold && station.live() + 1 >= station.calls_max) return LINEERR_CALLUNAVAIL;
  } else {
    if (options.call_data.size() > call_data_bytes_max) return LINEERR_INVALCALLPARAMS;
    if (const LONG error = may_ring_own_phone(station)) return error;
    if (station.live() + 1 >= station.calls_max) return LINEERR_CALLUNAVAIL;
  }
  if (no_hold)
    if (const LONG error = may_join_itself(options)) return error;
  if (live_calls_ + 1 >= calls_max_) return LINEERR_RESOURCEUNAVAIL;

  Conference& conference = new_conference(station, LINECALLSTATE_ONHOLDPENDCONF);
  parent = conference.parent;
  conference.joins_itself = no_hold;
  if (first == nullptr) {
    consultation = &ring_own_phone(station, "", {station.number, ""}, options);
    consultation->related_id = parent->call->id;
  } else {
    consultation = &new_consultation(station, options, *parent->call);
  }
  conference.consultation = consultation;
  consultation->conference = &conference;
  if (no_hold) {
    conference.first = first;
    first->conference = &conference;
    return 0;
  }
  if (first != nullptr) {
    Attachment& leg = *first->attachment;
    leg.remove(*first);
    first->attachment = nullptr;
    first->conference = &conference;
    leg.add(*parent);
    leg.add(*consultation);
    conference.members.push_back(first);
  } else {
    consultation->attachment->add(*parent);
    parent->attachment->active = consultation;
  }
  return 0;
}

LONG Switch::prepare_add(Connection& parent, const tsp::CallOptions& options, Connection*& consultation) {
  Conference* const conference = parent.conference;
  if (conference == nullptr || conference->parent != &parent) return LINEERR_INVALCONFCALLHANDLE;
  if (parent.state != LINECALLSTATE_CONNECTED) return LINEERR_INVALCALLSTATE;
  if (parties(parent) >= conference_parties_max) return LINEERR_CONFERENCEFULL;
  if (conference->consultation != nullptr) return LINEERR_CALLUNAVAIL;
  if (const LONG error = may_consult(parent, options)) return error;
  const bool no_hold = wants_no_hold(options);
  if (no_hold)
    if (const LONG error = may_join_itself(options)) return error;
  if (live_calls_ >= calls_max_) return LINEERR_RESOURCEUNAVAIL;
  consultation = &new_consultation(*parent.device, options, *parent.call);
  consultation->conference = conference;
  conference->consultation = consultation;
  conference->joins_itself = no_hold;
  if (!no_hold) parent.attachment->add(*consultation);
  return 0;
}

// After the reply: all calls show their states, the parent before the member that names it.
void Switch::conference_started(Connection& parent, Connection& consultation,
                                const std::string& destination) {
  Conference& conference = *parent.conference;
  if (parent.state == LINECALLSTATE_CONNECTED && !conference.joins_itself)
    step(parent, Event::hold_for_conference);
  else if (!conference.complete)
    report_state(parent);
  if (!conference.complete)
    for (Connection* const first : conference.members) step(*first, Event::confer);
  if (!conference.joins_itself) {
    report_state(consultation);
    apply_sound(*consultation.call);
    return apply_sound(*parent.call);
  }
  consultation.call->called = destination;
  step(consultation, Event::collect);
  dial_now(consultation);
}

void Switch::add_member(Conference& conference, Connection& connection) {
  connection.conference = &conference;
  conference.members.push_back(&connection);
  step(connection, Event::confer);
}

// The parent and a call on another leg of the same phone (LINEADDRCAPFLAGS_CONFERENCEHELD, _CONFERENCEMAKE).
bool Switch::one_leg(Connection& parent, Connection& added) const {
  if (parent.attachment == added.attachment) return true;
  return !parent.attachment->shared() && !added.attachment->shared() && parent.attachment->answered &&
         added.attachment->answered;
}

// The phone keeps the leg its user talks on; the other one is of no use any more.
void Switch::bring_to_one_leg(Connection& parent, Connection& added) {
  Attachment& kept = added.state == LINECALLSTATE_ONHOLD ? *parent.attachment : *added.attachment;
  Attachment& other = &kept == parent.attachment ? *added.attachment : *parent.attachment;
  added.attachment->remove(added);
  added.attachment = nullptr;
  parent.attachment->remove(parent);
  kept.add(parent);
  if (&other != &kept) hang_up(other, Cause::normal);
}

LONG Switch::add_to_conference(tsp::Request& request, Connection& parent, Connection& added) {
  Conference* const conference = parent.conference;
  if (conference == nullptr || conference->parent != &parent) return LINEERR_INVALCONFCALLHANDLE;
  const bool waits = parent.state == LINECALLSTATE_ONHOLDPENDCONF || parent.state == LINECALLSTATE_ONHOLD;
  constexpr DWORD states =
      LINECALLSTATE_CONNECTED | LINECALLSTATE_ONHOLD | LINECALLSTATE_PROCEEDING | LINECALLSTATE_RINGBACK;
  if (!waits || (added.state & states) == 0 || added.device != parent.device || added.peer() == nullptr)
    return LINEERR_INVALCALLSTATE;
  const bool own = added.conference == conference && conference->consultation == &added;
  if ((added.conference != nullptr && !own) || added.attachment == nullptr || parent.attachment == nullptr)
    return LINEERR_INVALCALLSTATE;
  if (!one_leg(parent, added)) return LINEERR_INVALCALLSTATE;
  if (parties(parent) + parties(added) - 1 > conference_parties_max) return LINEERR_CONFERENCEFULL;
  request.complete();
  if (own) conference->consultation = nullptr;
  bring_to_one_leg(parent, added);
  conference->complete = true;
  add_member(*conference, added);
  step(parent, Event::retrieve);
  apply_room(*conference);
  return 0;
}

// Who was called without hold has answered.
void Switch::join_by_itself(Connection& consultation) {
  Conference* const conference = consultation.conference;
  if (conference == nullptr || conference->consultation != &consultation || !conference->joins_itself ||
      consultation.state != LINECALLSTATE_CONNECTED)
    return;
  Connection& parent = *conference->parent;
  conference->consultation = nullptr;
  conference->joins_itself = false;
  conference->complete = true;
  Connection* const first = std::exchange(conference->first, nullptr);
  bool held = false;
  if (first != nullptr) {
    held = first->state == LINECALLSTATE_ONHOLD;
    Attachment& leg = *std::exchange(first->attachment, nullptr);
    leg.remove(*first);
    leg.add(parent);
    add_member(*conference, *first);
  }
  add_member(*conference, consultation);
  if (first != nullptr) step(parent, held ? Event::hold : Event::retrieve);
  apply_room(*conference);
}

LONG Switch::remove_from_conference(tsp::Request& request, Connection& member) {
  if (member.state != LINECALLSTATE_CONFERENCED) return LINEERR_INVALCALLSTATE;
  request.complete();
  release(member, Cause::normal); // LINEADDRESSCAPS.dwRemoveFromConfState
  return 0;
}

// lineUnhold of the first party, while there is no second one: all is as before.
LONG Switch::cancel_conference(tsp::Request* request, Connection& first) {
  Conference& conference = *first.conference;
  if (conference.complete || conference.consultation == nullptr) return LINEERR_INVALCALLSTATE;
  if (request != nullptr) request->complete();
  Connection& consultation = *conference.consultation;
  if (consultation.live()) {
    release(consultation, Cause::normal);
  } else {
    step(consultation, Event::leave);
    detach(consultation, Cause::normal);
  }
  return 0;
}

// lineCompleteTransfer(CONFERENCE): both calls become members of a conference that is there at once.
LONG Switch::transfer_into_conference(Connection& held, Connection& consultation, Connection*& parent) {
  Device& station = *held.device;
  if (station.kind != DeviceKind::station || &station != consultation.device) return LINEERR_INVALCALLSTATE;
  const bool waits = held.state == LINECALLSTATE_ONHOLDPENDTRANSFER || held.state == LINECALLSTATE_ONHOLD;
  constexpr DWORD states = LINECALLSTATE_CONNECTED | LINECALLSTATE_RINGBACK | LINECALLSTATE_PROCEEDING;
  if (!waits || (consultation.state & states) == 0) return LINEERR_INVALCALLSTATE;
  if (held.peer() == nullptr || consultation.peer() == nullptr || held.call == consultation.call ||
      held.conference != nullptr || consultation.conference != nullptr || !one_leg(held, consultation))
    return LINEERR_INVALCALLSTATE;
  // Not among the errors of this function: the conference is full.
  if (parties(held) + parties(consultation) - 1 > conference_parties_max || live_calls_ >= calls_max_)
    return LINEERR_RESOURCEUNAVAIL;
  parent = new_conference(station, LINECALLSTATE_CONNECTED).parent;
  return 0;
}

void Switch::transfer_conferenced(Connection& parent, Connection& held, Connection& consultation) {
  Conference& conference = *parent.conference;
  Attachment& kept = *consultation.attachment;
  Attachment& other = *held.attachment;
  held.attachment->remove(held);
  consultation.attachment->remove(consultation);
  held.attachment = consultation.attachment = nullptr;
  kept.add(parent);
  if (&other != &kept) hang_up(other, Cause::normal);
  conference.complete = true;
  report_state(parent);
  add_member(conference, held);
  add_member(conference, consultation);
  apply_room(conference);
}

// The connection is no part of its conference any more.
void Switch::left_conference(Connection& connection) {
  Conference& conference = *std::exchange(connection.conference, nullptr);
  if (conference.parent == &connection) return end_members(conference);
  if (conference.consultation == &connection) {
    conference.consultation = nullptr;
    conference.joins_itself = false;
    return settle(conference, false);
  }
  if (conference.first == &connection) { // the conference it was meant for is not to be
    conference.first = nullptr;
    return release(*conference.consultation, Cause::normal);
  }
  std::erase(conference.members, &connection);
  settle(conference, true);
}

void Switch::settle(Conference& conference, bool member_left) {
  Connection& parent = *conference.parent;
  if (parent.attachment != nullptr && parent.attachment->over)
    return; // it ends in a moment, with all members
  if (conference.consultation != nullptr) return apply_room(conference);
  const bool alone =
      conference.members.empty() || (conference.members.size() == 1 && (member_left || !conference.complete));
  if (alone) return dissolve(conference);
  if (parent.state == LINECALLSTATE_ONHOLDPENDCONF) step(parent, Event::retrieve);
  apply_room(conference);
}

// Two parties are no conference: the last member is an ordinary call again and has the leg.
void Switch::dissolve(Conference& conference) {
  Connection& parent = *conference.parent;
  Connection* const last = conference.members.empty() ? nullptr : conference.members.front();
  const bool held = parent.state == LINECALLSTATE_ONHOLD;
  end_digits(parent); // while it is known who hears them
  parent.conference = nullptr;
  if (conference.first != nullptr) conference.first->conference = nullptr;
  retire(conference);
  if (last == nullptr) return end(parent, Event::leave, 0, Cause::normal);
  Attachment& leg = *std::exchange(parent.attachment, nullptr);
  leg.remove(parent);
  end(parent, Event::leave, 0, Cause::normal);
  last->conference = nullptr;
  leg.add(*last);
  const Connection* const far = last->peer();
  const bool rings = far != nullptr && far->attachment != nullptr && !far->attachment->answered;
  step(*last, held ? Event::hold : rings ? Event::proceed : Event::retrieve);
  if (rings && far->alerting) step(*last, Event::far_alerts);
  apply_sound(*last->call);
}

// The parent is gone, and everybody with it (LINEADDRCAPFLAGS_CONFDROP); a consultation call is one of its
// own.
void Switch::end_members(Conference& conference) {
  Connection* const consultation = conference.consultation;
  const bool legless = conference.joins_itself;
  if (conference.first != nullptr) conference.first->conference = nullptr;
  const std::vector<Connection*> members = std::move(conference.members);
  for (Connection* const member : members) member->conference = nullptr;
  if (consultation != nullptr) consultation->conference = nullptr;
  retire(conference);
  if (consultation != nullptr && legless) release(*consultation, Cause::normal);
  for (Connection* const member : members) release(*member, Cause::normal);
}

void Switch::retire(Conference& conference) {
  dead_conferences_.splice(dead_conferences_.end(), conferences_, conference.self);
  sweep_later();
}

void Switch::check_conferences() const {
  for (const Conference& one : conferences_) {
    TL_CHECK(one.parent != nullptr && one.parent->conference == &one && one.parent->live(),
             "a conference without a parent");
    TL_CHECK(one.parent->attachment != nullptr || one.first != nullptr, "a conference has no leg");
    TL_CHECK((one.first != nullptr || one.joins_itself) ? one.consultation != nullptr : true,
             "a conference waits for nobody");
    TL_CHECK(!one.members.empty() || one.consultation != nullptr, "a conference of nobody");
    for (const Connection* member : one.members)
      TL_CHECK(member->conference == &one && member->state == LINECALLSTATE_CONFERENCED &&
                   member->attachment == nullptr && member->device == one.parent->device,
               "a member is none");
    if (one.consultation != nullptr)
      TL_CHECK(one.consultation->conference == &one &&
                   (one.consultation->attachment == nullptr) == one.joins_itself,
               "a consultation is none");
  }
}

} // namespace tl::pbx
