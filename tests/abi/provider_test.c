// SPDX-License-Identifier: Apache-2.0
/* Plays the server to echo.tsp and compares what it reports with what TSPI asks for. */
#define _POSIX_C_SOURCE 200809L
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <tspi.h>

#define TIMEOUT_S 10
#define LINE_BASE 7

static void* provider;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static char report[4096]; /* what has been reported since the last expect(), one word each */
static HDRVCALL inbound;  /* the last call that was offered */
static int refuse;        /* do not take calls that are offered */

/* The provider's function of that name, with its type in tspi.h. */
#define TSPI(name) ((__typeof__(&name))(uintptr_t)dlsym(provider, #name))

static void add(const char* format, DWORD_PTR a, DWORD_PTR b) {
  pthread_mutex_lock(&lock);
  size_t length = strlen(report);
  snprintf(report + length, sizeof report - length, format, (unsigned)a, (unsigned)b);
  pthread_cond_broadcast(&changed);
  pthread_mutex_unlock(&lock);
}

static void CALLBACK on_completion(DRV_REQUESTID request, LONG result) {
  add("reply%u=%u ", request, (DWORD)result);
}

static void CALLBACK on_event(HTAPILINE line, HTAPICALL call, DWORD message, DWORD_PTR p1, DWORD_PTR p2,
                              DWORD_PTR p3) {
  (void)p3;
  if (message == LINE_NEWCALL) {
    *(HTAPICALL*)p2 = (HTAPICALL)(uintptr_t)(refuse ? 0 : 20);
    pthread_mutex_lock(&lock);
    inbound = (HDRVCALL)p1;
    pthread_mutex_unlock(&lock);
    add("line%u:new ", (DWORD_PTR)line, 0);
  } else if (message == LINE_CALLSTATE) {
    add("call%u:%x ", (DWORD_PTR)call, p1);
  } else {
    add("message%u:%u ", message, p1);
  }
}

/* Waits until the report is the expected one; ends the program if it becomes anything else. */
static void expect(int line, const char* expected) {
  struct timespec until;
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_sec += TIMEOUT_S;
  pthread_mutex_lock(&lock);
  while (strcmp(report, expected) != 0 && strncmp(expected, report, strlen(report)) == 0)
    if (pthread_cond_timedwait(&changed, &lock, &until) != 0) break;
  if (strcmp(report, expected) != 0) {
    fprintf(stderr, "line %d: expected \"%s\", got \"%s\"\n", line, expected, report);
    exit(1);
  }
  report[0] = '\0';
  pthread_mutex_unlock(&lock);
}
#define EXPECT(expected) expect(__LINE__, expected)

