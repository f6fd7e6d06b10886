// SPDX-License-Identifier: Apache-2.0
// LINEADDRESSCAPS and LINEDEVCAPS as values.
#include "telephony/state.hpp"

namespace tl::telephony {

namespace {

void read(const LINEADDRESSCAPS& from, const StructureView& parts, AddressCapabilities& out) {
  out.sharing = from.dwAddressSharing;
  out.address_states = from.dwAddressStates;
  out.call_info_states = from.dwCallInfoStates;
  out.caller_id = from.dwCallerIDFlags;
  out.called_id = from.dwCalledIDFlags;
  out.connected_id = from.dwConnectedIDFlags;
  out.redirection_id = from.dwRedirectionIDFlags;
  out.redirecting_id = from.dwRedirectingIDFlags;
  out.call_states = from.dwCallStates;
  out.dialtone_modes = from.dwDialToneModes;
  out.busy_modes = from.dwBusyModes;
  out.special_info = from.dwSpecialInfo;
  out.disconnect_modes = from.dwDisconnectModes;
  out.connected_modes = from.dwConnectedModes;
  out.offering_modes = from.dwOfferingModes;
  out.active_calls_max = from.dwMaxNumActiveCalls;
  out.held_calls_max = from.dwMaxNumOnHoldCalls;
  out.hold_pending_calls_max = from.dwMaxNumOnHoldPendingCalls;
  out.conference_max = from.dwMaxNumConference;
  out.transfer_conference_max = from.dwMaxNumTransConf;
  out.flags = from.dwAddrCapFlags;
  out.call_features = from.dwCallFeatures;
  out.call_features2 = from.dwCallFeatures2;
  out.features = from.dwAddressFeatures;
  out.remove_from_conference = from.dwRemoveFromConfCaps;
  out.removed_state = from.dwRemoveFromConfState;
  out.transfer_modes = from.dwTransferModes;
  out.park_modes = from.dwParkModes;
  out.forward_modes = from.dwForwardModes;
  out.forward_entries_max = from.dwMaxForwardEntries;
  out.specific_entries_max = from.dwMaxSpecificEntries;
  out.forward_rings_min = from.dwMinFwdNumRings;
  out.forward_rings_max = from.dwMaxFwdNumRings;
  out.completions_max = from.dwMaxCallCompletions;
  out.completion_conditions = from.dwCallCompletionConds;
  out.completion_modes = from.dwCallCompletionModes;
  out.predictive_transfer_states = from.dwPredictiveAutoTransferStates;
  out.call_data_bytes_max = from.dwMaxCallDataSize;
  out.no_answer_timeout_s_max = from.dwMaxNoAnswerTimeout;
  out.available_media_modes = from.dwAvailableMediaModes;
  out.device_specific = parts.bytes(from.dwDevSpecificSize, from.dwDevSpecificOffset);
  for (const auto& entry :
       parts.entries<LINECALLTREATMENTENTRY>(from.dwCallTreatmentListSize, from.dwCallTreatmentListOffset))
    out.treatments.push_back({entry.dwCallTreatmentID,
                              parts.text(entry.dwCallTreatmentNameSize, entry.dwCallTreatmentNameOffset)});
  // A table of texts of one size each.
  const DWORD each = from.dwCompletionMsgTextEntrySize;
  for (DWORD i = 0; each != 0 && i < from.dwNumCompletionMessages && i < from.dwCompletionMsgTextSize / each;
       ++i)
    out.completion_messages.push_back(parts.text(each, from.dwCompletionMsgTextOffset + i * each));
}

void read(const LINEDEVCAPS& from, const StructureView& parts, AddressCapabilities& out) {
  out.provider = parts.text(from.dwProviderInfoSize, from.dwProviderInfoOffset);
  out.switch_info = parts.text(from.dwSwitchInfoSize, from.dwSwitchInfoOffset);
  out.permanent_id = from.dwPermanentLineID;
  out.addresses = from.dwNumAddresses;
  out.bearer_modes = from.dwBearerModes;
  out.rate_max = from.dwMaxRate;
  out.media_modes = from.dwMediaModes;
  out.generate_tone_modes = from.dwGenerateToneModes;
  out.generate_tone_frequencies_max = from.dwGenerateToneMaxNumFreq;
  out.generate_digit_modes = from.dwGenerateDigitModes;
  out.monitor_tone_frequencies_max = from.dwMonitorToneMaxNumFreq;
  out.monitor_tone_entries_max = from.dwMonitorToneMaxNumEntries;
  out.monitor_digit_modes = from.dwMonitorDigitModes;
  out.gather_timeout_ms_min = from.dwGatherDigitsMinTimeout;
  out.gather_timeout_ms_max = from.dwGatherDigitsMaxTimeout;
  out.device_flags = from.dwDevCapFlags;
  out.line_active_calls_max = from.dwMaxNumActiveCalls;
  out.answer_mode = from.dwAnswerMode;
  out.ring_modes = from.dwRingModes;
  out.line_states = from.dwLineStates;
  out.line_features = from.dwLineFeatures;
  out.settable_status = from.dwSettableDevStatus;
  out.accept_user_info_max = from.dwUUIAcceptSize;
  out.answer_user_info_max = from.dwUUIAnswerSize;
  out.make_call_user_info_max = from.dwUUIMakeCallSize;
  out.drop_user_info_max = from.dwUUIDropSize;
  out.send_user_info_max = from.dwUUISendUserUserInfoSize;
  out.call_user_info_max = from.dwUUICallInfoSize;
  out.terminals = from.dwNumTerminals;
  out.device_classes = parts.texts(from.dwDeviceClassesSize, from.dwDeviceClassesOffset);
}

} // namespace

LONG Address::capabilities(AddressCapabilities& out) {
  if (!telephony_.running()) return LINEERR_UNINITIALIZED;
  StructureBuffer& buffer = telephony_.state_->buffer;
  const HLINEAPP app = telephony_.app_;
  AddressCapabilities read_now;
  LONG result = fetch<LINEADDRESSCAPS>(buffer, [&](LINEADDRESSCAPS* into) {
    return lineGetAddressCapsW(app, device_id_, 0, api_version_, 0, into);
  });
  if (result != 0) return result;
  read(*reinterpret_cast<const LINEADDRESSCAPS*>(buffer.data()), view<LINEADDRESSCAPS>(buffer), read_now);
  result = fetch<LINEDEVCAPS>(
      buffer, [&](LINEDEVCAPS* into) { return lineGetDevCapsW(app, device_id_, api_version_, 0, into); });
  if (result != 0) return result;
  read(*reinterpret_cast<const LINEDEVCAPS*>(buffer.data()), view<LINEDEVCAPS>(buffer), read_now);
  out = std::move(read_now);
  return 0;
}

} // namespace tl::telephony
