// SPDX-License-Identifier: Apache-2.0
#include "telephony/state.hpp"

namespace tl::telephony {

namespace {

AddressKind kind_of(const LINEADDRESSCAPS& caps, const std::string& number) {
  if (caps.dwAddrCapFlags & LINEADDRCAPFLAGS_QUEUE) return AddressKind::queue;
  if (caps.dwAddrCapFlags & LINEADDRCAPFLAGS_ROUTEPOINT) return AddressKind::route_point;
  if (caps.dwMaxNumActiveCalls <= 1) return AddressKind::station;
  const bool calls_out = (caps.dwAddressFeatures & LINEADDRFEATURE_MAKECALL) != 0;
  return number.empty() || !calls_out ? AddressKind::trunk : AddressKind::station;
}

} // namespace

Address::Address(Telephony& telephony, DWORD device_id) : telephony_(telephony), device_id_(device_id) {}

Address::~Address() = default;

LONG Address::load() {
  LINEEXTENSIONID extension{};
  const HLINEAPP app = telephony_.app_;
  LONG result =
      lineNegotiateAPIVersion(app, device_id_, api_version_low, api_version_high, &api_version_, &extension);
  if (result != 0) return result;
  StructureBuffer& buffer = telephony_.state_->buffer;
  result = fetch<LINEDEVCAPS>(
      buffer, [&](LINEDEVCAPS* into) { return lineGetDevCapsW(app, device_id_, api_version_, 0, into); });
  if (result != 0) return result;
  const auto& device = *reinterpret_cast<const LINEDEVCAPS*>(buffer.data());
  name_ = view<LINEDEVCAPS>(buffer).text(device.dwLineNameSize, device.dwLineNameOffset);
  permanent_id_ = device.dwPermanentLineID;
  result = fetch<LINEADDRESSCAPS>(buffer, [&](LINEADDRESSCAPS* into) {
    return lineGetAddressCapsW(app, device_id_, 0, api_version_, 0, into);
  });
  if (result != 0) return result;
  const auto& caps = *reinterpret_cast<const LINEADDRESSCAPS*>(buffer.data());
  number_ = view<LINEADDRESSCAPS>(buffer).text(caps.dwAddressSize, caps.dwAddressOffset);
  kind_ = kind_of(caps, number_);
  return 0;
}

void Address::reload() {
  telephony_.state_->leave_names(*this);
  load();
  telephony_.state_->enter_names(*this);
}

LONG Address::open(const OpenOptions& options) {
  if (!telephony_.running()) return LINEERR_UNINITIALIZED;
  if (line_ != 0) return LINEERR_INUSE;
  DWORD privileges =
      (options.owner ? LINECALLPRIVILEGE_OWNER : 0U) | (options.monitor ? LINECALLPRIVILEGE_MONITOR : 0U);
  if (privileges == 0) privileges = LINECALLPRIVILEGE_NONE;
  LINECALLPARAMS* params = nullptr;
  if (!options.proxy_requests.empty()) {
    privileges |= LINEOPENOPTION_PROXY;
    const std::size_t bytes = options.proxy_requests.size() * sizeof(DWORD);
    StructureBuffer& buffer = telephony_.state_->buffer;
    if (buffer.size() < sizeof *params + bytes) buffer.resize(sizeof *params + bytes);
    params = reinterpret_cast<LINECALLPARAMS*>(buffer.data());
    *params = LINECALLPARAMS{};
    params->dwTotalSize = static_cast<DWORD>(sizeof *params + bytes);
    params->dwDevSpecificSize = static_cast<DWORD>(bytes);
    params->dwDevSpecificOffset = sizeof *params;
    std::memcpy(buffer.data() + sizeof *params, options.proxy_requests.data(), bytes);
  }
  // The instance is the device id, not a pointer: what comes back is looked up, not believed.
  HLINE line = 0;
  const LONG result = lineOpenW(telephony_.app_, device_id_, &line, api_version_, 0, device_id_, privileges,
                                options.owner ? options.media_modes : 0, params);
  if (result != 0) return result < 0 ? result : LINEERR_OPERATIONFAILED;
  if (line == 0) return LINEERR_OPERATIONFAILED;
  line_ = last_line_ = line;
  return 0;
}

void Address::close() {
  if (line_ == 0) return;
  Telephony::State& state = *telephony_.state_;
  // Cancelled first, so that their ends are reported and the buffers can go.
  if (!state.gathers.empty())
    for (Call* call = first_call_; call; call = call->next_)
      if (state.gathers.contains(call->handle_)) call->gather_digits(0, {}, 0, 0);
  end(lineClose(line_) == 0);
}

// The line's handle is void. A completion may open the line again.
void Address::end(bool closed) {
  Telephony::State& state = *telephony_.state_;
  line_ = 0;
  state.waits.end(this, LINEERR_OPERATIONFAILED);
  state.end_calls(*this);
  state.requests.fail(this, LINEERR_OPERATIONFAILED, closed);
}

LONG Address::find_calls() {
  if (line_ == 0) return LINEERR_INVALLINEHANDLE;
  Telephony::State& state = *telephony_.state_;
  const LONG result = fetch<LINECALLLIST>(
      state.buffer, [&](LINECALLLIST* into) { return lineGetNewCalls(line_, 0, LINECALLSELECT_LINE, into); });
  if (result != 0) return result;
  const LINECALLLIST list = *reinterpret_cast<const LINECALLLIST*>(state.buffer.data());
  const StructureView parts = view<LINECALLLIST>(state.buffer);
  std::vector<HCALL> handles;
  HCALL handle = 0;
  for (DWORD i = 0; parts.entry(list.dwCallsSize, list.dwCallsOffset, list.dwCallsNumEntries, i, handle); ++i)
    handles.push_back(handle);
  const HLINE line = line_;
  for (const HCALL each : handles) {
    if (line_ != line) break; // closed by an event below
    Call* call = state.add_call(*this, each, LINECALLPRIVILEGE_MONITOR);
    if (!call) continue;
    telephony_.events_.call_appeared(*call);
    if ((call = state.find_call(each)) == nullptr) continue;
    CallStatus status;
    if (call->status(status) != 0) status.state = LINECALLSTATE_UNKNOWN;
    state.report_state(*call, status.state, status.mode, status.privilege);
  }
  return 0;
}

LONG Address::status(AddressStatus& out) {
  if (line_ == 0) return LINEERR_INVALLINEHANDLE;
  StructureBuffer& buffer = telephony_.state_->buffer;
  const LONG result = fetch<LINEADDRESSSTATUS>(
      buffer, [&](LINEADDRESSSTATUS* into) { return lineGetAddressStatusW(line_, 0, into); });
  if (result != 0) return result;
  const auto& from = *reinterpret_cast<const LINEADDRESSSTATUS*>(buffer.data());
  out.in_use = from.dwNumInUse;
  out.active_calls = from.dwNumActiveCalls;
  out.held_calls = from.dwNumOnHoldCalls;
  out.hold_pending_calls = from.dwNumOnHoldPendCalls;
  out.features = from.dwAddressFeatures;
  return 0;
}

LONG Address::set_status_messages(DWORD line_states, DWORD address_states) {
  if (line_ == 0) return LINEERR_INVALLINEHANDLE;
  return lineSetStatusMessages(line_, line_states, address_states);
}

} // namespace tl::telephony
