// SPDX-License-Identifier: Apache-2.0
#define _POSIX_C_SOURCE 200809L
#include "switch.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

#define WORK_MAX 128
#define WORK_RESERVED (8 + 2 * CALLS_MAX) /* what one request adds, and what the end of every call adds */

/* One thing to report. */
struct work {
  long long due_ms;
  struct line* line;
  struct call* call;             /* NULL when it is about the line */
  DRV_REQUESTID request;         /* a completion if not 0, otherwise an event */
  DWORD message, param1, param2; /* the event */
  DWORD from;                    /* not 0: the call enters state param1 now, unless it has left `from` */
};

struct line switch_lines[LINES] = {{.name = "echo-1"}, {.name = "echo-2"}};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed;
static pthread_t thread;
static int running;
static ASYNC_COMPLETION complete;
static DWORD last_call_id;
static struct call calls[CALLS_MAX];
static struct work queue[WORK_MAX]; /* in the order of delivery */
static size_t queued;
static struct work doing; /* being delivered; line NULL when nothing is */

void switch_lock(void) {
  pthread_mutex_lock(&lock);
}

LONG switch_unlock(LONG result) {
  pthread_mutex_unlock(&lock);
  return result;
}

/* ---- Work ---- */

static long long now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static void add(struct work work, unsigned delay_ms) {
  work.due_ms = now_ms() + delay_ms;
  size_t at = queued++;
  for (; at > 0 && queue[at - 1].due_ms > work.due_ms; --at) queue[at] = queue[at - 1];
  queue[at] = work;
  pthread_cond_broadcast(&changed);
}

int overloaded(void) {
  return queued + WORK_RESERVED > WORK_MAX;
}

static int is_about(const struct work* work, const struct line* line, const struct call* call) {
  return work->line == line && (call == NULL || work->call == call);
}

static void forget_events(const struct line* line, const struct call* call) {
  size_t kept = 0;
  for (size_t i = 0; i < queued; ++i)
    if (queue[i].request != 0 || !is_about(&queue[i], line, call)) queue[kept++] = queue[i];
  queued = kept;
}

/* Waits until every completion has been delivered; events that have not begun are forgotten. */
static void settle(const struct line* line, const struct call* call) {
  for (;;) {
    forget_events(line, call);
    int waiting = is_about(&doing, line, call);
    for (size_t i = 0; i < queued; ++i) waiting |= is_about(&queue[i], line, call);
    if (!waiting) return;
    pthread_cond_wait(&changed, &lock);
  }
}

/* ---- Calls ---- */

int is_held(const struct call* call) {
  return call->state == LINECALLSTATE_ONHOLD;
}
int is_active(const struct call* call) {
  return call->state != LINECALLSTATE_IDLE && !is_held(call);
}
int is_engaged(const struct call* call) {
  return is_active(call) && call->state != LINECALLSTATE_OFFERING &&
         call->state != LINECALLSTATE_DISCONNECTED;
}

DWORD count_calls(const struct line* line, int (*counts)(const struct call*)) {
  DWORD count = 0;
  for (size_t i = 0; i < CALLS_MAX; ++i) count += calls[i].line == line && counts(&calls[i]);
  return count;
}

static void set_state(struct call* call, DWORD state, DWORD mode) {
  call->state = state;
  call->mode = mode;
  clock_gettime(CLOCK_REALTIME, &call->entered);
}

static struct call* new_call(struct line* line, const char* caller, const char* called) {
  if (line->event == NULL || count_calls(line, is_engaged) > 0) return NULL;
  for (size_t i = 0; i < CALLS_MAX; ++i) {
    if (calls[i].line != NULL) continue;
    calls[i] = (struct call){.line = line, .state = LINECALLSTATE_IDLE, .id = ++last_call_id};
    snprintf(calls[i].caller, NAME_SIZE, "%s", caller);
    snprintf(calls[i].called, NAME_SIZE, "%s", called);
    return &calls[i];
  }
  return NULL;
}

struct call* new_outbound(struct line* line, HTAPICALL tapi, const char* called) {
  struct call* call = new_call(line, line->name, called);
  if (call == NULL) return NULL;
  call->tapi = tapi;
  call->origin = LINECALLORIGIN_OUTBOUND;
  return call;
}

struct call* new_inbound(struct line* line, struct call* peer, const char* caller) {
  struct call* call = new_call(line, caller, line->name);
  if (call == NULL) return NULL;
  call->origin = peer ? LINECALLORIGIN_INTERNAL : LINECALLORIGIN_EXTERNAL;
  call->peer = peer;
  if (peer != NULL) call->id = peer->id; /* both ends are one call */
  return call;
}

