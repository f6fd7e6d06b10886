// SPDX-License-Identifier: Apache-2.0
// Assisted telephony: a program asks whichever application registered for it to make a call
// [nf-tapi-tapirequestmakecall, nf-tapi-linegetrequest].
#include <algorithm>
#include <cstring>
#include <string>

#include "base/text.hpp"
#include "tapi32/call.hpp"

namespace {

using namespace tl::tapi32;
using tl::wire::Fn;

// A fixed-size field from UTF-16 to UTF-8, cut between two characters, always zero-ended.
template <std::size_t N, std::size_t M> void narrow_field(char (&to)[N], const WCHAR (&from)[M]) {
  std::u16string wide(M, u'\0');
  std::memcpy(wide.data(), &from, sizeof from);
  std::string text = tl::to_utf8(std::u16string_view{wide}.substr(0, wide.find(u'\0')));
  std::size_t size = std::min(text.size(), N - 1);
  while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
  std::memset(to, 0, N);
  std::memcpy(to, text.data(), size);
}

void narrow(LINEREQMAKECALL& to, const LINEREQMAKECALLW& from) {
  narrow_field(to.szDestAddress, from.szDestAddress);
  narrow_field(to.szAppName, from.szAppName);
  narrow_field(to.szCalledParty, from.szCalledParty);
  narrow_field(to.szComment, from.szComment);
}

void narrow(LINEREQMEDIACALL& to, const LINEREQMEDIACALLW& from) {
  to.hWnd = from.hWnd;
  to.wRequestID = from.wRequestID;
  narrow_field(to.szDeviceClass, from.szDeviceClass);
  std::memcpy(to.ucDeviceID, from.ucDeviceID, sizeof to.ucDeviceID);
  to.dwSize = from.dwSize;
  to.dwSecure = from.dwSecure;
  narrow_field(to.szDestAddress, from.szDestAddress);
  narrow_field(to.szAppName, from.szAppName);
  narrow_field(to.szCalledParty, from.szCalledParty);
  narrow_field(to.szComment, from.szComment);
}

template <class Wide> LONG get(HLINEAPP app, DWORD mode, Wide* to) {
  return call<Fn::lineGetRequest>(app, mode, bytes_out(to, sizeof *to));
}

template <class Wide, class Narrow> LONG get_narrow(HLINEAPP app, DWORD mode, void* to) {
  Wide wide{};
  Narrow result{};
  const LONG code = get(app, mode, &wide);
  if (code != 0) return code;
  narrow(result, wide);
  std::memcpy(to, &result, sizeof result);
  return 0;
}

// A server without assisted telephony has no recipient either.
template <class Char>
LONG make_call(const Char* address, const Char* app, const Char* party, const Char* comment) {
  if (!address || std::char_traits<Char>::length(address) >= TAPIMAXDESTADDRESSSIZE)
    return TAPIERR_INVALDESTADDRESS;
  const LONG result = call_standalone<Fn::tapiRequestMakeCall>(address, app, party, comment);
  return result == LINEERR_OPERATIONUNAVAIL ? TAPIERR_NOREQUESTRECIPIENT : result;
}

} // namespace

extern "C" {

LONG WINAPI lineRegisterRequestRecipient(HLINEAPP hLineApp, DWORD dwRegistrationInstance, DWORD dwRequestMode,
                                         DWORD bEnable) {
  return call<Fn::lineRegisterRequestRecipient>(hLineApp, dwRegistrationInstance, dwRequestMode, bEnable);
}

LONG WINAPI lineGetRequestW(HLINEAPP hLineApp, DWORD dwRequestMode, LPVOID lpRequestBuffer) {
  switch (dwRequestMode) {
  case LINEREQUESTMODE_MAKECALL:
    return get(hLineApp, dwRequestMode, static_cast<LINEREQMAKECALLW*>(lpRequestBuffer));
  case LINEREQUESTMODE_MEDIACALL:
    return get(hLineApp, dwRequestMode, static_cast<LINEREQMEDIACALLW*>(lpRequestBuffer));
  default: return LINEERR_INVALREQUESTMODE;
  }
}
LONG WINAPI lineGetRequestA(HLINEAPP hLineApp, DWORD dwRequestMode, LPVOID lpRequestBuffer) {
  if (!lpRequestBuffer) return LINEERR_INVALPOINTER;
  switch (dwRequestMode) {
  case LINEREQUESTMODE_MAKECALL:
    return get_narrow<LINEREQMAKECALLW, LINEREQMAKECALL>(hLineApp, dwRequestMode, lpRequestBuffer);
  case LINEREQUESTMODE_MEDIACALL:
    return get_narrow<LINEREQMEDIACALLW, LINEREQMEDIACALL>(hLineApp, dwRequestMode, lpRequestBuffer);
  default: return LINEERR_INVALREQUESTMODE;
  }
}
LONG WINAPI lineGetRequest(HLINEAPP hLineApp, DWORD dwRequestMode, LPVOID lpRequestBuffer) {
  return lineGetRequestA(hLineApp, dwRequestMode, lpRequestBuffer);
}

LONG WINAPI tapiRequestMakeCallW(LPCWSTR lpszDestAddress, LPCWSTR lpszAppName, LPCWSTR lpszCalledParty,
                                 LPCWSTR lpszComment) {
  return make_call(lpszDestAddress, lpszAppName, lpszCalledParty, lpszComment);
}
LONG WINAPI tapiRequestMakeCallA(LPCSTR lpszDestAddress, LPCSTR lpszAppName, LPCSTR lpszCalledParty,
                                 LPCSTR lpszComment) {
  return make_call(lpszDestAddress, lpszAppName, lpszCalledParty, lpszComment);
}
LONG WINAPI tapiRequestMakeCall(LPCSTR lpszDestAddress, LPCSTR lpszAppName, LPCSTR lpszCalledParty,
                                LPCSTR lpszComment) {
  return tapiRequestMakeCallA(lpszDestAddress, lpszAppName, lpszCalledParty, lpszComment);
}

// Obsolete: they fail always, as documented.
LONG WINAPI tapiRequestDrop(HWND, WPARAM) {
  return TAPIERR_REQUESTFAILED;
}
LONG WINAPI tapiRequestMediaCallA(HWND, WPARAM, LPCSTR, LPCSTR, DWORD, DWORD, LPCSTR, LPCSTR, LPCSTR,
                                  LPCSTR) {
  return TAPIERR_REQUESTFAILED;
}
LONG WINAPI tapiRequestMediaCallW(HWND, WPARAM, LPCWSTR, LPCWSTR, DWORD, DWORD, LPCWSTR, LPCWSTR, LPCWSTR,
                                  LPCWSTR) {
  return TAPIERR_REQUESTFAILED;
}
LONG WINAPI tapiRequestMediaCall(HWND, WPARAM, LPCSTR, LPCSTR, DWORD, DWORD, LPCSTR, LPCSTR, LPCSTR, LPCSTR) {
  return TAPIERR_REQUESTFAILED;
}

} // extern "C"
