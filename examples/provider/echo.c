// SPDX-License-Identifier: Apache-2.0
/*
 * echo.tsp: a service provider of two lines, "echo-1" and "echo-2", with nothing behind them.
 *
 * A call to the other line's name is offered there, and what one side does the other sees. A call to any
 * other address rings and is answered by itself. lineDevSpecific, with the caller's number in ASCII as its
 * block, brings in a call from outside. A line has one active call and others on hold.
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <tspi.h>

#include "echo_ui.h"
#include "switch.h"

#define VERSION_LOW 0x00020000
#define VERSION_HIGH 0x00020002
#define PROCEEDING_MS 200

static DWORD device_base; /* the device id of the first line */
static DWORD answer_ms[LINES] = {1000, 1000};

/* The server hands back the handles it got from us, so they need no check. */
static struct line* line_of(HDRVLINE handle) {
  return (struct line*)handle;
}
static struct call* call_of(HDRVCALL handle) {
  return (struct call*)handle;
}
static struct line* line_of_device(DWORD device) {
  return &switch_lines[device - device_base];
}

/* ---- Structures: the fixed part first, then texts behind it for as long as they fit ---- */

static LONG begin(void* structure, size_t fixed_size) {
  LPVARSTRING head = structure; /* all structures begin with total, needed and used size */
  const size_t sizes = 3 * sizeof(DWORD);
  if (head->dwTotalSize < fixed_size) return LINEERR_STRUCTURETOOSMALL;
  memset((char*)structure + sizes, 0, fixed_size - sizes);
  head->dwNeededSize = head->dwUsedSize = (DWORD)fixed_size;
  return 0;
}

/* `size_field` is the offset of the text's Size member; its Offset member is the next one. */
static void put_text(void* structure, size_t size_field, const char* ascii) {
  LPVARSTRING head = structure;
  const size_t units = strlen(ascii) + 1;
  const DWORD place[2] = {(DWORD)(units * sizeof(WCHAR)), head->dwUsedSize};
  head->dwNeededSize += place[0];
  if (head->dwNeededSize > head->dwTotalSize) return;
  for (size_t i = 0; i < units; ++i) {
    const WCHAR unit = (unsigned char)ascii[i];
    memcpy((char*)structure + place[1] + i * sizeof unit, &unit, sizeof unit);
  }
  memcpy((char*)structure + size_field, place, sizeof place);
  head->dwUsedSize += place[0];
}

/* False when the text is missing, too long or not ASCII. */
static int get_text(char ascii[NAME_SIZE], LPCWSTR wide) {
  size_t i = 0;
  for (; wide != NULL && wide[i] != 0 && wide[i] < 0x80 && i < NAME_SIZE - 1; ++i) ascii[i] = (char)wide[i];
  ascii[i] = '\0';
  return i > 0 && wide[i] == 0;
}

/* ---- Life of the provider ---- */

LONG TSPIAPI TSPI_lineNegotiateTSPIVersion(DWORD device, DWORD low, DWORD high, LPDWORD version) {
  (void)device; /* INITIALIZE_NEGOTIATION or one of our lines: all are alike */
  if (low > VERSION_HIGH || high < VERSION_LOW) return LINEERR_INCOMPATIBLEAPIVERSION;
  *version = high < VERSION_HIGH ? high : VERSION_HIGH;
  return 0;
}

LONG TSPIAPI TSPI_providerEnumDevices(DWORD provider_id, LPDWORD lines, LPDWORD phones, HPROVIDER provider,
                                      LINEEVENT line_create, PHONEEVENT phone_create) {
  (void)provider_id, (void)provider, (void)line_create, (void)phone_create;
  *lines = LINES;
  *phones = 0;
  return 0;
}

LONG TSPIAPI TSPI_providerInit(DWORD version, DWORD provider_id, DWORD line_base, DWORD phone_base,
                               DWORD_PTR lines, DWORD_PTR phones, ASYNC_COMPLETION complete,
                               LPDWORD options) {
  (void)version, (void)provider_id, (void)phone_base, (void)lines, (void)phones;
  device_base = line_base;
  *options = 0;
  return switch_start(complete);
}

LONG TSPIAPI TSPI_providerShutdown(DWORD version, DWORD provider_id) {
  (void)version, (void)provider_id;
  switch_stop();
  return 0;
}

/* ---- The user interface: echo_ui.c, in the application's process ---- */

