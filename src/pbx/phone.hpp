// SPDX-License-Identifier: Apache-2.0
// The phones on the desks of the stations, as phone devices: one each. A simulated phone has every part TAPI
// knows (hook switches, volumes, ring, display, lamps, buttons, data). Of a SIP phone the switch sees only
// what its calls say: off hook, ringing, who is at the other end; PHONECAPS says so, the rest is
// OPERATIONUNAVAIL.
//
// What follows from calls is never kept: it is derived from the station's connections and compared with what
// was last shown.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "base/timer.hpp"
#include "pbx/switch.hpp"
#include "tsp/phone.hpp"

namespace tl::pbx {

constexpr DWORD phone_rows = 2;
constexpr DWORD phone_columns = 24;
constexpr DWORD phone_ring_modes = 3; // 1 .. 3; 0 is silence
constexpr DWORD phone_keys = 12;      // the dial pad: 0-9, 10 *, 11 #
constexpr DWORD phone_buttons = 20;   // with the dial pad
constexpr DWORD phone_call_lamp = 12; // the call appearance: its lamp shows the station's calls
constexpr std::size_t phone_data_bytes = 256;
constexpr std::size_t button_text_bytes_max = 64;

struct PhoneButton {
  DWORD mode = PHONEBUTTONMODE_FEATURE;
  DWORD function = PHONEBUTTONFUNCTION_NONE;
  std::string text;
  DWORD lamp = PHONELAMPMODE_OFF;
  bool down = false;
};

// What a station's calls make of its phone.
struct PhoneActivity {
  bool reachable = false, off_hook = false, ringing = false;
  std::string party;
  DWORD lamp = PHONELAMPMODE_OFF;
  bool operator==(const PhoneActivity&) const = default;
};

struct StationPhone {
  Device* device = nullptr;
  DWORD number = 0;   // phone device, counted from 0
  bool whole = false; // simulated
  std::unique_ptr<tsp::Phone> open;
  PhoneActivity shown;
  std::array<DWORD, 3> hook{PHONEHOOKSWITCHMODE_ONHOOK, PHONEHOOKSWITCHMODE_ONHOOK,
                            PHONEHOOKSWITCHMODE_ONHOOK};
  std::array<DWORD, 3> volume{0x8000, 0x8000, 0x8000}, gain{0x8000, 0x8000, 0x8000};
  DWORD ring_mode = 0, ring_volume = 0x8000;
  std::string display; // rows one after the other, filled with blanks
  std::vector<PhoneButton> buttons;
  std::array<std::byte, phone_data_bytes> data{};
};

class PbxPhones final : public tsp::PhoneProvider, private PhoneWatch {
public:
  PbxPhones(Loop& loop, Switch& model);
  ~PbxPhones() override;

  DWORD num_phones() const override { return static_cast<DWORD>(phones_.size()); }
  void get_phone_caps(DWORD device, tsp::StructWriter<PHONECAPS>& out) override;
  LONG open_phone(const tsp::PhoneOpening& opening, tsp::Phone*& phone) override;
  void close_phone(tsp::Phone& phone) override;
  void get_phone_status(tsp::Phone& phone, tsp::StructWriter<PHONESTATUS>& out) override;

  LONG get_hook_switch(tsp::Phone& phone, DWORD& devices) override;
  void set_hook_switch(tsp::Request request, tsp::Phone& phone, DWORD devices, DWORD mode) override;
  LONG get_volume(tsp::Phone& phone, DWORD device, DWORD& volume) override;
  void set_volume(tsp::Request request, tsp::Phone& phone, DWORD device, DWORD volume) override;
  LONG get_gain(tsp::Phone& phone, DWORD device, DWORD& gain) override;
  void set_gain(tsp::Request request, tsp::Phone& phone, DWORD device, DWORD gain) override;
  LONG get_ring(tsp::Phone& phone, DWORD& mode, DWORD& volume) override;
  void set_ring(tsp::Request request, tsp::Phone& phone, DWORD mode, DWORD volume) override;
  LONG get_lamp(tsp::Phone& phone, DWORD id, DWORD& mode) override;
  void set_lamp(tsp::Request request, tsp::Phone& phone, DWORD id, DWORD mode) override;
  LONG get_display(tsp::Phone& phone, tsp::StructWriter<VARSTRING>& out) override;
  void set_display(tsp::Request request, tsp::Phone& phone, DWORD row, DWORD column,
                   std::string_view text) override;
  LONG get_button_info(tsp::Phone& phone, DWORD id, tsp::StructWriter<PHONEBUTTONINFO>& out) override;
  void set_button_info(tsp::Request request, tsp::Phone& phone, DWORD id,
                       const tsp::ButtonChange& change) override;
  LONG get_data(tsp::Phone& phone, DWORD id, std::span<std::byte> data) override;
  void set_data(tsp::Request request, tsp::Phone& phone, DWORD id, std::span<const std::byte> data) override;

  std::optional<DWORD> phone_of_line(DWORD line) const override;
  std::optional<DWORD> line_of_phone(DWORD phone) const override { return phones_[phone]->device->index; }

private:
  void activity(Device& device) override;
  void key(Device& device, DWORD id, bool down) override;

  StationPhone& of(const tsp::Phone& phone) { return refreshed(*phones_[phone.device]); }
  StationPhone& refreshed(StationPhone& phone);
  PhoneActivity look(const Device& device) const;
  void show_hook(StationPhone& phone, std::size_t at, DWORD mode);
  void write(StationPhone& phone, DWORD row, DWORD column, std::string_view text);

  Switch& switch_;
  std::vector<std::unique_ptr<StationPhone>> phones_;
  std::vector<StationPhone*> of_device_; // by device; null: no phone
  std::vector<StationPhone*> waiting_;   // their calls did something in this turn
  Timer refresh_;
};

} // namespace tl::pbx
