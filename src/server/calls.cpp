// SPDX-License-Identifier: Apache-2.0
// Calls, who holds handles of them, and with which privilege.
#include "server/core.hpp"

#include <bit>

namespace tl::server {
namespace {

// The parent of a conference as this receiver knows it [line-callstate].
DWORD_PTR conference_handle(Core& core, CallHandle& receiver) {
  if (!receiver.call.conference) return 0;
  CallHandle* const parent = core.handle_of(receiver.open, *receiver.call.conference);
  return parent ? parent->handle : 0;
}

} // namespace

Call* Core::add_call(LineDevice& line) {
  if (call_count >= options.limits.calls_max) return nullptr;
  auto call = std::make_unique<Call>(line);
  call->entered = loop.now();
  line.calls.push_back(*call);
  ++call_count;
  return call.release();
}

void Core::remove_call(Call& call, bool tell) {
  forget_gathering(call);
  call.handles.for_each([&](CallHandle& handle) { remove_call_handle(handle); });
  call.members.for_each([](Call& member) {
    member.conference = nullptr;
    static_cast<Link<OfConference>&>(member).unlink();
  });
  if (tell && call.driver) call.line.provider.tspi.lineCloseCall(call.driver);
  if (call.name) remove_name(call.name);
  --call_count;
  delete &call;
}

CallHandle* Core::add_call_handle(OpenLine& open, Call& call, DWORD privilege) {
  auto handle = std::make_unique<CallHandle>(open, call);
  handle->handle = add_handle(AppHandle::Kind::call, handle.get());
  if (handle->handle == 0) {
    log.warn("server", "no room for another call handle: limit handles_max {}", options.limits.handles_max);
    return nullptr;
  }
  handle->privilege = privilege;
  if (handle->owner()) {
    ++call.owners;
    call.ever_owned = true;
  } else {
    ++call.monitors;
  }
  open.calls.push_back(*handle);
  call.handles.push_back(*handle);
  ++call_handle_count;
  return handle.release();
}

void Core::remove_call_handle(CallHandle& handle) {
  handles.remove(handle.handle);
  --(handle.owner() ? handle.call.owners : handle.call.monitors);
  --call_handle_count;
  delete &handle;
}

// The handle ends: what it had asked of the call ends too, the others learn that they are fewer.
void Core::leave_call(CallHandle& handle) {
  Call& call = handle.call;
  const ProviderTable& tspi = call.line.provider.tspi;
  if (call.gathering && call.gathering->handle == handle.handle) {
    if (tspi.lineGatherDigits && !call.idle())
      tspi.lineGatherDigits(call.driver, call.gathering->id, 0, nullptr, 0, nullptr, 0, 0);
    forget_gathering(call);
  }
  if (handle.tones && tspi.lineMonitorTones && !call.idle())
    tspi.lineMonitorTones(call.driver, handle.handle, nullptr, 0);
  const DWORD what = handle.owner() ? LINECALLINFOSTATE_NUMOWNERDECR : LINECALLINFOSTATE_NUMMONITORS;
  counts_changed(call, what, &handle);
  remove_call_handle(handle);
  if (!call.idle()) {
    update_digit_modes(call);
    update_media_modes(call);
  }
  release_if_unheld(call);
}

void Core::set_privilege(CallHandle& handle, DWORD privilege) {
  Call& call = handle.call;
  --(handle.owner() ? call.owners : call.monitors);
  handle.privilege = privilege;
  ++(handle.owner() ? call.owners : call.monitors);
  if (handle.owner()) call.ever_owned = true;
}

void Core::announce(CallHandle& handle, DWORD state, DWORD_PTR mode) {
  if (handle.open.version >= version_2_0)
    send(handle.open, {.message = LINE_APPNEWCALL,
                       .param1 = handle.call.address,
                       .param2 = handle.handle,
                       .param3 = handle.privilege});
  tell_state(handle, state, mode);
}

void Core::tell_state(CallHandle& handle, DWORD state, DWORD_PTR mode) {
  if (state == LINECALLSTATE_CONFERENCED) mode = conference_handle(*this, handle);
  send(handle, {.message = LINE_CALLSTATE, .param1 = state, .param2 = mode, .param3 = handle.privilege});
}

// Never after idle [line-callinfo].
void Core::counts_changed(Call& call, DWORD what, const CallHandle* except, const CallHandle* except_too) {
  if (call.idle()) return;
  send_handles(call, {.message = LINE_CALLINFO, .param1 = what},
               [&](CallHandle& handle) { return &handle != except && &handle != except_too; });
}

// A line that many watch has few calls, a queue with many calls few watchers.
CallHandle* Core::handle_of(OpenLine& open, Call& call) {
  constexpr std::uint32_t few = 8;
  if (call.owners + call.monitors > few)
    return open.calls.find([&](CallHandle& handle) { return &handle.call == &call; });
  return call.handles.find([&](CallHandle& handle) { return &handle.open == &open; });
}

// The first opener in order of lineOpen that takes the medium. Of several media UNKNOWN is tried first, then
// the others in turn; no medium at all fits every owner [nf-tapi-lineopenw, unowned-calls].
OpenLine* Core::find_owner(LineDevice& line, DWORD media, DWORD address) {
  const auto fits = [&](OpenLine& open, DWORD medium) {
    if (!open.owner() || (open.single_address && open.address != address)) return false;
    return medium == 0 || (open.media & medium) != 0;
  };
  const auto find = [&](DWORD medium) {
    return preferred(line, medium, [&](OpenLine& open) { return fits(open, medium); });
  };
  if (media == 0) return find(0);
  if (media & LINEMEDIAMODE_UNKNOWN)
    if (OpenLine* found = find(LINEMEDIAMODE_UNKNOWN)) return found;
  for (DWORD rest = media & ~DWORD{LINEMEDIAMODE_UNKNOWN}; rest != 0; rest &= rest - 1) {
    const DWORD medium = rest & ~(rest - 1);
    if (OpenLine* found = find(medium)) return found;
  }
  return nullptr;
}

namespace {

void set_conference(Call& call, Call* parent) {
  static_cast<Link<OfConference>&>(call).unlink();
  call.conference = parent;
  if (parent) parent->members.push_back(call);
}

} // namespace

void Core::state_changed(Call& call, DWORD state, DWORD_PTR mode, DWORD media) {
  if (call.phase != Call::Phase::reported && call.idle()) {
    log.debug("server", "state {:#x} of a call that is idle: nothing follows idle", state);
    return;
  }
  if (media) call.media = media;
  if (state == LINECALLSTATE_CONFERENCED) {
    Call* const parent = named(mode).call;
    set_conference(call, parent && &parent->line == &call.line && parent != &call ? parent : nullptr);
    mode = 0;
  } else if (call.conference) {
    set_conference(call, nullptr);
  }
  call.state = state;
  call.mode = mode;
  call.entered = loop.now();
  switch (call.phase) {
  case Call::Phase::requested: call.state_waiting = true; return;
  case Call::Phase::reported:
    call.phase = Call::Phase::live;
    distribute(call, state, mode);
    break;
  case Call::Phase::live:
    call.handles.for_each([&](CallHandle& handle) {
      send(handle, {.message = LINE_CALLSTATE,
                    .param1 = state,
                    .param2 = state == LINECALLSTATE_CONFERENCED ? conference_handle(*this, handle) : mode});
    });
    break;
  }
  if (!call.idle()) return;
  end_media(call);
  release_if_unheld(call);
}

// Idle: who gathers or generates learns that it is over, and monitoring ends [nf-tapi-linemonitordigits].
void Core::end_media(Call& call) {
  end_gathering(call, LINEGATHERTERM_CANCEL, 0);
  while (!call.generating.empty())
    end_generating(call, call.generating.front().id, LINEGENERATETERM_CANCEL, tick_ms());
  call.handles.for_each([](CallHandle& handle) {
    handle.digit_modes = handle.media_modes = 0;
    handle.tones = false;
  });
}

// The first state of a call that the provider reported: one owner at most, a monitor handle for everybody who
// watches the line [line-appnewcall, line-callstate].
void Core::distribute(Call& call, DWORD state, DWORD_PTR mode) {
  if (call.idle()) return;
  call.line.provider.tspi.lineGetCallAddressID(call.driver, &call.address);
  OpenLine* const owner = find_owner(call.line, call.media, call.address);
  call.line.opens.for_each([&](OpenLine& open) {
    if (&open != owner && !open.monitor()) return;
    const DWORD privilege = &open == owner ? LINECALLPRIVILEGE_OWNER : LINECALLPRIVILEGE_MONITOR;
    CallHandle* const handle = add_call_handle(open, call, privilege);
    if (!handle) return;
    announce(*handle, state, state == LINECALLSTATE_CONFERENCED ? conference_handle(*this, *handle) : mode);
  });
}

// A call that nobody ever owned stays known to the server until it is idle, so that a later lineGetNewCalls
// finds it and a watcher's leaving does not end what it watched; one that had an owner is closed with its
// last handle.
void Core::release_if_unheld(Call& call) {
  if (!call.handles.empty() || call.phase == Call::Phase::requested) return;
  if (call.idle() || call.ever_owned) remove_call(call, true);
}

void Core::drop(Call& call) {
  Provider& provider = call.line.provider;
  Pending* const request = add_request(&provider, nullptr, wire::Fn::lineDrop, 0);
  if (!request) return;
  const LONG result = provider.tspi.lineDrop(request->id, call.driver, nullptr, 0);
  if (result != static_cast<LONG>(request->id)) remove_request(*request);
}

LONG Core::update_digit_modes(Call& call) {
  DWORD modes = 0;
  call.handles.for_each([&](CallHandle& handle) { modes |= handle.digit_modes; });
  if (modes == call.digit_modes) return 0;
  const auto monitor = call.line.provider.tspi.lineMonitorDigits;
  if (!monitor) return LINEERR_OPERATIONUNAVAIL;
  const LONG result = monitor(call.driver, modes);
  if (result == 0) call.digit_modes = modes;
  return result;
}

LONG Core::update_media_modes(Call& call) {
  DWORD modes = 0;
  call.handles.for_each([&](CallHandle& handle) { modes |= handle.media_modes; });
  if (modes == call.media_modes) return 0;
  const auto monitor = call.line.provider.tspi.lineMonitorMedia;
  if (!monitor) return LINEERR_OPERATIONUNAVAIL;
  const LONG result = monitor(call.driver, modes);
  if (result == 0) call.media_modes = modes;
  return result;
}

// The one that asked has no handle any more: its library is told that no message will come.
void Core::forget_gathering(Call& call) {
  if (!call.gathering) return;
  const auto gathering = std::move(call.gathering);
  const AppHandle found = handles.get(gathering->handle);
  if (found.kind != AppHandle::Kind::call) return;
  App& app = static_cast<CallHandle*>(found.object)->open.app;
  send(app.client,
       {.message = wire::message_reply_dropped, .sequence = gathering->sequence, .app = app.handle});
}

// LINE_GATHERDIGITS with what was collected, to the one that asked; a cancellation is reported by the server
// itself, not by the provider [nf-tspi-tspi_linegatherdigits].
void Core::end_gathering(Call& call, DWORD reason, DWORD tick) {
  if (!call.gathering) return;
  const auto gathering = std::move(call.gathering);
  const AppHandle found = handles.get(gathering->handle);
  if (found.kind != AppHandle::Kind::call) return;
  CallHandle& handle = *static_cast<CallHandle*>(found.object);
  std::size_t count = 0;
  while (count < gathering->digits.size() && gathering->digits[count] != 0) ++count;
  OpenLine& open = handle.open;
  send(open.app.client, {.message = LINE_GATHERDIGITS,
                         .sequence = gathering->sequence,
                         .app = open.app.handle,
                         .device = handle.handle,
                         .instance = open.instance,
                         .param1 = reason,
                         .param3 = open.version < version_2_0 ? 0
                                   : tick                     ? tick
                                                              : tick_ms(),
                         .extra = std::as_bytes(std::span{gathering->digits.data(), count})});
}

} // namespace tl::server
