// SPDX-License-Identifier: Apache-2.0
// LINEDEVCAPS and LINEADDRESSCAPS.
#include "pbx/caps.hpp"

#include <cstring>
#include <vector>

namespace tl::pbx {
namespace {

constexpr DWORD line_states =
    LINEDEVSTATE_INSERVICE | LINEDEVSTATE_OUTOFSERVICE | LINEDEVSTATE_NUMCALLS | LINEDEVSTATE_CAPSCHANGE;
constexpr DWORD station_states =
    LINEDEVSTATE_RINGING | LINEDEVSTATE_MSGWAITON | LINEDEVSTATE_MSGWAITOFF | LINEDEVSTATE_COMPLCANCEL;
constexpr DWORD voice_rate = 64'000;
constexpr DWORD no_answer_max_s = 3600;

// FNV-1a: the same id for the same device after any reconfiguration.
std::uint64_t stable_hash(std::uint64_t seed, const Device& device) {
  std::uint64_t hash = seed;
  const auto mix = [&](std::string_view text) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  };
  mix(to_string(device.kind));
  mix(":");
  mix(device.number);
  return hash;
}

DWORD states_of(DeviceKind kind) {
  const DWORD ends =
      LINECALLSTATE_IDLE | LINECALLSTATE_DISCONNECTED | LINECALLSTATE_CONNECTED | LINECALLSTATE_OFFERING;
  switch (kind) {
  case DeviceKind::queue: return ends;
  case DeviceKind::route_point:
    return LINECALLSTATE_IDLE | LINECALLSTATE_DISCONNECTED | LINECALLSTATE_OFFERING | LINECALLSTATE_ACCEPTED;
  case DeviceKind::trunk:
    return ends | LINECALLSTATE_ACCEPTED | LINECALLSTATE_PROCEEDING | LINECALLSTATE_RINGBACK;
  case DeviceKind::station: break;
  }
  return ends | LINECALLSTATE_ACCEPTED | LINECALLSTATE_DIALTONE | LINECALLSTATE_DIALING |
         LINECALLSTATE_PROCEEDING | LINECALLSTATE_RINGBACK | LINECALLSTATE_BUSY | LINECALLSTATE_ONHOLD |
         LINECALLSTATE_ONHOLDPENDTRANSFER | LINECALLSTATE_ONHOLDPENDCONF | LINECALLSTATE_CONFERENCED;
}

DWORD features_of(DeviceKind kind) {
  const DWORD any = LINECALLFEATURE_DROP | LINECALLFEATURE_SETCALLDATA | LINECALLFEATURE_SETCALLPARAMS;
  const DWORD digits = LINECALLFEATURE_GATHERDIGITS | LINECALLFEATURE_MONITORDIGITS |
                       LINECALLFEATURE_GENERATEDIGITS | LINECALLFEATURE_GENERATETONE |
                       LINECALLFEATURE_MONITORTONES | LINECALLFEATURE_MONITORMEDIA;
  switch (kind) {
  case DeviceKind::queue:
    return any | digits | LINECALLFEATURE_SETTREATMENT | LINECALLFEATURE_BLINDTRANSFER |
           LINECALLFEATURE_REDIRECT;
  case DeviceKind::route_point: return any | LINECALLFEATURE_ACCEPT | LINECALLFEATURE_REDIRECT;
  case DeviceKind::trunk: return any | digits;
  case DeviceKind::station: break;
  }
  return any | digits | LINECALLFEATURE_ACCEPT | LINECALLFEATURE_ANSWER | LINECALLFEATURE_BLINDTRANSFER |
         LINECALLFEATURE_COMPLETETRANSF | LINECALLFEATURE_DIAL | LINECALLFEATURE_HOLD |
         LINECALLFEATURE_REDIRECT | LINECALLFEATURE_SETUPTRANSFER | LINECALLFEATURE_SWAPHOLD |
         LINECALLFEATURE_UNHOLD | LINECALLFEATURE_SENDUSERUSER | LINECALLFEATURE_RELEASEUSERUSERINFO |
         LINECALLFEATURE_SETUPCONF | LINECALLFEATURE_PREPAREADDCONF | LINECALLFEATURE_ADDTOCONF |
         LINECALLFEATURE_REMOVEFROMCONF | LINECALLFEATURE_COMPLETECALL;
}

DWORD flags_of(DeviceKind kind) {
  switch (kind) {
  case DeviceKind::queue: return LINEADDRCAPFLAGS_QUEUE;
  case DeviceKind::route_point: return LINEADDRCAPFLAGS_ROUTEPOINT;
  case DeviceKind::trunk: return LINEADDRCAPFLAGS_DIALED;
  case DeviceKind::station: break;
  }
  return LINEADDRCAPFLAGS_DIALED | LINEADDRCAPFLAGS_ORIGOFFHOOK | LINEADDRCAPFLAGS_AUTORECONNECT |
         LINEADDRCAPFLAGS_FWDNUMRINGS | LINEADDRCAPFLAGS_PARTIALDIAL | LINEADDRCAPFLAGS_TRANSFERHELD |
         LINEADDRCAPFLAGS_TRANSFERMAKE | LINEADDRCAPFLAGS_SETUPCONFNULL | LINEADDRCAPFLAGS_CONFDROP |
         LINEADDRCAPFLAGS_COMPLETIONID | LINEADDRCAPFLAGS_CONFERENCEHELD | LINEADDRCAPFLAGS_CONFERENCEMAKE;
}

void write_treatments(const Device& queue, tsp::StructWriter<LINEADDRESSCAPS>& out) {
  struct Named {
    DWORD id;
    const char* name;
  };
  static constexpr Named standard[] = {{LINECALLTREATMENT_SILENCE, "Silence"},
                                       {LINECALLTREATMENT_RINGBACK, "Ringback"},
                                       {LINECALLTREATMENT_BUSY, "Busy tone"},
                                       {LINECALLTREATMENT_MUSIC, "Music"}};
  std::vector<Named> all(std::begin(standard), std::end(standard));
  if (!queue.announcement.empty()) all.push_back({treatment_announcement, "Announcement"});
  std::vector<LINECALLTREATMENTENTRY> entries;
  for (const Named& one : all) {
    const tsp::StructTail::Place name = out.tail().text(one.name);
    entries.push_back({one.id, name.size, name.offset});
  }
  out->dwNumCallTreatments = static_cast<DWORD>(entries.size());
  out.bytes(&LINEADDRESSCAPS::dwCallTreatmentListSize, &LINEADDRESSCAPS::dwCallTreatmentListOffset,
            entries.data(), entries.size() * sizeof(LINECALLTREATMENTENTRY));
}

} // namespace

