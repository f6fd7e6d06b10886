// SPDX-License-Identifier: Apache-2.0
// lineClose, phoneClose and lineDeallocateCall: what was asked for before is not delivered any more
// [nf-tapi-lineclose]; a call's handle takes its digit buffer with it [nf-tapi-linedeallocatecall].
#include "tapi32/call.hpp"
#include "tapi32/library.hpp"

namespace {

using namespace tl::tapi32;
using tl::wire::Fn;

template <Fn F> LONG close(Owner::Kind kind, DWORD handle) {
  const auto session = Library::instance().session();
  const std::uint32_t last = session ? session->sequence() : 0;
  const LONG result = call<F>(handle);
  if (result == 0 && session) session->purge({kind, handle}, last);
  return result;
}

} // namespace

extern "C" {

LONG WINAPI lineClose(HLINE hLine) {
  return close<Fn::lineClose>(Owner::Kind::line, hLine);
}
LONG WINAPI phoneClose(HPHONE hPhone) {
  return close<Fn::phoneClose>(Owner::Kind::phone, hPhone);
}
LONG WINAPI lineDeallocateCall(HCALL hCall) {
  return close<Fn::lineDeallocateCall>(Owner::Kind::call, hCall);
}

} // extern "C"
