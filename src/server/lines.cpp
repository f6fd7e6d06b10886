// SPDX-License-Identifier: Apache-2.0
// Applications and the lines they have open.
#include "server/core.hpp"

namespace tl::server {

App* Core::add_app(Client& client) {
  if (client.app_count >= options.limits.apps_per_client_max) return nullptr;
  auto app = std::make_unique<App>(client);
  app->handle = add_handle(AppHandle::Kind::app, app.get());
  if (app->handle == 0) return nullptr;
  client.apps.push_back(*app);
  ++client.app_count;
  ++app_count;
  return app.release();
}

// lineShutdown, or its client is gone: as lineClose on every line.
void Core::remove_app(App& app) {
  leave_requests(app, app.request_modes);
  app.lines.for_each([&](OpenLine& open) { close_line(open); });
  app.client.requests.for_each([&](Pending& request) {
    if (request.app == app.handle) silence(request);
  });
  app.client.dialogs.for_each([&](Dialog& each) {
    if (each.app == app.handle) close_dialog(each);
  });
  handles.remove(app.handle);
  --app.client.app_count;
  if (--app_count == 0) reinitialising = false;
  delete &app;
}

LONG Core::open_device(LineDevice& line) {
  const DWORD name = add_name({&line, nullptr});
  if (name == 0) return LINEERR_RESOURCEUNAVAIL;
  line.driver = nullptr;
  line.name = name; // events may come before TSPI_lineOpen returns
  const LONG result =
      line.provider.tspi.lineOpen(line.id, reinterpret_cast<HTAPILINE>(DWORD_PTR{name}), &line.driver,
                                  line.version, entry(line.provider).line_event);
  if (result == 0) return 0;
  remove_name(name);
  line.name = 0;
  if (result < 0) return result;
  log.warn("server", "{}: TSPI_lineOpen of line {} returned {}, which is neither success nor an error",
           line.provider.name, line.id, result);
  return LINEERR_OPERATIONFAILED;
}

void Core::close_device(LineDevice& line) {
  line.calls.for_each([&](Call& call) { remove_call(call, true); });
  line.provider.tspi.lineClose(line.driver);
  remove_name(line.name);
  line.name = 0;
  line.driver = nullptr;
  line.media_wanted = line.line_states_wanted = line.address_states_wanted = line.extension = 0;
}

namespace {

// A call that was asked for and has no reply yet: its handle was the only one.
void leave_request(Core& core, Pending& request) {
  for (Call*& call : request.created) {
    if (!call) continue;
    if (call->driver) core.drop(*call);
    core.remove_call(*call, true);
    call = nullptr;
  }
  core.silence(request);
}

void end_proxy(Core& core, OpenLine& open) {
  if (open.proxy_types == 0) return;
  open.asked.for_each([&](Pending& request) { core.complete(request, LINEERR_OPERATIONFAILED); });
  for (DWORD type = 1; type <= proxy_type_last; ++type) {
    if (open.line.proxies[type] != &open) continue;
    open.line.proxies[type] = nullptr;
    core.proxy_status(open.line, LINEPROXYSTATUS_CLOSE, type, &open);
  }
}

void forget_open(Core& core, OpenLine& open) {
  core.handles.remove(open.handle);
  --open.line.open_count;
  --core.open_line_count;
  delete &open;
}

} // namespace

void Core::close_line(OpenLine& open) {
  LineDevice& line = open.line;
  open.msps.for_each([&](MspInstance& instance) { close_msp(instance); });
  open.calls.for_each([&](CallHandle& handle) {
    Call& call = handle.call;
    if (handle.owner() && call.owners == 1 && !call.idle()) drop(call);
    leave_call(handle);
  });
  open.requests.for_each([&](Pending& request) { leave_request(*this, request); });
  end_proxy(*this, open);
  const bool wanted_media = open.media != 0;
  const bool wanted_states = (open.line_states & ~DWORD{LINEDEVSTATE_REINIT}) || open.address_states;
  const bool wanted_extension = open.extension != 0;
  forget_open(*this, open);
  if (line.opens.empty()) {
    close_device(line);
    return;
  }
  // Whoever wanted nothing takes nothing away.
  if (wanted_media) update_media(line);
  if (wanted_states) update_states(line);
  if (wanted_extension) update_extension(line);
  if (!(line.line_states_wanted & LINEDEVSTATE_CLOSE)) return;
  send_openers(line, {.message = LINE_LINEDEVSTATE, .param1 = LINEDEVSTATE_CLOSE},
               [](OpenLine& other) { return other.line_states & LINEDEVSTATE_CLOSE; });
}

LONG Core::update_media(LineDevice& line) {
  DWORD media = 0;
  line.opens.for_each([&](OpenLine& open) {
    if (open.owner()) media |= open.media;
  });
  if (media == line.media_wanted) return 0;
  const LONG result = line.provider.tspi.lineSetDefaultMediaDetection(line.driver, media);
  if (result == 0) line.media_wanted = media;
  return result;
}

LONG Core::update_states(LineDevice& line) {
  DWORD line_states = 0, address_states = 0;
  line.opens.for_each([&](OpenLine& open) {
    line_states |= open.line_states;
    address_states |= open.address_states;
    if (open.version >= version_1_4) return;
    line_states |= LINEDEVSTATE_CAPSCHANGE; // 1.3 does not ask: it is told to begin anew
    address_states |= LINEADDRESSSTATE_CAPSCHANGE;
  });
  if (line_states == line.line_states_wanted && address_states == line.address_states_wanted) return 0;
  const LONG result = line.provider.tspi.lineSetStatusMessages(line.driver, line_states, address_states);
  if (result != 0) return result;
  line.line_states_wanted = line_states;
  line.address_states_wanted = address_states;
  return 0;
}

LONG Core::select_extension(LineDevice& line, DWORD version) {
  if (line.extension == version) return 0;
  const auto select = line.provider.tspi.lineSelectExtVersion;
  if (!select || line.extension != 0) return LINEERR_INCOMPATIBLEEXTVERSION;
  const LONG result = select(line.driver, version);
  if (result == 0) line.extension = version;
  return result;
}

void Core::update_extension(LineDevice& line) {
  if (line.extension == 0 || line.opens.find([](OpenLine& open) { return open.extension != 0; })) return;
  line.provider.tspi.lineSelectExtVersion(line.driver, 0);
  line.extension = 0;
}

void Core::proxy_status(LineDevice& line, DWORD what, DWORD type, const OpenLine* except) {
  send_openers(line, {.message = LINE_PROXYSTATUS, .param1 = what, .param2 = type},
               [&](OpenLine& open) { return open.version >= version_2_2 && &open != except; });
}

// The provider wants the line closed, or it goes away: handles are void at once, nothing is dropped.
void Core::force_close(LineDevice& line) {
  line.opens.for_each([&](OpenLine& open) {
    open.msps.for_each([&](MspInstance& instance) { close_msp(instance); });
    open.calls.for_each([&](CallHandle& handle) {
      if (handle.call.gathering && handle.call.gathering->handle == handle.handle) forget_gathering(handle.call);
      remove_call_handle(handle);
    });
    open.requests.for_each([&](Pending& request) {
      for (Call*& call : request.created) {
        if (call) remove_call(*call, true);
        call = nullptr;
      }
      silence(request);
    });
    end_proxy(*this, open);
    send(open, {.message = LINE_CLOSE});
    forget_open(*this, open);
  });
  close_device(line);
}

void Core::remove_device(LineDevice& line) {
  if (line.removed) return;
  line.removed = true;
  if (line.is_open()) {
    send_openers(line, {.message = LINE_LINEDEVSTATE, .param1 = LINEDEVSTATE_REMOVED},
                 [](OpenLine& open) { return open.version >= version_1_4 && open.version < version_2_0; });
    force_close(line);
  }
  clients.for_each([&](Client& client) {
    const auto id = client.lines.id_of(line.id);
    if (!id) return;
    client.apps.for_each([&](App& app) {
      if (app.version >= version_2_0) send(app, {.message = LINE_REMOVE, .param1 = *id});
    });
  });
}

} // namespace tl::server
