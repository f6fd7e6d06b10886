// SPDX-License-Identifier: Apache-2.0
// The parts of a phone that applications read and set.
#include <algorithm>
#include <bit>
#include <cstring>

#include "pbx/phone.hpp"

namespace tl::pbx {
namespace {

constexpr std::array<DWORD, 3> volume_states{PHONESTATE_HANDSETVOLUME, PHONESTATE_SPEAKERVOLUME,
                                             PHONESTATE_HEADSETVOLUME};
constexpr std::array<DWORD, 3> gain_states{PHONESTATE_HANDSETGAIN, PHONESTATE_SPEAKERGAIN,
                                           PHONESTATE_HEADSETGAIN};

// The place of a PHONEHOOKSWITCHDEV_ bit in a phone's arrays; TAPI lets no other number pass.
std::size_t place(DWORD device) {
  return static_cast<std::size_t>(std::countr_zero(device)) % 3;
}

bool any_off_hook(const StationPhone& phone) {
  return std::any_of(phone.hook.begin(), phone.hook.end(),
                     [](DWORD mode) { return mode != PHONEHOOKSWITCHMODE_ONHOOK; });
}

} // namespace

LONG PbxPhones::get_hook_switch(tsp::Phone& phone, DWORD& devices) {
  const StationPhone& station = of(phone);
  devices = 0;
  for (std::size_t i = 0; i < station.hook.size(); ++i)
    if (station.hook[i] != PHONEHOOKSWITCHMODE_ONHOOK) devices |= 1U << i;
  return 0;
}

// As a hand would: lifting answers a ringing phone, putting the last device down ends the call.
void PbxPhones::set_hook_switch(tsp::Request request, tsp::Phone& phone, DWORD devices, DWORD mode) {
  StationPhone& station = of(phone);
  if (!station.whole) return request.fail(PHONEERR_OPERATIONUNAVAIL);
  const bool before = any_off_hook(station);
  for (std::size_t i = 0; i < station.hook.size(); ++i)
    if (devices & (1U << i)) show_hook(station, i, mode);
  request.complete();
  const bool after = any_off_hook(station);
  if (after && station.shown.ringing)
    switch_.command(*station.device, R"({"answer": true})");
  else if (before && !after && station.shown.off_hook)
    switch_.command(*station.device, R"({"hangup": true})");
}

LONG PbxPhones::get_volume(tsp::Phone& phone, DWORD device, DWORD& volume) {
  const StationPhone& station = of(phone);
  if (!station.whole) return PHONEERR_OPERATIONUNAVAIL;
  volume = station.volume[place(device)];
  return 0;
}

void PbxPhones::set_volume(tsp::Request request, tsp::Phone& phone, DWORD device, DWORD volume) {
  StationPhone& station = of(phone);
  if (!station.whole) return request.fail(PHONEERR_OPERATIONUNAVAIL);
  const std::size_t at = place(device);
  if (std::exchange(station.volume[at], volume) != volume) phone.state(volume_states[at]);
  request.complete();
}

LONG PbxPhones::get_gain(tsp::Phone& phone, DWORD device, DWORD& gain) {
  const StationPhone& station = of(phone);
  if (!station.whole) return PHONEERR_OPERATIONUNAVAIL;
  gain = station.gain[place(device)];
  return 0;
}

void PbxPhones::set_gain(tsp::Request request, tsp::Phone& phone, DWORD device, DWORD gain) {
  StationPhone& station = of(phone);
  if (!station.whole) return request.fail(PHONEERR_OPERATIONUNAVAIL);
  const std::size_t at = place(device);
  if (std::exchange(station.gain[at], gain) != gain) phone.state(gain_states[at]);
  request.complete();
}

LONG PbxPhones::get_ring(tsp::Phone& phone, DWORD& mode, DWORD& volume) {
  const StationPhone& station = of(phone);
  mode = station.ring_mode;
  volume = station.ring_volume;
  return 0;
}

void PbxPhones::set_ring(tsp::Request request, tsp::Phone& phone, DWORD mode, DWORD volume) {
  StationPhone& station = of(phone);
  if (!station.whole) return request.fail(PHONEERR_OPERATIONUNAVAIL);
  if (mode > phone_ring_modes) return request.fail(PHONEERR_INVALRINGMODE);
  if (std::exchange(station.ring_mode, mode) != mode) phone.state(PHONESTATE_RINGMODE, mode);
  if (std::exchange(station.ring_volume, volume) != volume) phone.state(PHONESTATE_RINGVOLUME);
  request.complete();
}

LONG PbxPhones::get_lamp(tsp::Phone& phone, DWORD id, DWORD& mode) {
  const StationPhone& station = of(phone);
  if (!station.whole) return PHONEERR_OPERATIONUNAVAIL;
  if (id >= station.buttons.size()) return PHONEERR_INVALBUTTONLAMPID;
  mode = station.buttons[id].lamp;
  return 0;
}

void PbxPhones::set_lamp(tsp::Request request, tsp::Phone& phone, DWORD id, DWORD mode) {
  StationPhone& station = of(phone);
  if (!station.whole) return request.fail(PHONEERR_OPERATIONUNAVAIL);
  if (id >= station.buttons.size()) return request.fail(PHONEERR_INVALBUTTONLAMPID);
  if (id < phone_keys) return request.fail(PHONEERR_INVALLAMPMODE); // keys have none
  if (std::exchange(station.buttons[id].lamp, mode) != mode) phone.state(PHONESTATE_LAMP, id);
  request.complete();
}

LONG PbxPhones::get_display(tsp::Phone& phone, tsp::StructWriter<VARSTRING>& out) {
  const StationPhone& station = of(phone);
  out->dwStringFormat = STRINGFORMAT_ASCII;
  out.bytes(&VARSTRING::dwStringSize, &VARSTRING::dwStringOffset, station.display.data(),
            station.whole ? station.display.size() : phone_columns);
  return 0;
}

// A text goes on in the next row; it must fit.
void PbxPhones::set_display(tsp::Request request, tsp::Phone& phone, DWORD row, DWORD column,
                            std::string_view text) {
  StationPhone& station = of(phone);
  if (!station.whole) return request.fail(PHONEERR_OPERATIONUNAVAIL);
  while (text.ends_with('\0')) text.remove_suffix(1);
  if (row >= phone_rows || column >= phone_columns ||
      text.size() > station.display.size() - (std::size_t{row} * phone_columns + column))
    return request.fail(PHONEERR_INVALPARAM);
  write(station, row, column, text);
  request.complete();
}

LONG PbxPhones::get_button_info(tsp::Phone& phone, DWORD id, tsp::StructWriter<PHONEBUTTONINFO>& out) {
  const StationPhone& station = of(phone);
  if (!station.whole) return PHONEERR_OPERATIONUNAVAIL;
  if (id >= station.buttons.size()) return PHONEERR_INVALBUTTONLAMPID;
  const PhoneButton& button = station.buttons[id];
  out->dwButtonMode = button.mode;
  out->dwButtonFunction = button.function;
  out->dwButtonState = button.down ? PHONEBUTTONSTATE_DOWN : PHONEBUTTONSTATE_UP;
  out.text(&PHONEBUTTONINFO::dwButtonTextSize, &PHONEBUTTONINFO::dwButtonTextOffset, button.text);
  return 0;
}

// The dial pad is what it is; what a key beside it means is a matter between the application and its user.
void PbxPhones::set_button_info(tsp::Request request, tsp::Phone& phone, DWORD id,
                                const tsp::ButtonChange& change) {
  StationPhone& station = of(phone);
  if (!station.whole) return request.fail(PHONEERR_OPERATIONUNAVAIL);
  if (id >= station.buttons.size()) return request.fail(PHONEERR_INVALBUTTONLAMPID);
  if (id < phone_keys) return request.fail(PHONEERR_OPERATIONUNAVAIL);
  constexpr DWORD modes =
      PHONEBUTTONMODE_CALL | PHONEBUTTONMODE_FEATURE | PHONEBUTTONMODE_LOCAL | PHONEBUTTONMODE_DISPLAY;
  if (!std::has_single_bit(change.mode) || (change.mode & ~modes) ||
      change.function > PHONEBUTTONFUNCTION_NONE || change.text.size() > button_text_bytes_max)
    return request.fail(PHONEERR_OPERATIONFAILED);
  PhoneButton& button = station.buttons[id];
  button.mode = change.mode;
  button.function = change.function;
  button.text = change.text;
  request.complete();
}

LONG PbxPhones::get_data(tsp::Phone& phone, DWORD id, std::span<std::byte> data) {
  const StationPhone& station = of(phone);
  if (!station.whole) return PHONEERR_OPERATIONUNAVAIL;
  if (id != 0) return PHONEERR_INVALDATAID;
  std::copy_n(station.data.begin(), std::min(data.size(), station.data.size()), data.begin());
  return 0;
}

// What is longer than the area is cut off: PHONECAPS says how long it is.
void PbxPhones::set_data(tsp::Request request, tsp::Phone& phone, DWORD id, std::span<const std::byte> data) {
  StationPhone& station = of(phone);
  if (!station.whole) return request.fail(PHONEERR_OPERATIONUNAVAIL);
  if (id != 0) return request.fail(PHONEERR_INVALDATAID);
  std::copy_n(data.begin(), std::min(data.size(), station.data.size()), station.data.begin());
  request.complete();
}

} // namespace tl::pbx
