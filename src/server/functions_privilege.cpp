// SPDX-License-Identifier: Apache-2.0
// Who owns and who watches a call [handoffs-ovr, nf-tapi-linesetcallprivilege, nf-tapi-linedeallocatecall].
#include <bit>

#include "server/functions.hpp"

namespace tl::server {
namespace {

LONG set_call_privilege(Request& r, DWORD handle, DWORD privilege) {
  LONG error = 0;
  CallHandle* const changed = held_call(r, handle, any_state, error);
  if (!changed) return error;
  if (privilege != LINECALLPRIVILEGE_MONITOR && privilege != LINECALLPRIVILEGE_OWNER)
    return LINEERR_INVALCALLPRIVILEGE;
  if (privilege == changed->privilege) return 0;
  if (privilege == LINECALLPRIVILEGE_OWNER && !changed->open.control) return LINEERR_OPERATIONFAILED;
  Call& call = changed->call;
  if (privilege == LINECALLPRIVILEGE_MONITOR && call.owners == 1 && !call.idle())
    return LINEERR_INVALCALLSTATE;
  r.core.set_privilege(*changed, privilege);
  const DWORD owners =
      privilege == LINECALLPRIVILEGE_OWNER ? LINECALLINFOSTATE_NUMOWNERINCR : LINECALLINFOSTATE_NUMOWNERDECR;
  r.core.counts_changed(call, owners | LINECALLINFOSTATE_NUMMONITORS, changed);
  return 0;
}

// `target` becomes an owner too; its handle is the one it has, or a new one.
LONG give(Core& core, CallHandle& giver, OpenLine& target) {
  Call& call = giver.call;
  CallHandle* receiver = core.handle_of(target, call);
  DWORD changed = LINECALLINFOSTATE_NUMOWNERINCR;
  if (!receiver) {
    receiver = core.add_call_handle(target, call, LINECALLPRIVILEGE_OWNER);
    if (!receiver) return LINEERR_NOMEM;
    core.announce(*receiver, call.state, call.mode);
  } else {
    if (!receiver->owner()) {
      core.set_privilege(*receiver, LINECALLPRIVILEGE_OWNER);
      changed |= LINECALLINFOSTATE_NUMMONITORS;
    } else {
      changed = 0; // it owned the call already and learns that it is meant to act
    }
    core.tell_state(*receiver, call.state, call.mode);
  }
  if (changed) core.counts_changed(call, changed, &giver, receiver);
  return 0;
}

LONG hand_off(Request& r, DWORD handle, Text file_name, DWORD medium) {
  LONG error = 0;
  CallHandle* const giver = owned_call(r, handle, any_state, error);
  if (!giver) return error;
  LineDevice& line = giver->call.line;
  OpenLine* target = nullptr;
  if (file_name) {
    // Another application of that name before the caller itself.
    const auto named = [&](OpenLine& open) { return open.owner() && open.app.module == *file_name; };
    target = line.opens.find([&](OpenLine& open) { return named(open) && &open.app != &giver->open.app; });
    if (!target) target = line.opens.find(named);
  } else {
    if (!std::has_single_bit(medium)) return LINEERR_INVALMEDIAMODE;
    target =
        r.core.preferred(line, medium, [&](OpenLine& open) { return open.owner() && (open.media & medium); });
  }
  if (!target) return LINEERR_TARGETNOTFOUND;
  if (&target->app == &giver->open.app) return LINEERR_TARGETSELF;
  return give(r.core, *giver, *target);
}

// Frees the handle and nothing else; the sole owner of a call that is not over may do so since 2.0.
LONG deallocate(Request& r, DWORD handle) {
  LONG error = 0;
  CallHandle* const freed = held_call(r, handle, any_state, error);
  if (!freed) return error;
  Call& call = freed->call;
  const bool owner = freed->owner();
  if (owner && call.owners == 1 && !call.idle() && freed->open.version < version_2_0)
    return LINEERR_INVALCALLSTATE;
  r.core.leave_call(*freed);
  return 0;
}

} // namespace

void bind_privilege_functions(Bindings& b) {
  b.bind<Fn::lineSetCallPrivilege, &set_call_privilege>();
  b.bind<Fn::lineHandoff, &hand_off>();
  b.bind<Fn::lineDeallocateCall, &deallocate>();
}

} // namespace tl::server
