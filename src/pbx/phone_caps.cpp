// SPDX-License-Identifier: Apache-2.0
// PHONECAPS and PHONESTATUS.
#include <cstring>

#include "pbx/phone.hpp"

namespace tl::pbx {
namespace {

constexpr DWORD all_devices =
    PHONEHOOKSWITCHDEV_HANDSET | PHONEHOOKSWITCHDEV_SPEAKER | PHONEHOOKSWITCHDEV_HEADSET;
constexpr DWORD all_modes = PHONEHOOKSWITCHMODE_ONHOOK | PHONEHOOKSWITCHMODE_MIC |
                            PHONEHOOKSWITCHMODE_SPEAKER | PHONEHOOKSWITCHMODE_MICSPEAKER;
constexpr DWORD seen_modes = PHONEHOOKSWITCHMODE_ONHOOK | PHONEHOOKSWITCHMODE_MICSPEAKER;
constexpr DWORD seen_states = PHONESTATE_CONNECTED | PHONESTATE_DISCONNECTED | PHONESTATE_DISPLAY |
                              PHONESTATE_RINGMODE | PHONESTATE_HANDSETHOOKSWITCH;
constexpr DWORD whole_states =
    seen_states | PHONESTATE_LAMP | PHONESTATE_RINGVOLUME | PHONESTATE_HANDSETVOLUME |
    PHONESTATE_HANDSETGAIN | PHONESTATE_SPEAKERHOOKSWITCH | PHONESTATE_SPEAKERVOLUME |
    PHONESTATE_SPEAKERGAIN | PHONESTATE_HEADSETHOOKSWITCH | PHONESTATE_HEADSETVOLUME | PHONESTATE_HEADSETGAIN;
constexpr DWORD seen_features =
    PHONEFEATURE_GETDISPLAY | PHONEFEATURE_GETHOOKSWITCHHANDSET | PHONEFEATURE_GETRING;
constexpr DWORD whole_features = 0x0FFFFFFF; // every PHONEFEATURE_ of TAPI 2

DWORD features(const StationPhone& phone) {
  return phone.whole ? whole_features : seen_features;
}

// FNV-1a of the number: the same id after any reconfiguration.
std::uint64_t stable_id(const Device& device) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char c : "phone:" + device.number)
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  return hash;
}

void write_whole(const StationPhone& phone, tsp::StructWriter<PHONECAPS>& out) {
  out->dwHandsetHookSwitchModes = out->dwSpeakerHookSwitchModes = out->dwHeadsetHookSwitchModes = all_modes;
  out->dwSettableHandsetHookSwitchModes = out->dwSettableSpeakerHookSwitchModes =
      out->dwSettableHeadsetHookSwitchModes = all_modes;
  out->dwMonitoredHandsetHookSwitchModes = out->dwMonitoredSpeakerHookSwitchModes =
      out->dwMonitoredHeadsetHookSwitchModes = all_modes;
  out->dwVolumeFlags = out->dwGainFlags = all_devices;
  out->dwNumRingModes = phone_ring_modes;
  out->dwNumButtonLamps = phone_buttons;
  constexpr DWORD lamps = PHONELAMPMODE_OFF | PHONELAMPMODE_STEADY | PHONELAMPMODE_WINK |
                          PHONELAMPMODE_FLASH | PHONELAMPMODE_FLUTTER | PHONELAMPMODE_BROKENFLUTTER;
  std::array<DWORD, phone_buttons> modes{}, functions{}, lamp_modes{};
  for (DWORD id = 0; id < phone_buttons; ++id) {
    modes[id] = phone.buttons[id].mode;
    functions[id] = phone.buttons[id].function;
    lamp_modes[id] = id < phone_keys ? DWORD{PHONELAMPMODE_DUMMY} : lamps;
  }
  out.bytes(&PHONECAPS::dwButtonModesSize, &PHONECAPS::dwButtonModesOffset, modes.data(), sizeof modes);
  out.bytes(&PHONECAPS::dwButtonFunctionsSize, &PHONECAPS::dwButtonFunctionsOffset, functions.data(),
            sizeof functions);
  out.bytes(&PHONECAPS::dwLampModesSize, &PHONECAPS::dwLampModesOffset, lamp_modes.data(), sizeof lamp_modes);
  const DWORD size = phone_data_bytes;
  out->dwNumSetData = out->dwNumGetData = 1;
  out.bytes(&PHONECAPS::dwSetDataSize, &PHONECAPS::dwSetDataOffset, &size, sizeof size);
  out.bytes(&PHONECAPS::dwGetDataSize, &PHONECAPS::dwGetDataOffset, &size, sizeof size);
}

} // namespace

