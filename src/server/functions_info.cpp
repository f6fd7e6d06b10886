// SPDX-License-Identifier: Apache-2.0
// What is known about calls, and the lists of calls.
#include <cstring>

#include "server/functions.hpp"
#include "server/wording.hpp"

namespace tl::server {
namespace {

SYSTEMTIME system_time(Time time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::milliseconds>(time - day)};
  SYSTEMTIME result{};
  result.wYear = static_cast<WORD>(static_cast<int>(date.year()));
  result.wMonth = static_cast<WORD>(static_cast<unsigned>(date.month()));
  result.wDay = static_cast<WORD>(static_cast<unsigned>(date.day()));
  result.wDayOfWeek = static_cast<WORD>(std::chrono::weekday{day}.c_encoding());
  result.wHour = static_cast<WORD>(clock.hours().count());
  result.wMinute = static_cast<WORD>(clock.minutes().count());
  result.wSecond = static_cast<WORD>(clock.seconds().count());
  result.wMilliseconds = static_cast<WORD>(clock.subseconds().count());
  return result;
}

void amend_info(CallHandle& asked, Filling& filling) {
  Call& call = asked.call;
  auto& info = filling.as<LINECALLINFO>();
  info.hLine = asked.open.handle;
  info.dwLineDeviceID = asked.open.id();
  info.dwCallStates |= LINECALLSTATE_UNKNOWN;
  info.dwMonitorDigitModes = call.digit_modes;
  info.dwMonitorMediaModes = call.media_modes;
  info.dwNumOwners = call.owners;
  info.dwNumMonitors = call.monitors;
  DWORD size = 0, offset = 0;
  if (call.app_name) filling.append_text(*call.app_name, size, offset);
  info.dwAppNameSize = size, info.dwAppNameOffset = offset;
  if (!call.texts) return;
  filling.append_text(call.texts->displayable_address, size, offset);
  info.dwDisplayableAddressSize = size, info.dwDisplayableAddressOffset = offset;
  filling.append_text(call.texts->called_party, size, offset);
  info.dwCalledPartySize = size, info.dwCalledPartyOffset = offset;
  filling.append_text(call.texts->comment, size, offset);
  info.dwCommentSize = size, info.dwCommentOffset = offset;
}

LONG get_call_info(Request& r, DWORD handle, Capacity capacity) {
  LONG error = 0;
  CallHandle* const asked = held_call(r, handle, any_state, error);
  if (!asked) return error;
  Call& call = asked->call;
  return answer_structure(
      r, wire::line_call_info, asked->open.version, call.line.version, capacity,
      [&](Filling& info) {
        return call.line.provider.tspi.lineGetCallInfo(call.driver, &info.as<LINECALLINFO>());
      },
      [&](Filling& info) {
        amend_info(*asked, info);
        wording::adapt(asked->open.version, info.as<LINECALLINFO>());
      });
}

// The state is the one the applications were told; what may be done in it comes from the provider.
LONG get_call_status(Request& r, DWORD handle, Capacity capacity) {
  LONG error = 0;
  CallHandle* const asked = held_call(r, handle, any_state, error);
  if (!asked) return error;
  Call& call = asked->call;
  return answer_structure(
      r, wire::line_call_status, asked->open.version, call.line.version, capacity,
      [&](Filling& status) {
        return call.line.provider.tspi.lineGetCallStatus(call.driver, &status.as<LINECALLSTATUS>());
      },
      [&](Filling& filling) {
        auto& status = filling.as<LINECALLSTATUS>();
        status.dwCallState = call.state;
        status.dwCallStateMode = static_cast<DWORD>(call.mode);
        status.dwCallPrivilege = asked->privilege;
        if (asked->open.version >= version_2_0) status.tStateEntryTime = system_time(call.entered);
        wording::adapt(asked->open.version, status);
      });
}

// LINECALLLIST of calls for which `each` gives the handles, one by one. A list too small gets none.
void answer_list(Filling& filling, const std::vector<DWORD>& calls) {
  DWORD size = 0, offset = 0;
  const auto room = filling.append(calls.size() * sizeof(HCALL), size, offset);
  if (!room.empty()) std::memcpy(room.data(), calls.data(), room.size());
  auto& list = filling.as<LINECALLLIST>();
  list.dwCallsNumEntries = static_cast<DWORD>(size / sizeof(HCALL));
  list.dwCallsSize = size;
  list.dwCallsOffset = offset;
}

// A monitor handle for a call that the application does not know yet.
CallHandle* monitor(Core& core, OpenLine& open, Call& call) {
  CallHandle* const handle = core.add_call_handle(open, call, LINECALLPRIVILEGE_MONITOR);
  if (handle) core.counts_changed(call, LINECALLINFOSTATE_NUMMONITORS, handle);
  return handle;
}

LONG get_new_calls(Request& r, DWORD handle, DWORD address, DWORD select, Capacity capacity) {
  OpenLine* const open = r.core.line(r.client, handle);
  if (!open) return LINEERR_INVALLINEHANDLE;
  if (select != LINECALLSELECT_LINE && select != LINECALLSELECT_ADDRESS) return LINEERR_INVALCALLSELECT;
  LineDevice& line = open->line;
  if (select == LINECALLSELECT_ADDRESS) {
    DWORD addresses = 0;
    if (const LONG result = line.provider.tspi.lineGetNumAddressIDs(line.driver, &addresses); result != 0)
      return result;
    if (address >= addresses) return LINEERR_INVALADDRESSID;
  }
  return answer_structure(r, wire::line_call_list, open->version, capacity, [&](Filling& filling) {
    std::vector<Call*> found;
    line.calls.for_each([&](Call& call) {
      if (call.phase != Call::Phase::live || r.core.handle_of(*open, call)) return;
      if (select == LINECALLSELECT_LINE || call.address == address) found.push_back(&call);
    });
    // Those that do not fit stay new.
    const std::size_t fit = (filling.capacity - filling.used()) / sizeof(HCALL);
    std::vector<DWORD> handles;
    for (std::size_t i = 0; i < std::min(fit, found.size()); ++i)
      if (CallHandle* made = monitor(r.core, *open, *found[i])) handles.push_back(made->handle);
    answer_list(filling, handles);
    filling.needed() += static_cast<DWORD>((found.size() - handles.size()) * sizeof(HCALL));
  });
}

LONG get_conference_calls(Request& r, DWORD handle, Capacity capacity) {
  LONG error = 0;
  CallHandle* const asked = held_call(r, handle, any_state, error);
  if (!asked) return error;
  Call* const parent = asked->call.conference ? asked->call.conference : &asked->call;
  if (parent->members.empty()) return LINEERR_NOCONFERENCE;
  return answer_structure(r, wire::line_call_list, asked->open.version, capacity, [&](Filling& filling) {
    std::vector<Call*> related{parent};
    parent->members.for_each([&](Call& member) { related.push_back(&member); });
    std::vector<DWORD> handles;
    if (filling.capacity - filling.used() >= related.size() * sizeof(HCALL)) {
      for (Call* call : related) {
        CallHandle* known = r.core.handle_of(asked->open, *call);
        if (!known) known = monitor(r.core, asked->open, *call);
        if (known) handles.push_back(known->handle);
      }
      answer_list(filling, handles);
    } else {
      filling.needed() += static_cast<DWORD>(related.size() * sizeof(HCALL));
    }
  });
}

} // namespace

void bind_info_functions(Bindings& b) {
  b.bind<Fn::lineGetCallInfo, &get_call_info>();
  b.bind<Fn::lineGetCallStatus, &get_call_status>();
  b.bind<Fn::lineGetNewCalls, &get_new_calls>();
  b.bind<Fn::lineGetConfRelatedCalls, &get_conference_calls>();
}

} // namespace tl::server
