// SPDX-License-Identifier: Apache-2.0
// What stands behind an address: phones, devices of other classes and their configuration, the provider's
// own.
#include "telephony/state.hpp"

namespace tl::telephony {

std::vector<Phone*> Address::phones() {
  std::vector<Phone*> phones;
  std::string bytes;
  if (device_id("tapi/phone", bytes) != 0) return phones;
  for (std::size_t at = 0; at + sizeof(DWORD) <= bytes.size(); at += sizeof(DWORD)) {
    DWORD device = 0;
    std::memcpy(&device, bytes.data() + at, sizeof device);
    if (Phone* const phone = telephony_.phone_by_device(device)) phones.push_back(phone);
  }
  return phones;
}

LONG Address::device_id(std::string_view device_class, std::string& out) {
  if (line_ == 0) return LINEERR_INVALLINEHANDLE;
  const std::u16string wide = to_utf16(device_class);
  return fetch_bytes(telephony_.state_->buffer, out, [&](VARSTRING* into) {
    return lineGetIDW(line_, 0, 0, LINECALLSELECT_ADDRESS, into, wide.c_str());
  });
}

LONG Address::device_config(std::string_view device_class, std::string& out) {
  if (!telephony_.running()) return LINEERR_UNINITIALIZED;
  const std::u16string wide = to_utf16(device_class);
  return fetch_bytes(telephony_.state_->buffer, out,
                     [&](VARSTRING* into) { return lineGetDevConfigW(device_id_, into, wide.c_str()); });
}

LONG Address::set_device_config(std::string_view device_class, std::string_view config) {
  // The function's parameter is not const, but it only reads [nf-tapi-linesetdevconfigw].
  return lineSetDevConfigW(device_id_, const_cast<char*>(config.data()), static_cast<DWORD>(config.size()),
                           to_utf16(device_class).c_str());
}

LONG Address::config_dialog(std::string_view device_class) {
  return lineConfigDialogW(device_id_, nullptr, to_utf16(device_class).c_str());
}

LONG Address::config_dialog_edit(std::string_view device_class, std::string_view config, std::string& out) {
  if (!telephony_.running()) return LINEERR_UNINITIALIZED;
  const std::u16string wide = to_utf16(device_class);
  return fetch_bytes(telephony_.state_->buffer, out, [&](VARSTRING* into) {
    return lineConfigDialogEditW(device_id_, nullptr, wide.c_str(), const_cast<char*>(config.data()),
                                 static_cast<DWORD>(config.size()), into);
  });
}

LONG Address::device_specific(std::string block, std::function<void(LONG, std::string_view)> done,
                              const Call* call) {
  if (line_ == 0) return LINEERR_INVALLINEHANDLE;
  if (call && call->gone()) return LINEERR_INVALCALLHANDLE;
  return telephony_.state_->start_block(
      *this, std::move(block), std::move(done), [&](void* bytes, DWORD size) {
        return lineDevSpecific(line_, 0, call ? call->handle() : 0, bytes, size);
      });
}

LONG Address::device_specific_feature(DWORD feature, std::string block,
                                      std::function<void(LONG, std::string_view)> done) {
  if (line_ == 0) return LINEERR_INVALLINEHANDLE;
  return telephony_.state_->start_block(
      *this, std::move(block), std::move(done),
      [&](void* bytes, DWORD size) { return lineDevSpecificFeature(line_, feature, bytes, size); });
}

LONG Address::negotiate_extension_version(DWORD low, DWORD high, DWORD& out) {
  return lineNegotiateExtVersion(telephony_.app_, device_id_, api_version_, low, high, &out);
}

LONG Address::set_terminal(DWORD terminal_modes, DWORD terminal, bool enable, Completion done) {
  if (line_ == 0) return LINEERR_INVALLINEHANDLE;
  return telephony_.state_->start(*this, std::move(done), [&] {
    return lineSetTerminal(line_, 0, 0, LINECALLSELECT_ADDRESS, terminal_modes, terminal, enable ? 1 : 0);
  });
}

LONG Address::set_rings(DWORD rings) {
  return line_ == 0 ? LINEERR_INVALLINEHANDLE : lineSetNumRings(line_, 0, rings);
}

LONG Address::rings(DWORD& out) {
  return line_ == 0 ? LINEERR_INVALLINEHANDLE : lineGetNumRings(line_, 0, &out);
}

LONG Address::status_messages(DWORD& line_states, DWORD& address_states) {
  return line_ == 0 ? LINEERR_INVALLINEHANDLE : lineGetStatusMessages(line_, &line_states, &address_states);
}

} // namespace tl::telephony