LONG TSPIAPI TSPI_providerUIIdentify(LPWSTR name) {
  static const char module[] = "echo.tui.so";
  for (size_t i = 0; i < sizeof module; ++i) name[i] = (unsigned char)module[i];
  return 0;
}

/* The block is what some client sent: it is believed in nothing. */
LONG TSPIAPI TSPI_providerGenericDialogData(DWORD_PTR object, DWORD type, LPVOID params, DWORD size) {
  struct echo_ui* block = params;
  if (type != TUISPIDLL_OBJECT_LINEID || block == NULL || size != sizeof *block) return LINEERR_INVALPARAM;
  if (block->version != ECHO_UI_VERSION) return LINEERR_INVALPARAM;
  switch_lock();
  DWORD* now = &answer_ms[object - device_base];
  if (block->set == 0)
    block->answer_ms = *now;
  else if (block->answer_ms >= ANSWER_MS_MIN && block->answer_ms <= ANSWER_MS_MAX)
    *now = block->answer_ms;
  else
    return switch_unlock(LINEERR_INVALPARAM);
  return switch_unlock(0);
}

/* ---- Lines ---- */

LONG TSPIAPI TSPI_lineOpen(DWORD device, HTAPILINE tapi, LPHDRVLINE handle, DWORD version, LINEEVENT event) {
  (void)version;
  struct line* line = line_of_device(device);
  switch_lock();
  line->tapi = tapi;
  line->event = event;
  *handle = (HDRVLINE)line;
  return switch_unlock(0);
}

LONG TSPIAPI TSPI_lineClose(HDRVLINE handle) {
  switch_lock();
  close_line(line_of(handle));
  return switch_unlock(0);
}

LONG TSPIAPI TSPI_lineGetDevCaps(DWORD device, DWORD version, DWORD extension_version, LPLINEDEVCAPS caps) {
  (void)extension_version;
  LONG result = begin(caps, version < 0x00020002 ? offsetof(LINEDEVCAPS, PermanentLineGuid)
                                                 : offsetof(LINEDEVCAPS, dwAddressTypes));
  if (result != 0) return result;
  caps->dwPermanentLineID = device - device_base + 1;
  caps->dwStringFormat = STRINGFORMAT_UNICODE;
  caps->dwAddressModes = LINEADDRESSMODE_ADDRESSID | LINEADDRESSMODE_DIALABLEADDR;
  caps->dwNumAddresses = 1;
  caps->dwBearerModes = LINEBEARERMODE_VOICE;
  caps->dwMediaModes = LINEMEDIAMODE_INTERACTIVEVOICE;
  caps->dwMaxNumActiveCalls = 1;
  caps->dwAnswerMode = LINEANSWERMODE_NONE;
  caps->dwLineFeatures = LINEFEATURE_MAKECALL | LINEFEATURE_DEVSPECIFIC;
  put_text(caps, offsetof(LINEDEVCAPS, dwLineNameSize), line_of_device(device)->name);
  put_text(caps, offsetof(LINEDEVCAPS, dwProviderInfoSize), "Trunkline echo provider");
  return 0;
}

LONG TSPIAPI TSPI_lineGetLineDevStatus(HDRVLINE handle, LPLINEDEVSTATUS status) {
  LONG result = begin(status, sizeof *status);
  if (result != 0) return result;
  switch_lock();
  status->dwNumActiveCalls = count_calls(line_of(handle), is_active);
  status->dwNumOnHoldCalls = count_calls(line_of(handle), is_held);
  status->dwLineFeatures = LINEFEATURE_DEVSPECIFIC;
  if (count_calls(line_of(handle), is_engaged) == 0) status->dwLineFeatures |= LINEFEATURE_MAKECALL;
  status->dwDevStatusFlags = LINEDEVSTATUSFLAGS_CONNECTED | LINEDEVSTATUSFLAGS_INSERVICE;
  return switch_unlock(0);
}

LONG TSPIAPI TSPI_lineSetStatusMessages(HDRVLINE handle, DWORD line_states, DWORD address_states) {
  (void)handle, (void)line_states, (void)address_states; /* we report none, as the capabilities say */
  return 0;
}

LONG TSPIAPI TSPI_lineSetDefaultMediaDetection(HDRVLINE handle, DWORD media_modes) {
  (void)handle;
  return media_modes & ~(DWORD)LINEMEDIAMODE_INTERACTIVEVOICE ? LINEERR_INVALMEDIAMODE : 0;
}

