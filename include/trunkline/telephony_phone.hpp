// SPDX-License-Identifier: Apache-2.0
//
// A telephone set as a device of its own: hook switches, ringer, display, lamps, buttons (ITPhone, the phone
// functions of TAPI 2). Codes of these functions are PHONEERR_. Part of trunkline/telephony.hpp: include that
// one.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "trunkline/operation.hpp"
#include "trunkline/telephony_types.hpp"

namespace tl::telephony {

class Address;
class Telephony;

enum class PhonePrivilege : DWORD { monitor = PHONEPRIVILEGE_MONITOR, owner = PHONEPRIVILEGE_OWNER };

// One of a phone's three; some functions take several, ORed with tapi.h's constants.
enum class HookSwitch : DWORD {
  handset = PHONEHOOKSWITCHDEV_HANDSET,
  speaker = PHONEHOOKSWITCHDEV_SPEAKER,
  headset = PHONEHOOKSWITCHDEV_HEADSET,
};

enum class HookMode : DWORD {
  on_hook = PHONEHOOKSWITCHMODE_ONHOOK,
  mic = PHONEHOOKSWITCHMODE_MIC,
  speaker = PHONEHOOKSWITCHMODE_SPEAKER,
  mic_speaker = PHONEHOOKSWITCHMODE_MICSPEAKER,
  unknown = PHONEHOOKSWITCHMODE_UNKNOWN,
};

enum class LampMode : DWORD {
  dummy = PHONELAMPMODE_DUMMY,
  off = PHONELAMPMODE_OFF,
  steady = PHONELAMPMODE_STEADY,
  wink = PHONELAMPMODE_WINK,
  flash = PHONELAMPMODE_FLASH,
  flutter = PHONELAMPMODE_FLUTTER,
  broken_flutter = PHONELAMPMODE_BROKENFLUTTER,
  unknown = PHONELAMPMODE_UNKNOWN,
};

enum class ButtonMode : DWORD {
  dummy = PHONEBUTTONMODE_DUMMY,
  call = PHONEBUTTONMODE_CALL,
  feature = PHONEBUTTONMODE_FEATURE,
  keypad = PHONEBUTTONMODE_KEYPAD,
  local = PHONEBUTTONMODE_LOCAL,
  display = PHONEBUTTONMODE_DISPLAY,
};

enum class ButtonState : DWORD {
  none = 0,
  up = PHONEBUTTONSTATE_UP,
  down = PHONEBUTTONSTATE_DOWN,
  unknown = PHONEBUTTONSTATE_UNKNOWN,
  unavailable = PHONEBUTTONSTATE_UNAVAIL,
};

// PHONEBUTTONINFO.
struct ButtonInfo {
  ButtonMode mode = ButtonMode::dummy;
  DWORD function = 0; // PHONEBUTTONFUNCTION_
  std::string text;
  ButtonState state = ButtonState::none; // read only
};

// One movement of a button (PHONE_BUTTON). Ids 0 to 9 are the digits, 10 is *, 11 is #.
struct ButtonPress {
  DWORD button = 0;
  ButtonMode mode = ButtonMode::dummy;
  ButtonState state = ButtonState::none;
};

// A change of a phone (PHONE_STATE).
struct PhoneChange {
  DWORD changed = 0; // PHONESTATE_
  DWORD value = 0;   // the new hook mode or ring mode, the lamp's id; 0 when several changed
};

// PHONECAPS as values.
struct PhoneCapabilities {
  std::string provider, info, name;
  DWORD permanent_id = 0;
  DWORD states = 0;                                              // PHONESTATE_ that are reported
  DWORD hook_switches = 0;                                       // PHONEHOOKSWITCHDEV_ it has
  DWORD handset_modes = 0, speaker_modes = 0, headset_modes = 0; // PHONEHOOKSWITCHMODE_ possible
  DWORD settable_handset_modes = 0, settable_speaker_modes = 0, settable_headset_modes = 0;
  DWORD monitored_handset_modes = 0, monitored_speaker_modes = 0, monitored_headset_modes = 0;
  DWORD volume_switches = 0, gain_switches = 0; // PHONEHOOKSWITCHDEV_ with a settable volume, gain
  DWORD display_rows = 0, display_columns = 0;
  DWORD ring_modes = 0;
  std::vector<DWORD> button_modes, button_functions, lamp_modes; // by id; PHONEBUTTONMODE_ ...
  std::vector<DWORD> settable_data_bytes, readable_data_bytes;   // sizes of the data areas, by id
  DWORD features = 0;                                            // PHONEFEATURE_
  std::string device_specific;                                   // bytes
  std::vector<std::string> device_classes;
};

// PHONESTATUS as values. Volumes and gains: 0 to 0xFFFF.
struct PhoneStatus {
  DWORD flags = 0; // PHONESTATUSFLAGS_
  DWORD owners = 0, monitors = 0;
  DWORD ring_mode = 0, ring_volume = 0;
  struct Switch {
    HookMode mode = HookMode::unknown;
    DWORD volume = 0, gain = 0;
  } handset, speaker, headset;
  std::string display;
  std::vector<DWORD> lamps; // PHONELAMPMODE_ by id
  std::string owner;        // its application
  DWORD features = 0;       // PHONEFEATURE_ possible now
};

struct Ring {
  DWORD mode = 0; // 0: silent
  DWORD volume = 0;
};

class Phone {
public:
  using Done = std::function<void(LONG result)>;

