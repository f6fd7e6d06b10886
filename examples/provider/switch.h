// SPDX-License-Identifier: Apache-2.0
#ifndef ECHO_SWITCH_H
#define ECHO_SWITCH_H

/*
 * The device behind the echo provider: two lines, their calls, and the thread that reports what happens to
 * them. TSPI gives its functions no context, so there is one of it in the process.
 *
 * Every completion and event comes from that thread, in the order of their due times and then of their
 * making, with the lock released. So a request's completion precedes the events it causes, and the server may
 * take its time. All functions but switch_start, switch_stop and switch_lock are called with the lock held.
 */

#include <time.h>
#include <tspi.h>

#define LINES 2
#define CALLS_MAX 16
#define NAME_SIZE 64

struct line {
  HTAPILINE tapi;  /* the server's name for it */
  LINEEVENT event; /* NULL while closed */
  char name[NAME_SIZE];
};

struct call {
  struct line* line; /* NULL: the slot is free */
  struct call* peer; /* the other end, when it is on one of our lines */
  HTAPICALL tapi;    /* 0 until the server has taken the call */
  int closing;       /* the server gives it up, and waits for its last announcements */
  DWORD state, mode, id, origin, app_specific;
  struct timespec entered; /* when it came into its state, UTC */
  char caller[NAME_SIZE], called[NAME_SIZE];
};

extern struct line switch_lines[LINES];

/* 0, or a LINEERR_. The other functions may be called only in between. */
LONG switch_start(ASYNC_COMPLETION complete);
void switch_stop(void);

void switch_lock(void);
LONG switch_unlock(LONG result); /* returns result */

/* Whether a request must be refused, before it does anything, because too many announcements are waiting. */
int overloaded(void);

/* A line leaves all of its calls; a call leaves its line. Returns when no completion is outstanding any more,
 * and none of their events will follow. */
void close_line(struct line* line);
void close_call(struct call* call);

/* Calls of a line in LINEDEVSTATUS' sense, and those that keep its user busy. */
int is_held(const struct call* call);
int is_active(const struct call* call);
int is_engaged(const struct call* call);
DWORD count_calls(const struct line* line, int (*counts)(const struct call*));

/* NULL when the line cannot have it. An outbound call has the server's name for it, an inbound one gets it.
 */
struct call* new_outbound(struct line* line, HTAPICALL tapi, const char* called);
struct call* new_inbound(struct line* line, struct call* peer, const char* caller);

/* Completes a request with success; `call` is NULL if it is about the line. */
void succeed(DRV_REQUESTID request, struct line* line, struct call* call);

void offer(struct call* call); /* announces an inbound call */
void enter(struct call* call, DWORD state, DWORD mode);
void enter_later(struct call* call, DWORD from, DWORD to, unsigned delay_ms); /* if it is in `from` then */
void call_info_changed(struct call* call, DWORD what);
void hang_up(struct call* call); /* makes it idle, and its peer disconnected */

#endif
