// SPDX-License-Identifier: Apache-2.0
// The one table of TAPI's flat structures: how long the fixed part is at each version, and where the variable
// parts are named: pairs of size and offset in the fixed part, and arrays whose entries hold such pairs
// again. Library and server check, convert and compact every structure by it (rebuild.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "tapi.h"

namespace tl::wire {

enum class Part : std::uint8_t {
  raw,            // bytes without meaning here, or numbers
  text,           // characters of the structure's form (zeros inside a list of strings are kept)
  slots,          // an array of fixed-size texts; `count_at` is where the size of one is kept
  entries,        // an array of structures, their offsets count from the outermost one; `count_at`: how many
  inline_entries, // the same, beginning at `at` itself, without a size and offset
};

struct Entry;

// `at` is the position of the size; the offset follows it.
struct Field {
  std::uint16_t at;
  Part part = Part::raw;
  std::uint16_t count_at = 0;
  const Entry* entry = nullptr;
};

struct Entry {
  std::uint32_t size; // as declared; older, shorter ones are recognised by their count
  std::span<const Field> fields;
  std::uint32_t size_old = size; // of the oldest version
};

struct Layout {
  // Bytes of the fixed part for applications and providers below 1.4, 2.0, 2.2 and at 2.2.
  std::uint32_t fixed_1_3, fixed_1_4, fixed_2_0, fixed_2_2;
  std::uint32_t declared;  // sizeof: the newest version's
  bool filled;             // dwTotalSize, dwNeededSize, dwUsedSize at its head; otherwise dwTotalSize alone
  std::uint16_t format_at; // position of dwStringFormat; 0: there is none
  std::span<const Field> fields; // by ascending position

  constexpr std::uint32_t fixed(DWORD version) const {
    if (version < 0x00010004) return fixed_1_3;
    if (version < 0x00020000) return fixed_1_4;
    return version < 0x00020002 ? fixed_2_0 : fixed_2_2;
  }
};

// The layout of a structure; nothing for those that cross the wire as they are.
template <class T> inline constexpr const Layout* layout_of = nullptr;

#define TL_LAYOUT(type, name)                                                                                \
  extern const Layout name;                                                                                  \
  template <> inline constexpr const Layout* layout_of<type> = &name;
TL_LAYOUT(LINEADDRESSCAPS, line_address_caps)
TL_LAYOUT(LINEADDRESSSTATUS, line_address_status)
TL_LAYOUT(LINEAGENTACTIVITYLIST, line_agent_activity_list)
TL_LAYOUT(LINEAGENTCAPS, line_agent_caps)
TL_LAYOUT(LINEAGENTGROUPLIST, line_agent_group_list)
TL_LAYOUT(LINEAGENTSTATUS, line_agent_status)
TL_LAYOUT(LINECALLINFO, line_call_info)
TL_LAYOUT(LINECALLLIST, line_call_list)
TL_LAYOUT(LINECALLPARAMS, line_call_params)
TL_LAYOUT(LINECALLSTATUS, line_call_status)
TL_LAYOUT(LINECOUNTRYLIST, line_country_list)
TL_LAYOUT(LINEDEVCAPS, line_dev_caps)
TL_LAYOUT(LINEDEVSTATUS, line_dev_status)
TL_LAYOUT(LINEFORWARDLIST, line_forward_list)
TL_LAYOUT(LINEPROVIDERLIST, line_provider_list)
TL_LAYOUT(LINEPROXYREQUESTLIST, line_proxy_request_list)
TL_LAYOUT(LINEQUEUELIST, line_queue_list)
TL_LAYOUT(LINETRANSLATECAPS, line_translate_caps)
TL_LAYOUT(LINETRANSLATEOUTPUT, line_translate_output)
TL_LAYOUT(PHONEBUTTONINFO, phone_button_info)
TL_LAYOUT(PHONECAPS, phone_caps)
TL_LAYOUT(PHONESTATUS, phone_status)
TL_LAYOUT(VARSTRING, var_string)
#undef TL_LAYOUT

// For tests: each of the above.
std::span<const Layout* const> all_layouts();

} // namespace tl::wire
