// SPDX-License-Identifier: Apache-2.0
// Control of a call that exists: each asks the provider and is answered by LINE_REPLY. Which privilege and
// states a function needs is on its documentation page.
#include "server/functions.hpp"

namespace tl::server {
namespace {

using T = ProviderTable;

// The first application that makes, accepts or answers a call gives it its name [LINECALLINFO.dwAppName].
void name_after(Core& core, Request& r, DWORD handle) {
  if (CallHandle* call = core.call(r.client, handle); call && !call->call.app_name)
    call->call.app_name = call->open.app.name;
}

LONG accept(Request& r, DWORD handle, Data info) {
  const LONG result =
      start_on_call<&T::lineAccept>(r, handle, LINECALLSTATE_OFFERING, bytes_of(info), size_of(info));
  if (result > 0) name_after(r.core, r, handle);
  return result;
}

// A bridged call that is active at another station is joined by answering it [lineconnectedmode--constants].
LONG answer(Request& r, DWORD handle, Data info) {
  const CallHandle* call = r.core.call(r.client, handle);
  const bool joins =
      call && call->call.state == LINECALLSTATE_CONNECTED && call->call.mode == LINECONNECTEDMODE_INACTIVE;
  const DWORD states = joins ? any_state : DWORD{LINECALLSTATE_OFFERING | LINECALLSTATE_ACCEPTED};
  const LONG result = start_on_call<&T::lineAnswer>(r, handle, states, bytes_of(info), size_of(info));
  if (result > 0) name_after(r.core, r, handle);
  return result;
}

LONG drop(Request& r, DWORD handle, Data info) {
  return start_on_call<&T::lineDrop>(r, handle, not_idle, bytes_of(info), size_of(info));
}

LONG dial(Request& r, DWORD handle, Text destination, DWORD country) {
  if (!destination) return LINEERR_INVALPOINTER;
  const Wide text{destination};
  return start_on_call<&T::lineDial>(r, handle, not_ended, text.c(), country);
}

LONG hold(Request& r, DWORD handle) {
  return start_on_call<&T::lineHold>(r, handle, LINECALLSTATE_CONNECTED);
}

// A conference that has only its first party yet is cancelled by taking that one back.
LONG unhold(Request& r, DWORD handle) {
  return start_on_call<&T::lineUnhold>(r, handle,
                                       LINECALLSTATE_ONHOLD | LINECALLSTATE_ONHOLDPENDTRANSFER |
                                           LINECALLSTATE_ONHOLDPENDCONF | LINECALLSTATE_CONFERENCED);
}

LONG swap_hold(Request& r, DWORD active, DWORD held) {
  LONG error = 0;
  CallHandle* const other = owned_call(
      r, held, LINECALLSTATE_ONHOLDPENDTRANSFER | LINECALLSTATE_ONHOLDPENDCONF | LINECALLSTATE_ONHOLD, error);
  if (!other) return error;
  CallHandle* const call = r.core.call(r.client, active);
  if (call && &call->call.line != &other->call.line) return LINEERR_INVALCALLHANDLE;
  return start_on_call<&T::lineSwapHold>(r, active, LINECALLSTATE_CONNECTED, other->call.driver);
}

LONG blind_transfer(Request& r, DWORD handle, Text destination, DWORD country) {
  if (!destination) return LINEERR_INVALPOINTER;
  const Wide text{destination};
  return start_on_call<&T::lineBlindTransfer>(r, handle, LINECALLSTATE_CONNECTED, text.c(), country);
}

LONG redirect(Request& r, DWORD handle, Text destination, DWORD country) {
  if (!destination) return LINEERR_INVALPOINTER;
  const Wide text{destination};
  return start_on_call<&T::lineRedirect>(r, handle, LINECALLSTATE_OFFERING, text.c(), country);
}

LONG add_to_conference(Request& r, DWORD conference, DWORD consultation) {
  LONG error = 0;
  CallHandle* const added = owned_call(r, consultation,
                                       LINECALLSTATE_CONNECTED | LINECALLSTATE_ONHOLD |
                                           LINECALLSTATE_PROCEEDING | LINECALLSTATE_RINGBACK,
                                       error);
  if (!added) return error;
  const CallHandle* const parent = r.core.call(r.client, conference);
  if (!parent || &parent->call.line != &added->call.line) return LINEERR_INVALCONFCALLHANDLE;
  return start_on_call<&T::lineAddToConference>(
      r, conference, LINECALLSTATE_ONHOLDPENDCONF | LINECALLSTATE_ONHOLD, added->call.driver);
}

LONG remove_from_conference(Request& r, DWORD handle) {
  return start_on_call<&T::lineRemoveFromConference>(r, handle, LINECALLSTATE_CONFERENCED);
}

LONG secure(Request& r, DWORD handle) {
  return start_on_call<&T::lineSecureCall>(r, handle, any_state);
}

LONG send_user_info(Request& r, DWORD handle, Data info) {
  return start_on_call<&T::lineSendUserUserInfo>(r, handle,
                                                 LINECALLSTATE_CONNECTED | LINECALLSTATE_OFFERING |
                                                     LINECALLSTATE_ACCEPTED | LINECALLSTATE_RINGBACK,
                                                 bytes_of(info), size_of(info));
}

LONG release_user_info(Request& r, DWORD handle) {
  return start_on_call<&T::lineReleaseUserUserInfo>(r, handle, any_state);
}

LONG set_treatment(Request& r, DWORD handle, DWORD treatment) {
  return start_on_call<&T::lineSetCallTreatment>(r, handle, not_ended, treatment);
}

// Providers may not write to what is given to them, although the parameter is not const.
LONG set_call_data(Request& r, DWORD handle, Data data) {
  std::vector<std::byte> copy;
  if (data) copy.assign(data->begin(), data->end());
  return start_on_call<&T::lineSetCallData>(r, handle, not_idle, static_cast<LPVOID>(copy.data()),
                                            static_cast<DWORD>(copy.size()));
}

LONG set_call_params(Request& r, DWORD handle, DWORD bearer, DWORD min_rate, DWORD max_rate, Data data) {
  LINEDIALPARAMS dialling{};
  if (data && data->size() < sizeof dialling) return LINEERR_INVALPOINTER;
  if (data) std::memcpy(&dialling, data->data(), sizeof dialling);
  return start_on_call<&T::lineSetCallParams>(r, handle, not_ended, bearer, min_rate, max_rate,
                                              data ? &dialling : nullptr);
}

LONG set_quality(Request& r, DWORD handle, Data sending, Data receiving) {
  std::vector<std::byte> out, in;
  if (sending) out.assign(sending->begin(), sending->end());
  if (receiving) in.assign(receiving->begin(), receiving->end());
  return start_on_call<&T::lineSetCallQualityOfService>(
      r, handle, not_ended, static_cast<LPVOID>(out.data()), static_cast<DWORD>(out.size()),
      static_cast<LPVOID>(in.data()), static_cast<DWORD>(in.size()));
}

LONG complete_call(Request& r, DWORD handle, DWORD mode, DWORD message) {
  LONG error = 0;
  CallHandle* const call = owned_call(r, handle, LINECALLSTATE_BUSY | LINECALLSTATE_RINGBACK, error);
  if (!call) return error;
  const auto function = call->call.line.provider.tspi.lineCompleteCall;
  if (!function) return LINEERR_OPERATIONUNAVAIL;
  return start(r, call->open, [&](Pending& pending) {
    return function(pending.id, call->call.driver, &pending.value, mode, message);
  });
}

// Memory of the request for a structure or block that the provider fills until its completion.
void give_memory(Pending& pending, std::size_t bytes) {
  pending.memory.resize((bytes + 7) / 8);
  pending.capacity = static_cast<DWORD>(bytes);
}

LONG park(Request& r, DWORD handle, DWORD mode, Text address, Capacity capacity) {
  LONG error = 0;
  CallHandle* const call = owned_call(r, handle, LINECALLSTATE_CONNECTED, error);
  if (!call) return error;
  const auto function = call->call.line.provider.tspi.linePark;
  if (!function) return LINEERR_OPERATIONUNAVAIL;
  if (mode != LINEPARKMODE_DIRECTED && mode != LINEPARKMODE_NONDIRECTED) return LINEERR_INVALPARKMODE;
  const bool directed = mode == LINEPARKMODE_DIRECTED;
  if (directed && !address) return LINEERR_INVALPOINTER;
  if (!directed && capacity.bytes < sizeof(VARSTRING)) return LINEERR_STRUCTURETOOSMALL;
  const Wide text{address};
  return start(r, call->open, [&](Pending& pending) {
    if (!directed) {
      give_memory(pending, std::min<std::size_t>(capacity.bytes, r.core.options.limits.structure_bytes_max));
      reinterpret_cast<VARSTRING*>(pending.bytes())->dwTotalSize = pending.capacity;
    }
    return function(pending.id, call->call.driver, mode, text.c(),
                    directed ? nullptr : reinterpret_cast<VARSTRING*>(pending.bytes()));
  });
}

} // namespace

void bind_call_functions(Bindings& b) {
  b.bind<Fn::lineAccept, &accept>();
  b.bind<Fn::lineAnswer, &answer>();
  b.bind<Fn::lineDrop, &drop>();
  b.bind<Fn::lineDial, &dial>();
  b.bind<Fn::lineHold, &hold>();
  b.bind<Fn::lineUnhold, &unhold>();
  b.bind<Fn::lineSwapHold, &swap_hold>();
  b.bind<Fn::lineBlindTransfer, &blind_transfer>();
  b.bind<Fn::lineRedirect, &redirect>();
  b.bind<Fn::lineAddToConference, &add_to_conference>();
  b.bind<Fn::lineRemoveFromConference, &remove_from_conference>();
  b.bind<Fn::lineSecureCall, &secure>();
  b.bind<Fn::lineSendUserUserInfo, &send_user_info>();
  b.bind<Fn::lineReleaseUserUserInfo, &release_user_info>();
  b.bind<Fn::lineSetCallTreatment, &set_treatment>();
  b.bind<Fn::lineSetCallData, &set_call_data>();
  b.bind<Fn::lineSetCallParams, &set_call_params>();
  b.bind<Fn::lineSetCallQualityOfService, &set_quality>();
  b.bind<Fn::lineCompleteCall, &complete_call>();
  b.bind<Fn::linePark, &park>();
}

} // namespace tl::server
