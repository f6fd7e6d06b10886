/* SPDX-License-Identifier: Apache-2.0
 *
 * crash.tsp: the example provider (examples/provider) with faults on demand: the number that is called says which.
 */
#define new_outbound outbound_or_fault
#define switch_start start_of_echo
#include "echo.c"
#undef new_outbound
#undef switch_start

#include <pthread.h>
#include <stdlib.h>

struct call* new_outbound(struct line* line, HTAPICALL tapi, const char* called);
LONG present_switch_start(ASYNC_COMPLETION complete); /* switch.c's, by CMakeLists.txt */

static int* volatile nowhere;

static void write_nowhere(void) {
  *nowhere = 1;
}

static void* fault_of_a_thread(void* unused) {
  (void)unused;
  write_nowhere();
  return NULL;
}

static void begin_faulty_thread(void) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, &fault_of_a_thread, NULL) == 0) pthread_detach(thread);
}

struct call* outbound_or_fault(struct line* line, HTAPICALL tapi, const char* called) {
  if (strcmp(called, "fault") == 0) write_nowhere();
  if (strcmp(called, "thread") == 0) begin_faulty_thread();
  if (strcmp(called, "abort") == 0) abort();
  if (strcmp(called, "libc") == 0) memset((void*)nowhere, 1, strlen(called) + 1000);
  if (strcmp(called, "sleep") == 0) {
    const struct timespec pause = {3, 0};
    nanosleep(&pause, NULL);
  }
  return new_outbound(line, tapi, called);
}

LONG start_of_echo(ASYNC_COMPLETION complete) {
  return present_switch_start(complete);
}
