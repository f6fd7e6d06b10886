// SPDX-License-Identifier: Apache-2.0
// TSPI functions about conferences.
#include "tsp/dispatch.hpp"

using namespace tl::tsp;

LONG TSPIAPI TSPI_lineSetupConference(DRV_REQUESTID id, HDRVCALL first_handle, HDRVLINE line_handle,
                                      HTAPICALL conference_server, LPHDRVCALL conference,
                                      HTAPICALL consult_server, LPHDRVCALL consult, DWORD parties,
                                      LPLINECALLPARAMS const parameters) {
  const auto begin = [&](Provider& provider, Request request, Line& line, Call* first) {
    provider.setup_conference(std::move(request), line, first, parties, call_options(parameters),
                              conference_server, *conference, consult_server, *consult);
  };
  if (first_handle == nullptr)
    return request_on_line(id, line_handle, [&](Provider& provider, Request request, Line& line) {
      begin(provider, std::move(request), line, nullptr);
    });
  return request_on_call(id, first_handle, [&](Provider& provider, Request request, Call& first) {
    begin(provider, std::move(request), *first.line, &first);
  });
}

LONG TSPIAPI TSPI_linePrepareAddToConference(DRV_REQUESTID id, HDRVCALL handle, HTAPICALL server,
                                             LPHDRVCALL consult, LPLINECALLPARAMS const parameters) {
  return request_on_call(id, handle, [&](Provider& provider, Request request, Call& conference) {
    provider.prepare_add_to_conference(std::move(request), conference, server, call_options(parameters),
                                       *consult);
  });
}

LONG TSPIAPI TSPI_lineAddToConference(DRV_REQUESTID id, HDRVCALL handle, HDRVCALL added_handle) {
  return request_on_call(id, handle, [&](Provider& provider, Request request, Call& conference) {
    Call* const added = exports()->call(added_handle);
    if (added == nullptr) return request.fail(LINEERR_INVALCALLHANDLE);
    provider.add_to_conference(std::move(request), conference, *added);
  });
}

LONG TSPIAPI TSPI_lineRemoveFromConference(DRV_REQUESTID id, HDRVCALL handle) {
  return request_on_call(id, handle, [&](Provider& provider, Request request, Call& member) {
    provider.remove_from_conference(std::move(request), member);
  });
}
