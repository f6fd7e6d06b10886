// SPDX-License-Identifier: Apache-2.0
#include "pbx/state.hpp"

namespace tl::pbx {
namespace {

constexpr DWORD no = 0;     // not possible
constexpr DWORD same = ~0U; // possible, changes nothing

constexpr std::size_t events = 13;
struct Row {
  DWORD state;
  DWORD after[events];
};

constexpr DWORD dialing = LINECALLSTATE_DIALING;
constexpr DWORD proceeding = LINECALLSTATE_PROCEEDING;
constexpr DWORD busy = LINECALLSTATE_BUSY;
constexpr DWORD ringback = LINECALLSTATE_RINGBACK;
constexpr DWORD accepted = LINECALLSTATE_ACCEPTED;
constexpr DWORD connected = LINECALLSTATE_CONNECTED;
constexpr DWORD held = LINECALLSTATE_ONHOLD;
constexpr DWORD pending = LINECALLSTATE_ONHOLDPENDTRANSFER;
constexpr DWORD pend_conf = LINECALLSTATE_ONHOLDPENDCONF;
constexpr DWORD member = LINECALLSTATE_CONFERENCED;
constexpr DWORD gone = LINECALLSTATE_DISCONNECTED;
constexpr DWORD idle = LINECALLSTATE_IDLE;

// clang-format off
// Every event in every state a connection can have.
constexpr Row rows[] = {
//                               collect  proceed     find_busy far_alerts accept    connect    hold  hold_f_tr hold_f_conf confer  retrieve   far_leaves leave
  {LINECALLSTATE_DIALTONE,      {dialing, proceeding, no,       no,        no,       no,        no,   no,       no,         no,     no,        gone,      idle}},
  {LINECALLSTATE_DIALING,       {same,    proceeding, no,       no,        no,       no,        no,   no,       no,         no,     no,        gone,      idle}},
  {LINECALLSTATE_PROCEEDING,    {no,      same,       busy,     ringback,  no,       connected, no,   no,       no,         member, no,        gone,      idle}},
  {LINECALLSTATE_RINGBACK,      {no,      same,       busy,     same,      no,       connected, no,   no,       no,         member, no,        gone,      idle}},
  {LINECALLSTATE_BUSY,          {no,      no,         same,     no,        no,       connected, no,   no,       no,         no,     no,        gone,      idle}},
  {LINECALLSTATE_OFFERING,      {no,      no,         no,       accepted,  accepted, connected, no,   no,       no,         no,     no,        gone,      idle}},
  {LINECALLSTATE_ACCEPTED,      {no,      no,         no,       same,      same,     connected, no,   no,       no,         no,     no,        gone,      idle}},
  {LINECALLSTATE_CONNECTED,     {no,      no,         no,       same,      no,       same,      held, pending,  pend_conf,  member, no,        gone,      idle}},
  {LINECALLSTATE_ONHOLD,        {no,      no,         no,       same,      no,       same,      no,   no,       no,         member, connected, gone,      idle}},
  {LINECALLSTATE_ONHOLDPENDTRANSFER,
                                {no,      no,         no,       same,      no,       same,      no,   no,       no,         member, connected, gone,      idle}},
  {LINECALLSTATE_ONHOLDPENDCONF,{no,      no,         no,       same,      no,       same,      held, no,       same,       no,     connected, gone,      idle}},
  // `proceed` and `hold`: the conference dissolves while its last member's far end rings, or while it is held.
  {LINECALLSTATE_CONFERENCED,   {no,      proceeding, no,       same,      no,       same,      held, no,       no,         same,   connected, gone,      idle}},
  {LINECALLSTATE_DISCONNECTED,  {no,      no,         no,       no,        no,       no,        no,   no,       no,         no,     no,        no,        idle}},
  {LINECALLSTATE_IDLE,          {no,      no,         no,       no,        no,       no,        no,   no,       no,         no,     no,        no,        no}},
};
// clang-format on

} // namespace

std::optional<DWORD> next_state(DWORD state, Event event) {
  for (const Row& row : rows) {
    if (row.state != state) continue;
    const DWORD after = row.after[static_cast<std::size_t>(event)];
    if (after == no) return std::nullopt;
    return after == same ? state : after;
  }
  return std::nullopt;
}

DWORD disconnect_mode(Cause cause) {
  switch (cause) {
  case Cause::normal: return LINEDISCONNECTMODE_NORMAL;
  case Cause::busy: return LINEDISCONNECTMODE_BUSY;
  case Cause::no_answer: return LINEDISCONNECTMODE_NOANSWER;
  case Cause::rejected: return LINEDISCONNECTMODE_REJECT;
  case Cause::unreachable: return LINEDISCONNECTMODE_UNREACHABLE;
  case Cause::bad_address: return LINEDISCONNECTMODE_BADADDRESS;
  case Cause::congestion: return LINEDISCONNECTMODE_CONGESTION;
  case Cause::cancelled: return LINEDISCONNECTMODE_CANCELLED;
  case Cause::failed: return LINEDISCONNECTMODE_TEMPFAILURE;
  }
  return LINEDISCONNECTMODE_UNKNOWN;
}

DWORD forward_reason(Cause cause) {
  switch (cause) {
  case Cause::busy:
  case Cause::rejected: return LINECALLREASON_FWDBUSY;
  case Cause::no_answer: return LINECALLREASON_FWDNOANSWER;
  case Cause::normal:
  case Cause::unreachable:
  case Cause::bad_address:
  case Cause::congestion:
  case Cause::cancelled:
  case Cause::failed: break;
  }
  return LINECALLREASON_FWDUNCOND;
}

} // namespace tl::pbx
