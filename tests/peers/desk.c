// SPDX-License-Identifier: Apache-2.0
/* What a program does with the call at a line, as its user would: takes ownership, then one operation.
 *
 *   desk LINE gather COUNT     prints the digits the far end presses
 *   desk LINE monitor COUNT    prints each digit as it comes
 *   desk LINE send DIGITS      sends digits, waits for the end
 *   desk LINE treat VALUE      lineSetCallTreatment
 *   desk LINE tone HERTZ       waits for the tone, prints it; then answers with a beep
 *   desk LINE confer NUMBER    brings the number into a conference, stays until it is over
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <tapi.h>

#define WAIT_MS 15000

static HLINEAPP app;

static LONG must(const char* what, LONG result) {
  if (result >= 0) return result;
  fprintf(stderr, "%s: error 0x%08x\n", what, (unsigned)result);
  exit(1);
}

static HLINE open_line(const char* name, DWORD lines) {
  for (DWORD device = 0; device < lines; ++device) {
    union {
      LINEADDRESSCAPS caps;
      char room[4096];
    } buffer = {.caps = {.dwTotalSize = sizeof buffer}};
    LINEEXTENSIONID extension;
    DWORD version;
    HLINE line;
    must("lineNegotiateAPIVersion", lineNegotiateAPIVersion(app, device, 0x00020000, 0x00020002, &version, &extension));
    must("lineGetAddressCaps", lineGetAddressCaps(app, device, 0, version, 0, &buffer.caps));
    if (buffer.caps.dwAddressSize == 0 || strcmp(buffer.room + buffer.caps.dwAddressOffset, name) != 0) continue;
    must("lineOpen", lineOpen(app, device, &line, version, 0, 0, LINECALLPRIVILEGE_MONITOR, 0, NULL));
    return line;
  }
  fprintf(stderr, "no line %s\n", name);
  exit(1);
}

static HCALL first_call(HLINE line) {
  union {
    LINECALLLIST list;
    char room[256];
  } buffer = {.list = {.dwTotalSize = sizeof buffer}};
  must("lineGetNewCalls", lineGetNewCalls(line, 0, LINECALLSELECT_LINE, &buffer.list));
  if (buffer.list.dwCallsNumEntries == 0) {
    fprintf(stderr, "no call at the line\n");
    exit(1);
  }
  HCALL call;
  memcpy(&call, buffer.room + buffer.list.dwCallsOffset, sizeof call);
  must("lineSetCallPrivilege", lineSetCallPrivilege(call, LINECALLPRIVILEGE_OWNER));
  return call;
}

/* The next message of one kind. */
static LINEMESSAGE wait_for(DWORD id) {
  LINEMESSAGE message;
  for (;;) {
    must("lineGetMessage", lineGetMessage(app, &message, WAIT_MS));
    if (message.dwMessageID == id) return message;
  }
}

static void wait_for_state(HCALL call, DWORD state) {
  for (;;) {
    LINEMESSAGE message = wait_for(LINE_CALLSTATE);
    if (message.hDevice == call && message.dwParam1 == state) return;
  }
}

static void must_reply(const char* what, LONG request) {
  must(what, request);
  must(what, (LONG)wait_for(LINE_REPLY).dwParam2);
}

static void confer(HCALL call, const char* number) {
  HCALL conference, consult;
  must_reply("lineSetupConference", lineSetupConference(call, 0, &conference, &consult, 3, NULL));
  must("lineDial", lineDial(consult, number, 0));
  wait_for_state(consult, LINECALLSTATE_CONNECTED);
  must_reply("lineAddToConference", lineAddToConference(conference, consult));
  puts("conferenced");
  fflush(stdout);
  wait_for_state(conference, LINECALLSTATE_IDLE);
  must("lineDeallocateCall", lineDeallocateCall(call)); /* it goes on without an owner */
}

int main(int argc, char** argv) {
  if (argc != 4) {
    fprintf(stderr, "usage: desk LINE gather|monitor|send|treat|tone|confer VALUE\n");
    return 2;
  }
  DWORD lines, version = 0x00020002;
  LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof params, .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
  must("lineInitializeEx", lineInitializeEx(&app, NULL, NULL, "desk", &lines, &version, &params));
  HCALL call = first_call(open_line(argv[1], lines));
  const char *verb = argv[2], *value = argv[3];
  if (strcmp(verb, "gather") == 0) {
    char digits[64] = "";
    must("lineGatherDigits", lineGatherDigits(call, LINEDIGITMODE_DTMF, digits, (DWORD)atoi(value), "#", 10000, 5000));
    LINEMESSAGE end = wait_for(LINE_GATHERDIGITS);
    printf("%s %s\n", digits, end.dwParam1 == LINEGATHERTERM_BUFFERFULL ? "full" : "ended");
  } else if (strcmp(verb, "monitor") == 0) {
    must("lineMonitorDigits", lineMonitorDigits(call, LINEDIGITMODE_DTMF));
    for (int left = atoi(value); left > 0; --left) putchar((int)(wait_for(LINE_MONITORDIGITS).dwParam1 & 0xFF));
    putchar('\n');
  } else if (strcmp(verb, "send") == 0) {
    must("lineGenerateDigits", lineGenerateDigits(call, LINEDIGITMODE_DTMF, value, 100));
    if (wait_for(LINE_GENERATE).dwParam1 != LINEGENERATETERM_DONE) return 1;
  } else if (strcmp(verb, "treat") == 0) {
    must("lineSetCallTreatment", lineSetCallTreatment(call, (DWORD)strtoul(value, NULL, 0)));
    must("its reply", (LONG)wait_for(LINE_REPLY).dwParam2);
  } else if (strcmp(verb, "tone") == 0) {
    LINEMONITORTONE tone = {.dwAppSpecific = 1, .dwDuration = 300, .dwFrequency1 = (DWORD)atoi(value)};
    must("lineMonitorTones", lineMonitorTones(call, &tone, 1));
    if (wait_for(LINE_MONITORTONE).dwParam1 != 1) return 1;
    LINEGENERATETONE beep = {.dwFrequency = 1800, .dwCadenceOn = 100, .dwCadenceOff = 0, .dwVolume = 0x8000};
    must("lineGenerateTone", lineGenerateTone(call, LINETONEMODE_CUSTOM, 2000, 1, &beep));
    if (wait_for(LINE_GENERATE).dwParam1 != LINEGENERATETERM_DONE) return 1;
    puts(value);
  } else if (strcmp(verb, "confer") == 0) {
    confer(call, value);
  } else {
    return 2;
  }
  return lineShutdown(app) == 0 ? 0 : 1;
}
