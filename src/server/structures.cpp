// SPDX-License-Identifier: Apache-2.0
#include "server/structures.hpp"

#include <cstring>

namespace tl::server {
namespace {

#define TL_PART(structure, name)                                                                             \
  Part {                                                                                                     \
    offsetof(structure, dw##name##Size), offsetof(structure, dw##name##Offset)                               \
  }

constexpr Part address_caps_parts[] = {
    TL_PART(LINEADDRESSCAPS, Address),           TL_PART(LINEADDRESSCAPS, DevSpecific),
    TL_PART(LINEADDRESSCAPS, CompletionMsgText), TL_PART(LINEADDRESSCAPS, CallTreatmentList),
    TL_PART(LINEADDRESSCAPS, DeviceClasses),
};
constexpr Part address_status_parts[] = {
    TL_PART(LINEADDRESSSTATUS, Forward),
    TL_PART(LINEADDRESSSTATUS, TerminalModes),
    TL_PART(LINEADDRESSSTATUS, DevSpecific),
};
constexpr Part call_info_parts[] = {
    TL_PART(LINECALLINFO, CallerID),        TL_PART(LINECALLINFO, CallerIDName),
    TL_PART(LINECALLINFO, CalledID),        TL_PART(LINECALLINFO, CalledIDName),
    TL_PART(LINECALLINFO, ConnectedID),     TL_PART(LINECALLINFO, ConnectedIDName),
    TL_PART(LINECALLINFO, RedirectionID),   TL_PART(LINECALLINFO, RedirectionIDName),
    TL_PART(LINECALLINFO, RedirectingID),   TL_PART(LINECALLINFO, RedirectingIDName),
    TL_PART(LINECALLINFO, AppName),         TL_PART(LINECALLINFO, DisplayableAddress),
    TL_PART(LINECALLINFO, CalledParty),     TL_PART(LINECALLINFO, Comment),
    TL_PART(LINECALLINFO, Display),         TL_PART(LINECALLINFO, UserUserInfo),
    TL_PART(LINECALLINFO, HighLevelComp),   TL_PART(LINECALLINFO, LowLevelComp),
    TL_PART(LINECALLINFO, ChargingInfo),    TL_PART(LINECALLINFO, TerminalModes),
    TL_PART(LINECALLINFO, DevSpecific),     TL_PART(LINECALLINFO, CallData),
    TL_PART(LINECALLINFO, SendingFlowspec), TL_PART(LINECALLINFO, ReceivingFlowspec),
};
constexpr Part call_params_parts[] = {
    TL_PART(LINECALLPARAMS, OrigAddress),       TL_PART(LINECALLPARAMS, DisplayableAddress),
    TL_PART(LINECALLPARAMS, CalledParty),       TL_PART(LINECALLPARAMS, Comment),
    TL_PART(LINECALLPARAMS, UserUserInfo),      TL_PART(LINECALLPARAMS, HighLevelComp),
    TL_PART(LINECALLPARAMS, LowLevelComp),      TL_PART(LINECALLPARAMS, DevSpecific),
    TL_PART(LINECALLPARAMS, TargetAddress),     TL_PART(LINECALLPARAMS, SendingFlowspec),
    TL_PART(LINECALLPARAMS, ReceivingFlowspec), TL_PART(LINECALLPARAMS, DeviceClass),
    TL_PART(LINECALLPARAMS, DeviceConfig),      TL_PART(LINECALLPARAMS, CallData),
    TL_PART(LINECALLPARAMS, CallingPartyID),
};
constexpr Part call_status_parts[] = {TL_PART(LINECALLSTATUS, DevSpecific)};
constexpr Part dev_caps_parts[] = {
    TL_PART(LINEDEVCAPS, ProviderInfo),  TL_PART(LINEDEVCAPS, SwitchInfo),
    TL_PART(LINEDEVCAPS, LineName),      TL_PART(LINEDEVCAPS, TerminalCaps),
    TL_PART(LINEDEVCAPS, TerminalText),  TL_PART(LINEDEVCAPS, DevSpecific),
    TL_PART(LINEDEVCAPS, DeviceClasses),
};
constexpr Part dev_status_parts[] = {
    TL_PART(LINEDEVSTATUS, TerminalModes),
    TL_PART(LINEDEVSTATUS, DevSpecific),
    TL_PART(LINEDEVSTATUS, AppInfo),
};
constexpr Part call_list_parts[] = {TL_PART(LINECALLLIST, Calls)};
constexpr Part var_string_parts[] = {TL_PART(VARSTRING, String)};
constexpr Part proxy_request_list_parts[] = {
    Part{offsetof(LINEPROXYREQUESTLIST, dwListSize), offsetof(LINEPROXYREQUESTLIST, dwListOffset)}};
constexpr Part provider_list_parts[] = {TL_PART(LINEPROVIDERLIST, ProviderList)};
constexpr Part country_list_parts[] = {TL_PART(LINECOUNTRYLIST, CountryList)};
constexpr Part translate_caps_parts[] = {
    TL_PART(LINETRANSLATECAPS, LocationList),
    TL_PART(LINETRANSLATECAPS, CardList),
};
constexpr Part translate_output_parts[] = {
    TL_PART(LINETRANSLATEOUTPUT, DialableString),
    TL_PART(LINETRANSLATEOUTPUT, DisplayableString),
};

constexpr Part phone_button_info_parts[] = {
    TL_PART(PHONEBUTTONINFO, ButtonText),
    TL_PART(PHONEBUTTONINFO, DevSpecific),
};
constexpr Part phone_caps_parts[] = {
    TL_PART(PHONECAPS, ProviderInfo),    TL_PART(PHONECAPS, PhoneInfo), TL_PART(PHONECAPS, PhoneName),
    TL_PART(PHONECAPS, ButtonModes),     TL_PART(PHONECAPS, ButtonFunctions), TL_PART(PHONECAPS, LampModes),
    TL_PART(PHONECAPS, SetData),         TL_PART(PHONECAPS, GetData),   TL_PART(PHONECAPS, DevSpecific),
    TL_PART(PHONECAPS, DeviceClasses),
};
constexpr Part phone_status_parts[] = {
    TL_PART(PHONESTATUS, Display),
    TL_PART(PHONESTATUS, LampModes),
    TL_PART(PHONESTATUS, OwnerName),
    TL_PART(PHONESTATUS, DevSpecific),
};

template <class T> constexpr Layout one_size(std::span<const Part> parts) {
  return {sizeof(T), sizeof(T), sizeof(T), sizeof(T), sizeof(T), parts};
}

DWORD load(const std::byte* structure, std::size_t at) {
  DWORD value;
  std::memcpy(&value, structure + at, sizeof value);
  return value;
}
void store(std::byte* structure, std::size_t at, DWORD value) {
  std::memcpy(structure + at, &value, sizeof value);
}

bool fits(DWORD size, DWORD offset, std::size_t whole) {
  return std::size_t{offset} + std::size_t{size} <= whole;
}

} // namespace

const Layout address_caps_layout{176, 180, 228, 228, sizeof(LINEADDRESSCAPS), address_caps_parts};
const Layout address_status_layout = one_size<LINEADDRESSSTATUS>(address_status_parts);
const Layout call_info_layout{296, 296, 324, 324, sizeof(LINECALLINFO), call_info_parts};
const Layout call_params_layout{112, 112, 176, 176, sizeof(LINECALLPARAMS), call_params_parts};
const Layout call_status_layout{36, 36, 56, 56, sizeof(LINECALLSTATUS), call_status_parts};
const Layout dev_caps_layout{236, 240, 252, 268, sizeof(LINEDEVCAPS), dev_caps_parts};
const Layout dev_status_layout{76, 76, 88, 88, sizeof(LINEDEVSTATUS), dev_status_parts};
const Layout call_list_layout = one_size<LINECALLLIST>(call_list_parts);
const Layout var_string_layout = one_size<VARSTRING>(var_string_parts);
const Layout proxy_request_list_layout = one_size<LINEPROXYREQUESTLIST>(proxy_request_list_parts);
const Layout provider_list_layout = one_size<LINEPROVIDERLIST>(provider_list_parts);
const Layout country_list_layout = one_size<LINECOUNTRYLIST>(country_list_parts);
const Layout translate_caps_layout = one_size<LINETRANSLATECAPS>(translate_caps_parts);
const Layout translate_output_layout = one_size<LINETRANSLATEOUTPUT>(translate_output_parts);

const Layout phone_button_info_layout{36, 40, 40, 40, sizeof(PHONEBUTTONINFO), phone_button_info_parts};
const Layout phone_caps_layout{144, 144, 180, 196, sizeof(PHONECAPS), phone_caps_parts};
const Layout phone_status_layout{100, 100, 104, 104, sizeof(PHONESTATUS), phone_status_parts};

std::span<std::byte> Filling::append(std::size_t bytes, DWORD& size, DWORD& offset) {
  size = offset = 0;
  const std::size_t room = wire::padded(bytes);
  needed() += static_cast<DWORD>(room);
  const std::size_t begin = wire::padded(used());
  if (begin + bytes > capacity || needed() > capacity) return {};
  size = static_cast<DWORD>(bytes);
  offset = static_cast<DWORD>(begin);
  used() = static_cast<DWORD>(begin + bytes);
  return {at + begin, bytes};
}

void Filling::append_text(std::u16string_view text, DWORD& size, DWORD& offset) {
  size = offset = 0;
  if (text.empty()) return;
  const auto room = append((text.size() + 1) * sizeof(char16_t), size, offset);
  if (room.empty()) return;
  std::memcpy(room.data(), text.data(), text.size() * sizeof(char16_t));
  std::memset(room.data() + text.size() * sizeof(char16_t), 0, sizeof(char16_t));
}

bool check_filled(Filling& filling, const Layout& layout, DWORD version) {
  const DWORD fixed = layout.fixed(version);
  const DWORD total = load(filling.at, 0);
  DWORD& used = filling.used();
  if (used > total) return false;
  if (used < fixed) used = fixed;
  if (filling.needed() < used) filling.needed() = used;
  for (const Part& each : layout.parts) {
    if (each.offset_at + sizeof(DWORD) > fixed) continue; // a later version's
    const DWORD size = load(filling.at, each.size_at);
    if (size == 0 || fits(size, load(filling.at, each.offset_at), used)) continue;
    store(filling.at, each.size_at, 0);
    store(filling.at, each.offset_at, 0);
  }
  return true;
}

void keep_fixed_part(Filling& filling, const Layout& layout, DWORD version) {
  const DWORD fixed = layout.fixed(version);
  for (const Part& each : layout.parts) {
    if (each.offset_at + sizeof(DWORD) > fixed) continue;
    store(filling.at, each.size_at, 0);
    store(filling.at, each.offset_at, 0);
  }
  filling.used() = fixed;
}

std::optional<wire::Bytes> part(wire::Bytes structure, DWORD size, DWORD offset) {
  if (!fits(size, offset, structure.size())) return std::nullopt;
  return structure.subspan(offset, size);
}

void change_version(Filling& filling, const Layout& layout, DWORD version, DWORD provider_version) {
  const DWORD fixed = layout.fixed(version), from = layout.fixed(provider_version);
  if (from == fixed) return;
  const DWORD moved = fixed - from; // may wrap: so does what it is added to
  const DWORD behind = filling.used() - from; // check_filled: not negative
  std::memmove(filling.at + fixed, filling.at + from, behind);
  if (fixed > from) std::memset(filling.at + from, 0, fixed - from);
  filling.used() += moved;
  filling.needed() += moved;
  for (const Part& each : layout.parts) {
    if (each.offset_at + sizeof(DWORD) > std::min(fixed, from)) continue;
    const DWORD offset = load(filling.at, each.offset_at);
    if (offset >= from) {
      store(filling.at, each.offset_at, offset + moved);
    } else { // nothing there, or inside the fixed part, where no text can be
      store(filling.at, each.size_at, 0);
      store(filling.at, each.offset_at, 0);
    }
  }
}

Copied copy_structure(wire::Data data, const Layout& layout, DWORD app_version, DWORD provider_version,
                      LONG too_small, LONG invalid) {
  Copied copy;
  if (!data) return copy;
  const DWORD fixed = layout.fixed(app_version);
  if (data->size() < fixed) return {too_small, {}};
  const DWORD total = load(data->data(), 0);
  if (total < fixed) return {too_small, {}};
  if (total > data->size()) return {invalid, {}};
  const DWORD provider_fixed = layout.fixed(provider_version);
  const DWORD moved = provider_fixed > fixed ? provider_fixed - fixed : 0; // variable parts move up by this
  const std::size_t bytes = std::max<std::size_t>(std::size_t{total} + moved, layout.declared);
  copy.memory.resize((bytes + 7) / 8);
  auto* to = reinterpret_cast<std::byte*>(copy.memory.data());
  std::memcpy(to, data->data(), fixed);
  std::memcpy(to + fixed + moved, data->data() + fixed, total - fixed);
  store(to, 0, total + moved);
  for (const Part& each : layout.parts) {
    if (each.offset_at + sizeof(DWORD) > fixed) continue;
    const DWORD size = load(to, each.size_at);
    const DWORD offset = load(to, each.offset_at);
    if (size == 0) continue;
    if (offset < fixed || !fits(size, offset, total)) return {invalid, {}};
    store(to, each.offset_at, offset + moved);
  }
  return copy;
}

Copied copy_call_params(wire::Data data, DWORD app_version, DWORD provider_version) {
  return copy_structure(data, call_params_layout, app_version, provider_version, LINEERR_STRUCTURETOOSMALL,
                        LINEERR_INVALCALLPARAMS);
}

} // namespace tl::server
