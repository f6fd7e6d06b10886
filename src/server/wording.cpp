// SPDX-License-Identifier: Apache-2.0
#include "server/wording.hpp"

namespace tl::server::wording {
namespace {

constexpr Later address_cap_flags{
    .since_2_0 = LINEADDRCAPFLAGS_PREDICTIVEDIALER | LINEADDRCAPFLAGS_QUEUE | LINEADDRCAPFLAGS_ROUTEPOINT |
                 LINEADDRCAPFLAGS_HOLDMAKESNEW | LINEADDRCAPFLAGS_NOINTERNALCALLS |
                 LINEADDRCAPFLAGS_NOEXTERNALCALLS | LINEADDRCAPFLAGS_SETCALLINGID,
    .since_2_2 = LINEADDRCAPFLAGS_ACDGROUP};
constexpr Later address_features{.since_2_0 = LINEADDRFEATURE_PICKUPHELD | LINEADDRFEATURE_PICKUPGROUP |
                                              LINEADDRFEATURE_PICKUPDIRECT | LINEADDRFEATURE_PICKUPWAITING |
                                              LINEADDRFEATURE_FORWARDFWD | LINEADDRFEATURE_FORWARDDND};
constexpr Later call_features{.since_1_4 = LINECALLFEATURE_RELEASEUSERUSERINFO,
                              .since_2_0 = LINECALLFEATURE_SETTREATMENT | LINECALLFEATURE_SETQOS |
                                           LINECALLFEATURE_SETCALLDATA};
constexpr Later call_origins{.since_1_4 = LINECALLORIGIN_INBOUND};
constexpr Later call_param_flags{.since_2_0 = LINECALLPARAMFLAGS_NOHOLDCONFERENCE |
                                              LINECALLPARAMFLAGS_PREDICTIVEDIAL |
                                              LINECALLPARAMFLAGS_ONESTEPTRANSFER};
constexpr Later call_reasons{.since_1_4 = LINECALLREASON_INTRUDE | LINECALLREASON_PARKED,
                             .since_2_0 = LINECALLREASON_CAMPEDON | LINECALLREASON_ROUTEREQUEST};
constexpr Later forward_modes{.since_1_4 = DWORD{LINEFORWARDMODE_UNKNOWN} | LINEFORWARDMODE_UNAVAIL};
constexpr Later line_features{.since_2_0 =
                                  LINEFEATURE_SETDEVSTATUS | LINEFEATURE_FORWARDFWD | LINEFEATURE_FORWARDDND};

DWORD one(const Later& later, DWORD version, DWORD value, DWORD instead) {
  return value & later.than(version) ? instead : value;
}

void leave(const Later& later, DWORD version, DWORD& mask) {
  mask = later.known(version, mask);
}

DWORD connected_mode(DWORD version, DWORD mode) {
  if (version < version_1_4) return 0;
  if (version >= version_2_0) return mode;
  switch (mode) {
  case LINECONNECTEDMODE_ACTIVEHELD:
  case LINECONNECTEDMODE_CONFIRMED: return LINECONNECTEDMODE_ACTIVE;
  case LINECONNECTEDMODE_INACTIVEHELD: return LINECONNECTEDMODE_INACTIVE;
  default: return mode;
  }
}

} // namespace

DWORD_PTR state_mode(DWORD version, DWORD state, DWORD_PTR mode) {
  if (version >= version_2_0) return mode;
  switch (state) {
  case LINECALLSTATE_CONNECTED: return connected_mode(version, static_cast<DWORD>(mode));
  case LINECALLSTATE_OFFERING: return version < version_1_4 ? 0 : mode;
  case LINECALLSTATE_DISCONNECTED:
    return one(disconnect_modes, version, static_cast<DWORD>(mode), LINEDISCONNECTMODE_UNKNOWN);
  default: return mode;
  }
}

bool adapt(DWORD version, DWORD message, DWORD_PTR& param1, DWORD_PTR& param2, DWORD_PTR& param3) {
  if (version >= version_2_2) return true;
  switch (message) {
  case LINE_CALLSTATE: param2 = state_mode(version, static_cast<DWORD>(param1), param2); return true;
  case LINE_CALLINFO:
    param1 = call_info_states.known(version, static_cast<DWORD>(param1));
    return param1 != 0;
  case LINE_MONITORDIGITS: // the time came with 2.0 [media-event-timers]
  case LINE_MONITORMEDIA:
  case LINE_MONITORTONE:
  case LINE_GENERATE:
    if (version < version_2_0) param3 = 0;
    return true;
  default: return true;
  }
}

void adapt(DWORD version, LINEADDRESSCAPS& caps) {
  leave(address_states, version, caps.dwAddressStates);
  leave(call_info_states, version, caps.dwCallInfoStates);
  leave(disconnect_modes, version, caps.dwDisconnectModes);
  leave(address_cap_flags, version, caps.dwAddrCapFlags);
  leave(call_features, version, caps.dwCallFeatures);
  leave(forward_modes, version, caps.dwForwardModes);
  if (version >= version_1_4) leave(address_features, version, caps.dwAddressFeatures);
  if (version >= version_2_0) leave(media_modes, version, caps.dwAvailableMediaModes);
}

void adapt(DWORD version, LINEADDRESSSTATUS& status) {
  leave(address_features, version, status.dwAddressFeatures);
}

void adapt(DWORD version, LINECALLINFO& info) {
  info.dwBearerMode = one(bearer_modes, version, info.dwBearerMode, LINEBEARERMODE_VOICE);
  const DWORD media = media_modes.known(version, info.dwMediaMode);
  info.dwMediaMode = media == 0 && info.dwMediaMode != 0 ? LINEMEDIAMODE_UNKNOWN : media;
  leave(call_param_flags, version, info.dwCallParamFlags);
  info.dwOrigin = one(call_origins, version, info.dwOrigin, LINECALLORIGIN_UNAVAIL);
  info.dwReason = one(call_reasons, version, info.dwReason, LINECALLREASON_UNAVAIL);
}

void adapt(DWORD version, LINECALLSTATUS& status) {
  status.dwCallStateMode =
      static_cast<DWORD>(state_mode(version, status.dwCallState, status.dwCallStateMode));
  leave(call_features, version, status.dwCallFeatures);
}

void adapt(DWORD version, LINEDEVCAPS& caps) {
  leave(bearer_modes, version, caps.dwBearerModes);
  leave(media_modes, version, caps.dwMediaModes);
  leave(line_states, version, caps.dwLineStates);
  if (version >= version_1_4) leave(line_features, version, caps.dwLineFeatures);
}

void adapt(DWORD version, LINEDEVSTATUS& status) {
  leave(media_modes, version, status.dwOpenMediaModes);
  leave(line_features, version, status.dwLineFeatures);
  if (version >= version_2_0) leave(media_modes, version, status.dwAvailableMediaModes);
}

void adapt(DWORD version, PHONECAPS& caps) {
  leave(phone_states, version, caps.dwPhoneStates);
}

} // namespace tl::server::wording
