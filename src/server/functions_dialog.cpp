// SPDX-License-Identifier: Apache-2.0
// Dialogs run in the application's process, in a module that the provider names; here the server checks who
// asks, names the module and carries its data to the provider [functions-designed-to-generate-ui,
// nf-tspi-tspi_provideruiidentify, nf-tspi-tspi_providergenericdialogdata].
#include <algorithm>
#include <cstring>

#include "server/functions.hpp"
#include "server/location_form.hpp"
#include "trunkline/ui_module.h"

namespace tl::server {

LONG answer_module(Request& r, Provider& provider, Capacity capacity) {
  constexpr std::size_t path_units_max = 260; // MAX_PATH
  if (!provider.tspi.providerUIIdentify)
    return code(r.function, LINEERR_OPERATIONUNAVAIL, PHONEERR_OPERATIONUNAVAIL);
  std::array<WCHAR, path_units_max + 1> path{};
  const LONG named = provider.tspi.providerUIIdentify(path.data());
  if (named == LINEERR_OPERATIONUNAVAIL) return code(r.function, named, PHONEERR_OPERATIONUNAVAIL);
  if (named != 0) return failed(r.function);
  path.back() = 0;
  // A bare name: which folder a client loads from is its own affair.
  const auto name = file_name(std::u16string_view{path.data()});
  const auto bytes = std::as_bytes(std::span{name.data(), name.size()});
  if (name.empty() || bytes.size() > capacity.bytes) return failed(r.function);
  r.reply.data(bytes);
  return 0;
}

namespace {

LONG line_dialog(Request& r, DWORD device, Capacity capacity) {
  LONG error = 0;
  LineDevice* const line = r.core.device(r.client, device, error);
  return line ? answer_module(r, line->provider, capacity) : error;
}

LONG phone_dialog(Request& r, DWORD device, Capacity capacity) {
  LONG error = 0;
  PhoneDevice* const phone = r.core.phones.device(r.client, device, error);
  return phone ? answer_module(r, phone->provider, capacity) : error;
}

LONG provider_dialog(Request& r, DWORD id, Capacity capacity) {
  if (!may_manage_providers(r)) return LINEERR_OPERATIONFAILED;
  Provider* const provider = provider_of_id(r, id);
  return provider ? answer_module(r, *provider, capacity) : LINEERR_INVALPARAM;
}

// What a module talks about, and the provider it talks to.
struct Object {
  Provider* provider = nullptr;
  DWORD_PTR id = 0;
};

Object find_object(Request& r, DWORD id, DWORD type) {
  LONG error = 0;
  switch (type) {
  case TUISPIDLL_OBJECT_LINEID: {
    LineDevice* const line = r.core.device(r.client, id, error);
    if (!line || r.client.lines.find(id)->grant != Grant::control) return {};
    return {&line->provider, line->id};
  }
  case TUISPIDLL_OBJECT_PHONEID: {
    PhoneDevice* const phone = r.core.phones.device(r.client, id, error);
    if (!phone || r.client.phones.find(id)->grant != Grant::control) return {};
    return {&phone->provider, phone->id};
  }
  case TUISPIDLL_OBJECT_PROVIDERID: return {may_manage_providers(r) ? provider_of_id(r, id) : nullptr, id};
  case TUISPIDLL_OBJECT_DIALOGINSTANCE: {
    Dialog* const dialog = r.core.dialog(r.client, id);
    if (!dialog) return {};
    return {&dialog->provider, reinterpret_cast<DWORD_PTR>(dialog->driver)};
  }
  default: return {};
  }
}

// The server's own form: dialling locations and cards.
LONG location_data(Request& r, DWORD id, std::span<char> block) {
  if (id != 0) return LINEERR_INVALPARAM;
  LocationForm form{r.core.options.settings};
  if (!form::answer(form, block)) return LINEERR_NOMEM;
  if (form.changed() && !r.client.administrator) return LINEERR_OPERATIONFAILED; // they are everybody's
  if (form.changed() && !r.core.keep(form.settings())) return LINEERR_OPERATIONFAILED;
  if (form.changed()) tell_translate_change(r.core, nullptr);
  r.reply.data(std::as_bytes(block));
  return 0;
}

// The block goes to the provider and comes back as the provider leaves it.
LONG dialog_data(Request& r, DWORD id, DWORD type, Data data) {
  const DWORD size = size_of(data);
  if (size > r.core.options.limits.dialog_bytes_max) return LINEERR_INVALPARAM;
  std::vector<std::uint64_t> block((size + 7) / 8); // aligned for any structure
  if (size != 0) std::memcpy(block.data(), data->data(), size);
  if (type == TRUNKLINE_OBJECT_LOCATIONS)
    return location_data(r, id, {reinterpret_cast<char*>(block.data()), size});
  const Object object = find_object(r, id, type);
  if (!object.provider) return LINEERR_INVALPARAM;
  const auto function = object.provider->tspi.providerGenericDialogData;
  if (!function) return LINEERR_OPERATIONFAILED;
  const LONG result = function(object.id, type, data ? block.data() : nullptr, size);
  if (result != 0) return result < 0 ? result : LINEERR_OPERATIONFAILED;
  r.reply.data(std::as_bytes(std::span{block}).first(size));
  return 0;
}

LONG dialog_end(Request& r, DWORD name) {
  Dialog* const dialog = r.core.dialog(r.client, name);
  if (!dialog) return LINEERR_INVALPARAM;
  r.core.end_dialog(*dialog);
  return 0;
}

} // namespace

void bind_dialog_functions(Bindings& b) {
  b.bind<Fn::lineConfigDialog, &line_dialog>();
  b.bind<Fn::lineConfigDialogEdit, &line_dialog>();
  b.bind<Fn::phoneConfigDialog, &phone_dialog>();
  b.bind<Fn::lineConfigProvider, &provider_dialog>();
  b.bind<Fn::dialogData, &dialog_data>();
  b.bind<Fn::dialogEnd, &dialog_end>();
}

} // namespace tl::server
