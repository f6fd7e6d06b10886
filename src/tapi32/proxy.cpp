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
  if (result == 0) session->free_proxy_request(lpProxyRequest);
  return result;
}
