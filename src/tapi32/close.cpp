// SPDX-License-Identifier: Apache-2.0
// lineClose and phoneClose: replies of the device that still wait are not delivered [nf-tapi-lineclose].
#include "tapi32/call.hpp"
#include "tapi32/library.hpp"

namespace {

using namespace tl::tapi32;

template <tl::wire::Fn F> LONG close(DWORD device) {
  const auto session = Library::instance().session();
  const LONG result = call<F>(device);
  if (result == 0 && session) session->purge(tl::wire::family(F), device);
  return result;
}

} // namespace

extern "C" {

LONG WINAPI lineClose(HLINE hLine) {
  return close<tl::wire::Fn::lineClose>(hLine);
}
LONG WINAPI phoneClose(HPHONE hPhone) {
  return close<tl::wire::Fn::phoneClose>(hPhone);
}

} // extern "C"
