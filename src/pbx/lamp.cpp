// SPDX-License-Identifier: Apache-2.0
// What a station's line shows beside its calls: the message-waiting lamp and the ring cycles.
#include "pbx/switch.hpp"

namespace tl::pbx {

LONG Switch::set_message_waiting(tsp::Request& request, Device& station, bool on) {
  if (station.kind != DeviceKind::station) return LINEERR_OPERATIONUNAVAIL;
  request.complete();
  if (station.message_waiting == on) return 0;
  station.message_waiting = on;
  notify_line_state(station, on ? LINEDEVSTATE_MSGWAITON : LINEDEVSTATE_MSGWAITOFF);
  return 0;
}

namespace {
std::size_t ringing_calls(const Device& station) {
  std::size_t count = 0;
  for (const Connection* one = station.first; one != nullptr; one = one->next)
    if (one->called && one->alerting &&
        (one->state == LINECALLSTATE_OFFERING || one->state == LINECALLSTATE_ACCEPTED))
      ++count;
  return count;
}
} // namespace

// A phone began to ring. Cycles are counted for those who want LINEDEVSTATE_RINGING; nobody: no timer runs.
void Switch::start_ring_cycles(Device& station) {
  if (station.line == nullptr || (station.line_states & LINEDEVSTATE_RINGING) == 0) return;
  if (!station.ringer)
    station.ringer = std::make_unique<Timer>(loop_, [this, &station] { ring_cycle_over(station); });
  if (ringing_calls(station) > 1 && station.ringer->running()) return; // the bell rings already
  station.rings = 0;
  ring_cycle_over(station);
}

void Switch::ring_cycle_over(Device& station) {
  if (station.line == nullptr || (station.line_states & LINEDEVSTATE_RINGING) == 0) return;
  if (ringing_calls(station) == 0) return;
  constexpr DWORD ring_mode = 1; // the only one
  station.line->event(LINE_LINEDEVSTATE, LINEDEVSTATE_RINGING, ring_mode, station.rings++);
  station.ringer->start(ring_cycle);
}

} // namespace tl::pbx
