/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ECHO_UI_H
#define ECHO_UI_H

/*
 * What echo.tsp and its user interface module say to each other in the block of TUISPIDLLCALLBACK. Nobody else reads
 * it; a version tells the two when they do not fit.
 */
#include <tspi.h>

#define ECHO_UI_VERSION 1
#define ANSWER_MS_MIN 300
#define ANSWER_MS_MAX 60000

struct echo_ui {
  DWORD version;   /* ECHO_UI_VERSION */
  DWORD set;       /* 0: tell me, 1: take this */
  DWORD answer_ms; /* when a call to an address outside is answered */
};

#endif
