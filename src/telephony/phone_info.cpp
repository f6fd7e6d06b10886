// SPDX-License-Identifier: Apache-2.0
// PHONECAPS and PHONESTATUS as values; the operations of a phone for co_await.
#include "telephony/phone_start.hpp"

namespace tl::telephony {

LONG Phone::capabilities(PhoneCapabilities& out) {
  if (telephony_.phone_app_ == 0) return PHONEERR_UNINITIALIZED;
  StructureBuffer& buffer = telephony_.state_->buffer;
  const LONG result = fetch<PHONECAPS>(buffer, [&](PHONECAPS* into) {
    return phoneGetDevCapsW(telephony_.phone_app_, device_id_, api_version_, 0, into);
  });
  if (result != 0) return result;
  const auto& from = *reinterpret_cast<const PHONECAPS*>(buffer.data());
  const StructureView parts = view<PHONECAPS>(buffer);
  out = {};
  out.provider = parts.text(from.dwProviderInfoSize, from.dwProviderInfoOffset);
  out.info = parts.text(from.dwPhoneInfoSize, from.dwPhoneInfoOffset);
  out.name = parts.text(from.dwPhoneNameSize, from.dwPhoneNameOffset);
  out.permanent_id = from.dwPermanentPhoneID;
  out.states = from.dwPhoneStates;
  out.hook_switches = from.dwHookSwitchDevs;
  out.handset_modes = from.dwHandsetHookSwitchModes;
  out.speaker_modes = from.dwSpeakerHookSwitchModes;
  out.headset_modes = from.dwHeadsetHookSwitchModes;
  out.settable_handset_modes = from.dwSettableHandsetHookSwitchModes;
  out.settable_speaker_modes = from.dwSettableSpeakerHookSwitchModes;
  out.settable_headset_modes = from.dwSettableHeadsetHookSwitchModes;
  out.monitored_handset_modes = from.dwMonitoredHandsetHookSwitchModes;
  out.monitored_speaker_modes = from.dwMonitoredSpeakerHookSwitchModes;
  out.monitored_headset_modes = from.dwMonitoredHeadsetHookSwitchModes;
  out.volume_switches = from.dwVolumeFlags;
  out.gain_switches = from.dwGainFlags;
  out.display_rows = from.dwDisplayNumRows;
  out.display_columns = from.dwDisplayNumColumns;
  out.ring_modes = from.dwNumRingModes;
  out.button_modes = parts.entries<DWORD>(from.dwButtonModesSize, from.dwButtonModesOffset);
  out.button_functions = parts.entries<DWORD>(from.dwButtonFunctionsSize, from.dwButtonFunctionsOffset);
  out.lamp_modes = parts.entries<DWORD>(from.dwLampModesSize, from.dwLampModesOffset);
  out.settable_data_bytes = parts.entries<DWORD>(from.dwSetDataSize, from.dwSetDataOffset);
  out.readable_data_bytes = parts.entries<DWORD>(from.dwGetDataSize, from.dwGetDataOffset);
  out.features = from.dwPhoneFeatures;
  out.device_specific = parts.bytes(from.dwDevSpecificSize, from.dwDevSpecificOffset);
  out.device_classes = parts.texts(from.dwDeviceClassesSize, from.dwDeviceClassesOffset);
  return 0;
}

LONG Phone::status(PhoneStatus& out) {
  if (phone_ == 0) return PHONEERR_INVALPHONEHANDLE;
  StructureBuffer& buffer = telephony_.state_->buffer;
  const LONG result =
      fetch<PHONESTATUS>(buffer, [&](PHONESTATUS* into) { return phoneGetStatusW(phone_, into); });
  if (result != 0) return result;
  const auto& from = *reinterpret_cast<const PHONESTATUS*>(buffer.data());
  const StructureView parts = view<PHONESTATUS>(buffer);
  out.flags = from.dwStatusFlags;
  out.owners = from.dwNumOwners;
  out.monitors = from.dwNumMonitors;
  out.ring_mode = from.dwRingMode;
  out.ring_volume = from.dwRingVolume;
  out.handset = {HookMode{from.dwHandsetHookSwitchMode}, from.dwHandsetVolume, from.dwHandsetGain};
  out.speaker = {HookMode{from.dwSpeakerHookSwitchMode}, from.dwSpeakerVolume, from.dwSpeakerGain};
  out.headset = {HookMode{from.dwHeadsetHookSwitchMode}, from.dwHeadsetVolume, from.dwHeadsetGain};
  out.display = parts.bytes(from.dwDisplaySize, from.dwDisplayOffset);
  out.lamps = parts.entries<DWORD>(from.dwLampModesSize, from.dwLampModesOffset);
  out.owner = parts.text(from.dwOwnerNameSize, from.dwOwnerNameOffset);
  out.features = from.dwPhoneFeatures;
  return 0;
}

Operation<> Phone::set_hook_switch(HookSwitch which, HookMode mode) {
  return result_of([this, which, mode](Done done) { return set_hook_switch(which, mode, std::move(done)); });
}
Operation<> Phone::set_volume(HookSwitch which, DWORD volume) {
  return result_of([this, which, volume](Done done) { return set_volume(which, volume, std::move(done)); });
}
Operation<> Phone::set_gain(HookSwitch which, DWORD gain) {
  return result_of([this, which, gain](Done done) { return set_gain(which, gain, std::move(done)); });
}
Operation<> Phone::set_ring(Ring ring) {
  return result_of([this, ring](Done done) { return set_ring(ring, std::move(done)); });
}
Operation<> Phone::set_lamp(DWORD lamp, LampMode mode) {
  return result_of([this, lamp, mode](Done done) { return set_lamp(lamp, mode, std::move(done)); });
}
Operation<> Phone::set_button(DWORD button, ButtonInfo info) {
  return result_of([this, button, info = std::move(info)](Done done) {
    return set_button(button, info, std::move(done));
  });
}
Operation<> Phone::set_display(DWORD row, DWORD column, std::string text) {
  return result_of([this, row, column, text = std::move(text)](Done done) {
    return set_display(row, column, text, std::move(done));
  });
}
Operation<> Phone::set_data(DWORD id, std::string bytes) {
  return result_of(
      [this, id, bytes = std::move(bytes)](Done done) { return set_data(id, bytes, std::move(done)); });
}
Operation<std::string> Phone::device_specific(std::string block) {
  return Operation<std::string>([this, block = std::move(block)](Operation<std::string>::Done done) {
    return device_specific(block, [done = std::move(done)](LONG result, std::string_view answer) {
      done(result == 0 ? Outcome<std::string>(0, std::string(answer)) : Outcome<std::string>(result));
    });
  });
}
Operation<ButtonPress> Phone::next_button(std::chrono::milliseconds timeout) {
  return wait_of<ButtonPress>(telephony_,
                              [this, timeout](std::function<void(LONG, const ButtonPress&)> done) {
                                return next_button(timeout, std::move(done));
                              });
}
Operation<PhoneChange> Phone::next_change(DWORD states, std::chrono::milliseconds timeout) {
  return wait_of<PhoneChange>(telephony_,
                              [this, states, timeout](std::function<void(LONG, const PhoneChange&)> done) {
                                return next_change(states, timeout, std::move(done));
                              });
}

} // namespace tl::telephony
