// SPDX-License-Identifier: Apache-2.0
// Management of service providers.
#include "tapi32/call.hpp"

using namespace tl::tapi32;
using tl::wire::Fn;

extern "C" {

LONG WINAPI lineAddProviderA(LPCSTR lpszProviderFilename, HWND, LPDWORD lpdwPermanentProviderID) {
  return call_standalone<Fn::lineAddProvider, Form::narrow>(lpszProviderFilename, lpdwPermanentProviderID);
}
LONG WINAPI lineAddProviderW(LPCWSTR lpszProviderFilename, HWND, LPDWORD lpdwPermanentProviderID) {
  return call_standalone<Fn::lineAddProvider>(lpszProviderFilename, lpdwPermanentProviderID);
}
LONG WINAPI lineAddProvider(LPCSTR lpszProviderFilename, HWND hwndOwner, LPDWORD lpdwPermanentProviderID) {
  return lineAddProviderA(lpszProviderFilename, hwndOwner, lpdwPermanentProviderID);
}

LONG WINAPI lineConfigProvider(HWND, DWORD dwPermanentProviderID) {
  return call_standalone<Fn::lineConfigProvider>(dwPermanentProviderID);
}

LONG WINAPI lineGetProviderListA(DWORD dwAPIVersion, LPLINEPROVIDERLIST lpProviderList) {
  return call_standalone<Fn::lineGetProviderList, Form::narrow>(dwAPIVersion, lpProviderList);
}
LONG WINAPI lineGetProviderListW(DWORD dwAPIVersion, LPLINEPROVIDERLIST lpProviderList) {
  return call_standalone<Fn::lineGetProviderList>(dwAPIVersion, lpProviderList);
}
LONG WINAPI lineGetProviderList(DWORD dwAPIVersion, LPLINEPROVIDERLIST lpProviderList) {
  return lineGetProviderListA(dwAPIVersion, lpProviderList);
}

LONG WINAPI lineRemoveProvider(DWORD dwPermanentProviderID, HWND) {
  return call_standalone<Fn::lineRemoveProvider>(dwPermanentProviderID);
}

} // extern "C"
