// SPDX-License-Identifier: Apache-2.0
// Birth, state and death of calls, connections and attachments, and what TAPI is told of it.
#include <algorithm>

#include <fmt/core.h>

#include "base/check.hpp"
#include "pbx/switch.hpp"

namespace tl::pbx {
namespace {

Device::Count count_of(DWORD state) {
  switch (state) {
  case LINECALLSTATE_IDLE:
  case LINECALLSTATE_DISCONNECTED:
  case 0: return Device::none;
  case LINECALLSTATE_ONHOLD: return Device::on_hold;
  case LINECALLSTATE_ONHOLDPENDTRANSFER:
  case LINECALLSTATE_ONHOLDPENDCONF: return Device::on_hold_pending;
  case LINECALLSTATE_CONFERENCED: return Device::conferenced;
  default: return Device::active;
  }
}

} // namespace

Connection::~Connection() = default;

Call::Call(Switch& owner, Loop& loop, std::uint32_t number)
    : id(number), timer(loop, [this, &owner] { owner.expired(*this); }) {}

void Attachment::add(Connection& connection) {
  TL_CHECK(!shared(), "a leg carries two connections already");
  connections[connections[0] == nullptr ? 0 : 1] = &connection;
  connection.attachment = this;
  active = &connection;
}

void Attachment::remove(Connection& connection) {
  for (Connection*& one : connections)
    if (one == &connection) one = nullptr;
  if (active == &connection) active = any();
}

Call& Switch::new_call() {
  const auto self = calls_.emplace(calls_.end(), *this, loop_, ++last_call_id_);
  self->self = self;
  return *self;
}

Connection& Switch::connect_device(Call& call, int side, Device& device, DWORD state, DWORD origin,
                                   DWORD reason) {
  TL_CHECK(call.side[static_cast<std::size_t>(side)] == nullptr, "the side of a call is taken");
  Connection& fresh = *call.connections.emplace_back(std::make_unique<Connection>(call, device));
  if (call.side[0] == nullptr && call.side[1] == nullptr) ++live_calls_;
  call.side[static_cast<std::size_t>(side)] = &fresh;
  fresh.state = state;
  fresh.since = loop_.now();
  fresh.origin = origin;
  fresh.reason = reason;
  fresh.called = side == 1;
  fresh.next = device.first;
  if (device.first != nullptr) device.first->previous = &fresh;
  device.first = &fresh;
  count(device, 0, state);
  touch(device);
  return fresh;
}

Attachment& Switch::new_attachment(Device& device, bool inbound) {
  const auto self = attachments_.emplace(attachments_.end(), *this, device, inbound);
  self->self = self;
  return *self;
}

void Switch::place(Connection& connection, const Destination& destination) {
  Attachment& attachment = new_attachment(*connection.device, false);
  attachment.add(connection);
  attachment.leg = connection.device->driver->place(destination, attachment);
  TL_CHECK(attachment.leg != nullptr, "a driver placed no leg");
}

// Tells TAPI about a connection it did not ask for; not at all while the line is closed.
void Switch::show(Connection& connection) {
  if (connection.device->line == nullptr) return;
  if (handles_.announce(connection, *connection.device->line)) report_state(connection);
}

void Switch::report_state(Connection& connection) {
  DWORD_PTR detail = connection.mode;
  // The parent, for every version [line-callstate].
  if (connection.state == LINECALLSTATE_CONFERENCED)
    detail = reinterpret_cast<DWORD_PTR>(connection.conference->parent->server);
  connection.event(LINE_CALLSTATE, connection.state, detail, LINEMEDIAMODE_INTERACTIVEVOICE);
}

void Switch::report_info(Connection& connection, DWORD items) {
  if (connection.state != LINECALLSTATE_IDLE) connection.event(LINE_CALLINFO, items);
}

bool Switch::step(Connection& connection, Event event, DWORD mode) {
  const std::optional<DWORD> after = next_state(connection.state, event);
  if (!after) return false;
  if (*after == connection.state) return true;
  const DWORD before = connection.state;
  connection.state = *after;
  connection.mode = mode;
  connection.since = loop_.now();
  report_state(connection);
  count(*connection.device, before, *after);
  touch(*connection.device);
  return true;
}

void Switch::count(Device& device, DWORD before, DWORD after) {
  const Device::Count from = count_of(before);
  const Device::Count to = count_of(after);
  if (from == to) return;
  const auto used = [&] { return device.live() + device.counts[Device::conferenced] > 0; };
  const bool was_used = used();
  if (from != Device::none) --device.counts[from];
  if (to != Device::none) ++device.counts[to];
  if (device.line == nullptr) return;
  DWORD changed = LINEADDRESSSTATE_NUMCALLS;
  if (was_used != used()) changed |= was_used ? LINEADDRESSSTATE_INUSEZERO : LINEADDRESSSTATE_INUSEONE;
  changed &= device.address_states;
  if (changed != 0) device.line->event(LINE_ADDRESSSTATE, 0, changed);
  notify_line_state(device, LINEDEVSTATE_NUMCALLS);
}

// The connection's part in its call is over, by `leave` or `far_leaves`. `cause` ends its leg.
void Switch::end(Connection& connection, Event event, DWORD mode, Cause cause) {
  connection.pending.fail(LINEERR_OPERATIONFAILED);
  end_digits(connection);
  vacate(connection);
  // A consultation call whose far end went keeps its place on the leg until it is dropped: the held call
  // comes back then (LINEADDRCAPFLAGS_AUTORECONNECT). Nobody would drop one that TAPI does not know.
  const bool stays = event == Event::far_leaves && connection.known() && connection.attachment != nullptr &&
                     connection.attachment->shared() && connection.attachment->answered &&
                     !connection.attachment->over;
  TL_CHECK(step(connection, connection.known() ? event : Event::leave, mode),
           "an ended connection ends again");
  if (!stays)
    detach(connection, cause);
  else if (connection.attachment->active == &connection)
    treat(*connection.attachment, LINECALLTREATMENT_BUSY, nullptr);
  if (connection.state == LINECALLSTATE_DISCONNECTED) linger(connection);
  if (connection.completion != nullptr) not_completed(connection);
  if (!connection.known()) bury(connection);
}

// Takes the connection out of its call's two sides.
void Switch::vacate(Connection& connection) {
  Call& call = *connection.call;
  if (call.side[0] == nullptr && call.side[1] == nullptr) return;
  for (Connection*& side : call.side)
    if (side == &connection) side = nullptr;
  if (call.side[0] != nullptr || call.side[1] != nullptr) return;
  call.timer.stop();
  leave_orbit(call);
  --live_calls_;
}

// Takes the connection off its leg and out of its conference; the last one ends the leg, a held one before it
// gets the leg back.
void Switch::detach(Connection& connection, Cause cause) {
  if (Attachment* const attachment = std::exchange(connection.attachment, nullptr)) {
    attachment->remove(connection);
    Connection* const rest = attachment->any();
    if (rest == nullptr) {
      hang_up(*attachment, cause);
    } else if (!attachment->over) {
      if (rest->state == LINECALLSTATE_ONHOLDPENDTRANSFER) step(*rest, Event::retrieve);
      apply_sound(*rest->call);
    }
  }
  if (connection.conference != nullptr) left_conference(connection);
}

void Switch::hang_up(Attachment& attachment, Cause cause) {
  unjoin(attachment);
  if (attachment.generating != nullptr) stop_generation(*attachment.generating);
  if (!attachment.over) {
    attachment.over = true;
    if (attachment.leg != nullptr) attachment.leg->hangup(cause);
  }
  bury(attachment);
}

// The party leaves, and with it the call ends for the other one.
void Switch::release(Connection& connection, Cause cause) {
  Connection* const peer = connection.peer();
  end(connection, Event::leave, 0, cause);
  if (peer != nullptr) end(*peer, Event::far_leaves, disconnect_mode(cause), cause);
}

void Switch::linger(Connection& connection) {
  lingering_.push_back({connection.handle, loop_.now() + disconnected_max});
  if (!linger_timer_.running()) linger_timer_.start(disconnected_max);
}

void Switch::end_lingering() {
  while (!lingering_.empty() && lingering_.front().until <= loop_.now()) {
    Connection* const connection = handles_.find(lingering_.front().handle);
    lingering_.pop_front();
    if (connection == nullptr || connection->state != LINECALLSTATE_DISCONNECTED) continue;
    step(*connection, Event::leave);
    detach(*connection, Cause::normal);
  }
  if (!lingering_.empty()) linger_timer_.start_at(lingering_.front().until);
}

void Switch::closed(Connection& connection) {
  connection.pending.fail(LINEERR_OPERATIONFAILED);
  end_digits(connection);
  connection.monitored_digits = 0;
  connection.tones.clear();
  handles_.forget(connection);
  if (connection.live()) return; // the phone's user is the owner of last resort
  step(connection, Event::leave);
  detach(connection, Cause::normal);
  bury(connection);
}

void Switch::bury(Connection& connection) {
  Device& device = *connection.device;
  (connection.previous != nullptr ? connection.previous->next : device.first) = connection.next;
  if (connection.next != nullptr) connection.next->previous = connection.previous;
  connection.previous = connection.next = nullptr;
  Call& call = *connection.call;
  const auto found = std::find_if(call.connections.begin(), call.connections.end(),
                                  [&](const auto& one) { return one.get() == &connection; });
  TL_CHECK(found != call.connections.end(), "a connection is buried twice");
  dead_connections_.push_back(std::move(*found));
  call.connections.erase(found);
  if (call.connections.empty()) dead_calls_.splice(dead_calls_.end(), calls_, call.self);
  sweep_later();
}

void Switch::bury(Attachment& attachment) {
  dead_attachments_.splice(dead_attachments_.end(), attachments_, attachment.self);
  sweep_later();
}

void Switch::sweep_later() {
  if (sweeping_) return;
  sweeping_ = true;
  loop_.post([this] {
    sweeping_ = false;
    dead_connections_.clear();
    dead_calls_.clear();
    dead_attachments_.clear();
    dead_conferences_.clear();
  });
}

void Switch::check() const {
  std::size_t live = 0;
  for (const Call& call : calls_) {
    if (call.side[0] != nullptr || call.side[1] != nullptr) ++live;
    if (call.side[0] != nullptr && call.side[1] != nullptr) {
      const Attachment* const first = call.side[0]->attachment;
      TL_CHECK(call.side[0]->hears() ||
                   (first != nullptr && (first->inbound || call.side[0]->called == false)),
               fmt::format("call {}: side 0 is a destination", call.id));
    }
    for (const Connection* side : call.side) {
      if (side == nullptr) continue;
      TL_CHECK(side->call == &call && side->live(),
               fmt::format("call {}: a side is in state {:#x}", call.id, side->state));
      TL_CHECK(
          !side->device->has_legs() || side->attachment != nullptr || side->conference != nullptr,
          fmt::format("call {}: {} has no leg in state {:#x}", call.id, side->device->number, side->state));
    }
    const Connection* const waited_for = call.side[1] != nullptr ? call.side[1] : call.side[0];
    TL_CHECK(call.orbit == nullptr || (call.orbit->call == &call && call.side[0] != nullptr),
             fmt::format("call {}: its orbit does not know it, or nobody waits there", call.id));
    const bool waits = waited_for != nullptr &&
                       (call.orbit != nullptr || waited_for->device->kind == DeviceKind::route_point ||
                        waited_for->state == LINECALLSTATE_BUSY ||
                        (waited_for->attachment != nullptr && !waited_for->attachment->answered));
    TL_CHECK(waits || !call.timer.running(), fmt::format("call {}: its timer waits for nothing", call.id));
    for (const auto& one : call.connections) {
      const bool a_side = call.side[0] == one.get() || call.side[1] == one.get();
      TL_CHECK(a_side == one->live(),
               fmt::format("call {}: {} is in state {:#x}", call.id, one->device->number, one->state));
    }
  }
  TL_CHECK(live == live_calls_, fmt::format("{} calls live, {} counted", live, live_calls_));
  std::size_t parked = 0;
  for (const auto& [number, orbit] : orbits_) {
    TL_CHECK(orbit.call == nullptr || orbit.call->orbit == &orbit, fmt::format("orbit {} is taken", number));
    TL_CHECK((orbit.call == nullptr) == free_orbits_.contains(&orbit.number), "a free orbit is not listed");
    if (orbit.call == nullptr) continue;
    ++parked;
    TL_CHECK(orbit.call->timer.running(), fmt::format("orbit {}: nobody will be reminded", number));
  }
  TL_CHECK(parked == orbits_.size() - free_orbits_.size(), "parked calls are counted wrongly");
  check_conferences();
  for (const Completion& one : completions_)
    TL_CHECK(one.ringing == nullptr || (one.ringing->completion == &one && one.ringing->live()),
             "a completion rings nowhere");
  for (const Attachment& one : attachments_) {
    TL_CHECK(!one.over && one.any() != nullptr, "a leg without a connection is alive");
    TL_CHECK(one.generating == nullptr || one.generating->generates_on == &one, "digits are sent for nobody");
    TL_CHECK(one.joined == nullptr || (one.joined->joined == &one && !one.joined->over),
             "a leg is joined to a dead one");
    for (const Connection* connection : one.connections)
      TL_CHECK(connection == nullptr || connection->attachment == &one,
               "a leg carries a connection that left it");
  }
}

} // namespace tl::pbx
