// SPDX-License-Identifier: Apache-2.0
// The parts of a phone: hook switches, volumes, ring, display, lamps, buttons, data. Reading needs a handle,
// changing the owner's [operating-modes-and-privileges].
#include <bit>
#include <cstring>

#include "server/functions.hpp"

namespace tl::server {
namespace {

constexpr DWORD hook_devices =
    PHONEHOOKSWITCHDEV_HANDSET | PHONEHOOKSWITCHDEV_SPEAKER | PHONEHOOKSWITCHDEV_HEADSET;
constexpr DWORD level_max = 0xFFFF; // of volume and gain; TAPI cuts off what is above

bool one_of(DWORD value, DWORD bits) {
  return std::has_single_bit(value) && (value & bits) != 0;
}

// A provider's function that reads from an open phone. `read` gets the function and HDRVPHONE.
template <auto Member, class Read> LONG read(Request& r, DWORD handle, Read reading) {
  OpenPhone* const open = r.core.phones.find(r.client, handle);
  if (!open) return PHONEERR_INVALPHONEHANDLE;
  const auto function = open->phone.provider.tspi.*Member;
  if (!function) return PHONEERR_OPERATIONUNAVAIL;
  return reading(*open, function, open->phone.driver);
}

// One that answers one value.
template <auto Member, class... A> LONG read_value(Request& r, DWORD handle, A... arguments) {
  return read<Member>(r, handle, [&](OpenPhone&, auto function, HDRVPHONE phone) {
    DWORD value = 0;
    const LONG result = function(phone, arguments..., &value);
    if (result == 0) r.reply.dword(value);
    return result;
  });
}

Pending* new_request(Request& r, OpenPhone& open) {
  Pending* const pending = r.core.add_request(&open.phone.provider, &r.client, r.function, r.sequence);
  if (!pending) return nullptr;
  pending->app = open.app.handle;
  pending->device = open.handle;
  pending->instance = open.instance;
  open.requests.push_back(*pending);
  return pending;
}

template <class Begin> LONG start(Request& r, OpenPhone& open, Begin begin) {
  if (!open.control) return PHONEERR_OPERATIONUNAVAIL; // its user may only watch
  Pending* const pending = new_request(r, open);
  return pending ? started(r, *pending, begin(*pending)) : PHONEERR_RESOURCEUNAVAIL;
}

// The phone of an owner's handle.
OpenPhone* owned(Request& r, DWORD handle, LONG& error) {
  OpenPhone* const open = r.core.phones.find(r.client, handle);
  error = !open ? PHONEERR_INVALPHONEHANDLE : !open->owner ? PHONEERR_NOTOWNER : 0;
  return error ? nullptr : open;
}

// An asynchronous function of the provider; `invalid` is what is wrong with its parameters, or 0.
template <auto Member, class... A> LONG change(Request& r, DWORD handle, LONG invalid, A... arguments) {
  LONG error = 0;
  OpenPhone* const open = owned(r, handle, error);
  if (!open) return error;
  if (invalid != 0) return invalid;
  const auto function = open->phone.provider.tspi.*Member;
  if (!function) return PHONEERR_OPERATIONUNAVAIL;
  return start(r, *open,
               [&](Pending& pending) { return function(pending.id, open->phone.driver, arguments...); });
}

LONG get_hook_switch(Request& r, DWORD handle) {
  return read_value<&ProviderTable::phoneGetHookSwitch>(r, handle);
}
LONG set_hook_switch(Request& r, DWORD handle, DWORD devices, DWORD mode) {
  constexpr DWORD modes = PHONEHOOKSWITCHMODE_ONHOOK | PHONEHOOKSWITCHMODE_MIC | PHONEHOOKSWITCHMODE_SPEAKER |
                          PHONEHOOKSWITCHMODE_MICSPEAKER;
  const LONG invalid = devices == 0 || (devices & ~hook_devices) ? PHONEERR_INVALHOOKSWITCHDEV
                       : !one_of(mode, modes)                    ? PHONEERR_INVALHOOKSWITCHMODE
                                                                 : 0;
  return change<&ProviderTable::phoneSetHookSwitch>(r, handle, invalid, devices, mode);
}

LONG bad_device(DWORD device) {
  return one_of(device, hook_devices) ? 0 : PHONEERR_INVALHOOKSWITCHDEV;
}

template <auto Member> LONG get_level(Request& r, DWORD handle, DWORD device) {
  if (!r.core.phones.find(r.client, handle)) return PHONEERR_INVALPHONEHANDLE;
  if (const LONG bad = bad_device(device)) return bad;
  return read_value<Member>(r, handle, device);
}
template <auto Member> LONG set_level(Request& r, DWORD handle, DWORD device, DWORD level) {
  return change<Member>(r, handle, bad_device(device), device, std::min(level, level_max));
}

LONG get_ring(Request& r, DWORD handle) {
  return read<&ProviderTable::phoneGetRing>(r, handle, [&](OpenPhone&, auto function, HDRVPHONE phone) {
    DWORD mode = 0, volume = 0;
    const LONG result = function(phone, &mode, &volume);
    if (result != 0) return result;
    r.reply.dword(mode);
    r.reply.dword(volume);
    return result;
  });
}
LONG set_ring(Request& r, DWORD handle, DWORD mode, DWORD volume) {
  return change<&ProviderTable::phoneSetRing>(r, handle, 0, mode, std::min(volume, level_max));
}

LONG get_lamp(Request& r, DWORD handle, DWORD id) {
  return read_value<&ProviderTable::phoneGetLamp>(r, handle, id);
}
LONG set_lamp(Request& r, DWORD handle, DWORD id, DWORD mode) {
  constexpr DWORD modes = PHONELAMPMODE_OFF | PHONELAMPMODE_STEADY | PHONELAMPMODE_WINK |
                          PHONELAMPMODE_FLASH | PHONELAMPMODE_FLUTTER | PHONELAMPMODE_BROKENFLUTTER;
  return change<&ProviderTable::phoneSetLamp>(r, handle, one_of(mode, modes) ? 0 : PHONEERR_INVALLAMPMODE, id,
                                              mode);
}

LONG get_display(Request& r, DWORD handle, Capacity capacity) {
  return read<&ProviderTable::phoneGetDisplay>(r, handle, [&](OpenPhone&, auto function, HDRVPHONE phone) {
    return answer_structure(
        r, wire::var_string, version_high, version_high, capacity,
        [&](Filling& text) { return function(phone, &text.as<VARSTRING>()); }, [](Filling&) {});
  });
}

// Bytes for the provider that live until its answer.
LPVOID keep(Pending& pending, const Data& data) {
  if (!data) return nullptr;
  pending.memory.resize((data->size() + 7) / 8);
  pending.capacity = static_cast<DWORD>(data->size());
  if (!data->empty()) std::memcpy(pending.memory.data(), data->data(), data->size());
  return pending.memory.data();
}

// The text is in the format of PHONECAPS.dwStringFormat, whatever its C type says [nf-tapi-phonesetdisplay].
LONG set_display(Request& r, DWORD handle, DWORD row, DWORD column, Data text) {
  LONG error = 0;
  OpenPhone* const open = owned(r, handle, error);
  if (!open) return error;
  if (!text) return PHONEERR_INVALPOINTER;
  const auto function = open->phone.provider.tspi.phoneSetDisplay;
  if (!function) return PHONEERR_OPERATIONUNAVAIL;
  return start(r, *open, [&](Pending& pending) {
    auto* const copy = static_cast<LPCWSTR>(keep(pending, text));
    return function(pending.id, open->phone.driver, row, column, copy, pending.capacity);
  });
}

LONG get_button_info(Request& r, DWORD handle, DWORD id, Capacity capacity) {
  return read<&ProviderTable::phoneGetButtonInfo>(
      r, handle, [&](OpenPhone& open, auto function, HDRVPHONE phone) {
        return answer_structure(
            r, wire::phone_button_info, open.version, open.phone.version, capacity,
            [&](Filling& info) { return function(phone, id, &info.as<PHONEBUTTONINFO>()); }, [](Filling&) {});
      });
}

LONG set_button_info(Request& r, DWORD handle, DWORD id, Data data) {
  LONG error = 0;
  OpenPhone* const open = owned(r, handle, error);
  if (!open) return error;
  if (!data) return PHONEERR_INVALPOINTER;
  Copied info = copy_structure(data, wire::phone_button_info, open->version, open->phone.version,
                               PHONEERR_STRUCTURETOOSMALL, PHONEERR_OPERATIONFAILED);
  if (info.error) return info.error;
  const auto function = open->phone.provider.tspi.phoneSetButtonInfo;
  if (!function) return PHONEERR_OPERATIONUNAVAIL;
  return start(r, *open, [&](Pending& pending) {
    pending.memory = std::move(info.memory);
    return function(pending.id, open->phone.driver, id,
                    reinterpret_cast<LPPHONEBUTTONINFO>(pending.memory.data()));
  });
}

LONG get_data(Request& r, DWORD handle, DWORD id, Capacity capacity) {
  return read<&ProviderTable::phoneGetData>(r, handle, [&](OpenPhone&, auto function, HDRVPHONE phone) {
    const auto size =
        static_cast<DWORD>(std::min<std::size_t>(capacity.bytes, r.core.options.limits.structure_bytes_max));
    const auto room = r.reply.begin_data(size);
    const LONG result = function(phone, id, room.data(), size);
    r.reply.end_data(size);
    return result;
  });
}

LONG set_data(Request& r, DWORD handle, DWORD id, Data data) {
  LONG error = 0;
  OpenPhone* const open = owned(r, handle, error);
  if (!open) return error;
  const auto function = open->phone.provider.tspi.phoneSetData;
  if (!function) return PHONEERR_OPERATIONUNAVAIL;
  return start(r, *open, [&](Pending& pending) {
    LPVOID const copy = keep(pending, data);
    return function(pending.id, open->phone.driver, id, copy, pending.capacity);
  });
}

LONG dev_specific(Request& r, DWORD handle, Data block) {
  OpenPhone* const open = r.core.phones.find(r.client, handle);
  if (!open) return PHONEERR_INVALPHONEHANDLE;
  const auto function = open->phone.provider.tspi.phoneDevSpecific;
  if (!function) return PHONEERR_OPERATIONUNAVAIL;
  return start(r, *open, [&](Pending& pending) {
    LPVOID const copy = keep(pending, block);
    return function(pending.id, open->phone.driver, copy, pending.capacity);
  });
}

// Class tapi/phone is answered here, all others by the provider [nf-tapi-phonegetidw].
LONG get_id(Request& r, DWORD handle, Capacity capacity, Text device_class) {
  OpenPhone* const open = r.core.phones.find(r.client, handle);
  if (!open) return PHONEERR_INVALPHONEHANDLE;
  if (!device_class) return PHONEERR_INVALPOINTER;
  if (is_class(device_class, u"tapi/phone"))
    return answer_id(r, capacity, *r.client.phones.id_of(open->phone.id));
  const Wide name{device_class};
  return read<&ProviderTable::phoneGetID>(r, handle, [&](OpenPhone&, auto function, HDRVPHONE phone) {
    return answer_structure(
        r, wire::var_string, version_high, version_high, capacity,
        [&](Filling& id) {
          const LONG result = function(phone, &id.as<VARSTRING>(), name.c(), INVALID_HANDLE_VALUE);
          if (result != 0 || !is_class(device_class, u"tapi/line")) return result;
          return own_id(id, r.client.lines) ? 0 : PHONEERR_NODEVICE;
        },
        [](Filling&) {});
  });
}

} // namespace

void bind_phone_device_functions(Bindings& b) {
  b.bind<Fn::phoneGetHookSwitch, &get_hook_switch>();
  b.bind<Fn::phoneSetHookSwitch, &set_hook_switch>();
  b.bind<Fn::phoneGetVolume, &get_level<&ProviderTable::phoneGetVolume>>();
  b.bind<Fn::phoneSetVolume, &set_level<&ProviderTable::phoneSetVolume>>();
  b.bind<Fn::phoneGetGain, &get_level<&ProviderTable::phoneGetGain>>();
  b.bind<Fn::phoneSetGain, &set_level<&ProviderTable::phoneSetGain>>();
  b.bind<Fn::phoneGetRing, &get_ring>();
  b.bind<Fn::phoneSetRing, &set_ring>();
  b.bind<Fn::phoneGetLamp, &get_lamp>();
  b.bind<Fn::phoneSetLamp, &set_lamp>();
  b.bind<Fn::phoneGetDisplay, &get_display>();
  b.bind<Fn::phoneSetDisplay, &set_display>();
  b.bind<Fn::phoneGetButtonInfo, &get_button_info>();
  b.bind<Fn::phoneSetButtonInfo, &set_button_info>();
  b.bind<Fn::phoneGetData, &get_data>();
  b.bind<Fn::phoneSetData, &set_data>();
  b.bind<Fn::phoneDevSpecific, &dev_specific>();
  b.bind<Fn::phoneGetID, &get_id>();
}

} // namespace tl::server
