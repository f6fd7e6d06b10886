// SPDX-License-Identifier: Apache-2.0
// Applications and the phones they have open.
#include "server/phones.hpp"

#include "server/core.hpp"

namespace tl::server {

PhoneDevice* Phones::device(const Client& client, DWORD id, LONG& error) {
  const auto seen = client.phones.find(id);
  if (!seen || seen->device >= devices_.size()) {
    error = PHONEERR_BADDEVICEID;
    return nullptr;
  }
  PhoneDevice* const phone = devices_[seen->device].get();
  error = phone->removed ? PHONEERR_NODEVICE : phone->version == 0 ? PHONEERR_NODRIVER : 0;
  return error ? nullptr : phone;
}

PhoneApp* Phones::add_app(Client& client) {
  if (client.app_count >= core_.options.limits.apps_per_client_max) return nullptr;
  auto app = std::make_unique<PhoneApp>(client);
  app->handle = core_.add_handle(AppHandle::Kind::phone_app, app.get());
  if (app->handle == 0) return nullptr;
  client.phone_apps.push_back(*app);
  ++client.app_count;
  ++core_.app_count;
  return app.release();
}

// phoneShutdown, or its client is gone: as phoneClose on every phone.
void Phones::remove_app(PhoneApp& app) {
  app.phones.for_each([&](OpenPhone& open) { close(open); });
  core_.handles.remove(app.handle);
  --app.client.app_count;
  if (--core_.app_count == 0) core_.reinitialising = false;
  delete &app;
}

PhoneApp* Phones::app(const Client& client, DWORD handle) {
  const AppHandle found = core_.handles.get(handle);
  if (found.kind != AppHandle::Kind::phone_app) return nullptr;
  auto* const app = static_cast<PhoneApp*>(found.object);
  return &app->client == &client ? app : nullptr;
}

OpenPhone* Phones::find(const Client& client, DWORD handle) {
  const AppHandle found = core_.handles.get(handle);
  if (found.kind != AppHandle::Kind::phone) return nullptr;
  auto* const open = static_cast<OpenPhone*>(found.object);
  return &open->app.client == &client ? open : nullptr;
}

LONG Phones::open_device(PhoneDevice& phone) {
  const ProviderTable& tspi = phone.provider.tspi;
  if (!tspi.phoneOpen || !tspi.phoneClose) return PHONEERR_OPERATIONUNAVAIL;
  phone.name = names_.add(&phone); // events may come before TSPI_phoneOpen returns
  if (phone.name == 0) return PHONEERR_RESOURCEUNAVAIL;
  phone.driver = nullptr;
  const LONG result = tspi.phoneOpen(phone.id, reinterpret_cast<HTAPIPHONE>(DWORD_PTR{phone.name}),
                                     &phone.driver, phone.version, entry(phone.provider).phone_event);
  if (result == 0) return 0;
  names_.remove(phone.name);
  phone.name = 0;
  if (result < 0) return result;
  core_.log.warn("server",
                 "{}: TSPI_phoneOpen of phone {} returned {}, which is neither success nor an error",
                 phone.provider.name, phone.id, result);
  return PHONEERR_OPERATIONFAILED;
}

void Phones::close_device(PhoneDevice& phone) {
  phone.provider.tspi.phoneClose(phone.driver);
  names_.remove(phone.name);
  phone.name = 0;
  phone.driver = nullptr;
  phone.states_wanted = phone.modes_wanted = phone.button_states_wanted = 0;
}

LONG Phones::set_up(PhoneDevice& phone, DWORD extension) {
  if (extension != 0) {
    const auto select = phone.provider.tspi.phoneSelectExtVersion;
    if (!select) return PHONEERR_INCOMPATIBLEEXTVERSION;
    if (const LONG result = select(phone.driver, extension); result != 0) return result;
  }
  return update_states(phone);
}

LONG Phones::open(std::unique_ptr<OpenPhone> made, DWORD extension, DWORD& handle) {
  OpenPhone& open = *made;
  PhoneDevice& phone = open.phone;
  if (open.owner && phone.owner) return PHONEERR_INUSE;
  const bool first = !phone.is_open();
  if (first)
    if (const LONG result = open_device(phone); result != 0) return result;
  phone.opens.push_back(open);
  LONG error = set_up(phone, extension);
  if (error == 0 && (open.handle = core_.add_handle(AppHandle::Kind::phone, &open)) == 0)
    error = PHONEERR_RESOURCEUNAVAIL;
  if (error != 0) {
    made.reset();
    if (first) close_device(phone);
    return error;
  }
  handle = open.handle;
  open.app.phones.push_back(*made.release());
  if (open.owner)
    phone.owner = &open;
  else
    ++phone.monitors;
  count_changed(phone, open.owner ? PHONESTATE_OWNER : PHONESTATE_MONITORS, &open);
  return 0;
}

void Phones::forget(OpenPhone& open) {
  open.requests.for_each([&](Pending& request) { core_.silence(request); });
  core_.handles.remove(open.handle);
  if (open.owner)
    open.phone.owner = nullptr;
  else
    --open.phone.monitors;
  delete &open;
}

void Phones::close(OpenPhone& open) {
  PhoneDevice& phone = open.phone;
  const DWORD state = open.owner ? PHONESTATE_OWNER : PHONESTATE_MONITORS;
  forget(open);
  if (phone.opens.empty()) return close_device(phone);
  update_states(phone);
  count_changed(phone, state, nullptr);
}

LONG Phones::update_states(PhoneDevice& phone) {
  DWORD states = 0, modes = 0, button_states = 0;
  phone.opens.for_each([&](OpenPhone& open) {
    states |= open.states;
    if (open.version < version_1_4) states |= PHONESTATE_CAPSCHANGE; // it does not ask: it is to begin anew
    modes |= open.button_modes;
    button_states |= open.button_states;
  });
  if (states == phone.states_wanted && modes == phone.modes_wanted &&
      button_states == phone.button_states_wanted)
    return 0;
  const auto set = phone.provider.tspi.phoneSetStatusMessages;
  constexpr DWORD own = PHONESTATE_OWNER | PHONESTATE_MONITORS | PHONESTATE_REINIT; // need no provider
  LONG result = 0;
  if (set)
    result = set(phone.driver, states, modes, button_states);
  else if ((states & ~own) || modes)
    result = PHONEERR_OPERATIONUNAVAIL;
  if (result != 0) return result;
  phone.states_wanted = states;
  phone.modes_wanted = modes;
  phone.button_states_wanted = button_states;
  return 0;
}

void Phones::count_changed(PhoneDevice& phone, DWORD state, const OpenPhone* except) {
  const DWORD count = state == PHONESTATE_OWNER ? (phone.owner ? 1 : 0) : phone.monitors;
  phone.opens.for_each([&](OpenPhone& open) {
    if (&open != except && (open.states & state)) send(open, PHONE_STATE, state, count);
  });
}

void Phones::send(PhoneApp& to, DWORD message, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3) {
  core_.send(to.client, {.message = static_cast<std::uint16_t>(message),
                         .app = to.handle,
                         .param1 = p1,
                         .param2 = p2,
                         .param3 = p3});
}

void Phones::send(OpenPhone& to, DWORD message, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3) {
  core_.send(to.app.client, {.message = static_cast<std::uint16_t>(message),
                             .app = to.app.handle,
                             .device = to.handle,
                             .instance = to.instance,
                             .param1 = p1,
                             .param2 = p2,
                             .param3 = p3});
}

} // namespace tl::server
