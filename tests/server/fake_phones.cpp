// SPDX-License-Identifier: Apache-2.0
#include "fake_phones.hpp"

#include <cstring>

namespace tl::server::test {

FakePhones* fake_phones = nullptr;

FakePhones::FakePhones() {
  fake_phones = this;
}
FakePhones::~FakePhones() {
  fake_phones = nullptr;
}

void FakePhones::event(DWORD phone, DWORD message, DWORD_PTR p1, DWORD_PTR p2, DWORD_PTR p3) {
  const FakePhone& to = phones.at(phone);
  to.procedure(to.server, message, p1, p2, p3);
}

namespace {

constexpr std::size_t handle_offset = 9000; // HDRVPHONE is the phone's number and this

DWORD number(HDRVPHONE phone) {
  return static_cast<DWORD>(reinterpret_cast<std::size_t>(phone) - handle_offset);
}
FakePhone& at(HDRVPHONE phone) {
  return fake_phones->phones.at(number(phone));
}
std::string name(HDRVPHONE phone) {
  return "p" + std::to_string(number(phone));
}
std::string with(HDRVPHONE phone, DWORD first) {
  return name(phone) + " " + std::to_string(first);
}
std::string with(HDRVPHONE phone, DWORD first, DWORD second) {
  return with(phone, first) + " " + std::to_string(second);
}

LONG negotiate(DWORD id, DWORD, DWORD, LPDWORD version) {
  *version = fake_phones->version;
  return fake->sync("phoneNegotiateTSPIVersion", std::to_string(id));
}
LONG open(DWORD id, HTAPIPHONE server, LPHDRVPHONE phone, DWORD version, PHONEEVENT procedure) {
  const DWORD index = id - fake->phone_base;
  *phone = reinterpret_cast<HDRVPHONE>(handle_offset + index);
  const LONG result = fake->sync("phoneOpen", "p" + std::to_string(index));
  if (result == 0)
    fake_phones->phones[index] = {.server = server, .procedure = procedure, .version = version};
  return result;
}
LONG close(HDRVPHONE phone) {
  fake_phones->phones.erase(number(phone));
  return fake->sync("phoneClose", name(phone));
}
LONG create_device(DWORD_PTR temporary, DWORD id) {
  return fake->sync("providerCreatePhoneDevice", std::to_string(temporary) + " as " + std::to_string(id));
}
LONG set_states(HDRVPHONE phone, DWORD states, DWORD modes, DWORD button_states) {
  const LONG result = fake->sync("phoneSetStatusMessages", name(phone));
  if (result != 0) return result;
  at(phone).states = states;
  at(phone).modes = modes;
  at(phone).button_states = button_states;
  return 0;
}

// Fills the fixed part of the phone's version and a text behind it.
template <class T>
void fill(T* out, DWORD fixed, DWORD T::*size, DWORD T::*offset, std::u16string_view text) {
  const auto bytes = static_cast<DWORD>((text.size() + 1) * sizeof(char16_t));
  out->dwNeededSize = fixed + bytes;
  out->dwUsedSize = fixed;
  if (out->dwTotalSize < fixed + bytes) return;
  std::memset(reinterpret_cast<std::byte*>(out) + fixed, 0, bytes);
  std::memcpy(reinterpret_cast<std::byte*>(out) + fixed, text.data(), bytes - sizeof(char16_t));
  out->*size = bytes;
  out->*offset = fixed;
  out->dwUsedSize = fixed + bytes;
}

LONG dev_caps(DWORD id, DWORD version, DWORD, LPPHONECAPS caps) {
  const DWORD fixed = version < 0x00020000 ? 144 : version < 0x00020002 ? 180 : 196;
  if (version >= 0x00020000) caps->dwPhoneFeatures = PHONEFEATURE_GETLAMP;
  if (version >= 0x00020002) caps->PermanentPhoneGuid.Data1 = 0x11223344;
  caps->dwNumButtonLamps = 12;
  const auto named = fake_phones->names.find(id - fake->phone_base);
  fill(caps, fixed, &PHONECAPS::dwPhoneNameSize, &PHONECAPS::dwPhoneNameOffset,
       named == fake_phones->names.end() ? u"Desk" : named->second);
  return fake->sync("phoneGetDevCaps", "");
}
LONG status(HDRVPHONE phone, LPPHONESTATUS out) {
  out->dwStatusFlags = PHONESTATUSFLAGS_CONNECTED;
  out->dwPhoneFeatures = PHONEFEATURE_GETLAMP;
  fill(out, sizeof(PHONESTATUS), &PHONESTATUS::dwDisplaySize, &PHONESTATUS::dwDisplayOffset, u"12:00");
  return fake->sync("phoneGetStatus", name(phone));
}

LONG get_hook(HDRVPHONE phone, LPDWORD devices) {
  *devices = at(phone).values["hook"];
  return fake->sync("phoneGetHookSwitch", name(phone));
}
LONG set_hook(DRV_REQUESTID id, HDRVPHONE phone, DWORD devices, DWORD mode) {
  at(phone).values["hook"] = mode == PHONEHOOKSWITCHMODE_ONHOOK ? 0 : devices;
  return fake->async("phoneSetHookSwitch", with(phone, devices, mode), id);
}
LONG get_volume(HDRVPHONE phone, DWORD device, LPDWORD value) {
  *value = at(phone).values["volume " + std::to_string(device)];
  return fake->sync("phoneGetVolume", with(phone, device));
}
LONG set_volume(DRV_REQUESTID id, HDRVPHONE phone, DWORD device, DWORD value) {
  at(phone).values["volume " + std::to_string(device)] = value;
  return fake->async("phoneSetVolume", with(phone, device, value), id);
}
LONG get_gain(HDRVPHONE phone, DWORD device, LPDWORD value) {
  *value = at(phone).values["gain " + std::to_string(device)];
  return fake->sync("phoneGetGain", with(phone, device));
}
LONG set_gain(DRV_REQUESTID id, HDRVPHONE phone, DWORD device, DWORD value) {
  at(phone).values["gain " + std::to_string(device)] = value;
  return fake->async("phoneSetGain", with(phone, device, value), id);
}
LONG get_ring(HDRVPHONE phone, LPDWORD mode, LPDWORD volume) {
  *mode = at(phone).values["ring"];
  *volume = at(phone).values["ring volume"];
  return fake->sync("phoneGetRing", name(phone));
}
LONG set_ring(DRV_REQUESTID id, HDRVPHONE phone, DWORD mode, DWORD volume) {
  at(phone).values["ring"] = mode;
  at(phone).values["ring volume"] = volume;
  return fake->async("phoneSetRing", with(phone, mode, volume), id);
}
LONG get_lamp(HDRVPHONE phone, DWORD lamp, LPDWORD mode) {
  *mode = at(phone).values["lamp " + std::to_string(lamp)];
  return fake->sync("phoneGetLamp", with(phone, lamp));
}
LONG set_lamp(DRV_REQUESTID id, HDRVPHONE phone, DWORD lamp, DWORD mode) {
  at(phone).values["lamp " + std::to_string(lamp)] = mode;
  return fake->async("phoneSetLamp", with(phone, lamp, mode), id);
}
LONG get_display(HDRVPHONE phone, LPVARSTRING text) {
  const auto& data = at(phone).data;
  text->dwNeededSize = static_cast<DWORD>(sizeof *text + data.size());
  text->dwUsedSize = sizeof *text;
  text->dwStringFormat = STRINGFORMAT_ASCII;
  if (text->dwTotalSize >= text->dwNeededSize) {
    std::memcpy(text + 1, data.data(), data.size());
    text->dwStringSize = static_cast<DWORD>(data.size());
    text->dwStringOffset = sizeof *text;
    text->dwUsedSize = text->dwNeededSize;
  }
  return fake->sync("phoneGetDisplay", name(phone));
}
void keep(HDRVPHONE phone, const void* from, DWORD size) {
  const auto* bytes = static_cast<const std::byte*>(from);
  at(phone).data.assign(bytes, bytes + size);
}
LONG set_display(DRV_REQUESTID id, HDRVPHONE phone, DWORD row, DWORD column, LPCWSTR text, DWORD size) {
  keep(phone, text, size);
  return fake->async("phoneSetDisplay", with(phone, row, column), id);
}
LONG get_data(HDRVPHONE phone, DWORD id, LPVOID data, DWORD size) {
  std::memset(data, static_cast<int>(id), size);
  return fake->sync("phoneGetData", with(phone, id, size));
}
LONG set_data(DRV_REQUESTID id, HDRVPHONE phone, DWORD data_id, LPVOID const data, DWORD size) {
  keep(phone, data, size);
  return fake->async("phoneSetData", with(phone, data_id, size), id);
}
LONG get_button(HDRVPHONE phone, DWORD button, LPPHONEBUTTONINFO info) {
  info->dwButtonMode = PHONEBUTTONMODE_KEYPAD;
  info->dwButtonState = PHONEBUTTONSTATE_UP;
  fill(info, sizeof *info, &PHONEBUTTONINFO::dwButtonTextSize, &PHONEBUTTONINFO::dwButtonTextOffset,
       at(phone).button_text);
  return fake->sync("phoneGetButtonInfo", with(phone, button));
}
LONG set_button(DRV_REQUESTID id, HDRVPHONE phone, DWORD button, LPPHONEBUTTONINFO const info) {
  const auto* bytes = reinterpret_cast<const char*>(info);
  at(phone).button_text.assign(
      reinterpret_cast<const char16_t*>(bytes + info->dwButtonTextOffset), // NOLINT: even by the test
      info->dwButtonTextSize / sizeof(char16_t) - 1);
  return fake->async("phoneSetButtonInfo", with(phone, button), id);
}
LONG dev_specific(DRV_REQUESTID id, HDRVPHONE phone, LPVOID data, DWORD size) {
  if (size != 0) static_cast<std::byte*>(data)[0] = std::byte{'!'};
  return fake->async("phoneDevSpecific", with(phone, size), id);
}
LONG get_id(HDRVPHONE phone, LPVARSTRING, LPCWSTR, HANDLE) {
  fake->sync("phoneGetID", name(phone));
  return PHONEERR_INVALDEVICECLASS;
}

} // namespace

void FakePhones::add_to(ProviderTable& t) const {
  t.phoneNegotiateTSPIVersion = &negotiate;
  t.phoneOpen = &open;
  t.phoneClose = &close;
  t.providerCreatePhoneDevice = &create_device;
  t.phoneSetStatusMessages = &set_states;
  t.phoneGetDevCaps = &dev_caps;
  t.phoneGetStatus = &status;
  t.phoneGetHookSwitch = &get_hook;
  t.phoneSetHookSwitch = &set_hook;
  t.phoneGetVolume = &get_volume;
  t.phoneSetVolume = &set_volume;
  t.phoneGetGain = &get_gain;
  t.phoneSetGain = &set_gain;
  t.phoneGetRing = &get_ring;
  t.phoneSetRing = &set_ring;
  t.phoneGetLamp = &get_lamp;
  t.phoneSetLamp = &set_lamp;
  t.phoneGetDisplay = &get_display;
  t.phoneSetDisplay = &set_display;
  t.phoneGetData = &get_data;
  t.phoneSetData = &set_data;
  t.phoneGetButtonInfo = &get_button;
  t.phoneSetButtonInfo = &set_button;
  t.phoneDevSpecific = &dev_specific;
  t.phoneGetID = &get_id;
}

} // namespace tl::server::test