void PbxPhones::get_phone_caps(DWORD device, tsp::StructWriter<PHONECAPS>& out) {
  const StationPhone& phone = *phones_[device];
  const std::uint64_t id = stable_id(*phone.device);
  out->dwPermanentPhoneID = static_cast<DWORD>(id ^ (id >> 32));
  out->dwStringFormat = STRINGFORMAT_ASCII; // of the display; UTF-8
  out->dwPhoneStates = phone.whole ? whole_states : seen_states;
  out->dwHookSwitchDevs = phone.whole ? all_devices : DWORD{PHONEHOOKSWITCHDEV_HANDSET};
  out->dwHandsetHookSwitchModes = out->dwMonitoredHandsetHookSwitchModes = seen_modes;
  out->dwDisplayNumRows = phone.whole ? phone_rows : 1;
  out->dwDisplayNumColumns = phone_columns;
  out->dwPhoneFeatures = features(phone);
  std::memcpy(&out->PermanentPhoneGuid, &id, sizeof id);
  std::memcpy(reinterpret_cast<std::byte*>(&out->PermanentPhoneGuid) + sizeof id, "TRKLPHON", 8);
  out.text(&PHONECAPS::dwProviderInfoSize, &PHONECAPS::dwProviderInfoOffset, "Trunkline PBX");
  out.text(&PHONECAPS::dwPhoneInfoSize, &PHONECAPS::dwPhoneInfoOffset,
           phone.whole ? "Simulated phone" : "SIP phone, as far as its calls show it");
  out.text(&PHONECAPS::dwPhoneNameSize, &PHONECAPS::dwPhoneNameOffset, phone.device->name);
  constexpr char16_t classes[] = u"tapi/line\0tapi/phone\0";
  out.bytes(&PHONECAPS::dwDeviceClassesSize, &PHONECAPS::dwDeviceClassesOffset, classes, sizeof classes);
  if (phone.whole) write_whole(phone, out);
}

void PbxPhones::get_phone_status(tsp::Phone& asked, tsp::StructWriter<PHONESTATUS>& out) {
  const StationPhone& phone = of(asked);
  out->dwStatusFlags = phone.device->reachable ? PHONESTATUSFLAGS_CONNECTED : 0;
  out->dwRingMode = phone.ring_mode;
  out->dwRingVolume = phone.ring_volume;
  out->dwHandsetHookSwitchMode = phone.hook[0];
  out->dwPhoneFeatures = features(phone);
  if (phone.whole) {
    out->dwSpeakerHookSwitchMode = phone.hook[1];
    out->dwHeadsetHookSwitchMode = phone.hook[2];
    out->dwHandsetVolume = phone.volume[0], out->dwHandsetGain = phone.gain[0];
    out->dwSpeakerVolume = phone.volume[1], out->dwSpeakerGain = phone.gain[1];
    out->dwHeadsetVolume = phone.volume[2], out->dwHeadsetGain = phone.gain[2];
    std::array<DWORD, phone_buttons> lamps{};
    for (DWORD id = 0; id < phone_buttons; ++id) lamps[id] = phone.buttons[id].lamp;
    out.bytes(&PHONESTATUS::dwLampModesSize, &PHONESTATUS::dwLampModesOffset, lamps.data(), sizeof lamps);
  }
  out.text(&PHONESTATUS::dwDisplaySize, &PHONESTATUS::dwDisplayOffset,
           std::string_view{phone.display}.substr(0, phone.whole ? phone.display.size() : phone_columns));
}

} // namespace tl::pbx
