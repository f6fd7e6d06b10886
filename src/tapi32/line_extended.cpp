// SPDX-License-Identifier: Apache-2.0
// The extended line functions [extended-telephony-services-reference].
#include "tapi32/call.hpp"

using namespace tl::tapi32;
using tl::wire::Fn;

extern "C" {

LONG WINAPI lineDevSpecific(HLINE hLine, DWORD dwAddressID, HCALL hCall, LPVOID lpParams, DWORD dwSize) {
  return call<Fn::lineDevSpecific>(hLine, dwAddressID, hCall, bytes_inout(lpParams, dwSize));
}

LONG WINAPI lineDevSpecificFeature(HLINE hLine, DWORD dwFeature, LPVOID lpParams, DWORD dwSize) {
  return call<Fn::lineDevSpecificFeature>(hLine, dwFeature, bytes_inout(lpParams, dwSize));
}

LONG WINAPI lineNegotiateExtVersion(HLINEAPP hLineApp, DWORD dwDeviceID, DWORD dwAPIVersion,
                                    DWORD dwExtLowVersion, DWORD dwExtHighVersion, LPDWORD lpdwExtVersion) {
  return call<Fn::lineNegotiateExtVersion>(hLineApp, dwDeviceID, dwAPIVersion, dwExtLowVersion,
                                           dwExtHighVersion, lpdwExtVersion);
}

} // extern "C"