LONG TSPIAPI TSPI_lineDevSpecific(DRV_REQUESTID request, HDRVLINE handle, DWORD address_id,
                                  HDRVCALL call_handle, LPVOID params, DWORD size) {
  (void)address_id, (void)call_handle;
  char caller[NAME_SIZE] = "";
  if (size >= NAME_SIZE) return LINEERR_OPERATIONFAILED;
  if (size > 0) memcpy(caller, params, size);
  switch_lock();
  struct call* call = overloaded() ? NULL : new_inbound(line_of(handle), NULL, caller);
  if (call == NULL) return switch_unlock(LINEERR_RESOURCEUNAVAIL);
  succeed(request, call->line, NULL);
  offer(call);
  return switch_unlock((LONG)request);
}

/* ---- Addresses: one a line, id 0, dialled by the line's name ---- */

LONG TSPIAPI TSPI_lineGetNumAddressIDs(HDRVLINE handle, LPDWORD count) {
  (void)handle;
  *count = 1;
  return 0;
}

LONG TSPIAPI TSPI_lineGetAddressID(HDRVLINE handle, LPDWORD address_id, DWORD mode, LPCWSTR address,
                                   DWORD size) {
  (void)mode, (void)size; /* the mode is always DIALABLEADDR, the text ends with a zero */
  char name[NAME_SIZE];
  if (!get_text(name, address) || strcmp(name, line_of(handle)->name) != 0) return LINEERR_INVALADDRESS;
  *address_id = 0;
  return 0;
}

/* Nothing but the line is behind a line, and the server answers for "tapi/line" itself. */
LONG TSPIAPI TSPI_lineGetID(HDRVLINE line, DWORD address_id, HDRVCALL call, DWORD select, LPVARSTRING id,
                            LPCWSTR device_class, HANDLE target_process) {
  (void)line, (void)address_id, (void)call, (void)select, (void)id, (void)device_class, (void)target_process;
  return LINEERR_INVALDEVICECLASS;
}

LONG TSPIAPI TSPI_lineGetAddressCaps(DWORD device, DWORD address_id, DWORD version, DWORD extension_version,
                                     LPLINEADDRESSCAPS caps) {
  (void)version, (void)extension_version;
  if (address_id != 0) return LINEERR_INVALADDRESSID;
  LONG result = begin(caps, sizeof *caps);
  if (result != 0) return result;
  caps->dwLineDeviceID = device;
  caps->dwAddressSharing = LINEADDRESSSHARING_PRIVATE;
  caps->dwCallInfoStates = LINECALLINFOSTATE_APPSPECIFIC;
  caps->dwCallerIDFlags = caps->dwCalledIDFlags = LINECALLPARTYID_ADDRESS;
  caps->dwCallStates = LINECALLSTATE_IDLE | LINECALLSTATE_OFFERING | LINECALLSTATE_PROCEEDING |
                       LINECALLSTATE_RINGBACK | LINECALLSTATE_BUSY | LINECALLSTATE_CONNECTED |
                       LINECALLSTATE_ONHOLD | LINECALLSTATE_DISCONNECTED;
  caps->dwBusyModes = LINEBUSYMODE_STATION;
  caps->dwDisconnectModes = LINEDISCONNECTMODE_NORMAL | LINEDISCONNECTMODE_REJECT;
  caps->dwMaxNumActiveCalls = 1;
  caps->dwMaxNumOnHoldCalls = CALLS_MAX;
  caps->dwAddrCapFlags = LINEADDRCAPFLAGS_DIALED;
  caps->dwCallFeatures =
      LINECALLFEATURE_ANSWER | LINECALLFEATURE_DROP | LINECALLFEATURE_HOLD | LINECALLFEATURE_UNHOLD;
  caps->dwAvailableMediaModes = LINEMEDIAMODE_INTERACTIVEVOICE;
  caps->dwAddressFeatures = LINEADDRFEATURE_MAKECALL;
  put_text(caps, offsetof(LINEADDRESSCAPS, dwAddressSize), line_of_device(device)->name);
  return 0;
}

