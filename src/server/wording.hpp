// SPDX-License-Identifier: Apache-2.0
// A provider speaks one version for all applications of a line; each application hears the values that its
// own version knows [tapi-elements-by-version and the pages of the constants]: bits of a mask that came later
// are left out, a single value that came later becomes the nearest it knows.
#pragma once

#include "server/structures.hpp"

namespace tl::server::wording {

// Bits by the version that brought them; what 1.3 has is not here.
struct Later {
  DWORD since_1_4 = 0, since_2_0 = 0, since_2_1 = 0, since_2_2 = 0;

  constexpr DWORD than(DWORD version) const {
    return (version < version_1_4 ? since_1_4 : 0) | (version < version_2_0 ? since_2_0 : 0) |
           (version < version_2_1 ? since_2_1 : 0) | (version < version_2_2 ? since_2_2 : 0);
  }
  constexpr DWORD known(DWORD version, DWORD bits) const { return bits & ~than(version); }
};

inline constexpr Later line_states{.since_1_4 = LINEDEVSTATE_CAPSCHANGE | LINEDEVSTATE_CONFIGCHANGE |
                                                LINEDEVSTATE_TRANSLATECHANGE | LINEDEVSTATE_COMPLCANCEL |
                                                LINEDEVSTATE_REMOVED};
inline constexpr Later address_states{.since_1_4 = LINEADDRESSSTATE_CAPSCHANGE};
inline constexpr Later phone_states{.since_1_4 = PHONESTATE_CAPSCHANGE | PHONESTATE_REMOVED};
inline constexpr Later call_info_states{.since_2_0 = LINECALLINFOSTATE_TREATMENT | LINECALLINFOSTATE_QOS |
                                                     LINECALLINFOSTATE_CALLDATA};
inline constexpr Later media_modes{.since_1_4 = LINEMEDIAMODE_VOICEVIEW, .since_2_1 = LINEMEDIAMODE_VIDEO};
inline constexpr Later bearer_modes{.since_1_4 = LINEBEARERMODE_PASSTHROUGH,
                                    .since_2_0 = LINEBEARERMODE_RESTRICTEDDATA};
inline constexpr Later disconnect_modes{
    .since_1_4 = LINEDISCONNECTMODE_NODIALTONE,
    .since_2_0 = LINEDISCONNECTMODE_NUMBERCHANGED | LINEDISCONNECTMODE_OUTOFORDER |
                 LINEDISCONNECTMODE_TEMPFAILURE | LINEDISCONNECTMODE_QOSUNAVAIL | LINEDISCONNECTMODE_BLOCKED |
                 LINEDISCONNECTMODE_DONOTDISTURB | LINEDISCONNECTMODE_CANCELLED};

// The detail of a call state, LINE_CALLSTATE's dwParam2.
DWORD_PTR state_mode(DWORD version, DWORD state, DWORD_PTR mode);

// What a message about a call says to its holder; false: nothing that it knows.
bool adapt(DWORD version, DWORD message, DWORD_PTR& param1, DWORD_PTR& param2, DWORD_PTR& param3);

// Structures whose fixed part is that of `version` already.
void adapt(DWORD version, LINEADDRESSCAPS& caps);
void adapt(DWORD version, LINEADDRESSSTATUS& status);
void adapt(DWORD version, LINECALLINFO& info);
void adapt(DWORD version, LINECALLSTATUS& status);
void adapt(DWORD version, LINEDEVCAPS& caps);
void adapt(DWORD version, LINEDEVSTATUS& status);
void adapt(DWORD version, PHONECAPS& caps);

} // namespace tl::server::wording
