// SPDX-License-Identifier: Apache-2.0
// TSPI functions of features beside plain calls: park, pickup, forwarding, call completion, status of the
// line.
#include <algorithm>

#include "tsp/dispatch.hpp"

using namespace tl::tsp;

namespace {

bool has_address(Line& line, DWORD address) {
  return address < exports()->provider->num_addresses(line);
}

// A text inside a forward list, whose offsets count from the list; false when they lie.
bool text_in(const LINEFORWARDLIST& list, DWORD size, DWORD offset, std::string& out) {
  if (size == 0) return true;
  if (offset > list.dwTotalSize || size > list.dwTotalSize - offset) return false;
  std::u16string text(size / sizeof(char16_t), u'\0');
  __builtin_memcpy(text.data(), reinterpret_cast<const std::byte*>(&list) + offset,
                   text.size() * sizeof(char16_t));
  text.resize(std::min(text.find(u'\0'), text.size()));
  out = narrow(text.c_str());
  return true;
}

LONG read_forward_list(const LINEFORWARDLIST* list, std::vector<ForwardEntry>& out) {
  if (list == nullptr) return 0;
  constexpr DWORD head = offsetof(LINEFORWARDLIST, ForwardList);
  if (list->dwTotalSize < head || list->dwNumEntries > (list->dwTotalSize - head) / sizeof(LINEFORWARD))
    return LINEERR_STRUCTURETOOSMALL;
  for (DWORD i = 0; i < list->dwNumEntries; ++i) {
    const LINEFORWARD& from = list->ForwardList[i];
    ForwardEntry& to = out.emplace_back();
    to.mode = from.dwForwardMode;
    if (!text_in(*list, from.dwCallerAddressSize, from.dwCallerAddressOffset, to.caller) ||
        !text_in(*list, from.dwDestAddressSize, from.dwDestAddressOffset, to.destination))
      return LINEERR_INVALPARAM;
  }
  return 0;
}

} // namespace

LONG TSPIAPI TSPI_linePark(DRV_REQUESTID id, HDRVCALL handle, DWORD mode, LPCWSTR address,
                           LPVARSTRING chosen) {
  return request_on_call(id, handle, [&](Provider& provider, Request request, Call& call) {
    provider.park(std::move(request), call, mode, narrow(address), chosen);
  });
}

LONG TSPIAPI TSPI_lineUnpark(DRV_REQUESTID id, HDRVLINE handle, DWORD address_id, HTAPICALL server,
                             LPHDRVCALL out, LPCWSTR address) {
  return request_on_line(id, handle, [&](Provider& provider, Request request, Line& line) {
    if (!has_address(line, address_id)) return request.fail(LINEERR_INVALADDRESSID);
    provider.unpark(std::move(request), line, server, narrow(address), *out);
  });
}

LONG TSPIAPI TSPI_linePickup(DRV_REQUESTID id, HDRVLINE handle, DWORD address_id, HTAPICALL server,
                             LPHDRVCALL out, LPCWSTR address, LPCWSTR group) {
  return request_on_line(id, handle, [&](Provider& provider, Request request, Line& line) {
    if (!has_address(line, address_id)) return request.fail(LINEERR_INVALADDRESSID);
    const std::string from = narrow(address);
    const std::string of = narrow(group);
    provider.pickup(std::move(request), line, server, address != nullptr ? &from : nullptr,
                    group != nullptr ? &of : nullptr, *out);
  });
}

LONG TSPIAPI TSPI_lineForward(DRV_REQUESTID id, HDRVLINE handle, DWORD all, DWORD address,
                              LPLINEFORWARDLIST const list, DWORD rings, HTAPICALL, LPHDRVCALL consultation,
                              LPLINECALLPARAMS const) {
  return request_on_line(id, handle, [&](Provider& provider, Request request, Line& line) {
    if (all == 0 && !has_address(line, address)) return request.fail(LINEERR_INVALADDRESSID);
    std::vector<ForwardEntry> entries;
    if (const LONG error = read_forward_list(list, entries)) return request.fail(error);
    if (consultation != nullptr) *consultation = nullptr; // none is needed
    provider.forward(std::move(request), line, std::move(entries), rings);
  });
}

LONG TSPIAPI TSPI_lineSetLineDevStatus(DRV_REQUESTID id, HDRVLINE handle, DWORD flags, DWORD on) {
  return request_on_line(id, handle, [&](Provider& provider, Request request, Line& line) {
    provider.set_line_status(std::move(request), line, flags, on != 0);
  });
}

LONG TSPIAPI TSPI_lineCompleteCall(DRV_REQUESTID id, HDRVCALL handle, LPDWORD completion, DWORD mode,
                                   DWORD message) {
  return request_on_call(id, handle, [&](Provider& provider, Request request, Call& call) {
    if (completion == nullptr) return request.fail(LINEERR_INVALPOINTER);
    provider.complete_call(std::move(request), call, *completion, mode, message);
  });
}

LONG TSPIAPI TSPI_lineUncompleteCall(DRV_REQUESTID id, HDRVLINE handle, DWORD completion) {
  return request_on_line(id, handle, [&](Provider& provider, Request request, Line& line) {
    provider.uncomplete_call(std::move(request), line, completion);
  });
}

LONG TSPIAPI TSPI_lineSecureCall(DRV_REQUESTID id, HDRVCALL handle) {
  return request_on_call(id, handle, [&](Provider& provider, Request request, Call& call) {
    provider.secure(std::move(request), call);
  });
}

LONG TSPIAPI TSPI_lineSendUserUserInfo(DRV_REQUESTID id, HDRVCALL handle, LPCSTR info, DWORD size) {
  return request_on_call(id, handle, [&](Provider& provider, Request request, Call& call) {
    const auto* const data = reinterpret_cast<const std::byte*>(info);
    provider.send_user_info(std::move(request), call, {data, data != nullptr ? size : 0});
  });
}

LONG TSPIAPI TSPI_lineReleaseUserUserInfo(DRV_REQUESTID id, HDRVCALL handle) {
  return request_on_call(id, handle, [&](Provider& provider, Request request, Call& call) {
    provider.release_user_info(std::move(request), call);
  });
}

LONG TSPIAPI TSPI_lineSetCallParams(DRV_REQUESTID id, HDRVCALL handle, DWORD bearer_mode, DWORD rate_min,
                                    DWORD rate_max, LPLINEDIALPARAMS const) {
  return request_on_call(id, handle, [&](Provider& provider, Request request, Call& call) {
    provider.set_call_params(std::move(request), call, bearer_mode, rate_min, rate_max);
  });
}
