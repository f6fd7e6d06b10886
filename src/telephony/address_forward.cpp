// SPDX-License-Identifier: Apache-2.0
// Forwarding, do-not-disturb, message waiting, the state of the device.
#include <algorithm>

#include "telephony/state.hpp"

namespace tl::telephony {

namespace {

// A LINEFORWARDLIST; its texts stand behind the entries.
void lay_out(const ForwardInformation& how, StructureBuffer& buffer) {
  std::size_t room = sizeof(LINEFORWARDLIST) + how.entries.size() * sizeof(LINEFORWARD);
  const std::size_t fixed = room;
  for (const ForwardEntry& entry : how.entries)
    room += 2 * (entry.destination.size() + entry.caller.size() + 2);
  if (buffer.size() < room) buffer.resize(room);
  auto* const list = reinterpret_cast<LINEFORWARDLIST*>(buffer.data());
  *list = LINEFORWARDLIST{};
  list->dwNumEntries = static_cast<DWORD>(how.entries.size());
  StructureFiller filler(list, room, fixed);
  for (std::size_t i = 0; i < how.entries.size(); ++i) {
    const ForwardEntry& from = how.entries[i];
    LINEFORWARD entry{};
    entry.dwForwardMode = code(from.mode);
    entry.dwDestCountryCode = from.country_code;
    DWORD size = 0, offset = 0; // fields of a packed structure cannot be bound to references
    filler.put_text(from.destination, size, offset);
    entry.dwDestAddressSize = size, entry.dwDestAddressOffset = offset;
    filler.put_text(from.caller, size, offset);
    entry.dwCallerAddressSize = size, entry.dwCallerAddressOffset = offset;
    entry.dwCallerAddressType = entry.dwDestAddressType = LINEADDRESSTYPE_PHONENUMBER;
    std::memcpy(buffer.data() + offsetof(LINEFORWARDLIST, ForwardList) + i * sizeof entry, &entry,
                sizeof entry);
  }
  list->dwTotalSize = filler.used();
}

} // namespace

void ForwardInformation::set(ForwardMode mode, std::string destination, std::string caller) {
  std::erase_if(entries,
                [&](const ForwardEntry& entry) { return entry.mode == mode && entry.caller == caller; });
  entries.push_back({mode, std::move(destination), std::move(caller), 0});
}

const ForwardEntry* ForwardInformation::find(ForwardMode mode) const {
  const auto at = std::find_if(entries.begin(), entries.end(),
                               [&](const ForwardEntry& entry) { return entry.mode == mode; });
  return at == entries.end() ? nullptr : &*at;
}

LONG Address::forward(const ForwardInformation& how, Completion done) {
  if (line_ == 0) return LINEERR_INVALLINEHANDLE;
  Telephony::State& state = *telephony_.state_;
  // The switch may make a call to confirm it; these do not, and a handle that comes all the same is given
  // back.
  return state.start_value<HCALL>(
      *this,
      [done = std::move(done)](LONG result, HCALL confirmation) {
        if (confirmation != 0) lineDeallocateCall(confirmation);
        if (done) done(result);
      },
      [&](HCALL* confirmation) {
        const LINEFORWARDLIST* list = nullptr;
        if (!how.entries.empty()) {
          lay_out(how, state.buffer);
          list = reinterpret_cast<const LINEFORWARDLIST*>(state.buffer.data());
        }
        return lineForwardW(line_, 0, 0, const_cast<LINEFORWARDLIST*>(list), how.rings_no_answer,
                            confirmation, nullptr);
      });
}

LONG Address::forwarding(ForwardInformation& out) {
  if (line_ == 0) return LINEERR_INVALLINEHANDLE;
  StructureBuffer& buffer = telephony_.state_->buffer;
  const LONG result = fetch<LINEADDRESSSTATUS>(
      buffer, [&](LINEADDRESSSTATUS* into) { return lineGetAddressStatusW(line_, 0, into); });
  if (result != 0) return result;
  const auto& from = *reinterpret_cast<const LINEADDRESSSTATUS*>(buffer.data());
  const StructureView parts = view<LINEADDRESSSTATUS>(buffer);
  out.clear();
  out.rings_no_answer = from.dwNumRingsNoAnswer;
  for (const LINEFORWARD& entry : parts.entries<LINEFORWARD>(from.dwForwardSize, from.dwForwardOffset)) {
    if (out.entries.size() >= from.dwForwardNumEntries) break;
    out.entries.push_back(
        {ForwardMode{entry.dwForwardMode}, parts.text(entry.dwDestAddressSize, entry.dwDestAddressOffset),
         parts.text(entry.dwCallerAddressSize, entry.dwCallerAddressOffset), entry.dwDestCountryCode});
  }
  return 0;
}

LONG Address::set_do_not_disturb(bool on, Completion done) {
  ForwardInformation how;
  if (on) how.set(ForwardMode::all, {});
  return forward(how, std::move(done));
}

LONG Address::do_not_disturb(bool& out) {
  ForwardInformation how;
  if (const LONG result = forwarding(how); result != 0) return result;
  const ForwardEntry* const all = how.find(ForwardMode::all);
  out = all && all->destination.empty();
  return 0;
}

LONG Address::device_status(DWORD& flags) {
  if (line_ == 0) return LINEERR_INVALLINEHANDLE;
  StructureBuffer& buffer = telephony_.state_->buffer;
  const LONG result =
      fetch<LINEDEVSTATUS>(buffer, [&](LINEDEVSTATUS* into) { return lineGetLineDevStatusW(line_, into); });
  if (result == 0) flags = reinterpret_cast<const LINEDEVSTATUS*>(buffer.data())->dwDevStatusFlags;
  return result;
}

LONG Address::set_device_status(DWORD flags, bool on, Completion done) {
  if (line_ == 0) return LINEERR_INVALLINEHANDLE;
  return telephony_.state_->start(*this, std::move(done),
                                  [&] { return lineSetLineDevStatus(line_, flags, on ? 1 : 0); });
}

LONG Address::in_service(bool& out) {
  DWORD flags = 0;
  const LONG result = device_status(flags);
  if (result == 0) out = (flags & LINEDEVSTATUSFLAGS_INSERVICE) != 0;
  return result;
}

LONG Address::message_waiting(bool& out) {
  DWORD flags = 0;
  const LONG result = device_status(flags);
  if (result == 0) out = (flags & LINEDEVSTATUSFLAGS_MSGWAIT) != 0;
  return result;
}

LONG Address::set_message_waiting(bool on, Completion done) {
  return set_device_status(LINEDEVSTATUSFLAGS_MSGWAIT, on, std::move(done));
}

} // namespace tl::telephony
