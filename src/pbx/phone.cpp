// SPDX-License-Identifier: Apache-2.0
// The life of phones, and what they show of the station's calls.
#include "pbx/phone.hpp"

#include <algorithm>
#include <utility>

namespace tl::pbx {
namespace {

constexpr std::array<DWORD, 3> hook_states{PHONESTATE_HANDSETHOOKSWITCH, PHONESTATE_SPEAKERHOOKSWITCH,
                                           PHONESTATE_HEADSETHOOKSWITCH};

std::vector<PhoneButton> make_buttons() {
  std::vector<PhoneButton> buttons(phone_buttons);
  for (DWORD id = 0; id < phone_keys; ++id)
    buttons[id] = {PHONEBUTTONMODE_KEYPAD, PHONEBUTTONFUNCTION_NONE, std::string(1, "0123456789*#"[id]),
                   PHONELAMPMODE_DUMMY, false};
  buttons[phone_call_lamp] = {PHONEBUTTONMODE_CALL, PHONEBUTTONFUNCTION_CALLAPP, "Line", PHONELAMPMODE_OFF,
                              false};
  buttons[phone_call_lamp + 1].function = PHONEBUTTONFUNCTION_HOLD;
  buttons[phone_call_lamp + 2].function = PHONEBUTTONFUNCTION_TRANSFER;
  buttons[phone_call_lamp + 3].function = PHONEBUTTONFUNCTION_MSGINDICATOR;
  return buttons;
}

// How much a call counts for what the phone shows; the highest wins.
int weight(DWORD state) {
  switch (state) {
  case LINECALLSTATE_CONNECTED: return 4;
  case LINECALLSTATE_OFFERING:
  case LINECALLSTATE_ACCEPTED: return 3;
  case LINECALLSTATE_ONHOLD:
  case LINECALLSTATE_ONHOLDPENDTRANSFER:
  case LINECALLSTATE_ONHOLDPENDCONF: return 1;
  default: return 2;
  }
}

DWORD lamp_of(int heaviest) {
  switch (heaviest) {
  case 0: return PHONELAMPMODE_OFF;
  case 1: return PHONELAMPMODE_WINK;
  case 3: return PHONELAMPMODE_FLASH;
  default: return PHONELAMPMODE_STEADY;
  }
}

} // namespace

PbxPhones::PbxPhones(Loop& loop, Switch& model)
    : switch_(model), of_device_(model.device_count(), nullptr), refresh_(loop, [this] {
        for (StationPhone* phone : std::exchange(waiting_, {})) refreshed(*phone);
      }) {
  for (std::size_t i = 0; i < model.device_count(); ++i) {
    Device& device = model.device(i);
    if (device.kind != DeviceKind::station) continue;
    StationPhone& phone = *phones_.emplace_back(std::make_unique<StationPhone>());
    phone.device = &device;
    phone.number = num_phones() - 1;
    phone.whole = device.driver != nullptr && device.driver->whole_phones();
    phone.display.assign(std::size_t{phone_rows} * phone_columns, ' ');
    if (phone.whole) phone.buttons = make_buttons();
    of_device_[i] = &phone;
  }
  switch_.watch(this);
}

PbxPhones::~PbxPhones() {
  switch_.watch(nullptr);
}

LONG PbxPhones::open_phone(const tsp::PhoneOpening& opening, tsp::Phone*& phone) {
  StationPhone& station = *phones_[opening.device];
  if (station.open) return PHONEERR_ALLOCATED;
  refreshed(station); // nobody is told of what happened before
  station.open = std::make_unique<tsp::Phone>();
  station.device->watched = true;
  phone = station.open.get();
  return 0;
}

void PbxPhones::close_phone(tsp::Phone& phone) {
  StationPhone& station = *phones_[phone.device];
  station.device->watched = false;
  std::erase(waiting_, &station);
  station.open.reset();
}

std::optional<DWORD> PbxPhones::phone_of_line(DWORD line) const {
  const StationPhone* const phone = of_device_[line];
  return phone != nullptr ? std::optional{phone->number} : std::nullopt;
}

void PbxPhones::activity(Device& device) {
  StationPhone* const phone = of_device_[device.index];
  if (phone == nullptr || std::find(waiting_.begin(), waiting_.end(), phone) != waiting_.end()) return;
  waiting_.push_back(phone);
  refresh_.start(0us);
}

void PbxPhones::key(Device& device, DWORD id, bool down) {
  StationPhone* const phone = of_device_[device.index];
  if (phone == nullptr || id >= phone->buttons.size()) return;
  PhoneButton& button = phone->buttons[id];
  if (std::exchange(button.down, down) == down || !phone->open) return;
  phone->open->button(id, button.mode, down ? PHONEBUTTONSTATE_DOWN : PHONEBUTTONSTATE_UP);
}

PhoneActivity PbxPhones::look(const Device& device) const {
  PhoneActivity now;
  now.reachable = device.reachable;
  int heaviest = 0;
  for (const Connection* one = device.first; one != nullptr; one = one->next) {
    const Attachment* const leg = one->attachment;
    if (!one->live() || leg == nullptr || leg->over) continue;
    const bool off_hook = leg->answered || leg->inbound;
    now.off_hook |= off_hook;
    now.ringing |= !off_hook && (!one->called || one->alerting);
    if (weight(one->state) <= heaviest) continue;
    heaviest = weight(one->state);
    const Connection* const peer = one->peer();
    const Party party = peer != nullptr ? switch_.identity(*peer) : Party{};
    now.party = party.name.empty() ? party.number : party.name;
  }
  now.lamp = lamp_of(heaviest);
  return now;
}

void PbxPhones::show_hook(StationPhone& phone, std::size_t at, DWORD mode) {
  if (std::exchange(phone.hook[at], mode) != mode && phone.open) phone.open->state(hook_states[at], mode);
}

void PbxPhones::write(StationPhone& phone, DWORD row, DWORD column, std::string_view text) {
  phone.display.replace(std::size_t{row} * phone_columns + column, text.size(), text);
  if (phone.open) phone.open->state(PHONESTATE_DISPLAY);
}

// Brings what follows from calls up to date and tells of what changed.
StationPhone& PbxPhones::refreshed(StationPhone& phone) {
  PhoneActivity now = look(*phone.device);
  if (now == phone.shown) return phone;
  const PhoneActivity before = std::exchange(phone.shown, now);
  if (before.reachable != now.reachable && phone.open)
    phone.open->state(now.reachable ? PHONESTATE_CONNECTED : PHONESTATE_DISCONNECTED);
  if (!before.off_hook && now.off_hook) {
    const bool lifted = std::any_of(phone.hook.begin(), phone.hook.end(),
                                    [](DWORD mode) { return mode != PHONEHOOKSWITCHMODE_ONHOOK; });
    if (!lifted) show_hook(phone, 0, PHONEHOOKSWITCHMODE_MICSPEAKER);
  }
  if (before.off_hook && !now.off_hook)
    for (std::size_t i = 0; i < phone.hook.size(); ++i) show_hook(phone, i, PHONEHOOKSWITCHMODE_ONHOOK);
  if (before.ringing != now.ringing) {
    phone.ring_mode = now.ringing ? 1 : 0;
    if (phone.open) phone.open->state(PHONESTATE_RINGMODE, phone.ring_mode);
  }
  if (before.party != now.party) {
    now.party.resize(phone_columns, ' ');
    write(phone, 0, 0, now.party);
  }
  if (before.lamp != now.lamp && phone.whole) {
    phone.buttons[phone_call_lamp].lamp = now.lamp;
    if (phone.open) phone.open->state(PHONESTATE_LAMP, phone_call_lamp);
  }
  return phone;
}

} // namespace tl::pbx
