// SPDX-License-Identifier: Apache-2.0
// LINEDEVSTATUS, LINEADDRESSSTATUS, LINECALLINFO, LINECALLSTATUS.
#include "pbx/caps.hpp"

namespace tl::pbx {
namespace {

constexpr DWORD trunk_unknown = 0xFFFFFFFFU;

SYSTEMTIME system_time(Time time) {
  using namespace std::chrono;
  const auto day = floor<days>(time);
  const year_month_day date(day);
  const hh_mm_ss clock(floor<milliseconds>(time - day));
  SYSTEMTIME out{};
  out.wYear = static_cast<WORD>(static_cast<int>(date.year()));
  out.wMonth = static_cast<WORD>(static_cast<unsigned>(date.month()));
  out.wDay = static_cast<WORD>(static_cast<unsigned>(date.day()));
  out.wDayOfWeek = static_cast<WORD>(weekday(day).c_encoding());
  out.wHour = static_cast<WORD>(clock.hours().count());
  out.wMinute = static_cast<WORD>(clock.minutes().count());
  out.wSecond = static_cast<WORD>(clock.seconds().count());
  out.wMilliseconds = static_cast<WORD>(clock.subseconds().count());
  return out;
}

struct PartyFields {
  DWORD LINECALLINFO::*flags;
  DWORD LINECALLINFO::*size;
  DWORD LINECALLINFO::*offset;
  DWORD LINECALLINFO::*name_size;
  DWORD LINECALLINFO::*name_offset;
};

// clang-format off
constexpr PartyFields caller_id{&LINECALLINFO::dwCallerIDFlags, &LINECALLINFO::dwCallerIDSize, &LINECALLINFO::dwCallerIDOffset, &LINECALLINFO::dwCallerIDNameSize, &LINECALLINFO::dwCallerIDNameOffset};
constexpr PartyFields called_id{&LINECALLINFO::dwCalledIDFlags, &LINECALLINFO::dwCalledIDSize, &LINECALLINFO::dwCalledIDOffset, &LINECALLINFO::dwCalledIDNameSize, &LINECALLINFO::dwCalledIDNameOffset};
constexpr PartyFields connected_id{&LINECALLINFO::dwConnectedIDFlags, &LINECALLINFO::dwConnectedIDSize, &LINECALLINFO::dwConnectedIDOffset, &LINECALLINFO::dwConnectedIDNameSize, &LINECALLINFO::dwConnectedIDNameOffset};
constexpr PartyFields redirection_id{&LINECALLINFO::dwRedirectionIDFlags, &LINECALLINFO::dwRedirectionIDSize, &LINECALLINFO::dwRedirectionIDOffset, &LINECALLINFO::dwRedirectionIDNameSize, &LINECALLINFO::dwRedirectionIDNameOffset};
constexpr PartyFields redirecting_id{&LINECALLINFO::dwRedirectingIDFlags, &LINECALLINFO::dwRedirectingIDSize, &LINECALLINFO::dwRedirectingIDOffset, &LINECALLINFO::dwRedirectingIDNameSize, &LINECALLINFO::dwRedirectingIDNameOffset};
// clang-format on

void write_party(tsp::StructWriter<LINECALLINFO>& out, const PartyFields& to, std::string_view number,
                 std::string_view name = {}) {
  DWORD flags = 0;
  if (!number.empty()) flags |= LINECALLPARTYID_ADDRESS;
  if (!name.empty()) flags |= LINECALLPARTYID_NAME;
  (*out.operator->()).*to.flags = flags != 0 ? flags : static_cast<DWORD>(LINECALLPARTYID_UNAVAIL);
  out.text(to.size, to.offset, number);
  out.text(to.name_size, to.name_offset, name);
}

DWORD trunk_of(const Connection& connection) {
  if (connection.device->kind == DeviceKind::trunk) return connection.device->index;
  const Connection* const peer = connection.peer();
  return peer != nullptr && peer != &connection && peer->device->kind == DeviceKind::trunk
             ? peer->device->index
             : trunk_unknown;
}

DWORD states_of(const Connection& connection) {
  const DWORD end = LINECALLSTATE_CONNECTED | LINECALLSTATE_DISCONNECTED | LINECALLSTATE_IDLE;
  const DWORD inbound = end | LINECALLSTATE_OFFERING | LINECALLSTATE_ACCEPTED;
  const DWORD outbound = end | LINECALLSTATE_BUSY | LINECALLSTATE_DIALTONE | LINECALLSTATE_DIALING |
                         LINECALLSTATE_PROCEEDING | LINECALLSTATE_RINGBACK;
  const bool out = connection.origin == LINECALLORIGIN_OUTBOUND;
  const DWORD held = connection.device->kind == DeviceKind::station
                         ? LINECALLSTATE_ONHOLD | LINECALLSTATE_ONHOLDPENDTRANSFER |
                               LINECALLSTATE_ONHOLDPENDCONF | LINECALLSTATE_CONFERENCED
                         : 0;
  return (out ? outbound : inbound) | held;
}

} // namespace

void fill_line_status(const Switch& pbx, const Device& device, tsp::StructWriter<LINEDEVSTATUS>& out) {
  out->dwNumActiveCalls = device.active_calls();
  out->dwNumOnHoldCalls = device.counts[Device::on_hold];
  out->dwNumOnHoldPendCalls = device.counts[Device::on_hold_pending];
  out->dwLineFeatures = (pbx.can_make_call(device) ? static_cast<DWORD>(LINEFEATURE_MAKECALL) : 0U) |
                        (device.has_legs() ? static_cast<DWORD>(LINEFEATURE_DEVSPECIFIC) : 0U);
  if (device.kind == DeviceKind::station)
    out->dwLineFeatures |=
        LINEFEATURE_FORWARD | LINEFEATURE_FORWARDFWD | LINEFEATURE_FORWARDDND | LINEFEATURE_SETDEVSTATUS;
  out->dwDevStatusFlags = LINEDEVSTATUSFLAGS_CONNECTED |
                          (device.message_waiting ? static_cast<DWORD>(LINEDEVSTATUSFLAGS_MSGWAIT) : 0U) |
                          (device.reachable ? static_cast<DWORD>(LINEDEVSTATUSFLAGS_INSERVICE) : 0U);
  out->dwAvailableMediaModes = LINEMEDIAMODE_INTERACTIVEVOICE;
}

namespace {
// The inner offsets count from the whole structure [lineaddressstatus].
void write_forwards(const Device& device, tsp::StructWriter<LINEADDRESSSTATUS>& out) {
  if (device.forwards.empty()) return;
  std::vector<LINEFORWARD> entries;
  for (const Forward& one : device.forwards) {
    const tsp::StructTail::Place caller = out.tail().text(one.caller);
    const tsp::StructTail::Place destination = out.tail().text(one.destination);
    LINEFORWARD& entry = entries.emplace_back();
    entry.dwForwardMode = one.mode;
    entry.dwCallerAddressSize = caller.size;
    entry.dwCallerAddressOffset = caller.offset;
    entry.dwDestAddressSize = destination.size;
    entry.dwDestAddressOffset = destination.offset;
  }
  out->dwNumRingsNoAnswer = device.forward_rings;
  out->dwForwardNumEntries = static_cast<DWORD>(entries.size());
  out.bytes(&LINEADDRESSSTATUS::dwForwardSize, &LINEADDRESSSTATUS::dwForwardOffset, entries.data(),
            entries.size() * sizeof(LINEFORWARD));
  if (out->dwForwardSize == 0) out->dwForwardNumEntries = 0; // no room
}
} // namespace

void fill_address_status(const Switch& pbx, const Device& device, tsp::StructWriter<LINEADDRESSSTATUS>& out) {
  out->dwNumInUse = device.live() > 0 ? 1 : 0;
  out->dwNumActiveCalls = device.active_calls();
  out->dwNumOnHoldCalls = device.counts[Device::on_hold];
  out->dwNumOnHoldPendCalls = device.counts[Device::on_hold_pending];
  out->dwAddressFeatures = pbx.address_features(device, true);
  write_forwards(device, out);
}

void fill_call_info(const Switch& pbx, const Connection& connection, tsp::StructWriter<LINECALLINFO>& out) {
  const Call& call = *connection.call;
  out->dwBearerMode = LINEBEARERMODE_VOICE;
  out->dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE;
  out->dwAppSpecific = connection.app_specific;
  out->dwCallID = call.id;
  out->dwRelatedCallID = connection.related_id;
  out->dwCallStates = states_of(connection);
  out->dwMonitorDigitModes = connection.monitored_digits;
  out->dwOrigin = connection.origin;
  out->dwReason = connection.reason;
  out->dwCompletionID = connection.completion_id;
  out->dwTrunk = trunk_of(connection);
  out->dwCallTreatment = connection.device->kind == DeviceKind::queue ? call.treatment : 0;
  write_party(out, caller_id, call.caller.number, call.caller.name);
  write_party(out, called_id, call.called);
  const Connection* const peer = connection.live() ? connection.peer() : nullptr;
  const bool connected =
      peer != nullptr &&
      (connection.state & (LINECALLSTATE_CONNECTED | LINECALLSTATE_ONHOLD | LINECALLSTATE_ONHOLDPENDTRANSFER |
                           LINECALLSTATE_CONFERENCED)) != 0 &&
      peer->state != LINECALLSTATE_OFFERING && peer->state != LINECALLSTATE_ACCEPTED;
  const Party party = connected ? pbx.identity(*peer) : Party{};
  write_party(out, connected_id, party.number, party.name);
  write_party(out, redirection_id, connection.redirection);
  write_party(out, redirecting_id, connection.redirecting);
  if (!connection.user_info.empty())
    out.bytes(&LINECALLINFO::dwUserUserInfoSize, &LINECALLINFO::dwUserUserInfoOffset,
              connection.user_info.front().data(), connection.user_info.front().size());
  out.bytes(&LINECALLINFO::dwCallDataSize, &LINECALLINFO::dwCallDataOffset, call.data.data(),
            call.data.size());
}

void fill_call_status(const Switch& pbx, const Connection& connection,
                      tsp::StructWriter<LINECALLSTATUS>& out) {
  out->dwCallState = connection.state;
  out->dwCallStateMode = connection.mode;
  out->dwCallFeatures = pbx.features(connection);
  out->dwCallFeatures2 = pbx.features2(connection);
  out->tStateEntryTime = system_time(connection.since);
}

} // namespace tl::pbx
