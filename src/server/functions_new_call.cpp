// SPDX-License-Identifier: Apache-2.0
// Functions that make calls. The new handles are void until the reply; on failure nothing of them is left
// [nf-tapi-linemakecallw, pending-call-handles].
#include <cstring>

#include "server/functions.hpp"

namespace tl::server {
namespace {

using T = ProviderTable;

HTAPICALL name_of(const Call* call) {
  return reinterpret_cast<HTAPICALL>(call ? DWORD_PTR{call->name} : 0);
}
LPHDRVCALL driver_of(Call* call) {
  return call ? &call->driver : nullptr;
}

std::u16string text_part(const Copied& params, DWORD size, DWORD offset) {
  if (size < sizeof(char16_t)) return {};
  std::u16string text(size / sizeof(char16_t), u'\0');
  std::memcpy(text.data(), reinterpret_cast<const std::byte*>(params.memory.data()) + offset,
              text.size() * sizeof(char16_t));
  text.resize(std::min(text.find(u'\0'), text.size()));
  return text;
}

// What the application says about the call, kept for everybody's LINECALLINFO.
void keep_texts(Call& call, Copied& params) {
  const auto* said = params.as<LINECALLPARAMS>();
  call.media = said && said->dwMediaMode ? said->dwMediaMode : LINEMEDIAMODE_INTERACTIVEVOICE;
  if (!said || (said->dwDisplayableAddressSize | said->dwCalledPartySize | said->dwCommentSize) == 0) return;
  call.texts = std::make_unique<CallTexts>();
  call.texts->displayable_address =
      text_part(params, said->dwDisplayableAddressSize, said->dwDisplayableAddressOffset);
  call.texts->called_party = text_part(params, said->dwCalledPartySize, said->dwCalledPartyOffset);
  call.texts->comment = text_part(params, said->dwCommentSize, said->dwCommentOffset);
}

// A call that its reply will bring to life. Null: no room.
Call* requested_call(Core& core, OpenLine& open, Copied& params) {
  Call* const call = core.add_call(open.line);
  if (!call) return nullptr;
  call->phase = Call::Phase::requested;
  call->name = core.add_name({&open.line, call});
  if (call->name == 0) {
    core.remove_call(*call, false);
    return nullptr;
  }
  keep_texts(*call, params);
  call->app_name = open.app.name;
  return call;
}

// Starts a request that makes `count` calls; `begin` calls the provider.
template <class Begin>
LONG start_calls(Request& r, OpenLine& open, std::size_t count, Copied& params, Begin begin) {
  LONG error = 0;
  Pending* const pending = new_request(r, open, error);
  if (!pending) return error;
  for (std::size_t i = 0; i < count; ++i) {
    pending->created[i] = requested_call(r.core, open, params);
    if (!pending->created[i]) return started(r, *pending, LINEERR_RESOURCEUNAVAIL);
  }
  return started(r, *pending, begin(*pending));
}

LONG make_call(Request& r, DWORD handle, Text destination, DWORD country, Data data) {
  OpenLine* const open = r.core.line(r.client, handle);
  if (!open) return LINEERR_INVALLINEHANDLE;
  LineDevice& line = open->line;
  Copied params = copy_call_params(data, open->version, line.version);
  if (params.error) return params.error;
  const Wide text{destination};
  return start_calls(r, *open, 1, params, [&](Pending& pending) {
    Call* const call = pending.created[0];
    return line.provider.tspi.lineMakeCall(pending.id, line.driver, name_of(call), driver_of(call), text.c(),
                                           country, params.as<LINECALLPARAMS>());
  });
}

LONG setup_transfer(Request& r, DWORD handle, Data data) {
  LONG error = 0;
  CallHandle* const held = owned_call(r, handle, LINECALLSTATE_CONNECTED, error);
  if (!held) return error;
  LineDevice& line = held->call.line;
  const auto function = line.provider.tspi.lineSetupTransfer;
  if (!function) return LINEERR_OPERATIONUNAVAIL;
  Copied params = copy_call_params(data, held->open.version, line.version);
  if (params.error) return params.error;
  return start_calls(r, held->open, 1, params, [&](Pending& pending) {
    Call* const call = pending.created[0];
    return function(pending.id, held->call.driver, name_of(call), driver_of(call),
                    params.as<LINECALLPARAMS>());
  });
}

LONG complete_transfer(Request& r, DWORD handle, DWORD consultation, DWORD mode) {
  LONG error = 0;
  CallHandle* const held =
      owned_call(r, handle, LINECALLSTATE_ONHOLD | LINECALLSTATE_ONHOLDPENDTRANSFER, error);
  if (!held) return error;
  CallHandle* const consult = owned_call(r, consultation,
                                         LINECALLSTATE_CONNECTED | LINECALLSTATE_RINGBACK |
                                             LINECALLSTATE_BUSY | LINECALLSTATE_PROCEEDING,
                                         error);
  if (!consult) return error == LINEERR_INVALCALLHANDLE ? LINEERR_INVALCONSULTCALLHANDLE : error;
  if (&consult->call.line != &held->call.line || consult == held) return LINEERR_INVALCONSULTCALLHANDLE;
  if (mode != LINETRANSFERMODE_TRANSFER && mode != LINETRANSFERMODE_CONFERENCE)
    return LINEERR_INVALTRANSFERMODE;
  const auto function = held->call.line.provider.tspi.lineCompleteTransfer;
  if (!function) return LINEERR_OPERATIONUNAVAIL;
  Copied no_params;
  return start_calls(r, held->open, mode == LINETRANSFERMODE_CONFERENCE ? 1 : 0, no_params,
                     [&](Pending& pending) {
                       Call* const made = pending.created[0];
                       return function(pending.id, held->call.driver, consult->call.driver, name_of(made),
                                       driver_of(made), mode);
                     });
}

LONG setup_conference(Request& r, DWORD handle, DWORD line_handle, DWORD parties, Data data) {
  LONG error = 0;
  CallHandle* first = nullptr;
  OpenLine* open = nullptr;
  if (handle != 0) {
    first = owned_call(r, handle, LINECALLSTATE_CONNECTED, error);
    if (!first) return error;
    open = &first->open;
  } else {
    open = r.core.line(r.client, line_handle);
    if (!open) return LINEERR_INVALLINEHANDLE;
  }
  LineDevice& line = open->line;
  const auto function = line.provider.tspi.lineSetupConference;
  if (!function) return LINEERR_OPERATIONUNAVAIL;
  Copied params = copy_call_params(data, open->version, line.version);
  if (params.error) return params.error;
  return start_calls(r, *open, 2, params, [&](Pending& pending) {
    const auto [parent, consult] = pending.created;
    return function(pending.id, first ? first->call.driver : nullptr, line.driver, name_of(parent),
                    driver_of(parent), name_of(consult), driver_of(consult), parties,
                    params.as<LINECALLPARAMS>());
  });
}

LONG prepare_add(Request& r, DWORD conference, Data data) {
  LONG error = 0;
  CallHandle* const parent = owned_call(r, conference, LINECALLSTATE_CONNECTED, error);
  if (!parent) return error == LINEERR_INVALCALLHANDLE ? LINEERR_INVALCONFCALLHANDLE : error;
  LineDevice& line = parent->call.line;
  const auto function = line.provider.tspi.linePrepareAddToConference;
  if (!function) return LINEERR_OPERATIONUNAVAIL;
  Copied params = copy_call_params(data, parent->open.version, line.version);
  if (params.error) return params.error;
  return start_calls(r, parent->open, 1, params, [&](Pending& pending) {
    Call* const call = pending.created[0];
    return function(pending.id, parent->call.driver, name_of(call), driver_of(call),
                    params.as<LINECALLPARAMS>());
  });
}

LONG unpark(Request& r, DWORD handle, DWORD address, Text destination) {
  OpenLine* const open = r.core.line(r.client, handle);
  if (!open) return LINEERR_INVALLINEHANDLE;
  if (!destination) return LINEERR_INVALPOINTER;
  const auto function = open->line.provider.tspi.lineUnpark;
  if (!function) return LINEERR_OPERATIONUNAVAIL;
  const Wide text{destination};
  Copied no_params;
  return start_calls(r, *open, 1, no_params, [&](Pending& pending) {
    Call* const call = pending.created[0];
    return function(pending.id, open->line.driver, address, name_of(call), driver_of(call), text.c());
  });
}

LONG pickup(Request& r, DWORD handle, DWORD address, Text destination, Text group) {
  OpenLine* const open = r.core.line(r.client, handle);
  if (!open) return LINEERR_INVALLINEHANDLE;
  const auto function = open->line.provider.tspi.linePickup;
  if (!function) return LINEERR_OPERATIONUNAVAIL;
  const Wide text{destination}, group_text{group};
  Copied no_params;
  return start_calls(r, *open, 1, no_params, [&](Pending& pending) {
    Call* const call = pending.created[0];
    return function(pending.id, open->line.driver, address, name_of(call), driver_of(call), text.c(),
                    group_text.c());
  });
}

LONG forward(Request& r, DWORD handle, DWORD all, DWORD address, Data list, DWORD rings, Data data) {
  OpenLine* const open = r.core.line(r.client, handle);
  if (!open) return LINEERR_INVALLINEHANDLE;
  LineDevice& line = open->line;
  const auto function = line.provider.tspi.lineForward;
  if (!function) return LINEERR_OPERATIONUNAVAIL;
  Copied entries = copy_forward_list(list);
  if (entries.error) return entries.error;
  Copied params = copy_call_params(data, open->version, line.version);
  if (params.error) return LINEERR_STRUCTURETOOSMALL;
  return start_calls(r, *open, 1, params, [&](Pending& pending) {
    Call* const call = pending.created[0];
    return function(pending.id, line.driver, all, address, entries.as<LINEFORWARDLIST>(), rings,
                    name_of(call), driver_of(call), params.as<LINECALLPARAMS>());
  });
}

} // namespace

void bind_new_call_functions(Bindings& b) {
  b.bind<Fn::lineMakeCall, &make_call>();
  b.bind<Fn::lineSetupTransfer, &setup_transfer>();
  b.bind<Fn::lineCompleteTransfer, &complete_transfer>();
  b.bind<Fn::lineSetupConference, &setup_conference>();
  b.bind<Fn::linePrepareAddToConference, &prepare_add>();
  b.bind<Fn::lineUnpark, &unpark>();
  b.bind<Fn::linePickup, &pickup>();
  b.bind<Fn::lineForward, &forward>();
}

} // namespace tl::server
