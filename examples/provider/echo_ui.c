// SPDX-License-Identifier: Apache-2.0
/*
 * echo.tui.so: the user interface of echo.tsp, a question on standard output. It runs in the application's
 * process and reaches its provider, which may be on another machine, by the callback alone. A provider that
 * is content with questions of this kind needs no module of its own: docs/providers.md tells how it describes
 * its settings to terminal.tui.so.
 */
#include <stdio.h>
#include <stdlib.h>

#include "echo_ui.h"

LONG TSPIAPI TUISPI_lineConfigDialog(TUISPIDLLCALLBACK callback, DWORD device, HWND owner,
                                     LPCWSTR device_class) {
  (void)owner;
  if (device_class != NULL && device_class[0] != 0) return LINEERR_INVALDEVICECLASS;
  struct echo_ui block = {.version = ECHO_UI_VERSION};
  LONG result = callback(device, TUISPIDLL_OBJECT_LINEID, &block, sizeof block);
  if (result != 0) return result;
  printf("Milliseconds until a call to the outside is answered [%u]: ", (unsigned)block.answer_ms);
  fflush(stdout);
  char line[32];
  if (fgets(line, sizeof line, stdin) == NULL || line[0] == '\n') return 0; /* nothing is changed */
  block.set = 1;
  block.answer_ms = (DWORD)strtoul(line, NULL, 10);
  result = callback(device, TUISPIDLL_OBJECT_LINEID, &block, sizeof block);
  if (result != 0) printf("A number from %d to %d was expected.\n", ANSWER_MS_MIN, ANSWER_MS_MAX);
  return result;
}
