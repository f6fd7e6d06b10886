// SPDX-License-Identifier: Apache-2.0
// The list of service providers; dialog.cpp has the functions that show something.
#include "tapi32/call.hpp"

using namespace tl::tapi32;
using tl::wire::Fn;

extern "C" {

LONG WINAPI lineGetProviderListA(DWORD dwAPIVersion, LPLINEPROVIDERLIST lpProviderList) {
  return call_standalone<Fn::lineGetProviderList, Form::narrow>(dwAPIVersion, lpProviderList);
}
LONG WINAPI lineGetProviderListW(DWORD dwAPIVersion, LPLINEPROVIDERLIST lpProviderList) {
  return call_standalone<Fn::lineGetProviderList>(dwAPIVersion, lpProviderList);
}
LONG WINAPI lineGetProviderList(DWORD dwAPIVersion, LPLINEPROVIDERLIST lpProviderList) {
  return lineGetProviderListA(dwAPIVersion, lpProviderList);
}

} // extern "C"
