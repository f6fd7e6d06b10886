// SPDX-License-Identifier: Apache-2.0
// The functions of trunkline/msp.h.
#include "trunkline/msp.h"

#include "tapi32/call.hpp"
#include "tapi32/library.hpp"

using namespace tl::tapi32;
using tl::wire::Fn;

extern "C" {

LONG WINAPI trunkline_lineMSPIdentify(DWORD dwDeviceID, GUID* pCLSID) {
  if (!pCLSID) return LINEERR_INVALPOINTER;
  return call<Fn::mspIdentify>(dwDeviceID, bytes_out(pCLSID, sizeof *pCLSID));
}

LONG WINAPI trunkline_lineCreateMSPInstance(HLINE hLine, DWORD dwAddressID,
                                            TRUNKLINE_MSPCALLBACK lpfnCallback, void* pContext,
                                            HMSPLINE* phMSPLine) {
  if (!lpfnCallback || !phMSPLine) return LINEERR_INVALPOINTER;
  const auto session = Library::instance().session();
  if (!session) return LINEERR_UNINITIALIZED;
  session->msps().begin_create();
  HMSPLINE made = 0;
  const LONG result =
      session->perform(Fn::mspCreate, items<Fn::mspCreate>(hLine, dwAddressID, LPDWORD{&made}));
  if (result == 0) *phMSPLine = made; // the callback may run from now on
  session->msps().end_create(result == 0 ? made : 0, lpfnCallback, pContext);
  return result;
}

LONG WINAPI trunkline_lineCloseMSPInstance(HMSPLINE hMSPLine) {
  const auto session = Library::instance().session();
  if (!session || !session->msps().remove(hMSPLine)) return LINEERR_INVALPARAM;
  const LONG result = session->perform(Fn::mspClose, items<Fn::mspClose>(hMSPLine));
  return session->is_lost() ? 0 : result; // it went with the connection
}

LONG WINAPI trunkline_lineSendMSPData(HMSPLINE hMSPLine, HCALL hCall, const void* pData, DWORD dwSize) {
  if (!pData && dwSize != 0) return LINEERR_INVALPOINTER;
  if (dwSize > TRUNKLINE_MSP_BYTES_MAX) return LINEERR_INVALPARAM;
  return call<Fn::mspSend>(hMSPLine, hCall, bytes_in(pData, dwSize));
}

} // extern "C"
