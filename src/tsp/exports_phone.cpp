// SPDX-License-Identifier: Apache-2.0
// TSPI functions about phones: for providers that have some.
#include <algorithm>

#include "base/text.hpp"
#include "tsp/dispatch.hpp"

using namespace tl::tsp;

namespace {

constexpr DWORD fixed_1_3 = 36; // PHONEBUTTONINFO, all that is read of it

// Runs a synchronous function: body(exports, phones) gives the result.
template <class Body> LONG guarded_phone(Body&& body) noexcept {
  Exports* const self = exports();
  if (self == nullptr || !self->initialised) return PHONEERR_UNINITIALIZED;
  PhoneProvider* const phones = self->provider->phones();
  if (phones == nullptr) return PHONEERR_OPERATIONUNAVAIL;
  try {
    return body(*self, *phones);
  } catch (const std::bad_alloc&) {
    return PHONEERR_NOMEM;
  } catch (...) {
    return PHONEERR_OPERATIONFAILED;
  }
}

template <class Body> LONG on_phone_device(DWORD device_id, Body&& body) noexcept {
  return guarded_phone([&](Exports& self, PhoneProvider& phones) -> LONG {
    const DWORD device = device_id - self.phone_base;
    return device >= phones.num_phones() ? PHONEERR_BADDEVICEID : body(self, phones, device);
  });
}

template <class Body> LONG on_phone(HDRVPHONE handle, Body&& body) noexcept {
  return guarded_phone([&](Exports& self, PhoneProvider& phones) -> LONG {
    Phone* const phone = self.phones.find(reinterpret_cast<std::uint64_t>(handle));
    return phone == nullptr ? PHONEERR_INVALPHONEHANDLE : body(self, phones, *phone);
  });
}

// Runs an asynchronous function: body(phones, request, phone) completes it now, keeps it, or fails it.
template <class Body> LONG request_on_phone(DRV_REQUESTID id, HDRVPHONE handle, Body&& body) noexcept {
  return on_phone(handle, [&](Exports& self, PhoneProvider& phones, Phone& phone) {
    self.completer.begin(id);
    try {
      body(phones, Request(self.completer, id, PHONEERR_OPERATIONFAILED), phone);
    } catch (...) {
      self.completer.end();
      throw;
    }
    return self.completer.end();
  });
}

template <class T, class Body> LONG filled_phone(T* out, DWORD version, Body&& body) {
  const LONG result = filled(out, version, body);
  return result == LINEERR_STRUCTURETOOSMALL ? PHONEERR_STRUCTURETOOSMALL : result;
}

ButtonChange button_change(const PHONEBUTTONINFO& info) {
  ButtonChange change{info.dwButtonMode, info.dwButtonFunction, {}};
  const DWORD size = info.dwButtonTextSize, offset = info.dwButtonTextOffset;
  if (size == 0 || offset > info.dwTotalSize || size > info.dwTotalSize - offset) return change;
  std::u16string wide(size / sizeof(char16_t), u'\0');
  __builtin_memcpy(wide.data(), reinterpret_cast<const std::byte*>(&info) + offset,
                   wide.size() * sizeof(char16_t));
  change.text = tl::to_utf8(wide.substr(0, wide.find(u'\0')));
  return change;
}

} // namespace

LONG TSPIAPI TSPI_phoneNegotiateTSPIVersion(DWORD device_id, DWORD low, DWORD high, LPDWORD version) {
  return on_phone_device(device_id, [&](Exports&, PhoneProvider&, DWORD) -> LONG {
    const DWORD best = std::min(high, Provider::version_high);
    if (best < low || best < Provider::version_low) return PHONEERR_INCOMPATIBLEAPIVERSION;
    *version = best;
    return 0;
  });
}

LONG TSPIAPI TSPI_phoneGetExtensionID(DWORD, DWORD, LPPHONEEXTENSIONID id) {
  *id = {}; // no extensions of its own
  return 0;
}
LONG TSPIAPI TSPI_phoneNegotiateExtVersion(DWORD, DWORD, DWORD, DWORD, LPDWORD version) {
  *version = 0;
  return PHONEERR_OPERATIONUNAVAIL;
}
LONG TSPIAPI TSPI_phoneSelectExtVersion(HDRVPHONE handle, DWORD version) {
  return on_phone(handle, [&](Exports&, PhoneProvider&, Phone&) -> LONG {
    return version == 0 ? 0 : PHONEERR_OPERATIONUNAVAIL;
  });
}
LONG TSPIAPI TSPI_phoneGetIcon(DWORD, LPCWSTR, LPHICON) {
  return PHONEERR_OPERATIONUNAVAIL;
}

