// SPDX-License-Identifier: Apache-2.0
#include "trunkline/telephony.hpp"

#include "base/check.hpp"
#include "telephony/state.hpp"
#include "trunkline/tapi_ext.h"

namespace tl::telephony {

Telephony::Telephony(std::string application, Events& events)
    : application_(std::move(application)), events_(events) {}

Telephony::~Telephony() {
  shutdown();
}

LONG Telephony::initialize(Loop& loop) {
  return start(&loop);
}

LONG Telephony::initialize() {
  return start(nullptr);
}

LONG Telephony::start(Loop* loop) {
  if (state_) return LINEERR_INUSE;
  LINEINITIALIZEEXPARAMS params{};
  params.dwTotalSize = sizeof params;
  params.dwOptions = LINEINITIALIZEEXOPTION_USEEVENT;
  DWORD lines = 0;
  DWORD version = api_version_high;
  HLINEAPP app = 0;
  const std::u16string name = to_utf16(application_);
  if (const LONG result = lineInitializeExW(&app, nullptr, nullptr, name.c_str(), &lines, &version, &params);
      result != 0)
    return result < 0 ? result : LINEERR_OPERATIONFAILED;
  state_ = std::make_shared<State>(*this, loop);
  app_ = app;
  descriptor_ = static_cast<int>(reinterpret_cast<INT_PTR>(params.Handles.hEvent));
  LONG result = lines > lines_max ? LINEERR_RESOURCEUNAVAIL : 0;
  if (result == 0 && loop) result = trunkline_lineSetNotify(app_, State::notified, state_.get());
  if (result != 0) {
    shutdown();
    return result;
  }
  for (DWORD device = 0; device < lines; ++device) add_line(device);
  return 0;
}

// A line whose capabilities cannot be read is there all the same: open() says what is wrong with it.
Address& Telephony::add_line(DWORD device_id) {
  addresses_.push_back(std::make_unique<Address>(*this, device_id));
  Address& address = *addresses_.back();
  state_->by_device[device_id] = &address;
  address.load();
  state_->enter_names(address);
  return address;
}

void Telephony::shutdown() {
  if (!state_) return;
  TL_CHECK(!state_->draining, "Telephony::shutdown() inside an event");
  const std::shared_ptr<State> state = state_;
  if (state->stopped) return; // called again by a completion below
  state->stopped = true;
  // From here on the library writes to no answer any more.
  if (state->loop) trunkline_lineSetNotify(app_, nullptr, nullptr);
  if (state->loop && phone_app_ != 0) trunkline_phoneSetNotify(phone_app_, nullptr, nullptr);
  lineShutdown(app_);
  if (phone_app_ != 0) phoneShutdown(phone_app_);
  app_ = phone_app_ = 0;
  descriptor_ = phone_descriptor_ = -1;
  for (const auto& phone : phones_) phone->phone_ = 0;
  for (const auto& address : addresses_) {
    address->line_ = 0;
    state->end_calls(*address);
  }
  state->requests.fail(nullptr, LINEERR_OPERATIONFAILED, true);
  if (call_centre_) call_centre_->end();
  state->phone_requests.fail(nullptr, PHONEERR_OPERATIONFAILED, true);
  state->waits.close();
  state->tasks.clear();
  addresses_.clear();
  phones_.clear();
  state_.reset();
}

void Telephony::dispatch() {
  if (const std::shared_ptr<State> state = state_) state->drain();
}

Address* Telephony::address_by_device(DWORD device_id) const {
  if (!state_) return nullptr;
  const auto at = state_->by_device.find(device_id);
  return at == state_->by_device.end() ? nullptr : at->second;
}

Address* Telephony::address_by_number(std::string_view number) const {
  if (!state_) return nullptr;
  const auto at = state_->by_number.find(number);
  return at == state_->by_number.end() ? nullptr : at->second;
}

Address* Telephony::address_by_name(std::string_view name) const {
  if (!state_) return nullptr;
  const auto at = state_->by_name.find(name);
  return at == state_->by_name.end() ? nullptr : at->second;
}

Call* Telephony::call(HCALL handle) const {
  return state_ ? state_->find_call(handle) : nullptr;
}

std::size_t Telephony::call_count() const {
  return state_ ? state_->calls.size() : 0;
}

Phone* Telephony::phone_by_device(DWORD device_id) const {
  if (!state_) return nullptr;
  const auto at = state_->phone_by_device.find(device_id);
  return at == state_->phone_by_device.end() ? nullptr : at->second;
}

// Any handler that does not know better: an agent handler answers every request it registered for.
void Events::proxy_request(Address& address, LINEPROXYREQUEST& request) {
  address.respond(request, LINEERR_OPERATIONUNAVAIL);
}

void Telephony::State::enter_names(Address& address) {
  if (!address.number().empty()) by_number.try_emplace(address.number(), &address);
  if (!address.name().empty()) by_name.try_emplace(address.name(), &address);
}

void Telephony::State::leave_names(Address& address) {
  if (const auto at = by_number.find(address.number()); at != by_number.end() && at->second == &address)
    by_number.erase(at);
  if (const auto at = by_name.find(address.name()); at != by_name.end() && at->second == &address)
    by_name.erase(at);
}

// The hook is silent while messages wait, so at most one task is under way for each time the queue was
// emptied.
void Telephony::State::notified(void* state) {
  static_cast<State*>(state)->wake();
}

void Telephony::State::wake() {
  loop->post([weak = weak_from_this()] {
    const auto state = weak.lock();
    if (state && state->drain()) state->wake();
  });
}

bool Telephony::State::drain() {
  // A loop run inside an event handler: the messages after this one are not due yet, and the outer drain
  // takes them.
  if (draining || stopped) return false;
  struct Guard {
    bool& flag;
    explicit Guard(bool& its_flag) : flag(its_flag) { flag = true; }
    ~Guard() { flag = false; }
  } const guard{draining};
  const bool lines = drain_lines(messages_per_turn_max);
  const bool phones = drain_phones(messages_per_turn_max);
  forget_tasks();
  return lines || phones;
}

bool Telephony::State::drain_lines(int messages_max) {
  for (int taken = 0; taken < messages_max; ++taken) {
    LINEMESSAGE message{};
    if (lineGetMessage(telephony.app_, &message, 0) != 0) return false;
    telephony.deliver(message);
  }
  return true;
}

bool Telephony::State::drain_phones(int messages_max) {
  for (int taken = 0; taken < messages_max; ++taken) {
    PHONEMESSAGE message{};
    if (telephony.phone_app_ == 0 || phoneGetMessage(telephony.phone_app_, &message, 0) != 0) return false;
    telephony.deliver_phone(message);
  }
  return true;
}

// What has ended. Not while a task runs: its frame is there until it is suspended for the last time.
void Telephony::State::forget_tasks() {
  std::erase_if(tasks, [](const Task<>& task) { return task.done(); });
}

void Telephony::spawn(Task<> task) {
  if (!state_ || state_->stopped || task.done()) return;
  state_->tasks.push_back(std::move(task));
  state_->tasks.back().start(); // what it starts may spawn others: not touched after this
}

Operation<> Telephony::sleep(std::chrono::milliseconds time) {
  return Operation<>(
      [this, time](Operation<>::Done done) -> LONG {
        if (!running()) return LINEERR_UNINITIALIZED;
        return state_->waits.add(
            &state_->tasks, time, [](const Signal&) { return false; },
            [done = std::move(done)](LONG result) { done(result == error_timeout ? 0 : result); });
      },
      [this](LONG id) { cancel_wait(id); });
}

void Telephony::cancel_wait(LONG id) {
  if (state_) state_->waits.cancel(id, LINEERR_USERCANCELLED);
}

} // namespace tl::telephony
