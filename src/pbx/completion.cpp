// SPDX-License-Identifier: Apache-2.0
// lineCompleteCall: what becomes of a call that does not get through. CALLBACK: as soon as both stations are
// free, the asking one rings (OFFERING, reason CALLCOMPLETION), and when it is answered, the other. INTRUDE:
// the caller joins the other station's conversation at once. There is no camp-on: a station that can take one
// more call is not busy here.
#include <algorithm>

#include "base/check.hpp"
#include "pbx/switch.hpp"

namespace tl::pbx {
namespace {

bool free_now(const Device& station) {
  return station.reachable && station.live() == 0;
}

// The conversation an intruder joins: the one its user has now.
Connection* conversation_of(const Device& station) {
  for (Connection* one = station.first; one != nullptr; one = one->next)
    if (talks(*one) && one->peer() != nullptr && talks(*one->peer())) return one;
  return nullptr;
}

} // namespace

Completion::Completion(Switch& owner, Loop& loop, DWORD number)
    : id(number), timer(loop, [this, &owner] { owner.completion_expired(*this); }) {}

bool Switch::has_completions(const Device& station) const {
  return std::any_of(completions_.begin(), completions_.end(),
                     [&](const Completion& one) { return one.asking == &station; });
}

// Whom the call was for, if that is a station here that can be waited for.
Device* Switch::completion_target(const Connection& connection) const {
  const Device* const own = connection.device;
  const bool fails = connection.state == LINECALLSTATE_BUSY || connection.state == LINECALLSTATE_RINGBACK;
  if (own->kind != DeviceKind::station || !fails || connection.conference != nullptr) return nullptr;
  Device* const target = connection.state == LINECALLSTATE_BUSY ? connection.call->busy
                         : connection.peer() != nullptr         ? connection.peer()->device
                                                                : nullptr;
  return target != nullptr && target->kind == DeviceKind::station && target != own ? target : nullptr;
}

DWORD Switch::completion_modes(const Connection& connection) const {
  Device* const target = completion_target(connection);
  if (target == nullptr) return 0;
  return LINECALLCOMPLMODE_CALLBACK | (can_intrude(connection, *target) ? LINECALLCOMPLMODE_INTRUDE : 0U);
}

bool Switch::can_intrude(const Connection& connection, const Device& target) const {
  const Connection* const talk = conversation_of(target);
  return talk != nullptr && talk->conference == nullptr && !talk->attachment->shared() &&
         connection.attachment != nullptr && connection.attachment->answered &&
         talk->peer()->device != connection.device && parties(*talk) < conference_parties_max &&
         live_calls_ + 1 < calls_max_;
}

LONG Switch::complete_call(tsp::Request& request, Connection& connection, DWORD mode, DWORD& id) {
  Device* const target = completion_target(connection);
  if (connection.device->kind != DeviceKind::station) return LINEERR_OPERATIONUNAVAIL;
  if (connection.state != LINECALLSTATE_BUSY && connection.state != LINECALLSTATE_RINGBACK)
    return LINEERR_INVALCALLSTATE;
  if (mode != LINECALLCOMPLMODE_CALLBACK && mode != LINECALLCOMPLMODE_INTRUDE)
    return LINEERR_INVALCALLCOMPLMODE;
  if (target == nullptr) return LINEERR_OPERATIONUNAVAIL; // not a station of this switch
  if (mode == LINECALLCOMPLMODE_INTRUDE) {
    if (!can_intrude(connection, *target)) return LINEERR_OPERATIONFAILED;
    id = ++last_completion_id_;
    request.complete();
    intrude(connection, *target);
    return 0;
  }
  const auto own = std::count_if(completions_.begin(), completions_.end(),
                                 [&](const Completion& one) { return one.asking == connection.device; });
  if (own >= static_cast<std::ptrdiff_t>(call_completions_max)) return LINEERR_COMPLETIONOVERRUN;
  const auto made = completions_.emplace(completions_.end(), *this, loop_, ++last_completion_id_);
  made->asking = connection.device;
  made->target = target;
  // Who does not answer is not there: he is, when he has used his phone.
  made->due = connection.state == LINECALLSTATE_BUSY;
  ++made->asking->awaited;
  ++made->target->awaited;
  made->timer.start(completion_wait_max);
  id = made->id;
  request.complete();
  release(connection, Cause::cancelled);
  completions_later();
  return 0;
}

LONG Switch::uncomplete_call(tsp::Request& request, Device& station, DWORD id) {
  Completion* const completion = find_completion(id);
  if (completion == nullptr || completion->asking != &station) return LINEERR_INVALCOMPLETIONID;
  request.complete();
  Connection* const ringing = completion->ringing;
  forget_completion(*completion);
  if (ringing != nullptr) end(*ringing, Event::leave, 0, Cause::cancelled);
  return 0;
}

Completion* Switch::find_completion(DWORD id) {
  const auto found = std::find_if(completions_.begin(), completions_.end(),
                                  [&](const Completion& one) { return one.id == id; });
  return found == completions_.end() ? nullptr : &*found;
}

void Switch::forget_completion(Completion& completion) {
  --completion.asking->awaited;
  --completion.target->awaited;
  if (completion.ringing != nullptr) completion.ringing->completion = nullptr;
  completions_.remove_if([&](const Completion& one) { return &one == &completion; });
  completions_later(); // another one may have its turn
}

// Nobody came, or it took too long: whoever asked is told [linedevstate--constants].
void Switch::cancel_completion(Completion& completion) {
  Device& asking = *completion.asking;
  const DWORD id = completion.id;
  Connection* const ringing = completion.ringing;
  forget_completion(completion);
  if (ringing != nullptr) end(*ringing, Event::leave, 0, Cause::cancelled);
  if (asking.line != nullptr && (asking.line_states & LINEDEVSTATE_COMPLCANCEL) != 0)
    asking.line->event(LINE_LINEDEVSTATE, LINEDEVSTATE_COMPLCANCEL, id);
}

// A station somebody waits for changed.
void Switch::awaited_changed(Device& station) {
  if (free_now(station)) return completions_later();
  for (Completion& one : completions_)
    if (one.target == &station && conversation_of(station) != nullptr) one.due = true;
}

// On a turn of its own: the change that made a station free is still going on.
void Switch::completions_later() {
  if (completing_) return;
  completing_ = true;
  loop_.post([this] {
    completing_ = false;
    for (Completion& one : completions_)
      if (may_ring_back(one)) ring_back(one);
  });
}

// One at a time for each station.
bool Switch::may_ring_back(const Completion& completion) const {
  if (!completion.due || completion.ringing != nullptr || live_calls_ >= calls_max_) return false;
  if (!free_now(*completion.asking) || !free_now(*completion.target)) return false;
  return std::none_of(completions_.begin(), completions_.end(), [&](const Completion& other) {
    return other.ringing != nullptr && other.target == completion.target;
  });
}

void Switch::ring_back(Completion& completion) {
  Device& station = *completion.asking;
  const Party target{completion.target->number, completion.target->name};
  Call& call = new_call();
  call.caller = target;
  call.called = completion.target->number;
  Connection& connection = connect_device(call, 1, station, LINECALLSTATE_OFFERING, LINECALLORIGIN_INTERNAL,
                                          LINECALLREASON_CALLCOMPLETION);
  connection.completion = &completion;
  connection.completion_id = completion.id;
  completion.ringing = &connection;
  place(connection, Destination{Destination::Kind::station, station.number, station.number, target});
  start_ringing(call, completion_ring_max);
  show(connection);
}

// The asking station was answered: now the other one is called, as by a call of the first.
void Switch::completed(Connection& connection) {
  Completion& completion = *connection.completion;
  Device& target = *completion.target;
  forget_completion(completion);
  Call& call = *connection.call;
  connection.called = false;
  call.side = {&connection, nullptr};
  call.caller = identity(connection);
  call.treatment = LINECALLTREATMENT_RINGBACK;
  report_info(connection, LINECALLINFOSTATE_CALLERID);
  const Way way = way_to({&target, target.number}, connection.device, call.caller.number, true);
  if (way.obstacle || way.target.device == connection.device)
    return end(connection, Event::far_leaves, disconnect_mode(way.obstacle.value_or(Cause::busy)),
               way.obstacle.value_or(Cause::busy));
  call.hops = way.hops;
  send(call, way.target, LINECALLREASON_CALLCOMPLETION, way.redirecting);
}

// Whatever the phone that should have rung did: the completion is over.
void Switch::not_completed(Connection& connection) {
  Completion& completion = *std::exchange(connection.completion, nullptr);
  completion.ringing = nullptr;
  cancel_completion(completion);
}

// The other station's conversation becomes a conference there, of which the caller is a member.
void Switch::intrude(Connection& connection, Device& target) {
  Connection& talk = *conversation_of(target);
  if (Connection* const ringing = connection.peer()) end(*ringing, Event::leave, 0, Cause::cancelled);
  Call& call = *connection.call;
  call.timer.stop();
  Conference& conference = new_conference(target, LINECALLSTATE_CONNECTED);
  Connection& parent = *conference.parent;
  Attachment& leg = *std::exchange(talk.attachment, nullptr);
  leg.remove(talk);
  leg.add(parent);
  conference.complete = true;
  show(parent);
  add_member(conference, talk);
  Connection& intruder = connect_device(call, 1, target, LINECALLSTATE_CONFERENCED, LINECALLORIGIN_INTERNAL,
                                        LINECALLREASON_INTRUDE);
  intruder.conference = &conference;
  conference.members.push_back(&intruder);
  show(intruder);
  step(connection, Event::connect);
  report_info(connection, LINECALLINFOSTATE_CONNECTEDID);
  apply_room(conference);
}

} // namespace tl::pbx
