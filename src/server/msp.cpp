// SPDX-License-Identifier: Apache-2.0
// The connection between a telephony service provider and media service providers in applications: opaque
// blocks both ways [nf-tspi-tspi_linecreatemspinstance, line-sendmspdata]. The pages ask for TSPI 3.0; here a
// provider has it when it exports the functions.
#include "server/core.hpp"

namespace tl::server {

MspInstance* Core::msp(const Client& client, DWORD handle) {
  const AppHandle found = handles.get(handle);
  if (found.kind != AppHandle::Kind::msp) return nullptr;
  auto* const instance = static_cast<MspInstance*>(found.object);
  return &instance->open.app.client == &client ? instance : nullptr;
}

LONG Core::open_msp(OpenLine& open, DWORD address, DWORD& handle) {
  const ProviderTable& tspi = open.line.provider.tspi;
  if (!tspi.lineCreateMSPInstance || !tspi.lineCloseMSPInstance) return LINEERR_OPERATIONUNAVAIL;
  if (open.msp_count >= options.limits.msps_per_line_max) return LINEERR_RESOURCEUNAVAIL;
  auto made = std::make_unique<MspInstance>(open);
  made->handle = add_handle(AppHandle::Kind::msp, made.get());
  made->name = add_name({.msp = made.get()}); // data may come before the function returns
  LONG result = LINEERR_RESOURCEUNAVAIL;
  if (made->handle != 0 && made->name != 0)
    result = tspi.lineCreateMSPInstance(open.line.driver, address, made->name, &made->driver);
  if (result != 0) {
    if (made->handle != 0) handles.remove(made->handle);
    if (made->name != 0) remove_name(made->name);
    return result < 0 ? result : LINEERR_OPERATIONFAILED;
  }
  handle = made->handle;
  open.msps.push_back(*made);
  open.line.msps.push_back(*made.release());
  ++open.msp_count;
  return 0;
}

void Core::close_msp(MspInstance& instance) {
  OpenLine& open = instance.open;
  handles.remove(instance.handle);
  remove_name(instance.name);
  --open.msp_count;
  open.line.provider.tspi.lineCloseMSPInstance(instance.driver);
  // Its library may not know why: lineClose and LINE_CLOSE name the line.
  send(open.app.client,
       {.message = LINE_SENDMSPDATA, .app = open.app.handle, .device = instance.handle, .param2 = 1});
  delete &instance;
}

// Any thread: the buffer is the provider's and is copied at once.
void Core::send_msp_data(Provider& provider, const Report& what) {
  const auto* const data = reinterpret_cast<const std::byte*>(what.param2);
  const std::size_t size = what.param3;
  if (size <= options.limits.msp_bytes_max && (data || size == 0)) {
    Report copy = what;
    copy.param2 = copy.param3 = 0;
    if (report_block(std::move(copy), {.data = wire::Buffer(data, data + size)})) return;
  }
  log.warn("server",
           "{}: {} bytes for a media service provider are dropped: limit msp_bytes_max or "
           "provider_blocks_bytes_max",
           provider.name, size);
}

void Core::msp_data(LineDevice& line, const Report& report) {
  Call* const call = report.call != 0 ? named(report.call).call : nullptr;
  const bool all = report.param1 == 0;
  const MspInstance* const one = named(report.param1).msp;
  if (report.call != 0 && (!call || &call->line != &line))
    return log.debug("server", "{}: MSP data for a call that is gone", line.provider.name);
  if (!all && (!one || &one->open.line != &line))
    return log.debug("server", "{}: data for an MSP instance that is closed", line.provider.name);
  line.msps.for_each([&](MspInstance& each) {
    if (!all && &each != one) return;
    const CallHandle* const handle = call ? handle_of(each.open, *call) : nullptr;
    if (call && !handle) return; // its application does not know the call
    send(each.open.app.client, {.message = LINE_SENDMSPDATA,
                                .app = each.open.app.handle,
                                .device = each.handle,
                                .instance = each.open.instance,
                                .param1 = handle ? handle->handle : 0,
                                .extra = wire::Bytes{report.block->data}});
  });
}

} // namespace tl::server
