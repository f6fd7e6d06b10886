// SPDX-License-Identifier: Apache-2.0
// A library that lies, to show that the suite would notice: the symbols of the functions below are the
// program's own and go on to the real ones, with the one fault that CONFORMANCE_LIE names. Linux only.
#define TAPI_NO_UNSUFFIXED_NAMES
#include <cstdlib>
#include <cstring>
#include <deque>
#include <dlfcn.h>
#include <string_view>

#include "tapi.h"

namespace {

bool lie(std::string_view name) {
  static const char* const told = std::getenv("CONFORMANCE_LIE");
  return told && name == told;
}

template <class F> F* real(const char* name) {
  return reinterpret_cast<F*>(::dlsym(RTLD_NEXT, name));
}

std::deque<LINEMESSAGE> kept; // messages that come again, or later

bool take_kept(LPLINEMESSAGE message) {
  if (kept.empty()) return false;
  *message = kept.front();
  kept.pop_front();
  return true;
}

} // namespace

extern "C" {
TRUNKLINE_EXPORTS_BEGIN

LONG WINAPI lineGetMessage(HLINEAPP app, LPLINEMESSAGE message, DWORD timeout) {
  static auto* const go_on = real<LONG(HLINEAPP, LPLINEMESSAGE, DWORD)>("lineGetMessage");
  if (message && take_kept(message)) return 0;
  const LONG result = go_on(app, message, timeout);
  if (result != 0) return result;
  const DWORD id = message->dwMessageID;
  if (id == LINE_REPLY && lie("reply twice")) kept.push_back(*message);
  if (id == LINE_REPLY && lie("failure told as success")) message->dwParam2 = 0;
  if (id == LINE_REPLY && lie("reply after the state")) {
    const LINEMESSAGE reply = *message;
    if (go_on(app, message, 20) == 0)
      kept.push_back(reply);
    else
      *message = reply;
  }
  if (id == LINE_CALLINFO && lie("message dropped")) return lineGetMessage(app, message, timeout);
  if (id == LINE_CALLSTATE && lie("privilege not told")) message->dwParam3 = 0;
  if (id == LINE_APPNEWCALL && lie("new call after its state")) {
    const LINEMESSAGE announced = *message;
    if (go_on(app, message, 20) == 0) kept.push_back(announced);
  }
  return 0;
}

LONG WINAPI lineHold(HCALL call) {
  static auto* const go_on = real<LONG(HCALL)>("lineHold");
  if (lie("privilege ignored")) {
    static auto* const own = real<LONG(HCALL, DWORD)>("lineSetCallPrivilege");
    own(call, LINECALLPRIVILEGE_OWNER);
  }
  const LONG result = go_on(call);
  if (result == LINEERR_INVALCALLHANDLE && lie("wrong error")) return LINEERR_INVALLINEHANDLE;
  if (result > 0 && lie("0 in place of a request id")) return 0;
  return result;
}

LONG WINAPI lineGetCallStatus(HCALL call, LPLINECALLSTATUS status) {
  static auto* const go_on = real<LONG(HCALL, LPLINECALLSTATUS)>("lineGetCallStatus");
  const LONG result = go_on(call, status);
  if (result != 0) return result;
  if (lie("needed size missing")) status->dwNeededSize = 0;
  return 0;
}

LONG WINAPI lineGetLineDevStatusA(HLINE line, LPLINEDEVSTATUS status) {
  static auto* const go_on = real<LONG(HLINE, LPLINEDEVSTATUS)>("lineGetLineDevStatusA");
  const LONG result = go_on(line, status);
  if (result == 0 && lie("written behind the end")) reinterpret_cast<char*>(status)[status->dwTotalSize] = 0;
  return result;
}

LONG WINAPI lineGetDevCapsA(HLINEAPP app, DWORD device, DWORD version, DWORD extension, LPLINEDEVCAPS caps) {
  static auto* const go_on = real<LONG(HLINEAPP, DWORD, DWORD, DWORD, LPLINEDEVCAPS)>("lineGetDevCapsA");
  if (lie("version ignored")) version = 0x00020002;
  return go_on(app, device, version, extension, caps);
}

LONG WINAPI lineMakeCallA(HLINE line, LPHCALL call, LPCSTR address, DWORD country,
                          LPLINECALLPARAMS const params) {
  static auto* const go_on = real<LONG(HLINE, LPHCALL, LPCSTR, DWORD, LPLINECALLPARAMS)>("lineMakeCallA");
  if (call && lie("handle filled early")) *call = 1;
  return go_on(line, call, address, country, params);
}

LONG WINAPI phoneSetLamp(HPHONE phone, DWORD lamp, DWORD mode) {
  static auto* const go_on = real<LONG(HPHONE, DWORD, DWORD)>("phoneSetLamp");
  return go_on(phone, lamp, lie("parameter mistaken") ? DWORD{PHONELAMPMODE_OFF} : mode);
}

TRUNKLINE_EXPORTS_END
}
