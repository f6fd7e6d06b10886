// SPDX-License-Identifier: Apache-2.0
// lineProxyResponse [nf-tapi-lineproxyresponse]: sends the block of a LINE_PROXYREQUEST back and frees it.
#include "tapi32/call.hpp"
#include "tapi32/library.hpp"

using namespace tl::tapi32;

extern "C" LONG WINAPI lineProxyResponse(HLINE hLine, LPLINEPROXYREQUEST lpProxyRequest, DWORD dwResult) {
  const auto session = Library::instance().session();
  if (!session) return LINEERR_UNINITIALIZED;
  // The size is what was allocated: the handler may have written to dwSize.
  const std::uint32_t size = session->proxy_request_size(lpProxyRequest);
  if (size == 0) return LINEERR_INVALPOINTER;
  const LONG result = call<tl::wire::Fn::lineProxyResponse>(hLine, bytes_in(lpProxyRequest, size), dwResult);
  // A request that outlives its line is answered all the same, to be rid of it [line-proxyrequest]: the
  // server has failed it when the line was closed.
  const bool line_gone =
      result == LINEERR_INVALLINEHANDLE && session->proxy_request_line(lpProxyRequest) == hLine;
  if (result == 0 || line_gone) session->free_proxy_request(lpProxyRequest);
  return result;
}
