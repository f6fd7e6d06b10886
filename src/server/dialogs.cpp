// SPDX-License-Identifier: Apache-2.0
// Dialogs that a provider starts while it works on an application's request, in that application's process
// [functions-not-designed-to-generate-ui, line-createdialoginstance, line-senddialoginstancedata].
#include <utility>

#include "server/core.hpp"
#include "server/functions.hpp"

namespace tl::server {
namespace {

std::u16string_view text_at(LPCWSTR text) {
  constexpr std::size_t name_units_max = 260; // MAX_PATH
  if (!text) return {};
  std::size_t units = 0;
  while (units < name_units_max && text[units] != 0) ++units;
  return {text, units};
}

wire::Buffer copy(const void* data, std::size_t size) {
  const auto* const first = static_cast<const std::byte*>(data);
  return wire::Buffer(first, first + size);
}

void free_dialog(const Provider& provider, HDRVDIALOGINSTANCE driver) {
  if (provider.tspi.providerFreeDialogInstance) provider.tspi.providerFreeDialogInstance(driver);
}

} // namespace

// Queues a report with its data; false when too much waits.
bool Core::report_block(Report what, Block block) {
  {
    const std::lock_guard lock{mutex_};
    const bool full = reports_.size() >= options.limits.provider_events_max ||
                      block_bytes_ + block.data.size() > options.limits.provider_blocks_bytes_max;
    if (full) return false;
  }
  what.block = std::make_shared<const Block>(std::move(block));
  report(what);
  return true;
}

// The request on whose behalf a dialog may run. Nobody looks at a terminal or a screen of a program within
// the server, and its loop must not wait for one.
Pending* Core::dialog_request(const Provider& provider, DWORD id) {
  Pending* const request = requests.get(id);
  const bool fits = request && request->provider == &provider && request->client &&
                    !request->client->identity.in_process &&
                    request->client->dialog_count < options.limits.dialogs_per_client_max;
  return fits ? request : nullptr;
}

// Any thread. The provider wants its answer at once; what cannot be known here is told by
// TSPI_providerFreeDialogInstance.
void Core::ask_dialog(Provider& provider, TUISPICREATEDIALOGINSTANCEPARAMS& wanted) {
  wanted.htDlgInst = 0;
  const std::u16string_view module = file_name(text_at(wanted.lpszUIDLLName));
  const bool possible = !module.empty() && wanted.dwSize <= options.limits.dialog_bytes_max &&
                        (wanted.lpParams || wanted.dwSize == 0) &&
                        (!inside_turn(this) || dialog_request(provider, wanted.dwRequestID));
  const DWORD name = possible ? add_name({}) : 0;
  Report what{&provider,
              Report::Kind::event,
              LINE_CREATEDIALOGINSTANCE,
              name,
              0,
              wanted.dwRequestID,
              reinterpret_cast<DWORD_PTR>(wanted.hdDlgInst)};
  if (name != 0 && report_block(what, {std::u16string{module}, copy(wanted.lpParams, wanted.dwSize)})) {
    wanted.htDlgInst = name;
    return;
  }
  if (name != 0) remove_name(name);
  log.warn("server",
           "{}: no dialog for request {}: it is not in progress for a program of its own, or a limit",
           provider.name, wanted.dwRequestID);
}

void Core::dialog_asked(const Report& report) {
  const DWORD name = static_cast<DWORD>(report.line);
  const auto driver = reinterpret_cast<HDRVDIALOGINSTANCE>(report.param2);
  const Pending* const request = dialog_request(*report.provider, static_cast<DWORD>(report.param1));
  if (!request) {
    remove_name(name);
    return free_dialog(*report.provider, driver);
  }
  auto* const made = new Dialog{*report.provider, *request->client};
  made->name = name;
  made->driver = driver;
  made->app = request->app;
  set_name(name, {.dialog = made});
  report.provider->dialogs.push_back(*made);
  made->client.dialogs.push_back(*made);
  ++made->client.dialog_count;
  wire::Buffer extra;
  wire::Writer writer{extra};
  writer.text(std::u16string_view{report.block->module});
  writer.data(wire::Bytes{report.block->data});
  send(made->client,
       {.message = LINE_CREATEDIALOGINSTANCE, .app = made->app, .param1 = name, .extra = extra});
}

void Core::send_dialog_data(Provider& provider, DWORD_PTR name, const void* data, DWORD_PTR size) {
  Block block;
  block.null = data == nullptr;
  if (data && size <= options.limits.dialog_bytes_max) block.data = copy(data, size);
  const bool fits = size <= options.limits.dialog_bytes_max || !data;
  if (fits &&
      report_block({&provider, Report::Kind::event, LINE_SENDDIALOGINSTANCEDATA, name}, std::move(block)))
    return;
  log.warn("server",
           "{}: {} bytes for a dialog are dropped: limit dialog_bytes_max or provider_blocks_bytes_max",
           provider.name, size);
}

void Core::dialog_data(const Report& report) {
  Dialog* const to = named(report.line).dialog;
  if (!to || &to->provider != report.provider) {
    log.debug("server", "{}: data for a dialog that is gone", report.provider->name);
    return;
  }
  if (report.block->null) return close_dialog(*to);
  send(to->client, {.message = LINE_SENDDIALOGINSTANCEDATA,
                    .app = to->app,
                    .param1 = to->name,
                    .extra = wire::Bytes{report.block->data}});
}

Dialog* Core::dialog(const Client& client, DWORD name) {
  Dialog* const found = named(name).dialog;
  return found && &found->client == &client ? found : nullptr;
}

void Core::close_dialog(Dialog& dialog) {
  send(dialog.client,
       {.message = LINE_SENDDIALOGINSTANCEDATA, .app = dialog.app, .param1 = dialog.name, .param2 = 1});
}

void Core::end_dialog(Dialog& dialog) {
  remove_name(dialog.name);
  --dialog.client.dialog_count;
  free_dialog(dialog.provider, dialog.driver);
  delete &dialog;
}

} // namespace tl::server