void fill_dev_caps(const Device& device, tsp::StructWriter<LINEDEVCAPS>& out) {
  const std::uint64_t id = stable_hash(0xCBF29CE484222325ULL, device);
  const std::uint64_t more = stable_hash(id, device);
  out->dwPermanentLineID = static_cast<DWORD>(id ^ (id >> 32));
  out->dwStringFormat = STRINGFORMAT_UNICODE;
  out->dwAddressModes = LINEADDRESSMODE_ADDRESSID;
  out->dwNumAddresses = 1;
  out->dwBearerModes = LINEBEARERMODE_VOICE;
  out->dwMaxRate = voice_rate;
  out->dwMediaModes = LINEMEDIAMODE_INTERACTIVEVOICE;
  if (device.kind != DeviceKind::route_point) {
    out->dwGenerateDigitModes = LINEDIGITMODE_DTMF;
    out->dwMonitorDigitModes = LINEDIGITMODE_DTMF;
    out->dwGenerateToneModes = LINETONEMODE_CUSTOM | LINETONEMODE_RINGBACK | LINETONEMODE_BUSY |
                               LINETONEMODE_BEEP | LINETONEMODE_BILLING;
    out->dwGenerateToneMaxNumFreq = generated_frequencies_max;
    out->dwMonitorToneMaxNumFreq = 3;
    out->dwMonitorToneMaxNumEntries = monitored_tones_max;
    out->dwGatherDigitsMinTimeout = 1;
    out->dwGatherDigitsMaxTimeout = gather_timeout_max_ms;
  }
  out->dwMaxNumActiveCalls = device.calls_max;
  out->dwAnswerMode = LINEANSWERMODE_NONE;
  out->dwLineStates = line_states;
  if (device.kind == DeviceKind::station) {
    out->dwLineStates |= station_states;
    out->dwRingModes = 1;
    out->dwUUISendUserUserInfoSize = out->dwUUICallInfoSize = user_info_bytes_max;
    out->dwSettableDevStatus = LINEDEVSTATUSFLAGS_MSGWAIT;
    out->dwLineFeatures = LINEFEATURE_MAKECALL | LINEFEATURE_FORWARD | LINEFEATURE_FORWARDFWD |
                          LINEFEATURE_FORWARDDND | LINEFEATURE_SETDEVSTATUS;
  }
  if (device.has_legs()) out->dwLineFeatures |= LINEFEATURE_DEVSPECIFIC;
  std::memcpy(&out->PermanentLineGuid, &id, sizeof(id));
  std::memcpy(reinterpret_cast<char*>(&out->PermanentLineGuid) + sizeof(id), &more, sizeof(more));
  // The name first: it is what a short buffer should hold.
  out.text(&LINEDEVCAPS::dwLineNameSize, &LINEDEVCAPS::dwLineNameOffset, device.name);
  // The class of the device, for applications that list "the stations".
  const char* const kind = to_string(device.kind);
  out.bytes(&LINEDEVCAPS::dwDevSpecificSize, &LINEDEVCAPS::dwDevSpecificOffset, kind, std::strlen(kind) + 1);
  out.text(&LINEDEVCAPS::dwProviderInfoSize, &LINEDEVCAPS::dwProviderInfoOffset,
           "Trunkline PBX service provider");
  out.text(&LINEDEVCAPS::dwSwitchInfoSize, &LINEDEVCAPS::dwSwitchInfoOffset, "Trunkline");
}

