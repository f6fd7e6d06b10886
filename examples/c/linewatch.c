// SPDX-License-Identifier: Apache-2.0
/* Watches every line of the telephony server: prints each message, and answers calls when asked to. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <tapi.h>

#define WAIT_MS 250 /* how soon Ctrl-C is noticed */

/* In the order of the message numbers, and of the LINECALLSTATE_ bits. */
static const char messages[] =
    "ADDRESSSTATE|CALLINFO|CALLSTATE|CLOSE|DEVSPECIFIC|DEVSPECIFICFEATURE|GATHERDIGITS|GENERATE|LINEDEVSTATE|"
    "MONITORDIGITS|MONITORMEDIA|MONITORTONE|REPLY|REQUEST|PHONE_BUTTON|PHONE_CLOSE|PHONE_DEVSPECIFIC|PHONE_"
    "REPLY|"
    "PHONE_STATE|CREATE|PHONE_CREATE|AGENTSPECIFIC|AGENTSTATUS|APPNEWCALL|PROXYREQUEST|REMOVE|PHONE_REMOVE|"
    "AGENTSESSIONSTATUS|QUEUESTATUS|AGENTSTATUSEX|GROUPSTATUS|PROXYSTATUS|APPNEWCALLHUB|CALLHUBCLOSE|"
    "DEVSPECIFICEX";
static const char states[] =
    "idle|offering|accepted|dial tone|dialing|ringback|busy|special information|connected|proceeding|on hold|"
    "conferenced|on hold pending conference|on hold pending transfer|disconnected|unknown";

static volatile sig_atomic_t stopping = 0;
static void stop(int signal_number) {
  (void)signal_number;
  stopping = 1;
}

static int failed(const char* what, LONG result) {
  if (result < 0) fprintf(stderr, "%s: error 0x%08x\n", what, (unsigned)result);
  return result < 0;
}

static void print_nth(const char* list, size_t n) {
  while (n > 0 && *list != '\0')
    if (*list++ == '|') --n;
  printf("%.*s", (int)strcspn(list, "|"), list);
}

static const char* text(const void* structure, DWORD size, DWORD offset) {
  return size > 1 ? (const char*)structure + offset : "?";
}

static int is_ours(HCALL call) {
  LINECALLSTATUS status = {.dwTotalSize = sizeof status};
  return lineGetCallStatus(call, &status) == 0 && status.dwCallPrivilege == LINECALLPRIVILEGE_OWNER;
}

/* Opens one line and asks for all of its status messages. */
static void open_line(HLINEAPP app, DWORD device, DWORD privileges) {
  union {
    LINEDEVCAPS caps;
    char room[4096];
  } buffer = {.caps = {.dwTotalSize = sizeof buffer}};
  const LINEDEVCAPS* caps = &buffer.caps;
  LINEEXTENSIONID extension;
  DWORD version = 0;
  HLINE line = 0;
  if (failed("lineNegotiateAPIVersion",
             lineNegotiateAPIVersion(app, device, 0x00020000, TAPI_CURRENT_VERSION, &version, &extension)) ||
      failed("lineGetDevCaps", lineGetDevCaps(app, device, version, 0, &buffer.caps)))
    return;
  DWORD voice = caps->dwMediaModes & LINEMEDIAMODE_INTERACTIVEVOICE;
  DWORD media = voice ? voice : caps->dwMediaModes;
  if (failed("lineOpen", lineOpen(app, device, &line, version, 0, device, privileges, media, NULL))) return;
  printf("line %u: open, %s\n", (unsigned)device, text(caps, caps->dwLineNameSize, caps->dwLineNameOffset));
  DWORD every_address_state = (LINEADDRESSSTATE_CAPSCHANGE << 1) - 1; /* CAPSCHANGE is the last bit */
  failed("lineSetStatusMessages", lineSetStatusMessages(line, caps->dwLineStates, every_address_state));
}

