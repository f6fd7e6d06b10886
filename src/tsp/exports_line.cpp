// SPDX-License-Identifier: Apache-2.0
// TSPI functions about line devices and open lines.
#include <algorithm>

#include "tsp/dispatch.hpp"

using namespace tl::tsp;

LONG TSPIAPI TSPI_lineNegotiateTSPIVersion(DWORD device_id, DWORD low, DWORD high, LPDWORD version) {
  constexpr DWORD any_device = 0xFFFFFFFFU; // INITIALIZE_NEGOTIATION: the provider as a whole, before init
  if (device_id != any_device && exports() != nullptr && exports()->initialised &&
      device_id - exports()->device_base >= exports()->provider->num_lines())
    return LINEERR_BADDEVICEID;
  const DWORD best = std::min(high, Provider::version_high);
  if (best < low || best < Provider::version_low) return LINEERR_INCOMPATIBLEAPIVERSION;
  *version = best;
  return 0;
}

LONG TSPIAPI TSPI_lineGetExtensionID(DWORD, DWORD, LPLINEEXTENSIONID id) {
  *id = {}; // no extensions of its own
  return 0;
}

LONG TSPIAPI TSPI_lineNegotiateExtVersion(DWORD, DWORD, DWORD, DWORD, LPDWORD version) {
  *version = 0;
  return LINEERR_OPERATIONUNAVAIL;
}

LONG TSPIAPI TSPI_lineSelectExtVersion(HDRVLINE handle, DWORD version) {
  return on_line(handle,
                 [&](Exports&, Line&) -> LONG { return version == 0 ? 0 : LINEERR_OPERATIONUNAVAIL; });
}

LONG TSPIAPI TSPI_lineGetDevCaps(DWORD device_id, DWORD version, DWORD, LPLINEDEVCAPS caps) {
  return on_device(device_id, [&](Exports& self, DWORD device) {
    return filled(caps, version, [&](StructWriter<LINEDEVCAPS>& out) -> LONG {
      self.provider->get_dev_caps(device, out);
      return 0;
    });
  });
}

LONG TSPIAPI TSPI_lineGetAddressCaps(DWORD device_id, DWORD address, DWORD version, DWORD,
                                     LPLINEADDRESSCAPS caps) {
  return on_device(device_id, [&](Exports& self, DWORD device) {
    return filled(caps, version, [&](StructWriter<LINEADDRESSCAPS>& out) -> LONG {
      out->dwLineDeviceID = device_id;
      return self.provider->get_address_caps(device, address, out);
    });
  });
}

LONG TSPIAPI TSPI_lineOpen(DWORD device_id, HTAPILINE server, LPHDRVLINE out, DWORD version,
                           LINEEVENT procedure) {
  return on_device(device_id, [&](Exports& self, DWORD device) -> LONG {
    Line* line = nullptr;
    const LineOpening opening{device, version, server, procedure};
    const LONG result = self.provider->open(opening, line);
    if (result != 0) return result;
    line->device = device;
    line->version = version;
    line->server = server;
    line->procedure = procedure;
    line->handle = self.add(*line);
    *out = reinterpret_cast<HDRVLINE>(line->handle);
    return 0;
  });
}

LONG TSPIAPI TSPI_lineClose(HDRVLINE handle) {
  return on_line(handle, [&](Exports& self, Line& line) -> LONG {
    self.remove(line);
    self.provider->close(line);
    return 0;
  });
}

LONG TSPIAPI TSPI_lineGetNumAddressIDs(HDRVLINE handle, LPDWORD count) {
  return on_line(handle, [&](Exports& self, Line& line) -> LONG {
    *count = self.provider->num_addresses(line);
    return 0;
  });
}

LONG TSPIAPI TSPI_lineGetAddressID(HDRVLINE handle, LPDWORD id, DWORD mode, LPCWSTR address, DWORD size) {
  return on_line(handle, [&](Exports& self, Line& line) -> LONG {
    if (mode != LINEADDRESSMODE_DIALABLEADDR) return LINEERR_INVALADDRESSMODE;
    std::u16string wide(address != nullptr ? address : u"", address != nullptr ? size / sizeof(WCHAR) : 0);
    if (const auto end = wide.find(u'\0'); end != std::u16string::npos) wide.resize(end);
    return self.provider->get_address_id(line, narrow(wide.c_str()), *id);
  });
}