LONG TSPIAPI TSPI_lineGetAddressStatus(HDRVLINE handle, DWORD address_id, LPLINEADDRESSSTATUS status) {
  if (address_id != 0) return LINEERR_INVALADDRESSID;
  LONG result = begin(status, sizeof *status);
  if (result != 0) return result;
  switch_lock();
  status->dwNumActiveCalls = count_calls(line_of(handle), is_active);
  status->dwNumOnHoldCalls = count_calls(line_of(handle), is_held);
  status->dwNumInUse = status->dwNumActiveCalls + status->dwNumOnHoldCalls > 0;
  status->dwAddressFeatures = count_calls(line_of(handle), is_engaged) ? 0 : LINEADDRFEATURE_MAKECALL;
  return switch_unlock(0);
}

/* ---- Calls ---- */

LONG TSPIAPI TSPI_lineMakeCall(DRV_REQUESTID request, HDRVLINE handle, HTAPICALL tapi, LPHDRVCALL call_handle,
                               LPCWSTR destination, DWORD country, LPLINECALLPARAMS const params) {
  (void)country;
  struct line* line = line_of(handle);
  char called[NAME_SIZE];
  if (!get_text(called, destination)) return LINEERR_INVALADDRESS;
  if (params != NULL && params->dwMediaMode != LINEMEDIAMODE_INTERACTIVEVOICE) return LINEERR_INVALMEDIAMODE;
  switch_lock();
  if (overloaded()) return switch_unlock(LINEERR_RESOURCEUNAVAIL);
  struct call* call = new_outbound(line, tapi, called);
  if (call == NULL) return switch_unlock(LINEERR_CALLUNAVAIL);
  *call_handle = (HDRVCALL)call;
  succeed(request, line, call);
  enter(call, LINECALLSTATE_PROCEEDING, 0);

  struct line* ours = NULL;
  for (size_t i = 0; i < LINES; ++i)
    if (strcmp(called, switch_lines[i].name) == 0) ours = &switch_lines[i];
  if (ours == NULL) {
    enter_later(call, LINECALLSTATE_PROCEEDING, LINECALLSTATE_RINGBACK, PROCEEDING_MS);
    enter_later(call, LINECALLSTATE_RINGBACK, LINECALLSTATE_CONNECTED, answer_ms[line - switch_lines]);
  } else if ((call->peer = new_inbound(ours, call, line->name)) != NULL) {
    offer(call->peer);
    enter(call, LINECALLSTATE_RINGBACK, 0);
  } else {
    enter(call, LINECALLSTATE_BUSY, LINEBUSYMODE_STATION);
  }
  return switch_unlock((LONG)request);
}

/* Takes a call from one state to another on request; into CONNECTED only while its line is not engaged. */
static LONG change(DRV_REQUESTID request, struct call* call, DWORD from, DWORD to) {
  if (overloaded()) return LINEERR_RESOURCEUNAVAIL;
  if (call->state != from) return LINEERR_INVALCALLSTATE;
  if (to == LINECALLSTATE_CONNECTED && count_calls(call->line, is_engaged) > 0)
    return from == LINECALLSTATE_OFFERING ? LINEERR_INUSE : LINEERR_INVALCALLSTATE;
  succeed(request, call->line, call);
  enter(call, to, to == LINECALLSTATE_CONNECTED ? LINECONNECTEDMODE_ACTIVE : 0);
  return (LONG)request;
}

LONG TSPIAPI TSPI_lineAnswer(DRV_REQUESTID request, HDRVCALL handle, LPCSTR user_info, DWORD size) {
  (void)user_info, (void)size;
  switch_lock();
  struct call* call = call_of(handle);
  LONG result = change(request, call, LINECALLSTATE_OFFERING, LINECALLSTATE_CONNECTED);
  if (result > 0 && call->peer != NULL) enter(call->peer, LINECALLSTATE_CONNECTED, LINECONNECTEDMODE_ACTIVE);
  return switch_unlock(result);
}

LONG TSPIAPI TSPI_lineHold(DRV_REQUESTID request, HDRVCALL handle) {
  switch_lock();
  return switch_unlock(change(request, call_of(handle), LINECALLSTATE_CONNECTED, LINECALLSTATE_ONHOLD));
}

LONG TSPIAPI TSPI_lineUnhold(DRV_REQUESTID request, HDRVCALL handle) {
  switch_lock();
  return switch_unlock(change(request, call_of(handle), LINECALLSTATE_ONHOLD, LINECALLSTATE_CONNECTED));
}