LONG TSPIAPI TSPI_phoneGetDevCaps(DWORD device_id, DWORD version, DWORD, LPPHONECAPS caps) {
  return on_phone_device(device_id, [&](Exports&, PhoneProvider& phones, DWORD device) {
    return filled_phone(caps, version, [&](StructWriter<PHONECAPS>& out) -> LONG {
      phones.get_phone_caps(device, out);
      return 0;
    });
  });
}

LONG TSPIAPI TSPI_phoneOpen(DWORD device_id, HTAPIPHONE server, LPHDRVPHONE out, DWORD version,
                            PHONEEVENT procedure) {
  return on_phone_device(device_id, [&](Exports& self, PhoneProvider& phones, DWORD device) -> LONG {
    Phone* phone = nullptr;
    const LONG result = phones.open_phone({device, version, server, procedure}, phone);
    if (result != 0) return result;
    phone->device = device;
    phone->version = version;
    phone->server = server;
    phone->procedure = procedure;
    phone->handle = self.phones.add(*phone);
    *out = reinterpret_cast<HDRVPHONE>(phone->handle);
    return 0;
  });
}

LONG TSPIAPI TSPI_phoneClose(HDRVPHONE handle) {
  return on_phone(handle, [&](Exports& self, PhoneProvider& phones, Phone& phone) -> LONG {
    self.phones.remove(phone.handle);
    phones.close_phone(phone);
    return 0;
  });
}

LONG TSPIAPI TSPI_phoneGetStatus(HDRVPHONE handle, LPPHONESTATUS status) {
  return on_phone(handle, [&](Exports&, PhoneProvider& phones, Phone& phone) {
    return filled_phone(status, phone.version, [&](StructWriter<PHONESTATUS>& out) -> LONG {
      phones.get_phone_status(phone, out);
      return 0;
    });
  });
}

LONG TSPIAPI TSPI_phoneSetStatusMessages(HDRVPHONE handle, DWORD states, DWORD modes, DWORD button_states) {
  return on_phone(handle, [&](Exports&, PhoneProvider& phones, Phone& phone) {
    const LONG result = phones.set_phone_status_messages(phone, states, modes, button_states);
    if (result != 0) return result;
    phone.states = states;
    phone.button_modes = modes;
    phone.button_states = button_states;
    return result;
  });
}

// clang-format off
LONG TSPIAPI TSPI_phoneGetHookSwitch(HDRVPHONE handle, LPDWORD devices) {
  return on_phone(handle, [&](Exports&, PhoneProvider& phones, Phone& phone) { return phones.get_hook_switch(phone, *devices); });
}
LONG TSPIAPI TSPI_phoneGetVolume(HDRVPHONE handle, DWORD device, LPDWORD volume) {
  return on_phone(handle, [&](Exports&, PhoneProvider& phones, Phone& phone) { return phones.get_volume(phone, device, *volume); });
}
LONG TSPIAPI TSPI_phoneGetGain(HDRVPHONE handle, DWORD device, LPDWORD gain) {
  return on_phone(handle, [&](Exports&, PhoneProvider& phones, Phone& phone) { return phones.get_gain(phone, device, *gain); });
}
LONG TSPIAPI TSPI_phoneGetRing(HDRVPHONE handle, LPDWORD mode, LPDWORD volume) {
  return on_phone(handle, [&](Exports&, PhoneProvider& phones, Phone& phone) { return phones.get_ring(phone, *mode, *volume); });
}
LONG TSPIAPI TSPI_phoneGetLamp(HDRVPHONE handle, DWORD id, LPDWORD mode) {
  return on_phone(handle, [&](Exports&, PhoneProvider& phones, Phone& phone) { return phones.get_lamp(phone, id, *mode); });
}
LONG TSPIAPI TSPI_phoneSetHookSwitch(DRV_REQUESTID id, HDRVPHONE handle, DWORD devices, DWORD mode) {
  return request_on_phone(id, handle, [&](PhoneProvider& phones, Request request, Phone& phone) { phones.set_hook_switch(std::move(request), phone, devices, mode); });
}
LONG TSPIAPI TSPI_phoneSetVolume(DRV_REQUESTID id, HDRVPHONE handle, DWORD device, DWORD volume) {
  return request_on_phone(id, handle, [&](PhoneProvider& phones, Request request, Phone& phone) { phones.set_volume(std::move(request), phone, device, volume); });
}
LONG TSPIAPI TSPI_phoneSetGain(DRV_REQUESTID id, HDRVPHONE handle, DWORD device, DWORD gain) {
  return request_on_phone(id, handle, [&](PhoneProvider& phones, Request request, Phone& phone) { phones.set_gain(std::move(request), phone, device, gain); });
}
LONG TSPIAPI TSPI_phoneSetRing(DRV_REQUESTID id, HDRVPHONE handle, DWORD mode, DWORD volume) {
  return request_on_phone(id, handle, [&](PhoneProvider& phones, Request request, Phone& phone) { phones.set_ring(std::move(request), phone, mode, volume); });
}
LONG TSPIAPI TSPI_phoneSetLamp(DRV_REQUESTID id, HDRVPHONE handle, DWORD lamp, DWORD mode) {
  return request_on_phone(id, handle, [&](PhoneProvider& phones, Request request, Phone& phone) { phones.set_lamp(std::move(request), phone, lamp, mode); });
}
// clang-format on