  Phone(Telephony& telephony, DWORD device_id) : telephony_(telephony), device_id_(device_id) {}
  Phone(const Phone&) = delete;
  Phone& operator=(const Phone&) = delete;

  Telephony& telephony() const { return telephony_; }
  DWORD device_id() const { return device_id_; }
  const std::string& name() const { return name_; }
  DWORD api_version() const { return api_version_; }

  // One owner at a time (PHONEERR_INUSE); monitors only watch and ask. All events are told.
  LONG open(PhonePrivilege privilege);
  void close(); // what is outstanding is completed with PHONEERR_OPERATIONFAILED
  bool is_open() const { return phone_ != 0; }
  PhonePrivilege privilege() const { return privilege_; }
  HPHONE phone() const { return phone_; }

  LONG capabilities(PhoneCapabilities& out);
  LONG status(PhoneStatus& out);
  // The addresses it belongs to (device class tapi/line).
  std::vector<Address*> addresses();

  // --- Parts. Reading is synchronous; setting is for the owner. ---
  LONG hook_switches(DWORD& off_hook); // PHONEHOOKSWITCHDEV_ that are off hook
  LONG set_hook_switch(HookSwitch which, HookMode mode, Done done);
  Operation<> set_hook_switch(HookSwitch which, HookMode mode);
  LONG volume(HookSwitch which, DWORD& out);
  LONG set_volume(HookSwitch which, DWORD volume, Done done);
  Operation<> set_volume(HookSwitch which, DWORD volume);
  LONG gain(HookSwitch which, DWORD& out);
  LONG set_gain(HookSwitch which, DWORD gain, Done done);
  Operation<> set_gain(HookSwitch which, DWORD gain);
  LONG ring(Ring& out);
  LONG set_ring(Ring ring, Done done); // mode 0 stops it
  Operation<> set_ring(Ring ring);
  LONG lamp(DWORD lamp, LampMode& out);
  LONG set_lamp(DWORD lamp, LampMode mode, Done done);
  Operation<> set_lamp(DWORD lamp, LampMode mode);
  LONG button(DWORD button, ButtonInfo& out);
  LONG set_button(DWORD button, const ButtonInfo& info, Done done);
  Operation<> set_button(DWORD button, ButtonInfo info);
  LONG display(std::string& out); // row after row
  LONG set_display(DWORD row, DWORD column, std::string_view text, Done done);
  Operation<> set_display(DWORD row, DWORD column, std::string text);
  LONG data(DWORD id, std::string& out); // a data area's bytes
  LONG set_data(DWORD id, std::string_view bytes, Done done);
  Operation<> set_data(DWORD id, std::string bytes);

  // --- Beyond the common part. ---
  // phoneDevSpecific: `done` gets what came back, of the same size.
  LONG device_specific(std::string block, std::function<void(LONG, std::string_view)> done);
  Operation<std::string> device_specific(std::string block);
  LONG negotiate_extension_version(DWORD low, DWORD high, DWORD& out);
  LONG device_id(std::string_view device_class, std::string& out); // phoneGetID
  LONG config_dialog(std::string_view device_class);

  // --- Events: Events::phone_state() and phone_button(), or one by one. ---
  LONG set_status_messages(DWORD states, DWORD button_modes, DWORD button_states);
  LONG status_messages(DWORD& states, DWORD& button_modes, DWORD& button_states);
  LONG next_button(std::chrono::milliseconds timeout, std::function<void(LONG, const ButtonPress&)> done);
  Operation<ButtonPress> next_button(std::chrono::milliseconds timeout = no_timeout);
  // The next change of any of these PHONESTATE_.
  LONG next_change(DWORD states, std::chrono::milliseconds timeout,
                   std::function<void(LONG, const PhoneChange&)> done);
  Operation<PhoneChange> next_change(DWORD states, std::chrono::milliseconds timeout = no_timeout);

  void* context = nullptr; // the application's own

private:
  friend class Telephony;
  LONG load();
  void end(bool closed);
  template <class Start> LONG start(Done done, Start function);

  Telephony& telephony_;
  DWORD device_id_;
  DWORD api_version_ = 0;
  HPHONE phone_ = 0;
  PhonePrivilege privilege_ = PhonePrivilege::monitor;
  std::string name_;
};

} // namespace tl::telephony