LONG TSPIAPI TSPI_lineGetLineDevStatus(HDRVLINE handle, LPLINEDEVSTATUS status) {
  return on_line(handle, [&](Exports& self, Line& line) {
    return filled(status, line.version, [&](StructWriter<LINEDEVSTATUS>& out) -> LONG {
      self.provider->get_line_status(line, out);
      return 0;
    });
  });
}

LONG TSPIAPI TSPI_lineGetAddressStatus(HDRVLINE handle, DWORD address, LPLINEADDRESSSTATUS status) {
  return on_line(handle, [&](Exports& self, Line& line) {
    return filled(status, line.version, [&](StructWriter<LINEADDRESSSTATUS>& out) {
      return self.provider->get_address_status(line, address, out);
    });
  });
}

LONG TSPIAPI TSPI_lineSetStatusMessages(HDRVLINE handle, DWORD line_states, DWORD address_states) {
  return on_line(handle, [&](Exports& self, Line& line) {
    return self.provider->set_status_messages(line, line_states, address_states);
  });
}

LONG TSPIAPI TSPI_lineSetDefaultMediaDetection(HDRVLINE handle, DWORD media_modes) {
  return on_line(handle, [&](Exports& self, Line& line) {
    return self.provider->set_default_media_detection(line, media_modes);
  });
}

LONG TSPIAPI TSPI_lineConditionalMediaDetection(HDRVLINE handle, DWORD media_modes, LPLINECALLPARAMS const) {
  return on_line(handle, [&](Exports&, Line&) -> LONG {
    return media_modes == LINEMEDIAMODE_INTERACTIVEVOICE ? 0 : LINEERR_INVALMEDIAMODE;
  });
}

LONG TSPIAPI TSPI_lineDevSpecific(DRV_REQUESTID id, HDRVLINE handle, DWORD, HDRVCALL call_handle,
                                  LPVOID parameters, DWORD size) {
  return request_on_line(id, handle, [&](Provider& provider, Request request, Line& line) {
    Call* const call = exports()->call(call_handle);
    if (call_handle != nullptr && call == nullptr) return request.fail(LINEERR_INVALCALLHANDLE);
    const auto* const data = static_cast<const std::byte*>(parameters);
    provider.dev_specific(std::move(request), line, call, {data, data != nullptr ? size : 0});
  });
}

// There are no icons on a system without windows: TAPI has the default one.
LONG TSPIAPI TSPI_lineGetIcon(DWORD, LPCWSTR, LPHICON) {
  return LINEERR_OPERATIONUNAVAIL;
}

// tapi/line is answered by TAPI itself; no media device of a class belongs to these lines.
LONG TSPIAPI TSPI_lineGetID(HDRVLINE line_handle, DWORD, HDRVCALL call_handle, DWORD select, LPVARSTRING id,
                            LPCWSTR device_class, HANDLE) {
  return guarded([&](Exports& self) -> LONG {
    const Call* const call = select == LINECALLSELECT_CALL ? self.call(call_handle) : nullptr;
    const Line* const line = call != nullptr ? call->line : self.line(line_handle);
    if (line == nullptr) return LINEERR_INVALLINEHANDLE;
    PhoneProvider* const phones = self.provider->phones();
    if (!is_class(device_class, "tapi/phone")) return LINEERR_INVALDEVICECLASS;
    if (phones == nullptr) return LINEERR_NODEVICE;
    const auto phone = phones->phone_of_line(line->device);
    if (!phone) return LINEERR_NODEVICE;
    return filled(id, line->version, [&](StructWriter<VARSTRING>& out) -> LONG {
      write_id(out, self.phone_base + *phone);
      return 0;
    });
  });
}

// clang-format off
// Not offered by the kit: the documented answer.
LONG TSPIAPI TSPI_lineDevSpecificFeature(DRV_REQUESTID, HDRVLINE, DWORD, LPVOID, DWORD) { return LINEERR_OPERATIONUNAVAIL; }
LONG TSPIAPI TSPI_lineSetTerminal(DRV_REQUESTID, HDRVLINE, DWORD, HDRVCALL, DWORD, DWORD, DWORD, DWORD) { return LINEERR_OPERATIONUNAVAIL; }
LONG TSPIAPI TSPI_lineSetMediaControl(HDRVLINE, DWORD, HDRVCALL, DWORD, LPLINEMEDIACONTROLDIGIT const, DWORD, LPLINEMEDIACONTROLMEDIA const, DWORD, LPLINEMEDIACONTROLTONE const, DWORD, LPLINEMEDIACONTROLCALLSTATE const, DWORD) { return LINEERR_OPERATIONUNAVAIL; }
// clang-format on
