// SPDX-License-Identifier: Apache-2.0
// TSPI functions about calls.
#include "tsp/dispatch.hpp"

using namespace tl::tsp;

namespace {
// Functions that take a call and nothing else of interest.
using Verb = void (Provider::*)(Request, Call&);
LONG simple(DRV_REQUESTID id, HDRVCALL handle, Verb verb) {
  return request_on_call(id, handle, [&](Provider& provider, Request request, Call& call) {
    (provider.*verb)(std::move(request), call);
  });
}

using AddressVerb = void (Provider::*)(Request, Call&, const std::string&);
LONG to_address(DRV_REQUESTID id, HDRVCALL handle, LPCWSTR destination, AddressVerb verb) {
  return request_on_call(id, handle, [&](Provider& provider, Request request, Call& call) {
    (provider.*verb)(std::move(request), call, narrow(destination));
  });
}

std::span<const std::byte> bytes(LPVOID data, DWORD size) {
  return {static_cast<const std::byte*>(data), data != nullptr ? size : 0};
}
} // namespace

LONG TSPIAPI TSPI_lineMakeCall(DRV_REQUESTID id, HDRVLINE handle, HTAPICALL server, LPHDRVCALL out,
                               LPCWSTR destination, DWORD, LPLINECALLPARAMS const parameters) {
  return request_on_line(id, handle, [&](Provider& provider, Request request, Line& line) {
    provider.make_call(std::move(request), line, server, narrow(destination), call_options(parameters), *out);
  });
}

LONG TSPIAPI TSPI_lineAccept(DRV_REQUESTID id, HDRVCALL handle, LPCSTR, DWORD) {
  return simple(id, handle, &Provider::accept);
}
LONG TSPIAPI TSPI_lineAnswer(DRV_REQUESTID id, HDRVCALL handle, LPCSTR, DWORD) {
  return simple(id, handle, &Provider::answer);
}
LONG TSPIAPI TSPI_lineDrop(DRV_REQUESTID id, HDRVCALL handle, LPCSTR, DWORD) {
  return simple(id, handle, &Provider::drop);
}
LONG TSPIAPI TSPI_lineHold(DRV_REQUESTID id, HDRVCALL handle) {
  return simple(id, handle, &Provider::hold);
}
LONG TSPIAPI TSPI_lineUnhold(DRV_REQUESTID id, HDRVCALL handle) {
  return simple(id, handle, &Provider::unhold);
}

LONG TSPIAPI TSPI_lineDial(DRV_REQUESTID id, HDRVCALL handle, LPCWSTR destination, DWORD) {
  return to_address(id, handle, destination, &Provider::dial);
}
LONG TSPIAPI TSPI_lineRedirect(DRV_REQUESTID id, HDRVCALL handle, LPCWSTR destination, DWORD) {
  return to_address(id, handle, destination, &Provider::redirect);
}
LONG TSPIAPI TSPI_lineBlindTransfer(DRV_REQUESTID id, HDRVCALL handle, LPCWSTR destination, DWORD) {
  return to_address(id, handle, destination, &Provider::blind_transfer);
}

LONG TSPIAPI TSPI_lineSwapHold(DRV_REQUESTID id, HDRVCALL active, HDRVCALL held_handle) {
  return request_on_call(id, active, [&](Provider& provider, Request request, Call& call) {
    Call* const held = exports()->call(held_handle);
    if (held == nullptr) return request.fail(LINEERR_INVALCALLHANDLE);
    provider.swap_hold(std::move(request), call, *held);
  });
}

LONG TSPIAPI TSPI_lineSetupTransfer(DRV_REQUESTID id, HDRVCALL handle, HTAPICALL server, LPHDRVCALL consult,
                                    LPLINECALLPARAMS const parameters) {
  return request_on_call(id, handle, [&](Provider& provider, Request request, Call& call) {
    provider.setup_transfer(std::move(request), call, server, call_options(parameters), *consult);
  });
}

LONG TSPIAPI TSPI_lineCompleteTransfer(DRV_REQUESTID id, HDRVCALL handle, HDRVCALL consult_handle,
                                       HTAPICALL server, LPHDRVCALL conference, DWORD mode) {
  return request_on_call(id, handle, [&](Provider& provider, Request request, Call& call) {
    Call* const consult = exports()->call(consult_handle);
    if (consult == nullptr) return request.fail(LINEERR_INVALCONSULTCALLHANDLE);
    HDRVCALL unused = nullptr;
    provider.complete_transfer(std::move(request), call, *consult, mode, server,
                               conference != nullptr ? *conference : unused);
  });
}

LONG TSPIAPI TSPI_lineSetCallTreatment(DRV_REQUESTID id, HDRVCALL handle, DWORD treatment) {
  return request_on_call(id, handle, [&](Provider& provider, Request request, Call& call) {
    provider.set_call_treatment(std::move(request), call, treatment);
  });
}

