// SPDX-License-Identifier: Apache-2.0
// Phones: their application, opening and closing, and what they tell.
#include "telephony/phone_start.hpp"
#include "trunkline/tapi_ext.h"

namespace tl::telephony {

namespace {

// The versions of the API that this code is written to are the line's.
constexpr DWORD all_button_modes = PHONEBUTTONMODE_DUMMY | PHONEBUTTONMODE_CALL | PHONEBUTTONMODE_FEATURE |
                                   PHONEBUTTONMODE_KEYPAD | PHONEBUTTONMODE_LOCAL | PHONEBUTTONMODE_DISPLAY;
constexpr DWORD all_button_states =
    PHONEBUTTONSTATE_UP | PHONEBUTTONSTATE_DOWN | PHONEBUTTONSTATE_UNKNOWN | PHONEBUTTONSTATE_UNAVAIL;
constexpr DWORD all_phone_states = 0x00FFFFFF; // PHONESTATE_ [phonestate--constants]

DWORD low(DWORD_PTR value) {
  return static_cast<DWORD>(value);
}

} // namespace

LONG Telephony::start_phones() {
  if (!running()) return LINEERR_UNINITIALIZED;
  if (phone_app_ != 0) return 0;
  PHONEINITIALIZEEXPARAMS params{};
  params.dwTotalSize = sizeof params;
  params.dwOptions = PHONEINITIALIZEEXOPTION_USEEVENT;
  DWORD phones = 0, version = api_version_high;
  HPHONEAPP app = 0;
  const std::u16string name = to_utf16(application_);
  LONG result = phoneInitializeExW(&app, nullptr, nullptr, name.c_str(), &phones, &version, &params);
  if (result != 0) return result < 0 ? result : PHONEERR_OPERATIONFAILED;
  result = phones > lines_max ? PHONEERR_RESOURCEUNAVAIL : 0;
  if (result == 0 && state_->loop) result = trunkline_phoneSetNotify(app, State::notified, state_.get());
  if (result != 0) {
    phoneShutdown(app);
    return result;
  }
  phone_app_ = app;
  phone_descriptor_ = static_cast<int>(reinterpret_cast<INT_PTR>(params.Handles.hEvent));
  for (DWORD device = 0; device < phones; ++device) add_phone(device);
  return 0;
}

// A phone whose capabilities cannot be read is there all the same: open() says what is wrong with it.
Phone& Telephony::add_phone(DWORD device_id) {
  phones_.push_back(std::make_unique<Phone>(*this, device_id));
  Phone& phone = *phones_.back();
  state_->phone_by_device[device_id] = &phone;
  phone.load();
  return phone;
}

LONG Phone::load() {
  PHONEEXTENSIONID extension{};
  const HPHONEAPP app = telephony_.phone_app_;
  const LONG result =
      phoneNegotiateAPIVersion(app, device_id_, api_version_low, api_version_high, &api_version_, &extension);
  if (result != 0) return result;
  PhoneCapabilities caps;
  const LONG read = capabilities(caps);
  if (read == 0) name_ = std::move(caps.name);
  return read;
}

LONG Phone::open(PhonePrivilege privilege) {
  if (telephony_.phone_app_ == 0) return PHONEERR_UNINITIALIZED;
  if (phone_ != 0) return PHONEERR_INUSE;
  HPHONE phone = 0;
  // The instance is the device id, not a pointer: what comes back is looked up, not believed.
  const LONG result =
      phoneOpen(telephony_.phone_app_, device_id_, &phone, api_version_, 0, device_id_, code(privilege));
  if (result != 0) return result < 0 ? result : PHONEERR_OPERATIONFAILED;
  if (phone == 0) return PHONEERR_OPERATIONFAILED;
  phone_ = phone;
  privilege_ = privilege;
  // Nothing is told at first [nf-tapi-phonesetstatusmessages]; a phone that tells of less than all takes
  // what it can.
  set_status_messages(all_phone_states, all_button_modes, all_button_states);
  return 0;
}

void Phone::close() {
  if (phone_ != 0) end(phoneClose(phone_) == 0);
}

void Phone::end(bool closed) {
  phone_ = 0;
  Telephony::State& state = *telephony_.state_;
  state.waits.end(this, PHONEERR_OPERATIONFAILED);
  state.phone_requests.fail(this, PHONEERR_OPERATIONFAILED, closed);
}

std::vector<Address*> Phone::addresses() {
  std::vector<Address*> addresses;
  std::string bytes;
  if (device_id("tapi/line", bytes) != 0) return addresses;
  for (std::size_t at = 0; at + sizeof(DWORD) <= bytes.size(); at += sizeof(DWORD)) {
    DWORD device = 0;
    std::memcpy(&device, bytes.data() + at, sizeof device);
    if (Address* const address = telephony_.address_by_device(device)) addresses.push_back(address);
  }
  return addresses;
}

void Telephony::deliver_phone(const PHONEMESSAGE& message) {
  const DWORD p1 = low(message.dwParam1), p2 = low(message.dwParam2), p3 = low(message.dwParam3);
  switch (message.dwMessageID) {
  case PHONE_REPLY: return state_->phone_requests.reply(p1, static_cast<LONG>(message.dwParam2));
  case PHONE_CREATE:
    if (phones_.size() < lines_max && !phone_by_device(p1)) events_.phone_created(add_phone(p1));
    return;
  case PHONE_REMOVE:
    if (Phone* const phone = phone_by_device(p1)) {
      if (phone->is_open()) phone->end(false);
      events_.phone_removed(*phone);
    }
    return;
  default: break;
  }
  Phone* const phone = phone_by_device(low(message.dwCallbackInstance));
  if (message.dwMessageID == PHONE_STATE && (p1 & PHONESTATE_REINIT) != 0) return deliver_lost();
  if (!phone || phone->phone_ == 0 || phone->phone_ != message.hDevice) return;
  switch (message.dwMessageID) {
  case PHONE_STATE:
    events_.phone_state(*phone, {p1, p2});
    if (phone->is_open()) state_->waits.signal(phone, {Signal::Kind::change, p1, p2});
    return;
  case PHONE_BUTTON:
    events_.phone_button(*phone, {p1, ButtonMode{p2}, ButtonState{p3}});
    if (phone->is_open()) state_->waits.signal(phone, {Signal::Kind::button, p1, p2, p3}, true);
    return;
  case PHONE_CLOSE: phone->end(false); return events_.phone_closed(*phone);
  case PHONE_DEVSPECIFIC: return events_.phone_device_specific(*phone, p1, p2, p3);
  default: return;
  }
}

LONG Phone::next_button(std::chrono::milliseconds timeout,
                        std::function<void(LONG, const ButtonPress&)> done) {
  if (phone_ == 0) return PHONEERR_INVALPHONEHANDLE;
  const auto press = std::make_shared<ButtonPress>();
  return telephony_.state_->waits.add(
      this, timeout,
      [press](const Signal& signal) {
        if (signal.kind != Signal::Kind::button) return false;
        *press = {signal.param1, ButtonMode{signal.param2}, ButtonState{signal.param3}};
        return true;
      },
      [press, done = std::move(done)](LONG result) {
        if (done) done(result, *press);
      });
}

LONG Phone::next_change(DWORD states, std::chrono::milliseconds timeout,
                        std::function<void(LONG, const PhoneChange&)> done) {
  if (phone_ == 0) return PHONEERR_INVALPHONEHANDLE;
  const auto change = std::make_shared<PhoneChange>();
  return telephony_.state_->waits.add(
      this, timeout,
      [states, change](const Signal& signal) {
        if (signal.kind != Signal::Kind::change || (signal.param1 & states) == 0) return false;
        *change = {signal.param1, signal.param2};
        return true;
      },
      [change, done = std::move(done)](LONG result) {
        if (done) done(result, *change);
      });
}

} // namespace tl::telephony
