// SPDX-License-Identifier: Apache-2.0
// What belongs to the device rather than to telephony: ids of other classes, private blocks, terminals,
// status.
#include <cstring>

#include "server/functions.hpp"

namespace tl::server {

bool is_class(const Text& name, std::u16string_view wanted) {
  if (!name) return false;
  return std::equal(name->begin(), name->end(), wanted.begin(), wanted.end(), [](char16_t a, char16_t b) {
    return (a >= u'A' && a <= u'Z' ? a + (u'a' - u'A') : a) == b;
  });
}

LONG answer_id(Request& r, Capacity capacity, DWORD id) {
  return answer_structure(r, wire::var_string, version_high, capacity, [&](Filling& filling) {
    DWORD size = 0, offset = 0;
    const auto room = filling.append(sizeof id, size, offset);
    if (!room.empty()) std::memcpy(room.data(), &id, sizeof id);
    auto& text = filling.as<VARSTRING>();
    text.dwStringFormat = STRINGFORMAT_BINARY;
    text.dwStringSize = size;
    text.dwStringOffset = offset;
  });
}

bool own_id(Filling& filling, const OwnIds& ids) {
  const auto& text = filling.as<VARSTRING>();
  DWORD device = 0;
  if (text.dwStringSize != sizeof device) return true; // there was no room for it
  if (text.dwStringOffset > filling.capacity || sizeof device > filling.capacity - text.dwStringOffset)
    return true;
  std::byte* const at = filling.at + text.dwStringOffset;
  std::memcpy(&device, at, sizeof device);
  const auto own = ids.id_of(device);
  if (own) std::memcpy(at, &*own, sizeof *own);
  return own.has_value();
}

namespace {

// What a function is about by its dwSelect: the line, an address or a call.
struct Scope {
  LONG error = 0;
  OpenLine* open = nullptr;
  CallHandle* call = nullptr;
};

Scope find_scope(Request& r, DWORD line, DWORD call, DWORD select) {
  Scope scope;
  switch (select) {
  case LINECALLSELECT_LINE:
  case LINECALLSELECT_ADDRESS:
    scope.open = r.core.line(r.client, line);
    if (!scope.open) scope.error = LINEERR_INVALLINEHANDLE;
    return scope;
  case LINECALLSELECT_CALL:
    scope.call = r.core.call(r.client, call);
    if (scope.call)
      scope.open = &scope.call->open;
    else
      scope.error = LINEERR_INVALCALLHANDLE;
    return scope;
  default: scope.error = LINEERR_INVALCALLSELECT; return scope;
  }
}

// Class tapi/line is answered here, all others by the provider [nf-tapi-linegetidw].
LONG get_id(Request& r, DWORD line_handle, DWORD address, DWORD call_handle, DWORD select, Capacity capacity,
            Text device_class) {
  const Scope scope = find_scope(r, line_handle, call_handle, select);
  if (scope.error) return scope.error;
  if (!device_class) return LINEERR_INVALPOINTER;
  LineDevice& line = scope.open->line;
  if (select == LINECALLSELECT_ADDRESS)
    if (const LONG result = address_exists(line, address); result != 0) return result;
  if (is_class(device_class, u"tapi/line")) return answer_id(r, capacity, scope.open->id());
  const Wide name{device_class};
  return answer_structure(
      r, wire::var_string, version_high, version_high, capacity,
      [&](Filling& id) {
        const LONG result =
            line.provider.tspi.lineGetID(line.driver, address, scope.call ? scope.call->call.driver : nullptr,
                                         select, &id.as<VARSTRING>(), name.c(), INVALID_HANDLE_VALUE);
        if (result != 0 || !is_class(device_class, u"tapi/phone")) return result;
        return own_id(id, r.client.phones) ? 0 : LINEERR_NODEVICE;
      },
      [](Filling&) {});
}

LPVOID copy_block(Pending& pending, const Data& block) {
  if (!block) return nullptr;
  pending.memory.resize((block->size() + 7) / 8);
  pending.capacity = static_cast<DWORD>(block->size());
  if (!block->empty()) std::memcpy(pending.memory.data(), block->data(), block->size());
  return pending.memory.data();
}

LONG dev_specific(Request& r, DWORD handle, DWORD address, DWORD call_handle, Data block) {
  OpenLine* const open = r.core.line(r.client, handle);
  if (!open) return LINEERR_INVALLINEHANDLE;
  CallHandle* call = nullptr;
  if (call_handle != 0) {
    call = r.core.call(r.client, call_handle);
    if (!call || &call->call.line != &open->line) return LINEERR_INVALCALLHANDLE;
  }
  const auto function = open->line.provider.tspi.lineDevSpecific;
  if (!function) return LINEERR_OPERATIONUNAVAIL;
  if (const LONG result = address_exists(open->line, address); result != 0) return result;
  return start(r, *open, [&](Pending& pending) {
    LPVOID const copy = copy_block(pending, block);
    return function(pending.id, open->line.driver, address, call ? call->call.driver : nullptr, copy,
                    pending.capacity);
  });
}

LONG dev_specific_feature(Request& r, DWORD handle, DWORD feature, Data block) {
  OpenLine* const open = r.core.line(r.client, handle);
  if (!open) return LINEERR_INVALLINEHANDLE;
  const auto function = open->line.provider.tspi.lineDevSpecificFeature;
  if (!function) return LINEERR_OPERATIONUNAVAIL;
  return start(r, *open, [&](Pending& pending) {
    LPVOID const copy = copy_block(pending, block);
    return function(pending.id, open->line.driver, feature, copy, pending.capacity);
  });
}

LONG uncomplete_call(Request& r, DWORD handle, DWORD completion) {
  OpenLine* const open = r.core.line(r.client, handle);
  if (!open) return LINEERR_INVALLINEHANDLE;
  const auto function = open->line.provider.tspi.lineUncompleteCall;
  if (!function) return LINEERR_OPERATIONUNAVAIL;
  return start(r, *open,
               [&](Pending& pending) { return function(pending.id, open->line.driver, completion); });
}

LONG set_line_dev_status(Request& r, DWORD handle, DWORD status, DWORD on) {
  OpenLine* const open = r.core.line(r.client, handle);
  if (!open) return LINEERR_INVALLINEHANDLE;
  constexpr DWORD known = LINEDEVSTATUSFLAGS_CONNECTED | LINEDEVSTATUSFLAGS_MSGWAIT |
                          LINEDEVSTATUSFLAGS_INSERVICE | LINEDEVSTATUSFLAGS_LOCKED;
  if (status == 0 || (status & ~known)) return LINEERR_INVALPARAM;
  const auto function = open->line.provider.tspi.lineSetLineDevStatus;
  if (!function) return LINEERR_OPERATIONUNAVAIL;
  return start(r, *open,
               [&](Pending& pending) { return function(pending.id, open->line.driver, status, on); });
}

LONG set_terminal(Request& r, DWORD line_handle, DWORD address, DWORD call_handle, DWORD select, DWORD modes,
                  DWORD terminal, DWORD enable) {
  const Scope scope = find_scope(r, line_handle, call_handle, select);
  if (scope.error) return scope.error;
  LineDevice& line = scope.open->line;
  const auto function = line.provider.tspi.lineSetTerminal;
  if (!function) return LINEERR_OPERATIONUNAVAIL;
  return start(r, *scope.open, [&](Pending& pending) {
    return function(pending.id, line.driver, address, scope.call ? scope.call->call.driver : nullptr, select,
                    modes, terminal, enable);
  });
}

// A list of equal entries; NULL disables its part.
template <class Entry> struct Entries {
  explicit Entries(const Data& data) : valid(!data || data->size() % sizeof(Entry) == 0) {
    if (!data || !valid) return;
    list.resize(data->size() / sizeof(Entry));
    if (!list.empty()) std::memcpy(list.data(), data->data(), data->size());
  }
  Entry* at() { return list.empty() ? nullptr : list.data(); }
  DWORD count() const { return static_cast<DWORD>(list.size()); }
  bool valid;
  std::vector<Entry> list;
};

LONG set_media_control(Request& r, DWORD line_handle, DWORD address, DWORD call_handle, DWORD select,
                       Data digits, Data media, Data tones, Data states) {
  const Scope scope = find_scope(r, line_handle, call_handle, select);
  if (scope.error) return scope.error;
  if (scope.call && !scope.call->owner()) return LINEERR_NOTOWNER;
  if (!scope.open->control) return LINEERR_OPERATIONUNAVAIL;
  Entries<LINEMEDIACONTROLDIGIT> digit_list{digits};
  Entries<LINEMEDIACONTROLMEDIA> media_list{media};
  Entries<LINEMEDIACONTROLTONE> tone_list{tones};
  Entries<LINEMEDIACONTROLCALLSTATE> state_list{states};
  if (!digit_list.valid) return LINEERR_INVALDIGITLIST;
  if (!media_list.valid) return LINEERR_INVALMEDIALIST;
  if (!tone_list.valid) return LINEERR_INVALTONELIST;
  if (!state_list.valid) return LINEERR_INVALCALLSTATELIST;
  LineDevice& line = scope.open->line;
  const auto function = line.provider.tspi.lineSetMediaControl;
  if (!function) return LINEERR_OPERATIONUNAVAIL;
  return function(line.driver, address, scope.call ? scope.call->call.driver : nullptr, select,
                  digit_list.at(), digit_list.count(), media_list.at(), media_list.count(), tone_list.at(),
                  tone_list.count(), state_list.at(), state_list.count());
}

LONG set_app_specific(Request& r, DWORD handle, DWORD value) {
  LONG error = 0;
  CallHandle* const call = owned_call(r, handle, any_state, error);
  if (!call) return error;
  return call->call.line.provider.tspi.lineSetAppSpecific(call->call.driver, value);
}

} // namespace

void bind_device_functions(Bindings& b) {
  b.bind<Fn::lineGetID, &get_id>();
  b.bind<Fn::lineDevSpecific, &dev_specific>();
  b.bind<Fn::lineDevSpecificFeature, &dev_specific_feature>();
  b.bind<Fn::lineUncompleteCall, &uncomplete_call>();
  b.bind<Fn::lineSetLineDevStatus, &set_line_dev_status>();
  b.bind<Fn::lineSetTerminal, &set_terminal>();
  b.bind<Fn::lineSetMediaControl, &set_media_control>();
  b.bind<Fn::lineSetAppSpecific, &set_app_specific>();
}

} // namespace tl::server