#define CHECK(condition)                                                                                     \
  do {                                                                                                       \
    if (!(condition)) {                                                                                      \
      fprintf(stderr, "line %d: %s is false\n", __LINE__, #condition);                                       \
      exit(1);                                                                                               \
    }                                                                                                        \
  } while (0)

static LPCWSTR wide(const char* ascii) {
  static WCHAR text[64];
  size_t i = 0;
  do text[i] = (unsigned char)ascii[i];
  while (ascii[i++] != '\0');
  return text;
}

static DWORD state_of(HDRVCALL call) {
  LINECALLSTATUS status = {.dwTotalSize = sizeof status};
  CHECK(TSPI(TSPI_lineGetCallStatus)(call, &status) == 0);
  CHECK(status.dwUsedSize == sizeof status && status.tStateEntryTime.wYear >= 2024);
  return status.dwCallState;
}

int main(int argc, char** argv) {
  CHECK(argc == 2);
  provider = dlopen(argv[1], RTLD_NOW);
  if (provider == NULL) fprintf(stderr, "%s\n", dlerror());
  CHECK(provider != NULL);

  DWORD version = 0, lines = 0, phones = 9, options = 9;
  CHECK(TSPI(TSPI_lineNegotiateTSPIVersion)(INITIALIZE_NEGOTIATION, 0x00010003, 0x00030001, &version) == 0);
  CHECK(version == 0x00020002);
  CHECK(TSPI(TSPI_lineNegotiateTSPIVersion)(INITIALIZE_NEGOTIATION, 0x00010003, 0x00010004, &version) ==
        LINEERR_INCOMPATIBLEAPIVERSION);
  CHECK(TSPI(TSPI_providerEnumDevices)(1, &lines, &phones, NULL, on_event, NULL) == 0 && lines == 2 &&
        phones == 0);
  CHECK(TSPI(TSPI_providerInit)(version, 1, LINE_BASE, 0, lines, phones, on_completion, &options) == 0);
  CHECK(options == 0);

  union {
    LINEDEVCAPS caps;
    char room[512];
  } caps = {.caps = {.dwTotalSize = sizeof(LINEDEVCAPS)}};
  CHECK(TSPI(TSPI_lineGetDevCaps)(LINE_BASE + 1, 0x00020002, 0, &caps.caps) == 0);
  CHECK(caps.caps.dwNeededSize > sizeof(LINEDEVCAPS) && caps.caps.dwUsedSize <= sizeof(LINEDEVCAPS));
  caps.caps.dwTotalSize = sizeof caps;
  CHECK(TSPI(TSPI_lineGetDevCaps)(LINE_BASE + 1, 0x00020002, 0, &caps.caps) == 0);
  CHECK(caps.caps.dwNeededSize == caps.caps.dwUsedSize && caps.caps.dwLineNameSize == sizeof(WCHAR) * 7);
  CHECK(memcmp(caps.room + caps.caps.dwLineNameOffset, wide("echo-2"), caps.caps.dwLineNameSize) == 0);
  caps.caps.dwTotalSize = 100;
  CHECK(TSPI(TSPI_lineGetDevCaps)(LINE_BASE + 1, 0x00020002, 0, &caps.caps) == LINEERR_STRUCTURETOOSMALL);

  HDRVLINE line1 = NULL, line2 = NULL;
  CHECK(TSPI(TSPI_lineOpen)(LINE_BASE, (HTAPILINE)1, &line1, version, on_event) == 0);
  CHECK(TSPI(TSPI_lineOpen)(LINE_BASE + 1, (HTAPILINE)2, &line2, version, on_event) == 0);

  /* A call to nowhere answers itself, can be held, and goes when it is dropped. */
  HDRVCALL call = NULL;
  CHECK(TSPI(TSPI_lineMakeCall)(1, line1, (HTAPICALL)10, &call, NULL, 0, NULL) == LINEERR_INVALADDRESS);
  CHECK(TSPI(TSPI_lineMakeCall)(1, line1, (HTAPICALL)10, &call, wide("5551234"), 0, NULL) == 1);
  EXPECT("reply1=0 call10:200 call10:20 call10:100 ");
  CHECK(TSPI(TSPI_lineUnhold)(2, call) == LINEERR_INVALCALLSTATE);
  CHECK(TSPI(TSPI_lineHold)(2, call) == 2 && TSPI(TSPI_lineUnhold)(3, call) == 3);
  EXPECT("reply2=0 call10:400 reply3=0 call10:100 ");
  CHECK(TSPI(TSPI_lineDrop)(4, call, NULL, 0) == 4);
  EXPECT("reply4=0 call10:1 ");
  CHECK(state_of(call) == LINECALLSTATE_IDLE);
  CHECK(TSPI(TSPI_lineCloseCall)(call) == 0);

  /* Between the lines: both ends are one call, and the far end sees the near one go. */
  CHECK(TSPI(TSPI_lineMakeCall)(5, line1, (HTAPICALL)10, &call, wide("echo-2"), 0, NULL) == 5);
  EXPECT("reply5=0 call10:200 line2:new call20:2 call10:20 ");
  LINECALLINFO near_end = {.dwTotalSize = sizeof near_end}, far_end = {.dwTotalSize = sizeof far_end};
  CHECK(TSPI(TSPI_lineGetCallInfo)(call, &near_end) == 0 &&
        TSPI(TSPI_lineGetCallInfo)(inbound, &far_end) == 0);
  CHECK(near_end.dwCallID == far_end.dwCallID && far_end.dwLineDeviceID == LINE_BASE + 1);
  CHECK(TSPI(TSPI_lineAnswer)(6, inbound, NULL, 0) == 6);
  EXPECT("reply6=0 call20:100 call10:100 ");
  HDRVCALL second = NULL;
  CHECK(TSPI(TSPI_lineMakeCall)(7, line2, (HTAPICALL)11, &second, wide("1"), 0, NULL) == LINEERR_CALLUNAVAIL);
  CHECK(TSPI(TSPI_lineDrop)(8, call, NULL, 0) == 8);
  EXPECT("reply8=0 call20:4000 call10:1 ");
  CHECK(TSPI(TSPI_lineCloseCall)(call) == 0 && TSPI(TSPI_lineCloseCall)(inbound) == 0);

  /* Its own line is busy. */
  CHECK(TSPI(TSPI_lineMakeCall)(9, line1, (HTAPICALL)10, &call, wide("echo-1"), 0, NULL) == 9);
  EXPECT("reply9=0 call10:200 call10:40 ");
  CHECK(TSPI(TSPI_lineCloseCall)(call) == 0);

  /* From outside; one that the server refuses leaves nothing behind. */
  char number[] = {'4', '2'};
  CHECK(TSPI(TSPI_lineDevSpecific)(10, line2, 0, NULL, number, sizeof number) == 10);
  EXPECT("reply10=0 line2:new call20:2 ");
  CHECK(TSPI(TSPI_lineDrop)(11, inbound, NULL, 0) == 11);
  EXPECT("reply11=0 call20:1 ");
  CHECK(TSPI(TSPI_lineCloseCall)(inbound) == 0);
  refuse = 1;
  CHECK(TSPI(TSPI_lineMakeCall)(12, line1, (HTAPICALL)10, &call, wide("echo-2"), 0, NULL) == 12);
  EXPECT("reply12=0 call10:200 line2:new call10:20 call10:4000 ");

  /* A close that comes while the call is on its way: the completion is delivered, and nothing after it. */
  CHECK(TSPI(TSPI_lineCloseCall)(call) == 0);
  CHECK(TSPI(TSPI_lineMakeCall)(13, line1, (HTAPICALL)10, &call, wide("5"), 0, NULL) == 13);
  CHECK(TSPI(TSPI_lineClose)(line1) == 0 && TSPI(TSPI_lineClose)(line2) == 0);
  CHECK(strncmp(report, "reply13=0 ", 10) == 0);
  size_t reported = strlen(report);
  CHECK(TSPI(TSPI_providerShutdown)(version, 1) == 0);
  CHECK(strlen(report) == reported);
  return dlclose(provider);
}