void succeed(DRV_REQUESTID request, struct line* line, struct call* call) {
  add((struct work){.line = line, .call = call, .request = request}, 0);
}

static struct work event(struct call* call, DWORD message, DWORD param1, DWORD param2) {
  return (struct work){
      .line = call->line, .call = call, .message = message, .param1 = param1, .param2 = param2};
}

void enter(struct call* call, DWORD state, DWORD mode) {
  set_state(call, state, mode);
  add(event(call, LINE_CALLSTATE, state, mode), 0);
}

void enter_later(struct call* call, DWORD from, DWORD to, unsigned delay_ms) {
  DWORD mode = to == LINECALLSTATE_CONNECTED ? LINECONNECTEDMODE_ACTIVE : 0;
  struct work work = event(call, LINE_CALLSTATE, to, mode);
  work.from = from;
  add(work, delay_ms);
}

void call_info_changed(struct call* call, DWORD what) {
  add(event(call, LINE_CALLINFO, what, 0), 0);
}

void offer(struct call* call) {
  add(event(call, LINE_NEWCALL, 0, 0), 0);
  enter(call, LINECALLSTATE_OFFERING, LINEOFFERINGMODE_ACTIVE);
}

void hang_up(struct call* call) {
  struct call* peer = call->peer;
  if (peer != NULL) {
    peer->peer = NULL;
    enter(peer, LINECALLSTATE_DISCONNECTED,
          call->state == LINECALLSTATE_OFFERING ? LINEDISCONNECTMODE_REJECT : LINEDISCONNECTMODE_NORMAL);
  }
  call->peer = NULL;
  enter(call, LINECALLSTATE_IDLE, 0);
}

void close_call(struct call* call) {
  call->closing = 1;
  if (call->state != LINECALLSTATE_IDLE) hang_up(call);
  settle(call->line, call);
  call->line = NULL;
}

void close_line(struct line* line) {
  for (size_t i = 0; i < CALLS_MAX; ++i)
    if (calls[i].line == line) close_call(&calls[i]);
  settle(line, NULL);
  line->event = NULL;
}

/* ---- The thread ---- */

/* The server puts its name for the call into `tapi`, or leaves it 0 when it has no use for the call. */
static void announce(struct call* call) {
  struct line* line = call->line;
  HTAPICALL tapi = 0;
  switch_unlock(0);
  line->event(line->tapi, 0, LINE_NEWCALL, (DWORD_PTR)call, (DWORD_PTR)&tapi, 0);
  switch_lock();
  call->tapi = tapi;
  if (tapi != 0) return;
  hang_up(call);
  forget_events(line, call);
  if (!call->closing) call->line = NULL;
}

static void deliver(const struct work* work) {
  struct call* call = work->call;
  if (work->message == LINE_NEWCALL && work->request == 0) {
    announce(call);
    return;
  }
  if (work->from != 0) {
    if (call->state != work->from) return;
    set_state(call, work->param1, work->param2);
  }
  HTAPICALL tapi = call ? call->tapi : 0;
  DWORD media = work->message == LINE_CALLSTATE ? LINEMEDIAMODE_INTERACTIVEVOICE : 0;
  switch_unlock(0);
  if (work->request != 0)
    complete(work->request, 0);
  else
    work->line->event(work->line->tapi, tapi, work->message, work->param1, work->param2, media);
  switch_lock();
}

static void* run(void* unused) {
  switch_lock();
  while (running) {
    if (queued == 0) {
      pthread_cond_wait(&changed, &lock);
    } else if (queue[0].due_ms > now_ms()) {
      struct timespec due = {queue[0].due_ms / 1000, queue[0].due_ms % 1000 * 1000000};
      pthread_cond_timedwait(&changed, &lock, &due);
    } else {
      doing = queue[0];
      memmove(queue, queue + 1, --queued * sizeof *queue);
      deliver(&doing);
      doing.line = NULL;
      pthread_cond_broadcast(&changed);
    }
  }
  switch_unlock(0);
  return unused;
}

LONG switch_start(ASYNC_COMPLETION complete_request) {
  if (running) return 0;
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&changed, &attributes);
  pthread_condattr_destroy(&attributes);
  complete = complete_request;
  running = 1;
  if (pthread_create(&thread, NULL, run, NULL) == 0) return 0;
  running = 0;
  pthread_cond_destroy(&changed);
  return LINEERR_RESOURCEUNAVAIL;
}

void switch_stop(void) {
  if (!running) return;
  switch_lock();
  running = 0;
  pthread_cond_broadcast(&changed);
  switch_unlock(0);
  pthread_join(thread, NULL);
  pthread_cond_destroy(&changed);
  queued = 0;
  memset(calls, 0, sizeof calls);
}