static void print_parties(HCALL call) {
  union {
    LINECALLINFO info;
    char room[4096];
  } buffer = {.info = {.dwTotalSize = sizeof buffer}};
  const LINECALLINFO* info = &buffer.info;
  if (lineGetCallInfo(call, &buffer.info) == 0)
    printf(", from %s to %s", text(info, info->dwCallerIDSize, info->dwCallerIDOffset),
           text(info, info->dwCalledIDSize, info->dwCalledIDOffset));
}

static void on_call_state(HCALL call, DWORD_PTR state, DWORD_PTR detail, int answer) {
  size_t bit = 0;
  while (bit < 31 && !(state >> bit & 1)) ++bit;
  printf(" call 0x%x is ", (unsigned)call);
  print_nth(states, bit);
  if (detail) printf(" (0x%x)", (unsigned)detail);
  if (state == LINECALLSTATE_OFFERING) print_parties(call);
  printf("\n");
  if (state == LINECALLSTATE_OFFERING && answer && is_ours(call))
    failed("lineAnswer", lineAnswer(call, NULL, 0));
  if (state == LINECALLSTATE_DISCONNECTED && is_ours(call)) failed("lineDrop", lineDrop(call, NULL, 0));
  if (state == LINECALLSTATE_IDLE) failed("lineDeallocateCall", lineDeallocateCall(call));
}

static void on_message(HLINEAPP app, const LINEMESSAGE* message, DWORD privileges, int answer) {
  unsigned long long p1 = message->dwParam1, p2 = message->dwParam2, p3 = message->dwParam3;
  printf("line %u: ", (unsigned)message->dwCallbackInstance);
  print_nth(messages, message->dwMessageID);
  switch (message->dwMessageID) {
  case LINE_CALLSTATE: on_call_state(message->hDevice, message->dwParam1, message->dwParam2, answer); break;
  case LINE_APPNEWCALL:
    printf(" call 0x%llx on address %llu, %s\n", p2, p1,
           p3 == LINECALLPRIVILEGE_OWNER ? "ours" : "monitored");
    break;
  case LINE_REPLY: printf(" request %llu: result 0x%08x\n", p1, (unsigned)message->dwParam2); break;
  case LINE_CREATE:
    printf(" device %llu\n", p1);
    open_line(app, (DWORD)message->dwParam1, privileges);
    break;
  default: printf(" 0x%x: 0x%llx 0x%llx 0x%llx\n", (unsigned)message->hDevice, p1, p2, p3);
  }
  fflush(stdout);
}

int main(int argc, char** argv) {
  DWORD privileges = LINECALLPRIVILEGE_OWNER | LINECALLPRIVILEGE_MONITOR;
  int answer = 0;
  for (int i = 1; i < argc; ++i) {
    if (strcmp(argv[i], "--answer") == 0) {
      answer = 1;
    } else if (strcmp(argv[i], "--monitor") == 0) {
      privileges = LINECALLPRIVILEGE_MONITOR;
    } else {
      int help = strcmp(argv[i], "--help") == 0;
      fputs("usage: linewatch [--answer | --monitor]\n"
            "Opens every line, as owner and monitor, and prints its messages until Ctrl-C.\n"
            "  --answer   answer the calls that are offered to it\n"
            "  --monitor  only look on: leave every call to other programs\n",
            help ? stdout : stderr);
      return help ? 0 : 2;
    }
  }
  signal(SIGINT, stop);
  signal(SIGTERM, stop);

  LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof params,
                                   .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
  HLINEAPP app = 0;
  DWORD lines = 0, version = TAPI_CURRENT_VERSION;
  if (failed("lineInitializeEx", lineInitializeEx(&app, NULL, NULL, "linewatch", &lines, &version, &params)))
    return 1;
  for (DWORD device = 0; device < lines; ++device) open_line(app, device, privileges);

  /* lineGetMessage waits on the event between two messages; a time-out comes back as an error. */
  LINEMESSAGE message;
  while (!stopping)
    if (lineGetMessage(app, &message, WAIT_MS) == 0) on_message(app, &message, privileges, answer);
  return failed("lineShutdown", lineShutdown(app)) ? 1 : 0;
}
