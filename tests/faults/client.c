/* SPDX-License-Identifier: Apache-2.0
 *
 * A program as users write them, told by a test what to do: one command a line on standard input, one answer
 * a line on standard output. Handles and codes are hexadecimal, so that a test can hand one process's handles
 * to another.
 *
 *   open DEVICE           opens the line as owner and monitor     answers "ok HLINE"
 *   monitor DEVICE        opens it as monitor only                answers "ok HLINE"
 *   call HLINE NUMBER     makes a call                            answers "ok HCALL"
 *   drop HCALL | hold HCALL | deallocate HCALL | own HCALL | close HLINE | command HLINE JSON
 *   state HCALL           answers "ok LINECALLSTATE PRIVILEGE"
 *   owners HCALL          answers "ok COUNT", of lineGetCallInfo
 *   next                  the next message that is not a reply    answers "ok MESSAGE DEVICE PARAM1 PARAM2
 * PARAM3"
 *
 * What fails answers "error CODE".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tapi.h>

#define VERSION TAPI_CURRENT_VERSION
#define WAIT_MS 30000

static HLINEAPP app;

static LONG answer(LONG result, DWORD value) {
  if (result < 0)
    printf("error %x\n", (unsigned)result);
  else
    printf("ok %x\n", (unsigned)value);
  fflush(stdout);
  return result;
}

/* Waits for the reply to an asynchronous request; other messages wait in `kept`. */
static LINEMESSAGE kept[1024];
static size_t kept_count = 0;

static LONG finish(LONG request) {
  LINEMESSAGE message;
  if (request <= 0) return request;
  while (lineGetMessage(app, &message, WAIT_MS) == 0) {
    if (message.dwMessageID == LINE_REPLY && message.dwParam1 == (DWORD_PTR)request)
      return (LONG)message.dwParam2;
    if (message.dwMessageID != LINE_REPLY && kept_count < sizeof kept / sizeof *kept)
      kept[kept_count++] = message;
  }
  return LINEERR_OPERATIONFAILED;
}

static void next(void) {
  LINEMESSAGE message;
  if (kept_count > 0) {
    message = kept[0];
    memmove(kept, kept + 1, --kept_count * sizeof *kept);
  } else {
    do {
      const LONG result = lineGetMessage(app, &message, WAIT_MS);
      if (result != 0) {
        answer(result, 0);
        return;
      }
    } while (message.dwMessageID == LINE_REPLY);
  }
  printf("ok %x %x %llx %llx %llx\n", (unsigned)message.dwMessageID, (unsigned)message.hDevice,
         (unsigned long long)message.dwParam1, (unsigned long long)message.dwParam2,
         (unsigned long long)message.dwParam3);
  fflush(stdout);
}

static void open_line(DWORD device, DWORD privileges) {
  HLINE line = 0;
  const LONG result =
      lineOpen(app, device, &line, VERSION, 0, 0, privileges, LINEMEDIAMODE_INTERACTIVEVOICE, NULL);
  answer(result, line);
}

static void call(HLINE line, const char* number) {
  HCALL handle = 0;
  const LONG result =
      finish(lineMakeCall(line, &handle, number, 0, NULL)); /* with the reply comes the handle */
  answer(result, handle);
}

static void state(HCALL handle) {
  LINECALLSTATUS status = {.dwTotalSize = sizeof status};
  const LONG result = lineGetCallStatus(handle, &status);
  if (result < 0)
    answer(result, 0);
  else
    printf("ok %x %x\n", (unsigned)status.dwCallState, (unsigned)status.dwCallPrivilege);
  fflush(stdout);
}

static void owners(HCALL handle) {
  union {
    LINECALLINFO info;
    char room[4096];
  } buffer = {.info = {.dwTotalSize = sizeof buffer}};
  const LONG result = lineGetCallInfo(handle, &buffer.info);
  answer(result, buffer.info.dwNumOwners);
}

static void obey(const char* verb, DWORD handle, char* rest) {
  if (strcmp(verb, "open") == 0)
    open_line(handle, LINECALLPRIVILEGE_OWNER | LINECALLPRIVILEGE_MONITOR);
  else if (strcmp(verb, "monitor") == 0)
    open_line(handle, LINECALLPRIVILEGE_MONITOR);
  else if (strcmp(verb, "call") == 0)
    call(handle, rest);
  else if (strcmp(verb, "drop") == 0)
    answer(finish(lineDrop(handle, NULL, 0)), 0);
  else if (strcmp(verb, "hold") == 0)
    answer(finish(lineHold(handle)), 0);
  else if (strcmp(verb, "deallocate") == 0)
    answer(lineDeallocateCall(handle), 0);
  else if (strcmp(verb, "own") == 0)
    answer(lineSetCallPrivilege(handle, LINECALLPRIVILEGE_OWNER), 0);
  else if (strcmp(verb, "close") == 0)
    answer(lineClose(handle), 0);
  else if (strcmp(verb, "command") == 0)
    answer(finish(lineDevSpecific(handle, 0, 0, rest, (DWORD)strlen(rest))), 0);
  else if (strcmp(verb, "state") == 0)
    state(handle);
  else if (strcmp(verb, "owners") == 0)
    owners(handle);
  else if (strcmp(verb, "next") == 0)
    next();
  else
    answer(LINEERR_INVALPARAM, 0);
}

int main(void) {
  LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof params,
                                   .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
  DWORD lines = 0, version = VERSION;
  const LONG result = lineInitializeEx(&app, NULL, NULL, "faults", &lines, &version, &params);
  if (answer(result, lines) < 0) return 1;
  char line[1024];
  while (fgets(line, sizeof line, stdin) != NULL) {
    char verb[16] = "";
    unsigned handle = 0;
    int at = 0;
    line[strcspn(line, "\n")] = '\0';
    sscanf(line, "%15s %x %n", verb, &handle, &at);
    obey(verb, handle, at > 0 ? line + at : line + strlen(line));
  }
  return lineShutdown(app) < 0;
}
