// SPDX-License-Identifier: Apache-2.0
// The parts of a phone, each set and read by one function of tapi.h.
#include "telephony/phone_start.hpp"

namespace tl::telephony {

LONG Phone::hook_switches(DWORD& off_hook) {
  return phone_ == 0 ? PHONEERR_INVALPHONEHANDLE : phoneGetHookSwitch(phone_, &off_hook);
}
LONG Phone::set_hook_switch(HookSwitch which, HookMode mode, Done done) {
  return start(std::move(done), [&] { return phoneSetHookSwitch(phone_, code(which), code(mode)); });
}

LONG Phone::volume(HookSwitch which, DWORD& out) {
  return phone_ == 0 ? PHONEERR_INVALPHONEHANDLE : phoneGetVolume(phone_, code(which), &out);
}
LONG Phone::set_volume(HookSwitch which, DWORD volume, Done done) {
  return start(std::move(done), [&] { return phoneSetVolume(phone_, code(which), volume); });
}

LONG Phone::gain(HookSwitch which, DWORD& out) {
  return phone_ == 0 ? PHONEERR_INVALPHONEHANDLE : phoneGetGain(phone_, code(which), &out);
}
LONG Phone::set_gain(HookSwitch which, DWORD gain, Done done) {
  return start(std::move(done), [&] { return phoneSetGain(phone_, code(which), gain); });
}

LONG Phone::ring(Ring& out) {
  return phone_ == 0 ? PHONEERR_INVALPHONEHANDLE : phoneGetRing(phone_, &out.mode, &out.volume);
}
LONG Phone::set_ring(Ring ring, Done done) {
  return start(std::move(done), [&] { return phoneSetRing(phone_, ring.mode, ring.volume); });
}

LONG Phone::lamp(DWORD lamp, LampMode& out) {
  if (phone_ == 0) return PHONEERR_INVALPHONEHANDLE;
  DWORD mode = 0;
  const LONG result = phoneGetLamp(phone_, lamp, &mode);
  if (result == 0) out = LampMode{mode};
  return result;
}
LONG Phone::set_lamp(DWORD lamp, LampMode mode, Done done) {
  return start(std::move(done), [&] { return phoneSetLamp(phone_, lamp, code(mode)); });
}

LONG Phone::button(DWORD button, ButtonInfo& out) {
  if (phone_ == 0) return PHONEERR_INVALPHONEHANDLE;
  StructureBuffer& buffer = telephony_.state_->buffer;
  const LONG result = fetch<PHONEBUTTONINFO>(
      buffer, [&](PHONEBUTTONINFO* into) { return phoneGetButtonInfoW(phone_, button, into); });
  if (result != 0) return result;
  const auto& from = *reinterpret_cast<const PHONEBUTTONINFO*>(buffer.data());
  out = {ButtonMode{from.dwButtonMode}, from.dwButtonFunction,
         view<PHONEBUTTONINFO>(buffer).text(from.dwButtonTextSize, from.dwButtonTextOffset),
         ButtonState{from.dwButtonState}};
  return 0;
}
LONG Phone::set_button(DWORD button, const ButtonInfo& info, Done done) {
  if (phone_ == 0) return PHONEERR_INVALPHONEHANDLE;
  StructureBuffer& buffer = telephony_.state_->buffer;
  const std::size_t room = sizeof(PHONEBUTTONINFO) + 2 * (info.text.size() + 1);
  if (buffer.size() < room) buffer.resize(room);
  auto* const out = reinterpret_cast<PHONEBUTTONINFO*>(buffer.data());
  *out = PHONEBUTTONINFO{};
  out->dwButtonMode = code(info.mode);
  out->dwButtonFunction = info.function;
  StructureFiller filler(out, room, sizeof *out);
  DWORD size = 0, offset = 0; // fields of a packed structure cannot be bound to references
  filler.put_text(info.text, size, offset);
  out->dwButtonTextSize = size, out->dwButtonTextOffset = offset;
  out->dwTotalSize = filler.used();
  return start(std::move(done), [&] { return phoneSetButtonInfoW(phone_, button, out); });
}

LONG Phone::display(std::string& out) {
  if (phone_ == 0) return PHONEERR_INVALPHONEHANDLE;
  return fetch_bytes(telephony_.state_->buffer, out,
                     [&](VARSTRING* into) { return phoneGetDisplay(phone_, into); });
}
LONG Phone::set_display(DWORD row, DWORD column, std::string_view text, Done done) {
  return start(std::move(done), [&] {
    return phoneSetDisplay(phone_, row, column, text.data(), static_cast<DWORD>(text.size()));
  });
}

LONG Phone::data(DWORD id, std::string& out) {
  if (phone_ == 0) return PHONEERR_INVALPHONEHANDLE;
  PhoneCapabilities caps;
  if (const LONG result = capabilities(caps); result != 0) return result;
  if (id >= caps.readable_data_bytes.size()) return PHONEERR_INVALDATAID;
  std::string bytes(std::min<std::size_t>(caps.readable_data_bytes[id], structure_size_max_bytes), '\0');
  const LONG result = phoneGetData(phone_, id, bytes.data(), static_cast<DWORD>(bytes.size()));
  if (result == 0) out = std::move(bytes);
  return result;
}
LONG Phone::set_data(DWORD id, std::string_view bytes, Done done) {
  // The function's parameter is not const, but it only reads [nf-tapi-phonesetdata].
  return start(std::move(done), [&] {
    return phoneSetData(phone_, id, const_cast<char*>(bytes.data()), static_cast<DWORD>(bytes.size()));
  });
}

LONG Phone::device_specific(std::string block, std::function<void(LONG, std::string_view)> done) {
  if (phone_ == 0) return PHONEERR_INVALPHONEHANDLE;
  if (block.size() > structure_size_max_bytes) return PHONEERR_INVALPARAM;
  Requests& requests = telephony_.state_->phone_requests;
  if (requests.full(true)) return PHONEERR_REQUESTOVERRUN;
  auto request = std::make_shared<BlockRequest>(*this, std::move(block), std::move(done));
  std::string& bytes = request->block();
  const LONG id = phoneDevSpecific(phone_, bytes.data(), static_cast<DWORD>(bytes.size()));
  return requests.add(id, std::move(request));
}

LONG Phone::negotiate_extension_version(DWORD low, DWORD high, DWORD& out) {
  return phoneNegotiateExtVersion(telephony_.phone_app_, device_id_, api_version_, low, high, &out);
}

LONG Phone::device_id(std::string_view device_class, std::string& out) {
  if (phone_ == 0) return PHONEERR_INVALPHONEHANDLE;
  const std::u16string wide = to_utf16(device_class);
  return fetch_bytes(telephony_.state_->buffer, out,
                     [&](VARSTRING* into) { return phoneGetIDW(phone_, into, wide.c_str()); });
}

LONG Phone::config_dialog(std::string_view device_class) {
  return phoneConfigDialogW(device_id_, nullptr, to_utf16(device_class).c_str());
}

LONG Phone::set_status_messages(DWORD states, DWORD button_modes, DWORD button_states) {
  if (phone_ == 0) return PHONEERR_INVALPHONEHANDLE;
  return phoneSetStatusMessages(phone_, states, button_modes, button_states);
}

LONG Phone::status_messages(DWORD& states, DWORD& button_modes, DWORD& button_states) {
  if (phone_ == 0) return PHONEERR_INVALPHONEHANDLE;
  return phoneGetStatusMessages(phone_, &states, &button_modes, &button_states);
}

} // namespace tl::telephony