LONG TSPIAPI TSPI_phoneGetDisplay(HDRVPHONE handle, LPVARSTRING display) {
  return on_phone(handle, [&](Exports&, PhoneProvider& phones, Phone& phone) {
    return filled_phone(display, phone.version,
                        [&](StructWriter<VARSTRING>& out) { return phones.get_display(phone, out); });
  });
}

LONG TSPIAPI TSPI_phoneSetDisplay(DRV_REQUESTID id, HDRVPHONE handle, DWORD row, DWORD column, LPCWSTR text,
                                  DWORD size) {
  return request_on_phone(id, handle, [&](PhoneProvider& phones, Request request, Phone& phone) {
    const auto* const bytes = reinterpret_cast<const char*>(text);
    phones.set_display(std::move(request), phone, row, column, {bytes, bytes != nullptr ? size : 0});
  });
}

LONG TSPIAPI TSPI_phoneGetButtonInfo(HDRVPHONE handle, DWORD id, LPPHONEBUTTONINFO info) {
  return on_phone(handle, [&](Exports&, PhoneProvider& phones, Phone& phone) {
    return filled_phone(info, phone.version, [&](StructWriter<PHONEBUTTONINFO>& out) {
      return phones.get_button_info(phone, id, out);
    });
  });
}

LONG TSPIAPI TSPI_phoneSetButtonInfo(DRV_REQUESTID id, HDRVPHONE handle, DWORD button,
                                     LPPHONEBUTTONINFO const info) {
  if (info == nullptr || info->dwTotalSize < fixed_1_3) return PHONEERR_STRUCTURETOOSMALL;
  return request_on_phone(id, handle, [&](PhoneProvider& phones, Request request, Phone& phone) {
    phones.set_button_info(std::move(request), phone, button, button_change(*info));
  });
}

LONG TSPIAPI TSPI_phoneGetData(HDRVPHONE handle, DWORD id, LPVOID data, DWORD size) {
  return on_phone(handle, [&](Exports&, PhoneProvider& phones, Phone& phone) {
    return phones.get_data(phone, id, {static_cast<std::byte*>(data), data != nullptr ? size : 0});
  });
}

LONG TSPIAPI TSPI_phoneSetData(DRV_REQUESTID id, HDRVPHONE handle, DWORD data_id, LPVOID const data,
                               DWORD size) {
  return request_on_phone(id, handle, [&](PhoneProvider& phones, Request request, Phone& phone) {
    phones.set_data(std::move(request), phone, data_id,
                    {static_cast<const std::byte*>(data), data != nullptr ? size : 0});
  });
}

LONG TSPIAPI TSPI_phoneDevSpecific(DRV_REQUESTID id, HDRVPHONE handle, LPVOID parameters, DWORD size) {
  return request_on_phone(id, handle, [&](PhoneProvider& phones, Request request, Phone& phone) {
    phones.phone_dev_specific(std::move(request), phone,
                              {static_cast<std::byte*>(parameters), parameters != nullptr ? size : 0});
  });
}

// tapi/phone is answered by TAPI itself.
LONG TSPIAPI TSPI_phoneGetID(HDRVPHONE handle, LPVARSTRING id, LPCWSTR device_class, HANDLE) {
  return on_phone(handle, [&](Exports& self, PhoneProvider& phones, Phone& phone) -> LONG {
    const auto line = phones.line_of_phone(phone.device);
    if (!line || !is_class(device_class, "tapi/line")) return PHONEERR_INVALDEVICECLASS;
    return filled_phone(id, phone.version, [&](StructWriter<VARSTRING>& out) -> LONG {
      write_id(out, self.device_base + *line);
      return 0;
    });
  });
}