void fill_address_caps(const Switch& pbx, const Device& device, tsp::StructWriter<LINEADDRESSCAPS>& out) {
  constexpr DWORD party = LINECALLPARTYID_ADDRESS | LINECALLPARTYID_NAME | LINECALLPARTYID_UNAVAIL;
  out->dwAddressSharing = LINEADDRESSSHARING_PRIVATE;
  out->dwAddressStates = LINEADDRESSSTATE_NUMCALLS | LINEADDRESSSTATE_INUSEZERO | LINEADDRESSSTATE_INUSEONE;
  out->dwCallInfoStates = LINECALLINFOSTATE_APPSPECIFIC | LINECALLINFOSTATE_CALLID |
                          LINECALLINFOSTATE_REASON | LINECALLINFOSTATE_CALLERID | LINECALLINFOSTATE_CALLEDID |
                          LINECALLINFOSTATE_CONNECTEDID | LINECALLINFOSTATE_REDIRECTIONID |
                          LINECALLINFOSTATE_REDIRECTINGID | LINECALLINFOSTATE_CALLDATA;
  out->dwCallerIDFlags = out->dwConnectedIDFlags = party;
  out->dwCalledIDFlags = out->dwRedirectionIDFlags = out->dwRedirectingIDFlags =
      LINECALLPARTYID_ADDRESS | LINECALLPARTYID_UNAVAIL;
  out->dwCallStates = states_of(device.kind);
  if (device.kind == DeviceKind::station) {
    out->dwDialToneModes = LINEDIALTONEMODE_INTERNAL;
    out->dwBusyModes = LINEBUSYMODE_STATION;
    out->dwMaxCallCompletions = call_completions_max;
    out->dwCallCompletionConds = LINECALLCOMPLCOND_BUSY | LINECALLCOMPLCOND_NOANSWER;
    out->dwCallCompletionModes = LINECALLCOMPLMODE_CALLBACK | LINECALLCOMPLMODE_INTRUDE;
  }
  out->dwDisconnectModes = LINEDISCONNECTMODE_NORMAL | LINEDISCONNECTMODE_BUSY | LINEDISCONNECTMODE_NOANSWER |
                           LINEDISCONNECTMODE_REJECT | LINEDISCONNECTMODE_UNREACHABLE |
                           LINEDISCONNECTMODE_BADADDRESS | LINEDISCONNECTMODE_CONGESTION |
                           LINEDISCONNECTMODE_CANCELLED | LINEDISCONNECTMODE_TEMPFAILURE |
                           LINEDISCONNECTMODE_DONOTDISTURB;
  out->dwMaxNumActiveCalls = device.calls_max;
  out->dwAddrCapFlags = flags_of(device.kind);
  out->dwCallFeatures = features_of(device.kind);
  out->dwMaxCallDataSize = call_data_bytes_max;
  out->dwConnectedModes = LINECONNECTEDMODE_ACTIVE;
  out->dwOfferingModes = LINEOFFERINGMODE_ACTIVE;
  out->dwAvailableMediaModes = LINEMEDIAMODE_INTERACTIVEVOICE;
  if (device.kind == DeviceKind::station) {
    out->dwMaxNumOnHoldCalls = out->dwMaxNumOnHoldPendingCalls = device.calls_max;
    out->dwTransferModes = LINETRANSFERMODE_TRANSFER | LINETRANSFERMODE_CONFERENCE;
    out->dwMaxNumConference = out->dwMaxNumTransConf = conference_parties_max;
    out->dwRemoveFromConfCaps = LINEREMOVEFROMCONF_ANY;
    out->dwRemoveFromConfState = LINECALLSTATE_IDLE;
    out->dwAddressFeatures = pbx.address_features(device, false);
    out->dwCallFeatures2 = LINECALLFEATURE2_ONESTEPTRANSFER | LINECALLFEATURE2_TRANSFERNORM |
                           LINECALLFEATURE2_TRANSFERCONF | LINECALLFEATURE2_NOHOLDCONFERENCE |
                           LINECALLFEATURE2_COMPLCALLBACK | LINECALLFEATURE2_COMPLINTRUDE;
    if (pbx.has_orbits()) {
      out->dwParkModes = LINEPARKMODE_DIRECTED | LINEPARKMODE_NONDIRECTED;
      out->dwCallFeatures |= LINECALLFEATURE_PARK;
      out->dwCallFeatures2 |= LINECALLFEATURE2_PARKDIRECT | LINECALLFEATURE2_PARKNONDIRECT;
    }
    out->dwMaxNoAnswerTimeout = no_answer_max_s;
    out->dwAddressStates |= LINEADDRESSSTATE_FORWARD;
    out->dwCallInfoStates |= LINECALLINFOSTATE_USERUSERINFO;
    out->dwForwardModes = 0xFFFF; // every documented one, but for the two that only report
    out->dwMaxForwardEntries = out->dwMaxSpecificEntries = forward_entries_max;
    out->dwMinFwdNumRings = forward_rings_min;
    out->dwMaxFwdNumRings = forward_rings_max;
  }
  out.text(&LINEADDRESSCAPS::dwAddressSize, &LINEADDRESSCAPS::dwAddressOffset, device.number);
  if (device.kind == DeviceKind::queue) {
    out->dwCallInfoStates |= LINECALLINFOSTATE_TREATMENT;
    write_treatments(device, out);
  }
}

} // namespace tl::pbx
