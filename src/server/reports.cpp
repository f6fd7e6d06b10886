// SPDX-License-Identifier: Apache-2.0
// What providers report: taken down on any thread at any time, handled here one after the other.
#include "server/core.hpp"
#include "server/wording.hpp"

#include <algorithm>
#include <utility>

namespace tl::server {
namespace {

thread_local Core* inside = nullptr; // the Core whose turn runs on this thread

} // namespace

bool Core::inside_turn(const Core* core) {
  return inside == core;
}

Core::Turn::Turn(Core& core) : core_(core), outer_(std::exchange(inside, &core)) {
  ++core.depth_;
}

Core::Turn::~Turn() {
  if (core_.depth_ == 1) core_.drain();
  --core_.depth_;
  inside = outer_;
}

void Core::report(const Report& report) {
  if (report.provider->dead() && report.kind != Report::Kind::died) return;
  bool wake = false;
  {
    const std::lock_guard lock{mutex_};
    // A completion is bounded by the requests in progress; everything else by its own limit.
    const bool bounded = report.kind == Report::Kind::completion || report.kind == Report::Kind::died;
    if (!bounded && reports_.size() >= options.limits.provider_events_max) {
      if (!std::exchange(overflow_logged_, true))
        log.error("server", "{}: more than {} events wait: further ones are dropped", report.provider->name,
                  options.limits.provider_events_max);
      return;
    }
    reports_.push_back(report);
    if (report.block) block_bytes_ += report.block->data.size();
    if (inside != this && !drain_posted_) wake = drain_posted_ = true;
  }
  if (!wake) return;
  loop.post([this, still = std::weak_ptr<int>{alive}] {
    if (still.expired()) return;
    {
      const std::lock_guard lock{mutex_};
      drain_posted_ = false;
    }
    const Turn turn{*this}; // drains at its end
  });
}

void Core::line_event(Provider& provider, DWORD_PTR line, DWORD_PTR call, DWORD message, DWORD_PTR param1,
                      DWORD_PTR param2, DWORD_PTR param3) {
  Report what{&provider, Report::Kind::event, message, line, call, param1, param2, param3};
  switch (message) {
  case LINE_CREATEDIALOGINSTANCE:
    if (param1) ask_dialog(provider, *reinterpret_cast<TUISPICREATEDIALOGINSTANCEPARAMS*>(param1));
    return;
  case LINE_SENDDIALOGINSTANCEDATA:
    return send_dialog_data(provider, line, reinterpret_cast<const void*>(param1), param2);
  case LINE_SENDMSPDATA: return send_msp_data(provider, what);
  default: break;
  }
  if (message == LINE_NEWCALL) {
    // The name is needed before this returns; NULL refuses the call [line-newcall].
    what.call = add_name({});
    if (param2) *reinterpret_cast<HTAPICALL*>(param2) = reinterpret_cast<HTAPICALL>(what.call);
    if (what.call == 0) {
      log.warn("server", "{}: a new call is refused: limit calls_max {}", provider.name,
               options.limits.calls_max);
      return;
    }
    what.param2 = 0;
  }
  report(what);
}

void Core::phone_event(Provider& provider, DWORD_PTR phone, DWORD message, DWORD_PTR param1, DWORD_PTR param2,
                       DWORD_PTR param3) {
  report({&provider, Report::Kind::phone_event, message, phone, 0, param1, param2, param3});
}

void Core::completion(Provider& provider, DWORD request, LONG result) {
  report({&provider, Report::Kind::completion, request, 0, 0,
          static_cast<DWORD_PTR>(static_cast<LONG_PTR>(result))});
}

void Core::escaped(Provider& provider, const char* function, std::string_view what) {
  log.error("server", "provider {}: {} let an exception out ({}): the call has failed", provider.name,
            function, what);
}

void Core::died(Provider& provider) {
  report({.provider = &provider, .kind = Report::Kind::died});
}

void Core::drain() {
  if (draining_) return;
  draining_ = true;
  for (;;) {
    {
      const std::lock_guard lock{mutex_};
      handling_.clear();
      handling_.swap(reports_);
      overflow_logged_ = false;
      block_bytes_ = 0;
    }
    if (handling_.empty()) break;
    for (const Report& each : handling_) handle(each);
  }
  draining_ = false;
}

void Core::forget_reports(const Provider& provider) {
  const std::lock_guard lock{mutex_};
  std::erase_if(reports_, [&](const Report& report) { return report.provider == &provider; });
}

void Core::handle(const Report& report) {
  if (report.kind == Report::Kind::died) return bury(*report.provider);
  if (report.provider->dead()) return; // reported before it died
  if (report.kind == Report::Kind::event) return handle_event(report);
  if (report.kind == Report::Kind::phone_event)
    return phones.handle(*report.provider, report.line, report.message, report.param1, report.param2,
                         report.param3);
  Pending* const request = requests.get(report.message);
  if (!request || request->provider != report.provider) {
    log.warn("server", "{}: ASYNC_COMPLETION with request id {}, which is not in progress there",
             report.provider->name, report.message);
    return;
  }
  auto result = static_cast<LONG>(report.param1);
  if (result > 0) {
    log.warn("server", "{}: ASYNC_COMPLETION of request {} with {}, which is neither success nor an error",
             report.provider->name, request->id, result);
    result = failed(request->function);
  }
  complete(*request, result);
}

void Core::handle_event(const Report& report) {
  switch (report.message) {
  case LINE_CREATE: return line_created(report);
  case LINE_REMOVE: return line_removed(report);
  case LINE_NEWCALL: return new_call(report);
  case LINE_CREATEDIALOGINSTANCE: return dialog_asked(report);
  case LINE_SENDDIALOGINSTANCEDATA: return dialog_data(report);
  default: break;
  }
  LineDevice* const line = named(report.line).line;
  if (!line || &line->provider != report.provider) {
    log.debug("server", "{}: message {} for a line that is not open", report.provider->name, report.message);
    return;
  }
  if (report.message == LINE_SENDMSPDATA) return msp_data(*line, report);
  if (report.call == 0) return handle_line_event(*line, report);
  Call* const call = named(report.call).call;
  if (!call || &call->line != line) {
    log.debug("server", "{}: message {} for a call that is gone", report.provider->name, report.message);
    return;
  }
  handle_call_event(*call, report);
}

void Core::new_call(const Report& report) {
  LineDevice* const line = named(report.line).line;
  const DWORD name = static_cast<DWORD>(report.call);
  Call* const call = line && &line->provider == report.provider && report.param1 ? add_call(*line) : nullptr;
  if (!call) {
    log.warn("server", "{}: a new call is refused: its line is not open, or limit calls_max {}",
             report.provider->name, options.limits.calls_max);
    remove_name(name);
    if (line && report.param1) // it took the name for a yes
      report.provider->tspi.lineCloseCall(reinterpret_cast<HDRVCALL>(report.param1));
    return;
  }
  call->name = name;
  call->driver = reinterpret_cast<HDRVCALL>(report.param1);
  set_name(name, {line, call});
}

void Core::line_created(const Report& report) {
  LineDevice& line = add_device(*report.provider);
  const auto create = report.provider->tspi.providerCreateLineDevice;
  const LONG result = create ? create(report.param2, line.id) : LINEERR_OPERATIONUNAVAIL;
  if (result != 0) {
    log.error("server", "{}: TSPI_providerCreateLineDevice of line {} failed ({:#x})", report.provider->name,
              line.id, static_cast<std::uint32_t>(result));
    line.removed = true;
    return;
  }
  negotiate(line);
  announce_device(line);
}

void Core::line_removed(const Report& report) {
  const DWORD_PTR id = report.param1;
  if (id >= devices.size() || &devices[id]->provider != report.provider) {
    log.warn("server", "{}: LINE_REMOVE of line {}, which is not its own", report.provider->name, id);
    return;
  }
  remove_device(*devices[id]);
}

void Core::handle_line_event(LineDevice& line, const Report& report) {
  const DWORD_PTR p1 = report.param1, p2 = report.param2, p3 = report.param3;
  switch (report.message) {
  case LINE_CLOSE: return force_close(line);
  case LINE_LINEDEVSTATE: return line_state(line, static_cast<DWORD>(p1), p2, p3);
  case LINE_ADDRESSSTATE: return address_state(line, p1, static_cast<DWORD>(p2));
  case LINE_DEVSPECIFIC:
  case LINE_DEVSPECIFICFEATURE:
    return send_openers(line, {report.message, p1, p2, p3}, [](OpenLine&) { return true; });
  case LINE_DEVSPECIFICEX:
    return send_openers(line, {report.message, p1, p2, p3},
                        [](OpenLine& open) { return open.version >= version_2_2; });
  default:
    log.warn("server", "{}: message {} about a line means nothing", line.provider.name, report.message);
    return;
  }
}

// To those who want it, in the words of their version [line-linedevstate]. Reinitialisation is for everybody.
void Core::line_state(LineDevice& line, DWORD states, DWORD_PTR param2, DWORD_PTR param3) {
  // What has details; all others have none.
  constexpr DWORD detailed = LINEDEVSTATE_RINGING | LINEDEVSTATE_COMPLCANCEL;
  // A real one, not another message in the words of 1.3 [linedevstate--constants].
  if ((states & LINEDEVSTATE_REINIT) && param2 == 0) reinitialising = app_count > 0;
  if (states & LINEDEVSTATE_REINIT)
    clients.for_each([&](Client& client) {
      client.apps.for_each([&](App& app) {
        send(app, {LINE_LINEDEVSTATE, LINEDEVSTATE_REINIT, param2, param3});
      });
    });
  line.opens.for_each([&](OpenLine& open) {
    if (open.version < version_1_4 && (states & LINEDEVSTATE_CAPSCHANGE))
      reinitialise_instead(open.app, LINE_LINEDEVSTATE, LINEDEVSTATE_CAPSCHANGE);
    const DWORD wanted =
        wording::line_states.known(open.version, states & open.line_states & ~DWORD{LINEDEVSTATE_REINIT});
    if (wanted & detailed)
      send(open, {LINE_LINEDEVSTATE, wanted, param2, wanted & LINEDEVSTATE_RINGING ? param3 : 0});
    else if (wanted)
      send(open, {LINE_LINEDEVSTATE, wanted});
  });
}

void Core::address_state(LineDevice& line, DWORD_PTR address, DWORD states) {
  line.opens.for_each([&](OpenLine& open) {
    if (open.version < version_1_4 && (states & LINEADDRESSSTATE_CAPSCHANGE))
      reinitialise_instead(open.app, LINE_ADDRESSSTATE, address);
    if (const DWORD wanted = wording::address_states.known(open.version, states & open.address_states))
      send(open, {LINE_ADDRESSSTATE, address, wanted, 0});
  });
}

void Core::reinitialise_instead(App& app, DWORD message, DWORD_PTR param1) {
  send(app, {LINE_LINEDEVSTATE, LINEDEVSTATE_REINIT, message, param1});
}

// Digits or a tone are out, or were cut short: told to the one that asked.
void Core::end_generating(Call& call, DWORD id, DWORD reason, DWORD tick) {
  const auto at = std::find_if(call.generating.begin(), call.generating.end(),
                               [&](const Generating& each) { return each.id == id; });
  if (at == call.generating.end()) return;
  const AppHandle found = handles.get(at->handle);
  call.generating.erase(at);
  if (found.kind == AppHandle::Kind::call)
    send(*static_cast<CallHandle*>(found.object), {LINE_GENERATE, reason, 0, tick});
}

void Core::handle_call_event(Call& call, const Report& report) {
  const DWORD_PTR p1 = report.param1, p2 = report.param2, p3 = report.param3;
  const DWORD tick = p3 ? static_cast<DWORD>(p3) : tick_ms(); // [media-event-timers]
  // Who holds the call is what the server knows.
  constexpr DWORD own =
      LINECALLINFOSTATE_NUMOWNERINCR | LINECALLINFOSTATE_NUMOWNERDECR | LINECALLINFOSTATE_NUMMONITORS;
  if (report.message == LINE_CALLSTATE)
    return state_changed(call, static_cast<DWORD>(p1), p2, static_cast<DWORD>(p3));
  if (call.phase == Call::Phase::requested) {
    if (report.message == LINE_CALLINFO) call.info_waiting |= static_cast<DWORD>(p1) & ~own;
    return;
  }
  const auto all = [](CallHandle&) { return true; };
  switch (report.message) {
  case LINE_CALLINFO:
    if (!call.idle() && (p1 & ~DWORD_PTR{own}))
      send_handles(call, {LINE_CALLINFO, p1 & ~DWORD_PTR{own}}, all);
    return;
  case LINE_MONITORDIGITS: // an ended call has no handle that monitors: see state_changed
    return send_handles(call, {LINE_MONITORDIGITS, p1, p2, tick},
                        [&](CallHandle& handle) { return handle.digit_modes & p2; });
  case LINE_MONITORMEDIA:
    return send_handles(call, {LINE_MONITORMEDIA, p1, 0, tick},
                        [&](CallHandle& handle) { return handle.media_modes & p1; });
  case LINE_MONITORTONE: // the list's id is its requester's handle
    return send_handles(call, {LINE_MONITORTONE, p1, 0, tick},
                        [&](CallHandle& handle) { return handle.tones && handle.handle == p2; });
  case LINE_GATHERDIGITS:
    if (call.gathering && call.gathering->id == p2) end_gathering(call, static_cast<DWORD>(p1), tick);
    return;
  case LINE_GENERATE: return end_generating(call, static_cast<DWORD>(p2), static_cast<DWORD>(p1), tick);
  case LINE_CALLDEVSPECIFIC: return send_handles(call, {LINE_DEVSPECIFIC, p1, p2, p3}, all);
  case LINE_CALLDEVSPECIFICFEATURE: return send_handles(call, {LINE_DEVSPECIFICFEATURE, p1, p2, p3}, all);
  case LINE_DEVSPECIFICEX:
    return send_handles(call, {report.message, p1, p2, p3},
                        [](CallHandle& handle) { return handle.open.version >= version_2_2; });
  default:
    log.warn("server", "{}: message {} about a call means nothing", call.line.provider.name, report.message);
    return;
  }
}

} // namespace tl::server
