// SPDX-License-Identifier: Apache-2.0
// From LINE_ messages to events. A message about a handle that is not known any more is old news and is
// dropped.
#include "telephony/state.hpp"

namespace tl::telephony {

namespace {

DWORD low(DWORD_PTR value) {
  return static_cast<DWORD>(value);
}

} // namespace

// The open line of a message; its instance is what lineOpen was given: the device id.
Address* Telephony::line_of(const LINEMESSAGE& message) const {
  Address* const address = address_by_device(low(message.dwCallbackInstance));
  return address && address->line_ != 0 && address->line_ == message.hDevice ? address : nullptr;
}

void Telephony::deliver(const LINEMESSAGE& message) {
  events_.message(message);
  switch (message.dwMessageID) {
  case LINE_REPLY:
    // dwParam2 is the result, sign-extended to pointer width.
    state_->requests.reply(low(message.dwParam1), static_cast<LONG>(message.dwParam2));
    return;
  case LINE_APPNEWCALL:
  case LINE_CALLSTATE:
  case LINE_CALLINFO:
  case LINE_MONITORDIGITS:
  case LINE_MONITORMEDIA:
  case LINE_MONITORTONE:
  case LINE_GATHERDIGITS:
  case LINE_GENERATE: deliver_call(message); return;
  case LINE_DEVSPECIFIC:
  case LINE_DEVSPECIFICFEATURE: return deliver_device_specific(message);
  case LINE_REQUEST:
    // Who waits fetches it; otherwise the program is told.
    if (!state_->waits.signal(this, {Signal::Kind::request}, true))
      events_.request(low(message.dwParam1), low(message.dwCallbackInstance));
    return;
  case LINE_CREATE: {
    const DWORD device = low(message.dwParam1);
    if (addresses_.size() >= lines_max || address_by_device(device)) return;
    events_.line_created(add_line(device));
    return;
  }
  case LINE_REMOVE: deliver_remove(low(message.dwParam1)); return;
  case LINE_LINEDEVSTATE:
    if (low(message.dwParam1) & LINEDEVSTATE_REINIT) return deliver_lost();
    break;
  case LINE_PROXYREQUEST: deliver_proxy_request(message); return;
  default: break;
  }
  if (Address* const address = line_of(message)) deliver_line(*address, message);
}

void Telephony::deliver_line(Address& address, const LINEMESSAGE& message) {
  const DWORD param1 = low(message.dwParam1), param2 = low(message.dwParam2), param3 = low(message.dwParam3);
  if (call_centre_) call_centre_->message(address, message);
  switch (message.dwMessageID) {
  case LINE_ADDRESSSTATE:
    if (param2 & LINEADDRESSSTATE_CAPSCHANGE) address.reload();
    return events_.address_state(address, param2);
  case LINE_LINEDEVSTATE:
    if (param1 & LINEDEVSTATE_CAPSCHANGE) address.reload();
    return events_.line_state(address, param1, param2, param3);
  case LINE_CLOSE: address.end(false); return events_.line_closed(address);
  case LINE_AGENTSTATUS: return events_.agent_status(address, param2, param3);
  case LINE_QUEUESTATUS: return events_.queue_status(address, param1, param2);
  case LINE_PROXYSTATUS: return events_.proxy_status(address, param1, param2);
  default: return; // seen by message() alone: nothing here asked for it
  }
}

void Telephony::deliver_call(const LINEMESSAGE& message) {
  const DWORD param1 = low(message.dwParam1), param2 = low(message.dwParam2), param3 = low(message.dwParam3);
  if (message.dwMessageID == LINE_APPNEWCALL) {
    Address* const address = line_of(message);
    if (Call* const call = address ? state_->add_call(*address, param2, param3) : nullptr)
      events_.call_appeared(*call);
    return;
  }
  if (message.dwMessageID == LINE_GATHERDIGITS) return deliver_gathered(message.hDevice, param1);
  Call* const call = state_->find_call(message.hDevice);
  if (!call) return;
  const CallPtr pin(*call); // an event may release it
  switch (message.dwMessageID) {
  case LINE_CALLSTATE: return state_->report_state(*call, param1, param2, param3);
  case LINE_CALLINFO:
    call->info_.reset();
    if (param1 & LINECALLINFOSTATE_CALLID) {
      call->call_id_ = 0;
      if (state_->tracking_hubs) state_->join_hub(*call);
      if (pin->gone()) return;
    }
    return events_.call_info(*call, param1);
  case LINE_MONITORDIGITS:
    events_.call_digit(*call, static_cast<char>(param1 & 0xFF), param2);
    if (!pin->gone()) state_->waits.signal(call, {Signal::Kind::digit, param1, param2}, true);
    return;
  case LINE_MONITORMEDIA: return events_.call_media(*call, param1);
  case LINE_MONITORTONE: return events_.call_tone(*call, param1);
  case LINE_GENERATE:
    events_.call_digits_sent(*call, param1);
    if (!pin->gone()) state_->waits.signal(call, {Signal::Kind::generated, param1}, true);
    return;
  default: return;
  }
}

void Telephony::deliver_gathered(HCALL handle, DWORD reason) {
  const auto at = state_->gathers.find(handle);
  if (at == state_->gathers.end()) return;
  Gathers& gathers = at->second;
  const std::vector<char16_t>& buffer = gathers.buffers[gathers.ended++];
  const std::u16string_view wide(buffer.data(), buffer.size());
  const std::string digits = to_utf8(wide.substr(0, wide.find(u'\0')));
  if (gathers.ended == gathers.buffers.size()) state_->forget_gathers(handle);
  Call* const call = state_->find_call(handle);
  if (!call) return;
  const CallPtr pin(*call);
  events_.call_digits_gathered(*call, digits, reason);
  if (!call->gone())
    state_->waits.signal(call, {.kind = Signal::Kind::gathered, .param1 = reason, .text = digits}, true);
}

// hDevice is the line or one of its calls; the instance says which line.
void Telephony::deliver_device_specific(const LINEMESSAGE& message) {
  Address* const address = address_by_device(low(message.dwCallbackInstance));
  if (!address || address->line_ == 0) return;
  Call* call = message.hDevice == address->line_ ? nullptr : state_->find_call(message.hDevice);
  if (message.hDevice != address->line_ && !call) return;
  events_.device_specific(*address, call, low(message.dwParam1), low(message.dwParam2),
                          low(message.dwParam3));
}

void Telephony::deliver_remove(DWORD device_id) {
  Address* const address = address_by_device(device_id);
  if (!address) return;
  // LINE_CLOSE came before, for a line that was open; if not, the handle is void all the same.
  if (address->line_ != 0) address->end(false);
  state_->leave_names(*address);
  if (call_centre_) call_centre_->remove(device_id);
  events_.line_removed(*address);
}

// The library's last message: whatever was queued before it is gone, with the replies in it.
void Telephony::deliver_lost() {
  if (state_->is_lost) return;
  state_->is_lost = true;
  state_->requests.fail(nullptr, LINEERR_OPERATIONFAILED, false);
  state_->phone_requests.fail(nullptr, PHONEERR_OPERATIONFAILED, false);
  state_->waits.close();
  events_.lost();
}

void Telephony::deliver_proxy_request(const LINEMESSAGE& message) {
  auto* const request = reinterpret_cast<LINEPROXYREQUEST*>(message.dwParam1);
  if (!request) return;
  if (Address* const address = line_of(message)) return events_.proxy_request(*address, *request);
  // Its line was closed meanwhile. The answer is due even so (line-proxyrequest), and frees the request.
  lineProxyResponse(message.hDevice, request, static_cast<DWORD>(LINEERR_OPERATIONFAILED));
}

} // namespace tl::telephony