/* A call is made with its whole number: none of them waits for more digits. */
LONG TSPIAPI TSPI_lineDial(DRV_REQUESTID request, HDRVCALL handle, LPCWSTR address, DWORD country_code) {
  (void)request, (void)handle, (void)address, (void)country_code;
  return LINEERR_INVALCALLSTATE;
}

LONG TSPIAPI TSPI_lineDrop(DRV_REQUESTID request, HDRVCALL handle, LPCSTR user_info, DWORD size) {
  (void)user_info, (void)size;
  struct call* call = call_of(handle);
  switch_lock();
  if (overloaded()) return switch_unlock(LINEERR_RESOURCEUNAVAIL);
  if (call->state == LINECALLSTATE_IDLE) return switch_unlock(LINEERR_INVALCALLSTATE);
  succeed(request, call->line, call);
  hang_up(call);
  return switch_unlock((LONG)request);
}

LONG TSPIAPI TSPI_lineCloseCall(HDRVCALL handle) {
  switch_lock();
  close_call(call_of(handle));
  return switch_unlock(0);
}

LONG TSPIAPI TSPI_lineGetCallAddressID(HDRVCALL handle, LPDWORD address_id) {
  (void)handle;
  *address_id = 0;
  return 0;
}

LONG TSPIAPI TSPI_lineSetAppSpecific(HDRVCALL handle, DWORD app_specific) {
  switch_lock();
  if (overloaded()) return switch_unlock(LINEERR_RESOURCEUNAVAIL);
  call_of(handle)->app_specific = app_specific;
  call_info_changed(call_of(handle), LINECALLINFOSTATE_APPSPECIFIC);
  return switch_unlock(0);
}

LONG TSPIAPI TSPI_lineGetCallInfo(HDRVCALL handle, LPLINECALLINFO info) {
  const struct call* call = call_of(handle);
  LONG result = begin(info, offsetof(LINECALLINFO, dwCallerIDAddressType)); /* the fixed part of 2.0 to 2.2 */
  if (result != 0) return result;
  switch_lock();
  info->dwLineDeviceID = device_base + (DWORD)(call->line - switch_lines);
  info->dwBearerMode = LINEBEARERMODE_VOICE;
  info->dwMediaMode = LINEMEDIAMODE_INTERACTIVEVOICE;
  info->dwAppSpecific = call->app_specific;
  info->dwCallID = call->id;
  info->dwOrigin = call->origin;
  info->dwReason = LINECALLREASON_DIRECT;
  info->dwTrunk = 0xFFFFFFFF; /* unknown */
  info->dwCallerIDFlags = info->dwCalledIDFlags = LINECALLPARTYID_ADDRESS;
  put_text(info, offsetof(LINECALLINFO, dwCallerIDSize), call->caller);
  put_text(info, offsetof(LINECALLINFO, dwCalledIDSize), call->called);
  return switch_unlock(0);
}

static SYSTEMTIME utc(const struct timespec* time) {
  struct tm parts;
  gmtime_r(&time->tv_sec, &parts);
  return (SYSTEMTIME){(WORD)(parts.tm_year + 1900), (WORD)(parts.tm_mon + 1),
                      (WORD)parts.tm_wday,          (WORD)parts.tm_mday,
                      (WORD)parts.tm_hour,          (WORD)parts.tm_min,
                      (WORD)parts.tm_sec,           (WORD)(time->tv_nsec / 1000000)};
}

LONG TSPIAPI TSPI_lineGetCallStatus(HDRVCALL handle, LPLINECALLSTATUS status) {
  const struct call* call = call_of(handle);
  LONG result = begin(status, sizeof *status);
  if (result != 0) return result;
  switch_lock();
  status->dwCallState = call->state;
  status->dwCallStateMode = call->mode;
  status->tStateEntryTime = utc(&call->entered);
  if (call->state != LINECALLSTATE_IDLE) status->dwCallFeatures |= LINECALLFEATURE_DROP;
  if (call->state == LINECALLSTATE_OFFERING) status->dwCallFeatures |= LINECALLFEATURE_ANSWER;
  if (call->state == LINECALLSTATE_CONNECTED) status->dwCallFeatures |= LINECALLFEATURE_HOLD;
  if (call->state == LINECALLSTATE_ONHOLD) status->dwCallFeatures |= LINECALLFEATURE_UNHOLD;
  return switch_unlock(0);
}