LONG TSPIAPI TSPI_lineSetCallData(DRV_REQUESTID id, HDRVCALL handle, LPVOID data, DWORD size) {
  return request_on_call(id, handle, [&](Provider& provider, Request request, Call& call) {
    provider.set_call_data(std::move(request), call, bytes(data, size));
  });
}

LONG TSPIAPI TSPI_lineCloseCall(HDRVCALL handle) {
  return on_call(handle, [](Exports& self, Call& call) -> LONG {
    self.provider->close_call(call);
    return 0;
  });
}

LONG TSPIAPI TSPI_lineGetCallInfo(HDRVCALL handle, LPLINECALLINFO info) {
  return on_call(handle, [&](Exports& self, Call& call) {
    return filled(info, call.line->version, [&](StructWriter<LINECALLINFO>& out) -> LONG {
      out->dwLineDeviceID = self.device_base + call.line->device;
      self.provider->get_call_info(call, out);
      return 0;
    });
  });
}

LONG TSPIAPI TSPI_lineGetCallStatus(HDRVCALL handle, LPLINECALLSTATUS status) {
  return on_call(handle, [&](Exports& self, Call& call) {
    return filled(status, call.line->version, [&](StructWriter<LINECALLSTATUS>& out) -> LONG {
      self.provider->get_call_status(call, out);
      return 0;
    });
  });
}

LONG TSPIAPI TSPI_lineGetCallAddressID(HDRVCALL handle, LPDWORD address) {
  return on_call(handle, [&](Exports& self, Call& call) -> LONG {
    *address = self.provider->address_of(call);
    return 0;
  });
}

LONG TSPIAPI TSPI_lineGetCallIDs(HDRVCALL handle, LPDWORD address, LPDWORD id, LPDWORD related) {
  return on_call(handle, [&](Exports& self, Call& call) -> LONG {
    *address = self.provider->address_of(call);
    *id = self.provider->call_id(call);
    *related = self.provider->related_call_id(call);
    return 0;
  });
}

LONG TSPIAPI TSPI_lineSetAppSpecific(HDRVCALL handle, DWORD value) {
  return on_call(handle,
                 [&](Exports& self, Call& call) { return self.provider->set_app_specific(call, value); });
}

LONG TSPIAPI TSPI_lineSetMediaMode(HDRVCALL handle, DWORD mode) {
  return on_call(handle,
                 [&](Exports& self, Call& call) { return self.provider->set_media_mode(call, mode); });
}

LONG TSPIAPI TSPI_lineMonitorDigits(HDRVCALL handle, DWORD modes) {
  return on_call(handle,
                 [&](Exports& self, Call& call) { return self.provider->monitor_digits(call, modes); });
}

LONG TSPIAPI TSPI_lineGatherDigits(HDRVCALL handle, DWORD end_to_end, DWORD modes, LPWSTR buffer, DWORD count,
                                   LPCWSTR terminators, DWORD first_ms, DWORD inter_ms) {
  return on_call(handle, [&](Exports& self, Call& call) -> LONG {
    if (buffer != nullptr && count == 0) return LINEERR_INVALPARAM;
    const Gather gather{end_to_end, modes, buffer, count, narrow(terminators), first_ms, inter_ms};
    return self.provider->gather_digits(call, gather);
  });
}

LONG TSPIAPI TSPI_lineGenerateDigits(HDRVCALL handle, DWORD end_to_end, DWORD mode, LPCWSTR digits,
                                     DWORD duration_ms) {
  return on_call(handle, [&](Exports& self, Call& call) {
    return self.provider->generate_digits(call, end_to_end, mode, narrow(digits), duration_ms);
  });
}

LONG TSPIAPI TSPI_lineGenerateTone(HDRVCALL handle, DWORD end_to_end, DWORD mode, DWORD duration_ms,
                                   DWORD count, LPLINEGENERATETONE const tones) {
  return on_call(handle, [&](Exports& self, Call& call) {
    return self.provider->generate_tone(call, end_to_end, mode, duration_ms,
                                        {tones, tones != nullptr ? count : 0});
  });
}

LONG TSPIAPI TSPI_lineMonitorTones(HDRVCALL handle, DWORD list, LPLINEMONITORTONE const tones, DWORD count) {
  return on_call(handle, [&](Exports& self, Call& call) {
    return self.provider->monitor_tones(call, list, {tones, tones != nullptr ? count : 0});
  });
}

LONG TSPIAPI TSPI_lineMonitorMedia(HDRVCALL handle, DWORD modes) {
  return on_call(handle,
                 [&](Exports& self, Call& call) { return self.provider->monitor_media(call, modes); });
}

// clang-format off
// Not offered by the kit: the documented answer.
LONG TSPIAPI TSPI_lineSetCallQualityOfService(DRV_REQUESTID, HDRVCALL, LPVOID, DWORD, LPVOID, DWORD) { return LINEERR_OPERATIONUNAVAIL; }
// clang-format on
