/* SPDX-License-Identifier: Apache-2.0 */
/* A C program as any application developer writes it, linked with the shared library; there is no server. */
#include <stdio.h>
#include <tapi.h>

static LONG check(const char* what, LONG got, LONG expected) {
  if (got == expected) return 0;
  printf("%s: 0x%08x instead of 0x%08x\n", what, (unsigned)got, (unsigned)expected);
  return 1;
}

int main(void) {
  LINEINITIALIZEEXPARAMS params = {.dwTotalSize = sizeof params, .dwOptions = LINEINITIALIZEEXOPTION_USEEVENT};
  HLINEAPP app = 0;
  HCALL call = 0;
  DWORD lines = 0, version = TAPI_CURRENT_VERSION;
  LONG wrong = check("lineInitializeEx", lineInitializeEx(&app, NULL, NULL, "links", &lines, &version, &params),
                     LINEERR_OPERATIONFAILED);
  wrong += check("lineMakeCall", lineMakeCall(1, &call, "1001", 0, NULL), LINEERR_UNINITIALIZED);
  wrong += check("phoneShutdown", phoneShutdown(1), PHONEERR_UNINITIALIZED);
  return wrong != 0;
}
