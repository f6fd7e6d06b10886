// SPDX-License-Identifier: Apache-2.0
// Who takes part in a connection and what its owner may do now (LINECALLSTATUS.dwCallFeatures).
#include "pbx/switch.hpp"

namespace tl::pbx {

Party Switch::identity(const Connection& connection) const {
  const Device& device = *connection.device;
  if (device.kind == DeviceKind::trunk) return connection.party;
  return {device.number, device.name == device.number ? "" : device.name};
}

bool Switch::can_make_call(const Device& device) const {
  return device.kind == DeviceKind::station && device.reachable && device.live() < device.calls_max &&
         live_calls_ < calls_max_;
}

// A consultation call needs a free appearance, and room on the leg of the call that waits.
bool Switch::can_consult(const Connection& connection) const {
  const Device& device = *connection.device;
  return device.kind == DeviceKind::station && connection.attachment != nullptr &&
         !connection.attachment->shared() && device.live() < device.calls_max && live_calls_ < calls_max_;
}

// Without a call to begin with: the conference and a consultation call.
bool Switch::can_set_up_conference(const Device& device) const {
  return can_make_call(device) && device.live() + 1 < device.calls_max && live_calls_ + 1 < calls_max_;
}

// LINEADDRESSSTATUS.dwAddressFeatures; without `now`, all that may ever be possible.
DWORD Switch::address_features(const Device& device, bool now) const {
  if (device.kind != DeviceKind::station) return 0;
  DWORD features = LINEADDRFEATURE_FORWARD | LINEADDRFEATURE_FORWARDFWD | LINEADDRFEATURE_FORWARDDND;
  if (!now || has_completions(device)) features |= LINEADDRFEATURE_UNCOMPLETECALL;
  if (now && !can_make_call(device)) return features;
  features |= LINEADDRFEATURE_MAKECALL | LINEADDRFEATURE_PICKUP | LINEADDRFEATURE_PICKUPDIRECT;
  if (has_pickup_groups()) features |= LINEADDRFEATURE_PICKUPGROUP;
  if (!now || can_set_up_conference(device)) features |= LINEADDRFEATURE_SETUPCONF;
  if (now ? has_parked() : has_orbits()) features |= LINEADDRFEATURE_UNPARK;
  return features;
}

namespace {

// A conference as a whole.
DWORD parent_features(const Connection& parent, bool can_consult, bool others_hear) {
  const DWORD listening = LINECALLFEATURE_GATHERDIGITS | LINECALLFEATURE_MONITORDIGITS |
                          LINECALLFEATURE_MONITORTONES | LINECALLFEATURE_MONITORMEDIA;
  const bool alone_on_leg = parent.attachment == nullptr || !parent.attachment->shared();
  const DWORD swap = alone_on_leg ? 0 : static_cast<DWORD>(LINECALLFEATURE_SWAPHOLD);
  if (parent.state == LINECALLSTATE_CONNECTED)
    return listening | swap | LINECALLFEATURE_HOLD |
           (others_hear ? LINECALLFEATURE_GENERATEDIGITS | LINECALLFEATURE_GENERATETONE : 0U) |
           (can_consult ? static_cast<DWORD>(LINECALLFEATURE_PREPAREADDCONF) : 0U);
  if (parent.attachment == nullptr) return 0; // it begins when its consultation call is answered
  return listening | swap | LINECALLFEATURE_ADDTOCONF | LINECALLFEATURE_UNHOLD;
}

DWORD talking_features(const Connection& connection, bool parks, bool can_consult) {
  DWORD features = LINECALLFEATURE_GATHERDIGITS | LINECALLFEATURE_MONITORDIGITS |
                   LINECALLFEATURE_MONITORTONES | LINECALLFEATURE_MONITORMEDIA;
  const Connection* const peer = connection.peer();
  const bool peer_on_leg = peer != nullptr && peer->attachment != nullptr && peer->attachment->answered;
  const bool peer_hears = peer != nullptr && peer->hears();
  switch (connection.device->kind) {
  case DeviceKind::station: {
    features |= LINECALLFEATURE_HOLD;
    if (peer_hears) features |= LINECALLFEATURE_BLINDTRANSFER;
    if (peer_on_leg) features |= LINECALLFEATURE_GENERATEDIGITS | LINECALLFEATURE_GENERATETONE;
    if (parks) features |= LINECALLFEATURE_PARK;
    const bool others = connection.device->live() > 1;
    if (others) features |= LINECALLFEATURE_SWAPHOLD;
    if (connection.conference != nullptr) {
      if (connection.conference->consultation == &connection) features |= LINECALLFEATURE_ADDTOCONF;
      break;
    }
    if (can_consult) features |= LINECALLFEATURE_SETUPTRANSFER | LINECALLFEATURE_SETUPCONF;
    if (others) features |= LINECALLFEATURE_COMPLETETRANSF | LINECALLFEATURE_ADDTOCONF;
    break;
  }
  case DeviceKind::queue:
    features |= LINECALLFEATURE_SETTREATMENT;
    if (peer_hears)
      features |= LINECALLFEATURE_BLINDTRANSFER | LINECALLFEATURE_REDIRECT | LINECALLFEATURE_GENERATEDIGITS |
                  LINECALLFEATURE_GENERATETONE;
    break;
  case DeviceKind::trunk: features |= LINECALLFEATURE_GENERATEDIGITS | LINECALLFEATURE_GENERATETONE; break;
  case DeviceKind::route_point: break;
  }
  return features;
}

} // namespace

DWORD Switch::features(const Connection& connection) const {
  DWORD always = LINECALLFEATURE_DROP | LINECALLFEATURE_SETCALLDATA | LINECALLFEATURE_SETCALLPARAMS;
  constexpr DWORD carries_user_info =
      LINECALLSTATE_CONNECTED | LINECALLSTATE_OFFERING | LINECALLSTATE_ACCEPTED | LINECALLSTATE_RINGBACK;
  if ((connection.state & carries_user_info) != 0 && can_send_user_info(connection))
    always |= LINECALLFEATURE_SENDUSERUSER;
  if (!connection.user_info.empty()) always |= LINECALLFEATURE_RELEASEUSERUSERINFO;
  if (completion_modes(connection) != 0) always |= LINECALLFEATURE_COMPLETECALL;
  if (connection.live() && connection.conference != nullptr && connection.conference->parent == &connection)
    return always | parent_features(connection, can_consult(connection), !sound_targets(connection).empty());
  switch (connection.state) {
  case LINECALLSTATE_IDLE: return 0;
  case LINECALLSTATE_DISCONNECTED: return LINECALLFEATURE_DROP;
  case LINECALLSTATE_DIALTONE: return always | LINECALLFEATURE_DIAL;
  case LINECALLSTATE_DIALING:
    return always | (connection.call->partial ? static_cast<DWORD>(LINECALLFEATURE_DIAL) : 0U);
  case LINECALLSTATE_OFFERING:
  case LINECALLSTATE_ACCEPTED: {
    DWORD features = always;
    if (connection.called && connection.peer() != nullptr) features |= LINECALLFEATURE_REDIRECT;
    if (connection.called && connection.state == LINECALLSTATE_OFFERING) features |= LINECALLFEATURE_ACCEPT;
    if (connection.device->kind == DeviceKind::station) features |= LINECALLFEATURE_ANSWER;
    return features;
  }
  case LINECALLSTATE_CONNECTED:
    return always | talking_features(connection, can_park(connection), can_consult(connection));
  case LINECALLSTATE_CONFERENCED: return always | LINECALLFEATURE_REMOVEFROMCONF;
  case LINECALLSTATE_ONHOLD:
  case LINECALLSTATE_ONHOLDPENDTRANSFER: {
    const bool others = connection.device->live() > 1;
    DWORD features = always | LINECALLFEATURE_UNHOLD | LINECALLFEATURE_MONITORDIGITS;
    if (others) features |= LINECALLFEATURE_SWAPHOLD;
    if (others && connection.conference == nullptr) features |= LINECALLFEATURE_COMPLETETRANSF;
    if (connection.state == LINECALLSTATE_ONHOLD && others) features |= LINECALLFEATURE_ADDTOCONF;
    return features;
  }
  case LINECALLSTATE_RINGBACK:
  case LINECALLSTATE_PROCEEDING:
    if (connection.conference != nullptr)
      return always | (connection.attachment != nullptr ? static_cast<DWORD>(LINECALLFEATURE_ADDTOCONF) : 0U);
    return always | (connection.related_id != 0 ? static_cast<DWORD>(LINECALLFEATURE_COMPLETETRANSF) : 0U);
  default: return always;
  }
}

DWORD Switch::features2(const Connection& connection) const {
  const DWORD now = features(connection);
  DWORD features = 0;
  if ((now & LINECALLFEATURE_SETUPTRANSFER) != 0) features |= LINECALLFEATURE2_ONESTEPTRANSFER;
  if ((now & (LINECALLFEATURE_SETUPCONF | LINECALLFEATURE_PREPAREADDCONF)) != 0)
    features |= LINECALLFEATURE2_NOHOLDCONFERENCE;
  if ((now & LINECALLFEATURE_PARK) != 0)
    features |= LINECALLFEATURE2_PARKDIRECT | LINECALLFEATURE2_PARKNONDIRECT;
  if ((completion_modes(connection) & LINECALLCOMPLMODE_CALLBACK) != 0)
    features |= LINECALLFEATURE2_COMPLCALLBACK;
  if ((completion_modes(connection) & LINECALLCOMPLMODE_INTRUDE) != 0)
    features |= LINECALLFEATURE2_COMPLINTRUDE;
  if ((now & LINECALLFEATURE_COMPLETETRANSF) != 0)
    features |= LINECALLFEATURE2_TRANSFERNORM | LINECALLFEATURE2_TRANSFERCONF;
  return features;
}

} // namespace tl::pbx
