// SPDX-License-Identifier: Apache-2.0
// What trunkline/msp.h offers, on the server's side.
#include <cstring>

#include "server/functions.hpp"

namespace tl::server {
namespace {

LONG identify(Request& r, DWORD device, Capacity capacity) {
  LONG error = 0;
  LineDevice* const line = r.core.device(r.client, device, error);
  if (!line) return error;
  const auto function = line->provider.tspi.lineMSPIdentify;
  if (!function) return LINEERR_OPERATIONUNAVAIL;
  if (capacity.bytes < sizeof(GUID)) return LINEERR_STRUCTURETOOSMALL;
  GUID id{};
  const LONG result = function(line->id, &id);
  if (result != 0) return result < 0 ? result : LINEERR_OPERATIONFAILED;
  r.reply.data(std::as_bytes(std::span{&id, 1}));
  return 0;
}

LONG create(Request& r, DWORD line, DWORD address) {
  OpenLine* const open = r.core.line(r.client, line);
  if (!open) return LINEERR_INVALLINEHANDLE;
  if (!open->control) return LINEERR_OPERATIONUNAVAIL; // whoever may only watch
  DWORD addresses = 0;
  const LONG known = open->line.provider.tspi.lineGetNumAddressIDs(open->line.driver, &addresses);
  if (known != 0 || address >= addresses) return LINEERR_INVALADDRESSID;
  DWORD handle = 0;
  if (const LONG result = r.core.open_msp(*open, address, handle); result != 0) return result;
  r.reply.dword(handle);
  return 0;
}

LONG close(Request& r, DWORD handle) {
  MspInstance* const instance = r.core.msp(r.client, handle);
  if (!instance) return LINEERR_INVALPARAM;
  r.core.close_msp(*instance);
  return 0;
}

LONG send(Request& r, DWORD handle, DWORD call_handle, Data data) {
  MspInstance* const instance = r.core.msp(r.client, handle);
  if (!instance) return LINEERR_INVALPARAM;
  const LineDevice& line = instance->open.line;
  const CallHandle* call = nullptr;
  if (call_handle != 0) {
    call = r.core.call(r.client, call_handle);
    if (!call || &call->call.line != &line) return LINEERR_INVALCALLHANDLE;
  }
  const DWORD size = size_of(data);
  if (size > r.core.options.limits.msp_bytes_max) return LINEERR_INVALPARAM;
  const auto function = line.provider.tspi.lineReceiveMSPData;
  if (!function) return LINEERR_OPERATIONUNAVAIL;
  std::vector<std::uint64_t> block((size + 7) / 8); // aligned for any structure
  if (size != 0) std::memcpy(block.data(), data->data(), size);
  const LONG result = function(line.driver, call ? call->call.driver : nullptr, instance->driver,
                               size != 0 ? block.data() : nullptr, size);
  return result <= 0 ? result : LINEERR_OPERATIONFAILED;
}

} // namespace

void bind_msp_functions(Bindings& b) {
  b.bind<Fn::mspIdentify, &identify>();
  b.bind<Fn::mspCreate, &create>();
  b.bind<Fn::mspClose, &close>();
  b.bind<Fn::mspSend, &send>();
}

} // namespace tl::server
