// SPDX-License-Identifier: Apache-2.0
// lineGenerateTone, lineMonitorTones and lineMonitorMedia. What the application listens for at a call is
// found in what its parties send; a tone it makes is heard by the other parties alone.
#include <algorithm>
#include <cmath>

#include "pbx/switch.hpp"

namespace tl::pbx {
namespace {

constexpr double level_dbfs = -16; // of tones that have no volume of their own
constexpr double loudest_dbfs = -6;
constexpr DWORD frequency_max_hz = 3'900; // of telephony's band

std::vector<TonePart> standard_tone(DWORD mode) {
  switch (mode) {
  case LINETONEMODE_RINGBACK: return {{440, 2s, 4s, level_dbfs}, {480, 2s, 4s, level_dbfs}};
  case LINETONEMODE_BUSY: return {{480, 500ms, 500ms, level_dbfs}, {620, 500ms, 500ms, level_dbfs}};
  case LINETONEMODE_BEEP: return {{1400, 500ms, 14500ms, level_dbfs}};
  // The credit card prompt of Bell: the two of '#', then the two of dial tone.
  case LINETONEMODE_BILLING: return {{941, 60ms, 940ms, level_dbfs}, {1477, 60ms, 940ms, level_dbfs}};
  default: return {};
  }
}

// Of media that announce themselves by a tone (ITU-T T.30 CNG, V.25 answer tone).
struct MediaTone {
  DWORD mode;
  double frequency_hz;
  Duration lasting;
};
constexpr MediaTone media_tones[] = {{LINEMEDIAMODE_G3FAX, 1100, 400ms},
                                     {LINEMEDIAMODE_DATAMODEM, 2100, 500ms}};

} // namespace

LONG read_tone(DWORD mode, std::span<const LINEGENERATETONE> custom, std::vector<TonePart>& out) {
  if (mode != LINETONEMODE_CUSTOM) {
    out = standard_tone(mode);
    return out.empty() ? LINEERR_INVALTONEMODE : 0;
  }
  if (custom.empty() || custom.size() > generated_frequencies_max) return LINEERR_INVALTONE;
  for (const LINEGENERATETONE& one : custom) {
    if (one.dwFrequency == 0 || one.dwFrequency > frequency_max_hz || one.dwVolume > 0xFFFF)
      return LINEERR_INVALTONE;
    const double volume = std::max(one.dwVolume, DWORD{1}) / 65535.0;
    out.push_back({static_cast<double>(one.dwFrequency), std::chrono::milliseconds(one.dwCadenceOn),
                   std::chrono::milliseconds(one.dwCadenceOff), loudest_dbfs + 20 * std::log10(volume)});
  }
  return 0;
}

LONG Switch::generate_tone(Connection& connection, DWORD end_to_end, const std::vector<TonePart>& tone,
                           Duration length) {
  if (connection.state != LINECALLSTATE_CONNECTED) return LINEERR_INVALCALLSTATE;
  const std::vector<Attachment*> targets = sound_targets(connection);
  if (targets.empty()) return LINEERR_INVALCALLSTATE;
  begin_generation(connection, targets, end_to_end, tone.empty());
  for (Attachment* const target : targets) {
    if (tone.empty())
      target->leg->send_digits("", Duration::zero());
    else
      target->leg->send_tone(tone, length);
  }
  return 0;
}

LONG Switch::monitor_tones(Connection& connection, DWORD list, std::vector<MonitoredTone> tones) {
  if (!connection.live() || connection.state == LINECALLSTATE_CONFERENCED) return LINEERR_INVALCALLSTATE;
  if (tones.size() > monitored_tones_max) return LINEERR_RESOURCEUNAVAIL;
  for (const MonitoredTone& one : tones)
    for (const double frequency : one.watch.frequencies_hz)
      if (frequency > frequency_max_hz) return LINEERR_INVALTONE;
  const auto others = std::count_if(connection.tones.begin(), connection.tones.end(),
                                    [&](const MonitoredTone& one) { return one.list != list; });
  if (static_cast<std::size_t>(others) + tones.size() > monitored_tones_max) return LINEERR_RESOURCEUNAVAIL;
  std::erase_if(connection.tones, [&](const MonitoredTone& one) { return one.list == list; });
  connection.tones.insert(connection.tones.end(), tones.begin(), tones.end());
  apply_listening(*connection.call);
  return 0;
}

LONG Switch::monitor_media(Connection& connection, DWORD modes) {
  DWORD known = LINEMEDIAMODE_INTERACTIVEVOICE; // what every call is from the start
  for (const MediaTone& one : media_tones) known |= one.mode;
  if (!connection.live() || connection.state == LINECALLSTATE_CONFERENCED) return LINEERR_INVALCALLSTATE;
  if ((modes & ~known) != 0) return LINEERR_INVALMEDIAMODE;
  std::erase_if(connection.tones, [](const MonitoredTone& one) { return one.media != 0; });
  for (const MediaTone& one : media_tones)
    if ((modes & one.mode) != 0)
      connection.tones.push_back({0, 0, one.mode, ToneWatch{{one.frequency_hz, 0, 0}, one.lasting}});
  apply_listening(*connection.call);
  return 0;
}

// Every leg of the call listens for what any of its lines wants to know. Told only what differs.
void Switch::apply_listening(const Call& call) {
  Conference* const conference = conference_of(call);
  const auto concerned = [](const Connection* one) {
    return one != nullptr &&
           (!one->tones.empty() || (one->attachment != nullptr && !one->attachment->listening.empty()));
  };
  if (conference == nullptr && std::none_of(call.side.begin(), call.side.end(), concerned)) return;
  std::vector<Connection*> present(call.side.begin(), call.side.end());
  if (conference != nullptr) present = room_of(*conference).present;
  std::vector<Listening> wanted;
  for (const Connection* const one : present) {
    if (one == nullptr || !one->known()) continue;
    for (const MonitoredTone& tone : one->tones) wanted.push_back({one->handle, tone});
  }
  if (wanted.size() > legs_listening_max) wanted.resize(legs_listening_max);
  for (const Connection* const one : present)
    if (one != nullptr && one->attachment != nullptr && one->attachment->active == one)
      listen(*one->attachment, wanted);
}

void Switch::listen(Attachment& attachment, const std::vector<Listening>& wanted) {
  if (attachment.over || !attachment.answered || attachment.listening == wanted) return;
  attachment.listening = wanted;
  std::vector<ToneWatch> watches;
  for (const Listening& one : wanted) watches.push_back(one.tone.watch);
  attachment.leg->listen_for(watches);
}

void Switch::tone(Attachment& attachment, std::size_t which, Time at) {
  if (which >= attachment.listening.size()) return; // of a list that was replaced
  const Listening& heard = attachment.listening[which];
  const Connection* const to = handles_.find(heard.connection);
  if (to == nullptr || !to->live()) return;
  if (heard.tone.media != 0)
    to->event(LINE_MONITORMEDIA, heard.tone.media, 0, ticks(at));
  else
    to->event(LINE_MONITORTONE, heard.tone.app_specific, heard.tone.list, ticks(at));
}

} // namespace tl::pbx
