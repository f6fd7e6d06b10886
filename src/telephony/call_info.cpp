// SPDX-License-Identifier: Apache-2.0
// LINECALLINFO and LINECALLSTATUS as values.
#include <chrono>

#include "telephony/state.hpp"

namespace tl::telephony {

namespace {

// tStateEntryTime: UTC. A month or day that does not exist gives 0.
std::int64_t to_ms(const SYSTEMTIME& time) {
  using namespace std::chrono;
  const year_month_day date{year{time.wYear}, month{time.wMonth}, day{time.wDay}};
  if (!date.ok()) return 0;
  const auto since = sys_days{date}.time_since_epoch() + hours{time.wHour} + minutes{time.wMinute} +
                     seconds{time.wSecond} + milliseconds{time.wMilliseconds};
  return duration_cast<milliseconds>(since).count();
}

} // namespace

#define TL_PARTY(name)                                                                                       \
  Party {                                                                                                    \
    parts.text(from.dw##name##IDSize, from.dw##name##IDOffset),                                              \
        parts.text(from.dw##name##IDNameSize, from.dw##name##IDNameOffset), from.dw##name##IDFlags           \
  }

static CallInfo read(const LINECALLINFO& from, const StructureView& parts) {
  CallInfo info;
  info.call_id = from.dwCallID;
  info.related_call_id = from.dwRelatedCallID;
  info.origin = CallOrigin{from.dwOrigin};
  info.reason = CallReason{from.dwReason};
  info.trunk = from.dwTrunk;
  info.bearer_mode = from.dwBearerMode;
  info.rate = from.dwRate;
  info.media_modes = from.dwMediaMode;
  info.treatment = from.dwCallTreatment;
  info.app_specific = from.dwAppSpecific;
  info.owners = from.dwNumOwners;
  info.monitors = from.dwNumMonitors;
  info.params_flags = from.dwCallParamFlags;
  info.states = from.dwCallStates;
  info.digit_modes = from.dwMonitorDigitModes;
  info.monitored_media = from.dwMonitorMediaModes;
  info.completion_id = from.dwCompletionID;
  info.country_code = from.dwCountryCode;
  info.caller = TL_PARTY(Caller);
  info.called = TL_PARTY(Called);
  info.connected = TL_PARTY(Connected);
  info.redirection = TL_PARTY(Redirection);
  info.redirecting = TL_PARTY(Redirecting);
  info.application = parts.text(from.dwAppNameSize, from.dwAppNameOffset);
  info.displayable_address = parts.text(from.dwDisplayableAddressSize, from.dwDisplayableAddressOffset);
  info.called_party = parts.text(from.dwCalledPartySize, from.dwCalledPartyOffset);
  info.comment = parts.text(from.dwCommentSize, from.dwCommentOffset);
  info.display = parts.text(from.dwDisplaySize, from.dwDisplayOffset);
  info.user_info = parts.bytes(from.dwUserUserInfoSize, from.dwUserUserInfoOffset);
  info.high_level_compatibility = parts.bytes(from.dwHighLevelCompSize, from.dwHighLevelCompOffset);
  info.low_level_compatibility = parts.bytes(from.dwLowLevelCompSize, from.dwLowLevelCompOffset);
  info.charging_info = parts.bytes(from.dwChargingInfoSize, from.dwChargingInfoOffset);
  info.device_specific = parts.bytes(from.dwDevSpecificSize, from.dwDevSpecificOffset);
  info.data = parts.bytes(from.dwCallDataSize, from.dwCallDataOffset);
  return info;
}
#undef TL_PARTY

LONG Call::info(CallInfo& out) const {
  if (!info_) {
    if (gone_) return LINEERR_INVALCALLHANDLE;
    StructureBuffer& buffer = address_.telephony_.state_->buffer;
    if (const LONG result = fetch_info(); result != 0) return result;
    const auto& from = *reinterpret_cast<const LINECALLINFO*>(buffer.data());
    info_ = std::make_unique<CallInfo>(read(from, view<LINECALLINFO>(buffer)));
    call_id_ = info_->call_id;
  }
  out = *info_;
  return 0;
}

DWORD Call::call_id() const {
  if (call_id_ == 0 && !gone_ && fetch_info() == 0)
    call_id_ = reinterpret_cast<const LINECALLINFO*>(address_.telephony_.state_->buffer.data())->dwCallID;
  return call_id_;
}

// Into the common buffer.
LONG Call::fetch_info() const {
  return fetch<LINECALLINFO>(address_.telephony_.state_->buffer,
                             [&](LINECALLINFO* into) { return lineGetCallInfoW(handle_, into); });
}

LONG Call::device_id(std::string_view device_class, std::string& out) const {
  if (gone_) return LINEERR_INVALCALLHANDLE;
  const std::u16string wide = to_utf16(device_class);
  return fetch_bytes(address_.telephony_.state_->buffer, out, [&](VARSTRING* into) {
    return lineGetIDW(0, 0, handle_, LINECALLSELECT_CALL, into, wide.c_str());
  });
}

LONG Call::status(CallStatus& out) const {
  if (gone_) return LINEERR_INVALCALLHANDLE;
  StructureBuffer& buffer = address_.telephony_.state_->buffer;
  const LONG result =
      fetch<LINECALLSTATUS>(buffer, [&](LINECALLSTATUS* into) { return lineGetCallStatus(handle_, into); });
  if (result != 0) return result;
  const auto& from = *reinterpret_cast<const LINECALLSTATUS*>(buffer.data());
  out.state = from.dwCallState;
  out.mode = from.dwCallStateMode;
  out.privilege = from.dwCallPrivilege;
  out.features = from.dwCallFeatures;
  out.features2 = from.dwCallFeatures2;
  out.entered_ms = to_ms(from.tStateEntryTime);
  return 0;
}

} // namespace tl::telephony
