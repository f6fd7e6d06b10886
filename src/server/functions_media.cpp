// SPDX-License-Identifier: Apache-2.0
// Digits, tones and media of a call. Gathering and generation return at once and end with one
// LINE_GATHERDIGITS or LINE_GENERATE to the one that asked; a new one replaces the old
// [nf-tapi-linegatherdigitsw].
#include <bit>
#include <cstring>

#include "server/functions.hpp"

namespace tl::server {
namespace {

constexpr DWORD digit_modes_known = LINEDIGITMODE_PULSE | LINEDIGITMODE_DTMF | LINEDIGITMODE_DTMFEND;
constexpr DWORD digit_modes_gathered = LINEDIGITMODE_PULSE | LINEDIGITMODE_DTMF;
constexpr DWORD media_known = 0x0000FFFE;
constexpr std::size_t generations_waiting_max = 16; // the oldest is forgotten: its end is not reported

bool digits_valid(std::u16string_view digits, std::u16string_view more) {
  return std::all_of(digits.begin(), digits.end(), [&](char16_t digit) {
    return std::u16string_view{u"0123456789ABCDabcd*#"}.find(digit) != std::u16string_view::npos ||
           more.find(digit) != std::u16string_view::npos;
  });
}

LONG monitor_digits(Request& r, DWORD handle, DWORD modes) {
  LONG error = 0;
  CallHandle* const call = held_call(r, handle, not_ended, error);
  if (!call) return error;
  if (modes & ~digit_modes_known) return LINEERR_INVALDIGITMODE;
  const DWORD before = std::exchange(call->digit_modes, modes);
  const LONG result = r.core.update_digit_modes(call->call);
  if (result != 0) call->digit_modes = before;
  return result;
}

LONG monitor_media(Request& r, DWORD handle, DWORD modes) {
  LONG error = 0;
  CallHandle* const call = held_call(r, handle, not_idle, error);
  if (!call) return error;
  if (modes & ~media_known) return LINEERR_INVALMEDIAMODE;
  const DWORD before = std::exchange(call->media_modes, modes);
  const LONG result = r.core.update_media_modes(call->call);
  if (result != 0) call->media_modes = before;
  return result;
}

// Each application's list has its handle as id, so that a detection finds its way back.
LONG monitor_tones(Request& r, DWORD handle, Data data) {
  LONG error = 0;
  CallHandle* const call = held_call(r, handle, not_idle, error);
  if (!call) return error;
  const auto function = call->call.line.provider.tspi.lineMonitorTones;
  if (!function) return LINEERR_OPERATIONUNAVAIL;
  const DWORD count = size_of(data) / sizeof(LINEMONITORTONE);
  if (data && (count == 0 || size_of(data) % sizeof(LINEMONITORTONE) != 0)) return LINEERR_INVALPOINTER;
  std::vector<LINEMONITORTONE> tones(count);
  if (count) std::memcpy(tones.data(), data->data(), data->size());
  const LONG result = function(call->call.driver, handle, count ? tones.data() : nullptr, count);
  if (result == 0) call->tones = count != 0;
  return result;
}

LONG gather_digits(Request& r, DWORD handle, DWORD modes, DWORD gather, DWORD count, Text ends,
                   DWORD first_ms, DWORD next_ms) {
  LONG error = 0;
  CallHandle* const asked = owned_call(r, handle, not_idle, error);
  if (!asked) return error;
  Call& call = asked->call;
  const auto function = call.line.provider.tspi.lineGatherDigits;
  if (!function) return LINEERR_OPERATIONUNAVAIL;
  if (!gather) {
    const LONG result = function(call.driver, call.gathering ? call.gathering->id : 0, 0, nullptr, 0, nullptr,
                                 first_ms, next_ms);
    if (result == 0) r.core.end_gathering(call, LINEGATHERTERM_CANCEL, 0);
    return result;
  }
  if (modes == 0 || (modes & ~digit_modes_gathered)) return LINEERR_INVALDIGITMODE;
  if (count == 0 || count > r.core.options.limits.gather_digits_max) return LINEERR_INVALPARAM;
  if (ends && !digits_valid(*ends, u"")) return LINEERR_INVALDIGITS;
  auto gathering = std::make_unique<Gathering>();
  gathering->id = r.core.next_end_to_end_id++;
  gathering->handle = handle;
  gathering->sequence = r.sequence;
  gathering->digits.resize(count + 1); // a zero stays behind the last digit
  const Wide text{ends};
  const LONG result = function(call.driver, gathering->id, modes, gathering->digits.data(), count, text.c(),
                               first_ms, next_ms);
  if (result != 0) return result;
  r.core.end_gathering(call, LINEGATHERTERM_CANCEL, 0);
  call.gathering = std::move(gathering);
  return 0;
}

DWORD begin_generation(Core& core, Call& call, DWORD handle) {
  if (call.generating.size() >= generations_waiting_max) call.generating.erase(call.generating.begin());
  call.generating.push_back({core.next_end_to_end_id++, handle});
  return call.generating.back().id;
}

LONG generated(Call& call, DWORD id, LONG result) {
  if (result != 0) std::erase_if(call.generating, [&](const Generating& each) { return each.id == id; });
  return result;
}

LONG generate_digits(Request& r, DWORD handle, DWORD mode, Text digits, DWORD duration_ms) {
  LONG error = 0;
  CallHandle* const asked = owned_call(r, handle, not_idle, error);
  if (!asked) return error;
  Call& call = asked->call;
  const auto function = call.line.provider.tspi.lineGenerateDigits;
  if (!function) return LINEERR_OPERATIONUNAVAIL;
  if (!digits) return function(call.driver, 0, mode, nullptr, duration_ms); // cancels
  if (mode != LINEDIGITMODE_PULSE && mode != LINEDIGITMODE_DTMF) return LINEERR_INVALDIGITMODE;
  const Wide text{digits};
  const DWORD id = begin_generation(r.core, call, handle);
  return generated(call, id, function(call.driver, id, mode, text.c(), duration_ms));
}

LONG generate_tone(Request& r, DWORD handle, DWORD mode, DWORD duration_ms, Data data) {
  LONG error = 0;
  CallHandle* const asked = owned_call(r, handle, not_idle, error);
  if (!asked) return error;
  Call& call = asked->call;
  const auto function = call.line.provider.tspi.lineGenerateTone;
  if (!function) return LINEERR_OPERATIONUNAVAIL;
  if (mode == 0) return function(call.driver, 0, 0, 0, 0, nullptr); // cancels
  constexpr DWORD modes_known = LINETONEMODE_CUSTOM | LINETONEMODE_RINGBACK | LINETONEMODE_BUSY |
                                LINETONEMODE_BEEP | LINETONEMODE_BILLING;
  if (!std::has_single_bit(mode) || !(mode & modes_known)) return LINEERR_INVALTONEMODE;
  const DWORD count = size_of(data) / sizeof(LINEGENERATETONE);
  if (mode == LINETONEMODE_CUSTOM && (count == 0 || size_of(data) % sizeof(LINEGENERATETONE) != 0))
    return LINEERR_INVALPOINTER;
  std::vector<LINEGENERATETONE> tones(count);
  if (count) std::memcpy(tones.data(), data->data(), count * sizeof(LINEGENERATETONE));
  const DWORD id = begin_generation(r.core, call, handle);
  return generated(call, id,
                   function(call.driver, id, mode, duration_ms, count, count ? tones.data() : nullptr));
}

// Several media only together with UNKNOWN [nf-tapi-linesetmediamode].
LONG set_media_mode(Request& r, DWORD handle, DWORD modes) {
  LONG error = 0;
  CallHandle* const asked = owned_call(r, handle, any_state, error);
  if (!asked) return error;
  if (modes == 0 || (modes & ~media_known)) return LINEERR_INVALMEDIAMODE;
  if (!std::has_single_bit(modes) && !(modes & LINEMEDIAMODE_UNKNOWN)) return LINEERR_INVALMEDIAMODE;
  const auto function = asked->call.line.provider.tspi.lineSetMediaMode;
  if (!function) return LINEERR_OPERATIONUNAVAIL;
  const LONG result = function(asked->call.driver, modes);
  if (result == 0) asked->call.media = modes;
  return result;
}

} // namespace

void bind_media_functions(Bindings& b) {
  b.bind<Fn::lineMonitorDigits, &monitor_digits>();
  b.bind<Fn::lineMonitorMedia, &monitor_media>();
  b.bind<Fn::lineMonitorTones, &monitor_tones>();
  b.bind<Fn::lineGatherDigits, &gather_digits>();
  b.bind<Fn::lineGenerateDigits, &generate_digits>();
  b.bind<Fn::lineGenerateTone, &generate_tone>();
  b.bind<Fn::lineSetMediaMode, &set_media_mode>();
}

} // namespace tl::server
