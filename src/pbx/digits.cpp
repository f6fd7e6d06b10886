// SPDX-License-Identifier: Apache-2.0
// Digits: monitoring, gathering, generating.
#include <algorithm>

#include "pbx/switch.hpp"

namespace tl::pbx {
// Milliseconds, wraps after 49.7 days.
DWORD ticks(Time at) {
  return static_cast<DWORD>(
      std::chrono::duration_cast<std::chrono::milliseconds>(at.time_since_epoch()).count());
}
namespace {
constexpr std::string_view dtmf_digits = "0123456789*#ABCDabcd,";
} // namespace

// All lines of a call may listen to what any party dials; of a conference the parent, not the members.
void Switch::digit(Attachment& attachment, char digit, Time at) {
  if (attachment.active == nullptr) return;
  const Call& call = *attachment.active->call;
  std::vector<Connection*> listeners(call.side.begin(), call.side.end());
  if (Conference* const conference = conference_of(call)) listeners = room_of(*conference).present;
  for (Connection* const one : listeners) {
    if (one == nullptr) continue;
    if ((one->monitored_digits & LINEDIGITMODE_DTMF) != 0)
      one->event(LINE_MONITORDIGITS, static_cast<unsigned char>(digit), LINEDIGITMODE_DTMF, ticks(at));
    if (one->gather) gather_digit(*one, digit, at);
  }
}

LONG Switch::monitor_digits(Connection& connection, DWORD modes) {
  if ((modes & ~static_cast<DWORD>(LINEDIGITMODE_DTMF)) != 0) return LINEERR_INVALDIGITMODE;
  if (!connection.live() || connection.state == LINECALLSTATE_CONFERENCED) return LINEERR_INVALCALLSTATE;
  connection.monitored_digits = modes;
  return 0;
}

LONG Switch::gather_digits(Connection& connection, const tsp::Gather& wanted) {
  if (wanted.buffer == nullptr) { // TAPI reports the cancellation itself
    connection.gather.reset();
    return 0;
  }
  if (!connection.live() || connection.state == LINECALLSTATE_CONFERENCED) return LINEERR_INVALCALLSTATE;
  if (wanted.modes != LINEDIGITMODE_DTMF) return LINEERR_INVALDIGITMODE;
  if (wanted.first_digit_ms > gather_timeout_max_ms || wanted.inter_digit_ms > gather_timeout_max_ms)
    return LINEERR_INVALTIMEOUT;
  if (wanted.terminators.find_first_not_of(dtmf_digits) != std::string::npos) return LINEERR_INVALDIGITS;
  connection.gather = std::make_unique<DigitGather>(loop_, [this, &connection] {
    const bool first = connection.gather->count == 0;
    end_gather(connection, first ? LINEGATHERTERM_FIRSTTIMEOUT : LINEGATHERTERM_INTERTIMEOUT, loop_.now());
  });
  DigitGather& gather = *connection.gather;
  gather.end_to_end_id = wanted.end_to_end_id;
  gather.buffer = wanted.buffer;
  gather.digits_max = wanted.digits_max;
  gather.terminators = wanted.terminators;
  gather.inter_digit = std::chrono::milliseconds(wanted.inter_digit_ms);
  if (wanted.first_digit_ms > 0) gather.timer.start(std::chrono::milliseconds(wanted.first_digit_ms));
  return 0;
}

void Switch::gather_digit(Connection& connection, char digit, Time at) {
  DigitGather& gather = *connection.gather;
  gather.buffer[gather.count++] = static_cast<WCHAR>(digit);
  gather.timer.stop();
  if (gather.terminators.find(digit) != std::string::npos)
    end_gather(connection, LINEGATHERTERM_TERMDIGIT, at);
  else if (gather.count >= gather.digits_max)
    end_gather(connection, LINEGATHERTERM_BUFFERFULL, at);
  else if (gather.inter_digit.count() > 0)
    gather.timer.start(gather.inter_digit);
}

void Switch::end_gather(Connection& connection, DWORD reason, Time at) {
  const std::unique_ptr<DigitGather> gather = std::move(connection.gather);
  if (gather->count < gather->digits_max)
    gather->buffer[gather->count] = 0; // no room for the end when it is full
  connection.event(LINE_GATHERDIGITS, reason, gather->end_to_end_id, ticks(at));
}

// Digits and tones from a station or the switch go to the other party, from a conference to all others; from
// a trunk's own line out on the trunk.
std::vector<Attachment*> Switch::sound_targets(const Connection& connection) const {
  Conference* const conference = connection.conference;
  if (conference != nullptr && conference->parent == &connection) {
    std::vector<Attachment*> others = room_of(*conference).talking;
    std::erase(others, connection.attachment);
    return others;
  }
  const Connection* const to = connection.device->kind == DeviceKind::trunk ? &connection : connection.peer();
  if (to == nullptr || to->attachment == nullptr || !to->attachment->answered || to->attachment->over)
    return {};
  return {to->attachment};
}

LONG Switch::generate_digits(Connection& connection, DWORD end_to_end, const std::string& digits,
                             Duration each) {
  if (connection.state != LINECALLSTATE_CONNECTED) return LINEERR_INVALCALLSTATE;
  const std::vector<Attachment*> targets = sound_targets(connection);
  if (targets.empty()) return LINEERR_INVALCALLSTATE;
  if (digits.find_first_not_of(dtmf_digits) != std::string::npos) return LINEERR_OPERATIONFAILED;
  begin_generation(connection, targets, end_to_end, digits.empty());
  for (Attachment* const target : targets) target->leg->send_digits(digits, each);
  return 0;
}

// The first of several tells of the end.
void Switch::begin_generation(Connection& connection, const std::vector<Attachment*>& targets,
                              DWORD end_to_end, bool cancels) {
  if (connection.generates_on != nullptr) end_generation(*connection.generates_on, LINEGENERATETERM_CANCEL);
  for (Attachment* const target : targets) end_generation(*target, LINEGENERATETERM_CANCEL);
  if (cancels) return;
  targets.front()->generating = &connection;
  targets.front()->generation_id = end_to_end;
  connection.generates_on = targets.front();
}

// One generation at a time per leg and per call handle; each ends with its event.
void Switch::end_generation(Attachment& attachment, DWORD reason) {
  Connection* const from = std::exchange(attachment.generating, nullptr);
  if (from == nullptr) return;
  from->generates_on = nullptr;
  from->event(LINE_GENERATE, reason, attachment.generation_id, ticks(loop_.now()));
}

void Switch::digits_sent(Attachment& attachment, bool complete) {
  end_generation(attachment, complete ? LINEGENERATETERM_DONE : LINEGENERATETERM_CANCEL);
}

// The connection ends or loses its handle: a gathering ends silently (TAPI reports it), a generation by its
// event, and so does what is heard of it: a tone may be one without end.
void Switch::end_digits(Connection& connection) {
  connection.gather.reset();
  stop_generation(connection);
}

void Switch::stop_generation(Connection& connection) {
  Attachment* const first = connection.generates_on;
  if (first == nullptr) return;
  std::vector<Attachment*> targets = sound_targets(connection);
  if (std::find(targets.begin(), targets.end(), first) == targets.end()) targets.push_back(first);
  end_generation(*first, LINEGENERATETERM_CANCEL);
  for (Attachment* const target : targets)
    if (!target->over) target->leg->send_digits("", Duration::zero());
}

} // namespace tl::pbx
