// SPDX-License-Identifier: Apache-2.0
#include "tapi32/encode.hpp"

#include <algorithm>
#include <cstring>
#include <string>

#include "base/text.hpp"
#include "tapi32/codes.hpp"
#include "wire/frame.hpp"
#include "wire/rebuild.hpp"

namespace tl::tapi32 {
namespace {

constexpr std::uint32_t head_size = 12; // dwTotalSize, dwNeededSize, dwUsedSize

std::uint32_t total_size(const void* structure) {
  std::uint32_t total;
  std::memcpy(&total, structure, sizeof total);
  return total;
}

// What the pages call a LINECALLPARAMS or another structure whose contents cannot be.
LONG malformed_code(wire::Fn fn, const wire::Layout* layout) {
  return layout == &wire::line_call_params ? LINEERR_INVALCALLPARAMS : codes(fn).invalid_param;
}

void write_text(wire::FrameWriter& frame, const Item& item) {
  if (!item.in) return frame.text(std::nullopt);
  if (item.form == Form::narrow) return frame.text(to_utf16(static_cast<const char*>(item.in)));
  frame.text(std::u16string_view{static_cast<const char16_t*>(item.in)});
}

LONG write_structure(wire::Fn fn, wire::FrameWriter& frame, const Item& item, DWORD version) {
  const std::uint32_t total = total_size(item.in);
  const auto* const first = static_cast<const std::byte*>(item.in);
  if (!item.layout) {
    if (total > wire::frame_size_max_bytes) return codes(fn).invalid_param;
    frame.data(wire::Bytes{first, total});
    return 0;
  }
  if (total < item.layout->fixed_1_3) return codes(fn).too_small;
  const wire::Bytes source{first, std::min<std::size_t>(total, wire::structure_size_max_bytes)};
  thread_local wire::Buffer rebuilt;
  wire::Rebuilding how{.turn = item.form == Form::narrow ? wire::Turn::to_wide : wire::Turn::none};
  if (version != 0) how.version = version;
  if (wire::rebuild(*item.layout, source, rebuilt, how) == 0) return malformed_code(fn, item.layout);
  frame.data(wire::Bytes{rebuilt});
  return 0;
}

LONG write_data(wire::Fn fn, wire::FrameWriter& frame, const Item& item, DWORD version) {
  if (!item.in) {
    if (!item.structure && item.value != 0) return codes(fn).invalid_pointer; // bytes that are not there
    frame.data(std::nullopt);
    return 0;
  }
  if (item.structure) return write_structure(fn, frame, item, version);
  if (item.value > wire::frame_size_max_bytes) return codes(fn).invalid_param;
  frame.data(wire::Bytes{static_cast<const std::byte*>(item.in), static_cast<std::size_t>(item.value)});
  return 0;
}

Target target_of(const Item& item) {
  Target target{item.kind, item.form, item.structure, item.out, 0, item.layout};
  if (item.structure)
    target.size = item.out ? total_size(item.out) : 0;
  else
    target.size = static_cast<std::uint32_t>(std::min<std::uint64_t>(item.value, wire::frame_size_max_bytes));
  return target;
}

} // namespace

LONG collect_targets(wire::Fn fn, std::span<const Item> items, std::vector<Target>& targets) {
  for (const Item& item : items) {
    switch (item.kind) {
    case wire::Kind::data_out:
    case wire::Kind::dword_out:
      if (!item.out && !item.optional) return codes(fn).invalid_pointer;
      break;
    case wire::Kind::data_inout: break; // NULL: no parameter block
    default: continue;
    }
    targets.push_back(target_of(item));
    if (item.structure && item.out && targets.back().size < head_size) return codes(fn).too_small;
  }
  return 0;
}

LONG encode_request(wire::Fn fn, std::uint32_t sequence, std::span<const Item> items, DWORD version,
                    std::uint32_t capacity_min, wire::Buffer& request) {
  wire::FrameWriter frame{request, wire::FrameKind::request, static_cast<std::uint16_t>(fn), sequence};
  for (const Item& item : items) {
    switch (item.kind) {
    case wire::Kind::dword: frame.dword(static_cast<std::uint32_t>(item.value)); break;
    case wire::Kind::qword: frame.qword(item.value); break;
    case wire::Kind::text: write_text(frame, item); break;
    case wire::Kind::data:
    case wire::Kind::data_inout:
      if (const LONG bad = write_data(fn, frame, item, version); bad != 0) return bad;
      break;
    case wire::Kind::data_out: {
      const std::uint32_t capacity = capacity_for(target_of(item));
      frame.dword(item.structure ? std::max(capacity, capacity_min) : capacity);
      break;
    }
    case wire::Kind::dword_out: break;
    }
  }
  return frame.finish() ? 0 : codes(fn).invalid_param;
}

} // namespace tl::tapi32
