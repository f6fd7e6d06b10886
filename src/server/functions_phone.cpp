// SPDX-License-Identifier: Apache-2.0
// Applications of phones, and opening, closing and watching a phone.
#include <cstring>

#include "server/functions.hpp"
#include "server/wording.hpp"

namespace tl::server {
namespace {

LONG initialize(Request& r, Text name, Text module, DWORD wanted) {
  const DWORD version = choose_version(version_low, wanted);
  if (version == 0) return PHONEERR_INVALPARAM;
  if (r.core.reinitialising) return PHONEERR_REINIT;
  PhoneApp* const app = r.core.phones.add_app(r.client);
  if (!app) return PHONEERR_RESOURCEUNAVAIL;
  app->version = version;
  // Without a friendly name the module's stands for it [nf-tapi-phoneinitializeexw].
  app->name = name && !name->empty() ? *name : file_name(module.value_or(u""));
  r.reply.dword(app->handle);
  r.reply.dword(r.client.phones.count(r.core.phones.count()));
  r.reply.dword(version);
  return 0;
}

LONG shutdown(Request& r, DWORD handle) {
  PhoneApp* const app = r.core.phones.app(r.client, handle);
  if (!app) return PHONEERR_INVALAPPHANDLE;
  r.core.phones.remove_app(*app);
  return 0;
}

// The phone of an application's request about a device that is not open.
PhoneDevice* device_of(Request& r, DWORD app, DWORD id, LONG& error) {
  error = PHONEERR_INVALAPPHANDLE;
  return r.core.phones.app(r.client, app) ? r.core.phones.device(r.client, id, error) : nullptr;
}

LONG negotiate_extension_of(PhoneDevice& phone, DWORD low, DWORD high, DWORD& chosen) {
  const auto negotiate = phone.provider.tspi.phoneNegotiateExtVersion;
  if (!negotiate) return PHONEERR_OPERATIONUNAVAIL;
  if (const LONG result = negotiate(phone.id, phone.version, low, high, &chosen); result != 0) return result;
  return chosen < low || chosen > high ? PHONEERR_INCOMPATIBLEEXTVERSION : 0;
}

LONG check_extension(PhoneDevice& phone, DWORD extension) {
  DWORD chosen = 0;
  if (extension == 0 || negotiate_extension_of(phone, extension, extension, chosen) == 0) return 0;
  return PHONEERR_INCOMPATIBLEEXTVERSION;
}

LONG negotiate_api(Request& r, DWORD app, DWORD id, DWORD low, DWORD high, Capacity extension) {
  LONG error = 0;
  PhoneDevice* const phone = device_of(r, app, id, error);
  if (!phone) return error;
  const DWORD version = choose_version(low, high);
  if (version == 0) return PHONEERR_INCOMPATIBLEAPIVERSION;
  DWORD& known = r.core.phones.app(r.client, app)->version;
  known = raised_version(known, version);
  PHONEEXTENSIONID extension_id{}; // all zero = no extensions
  if (const auto get = phone->provider.tspi.phoneGetExtensionID)
    if (get(phone->id, phone->version, &extension_id) != 0) extension_id = {};
  r.reply.dword(version);
  const auto bytes = std::as_bytes(std::span{&extension_id, 1});
  r.reply.data(bytes.first(std::min<std::size_t>(bytes.size(), extension.bytes)));
  return 0;
}

LONG negotiate_extension(Request& r, DWORD app, DWORD id, DWORD version, DWORD low, DWORD high) {
  LONG error = 0;
  PhoneDevice* const phone = device_of(r, app, id, error);
  if (!phone) return error;
  if (!is_version(version)) return PHONEERR_INCOMPATIBLEAPIVERSION;
  DWORD chosen = 0;
  if (const LONG result = negotiate_extension_of(*phone, low, high, chosen); result != 0) return result;
  r.reply.dword(chosen);
  return 0;
}

LONG get_dev_caps(Request& r, DWORD app, DWORD id, DWORD version, DWORD extension, Capacity capacity) {
  LONG error = 0;
  PhoneDevice* const phone = device_of(r, app, id, error);
  if (!phone) return error;
  if (!is_version(version)) return PHONEERR_INCOMPATIBLEAPIVERSION;
  if (const LONG bad = check_extension(*phone, extension)) return bad;
  const auto get = phone->provider.tspi.phoneGetDevCaps;
  if (!get) return PHONEERR_OPERATIONUNAVAIL;
  return answer_structure(
      r, wire::phone_caps, version, phone->version, capacity,
      [&](Filling& caps) { return get(phone->id, phone->version, extension, &caps.as<PHONECAPS>()); },
      [&](Filling& caps) {
        caps.as<PHONECAPS>().dwPhoneStates |= PHONESTATE_OWNER | PHONESTATE_MONITORS | PHONESTATE_REINIT;
        wording::adapt(version, caps.as<PHONECAPS>());
      });
}

LONG open_phone(Request& r, DWORD app_handle, DWORD id, DWORD version, DWORD extension,
                std::uint64_t instance, DWORD privilege) {
  LONG error = 0;
  PhoneDevice* const phone = device_of(r, app_handle, id, error);
  if (!phone) return error;
  if (r.core.reinitialising) return PHONEERR_REINIT;
  if (!is_version(version)) return PHONEERR_INCOMPATIBLEAPIVERSION;
  if (privilege != PHONEPRIVILEGE_MONITOR && privilege != PHONEPRIVILEGE_OWNER)
    return PHONEERR_INVALPRIVILEGE;
  const bool control = r.client.phones.find(id)->grant == Grant::control;
  if (privilege == PHONEPRIVILEGE_OWNER && !control) return PHONEERR_OPERATIONUNAVAIL;
  if (const LONG bad = check_extension(*phone, extension)) return bad;
  auto open = std::make_unique<OpenPhone>(*r.core.phones.app(r.client, app_handle), *phone);
  open->version = version;
  open->owner = privilege == PHONEPRIVILEGE_OWNER;
  open->control = control;
  open->instance = instance;
  DWORD handle = 0;
  error = r.core.phones.open(std::move(open), extension, handle);
  if (error == 0) r.reply.dword(handle);
  return error;
}

LONG close(Request& r, DWORD handle) {
  OpenPhone* const open = r.core.phones.find(r.client, handle);
  if (!open) return PHONEERR_INVALPHONEHANDLE;
  r.core.phones.close(*open);
  return 0;
}

LONG set_status_messages(Request& r, DWORD handle, DWORD states, DWORD modes, DWORD button_states) {
  constexpr DWORD states_known = 0x00FFFFFF;
  constexpr DWORD modes_known = 0x0000003F;
  constexpr DWORD button_states_known = 0x0000000F;
  OpenPhone* const open = r.core.phones.find(r.client, handle);
  if (!open) return PHONEERR_INVALPHONEHANDLE;
  if (states & ~wording::phone_states.known(open->version, states_known)) return PHONEERR_INVALPHONESTATE;
  if (modes & ~modes_known) return PHONEERR_INVALBUTTONMODE;
  // Without modes the states mean nothing; with modes there must be one.
  if (modes == 0) button_states = 0;
  if ((button_states & ~button_states_known) || (modes != 0 && button_states == 0))
    return PHONEERR_INVALBUTTONSTATE;
  const auto before = std::tuple{open->states, open->button_modes, open->button_states};
  open->states = states | PHONESTATE_REINIT; // cannot be disabled
  open->button_modes = modes;
  open->button_states = button_states;
  const LONG result = r.core.phones.update_states(open->phone);
  if (result != 0) std::tie(open->states, open->button_modes, open->button_states) = before;
  return result;
}

LONG get_status_messages(Request& r, DWORD handle) {
  OpenPhone* const open = r.core.phones.find(r.client, handle);
  if (!open) return PHONEERR_INVALPHONEHANDLE;
  r.reply.dword(open->states);
  r.reply.dword(open->button_modes);
  r.reply.dword(open->button_states);
  return 0;
}

// Owners, monitors and the owner's name are the server's part [ns-tapi-phonestatus].
LONG get_status(Request& r, DWORD handle, Capacity capacity) {
  OpenPhone* const open = r.core.phones.find(r.client, handle);
  if (!open) return PHONEERR_INVALPHONEHANDLE;
  PhoneDevice& phone = open->phone;
  const auto get = phone.provider.tspi.phoneGetStatus;
  if (!get) return PHONEERR_OPERATIONUNAVAIL;
  return answer_structure(
      r, wire::phone_status, open->version, phone.version, capacity,
      [&](Filling& status) { return get(phone.driver, &status.as<PHONESTATUS>()); },
      [&](Filling& filling) {
        DWORD size = 0, offset = 0;
        if (phone.owner) filling.append_text(phone.owner->app.name, size, offset);
        auto& status = filling.as<PHONESTATUS>();
        status.dwNumOwners = phone.owner ? 1 : 0;
        status.dwNumMonitors = phone.monitors;
        status.dwOwnerNameSize = size;
        status.dwOwnerNameOffset = offset;
      });
}

} // namespace

void bind_phone_functions(Bindings& b) {
  b.bind<Fn::phoneInitializeEx, &initialize>();
  b.bind<Fn::phoneShutdown, &shutdown>();
  b.bind<Fn::phoneNegotiateAPIVersion, &negotiate_api>();
  b.bind<Fn::phoneNegotiateExtVersion, &negotiate_extension>();
  b.bind<Fn::phoneGetDevCaps, &get_dev_caps>();
  b.bind<Fn::phoneOpen, &open_phone>();
  b.bind<Fn::phoneClose, &close>();
  b.bind<Fn::phoneSetStatusMessages, &set_status_messages>();
  b.bind<Fn::phoneGetStatusMessages, &get_status_messages>();
  b.bind<Fn::phoneGetStatus, &get_status>();
}

} // namespace tl::server
